//! Scenario discovery: where in the space of uncertainties do failures lie? The patient rule induction method.
//!
//! Friedman and Fisher (1999) peel a box: of all points, the slice of some share at either end of some factor is cut off
//! whose loss leaves the largest share of failures, again and again, until few points are left. Bryant and Lempert (2010)
//! read the boxes on this way as scenarios: *density* is the share of failures in a box, *coverage* the share of all
//! failures that lie in it. Here the choice is made by rule, so that the same numbers give the same box:
//!
//! ```text
//! t     = (base + peak) / 2            half-way from the share of failures everywhere to that in the last box peeled
//! score = sum over the box (y - t)     points count for a box where failures are nearer to the peak than to the base
//! ```
//!
//! The box of the best score is taken, and each of its sides moved to where the score is best, given the other sides
//! (pasting, done exactly: the stretch of points with the largest sum). Two tests by shuffling keep chance out: there is
//! no box where shuffled outcomes peel as well as the real ones do, and no restriction where shuffled outcomes along its
//! factor give as good a stretch. What the tests allow is still found and measured on the same points, so density and
//! coverage are to be taken from fresh ones ([`measure`]).
use rand::{SeedableRng, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;
use serde::Serialize;

use crate::stats::{Estimate, mean, proportion, ratio_of_means};

/// Share of the points left that each peel cuts off.
const PEEL: f64 = 0.05;

/// Share of all points that a box holds at least.
const LEAST: f64 = 0.05;

/// Shuffles of the test whether there is a box.
const SHUFFLES: usize = 199;

/// Shuffles of the test of a restriction: more, as it is shared among factors.
const SHUFFLES_OF_RESTRICTION: usize = 1999;

/// Chance of a box where there is none, at most.
const LEVEL: f64 = 0.01;

/// Chance that any restriction of a box is chance, at most.
const LEVEL_OF_RESTRICTIONS: f64 = 0.05;

/// A side or two of a box.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Restriction {
    /// Place of the factor in a point.
    pub factor: usize,
    /// Values above this only; minus infinity where it is open.
    pub low: f64,
    /// Values below this only; infinity where it is open.
    pub high: f64,
    /// Probability of so good a stretch if the factor made no difference in the rest of the box.
    pub chance: f64,
}

impl Restriction {
    /// Whether `point` lies within.
    pub fn holds(&self, point: &[f64]) -> bool {
        point.get(self.factor).is_some_and(|&value| self.low < value && value < self.high)
    }
}

/// A box, measured on the points it was found with.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Found {
    /// Its sides, at least one; the one that matters most first.
    pub restrictions: Vec<Restriction>,
    /// Share of failures in it.
    pub density: f64,
    /// Share of all failures that lie in it.
    pub coverage: f64,
    /// Share of all points that lie in it.
    pub support: f64,
    /// Probability of peeling so well if no factor made any difference.
    pub chance: f64,
}

/// A box, measured on points that had no part in finding it; intervals are over points.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Measured {
    /// Share of failures in it.
    pub density: Estimate,
    /// Share of all failures that lie in it.
    pub coverage: Estimate,
    /// Share of failures anywhere.
    pub base: Estimate,
    /// Share of failures in it minus that outside, boxes found earlier left out.
    pub lift: Estimate,
}

/// For each factor the values between which the box lies.
type Sides = Vec<(f64, f64)>;

/// A factor without restriction.
const OPEN: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);

/// A box on the way from all points to few.
struct Peeled {
    sides: Sides,
    count: usize,
    density: f64,
}

/// The box in which failures crowd, if there is one. A row of `points` for each point, a coordinate for each factor;
/// `failing` is the share of failures at each point, from 0 to 1. `seed` is for the shuffles.
pub fn discover(points: &[Vec<f64>], failing: &[f64], seed: u64) -> Option<Found> {
    let factors = points.first()?.len();
    let count = points.len().min(failing.len());
    let (points, failing) = (points.get(..count)?, failing.get(..count)?);
    let everything: Vec<usize> = (0..count).collect();
    let base = average(failing, &everything);
    let orders: Vec<Vec<usize>> = (0..factors).map(|factor| ordered(points, factor, everything.clone())).collect();
    let peeled = peel(points, failing, &orders);
    let mut luck = ChaCha8Rng::seed_from_u64(seed);
    let seen = most_excess(&peeled, base);
    let mut shuffled = failing.to_vec();
    let chance = chance(SHUFFLES, || {
        shuffled.shuffle(&mut luck);
        most_excess(&peel(points, &shuffled, &orders), base) >= seen
    });
    let peak = peeled.last()?.density;
    if chance > LEVEL || peak <= base {
        return None;
    }
    let threshold = (base + peak) / 2.0;
    let score = |step: &Peeled| step.count as f64 * (step.density - threshold);
    let mut sides = peeled.iter().max_by(|left, right| score(left).total_cmp(&score(right)))?.sides.clone();
    loop {
        paste(points, failing, &mut sides, threshold);
        let restricted = (0..factors).filter(|&factor| sides.get(factor) != Some(&OPEN));
        let mut restrictions: Vec<Restriction> =
            restricted.map(|factor| tested(points, failing, &sides, factor, &mut luck)).collect();
        restrictions.sort_by(|left, right| left.chance.total_cmp(&right.chance).then(left.factor.cmp(&right.factor)));
        let worst = restrictions.last()?;
        if worst.chance <= LEVEL_OF_RESTRICTIONS / factors as f64 {
            let inside = members(points, &sides, None);
            let failures = |places: &[usize]| places.iter().filter_map(|&place| failing.get(place)).sum::<f64>();
            return Some(Found {
                density: average(failing, &inside),
                coverage: failures(&inside) / failures(&everything),
                support: inside.len() as f64 / count as f64,
                restrictions,
                chance,
            });
        }
        *sides.get_mut(worst.factor)? = OPEN;
    }
}

