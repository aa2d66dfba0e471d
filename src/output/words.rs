//! A summary as a screen of plain words. No sentence claims more than its interval allows.
use super::{
    chart::{Line, chart},
    events, gains,
};
use crate::{
    ensemble::{Ensemble, ProgrammeSummary, Summary, View},
    experiment::assumptions::{self, Assumptions, LESS_THAN_HALF},
    metrics,
    model::Series,
    phrase::{Change, Kept, amount, counted, grouped, points, scaled, signed, thousands, wrapped},
    programme::{Clock, price::CURRENCY},
    scenario::Scenario,
    stats::Estimate,
    table::SHARE,
};

/// Differences smaller than this are not worth a sentence, however certain.
const WORTH_SAYING: f64 = 0.01;

/// Programmes by place, the one that is asked about first.
pub(super) fn order(summary: &Summary, first: usize) -> impl Iterator<Item = (usize, &ProgrammeSummary)> {
    let all = || summary.programmes.iter().enumerate();
    all().filter(move |(place, _)| *place == first).chain(all().filter(move |(place, _)| *place != first))
}

/// Of several programmes, which one comes first and what without it means.
pub(super) fn several(summary: &Summary, first: usize) -> Option<String> {
    let count = summary.programmes.len();
    let programme = summary.programmes.get(first).filter(|_| count > 1)?;
    Some(format!(
        "Of its {count} programmes \"{}\" comes first (another: --programme). Without a programme means without any of \
         them: the same staff under the same luck with none.",
        programme.name
    ))
}

/// The summary of an ensemble of `scenario`, which `command` simulates; of several programmes that at place `first` comes
/// first. Where `assumptions` were looked at, gains stand beside what is plausible.
pub fn summary_text(
    scenario: &Scenario,
    summary: &Summary,
    first: usize,
    ensemble: &Ensemble,
    assumptions: Option<&Assumptions>,
    command: &str,
) -> String {
    let mut text = heading(summary, first);
    let mut meaning = assumptions.map(Assumptions::meaning);
    for (place, programme) in order(summary, first) {
        if let Some(why) = metrics::reaches_nobody(scenario, place) {
            text.push_str(&format!(
                "\n{}",
                wrapped("", &format!("{why}. There is nobody to look at; it costs nothing."))
            ));
            continue;
        }
        let plausible = |metric: &str| Some(assumptions?.plausible(place, metric)?.words(SHARE));
        text.push_str(&gains::gains_text(summary, programme, plausible));
        if let Some(meaning) = meaning.take_if(|_| plausible("net_gain_at_end").is_some()) {
            text.push_str(&wrapped("", &meaning));
        }
        text.push_str(&programme_text(programme));
        if let Some(sentence) = events::sentence(scenario, programme) {
            text.push_str(&wrapped("", &sentence));
        }
        if let Some(chosen) = scenario.programmes.get(place) {
            text.push('\n');
            text.push_str(&practice_chart(ensemble, place, &chosen.clock));
        }
        let about = assumptions::about(scenario, place);
        let aside = |conclusion: &str| assumptions.map_or("", |found| found.aside(&format!("{about}{conclusion}")));
        for suggestion in suggestions(scenario, programme, place, command, aside) {
            text.push_str(&wrapped("- ", &suggestion));
        }
    }
    let cut: Vec<String> = metrics::cut_windows(scenario).iter().map(|what| wrapped("", what)).collect();
    text + &cut.concat()
}

/// Which files a run leaves in `folder`, the page to read first where there is a `report`.
pub fn files_text(folder: &str, report: bool) -> String {
    let first = if report { "report.html (one page to read), summary.md, summary.txt" } else { "summary.txt" };
    let all = format!(
        "{first} and summary.json (this summary), summary.csv (every metric), outcomes.csv (a row a run), weekly.csv, \
         units.csv, costs.csv, adverse_events.csv, columns.csv (what columns mean), manifest.json (how to rerun)."
    );
    format!("\nFiles in {folder}:\n{}", wrapped("  ", &all))
}

