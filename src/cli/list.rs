//! `list`: the bundled scenarios, one line each.

use std::io::{self, Write};

use super::text::columns;
use crate::{scenario::bundled, table::Table};

/// Every bundled scenario, a row each.
pub fn table() -> Table {
    let columns = [
        ("name", "", "Short name, which every command understands."),
        ("folder", "", "Folder below scenarios/, empty for those to start from."),
        ("path", "", "Path below scenarios/."),
        ("story", "", "What it is about, in a sentence."),
    ];
    let mut table = Table::new("scenarios", &columns);
    for ((path, text), name) in bundled::FILES.iter().zip(bundled::short_names()) {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        table.rows.push([name, folder, path, bundled::story(text)].map(Into::into).to_vec());
    }
    table
}

/// Writes every bundled scenario with its story, folder by folder.
///
/// # Errors
/// If `out` cannot be written.
pub fn list(out: &mut dyn Write) -> io::Result<()> {
    let folder = |path: &'static str| path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut folders: Vec<&str> = bundled::FILES.iter().map(|(path, _)| folder(path)).collect();
    folders.sort_unstable();
    folders.dedup();
    for (index, group) in folders.into_iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}", if group.is_empty() { "start here" } else { group })?;
        let rows: Vec<Vec<&str>> = bundled::FILES
            .iter()
            .zip(bundled::short_names())
            .filter(|((path, _), _)| folder(path) == group)
            .map(|((_, text), name)| vec![name, bundled::story(text)])
            .collect();
        columns(out, &rows)?;
    }
    Ok(())
}
