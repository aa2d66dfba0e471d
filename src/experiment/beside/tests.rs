use super::*;
use crate::{
    ensemble::tests::wobbling,
    metrics::tests::{flat, small_scenario},
};

/// A world in which reported practice is 0.5 before the programme and 0.7 from its first week on, of which 0.05 is real.
fn stepping(scenario: &Scenario) -> Pair {
    let begin = scenario.programmes[0].clock.start as usize;
    let (mut with, without) = (flat(scenario, 0.5), flat(scenario, 0.5));
    for week in begin..scenario.weeks() {
        with.series[Series::Reported as usize][week] = 0.7;
        with.series[Series::Practice as usize][week] = 0.55;
    }
    Pair { with: vec![with], without: vec![without] }
}

fn step(scenario: &Scenario) -> impl Fn(u64, u64) -> Pair + Sync + use<> {
    let scenario = scenario.clone();
    move |_: u64, _: u64| stepping(&scenario)
}

fn times(found: impl Fn(usize) -> f64, of: f64, scenario: &Scenario) -> Vec<Time> {
    (0..scenario.weeks() / 4)
        .map(|place| {
            let from = place as f64 * 4.0;
            Time { from, to: from + 4.0, found: found(place), of, counts: true }
        })
        .collect()
}

fn ask<'a>(scenario: &'a Scenario, times: &'a [Time]) -> Asked<'a> {
    Asked { scenario, programme: 0, draws: 8, times, harm: None }
}

fn scenario() -> Scenario {
    let mut scenario = small_scenario();
    scenario.programmes[0].clock.start = 12.0;
    scenario
}

#[test]
fn a_point_is_compared_with_the_weeks_it_lasts() {
    let scenario = scenario();
    let exact = times(|place| if place < 3 { 0.5 } else { f64::from(0.7_f32) }, f64::NAN, &scenario);
    let found = beside(&step, &ask(&scenario, &exact)).unwrap();
    assert_eq!(found.draws, 8);
    assert!((found.band[2].middle - 0.5).abs() < 1e-6 && (found.band[3].middle - 0.7).abs() < 1e-6);
    let (inside, all) = found.inside();
    assert_eq!((inside, all), (exact.len() as u64, exact.len() as u64));
    assert!((found.found - 0.2).abs() < 1e-6 && (found.before_and_after.middle - 0.2).abs() < 1e-6);
    assert!((found.net.low - 0.05).abs() < 1e-6 && (found.net.high - 0.05).abs() < 1e-6);
    let said = found.sentences(&scenario, |place| place.to_string()).join(" ");
    assert!(
        said.contains("the data change by +20.0 points") && said.contains("itself would do +5.0 to +5.0"),
        "{said}"
    );
}

#[test]
fn where_the_data_leave_the_band_is_said_and_another_level_too() {
    let scenario = scenario();
    let high = times(|place| if place < 5 { 0.9 } else { f64::from(0.7_f32) }, f64::NAN, &scenario);
    let found = beside(&step, &ask(&scenario, &high)).unwrap();
    assert_eq!(found.sides()[..6], [Some(1), Some(1), Some(1), Some(1), Some(1), Some(0)]);
    let said = found.sentences(&scenario, |place| format!("t{place}")).join(" ");
    assert!(said.contains("The data lie above it from t0 to t4 (5 points in a row)."), "{said}");
    assert!(said.contains("--set setting.baseline=0.90"), "{said}");
}

#[test]
fn the_band_holds_what_chance_in_counting_does() {
    let scenario = scenario();
    let few = times(|_| 0.5, 20.0, &scenario);
    let found = beside(&step, &ask(&scenario, &few)).unwrap();
    // Of 20 tosses of a fair coin the 10 % quantile is 7 heads, the 90 % quantile 13.
    let Plausible { low, middle, high } = found.band[0];
    assert_eq!((low, middle, high), (7.0 / 20.0, 0.5, 13.0 / 20.0));
    // Of 10,000 tosses the middle 80 % is 1.2816 standard deviations of 0.005 to both sides.
    let many = plausible_of(&[0.5], 10_000.0);
    assert!((many.low - 0.493_592).abs() < 1e-5 && (many.high - 0.506_408).abs() < 1e-5, "{many:?}");
    assert_eq!(plausible_of(&[0.0, 0.0], 50.0).high, 0.0);
}

