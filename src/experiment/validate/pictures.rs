//! The arms of a pattern as bars, with and without its mechanism.

use super::{Judged, Pattern, Relation, Rules, Tested, Verdict};
use crate::{
    experiment::headline::measure,
    metrics::REGISTRY,
    picture::{BarRow, Bars, Chart, Dot, Dots, Mark, Measure, Picture, Role, Unit},
    stats::Estimate,
};

/// Effects beyond this many standard deviations stand at the edge: what is that clear needs no place of its own.
const EDGE: f64 = 3.0;

/// Every pattern in a row: the smallest step of its main claim, and what became of the pattern.
pub fn overview<'a>(rows: impl Iterator<Item = (&'a Pattern, &'a Tested)>, rules: &Rules) -> Option<Picture> {
    let mut shown: Vec<(Verdict, Dot)> =
        rows.filter_map(|(pattern, tested)| Some((tested.verdict, dot(pattern, tested)?))).collect();
    // Those that are there first; within a verdict the order of the patterns stays.
    shown.sort_by_key(|(verdict, _)| *verdict);
    let count = |verdict: Verdict| shown.iter().filter(|(other, _)| *other == verdict).count();
    let key: Vec<(String, Role)> = Verdict::ALL
        .into_iter()
        .filter(|verdict| count(*verdict) > 0)
        .map(|verdict| (format!("{} ({})", verdict.words(), count(verdict)), role(verdict)))
        .collect();
    let judged = shown.iter().filter(|(verdict, _)| verdict.is_judged()).count();
    let title =
        format!("Of {judged} patterns that were judged {} are there, each for its own reason.", count(Verdict::Pass));
    let caption = format!(
        "Of each pattern the smallest step of its main claim, in standard deviations between runs, with its 95 % interval; to the right: \
         as claimed. An arrow: beyond {EDGE:.0}. Each is a mean over {} draws of the parameters; a pattern also fails where another \
         claim does, or where the sign does not hold in enough of the draws.",
        rules.draws
    );
    let reference = Some(Mark { at: 0.0, label: "no effect".into() });
    let measure = Measure::new("Effect of the main claim", Unit::Plain("standard deviations"));
    let dots = shown.into_iter().map(|(_, dot)| dot).collect::<Vec<_>>();
    let dots = Dots { within: Some((-EDGE, EDGE)), key, ..Dots::new(measure, reference, dots) };
    (!dots.rows.is_empty()).then(|| Picture::new("patterns", title, caption, Chart::Dots(dots)))
}

fn role(verdict: Verdict) -> Role {
    match verdict {
        Verdict::Pass => Role::Gain,
        Verdict::Fail => Role::Loss,
        Verdict::NotEmergent | Verdict::Tautology => Role::Reported,
        Verdict::Undecided | Verdict::Open | Verdict::NotTestable => Role::Without,
    }
}

fn dot(pattern: &Pattern, tested: &Tested) -> Option<Dot> {
    let claims = || pattern.claims.iter().zip(&tested.claims);
    let steps = |main: bool| {
        let chosen = claims()
            .filter(move |(claim, _)| claim.main == main)
            .flat_map(|(claim, judged)| claim.steps.iter().zip(judged));
        let greater =
            chosen.filter(|(step, judged)| step.relation == Relation::Greater && judged.found.size.is_finite());
        greater.map(|(_, judged)| judged).min_by(|left, right| left.found.size.total_cmp(&right.found.size))
    };
    let judged: &Judged = steps(true).or_else(|| steps(false))?;
    let (effect, size) = (judged.found.effect, judged.found.size);
    let spread = if size == 0.0 { f64::NAN } else { (effect.value / size).abs() };
    let estimate = Estimate {
        value: size,
        low: effect.low / spread,
        high: effect.high / spread,
        sd: f64::NAN,
        count: effect.count,
    };
    let note = if size.abs() > EDGE { format!("{size:+.1}") } else { String::new() };
    Some(Dot { label: format!("{} {}", pattern.id, pattern.name), estimate, role: role(tested.verdict), note })
}

/// A picture for each metric of a pattern.
pub fn pictures(pattern: &Pattern, tested: &Tested) -> Vec<Picture> {
    let mut metrics: Vec<&str> = Vec::new();
    for (_, metric, ..) in &tested.arms {
        if !metrics.contains(&metric.as_str()) {
            metrics.push(metric);
        }
    }
    let mut made = Vec::new();
    for metric in metrics {
        let declared = metric.split(' ').next().and_then(|name| REGISTRY.iter().find(|row| row.name == name));
        // Metrics of a profession are declared once for all of them, and are shares.
        let unit = declared.map_or("share", |row| row.unit);
        let unit =
            if unit == "share" { Unit::Share } else { measure(metric.split(' ').next().unwrap_or_default()).unit };
        let mut parts = vec![("as it is".to_owned(), Role::With)];
        if pattern.knockout.is_some() {
            parts.push(("knocked out".to_owned(), Role::Neutral));
        }
        let rows = tested.arms.iter().filter(|row| row.1 == metric).map(|(arm, _, mean, gone)| BarRow {
            label: arm.replace('_', " "),
            estimates: [*mean, *gone].into_iter().take(parts.len()).collect(),
        });
        let rows = rows.collect();
        let what = metric.replace('_', " ");
        let name = format!("{}_{}", pattern.id, metric).to_lowercase().replace([' ', '(', ')'], "_");
        let title = format!("{} {}: {what} in each condition.", pattern.id, pattern.name);
        let knocked_out =
            pattern.knockout.as_ref().map_or_else(String::new, |knockout| format!(" Knocked out: {}.", knockout.what));
        let caption = format!(
            "Means over runs with 95 % intervals. Conditions share their luck, so differences between them are known better \
             than the intervals of the bars suggest.{knocked_out}"
        );
        made.push(Picture::new(
            &name,
            title,
            caption,
            Chart::Bars(Bars { measure: Measure::new(what, unit), parts, rows }),
        ));
    }
    made
}
