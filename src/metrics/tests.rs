//! Answers computed by hand on a small pair.
use super::*;
use crate::programme::Programme;

/// A scenario with one organisation of two units of eleven, planning in weeks 8-9, support in weeks 10-19, simulated
/// until week 180.
pub(crate) fn small_scenario() -> Scenario {
    let mut scenario = Scenario::ordinary();
    scenario.setting.organisations = 1.0;
    scenario.setting.units = 2.0;
    scenario.setting.staff = 11.0;
    scenario.programmes = vec![Programme {
        clock: Clock { start: 8.0, planning: 2.0, active: 10.0, ..Clock::default() },
        levers: scenario.programmes[0].levers.clone(),
        ..Programme::default()
    }];
    scenario.run.follow_up = 160;
    scenario
}

/// A history in which every series is `level` everywhere.
pub(crate) fn flat(scenario: &Scenario, level: f32) -> History {
    let (weeks, units) = (scenario.weeks(), unit_count(scenario));
    History {
        series: vec![vec![level; weeks]; Series::ALL.len()],
        by_profession: vec![vec![level; weeks]; scenario.professions.len()],
        units: vec![level; weeks * units],
        reached: vec![true; units],
        staff: Default::default(),
    }
}

/// Usual practice 0.5, rising to 0.6 in week 10. The programme adds 0.2 in weeks 10-19, 0.15 in the 60 weeks after and
/// 0.05 from then on; its first unit gains twice as much as the mean and its second nothing, and from week 80 on the
/// first keeps half.
pub(crate) fn small_pair() -> (Scenario, Pair) {
    let scenario = small_scenario();
    let (mut with, mut without) = (flat(&scenario, 0.5), flat(&scenario, 0.5));
    for week in 10..scenario.weeks() {
        let (gain, unit_gain) = match week {
            ..20 => (0.2, 0.4),
            20..80 => (0.15, 0.4),
            _ => (0.05, 0.2),
        };
        without.series[Series::Practice as usize][week] = 0.6;
        with.series[Series::Practice as usize][week] = 0.6 + gain;
        with.series[Series::Reported as usize][week] = 0.9;
        with.by_profession[2][week] = 0.75;
        with.by_profession[3][week] = f32::NAN;
        with.series[Series::Leavers as usize][week] = 0.1;
        without.series[Series::Leavers as usize][week] = 0.05;
        with.units[2 * week] = 0.5 + unit_gain;
    }
    (scenario, Pair { with: vec![with], without: vec![without] })
}

#[track_caller]
fn check(pair: &Pair, scenario: &Scenario, name: &str, expected: f64) {
    let observation = Observation::new(scenario, pair, 0).unwrap();
    let outcome = outcomes(scenario).into_iter().find(|outcome| outcome.name == name).unwrap();
    let value = outcome.of(&observation);
    assert!(
        (value - expected).abs() < 1e-6 || (value.is_nan() && expected.is_nan()),
        "{name}: {value}, not {expected}"
    );
}

#[test]
fn metrics_are_what_they_are_by_hand() {
    let (scenario, pair) = small_pair();
    let expected = [
        ("net_gain_at_end", 0.2),
        ("net_gain_12_months_after", 0.15),
        ("net_gain_24_months_after", 0.05),
        ("net_gain_36_months_after", 0.05),
        // Weeks 17-24 after a start in week 8: three at 0.2 and five at 0.15.
        ("net_gain_3_months_in", (3.0 * 0.2 + 5.0 * 0.15) / 8.0),
        ("net_gain_everywhere_at_end", 0.0),
        ("reported_gain_at_end", 0.4),
        ("reported_minus_true_24_months_after", 0.25),
        // Nurses gain 0.25, allied staff have nobody, all others nothing.
        ("gap_between_professions_at_end", 0.25),
        ("spread_of_practice_at_end", 0.4 / 2f64.sqrt()),
        ("retained_share_12", 0.75),
        ("retained_share_24", 0.25),
        // Window [20 + h - 4, 20 + h + 4): with 4 of 8 weeks at 0.05 the mean is 0.1, still half; with 5 it is less.
        ("half_life_months", 61.0 * 12.0 / 52.0),
        ("half_lost", 1.0),
        ("improved_units_share", 0.5),
        ("units_keeping_half_24", 1.0),
        ("units_keeping_three_quarters_24", 0.0),
        ("units_losing_three_quarters_24", 0.0),
        ("sustained_units_share_24", 0.0),
        ("spread_between_units", 0.4 / 2f64.sqrt()),
        ("net_gain_of_nurse_at_end", 0.25),
        ("net_gain_of_allied_at_end", f64::NAN),
        ("practice_before", 0.5),
        ("practice_at_end", 0.8),
        ("usual_practice_at_end", 0.6),
        ("naive_gain", 0.3),
        ("naive_bias", 0.1),
        ("reported_minus_true_at_end", 0.1),
        ("fatigue_difference_active", 0.0),
        ("leavers_per_week_active", 0.1),
        // 20 frontline posts: 0.1 a week is 5.2 a year is 26 per 100.
        ("leavers_active", 26.0),
        ("leavers_without_active", 13.0),
        ("leavers_ratio_active", 2.0),
        ("net_gain_18_months_after", 0.05),
        ("reported_gain_12_months_in", 0.4),
        ("reported_gain_12_months_after", 0.4),
        ("units_improved_and_keeping_half_24", 0.5),
        ("intraclass_correlation_before", 0.0),
        ("spread_of_motivation_at_end", f64::NAN),
    ];
    expected.iter().for_each(|(name, value)| check(&pair, &scenario, name, *value));
}

