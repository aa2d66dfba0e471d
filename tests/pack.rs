//! `pack`: a results folder as a research object.
#![cfg(feature = "cli")]
use std::{
    collections::BTreeMap,
    fs,
    io::Read,
    path::Path,
    process::{Command, Output},
};

use serde_json::Value;
use zip::ZipArchive;

const LICENCE: &str = "https://creativecommons.org/licenses/by/4.0/";

fn dewpoint(folder: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dewpoint")).current_dir(folder).args(words).output().unwrap()
}

#[track_caller]
fn refused(output: &Output, code: i32, part: &str) {
    let says = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code() == Some(code) && says.contains(part), "{says}");
}

fn unpacked(path: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut packed = ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
    let files = packed.len();
    let one = |place| {
        let mut file = packed.by_index(place).unwrap();
        let (name, mut content) = (file.name().unwrap().into_owned(), Vec::new());
        file.read_to_end(&mut content).unwrap();
        (name, content)
    };
    (0..files).map(one).collect()
}

/// Every `@id` that something points at.
fn pointed_at<'v>(value: &'v Value, found: &mut Vec<&'v str>) {
    match value {
        Value::Object(fields) if fields.len() == 1 => found.extend(fields.get("@id").and_then(Value::as_str)),
        Value::Object(fields) => fields.values().for_each(|value| pointed_at(value, found)),
        Value::Array(values) => values.iter().for_each(|value| pointed_at(value, found)),
        _ => {}
    }
}

#[test]
fn a_folder_is_packed_whole_with_what_made_it() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let made = ["run", "evaporating_ward", "--runs", "3", "--quiet", "--out", "ward"];
    assert!(dewpoint(here, &made).status.success());
    let words = |to| ["pack", "ward", "--to", to, "--licence", LICENCE, "--author", "A. Ward"];
    let said = dewpoint(here, &words("one.zip"));
    assert!(said.status.success() && said.stdout.ends_with(b" files packed into one.zip\n"), "{said:?}");
    let packed = unpacked(&here.join("one.zip"));
    let there = fs::read_dir(here.join("ward")).unwrap().map(|entry| entry.unwrap());
    let mut whole: BTreeMap<String, Vec<u8>> =
        there.map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap())).collect();
    assert!(whole.contains_key("outcomes.csv") && whole.contains_key("manifest.json"));
    let manifest: Value = serde_json::from_slice(&whole["manifest.json"]).unwrap();
    whole.insert("question.txt".into(), manifest["scenario"].as_str().unwrap().into());
    whole.insert("ro-crate-metadata.json".into(), packed["ro-crate-metadata.json"].clone());
    assert_eq!(packed, whole);

    let crate_of: Value = serde_json::from_slice(&packed["ro-crate-metadata.json"]).unwrap();
    let graph = crate_of["@graph"].as_array().unwrap();
    let entities: BTreeMap<&str, &Value> = graph.iter().map(|one| (one["@id"].as_str().unwrap(), one)).collect();
    assert_eq!(entities.len(), graph.len());
    let (root, action) = (entities["./"], entities["#run"]);
    assert!(root["description"].as_str().unwrap().contains(manifest["digest"].as_str().unwrap()));
    assert_eq!((&action["name"], &root["license"]["@id"]), (&manifest["command"], &LICENCE.into()));
    assert!(action["endTime"].as_str() >= action["startTime"].as_str());
    assert!(entities["outcomes.csv"]["description"].as_str().unwrap().contains("net_gain_at_end [points]"));
    let mut pointed = Vec::new();
    graph.iter().for_each(|one| pointed_at(one, &mut pointed));
    let known = |id: &&str| entities.contains_key(id) || *id == "https://w3id.org/ro/crate/1.1";
    assert!(pointed.len() > 20 && pointed.iter().all(known), "{pointed:?}");
    let files = packed.keys().filter(|name| *name != "ro-crate-metadata.json");
    assert!(files.clone().all(|name| entities[name.as_str()]["@type"] == "File" && pointed.contains(&name.as_str())));

    // The same folder gives the same bytes.
    assert!(dewpoint(here, &words("two.zip")).status.success());
    assert!(fs::read(here.join("one.zip")).unwrap() == fs::read(here.join("two.zip")).unwrap());
    refused(&dewpoint(here, &words("two.zip")), 1, "is there already");
    refused(&dewpoint(here, &words("nowhere/one.zip")), 1, "cannot write nowhere/one.zip");
    refused(&dewpoint(here, &["pack", ".", "--to", "x.zip", "--licence", "MIT"]), 2, "no results folder");
    fs::write(here.join("ward/outcomes.csv"), "made up").unwrap();
    refused(&dewpoint(here, &words("three.zip")), 2, "outcomes.csv is not what dewpoint wrote");
    assert!(!here.join("three.zip").exists() && !here.join("three.zip.part").exists());
}
