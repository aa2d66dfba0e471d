//! What the programmes of a scenario cost, and what their budgets leave of them.

use super::Scenario;
use crate::{
    params::decimal,
    programme::{Cost, Cut, Funded, Means, Place, budget::fund, cost::WEEKS_AFTER, cost_when_cut},
    world::{Profession, Shock},
};

/// Weeks in a year.
const WEEKS_A_YEAR: f64 = 52.0;

impl Scenario {
    /// What the programme at `index` costs as its budget lets it be run and cuts on the way leave it; nothing where there
    /// is none.
    pub fn cost(&self, index: usize) -> Cost {
        self.funded(index).map(|funded| funded.cost).unwrap_or_default()
    }

    /// The programme at `index` as its budget lets it be run, and what it costs when that budget is cut on the way; none
    /// where there is none. Nobody knows of a cut beforehand: how the budget was shared out is as planned.
    pub fn funded(&self, index: usize) -> Option<Funded> {
        let place = self.place(index);
        let mut funded = self.programmes.get(index).map(|chosen| fund(chosen, &place, &self.prices))?;
        let cuts = self.cuts();
        if !cuts.is_empty() {
            funded.cost = cost_when_cut(&funded.programme, &place, &self.prices, &cuts);
        }
        Some(funded)
    }

    /// The cuts of every programme's budget.
    pub fn cuts(&self) -> Vec<Cut> {
        let cut = |shock: &Shock| match shock {
            Shock::BudgetCut(cut) => Some(Cut { week: cut.at as usize, left: decimal(cut.left) }),
            _ => None,
        };
        self.shocks.iter().filter_map(|named| cut(&named.shock)).collect()
    }

    /// The scenario as it is run: every programme as its budget lets it be, and no budget left to keep. What is changed in
    /// it takes nothing from anything else.
    pub fn settled(&self) -> Self {
        let mut settled = self.clone();
        for (index, programme) in settled.programmes.iter_mut().enumerate() {
            if let Some(funded) = self.funded(index) {
                *programme = funded.programme;
                programme.means = Means::default();
            }
        }
        settled
    }

    /// What the cost of the programme at `index` needs to know of the setting.
    fn place(&self, index: usize) -> Place {
        let setting = &self.setting;
        let organisations = decimal(setting.organisations);
        let units = organisations * decimal(setting.units);
        let mean = |of: fn(&Profession) -> f64| -> f64 {
            self.professions.iter().map(|row| decimal(row.traits.share) * of(row)).sum()
        };
        let hour_of = |name: &str| {
            self.professions.iter().find(|row| row.name == name).map_or(0.0, |row| decimal(row.traits.hour))
        };
        let end = self.programmes.get(index).map_or(0, |chosen| chosen.clock.end());
        let leave_a_year = mean(|row| decimal(row.traits.leaving)) * decimal(setting.turnover);
        Place {
            organisations,
            units,
            staff: units * (decimal(setting.staff) - 1.0),
            staff_hour: mean(|row| decimal(row.traits.hour)),
            unit_leader_hour: hour_of(&self.roles.unit_leader),
            manager_hour: hour_of(&self.roles.manager),
            newcomers_a_week: leave_a_year / WEEKS_A_YEAR,
            weeks_after: self.weeks().saturating_sub(end).min(WEEKS_AFTER),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::programme::Amount;

    #[test]
    fn the_place_is_that_of_the_base_case() {
        let place = Scenario::default().place(0);
        assert_eq!((place.organisations, place.units, place.staff, place.weeks_after), (12.0, 96.0, 2016.0, 104));
        // Shares times hours: 0.1 x 70 + 0.1 x 30 + 0.44 x 20 + 0.12 x 20 + 0.24 x 12.
        assert!((place.staff_hour - 24.08).abs() < 1e-9);
        assert_eq!((place.unit_leader_hour, place.manager_hour), (20.0, 35.0));
        // 0.1 x 0.08 + 0.1 x 2 + 0.56 x 0.12 + 0.24 x 0.14 leave their post each year.
        assert!((place.newcomers_a_week - 0.3088 / 52.0).abs() < 1e-9);
    }

    #[test]
    fn a_budget_cut_lowers_what_is_spent() {
        let mut scenario = Scenario::default();
        let planned = scenario.cost(0);
        let end = scenario.programmes[0].clock.end() as f32;
        let mut cut_at = |at: f32, left: f32| {
            let shock = Shock::BudgetCut(crate::world::shock::BudgetCut { at, left });
            scenario.shocks = vec![crate::world::NamedShock { name: "cut".into(), shock }];
            scenario.cost(0)
        };
        let live = Scenario::default().programmes[0].clock.live() as f32;
        assert_eq!(cut_at(0.0, 0.0).until_end().money(), 0.0);
        // Cut when support begins, what is left is what planning took.
        let planning = cut_at(live, 0.0);
        assert_eq!(planning.total(), planned.phase(crate::programme::Phase::Planning));
        // Half of it from the first week of support on is half of support.
        let half = cut_at(live, 0.5).phase(crate::programme::Phase::Active).money();
        assert!((half - 0.5 * planned.phase(crate::programme::Phase::Active).money()).abs() < 1e-6 * half);
        assert_eq!(cut_at(end, 0.0).until_end(), planned.until_end());
    }

    #[test]
    fn a_share_of_less_than_one_unit_costs_nothing() {
        let mut scenario = Scenario::default();
        scenario.programmes[0].levers.reach.share = 0.005;
        assert_eq!(scenario.cost(0).total(), Amount::default());
        scenario.programmes[0].levers.reach.share = 0.01;
        assert!(scenario.cost(0).total().money() > 0.0);
    }

    #[test]
    fn a_programme_that_is_not_there_costs_nothing() {
        assert_eq!(Scenario::default().cost(7).total().money(), 0.0);
    }
}
