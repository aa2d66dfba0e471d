//! Uncertain parameters through a simulator whose answer is known.
use std::ops::ControlFlow;

use super::{engine::Drawing, separate::LUCKS, *};
use crate::{
    ensemble::{Engine, run_many, tests::wobbling},
    experiment::{column, fake},
    metrics::tests::small_scenario,
    model::Pair,
    stats,
    table::Table,
};

/// Conscious effort of the scenario, which the posterior draws.
fn effort(scenario: &Scenario) -> f64 {
    f64::from(scenario.parameters.fatigue.conscious_effort)
}

/// Weights and values of conscious effort in the file of the posterior.
fn known() -> Vec<(f64, f64)> {
    let posterior = Posterior::bundled();
    let place = posterior.paths.iter().position(|path| path == "parameters.fatigue.conscious_effort").unwrap();
    posterior.rows.iter().map(|row| (1.0 / posterior.rows.len() as f64, row.values[place])).collect()
}

fn known_mean() -> f64 {
    known().iter().map(|(weight, value)| weight * value).sum()
}

fn known_variance() -> f64 {
    let mean = known_mean();
    known().iter().map(|(weight, value)| weight * (value - mean) * (value - mean)).sum()
}

/// Between these lie 95 % of the weight.
fn known_range() -> (f64, f64) {
    let mut all = known();
    all.sort_by(|left, right| left.1.total_cmp(&right.1));
    let at = |share: f64| {
        let mut reached = 0.0;
        all.iter().find(|(weight, _)| (reached += weight, reached >= share).1).unwrap().1
    };
    (at(0.025), at(0.975))
}

const METRIC: &str = "net_gain_24_months_after";

#[test]
fn run_r_has_draw_r_however_many_are_asked_for_and_pairs_share_it() {
    let mut simulator = fake::fake(|scenario, _, _, _| effort(scenario) + f64::from(scenario.setting.turnover));
    let scenario = small_scenario();
    let begun_with = [scenario.clone()];
    let mut uncertain = Uncertain::new(&mut simulator, &begun_with);
    let mut other = scenario.clone();
    other.setting.turnover = 2.0;
    let jobs = [Job::outcomes(scenario.clone(), 100), Job::outcomes(other, 30), Job::outcomes(scenario.clone(), 30)];
    let made = uncertain.ensembles(&jobs).unwrap();
    let columns: Vec<Vec<f64>> =
        jobs.iter().zip(&made).map(|(job, made)| column(&job.scenario, made, 0, METRIC).unwrap()).collect();
    assert!(made.iter().zip(&jobs).all(|(made, job)| made.is_whole() && made.runs == job.runs));
    assert_eq!(columns[2], columns[0][..30]);
    assert!(columns[1].iter().zip(&columns[0]).all(|(other, own)| (other - own - 1.0).abs() < 1e-6));
    let spread = stats::moments(columns[0].iter().copied()).sd();
    assert!((spread / known_variance().sqrt() - 1.0).abs() < 0.15, "{spread}");
    let everything = Job { keep: Keep::Everything, ..Job::outcomes(scenario, 3) };
    assert!(matches!(uncertain.ensembles(&[everything]), Err(Stopped::Question(what)) if what.contains("--fixed")));
}

/// Simulates with an engine, as the command line does.
struct Through<E>(E);

impl<E: Engine> Simulator for Through<&E> {
    fn ensembles(&mut self, jobs: &[Job]) -> Result<Vec<Ensemble>, Stopped> {
        let begun = jobs.iter().map(Job::empty).collect();
        run_many(jobs, begun, 1, EngineOf(self.0), |_, _| ControlFlow::Continue(())).map_err(Stopped::Failed)
    }
}

/// Hands an engine on.
struct EngineOf<'e, E>(&'e E);

impl<E: Engine> Engine for EngineOf<'_, E> {
    fn ready(&self, scenarios: &[&Scenario]) -> impl Fn(u64, u64) -> Vec<Pair> + Sync {
        self.0.ready(scenarios)
    }
}

/// A course of events that depends on seed, run and a parameter.
fn eventful(scenario: &Scenario) -> impl Fn(u64, u64) -> Pair + use<> {
    let scenario = scenario.clone();
    move |seed, run| wobbling(&scenario, (seed ^ run).wrapping_add(effort(&scenario).to_bits()) % 100_003)
}

#[test]
fn a_run_has_the_same_parameters_and_luck_whether_its_weeks_are_kept_or_not() {
    let scenario = small_scenario();
    let (seed, begun_with) = (scenario.run.seed, [scenario.clone()]);
    let outcomes = Job::outcomes(scenario.clone(), 20);
    let own = Uncertain::new(&mut Through(&eventful), &begun_with).ensembles(std::slice::from_ref(&outcomes)).unwrap();
    let drawing = Drawing::new(&eventful, seed, Some(Posterior::bundled()));
    let everything = Job { keep: Keep::Everything, ..outcomes.clone() };
    let other = Job { seed: seed + 1, ..outcomes.clone() };
    let made = Through(&drawing).ensembles(&[everything, other.clone()]).unwrap();
    assert!(made[0].bands != Job { keep: Keep::Everything, ..outcomes }.empty().bands);
    // Bits, as some metrics are not numbers here.
    let bits = |ensemble: &Ensemble| ensemble.outcomes.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
    assert_eq!(bits(&made[0]), bits(&own[0]));
    // What has another seed is no run of the answer, and is not drawn.
    let as_given = Through(&eventful).ensembles(&[other]).unwrap();
    assert_eq!(bits(&made[1]), bits(&as_given[0]));
    assert_ne!(bits(&made[1]), bits(&made[0]));
}

