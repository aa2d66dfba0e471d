//! A summary as a screen of plain words. No sentence claims more than its interval allows.
use super::{
    chart::{Line, chart},
    events,
};
use crate::{
    ensemble::{Ensemble, ProgrammeSummary, Summary, View},
    metrics,
    model::Series,
    phrase::{counted, grouped, magnitude, points, scaled, signed, thousands, wrapped},
    programme::{Clock, price::CURRENCY},
    scenario::Scenario,
    stats::Estimate,
};

/// Differences smaller than this are not worth a sentence, however certain.
const WORTH_SAYING: f64 = 0.01;

/// The summary of an ensemble of `scenario`, which `command` simulates and whose results are in `folder`.
pub fn summary_text(
    scenario: &Scenario,
    summary: &Summary,
    ensemble: &Ensemble,
    command: &str,
    folder: &str,
) -> String {
    let mut text = heading(summary);
    for (place, programme) in summary.programmes.iter().enumerate() {
        if let Some(why) = metrics::reaches_nobody(scenario, place) {
            text.push_str(&format!(
                "\n{}",
                wrapped("", &format!("{why}. There is nobody to look at; it costs nothing."))
            ));
            continue;
        }
        text.push_str(&programme_text(summary, programme));
        if let Some(sentence) = events::sentence(scenario, programme) {
            text.push_str(&wrapped("", &sentence));
        }
        if let Some(chosen) = scenario.programmes.get(place) {
            text.push('\n');
            text.push_str(&practice_chart(ensemble, place, &chosen.clock));
        }
        for suggestion in suggestions(scenario, programme, place, command) {
            text.push_str(&wrapped("- ", &suggestion));
        }
    }
    let cut: Vec<String> = metrics::cut_windows(scenario).iter().map(|what| wrapped("", what)).collect();
    text.push_str(&format!(
        "{}\nFiles in {folder}:\n  summary.csv (every metric), outcomes.csv (a row a run), weekly.csv, units.csv,\n  \
         costs.csv, adverse_events.csv, columns.csv (what columns mean), manifest.json (how to rerun).\n",
        cut.concat()
    ));
    text
}

fn heading(summary: &Summary) -> String {
    let title = if summary.title.is_empty() { "Untitled scenario" } else { &summary.title };
    let simulated = format!(
        "{} with {} and {} staff, {} weeks; {} with and without the programme{}, seed {}.",
        counted(summary.organisations, "organisation"),
        counted(summary.units, "unit"),
        thousands(summary.staff),
        summary.weeks,
        counted(summary.runs, "run"),
        if summary.programmes.len() == 1 { "" } else { "s" },
        summary.seed
    );
    let mut text = format!("{title}\n{}", wrapped("", &simulated));
    if summary.failed > 0 {
        text.push_str(&format!(
            "WARNING: {} failed and counted in nothing below; failures.csv says why.\n",
            counted(summary.failed, "run")
        ));
    }
    if summary.runs - summary.failed < 2 {
        text.push_str("With fewer than two runs there are no intervals, and no difference can be told from luck.\n");
    }
    text
}

fn programme_text(summary: &Summary, programme: &ProgrammeSummary) -> String {
    let phases = format!(
        "Programme \"{}\": planned from week {}, supported from week {} to {}, followed for {} weeks after.",
        programme.name,
        programme.start,
        programme.live,
        programme.end.saturating_sub(1),
        summary.weeks.saturating_sub(programme.end)
    );
    let mut text = format!("\n{}\n", wrapped("", &phases));
    text.push_str("Gain over the same staff without any programme, percentage points (95 % interval)\n");
    let rows = [
        ("at the end of support", "net_gain_at_end", ""),
        ("12 months after", "net_gain_12_months_after", "retained_share_12"),
        ("24 months after", "net_gain_24_months_after", "retained_share_24"),
        ("36 months after", "net_gain_36_months_after", "retained_share_36"),
    ];
    for (label, gain, kept) in rows {
        let kept = Some(share_kept(programme.estimate(kept))).filter(|_| programme.estimate(gain).excludes(0.0));
        let kept = kept.unwrap_or_default();
        text.push_str(format!("  {label:<24}{:<26}{kept}", points(programme.estimate(gain))).trim_end());
        text.push('\n');
    }
    text.push('\n');
    for sentence in
        [naive_sentence(programme), reported_sentence(programme), units_sentence(programme)].into_iter().flatten()
    {
        text.push_str(&wrapped("", &sentence));
    }
    text.push_str(&cost_text(programme));
    text.push_str(&staff_text(programme));
    text
}

/// What it costs, in all and for each point gained.
fn cost_text(programme: &ProgrammeSummary) -> String {
    wrapped("", &cost_sentence(programme))
}

