//! Comparisons whose answer is known.
use super::*;
use crate::{
    experiment::{
        Study,
        fake::{fake, luck, noise},
    },
    metrics::tests::small_scenario,
    scenario::Scenario,
};

/// A design whose ambition says how much it gains.
fn design(name: &str, ambition: f32) -> Design {
    let mut scenario = small_scenario();
    scenario.programmes[0].levers.design.ambition = ambition;
    Design::new(name, scenario, None).unwrap()
}

const PLAN: Plan = Plan { runs: 400, seed: 1, precision: None };

/// Gain = ambition / 10 + luck that all designs share + a little of their own.
fn shared(scenario: &Scenario, replicate: u64, _: usize, metric: &str) -> f64 {
    let ambition = f64::from(scenario.programmes[0].levers.design.ambition);
    let common = 0.2 * (luck(replicate) - 0.5);
    let own = 0.02 * (noise(replicate * 100 + (100.0 * ambition) as u64) - 0.5);
    match metric {
        HEADLINE => 0.1 * ambition + common + own,
        "net_gain_at_end" => 2.0 * (0.1 * ambition + common + own) + 0.4,
        _ => 0.0,
    }
}

#[test]
fn a_known_difference_is_found_with_the_known_saving() {
    let designs = [design("small", 0.5), design("large", 0.7)];
    let compared = compare(&mut fake(shared), &designs, PLAN).unwrap();
    let difference = compared.headline_differences().next().unwrap();
    assert!((difference.estimate.value - 0.02).abs() < 0.002 && difference.estimate.excludes(0.0));
    // By the formula: shared uniform on 0.2, own: uniform on 0.02, so the ratio is 2 (0.2^2 + 0.02^2) / (2 x 0.02^2) = 101.
    assert!((60.0..160.0).contains(&difference.variance_ratio), "{}", difference.variance_ratio);
    let answer = compared.answer();
    assert!(answer.title.starts_with("large keeps 2.") && answer.title.contains("more than small"), "{}", answer.title);
    let columns = answer.shown.as_ref().unwrap().columns.iter().map(|column| column.name.as_str());
    assert_eq!(columns.collect::<Vec<_>>(), ["metric", "unit", NOTHING, "small", "large"]);
    let all = answer.sentences.join("\n");
    assert!(all.contains("Without shared luck") && all.contains("400 runs of each, seed 1"), "{all}");
}

#[test]
fn a_difference_of_ratios_is_said_as_the_ratios() {
    // Half as many leave where the most is gained.
    let leaving = |scenario: &Scenario, replicate: u64, place: usize, metric: &str| {
        let ambition = f64::from(scenario.programmes[0].levers.design.ambition);
        match metric {
            "leavers_active" => (1.2 - ambition) * (10.0 + luck(replicate)),
            "leavers_without_active" => 10.0 + luck(replicate),
            _ => shared(scenario, replicate, place, metric),
        }
    };
    let compared = compare(&mut fake(leaving), &[design("small", 0.5), design("large", 0.7)], PLAN).unwrap();
    let all = compared.answer().sentences.join("\n");
    assert!(
        all.contains("leavers during support 0.50 times as many as with nothing done, and not 0.70 times (-0.20"),
        "{all}"
    );
}

#[test]
fn the_numbers_to_remember_are_those_of_the_best_design() {
    let told = |designs: &[Design]| compare(&mut fake(shared), designs, PLAN).unwrap().numbers();
    let numbers = told(&[design("small", 0.5), design("large", 0.7)]);
    let labels: Vec<&str> = numbers.iter().map(|number| number.label.as_str()).collect();
    assert_eq!(labels[..2], ["still there two years after support, with large", "more than small, the next"]);
    assert!(numbers[0].value == "+6.9" && numbers[1].value == "+2.0", "{numbers:?}");
    assert!(labels.contains(&"of runs in which large is the best"), "{labels:?}");
    // Of one design the lead over nothing is what it keeps.
    assert!(told(&[design("only", 0.7)]).iter().all(|number| !number.label.contains("the next")));
}

