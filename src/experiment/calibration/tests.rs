//! The method on problems whose answer is known from elsewhere.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::*;
use crate::math::normals;

/// A model without luck of its own.
fn exact(model: impl Fn(&[f64]) -> Vec<f64>) -> impl FnMut(usize, &[Vec<f64>]) -> Result<Vec<Vec<Answer>>, Stopped> {
    move |_, points| {
        let row = |point: &Vec<f64>| model(point).into_iter().map(|mean| Answer { mean, variance: 0.0 }).collect();
        Ok(points.iter().map(row).collect())
    }
}

fn moments(found: &Calibration, of: impl Fn(&[f64]) -> f64) -> (f64, f64) {
    let mean: f64 = found.rows.iter().map(|row| row.weight * of(&row.point)).sum();
    let square: f64 = found.rows.iter().map(|row| row.weight * (of(&row.point) - mean).powi(2)).sum();
    (mean, square.sqrt())
}

/// y0 = 2 x0 + x1 and y1 = x0 - x1, observed as 1.3 and 0.1 with standard deviations 0.06 and 0.03. The prior is flat and the
/// posterior far from its edges, so it is normal: precision A' S A and mean A^-1 y, by hand
///
/// ```text
/// x0 = (1.3 + 0.1) / 3 = 0.46667     sd = sqrt(0.06^2 + 0.03^2) / 3     = 0.02236
/// x1 = (1.3 - 2 0.1) / 3 = 0.36667   sd = sqrt(0.06^2 + 4 0.03^2) / 3   = 0.02828
/// covariance = (0.06^2 - 2 0.03^2) / 9 = 0.0002, correlation 0.31623
/// ```
#[test]
fn a_linear_normal_model_has_its_known_posterior() {
    let observed = [Observed::new("sum", 1.3, 0.06), Observed::new("difference", 0.1, 0.03)];
    let plan = Plan { rows: 1000, ..Plan::of(120, 3) };
    let found = calibrate(4, &observed, plan, &mut exact(|x| vec![2.0 * x[0] + x[1], x[0] - x[1]])).unwrap();
    let ((x0, sd0), (x1, sd1)) = (moments(&found, |x| x[0]), moments(&found, |x| x[1]));
    assert!((x0 - 0.466_67).abs() < 0.003 && (sd0 / 0.022_36 - 1.0).abs() < 0.1, "{x0} {sd0}");
    assert!((x1 - 0.366_67).abs() < 0.003 && (sd1 / 0.028_28 - 1.0).abs() < 0.1, "{x1} {sd1}");
    let (product, _) = moments(&found, |x| (x[0] - x0) * (x[1] - x1));
    assert!((product / (sd0 * sd1) - 0.316_23).abs() < 0.12, "{}", product / (sd0 * sd1));
    // What nothing was observed of stays as the prior has it.
    let (x2, sd2) = moments(&found, |x| x[2]);
    assert!((x2 - 0.5).abs() < 0.04 && (sd2 - 12f64.sqrt().recip()).abs() < 0.02, "{x2} {sd2}");
    assert!(found.effective_rows() > 900.0, "{}", found.effective_rows());
}

/// The square of the distance from the middle leaves two modes, at 0.2 and 0.8. Expected numbers by quadrature over the exact
/// posterior: each mode holds half, the upper has mean 0.79858 and sd 0.01687, and the second input is 0.6 - 0.3 x0 with sd 0.03.
#[test]
fn two_modes_are_both_found_with_their_shares() {
    let toy = |x: &[f64]| vec![(x[0] - 0.5) * (x[0] - 0.5), x[1] + 0.3 * x[0]];
    let observed = [Observed::new("square", 0.09, 0.01), Observed::new("sum", 0.6, 0.03)];
    let found = calibrate(2, &observed, Plan { rows: 1000, ..Plan::of(80, 8) }, &mut exact(toy)).unwrap();
    let (upper, _) = moments(&found, |x| f64::from(x[0] > 0.5));
    assert!((upper - 0.5).abs() < 0.08, "{upper}");
    let of_upper = |of: &dyn Fn(&[f64]) -> f64| moments(&found, |x| if x[0] > 0.5 { of(x) } else { 0.0 }).0 / upper;
    let mean = of_upper(&|x| x[0]);
    let sd = of_upper(&|x| (x[0] - mean) * (x[0] - mean)).sqrt();
    assert!((mean - 0.798_58).abs() < 0.004 && (sd / 0.016_87 - 1.0).abs() < 0.12, "{mean} {sd}");
    let (sum, sd) = moments(&found, |x| x[1] + 0.3 * x[0]);
    assert!((sum - 0.6).abs() < 0.004 && (sd / 0.03 - 1.0).abs() < 0.1, "{sum} {sd}");
}

