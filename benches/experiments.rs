//! What an experiment costs beyond its runs, how well it shares the cores, how much of the work its designs share, and how
//! many runs its shared luck saves.
use std::{hint::black_box, path::Path};

use dewpoint::{
    cli::laboratory::Laboratory,
    ensemble::{Engine, Simulation},
    experiment::{
        Simulator, Stopped,
        compare::{Comparison, Plan, compare},
        design::Design,
    },
    model::{Model, Pair},
    output::journal::Journal,
    scenario::Scenario,
};

use super::{quantile, timed};

/// A bundled scenario, and the same with changes.
fn designs(name: &str, changes: &[(&str, &str)]) -> Vec<Design> {
    let scenario = dewpoint::scenario::load(&(), name).unwrap_or_else(|problems| panic!("{problems}")).scenario;
    let mut changed = scenario.clone();
    for (path, value) in changes {
        changed.change(path, value).unwrap_or_else(|problem| panic!("{problem}"));
    }
    let design =
        |name: &str, scenario| Design::new(name, scenario, None).unwrap_or_else(|stopped| panic!("{stopped:?}"));
    vec![design("as it is", scenario), design("changed", changed)]
}

/// Each design by itself, so that only what is added to its runs is seen.
fn apart(scenario: &Scenario) -> impl Fn(u64, u64) -> Pair + Sync + use<> {
    let model = scenario.to_model();
    move |seed, replicate| model.pair(seed, replicate)
}

/// A comparison as the command line makes it, journal and all, on `threads`. A request to stop, as from whoever limits the
/// time of the bench, ends the bench without more ado.
fn experiment(engine: impl Engine, designs: &[Design], runs: u64, threads: usize, folder: &Path) -> Comparison {
    let journal = folder.join("journal");
    let _ = std::fs::remove_file(&journal);
    let opened = Journal::open(&journal).unwrap_or_else(|error| panic!("{error}"));
    let mut laboratory = Laboratory::new(engine, threads, "bench", Some(opened), None, 3.0, true);
    let simulator: &mut dyn Simulator = &mut laboratory;
    match compare(simulator, designs, Plan { runs, seed: 1, precision: None }) {
        Ok(comparison) => comparison,
        Err(Stopped::OnRequest) => {
            println!("stopped on request");
            std::process::exit(1);
        }
        Err(stopped) => panic!("{stopped:?}"),
    }
}

/// The same runs without anything around them, shared out evenly among `threads`.
fn plain(designs: &[Design], runs: u64, threads: usize) {
    let models: Vec<Model> = designs.iter().map(|design| design.scenario.to_model()).collect();
    std::thread::scope(|scope| {
        for thread in 0..threads as u64 {
            let models = &models;
            scope.spawn(move || {
                for replicate in (0..runs).filter(|replicate| replicate % threads as u64 == thread) {
                    models.iter().for_each(|model| drop(black_box(model.pair(1, replicate))));
                }
            });
        }
    });
}

/// What is compared where the cost of comparing is measured.
fn compared() -> Vec<Design> {
    designs("spi1", &[("programme.0.sustain.embedding", "0.8")])
}

/// Five designs that differ in levers, as most comparisons have them.
fn five() -> Vec<Design> {
    let [path, other] = ["programme.0.resources.training", "programme.0.sustain.embedding"];
    let mut five = designs("spi1", &[(path, "1")]);
    for (name, changes) in [("c", [(path, "0")]), ("d", [(other, "0")]), ("e", [(other, "0.8")])] {
        five.extend(designs("spi1", &changes).pop().map(|design| Design { name: name.into(), ..design }));
    }
    five
}

/// One comparison of so many runs, on one thread.
pub fn once(runs: u64) {
    if runs > 0 {
        let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
        black_box(experiment(apart, &compared(), runs, 1, folder.path()));
    }
}

/// The bare runs of that comparison, on one thread.
pub fn bare(runs: u64) {
    plain(&compared(), runs, 1);
}

/// Prints all three, measured in turns so that a busy machine slows all of them.
pub fn report(turns: usize, runs: u64) {
    let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
    let compared = compared();
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(8);
    let (mut overhead, mut shared, mut bare, mut against_bare) = (vec![], vec![], vec![], vec![]);
    let (five, mut together) = (five(), vec![]);
    for _ in 0..turns {
        let (_, alone) = timed(|| plain(&compared, runs, 1));
        let (_, one) = timed(|| experiment(apart, &compared, runs, 1, folder.path()));
        let (_, many) = timed(|| experiment(apart, &compared, runs, threads, folder.path()));
        let (_, bare_many) = timed(|| plain(&compared, runs, threads));
        overhead.push(one / alone - 1.0);
        shared.push(one / many / threads as f64);
        bare.push(alone / bare_many / threads as f64);
        against_bare.push(many / bare_many - 1.0);
        let (_, five_apart) = timed(|| experiment(apart, &five, runs, 1, folder.path()));
        let (_, five_together) = timed(|| experiment(Simulation, &five, runs, 1, folder.path()));
        together.push(five_together / five_apart);
    }
    let said = |numbers: &[f64]| {
        let [low, middle, high] = [0.25, 0.5, 0.75].map(|at| 100.0 * quantile(numbers, at));
        format!("{middle:6.1} % (quartiles {low:.1} to {high:.1})")
    };
    println!("\nexperiments: compare, SPI 1 with and without embedding, {runs} runs of each, {turns} turns, medians");
    println!("  overhead over the bare runs, one thread           {}", said(&overhead));
    println!("  overhead over the bare runs, {threads} threads            {}", said(&against_bare));
    println!("  parallel efficiency on {threads} threads                  {}", said(&shared));
    println!("  parallel efficiency of the bare runs              {}", said(&bare));
    println!("  five designs together, of the time they take apart {}", said(&together));
    println!("  runs an unpaired comparison takes for the same precision of the gain 24 months after:");
    let pairs: [(&str, &[(&str, &str)]); 4] = [
        ("spi1", &[("programme.0.sustain.embedding", "0.8")]),
        ("carrots_and_sticks", &[("programme.0.incentives.sanction", "0")]),
        ("plan_or_act", &[("programme.0.planning", "4")]),
        ("change_fatigue", &[("programme.Flow.reach.share", "0")]),
    ];
    for (name, changes) in pairs {
        let compared = experiment(Simulation, &designs(name, changes), 10 * runs, threads, folder.path());
        let ratio = compared.headline_differences().next().map_or(f64::NAN, |difference| difference.variance_ratio);
        let change: Vec<String> = changes.iter().map(|(path, value)| format!("{path}={value}")).collect();
        println!("    {ratio:6.1} times as many  {name} against {}", change.join(", "));
    }
}
