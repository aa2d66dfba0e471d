//! What to measure next: by how much would each of a few further data narrow what is plausible of the answer?
//!
//! The answer `a` is the gain 24 months after support. Every weighted run also says what each datum would show, with the chance that
//! measuring has; call its numbers `x`. Over the runs `a` is regressed on `x` and its squares, by weights:
//!
//! ```text
//! a = b0 + sum over j of (b[j] x[j] + c[j] x[j]^2) + rest
//! width after = width now x sqrt(1 - R2)      R2 corrected for its coefficients by the effective sample size
//! ```
//!
//! This is preposterior analysis (Raiffa and Schlaifer 1961) by regression over a sample (Strong, Oakley and Brennan, Medical Decision
//! Making 2014;34:311-326), with a quadratic in place of their smooth one. What a survey or an audit scatters is assumed below.
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::{
    Fitted, LEAVERS, Lived, MOTIVATION, PRACTICE, REPORTED,
    forward::{Range, keeps_half},
    likelihood, mean_over,
};
use crate::{
    ensemble::Ensemble,
    experiment::{beside::Time, harm, weights},
    math,
    metrics::{self, WEEKS_A_YEAR},
    stats::{Estimate, proportion},
};

/// Share of staff who answer a survey.
const ANSWERS: f64 = 0.6;

/// Standard deviation of motivation between people.
const PEOPLE_DIFFER: f64 = 0.2;

/// Cases that an audit looks at.
const LOOKED_AT: f64 = 50.0;

/// Points more of the series.
const POINTS: usize = 6;

/// Equal candidates that a third of them must be worth to say what follows there.
const FEWEST_IN_A_THIRD: f64 = 10.0;

/// Weeks of a point where the data do not say.
const USUAL_STEP: f64 = 52.0 / 12.0;

/// What one further datum would be worth.
#[derive(Clone, Debug, PartialEq)]
pub struct Worth {
    /// What is measured.
    pub what: String,
    /// How much of the variance of the answer it would explain, from 0 to 1; NaN where it cannot be told.
    pub explains: f64,
    /// How far the ends of the answer lie apart now.
    pub now: f64,
    /// How far they would lie apart.
    pub after: f64,
}

/// The data listed, the one that narrows most first.
pub(super) fn worth(found: &Fitted, ensembles: &[Option<Ensemble>]) -> Vec<Worth> {
    let answers: Vec<f64> = found.lived.iter().map(|run| run.later).collect();
    let now = Range::of(&answers, &found.run_weights).width();
    let scene = Scene::of(found);
    let mut list: Vec<Worth> = scene
        .data()
        .into_iter()
        .map(|datum| {
            let rows = scene.rows(datum, found, ensembles);
            let explains = explained(&rows, &answers, &found.run_weights, found.worth);
            Worth { what: scene.name(datum), explains, now, after: now * (1.0 - explains).max(0.0).sqrt() }
        })
        .collect();
    list.sort_by(|left, right| left.after.total_cmp(&right.after));
    list
}

/// What the next points would do to the answer whether half is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// How many points.
    pub points: usize,
    /// A third of the fitted runs have a mean of them below this.
    pub low: f64,
    /// A third have one above this.
    pub high: f64,
    /// How plausible it is now that half is kept.
    pub now: f64,
    /// How plausible it would be after a mean below `low`.
    pub below: Estimate,
    /// How plausible it would be after a mean above `high`.
    pub above: Estimate,
}

impl Turn {
    /// Whether the likelier answer would be another one.
    pub fn turns(&self) -> bool {
        [self.below, self.above].iter().any(|after| (after.value < 0.5) != (self.now < 0.5))
    }

    /// Whether the answers after low and high points can be told apart.
    pub fn tells(&self) -> bool {
        self.below.high < self.above.low || self.above.high < self.below.low
    }
}

/// What more points of the series would do to the answer; none where too few runs agree with the data to say, or the scenario ends.
pub(super) fn turn(found: &Fitted, ensembles: &[Option<Ensemble>]) -> Option<Turn> {
    let scene = Scene::of(found);
    if !scene.data().contains(&Datum::Points) {
        return None;
    }
    let rows = scene.rows(Datum::Points, found, ensembles);
    let means: Vec<f64> = rows.iter().map(|row| row.first().copied().unwrap_or(f64::NAN)).collect();
    let [low, high] = weights::quantiles(&means, &found.run_weights, [1.0 / 3.0, 2.0 / 3.0]);
    let kept = |within: &dyn Fn(f64) -> bool| {
        let there = means.iter().zip(&found.lived).zip(&found.run_weights).filter(|((mean, _), _)| within(**mean));
        let (sum, all) = there.fold((0.0, 0.0), |(sum, all), ((_, run), weight)| {
            (if keeps_half(run.at_end, run.later) { sum + weight } else { sum }, all + weight)
        });
        sum / all
    };
    let third = (found.worth / 3.0).floor();
    let after = |within: &dyn Fn(f64) -> bool| proportion(kept(within), third as u64);
    let turn = Turn {
        points: scene.points.len(),
        low,
        high,
        now: kept(&|mean| mean.is_finite()),
        below: after(&|mean| mean <= low),
        above: after(&|mean| mean > high),
    };
    (third >= FEWEST_IN_A_THIRD && turn.below.value.is_finite() && turn.above.value.is_finite()).then_some(turn)
}

