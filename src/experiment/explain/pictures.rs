//! The attribution in pictures: from one gain to the other, cause by cause.
use super::{Attribution, Explained};
use crate::{
    phrase::{
        Change,
        change::{Verbs, largest_part},
        turned,
    },
    picture::{Chart, Measure, Picture, Step, Unit, Waterfall},
    stats::Estimate,
};

/// Parts that are drawn even if small; beyond these only what is worth a tenth of a point.
const MOST: usize = 8;

/// Pictures of `explained`.
pub(super) fn pictures(explained: &Explained) -> Vec<Picture> {
    let lost = explained.lost.as_ref().map(|lost| {
        let months = explained.asked.months;
        let grows = Change::of(lost.rest) == Change::Loss;
        let (whole, word) = if grows { (lost.explained, "lost or kept from coming") } else { (lost.whole, "lost") };
        let verbs = Verbs { takes: "takes", gives: "give back", whole: word };
        let title = match lost.parts.first().map(|first| (first.cause.name, first.value)) {
            Some(first) if Change::of(lost.whole) == Change::Gain && Change::of(first.1) == Change::Gain => {
                largest_part(first, whole, lost.lead, verbs)
            }
            _ => "No loss is clear enough to be explained.".into(),
        };
        let caption = format!(
            "From the gain when support ends to that {months} months later. Each step is what a cause takes, as a mean over \
             all orders in which causes can be taken away, with its 95 % interval; grey: cannot be told from nothing. The last step is what \
             happens with all causes taken away."
        );
        Picture::new("lost", title, caption, Chart::Waterfall(waterfall(lost, ["gain when support ends", &format!("{months} months later"), if lost.rest.high < 0.0 { "growth, had all stayed" } else { "lost all the same" }], -1.0)))
    });
    let missed = explained.missed.as_ref().map(|missed| {
        let verbs = Verbs { takes: "keeps away", gives: "bring", whole: "that never came" };
        let title = match missed.parts.first().map(|first| (first.cause.name, first.value)) {
            Some(first) if Change::of(missed.whole) == Change::Gain && Change::of(first.1) == Change::Gain => {
                largest_part(first, missed.whole, missed.lead, verbs)
            }
            _ => "No barrier clearly keeps the gain from being more.".into(),
        };
        let caption = "From the gain when support ends to what it would be without any of the barriers: what each keeps away, as a \
                       mean over all orders in which they can be taken away, with its 95 % interval; grey: cannot be told from nothing.";
        Picture::new("missed", title, caption, Chart::Waterfall(waterfall(missed, ["gain when support ends", "without any barrier", ""], 1.0)))
    });
    [lost, missed].into_iter().flatten().collect()
}

/// The steps from the gain at the end to the other; `sign` says which way a part leads, `names` are those of the totals and the rest.
fn waterfall(attribution: &Attribution, names: [&str; 3], sign: f64) -> Waterfall {
    let step = |label: &str, estimate: Estimate, total: bool| Step { label: label.into(), estimate, total };
    let mut steps = vec![step(names[0], attribution.at_end, true)];
    let parts = attribution.parts.iter().take(MOST);
    steps.extend(parts.map(|part| step(part.cause.name, directed(part.value, sign), false)));
    if !names[2].is_empty() && attribution.rest.value.is_finite() {
        steps.push(step(names[2], directed(attribution.rest, sign), false));
    }
    steps.push(step(names[1], attribution.finally, true));
    Waterfall { measure: Measure::new("Net gain", Unit::Points), steps }
}

fn directed(estimate: Estimate, sign: f64) -> Estimate {
    if sign < 0.0 { turned(estimate) } else { estimate }
}
