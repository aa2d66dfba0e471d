//! An emulator: a guess, with its uncertainty, of what the model would answer at a point, learned from points simulated.
//!
//! ```text
//! y(x) = sum of b_k h_k(x) + g(x) + e
//! h      1, inputs, their squares, products of two of the strongest: those that matter, by forward selection
//! g      Gaussian process with covariance s2 share (1 + d2 / 4 l2)^-2, d2 the squared distance in the strongest inputs
//! e      independent, variance s2 (1 - share): Monte Carlo error, and what the inputs do that are left out
//! ```
//!
//! The covariance is the rational quadratic one (Rasmussen and Williams 2006, 4.19): smooth, and made of arithmetic only.
//! `share` and `l` have the largest likelihood on a grid. Whether the guesses are as good as they say is tested on a fifth of
//! the points, which the emulator has not seen; where they miss by more, its variance is blown up to what was missed.

use super::{Answer, select::forward};
use crate::experiment::matrix::{Cholesky, dot};

/// Terms beside the constant, at most.
const MOST_TERMS: usize = 45;

/// Inputs whose products are tried.
const PAIRED: usize = 8;

/// A term must be so many standard errors from nothing.
const THRESHOLD: f64 = 2.8;

/// Inputs in which the Gaussian process knows distance, at most.
const NEAR: usize = 8;

/// Points that the Gaussian process remembers, at most: the last ones, which lie closest to what is looked for.
const REMEMBERED: usize = 400;

/// Points on which its shape is chosen.
const FOR_SHAPE: usize = 200;

/// Part of the variance that the Gaussian process takes, to be tried.
const SHARES: [f64; 7] = [0.0, 0.25, 0.5, 0.75, 0.9, 0.99, 0.9999];

/// Lengths to be tried, in units of the root of half the number of inputs.
const LENGTHS: [f64; 5] = [0.1, 0.2, 0.4, 0.8, 1.6];

/// Fewest points to learn from.
pub const FEWEST_POINTS: usize = 16;

/// How good an emulator is at points that it has not seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quality {
    /// Points it learned from.
    pub points: usize,
    /// Part of the variance of unseen answers, Monte Carlo error taken off, that it explains.
    pub explained: f64,
    /// Part of unseen answers that lie within 1.96 of its standard deviations.
    pub covered: f64,
    /// What its variance was multiplied with for that.
    pub blown_up: f64,
}

/// An emulator of one figure.
#[derive(Clone, Debug)]
pub struct Emulator {
    terms: Vec<Term>,
    coefficients: Vec<f64>,
    /// Of the products of terms over all points.
    products: Cholesky,
    shape: Shape,
    /// What is left of the residual's variance beside the Gaussian process, Monte Carlo error taken off.
    unexplained: f64,
    remembered: Vec<Vec<f64>>,
    weights: Vec<f64>,
    covariance: Cholesky,
    /// How good it is.
    pub quality: Quality,
}

/// The Gaussian process, before it has seen anything.
#[derive(Clone, Debug)]
struct Shape {
    /// The inputs in which it knows distance.
    near: Vec<usize>,
    length: f64,
    share: f64,
    /// Variance of the residual.
    variance: f64,
}

/// A function of the inputs.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Term {
    One,
    Linear(usize),
    Square(usize),
    Product(usize, usize),
}

impl Term {
    /// Centred, so that terms know little of each other.
    fn at(self, point: &[f64]) -> f64 {
        let from_middle = |input: usize| point[input] - 0.5;
        match self {
            Self::One => 1.0,
            Self::Linear(input) => from_middle(input),
            Self::Square(input) => from_middle(input) * from_middle(input) - 1.0 / 12.0,
            Self::Product(first, second) => from_middle(first) * from_middle(second),
        }
    }
}

