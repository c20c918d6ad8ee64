//! The catalogue's members as the figures call them, above panels where room is scarce.

/// A member's name in the catalogue, and its heading.
const HEADINGS: [(&str, &str); 9] = [
    ("kl", "KL"),
    ("reverse_kl", "Reverse KL"),
    ("total_variation", "Total variation"),
    ("pearson_chi2", "Pearson χ²"),
    ("neyman_chi2", "Neyman χ²"),
    ("squared_hellinger", "Squared Hellinger"),
    ("fgan_js", "f-GAN JS"),
    ("jeffreys", "Jeffreys"),
    ("gan", "GAN"),
];

/// The heading of a member; its name where none is kept.
pub(super) fn heading(name: &'static str) -> &'static str {
    HEADINGS.iter().find(|(member, _)| *member == name).map_or(name, |(_, heading)| heading)
}
