//! Puts into the program what it cannot know by itself: the bundled scenarios, as a sorted list of (path below
//! `scenarios/`, text), the digest of its sources, and the commit they are of.
//!
//! A few lines here rather than a dependency: the list is sorted, holds nothing but scenario files, and cargo rebuilds it
//! when one of them changes.

#![allow(clippy::print_stdout)] // the way to speak to cargo

use std::{env, fs, io, path::Path, process::Command};

use sha2::{Digest, Sha256};

/// Everything the program is made of.
const SOURCES: [&str; 7] = ["build.rs", "Cargo.toml", "Cargo.lock", "src", "scenarios", "validation", "web/dist"];

fn main() -> io::Result<()> {
    let folder = env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
    let root = Path::new(&folder);
    let mut paths = Vec::new();
    collect(&root.join("scenarios"), "", &mut paths)?;
    paths.retain(|path| path.ends_with(".toml"));
    paths.sort();
    let scenarios = root.join("scenarios");
    let rows: String =
        paths.iter().map(|path| format!("    ({path:?}, include_str!({:?})),\n", scenarios.join(path))).collect();
    fs::write(Path::new(&env::var("OUT_DIR").unwrap_or_default()).join("bundled.rs"), format!("&[\n{rows}]\n"))?;

    SOURCES.iter().for_each(|source| println!("cargo::rerun-if-changed={source}"));
    println!("cargo::rerun-if-env-changed=DEWPOINT_COMMIT");
    println!("cargo::rustc-env=DEWPOINT_BUILD={}", digest(root)?);
    if let Some(commit) = env::var("DEWPOINT_COMMIT").ok().or_else(|| commit(root)) {
        println!("cargo::rustc-env=DEWPOINT_COMMIT={commit}");
    }
    Ok(())
}

/// Adds the files of `folder` and the folders below it, as paths with `/` whatever the system.
fn collect(folder: &Path, prefix: &str, paths: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{prefix}{name}/"), paths)?;
        } else {
            paths.push(format!("{prefix}{name}"));
        }
    }
    Ok(())
}

/// SHA-256 over the name and bytes of every source, and over who builds them for what.
fn digest(root: &Path) -> io::Result<String> {
    let mut paths = Vec::new();
    for source in SOURCES {
        let path = root.join(source);
        if path.is_dir() {
            collect(&path, &format!("{source}/"), &mut paths)?;
        } else if path.is_file() {
            paths.push(source.into());
        }
    }
    paths.sort();
    let mut hasher = Sha256::new();
    let compiler = said(Command::new(env::var("RUSTC").unwrap_or_default()).arg("--version")).unwrap_or_default();
    for text in [compiler, env::var("TARGET").unwrap_or_default()] {
        hasher.update(text);
    }
    for path in paths {
        let bytes = fs::read(root.join(&path))?;
        hasher.update(&path);
        hasher.update((bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    }
    Ok(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// The commit that is checked out, with `-changed` where the sources are not those of it; none outside a checkout. What a
/// later commit says of the same sources does not matter: they are of this one too.
fn commit(root: &Path) -> Option<String> {
    if !root.join(".git").exists() {
        return None;
    }
    let commit = said(Command::new("git").current_dir(root).args(["rev-parse", "HEAD"]))?;
    let status = said(Command::new("git").current_dir(root).args(["status", "--porcelain", "--"]).args(SOURCES))?;
    let looks_like_one = commit.len() >= 40 && commit.chars().all(|letter| letter.is_ascii_hexdigit());
    looks_like_one.then(|| format!("{commit}{}", if status.is_empty() { "" } else { "-changed" }))
}

/// What `command` prints, trimmed; none where it fails.
fn said(command: &mut Command) -> Option<String> {
    let output = command.output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
