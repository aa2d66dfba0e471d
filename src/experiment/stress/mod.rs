//! Stress: what breaks a programme, and which design breaks last?
//!
//! Each design lives through every shock of a [`battery`], alone and in pairs, at two severities and at several times,
//! under the same luck as without. Looked at is the net gain 24 months after support ends.
//!
//! ```text
//! loss    = gain undisturbed - gain when struck, run by run, mean over the times struck
//! regret  = gain of the design that keeps most under a shock - gain of this one, run by run
//! ```
//!
//! Times are drawn once, by the seed, as places between the start of support and the look at the gain: the same for all
//! designs, weeks too where their clocks agree. In a pair each shock strikes at its own times, so that what a pair costs
//! beyond both alone is a paired difference as well. Intervals are over luck, given these times.
//!
//! [`break_even`] asks how much of a thing a design stands, [`discovery`] which circumstances make it fail. A design
//! *fails* in a run that keeps less than half of the mean gain it has undisturbed, or less than a threshold given.
mod answer;
pub mod battery;
pub mod break_even;
mod claims;
pub mod discovery;
mod numbers;
mod pictures;
mod strikes;
mod tables;
#[cfg(test)]
mod tests;
mod window;

use serde::Serialize;

pub use battery::{BATTERY, Severity, Stressor, battery_table};
pub use break_even::BreakEven;
pub use discovery::{Circumstances, Discovery, Range};
pub use strikes::{Strike, Struck};

use super::{Ensemble, Job, Simulator, Stopped, assumptions::Concluded, column, door};
use crate::{
    phrase::Change,
    scenario::Scenario,
    stats::{Estimate, mean, moments, proportion},
};
use window::Window;

/// The scale of gains, and that of differences between two of them.
const GAINS: (f64, f64) = (-1.0, 1.0);
const DIFFERENCES: (f64, f64) = (-2.0, 2.0);

/// The metric looked at: what is left of the gain when the world has turned to other things.
pub const METRIC: &str = "net_gain_24_months_after";

/// Most points at which failures are sought.
const MOST_POINTS: usize = 100_000;

/// Most runs of each.
const MOST_RUNS_A_POINT: u64 = 1000;

/// A design put under stress.
#[derive(Clone, Debug, PartialEq)]
pub struct Design {
    /// Short name, as in tables.
    pub name: String,
    /// The scenario.
    pub scenario: Scenario,
    /// Place of the programme looked at.
    pub programme: usize,
}

/// What is tried.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Plan {
    /// Runs of each design and shock, at least 2; pairs get half as many.
    pub runs: u64,
    /// Seed of all luck, times and points.
    pub seed: u64,
    /// Places of the shocks in [`BATTERY`].
    pub shocks: Vec<usize>,
    /// Severities tried.
    pub severities: Vec<Severity>,
    /// Times at which each shock strikes, at least 1; pairs strike at half as many.
    pub times: usize,
    /// Whether pairs are tried.
    pub pairs: bool,
    /// Whether it is asked how much a design stands.
    pub break_evens: bool,
    /// A run fails below this net gain (share); half of the mean undisturbed where none is given.
    pub fails_below: Option<f64>,
    /// Points with which failures are sought, and half as many to check what was found; 0 for none.
    pub points: usize,
    /// Runs of each point.
    pub runs_a_point: u64,
    /// Uncertainties instead of the usual ones.
    pub over: Vec<Range>,
}

impl Plan {
    /// The whole battery with the usual numbers.
    pub fn usual(seed: u64) -> Self {
        Self {
            runs: 40,
            seed,
            shocks: (0..BATTERY.len()).collect(),
            severities: Severity::ALL.to_vec(),
            times: 4,
            pairs: true,
            break_evens: true,
            fails_below: None,
            points: 512,
            runs_a_point: 4,
            over: Vec::new(),
        }
    }