#[test]
fn nothing_done_is_a_candidate_and_ties_are_called_ties() {
    // Every second run loses 5 points, every other gains as many.
    let even = |_: &Scenario, replicate: u64, _: usize, _: &str| if replicate.is_multiple_of(2) { 0.05 } else { -0.05 };
    let compared = compare(&mut fake(even), &[design("coin", 0.5)], PLAN).unwrap();
    assert_eq!(compared.candidates.iter().map(|one| one.best.value).collect::<Vec<_>>(), [0.5, 0.5]);
    for candidate in &compared.candidates {
        assert!((candidate.regret.value - 0.025).abs() < 1e-12);
    }
    let answer = compared.answer();
    assert!(answer.title.starts_with("A tie"), "{}", answer.title);
    let loses = compare(&mut fake(|_, _, _, _| -0.1), &[design("harm", 0.5), design("woe", 0.4)], PLAN).unwrap();
    assert!(loses.answer().title.starts_with("Nothing done is best"), "{}", loses.answer().title);
}

#[test]
fn equal_designs_are_the_same_in_every_run() {
    let same = |_: &Scenario, replicate: u64, _: usize, _: &str| 0.1 + 0.01 * luck(replicate);
    let compared = compare(&mut fake(same), &[design("one", 0.5), design("other", 0.6)], PLAN).unwrap();
    let difference = compared.headline_differences().next().unwrap();
    assert!(difference.estimate.value == 0.0 && difference.variance_ratio.is_nan());
    let answer = compared.answer();
    assert!(answer.title.contains("cannot be told from other"), "{}", answer.title);
    assert!(!answer.sentences.join("\n").contains("NaN"), "{answer:?}");
}

#[test]
fn what_the_cheaper_could_buy_is_said() {
    let (mut dear, cheap) = (design("dear", 0.6), design("cheap", 0.6));
    dear.scenario.programmes[0].levers.resources.external_support = 1.0;
    let compared = compare(&mut fake(shared), &[cheap, dear], PLAN).unwrap();
    let factor = compared.candidates[2].money / compared.candidates[1].money;
    assert!(
        factor > EQUAL && (compared.candidates[1].at_equal_budget.value / compared.gain(1).value - factor).abs() < 1e-9
    );
    let all = compared.answer().sentences.join("\n");
    assert!(all.contains("Not an equal budget: what dear costs would pay for cheap"), "{all}");
    let same = compare(&mut fake(shared), &[design("one", 0.5), design("two", 0.6)], PLAN).unwrap();
    assert!(!same.answer().sentences.join("\n").contains("Not an equal budget"));
}

const EQUAL: f64 = 1.05;

#[test]
fn precision_stops_at_fixed_numbers_of_runs() {
    let designs = [design("small", 0.5), design("large", 0.7)];
    let mut simulator = fake(shared);
    let plan = Plan { runs: 10_000, precision: Some(0.0006), ..PLAN };
    let compared = compare(&mut simulator, &designs, plan).unwrap();
    assert!(compared.runs > 100 && compared.runs < 10_000 && compared.runs.is_multiple_of(LOOK_EVERY));
    assert!(compared.reached < 0.0006);
    let before = compare(&mut fake(shared), &designs, Plan { runs: compared.runs - 100, ..PLAN }).unwrap();
    assert!(before.reached >= 0.0006, "it could have stopped earlier");
    let capped = compare(&mut simulator, &designs, Plan { runs: 250, precision: Some(1e-6), ..PLAN }).unwrap();
    assert_eq!(capped.runs, 250);
    assert!(capped.answer().sentences.join("\n").contains("was not reached in 250 runs"));
}

#[test]
fn many_designs_are_held_against_the_first() {
    let designs: Vec<Design> =
        (0..6).map(|place| design(&format!("a design numbered {place}"), 0.1 * place as f32)).collect();
    let compared = compare(&mut fake(shared), &designs, PLAN).unwrap();
    assert_eq!(compared.headline_differences().count(), 5);
    assert!(compared.headline_differences().all(|row| row.from == 1));
    let answer = compared.answer();
    assert_eq!(answer.tables[0].name, "designs");
    assert!(
        answer.title.starts_with("\"a design numbered 5\" keeps")
            && answer.title.contains("the next, \"a design numbered 4\""),
        "{}",
        answer.title
    );
    assert_eq!(pairs(4).len(), 6);
}

