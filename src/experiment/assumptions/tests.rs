//! Assumptions through a simulator whose answer is known.
use super::*;
use crate::{
    experiment::{
        fake,
        uncertain::{Uncertain, posterior::Posterior},
    },
    metrics::tests::small_scenario,
};

const END: &str = "net_gain_at_end";

/// Conscious effort of the scenario, which the posterior draws.
fn effort(scenario: &Scenario) -> f64 {
    f64::from(scenario.parameters.fatigue.conscious_effort)
}

/// What conscious effort lies below in `share` of the posterior.
fn effort_at(share: f64) -> f64 {
    let posterior = Posterior::bundled();
    let place = posterior.paths.iter().position(|path| path == "parameters.fatigue.conscious_effort").unwrap();
    let mut all: Vec<f64> = posterior.rows.iter().map(|row| row.values[place]).collect();
    all.sort_by(f64::total_cmp);
    all[(share * all.len() as f64) as usize]
}

/// What becomes of the conclusion that `formula` of effort and luck is above nothing.
fn tried(formula: impl Fn(f64, f64) -> f64, runs: u64) -> (Assumptions, u64) {
    tried_from(small_scenario().run.seed, formula, runs)
}

/// The same with draws of another seed.
fn tried_from(seed: u64, formula: impl Fn(f64, f64) -> f64, runs: u64) -> (Assumptions, u64) {
    let mut scenario = small_scenario();
    scenario.run.seed = seed;
    let mut simulator =
        fake::fake(move |scenario, replicate, _, _| formula(effort(scenario), fake::noise(replicate) - 0.5));
    let job = Job::outcomes(scenario.clone(), runs);
    let ensemble = simulator.ensembles(std::slice::from_ref(&job)).unwrap().remove(0);
    let column = |metric: &str| ensemble.outcomes_of(&scenario, 0, metric).unwrap();
    let claims = of_programme("", (0, 0), 1, column);
    simulator.runs = 0;
    let found = assumptions(&mut simulator, &[scenario], &claims, draws_for(runs, 1)).unwrap();
    (found, simulator.runs)
}

#[test]
fn a_conclusion_that_no_parameter_moves_is_firm_whatever_luck_does() {
    // One run in ten shows the opposite, but luck is shared and taken off.
    let (found, runs) = tried(|_, luck| 0.4 + luck, 200);
    let judged = &found.conclusions[0];
    assert_eq!((judged.verdict, judged.holds.value, runs, found.draws), (Verdict::Firm, 1.0, 64, 64));
    assert!(judged.by_luck < 0.95 && judged.hangs_on().is_none(), "{judged:?}");
    assert!(judged.share().starts_with("in 64 of 64 draws (94 to 100"), "{}", judged.share());
}

/// The same where the runs of the answer draw their parameters themselves.
fn tried_in_runs(formula: impl Fn(f64, f64) -> f64, runs: u64) -> (Assumptions, u64) {
    let scenario = small_scenario();
    let scenarios = [scenario.clone()];
    // Runs of drawn parameters are each the first of a seed of their own.
    let luck = |seed: f64, replicate: u64| fake::unlike(&[seed], replicate) - 0.5;
    let mut simulator =
        fake::seeded(move |scenario, seed, replicate| formula(effort(scenario), luck(seed as f64, replicate)));
    let job = Job::outcomes(scenario.clone(), runs);
    let ensemble = Uncertain::new(&mut simulator, &scenarios).ensembles(std::slice::from_ref(&job)).unwrap().remove(0);
    let column = |metric: &str| ensemble.outcomes_of(&scenario, 0, metric).unwrap();
    let claims = of_programme("", (0, 0), 1, column);
    simulator.runs = 0;
    let found = of_drawn_runs(&mut simulator, &scenarios, &claims, draws_for(runs, 1).into()).unwrap();
    (found, simulator.runs)
}