/// A datum that could be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Datum {
    Points,
    Survey,
    Turnover,
    Audit,
}

/// When and of how many.
struct Scene {
    programme: usize,
    /// Weeks of the further points.
    points: Vec<(f64, f64)>,
    /// Weeks of the last point that says anything.
    last: (f64, f64),
    /// Of how many a further point is counted; NaN where nothing is counted.
    of: f64,
    scatter: f64,
    posts: f64,
    times: Vec<Time>,
}

impl Scene {
    fn of(found: &Fitted) -> Self {
        let times: Vec<_> = found.times.iter().filter(|time| likelihood::says(time)).collect();
        let last = times.last().map_or((0.0, 1.0), |time| (time.from, time.to));
        let weeks = found.scenario.weeks() as f64;
        let last = (last.0.min(weeks - 1.0).max(0.0), last.1.min(weeks));
        let length = last.1 - last.0;
        let step = if length > 0.0 { length } else { USUAL_STEP };
        let counts: Vec<f64> = times.iter().rev().take(POINTS).map(|time| time.of).collect();
        let point = |number: usize| (last.1 + number as f64 * step, last.1 + (number + 1) as f64 * step);
        Self {
            programme: found.programme,
            points: (0..POINTS).map(point).filter(|(_, to)| to.round() <= weeks).collect(),
            last,
            of: counts.iter().sum::<f64>() / counts.len().max(1) as f64,
            scatter: found.scatter,
            posts: metrics::frontline_posts(&found.scenario),
            times: found.times.clone(),
        }
    }

    /// What `datum` would show in each run.
    fn rows(&self, datum: Datum, found: &Fitted, ensembles: &[Option<Ensemble>]) -> Vec<Vec<f64>> {
        let shown = |(number, run): (usize, &Lived)| {
            let ensemble = ensembles.get(run.candidate).and_then(Option::as_ref);
            let mut luck = ChaCha8Rng::seed_from_u64((number as u64) << 4 | datum as u64);
            ensemble.map_or_else(Vec::new, |ensemble| self.shown(datum, run, ensemble, &mut luck))
        };
        found.lived.iter().enumerate().map(shown).collect()
    }

    fn data(&self) -> Vec<Datum> {
        let points = (self.points.len() >= 2).then_some(Datum::Points);
        points.into_iter().chain([Datum::Survey, Datum::Turnover, Datum::Audit]).collect()
    }

    fn name(&self, datum: Datum) -> String {
        match datum {
            Datum::Points => format!("{} more points of the series", self.points.len()),
            Datum::Survey => format!("a survey of staff motivation now ({:.0} % answer)", ANSWERS * 100.0),
            Datum::Turnover => "how many staff left in the last year".into(),
            Datum::Audit => format!("an audit of {LOOKED_AT} cases now, true against reported"),
        }
    }

    /// What `datum` would show in one run.
    fn shown(&self, datum: Datum, run: &Lived, ensemble: &Ensemble, luck: &mut ChaCha8Rng) -> Vec<f64> {
        let weeks = |row: usize| ensemble.charted(run.luck, self.programme, row);
        let mut deviate = || f64::from(math::normals(luck.random(), luck.random()).0);
        let counted = |share: f64, of: f64, beyond: f64| {
            let share = likelihood::unsure(share);
            (share * (1.0 - share) * (1.0 + (of - 1.0).max(0.0) * beyond) / of).sqrt()
        };
        match datum {
            Datum::Points => {
                let done = run.harm.as_ref().map(|(_, prevented)| (weeks(PRACTICE), *prevented));
                let level = run.harm.as_ref().map_or(f64::NAN, |(done, by)| harm::level(&self.times, done, *by));
                let seen: Vec<f64> = self
                    .points
                    .iter()
                    .map(|(from, to)| {
                        if let Some((practice, prevented)) = done {
                            let mean = level * self.of * harm::left(prevented, mean_over(practice, *from, *to));
                            return (mean + (mean * (1.0 + self.scatter)).sqrt() * deviate()) / self.of;
                        }
                        let share = mean_over(weeks(REPORTED), *from, *to);
                        let sd = if self.of.is_finite() { counted(share, self.of, self.scatter) } else { self.scatter };
                        share + sd * deviate()
                    })
                    .collect();
                let mean = seen.iter().sum::<f64>() / seen.len() as f64;
                let middle = (seen.len() as f64 - 1.0) / 2.0;
                let slope = seen.iter().enumerate().map(|(place, value)| (place as f64 - middle) * value).sum();
                vec![mean, slope]
            }
            Datum::Survey => {
                let sd = PEOPLE_DIFFER / (self.posts * ANSWERS).max(1.0).sqrt();
                vec![mean_over(weeks(MOTIVATION), self.last.0, self.last.1) + sd * deviate()]
            }
            Datum::Turnover => {
                let to = self.last.1;
                vec![mean_over(weeks(LEAVERS), (to - WEEKS_A_YEAR).max(0.0), to)]
            }
            Datum::Audit => {
                let done = mean_over(weeks(PRACTICE), self.last.0, self.last.1);
                vec![done + counted(done, LOOKED_AT, 0.0) * deviate()]
            }
        }
    }
}

