//! What one run of one scenario found: sentences, numbers to remember, pictures and tables for a report.
mod pictures;
mod sentences;

use super::{gains::kept_of, report::KeyNumber, words::order};
use crate::{
    ensemble::{Ensemble, ProgrammeSummary, Summary},
    experiment::{
        Answer,
        assumptions::{self, Assumptions},
    },
    metrics::{self, incidents::Ward},
    output::events,
    phrase::{Kept, scaled},
    picture::Picture,
    scenario::Scenario,
    table::{Cell, SHARE, Table},
};

/// What was found.
#[derive(Clone, Debug)]
pub struct Findings {
    /// Title, sentences, tables.
    pub answer: Answer,
    /// Numbers to remember, of the programme asked about.
    pub numbers: Vec<KeyNumber>,
    /// Pictures, the most important first.
    pub pictures: Vec<Picture>,
}

/// What an ensemble of `scenario` found, the programme at place `first` first; `wards` has the typical ward of one run for
/// each programme, `assumptions` what is plausible of its gains, where that was looked at.
pub fn findings(
    scenario: &Scenario,
    summary: &Summary,
    first: usize,
    ensemble: &Ensemble,
    assumptions: Option<&Assumptions>,
    wards: &[Option<Ward>],
) -> Findings {
    // Of a programme that reaches nobody there is only that to say.
    let nobody: Vec<Option<String>> =
        (0..summary.programmes.len()).map(|place| metrics::reaches_nobody(scenario, place)).collect();
    let reaches = |place: usize| nobody.get(place).is_none_or(Option::is_none);
    let mut reaching = summary.clone();
    let mut each = nobody.iter().map(Option::is_none);
    reaching.programmes.retain(|_| each.next().unwrap_or(true));
    let mut said =
        if reaching.programmes.is_empty() { Vec::new() } else { sentences::sentences(summary, first, reaches) };
    let several = summary.programmes.len() > 1;
    said.extend(order(summary, first).filter(|(place, _)| reaches(*place)).filter_map(|(_, programme)| {
        let sentence = events::sentence(scenario, programme)?;
        Some(if several { format!("{}: {sentence}", programme.name) } else { sentence })
    }));
    said.extend(nobody.iter().flatten().map(|why| format!("{why}. It costs nothing.")));
    said.extend(metrics::cut_windows(scenario));
    said.extend(assumptions.filter(|found| !found.numbers.is_empty()).map(Assumptions::meaning));
    let mut tables = vec![gains(&reaching), staff(&reaching)];
    tables.retain(|table| !table.rows.is_empty());
    let aside = |place: usize, conclusion: &str| {
        let about = assumptions::about(scenario, place);
        assumptions.map_or("", |found| found.aside(&format!("{about}{conclusion}")))
    };
    let answer = Answer {
        title: sentences::title(summary, aside),
        sentences: said,
        shown: None,
        tables: tables.into_iter().map(|table| without_lone_programme(table, summary)).collect(),
    };
    let pictures = pictures::pictures(scenario, summary, ensemble, wards);
    let plausible = |metric: &str| Some(assumptions?.plausible(first, metric)?.words(SHARE));
    let numbers = summary.programmes.get(first).map_or_else(Vec::new, |programme| key_numbers(programme, plausible));
    Findings { answer, numbers, pictures }
}

/// Numbers to remember, gains with what is `plausible` of them.
fn key_numbers(programme: &ProgrammeSummary, plausible: impl Fn(&str) -> Option<String>) -> Vec<KeyNumber> {
    let gain = |metric: &str, label: &str| {
        let number = KeyNumber::points(programme.estimate(metric), label.into())?;
        Some(KeyNumber { plausible: plausible(metric).unwrap_or_default(), ..number })
    };
    let later = programme.estimate("net_gain_24_months_after");
    let kept = match kept_of(programme, later, "retained_share_24") {
        Kept::Share(kept) => KeyNumber::share(kept, "of the gain kept for two years".into()),
        _ => None,
    };
    let price = programme.cost.per_point_24_months_after;
    let price = KeyNumber::money(price, "for each point still there two years later".into());
    let end = gain("net_gain_at_end", "gained when support ends");
    [end, gain("net_gain_24_months_after", "two years after"), kept, price].into_iter().flatten().collect()
}

/// `table` without the column of programmes where there is no more than one.
fn without_lone_programme(mut table: Table, summary: &Summary) -> Table {
    if summary.programmes.len() < 2 {
        table.columns.remove(0);
        table.rows.iter_mut().for_each(|row| drop(row.remove(0)));
    }
    table
}