impl Emulator {
    /// Learns from `answers` at `points`; none where there are too few.
    pub fn learn(points: &[Vec<f64>], answers: &[Answer]) -> Option<Self> {
        let count = points.len();
        if count < FEWEST_POINTS {
            return None;
        }
        let held_out = |place: &usize| place % 5 == 2;
        let part = |wanted: &dyn Fn(&usize) -> bool| -> (Vec<Vec<f64>>, Vec<Answer>) {
            (0..count).filter(wanted).map(|place| (points[place].clone(), answers[place])).unzip()
        };
        let (seen, unseen) = (part(&|place| !held_out(place)), part(&held_out));
        let mut quality = Self::fit(&seen.0, &seen.1)?.tested(&unseen.0, &unseen.1);
        let mut made = Self::fit(points, answers)?;
        quality.points = count;
        made.shape.variance *= quality.blown_up;
        made.unexplained *= quality.blown_up;
        made.quality = quality;
        Some(made)
    }

    fn fit(points: &[Vec<f64>], answers: &[Answer]) -> Option<Self> {
        let inputs = points.first()?.len();
        let values: Vec<f64> = answers.iter().map(|answer| answer.mean).collect();
        let (terms, order) = chosen(points, &values, inputs);
        let rows: Vec<Vec<f64>> =
            points.iter().map(|point| terms.iter().map(|term| term.at(point)).collect()).collect();
        let columns: Vec<Vec<f64>> = (0..terms.len()).map(|term| rows.iter().map(|row| row[term]).collect()).collect();
        let products = Cholesky::of(terms.len(), |row, column| {
            // A trace of a ridge, so that terms that are nearly alike can be told apart.
            dot(&columns[row], &columns[column]) + if row == column { 1e-6 } else { 0.0 }
        })?;
        let sums: Vec<f64> = columns.iter().map(|column| dot(column, &values)).collect();
        let coefficients = products.solve(&sums);
        let residual: Vec<f64> = rows.iter().zip(&values).map(|(row, value)| value - dot(row, &coefficients)).collect();
        let near: Vec<usize> =
            if inputs <= NEAR { (0..inputs).collect() } else { order.into_iter().take(NEAR).collect() };
        let freedom = (points.len() as f64 - terms.len() as f64).max(1.0);
        let at_least = 1e-16 * values.iter().map(|value| value * value).sum::<f64>() / values.len() as f64 + 1e-300;
        let spread = (dot(&residual, &residual) / freedom).max(at_least);
        let from = points.len().saturating_sub(REMEMBERED);
        let remembered: Vec<Vec<f64>> =
            points[from..].iter().map(|point| near.iter().map(|&input| point[input]).collect()).collect();
        let (shape, covariance) = Shape::of(near, &remembered, &residual[from..], spread)?;
        let weights = covariance.solve(&residual[from..]);
        // Of an answer that was drawn in, the error was too: it is no larger than all that is left.
        let luck = answers.iter().map(|answer| answer.variance.clamp(0.0, spread)).filter(|luck| luck.is_finite());
        let luck = luck.sum::<f64>() / answers.len() as f64;
        let unexplained = (shape.variance * (1.0 - shape.share) - luck).max(0.0);
        let quality = Quality { points: points.len(), explained: f64::NAN, covered: f64::NAN, blown_up: 1.0 };
        Some(Self { terms, coefficients, products, shape, unexplained, remembered, weights, covariance, quality })
    }

    /// How well the emulator does at points that it has not seen.
    fn tested(&self, points: &[Vec<f64>], answers: &[Answer]) -> Quality {
        let mean = answers.iter().map(|answer| answer.mean).sum::<f64>() / answers.len() as f64;
        let (mut missed, mut spread, mut squares, mut within, mut luck) = (0.0, 0.0, 0.0, 0, 0.0);
        for (point, answer) in points.iter().zip(answers) {
            let guess = self.guess(point);
            let off = answer.mean - guess.mean;
            let square = off * off / (guess.variance + answer.variance.max(0.0)).max(1e-300);
            // A few far off must not decide for all.
            squares += square.min(25.0);
            within += usize::from(square <= 1.96 * 1.96);
            missed += off * off;
            luck += answer.variance.max(0.0);
            spread += (answer.mean - mean) * (answer.mean - mean);
        }
        let count = points.len() as f64;
        let explained = 1.0 - (missed - luck).max(0.0) / (spread - luck).max(1e-300);
        Quality {
            points: points.len(),
            explained: explained.clamp(-1.0, 1.0),
            covered: within as f64 / count,
            blown_up: (squares / count).max(1.0),
        }
    }

