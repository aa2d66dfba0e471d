//! Shapley values: how much each of several causes contributes to what all of them do together.
//!
//! The value of a cause is what it adds to a coalition of others, averaged over all orders in which the causes could join
//! (Shapley 1953). Values add up to the whole exactly, causes that are alike get alike, and one that never adds anything
//! gets nothing; no other rule does all that and adds up over games.

/// Most causes that every coalition is asked for: 256 of them.
pub const MOST: usize = 8;

/// What one cause adds to the others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// Shapley value: the mean over all orders.
    pub value: f64,
    /// What it adds when it joins first.
    pub first: f64,
    /// What it adds when it joins last.
    pub last: f64,
}

/// What each of `causes` causes adds. `worth[coalition]` is what the coalition is worth in which the causes with a bit set
/// take part: `1 << causes` numbers, or the shares are NaN.
pub fn shapley(causes: usize, worth: &[f64]) -> Vec<Share> {
    let weights = weights(causes);
    let at = |coalition: usize| worth.get(coalition).copied().unwrap_or(f64::NAN);
    let all = (1usize << causes) - 1;
    let share = |cause: usize| {
        let bit = 1usize << cause;
        let adds = |coalition: usize| at(coalition | bit) - at(coalition);
        let others = (0..=all).filter(|coalition| coalition & bit == 0);
        let weight = |coalition: usize| weights.get(coalition.count_ones() as usize).copied().unwrap_or(f64::NAN);
        let value = others.map(|coalition| weight(coalition) * adds(coalition)).sum();
        Share { value, first: adds(0), last: adds(all & !bit) }
    };
    (0..causes).map(share).collect()
}

/// Weight of each coalition's worth in the [`value`](Share::value) of one cause, which is a sum of worths like any other.
pub fn coefficients(causes: usize, cause: usize) -> Vec<f64> {
    let (weights, bit) = (weights(causes), 1usize << cause);
    let weight = |others: usize| weights.get(others.count_ones() as usize).copied().unwrap_or(f64::NAN);
    let of = |coalition: usize| if coalition & bit == 0 { -weight(coalition) } else { weight(coalition & !bit) };
    (0..1usize << causes).map(of).collect()
}

/// Share of all orders in which just one given coalition of a size is there already: size! (causes - size - 1)! / causes!.
fn weights(causes: usize) -> Vec<f64> {
    let mut weights: Vec<f64> = Vec::with_capacity(causes);
    for size in 0..causes {
        let before = weights.last().copied();
        weights.push(before.map_or(1.0 / causes as f64, |before| before * size as f64 / (causes - size) as f64));
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::*;

    fn game(causes: usize, worth: impl Fn(usize) -> f64) -> Vec<f64> {
        let worth: Vec<f64> = (0..1 << causes).map(worth).collect();
        shapley(causes, &worth).iter().map(|share| share.value).collect()
    }

    fn close(found: &[f64], known: &[f64]) {
        assert_eq!(found.len(), known.len());
        assert!(found.iter().zip(known).all(|(found, known)| (found - known).abs() < 1e-12), "{found:?} {known:?}");
    }

    /// One left glove and two right ones: the left glove is worth two thirds of the pair.
    #[test]
    fn the_glove_game_has_its_known_answer() {
        let pair = |coalition: usize| f64::from(u8::from(coalition & 1 == 1 && coalition & 6 != 0));
        close(&game(3, pair), &[2.0 / 3.0, 1.0 / 6.0, 1.0 / 6.0]);
    }

    /// Landing fees of runways for planes of cost 8, 11 and 13 (Littlechild and Owen 1973, in small).
    #[test]
    fn the_airport_game_has_its_known_answer() {
        let costs = [8.0, 11.0, 13.0];
        let longest =
            |coalition: usize| (0..3).filter(|i| coalition & (1 << i) > 0).map(|i| costs[i]).fold(0.0, f64::max);
        close(&game(3, longest), &[8.0 / 3.0, 8.0 / 3.0 + 1.5, 8.0 / 3.0 + 1.5 + 2.0]);
    }

    #[test]
    fn values_add_up_and_a_cause_that_adds_nothing_gets_nothing() {
        // Any game will do; the fourth cause has no part in this one.
        let worth = |coalition: usize| ((coalition & 0b111_0111) as f64 * 0.37).sin();
        let values = game(7, worth);
        assert!((values.iter().sum::<f64>() - (worth(127) - worth(0))).abs() < 1e-12);
        assert_eq!(values[3], 0.0);
    }

    #[test]
    fn a_value_is_the_sum_of_all_worths_by_their_coefficients() {
        let worth: Vec<f64> = (0..32).map(|coalition| f64::from(coalition * coalition % 7)).collect();
        let sum = |cause| coefficients(5, cause).iter().zip(&worth).map(|(weight, worth)| weight * worth).sum::<f64>();
        let values: Vec<f64> = shapley(5, &worth).iter().map(|share| share.value).collect();
        close(&(0..5).map(sum).collect::<Vec<f64>>(), &values);
    }

    #[test]
    fn first_and_last_bound_what_two_causes_do_together() {
        // Either of them alone takes all there is.
        let shares = shapley(2, &[0.0, 1.0, 1.0, 1.0]);
        assert_eq!(shares, [Share { value: 0.5, first: 1.0, last: 0.0 }; 2]);
        assert!(shapley(2, &[0.0]).iter().all(|share| share.value.is_nan()));
    }
}