fn heading(summary: &Summary, first: usize) -> String {
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
    let several = several(summary, first).map_or_else(String::new, |sentence| wrapped("", &sentence));
    let mut text = format!("{}{}{}", wrapped("", title), several, wrapped("", &simulated));
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

/// What else is said of a programme.
fn programme_text(programme: &ProgrammeSummary) -> String {
    let mut text = String::from("\n");
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

pub(super) fn naive_sentence(programme: &ProgrammeSummary) -> Option<String> {
    let (naive, net, bias) =
        (programme.estimate("naive_gain"), programme.estimate("net_gain_at_end"), programme.estimate("naive_bias"));
    if naive.value.is_nan() || net.value.is_nan() {
        return None;
    }
    let verdict = match Change::of(bias) {
        Change::Gain => format!("{} too much", amount(bias)),
        Change::Loss => format!("{} too little", amount(bias)),
        _ => "the two cannot be told apart".into(),
    };
    let truly = if Change::of(net) == Change::Unclear {
        "the true difference, which may be nothing,"
    } else {
        "the true difference"
    };
    Some(format!(
        "A before-and-after study without controls would claim {} points; {truly} is {}: {verdict}.",
        signed(naive.value),
        signed(net.value)
    ))
}

pub(super) fn reported_sentence(programme: &ProgrammeSummary) -> Option<String> {
    let gap = programme.estimate("reported_minus_true_at_end");
    (!gap.value.is_nan()).then(|| match Change::of(gap) {
        Change::Gain => format!("What units report at the end lies {} above the truth.", amount(gap)),
        Change::Loss => format!("What units report at the end lies {} below the truth.", amount(gap)),
        _ => "What units report at the end cannot be told from the truth.".into(),
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

/// What to look at next, from the numbers, at most two. `command` simulates the scenario as it is; `aside` is what is added
/// to a conclusion that is not firm.
fn suggestions(
    scenario: &Scenario,
    programme: &ProgrammeSummary,
    place: usize,
    command: &str,
    aside: impl Fn(&str) -> &'static str,
) -> Vec<String> {
    let Some(chosen) = scenario.programmes.get(place) else { return Vec::new() };
    // With several programmes, what stood before one of them may be the work of another.
    let alone = scenario.programmes.len() == 1;
    let clearly = |name: &str| {
        let estimate = programme.estimate(name);
        Some(estimate.value).filter(|_| Change::of(estimate).is_clear())
    };
    let mut found = Vec::new();
    let gained = clearly("net_gain_at_end").is_some_and(|gain| gain > WORTH_SAYING);
    let later = programme.estimate("net_gain_24_months_after");
    let kept = gains::kept_of(programme, later, "retained_share_24");
    if kept == Kept::Lost {
        let ask = command.replacen("dewpoint run", "dewpoint explain", 1);
        found.push(format!(
            "Two years after support ends practice is {} lower than without the programme. What took the gain, and more? \
             {ask} --programme {place} --only lost",
            amount(later)
        ));
    }
    let little = match kept {
        Kept::Share(share) => share.high < 0.495,
        Kept::NotClearly => programme.estimate("retained_share_24").high < 0.495,
        Kept::Lost | Kept::Nothing => false,
    };
    if little && gained {
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
        let aside = aside(LESS_THAN_HALF);
        found.push(format!("Less than half of the gain is left after two years{aside}.{}", idea.unwrap_or_default()));
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
    if Change::of(programme.estimate("net_gain_at_end")) == Change::Unclear {
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
        summary_text(&scenario, &summary, 0, &ensemble, None, "dewpoint run x.toml")
    }

    #[test]
    fn it_fits_a_screen_and_answers_the_questions() {
        let text = text(200) + &files_text("results/x", true);
        assert!(text.lines().count() <= 56 && text.lines().all(|line| line.chars().count() <= 100), "{text}");
        for part in [
            "1 organisation with 2 units and 22 staff",
            "24 months after",
            "% of it kept",
            "before-and-after",
            "200 runs",
            "It costs GBP",
            "For each point",
            "Files in results/x:\n  report.html (one page to read)",
        ] {
            assert!(text.contains(part), "{part} is missing:\n{text}");
        }
        assert!(!text.contains("NaN"), "{text}");
        assert!(!files_text("results/x", false).contains("report"));
    }

    #[test]
    fn where_nobody_is_reached_nothing_is_claimed() {
        let mut scenario = small_scenario();
        scenario.programmes[0].levers.reach.share = 0.0;
        let ensemble = ensemble_of(&scenario, 1, 5).unwrap();
        let summary = summarise(&scenario, 1, &ensemble);
        let text = summary_text(&scenario, &summary, 0, &ensemble, None, "dewpoint run x.toml");
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

    /// The text of a made-up summary of the small scenario.
    fn told(estimates: &[(&str, f64, f64, f64)]) -> String {
        let scenario = small_scenario();
        let ensemble = ensemble_of(&scenario, 1, 2).unwrap();
        let mut summary = summarise(&scenario, 1, &ensemble);
        summary.runs = 100;
        let estimate = |value, low, high| Estimate { value, low, high, sd: 0.1, count: 100 };
        summary.programmes[0].estimates = estimates
            .iter()
            .map(|(name, value, low, high)| ((*name).to_owned(), estimate(*value, *low, *high)))
            .collect();
        let text = summary_text(&scenario, &summary, 0, &ensemble, None, "dewpoint run x.toml --set a=1 --runs 100");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_programme_that_ends_in_harm_keeps_nothing_and_is_no_matter_of_embedding() {
        let harm = [
            ("net_gain_at_end", 0.024, 0.02, 0.028),
            ("net_gain_12_months_after", -0.014, -0.018, -0.01),
            ("net_gain_24_months_after", -0.01, -0.014, -0.007),
            ("net_gain_36_months_after", -0.006, -0.009, -0.003),
            ("retained_share_12", -0.58, -0.7, -0.4),
            ("retained_share_24", -0.41, -0.6, -0.3),
            ("retained_share_36", -0.25, -0.4, -0.1),
        ];
        let text = told(&harm);
        assert!(text.contains("-1.0 (-1.4 to -0.7) none of it kept"), "{text}");
        assert!(!text.contains("% of it kept") && !text.contains("embedding") && !text.contains("is left"), "{text}");
        assert!(text.contains("practice is 1.0 points (0.7 to 1.4) lower than without the programme"), "{text}");
        // The hint asks for the same scenario, with all that was changed in it.
        assert!(text.contains("dewpoint explain x.toml --set a=1 --runs 100 --programme 0 --only lost"), "{text}");
    }

    #[test]
    fn a_loss_from_the_start_has_no_share_to_keep() {
        let loss = [
            ("net_gain_at_end", -0.02, -0.03, -0.01),
            ("net_gain_24_months_after", -0.022, -0.03, -0.014),
            ("retained_share_24", 1.08, 0.9, 1.3),
        ];
        let text = told(&loss);
        assert!(text.contains("-2.2 (-3.0 to -1.4)") && !text.contains("kept"), "{text}");
    }

    #[test]
    fn what_is_mostly_gone_is_asked_for_with_the_options_given() {
        let gone = [
            ("net_gain_at_end", 0.1, 0.09, 0.11),
            ("net_gain_24_months_after", 0.02, 0.015, 0.025),
            ("retained_share_24", 0.2, 0.15, 0.25),
        ];
        let text = told(&gone);
        assert!(
            text.contains("20 % of it kept (15 to 25)") && text.contains("Less than half of the gain is left"),
            "{text}"
        );
        assert!(text.contains("dewpoint run x.toml --set a=1 --runs 100 --set programme.0.sustain."), "{text}");
    }
}