    /// The same guess with the most that its variance can be, as if nothing had been seen nearby: quick to tell.
    pub fn guess_roughly(&self, point: &[f64]) -> Answer {
        let (mean, _) = self.mean(point);
        Answer {
            mean,
            variance: self.shape.variance * (self.of_the_terms(point) + self.shape.share) + self.unexplained,
        }
    }

    /// What is not known of the coefficients, in units of the variance.
    fn of_the_terms(&self, point: &[f64]) -> f64 {
        let row: Vec<f64> = self.terms.iter().map(|term| term.at(point)).collect();
        let half = self.products.half(&row);
        dot(&half, &half)
    }

    fn mean(&self, point: &[f64]) -> (f64, Vec<f64>) {
        let row = self.terms.iter().zip(&self.coefficients);
        let trend: f64 = row.map(|(term, coefficient)| term.at(point) * coefficient).sum();
        if self.shape.share <= 0.0 {
            return (trend, Vec::new());
        }
        let own: Vec<f64> = self.shape.near.iter().map(|&input| point[input]).collect();
        let alike: Vec<f64> =
            self.remembered.iter().map(|other| self.shape.share * self.shape.alike(&own, other)).collect();
        (trend + dot(&alike, &self.weights), alike)
    }

    /// What the model would answer at `point` on average over luck, and the variance of what is not known of that.
    pub fn guess(&self, point: &[f64]) -> Answer {
        let (mean, alike) = self.mean(point);
        let mut open = self.of_the_terms(point);
        if !alike.is_empty() {
            let half = self.covariance.half(&alike);
            open += (self.shape.share - dot(&half, &half)).max(0.0);
        }
        Answer { mean, variance: self.shape.variance * open + self.unexplained }
    }
}

/// The terms that matter, and the inputs in the order in which they were found to.
fn chosen(points: &[Vec<f64>], values: &[f64], inputs: usize) -> (Vec<Term>, Vec<usize>) {
    let column = |term: &Term| -> Vec<f64> { points.iter().map(|point| term.at(point)).collect() };
    let most = MOST_TERMS.min(points.len() / 4);
    let linear: Vec<Term> = (0..inputs).flat_map(|input| [Term::Linear(input), Term::Square(input)]).collect();
    let taken = forward(linear.iter().map(column).collect(), values, most, THRESHOLD);
    let mut order: Vec<usize> = Vec::new();
    let strongest = taken.iter().map(|taken| taken.column / 2).chain(0..inputs);
    for input in strongest {
        if !order.contains(&input) {
            order.push(input);
        }
    }
    let strong: Vec<usize> = order.iter().copied().take(PAIRED).collect();
    let products = strong
        .iter()
        .enumerate()
        .flat_map(|(place, &first)| strong[place + 1..].iter().map(move |&second| Term::Product(first, second)));
    let all: Vec<Term> = linear.iter().copied().chain(products).collect();
    let taken = forward(all.iter().map(column).collect(), values, most, THRESHOLD);
    let terms = std::iter::once(Term::One).chain(taken.iter().map(|taken| all[taken.column])).collect();
    (terms, order)
}

