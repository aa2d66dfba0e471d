//! Where to look: points in the unit cube, a row for each, a coordinate from 0 to 1 for each factor.
//!
//! Grids take every combination; a Latin hypercube (McKay, Beckman and Conover 1979) visits each of `points` slices of
//! every factor once; Sobol's sequence (1967) with Owen's scrambling fills the cube evenly, better the more points.
use rand::{RngExt, SeedableRng, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;

/// Most factors that Sobol's sequence has directions for.
pub const MOST_SOBOL_FACTORS: usize = sobol_burley::NUM_DIMENSIONS as usize;

/// Every combination of `levels[factor]` evenly spaced values, ends included (a single level is the middle); the last
/// factor changes fastest.
pub fn grid(levels: &[usize]) -> Vec<Vec<f64>> {
    let step = |level: usize, of: usize| if of < 2 { 0.5 } else { level as f64 / (of - 1) as f64 };
    let mut points = vec![Vec::new()];
    for &count in levels {
        let extended = |point: &Vec<f64>| {
            let point = point.clone();
            (0..count).map(move |level| [point.clone(), vec![step(level, count)]].concat())
        };
        points = points.iter().flat_map(extended).collect();
    }
    points
}

/// A random Latin hypercube of `points` points.
pub fn latin_hypercube(points: usize, factors: usize, seed: u64) -> Vec<Vec<f64>> {
    let mut luck = ChaCha8Rng::seed_from_u64(seed);
    let mut rows = vec![Vec::with_capacity(factors); points];
    let mut slices: Vec<usize> = (0..points).collect();
    for _ in 0..factors {
        slices.shuffle(&mut luck);
        for (row, &slice) in rows.iter_mut().zip(&slices) {
            row.push((slice as f64 + luck.random::<f64>()) / points as f64);
        }
    }
    rows
}

/// The first `points` points of Sobol's sequence, scrambled by `seed`; at most [`MOST_SOBOL_FACTORS`] factors, further
/// coordinates are left out.
pub fn sobol(points: usize, factors: usize, seed: u64) -> Vec<Vec<f64>> {
    let seed = (seed ^ (seed >> 32)) as u32;
    let coordinate = |point: usize, factor: usize| f64::from(sobol_burley::sample(point as u32, factor as u32, seed));
    let factors = factors.min(MOST_SOBOL_FACTORS);
    (0..points).map(|point| (0..factors).map(|factor| coordinate(point, factor)).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grid_has_every_combination_ends_included() {
        assert_eq!(grid(&[3, 2]), [[0.0, 0.0], [0.0, 1.0], [0.5, 0.0], [0.5, 1.0], [1.0, 0.0], [1.0, 1.0]]);
        assert_eq!(grid(&[1]), [[0.5]]);
    }

    #[test]
    fn a_latin_hypercube_visits_each_slice_of_each_factor_once() {
        let points = latin_hypercube(50, 4, 3);
        for factor in 0..4 {
            let mut slices: Vec<usize> = points.iter().map(|point| (point[factor] * 50.0) as usize).collect();
            slices.sort_unstable();
            assert_eq!(slices, (0..50).collect::<Vec<_>>());
        }
        assert_eq!(points, latin_hypercube(50, 4, 3));
        assert_ne!(points, latin_hypercube(50, 4, 4));
    }

    #[test]
    fn sobol_points_integrate_better_than_chance_would() {
        // The product of 2 x has the integral 1 in any dimension; 1024 random points in 6 would err by some 0.06.
        let points = sobol(1024, 6, 1);
        let mean = points.iter().map(|point| point.iter().map(|x| 2.0 * x).product::<f64>()).sum::<f64>() / 1024.0;
        assert!((mean - 1.0).abs() < 0.02, "{mean}");
        let within = points.iter().flatten().all(|x| (0.0..1.0).contains(x));
        assert!(within && points.iter().all(|point| point.len() == 6));
    }
}