/// Density, coverage and lift of the box with `restrictions` on other points than it was found with. Points in one of the
/// boxes found `earlier` are left out, but for the failures of which coverage is a share.
pub fn measure(
    restrictions: &[Restriction],
    earlier: &[&[Restriction]],
    points: &[Vec<f64>],
    failing: &[f64],
) -> Measured {
    let within = |sides: &[Restriction], point: &[f64]| sides.iter().all(|side| side.holds(point));
    let left = |point: &[f64]| !earlier.iter().any(|sides| within(sides, point));
    let share = |of: &dyn Fn(&[f64]) -> bool| points.iter().map(|point| f64::from(of(point))).collect::<Vec<f64>>();
    let inside = share(&|point| left(point) && within(restrictions, point));
    let outside = share(&|point| left(point) && !within(restrictions, point));
    let both = |share: &[f64]| share.iter().zip(failing).map(|(share, failing)| share * failing).collect::<Vec<f64>>();
    let density = ratio_of_means(&both(&inside), &inside);
    let elsewhere = ratio_of_means(&both(&outside), &outside);
    // Two independent groups of points: their squared half widths add up.
    let (one, other) = (density.half_width(), elsewhere.half_width());
    let (lift, half) = (density.value - elsewhere.value, (one * one + other * other).sqrt());
    let held = inside.iter().sum::<f64>();
    Measured {
        density: never_certain(density, held),
        coverage: never_certain(ratio_of_means(&both(&inside), failing), failing.iter().sum()),
        base: never_certain(mean(failing.iter().copied()), failing.len() as f64),
        lift: Estimate { value: lift, low: lift - half, high: lift + half, sd: f64::NAN, count: density.count },
    }
}

/// An interval within 0 and 1. Where all of `count` points agree, the spread between them says nothing, but how few they
/// are still does.
fn never_certain(share: Estimate, count: f64) -> Estimate {
    if share.half_width() == 0.0 && count >= 1.0 {
        return proportion(share.value, count as u64);
    }
    Estimate { low: share.low.max(0.0), high: share.high.min(1.0), ..share }
}

/// Peels from all points down to few: every box on the way, the first without sides.
fn peel(points: &[Vec<f64>], failing: &[f64], orders: &[Vec<usize>]) -> Vec<Peeled> {
    let mut orders = orders.to_vec();
    let least = ((points.len() as f64 * LEAST).ceil() as usize).max(2);
    let all = orders.first().cloned().unwrap_or_default();
    let mut sides = vec![OPEN; orders.len()];
    let mut steps = vec![Peeled { sides: sides.clone(), count: all.len(), density: average(failing, &all) }];
    loop {
        let left = orders.first().map_or(0, Vec::len);
        let off = ((left as f64 * PEEL).floor() as usize).max(1);
        if left < least + off {
            return steps;
        }
        let candidates = orders.iter().enumerate().flat_map(|(factor, order)| {
            let (low, high) = (order.get(off..).unwrap_or_default(), order.get(..left - off).unwrap_or_default());
            [(average(failing, low), factor, true), (average(failing, high), factor, false)]
        });
        // The first of equals, so that the order of factors alone decides ties.
        let best = candidates.reduce(|best, other| if other.0 > best.0 { other } else { best });
        let Some((density, factor, low)) = best else { return steps };
        let Some((order, side)) = orders.get(factor).zip(sides.get_mut(factor)) else { return steps };
        let cut = if low { off } else { left - off };
        let edge = midway(points, factor, order, cut);
        *side = if low { (edge, side.1) } else { (side.0, edge) };
        let mut keeps = vec![false; points.len()];
        let kept = if low { order.get(cut..) } else { order.get(..cut) };
        for &place in kept.unwrap_or_default() {
            if let Some(keeps) = keeps.get_mut(place) {
                *keeps = true;
            }
        }
        for order in &mut orders {
            order.retain(|&place| keeps.get(place).copied().unwrap_or(false));
        }
        steps.push(Peeled { sides: sides.clone(), count: left - off, density });
    }
}