#[test]
fn units_that_differ_before_have_a_correlation_within() {
    let (scenario, mut pair) = small_pair();
    for week in 0..8 {
        (pair.with[0].units[2 * week], pair.with[0].units[2 * week + 1]) = (0.4, 0.6);
    }
    // Variance 0.02 of proportions around 0.5, of 0.25 in all.
    check(&pair, &scenario, "intraclass_correlation_before", 0.08);
}

#[test]
fn what_lies_beyond_the_simulated_weeks_is_undefined() {
    let (scenario, mut pair) = small_pair();
    for history in pair.with.iter_mut().chain(&mut pair.without) {
        history.series.iter_mut().for_each(|series| series.truncate(100));
        history.units.truncate(200);
    }
    check(&pair, &scenario, "net_gain_12_months_after", 0.15);
    check(&pair, &scenario, "net_gain_24_months_after", f64::NAN);
    check(&pair, &scenario, "retained_share_24", f64::NAN);
    check(&pair, &scenario, "units_keeping_half_24", f64::NAN);
}

#[test]
fn without_any_gain_nothing_is_kept_and_nothing_lost() {
    let scenario = small_scenario();
    let pair = Pair { with: vec![flat(&scenario, 0.5)], without: vec![flat(&scenario, 0.5)] };
    check(&pair, &scenario, "net_gain_at_end", 0.0);
    for undefined in ["retained_share_12", "half_life_months", "half_lost", "units_keeping_half_24"] {
        check(&pair, &scenario, undefined, f64::NAN);
    }
}

#[test]
fn a_programme_from_week_0_has_no_before() {
    let (mut scenario, pair) = small_pair();
    scenario.programmes[0].clock = Clock { start: 0.0, planning: 10.0, active: 10.0, ..Clock::default() };
    check(&pair, &scenario, "naive_gain", f64::NAN);
    check(&pair, &scenario, "net_gain_at_end", 0.2);
}

#[test]
fn the_end_of_short_support_does_not_reach_back_before_it() {
    let (mut scenario, pair) = small_pair();
    scenario.programmes[0].clock = Clock { start: 7.0, planning: 2.0, active: 3.0, ..Clock::default() };
    let clock = &scenario.programmes[0].clock;
    for (window, weeks) in [(Window::AtEnd, 9..12), (Window::LastTwoMonths, 9..12), (Window::Active, 9..12)] {
        assert_eq!(window.weeks(clock, scenario.weeks()), Some(weeks), "{window:?}");
    }
    // Two of the three weeks have the gain of 0.2.
    check(&pair, &scenario, "net_gain_at_end", 0.4 / 3.0);
}

#[test]
fn units_are_what_they_are_by_hand() {
    let (scenario, pair) = small_pair();
    let observation = Observation::new(&scenario, &pair, 0).unwrap();
    let row: Vec<f64> = UNIT_MEASURES.iter().map(|measure| (measure.of)(&observation, 0)).collect();
    for (value, expected) in row.iter().zip([1.0, 0.5, 0.4, 0.4, 0.2]) {
        assert!((value - expected).abs() < 1e-6, "{row:?}");
    }
}

#[test]
fn the_registry_is_sound() {
    let columns = outcomes(&Scenario::default());
    for (place, outcome) in columns.iter().enumerate() {
        assert!(outcome.doc.ends_with('.') && !outcome.metric.unit.is_empty(), "{}", outcome.name);
        assert!(columns[..place].iter().all(|other| other.name != outcome.name), "{} twice", outcome.name);
        if let Pooling::RatioOf(numerator, denominator) = outcome.metric.pooling {
            assert!([numerator, denominator].iter().all(|name| columns.iter().any(|column| column.name == **name)));
        }
    }
}
