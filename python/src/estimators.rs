//! The program's own estimators on numbers from anywhere: how they are held against those of other packages.
use dewpoint::{
    experiment::{
        prim::discover,
        sensitivity::{
            morris::Trajectories,
            sobol::{self, Design},
        },
    },
    stats::Estimate,
};
use pyo3::{exceptions::PyValueError, prelude::*};

type Interval = (f64, f64, f64);

fn interval(estimate: &Estimate) -> Interval {
    (estimate.value, estimate.low, estimate.high)
}

/// Whether there are `count` rows of the same length, at least one.
fn fits(rows: &[Vec<f64>], count: usize) -> PyResult<()> {
    let width = rows.first().map_or(0, Vec::len);
    if rows.len() != count || width == 0 || rows.iter().any(|row| row.len() != width) {
        let what =
            format!("outputs must be {count} rows, one for each point, of the same number of runs, at least one");
        return Err(PyValueError::new_err(what));
    }
    Ok(())
}

/// Numbers of a design, at most: what many machines have to spare.
const MOST_NUMBERS: f64 = 1e8;

/// Whether a design of so many points, each of so many numbers, can be held.
fn holds(points: usize, factors: usize) -> PyResult<()> {
    if points as f64 * factors as f64 <= MOST_NUMBERS {
        return Ok(());
    }
    Err(PyValueError::new_err(format!(
        "{points} points of {factors} factors are too many to hold: ask for fewer of either"
    )))
}

fn design(factors: usize, base: usize, seed: u64) -> PyResult<Design> {
    if factors == 0 || factors > sobol::MOST_FACTORS || !(8..=65_536).contains(&base) {
        let most = sobol::MOST_FACTORS;
        return Err(PyValueError::new_err(format!("factors must be 1 to {most}, base points 8 to 65536")));
    }
    holds(base * (factors + 2), factors)?;
    Ok(Design::new(factors, base, seed))
}

fn trajectories(factors: usize, count: usize, seed: u64) -> PyResult<Trajectories> {
    if !(1..=10_000).contains(&factors) || !(2..=10_000).contains(&count) {
        return Err(PyValueError::new_err("factors must be 1 to 10000, trajectories 2 to 10000"));
    }
    holds(count * (factors + 1), factors)?;
    Ok(Trajectories::new(factors, count, seed))
}

/// Points of a design for Sobol indices in the unit cube: A, then B, then A with each column in turn from B.
#[pyfunction]
pub fn sobol_design(factors: usize, base: usize, seed: u64) -> PyResult<Vec<Vec<f64>>> {
    Ok(design(factors, base, seed)?.points)
}

/// First-order and total index of each factor with 95 % intervals, from the outputs at each point of such a design, a row for
/// each point and a column for each run.
#[pyfunction]
pub fn sobol_indices(
    py: Python<'_>,
    factors: usize,
    base: usize,
    outputs: Vec<Vec<f64>>,
    seed: u64,
) -> PyResult<(Vec<Interval>, Vec<Interval>)> {
    let design = design(factors, base, seed)?;
    fits(&outputs, Design::size(factors, base))?;
    let indices = py.detach(|| design.indices(&outputs, seed));
    let of = |all: &[dewpoint::experiment::sensitivity::resample::Resampled]| {
        all.iter().map(|one| interval(&one.estimate)).collect()
    };
    Ok((of(&indices.first), of(&indices.total)))
}

/// Points of Morris trajectories in the unit cube, one trajectory after the other.
#[pyfunction]
pub fn morris_design(factors: usize, trajectories_: usize, seed: u64) -> PyResult<Vec<Vec<f64>>> {
    Ok(trajectories(factors, trajectories_, seed)?.points)
}

/// Mu, mu* and sigma of each factor with 95 % intervals, from the outputs at each point of such trajectories.
#[pyfunction]
pub fn morris_effects(
    py: Python<'_>,
    factors: usize,
    trajectories_: usize,
    outputs: Vec<Vec<f64>>,
    seed: u64,
) -> PyResult<Vec<(Interval, Interval, Interval)>> {
    let made = trajectories(factors, trajectories_, seed)?;
    fits(&outputs, made.points.len())?;
    let effects = py.detach(|| made.effects(&outputs, seed));
    let three = |effect: &dewpoint::experiment::sensitivity::morris::Effect| {
        (interval(&effect.mu.estimate), interval(&effect.mu_star.estimate), interval(&effect.sigma.estimate))
    };
    Ok(effects.iter().map(three).collect())
}

/// The box in which failures crowd: (density, coverage, support, [(factor, low, high)]), or None where chance explains it.
#[pyfunction]
pub fn prim(
    py: Python<'_>,
    points: Vec<Vec<f64>>,
    failing: Vec<f64>,
    seed: u64,
) -> PyResult<Option<(f64, f64, f64, Vec<(usize, f64, f64)>)>> {
    fits(&points, failing.len())?;
    let found = py.detach(|| discover(&points, &failing, seed));
    Ok(found.map(|found| {
        let sides = found.restrictions.iter().map(|side| (side.factor, side.low, side.high)).collect();
        (found.density, found.coverage, found.support, sides)
    }))
}