/// Most failures beyond those expected that any box on the way holds.
fn most_excess(steps: &[Peeled], base: f64) -> f64 {
    steps.iter().map(|step| step.count as f64 * (step.density - base)).fold(0.0, f64::max)
}

/// Moves the sides of every restricted factor to where the box scores best, given the others, until nothing moves.
fn paste(points: &[Vec<f64>], failing: &[f64], sides: &mut Sides, threshold: f64) {
    const ROUNDS: usize = 20;
    let least = points.len() as f64 * LEAST;
    for _ in 0..ROUNDS {
        let before = sides.clone();
        for factor in 0..sides.len() {
            if sides.get(factor) == Some(&OPEN) {
                continue;
            }
            let order = ordered(points, factor, members(points, sides, Some(factor)));
            let (_, mut from, mut to) = best_stretch(failing, &order, threshold);
            if ((to - from) as f64) < least {
                continue;
            }
            // A side that cuts off less than a peel would is the luck of the outermost points.
            let few = order.len() as f64 * PEEL;
            if (from as f64) < few {
                from = 0;
            }
            if ((order.len() - to) as f64) < few {
                to = order.len();
            }
            if let Some(side) = sides.get_mut(factor) {
                let low = if from == 0 { OPEN.0 } else { midway(points, factor, &order, from) };
                let high = if to == order.len() { OPEN.1 } else { midway(points, factor, &order, to) };
                *side = (low, high);
            }
        }
        if *sides == before {
            return;
        }
    }
}

/// The restriction of `factor`, with the probability of as good a stretch along it by chance in the rest of the box.
fn tested(points: &[Vec<f64>], failing: &[f64], sides: &Sides, factor: usize, luck: &mut ChaCha8Rng) -> Restriction {
    let order = ordered(points, factor, members(points, sides, Some(factor)));
    let mut outcomes: Vec<f64> = order.iter().filter_map(|&place| failing.get(place)).copied().collect();
    let in_order: Vec<usize> = (0..outcomes.len()).collect();
    let base = average(&outcomes, &in_order);
    let seen = best_stretch(&outcomes, &in_order, base).0;
    let chance = chance(SHUFFLES_OF_RESTRICTION, || {
        outcomes.shuffle(luck);
        best_stretch(&outcomes, &in_order, base).0 >= seen
    });
    let (low, high) = sides.get(factor).copied().unwrap_or(OPEN);
    Restriction { factor, low, high, chance }
}

/// The stretch of `order` with the largest sum of `failing` minus `threshold`: sum, first place, place after the last.
fn best_stretch(failing: &[f64], order: &[usize], threshold: f64) -> (f64, usize, usize) {
    let (mut best, mut sum, mut from) = ((0.0, 0, 0), 0.0, 0);
    for (place, &point) in order.iter().enumerate() {
        if sum <= 0.0 {
            (sum, from) = (0.0, place);
        }
        sum += failing.get(point).copied().unwrap_or(threshold) - threshold;
        if sum > best.0 {
            best = (sum, from, place + 1);
        }
    }
    best
}

/// Share of `shuffles` that were as good, the real outcomes counted among them: never 0.
fn chance(shuffles: usize, mut as_good: impl FnMut() -> bool) -> f64 {
    let good = (0..shuffles).filter(|_| as_good()).count();
    (good + 1) as f64 / (shuffles + 1) as f64
}

/// Points in the box, leaving the sides of `except` out of account.
fn members(points: &[Vec<f64>], sides: &Sides, except: Option<usize>) -> Vec<usize> {
    let within = |(factor, (low, high)): (usize, &(f64, f64)), point: &[f64]| {
        except == Some(factor) || point.get(factor).is_some_and(|value| low < value && value < high)
    };
    let inside = |point: &[f64]| sides.iter().enumerate().all(|side| within(side, point));
    (0..points.len()).filter(|&place| points.get(place).is_some_and(|point| inside(point))).collect()
}

/// `places` by their coordinate in `factor`.
fn ordered(points: &[Vec<f64>], factor: usize, mut places: Vec<usize>) -> Vec<usize> {
    places.sort_by(|&left, &right| coordinate(points, left, factor).total_cmp(&coordinate(points, right, factor)));
    places
}

