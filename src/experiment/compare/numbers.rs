//! Numbers to remember of a comparison: what the best design keeps, by how much it leads, how sure that is, what it costs.
use super::Comparison;
use crate::experiment::KeyNumber;

pub(super) fn numbers(comparison: &Comparison) -> Vec<KeyNumber> {
    let ranking = comparison.ranking();
    // Of one run there is no interval, and so nothing to remember.
    let Some(&best) = ranking.iter().find(|place| **place != 0).filter(|_| comparison.runs > 1) else {
        return Vec::new();
    };
    let who = comparison.said(best);
    let next = ranking.iter().copied().find(|place| *place != best);
    let lead = next.and_then(|next| {
        let label = format!("more than {}, the next", comparison.said(next));
        // Of one design the lead over nothing is its gain, told already.
        (next != 0).then(|| KeyNumber::points(comparison.gain_difference(best, next), label))?
    });
    let candidate = comparison.candidates.get(best);
    let kept = KeyNumber::points(comparison.gain(best), format!("still there two years after support, with {who}"));
    let first = candidate.and_then(|it| KeyNumber::share(it.best, format!("of runs in which {who} is the best")));
    let price =
        candidate.and_then(|it| KeyNumber::money(it.per_point, format!("for each point still there with {who}")));
    [kept, lead, first, price].into_iter().flatten().collect()
}
