//! Docking: the engine against the executable twin, in distribution.
//!
//! The twin knows the core of the model; `docking/core.toml` takes the program back to it. `docking/cases.toml` and
//! `docking/more_cases.toml` list changes to that, the files `expected.json` beside them what the twin gives on these over
//! 200 replicates, `docking/names.toml` the twin's short names. For every case and metric the ensemble means are compared:
//! at most 1 % of the comparisons beyond 3 standard errors of the difference, none beyond 4.5, no metric always on one
//! side, and the quartiles of the unit-level gain within 0.015.
//!
//! The engine draws other random numbers than the twin, so that a comparison beyond 3 standard errors happens by chance
//! once in 370. Run `cargo test --release --test docking -- --nocapture` for the table of z-scores. `DOCKING_SEED`
//! takes another seed.

#![allow(clippy::print_stdout)] // the table of z-scores

mod twin;

use std::collections::BTreeMap;

use dewpoint::{
    model::{History, Series},
    scenario::{Declared, Scenario},
    stats,
    world::{NamedShock, Shock},
};
use rayon::prelude::*;
use serde::Deserialize;

const REPLICATES: u64 = 100;

/// Differences that single precision alone can make.
const ROUNDING: f64 = 1e-6;

#[derive(Deserialize)]
struct Expected {
    replicates: u64,
    follow_up_weeks: u32,
    cases: BTreeMap<String, Vec<Programme>>,
}

#[derive(Deserialize)]
struct Programme {
    metrics: BTreeMap<String, Moments>,
    unit_net_gain_at_end_quartiles: [f64; 3],
}

#[derive(Deserialize)]
struct Moments {
    mean: f64,
    sd: f64,
}

#[derive(Default, Deserialize)]
struct Case {
    #[serde(default)]
    levers: Vec<toml::Table>,
    #[serde(default)]
    setting: toml::Table,
    #[serde(default)]
    shocks: toml::Table,
}

#[derive(Deserialize)]
struct Names {
    programme: BTreeMap<String, String>,
    setting: BTreeMap<String, String>,
}

#[test]
fn the_engine_agrees_with_the_twin_on_every_case() {
    dock(include_str!("docking/cases.toml"), include_str!("docking/expected.json"));
}

/// Levers, settings and shocks that the first cases leave alone; three programmes at once.
#[test]
fn the_engine_agrees_with_the_twin_on_more_cases() {
    dock(include_str!("docking/more_cases.toml"), include_str!("docking/more_expected.json"));
}

fn dock(cases: &str, expected: &str) {
    let expected: Expected = serde_json::from_str(expected).unwrap();
    let cases: BTreeMap<String, Case> = toml::from_str(cases).unwrap();
    let names: Names = toml::from_str(include_str!("docking/names.toml")).unwrap();
    let seed = std::env::var("DOCKING_SEED").ok().map_or(1, |seed| seed.parse().unwrap());
    let mut sides: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    let (mut scores, mut far_quartiles) = (Vec::new(), Vec::new());
    println!("{:32} {:36} {:>9} {:>9} {:>7}", "case", "metric", "twin", "engine", "z");
    for (name, case) in &cases {
        let scenario = scenario_of(case, &names, expected.follow_up_weeks);
        let engine = simulate(&scenario, seed);
        for (number, (twin, ours)) in expected.cases[name].iter().zip(&engine).enumerate() {
            let title = if engine.len() > 1 { format!("{name} {}", number + 1) } else { name.clone() };
            for (metric, twin) in &twin.metrics {
                let ours = &ours.metrics[metric];
                let moments = stats::moments(ours.iter().copied());
                let error =
                    (twin.sd.powi(2) / expected.replicates as f64 + moments.sd().powi(2) / REPLICATES as f64).sqrt();
                // What is the same in every run has no error but that of single precision, which is no difference.
                let difference = moments.mean() - twin.mean;
                let z = if difference.abs() < ROUNDING { 0.0 } else { difference / error };
                println!("{title:32} {metric:36} {:9.5} {:9.5} {z:7.2}", twin.mean, moments.mean());
                sides.entry(metric.clone()).or_default().push(z);
                scores.push((z, format!("{title}: {metric}")));
            }
            for (quartile, (twin, ours)) in twin.unit_net_gain_at_end_quartiles.iter().zip(ours.quartiles).enumerate() {
                println!("{title:32} unit gain, quartile {:17} {twin:9.5} {ours:9.5}", quartile + 1);
                if (twin - ours).abs() > 0.015 {
                    far_quartiles.push(format!("{title}: quartile {} {twin:.4} {ours:.4}", quartile + 1));
                }
            }
        }
    }
    let beyond = |limit: f64| scores.iter().filter(|(z, _)| z.abs() > limit).map(|(_, what)| what).collect::<Vec<_>>();
    let mean_square = scores.iter().map(|(z, _)| z * z).sum::<f64>() / scores.len() as f64;
    println!("\n{} comparisons, mean square of z {mean_square:.2}, beyond 3: {:?}", scores.len(), beyond(3.0));
    let listed: usize = expected.cases.values().flatten().map(|programme| programme.metrics.len()).sum();
    assert_eq!(scores.len(), listed, "every metric of every case is compared");
    assert!(beyond(4.5).is_empty(), "beyond 4.5 standard errors: {:?}", beyond(4.5));
    assert!(beyond(3.0).len() * 100 <= scores.len(), "more than 1 % beyond 3 standard errors: {:?}", beyond(3.0));
    assert!(far_quartiles.is_empty(), "quartiles further than 0.015: {far_quartiles:?}");
    for (metric, z) in &sides {
        let (mean, many) = (z.iter().sum::<f64>() / z.len() as f64, z.len() as f64);
        println!("{metric:36} mean z {mean:6.2}");
        // The cases share the engine's luck, so their scores are not independent; half of the bound of one case.
        assert!(mean.abs() < 4.5 / many.sqrt().min(2.0), "{metric} is consistently on one side: {z:.2?}");
    }
}

