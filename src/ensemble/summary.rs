//! Each metric of an ensemble as one number with its interval.
use serde::{Deserialize, Serialize};

use super::{CostSummary, Ensemble, costs::cost_summary};
use crate::{
    metrics::{self, Outcome, Pooling},
    scenario::Scenario,
    stats::{Estimate, mean, ratio_of_means},
};

/// An ensemble in numbers. Intervals are about luck (which replicates happened to be drawn), not about parameters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// Title of the scenario.
    pub title: String,
    /// Organisations.
    pub organisations: u64,
    /// Units in all of them.
    pub units: u64,
    /// Posts in all units.
    pub staff: u64,
    /// Weeks simulated.
    pub weeks: u64,
    /// Replicates, failed ones included.
    pub runs: u64,
    /// Replicates that failed.
    pub failed: u64,
    /// Seed of all luck.
    pub seed: u64,
    /// The programmes, in the order of the scenario.
    pub programmes: Vec<ProgrammeSummary>,
}

/// One programme in numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProgrammeSummary {
    /// Name.
    pub name: String,
    /// Week in which planning begins.
    pub start: u64,
    /// First week of support.
    pub live: u64,
    /// First week without support.
    pub end: u64,
    /// What it costs.
    pub cost: CostSummary,
    /// Every metric by column name, in the order of the registry.
    pub estimates: Vec<(String, Estimate)>,
}

impl ProgrammeSummary {
    /// The estimate of a metric; undefined if there is none of that name.
    pub fn estimate(&self, name: &str) -> Estimate {
        self.estimates.iter().find(|(other, _)| other == name).map_or(Estimate::UNDEFINED, |(_, estimate)| *estimate)
    }
}

/// An ensemble of `scenario` in numbers.
pub fn summarise(scenario: &Scenario, seed: u64, ensemble: &Ensemble) -> Summary {
    let columns = metrics::outcomes(scenario);
    let programme = |(place, programme): (usize, &crate::programme::Programme)| {
        let estimates = estimates(ensemble, &columns, place);
        let gain = |name: &str| {
            estimates.iter().find(|(other, _)| other == name).map_or(Estimate::UNDEFINED, |(_, estimate)| *estimate)
        };
        ProgrammeSummary {
            name: programme.name.clone(),
            start: programme.clock.start as u64,
            live: programme.clock.live() as u64,
            end: programme.clock.end() as u64,
            cost: cost_summary(scenario, place, gain("net_gain_at_end"), gain("net_gain_24_months_after")),
            estimates,
        }
    };
    let units = metrics::unit_count(scenario) as u64;
    Summary {
        title: scenario.title.clone(),
        organisations: scenario.setting.organisations as u64,
        units,
        staff: units * scenario.setting.staff as u64,
        weeks: scenario.weeks() as u64,
        runs: ensemble.runs,
        failed: ensemble.failures.len() as u64,
        seed,
        programmes: scenario.programmes.iter().enumerate().map(programme).collect(),
    }
}

fn estimates(ensemble: &Ensemble, columns: &[Outcome], programme: usize) -> Vec<(String, Estimate)> {
    let named = |name: &str| {
        let place = columns.iter().position(|column| column.name == name);
        place.map_or_else(Vec::new, |place| ensemble.outcome_column(programme, place))
    };
    let estimate = |(place, column): (usize, &Outcome)| {
        let found = match column.metric.pooling {
            Pooling::Mean => mean(ensemble.outcome_column(programme, place)),
            Pooling::RatioOf(numerator, denominator) => ratio_of_means(&named(numerator), &named(denominator)),
        };
        found.within(column.metric.scale())
    };
    columns.iter().enumerate().map(|column| (column.1.name.clone(), estimate(column))).collect()
}