#[test]
fn times_beyond_the_scenario_have_no_band_and_how_to_give_them_one_is_said() {
    let scenario = scenario();
    let weeks = scenario.weeks() as f64;
    let time = |from: f64| Time { from, to: from + 4.0, found: 0.6, of: f64::NAN, counts: true };
    let outside = [time(-8.0), time(4.0), time(weeks + 4.0)];
    let found = beside(&step, &ask(&scenario, &outside)).unwrap();
    assert!(found.band[0].low.is_nan() && found.band[1].low.is_finite() && found.band[2].low.is_nan());
    let said = found.sentences(&scenario, |place| place.to_string()).join(" ");
    assert!(
        said.contains("2 points lie beyond")
            && said.contains("programme.0.start=20")
            && said.contains("run.follow_up="),
        "{said}"
    );
    let nowhere = beside(&step, &ask(&scenario, &[time(-80.0)]));
    assert!(
        matches!(nowhere, Err(Stopped::Question(what)) if what.contains("--start is the day on which its programme begins, week 12"))
    );
}

#[test]
fn the_same_question_has_the_same_answer() {
    let scenario = scenario();
    let engine = |scenario: &Scenario| {
        let scenario = scenario.clone();
        move |seed: u64, _: u64| wobbling(&scenario, seed % 1000)
    };
    let asked = times(|_| 0.6, 40.0, &scenario);
    assert_eq!(beside(&engine, &ask(&scenario, &asked)), beside(&engine, &ask(&scenario, &asked)));
}

#[test]
fn events_fall_as_practice_rises_from_the_level_that_they_had() {
    let scenario = scenario();
    // Practice 0.5 before and 0.55 from the programme on: of half prevented, 0.75 and 0.725 of the harm are left.
    let times = times(|place| if place < 3 { 0.02 } else { 0.01 }, 1000.0, &scenario);
    let harm = Some(Harm { prevented: (0.5, 0.5), spread: 1.0 });
    let found = beside(&step, &Asked { harm, ..ask(&scenario, &times) }).unwrap();
    let part = 0.725 / 0.75;
    assert!((found.before_and_after.middle - part).abs() < 1e-6 && (found.found - 0.5).abs() < 1e-9, "{found:?}");
    // Without the programme practice stays at 0.5.
    assert!((found.net.middle - part).abs() < 1e-6);
    // Sixty events before: a month of 20 or 19.3 expected, with what is not known of the level.
    let (before, after) = (found.band[1], found.band[5]);
    assert!(before.low >= 0.013 && before.low <= 0.015 && before.high >= 0.025 && before.high <= 0.027, "{before:?}");
    assert!(after.middle < 0.0201 && after.middle >= 0.018, "{after:?}");
    assert_eq!(found.sides()[..4], [Some(0), Some(0), Some(0), Some(-1)]);
    let said = found.sentences(&scenario, |place| place.to_string()).join(" ");
    for part in [
        "the data's rate is 0.50 times what it was",
        "0.97 to 0.97 times",
        "60 events before",
        "assumption of ours",
        "is taken as 0.50",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let wide = Some(Harm { prevented: (0.0, 1.0), spread: 2.0 });
    let wider = beside(&step, &Asked { harm: wide, ..ask(&scenario, &times) }).unwrap();
    assert!(wider.band[5].high > after.high && wider.band[5].low < after.low);
    assert!(wider.before_and_after.low < part - 0.01 && wider.before_and_after.high > part + 0.01);
    let few: Vec<Time> = times.iter().map(|time| Time { found: time.found / 10.0, ..*time }).collect();
    let silent = beside(&step, &Asked { harm, ..ask(&scenario, &few) }).unwrap();
    let said = silent.sentences(&scenario, |place| place.to_string());
    assert!(said.len() == 1 && said[0].contains("there are 6 events"), "{said:?}");
    assert!(silent.band.iter().all(|at| at.low.is_nan()) && silent.found.is_nan());
}