/// What is less than nothing is no share of anything, however much less it is than in another design.
#[test]
fn a_share_is_said_to_differ_only_where_something_is_kept() {
    let said = |left: f64| {
        let formula = move |scenario: &Scenario, replicate: u64, _: usize, metric: &str| {
            let ambition = f64::from(scenario.programmes[0].levers.design.ambition);
            let luck = 0.002 * (luck(replicate) - 0.5);
            match metric {
                HEADLINE => left * (1.0 - ambition) + luck,
                "net_gain_at_end" => 0.2 * ambition + luck,
                _ => 0.0,
            }
        };
        let compared = compare(&mut fake(formula), &[design("small", 0.2), design("large", 0.7)], PLAN).unwrap();
        compared.answer().sentences.join("\n").contains("share kept for 24 months")
    };
    assert_eq!([0.1, -0.1].map(said), [true, false]);
}

#[test]
fn a_wrong_question_says_what_is_right() {
    let question = |designs: &[Design], plan: Plan, part: &str| {
        let wrong = compare(&mut fake(shared), designs, plan);
        assert!(matches!(&wrong, Err(Stopped::Question(what)) if what.contains(part)), "{part}: {wrong:?}");
    };
    question(&[], PLAN, "at least one");
    question(&[design("one", 0.1), design("one", 0.2)], PLAN, "\"one\"");
    question(&[design("one", 0.1)], Plan { precision: Some(5.0), ..PLAN }, "0.005");
    let mut short = design("short", 0.1);
    short.scenario.run.follow_up = 60;
    question(&[short], PLAN, "a follow-up of 60 weeks; give 108, or 104 at the least: --set run.follow_up=108");
}

#[test]
fn surroundings_that_differ_are_named() {
    let mut other = design("Scotland", 0.5);
    other.scenario.setting.policy_churn = 0.1;
    let compared = compare(&mut fake(shared), &[design("England", 0.5), other], PLAN).unwrap();
    let all = compared.answer().sentences.join("\n");
    assert!(
        all.contains("Scotland is tried in other surroundings than England") && all.contains("setting.policy_churn")
    );
}

/// Prices of designs that share their luck are compared run by run: their own intervals overlap widely, their ratio does not
/// hold 1.
#[test]
fn prices_are_compared_run_by_run() {
    let gain = |scenario: &Scenario, replicate: u64, _: usize, metric: &str| {
        let ambition = f64::from(scenario.programmes[0].levers.design.ambition);
        if metric == HEADLINE { (0.1 + 0.02 * ambition) * (0.5 + luck(replicate)) } else { 0.0 }
    };
    let mut dear = design("dear", 0.5);
    // Twice the time to be set aside: more money for the same gain.
    dear.scenario.programmes[0].levers.resources.protected_time = 0.9;
    let compared = compare(&mut fake(gain), &[dear, design("cheap", 0.5)], Plan { runs: 20, ..PLAN }).unwrap();
    let [expensive, cheap] = [1, 2].map(|place| &compared.candidates[place]);
    assert!(expensive.money > cheap.money && expensive.per_point.low < cheap.per_point.high, "unpaired they overlap");
    // The same gain in every run, so that the ratio is that of the money.
    let ratio = compared.price_ratio(2, 1);
    assert!((ratio.value - cheap.money / expensive.money).abs() < 1e-9 && ratio.excludes(1.0), "{ratio:?}");
    let said = compared.answer().sentences.join(" ");
    assert!(said.contains("A point still there costs least with cheap:") && !said.contains("not clearly"), "{said}");
    let titles: Vec<String> = compared.pictures().into_iter().map(|picture| picture.title).collect();
    assert!(titles.iter().any(|title| title.starts_with("A point still there costs least with cheap:")), "{titles:?}");
}

#[test]
fn no_picture_says_that_a_loss_is_kept() {
    let loss = |_: &Scenario, replicate: u64, _: usize, _: &str| -0.05 - 0.01 * luck(replicate);
    let compared = compare(&mut fake(loss), &[design("harm", 0.5)], PLAN).unwrap();
    let title = &compared.pictures()[0].title;
    assert!(title.starts_with("harm ends with a loss of 5.5 points"), "{title}");
}
