//! From what is not implausible to an approximate posterior: particles, cooled step by step.
//!
//! The particles below the cut are a sample of the prior there. The likelihood, by the emulators of the last wave, is turned
//! on in steps small enough to leave half of them their weight (Del Moral, Doucet and Jasra 2006); after each step they are
//! drawn anew by weight and moved about, so that none is alone. The rows that come out are simulated, and weighted by how
//! likely their own answers are over how likely the emulators took them to be: that puts right where emulators err, and
//! says what the inputs do that they leave out. Weights are cut at their mean times the root of their number (Ionides 2008); where
//! even so they are worth fewer than a quarter of the rows, all are softened (raised to a power below 1) until they are worth
//! that many. Such a posterior is wider than it ought to be, not narrower: it has taken in less of the figures.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::{
    Answer,
    observed::Observed,
    space::{Particle, Space},
};
use crate::experiment::weights::{from_logs, highest, worth};

/// Share of the rows that their weights must be worth.
pub const WORTH: f64 = 0.25;

/// Moves of every particle after each step.
const MOVES: usize = 6;

/// Moves once the likelihood counts in full.
const LAST_MOVES: usize = 12;

/// Particles of the posterior under the last wave's emulators, all of the same weight.
pub fn cooled(space: &Space, mut particles: Vec<Particle>, seed: u64) -> Vec<Particle> {
    let (mut warmth, mut step) = (0.0, 0u64);
    while warmth < 1.0 && !particles.is_empty() {
        let next = next_warmth(&particles, warmth);
        let weights = weights(&particles, next - warmth);
        let places = drawn(&weights, particles.len(), seed.wrapping_add(step << 8));
        particles = places.into_iter().map(|place| particles[place].clone()).collect();
        warmth = next;
        let moves = if warmth < 1.0 { MOVES } else { LAST_MOVES };
        for round in 0..moves {
            let luck = seed.wrapping_add((step << 8) + 1 + round as u64);
            let accept = |gained: f64, deviate: f64| libm::log(deviate.max(1e-300)) < warmth * gained;
            space.stir(&mut particles, luck, space.cut, accept);
        }
        step += 1;
    }
    particles
}

/// How far the likelihood can be turned on so that half of the particles keep their weight.
fn next_warmth(particles: &[Particle], warmth: f64) -> f64 {
    let enough = |next: f64| worth(&weights(particles, next - warmth)) >= 0.5 * particles.len() as f64;
    if enough(1.0) {
        return 1.0;
    }
    // However steep the likelihood, this comes to an end.
    highest(warmth, 1.0, 40, enough).max(warmth + 1e-4).min(1.0)
}

/// Weights that add up to 1.
fn weights(particles: &[Particle], power: f64) -> Vec<f64> {
    from_logs(&particles.iter().map(|particle| power * particle.likelihood).collect::<Vec<_>>())
}

/// Places of `count` of those with `weights`, which add up to 1, each as often as its weight asks for (Kitagawa 1996).
pub fn drawn(weights: &[f64], count: usize, seed: u64) -> Vec<usize> {
    let start = ChaCha8Rng::seed_from_u64(seed).random::<f64>();
    let (mut reached, mut place) = (weights.first().copied().unwrap_or(1.0), 0);
    let mut made = Vec::with_capacity(count);
    for number in 0..count {
        let wanted = (number as f64 + start) / count as f64;
        while reached < wanted && place + 1 < weights.len() {
            place += 1;
            reached += weights[place];
        }
        made.push(place);
    }
    made
}

/// `rows` of the particles, evenly over all.
pub fn thinned(particles: &[Particle], rows: usize) -> Vec<Particle> {
    let count = particles.len();
    (0..rows.min(count)).map(|row| particles[row * count / rows.min(count)].clone()).collect()
}

/// Weight of each row, from what was simulated there and what the emulators had guessed; they add up to 1.
pub fn corrected(observed: &[Observed], simulated: &[Vec<Answer>], guessed: &[Vec<Option<Answer>>]) -> Vec<f64> {
    let logarithm = |(simulated, guessed): (&Vec<Answer>, &Vec<Option<Answer>>)| {
        let each = observed.iter().zip(simulated).zip(guessed).filter_map(|((observed, simulated), guessed)| {
            let guessed = (*guessed)?;
            // An answer that is undefined tells nothing.
            simulated.mean.is_finite().then(|| observed.log_likelihood(*simulated) - observed.log_likelihood(guessed))
        });
        each.sum()
    };
    let weights = from_logs(&simulated.iter().zip(guessed).map(logarithm).collect::<Vec<f64>>());
    let most = (weights.len() as f64).sqrt() / weights.len() as f64;
    let cut: Vec<f64> = weights.into_iter().map(|weight| weight.min(most)).collect();
    softened(&cut)
}

/// Weights that add up to 1, all raised to the highest power up to 1 at which they are worth [`WORTH`] of their number.
fn softened(given: &[f64]) -> Vec<f64> {
    let logarithms: Vec<f64> = given.iter().map(|weight| libm::log(*weight)).collect();
    let raised = |power: f64| from_logs(&logarithms.iter().map(|log| power * log).collect::<Vec<_>>());
    let enough = |power: f64| worth(&raised(power)) >= WORTH * given.len() as f64;
    if enough(1.0) {
        return raised(1.0);
    }
    raised(highest(0.0, 1.0, 40, enough))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_worth_what_kish_says_and_are_drawn_in_proportion() {
        assert_eq!(worth(&[0.25; 4]), 4.0);
        assert!((worth(&[1.0, 0.0, 0.0]) - 1.0).abs() < 1e-12);
        let weights: Vec<f64> = (0..300).map(|place| [0.2, 0.3, 0.5][place / 100] / 100.0).collect();
        let drawn = drawn(&weights, 300, 5);
        let share = |third: usize| drawn.iter().filter(|place| **place / 100 == third).count();
        assert!(drawn.len() == 300 && share(0).abs_diff(60) <= 1 && share(2).abs_diff(150) <= 1);
    }

    #[test]
    fn rows_that_were_guessed_wrongly_lose_their_weight() {
        let observed = [Observed::new("y", 0.0, 1.0)];
        let answer = |mean| Answer { mean, variance: 0.0 };
        let simulated = [vec![answer(0.0)], vec![answer(2.0)], vec![answer(f64::NAN)]];
        let weights = corrected(&observed, &simulated, &vec![vec![Some(answer(0.0))]; 3]);
        assert!((weights[1] / weights[0] - libm::exp(-2.0)).abs() < 1e-12, "{weights:?}");
        assert_eq!(weights[2], weights[0]);
    }

    #[test]
    fn weights_of_a_few_rows_are_softened_until_a_quarter_of_the_rows_counts() {
        let few: Vec<f64> = (0..100).map(|row| libm::exp(-f64::from(row))).collect();
        let soft = softened(&few);
        assert!((worth(&soft) - 25.0).abs() < 0.01 && (soft.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        // By the same power: differences of logarithms stay in proportion.
        let step = |row: usize| libm::log(soft[row] / soft[row + 1]);
        assert!((step(3) - step(80)).abs() < 1e-9 && step(3) < 1.0);
        assert_eq!(
            softened(&[0.2, 0.3, 0.5]),
            [0.2, 0.3, 0.5].map(|weight: f64| libm::exp(libm::log(weight) - libm::log(0.5)) / 2.0)
        );
    }
}
