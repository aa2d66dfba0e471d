//! The files of the project, for tests that read them.

use std::{fs, path::Path};

/// A file: path from the root of the project, with `/`, and text.
pub struct File {
    pub path: String,
    pub text: String,
}

/// Every text file below `folder` (`""` for all), in order; neither what is built or fetched, nor results, nor the history.
pub fn files(folder: &str) -> Vec<File> {
    let mut found = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), folder, &mut found);
    found.sort_by(|one, other| one.path.cmp(&other.path));
    assert!(!found.is_empty(), "nothing below {folder}");
    found
}

/// The text of one file.
#[allow(dead_code)]
pub fn text(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path))
        .unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn collect(folder: &Path, prefix: &str, found: &mut Vec<File>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if prefix.is_empty() { name.clone() } else { format!("{prefix}/{name}") };
        if entry.file_type().unwrap().is_dir() {
            if !["target", "results", ".git", "web/node_modules", "web/dist"].contains(&path.as_str()) {
                collect(&entry.path(), &path, found);
            }
        } else if let Ok(text) = fs::read_to_string(entry.path())
            && path != ".git"
        {
            found.push(File { path, text });
        }
    }
}
