//! The page's engine room: requests in JSON come in, JSON and columns of numbers go out.
//!
//! The page does no arithmetic of the model and knows no lever, shock or setting by itself: it asks. The same functions
//! run natively and as WebAssembly (`exports`, the only place with raw pointers), and a test compares the bytes of both.
//!
//! An answer is a block: length of its JSON (four bytes, least first), the JSON, blanks up to a multiple of 8, and the
//! numbers that the JSON describes.

mod answer;
mod data;
mod explaining;
mod looking;
mod reference;
mod room;
mod running;

#[cfg(target_arch = "wasm32")]
mod exports;

use serde::Deserialize;

pub use answer::Answer;

/// What the page may ask.
#[derive(Debug, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
enum Request {
    /// Everything declared: levers, shocks, settings, series, columns, and the bundled scenarios.
    Reference,
    /// A scenario as it stands, after changes.
    Open(room::Open),
    /// One replicate: weekly series of both worlds.
    Pair(looking::PairOf),
    /// Everybody in one organisation, week by week, in both worlds.
    Watch(looking::WatchOf),
    /// One person in both worlds.
    Person(looking::PersonOf),
    /// Some replicates, for a fan and for intervals.
    Fan(running::FanOf),
    /// Means with their intervals.
    Estimate(running::EstimateOf),
    /// The result files and digest of the command line.
    Results(running::ResultsOf),
    /// A piece of the work of explaining a gain.
    Gains(explaining::GainsOf),
    /// Where a gain went, of all pieces so far.
    Explain(explaining::ExplainOf),
    /// Somebody's own numbers, read, drawn and told.
    Data(data::DataOf),
}

/// Answers a request; faults come as answers with an `error`.
pub fn answer(request: &str) -> Answer {
    let answered = match serde_json::from_str(request) {
        Ok(Request::Reference) => Ok(reference::reference()),
        Ok(Request::Open(open)) => open.answer(),
        Ok(Request::Pair(pair)) => pair.answer(),
        Ok(Request::Watch(watch)) => watch.answer(),
        Ok(Request::Person(person)) => person.answer(),
        Ok(Request::Fan(fan)) => fan.answer(),
        Ok(Request::Estimate(estimate)) => Ok(estimate.answer()),
        Ok(Request::Results(results)) => results.answer(),
        Ok(Request::Gains(gains)) => gains.answer(),
        Ok(Request::Explain(explain)) => explain.answer(),
        Ok(Request::Data(data)) => data.answer(),
        Err(fault) => Err(format!("the page asks for something unknown: {fault}")),
    };
    answered.unwrap_or_else(|error| Answer::of(&serde_json::json!({ "error": error })))
}

#[cfg(test)]
mod tests;
