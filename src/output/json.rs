//! A summary for machines.
use serde_json::{Map, Value, json};

use crate::{
    ensemble::{CostSummary, ProgrammeSummary, Summary},
    metrics::unit,
    programme::price::{CURRENCY, YEAR},
    stats::Estimate,
    table::said_in,
};

/// `summary` as JSON, metrics by name, each with its unit: points and percent as in the tables; numbers that do not exist are `null`. `digest` is that of the results.
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
        let mut found = estimate_json(&said(name, *estimate));
        found["unit"] = said_in(unit(name), 0.0).0.into();
        (name.clone(), found)
    };
    json!({
        "name": programme.name,
        "start": programme.start,
        "live": programme.live,
        "end": programme.end,
        "cost": cost_json(&programme.cost),
        "metrics": programme.estimates.iter().map(metric).collect::<Map<String, Value>>(),
    })
}

/// An estimate of the metric called `name` as sentences have it.
fn said(name: &str, estimate: Estimate) -> Estimate {
    let number = |number| said_in(unit(name), number).1;
    let Estimate { value, low, high, sd, count } = estimate;
    Estimate { value: number(value), low: number(low), high: number(high), sd: number(sd), count }
}

fn cost_json(cost: &CostSummary) -> Value {
    let mut found = json!({
        "currency": CURRENCY,
        "year": YEAR,
        "staff_hours": cost.staff_hours,
        "unreplaced": cost.unreplaced,
        "paid": cost.paid,
        "money": cost.money,
        "money_until_end": cost.money_until_end,
        "per_point_at_end": estimate_json(&cost.per_point_at_end),
        "per_point_24_months_after": estimate_json(&cost.per_point_24_months_after),
    });
    if let Some(spending) = cost.spending {
        found["budget"] = json!(spending);
    }
    found
}

fn estimate_json(Estimate { value, low, high, sd, count }: &Estimate) -> Value {
    json!({ "value": value, "low95": low, "high95": high, "sd": sd, "runs": count })
}
