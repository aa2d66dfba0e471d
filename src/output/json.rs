//! A summary for machines.
use serde_json::{Map, Value, json};

use crate::{
    ensemble::{CostSummary, ProgrammeSummary, Summary},
    programme::price::{CURRENCY, YEAR},
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
    let metric = |(name, estimate): &(String, Estimate)| (name.clone(), estimate_json(estimate));
    json!({
        "name": programme.name,
        "start": programme.start,
        "live": programme.live,
        "end": programme.end,
        "cost": cost_json(&programme.cost),
        "metrics": programme.estimates.iter().map(metric).collect::<Map<String, Value>>(),
    })
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
