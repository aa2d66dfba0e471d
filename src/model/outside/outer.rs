//! Outer context: what national policy does to organisations.
//!
//! With rate `policy_churn` a year policy changes: the alignment with each programme is redrawn (70 % new, less as far as it
//! is tied to a theme that lasts: redrawn x (1 - lasting_theme)), every
//! organisation receives a mandate (a load that decays over `mandate_weeks`), and some are reorganised. A rising tide
//! lifts usual practice everywhere by `rising_tide` log odds a year. Source: Walshe 2010 for the rate; patterns P11, P28-P30.

use crate::{
    math::smaller,
    model::{
        Model,
        state::{Moment, Nation},
    },
    quantities,
    rng::{Luck, NATION, Process},
    world::Shock,
};

quantities! {
    /// Outer context: what national policy does to organisations.
    pub struct Outer {
        /// Time for which a mandate weighs.
        mandate_weeks = 30.0, "week", 10.0..104.0, Assumption, "judgement";
        /// Most mandates that can weigh at once.
        mandate_most = 2.0, "times", 1.0..4.0, Assumption, "judgement";
        /// How much of the alignment is redrawn when policy changes.
        redrawn = 0.7, "share", 0.3..1.0, Assumption, "judgement";
    }
}

/// Draws the fate of policy over all weeks.
pub fn nation(model: &Model, luck: Luck) -> Nation {
    let (setting, p) = (&model.setting, &model.parameters.outer);
    let at_will =
        |week: usize| luck.draws(Process::Policy, NATION, 0, week as u64).uniform() < setting.policy_churn / 52.0;
    let policy_changes: Vec<bool> = (0..model.weeks)
        .map(|week| {
            let changes = at_will(week) || scheduled(model, week, |shock| matches!(shock, Shock::PolicyChange(_)));
            changes && !model.spared.holds(model.spared.policy, week)
        })
        .collect();
    let alignment = (0..model.programmes.len())
        .map(|number| {
            let redrawn = p.redrawn * (1.0 - model.programmes[number].levers.design.lasting_theme);
            let mut alignment = setting.policy_alignment;
            let mut series = Vec::with_capacity(model.weeks);
            for (week, changes) in policy_changes.iter().enumerate() {
                if *changes {
                    let fresh = luck.draws(Process::Alignment, NATION, number as u32, week as u64).uniform();
                    alignment = (1.0 - redrawn) * alignment + redrawn * fresh;
                }
                series.push(alignment);
            }
            series
        })
        .collect();
    Nation { policy_changes, alignment }
}

/// Whether a shock of this sort begins in `week`.
pub fn scheduled(model: &Model, week: usize, sort: impl Fn(&Shock) -> bool) -> bool {
    model.shocks.iter().any(|shock| sort(shock) && shock.week() == week)
}

/// Whether an organisation is reorganised this week.
pub fn reorganised(model: &Model, luck: Luck, organisation: u32, week: usize, policy_changes: bool) -> bool {
    let by_policy = policy_changes
        && luck.draws(Process::Reorganisation, organisation, 0, week as u64).uniform() < model.setting.reorganisation;
    let happens = by_policy || scheduled(model, week, |shock| matches!(shock, Shock::Reorganisation(_)));
    happens && !model.spared.holds(model.spared.policy, week)
}

/// Mandates in force decay, and a change of policy adds one.
pub fn mandates(p: &Outer, in_force: f32, policy_changes: bool) -> f32 {
    let left = in_force * (1.0 - 1.0 / p.mandate_weeks);
    if policy_changes { smaller(p.mandate_most, left + 1.0) } else { left }
}

/// Work beyond the usual and leaving beyond the usual, this week.
pub fn strains(model: &Model, week: usize) -> (f32, f32) {
    let (mut surge, mut exodus) = (0.0, 1.0);
    for shock in &model.shocks {
        match shock {
            Shock::WinterSurge(surge_now) if lasts(surge_now.at, surge_now.weeks, week) => surge += surge_now.size,
            Shock::Inspection(now) if lasts(now.at, now.notice + now.weeks, week) => surge += now.work,
            Shock::StaffExodus(now) if lasts(now.at, now.weeks, week) => exodus *= now.multiplier,
            _ => {}
        }
    }
    (surge, exodus)
}

/// Whether something that begins in week `at` and lasts `weeks` is going on in `week`.
pub fn lasts(at: f32, weeks: f32, week: usize) -> bool {
    (at as usize..(at + weeks) as usize).contains(&week)
}

/// What budget cuts have left of a programme's resources, while it is active and after.
pub fn budget_left(model: &Model, week: usize) -> f32 {
    model.shocks.iter().fold(1.0, |left, shock| match shock {
        Shock::BudgetCut(cut) if week >= cut.at as usize => left * cut.left,
        _ => left,
    })
}

/// A budget cut changes the moment of every programme: of everything that money pays for the same share is left.
pub fn cut(model: &Model, week: usize, moment: &mut Moment) {
    let left = budget_left(model, week);
    for paid in [&mut moment.strength, &mut moment.continued, &mut moment.fading] {
        *paid *= left;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mandate_decays_exponentially_and_mandates_pile_up_to_a_limit() {
        let p = Outer::default();
        let mut load = mandates(&p, 0.0, true);
        assert_eq!(load, 1.0);
        for _ in 0..30 {
            load = mandates(&p, load, false);
        }
        assert!((f64::from(load) - (1.0 - 1.0 / 30.0f64).powi(30)).abs() < 1e-5);
        assert_eq!(mandates(&p, 1.9, true), p.mandate_most);
    }

    #[test]
    fn what_is_tied_to_a_lasting_theme_keeps_its_place_when_policy_changes() {
        let aligned = |lasting_theme: f32| {
            let mut scenario = crate::scenario::Scenario::default();
            (scenario.setting.policy_churn, scenario.setting.policy_alignment) = (12.0, 0.9);
            scenario.programmes[0].levers.design.lasting_theme = lasting_theme;
            nation(&scenario.to_model(), Luck { seed: 1, replicate: 0 })
        };
        let (policy, both, theme) = (aligned(0.0), aligned(0.5), aligned(1.0));
        assert!(theme.alignment[0].iter().all(|alignment| *alignment == 0.9));
        let first = policy.policy_changes.iter().position(|changes| *changes).unwrap();
        let moved = |nation: &Nation| 0.9 - nation.alignment[0][first];
        assert!(moved(&policy) != 0.0 && (moved(&both) - 0.5 * moved(&policy)).abs() < 1e-6);
    }

    #[test]
    fn what_lasts_begins_and_ends_where_it_says() {
        assert!(!lasts(10.0, 3.0, 9) && lasts(10.0, 3.0, 10) && lasts(10.0, 3.0, 12) && !lasts(10.0, 3.0, 13));
    }
}
