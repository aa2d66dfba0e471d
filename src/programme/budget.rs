//! Budget: what a programme may cost, and how far its levers are thinned where the money does not suffice.
//!
//! ```text
//! cost(strength) = cost of the programme with every lever that costs money at strength x its value
//! strength       = 1 where cost(1) <= budget, else the largest from 0 to 1 with cost(strength) <= budget
//! ```
//!
//! The cost is that of [`cost`](mod@super::cost), with everything in it: planning, support, what goes on or fades out for
//! two years after, money paid and staff time that nobody replaces. Levers that cost nothing stay as they are. So does what
//! a programme asks of staff instead of giving it (`design.scope`, `measurement.burden`): meetings and paperwork do not
//! become fewer because less is given, and are paid for first. Without a budget nothing is looked at.

use serde::{Deserialize, Serialize};

use super::{
    Cost, Levers, Place, Prices, Programme,
    cost::{cost, cost_at, is_thinned},
    price::CURRENCY,
};
use crate::{
    params::decimal,
    phrase::{grouped, thousands},
    quantities,
};

/// A budget of so much is no limit.
pub const NO_LIMIT: f64 = 1e9;

/// A thinned programme stays below its budget by no more than this, in money: less than a penny.
const LEFT: f64 = 0.002;

/// Steps in which a strength is looked for before it is narrowed down: cost need not rise with strength all the way, as
/// clerks may save more than they cost.
const STEPS: u32 = 1000;

quantities! {
    /// What a programme may cost.
    pub struct Means {
        /// Money for the whole programme in all organisations, priced as `dewpoint check` does, two years after support
        /// included. Where its levers cost more, those that cost money are thinned in proportion. 1000000000: no limit.
        budget = 1_000_000_000.0, "GBP", 1..1_000_000_000, Assumption, "scenario";
    }
}

impl Means {
    /// The budget in money, none where there is no limit.
    pub fn limit(&self) -> Option<f64> {
        Some(decimal(self.budget)).filter(|budget| *budget < NO_LIMIT)
    }
}

/// A programme as its budget lets it be run.
#[derive(Clone, Debug, PartialEq)]
pub struct Funded {
    /// The programme, its levers thinned where need be.
    pub programme: Programme,
    /// What it costs.
    pub cost: Cost,
    /// How the money was shared out; none without a budget.
    pub spending: Option<Spending>,
}

/// What a budget did to a programme.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spending {
    /// What may be spent.
    pub budget: f64,
    /// What the levers would cost as they stand in the scenario.
    pub wanted: f64,
    /// What they cost as they are run.
    pub spent: f64,
    /// What cannot be thinned: the price of what the programme asks of staff.
    pub asked: f64,
    /// Strength that is left to every lever that costs money, from 0 to 1.
    pub strength: f64,
}

impl Spending {
    /// Whether the budget pays for what is run; not so where it is too small for what the programme asks of staff.
    pub fn suffices(&self) -> bool {
        self.spent <= self.budget
    }

    /// What the budget did, in a sentence or two.
    pub fn in_words(&self) -> String {
        let budget = format!("{CURRENCY} {}", thousands(self.budget.round() as u64));
        if self.wanted <= self.budget {
            return format!("The budget is {budget}, of which {} is left over.", grouped(self.budget - self.wanted));
        }
        let stays = if self.asked > 0.0 { " What it asks of staff is paid for first and stays as it is." } else { "" };
        format!(
            "The levers cost {} times the budget of {budget}: each lever that costs money runs at {} % of its strength.{stays}",
            times(self.wanted / self.budget),
            percent(self.strength)
        )
    }
}

/// `1.3`, with as many decimals as it takes to be told from 1.
fn times(ratio: f64) -> String {
    match ratio {
        ..1.01 => format!("{ratio:.4}"),
        ..1.1 => format!("{ratio:.2}"),
        ..10.0 => format!("{ratio:.1}"),
        _ => format!("{ratio:.0}"),
    }
}

/// A share in percent, never rounded up to all of it.
fn percent(share: f64) -> String {
    let percent = 100.0 * share;
    if (10.0..99.0).contains(&percent) {
        format!("{percent:.0}")
    } else {
        format!("{:.1}", (10.0 * percent).floor() / 10.0)
    }
}

/// `programme` as its budget lets it be run in `place`.
pub fn fund(programme: &Programme, place: &Place, prices: &Prices) -> Funded {
    let as_wanted = cost(programme, place, prices);
    let Some(budget) = programme.means.limit() else {
        return Funded { programme: programme.clone(), cost: as_wanted, spending: None };
    };
    let wanted = as_wanted.total().money();
    let money = |strength: f64| cost_at(programme, place, prices, strength).total().money();
    let mut funded = Funded { programme: programme.clone(), cost: as_wanted, spending: None };
    let (mut strength, mut spent) = (1.0, wanted);
    if wanted > budget {
        strength = affordable(&money, budget);
        funded.cost = cost_at(programme, place, prices, strength);
        spent = funded.cost.total().money();
        for lever in (0..Levers::DECLARED.len()).filter(|lever| is_thinned(*lever)) {
            let left = decimal(programme.levers.get(lever)) * strength;
            funded.programme.levers.set(lever, left as f32);
        }
    }
    funded.spending = Some(Spending { budget, wanted, spent, asked: money(0.0), strength });
    funded
}

/// The largest strength below 1 that `budget` pays for; 0 where it pays for none.
///
/// Cost is a cubic of strength, as a lever can be multiplied by the size of the team and by the share of it that is
/// replaced, so that four costs tell all others.
fn affordable(money: &impl Fn(f64) -> f64, budget: f64) -> f64 {
    let [none, third, thirds, all] = [0.0, 1.0 / 3.0, 2.0 / 3.0, 1.0].map(money);
    let (first, second, last) = (third - none, thirds - 2.0 * third + none, all - 3.0 * thirds + 3.0 * third - none);
    let fits = |strength: f64| {
        let u = 3.0 * strength;
        let spent = none + u * (first + (u - 1.0) / 2.0 * (second + (u - 2.0) / 3.0 * last));
        spent <= budget - LEFT / 2.0
    };
    let step = |number: u32| f64::from(number) / f64::from(STEPS);
    let Some(found) = (0..STEPS).rev().find(|number| fits(step(*number))) else { return 0.0 };
    let (mut low, mut high) = (step(found), step(found + 1));
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        *(if fits(middle) { &mut low } else { &mut high }) = middle;
    }
    low
}

#[cfg(test)]
mod tests;
