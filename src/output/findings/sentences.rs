//! What one run of a scenario found, in sentences. None claims more than its interval allows.
use crate::{
    ensemble::{ProgrammeSummary, Summary},
    experiment::assumptions::{LESS_THAN_HALF, PART_LOST},
    output::{
        gains::kept_of,
        words::{cost_sentence, naive_sentence, order, reported_sentence, several, units_sentence},
    },
    phrase::{Change, Kept, a_gain, amount, capital, listed, points, share, signed},
    stats::Estimate,
};

/// Shares that have a name.
const FRACTIONS: &[(f64, &str)] = &[
    (0.1, "a tenth"),
    (0.2, "a fifth"),
    (0.25, "a quarter"),
    (1.0 / 3.0, "a third"),
    (0.4, "two fifths"),
    (0.5, "half"),
    (0.6, "three fifths"),
    (2.0 / 3.0, "two thirds"),
    (0.75, "three quarters"),
    (0.8, "four fifths"),
    (0.9, "nine tenths"),
];

/// `half` where the interval of a share allows that and nothing much else; the percentage where not.
pub(super) fn share_in_words(part: Estimate) -> String {
    let narrow = part.half_width() < 0.06;
    let named = FRACTIONS.iter().filter(|(value, _)| part.low <= *value && *value <= part.high);
    let nearest = named.min_by(|left, right| (left.0 - part.value).abs().total_cmp(&(right.0 - part.value).abs()));
    match nearest.filter(|_| narrow) {
        Some((_, name)) => (*name).into(),
        None => share(part),
    }
}

/// The finding in a sentence; `aside` is what is added to a conclusion about the programme at a place that is not firm.
pub(super) fn title(summary: &Summary, aside: impl Fn(usize, &str) -> &'static str) -> String {
    if summary.runs - summary.failed < 2 {
        return "One run shows one course of events: nothing in it can be told from luck.".into();
    }
    let named = |(place, programme): (usize, &ProgrammeSummary)| {
        let verdict = verdict(programme, |conclusion| aside(place, conclusion));
        if summary.programmes.len() == 1 { capital(&verdict) } else { format!("{}: {verdict}", programme.name) }
    };
    match summary.programmes.len() {
        0 => "Nothing is tried, and nothing is gained.".into(),
        1..=3 => summary.programmes.iter().enumerate().map(named).collect::<Vec<_>>().join("; ") + ".",
        count => {
            let gained = summary
                .programmes
                .iter()
                .filter(|programme| Change::of(programme.estimate("net_gain_at_end")) == Change::Gain);
            format!("{} of {count} programmes show a gain when their support ends.", gained.count())
        }
    }
}

/// What became of one programme, without a full stop.
fn verdict(programme: &ProgrammeSummary, aside: impl Fn(&str) -> &'static str) -> String {
    let (gain, later) = (programme.estimate("net_gain_at_end"), programme.estimate("net_gain_24_months_after"));
    match (Change::of(gain), Change::of(later)) {
        (Change::Undefined, _) => {
            "no gain can be named: no unit was reached, or the end of support is not simulated".into()
        }
        (Change::Untold | Change::Unclear | Change::Nothing, _) => {
            format!(
                "no gain can be told from luck when support ends: {} points",
                points(gain).replace(", no clear change", "")
            )
        }
        (Change::Loss, _) => format!("practice is {} lower than without the programme when support ends", amount(gain)),
        (Change::Gain, Change::Undefined | Change::Untold) => {
            format!("the programme gains {} by the end of support; whether it lasts is not simulated", amount(gain))
        }
        (Change::Gain, Change::Loss) => {
            format!("the gain of {} turns into {} two years after support ends", amount(gain), a_gain(later))
        }
        (Change::Gain, Change::Unclear | Change::Nothing) => {
            format!("the gain of {} cannot be told from nothing two years after support ends", amount(gain))
        }
        (Change::Gain, Change::Gain) => lasting(programme, gain, later, aside),
    }
}

