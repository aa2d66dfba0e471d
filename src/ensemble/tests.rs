//! Ensembles of a made-up replicate function.
use super::*;
use crate::metrics::tests::{flat, small_scenario};

/// A pair whose numbers wobble with the replicate, in a way that makes the order of sums visible in the last bits.
pub(crate) fn wobbling(scenario: &Scenario, replicate: u64) -> Pair {
    let luck = (replicate * 2_654_435_761 % 1009) as f32 / 1009.0;
    let (mut with, mut without) = (flat(scenario, 0.5), flat(scenario, 0.5));
    for week in 0..scenario.weeks() {
        let wave = luck * (1.0 + (week % 7) as f32) / 70.0;
        without.series[Series::Practice as usize][week] = 0.5 + wave;
        with.series[Series::Practice as usize][week] = 0.6 + 0.1 * luck + wave;
        with.units[2 * week] = 0.6 + wave;
    }
    Pair { with: vec![with], without: vec![without] }
}

fn run(plan: Plan, begun: Option<Ensemble>) -> Ensemble {
    let scenario = small_scenario();
    run_ensemble(&scenario, &plan, begun, |replicate| wobbling(&scenario, replicate), |_| ControlFlow::Continue(()))
        .unwrap()
}

#[track_caller]
fn same_bits(left: &Ensemble, right: &Ensemble) {
    // Debug text has NaN and every digit.
    assert!(format!("{left:?}") == format!("{right:?}"));
}

#[test]
fn threads_and_batches_change_no_bit() {
    let one = run(Plan { threads: 1, ..Plan::of(300) }, None);
    assert!(one.is_whole());
    for (threads, batch) in [(2, 64), (8, 64), (8, 7), (3, 1)] {
        same_bits(&one, &run(Plan { threads, batch, ..Plan::of(300) }, None));
    }
}

#[test]
fn an_ensemble_continues_where_it_stopped() {
    let begun = run(Plan::of(37), None);
    assert!(begun.same_shape(&Ensemble::new(&small_scenario())));
    same_bits(&run(Plan::of(90), Some(begun)), &run(Plan::of(90), None));
}

#[test]
fn it_stops_when_the_interval_is_narrow_enough() {
    let wide = run(Plan { precision: Some(1.0), ..Plan::of(1000) }, None);
    assert_eq!(wide.runs, 100);
    // Gains spread evenly over 0.1 have a standard deviation of 0.029: 0.002 takes some 800 runs.
    let narrow = run(Plan { precision: Some(0.002), batch: 33, threads: 2, ..Plan::of(5000) }, None);
    assert!((700..=900).contains(&narrow.runs) && narrow.runs.is_multiple_of(100), "{}", narrow.runs);
    assert_eq!(run(Plan { precision: Some(0.0), ..Plan::of(250) }, None).runs, 250);
}

#[test]
#[cfg(feature = "cli")]
fn a_replicate_that_fails_is_kept_apart() {
    let scenario = small_scenario();
    let simulate = |replicate| {
        assert!(replicate != 3, "out of nurses");
        wobbling(&scenario, replicate)
    };
    let ensemble = run_ensemble(&scenario, &Plan::of(10), None, simulate, |_| ControlFlow::Continue(())).unwrap();
    assert_eq!(ensemble.failures, [Failure { replicate: 3, reason: "out of nurses".into() }]);
    assert_eq!(ensemble.runs, 10);
    assert!(ensemble.is_whole());
    assert!(ensemble.outcome_row(3, 0).iter().all(|value| value.is_nan()));
    let summary = summarise(&scenario, 1, &ensemble);
    assert_eq!(summary.programmes[0].estimate("net_gain_at_end").count, 9);
    let table = failures_table(&ensemble, |replicate| format!("dewpoint run FILE --seed 1 --replicate {replicate}"));
    assert_eq!(table.rows.len(), 1);
}

#[test]
fn every_table_is_rectangular_and_says_what_its_columns_mean() {
    let scenario = small_scenario();
    let ensemble = run(Plan::of(5), None);
    let summary = summarise(&scenario, 1, &ensemble);
    for table in result_tables(&scenario, &ensemble, &summary, |_| String::new()) {
        assert!(
            !table.rows.is_empty() && table.rows.iter().all(|row| row.len() == table.columns.len()),
            "{}",
            table.name
        );
        assert!(table.columns.iter().all(|column| column.doc.ends_with('.')), "{}", table.name);
    }
}

#[test]
fn a_replicate_in_flight_takes_what_is_said() {
    let scenario = small_scenario();
    let pair = scenario.to_model().pair(1, 0);
    let numbers = |history: &crate::model::History| {
        let weekly = history.series.iter().chain(&history.by_profession).map(Vec::len).sum::<usize>();
        weekly + history.units.len()
    };
    let persons = |history: &crate::model::History| history.staff.early.len() + history.staff.at_end.len();
    let bytes = |history: &crate::model::History| 4 * numbers(history) + 44 * persons(history);
    let bytes: usize = pair.with.iter().chain(&pair.without).map(bytes).sum();
    assert_eq!(bytes_in_flight(&scenario), bytes);
}

#[test]
fn a_hundred_thousand_runs_fit() {
    // The bound of the module's documentation, for 300 weeks of a default scenario.
    let scenario = Scenario::default();
    let ensemble = Ensemble::new(&scenario);
    let outcomes = 8 * 100_000 * ensemble.metrics * ensemble.programmes;
    let units = 4 * 1_000_000;
    let bands = 8192 * Series::ALL.len() * View::ALL.len() * 300;
    assert!(outcomes + units + bands < 512 << 20, "{outcomes} + {units} + {bands}");
}
