//! Calibration: which inputs of a model fit what was observed? History matching, then an approximate posterior.
//!
//! Knows nothing of any particular model: it hands out points of the unit cube, a coordinate for each input by its prior's
//! quantile, and gets back an [`Answer`] for each figure.
//!
//! ```text
//! wave 1   points over the whole cube -> simulated -> which inputs matter (select) -> an emulator for each figure
//! wave k   points over what is not implausible by any wave so far -> simulated -> emulators that know that part better
//! ...      until there were enough waves, or what is left shrinks no more
//! rows     particles of the posterior by the last emulators (posterior) -> simulated -> drawn by weight
//! ```
//!
//! Inputs that matter little are drawn along from their priors in every wave: what they do is part of what the emulators call
//! unexplained. Sources: Craig, Goldstein, Seheult & Smith 1997; Vernon, Goldstein & Bower 2010; Andrianakis et al. 2015.

mod emulator;
mod observed;
mod posterior;
mod select;
mod space;

#[cfg(test)]
mod tests;

pub use self::{
    emulator::{Emulator, FEWEST_POINTS, Quality},
    observed::{Observed, second_worst},
    space::Space,
};
use self::{
    posterior::{cooled, corrected, drawn, thinned},
    select::forward,
    space::Left,
};
use super::{
    Stopped,
    points::{MOST_SOBOL_FACTORS, latin_hypercube, sobol},
    weights::worth_of,
};
use crate::{ensemble::each, stats::quantile};

/// What the model gives for one figure at one point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Answer {
    /// Mean over replicates; NaN where it is undefined.
    pub mean: f64,
    /// Variance of that mean: the Monte Carlo error squared.
    pub variance: f64,
}

/// How a calibration is made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    /// Waves, at most.
    pub waves: usize,
    /// Points of a wave.
    pub points: usize,
    /// Rows of the posterior.
    pub rows: usize,
    /// Inputs that are learned about, at most; the others are drawn along.
    pub active: usize,
    /// Implausibility above which a point is ruled out.
    pub cut: f64,
    /// The waves end when one leaves more than this part of what the one before had left.
    pub shrinking: f64,
    /// Seed of all luck of the method.
    pub seed: u64,
}

impl Plan {
    /// The plan that is usual: `points` a wave, four waves.
    pub fn of(points: usize, seed: u64) -> Self {
        Self { waves: 4, points, rows: 256, active: 35, cut: 3.0, shrinking: 0.8, seed }
    }
}

/// An input that matters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Active {
    /// Its place among all inputs.
    pub input: usize,
    /// Part of the variance of a figure that it explains in wave 1, added up over the figures.
    pub part: f64,
}

/// One wave.
#[derive(Clone, Debug)]
pub struct Wave {
    /// Its points, in all inputs.
    pub points: Vec<Vec<f64>>,
    /// What the model gave there.
    pub answers: Vec<Vec<Answer>>,
    /// Part of the prior that was left after it.
    pub volume: f64,
    /// Whether anything was: where nothing is, what comes next looks where the model misses least.
    pub reached: bool,
    /// How good the emulator of each figure is; none where there is none.
    pub quality: Vec<Option<Quality>>,
}

/// A row of the posterior.
#[derive(Clone, Debug)]
pub struct Row {
    /// All inputs, from 0 to 1.
    pub point: Vec<f64>,
    /// Its weight; all add up to 1.
    pub weight: f64,
    /// What the model gives there.
    pub answers: Vec<Answer>,
    /// Number of the candidate that it is.
    pub candidate: usize,
}

/// What was found.
#[derive(Clone, Debug)]
pub struct Calibration {
    /// How it was made.
    pub plan: Plan,
    /// The inputs that matter, the strongest first.
    pub active: Vec<Active>,
    /// The waves.
    pub waves: Vec<Wave>,
    /// The posterior: rows of the same weight; one that counts for more comes more than once.
    pub rows: Vec<Row>,
}

impl Calibration {
    /// How many rows the rows are worth: fewer than there are where some come more than once.
    pub fn effective_rows(&self) -> f64 {
        worth_of(self.rows.iter().map(|row| (row.candidate, row.weight)))
    }
}

/// Candidates that are simulated for each row of the posterior.
pub const CANDIDATES: usize = 4;