/// What became of a clear gain of which something is clearly left.
fn lasting(
    programme: &ProgrammeSummary,
    gain: Estimate,
    later: Estimate,
    aside: impl Fn(&str) -> &'static str,
) -> String {
    let Kept::Share(kept) = kept_of(programme, later, "retained_share_24") else {
        return format!("a gain of {} is followed by one of {} two years later", amount(gain), amount(later));
    };
    let gone = Estimate { value: 1.0 - kept.value, low: 1.0 - kept.high, high: 1.0 - kept.low, ..kept };
    match () {
        () if gone.low <= 0.0 && gone.high >= 0.0 => {
            format!("the gain of {} is still there two years after support ends", amount(gain))
        }
        () if gone.high < 0.0 => {
            format!("the gain goes on growing: {} when support ends, {} two years later", amount(gain), amount(later))
        }
        () => {
            let aside = aside(if gone.low > 0.5 { LESS_THAN_HALF } else { PART_LOST });
            format!("{} of the gain is gone two years after support ends{aside}", share_in_words(gone))
        }
    }
}

/// Three to five sentences for each programme that `reaches` somebody, by place.
pub(super) fn sentences(summary: &Summary, first: usize, reaches: impl Fn(usize) -> bool) -> Vec<String> {
    if summary.runs - summary.failed < 2 {
        return vec!["With fewer than two runs there are no intervals; ask for more with --runs.".into()];
    }
    let of = |programme: &ProgrammeSummary| {
        let mut found = vec![gain_sentence(programme)];
        found.extend([units_sentence(programme), together(programme), staff_sentence(programme)].into_iter().flatten());
        found.push(cost_sentence(programme));
        if summary.programmes.len() > 1
            && let Some(first) = found.first_mut()
        {
            *first = format!("{}: {first}", programme.name);
        }
        found
    };
    let all = order(summary, first).filter(|(place, _)| reaches(*place)).flat_map(|(_, programme)| of(programme));
    several(summary, first).into_iter().chain(all).collect()
}

fn gain_sentence(programme: &ProgrammeSummary) -> String {
    let (end, later) = (programme.estimate("net_gain_at_end"), programme.estimate("net_gain_24_months_after"));
    let base = format!(
        "Against the same staff under the same luck without the programme, practice differs by {} percentage points when \
         support ends",
        points(end)
    );
    if later.value.is_nan() {
        return format!("{base}.");
    }
    format!("{base} and by {} two years later.", points(later))
}

/// What would be claimed, and what is reported.
fn together(programme: &ProgrammeSummary) -> Option<String> {
    let found: Vec<String> = [naive_sentence(programme), reported_sentence(programme)].into_iter().flatten().collect();
    (!found.is_empty()).then(|| found.join(" "))
}

/// What staff may pay for it or get out of it: in words, metric of the difference.
const FELT: [(&str, &str); 4] = [
    ("fatigue during support", "fatigue_difference_active"),
    ("motivation at the end", "motivation_difference_at_end"),
    ("cynicism at the end", "cynicism_difference_at_end"),
    ("the quality of all other care during support", "other_care_difference_active"),
];

