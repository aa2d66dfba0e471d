//! Costs by hand, and the table of what levers take, walked.

use super::*;
use crate::programme::Clock;

/// Two organisations with ten units and 100 frontline staff, where every kind of hour has a round price.
fn place() -> Place {
    Place {
        organisations: 2.0,
        units: 10.0,
        staff: 100.0,
        staff_hour: 20.0,
        unit_leader_hour: 25.0,
        manager_hour: 40.0,
        newcomers_a_week: 0.01,
        weeks_after: 104,
    }
}

/// Ten weeks of planning, fifty of support, every lever at 0 except `set`, all units and staff reached.
fn programme(set: &[(&str, f32)]) -> Programme {
    let mut programme = Programme {
        clock: Clock { start: 0.0, planning: 10.0, active: 50.0, ..Clock::default() },
        ..Programme::default()
    };
    for (place, lever) in Levers::DECLARED.iter().enumerate() {
        let reach = if ["reach.share", "reach.breadth"].contains(&lever.path().as_str()) { 1.0 } else { 0.0 };
        let chosen = set.iter().find(|(path, _)| *path == lever.path()).map_or(reach, |(_, value)| *value);
        programme.levers.set(place, chosen);
    }
    programme
}

fn of(set: &[(&str, f32)]) -> Cost {
    cost(&programme(set), &place(), &Prices::default())
}

fn near(left: f64, right: f64) {
    assert!((left - right).abs() < 1e-6 * right.abs().max(1.0), "{left} is not {right}");
}

#[test]
fn every_lever_says_what_it_takes_or_why_nothing() {
    for (place, lever) in Levers::DECLARED.iter().enumerate() {
        assert!(in_words(place, &Prices::default()).len() > 20, "{}", lever.path());
    }
}

#[test]
fn every_price_is_used_and_every_amount_declared() {
    let prices = Prices::default();
    let items = || {
        Levers::DECLARED.iter().flat_map(|lever| match lever.takes {
            Items(items) | Asks(items) => items,
            _ => &[],
        })
    };
    for item in items() {
        assert!(prices.position(item.price).is_some(), "{} is not declared", item.price);
    }
    for price in Prices::DECLARED {
        let of_whom = price.name.ends_with("_hour") || price.name == "backfill";
        assert!(of_whom || items().any(|item| item.price == price.name), "{} is not used", price.name);
    }
}

#[test]
fn a_week_of_training_by_hand() {
    // 0.5 x 0.5 hours x 100 staff x 50 weeks = 1250 hours at 20, and 0.5 x 0.05 x 100 x 50 = 125 hours of a trainer at 60.
    let cost = of(&[("resources.training", 0.5)]);
    near(cost.total().hours, 1250.0);
    near(cost.total().unreplaced, 25_000.0);
    near(cost.total().paid, 7_500.0);
    near(cost.phase(Phase::Active).money(), cost.total().money());
    near(cost.theme("resources").money(), 32_500.0);
}

#[test]
fn protected_time_replaces_what_everything_else_takes() {
    let protected = of(&[("resources.training", 0.5), ("resources.protected_time", 0.4)]);
    near(protected.total().hours, 1250.0);
    near(protected.total().unreplaced, 0.6 * 25_000.0);
    near(protected.total().paid, 7_500.0 + 0.4 * 1.25 * 25_000.0);
    assert_eq!(of(&[("resources.protected_time", 1.0)]).total(), Amount::default());
}

#[test]
fn administration_takes_over_the_paperwork() {
    // 4 hours x 10 units x 50 weeks = 2000 hours of staff; three quarters of them go, and 0.75 x 3 x 10 x 50 come.
    near(of(&[("measurement.burden", 1.0)]).total().hours, 2000.0);
    let eased = of(&[("measurement.burden", 1.0), ("resources.administration", 0.75)]);
    near(eased.total().hours, 500.0);
    near(eased.total().paid, 1125.0 * 14.0);
}

