//! Budgets by hand, and every lever at once against a penny.

use super::*;
use crate::{
    programme::Clock,
    rng::{Luck, Process},
};

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

/// Fifty weeks of support with every lever at 0 except `set`, all units and staff reached.
fn programme(budget: f32, set: &[(&str, f32)]) -> Programme {
    let mut programme = Programme {
        clock: Clock { start: 0.0, planning: 10.0, active: 50.0, ..Clock::default() },
        means: Means { budget },
        ..Programme::default()
    };
    for (place, lever) in Levers::DECLARED.iter().enumerate() {
        let reach = if ["reach.share", "reach.breadth"].contains(&lever.path().as_str()) { 1.0 } else { 0.0 };
        let chosen = set.iter().find(|(path, _)| *path == lever.path()).map_or(reach, |(_, value)| *value);
        programme.levers.set(place, chosen);
    }
    programme
}

fn funded(budget: f32, set: &[(&str, f32)]) -> (Funded, Spending) {
    let funded = fund(&programme(budget, set), &place(), &Prices::default());
    let spending = funded.spending.unwrap();
    (funded, spending)
}

const PENNY: f64 = 0.01;

#[test]
fn without_a_budget_nothing_is_looked_at() {
    let plain = programme(NO_LIMIT as f32, &[("resources.external_support", 1.0)]);
    let funded = fund(&plain, &place(), &Prices::default());
    assert_eq!((&funded.programme, funded.spending), (&plain, None));
    assert_eq!(funded.cost, cost(&plain, &place(), &Prices::default()));
    assert_eq!(Means::default().limit(), None);
}

/// A coach costs 3.5 hours x 10 units x 50 weeks at 75, which is 131,250.
#[test]
fn half_the_money_halves_a_lever_that_costs_in_proportion() {
    let (half, spending) = funded(65_625.0, &[("resources.external_support", 0.8), ("design.fit", 0.9)]);
    // 0.8 of it is wanted, 105,000; 65,625 is 0.625 of that.
    assert!((spending.strength - 0.625).abs() < 1e-7 && (spending.wanted - 105_000.0).abs() < 1e-6);
    assert!((half.programme.levers.resources.external_support - 0.5).abs() < 1e-6);
    assert_eq!(half.programme.levers.design.fit, 0.9, "what costs nothing stays");
    assert_eq!(
        spending.in_words(),
        "The levers cost 1.6 times the budget of GBP 65,625: each lever that costs money runs at 62 % of its strength."
    );
}

#[test]
fn money_enough_changes_nothing_and_is_left_over() {
    let set = [("resources.external_support", 0.8)];
    let (all, spending) = funded(110_000.0, &set);
    assert_eq!(all.programme, programme(110_000.0, &set));
    assert_eq!((spending.strength, spending.spent), (1.0, spending.wanted));
    assert_eq!(spending.in_words(), "The budget is GBP 110,000, of which 5,000 is left over.");
}

/// What goes on and what fades out is thinned with the lever it comes from: half the money, half the coach in every phase.
#[test]
fn what_goes_on_after_support_is_paid_from_the_same_purse() {
    let set = [("resources.external_support", 1.0), ("sustain.continuation", 0.25)];
    let whole = cost(&programme(1.0, &set), &place(), &Prices::default()).total().money();
    let (half, spending) = funded((whole / 2.0) as f32, &set);
    assert!((spending.strength - 0.5).abs() < 1e-6);
    assert_eq!(half.programme.levers.sustain.continuation, 0.25);
    assert!((half.cost.total().money() - whole / 2.0).abs() < 1.0);
}

/// Two levers at s of 1 on a team of s: s hours of the team and s x s of training. With breadth 0 the team is all it reaches.
#[test]
fn a_smaller_team_needs_less_of_everything() {
    let set = [("reach.team", 1.0), ("reach.breadth", 0.0), ("resources.training", 1.0)];
    // 1 hour x 60 weeks for the team, 0.5 x 50 in training and 0.05 x 50 of a trainer at 60, for 100 staff at 20.
    let at = |s: f64| 100.0 * (s * 60.0 * 20.0 + s * s * (25.0 * 20.0 + 2.5 * 60.0));
    let (_, spending) = funded(at(0.6) as f32, &set);
    assert!((spending.strength - 0.6).abs() < 1e-6, "{}", spending.strength);
}

#[test]
fn what_is_asked_of_staff_stays_and_is_paid_for_first() {
    // 4 hours x 10 units x 50 weeks at 20 is 40,000 of paperwork; the coach has the rest, 13,125 of 131,250.
    let set = [("measurement.burden", 1.0), ("resources.external_support", 1.0)];
    let (left, spending) = funded(53_125.0, &set);
    assert_eq!((left.programme.levers.measurement.burden, spending.asked), (1.0, 40_000.0));
    assert!((left.programme.levers.resources.external_support - 0.1).abs() < 1e-6);
    assert!(spending.suffices() && spending.in_words().ends_with("is paid for first and stays as it is."));
    let (nothing, spending) = funded(39_999.0, &set);
    assert!(!spending.suffices() && nothing.programme.levers.resources.external_support == 0.0);
}

/// Clerks at 1 cost 42 a week and save paperwork of 80: a budget between the two takes them all, or fits nowhere.
#[test]
fn clerks_who_save_more_than_they_cost_are_kept() {
    let set = [("measurement.burden", 1.0), ("resources.administration", 1.0)];
    let (kept, spending) = funded(30_000.0, &set);
    assert_eq!((kept.programme.levers.resources.administration, spending.strength), (1.0, 1.0));
    assert!(spending.asked > spending.spent);
}

/// Cost is a cubic of strength whatever is chosen, so that every budget is met to the penny.
#[test]
fn every_budget_is_met_to_the_penny_whatever_is_chosen() {
    let mut thinned = 0;
    for replicate in 0..40 {
        let mut luck = Luck { seed: 7, replicate }.draws(Process::Practice, 0, 0, 0);
        let mut chosen = Programme::default();
        for lever in 0..Levers::DECLARED.len() {
            chosen.levers.set(lever, luck.uniform());
        }
        // Who reaches nobody costs nothing.
        chosen.levers.reach.share = chosen.levers.reach.share.max(0.1);
        chosen.clock.taper = 100.0 * luck.uniform();
        let spent = |strength| cost_at(&chosen, &place(), &Prices::default(), strength).total().money();
        for share in [0.01, 0.3, 0.9, 0.999_999] {
            let budget = (spent(0.0) + share * (spent(1.0) - spent(0.0))) as f32;
            let limited = Programme { means: Means { budget }, ..chosen.clone() };
            let spending = fund(&limited, &place(), &Prices::default()).spending.unwrap();
            assert!(spending.suffices(), "{spending:?}");
            if spending.wanted > spending.budget {
                thinned += 1;
                assert!(spending.spent >= spending.budget - PENNY, "{spending:?}");
                assert!((0.0..1.0).contains(&spending.strength));
            }
        }
    }
    assert!(thinned > 150, "{thinned}");
}

#[test]
fn shares_and_multiples_are_told_from_all_and_once() {
    assert_eq!([1.0004, 1.04, 1.26, 26.3].map(times), ["1.0004", "1.04", "1.3", "26"]);
    assert_eq!([0.774, 0.9999, 0.0042].map(percent), ["77", "99.9", "0.4"]);
}
