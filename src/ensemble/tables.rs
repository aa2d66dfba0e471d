//! Ensembles as tables.
use super::{Ensemble, QUANTILES, Summary, View, costs_table};
use crate::{
    metrics::{self, UNIT_MEASURES},
    model::Series,
    params::decimal,
    scenario::Scenario,
    table::{Cell, Column, Table, is_in_hundredths},
};

/// The tables of one run of one scenario: outcomes, weekly bands, units, summary, costs, and failures if there are any; in
/// points and percent, as sentences have it.
pub fn result_tables(
    scenario: &Scenario,
    ensemble: &Ensemble,
    summary: &Summary,
    replay: impl Fn(u64) -> String,
) -> Vec<Table> {
    let mut tables = vec![
        outcomes_table(scenario, ensemble),
        weekly_table(scenario, ensemble),
        units_table(scenario, ensemble),
        summary_table(summary),
        costs_table(scenario),
        events_table(summary),
    ];
    if !ensemble.failures.is_empty() {
        tables.push(failures_table(ensemble, replay));
    }
    tables.into_iter().map(Table::in_points).collect()
}

const PROGRAMME: (&str, &str, &str) = ("programme", "", "Name of the programme.");
const REPLICATE: (&str, &str, &str) =
    ("replicate", "count", "Number of the run, from 0; with the seed it decides all luck.");

/// A row for each replicate and programme, a column for each metric.
pub fn outcomes_table(scenario: &Scenario, ensemble: &Ensemble) -> Table {
    let status = ("status", "", "`done`, or `failed`: then the rest is empty and failures.csv says why.");
    let mut table = Table::new("outcomes", &[REPLICATE, PROGRAMME, status]);
    let columns = metrics::outcomes(scenario);
    table.columns.extend(columns.into_iter().map(|column| {
        let unit = metrics::unit(&column.name);
        Column::new(column.name, unit, column.doc)
    }));
    for run in 0..ensemble.runs {
        let failed = ensemble.failures.binary_search_by_key(&run, |failure| failure.replicate).is_ok();
        for (place, programme) in scenario.programmes.iter().enumerate() {
            let mut row: Vec<Cell> = vec![run.into(), programme.name.as_str().into()];
            row.push(if failed { "failed" } else { "done" }.into());
            row.extend(ensemble.outcome_row(run, place).iter().map(|&value| Cell::Number(value)));
            table.rows.push(row);
        }
    }
    table
}

/// A row for each programme, week and series: both worlds and their difference.
pub fn weekly_table(scenario: &Scenario, ensemble: &Ensemble) -> Table {
    let mut table = Table::new(
        "weekly",
        &[
            PROGRAMME,
            ("week", "week", "Week of the simulation, from 0."),
            ("phase", "", "Phase of the programme: before, planning, active or after."),
            ("series", "", "What is followed."),
            ("unit", "", "Unit of the numbers in this row."),
        ],
    );
    for (name, words) in
        [("with", "with the programmes"), ("without", "without any programme"), ("net", "with minus without")]
    {
        let mut column = |suffix: &str, doc: String| {
            table.columns.push(Column::new(format!("{name}_{suffix}"), "see unit", doc));
        };
        column("mean", format!("Mean over runs, {words}."));
        if name == "net" {
            column("low95", "Lower end of the 95 % interval of net_mean.".into());
            column("high95", "Upper end of the 95 % interval of net_mean.".into());
        }
        for share in QUANTILES {
            let percent = (share * 100.0).round();
            let doc = format!("{percent} % of runs lie at or below this, {words} (exact to 0.1 for points).");
            column(&format!("q{percent:02}"), doc);
        }
    }
    for (place, programme) in scenario.programmes.iter().enumerate() {
        for week in 0..ensemble.bands.weeks() {
            for &series in Series::ALL {
                let mut row: Vec<Cell> = vec![programme.name.as_str().into(), (week as u64).into()];
                row.extend([programme.clock.phase(week).name(), series.name(), series.unit()].map(Cell::from));
                for view in View::ALL {
                    let band = ensemble.bands.band(place, series, view, week);
                    row.push(band.mean.value.into());
                    if view == View::Net {
                        let scale = if is_in_hundredths(series.unit()) { (-1.0, 1.0) } else { metrics::BOUNDLESS };
                        let mean = band.mean.within(scale);
                        row.extend([mean.low, mean.high].map(Cell::Number));
                    }
                    row.extend(band.quantiles.map(Cell::Number));
                }
                table.rows.push(row);
            }
        }
    }
    table
}