fn coordinate(points: &[Vec<f64>], place: usize, factor: usize) -> f64 {
    points.get(place).and_then(|point| point.get(factor)).copied().unwrap_or(f64::NAN)
}

/// Half-way between the point at `cut` in `order` and the one before.
fn midway(points: &[Vec<f64>], factor: usize, order: &[usize], cut: usize) -> f64 {
    let at = |place: usize| order.get(place).map_or(f64::NAN, |&point| coordinate(points, point, factor));
    (at(cut.saturating_sub(1)) + at(cut)) / 2.0
}

fn average(failing: &[f64], places: &[usize]) -> f64 {
    let sum: f64 = places.iter().filter_map(|&place| failing.get(place)).sum();
    sum / places.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::points::latin_hypercube;
    use rand::RngExt;

    /// Whether runs fail at random with the probability that `rate` gives a point: the share of 4 that do.
    fn failing(points: &[Vec<f64>], seed: u64, rate: impl Fn(&[f64]) -> f64) -> Vec<f64> {
        let mut luck = ChaCha8Rng::seed_from_u64(seed);
        let fails = |rate: f64, luck: &mut ChaCha8Rng| f64::from(luck.random::<f64>() < rate);
        points.iter().map(|point| (0..4).map(|_| fails(rate(point), &mut luck)).sum::<f64>() / 4.0).collect()
    }

    fn known(point: &[f64]) -> f64 {
        if point[1] > 0.6 && point[4] < 0.5 { 0.85 } else { 0.05 }
    }

    #[test]
    fn a_known_box_is_found_with_its_bounds_density_and_coverage() {
        let points = latin_hypercube(512, 8, 1);
        let found = discover(&points, &failing(&points, 2, known), 3).unwrap();
        let by_factor: Vec<usize> = found.restrictions.iter().map(|side| side.factor).collect();
        assert!(by_factor == [1, 4] || by_factor == [4, 1], "{found:?}");
        for side in &found.restrictions {
            match side.factor {
                1 => assert!((side.low - 0.6).abs() < 0.03 && side.high.is_infinite(), "{side:?}"),
                _ => assert!((side.high - 0.5).abs() < 0.03 && side.low.is_infinite(), "{side:?}"),
            }
        }
        // In the box 0.2 x 0.85 fail, outside 0.8 x 0.05.
        assert!((found.density - 0.85).abs() < 0.05 && (found.coverage - 0.17 / 0.21).abs() < 0.05, "{found:?}");
        let fresh = latin_hypercube(512, 8, 11);
        let measured = measure(&found.restrictions, &[], &fresh, &failing(&fresh, 12, known));
        assert!(!measured.density.excludes(0.85) && !measured.coverage.excludes(0.17 / 0.21), "{measured:?}");
        assert!((measured.base.value - 0.21).abs() < 0.03 && !measured.lift.excludes(0.8), "{measured:?}");
        let again = measure(&found.restrictions, &[&found.restrictions], &fresh, &failing(&fresh, 12, known));
        assert!(again.density.value.is_nan() && again.coverage.value == 0.0, "{again:?}");
    }

    #[test]
    fn a_box_in_the_middle_has_two_sides() {
        let points = latin_hypercube(400, 5, 5);
        let certain = |point: &[f64]| f64::from((0.3..0.7).contains(&point[2]));
        let found = discover(&points, &failing(&points, 1, certain), 1).unwrap();
        let side = found.restrictions[0];
        assert!(found.restrictions.len() == 1 && side.factor == 2);
        assert!((side.low - 0.3).abs() < 0.01 && (side.high - 0.7).abs() < 0.01);
        assert_eq!((found.density, found.coverage), (1.0, 1.0));
    }

    #[test]
    fn a_gentle_slope_is_restricted_on_its_own_factor_only() {
        let points = latin_hypercube(512, 8, 21);
        let found = discover(&points, &failing(&points, 22, |point| 0.2 + 0.6 * point[3]), 1).unwrap();
        let side = found.restrictions[0];
        assert!(found.restrictions.len() == 1 && side.factor == 3, "{found:?}");
        assert!(side.high > 0.9 && (0.3..0.8).contains(&side.low), "{found:?}");
    }

    #[test]
    fn noise_has_no_box() {
        for seed in 0..8 {
            let points = latin_hypercube(192, 6, seed);
            let noise = failing(&points, seed + 100, |_| 0.3);
            assert_eq!(discover(&points, &noise, seed), None, "seed {seed}");
        }
        assert_eq!(discover(&[], &[], 1), None);
        assert_eq!(discover(&latin_hypercube(50, 2, 1), &[0.0; 50], 1), None);
        assert_eq!(discover(&latin_hypercube(50, 2, 1), &[1.0; 50], 1), None);
    }
}
