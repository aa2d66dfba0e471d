//! What an explanation concludes, to be held against other choices of assumed parameters.
use super::{AT_END, Attribution, Cause, Explained, Question, after, shapley::coefficients, worlds_of};
use crate::experiment::assumptions::{Claim, Concluded};

/// Parts of each question that are held against assumptions, the largest first.
const MOST: usize = 3;

/// What a question's conclusions say of one cause, and of two.
struct Words {
    took: &'static str,
    gave: &'static str,
    more: &'static str,
}

const OF_LOST: Words = Words {
    took: "took part of the gain away after support ended",
    gave: "gave something back after support ended",
    more: "took more of the gain away after support ended",
};

const OF_MISSED: Words = Words {
    took: "kept part of the gain from coming",
    gave: "brought part of the gain",
    more: "kept more of the gain from coming",
};

/// The largest parts of each gain lost or missed, and which of two is larger: a part is a weighted sum of gains in all
/// worlds.
pub(super) fn concluded(explained: &Explained) -> Concluded {
    let mut concluded = Concluded::default();
    let later = after(explained.asked.months);
    let asked = [
        (Question::Lost, explained.lost.as_ref(), later.as_str(), OF_LOST),
        (Question::Missed, explained.missed.as_ref(), AT_END, OF_MISSED),
    ];
    for (question, attribution, metric, words) in asked {
        let Some(attribution) = attribution.filter(|attribution| attribution.whole.low > 0.0) else { continue };
        let worlds = worlds_of(&explained.scenario, explained.asked.programme, question);
        let places: Vec<usize> = worlds.iter().map(|world| concluded.place(world)).collect();
        for (texts, coefficients, own) in claims(attribution, &words) {
            let weighted = places.iter().copied().zip(coefficients);
            concluded.claims.push(Claim::of(texts, metric, explained.asked.programme, weighted, own));
        }
    }
    concluded
}

/// Of each claim its words above and below nothing, the weight of each world, and its value in each run.
fn claims(attribution: &Attribution, words: &Words) -> Vec<([String; 2], Vec<f64>, Vec<f64>)> {
    let place = |cause: &Cause| attribution.order.iter().position(|other| other == cause).unwrap_or(0);
    let weights = |cause: &Cause| coefficients(attribution.order.len(), place(cause));
    let runs = |cause: &Cause| -> Vec<f64> {
        let of = |parts: &Vec<f64>| parts.get(place(cause)).copied().unwrap_or(f64::NAN);
        attribution.by_run.iter().map(of).collect()
    };
    let clear = attribution.parts.iter().filter(|part| part.value.excludes(0.0)).take(MOST);
    let mut found: Vec<_> = clear
        .map(|part| {
            let say = |what: &str| format!("{} {what}", part.cause.name);
            ([say(words.took), say(words.gave)], weights(&part.cause), runs(&part.cause))
        })
        .collect();
    if let [first, second, ..] = attribution.parts.as_slice() {
        let (first, second) = (&first.cause, &second.cause);
        let say = |more: &Cause, less: &Cause| format!("{} {} than {}", more.name, words.more, less.name);
        let less =
            |left: Vec<f64>, right: Vec<f64>| left.iter().zip(&right).map(|(left, right)| left - right).collect();
        let texts = [say(first, second), say(second, first)];
        found.push((texts, less(weights(first), weights(second)), less(runs(first), runs(second))));
    }
    found
}
