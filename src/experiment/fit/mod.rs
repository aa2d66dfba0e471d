//! What somebody's own series leaves plausible of their place and of how people are, and what follows for what comes next.
//!
//! A candidate is a row of the posterior that published figures leave ([`Posterior`]) and a value for each thing about the place
//! that is not known ([`free`]). Each is simulated with [`LUCKS`] lucks of its own; each of these runs has a likelihood of the
//! series ([`likelihood`]), and later candidates are sought where earlier ones agree ([`propose`]):
//!
//! ```text
//! weight of a candidate = mean likelihood of its runs x prior / proposal
//! weight of a run       = its share of that
//! ```
//!
//! Where the data are events of harm, they are linked to what is truly done as [`harm`] says.
//!
//! A run carries its luck along: what happened to it before the last point has happened, so its future is one that fits the
//! series, not the mean of all futures. All that is said of the future comes from runs drawn by these weights ([`forward`]); what
//! to measure next from all of them ([`next`]). Where the effective sample size is below
//! `ENOUGH` the likelihood is raised to a power below 1 (tempered); where that leaves too little of the data, or fewer than
//! [`FEWEST`] agree all the same, no number of the future is said.
pub mod file;
pub mod forward;
pub mod free;
pub mod likelihood;
mod mixture;
pub mod next;
mod pictures;
pub mod propose;
mod settled;
mod tables;
mod words;

use super::{
    Ensemble, Job, Keep, Simulator, Stopped,
    beside::{Plausible, Time},
    design::Design,
    door, harm,
    points::sobol,
    uncertain::{
        draws::Draws,
        posterior::{Posterior, as_often},
    },
    weights,
};
use crate::{
    ensemble::CHARTED,
    metrics::Window,
    model::Series,
    phrase::counted,
    scenario::{Address, Scenario},
};
use forward::Outlook;
use free::Free;
use likelihood::GRID;
use mixture::Mixture;
use next::{Turn, Worth};
use propose::{Candidate, Proposal};

/// Runs of each candidate.
pub const LUCKS: u64 = 2;

/// Candidates where nobody says how many.
pub const USUAL: u64 = 2000;

/// Effective sample size below which nothing is said of the future.
pub const FEWEST: f64 = 30.0;

/// Futures that are followed, drawn by weight.
pub const FUTURES: usize = 400;

/// Equal candidates that are wanted: below, the data count for less, so that the answer is wider and not a matter of luck.
const ENOUGH: f64 = 60.0;

/// Share of the data below which a tempered answer would be no answer to them.
const LEAST_TEMPER: f64 = 0.1;

/// Points that can say anything of a course.
const FEWEST_POINTS: usize = 3;

/// Share of the candidates in each stage: from the prior, then around what agrees, ever closer.
const STAGES: [f64; 6] = [0.3, 0.14, 0.14, 0.14, 0.14, 0.14];

/// Equal candidates that the centres of a later stage are worth at least: fewer say nothing of how they hang together.
const CENTRES: f64 = 80.0;

/// Places of what is read of a run in [`CHARTED`].
const PRACTICE: usize = place_of(0, Series::Practice);
const WITHOUT: usize = place_of(1, Series::Practice);
const REPORTED: usize = place_of(0, Series::Reported);
const MOTIVATION: usize = place_of(0, Series::Motivation);
const LEAVERS: usize = place_of(0, Series::Leavers);

const fn place_of(world: usize, series: Series) -> usize {
    let mut place = 0;
    while place < CHARTED.len() && !(CHARTED[place].0 == world && CHARTED[place].1 as usize == series as usize) {
        place += 1;
    }
    place
}

/// What is asked.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    /// The scenario, as the present plan.
    pub scenario: &'a Scenario,
    /// The programme, by place.
    pub programme: usize,
    /// The times of the data, in order, on the clock of the scenario.
    pub times: &'a [Time],
    /// What each time is called.
    pub called: &'a [String],
    /// What is not known.
    pub free: &'a [Free],
    /// Whether the data are events of harm over an exposure, and no shares of what is done.
    pub harm: bool,
    /// What the data are called, and what they are multiplied with where they are told.
    pub measure: (&'a str, f64),
    /// Candidates in all.
    pub candidates: usize,
    /// Other plans from here on.
    pub designs: &'a [Design],
    /// Head of the file of rows.
    pub head: &'a str,
}

/// A run of a candidate.
#[derive(Clone, Debug, PartialEq)]
pub struct Lived {
    /// Place of its candidate.
    pub candidate: usize,
    /// Which of its runs.
    pub luck: u64,
    /// Reported practice at each time; NaN where the scenario has no such week.
    pub reported: Vec<f64>,
    /// Practice at each time, and the share of harm that it prevents, where the data are events.
    pub harm: Option<(Vec<f64>, f64)>,
    /// Logarithm of the likelihood at each entry of the grid.
    pub logs: [f64; GRID],
    /// Gain at the end of support, a share.
    pub at_end: f64,
    /// Gain 24 months after.
    pub later: f64,
}

