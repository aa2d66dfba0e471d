//! Scenario files that nobody would write: read, checked, and simulated for eight weeks.
//!
//! Bundled scenarios and the odd files of `tests/corpus` are cut up, doubled, swapped and filled with hostile values. Whatever
//! comes out is refused with a reason and a place, or is a scenario that says the same when written and read again, is
//! described without a number that is none, and can be simulated. A mutation that ever broke something belongs in the corpus.
//!
//! `FUZZ_SECONDS=3600 cargo test --release --test fuzz` goes on for an hour; 20 seconds are usual, 15 in `.ci/run`. `FUZZ_SEED` begins elsewhere.
#![cfg(feature = "cli")]
use std::{
    env, fs,
    io::Write,
    time::{Duration, Instant},
};

use dewpoint::{
    cli::check::check,
    metrics::{self, Observation},
    scenario::{Extent, Scenario, bundled, load},
};
use proptest::{
    prelude::*,
    test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner},
};

/// Weeks simulated.
const WEEKS: f32 = 8.0;

/// What is put in the place of a value.
const VALUES: &[&str] = &[
    "0",
    "-0.0",
    "1",
    "0.5",
    "1e9",
    "-1",
    "nan",
    "inf",
    "1e308",
    "2000",
    "5200",
    "0.01",
    "true",
    "\"x\"",
    "[]",
    "{}",
    "1979-05-27",
    "9223372036854775807",
    "0xff",
    "\"=1+1\"",
];

/// Lines that are put between others.
const LINES: &[&str] = &[
    "[[programme]]",
    "name = \"another\"",
    "[programme.reach]",
    "share = 0",
    "[shocks.x.staff_exodus]",
    "[shocks.x.budget_cut]",
    "left = 0",
    "at = 1",
    "[setting]",
    "staff = 3",
    "[parameters.fatigue]",
    "[run]",
    "follow_up = 0",
    "[prices]",
    "[incidents]",
    "model = \"full\"",
    "extends = \"spi1\"",
    "[[profession]]",
    "unknown = 1",
];

/// One change of a text.
#[derive(Clone, Debug)]
enum Change {
    /// A line goes.
    Drop(usize),
    /// A line comes twice.
    Double(usize),
    /// Two lines change places.
    Swap(usize, usize),
    /// What follows the `=` of a line becomes another value.
    Value(usize, usize),
    /// A line is put before another.
    Insert(usize, usize),
    /// A character becomes another.
    Letter(usize, char),
}

fn change() -> impl Strategy<Value = Change> {
    let line = || 0..400usize;
    prop_oneof![
        1 => line().prop_map(Change::Drop),
        1 => line().prop_map(Change::Double),
        1 => (line(), line()).prop_map(|(one, other)| Change::Swap(one, other)),
        4 => (line(), 0..VALUES.len()).prop_map(|(line, value)| Change::Value(line, value)),
        2 => (line(), 0..LINES.len()).prop_map(|(line, new)| Change::Insert(line, new)),
        1 => (0..8000usize, prop::sample::select(vec!['"', '[', ']', '=', '.', '\n', '\\', '\u{0}', 'é', '-', '9', ' ', '{', '#']))
            .prop_map(|(place, letter)| Change::Letter(place, letter)),
    ]
}

fn changed(text: &str, changes: &[Change]) -> String {
    let mut lines: Vec<String> = text.lines().map(ToString::to_string).collect();
    for change in changes {
        if lines.is_empty() {
            lines.push(String::new());
        }
        let count = lines.len();
        match change {
            Change::Drop(line) => drop(lines.remove(line % count)),
            Change::Double(line) => lines.insert(line % count, lines[line % count].clone()),
            Change::Swap(one, other) => lines.swap(one % count, other % count),
            Change::Value(line, value) => {
                // The next line that has a value.
                let found = (0..count).map(|step| (line + step) % count).find(|line| lines[*line].contains('='));
                if let Some(line) = found
                    && let Some((key, _)) = lines[line].split_once('=')
                {
                    lines[line] = format!("{key}= {}", VALUES[*value]);
                }
            }
            Change::Insert(line, new) => lines.insert(line % count, LINES[*new].into()),
            Change::Letter(place, letter) => {
                let text = lines.join("\n");
                let letters = text.chars().count().max(1);
                let new: String = text
                    .chars()
                    .enumerate()
                    .map(|(at, old)| if at == place % letters { *letter } else { old })
                    .collect();
                lines = new.lines().map(ToString::to_string).collect();
            }
        }
    }
    lines.join("\n")
}

