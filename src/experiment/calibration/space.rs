//! What is not implausible: the points that no wave has ruled out, and how much of the cube of the inputs they fill.
//!
//! Subset simulation (Au and Beck 2001): particles spread over the whole cube; level by level the worse ones are dropped and
//! those left are copied and moved about below the level, until all are below the cut. The parts kept multiply to the volume.
//! Moves are differences of two other particles (ter Braak 2006), which know the shape of what is left, several islands
//! included. Each particle has luck of its own, so that threads change nothing.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::{
    Answer,
    emulator::Emulator,
    observed::{Observed, second_worst},
};
use crate::{ensemble::each, experiment::points::latin_hypercube};

/// Part of the particles that a level keeps at least.
const KEPT: f64 = 0.25;

/// Moves of every particle after each level.
const MOVES: usize = 6;

/// Levels after which looking is given up: the volume is then below a ten-thousand-millionth.
const MOST_LEVELS: usize = 17;

/// What the emulators of all waves say.
#[derive(Clone, Debug)]
pub struct Space {
    /// The figures.
    pub observed: Vec<Observed>,
    /// The emulators of each wave, one for each figure; none where a figure was undefined too often.
    pub waves: Vec<Vec<Option<Emulator>>>,
    /// Implausibility from which a point is ruled out.
    pub cut: f64,
}

/// A place and what is thought of it.
#[derive(Clone, Debug)]
pub struct Particle {
    /// The active inputs.
    pub point: Vec<f64>,
    /// Second worst implausibility, of the wave in which that is largest.
    pub implausibility: f64,
    /// Logarithm of the likelihood by the last wave.
    pub likelihood: f64,
}

/// Particles below the cut, and the part of the cube that lies there.
#[derive(Clone, Debug)]
pub struct Left {
    /// The particles.
    pub particles: Vec<Particle>,
    /// Part of the cube.
    pub volume: f64,
    /// Whether the cut was reached; where it was not, the particles are the least implausible ones.
    pub reached: bool,
}

impl Space {
    /// The guesses of the last wave at a point.
    pub fn guesses(&self, point: &[f64]) -> Vec<Option<Answer>> {
        let last = self.waves.last().map_or(&[][..], Vec::as_slice);
        last.iter().map(|emulator| emulator.as_ref().map(|emulator| emulator.guess(point))).collect()
    }

    /// What is thought of a point; none where it is surely more implausible than `most`.
    pub fn particle(&self, point: Vec<f64>, most: f64) -> Option<Particle> {
        for wave in &self.waves {
            let rough = wave.iter().zip(&self.observed).filter_map(|(emulator, observed)| {
                Some(observed.implausibility(emulator.as_ref()?.guess_roughly(&point)))
            });
            if second_worst(rough) > most {
                return None;
            }
        }
        let (mut implausibility, mut likelihood) = (0f64, 0.0);
        for (place, wave) in self.waves.iter().enumerate().rev() {
            let mut each = Vec::with_capacity(wave.len());
            for (emulator, observed) in wave.iter().zip(&self.observed) {
                let Some(emulator) = emulator else { continue };
                let guess = emulator.guess(&point);
                each.push(observed.implausibility(guess));
                if place + 1 == self.waves.len() {
                    likelihood += observed.log_likelihood(guess);
                }
            }
            implausibility = implausibility.max(second_worst(each.into_iter()));
            if implausibility > most {
                return None;
            }
        }
        Some(Particle { point, implausibility, likelihood })
    }

    /// Particles spread over what is left of the cube of `inputs` inputs.
    pub fn left(&self, inputs: usize, count: usize, seed: u64) -> Left {
        let spread = latin_hypercube(count, inputs, seed);
        let all = f64::INFINITY;
        let mut particles: Vec<Particle> =
            each(count, |place| self.particle(spread[place].clone(), all)).into_iter().flatten().collect();
        let mut volume = 1.0;
        for level in 0..MOST_LEVELS {
            particles.sort_by(|left, right| left.implausibility.total_cmp(&right.implausibility));
            let kept = ((particles.len() as f64 * KEPT) as usize).max(2).min(particles.len());
            let most = particles.get(kept - 1).map_or(self.cut, |particle| particle.implausibility.max(self.cut));
            let below = particles.iter().filter(|particle| particle.implausibility <= most).count();
            volume *= below as f64 / particles.len().max(1) as f64;
            particles.truncate(below);
            particles = (0..count).map(|place| particles[place % below].clone()).collect();
            for moves in 0..MOVES {
                let luck = seed.wrapping_add(1 + (level * MOVES + moves) as u64);
                self.stir(&mut particles, luck, most, |_, _| true);
            }
            if most <= self.cut {
                return Left { particles, volume, reached: true };
            }
        }
        Left { particles, volume, reached: false }
    }

