//! What a programme costs beside what it gains.
use serde::{Deserialize, Serialize};

use crate::{
    programme::{Amount, Levers, Spending, price::CURRENCY},
    scenario::Scenario,
    stats::Estimate,
    table::{Cell, Table},
};

/// The cost of one programme in numbers.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct CostSummary {
    /// Hours of the organisations' own staff, 24 months after support included.
    pub staff_hours: f64,
    /// Value of those hours that nobody replaces.
    pub unreplaced: f64,
    /// Money paid.
    pub paid: f64,
    /// Money altogether.
    pub money: f64,
    /// Money until support ends.
    pub money_until_end: f64,
    /// Money until support ends for each percentage point of net gain at end; undefined without a clear gain.
    pub per_point_at_end: Estimate,
    /// Money for each percentage point of net gain that is still there 24 months after; undefined without a clear gain.
    pub per_point_24_months_after: Estimate,
    /// What its budget did to it; none without a budget.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spending: Option<Spending>,
}

/// The cost of the programme at `place`, whose net gains at end and 24 months after are given.
pub(super) fn cost_summary(scenario: &Scenario, place: usize, at_end: Estimate, later: Estimate) -> CostSummary {
    let (cost, spending) = scenario.funded(place).map(|funded| (funded.cost, funded.spending)).unwrap_or_default();
    let (total, until_end) = (cost.total(), cost.until_end());
    CostSummary {
        staff_hours: total.hours,
        unreplaced: total.unreplaced,
        paid: total.paid,
        money: total.money(),
        money_until_end: until_end.money(),
        per_point_at_end: per_point(until_end.money(), at_end),
        per_point_24_months_after: per_point(total.money(), later),
        spending,
    }
}

/// `money` for each percentage point of `gain`, undefined where the gain's interval holds 0 or less. Money is known, so
/// the ends of the interval are those of the gain turned round.
fn per_point(money: f64, gain: Estimate) -> Estimate {
    if gain.low > 0.0 {
        let at = |gain: f64| money / (100.0 * gain);
        Estimate { value: at(gain.value), low: at(gain.high), high: at(gain.low), sd: f64::NAN, count: gain.count }
    } else {
        Estimate { count: gain.count, ..Estimate::UNDEFINED }
    }
}

/// A row for each programme, lever and phase that costs anything.
pub fn costs_table(scenario: &Scenario) -> Table {
    let mut table = Table::new(
        "costs",
        &[
            ("programme", "", "Name of the programme."),
            ("theme", "", "Theme of the lever."),
            ("lever", "", "What is paid for; prices and hours are in `dewpoint levers` and `dewpoint prices`."),
            ("phase", "", "Phase in which it is spent: planning, active, or after (24 months at most)."),
            ("staff_hours", "hour", "Hours of the organisations' own staff, replaced or not."),
            ("unreplaced", CURRENCY, "Value of those hours that nobody replaces, at pay and on-costs."),
            ("paid", CURRENCY, "Money paid: replacements, people from outside, payments, things."),
            ("money", CURRENCY, "Both together."),
        ],
    );
    for (place, programme) in scenario.programmes.iter().enumerate() {
        for entry in scenario.cost(place).entries {
            let Some(lever) = Levers::DECLARED.get(entry.lever) else { continue };
            let Amount { hours, unreplaced, paid } = entry.amount;
            let mut row: Vec<Cell> = vec![programme.name.as_str().into()];
            row.extend([lever.theme, lever.key, entry.phase.name()].map(Cell::from));
            row.extend(
                [hours, unreplaced, paid, entry.amount.money()].map(|sum| Cell::Number((100.0 * sum).round() / 100.0)),
            );
            table.rows.push(row);
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_for_a_point_turns_the_interval_round() {
        let gain = Estimate { value: 0.10, low: 0.08, high: 0.125, sd: 0.1, count: 9 };
        let price = per_point(1000.0, gain);
        assert_eq!((price.value, price.low, price.high), (100.0, 80.0, 125.0));
        for nothing in [Estimate { low: -0.01, ..gain }, Estimate::UNDEFINED] {
            assert!(per_point(1000.0, nothing).value.is_nan());
        }
    }

    #[test]
    fn the_table_adds_up_to_the_total() {
        let scenario = Scenario::default();
        let table = costs_table(&scenario);
        let money: f64 =
            table.rows.iter().map(|row| if let Some(Cell::Number(money)) = row.last() { *money } else { 0.0 }).sum();
        let total = scenario.cost(0).total().money();
        assert!((money - total).abs() < 1e-6 * total, "{money} {total}");
    }
}
