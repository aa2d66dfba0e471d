//! Which of many columns explain a response: forward selection on columns made orthogonal step by step.
//!
//! Each step takes the column that explains most of what is left of the variance, then takes it out of the response and of all
//! other columns (modified Gram and Schmidt). It ends where the best column explains no more than luck would: its `t` is below
//! `threshold`.

use crate::experiment::matrix::dot;

/// A column that was taken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Taken {
    /// Which.
    pub column: usize,
    /// Part of the variance of the response that it explains beyond those taken before.
    pub part: f64,
}

/// Takes at most `most` of `columns`, each as long as `response`, and says what each explains.
pub fn forward(mut columns: Vec<Vec<f64>>, response: &[f64], most: usize, threshold: f64) -> Vec<Taken> {
    let count = response.len();
    let mut left = centred(response);
    let total = dot(&left, &left);
    let mut taken: Vec<Taken> = Vec::new();
    if total <= 0.0 {
        return taken;
    }
    columns.iter_mut().for_each(|column| *column = centred(column));
    let whole: Vec<f64> = columns.iter().map(|column| dot(column, column)).collect();
    while taken.len() < most && taken.len() + 3 < count {
        let explained = |place: usize| {
            let column = &columns[place];
            let size = dot(column, column);
            // What is left of a column that others make up is rounding.
            if size <= 1e-8 * whole[place] || whole[place] <= 0.0 {
                return 0.0;
            }
            let along = dot(column, &left);
            along * along / size
        };
        let parts: Vec<f64> = (0..columns.len()).map(explained).collect();
        let Some(best) = (0..parts.len()).max_by(|a, b| parts[*a].total_cmp(&parts[*b]).then(b.cmp(a))) else { break };
        let freedom = (count - taken.len() - 2) as f64;
        let rest = (dot(&left, &left) - parts[best]).max(1e-12 * total);
        if parts[best] * freedom < threshold * threshold * rest {
            break;
        }
        taken.push(Taken { column: best, part: parts[best] / total });
        let chosen = columns[best].clone();
        let size = dot(&chosen, &chosen);
        take_out(&mut left, &chosen, size);
        columns.iter_mut().for_each(|column| take_out(column, &chosen, size));
        columns[best].fill(0.0);
    }
    taken
}

fn centred(column: &[f64]) -> Vec<f64> {
    let mean = column.iter().sum::<f64>() / column.len().max(1) as f64;
    column.iter().map(|value| value - mean).collect()
}

fn take_out(column: &mut [f64], chosen: &[f64], size: f64) {
    let along = dot(column, chosen) / size;
    column.iter_mut().zip(chosen).for_each(|(value, chosen)| *value -= along * chosen);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::points::latin_hypercube;

    #[test]
    fn what_makes_up_a_response_is_taken_with_its_part_and_nothing_else() {
        let points = latin_hypercube(400, 60, 3);
        let columns: Vec<Vec<f64>> = (0..60).map(|input| points.iter().map(|point| point[input]).collect()).collect();
        // Variances 4 : 1 : 0.2 of the inputs 7, 31 and of luck (59 is kept back).
        let response: Vec<f64> =
            points.iter().map(|point| 2.0 * point[7] - point[31] + 0.2f64.sqrt() * point[59]).collect();
        let taken = forward(columns[..59].to_vec(), &response, 10, 3.5);
        assert_eq!(taken.iter().map(|taken| taken.column).collect::<Vec<_>>(), [7, 31]);
        assert!((taken[0].part - 4.0 / 5.2).abs() < 0.05 && (taken[1].part - 1.0 / 5.2).abs() < 0.05, "{taken:?}");
        assert!(forward(columns, &[1.0; 400], 10, 3.5).is_empty());
    }
}
