//! `dewpoint pack`: a results folder as a research object, packed with what made it, for archives and for whoever wants to know.
//!
//! Workflow Run RO-Crate, profile Process Run Crate 0.5 (<https://w3id.org/ro/wfrun/process>): one run of one program, with
//! what it was asked and what came out. Everything said comes from `manifest.json` and `columns.csv` of the folder.
use std::{
    collections::BTreeMap,
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    time::{Duration, UNIX_EPOCH},
};

use clap::Args;
use serde_json::{Value, json};
use zip::{CompressionMethod, DateTime, ZipWriter, result::ZipResult, write::SimpleFileOptions};

use super::Failure;
use crate::{
    output::{
        csv::checksum_of,
        manifest::{MANIFEST, Manifest, seconds_of, universal_time},
    },
    phrase::counted,
};

const PROFILE: &str = "https://w3id.org/ro/wfrun/process/0.5";
const METADATA: &str = "ro-crate-metadata.json";
const QUESTION: &str = "question.txt";

/// Options of `dewpoint pack`.
#[derive(Clone, Debug, Args)]
pub struct Options {
    /// A results folder.
    folder: PathBuf,
    /// The zip file, which must not be there.
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
    /// Under which others may use the results: the address of a licence, or its name.
    #[arg(long, value_name = "LICENCE")]
    licence: String,
    /// Who made them, in words.
    #[arg(long, value_name = "NAME")]
    author: Option<String>,
}

/// Packs a results folder, which stays as it is. The same folder gives the same bytes.
///
/// # Errors
///
/// [`Failure::Input`] when the folder holds no results, or they were changed since; [`Failure::Failed`] when the zip file is
/// there or cannot be written.
pub fn pack(out: &mut dyn Write, options: &Options) -> Result<(), Failure> {
    let Options { folder, to, .. } = options;
    let (manifest, mut files) = read(folder)?;
    if to.exists() {
        return Err(Failure::Failed(format!(
            "{} is there already; choose another name, or move it away",
            to.display()
        )));
    }
    files.insert(QUESTION.into(), manifest.scenario.clone().into_bytes());
    let mut described = serde_json::to_string_pretty(&described(&manifest, &files, options))
        .map_err(|error| Failure::Failed(error.to_string()))?;
    described.push('\n');
    files.insert(METADATA.into(), described.into_bytes());
    let mut part = to.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    let made = write(&part, &files).map_err(io::Error::from).and_then(|()| fs::rename(&part, to));
    made.map_err(|error| {
        // What is left of it is of no use.
        let _ = fs::remove_file(&part);
        Failure::Failed(format!("cannot write {}: {error}", to.display()))
    })?;
    writeln!(out, "{} packed into {}", counted(files.len() as u64, "file"), to.display())?;
    Ok(())
}

fn write(path: &Path, files: &BTreeMap<String, Vec<u8>>) -> ZipResult<()> {
    let mut packed = ZipWriter::new(fs::File::create(path)?);
    // Without the time of packing, which would make other bytes of the same results.
    let plain = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for (name, content) in files {
        packed.start_file(name.as_str(), plain)?;
        packed.write_all(content)?;
    }
    packed.finish()?.sync_all()?;
    Ok(())
}

/// The manifest and every file of a results folder, which must be as they were written.
fn read(folder: &Path) -> Result<(Manifest, BTreeMap<String, Vec<u8>>), Failure> {
    let path = folder.join(MANIFEST);
    let bytes = fs::read(&path).map_err(|_| {
        let what = "no results folder, which has a manifest.json; a command that simulates makes one";
        Failure::Input(format!("{}: {what}", folder.display()))
    })?;
    let manifest: Manifest = serde_json::from_slice(&bytes)
        .map_err(|error| Failure::Input(format!("{}: no manifest of dewpoint: {error}", path.display())))?;
    let mut files = BTreeMap::from([(MANIFEST.to_owned(), bytes)]);
    for name in &manifest.files {
        // A name is that of a file in the folder, whatever a manifest says.
        let file = folder.join(Path::new(name).file_name().unwrap_or_default());
        let content =
            fs::read(&file).ok().filter(|content| Some(&checksum_of(content)) == manifest.checksums.get(name));
        let content = content.ok_or_else(|| {
            Failure::Input(format!("{} is not what dewpoint wrote; make the results anew", file.display()))
        })?;
        files.insert(name.clone(), content);
    }
    Ok((manifest, files))
}

