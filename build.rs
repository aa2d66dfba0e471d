//! Puts the bundled scenarios into the program: a sorted list of (path below `scenarios/`, text).
//!
//! Thirty lines here rather than a dependency: the list is sorted, holds nothing but scenario files, and cargo rebuilds it
//! when one of them changes.

#![allow(clippy::print_stdout)] // the way to speak to cargo

use std::{env, fs, io, path::Path};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=scenarios");
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR").unwrap_or_default()).join("scenarios");
    let mut paths = Vec::new();
    collect(&root, "", &mut paths)?;
    paths.sort();
    let rows: String =
        paths.iter().map(|path| format!("    ({path:?}, include_str!({:?})),\n", root.join(path))).collect();
    let out = Path::new(&env::var("OUT_DIR").unwrap_or_default()).join("bundled.rs");
    fs::write(out, format!("&[\n{rows}]\n"))
}

/// Adds the scenario files of `folder` and the folders below it, as paths with `/` whatever the system.
fn collect(folder: &Path, prefix: &str, paths: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{prefix}{name}/"), paths)?;
        } else if name.ends_with(".toml") {
            paths.push(format!("{prefix}{name}"));
        }
    }
    Ok(())
}