/// Gains by time, in percentage points.
fn gains(summary: &Summary) -> Table {
    let mut table = Table::new(
        "gains",
        &[
            ("programme", "", "Name of the programme."),
            ("when", "", "Time."),
            (
                "gain",
                "points",
                "True reliability above that of the same units without any programme, percentage points.",
            ),
            ("low95", "points", "Lower end of the 95 % interval of the mean."),
            ("high95", "points", "Upper end of the 95 % interval."),
            ("kept", "%", "Share of the gain at the end of support; empty where there is no clear gain, or none left."),
        ],
    );
    let rows = [
        ("when support ends", "net_gain_at_end", ""),
        ("12 months after", "net_gain_12_months_after", "retained_share_12"),
        ("24 months after", "net_gain_24_months_after", "retained_share_24"),
        ("36 months after", "net_gain_36_months_after", "retained_share_36"),
    ];
    for programme in &summary.programmes {
        for (when, gain, kept) in rows {
            let gain = programme.estimate(gain);
            let kept = if kept.is_empty() { Kept::Nothing } else { kept_of(programme, gain, kept) };
            let mut row: Vec<Cell> = vec![programme.name.as_str().into(), when.into()];
            row.extend([gain.value, gain.low, gain.high].map(|share| Cell::Number(tenth(share))));
            row.push(Cell::Number(tenth(kept.share().value)));
            table.rows.push(row);
        }
    }
    table
}

/// What staff felt, with and without, on a scale of 100.
fn staff(summary: &Summary) -> Table {
    let mut table = Table::new(
        "staff",
        &[
            ("programme", "", "Name of the programme."),
            ("what", "", "What is looked at, and when."),
            ("with", "of 100", "With the programme."),
            ("without", "of 100", "Without."),
            ("difference", "of 100", "Difference, run by run."),
            ("low95", "of 100", "Lower end of its 95 % interval."),
            ("high95", "of 100", "Upper end of its 95 % interval."),
        ],
    );
    let rows = [
        ("motivation, at the end", "motivation_at_end", "motivation_difference_at_end"),
        ("fatigue, during support", "fatigue_active", "fatigue_difference_active"),
        ("cynicism, at the end", "cynicism_at_end", "cynicism_difference_at_end"),
        ("all other care, during support", "other_care_active", "other_care_difference_active"),
    ];
    for programme in &summary.programmes {
        for (what, with, difference) in rows {
            let (with, difference) = (programme.estimate(with), programme.estimate(difference));
            let mut row: Vec<Cell> = vec![programme.name.as_str().into(), what.into()];
            let numbers =
                [with.value, with.value - difference.value, difference.value, difference.low, difference.high];
            row.extend(numbers.map(|share| Cell::Number(tenth(share))));
            table.rows.push(row);
        }
    }
    table
}

/// A share in hundredths, to a tenth: what [`scaled`] says in words.
fn tenth(share: f64) -> f64 {
    scaled(share).parse().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ensemble::{Plan, run_ensemble, summarise, tests::wobbling},
        metrics::tests::small_scenario,
    };
    use std::ops::ControlFlow;

    /// What is said of three programmes, of which those in `unheard` reach nobody and that at `first` is asked about.
    fn said(unheard: &[usize], first: usize) -> Vec<String> {
        let mut scenario = small_scenario();
        scenario.programmes = ["One", "Two", "Three"]
            .map(|name| {
                let mut programme = scenario.programmes[0].clone();
                programme.name = name.into();
                programme
            })
            .into();
        for place in unheard {
            scenario.programmes[*place].levers.reach.share = 0.0;
        }
        let simulate = |replicate| wobbling(&scenario, replicate);
        let ensemble = run_ensemble(&scenario, &Plan::of(6), None, simulate, |_| ControlFlow::Continue(())).unwrap();
        let summary = summarise(&scenario, 1, &ensemble);
        findings(&scenario, &summary, first, &ensemble, None, &[]).answer.sentences
    }

    #[test]
    fn the_programme_asked_about_is_named_whoever_reaches_nobody() {
        for (unheard, first, name) in [
            (&[][..], 0, "One"),
            (&[0], 2, "Three"),
            (&[0], 1, "Two"),
            (&[1], 1, "Two"),
            (&[2], 2, "Three"),
            (&[0, 1], 0, "One"),
            (&[0, 1], 2, "Three"),
        ] {
            let sentences = said(unheard, first);
            let begins = format!("Of its 3 programmes \"{name}\" comes first");
            assert!(sentences[0].starts_with(&begins), "{unheard:?}, {first}: {sentences:#?}");
            for (place, name) in ["One", "Two", "Three"].iter().enumerate() {
                let nobody =
                    sentences.iter().any(|sentence| sentence.starts_with(&format!("\"{name}\" reaches nobody")));
                assert_eq!(nobody, unheard.contains(&place), "{sentences:#?}");
            }
        }
    }
}