pub(super) fn cost_sentence(programme: &ProgrammeSummary) -> String {
    let cost = &programme.cost;
    let each = |estimate: Estimate| {
        if estimate.value.is_nan() {
            "no gain to divide by".into()
        } else {
            format!("{} ({} to {})", grouped(estimate.value), grouped(estimate.low), grouped(estimate.high))
        }
    };
    let budget = cost.spending.map(|spending| spending.in_words() + " ").unwrap_or_default();
    format!(
        "{budget}It costs {CURRENCY} {} ({} hours of staff; {} is paid, the rest is staff time that nobody replaces). \
         For each point at the end: {}; for each point still there after 24 months: {}.",
        grouped(cost.money),
        grouped(cost.staff_hours),
        grouped(cost.paid),
        each(cost.per_point_at_end),
        each(cost.per_point_24_months_after)
    )
}

fn share_kept(kept: Estimate) -> String {
    if kept.low.is_nan() {
        return String::new();
    }
    if kept.value <= 0.0 {
        return "none of it kept".into();
    }
    format!("{:.0} % of it kept ({:.0} to {:.0})", kept.value * 100.0, kept.low * 100.0, kept.high * 100.0)
}

pub(super) fn naive_sentence(programme: &ProgrammeSummary) -> Option<String> {
    let (naive, net, bias) =
        (programme.estimate("naive_gain"), programme.estimate("net_gain_at_end"), programme.estimate("naive_bias"));
    if naive.value.is_nan() || net.value.is_nan() {
        return None;
    }
    let verdict = if bias.excludes(0.0) {
        let way = if bias.value > 0.0 { "too much" } else { "too little" };
        format!("{} {way}", magnitude(bias))
    } else {
        "the two cannot be told apart".into()
    };
    Some(format!(
        "A before-and-after study without controls would claim {} points; the true gain is {}: {verdict}.",
        signed(naive.value),
        signed(net.value)
    ))
}

pub(super) fn reported_sentence(programme: &ProgrammeSummary) -> Option<String> {
    let gap = programme.estimate("reported_minus_true_at_end");
    (!gap.value.is_nan()).then(|| {
        if gap.excludes(0.0) {
            let way = if gap.value > 0.0 { "above" } else { "below" };
            format!("What units report at the end lies {} {way} the truth.", magnitude(gap))
        } else {
            "What units report at the end cannot be told from the truth.".into()
        }
    })
}

pub(super) fn units_sentence(programme: &ProgrammeSummary) -> Option<String> {
    let (improved, kept) = (programme.estimate("improved_units_share"), programme.estimate("units_keeping_half_24"));
    (!improved.value.is_nan()).then(|| {
        let later = if kept.value.is_nan() {
            String::new()
        } else {
            format!("; of these {:.0} % keep at least half of it for two years", kept.value * 100.0)
        };
        format!("{:.0} % of units reached gain 5 points or more by the end{later}.", improved.value * 100.0)
    })
}

fn staff_text(programme: &ProgrammeSummary) -> String {
    let mut text = format!(
        "\n{:<34}{:>8}{:>9}  {}\n",
        "Frontline staff (scale 0 to 100)", "with", "without", "difference (95 % interval)"
    );
    let rows = [
        ("ownership, at the end", "ownership_at_end", ""),
        ("motivation, at the end", "motivation_at_end", "motivation_difference_at_end"),
        ("fatigue, during support", "fatigue_active", "fatigue_difference_active"),
        ("cynicism, at the end", "cynicism_at_end", "cynicism_difference_at_end"),
        ("other care, during support", "other_care_active", "other_care_difference_active"),
    ];
    for (label, with, difference) in rows {
        let (with, difference) = (programme.estimate(with), programme.estimate(difference));
        let without = scaled(with.value - difference.value);
        let difference = if difference.value.is_nan() { String::new() } else { points(difference) };
        text.push_str(format!("  {label:<32}{:>8}{without:>9}  {difference}", scaled(with.value)).trim_end());
        text.push('\n');
    }
    let (with, without, ratio) = (
        programme.estimate("leavers_active"),
        programme.estimate("leavers_without_active"),
        programme.estimate("leavers_ratio_active"),
    );
    let times = match () {
        () if ratio.low.is_nan() => String::new(),
        () => {
            let tie = if ratio.excludes(1.0) { "" } else { ", no clear change" };
            format!("x {:.2} ({:.2} to {:.2}){tie}", ratio.value, ratio.low, ratio.high)
        }
    };
    let row = format!("  {:<32}{:>8.1}{:>9.1}  {times}", "leavers a year per 100 posts", with.value, without.value);
    text.push_str(row.replace("NaN", "  -").trim_end());
    text.push('\n');
    text
}

fn practice_chart(ensemble: &Ensemble, programme: usize, clock: &Clock) -> String {
    let line = |mark, label, series, view| Line {
        mark,
        label,
        values: (0..ensemble.bands.weeks()).map(|week| ensemble.bands.mean(programme, series, view, week)).collect(),
    };
    let lines = [
        line('.', "without it", Series::Practice, View::Without),
        line('o', "reported", Series::Reported, View::With),
        line('*', "true", Series::Practice, View::With),
    ];
    let drawn = chart(&lines, clock);
    if drawn.is_empty() { drawn } else { format!("Reliability of the target practice, mean of all runs\n{drawn}\n") }
}