#[test]
fn runs_that_draw_parameters_themselves_are_told_from_luck_by_the_same_runs_without() {
    let (found, runs) = tried_in_runs(|_, luck| 0.4 + luck, 200);
    let judged = &found.conclusions[0];
    assert_eq!((judged.verdict, judged.holds.value, runs, found.draws), (Verdict::Firm, 1.0, 64, 64));
    assert!(judged.by_luck < 0.95 && found.in_runs, "{judged:?}");
    let turn = effort_at(0.71);
    let (found, _) = tried_in_runs(|effort, luck| turn - effort + 0.1 * luck, 1000);
    let judged = &found.conclusions[0];
    assert_eq!((judged.verdict, found.draws), (Verdict::Leaning, 100));
    assert!(
        (judged.holds.value - 0.71).abs() < 0.1 && judged.hangs[0].path.ends_with("conscious_effort"),
        "{judged:?}"
    );
}

#[test]
fn a_conclusion_that_an_assumption_overturns_leans_on_it_by_name() {
    // Turned round where 29 % of the posterior lies; as given, an effort of 0.35, it holds.
    let turn = effort_at(0.71);
    assert!(turn > 0.36);
    let (found, _) = tried(|effort, luck| turn - effort + 0.1 * luck, 1000);
    let judged = &found.conclusions[0];
    assert_eq!((judged.verdict, found.draws), (Verdict::Leaning, 100));
    assert!((judged.holds.value - 0.71).abs() < 0.1, "{judged:?}");
    let first = &judged.hangs[0];
    assert!(first.path.ends_with("conscious_effort") && first.clear && first.correlation.high < -0.9, "{first:?}");
    assert!(judged.hangs_on().unwrap().starts_with("less "));
}

#[test]
fn parameters_that_do_nothing_are_called_clear_as_rarely_as_promised() {
    // One family of parameters in twenty holds one that looks related by chance; above 4 of 20 lie 0.3 % of such counts.
    let alarms = (1..=20).filter(|&seed| {
        let (found, _) = tried_from(seed, |effort, luck| 0.5 - effort + 0.1 * luck, 1000);
        found.conclusions[0].hangs.iter().filter(|hang| hang.clear).count() > 1
    });
    assert!(alarms.count() <= 4);
}

#[test]
fn what_turns_round_in_half_of_the_draws_or_is_luck_to_begin_with_is_open() {
    let (half, given) = (effort_at(0.5), effort(&small_scenario()));
    let (found, _) = tried(|effort, luck| (effort - half) * if given > half { 1.0 } else { -1.0 } + 0.001 * luck, 200);
    assert_eq!(found.conclusions[0].verdict, Verdict::Open, "{found:?}");
    assert!(found.line().contains("of 1 conclusion 0 firm, 0 lean on them, 1 open (64 draws"), "{}", found.line());
    // Nothing is concluded from luck alone about a programme.
    let (found, _) = tried(|_, luck| luck, 200);
    assert!(found.conclusions.is_empty() && found.tables()[0].rows.is_empty());
}

#[test]
fn draws_cost_about_a_tenth_and_are_left_out_where_they_could_not_tell() {
    let draws = |scenarios| [1, 15, 16, 64, 200, 1000, 100_000].map(|runs| draws_for(runs, scenarios));
    assert_eq!(draws(1), [0, 0, 16, 64, 64, 100, 256]);
    assert_eq!(draws(256), [0, 0, 16, 32, 32, 100, 256]);
}

#[test]
fn what_the_scenarios_differ_in_is_not_drawn() {
    let mut other = small_scenario();
    other.parameters.fatigue.conscious_effort = 0.6;
    let scenarios = [small_scenario(), other];
    let mut simulator = fake::fake(|scenario, _, _, metric| if metric == END { effort(scenario) } else { f64::NAN });
    let own = vec![0.25 - 1e-9, 0.25 + 1e-9];
    let claim = Claim::of(["more".into(), "less".into()], END, 0, [(1, 1.0), (0, -1.0)], own);
    let found = assumptions(&mut simulator, &scenarios, &[claim], 20).unwrap();
    assert_eq!(found.conclusions[0].hangs.iter().filter(|hang| hang.path.contains("conscious_effort")).count(), 0);
    assert_eq!((found.conclusions[0].holds.value, found.conclusions[0].conclusion.as_str()), (1.0, "more"));
}