/// What was found.
#[derive(Clone, Debug)]
pub struct Fitted {
    /// The scenario.
    pub scenario: Scenario,
    /// The programme, by place.
    pub programme: usize,
    /// The times of the data.
    pub times: Vec<Time>,
    /// What each is called.
    pub called: Vec<String>,
    /// What was not known.
    pub free: Vec<Free>,
    /// Whether the data are events of harm.
    pub harm: bool,
    /// What the data are called, and what they are multiplied with where they are told.
    pub measure: (String, f64),
    /// The candidates.
    pub candidates: Vec<Candidate>,
    /// How many of them are from the prior: the first ones.
    pub from_prior: usize,
    /// Weight of each candidate, adding up to 1.
    pub weights: Vec<f64>,
    /// Every run that did not fail.
    pub lived: Vec<Lived>,
    /// Weight of each run, adding up to 1.
    pub run_weights: Vec<f64>,
    /// Runs that failed.
    pub failed: u64,
    /// Equal candidates that the weighted ones are worth.
    pub worth: f64,
    /// The power with which the data count: 1, or less where too few candidates agree with all of them.
    pub temper: f64,
    /// At each time what the fitted runs make plausible of the data.
    pub band: Vec<Plausible>,
    /// How much the data scatter beyond chance in counting and beyond the model: `rho`, `sigma` of shares without counts, or
    /// `extra` of events.
    pub scatter: f64,
    /// Runs followed into the future, by place, each as often as its weight asks for.
    pub futures: Vec<usize>,
    /// What becomes of the present plan, then of each design.
    pub outlook: Vec<Outlook>,
    /// What measuring more would be worth.
    pub next: Vec<Worth>,
    /// What the next points would do to the answer.
    pub turn: Option<Turn>,
    /// Head of the file of rows: lines that say where it comes from.
    pub head: String,
}

/// Weighs runs against data whose likelihood counts as its power `temper`: weights of candidates (`proposed[c]` the logarithm
/// of proposal over prior) and of runs.
pub fn weigh(lived: &[Lived], proposed: &[f64], temper: f64) -> (Vec<f64>, Vec<f64>) {
    let own: Vec<f64> = lived.iter().map(|run| temper * likelihood::mean_of_logs(&run.logs)).collect();
    let mut of_candidate: Vec<Vec<f64>> = vec![Vec::new(); proposed.len()];
    for (run, log) in lived.iter().zip(&own) {
        of_candidate[run.candidate].push(*log);
    }
    // Of failed runs nothing is known; they count as if they did not agree.
    let logs: Vec<f64> = of_candidate
        .iter_mut()
        .zip(proposed)
        .map(|(logs, proposed)| {
            logs.resize(logs.len().max(LUCKS as usize), f64::NEG_INFINITY);
            likelihood::mean_of_logs(logs) - proposed
        })
        .collect();
    let weights = weights::from_logs(&logs);
    let runs: Vec<f64> = lived.iter().zip(&own).map(|(run, own)| own - proposed[run.candidate]).collect();
    (weights, weights::from_logs(&runs))
}

/// The largest power up to 1 with which the data may count so that enough candidates agree: as if there were that share of
/// them. What is left out makes intervals wider, never narrower.
fn temper(lived: &[Lived], proposed: &[f64]) -> f64 {
    let worth = |temper: f64| weights::worth(&weigh(lived, proposed, temper).0);
    if worth(1.0) >= ENOUGH {
        return 1.0;
    }
    weights::highest(0.0, 1.0, 20, |temper| worth(temper) >= ENOUGH)
}