/// Simulation-based calibration (Talts et al. 2018): inputs drawn from the prior, figures with their error from the model, ranks
/// of the inputs among the rows. Over 100 repeats ranks are uniform: chi square of 10 classes, 9 degrees, is beyond 27.9 once in a
/// thousand. A posterior that is too wide or too narrow shows sooner in the spread of the ranks: their mean square from the middle
/// is 1/12 with a standard error of sqrt((1/80 - 1/144) / 100) = 0.00745, and their mean 1/2 with one of 0.0289. The model has luck of its own and a third input that only blurs the figures, as parameters drawn along do.
#[test]
fn ranks_of_the_truth_are_uniform() {
    const CLASSES: usize = 10;
    let model =
        |x: &[f64]| vec![x[0] + 0.5 * x[1] * x[1], x[1] - 0.4 * x[0] + 0.2 * x[0] * x[1], x[0] * x[1] + 0.03 * x[2]];
    let (sds, luck_sd) = ([0.05, 0.08, 0.05], 0.01);
    let (mut counts, mut ranks) = ([[0usize; CLASSES]; 3], [const { Vec::new() }; 3]);
    for repeat in 0..100u64 {
        let mut luck = ChaCha8Rng::seed_from_u64(1000 + repeat);
        let truth: Vec<f64> = (0..3).map(|_| luck.random::<f64>()).collect();
        let figures = model(&truth);
        let mut normal = || f64::from(normals(luck.random::<u32>(), luck.random::<u32>()).0);
        let observed: Vec<Observed> = figures
            .iter()
            .zip(sds)
            .enumerate()
            .map(|(place, (figure, sd))| Observed::new(&place.to_string(), figure + sd * normal(), sd))
            .collect();
        let mut simulate = |_: usize, points: &[Vec<f64>]| {
            let mut row = |point: &Vec<f64>| {
                let answer = |mean| Answer { mean, variance: luck_sd * luck_sd };
                model(point).into_iter().map(|figure| answer(figure + luck_sd * normal())).collect()
            };
            Ok(points.iter().map(&mut row).collect())
        };
        let plan = Plan { waves: 2, rows: 99, ..Plan::of(40, repeat) };
        let found = calibrate(3, &observed, plan, &mut simulate).unwrap();
        for (input, counts) in counts.iter_mut().enumerate() {
            let below = moments(&found, |x| f64::from(x[input] < truth[input])).0;
            counts[((below * CLASSES as f64) as usize).min(CLASSES - 1)] += 1;
            ranks[input].push(below);
        }
    }
    for counts in counts {
        let square: f64 = counts.iter().map(|count| (*count as f64 - 10.0).powi(2) / 10.0).sum();
        assert!(square < 27.9, "{square}: {counts:?}");
    }
    for ranks in ranks {
        let mean = |of: &dyn Fn(f64) -> f64| ranks.iter().map(|rank| of(*rank)).sum::<f64>() / 100.0;
        let (middle, spread) = (mean(&|rank| rank), mean(&|rank| (rank - 0.5) * (rank - 0.5)));
        assert!((middle - 0.5).abs() < 3.0 * 0.0289, "{middle}");
        assert!((spread - 1.0 / 12.0).abs() < 3.0 * 0.00745, "{spread}");
    }
}

/// Of 60 inputs 4 matter; the others blur. The screening finds them, and the truth lies where the posterior says.
#[test]
fn inputs_that_matter_are_found_among_many() {
    let model = |x: &[f64]| {
        let blur = (20..60).map(|input| x[input] - 0.5).sum::<f64>() * 0.01;
        vec![3.0 * x[5] + x[9] * x[9] + blur, 2.0 * x[9] - x[13] + blur, x[13] + 0.5 * x[17] * x[5]]
    };
    let truth: Vec<f64> = (0..60).map(|input| 0.3 + 0.1 * f64::from(input % 5)).collect();
    let observed: Vec<Observed> =
        model(&truth).into_iter().enumerate().map(|(place, y)| Observed::new(&place.to_string(), y, 0.05)).collect();
    let plan = Plan { active: 6, waves: 3, ..Plan::of(200, 2) };
    let found = calibrate(60, &observed, plan, &mut exact(model)).unwrap();
    let active: Vec<usize> = found.active.iter().map(|active| active.input).collect();
    assert!([5, 9, 13].iter().all(|input| active.contains(input)), "{active:?}");
    for input in [5, 9, 13] {
        let (mean, sd) = moments(&found, |x| x[input]);
        assert!((mean - truth[input]).abs() < 3.0 * sd && sd < 0.15, "{input}: {mean} {sd}");
    }
    let volumes: Vec<f64> = found.waves.iter().map(|wave| wave.volume).collect();
    assert!(volumes[0] < 0.1 && volumes.is_sorted_by(|left, right| right <= &(left * 1.3)), "{volumes:?}");
    let again = calibrate(60, &observed, plan, &mut exact(model)).unwrap();
    assert_eq!(format!("{again:?}"), format!("{found:?}"));
}

#[test]
fn what_cannot_be_learned_is_refused() {
    let observed = [Observed::new("y", 1.0, 0.1)];
    let undefined = calibrate(2, &observed, Plan::of(50, 1), &mut exact(|_| vec![f64::NAN]));
    assert!(matches!(undefined, Err(Stopped::Question(what)) if what.contains("undefined at most points")));
    let stopped = calibrate(2, &observed, Plan::of(50, 1), &mut |_, _| Err(Stopped::OnRequest));
    assert!(matches!(stopped, Err(Stopped::OnRequest)));
    // Nothing of the model comes near: said, not hidden.
    let far = [Observed::new("y", 50.0, 0.1), Observed::new("z", 50.0, 0.1)];
    let found = calibrate(2, &far, Plan { waves: 1, ..Plan::of(50, 1) }, &mut exact(|x| vec![x[0], x[1]])).unwrap();
    assert!(!found.waves[0].reached);
}
