//! What the model gives for each figure at a point: few replicates, each with luck and a setting of its own.
//!
//! A mean is one of the runs. A median or quartile is one over as many settings as there are runs, one run in each; where the
//! chance of a trial blurs it, that chance is added as normal deviates spread evenly, so that it adds no noise. No two points
//! share their luck: what luck does at one is independent of what it does at the next, and emulators average it out.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::{
    experiment::{
        Job, Simulator, Stopped,
        calibration::Answer,
        validate::{Columned, Statistic, Target, columned, target_jobs},
    },
    math::normals,
    params::Quantity,
    scenario::{Declared, Scenario, Slot},
    stats,
};

/// Points simulated at once.
const POINTS_AT_ONCE: usize = 32;

/// Deviates that stand for the chance of a trial in each setting.
const DEVIATES: usize = 15;

/// Draws of the settings that tell how well a quantile is known.
const RESAMPLED: usize = 60;

/// How figures are simulated.
#[derive(Clone, Copy, Debug)]
pub struct Figures<'f> {
    /// The figures.
    pub targets: &'f [Target],
    /// What moves: parameters.
    pub inputs: &'f [Slot],
    /// Runs of each arm at each point.
    pub runs: u64,
    /// Seed of all luck.
    pub seed: u64,
    /// The value of an input at its coordinate of a point: what lies at that place of its prior, or the coordinate itself.
    pub value: fn(&Quantity, f64) -> f64,
}

/// What is declared of a parameter.
pub fn quantity(slot: &Slot) -> Option<&'static Quantity> {
    if let Declared::Quantity(quantity) = slot.declared { Some(quantity) } else { None }
}

impl Figures<'_> {
    /// Gives every input its value at `point` in `scenario`.
    fn put(&self, scenario: &mut Scenario, point: &[f64]) -> Result<(), String> {
        for (slot, place) in self.inputs.iter().zip(point) {
            if let Some(quantity) = quantity(slot) {
                scenario.assign(slot, (self.value)(quantity, *place)).map_err(|problem| problem.to_string())?;
            }
        }
        Ok(())
    }

    /// Runs that a point takes, figures that share their arms counted once for each.
    pub fn runs_a_point(&self) -> u64 {
        self.targets.iter().map(|target| target.arms.len() as u64 * self.runs).sum()
    }

    /// An answer for each figure at each of `points`, those of wave number `wave` from number `first` on.
    ///
    /// # Errors
    ///
    /// When the work was broken off, or a scenario cannot be made.
    pub fn simulate(
        &self,
        simulator: &mut dyn Simulator,
        (wave, first): (usize, usize),
        points: &[Vec<f64>],
    ) -> Result<Vec<Vec<Answer>>, Stopped> {
        let mut answers = Vec::with_capacity(points.len());
        for (block, some) in points.chunks(POINTS_AT_ONCE).enumerate() {
            let mut jobs: Vec<Job> = Vec::new();
            let mut parts = Vec::new();
            for (place, point) in some.iter().enumerate() {
                let seed = self.luck(wave, first + block * POINTS_AT_ONCE + place);
                for target in self.targets {
                    let (places, runs) = self.size(target);
                    let own = target_jobs(target, places, runs, seed, |scenario| self.put(scenario, point))?;
                    parts.push((target, jobs.len()..jobs.len() + own.len()));
                    jobs.extend(own);
                }
            }
            let ensembles = simulator.ensembles(&jobs)?;
            let mut block = Vec::with_capacity(parts.len());
            for (target, range) in parts {
                let (jobs, ensembles) = (&jobs[range.clone()], &ensembles[range]);
                let arms = target.arms.len().max(1);
                let contexts = jobs.chunks(arms).zip(ensembles.chunks(arms));
                let contexts = contexts.map(|(jobs, ensembles)| columned(target, jobs, ensembles));
                block.push(answer(target, &contexts.collect::<Result<Vec<_>, _>>()?));
            }
            answers.extend(block.chunks(self.targets.len()).map(<[Answer]>::to_vec));
        }
        Ok(answers)
    }

    /// Settings, and runs in each.
    fn size(&self, target: &Target) -> (usize, u64) {
        if target.statistic == Statistic::Mean { (1, self.runs) } else { (self.runs as usize, 1) }
    }

    /// The first of the seeds of a point, far from those of all others.
    fn luck(&self, wave: usize, place: usize) -> u64 {
        const APART: u64 = 1 << 16;
        // Of 53 bits, which scenarios can say exactly, 16 are left for the settings of a point, 16 for points, 5 for waves.
        ((self.seed % (1 << 16)) * (1 << 21) + wave as u64 * (1 << 16) + place as u64) * APART + 1
    }
}