/// Which of the differences are clear and large enough to speak of; `None` if none is defined.
fn clear(programme: &ProgrammeSummary, rows: &[(&'static str, &str)]) -> Option<Vec<(&'static str, Estimate)>> {
    let changes = rows.iter().map(|(name, metric)| (*name, programme.estimate(metric)));
    let defined: Vec<_> = changes.filter(|(_, change)| !change.value.is_nan()).collect();
    let clear = |change: &Estimate| Change::of(*change).is_clear() && change.value.abs() >= 0.005;
    (!defined.is_empty()).then(|| defined.into_iter().filter(|(_, change)| clear(change)).collect())
}

/// What staff pay for it or get out of it, where that is clear.
fn staff_sentence(programme: &ProgrammeSummary) -> Option<String> {
    let clear = clear(programme, &FELT)?;
    let said = |(name, change): &(&str, Estimate)| {
        format!("{name} {} ({} to {})", signed(change.value), signed(change.low), signed(change.high))
    };
    Some(if clear.is_empty() {
        "What staff feel, and all other care, changes by less than half a point on a scale of 100, or not clearly."
            .into()
    } else {
        format!("On a scale of 100 it moves {}.", listed(&clear.iter().map(said).collect::<Vec<_>>()))
    })
}

/// The same in short, for a picture of feelings alone.
pub(super) fn feelings_title(programme: &ProgrammeSummary) -> Option<String> {
    let clear = clear(programme, &FELT[..3])?;
    let said = |(name, change): &(&str, Estimate)| format!("{name} {}", signed(change.value));
    Some(if clear.is_empty() {
        "What staff feel does not change clearly.".into()
    } else {
        format!("What staff feel, on a scale of 100: {}.", listed(&clear.iter().map(said).collect::<Vec<_>>()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::assumptions::Verdict;

    fn programme(estimates: &[(&str, f64, f64, f64)]) -> Summary {
        let estimates = estimates.iter().map(|(name, value, low, high)| {
            ((*name).to_owned(), Estimate { value: *value, low: *low, high: *high, sd: 0.1, count: 100 })
        });
        let scenario = crate::metrics::tests::small_scenario();
        let ensemble = crate::ensemble::Ensemble::new(&scenario);
        let mut summary = crate::ensemble::summarise(&scenario, 1, &ensemble);
        summary.runs = 100;
        summary.programmes[0].estimates = estimates.collect();
        summary
    }

    #[test]
    fn the_title_says_what_the_interval_allows() {
        let end = ("net_gain_at_end", 0.08, 0.07, 0.09);
        let title = |rows: &[(&str, f64, f64, f64)]| title(&programme(rows), |_, _| "");
        let half = [end, ("net_gain_24_months_after", 0.04, 0.03, 0.05), ("retained_share_24", 0.51, 0.47, 0.55)];
        assert_eq!(title(&half), "Half of the gain is gone two years after support ends.");
        let wide = [end, ("net_gain_24_months_after", 0.04, 0.01, 0.07), ("retained_share_24", 0.5, 0.2, 0.8)];
        assert_eq!(title(&wide), "50 % (20 to 80) of the gain is gone two years after support ends.");
        let tie = [("net_gain_at_end", 0.01, -0.01, 0.03)];
        assert_eq!(title(&tie), "No gain can be told from luck when support ends: +1.0 (-1.0 to +3.0) points.");
        let kept = [end, ("net_gain_24_months_after", 0.08, 0.07, 0.09), ("retained_share_24", 0.99, 0.93, 1.05)];
        assert!(title(&kept).contains("is still there"), "{}", title(&kept));
        let lost = [end, ("net_gain_24_months_after", 0.005, -0.01, 0.02)];
        assert!(title(&lost).contains("cannot be told from nothing"), "{}", title(&lost));
        let short = [end];
        assert!(title(&short).contains("not simulated"));
        let turned =
            [end, ("net_gain_24_months_after", -0.01, -0.014, -0.006), ("retained_share_24", -0.41, -0.6, -0.2)];
        assert_eq!(
            title(&turned),
            "The gain of 8.0 points (7.0 to 9.0) turns into a loss of 1.0 points (0.6 to 1.4) two years after support ends."
        );
        let harm = [("net_gain_at_end", -0.02, -0.03, -0.01)];
        assert!(title(&harm).starts_with("Practice is 2.0 points (1.0 to 3.0) lower"), "{}", title(&harm));
    }

    #[test]
    fn a_title_is_no_firmer_than_the_verdict_on_what_it_says() {
        let aside = |place, conclusion: &str| match (place, conclusion) {
            (0, LESS_THAN_HALF) => Verdict::Leaning.aside(),
            _ => Verdict::Firm.aside(),
        };
        let gone = |share: f64| {
            let later = ("net_gain_24_months_after", 0.08 * share, 0.078 * share, 0.082 * share);
            let kept = ("retained_share_24", share, share - 0.02, share + 0.02);
            title(&programme(&[("net_gain_at_end", 0.08, 0.07, 0.09), later, kept]), aside)
        };
        assert!(
            gone(0.25).ends_with("is gone two years after support ends, which leans on assumptions."),
            "{}",
            gone(0.25)
        );
        assert!(gone(0.75).ends_with("is gone two years after support ends."), "{}", gone(0.75));
    }

    #[test]
    fn too_few_runs_claim_nothing() {
        let mut summary = programme(&[("net_gain_at_end", 0.1, f64::NAN, f64::NAN)]);
        summary.runs = 1;
        assert!(title(&summary, |_, _| "").contains("luck") && sentences(&summary, 0, |_| true).len() == 1);
    }
}
