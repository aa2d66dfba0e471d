//! A summary for machines.
use serde_json::{Map, Value, json};

use crate::{
    ensemble::{ProgrammeSummary, Summary},
    stats::Estimate,
};

/// `summary` as JSON, metrics by name; numbers that do not exist are `null`. `digest` is that of the results.
pub fn summary_json(summary: &Summary, digest: &str) -> Value {
    json!({
        "title": summary.title,
        "organisations": summary.organisations,
        "units": summary.units,
        "staff": summary.staff,
        "weeks": summary.weeks,
        "runs": summary.runs,
        "failed": summary.failed,
        "seed": summary.seed,
        "digest": digest,
        "programmes": summary.programmes.iter().map(programme_json).collect::<Vec<_>>(),
    })
}

fn programme_json(programme: &ProgrammeSummary) -> Value {
    let metric = |(name, estimate): &(String, Estimate)| {
        let Estimate { value, low, high, sd, count } = estimate;
        (name.clone(), json!({ "value": value, "low95": low, "high95": high, "sd": sd, "runs": count }))
    };
    json!({
        "name": programme.name,
        "start": programme.start,
        "live": programme.live,
        "end": programme.end,
        "metrics": programme.estimates.iter().map(metric).collect::<Map<String, Value>>(),
    })
}