/// The texts that are changed: every bundled scenario, then the corpus.
fn texts() -> Vec<String> {
    let mut texts: Vec<String> = bundled::FILES.iter().map(|(_, text)| (*text).to_string()).collect();
    texts.extend(corpus().into_iter().map(|(_, text)| text));
    texts
}

fn corpus() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let read = |path: &std::path::PathBuf| (path.display().to_string(), fs::read_to_string(path).unwrap());
    files.iter().map(read).collect()
}

/// Reads, checks and simulates `text`. Whether it was a scenario to run.
fn survives(text: &str) -> Result<bool, String> {
    let loaded = match load(&[("hostile.toml", text)], "hostile.toml") {
        Ok(loaded) => loaded,
        Err(problems) => {
            let said = problems.to_string();
            let told = !problems.0.is_empty() && problems.0.iter().all(|problem| !problem.what.is_empty());
            return if told && said.contains(".toml") {
                Ok(false)
            } else {
                Err(format!("refused without reason or place: {said}"))
            };
        }
    };
    let mut described = Vec::new();
    check(&mut described, &loaded).map_err(|error| error.to_string())?;
    let described = String::from_utf8(described).map_err(|error| error.to_string())?;
    // What people wrote is repeated as they wrote it.
    let own: String = loaded.story.clone() + &loaded.scenario.title;
    for wrong in ["NaN", " inf ", "-0.0 "] {
        if described.contains(wrong) && !own.contains(wrong) {
            return Err(format!("described with {wrong}:\n{described}"));
        }
    }
    let written = loaded.scenario.to_toml(Extent::All);
    let again = load(&[("again.toml", written.as_str())], "again.toml").map_err(|what| format!("{what}\n{written}"))?;
    if again.scenario != loaded.scenario {
        return Err(format!("reads otherwise once written:\n{written}"));
    }
    let Ok(mut scenario) = loaded.ready() else { return Ok(false) };
    shrink(&mut scenario);
    simulates(&scenario)?;
    Ok(true)
}

/// The same in one small organisation for eight weeks, of at most three programmes.
fn shrink(scenario: &mut Scenario) {
    scenario.setting.organisations = 1.0;
    scenario.setting.units = scenario.setting.units.min(3.0);
    scenario.setting.staff = scenario.setting.staff.min(8.0);
    scenario.programmes.truncate(3);
    for programme in &mut scenario.programmes {
        let clock = &mut programme.clock;
        (clock.start, clock.planning) = (clock.start.min(1.0), clock.planning.min(2.0));
        clock.active = clock.active.min(WEEKS - clock.start - clock.planning);
    }
    let end = scenario.programmes.iter().map(|programme| programme.clock.end()).max().unwrap_or(0);
    scenario.run.follow_up = 8 - end as u32;
    for named in &mut scenario.shocks {
        let at = named.shock.settings().get(0);
        named.shock.settings_mut().set(0, at.min(WEEKS - 1.0));
    }
}