/// Share of the variance of `answers` that a quadratic of `rows` explains, by weights that are worth so many rows.
fn explained(rows: &[Vec<f64>], answers: &[f64], weights: &[f64], worth: f64) -> f64 {
    let factors = rows.iter().map(Vec::len).max().unwrap_or(0);
    let whole = |row: &Vec<f64>| row.len() == factors && row.iter().all(|value| value.is_finite());
    let there: Vec<(&Vec<f64>, f64, f64)> = rows
        .iter()
        .zip(answers)
        .zip(weights)
        .filter(|((row, answer), weight)| whole(row) && answer.is_finite() && **weight > 0.0)
        .map(|((row, answer), weight)| (row, *answer, *weight))
        .collect();
    let coefficients = 2 * factors + 1;
    if factors == 0 || worth <= coefficients as f64 + 2.0 {
        return f64::NAN;
    }
    let own: Vec<f64> = there.iter().map(|(_, _, weight)| *weight).collect();
    let scales: Vec<(f64, f64)> = (0..factors)
        .map(|factor| weights::mean_and_sd(&there.iter().map(|(row, ..)| row[factor]).collect::<Vec<_>>(), &own))
        .collect();
    let (mean, sd) = weights::mean_and_sd(&there.iter().map(|(_, answer, _)| *answer).collect::<Vec<_>>(), &own);
    if sd <= 0.0 {
        return f64::NAN;
    }
    let terms = |row: &[f64]| -> Vec<f64> {
        let scaled = row.iter().zip(&scales).map(|(value, (mean, sd))| (value - mean) / sd.max(1e-9));
        std::iter::once(1.0).chain(scaled.flat_map(|value| [value, value * value - 1.0])).collect()
    };
    let mut normal = vec![vec![0.0; coefficients + 1]; coefficients];
    for (row, answer, weight) in &there {
        let terms = terms(row);
        for (left, equation) in terms.iter().zip(&mut normal) {
            terms.iter().zip(equation.iter_mut()).for_each(|(right, cell)| *cell += weight * left * right);
            equation[coefficients] += weight * left * (answer - mean);
        }
    }
    let solution = solved(normal);
    let residual = |(row, answer, weight): &(&Vec<f64>, f64, f64)| {
        let fitted: f64 = terms(row).iter().zip(&solution).map(|(term, by)| term * by).sum();
        weight * (answer - mean - fitted) * (answer - mean - fitted)
    };
    let left = there.iter().map(residual).sum::<f64>() / own.iter().sum::<f64>() / (sd * sd);
    (1.0 - left * (worth - 1.0) / (worth - coefficients as f64)).clamp(0.0, 1.0)
}

/// Solves equations whose last column is the right side, by elimination; what they do not settle is 0.
fn solved(mut rows: Vec<Vec<f64>>) -> Vec<f64> {
    let size = rows.len();
    for column in 0..size {
        let largest = (column..size).max_by(|a, b| rows[*a][column].abs().total_cmp(&rows[*b][column].abs()));
        rows.swap(column, largest.unwrap_or(column));
        let pivot = rows[column].clone();
        if pivot[column].abs() < 1e-12 {
            continue;
        }
        for (place, row) in rows.iter_mut().enumerate() {
            if place != column {
                let times = row[column] / pivot[column];
                row.iter_mut().zip(&pivot).for_each(|(cell, by)| *cell -= times * by);
            }
        }
    }
    let one = |(place, row): (usize, &Vec<f64>)| {
        if row[place].abs() < 1e-12 { 0.0 } else { row[size] / row[place] }
    };
    rows.iter().enumerate().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_datum_that_tells_all_explains_all_and_noise_explains_nothing() {
        let xs: Vec<f64> = (0..400).map(|place| f64::from(place) / 400.0).collect();
        let rows: Vec<Vec<f64>> = xs.iter().map(|x| vec![*x]).collect();
        let answers: Vec<f64> = xs.iter().map(|x| 2.0 - x + 3.0 * x * x).collect();
        let weights = vec![1.0 / 400.0; 400];
        assert!(explained(&rows, &answers, &weights, 400.0) > 0.999);
        let mut luck = ChaCha8Rng::seed_from_u64(3);
        let noise: Vec<Vec<f64>> = xs.iter().map(|_| vec![luck.random::<f64>()]).collect();
        assert!(explained(&noise, &answers, &weights, 400.0) < 0.03);
        // Half the variance: the answer and as much noise again.
        let noisy: Vec<Vec<f64>> = xs.iter().map(|x| vec![x + (luck.random::<f64>() - 0.5)]).collect();
        let half = explained(&noisy, &xs, &weights, 400.0);
        assert!((half - 0.5).abs() < 0.08, "{half}");
        assert!(explained(&rows, &answers, &weights, 4.0).is_nan());
    }
}
