//! What tests of results folders share: an engine by formula, quick and without surprises, and a look into what it leaves.
#![allow(dead_code, reason = "not every test needs all of it")]
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use dewpoint::{
    model::{History, Pair, Series},
    output::manifest::Manifest,
    programme::Programme,
    scenario::Scenario,
};

/// An engine that gains `gain` of a programme and some luck from 0 to 1 while it is supported, and half of that after.
pub fn engine<G: Fn(&Programme, f32) -> f32 + Copy + Sync>(
    scenario: &Scenario,
    gain: G,
) -> impl Fn(u64, u64) -> Pair + Sync + use<G> {
    let (weeks, programmes) = (scenario.weeks(), scenario.programmes.clone());
    let units = (scenario.setting.organisations * scenario.setting.units) as usize;
    let professions = scenario.professions.len();
    move |seed, replicate| {
        let luck = (replicate.wrapping_mul(2_654_435_761).wrapping_add(seed) % 1009) as f32 / 1009.0;
        let history = |on: bool| {
            let one = |programme: &Programme| {
                let gain = gain(programme, luck);
                let practice = |week: usize| {
                    let gained = match () {
                        () if !on || week < programme.clock.live() => 0.0,
                        () if week < programme.clock.end() => gain,
                        () => gain / 2.0,
                    };
                    0.5 + week as f32 * 1e-4 + gained
                };
                let mut series = vec![vec![0.4 + 0.1 * luck; weeks]; Series::ALL.len()];
                series[Series::Practice as usize] = (0..weeks).map(practice).collect();
                let by_profession = vec![series[Series::Practice as usize].clone(); professions];
                let of_units = (0..weeks * units).map(|place| practice(place / units)).collect();
                History {
                    series,
                    by_profession,
                    units: of_units,
                    reached: vec![true; units],
                    staff: Default::default(),
                }
            };
            programmes.iter().map(one).collect()
        };
        Pair { with: history(true), without: history(false) }
    }
}

/// What the stick brings: too much of it brings less again.
pub fn by_the_stick(programme: &Programme, luck: f32) -> f32 {
    let stick = programme.levers.incentives.sanction;
    0.1 * stick * (1.4 - stick) * (0.8 + 0.4 * luck) + 0.01 * luck
}

/// The files of a results folder, without the manifest, in which time and machine stand.
pub fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let named = entries.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(path).unwrap()));
    named.filter(|(name, _)| name != "manifest.json").collect()
}

pub fn manifest(folder: &Path) -> Manifest {
    serde_json::from_slice(&fs::read(folder.join("manifest.json")).unwrap()).unwrap()
}

/// The manifest without what depends on when and where the work was done.
pub fn manifest_of_any_day(folder: &Path) -> Manifest {
    let here = manifest(folder);
    let nowhere = dewpoint::output::manifest::Machine { threads: 0, ..here.machine };
    Manifest { started: String::new(), duration_seconds: 0.0, machine: nowhere, ..here }
}

pub fn temporary() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("results");
    (folder, out)
}
