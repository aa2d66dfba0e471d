//! The scenarios that come with the program, found by short name without any file.

/// Path below `scenarios/` and text of every bundled scenario, sorted by path.
pub const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/bundled.rs"));

/// The short names: `spi1` for `programmes/spi1.toml`. A test keeps them unique.
pub fn short_names() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(path, _)| stem(path))
}

/// File name without folders and extension: the short name of a scenario.
pub fn stem(path: &str) -> &str {
    let file = path.rsplit(['/', '\\']).next().unwrap_or(path);
    file.strip_suffix(".toml").unwrap_or(file)
}

/// The text of the bundled file at exactly `path`.
pub fn text(path: &str) -> Option<&'static str> {
    FILES.iter().find(|(known, _)| *known == path).map(|(_, text)| *text)
}

/// The bundled file meant by `name`: a path below `scenarios/`, with or without that folder and steps up, or a short name.
pub fn find(name: &str) -> Option<(&'static str, &'static str)> {
    let path = name.trim_start_matches("./").trim_start_matches("../");
    let path = path.strip_prefix("scenarios/").unwrap_or(path);
    let by_name = || FILES.iter().find(|(known, _)| stem(known) == name);
    FILES.iter().find(|(known, _)| *known == path).or_else(by_name).copied()
}

/// The story of a scenario file: its first line, if that is a comment.
pub fn story(text: &str) -> &str {
    text.lines().next().and_then(|line| line.strip_prefix('#')).unwrap_or_default().trim()
}
