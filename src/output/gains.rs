//! The gains of a programme in the summary: each with its interval, what is plausible of it, and what is kept.
use crate::{
    ensemble::{ProgrammeSummary, Summary},
    experiment::assumptions::PLAUSIBLE,
    phrase::{Kept, points, wrapped},
    stats::Estimate,
};

/// When a programme was, what it gained, and what is `plausible` of a gain.
pub(super) fn gains_text(
    summary: &Summary,
    programme: &ProgrammeSummary,
    plausible: impl Fn(&str) -> Option<String>,
) -> String {
    let phases = format!(
        "Programme \"{}\": planned from week {}, supported from week {} to {}, followed for {} weeks after.",
        programme.name,
        programme.start,
        programme.live,
        programme.end.saturating_sub(1),
        summary.weeks.saturating_sub(programme.end)
    );
    let mut text = format!("\n{}\n", wrapped("", &phases));
    text.push_str("Gain over the same staff without any programme, percentage points");
    let beside = plausible("net_gain_at_end").is_some();
    text.push_str(&if beside {
        format!("\n  {:<23}{:<24}{PLAUSIBLE}\n", "", "mean (95 % interval)")
    } else {
        " (95 % interval)\n".into()
    });
    let rows = [
        ("at the end of support", "net_gain_at_end", ""),
        ("12 months after", "net_gain_12_months_after", "retained_share_12"),
        ("24 months after", "net_gain_24_months_after", "retained_share_24"),
        ("36 months after", "net_gain_36_months_after", "retained_share_36"),
    ];
    for (label, metric, kept) in rows {
        let gain = programme.estimate(metric);
        let kept = if kept.is_empty() { String::new() } else { kept_of(programme, gain, kept).words() };
        let gain = points(gain);
        // Whether it is clear follows from what is kept, where that is said.
        let gain = if kept.is_empty() { gain.as_str() } else { gain.split(", ").next().unwrap_or_default() };
        let row = match plausible(metric).filter(|_| beside) {
            Some(range) => format!("  {label:<23}{gain:<24}{range:<22}{kept}"),
            None if beside => format!("  {label:<23}{gain:<46}{kept}"),
            None => format!("  {label:<24}{gain:<24}  {kept}"),
        };
        text.push_str(row.trim_end());
        text.push('\n');
    }
    text
}

/// How much is kept of the gain at the end where `later` is left; `share` is the metric that says it.
pub(super) fn kept_of(programme: &ProgrammeSummary, later: Estimate, share: &str) -> Kept {
    Kept::of(programme.estimate("net_gain_at_end"), later, programme.estimate(share))
}
