//! What every bundled scenario gives, in numbers kept in `tests/golden`: a change of results is seen, and seen where.
//!
//! Twenty runs with the scenario's seed and at most four organisations. The engine gives the same bits everywhere, so the tolerance is only there for
//! changes that reorder sums: a tenth of a percentage point, or a thousandth of a sum of money. After a change that is
//! meant to change results, `RENEW=1 cargo test --test golden` writes the numbers again, and the difference is reviewed
//! like code.

use std::{collections::BTreeMap, fmt::Write, fs, path::PathBuf};

use dewpoint::{
    ensemble::{Summary, ensemble_of, summarise},
    scenario::{bundled, load, stem},
};

const RUNS: u64 = 20;

/// Enough to see a change, few enough to be quick.
const ORGANISATIONS: f32 = 4.0;

/// Largest difference of a share, and of money as a share of it.
const TOLERANCE: f64 = 0.001;

/// Metrics of the first screen: what is gained, what is left, what it does to people.
const HEADLINES: [&str; 12] = [
    "net_gain_at_end",
    "net_gain_12_months_after",
    "net_gain_24_months_after",
    "net_gain_36_months_after",
    "improved_units_share",
    "naive_gain",
    "reported_minus_true_at_end",
    "ownership_at_end",
    "motivation_difference_at_end",
    "fatigue_difference_active",
    "cynicism_difference_at_end",
    "other_care_difference_active",
];

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

/// Every bundled scenario that runs: its short name and its numbers as CSV.
fn found() -> BTreeMap<String, String> {
    let ready = |path: &'static str| load(&(), path).unwrap_or_else(|problems| panic!("{problems}")).ready().ok();
    let scenarios = bundled::FILES.iter().filter_map(|(path, _)| Some((stem(path).to_string(), ready(path)?)));
    let numbers = scenarios.map(|(name, mut scenario)| {
        scenario.setting.organisations = scenario.setting.organisations.min(ORGANISATIONS);
        let seed = scenario.run.seed;
        let ensemble = ensemble_of(&scenario, seed, RUNS).unwrap();
        (name, csv(&summarise(&scenario, seed, &ensemble)))
    });
    numbers.collect()
}

fn csv(summary: &Summary) -> String {
    let mut text = String::from("programme,number,value\n");
    for programme in &summary.programmes {
        for name in HEADLINES {
            let value = programme.estimate(name).value;
            assert!(!value.is_infinite(), "{name}");
            let _ = writeln!(text, "{},{name},{value:.4}", programme.name);
        }
        let _ = writeln!(text, "{},staff_hours,{:.0}", programme.name, programme.cost.staff_hours);
        let _ = writeln!(text, "{},money,{:.0}", programme.name, programme.cost.money);
    }
    text
}

/// What differs between two tables by more than the tolerance.
fn differences(name: &str, kept: &str, found: &str) -> Vec<String> {
    let (kept, found): (Vec<&str>, Vec<&str>) = (kept.lines().collect(), found.lines().collect());
    let mut differences = Vec::new();
    if kept.len() != found.len() {
        differences.push(format!("{name}: {} rows kept, {} found", kept.len(), found.len()));
    }
    for (kept, found) in kept.iter().zip(&found) {
        let (label, number) = found.rsplit_once(',').unwrap_or_default();
        let (kept_label, kept_number) = kept.rsplit_once(',').unwrap_or_default();
        let close = match (kept_number.parse::<f64>(), number.parse::<f64>()) {
            (Ok(kept), Ok(found)) if kept.is_nan() => found.is_nan(),
            (Ok(kept), Ok(found)) => (kept - found).abs() <= TOLERANCE * kept.abs().max(1.0),
            _ => kept_number == number,
        };
        if label != kept_label || !close {
            differences.push(format!("{name}: {kept_label} was {kept_number}, {label} is {number}"));
        }
    }
    differences
}

#[test]
fn every_bundled_scenario_gives_the_numbers_that_were_kept() {
    let found = found();
    if std::env::var_os("RENEW").is_some() {
        let _ = fs::remove_dir_all(folder());
        fs::create_dir_all(folder()).unwrap();
        for (name, text) in &found {
            fs::write(folder().join(format!("{name}.csv")), text).unwrap();
        }
    }
    let kept = |name: &String| fs::read_to_string(folder().join(format!("{name}.csv"))).unwrap_or_default();
    let differences: Vec<String> = found.iter().flat_map(|(name, text)| differences(name, &kept(name), text)).collect();
    assert!(differences.is_empty(), "{}\nRENEW=1 cargo test --test golden renews them", differences.join("\n"));
    let files = fs::read_dir(folder()).unwrap().count();
    assert_eq!(files, found.len(), "tests/golden holds files of scenarios that are no more");
}

#[test]
fn a_difference_is_seen_beyond_the_tolerance_and_only_there() {
    let (kept, near, far) = ("a,x,0.1000\na,money,5000", "a,x,0.1009\na,money,5004", "a,x,0.1011\na,money,5006");
    assert_eq!(differences("s", kept, near), [""; 0]);
    assert_eq!(differences("s", kept, far).len(), 2);
    assert_eq!(differences("s", "a,x,NaN", "a,x,NaN"), [""; 0]);
    assert_eq!(differences("s", "a,x,0.1", "a,x,NaN").len(), 1);
    assert_eq!(differences("s", "", kept).len(), 1);
}
