//! Screening by elementary effects (Morris 1991; mu* by Campolongo, Cariboni and Saltelli 2007).
//!
//! A trajectory starts at a random point of a grid of four levels and moves one factor after the other, in random order, by
//! two thirds of its range. With `y` the output, the elementary effect of factor `i` in trajectory `t` is
//!
//! ```text
//! e[i,t]   = (y(after) - y(before)) / (2/3 up or down)     output per whole range of the factor
//! mu[i]    = mean over t of e[i,t]                         the mean effect
//! mu*[i]   = mean over t of |e[i,t]|                       the same where signs cancel: what factors are ranked by
//! sigma[i] = standard deviation over t                     how far the effect depends on where the others stand
//! ```
//!
//! All points have the same replicates. Luck makes `mu*` larger than 0 even where a factor does nothing on average; `luck`
//! says by how much. `sigma` and `strength` (the mean square of the effects) are made of products across replicates, which
//! luck does not inflate; a factor counts as moving the output beyond luck when `strength` is larger than seeds explain.
use rand::{RngExt, SeedableRng, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;

use super::resample::{Resampled, across, average, resampled};
use crate::stats::critical;

/// Levels of the grid.
const LEVELS: u32 = 4;

/// Length of a move: half the levels, which visits each level equally often.
const STEP: f64 = 2.0 / 3.0;

/// Runs of a point from which on they tell what seeds do to an effect.
const FEWEST_RUNS: u64 = 4;

/// Where to simulate.
#[derive(Clone, Debug, PartialEq)]
pub struct Trajectories {
    /// The points in the unit cube, trajectory by trajectory.
    pub points: Vec<Vec<f64>>,
    factors: usize,
    /// For each trajectory: the factors in the order of their moves, with the signed step.
    moves: Vec<Vec<(usize, f64)>>,
}

/// What moving one factor does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effect {
    /// Mean effect over the whole range.
    pub mu: Resampled,
    /// Mean size of the effect.
    pub mu_star: Resampled,
    /// Standard deviation of the effect between trajectories, without luck.
    pub sigma: Resampled,
    /// Mean square of the effect, without luck.
    pub strength: Resampled,
    /// Size that luck alone would give `mu_star`.
    pub luck: f64,
    /// Elementary effects that are defined.
    pub count: usize,
}

impl Effect {
    /// Whether the factor moves the output at these points by more than luck: `strength` lies above 0 by more than seeds
    /// explain (97.5 %, Student's t on the `runs` of a point).
    pub fn is_clear(&self, runs: u64) -> bool {
        let (strength, seeds) = (self.strength.estimate, self.strength.seeds);
        let error = if seeds.is_nan() { 0.0 } else { strength.sd * seeds.sqrt() };
        // Two or three runs tell next to nothing of what seeds do: then trajectories must agree as well.
        if runs < FEWEST_RUNS && (strength.low.is_nan() || strength.low <= 0.0) {
            return false;
        }
        // Rounding leaves effects of some 1e-17 where nothing moves at all.
        strength.value > 1e-20 && strength.value > critical(runs.saturating_sub(1)) * error
    }
}

impl Trajectories {
    /// `count` random trajectories through the cube of `factors`.
    pub fn new(factors: usize, count: usize, seed: u64) -> Self {
        let mut luck = ChaCha8Rng::seed_from_u64(seed);
        let mut made = Self { points: Vec::with_capacity(count * (factors + 1)), factors, moves: Vec::new() };
        for _ in 0..count {
            let level = |luck: &mut ChaCha8Rng| f64::from(luck.random_range(0..LEVELS)) / f64::from(LEVELS - 1);
            let mut point: Vec<f64> = (0..factors).map(|_| level(&mut luck)).collect();
            let mut order: Vec<usize> = (0..factors).collect();
            order.shuffle(&mut luck);
            made.points.push(point.clone());
            let mut moves = Vec::with_capacity(factors);
            for factor in order {
                // From every level there is one way that stays inside.
                let step = if point[factor] < 0.5 { STEP } else { -STEP };
                point[factor] = (point[factor] + step).clamp(0.0, 1.0);
                moves.push((factor, step));
                made.points.push(point.clone());
            }
            made.moves.push(moves);
        }
        made
    }

    /// The effect of each factor, from the outputs at each point: a row for each point, a column for each replicate.
    /// Effects with an undefined output are left out.
    pub fn effects(&self, outputs: &[Vec<f64>], seed: u64) -> Vec<Effect> {
        let replicates = outputs.first().map_or(0, Vec::len);
        let mut by_factor: Vec<Vec<(usize, Vec<f64>)>> = vec![Vec::new(); self.factors];
        let mut before = 0;
        for (trajectory, moves) in self.moves.iter().enumerate() {
            for &(factor, step) in moves {
                let (from, to) = (outputs.get(before), outputs.get(before + 1));
                before += 1;
                let (Some(from), Some(to)) = (from, to) else { continue };
                let effect: Vec<f64> = from.iter().zip(to).map(|(from, to)| (to - from) / step).collect();
                if effect.iter().all(|effect| effect.is_finite())
                    && let Some(effects) = by_factor.get_mut(factor)
                {
                    effects.push((trajectory, effect));
                }
            }
            before += 1;
        }
        let numbers = resampled(self.moves.len(), replicates, seed, |trajectories, weights| {
            by_factor.iter().flat_map(|effects| summary(effects, trajectories, weights)).collect()
        });
        let effect = |(numbers, effects): (&[Resampled], &Vec<(usize, Vec<f64>)>)| match numbers {
            &[mu, mu_star, sigma, strength] => {
                Some(Effect { mu, mu_star, sigma, strength, luck: noise(effects), count: effects.len() })
            }
            _ => None,
        };
        numbers.chunks(4).zip(&by_factor).filter_map(effect).collect()
    }
}

