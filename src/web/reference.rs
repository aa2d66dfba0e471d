//! What is declared, for the page to build its controls from.

use serde_json::{Value, json};

use super::Answer;
use crate::{
    metrics::person::Column,
    model::Series,
    params::Quantity,
    programme::{CHALLENGES, Clock, Levers, Prices, cost::in_words, price::CURRENCY},
    scenario::bundled,
    world::{Setting, Shock},
};

pub(super) fn reference() -> Answer {
    let prices = Prices::default();
    let quantity = |quantity: &Quantity| {
        json!({
            "name": quantity.name, "doc": quantity.doc, "unit": quantity.unit, "default": quantity.default,
            "low": quantity.low, "high": quantity.high, "whole": quantity.is_whole(), "standing": quantity.standing,
        })
    };
    let quantities = |declared: &[Quantity]| declared.iter().map(quantity).collect::<Vec<Value>>();
    let levers = Levers::DECLARED.iter().enumerate();
    let levers: Vec<Value> = levers
        .map(|(place, lever)| {
            let challenge = usize::from(lever.challenge).checked_sub(1).and_then(|place| CHALLENGES.get(place));
            json!({
                "theme": lever.theme, "key": lever.key, "doc": lever.doc, "default": crate::params::decimal(lever.default),
                "meaning": lever.meaning, "challenge": challenge, "price": in_words(place, &prices),
            })
        })
        .collect();
    let named = |names: &(&str, &str)| json!({ "name": names.0, "doc": names.1 });
    let shocks = Shock::KINDS.iter();
    let shocks: Vec<Value> = shocks
        .map(|(key, doc, settings)| json!({ "kind": key, "doc": doc, "settings": quantities(settings) }))
        .collect();
    let series = Series::ALL.iter();
    let series: Vec<Value> =
        series.map(|series| json!({ "name": series.name(), "unit": series.unit(), "doc": series.doc() })).collect();
    let columns = Column::ALL.iter();
    let columns: Vec<Value> =
        columns.map(|column| json!({ "name": column.name(), "unit": column.unit(), "doc": column.doc() })).collect();
    let outcomes: Vec<Value> = crate::metrics::REGISTRY
        .iter()
        .map(|metric| json!({ "name": metric.name, "unit": metric.unit, "doc": metric.doc }))
        .collect();
    let scenarios: Vec<Value> = bundled::FILES
        .iter()
        .filter_map(|(path, text)| {
            let (folder, file) = path.split_once('/')?;
            let title = text.lines().find_map(|line| line.strip_prefix("title = "))?;
            let name = crate::scenario::stem(file);
            Some(json!({
                "name": name, "folder": folder, "title": title.trim_matches('"'), "story": bundled::story(text),
            }))
        })
        .collect();
    Answer::of(&json!({
        "version": env!("CARGO_PKG_VERSION"),
        "currency": CURRENCY,
        "themes": Levers::THEMES.iter().map(named).collect::<Vec<_>>(),
        "levers": levers,
        "clock": quantities(Clock::DECLARED),
        "settings": quantities(Setting::DECLARED),
        "shocks": shocks,
        "series": series,
        "columns": columns,
        "outcomes": outcomes,
        "scenarios": scenarios,
    }))
}