/// Fits with `simulator`.
///
/// # Errors
///
/// When the question is wrong, or the simulator stops.
pub fn fit(simulator: &mut dyn Simulator, asked: &Asked) -> Result<Fitted, Stopped> {
    check(asked)?;
    let Asked { scenario, programme, times, free, designs, .. } = *asked;
    let deck = Deck::new(scenario, free);
    simulator.expect((asked.candidates + designs.len() * FUTURES.min(asked.candidates)) as u64 * LUCKS);
    let mut candidates: Vec<Candidate> = Vec::new();
    let mut ensembles: Vec<Option<Ensemble>> = Vec::new();
    let mut lived: Vec<Lived> = Vec::new();
    let mut mixture = Mixture::default();
    for (stage, share) in STAGES.into_iter().enumerate() {
        let seed = scenario.run.seed ^ (0x6669_7400 + stage as u64);
        let left = asked.candidates - candidates.len();
        let many = if stage + 1 == STAGES.len() { left } else { (asked.candidates as f64 * share) as usize };
        let (new, proposal) = if stage == 0 {
            (deck.dealt(many, seed), None)
        } else {
            let logs: Vec<f64> =
                weigh(&lived, &mixture.logs(), 1.0).0.iter().map(|weight| libm::log(*weight)).collect();
            let least = (candidates.len() as f64 / 6.0).min(CENTRES);
            let proposal = Proposal::around(&candidates, &logs, least, deck.rows());
            (proposal.draw(many, seed), Some(proposal))
        };
        mixture.grow(&candidates, &new, proposal);
        let first = candidates.len();
        let made = deck.simulated(simulator, scenario, &new, first)?;
        for (place, ensemble) in made.iter().enumerate() {
            let Some(ensemble) = ensemble else { continue };
            let prevented = asked.harm.then(|| deck.prevented(scenario, &new[place]));
            lived.extend(runs_of(ensemble, scenario, programme, first + place, times, prevented));
        }
        candidates.extend(new);
        ensembles.extend(made);
    }
    if lived.is_empty() {
        return Err(Stopped::Failed("no candidate of the scenario could be simulated".into()));
    }
    let temper = temper(&lived, &mixture.logs());
    let (weights, run_weights) = weigh(&lived, &mixture.logs(), temper);
    let from_prior = mixture.prior_count();
    let failed = candidates.len() as u64 * LUCKS - lived.len() as u64;
    let mut found = Fitted {
        scenario: scenario.clone(),
        programme,
        times: times.to_vec(),
        called: asked.called.to_vec(),
        free: free.to_vec(),
        harm: asked.harm,
        measure: (asked.measure.0.to_owned(), asked.measure.1),
        from_prior,
        worth: weights::worth(&weights),
        temper,
        futures: as_often(&run_weights, FUTURES),
        candidates,
        weights,
        lived,
        run_weights,
        failed,
        band: Vec::new(),
        scatter: f64::NAN,
        outlook: Vec::new(),
        next: Vec::new(),
        turn: None,
        head: asked.head.to_owned(),
    };
    found.read_data();
    found.outlook = forward::outlook(simulator, &found, &deck, &ensembles, designs)?;
    found.next = next::worth(&found, &ensembles);
    found.turn = next::turn(&found, &ensembles);
    Ok(found)
}

/// What candidates are made of.
pub(crate) struct Deck<'a> {
    draws: Draws<'static>,
    free: &'a [Free],
    held: Vec<Address>,
}

impl<'a> Deck<'a> {
    pub(crate) fn new(scenario: &Scenario, free: &'a [Free]) -> Self {
        let held = free.iter().map(|free| free.slot.address).collect();
        Self { draws: Draws::new(scenario.run.seed), free, held }
    }

    fn rows(&self) -> usize {
        Posterior::bundled().rows.len()
    }

    /// The share of harm that the practice prevents, of a candidate.
    fn prevented(&self, scenario: &Scenario, candidate: &Candidate) -> f64 {
        let mut places = self.free.iter().zip(&candidate.places);
        let found = places.find(|(free, _)| free.slot.path == harm::PREVENTED);
        found.map_or(f64::from(scenario.incidents.prevented), |(free, place)| free.at(*place))
    }

    /// The first stage: rows dealt evenly, places by a scrambled Sobol sequence.
    pub(crate) fn dealt(&self, many: usize, seed: u64) -> Vec<Candidate> {
        let dealt = Posterior::bundled().dealt(seed);
        let places = sobol(many, self.free.len(), seed);
        places.into_iter().zip(dealt.iter().copied().cycle()).map(|(places, row)| Candidate { row, places }).collect()
    }

    /// `scenario` as it is with a candidate; none where its numbers do not go together.
    pub(crate) fn world(&self, scenario: &Scenario, candidate: &Candidate) -> Option<Scenario> {
        let mut world = scenario.clone();
        for (free, place) in self.free.iter().zip(&candidate.places) {
            world.assign(&free.slot, free.at(*place)).ok()?;
        }
        world.check().ok()?;
        Some(self.draws.of_row(&world, candidate.row, &self.held))
    }

    /// The runs of `candidates`, the first of which has the number `first`, in `scenario`, each with luck of its own.
    pub(crate) fn simulated(
        &self,
        simulator: &mut dyn Simulator,
        scenario: &Scenario,
        candidates: &[Candidate],
        first: usize,
    ) -> Result<Vec<Option<Ensemble>>, Stopped> {
        let numbered = candidates.iter().enumerate().map(|(place, candidate)| (first + place, candidate));
        self.lived(simulator, scenario, numbered)
    }