/// Simulates one run: nothing in it is infinite, and shares are shares.
fn simulates(scenario: &Scenario) -> Result<(), String> {
    let pair = scenario.to_model().pair(scenario.run.seed, 0);
    for history in pair.with.iter().chain(&pair.without) {
        for (numbers, series) in history.series.iter().zip(dewpoint::model::Series::ALL) {
            if numbers.iter().any(|number| number.is_infinite()) {
                return Err(format!("{} is infinite", series.name()));
            }
        }
        // Rounding in single precision may leave a share by its last digit.
        let share = |number: &f32| number.is_nan() || (-1e-5..=1.00001).contains(number);
        if !history.units.iter().all(share) {
            return Err("practice of a unit is no share".into());
        }
    }
    for programme in 0..scenario.programmes.len() {
        let observation = Observation::new(scenario, &pair, programme).ok_or("no observation")?;
        for outcome in metrics::outcomes(scenario) {
            let value = outcome.of(&observation);
            let (least, most) = outcome.metric.scale();
            if !value.is_nan() && !(least - 1e-5..=most + 1e-5).contains(&value) {
                return Err(format!("{} is {value}, beyond {least} to {most}", outcome.name));
            }
        }
        let money = scenario.cost(programme).total().money();
        if !money.is_finite() || money < 0.0 {
            return Err(format!("costs {money}"));
        }
    }
    Ok(())
}

fn number(name: &str, otherwise: u64) -> u64 {
    env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

#[test]
fn the_corpus_is_refused_or_simulated() {
    let found: Vec<(String, bool)> = corpus()
        .into_iter()
        .map(|(path, text)| {
            let survived = survives(&text).unwrap_or_else(|why| panic!("{path}: {why}"));
            (path, survived)
        })
        .collect();
    let run = found.iter().filter(|(_, run)| *run).count();
    assert!(run >= 4 && found.len() - run >= 4, "{found:?}");
}

#[test]
fn mutated_files_are_refused_or_simulated() {
    let texts = texts();
    let until = Instant::now() + Duration::from_secs(number("FUZZ_SECONDS", 20));
    let strategy = (0..texts.len(), prop::collection::vec(change(), 1..4));
    let (mut cases, mut simulated) = (0u64, 0u64);
    for batch in number("FUZZ_SEED", 1).. {
        let mut seed = [0; 32];
        seed[..8].copy_from_slice(&batch.to_le_bytes());
        let config = Config { cases: 64, failure_persistence: None, ..Config::default() };
        let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
        let run = std::cell::Cell::new(0u64);
        let outcome = runner.run(&strategy, |(text, changes)| {
            run.set(run.get() + u64::from(survives(&changed(&texts[text], &changes)).map_err(TestCaseError::fail)?));
            Ok(())
        });
        if let Err(TestError::Fail(why, (text, changes))) = outcome {
            panic!("{why}\nFUZZ_SEED={batch}; put this into tests/corpus:\n{}", changed(&texts[text], &changes));
        }
        (cases, simulated) = (cases + 64, simulated + run.get());
        if Instant::now() > until {
            break;
        }
    }
    // Shown with --nocapture.
    let _ = writeln!(std::io::stdout(), "{cases} files, {simulated} of them simulated");
    assert!(simulated > 0 && cases > simulated, "{cases} {simulated}");
}

#[test]
fn files_as_large_as_may_be_take_no_longer_than_they_are_long() {
    let many = |line: &dyn Fn(usize) -> String| (0..60_000).map(line).collect::<String>();
    let programmes = many(&|place| format!("[[programme]]\nname = \"p{place}\"\n"));
    let shocks = many(&|place| format!("[shocks.s{place}.budget_cut]\nat = 1\n"));
    let unknown = format!("[setting]\n{}", many(&|place| format!("turnovr{place} = 1\n")));
    let wrong = format!("[setting]\n{}", many(&|place| format!("turnover{place} = \"x\" \"y\"\n")));
    let professions = many(&|place| format!("[[profession]]\nname = \"p{place}\"\nshare = 0\n"));
    for (text, said) in [
        (programmes, "60000 programmes, more than 100"),
        (shocks, "60000 shocks, more than 1000"),
        (unknown, "59980 more problems, after the first 20"),
        (wrong, "59980 more problems, after the first 20"),
        (professions, "60000 professions, more than 256"),
    ] {
        let begun = Instant::now();
        let problems = load(&[("long.toml", text.as_str())], "long.toml").unwrap_err().to_string();
        assert!(problems.contains(said), "{said}: {}", &problems[..problems.len().min(400)]);
        assert!(begun.elapsed() < Duration::from_secs(5), "{said}: {:?}", begun.elapsed());
    }
}