/// A docking case as a scenario of the program, through the same paths that a user has.
fn scenario_of(case: &Case, names: &Names, follow_up: u32) -> Scenario {
    let mut scenario = twin::core();
    scenario.run.follow_up = follow_up;
    for (key, value) in &case.setting {
        scenario.change(&format!("setting.{}", names.setting[key]), &value.to_string()).unwrap();
    }
    let first = scenario.programmes[0].clone();
    for number in 1..case.levers.len() {
        let mut another = first.clone();
        another.name = format!("programme {}", number + 1);
        scenario.programmes.push(another);
    }
    for (number, levers) in case.levers.iter().enumerate() {
        for (key, value) in levers {
            let value = match (key.as_str(), value.as_integer()) {
                ("target", Some(target)) => scenario_target(target).into(),
                _ => value.to_string(),
            };
            scenario.change(&format!("programme.{number}.{}", names.programme[key]), &value).unwrap();
        }
    }
    for (key, value) in &case.shocks {
        add_shock(&mut scenario, key, value.as_float().unwrap_or_else(|| value.as_integer().unwrap() as f64));
    }
    scenario
}

fn scenario_target(number: i64) -> &'static str {
    dewpoint::programme::Target::NAMES[number as usize].0
}

/// The twin's shocks are flat numbers, `<kind>_week` beginning one.
fn add_shock(scenario: &mut Scenario, key: &str, value: f64) {
    let (kind, setting) = match key {
        "exodus_week" => ("staff_exodus", "at"),
        "exodus_mult" => ("staff_exodus", "multiplier"),
        "exodus_len" => ("staff_exodus", "weeks"),
        "leader_week" => ("leaders_leave", "at"),
        "sponsor_week" => ("sponsor_leaves", "at"),
        "champion_week" => ("champions_leave", "at"),
        "churn_week" => ("policy_change", "at"),
        "reorg_week" => ("reorganisation", "at"),
        "surge_week" => ("winter_surge", "at"),
        "surge_size" => ("winter_surge", "size"),
        "surge_len" => ("winter_surge", "weeks"),
        "cut_week" => ("budget_cut", "at"),
        _ => panic!("unknown shock {key}"),
    };
    if !scenario.shocks.iter().any(|shock| shock.name == kind) {
        scenario.shocks.push(NamedShock { name: kind.into(), shock: Shock::of_kind(kind).unwrap() });
    }
    scenario.change(&format!("shocks.{kind}.{setting}"), &value.to_string()).unwrap();
}

struct Engine {
    metrics: BTreeMap<String, Vec<f64>>,
    quartiles: [f64; 3],
}

fn simulate(scenario: &Scenario, seed: u64) -> Vec<Engine> {
    let model = scenario.to_model();
    let runs: Vec<Vec<(BTreeMap<String, f64>, Vec<f64>)>> = (0..REPLICATES)
        .into_par_iter()
        .map(|replicate| {
            let pair = model.pair(seed, replicate);
            let each = pair.with.iter().zip(&pair.without).zip(&scenario.programmes);
            each.map(|((with, without), programme)| {
                (metrics(with, without, programme), unit_gains(with, without, programme))
            })
            .collect()
        })
        .collect();
    (0..scenario.programmes.len())
        .map(|number| {
            let mut metrics: BTreeMap<String, Vec<f64>> = BTreeMap::new();
            let mut gains = Vec::new();
            for run in &runs {
                for (name, value) in &run[number].0 {
                    metrics.entry(name.clone()).or_default().push(*value);
                }
                gains.extend(&run[number].1);
            }
            let quartiles = [0.25, 0.5, 0.75].map(|share| stats::quantile(&gains, share));
            Engine { metrics, quartiles }
        })
        .collect()
}