/// Particles that look for what is left.
const PARTICLES: usize = 1024;

/// An input must explain a figure by so many standard errors to be taken for one that matters, where there are many.
const MATTERS: f64 = 3.5;

/// Inputs taken for one figure, at most.
const MOST_FOR_A_FIGURE: usize = 12;

/// Calibrates a model of `inputs` inputs on what was `observed`. `simulate` gets the number of the wave, from 0, and points
/// (the rows of the posterior come as the wave after the last), and gives for each point an answer for each figure.
///
/// # Errors
///
/// When `simulate` stops, or nearly all that it gives is undefined.
pub fn calibrate(
    inputs: usize,
    observed: &[Observed],
    plan: Plan,
    simulate: &mut dyn FnMut(usize, &[Vec<f64>]) -> Result<Vec<Vec<Answer>>, Stopped>,
) -> Result<Calibration, Stopped> {
    let mut space = Space { observed: observed.to_vec(), waves: Vec::new(), cut: plan.cut };
    let (mut waves, mut active): (Vec<Wave>, Vec<Active>) = (Vec::new(), Vec::new());
    let mut left = Left { particles: Vec::new(), volume: 1.0, reached: true };
    for number in 0..plan.waves.max(1) {
        let points = match number {
            0 => everywhere(plan.points, inputs, plan.seed),
            _ => drawn_along(inputs, &active, &thinned(&left.particles, plan.points), luck(plan.seed, number, 1)),
        };
        let answers = simulate(number, &points)?;
        if number == 0 {
            active = matters(&points, &answers, observed, plan.active);
        }
        waves.push(Wave { points, answers, volume: 1.0, reached: true, quality: Vec::new() });
        let places: Vec<usize> = active.iter().map(|active| active.input).collect();
        let (points, answers) = worth_learning(&waves, &places, &space);
        let emulators = each(observed.len(), |figure| {
            let kept = telling(&answers, figure);
            if kept.len() * 2 < points.len() {
                return None;
            }
            let own: Vec<Vec<f64>> = kept.iter().map(|&place| points[place].clone()).collect();
            let means: Vec<f64> = kept.iter().map(|&place| answers[place][figure].mean).collect();
            let tamed = observed[figure].tamed(&means).into_iter().zip(&kept);
            let tamed: Vec<Answer> = tamed.map(|(mean, &place)| Answer { mean, ..answers[place][figure] }).collect();
            Emulator::learn(&own, &tamed)
        });
        if emulators.iter().all(Option::is_none) {
            let what = "no figure can be learned: each is undefined at most points, or there are too few points";
            return Err(Stopped::Question(format!("{what}; ask for more with --points and --runs")));
        }
        let quality = emulators.iter().map(|emulator| emulator.as_ref().map(|emulator| emulator.quality)).collect();
        space.waves.push(emulators);
        let before = left.volume;
        left = space.left(places.len(), PARTICLES.max(plan.points), luck(plan.seed, number, 2));
        if let Some(wave) = waves.last_mut() {
            (wave.volume, wave.reached, wave.quality) = (left.volume, left.reached, quality);
        }
        if number > 0 && left.volume > plan.shrinking * before {
            break;
        }
    }
    let last = waves.len();
    let particles = cooled(&space, left.particles, luck(plan.seed, last, 3));
    let chosen = thinned(&particles, CANDIDATES * plan.rows);
    let points = drawn_along(inputs, &active, &chosen, luck(plan.seed, last, 1));
    let guessed: Vec<Vec<Option<Answer>>> = chosen.iter().map(|particle| space.guesses(&particle.point)).collect();
    let answers = simulate(last, &points)?;
    let weights = corrected(observed, &answers, &guessed);
    let drawn = drawn(&weights, plan.rows.min(weights.len()), luck(plan.seed, last, 4));
    let weight = 1.0 / drawn.len() as f64;
    let row = |candidate: usize| Row {
        point: points[candidate].clone(),
        weight,
        answers: answers[candidate].clone(),
        candidate,
    };
    Ok(Calibration { plan, active, waves, rows: drawn.into_iter().map(row).collect() })
}

/// A seed for each purpose.
fn luck(seed: u64, wave: usize, purpose: u64) -> u64 {
    let mut number = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ (((wave as u64) << 8) + purpose);
    number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ (number >> 31)
}