/// What to look at next, from the numbers, at most two. `command` simulates the scenario as it is.
fn suggestions(scenario: &Scenario, programme: &ProgrammeSummary, place: usize, command: &str) -> Vec<String> {
    let Some(chosen) = scenario.programmes.get(place) else { return Vec::new() };
    // With several programmes, what stood before one of them may be the work of another.
    let alone = scenario.programmes.len() == 1;
    let clearly = |name: &str| {
        Some(programme.estimate(name)).filter(|estimate| estimate.excludes(0.0)).map(|estimate| estimate.value)
    };
    let mut found = Vec::new();
    let kept = programme.estimate("retained_share_24");
    if kept.high < 0.495 && clearly("net_gain_at_end").is_some_and(|gain| gain > WORTH_SAYING) {
        // The first of these that the design does not do much of already.
        let sustain = &chosen.levers.sustain;
        let ideas = [
            (sustain.embedding, "embedding", "the practice were written into standards and roles"),
            (sustain.induction, "induction", "newcomers were shown what has been achieved"),
            (sustain.succession, "succession", "successors of leaders were prepared"),
            (sustain.continuation, "continuation", "part of the support went on"),
        ];
        let idea = ideas.into_iter().find(|(value, ..)| *value < 0.6).map(|(_, lever, what)| {
            let path = format!("programme.{place}.sustain.{lever}=0.8");
            format!(" What if {what}? {command} --set {path} --out results/{lever}")
        });
        found.push(format!("Less than half of the gain is left after two years.{}", idea.unwrap_or_default()));
    }
    if let Some(bias) = clearly("naive_bias").filter(|bias| alone && bias.abs() > WORTH_SAYING) {
        let way = if bias > 0.0 { "rises" } else { "falls" };
        found.push(format!(
            "Practice {way} by {:.1} points over the same time without the programme, which a before-and-after study \
             takes for its effect: plan an evaluation with controls.",
            bias.abs() * 100.0
        ));
    }
    if let Some(gap) = clearly("reported_minus_true_at_end").filter(|gap| *gap > WORTH_SAYING) {
        found.push(format!("Reports flatter by {:.1} points: see the series ritual in weekly.csv.", gap * 100.0));
    }
    if let Some(more) = clearly("fatigue_difference_active").filter(|more| *more > WORTH_SAYING) {
        found.push(format!(
            "The programme tires staff ({} on a scale of 100): see fatigue in weekly.csv.",
            signed(more)
        ));
    }
    if programme.estimate("net_gain_at_end").value.is_finite() && !programme.estimate("net_gain_at_end").excludes(0.0) {
        found.push("No gain can be told from luck: more runs (--runs) narrow the interval.".into());
    }
    found.truncate(2);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::{Plan, ensemble_of, run_ensemble, summarise, tests::wobbling};
    use crate::metrics::tests::small_scenario;
    use std::ops::ControlFlow;

    fn text(runs: u64) -> String {
        let scenario = small_scenario();
        let simulate = |replicate| wobbling(&scenario, replicate);
        let ensemble = run_ensemble(&scenario, &Plan::of(runs), None, simulate, |_| ControlFlow::Continue(())).unwrap();
        let summary = summarise(&scenario, 7, &ensemble);
        summary_text(&scenario, &summary, &ensemble, "dewpoint run x.toml", "results/x")
    }

    #[test]
    fn it_fits_a_screen_and_answers_the_questions() {
        let text = text(200);
        assert!(text.lines().count() <= 55 && text.lines().all(|line| line.chars().count() <= 100), "{text}");
        for part in [
            "1 organisation with 2 units and 22 staff",
            "24 months after",
            "% of it kept",
            "before-and-after",
            "200 runs",
            "It costs GBP",
            "For each point",
        ] {
            assert!(text.contains(part), "{part} is missing:\n{text}");
        }
        assert!(!text.contains("NaN"), "{text}");
    }

    #[test]
    fn where_nobody_is_reached_nothing_is_claimed() {
        let mut scenario = small_scenario();
        scenario.programmes[0].levers.reach.share = 0.0;
        let ensemble = ensemble_of(&scenario, 1, 5).unwrap();
        let summary = summarise(&scenario, 1, &ensemble);
        let text = summary_text(&scenario, &summary, &ensemble, "dewpoint run x.toml", "results/x");
        assert!(text.contains("reaches nobody") && text.contains("costs nothing"), "{text}");
        assert!(
            !["NaN", "before-and-after", "What units report", "units reached gain"].iter().any(|x| text.contains(x))
        );
    }

    #[test]
    fn one_run_claims_nothing() {
        let text = text(1);
        assert!(
            text.contains("no intervals")
                && text.contains("no gain to divide by")
                && !text.contains(" to +")
                && !text.contains("NaN"),
            "{text}"
        );
    }
}
