//! Numbers to remember of a stress test: what is left undisturbed, what after the worst, how many shocks do harm.
use super::{
    Stress, Tested,
    strikes::{is_clear, name},
};
use crate::{
    experiment::KeyNumber,
    phrase::{named, scaled},
};

/// Most designs of which something is said.
const MOST: usize = 4;

pub(super) fn numbers(stress: &Stress) -> Vec<KeyNumber> {
    match stress.designs.as_slice() {
        [only] => of_one(only),
        several => several.iter().take(MOST).filter_map(|design| after_worst(design, &named(&design.name))).collect(),
    }
}

fn of_one(design: &Tested) -> Vec<KeyNumber> {
    let undisturbed =
        KeyNumber::points(design.undisturbed, "still there two years after support when nothing happens".into());
    let tried = design.alone().count();
    let harm = (tried > 0).then(|| KeyNumber {
        value: design.alone().filter(|strike| is_clear(&strike.loss)).count().to_string(),
        unit: format!("of {tried}"),
        range: String::new(),
        plausible: String::new(),
        label: "shocks alone clearly do harm".into(),
    });
    let failing = (!design.fails_below.is_nan()).then(|| {
        let label = format!("of runs keep less than {} points when nothing happens", scaled(design.fails_below));
        KeyNumber::share(design.failing_undisturbed, label)
    });
    [undisturbed, after_worst(design, ""), harm, failing.flatten()].into_iter().flatten().collect()
}

/// What is left after the worst that was tried.
fn after_worst(design: &Tested, who: &str) -> Option<KeyNumber> {
    let worst = design.worst()?;
    let of = if who.is_empty() { "left".into() } else { format!("left with {who}") };
    KeyNumber::points(worst.kept, format!("{of} after the worst tried: {}", name(worst)))
}