    fn check(&self) -> Result<(), Stopped> {
        let wrong = |what: &str| Err(Stopped::Question(what.into()));
        if self.runs < 4 {
            return wrong("fewer than 4 runs have no interval for pairs; ask for 4 or more");
        }
        if self.times == 0 || self.times > 52 {
            return wrong("a shock strikes at 1 to 52 times");
        }
        if self.shocks.iter().any(|&shock| shock >= BATTERY.len()) || self.shocks.is_empty() {
            return wrong("no shock of the battery is chosen");
        }
        if self.severities.is_empty() {
            return wrong("no severity is chosen");
        }
        let points = self.points == 0 || (64..=MOST_POINTS).contains(&self.points);
        if !points || !(1..=MOST_RUNS_A_POINT).contains(&self.runs_a_point) {
            return Err(Stopped::Question(format!(
                "failures are sought with 64 to {MOST_POINTS} points of 1 to {MOST_RUNS_A_POINT} runs each, or with 0 points \
                 not at all"
            )));
        }
        if self.fails_below.is_some_and(|gain| !(-1.0..=1.0).contains(&gain)) {
            return wrong("a run fails below a net gain from -1 to 1, e.g. 0.05 for 5 points");
        }
        Ok(())
    }
}

/// What stress did to the designs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Stress {
    /// What was tried.
    pub plan: Plan,
    /// The designs, in the order given.
    pub designs: Vec<Tested>,
    /// What it concludes, to be held against other choices of assumed parameters.
    #[serde(skip)]
    concluded: Concluded,
}

/// What stress did to one design.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tested {
    /// Short name.
    pub name: String,
    /// Title of the scenario.
    pub title: String,
    /// Net gain at 24 months when nothing of the battery happens.
    pub undisturbed: Estimate,
    /// A run fails below this net gain; NaN where half of a gain that may be nothing would be meant.
    pub fails_below: f64,
    /// Share of undisturbed runs that fail.
    pub failing_undisturbed: Estimate,
    /// Every shock alone, then every pair; within these by severity. The same order for all designs.
    pub strikes: Vec<Strike>,
    /// How much it stands of what has a natural measure.
    pub break_evens: Vec<BreakEven>,
    /// Which circumstances make it fail.
    pub discovery: Option<Discovery>,
}

impl Tested {
    /// Strikes of one shock alone.
    pub fn alone(&self) -> impl Iterator<Item = &Strike> {
        self.strikes.iter().filter(|strike| strike.shocks.len() == 1)
    }

    /// The strike that leaves least.
    pub fn worst(&self) -> Option<&Strike> {
        self.strikes.iter().min_by(|left, right| left.kept.value.total_cmp(&right.kept.value))
    }

    /// The strike under which another design keeps most more than this one.
    pub fn most_regretted(&self) -> Option<&Strike> {
        self.strikes.iter().reduce(|most, other| if other.regret.value > most.regret.value { other } else { most })
    }
}

/// A design on its way through the experiment.
struct Subject {
    name: String,
    /// As far as the look at the gain.
    scenario: Scenario,
    programme: usize,
    window: Window,
}

impl Subject {
    fn job(&self, scenario: &Scenario, plan: &Plan, runs: u64) -> Job {
        Job { seed: plan.seed, ..Job::outcomes(self.window.trimmed(scenario), runs) }
    }
}

