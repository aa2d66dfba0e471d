//! The capability trap: investing in improvement is worse before it is better, pushing harder is better before worse,
//! and the load of a place tips it from one into the other (Repenning & Sterman 2001, 2002).
//!
//! Differences are with minus without the programme under the same luck, in one week; support is from week 52
//! to 155. Week 190 is well after it, when nobody is asked for anything any more.

use dewpoint::{
    ensemble::{Ensemble, View, ensemble_of},
    model::Series,
    scenario::{Scenario, load},
    stats::Estimate,
};

const RUNS: u64 = 20;

/// Staff decide, debate, try, learn and measure, and write it down in the end; nobody gets an hour for it.
const INVEST: &str = r"
[programme.persuasion]
hard_data = 0.4
pilot = 0.6
opinion_leaders = 0.4
disclosure = 1
peer_debate = 0.6

[programme.engagement]
participation = 0.8
heed = 1
executives = 0.5

[programme.resources]
training = 0.6

[programme.measurement]
feedback = 0.5
capability = 0.6
burden = 0.3

[programme.sustain]
embedding = 0.9
induction = 0.6
succession = 0.6
";

/// The board wants to see a number, and nobody is shown how or given anything for it.
const PUSH: &str = r"
[programme.engagement]
executives = 0.5
directive = 0.8

[programme.measurement]
feedback = 0.5

[programme.incentives]
sanction = 0.5

[programme.sustain]
sanction_after = 0.5
";

/// A hospital with so much more work than its staff can absorb, and what is done there.
fn hospital(workload: &str, levers: &str) -> Scenario {
    let text = format!(
        "title = \"Capability trap\"\n\n[setting]\norganisations = 2\nunits = 4\nworkload = {workload}\n\n\
         [[programme]]\nname = \"P\"\nstart = 26\nplanning = 26\nactive = 104\n{levers}"
    );
    load(&[("trap.toml", text.as_str())], "trap.toml")
        .unwrap_or_else(|problems| panic!("{problems}"))
        .ready()
        .unwrap_or_else(|problems| panic!("{problems}"))
}

/// The same where care that becomes reliable saves no work, and harm to other care makes none.
fn without_the_loop(mut scenario: Scenario) -> Scenario {
    scenario.change("parameters.hours.failure_demand", "0").unwrap_or_else(|problem| panic!("{problem:?}"));
    scenario
}

fn runs(scenario: &Scenario) -> Ensemble {
    ensemble_of(scenario, 1, RUNS).unwrap()
}

fn net(ensemble: &Ensemble, series: Series, week: usize) -> Estimate {
    ensemble.bands.band(0, series, View::Net, week).mean
}

#[test]
fn investment_is_worse_before_better_because_reliable_care_saves_work() {
    let found = runs(&hospital("0.1", INVEST));
    let (during, after) = (net(&found, Series::OtherCare, 104), net(&found, Series::OtherCare, 190));
    assert!(during.high < -0.02, "other care suffers while people learn: {during:?}");
    assert!(after.low > 0.0, "and is better than without the programme afterwards: {after:?}");
    let (during, after) = (net(&found, Series::Fatigue, 104), net(&found, Series::Fatigue, 190));
    assert!(during.low > 0.02 && after.high < 0.0, "people are tired first and less tired later: {during:?} {after:?}");
    assert!(net(&found, Series::Practice, 190).low > 0.03, "the practice is still better");

    let knocked_out = runs(&without_the_loop(hospital("0.1", INVEST)));
    let (during, after) = (net(&knocked_out, Series::OtherCare, 104), net(&knocked_out, Series::OtherCare, 190));
    assert!(during.high < -0.02 && after.high < 0.0, "without the loop it never gets better: {during:?} {after:?}");
}

#[test]
fn pushing_harder_is_better_before_worse_because_harm_makes_work() {
    let found = runs(&hospital("0.12", PUSH));
    let (early, late) = (net(&found, Series::Practice, 65), net(&found, Series::Practice, 150));
    assert!(early.low > 0.005, "the push works at first: {early:?}");
    assert!(late.high < 0.0, "and leaves the practice worse than without it: {late:?}");
    let reported = net(&found, Series::Reported, 150);
    assert!(reported.low > 0.05, "while the number that is reported stays up: {reported:?}");
    let care = net(&found, Series::OtherCare, 150);
    assert!(care.high < -0.05, "other care has paid for it: {care:?}");

    let knocked_out = net(&runs(&without_the_loop(hospital("0.12", PUSH))), Series::Practice, 150);
    assert!(
        knocked_out.low > late.high && knocked_out.value > 0.35 * late.value,
        "without the loop it wears off, and most of the harm is gone: {knocked_out:?} {late:?}"
    );
}

#[test]
fn load_tips_investment_into_the_trap() {
    let [calm, stretched] = ["0.1", "0.25"].map(|workload| {
        let found = runs(&hospital(workload, INVEST));
        (net(&found, Series::Practice, 150), net(&found, Series::OtherCare, 190))
    });
    assert!(calm.0.low > 0.08 && calm.1.low > 0.0, "with some slack left it pays: {calm:?}");
    assert!(stretched.0.high < 0.0 && stretched.1.high < 0.0, "with none the same investment does harm: {stretched:?}");
}