    /// Moves every particle once, where it stays below `most` and `accept` takes the step: the logarithm of the likelihood after
    /// less before, and a uniform deviate.
    pub fn stir(
        &self,
        particles: &mut Vec<Particle>,
        seed: u64,
        most: f64,
        accept: impl Fn(f64, f64) -> bool + Sync + Send,
    ) {
        let before = std::mem::take(particles);
        *particles = each(before.len(), |place| {
            let own = &before[place];
            let mut luck = ChaCha8Rng::seed_from_u64(seed);
            luck.set_stream(place as u64);
            let moved = proposal(own, &before, place, &mut luck);
            let deviate = luck.random::<f64>();
            let moved = moved.and_then(|point| self.particle(point, most));
            let moved = moved.filter(|moved| accept(moved.likelihood - own.likelihood, deviate));
            moved.unwrap_or_else(|| own.clone())
        });
    }
}

/// A place to move to: a step along the difference of two others, in some of the inputs.
fn proposal(own: &Particle, all: &[Particle], place: usize, luck: &mut ChaCha8Rng) -> Option<Vec<f64>> {
    let inputs = own.point.len();
    let other = |luck: &mut ChaCha8Rng| luck.random_range(0..all.len());
    let (first, second) = (other(luck), other(luck));
    if first == place || second == place {
        return None;
    }
    // A few inputs at a time keep the step long where there are many.
    let some = if inputs <= 2 { 1.0 } else { [1.0, 0.5, 0.2][luck.random_range(0..3)] };
    let moved: Vec<bool> = (0..inputs).map(|_| luck.random::<f64>() < some).collect();
    let count = moved.iter().filter(|moved| **moved).count().max(1) as f64;
    // Now and then a whole difference, which leads from one island to another.
    let length =
        if luck.random::<f64>() < 0.1 { 1.0 } else { 2.38 / (2.0 * count).sqrt() * (0.2 + luck.random::<f64>()) };
    let point = own.point.iter().enumerate().map(|(input, x)| {
        let jitter = 0.02 * (luck.random::<f64>() - 0.5);
        if !moved[input] {
            return *x;
        }
        let step = length * (all[first].point[input] - all[second].point[input]) + jitter;
        reflected(x + step)
    });
    Some(point.collect())
}

/// Back into the cube, as from a mirror.
fn reflected(x: f64) -> f64 {
    let folded = x.abs() % 2.0;
    if folded > 1.0 { 2.0 - folded } else { folded }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::points::sobol;

    /// Two figures that say where a point lies leave a rectangle whose volume is known.
    #[test]
    fn the_volume_that_is_left_is_known_and_filled_evenly() {
        let points = sobol(100, 6, 1);
        let emulator = |input: usize| {
            let answers: Vec<Answer> =
                points.iter().map(|point| Answer { mean: point[input], variance: 0.0 }).collect();
            Emulator::learn(&points, &answers)
        };
        // The second worst of three within 3 sd: two of the figures are the same, so both coordinates must be near.
        let observed = vec![
            Observed::new("a", 0.5, 0.02),
            Observed::new("a again", 0.5, 0.02),
            Observed::new("b", 0.3, 0.03),
            Observed::new("b again", 0.3, 0.03),
        ];
        let waves = vec![vec![emulator(0), emulator(0), emulator(1), emulator(1)]];
        let space = Space { observed, waves, cut: 3.0 };
        let left = space.left(6, 2000, 4);
        let known = 0.12 * 0.18;
        assert!(left.reached && (left.volume / known - 1.0).abs() < 0.15, "{} {known}", left.volume);
        for (input, (low, high)) in [(0, (0.44, 0.56)), (1, (0.21, 0.39)), (2, (0.0, 1.0))] {
            let values: Vec<f64> = left.particles.iter().map(|particle| particle.point[input]).collect();
            let mean = values.iter().sum::<f64>() / values.len() as f64;
            let sd =
                (values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / values.len() as f64).sqrt();
            assert!((mean - (low + high) / 2.0).abs() < 0.05 * (high - low), "{input}: {mean}");
            assert!((sd / ((high - low) / 12f64.sqrt()) - 1.0).abs() < 0.1, "{input}: {sd}");
        }
    }

    #[test]
    fn a_step_over_the_edge_comes_back() {
        assert_eq!([0.25, -0.25, 1.25, 2.25, -1.25].map(reflected), [0.25, 0.25, 0.75, 0.25, 0.75]);
    }
}
