//! Cholesky's factorisation of small symmetric matrices.
//!
//! Libraries choose their vector instructions by the machine they run on, and fused multiply-adds round differently: the same
//! seed would no longer give the same bytes. Matrices here have some hundreds of rows, and a plain loop takes a tenth of a second.

/// How products are added up: results keep their bits only where it stays the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Adding {
    /// By [`dot`].
    InFours,
    /// One after the other.
    OneByOne,
}

impl Adding {
    fn products(self, left: &[f64], right: &[f64]) -> f64 {
        match self {
            Self::InFours => dot(left, right),
            Self::OneByOne => left.iter().zip(right).map(|(left, right)| left * right).sum(),
        }
    }
}

/// The lower triangle `L` with `L L' = A`.
#[derive(Clone, Debug, PartialEq)]
pub struct Cholesky {
    size: usize,
    adding: Adding,
    /// Rows of the triangle, one after the other.
    rows: Vec<f64>,
}

impl Cholesky {
    /// Factorises the symmetric matrix of which `entry` gives row and column (of the lower triangle); none where it is not
    /// positive definite.
    pub fn of(size: usize, entry: impl Fn(usize, usize) -> f64) -> Option<Self> {
        Self::made(size, entry, Adding::InFours, |left| (left > 0.0).then(|| left.sqrt()))
    }

    /// The same of a small matrix that may be nearly singular: what is left of a variance is `least` or more.
    pub fn at_least(least: f64, size: usize, entry: impl Fn(usize, usize) -> f64) -> Self {
        let empty = Self { size: 0, adding: Adding::OneByOne, rows: Vec::new() };
        Self::made(size, entry, Adding::OneByOne, |left| Some(left.max(least).sqrt())).unwrap_or(empty)
    }

    fn made(
        size: usize,
        entry: impl Fn(usize, usize) -> f64,
        adding: Adding,
        root: impl Fn(f64) -> Option<f64>,
    ) -> Option<Self> {
        let mut made = Self { size, adding, rows: Vec::with_capacity(size * (size + 1) / 2) };
        for row in 0..size {
            for column in 0..=row {
                let value = entry(row, column);
                made.rows.push(value);
            }
            let (above, own) = made.rows.split_at_mut(row * (row + 1) / 2);
            for column in 0..row {
                let start = column * (column + 1) / 2;
                let other = &above[start..=start + column];
                let value = (own[column] - adding.products(&own[..column], &other[..column])) / other[column];
                own[column] = value;
            }
            own[row] = root(own[row] - adding.products(&own[..row], &own[..row]))?;
        }
        Some(made)
    }

    /// A row of the triangle, up to its diagonal.
    pub fn row(&self, row: usize) -> &[f64] {
        let start = row * (row + 1) / 2;
        &self.rows[start..=start + row]
    }

    /// `x` with `L x = b`.
    pub fn half(&self, b: &[f64]) -> Vec<f64> {
        let mut x: Vec<f64> = Vec::with_capacity(self.size);
        for (row, b) in b.iter().enumerate().take(self.size) {
            let own = self.row(row);
            x.push((b - self.adding.products(&own[..row], &x)) / own[row]);
        }
        x
    }

    /// `x` with `A x = b`.
    pub fn solve(&self, b: &[f64]) -> Vec<f64> {
        let mut x = self.half(b);
        for row in (0..x.len()).rev() {
            let own = self.row(row);
            x[row] /= own[row];
            let value = x[row];
            for (x, own) in x.iter_mut().zip(&own[..row]) {
                *x -= own * value;
            }
        }
        x
    }

    /// The triangle times a number: the matrix times its square.
    pub fn times(mut self, number: f64) -> Self {
        self.rows.iter_mut().for_each(|cell| *cell *= number);
        self
    }

    /// The triangle times `x`.
    pub fn turned(&self, x: &[f64]) -> Vec<f64> {
        (0..self.size).map(|row| self.adding.products(self.row(row), x)).collect()
    }

    /// Half the logarithm of the determinant of `A`.
    pub fn half_log_determinant(&self) -> f64 {
        (0..self.size).map(|row| libm::log(self.row(row)[row])).sum()
    }
}

/// The sum of products, in four running sums folded at the end: a fixed order that becomes a vector loop.
pub fn dot(left: &[f64], right: &[f64]) -> f64 {
    let mut sums = [0.0; 4];
    let (left_fours, left_rest) = left.as_chunks::<4>();
    let (right_fours, right_rest) = right[..left.len()].as_chunks::<4>();
    for (left, right) in left_fours.iter().zip(right_fours) {
        for lane in 0..4 {
            sums[lane] += left[lane] * right[lane];
        }
    }
    let rest: f64 = left_rest.iter().zip(right_rest).map(|(left, right)| left * right).sum();
    (sums[0] + sums[2]) + (sums[1] + sums[3]) + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_is_solved_and_has_its_determinant() {
        // Determinant by hand: 4 (5 6 - 1) - 2 (2 6 - 3) + 3 (2 - 15) = 116 - 18 - 39 = 59.
        let matrix = [[4.0, 2.0, 3.0], [2.0, 5.0, 1.0], [3.0, 1.0, 6.0]];
        let factor = Cholesky::of(3, |row, column| matrix[row][column]).unwrap();
        let x = factor.solve(&[1.0, -2.0, 0.5]);
        for (row, b) in matrix.iter().zip([1.0, -2.0, 0.5]) {
            assert!((dot(row, &x) - b).abs() < 1e-12, "{x:?}");
        }
        assert!((2.0 * factor.half_log_determinant() - 59f64.ln()).abs() < 1e-12);
        assert_eq!(Cholesky::of(2, |_, _| 1.0), None);
    }

    #[test]
    fn a_root_gives_its_covariance_back_and_a_singular_one_is_held_open() {
        let covariance = [[2.0, 0.6], [0.6, 0.5]];
        let root = Cholesky::at_least(1e-6, 2, |row, column| covariance[row][column]).times(3.0);
        let products = |left: usize, right: usize| -> f64 {
            root.row(left).iter().zip(root.row(right)).map(|(left, right)| left * right / 9.0).sum()
        };
        for (left, row) in covariance.iter().enumerate() {
            assert!(row.iter().enumerate().all(|(right, cell)| (products(left, right) - cell).abs() < 1e-12));
        }
        let turned = root.turned(&root.half(&[0.7, -0.3]));
        assert!((turned[0] - 0.7).abs() < 1e-12 && (turned[1] + 0.3).abs() < 1e-12);
        assert_eq!(Cholesky::at_least(0.25, 2, |_, _| 1.0).row(1), [1.0, 0.5]);
    }

    #[test]
    fn a_sum_of_products_takes_every_one() {
        let numbers: Vec<f64> = (1..=11).map(f64::from).collect();
        assert_eq!(dot(&numbers, &numbers), 506.0);
    }
}