fn everywhere(points: usize, inputs: usize, seed: u64) -> Vec<Vec<f64>> {
    if inputs <= MOST_SOBOL_FACTORS { sobol(points, inputs, seed) } else { latin_hypercube(points, inputs, seed) }
}

/// Points in all inputs: the active ones as the particles have them, the others from their priors.
fn drawn_along(inputs: usize, active: &[Active], particles: &[space::Particle], seed: u64) -> Vec<Vec<f64>> {
    let mut points = latin_hypercube(particles.len(), inputs, seed);
    for (point, particle) in points.iter_mut().zip(particles) {
        active.iter().zip(&particle.point).for_each(|(active, x)| point[active.input] = *x);
    }
    points
}

/// The inputs that matter, by forward selection for each figure among all inputs and their squares.
fn matters(points: &[Vec<f64>], answers: &[Vec<Answer>], observed: &[Observed], most: usize) -> Vec<Active> {
    let inputs = points.first().map_or(0, Vec::len);
    if inputs <= most {
        return (0..inputs).map(|input| Active { input, part: f64::NAN }).collect();
    }
    let parts = each(observed.len(), |figure| {
        let kept = telling(answers, figure);
        let means: Vec<f64> = kept.iter().map(|&place| answers[place][figure].mean).collect();
        let response = observed[figure].tamed(&means);
        let columns = (0..2 * inputs).map(|column| {
            let from_middle = |place: &usize| points[*place][column / 2] - 0.5;
            let power = |x: f64| if column % 2 == 0 { x } else { x * x };
            kept.iter().map(from_middle).map(power).collect()
        });
        let mut parts = vec![0.0; inputs];
        if kept.len() * 2 >= points.len() {
            let taken = forward(columns.collect(), &response, MOST_FOR_A_FIGURE, MATTERS);
            taken.iter().for_each(|taken| parts[taken.column / 2] += taken.part);
        }
        parts
    });
    let total = |input: usize| parts.iter().map(|parts| parts[input]).sum::<f64>();
    let mut found: Vec<Active> =
        (0..inputs).map(|input| Active { input, part: total(input) }).filter(|active| active.part > 0.0).collect();
    found.sort_by(|left, right| right.part.total_cmp(&left.part).then(left.input.cmp(&right.input)));
    found.truncate(most);
    if found.is_empty() {
        // Nothing stands out: any input may do as well as another, and the posterior will say that none is informed.
        found = (0..most.min(inputs)).map(|input| Active { input, part: 0.0 }).collect();
    }
    found
}

/// Places of the answers to one figure that say something: those that are defined and whose error is not many times the usual,
/// as that of a ratio of next to nothing is.
fn telling(answers: &[Vec<Answer>], figure: usize) -> Vec<usize> {
    const MANY: f64 = 10.0;
    let of = |place: usize| answers[place].get(figure).copied().unwrap_or(Answer { mean: f64::NAN, variance: 0.0 });
    let defined: Vec<usize> = (0..answers.len()).filter(|&place| of(place).mean.is_finite()).collect();
    let usual = quantile(&defined.iter().map(|&place| of(place).variance).collect::<Vec<_>>(), 0.5);
    let wild = |place: &usize| usual > 0.0 && of(*place).variance > MANY * usual;
    defined.into_iter().filter(|place| !wild(place)).collect()
}

/// The points to learn from, in the active inputs, with their answers: all of the last wave, and those before that no wave has
/// ruled out.
fn worth_learning(waves: &[Wave], active: &[usize], space: &Space) -> (Vec<Vec<f64>>, Vec<Vec<Answer>>) {
    let mut kept = (Vec::new(), Vec::new());
    for (number, wave) in waves.iter().enumerate() {
        let own: Vec<Vec<f64>> =
            wave.points.iter().map(|point| active.iter().map(|&input| point[input]).collect()).collect();
        let last = number + 1 == waves.len();
        let good = each(own.len(), |place| last || space.particle(own[place].clone(), space.cut).is_some());
        for ((point, answers), _) in own.into_iter().zip(&wave.answers).zip(good).filter(|(_, good)| *good) {
            kept.0.push(point);
            kept.1.push(answers.clone());
        }
    }
    kept
}
