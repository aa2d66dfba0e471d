//! Somebody's own numbers on the page: read as `dewpoint chart` reads them, and laid on the clock of a programme.
use serde::Deserialize;
use serde_json::json;

use super::Answer;
use crate::chart::{
    ask::Asked,
    drawn::{Charted, drawn},
    lay::Clock,
    read::{Data, Named, Point, Wanted, read},
    words,
};

/// Why a curve of shares does not lie beside a table; events of harm lie beside a scenario on the command line alone.
const NO_SHARE: &str = "the model gives the share in which a practice is done; lay it beside a proportion (numerator and \
    denominator) or percentages, not beside counts, rates of events or other values";

/// Days of a step where times are numbers and their column does not say of what: weeks, as the page counts.
const WEEK: f64 = 7.0;

/// A table of somebody's own, as text.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DataOf {
    text: String,
    /// When the programme begins, as the table writes its times; without it the first point lies in week 0.
    start: Option<String>,
    /// Column that tells units apart, where there are several.
    unit: Option<String>,
    /// The week in which the programme of the scenario begins.
    begins: f64,
}

impl DataOf {
    pub(super) fn answer(self) -> Result<Answer, String> {
        let given = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
        let unit = given(self.unit).into_iter().collect();
        let wanted = Wanted { named: Named { unit, ..Named::default() }, ..Wanted::default() };
        let data = read(self.text.as_bytes(), &wanted).map_err(|what| plain(&what))?;
        let start = given(self.start);
        let asked = Asked { start: start.clone(), ..Asked::default() };
        let charts = drawn(&data, &asked).map_err(|what| plain(&what))?;
        let share = data.share();
        let days = data.days_a_step(None).unwrap_or(WEEK);
        let first = charts.iter().filter_map(|charted| charted.points.first()).map(|point| point.read.at).min();
        let clock = match (&start, charts.iter().find_map(|charted| charted.start)) {
            (Some(_), Some(start)) => Clock { begins: self.begins, start, days },
            _ => Clock { begins: 0.0, start: first.unwrap_or_default(), days },
        };
        Ok(Answer::of(&json!({
            "notes": data.notes,
            "beside": share.is_some(),
            "why_not": if share.is_some() { "" } else { NO_SHARE },
            "charts": charts.iter().map(|charted| one(&data, charted, &asked, clock, share)).collect::<Vec<_>>(),
        })))
    }
}

/// A message without the dashes of options: the page has fields and headers of the same names.
fn plain(what: &str) -> String {
    what.replace("--", "")
}

/// One unit: what is found in words, and its points with the weeks in which they lie.
fn one(data: &Data, charted: &Charted, asked: &Asked, clock: Clock, share: Option<f64>) -> serde_json::Value {
    let special = |place: usize| charted.signals.iter().any(|signal| signal.rings(place));
    let there = |(_, point): &(usize, &Point)| !point.is_gap();
    let points = charted.points.iter().map(|point| &point.read).enumerate().filter(there).map(|(place, point)| {
        let next = charted.points.get(place + 1).map(|next| next.read.at);
        let (from, to) = (clock.week(point.at), clock.week(data.end_of(point.at, next)));
        json!({
            "time": data.said.of(point.at),
            "week": f64::midpoint(from, to),
            "share": share.map(|share| point.value * share),
            "said": words::number(data, point.value * charted.factor),
            "special": special(place),
        })
    });
    json!({
        "unit": charted.unit,
        "title": words::title(data, charted),
        "sentences": words::sentences(data, charted, asked),
        "points": points.collect::<Vec<_>>(),
    })
}