/// The metadata as JSON-LD.
fn described(manifest: &Manifest, files: &BTreeMap<String, Vec<u8>>, options: &Options) -> Value {
    let Manifest { version, command, runs, seed, machine, .. } = manifest;
    let id = |name: &str| json!({ "@id": name });
    let program = format!("#dewpoint-{version}");
    let licence = if options.licence.starts_with("http") { options.licence.as_str() } else { "#licence" };
    let parts: Vec<Value> = files.keys().map(|name| id(name)).collect();
    let made: Vec<Value> = files.keys().filter(|name| *name != QUESTION).map(|name| id(name)).collect();
    let mut root = json!({
        "@id": "./", "@type": "Dataset", "name": command,
        "description": format!("Results of dewpoint {version}: {}, seed {seed}, digest {}. The same command gives the same bytes.",
            counted(*runs, "run"), manifest.digest),
        "datePublished": manifest.started.get(..10).unwrap_or_default(),
        "license": id(licence), "conformsTo": id(PROFILE), "hasPart": parts, "mentions": id("#run"),
    });
    let mut action = json!({
        "@id": "#run", "@type": "CreateAction", "name": command,
        "description": format!("{}, {} of which failed, on {} of {} {}.", counted(*runs, "run"), manifest.failed,
            counted(machine.threads as u64, "thread"), machine.system, machine.architecture),
        "instrument": id(&program), "object": [id(QUESTION), id("#seed")], "result": made,
        "startTime": manifest.started, "actionStatus": "http://schema.org/CompletedActionStatus",
    });
    let took = Duration::try_from_secs_f64(manifest.duration_seconds).unwrap_or(Duration::ZERO);
    if let Some(started) = seconds_of(&manifest.started) {
        action["endTime"] = universal_time(UNIX_EPOCH + Duration::from_secs(started) + took).into();
    }
    let mut entities = vec![
        json!({ "@id": METADATA, "@type": "CreativeWork", "about": id("./"), "conformsTo": id("https://w3id.org/ro/crate/1.1") }),
        json!({
            "@id": program, "@type": "SoftwareApplication", "name": "dewpoint",
            "description": "An agent-based simulator of improvement programmes in healthcare.",
            "softwareVersion": format!("{version} (sources {}, commit {})", manifest.build,
                manifest.commit.as_deref().unwrap_or("unknown")),
        }),
        json!({ "@id": PROFILE, "@type": "CreativeWork", "name": "Process Run Crate", "version": "0.5" }),
        json!({ "@id": licence, "@type": "CreativeWork", "name": options.licence }),
        json!({ "@id": "#seed", "@type": "PropertyValue", "name": "seed", "value": seed }),
    ];
    if let Some(author) = &options.author {
        (root["author"], action["agent"]) = (id("#author"), id("#author"));
        entities.push(json!({ "@id": "#author", "@type": "Person", "name": author }));
    }
    entities.extend([root, action]);
    let meanings = meanings(files.get("columns.csv").map_or(&[][..], Vec::as_slice));
    entities.extend(files.iter().map(|(name, content)| file(name, content.len(), &meanings)));
    json!({ "@context": "https://w3id.org/ro/crate/1.1/context", "@graph": entities })
}

/// What each table holds, column by column, by its file.
fn meanings(columns: &[u8]) -> BTreeMap<String, String> {
    let mut said: BTreeMap<String, String> = BTreeMap::new();
    let rows = csv::Reader::from_reader(columns).into_records().map_while(Result::ok).collect::<Vec<_>>();
    for row in &rows {
        let [Some(file), Some(column), Some(unit)] = [0, 1, 2].map(|place| row.get(place)) else { continue };
        let text = said.entry(file.into()).or_insert_with(|| "Columns:".into());
        let unit = if unit.is_empty() { String::new() } else { format!(" [{unit}]") };
        text.push_str(&format!("{} {column}{unit}", if text.ends_with(':') { "" } else { "," }));
    }
    said
}

fn file(name: &str, size: usize, meanings: &BTreeMap<String, String>) -> Value {
    let kind = match name.rsplit('.').next() {
        Some("csv") => "text/csv",
        Some("json") => "application/json",
        Some("html") => "text/html",
        Some("md") => "text/markdown",
        Some("txt") => "text/plain",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    };
    let known = match name {
        QUESTION => Some("What was asked: every value of the scenarios."),
        MANIFEST => Some("How to make the same results again."),
        "report.html" => Some("The page for the meeting."),
        _ => meanings.get(name).map(String::as_str),
    };
    let mut entity =
        json!({ "@id": name, "@type": "File", "name": name, "encodingFormat": kind, "contentSize": size.to_string() });
    if let Some(known) = known {
        entity["description"] = known.into();
    }
    entity
}
