//! Many replicates: fans, intervals, and the files of the command line.

use std::ops::{ControlFlow, Range};

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Answer, looking::outcomes, room::read};
use crate::{
    ensemble::{Plan, result_tables, run_ensemble, summarise},
    model::{History, Series},
    output::csv::{csv_files, digest},
    phrase::Change,
    stats::{self, Estimate},
};

/// Some replicates of a scenario.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FanOf {
    text: String,
    seed: u64,
    replicates: Range<u64>,
    series: Vec<String>,
}

impl FanOf {
    /// Numbers: `[replicate][programme][with, without][series][week]`; outcomes by replicate and programme.
    pub(super) fn answer(self) -> Result<Answer, String> {
        let scenario = read(&self.text)?;
        let find = |name: &String| {
            let found = Series::ALL.iter().copied().find(|series| series.name() == name);
            found.ok_or_else(|| format!("no series is called {name}"))
        };
        let series: Vec<Series> = self.series.iter().map(find).collect::<Result<_, _>>()?;
        let model = scenario.to_model();
        let (mut numbers, mut measured) = (Vec::new(), Vec::new());
        for replicate in self.replicates {
            let pair = model.pair(self.seed, replicate);
            let mut add = |history: &History| series.iter().for_each(|series| numbers.extend(history.of(*series)));
            for (with, without) in pair.with.iter().zip(&pair.without) {
                add(with);
                add(without);
            }
            measured.push(outcomes(&scenario, &pair));
        }
        let about = json!({ "weeks": scenario.weeks(), "programmes": scenario.programmes.len(), "outcomes": measured });
        Ok(Answer::with_floats(&about, &numbers))
    }
}

/// Means of columns, or ratios of means where a second column is given.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EstimateOf {
    columns: Vec<(Vec<Option<f64>>, Option<Vec<Option<f64>>>)>,
}

impl EstimateOf {
    pub(super) fn answer(self) -> Answer {
        let plain = |column: Vec<Option<f64>>| -> Vec<f64> {
            column.into_iter().map(|number| number.unwrap_or(f64::NAN)).collect()
        };
        let estimate = |(column, over): (Vec<Option<f64>>, Option<Vec<Option<f64>>>)| match over {
            Some(over) => stats::ratio_of_means(&plain(column), &plain(over)),
            None => stats::mean(plain(column)),
        };
        let estimates: Vec<Estimate> = self.columns.into_iter().map(estimate).collect();
        // What the page may say of each as a change: a gain, a loss, or neither clearly.
        let changes: Vec<Change> = estimates.iter().map(|estimate| Change::of(*estimate)).collect();
        Answer::of(&json!({ "estimates": estimates, "changes": changes }))
    }
}

/// The tables of `dewpoint run` with so many runs.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ResultsOf {
    text: String,
    seed: u64,
    runs: u64,
    /// Names of the files to give back; the digest is always there.
    #[serde(default)]
    files: Vec<String>,
}

impl ResultsOf {
    pub(super) fn answer(self) -> Result<Answer, String> {
        let scenario = read(&self.text)?;
        let model = scenario.to_model();
        let simulate = |replicate| model.pair(self.seed, replicate);
        let plan = Plan { batch: 1, ..Plan::of(self.runs) };
        let ensemble = run_ensemble(&scenario, &plan, None, simulate, |_| ControlFlow::Continue(()))?;
        let summary = summarise(&scenario, self.seed, &ensemble);
        let tables = result_tables(&scenario, &ensemble, &summary, |_| String::new());
        let files = csv_files(&tables)?;
        let digest = digest(&files);
        let wanted = files.into_iter().filter(|(name, _)| self.files.contains(name));
        let files: Vec<Value> =
            wanted.map(|(name, bytes)| json!({ "name": name, "text": String::from_utf8_lossy(&bytes) })).collect();
        Ok(Answer::of(&json!({ "digest": digest, "files": files })))
    }
}