impl Shape {
    /// The shape under which `residual` is most likely, and the covariance of it at `points`, in units of the variance.
    fn of(near: Vec<usize>, points: &[Vec<f64>], residual: &[f64], spread: f64) -> Option<(Self, Cholesky)> {
        let step = points.len().div_ceil(FOR_SHAPE).max(1);
        let (few, left): (Vec<&Vec<f64>>, Vec<f64>) =
            points.iter().zip(residual).step_by(step).map(|(point, residual)| (point, *residual)).unzip();
        let scale = (near.len().max(1) as f64 / 2.0).sqrt();
        let mut best: Option<(f64, f64, f64)> = None;
        for share in SHARES {
            for length in LENGTHS.map(|length| length * scale) {
                let shape = Self { near: Vec::new(), length, share, variance: 1.0 };
                let Some(factor) = shape.covariance(few.len(), |place| few[place]) else { continue };
                let half = factor.half(&left);
                let variance = (dot(&half, &half) / few.len() as f64).max(1e-300);
                let likelihood = -0.5 * few.len() as f64 * libm::log(variance) - factor.half_log_determinant();
                if best.is_none_or(|(most, ..)| likelihood > most) {
                    best = Some((likelihood, share, length));
                }
                if share <= 0.0 {
                    break;
                }
            }
        }
        let (_, share, length) = best?;
        let mut shape = Self { near, length, share, variance: spread };
        let covariance = shape.covariance(points.len(), |place| &points[place])?;
        let half = covariance.half(residual);
        shape.variance = (dot(&half, &half) / points.len() as f64).max(1e-9 * spread);
        if share <= 0.0 {
            shape.variance = spread;
        }
        Some((shape, covariance))
    }

    fn covariance<'p>(&self, size: usize, point: impl Fn(usize) -> &'p Vec<f64>) -> Option<Cholesky> {
        Cholesky::of(
            size,
            |row, column| {
                if row == column { 1.0 } else { self.share * self.alike(point(row), point(column)) }
            },
        )
    }

    /// How alike the answers at two points are, from 0 to 1.
    fn alike(&self, left: &[f64], right: &[f64]) -> f64 {
        let distance: f64 = left.iter().zip(right).map(|(left, right)| (left - right) * (left - right)).sum();
        let root = 1.0 + distance / (4.0 * self.length * self.length);
        1.0 / (root * root)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::points::{latin_hypercube, sobol};

    fn known(points: &[Vec<f64>], f: impl Fn(&[f64]) -> f64) -> Vec<Answer> {
        points.iter().map(|point| Answer { mean: f(point), variance: 0.0 }).collect()
    }

    #[test]
    fn a_smooth_function_of_two_inputs_is_learned_to_two_hundredths() {
        let wavy = |x: &[f64]| (3.0 * x[0]).sin() + x[1] * (2.0 * x[0] + x[1]).cos();
        let points = sobol(80, 2, 1);
        let emulator = Emulator::learn(&points, &known(&points, wavy)).unwrap();
        for point in latin_hypercube(50, 2, 9) {
            let guess = emulator.guess(&point);
            assert!((guess.mean - wavy(&point)).abs() < 2e-2, "{guess:?} {}", wavy(&point));
        }
        assert!(emulator.quality.explained > 0.999, "{:?}", emulator.quality);
    }

    /// Thirty inputs of which five matter, and luck of standard deviation 0.3.
    #[test]
    fn what_is_noise_is_known_to_be_noise() {
        let truth = |x: &[f64]| 2.0 * x[3] - x[7] + 1.5 * x[11] * x[3] + x[20] * x[20];
        let points = latin_hypercube(400, 31, 5);
        let noisy: Vec<Answer> = points
            .iter()
            .map(|point| Answer { mean: truth(point) + 0.3 * 12f64.sqrt() * (point[30] - 0.5), variance: 0.09 })
            .collect();
        let inputs: Vec<Vec<f64>> = points.iter().map(|point| point[..30].to_vec()).collect();
        let emulator = Emulator::learn(&inputs, &noisy).unwrap();
        let unseen = latin_hypercube(200, 30, 6);
        let off: Vec<(f64, f64)> = unseen
            .iter()
            .map(|point| (emulator.guess(point).mean - truth(point), emulator.guess(point).variance))
            .collect();
        let error = (off.iter().map(|(off, _)| off * off).sum::<f64>() / 200.0).sqrt();
        assert!(error < 0.12, "{error}");
        let within = off.iter().filter(|(off, variance)| off * off < 4.0 * variance).count();
        assert!(within > 170, "{within} of 200");
        assert!(emulator.quality.explained > 0.9 && emulator.quality.covered > 0.85, "{:?}", emulator.quality);
        assert!(Emulator::learn(&inputs[..10], &noisy[..10]).is_none());
    }
}