/// Puts `designs` under stress.
///
/// # Errors
///
/// [`Stopped::Question`] for a plan or a design that makes no sense; whatever stops the simulator.
pub fn stress(simulator: &mut dyn Simulator, designs: &[Design], plan: &Plan) -> Result<Stress, Stopped> {
    plan.check()?;
    let subject = |design: &Design| {
        let window = Window::of(&design.scenario, design.programme)?;
        door::reaches_somebody(&design.scenario, design.programme)?;
        let scenario = window.trimmed(&design.scenario);
        Ok(Subject { name: design.name.clone(), scenario, programme: design.programme, window })
    };
    let subjects: Vec<Subject> = designs.iter().map(subject).collect::<Result<_, Stopped>>()?;
    if let Some((place, twice)) = subjects
        .iter()
        .enumerate()
        .find(|(place, one)| subjects.iter().take(*place).any(|other| other.name == one.name))
    {
        return Err(Stopped::Question(format!(
            "two designs are called {}, the second at place {}",
            twice.name,
            place + 1
        )));
    }
    let places = strikes::places(plan);
    let struck = strikes::jobs(&subjects, plan, &places);
    let scales: Vec<_> =
        subjects.iter().map(|subject| break_even::jobs(subject, plan, &places)).collect::<Result<_, _>>()?;
    let spaces: Vec<_> =
        subjects.iter().map(|subject| discovery::Space::of(subject, plan)).collect::<Result<_, _>>()?;
    let base: Vec<Job> = subjects.iter().map(|subject| subject.job(&subject.scenario, plan, plan.runs)).collect();
    let runs = |jobs: &[Job]| jobs.iter().map(|job| job.runs).sum::<u64>();
    let by_point = spaces.iter().map(|space| space.runs(plan)).sum::<u64>();
    let by_scale = scales.iter().flatten().map(|scale: &break_even::Asked| runs(&scale.jobs)).sum::<u64>();
    let all = runs(&base) + runs(&struck) + by_scale + by_point;
    designs.first().map_or(Ok(()), |first| door::can_be_kept(&first.scenario, all))?;
    simulator.expect(all);

    let programmes: Vec<usize> = subjects.iter().map(|subject| subject.programme).collect();
    let undisturbed = columns(simulator, &base, &programmes)?;
    let mut tested: Vec<Tested> = Vec::new();
    let struck_gains = columns(simulator, &struck, &programmes)?;
    let strikes = strikes::strikes(plan, &subjects, &places, &undisturbed, &struck_gains);
    for ((subject, gains), strikes) in subjects.iter().zip(&undisturbed).zip(strikes) {
        let gain = mean(gains.iter().copied()).within(GAINS);
        let half = if Change::of(gain) == Change::Gain { gain.value / 2.0 } else { f64::NAN };
        let fails_below = plan.fails_below.unwrap_or(half);
        tested.push(Tested {
            name: subject.name.clone(),
            title: subject.scenario.title.clone(),
            undisturbed: gain,
            fails_below,
            failing_undisturbed: {
                let failing = moments(gains.iter().map(|&gain| fails(gain, fails_below)));
                proportion(failing.mean(), failing.count)
            },
            strikes,
            break_evens: Vec::new(),
            discovery: None,
        });
    }
    for (((subject, scales), gains), tested) in subjects.iter().zip(scales).zip(&undisturbed).zip(&mut tested) {
        if tested.fails_below.is_nan() {
            continue;
        }
        for asked in scales {
            let levels = columns(simulator, &asked.jobs, &[subject.programme])?;
            tested.break_evens.push(break_even::break_even(subject, plan, &asked, gains, &levels));
        }
    }
    for (space, tested) in spaces.iter().zip(&mut tested) {
        if plan.points > 0 && !tested.fails_below.is_nan() {
            tested.discovery = Some(space.discover(simulator, plan, tested.fails_below)?);
        }
    }
    let lived = claims::Lived {
        plan,
        programmes: &programmes,
        tested: &tested,
        base: &base,
        undisturbed: &undisturbed,
        struck: &struck,
        gains: &struck_gains,
    };
    let concluded = claims::concluded(&lived);
    Ok(Stress { plan: plan.clone(), designs: tested, concluded })
}

/// Outcomes of [`METRIC`] for each job, run by run; `programmes` are those looked at, by design, each with as many jobs.
fn columns(simulator: &mut dyn Simulator, jobs: &[Job], programmes: &[usize]) -> Result<Vec<Vec<f64>>, Stopped> {
    let ensembles = simulator.ensembles(jobs)?;
    let each = jobs.len().div_ceil(programmes.len().max(1)).max(1);
    let one = |(place, (job, ensemble)): (usize, (&Job, &Ensemble))| {
        let programme = programmes.get(place / each).copied().unwrap_or(0);
        column(&job.scenario, ensemble, programme, METRIC)
    };
    jobs.iter().zip(&ensembles).enumerate().map(one).collect()
}

/// Whether a run with this gain fails: 1 or 0, NaN where either is undefined.
fn fails(gain: f64, below: f64) -> f64 {
    if gain.is_nan() || below.is_nan() { f64::NAN } else { f64::from(gain < below) }
}
