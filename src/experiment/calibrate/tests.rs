//! Calibrating the real model on figures that it made itself, and a fake one on figures that it cannot reach.

use std::ops::ControlFlow;

use super::*;
use crate::{
    ensemble::{Ensemble, Job, run_many},
    experiment::{
        Study,
        fake::fake,
        uncertain::posterior::{BUNDLED, Posterior},
        validate::{BUNDLED_TARGETS, targets},
    },
    table::Cell,
};

/// The model itself, on all cores.
struct Real;

impl Simulator for Real {
    fn ensembles(&mut self, jobs: &[Job]) -> Result<Vec<Ensemble>, Stopped> {
        let engine = |scenario: &Scenario| {
            let model = scenario.to_model();
            move |seed, replicate| model.pair(seed, replicate)
        };
        let begun = jobs.iter().map(Job::empty).collect();
        run_many(jobs, begun, 0, engine, |_, _| ControlFlow::Continue(())).map_err(Stopped::Failed)
    }
}

/// Three figures of a small ward, and one that must not be looked at.
const FIGURES: &str = r#"
[base]
ward = """
[setting]
organisations = 2
units = 2
staff = 8
[[programme]]
name = "it"
start = 5
planning = 4
active = 30
[programme.reach]
breadth = 1
[programme.persuasion]
disclosure = 1
[run]
follow_up = 0
"""

[[contexts]]
path = "setting.baseline"
from = 0.3
to = 0.7

[[target]]
id = "Y1"
name = "Teaching"
says = "What teaching gains."
published = FIRST
from = -50
to = 50
unit = "points"
role = "fit"
source = "made up"
verified = "memory"
transport = "low"
base = "ward"
discrepancy = 0
arms = [{ name = "taught", programme.0.resources.training = 0.8, programme.0.engagement.clinician_led = 0.8, programme.0.persuasion.hard_data = 0.8 }]
metric = "net_gain_at_end"
value = "taught"

[[target]]
id = "Y2"
name = "Reward and motivation"
says = "What payment does to motivation, in shares of its spread."
published = SECOND
from = -50
to = 50
unit = "SD"
role = "fit"
source = "made up"
verified = "memory"
transport = "low"
base = "ward"
discrepancy = 0
arms = [{ name = "paid", programme.0.incentives.payment = 0.9 }]
metric = "motivation_difference_at_end"
value = "paid"
over = "paid.spread_of_motivation_at_end"

[[target]]
id = "Y3"
name = "Teaching, median"
says = "What half of the wards gain by teaching."
published = FIRST
from = -50
to = 50
unit = "points"
role = "validation"
source = "made up"
verified = "memory"
transport = "low"
base = "ward"
arms = [{ name = "taught", programme.0.resources.training = 0.8 }]
metric = "net_gain_at_end"
value = "taught"
"#;

/// The figures with what was observed, and bands as wide as `spreads` to both sides are two standard deviations.
fn figures(first: f64, second: f64, spreads: [f64; 2]) -> Vec<Target> {
    let text = FIGURES.replace("FIRST", &format!("{first:?}")).replace("SECOND", &format!("{second:?}"));
    let mut found = targets(&text, "made_up.toml").unwrap();
    for (target, spread) in found.iter_mut().zip(spreads) {
        (target.from, target.to) = (target.published - spread, target.published + spread);
    }
    found
}

const PATHS: [&str; 2] = ["parameters.motivation.payment_crowding", "parameters.practice.will_weight"];

/// The posterior that comes with the program belongs to this model: its figures are those that are fitted now, every parameter
/// is in it, and the model answers as it did when the posterior was made. Where this fails, the model has changed, and
/// `dewpoint calibrate --ensemble validation/posterior.csv --document docs/calibration.md` makes it anew.
#[test]
fn the_posterior_that_comes_with_the_program_is_of_this_model() {
    let posterior = Posterior::read(BUNDLED).unwrap();
    let fitted = to_fit(targets(BUNDLED_TARGETS, "validation/targets.toml").unwrap());
    let ids: Vec<&str> = fitted.iter().map(|target| target.id.as_str()).collect();
    assert_eq!(posterior.figures.iter().map(String::as_str).collect::<Vec<_>>(), ids);
    assert_eq!(posterior.about("worth"), Some(format!("{} different rows", posterior.worth()).as_str()));
    let all = inputs(&Scenario::default(), &[], &[]).unwrap();
    assert_eq!(posterior.paths, all.iter().map(|slot| slot.path.clone()).collect::<Vec<_>>());
    let made = again(&mut Real, fitted.clone(), &posterior, 2).unwrap();
    for (row, answers) in posterior.rows.iter().zip(&made) {
        for ((figure, then), now) in ids.iter().zip(&row.answers).zip(answers) {
            // A row's parameters are written with six digits, but were simulated with more: moving all of them by 3e-7 of
            // themselves moves answers by up to 2e-5 points.
            let same = (then - now).abs() <= 1e-4 + 1e-5 * then.abs() || (then.is_nan() && now.is_nan());
            assert!(same, "{figure}: {now} now, {then} when the posterior was made");
        }
    }
}

