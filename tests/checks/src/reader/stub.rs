//! Which exercises of a stub file are still untouched.

/// Does the stub's source still hold the `todo!("ID …")` of that exercise,
/// outside a line comment?
pub fn untouched(source: &str, id: &str) -> bool {
    let marker = format!("todo!(\"{id} ");
    source.lines().filter_map(|line| line.split("//").next()).any(|code| code.contains(&marker))
}
