//! A sensitivity analysis in pictures.
use super::{Sensitivity, choice::standing};
use crate::{
    experiment::headline::{self, measure},
    phrase::capital,
    picture::{BarRow, Bars, Chart, Measure, Picture, Role, Tornado, TornadoRow, Unit},
    stats::Estimate,
};

/// Rows drawn, at most.
const MOST: usize = 16;

/// Pictures of `found`, the most important first.
pub(super) fn pictures(found: &Sensitivity) -> Vec<Picture> {
    [shares(found), tornado(found), screening(found)].into_iter().flatten().collect()
}

/// A path without what all paths begin with, and how well its number is known.
fn label(found: &Sensitivity, place: usize) -> String {
    let Some(factor) = found.plan.factors.get(place) else { return String::new() };
    format!("{} ({})", short(&factor.slot.path), standing(&factor.slot))
}

fn short(path: &str) -> String {
    path.trim_start_matches("programme.0.").trim_start_matches("parameters.").replace('_', " ")
}

fn shares(found: &Sensitivity) -> Option<Picture> {
    let indices = found.told()?;
    let pairs = indices.first.iter().zip(&indices.total);
    let row = |(place, (first, total)): (&usize, (&super::resample::Resampled, &super::resample::Resampled))| BarRow {
        label: label(found, *place),
        estimates: vec![total.estimate, first.estimate],
    };
    let rows: Vec<BarRow> = found.kept.iter().zip(pairs).take(MOST).map(row).collect();
    let first = rows.first()?;
    let clear = rows.get(1).is_none_or(|second| first.estimates[0].low > second.estimates[0].high);
    let title = if clear {
        format!("{} decides most.", first.label)
    } else {
        format!("{} and others decide most; which of them leads is not clear.", first.label)
    };
    let bars = Bars {
        measure: Measure::new("Share of the variance", Unit::Plain("")),
        parts: vec![
            ("with all it interacts with (total index)".into(), Role::With),
            ("alone (first order)".into(), Role::Neutral),
        ],
        rows,
    };
    let caption = format!(
        "Sobol indices of {} with 95 % intervals, from points and luck. In brackets: how well the number is known.",
        headline::label(&found.plan.metric)
    );
    Some(Picture::new("sobol", title, caption, Chart::Bars(bars)))
}

fn tornado(found: &Sensitivity) -> Option<Picture> {
    let own = found.checks.iter().any(|check| check.conclusion.metric == found.plan.metric);
    let metric = if own { &found.plan.metric } else { &found.checks.first()?.conclusion.metric };
    let mut seen: Vec<&str> = Vec::new();
    let mut rows = Vec::new();
    for check in found.checks.iter().filter(|check| check.conclusion.metric == *metric) {
        let ends = (check.places.first(), check.places.last());
        let (Some((low, at_low)), Some((high, at_high))) = ends else { continue };
        if seen.contains(&check.path.as_str()) {
            continue;
        }
        seen.push(&check.path);
        let number = |value: f64| format!("{value:.3}").trim_end_matches('0').trim_end_matches('.').to_owned();
        rows.push(TornadoRow {
            label: short(&check.path),
            low_label: number(*low),
            high_label: number(*high),
            low: *at_low,
            high: *at_high,
        });
    }
    let swing = |row: &TornadoRow| (row.high.value - row.low.value).abs();
    rows.sort_by(|left, right| swing(right).total_cmp(&swing(left)));
    rows.truncate(MOST);
    let present = found.checks.iter().find(|check| check.conclusion.metric == *metric)?.now.value;
    let widest = rows.first()?.label.clone();
    let tornado = Tornado { measure: measure(metric), present, rows };
    let caption = format!(
        "{} where one assumption at a time is at the lower end of its range (blue, above) and at the upper end (orange, below), with \
         95 % intervals. Upright line: the scenario as it is.",
        capital(&headline::label(metric))
    );
    Some(Picture::new(
        "tornado",
        format!("Of the assumptions that matter, {widest} has the widest swing, as estimated."),
        caption,
        Chart::Tornado(tornado),
    ))
}

fn screening(found: &Sensitivity) -> Option<Picture> {
    if found.told().is_some() || found.effects.is_empty() {
        return None;
    }
    let size = |place: usize| found.effects.get(place).map_or(Estimate::UNDEFINED, |effect| effect.mu_star.estimate);
    let rows: Vec<BarRow> = found
        .ranked()
        .into_iter()
        .take(MOST)
        .map(|place| BarRow { label: label(found, place), estimates: vec![size(place)] })
        .collect();
    let first = rows.first()?.label.clone();
    let unit = measure(&found.plan.metric).unit;
    let bars = Bars {
        measure: Measure::new("Mean size of its effect over its whole range", unit),
        parts: vec![("effect".into(), Role::With)],
        rows,
    };
    let caption = format!(
        "Screening by elementary effects on {}, with 95 % intervals. Sizes hold luck as well, so none is quite zero.",
        headline::label(&found.plan.metric)
    );
    Some(Picture::new(
        "screening",
        format!("Of the numbers screened, {first} has the largest mean effect, as estimated."),
        caption,
        Chart::Bars(bars),
    ))
}