/// The same share of draws never turns from one verdict into another by more of them: few draws only leave it open which.
#[test]
fn a_verdict_does_not_hang_on_how_many_draws_were_made() {
    let own = stats_of(0.1);
    let verdict = |held: u64, of: u64| Verdict::of(&own, &proportion(held as f64 / of as f64, of));
    assert_eq!([verdict(29, 30), verdict(19, 20), verdict(57, 60)], [Verdict::Firm, Verdict::TooFew, Verdict::Firm]);
    for (share, always) in [(0.95, Verdict::Firm), (0.7, Verdict::Leaning), (0.5, Verdict::Open), (0.2, Verdict::Open)]
    {
        for draws in [20, 60, 100, 200, 1000] {
            let found = verdict((share * draws as f64).round() as u64, draws);
            assert!(
                found == always || found == Verdict::TooFew || (draws < 60 && found == Verdict::Open),
                "{share} of {draws}: {found:?}"
            );
        }
        assert_eq!(verdict((share * 1000.0) as u64, 1000), always);
    }
    // What luck alone explains stays open whatever the draws say.
    assert_eq!(Verdict::of(&stats_of(0.0), &proportion(1.0, 64)), Verdict::Open);
    let columns = tried(|_, luck| 0.4 + luck, 200).0.tables()[0].columns.clone();
    assert!(columns.iter().any(|column| column.doc.contains("Too few draws to tell: otherwise.")));
}

/// An estimate of `value` give or take 0.05.
fn stats_of(value: f64) -> Estimate {
    Estimate { value, low: value - 0.05, high: value + 0.05, sd: 0.1, count: 50 }
}

/// The number over the draws is what the posterior makes of it, luck taken off, and is shown with its sign.
#[test]
fn what_is_plausible_is_where_four_fifths_of_the_posterior_lie() {
    let mut scenario = small_scenario();
    scenario.run.seed = 3;
    let mut simulator = fake::fake(|scenario, replicate, _, _| effort(scenario) - 0.3 + 0.1 * fake::noise(replicate));
    let job = Job::outcomes(scenario.clone(), 2000);
    let ensemble = simulator.ensembles(std::slice::from_ref(&job)).unwrap().remove(0);
    let column = |metric: &str| ensemble.outcomes_of(&scenario, 0, metric).unwrap();
    let mut claims = of_programme("", (0, 0), 1, column);
    claims.extend(gains_of((0, 0), column));
    let found = assumptions(&mut simulator, &[scenario], &claims, 256).unwrap();
    assert_eq!((found.conclusions.len(), found.numbers.len()), (1, GAINS.len()));
    for metric in GAINS {
        let plausible = found.plausible(0, metric).unwrap();
        assert_eq!(plausible.draws, 256);
        for (ours, share) in [(plausible.low, 0.1), (plausible.median, 0.5), (plausible.high, 0.9)] {
            // The mean of luck stays in; 256 draws of 256 rows know a quantile to about 4 % of the rows.
            let near = [share - 0.08f64, share + 0.08].map(|share| effort_at(share.clamp(0.0, 0.99)) - 0.3 + 0.05);
            assert!((near[0]..=near[1]).contains(&ours), "{metric} {share}: {ours} not in {near:?}");
        }
    }
    assert!(found.plausible(1, GAINS[0]).is_none() && found.plausible(0, "naive_gain").is_none());
    let judged = &found.conclusions[0];
    assert_eq!(judged.plausible, found.plausible(0, GAINS[0]).unwrap());
    let words = judged.plausible.words(judged.unit);
    assert_eq!(judged.size(), Some(format!("by {words} points in 80 % of what is plausible")));
    let (low, high) = words.split_once(" to ").unwrap();
    assert_eq!([low, high].map(|end| &end[..1]), ["-", "+"], "{words}");
}

#[test]
fn only_a_number_that_means_something_by_itself_is_said() {
    let own = vec![0.1, 0.1];
    let of =
        |weighted: &[(usize, f64)]| Claim::of(["a".into(), "b".into()], END, 0, weighted.iter().copied(), own.clone());
    assert_eq!(of(&[(0, 1.0), (1, -1.0)]).metric(), Some(END));
    assert_eq!(of(&[(0, 1.0)]).metric(), Some(END));
    assert_eq!(of(&[(0, 1.0), (1, -0.5)]).metric(), None);
    assert_eq!(of(&[(0, 1.0), (1, -1.0), (2, -1.0)]).metric(), None);
    assert_eq!(Plausible::of(&[f64::NAN]).words("share"), "");
}