    /// The same of candidates with these numbers.
    pub(crate) fn lived<'c>(
        &self,
        simulator: &mut dyn Simulator,
        scenario: &Scenario,
        candidates: impl Iterator<Item = (usize, &'c Candidate)>,
    ) -> Result<Vec<Option<Ensemble>>, Stopped> {
        let job = |(number, candidate): (usize, &Candidate)| {
            let scenario = self.world(scenario, candidate)?;
            Some(Job { scenario, seed: self.draws.luck(number as u64), runs: LUCKS, first: 0, keep: Keep::Charted })
        };
        let jobs: Vec<Option<Job>> = candidates.map(job).collect();
        let there: Vec<Job> = jobs.iter().flatten().cloned().collect();
        let mut made = simulator.ensembles(&there)?.into_iter();
        Ok(jobs.iter().map(|job| job.as_ref().and_then(|_| made.next())).collect())
    }
}

/// The runs of one candidate as they are weighed.
pub(crate) fn runs_of(
    ensemble: &Ensemble,
    scenario: &Scenario,
    programme: usize,
    candidate: usize,
    times: &[Time],
    prevented: Option<f64>,
) -> Vec<Lived> {
    let column = |metric: &str| ensemble.outcomes_of(scenario, programme, metric).unwrap_or_default();
    let (at_end, later) = (column("net_gain_at_end"), column("net_gain_24_months_after"));
    let failed = |run: u64| ensemble.failures.iter().any(|failure| failure.replicate == run);
    (0..ensemble.runs)
        .filter(|run| !failed(*run))
        .map(|luck| {
            let weeks = ensemble.charted(luck, programme, REPORTED);
            let reported: Vec<f64> = times.iter().map(|time| mean_over(weeks, time.from, time.to)).collect();
            let harm = prevented.map(|prevented| {
                let weeks = ensemble.charted(luck, programme, PRACTICE);
                (times.iter().map(|time| mean_over(weeks, time.from, time.to)).collect::<Vec<f64>>(), prevented)
            });
            let of = |column: &[f64]| column.get(luck as usize).copied().unwrap_or(f64::NAN);
            Lived {
                candidate,
                luck,
                logs: match &harm {
                    Some((done, prevented)) => harm::logs(times, done, *prevented),
                    None => likelihood::logs(times, &reported),
                },
                harm,
                reported,
                at_end: of(&at_end),
                later: of(&later),
            }
        })
        .collect()
}

/// Mean of a series over the weeks from `from` to `to`; NaN where it has none of them.
pub(crate) fn mean_over(weeks: &[f32], from: f64, to: f64) -> f64 {
    let (first, last) = (from.round(), to.round().max(from.round() + 1.0));
    if first < 0.0 || last > weeks.len() as f64 {
        return f64::NAN;
    }
    let there = weeks.get(first as usize..last as usize).unwrap_or_default();
    there.iter().map(|value| f64::from(*value)).sum::<f64>() / there.len() as f64
}

/// Refuses what has no answer.
fn check(asked: &Asked) -> Result<(), Stopped> {
    let Asked { scenario, programme, times, .. } = *asked;
    door::reaches_somebody(scenario, programme)?;
    door::is_simulated(scenario, programme, Window::YEAR_2)?;
    let weeks = scenario.weeks() as f64;
    let begin = scenario.programmes.get(programme).map_or(0.0, |programme| f64::from(programme.clock.start));
    let within = |time: &&Time| likelihood::says(time) && time.from.round() >= 0.0 && time.to.round() <= weeks;
    let there = times.iter().filter(within).count();
    let events: f64 = times.iter().filter(within).map(harm::events).sum();
    if asked.harm && there >= FEWEST_POINTS && events < harm::FEWEST_EVENTS {
        return Err(Stopped::Question(format!(
            "{} in the weeks of the scenario, and {} or more are needed to tell anything of a course",
            counted(events as u64, "event"),
            harm::FEWEST_EVENTS
        )));
    }
    if there >= FEWEST_POINTS {
        return Ok(());
    }
    let (first, last) = (times.first().map_or(0.0, |time| time.from), times.last().map_or(0.0, |time| time.to));
    Err(Stopped::Question(format!(
        "{} in the weeks of the scenario, and {FEWEST_POINTS} or more are needed: the data lie in its weeks {first:.0} to {last:.0}, it has \
         weeks 0 to {weeks}, and --start is the day on which its programme begins, week {begin:.0} (--set \
         programme.{programme}.start and --set run.follow_up move its ends)",
        counted(there as u64, "point"),
    )))
}

#[cfg(test)]
mod tests;