#[test]
fn what_the_experiment_moves_stays_where_it_puts_it() {
    let mut simulator = fake::fake(|scenario, _, _, _| effort(scenario));
    let scenario = small_scenario();
    let at = |effort: f32| {
        let mut moved = scenario.clone();
        moved.parameters.fatigue.conscious_effort = effort;
        Job::outcomes(moved, 20)
    };
    let begun_with = [scenario.clone()];
    let mut uncertain = Uncertain::new(&mut simulator, &begun_with);
    let mut spread = |jobs: &[Job]| -> Vec<bool> {
        let made = uncertain.ensembles(jobs).unwrap();
        let varies = |(job, made): (&Job, &Ensemble)| {
            stats::moments(column(&job.scenario, made, 0, METRIC).unwrap()).sd() > 1e-9
        };
        jobs.iter().zip(&made).map(varies).collect()
    };
    // Turned off: the world as it is remains uncertain. Swept: every point stays, that of the scenario too.
    assert_eq!(spread(&[at(0.35), at(0.0)]), [true, false]);
    assert_eq!(spread(&[at(0.1), at(0.35), at(0.6)]), [false; 3]);
}

/// The mean effort of the runs.
struct Mean(stats::Estimate);

impl Study for Mean {
    fn answer(&self) -> Answer {
        Answer { title: "Mean.".into(), sentences: vec![], shown: None, tables: vec![Table::new("mean", &[])] }
    }
}

#[test]
fn luck_and_parameters_are_told_apart_and_the_interval_covers_both() {
    // Parameters give `effort`, luck a number of variance 0.2^2 / 12 that draws do not share.
    let mut asked = 0;
    let formula = |scenario: &Scenario, replicate: u64, _: usize, metric: &str| {
        if metric == METRIC { effort(scenario) + 0.2 * fake::unlike(&[effort(scenario)], replicate) } else { 0.0 }
    };
    let mut simulator = fake::fake(formula);
    let mut other = small_scenario();
    (other.title, other.setting.turnover) = ("other".into(), 2.0);
    let scenarios = [small_scenario(), other];
    let called = ["short".to_string(), "long".to_string()];
    let answered = answered(&mut simulator, (&scenarios, &called), Some(256.into()), |simulator| {
        asked += 1;
        let job = Job::outcomes(small_scenario(), 256);
        let ensemble = simulator.ensembles(std::slice::from_ref(&job))?.remove(0);
        Ok(Mean(stats::mean(column(&job.scenario, &ensemble, 0, METRIC)?)))
    })
    .unwrap();
    let (mean, answer) = (&answered.own, answered.answer());
    assert_eq!((asked, simulator.runs), (1, 256 + 2 * 256 * LUCKS));
    let middle = known_mean() + 0.1;
    assert!(!mean.0.excludes(middle), "{:?} not {middle}", mean.0);
    let found = answered.separation.as_ref().unwrap();
    let part = |scenario: usize, is_difference: bool| {
        let same = |part: &&separate::Part| {
            (part.scenario, part.is_difference) == (scenario, is_difference) && part.metric == METRIC
        };
        found.parts.iter().find(same).unwrap()
    };
    let own = part(0, false);
    let luck = 0.04 / 12.0;
    let known = known_variance() / (known_variance() + luck);
    assert!((own.luck / luck.sqrt() - 1.0).abs() < 0.05, "{own:?}");
    assert!((own.parameters / known_variance().sqrt() - 1.0).abs() < 0.1, "{own:?}");
    assert!(!own.share.excludes(known) && (own.share.value - known).abs() < 0.04, "{own:?} not {known}");
    assert!(!own.mean.excludes(middle) && own.mean.count == 256);
    let (low, high) = known_range();
    assert!((own.range.0 - low - 0.1).abs() < 0.07 && (own.range.1 - high - 0.1).abs() < 0.07, "{own:?}");
    // The other scenario differs in nothing that counts here: no difference, hence no variance of it.
    let difference = part(1, true);
    assert_eq!((difference.mean.value, difference.luck, difference.parameters), (0.0, 0.0, 0.0));
    assert!(answer.sentences.iter().any(|said| said.contains("% is luck and")), "{:?}", answer.sentences);
    // By what the designs are called, which may all have the same title.
    assert!(answer.sentences.iter().any(|said| said.contains("less that in \"short\"")), "{:?}", answer.sentences);
    assert_eq!(answer.tables[1].name, "uncertainty");
}