#[test]
fn planning_and_what_comes_once_are_booked_where_they_happen() {
    // An executive: 3 hours x 2 organisations x (10 + 50) weeks at 70.
    let executives = of(&[("engagement.executives", 1.0)]);
    near(executives.phase(Phase::Planning).money(), 4200.0);
    near(executives.phase(Phase::Active).money(), 21_000.0);
    near(of(&[("persuasion.pilot", 0.5)]).phase(Phase::Planning).hours, 300.0);
    near(of(&[("sustain.embedding", 1.0)]).phase(Phase::Active).money(), 800.0 * 25.0);
}

#[test]
fn what_continues_is_paid_for_two_years_and_what_comes_once_is_not() {
    let set = [("resources.external_support", 1.0), ("sustain.embedding", 1.0), ("sustain.continuation", 0.25)];
    // A coach: 3.5 hours x 10 units at 75 a week.
    near(of(&set).phase(Phase::After).money(), 0.25 * 104.0 * 2625.0);
    near(of(&set).until_end().money(), 50.0 * 2625.0 + 20_000.0);
    let sanction = of(&[("sustain.sanction_after", 0.5)]);
    near(sanction.phase(Phase::After).hours, 0.5 * 10.0 * 104.0);
    near(sanction.until_end().money(), 0.0);
}

/// A fade over nine weeks costs four and a half weeks of support, and nothing on top of what goes on at half.
#[test]
fn what_fades_is_paid_for_as_it_fades() {
    let after = |taper, continuation| {
        let mut programme = programme(&[("resources.external_support", 1.0), ("sustain.continuation", continuation)]);
        programme.clock.taper = taper;
        cost(&programme, &place(), &Prices::default()).phase(Phase::After).money()
    };
    near(after(9.0, 0.0), 4.5 * 2625.0);
    // Tenths left are 9, 8, 7, 6 and then the half that stays.
    near(after(9.0, 0.5), (3.0 + 0.5 * 100.0) * 2625.0);
}

#[test]
fn reach_decides_how_many_are_paid_for() {
    let all = of(&[("resources.training", 1.0)]).total().hours;
    near(of(&[("resources.training", 1.0), ("reach.share", 0.5)]).total().hours, all / 2.0);
    // A fifth on the team, half of what they get for the rest: 0.2 + 0.8 x 0.5 of the staff, and the team's own hour.
    let few = of(&[("resources.training", 1.0), ("reach.team", 0.2), ("reach.breadth", 0.5)]);
    near(few.theme("resources").hours, 0.6 * all);
    near(few.theme("reach").hours, 0.2 * 100.0 * 60.0);
    let nobody: Vec<(String, f32)> =
        Levers::DECLARED.iter().map(|lever| (lever.path(), f32::from(u8::from(lever.key != "share")))).collect();
    let nobody: Vec<(&str, f32)> = nobody.iter().map(|(path, value)| (path.as_str(), *value)).collect();
    assert_eq!(of(&nobody).total(), Amount::default());
}

#[test]
fn every_single_lever_costs_twice_as_much_at_twice_the_value() {
    for lever in Levers::DECLARED.iter().filter(|lever| lever.theme != "reach") {
        let path = lever.path();
        let at = |value| of(&[(path.as_str(), value)]).total().money();
        near(at(1.0), 2.0 * at(0.5));
    }
}

#[test]
fn a_price_scales_what_it_is_the_price_of() {
    let programme = programme(&[("resources.external_support", 1.0)]);
    let at = |coach_hour| cost(&programme, &place(), &Prices { coach_hour, ..Prices::default() }).total().paid;
    near(at(150.0), 2.0 * at(75.0));
}

#[test]
fn newcomers_are_taught_as_they_come() {
    // 8 hours x 100 staff x 0.01 newcomers a week x 50 weeks.
    near(of(&[("sustain.induction", 1.0)]).total().hours, 400.0);
}