/// A row for each replicate, programme and unit, for the first replicates only.
pub fn units_table(scenario: &Scenario, ensemble: &Ensemble) -> Table {
    let place = [
        REPLICATE,
        PROGRAMME,
        ("organisation", "count", "Number of the organisation, from 0."),
        ("unit", "count", "Number of the unit within its organisation, from 0."),
    ];
    let mut table = Table::new("units", &place);
    table.columns.extend(UNIT_MEASURES.iter().map(|measure| Column::new(measure.name, measure.unit, measure.doc)));
    let in_organisation = (scenario.setting.units as usize).max(1);
    let mut rows = ensemble.unit_rows.chunks(UNIT_MEASURES.len());
    for run in 0..ensemble.runs.min(ensemble.runs_with_units) {
        for programme in &scenario.programmes {
            for unit in 0..ensemble.units {
                let (organisation, unit) = ((unit / in_organisation) as u64, (unit % in_organisation) as u64);
                let mut row: Vec<Cell> =
                    vec![run.into(), programme.name.as_str().into(), organisation.into(), unit.into()];
                let number = |value: &f32| Cell::Number(if value.is_nan() { f64::NAN } else { decimal(*value) });
                row.extend(rows.next().unwrap_or_default().iter().map(number));
                table.rows.push(row);
            }
        }
    }
    table
}

/// A row for each programme and metric.
pub fn summary_table(summary: &Summary) -> Table {
    let mut table = Table::new(
        "summary",
        &[
            PROGRAMME,
            ("metric", "", "Name of the metric, as in outcomes.csv."),
            ("unit", "", "Unit of the numbers in this row."),
            ("estimate", "see unit", "Mean over runs, or ratio of means where the metric says so."),
            ("low95", "see unit", "Lower end of the 95 % interval of the mean."),
            ("high95", "see unit", "Upper end of the 95 % interval."),
            ("sd", "see unit", "Standard deviation between runs."),
            ("runs", "count", "Runs in which the metric is defined."),
        ],
    );
    for programme in &summary.programmes {
        for (name, estimate) in &programme.estimates {
            let mut row: Vec<Cell> =
                vec![programme.name.as_str().into(), name.as_str().into(), metrics::unit(name).into()];
            row.extend([estimate.value, estimate.low, estimate.high, estimate.sd].map(Cell::Number));
            row.push(estimate.count.into());
            table.rows.push(row);
        }
    }
    table
}

/// A row for each programme and time: adverse events on the wards it reaches, with the programme and spared by it.
pub fn events_table(summary: &Summary) -> Table {
    let unit = "per 1,000 bed days";
    let mut table = Table::new(
        "adverse_events",
        &[
            PROGRAMME,
            ("when", "", "When they are looked at."),
            ("with", unit, "Adverse events expected on the wards reached, with the programme."),
            ("with_low95", unit, "Lower end of the 95 % interval of with."),
            ("with_high95", unit, "Upper end of the 95 % interval of with."),
            ("avoided", unit, "Those expected without the programme minus those with it."),
            ("avoided_low95", unit, "Lower end of the 95 % interval of avoided."),
            ("avoided_high95", unit, "Upper end of the 95 % interval of avoided."),
            ("runs", "count", "Runs in which both are defined."),
        ],
    );
    for programme in &summary.programmes {
        for (when, suffix) in EVENTS_AT {
            let with = programme.estimate(&format!("adverse_events_{suffix}"));
            let avoided = programme.estimate(&format!("adverse_events_avoided_{suffix}"));
            let mut row: Vec<Cell> = vec![programme.name.as_str().into(), when.into()];
            let numbers = [with.value, with.low, with.high, avoided.value, avoided.low, avoided.high];
            row.extend(numbers.map(Cell::Number));
            row.push(avoided.count.into());
            table.rows.push(row);
        }
    }
    table
}

/// When adverse events are looked at: in words, and as the names of metrics end.
const EVENTS_AT: [(&str, &str); 4] = [
    ("at the end of support", "at_end"),
    ("12 months after", "12_months_after"),
    ("24 months after", "24_months_after"),
    ("36 months after", "36_months_after"),
];

/// A row for each replicate that failed.
pub fn failures_table(ensemble: &Ensemble, replay: impl Fn(u64) -> String) -> Table {
    let columns =
        [REPLICATE, ("reason", "", "Why it failed."), ("replay", "", "Command that runs this replicate alone.")];
    let mut table = Table::new("failures", &columns);
    for failure in &ensemble.failures {
        table.rows.push(vec![
            failure.replicate.into(),
            failure.reason.as_str().into(),
            replay(failure.replicate).into(),
        ]);
    }
    table
}