/// Known parameters of the model are found again from the figures that they give.
#[test]
fn known_parameters_are_recovered_from_what_they_give() {
    let inputs = inputs(&Scenario::default(), &PATHS.map(String::from), &[]).unwrap();
    let truth = [0.3, 0.2];
    let plain = to_fit(figures(0.0, 0.0, [1.0; 2]));
    let much = Figures { targets: &plain, inputs: &inputs, runs: 300, seed: 9, value: Quantity::of_prior };
    let made = much.simulate(&mut Real, (0, 0), &[truth.to_vec()]).unwrap().remove(0);
    let targets = figures(made[0].mean, made[1].mean, [1.0, 0.06]);
    let plan = Plan { waves: 2, rows: 100, ..Plan::of(60, 4) };
    let found = calibrate(&mut Real, targets, inputs, 6, plan).unwrap();
    for (input, truth) in truth.into_iter().enumerate() {
        let learned = found.learned(input);
        let places = found.places(input);
        let (low, high) = (quantile(&places, 0.01), quantile(&places, 0.99));
        assert!((low..=high).contains(&truth), "{input}: {truth} not in {low} to {high}");
        assert!(learned.informed && learned.narrower > 0.2, "{input}: {learned:?}");
    }
    assert!((0..2).all(|figure| found.fitted(figure).met));
    let answer = found.answer();
    assert!(answer.title.contains("meets 2 of 2 figures"), "{}", answer.title);
    let posterior = answer.tables.iter().find(|table| table.name == "posterior").unwrap();
    assert_eq!((posterior.rows.len(), posterior.columns.len()), (100, 4));
    let weights = posterior.rows.iter().map(|row| if let Cell::Number(weight) = row[1] { weight } else { f64::NAN });
    assert!((weights.sum::<f64>() - 1.0).abs() < 1e-9);
    let page = found.document("0", "dewpoint calibrate --seed 4");
    assert!(page.contains("| Y1 Teaching |") && page.contains("`parameters.practice.will_weight`"), "{page}");
    assert_eq!(found.pictures().len(), 2);
}

/// Whatever the parameters, the fake gives what is far from one figure and right for the other.
#[test]
fn what_no_parameter_reaches_is_said_to_be_missed() {
    let mut simulator = fake(|_, replicate, _, metric| {
        let luck = 0.001 * (replicate % 3) as f64;
        if metric == "net_gain_at_end" { 0.5 + luck } else { 1.0 + luck }
    });
    let inputs = inputs(&Scenario::default(), &[], &[]).unwrap();
    let plan = Plan { waves: 1, rows: 16, active: 3, ..Plan::of(24, 1) };
    let found = calibrate(&mut simulator, figures(-10.0, 1.0, [4.0; 2]), inputs, 3, plan).unwrap();
    // Both arms at every point and candidate, three runs each; the figure for validation is not simulated.
    assert_eq!(simulator.runs, (24 + calibration::CANDIDATES as u64 * 16) * 2 * 3);
    let said = found.answer();
    assert!(said.title.contains("meets 1 of 2 figures"), "{}", said.title);
    assert!(said.sentences.iter().any(|said| said.contains("Missed") && said.contains("Y1")), "{:?}", said.sentences);
    assert!(found.informed().is_empty(), "{:?}", found.informed());
    assert!(said.tables.iter().all(|table| table.rows.iter().all(|row| row.len() == table.columns.len())));
}

#[test]
fn what_cannot_be_fitted_is_refused_with_what_would_be_right() {
    let scenario = Scenario::default();
    let all = inputs(&scenario, &[], &[]).unwrap();
    let held = inputs(&scenario, &[], &["parameters.practice.will_weight".into()]).unwrap();
    assert_eq!(held.len() + 1, all.len());
    let said = |what: Result<Vec<Slot>, Stopped>| format!("{:?}", what.unwrap_err());
    assert!(said(inputs(&scenario, &["setting.turnover".into()], &[])).contains("is no parameter"));
    assert!(said(inputs(&scenario, &["parameters.practice.wil_weight".into()], &[])).contains("will_weight"));
    let mut simulator = fake(|_, _, _, _| 0.0);
    let mut ask = |targets, runs, points| {
        let plan = Plan { points, ..Plan::of(16, 1) };
        format!("{:?}", calibrate(&mut simulator, targets, all.clone(), runs, plan).unwrap_err())
    };
    let mut none = figures(0.0, 0.0, [1.0; 2]);
    none.iter_mut().for_each(|target| target.role = Role::Validation);
    assert!(ask(none, 4, 16).contains("role"));
    assert!(ask(figures(0.0, 0.0, [1.0; 2]), 1, 16).contains("--runs"));
    assert!(ask(figures(0.0, 0.0, [1.0; 2]), 4, 8).contains("--points"));
}

#[test]
fn a_band_becomes_two_standard_deviations_to_either_side_and_a_discrepancy() {
    let mut target = figures(10.0, 0.0, [4.0; 2]).remove(0);
    (target.to, target.discrepancy) = (12.0, 0.25);
    let known = observed(&target);
    assert_eq!((known.below, known.above, known.discrepancy), (2.0, 1.0, 0.75));
    // A figure at the end of its band is not known without error on that side: half the band is 4, and a tenth of it 0.4.
    (target.from, target.to) = (2.0, 10.0);
    assert_eq!((observed(&target).below, observed(&target).above), (4.0, 0.4));
}

#[test]
fn quantiles_go_by_weight() {
    let weighted = [(3.0, 0.5), (1.0, 0.25), (2.0, 0.25)];
    assert_eq!([0.1, 0.25, 0.5, 0.51, 1.0].map(|share| quantile(&weighted, share)), [1.0, 1.0, 2.0, 3.0, 3.0]);
    assert!(quantile(&[], 0.5).is_nan());
}