/// The answer in the unit published, with its Monte Carlo variance.
fn answer(target: &Target, contexts: &[Columned]) -> Answer {
    let factor = target.factor();
    let (mean, variance) = match (target.statistic.share(), contexts) {
        (None, [one]) => of_runs(one),
        (None, _) => (f64::NAN, f64::NAN),
        (Some(share), all) => {
            let values: Vec<f64> = all.iter().map(|one| of_runs(one).0).collect();
            of_settings(&values, share, target.trial_error / factor)
        }
    };
    Answer { mean: mean * factor, variance: variance * factor * factor }
}

/// Mean of the runs, or ratio of means, with its variance; of a ratio by the delta method.
fn of_runs(columned: &Columned) -> (f64, f64) {
    let square = |error: f64| error * error;
    let Some(over) = &columned.over else {
        let moments = stats::moments(columned.value.iter().copied());
        return (moments.mean(), square(moments.standard_error()));
    };
    let both = columned.value.iter().zip(over).filter(|(value, over)| value.is_finite() && over.is_finite());
    let pairs: Vec<(f64, f64)> = both.map(|(value, over)| (*value, *over)).collect();
    let under = stats::moments(pairs.iter().map(|pair| pair.1)).mean();
    let ratio = stats::moments(pairs.iter().map(|pair| pair.0)).mean() / under;
    if !ratio.is_finite() {
        return (f64::NAN, f64::NAN);
    }
    let residual = stats::moments(pairs.iter().map(|(value, over)| value - ratio * over));
    (ratio, square(residual.standard_error() / under))
}

/// Quantile over settings, each blurred by a normal error, with its variance by drawing the settings anew.
fn of_settings(values: &[f64], share: f64, error: f64) -> (f64, f64) {
    let values: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
    if values.is_empty() {
        return (f64::NAN, f64::NAN);
    }
    let deviates = if error > 0.0 { even_deviates() } else { vec![0.0] };
    let blurred: Vec<Vec<f64>> =
        values.iter().map(|value| deviates.iter().map(|deviate| value + error * deviate).collect()).collect();
    let quantile = |chosen: &mut dyn Iterator<Item = usize>| {
        let all: Vec<f64> = chosen.flat_map(|place| blurred[place].iter().copied()).collect();
        stats::quantile(&all, share)
    };
    // The same draws everywhere: they are a rule of calculation, not luck.
    let mut luck = ChaCha8Rng::seed_from_u64(0);
    let spread = stats::moments((0..RESAMPLED).map(|_| {
        let drawn: Vec<usize> = values.iter().map(|_| luck.random_range(0..values.len())).collect();
        quantile(&mut drawn.into_iter())
    }));
    (quantile(&mut (0..values.len())), spread.sd() * spread.sd())
}

/// Standard normal deviates that halve the area between even quantiles, from a fine sample.
fn even_deviates() -> Vec<f64> {
    let mut luck = ChaCha8Rng::seed_from_u64(1);
    let fine: Vec<f64> = (0..4000).map(|_| f64::from(normals(luck.random(), luck.random()).0)).collect();
    // Each with its mirror image, so that they are even to both sides.
    let fine: Vec<f64> = fine.iter().flat_map(|deviate| [*deviate, -deviate]).collect();
    (0..DEVIATES).map(|place| stats::quantile(&fine, (place as f64 + 0.5) / DEVIATES as f64)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_and_a_ratio_have_their_variance() {
        let value = vec![1.0, 2.0, 3.0];
        let (mean, variance) = of_runs(&Columned { value: value.clone(), over: None });
        assert!((mean - 2.0).abs() < 1e-12 && (variance - 1.0 / 3.0).abs() < 1e-12, "{mean} {variance}");
        // By hand: residuals -0.5, 0, 0.5 about a ratio of 2 / 4, standard error 0.5 / sqrt 3 / 4.
        let (ratio, variance) = of_runs(&Columned { value, over: Some(vec![3.0, 4.0, 5.0]) });
        assert!((ratio - 0.5).abs() < 1e-12 && (variance - 0.25 / 3.0 / 16.0).abs() < 1e-12);
        assert!(of_runs(&Columned { value: vec![1.0, 1.0], over: Some(vec![0.0, 0.0]) }).0.is_nan());
    }

    #[test]
    fn quartiles_know_the_chance_of_a_trial() {
        // The upper quartile of a normal distribution lies 0.674 standard deviations above its middle.
        let (upper, variance) = of_settings(&[0.1; 8], 0.75, 0.05);
        assert!((upper - (0.1 + 0.674 * 0.05)).abs() < 0.003 && variance < 1e-12, "{upper}");
        let (middle, variance) = of_settings(&[0.0, 0.1, 0.2, 0.3, f64::NAN], 0.5, 0.0);
        assert!((middle - 0.15).abs() < 1e-12 && variance > 0.001 && variance < 0.02, "{middle} {variance}");
        assert!(of_settings(&[f64::NAN], 0.5, 1.0).0.is_nan());
    }
}
