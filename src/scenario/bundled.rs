//! The scenarios that come with the program, found by short name without any file.

/// Path below `scenarios/` and text of every bundled scenario, sorted by path.
pub const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/bundled.rs"));

/// The short names: `spi1` for `programmes/spi1.toml`. A test keeps them unique.
pub fn short_names() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(path, _)| super::load::stem(path))
}

/// The text of the bundled file at exactly `path`.
pub fn text(path: &str) -> Option<&'static str> {
    FILES.iter().find(|(known, _)| *known == path).map(|(_, text)| *text)
}

/// The bundled file meant by `name`: a path below `scenarios/`, with or without that folder and steps up, or a short name.
pub fn find(name: &str) -> Option<(&'static str, &'static str)> {
    let path = name.trim_start_matches("./").trim_start_matches("../");
    let path = path.strip_prefix("scenarios/").unwrap_or(path);
    let by_name = || FILES.iter().find(|(known, _)| super::load::stem(known) == name);
    FILES.iter().find(|(known, _)| *known == path).or_else(by_name).copied()
}