/// Mu, mu*, sigma and strength under weights.
fn summary(effects: &[(usize, Vec<f64>)], trajectories: &[f64], replicates: &[f64]) -> [f64; 4] {
    let weight = |trajectory: usize| trajectories.get(trajectory).copied().unwrap_or(0.0);
    let total: f64 = effects.iter().map(|(trajectory, _)| weight(*trajectory)).sum();
    let squares: f64 = effects.iter().map(|(trajectory, _)| weight(*trajectory) * weight(*trajectory)).sum();
    if total <= 0.0 {
        return [f64::NAN; 4];
    }
    let mean = |of: &dyn Fn(&[f64]) -> f64| {
        effects.iter().map(|(trajectory, effect)| weight(*trajectory) * of(effect)).sum::<f64>() / total
    };
    let mu = mean(&|effect| average(effect, replicates));
    let mu_star = mean(&|effect| average(effect, replicates).abs());
    let strength = mean(&|effect| across(effect, effect, replicates));
    let means: Vec<f64> = (0..replicates.len())
        .map(|replicate| mean(&|effect| effect.get(replicate).copied().unwrap_or(f64::NAN)))
        .collect();
    let spread = strength - across(&means, &means, replicates);
    // The divisor n - 1, for weights.
    let freedom = 1.0 - squares / (total * total);
    let sigma = if freedom > 0.0 { (spread / freedom).max(0.0).sqrt() } else { f64::NAN };
    [mu, mu_star, sigma, strength]
}

/// Mean size that effects would have if they were luck alone: that of a normal deviate with their standard error.
fn noise(effects: &[(usize, Vec<f64>)]) -> f64 {
    const MEAN_SIZE: f64 = 0.797_884_560_802_865_4;
    let square = |(_, effect): &(usize, Vec<f64>)| {
        let error = crate::stats::moments(effect.iter().copied()).standard_error();
        error * error
    };
    MEAN_SIZE * (effects.iter().map(square).sum::<f64>() / effects.len() as f64).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::fake::{luck, unlike};

    fn effects(trajectories: &Trajectories, replicates: u64, f: impl Fn(&[f64], u64) -> f64) -> Vec<Effect> {
        let row = |point: &Vec<f64>| (0..replicates).map(|replicate| f(point, replicate)).collect();
        trajectories.effects(&trajectories.points.iter().map(row).collect::<Vec<_>>(), 1)
    }

    #[test]
    fn a_linear_function_has_its_slopes_and_nothing_else() {
        let trajectories = Trajectories::new(4, 20, 7);
        assert_eq!(trajectories.points.len(), 20 * 5);
        assert!(trajectories.points.iter().flatten().all(|x| (0.0..=1.0).contains(x)));
        let found = effects(&trajectories, 3, |x, replicate| 2.0 * x[0] - 3.0 * x[1] + 0.5 * x[2] + luck(replicate));
        for (effect, slope) in found.iter().zip([2.0, -3.0, 0.5, 0.0f64]) {
            assert!((effect.mu.estimate.value - slope).abs() < 1e-9, "{effect:?}");
            assert!((effect.mu_star.estimate.value - slope.abs()).abs() < 1e-9 && effect.count == 20);
            assert!(effect.sigma.estimate.value < 1e-6 && effect.luck < 1e-9);
        }
        assert_eq!(found.iter().map(|effect| effect.is_clear(3)).collect::<Vec<_>>(), [true, true, true, false]);
    }

    #[test]
    fn an_effect_that_changes_its_sign_shows_in_mu_star_and_sigma() {
        // The slope of the first is 4 (x1 - 1/2): on the grid -2, -2/3, 2/3, 2, so its mean size is 4/3 and its
        // standard deviation sqrt(20 / 9) = 1.49.
        let found = effects(&Trajectories::new(2, 400, 2), 2, |x, _| 4.0 * x[0] * (x[1] - 0.5));
        let (mu, mu_star, sigma) = (found[0].mu.estimate, found[0].mu_star.estimate, found[0].sigma.estimate);
        assert!(!mu.excludes(0.0) && (mu_star.value - 4.0 / 3.0).abs() < 0.1, "{mu:?} {mu_star:?}");
        assert!((sigma.value - 1.49).abs() < 0.1 && !sigma.excludes(1.49), "{sigma:?}");
    }

    #[test]
    fn luck_is_not_taken_for_an_effect() {
        // The second factor only changes which luck there is.
        let noisy = |x: &[f64], replicate: u64| 0.5 * x[0] + unlike(x, replicate);
        let found = effects(&Trajectories::new(2, 40, 1), 8, noisy);
        assert!(found[0].is_clear(8) && !found[1].is_clear(8), "{found:#?}");
        assert!(found[1].mu_star.estimate.value < 3.0 * found[1].luck, "{:?}", found[1]);
        assert!(found[0].mu.seeds > 0.0 && found[0].mu.seeds < 1.0);
    }

    #[test]
    fn undefined_outputs_cost_their_effects_only() {
        let found = effects(&Trajectories::new(2, 20, 1), 2, |x, _| if x[0] < 0.1 { f64::NAN } else { x[1] });
        assert!(found[0].count < 20 && found[1].count < 20 && found[1].count > 0);
        assert!((found[1].mu.estimate.value - 1.0).abs() < 1e-9);
    }
}
