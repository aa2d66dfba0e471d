//! What a sweep calls things: metrics, paths, places.
use super::{Placing, Response, Sweep, Vary, optimum::Optimum};
use crate::{
    experiment::headline::unit,
    phrase::{Change, clear, counted, listed, measured, thousands, value_of},
    programme::{budget::NO_LIMIT, price::CURRENCY},
    stats::Estimate,
};

pub(super) use crate::experiment::headline::label;

/// A value of a path, or of a metric: points (of 100) for shares.
pub(super) fn number(metric: &str, value: f64) -> String {
    value_of(unit(metric), false, value)
}

/// A metric with its unit and interval.
pub(super) fn with_interval(metric: &str, estimate: Estimate) -> String {
    measured(unit(metric), false, estimate)
}

/// A number of a path, in three decimals at most.
pub(super) fn written(value: f64) -> String {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').into()
}

/// `*` the highest of its panel, `=` not to be told from it.
pub(super) fn mark(response: &Response, point: usize) -> &'static str {
    if response.optima.iter().any(|optimum| optimum.best == point) {
        return "*";
    }
    match response.to_highest.get(point) {
        Some(estimate) if estimate.low.is_finite() && !estimate.excludes(0.0) => "=",
        _ => "",
    }
}

fn is_money(vary: &Vary) -> bool {
    vary.factor.unit() == CURRENCY
}

/// Whether a budget is none.
pub(super) fn is_no_limit(vary: &Vary, value: f64) -> bool {
    is_money(vary) && vary.path().ends_with(".budget") && value >= NO_LIMIT
}

impl Sweep {
    /// A path in a sentence, beside a map or on an axis: its last word, where no other ends in the same, without the
    /// underscores of files.
    pub(super) fn short(&self, path: &str) -> String {
        fn last(path: &str) -> &str {
            path.rsplit('.').next().unwrap_or(path)
        }
        let same = self.varied.iter().filter(|other| last(other.path()) == last(path)).count();
        if same > 1 { path.into() } else { last(path).replace('_', " ") }
    }

    /// `with sanction 0.3, `: the value of a third path, where there is a panel for each.
    pub(super) fn panel_text(&self, panel: usize) -> String {
        let point = self.panels.get(panel).and_then(|panel| panel.first()).and_then(|&point| self.points.get(point));
        match (self.panels.len() > 1, self.varied.get(2), point.and_then(|point| point.get(2))) {
            (true, Some(vary), Some(value)) => {
                format!("with {} {}, ", self.short(vary.path()), self.said(vary, *value))
            }
            _ => String::new(),
        }
    }

    /// A value of a path as people write it, without its unit: for tables and axes.
    pub(super) fn level(&self, vary: &Vary, value: f64) -> String {
        match vary.factor.named(value) {
            Some(name) => name.into(),
            None if is_no_limit(vary, value) => "no limit".into(),
            None if is_money(vary) && value >= 1000.0 => thousands(value.round() as u64),
            None => written(value),
        }
    }

    /// The same in a sentence: `GBP 4,000,000`.
    pub(super) fn said(&self, vary: &Vary, value: f64) -> String {
        let level = self.level(vary, value);
        if is_money(vary) && !is_no_limit(vary, value) { format!("{CURRENCY} {level}") } else { level }
    }

    /// Paths that a panel shows.
    pub(super) fn paths_of_panel(&self) -> usize {
        if self.panels.len() > 1 { 2 } else { self.varied.len() }
    }

    /// `sanction 0.3 and recognition 1`: where a point lies, as far as a panel shows.
    pub(super) fn place(&self, point: usize) -> String {
        let values = self.points.get(point).map_or(&[][..], Vec::as_slice);
        let one = |(vary, value): (&Vary, &f64)| format!("{} {}", self.short(vary.path()), self.said(vary, *value));
        listed(&self.varied.iter().zip(values).take(self.paths_of_panel()).map(one).collect::<Vec<_>>())
    }

    /// Whether points lie on a grid.
    pub(super) fn is_grid(&self) -> bool {
        self.plan.placing == Placing::Grid
    }

    /// The highest point of a panel; none where the metric is defined at none of its points.
    pub(super) fn optimum_of<'a>(&self, response: &'a Response, panel: usize) -> Option<&'a Optimum> {
        let points = self.panels.get(panel)?;
        response.optima.iter().find(|optimum| points.contains(&optimum.best))
    }

    /// Whether the points of a panel differ at all: the highest lies above the lowest in the runs that chose neither.
    pub(super) fn differs(optimum: &Optimum) -> bool {
        clear(optimum.above_lowest)
    }

    /// The title of a picture: where the metric is highest, and how much of the rest cannot be told from there.
    pub(super) fn highest_text(&self, response: &Response, panel: usize) -> String {
        let what = label(&response.metric);
        let with = self.panel_text(panel);
        let (Some(optimum), Some(points)) = (self.optimum_of(response, panel), self.panels.get(panel)) else {
            return format!("{with}{what} is defined at none of the points.");
        };
        if !Self::differs(optimum) {
            return format!("{with}{what} cannot be told apart between the points.");
        }
        let untold = |point: &&usize| {
            let difference = response.to_highest.get(**point).copied().unwrap_or(Estimate::UNDEFINED);
            **point != optimum.best && !matches!(Change::of(difference), Change::Loss | Change::Gain)
        };
        let ties = match points.iter().filter(untold).count() as u64 {
            0 => "every other point is clearly lower".into(),
            count => format!("{count} of {} cannot be told from it", counted(points.len() as u64 - 1, "other point")),
        };
        format!("{with}of the points tried, {what} is highest at {}; {ties}.", self.place(optimum.best))
    }
}
