//! Tables that are generated from the library and from the labs' records.

mod bounds;
mod catalogue;
mod lab;
mod table;

pub(super) use table::Table;

/// The names of all tables.
pub(super) const NAMES: [&str; 10] = [
    "catalogue",
    "bounds",
    "maximised",
    "lab-line",
    "lab-bounds",
    "lab-cross",
    "lab-others",
    "lab-ring",
    "lab-grid",
    "lab-recipes",
];

/// The table of that name.
pub(super) fn table(name: &str) -> Option<Table> {
    match name {
        "catalogue" => Some(catalogue::catalogue()),
        "bounds" => Some(bounds::bounds()),
        "maximised" => Some(bounds::maximised()),
        "lab-line" => Some(lab::line()),
        "lab-bounds" => Some(lab::bounds()),
        "lab-cross" => Some(lab::cross()),
        "lab-others" => Some(lab::others()),
        "lab-ring" => Some(lab::plane("ring")),
        "lab-grid" => Some(lab::plane("grid")),
        "lab-recipes" => Some(lab::recipes()),
        _ => None,
    }
}