fn mean(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let many = values.len() as f64;
    values.sum::<f64>() / many
}

/// The twin's metrics, by its own windows.
fn metrics(with: &History, without: &History, programme: &dewpoint::programme::Programme) -> BTreeMap<String, f64> {
    let (live, end) = (programme.clock.live(), programme.clock.end());
    let of = |series, weeks: std::ops::Range<usize>| mean(with.of(series)[weeks].iter().map(|x| f64::from(*x)));
    let net = |weeks: std::ops::Range<usize>| {
        let pairs = with.of(Series::Practice)[weeks.clone()].iter().zip(&without.of(Series::Practice)[weeks]);
        mean(pairs.map(|(with, without)| f64::from(*with) - f64::from(*without)))
    };
    let named = [
        (Series::Ownership, "ownership"),
        (Series::Motivation, "motivation"),
        (Series::Fatigue, "fatigue"),
        (Series::Cynicism, "cynicism"),
        (Series::Embedding, "embedding"),
        (Series::Capability, "data"),
        (Series::OtherCare, "care"),
        (Series::LeaderBacking, "leader"),
        (Series::ManagerBacking, "manager"),
        (Series::SponsorBacking, "sponsor"),
        (Series::SolutionBelief, "solution"),
        (Series::ProblemBelief, "problem"),
        (Series::Skill, "skill"),
        (Series::Habit, "habit"),
        (Series::Ritual, "ritual"),
    ];
    let mut metrics: BTreeMap<String, f64> =
        named.iter().map(|(series, name)| (format!("{name}_at_end"), of(*series, end - 4..end))).collect();
    for (series, name) in [&named[1], &named[3], &named[4]] {
        metrics.insert(format!("{name}_24_months_after"), of(*series, end + 100..end + 108));
    }
    let usual = mean(without.of(Series::Practice)[end - 4..end].iter().map(|x| f64::from(*x)));
    metrics.extend([
        ("net_gain_at_end".into(), net(end - 4..end)),
        ("net_gain_12_months_after".into(), net(end + 48..end + 56)),
        ("net_gain_24_months_after".into(), net(end + 100..end + 108)),
        ("usual_practice_at_end".into(), usual),
        ("reported_minus_true_at_end".into(), of(Series::Reported, end - 8..end) - of(Series::Practice, end - 8..end)),
        ("leavers_per_week_active".into(), of(Series::Leavers, live..end)),
    ]);
    metrics
}

fn unit_gains(with: &History, without: &History, programme: &dewpoint::programme::Programme) -> Vec<f64> {
    let (end, units) = (programme.clock.end(), with.reached.len());
    let at_end =
        |history: &History, unit: usize| mean((end - 4..end).map(|week| f64::from(history.units[week * units + unit])));
    let reached = (0..units).filter(|unit| with.reached[*unit]);
    reached.map(|unit| at_end(with, unit) - at_end(without, unit)).collect()
}

/// A mechanism that the fixture forgot would be on in every case.
#[test]
fn the_fixture_turns_off_whatever_can_be_off() {
    let core = twin::core();
    let mut off = 0;
    for slot in core.slots() {
        let Declared::Quantity(quantity) = slot.declared else { continue };
        let Some(neutral) = quantity.neutral else { continue };
        off += 1;
        let value = core.value(slot.address).unwrap().to_string();
        assert_eq!(value, neutral.to_string(), "{}: tests/docking/core.toml must say {neutral}", slot.path);
    }
    assert!(off > 30, "{off}");
}

/// Cases add programmes after the fixture has been put into the first.
#[test]
fn every_programme_of_a_case_begins_as_the_twins() {
    let mut two = Scenario::default();
    two.programmes.push(two.programmes[0].clone());
    two.programmes[1].name = "second".into();
    twin::put(&mut two);
    assert_eq!(two.programmes[0].levers, two.programmes[1].levers);
    assert_eq!(two.programmes[0].levers, twin::core().programmes[0].levers);
    let done = |scenario: &Scenario| scenario.programmes[0].levers.doing();
    assert!(done(&two) > 0.9 && done(&Scenario::default()) == 0.0);
}
