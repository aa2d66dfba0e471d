//! Cost: what a programme takes in hours of staff and in money.
//!
//! ```text
//! cost of a lever in a phase = lever x amount at 1 x how many x weeks of the phase x price
//! hours of data collection   x (1 - administration)
//! not replaced               = hours of units x price x (1 - protected_time)
//! replaced                   = hours of units x price x backfill x protected_time
//! ```
//!
//! Amounts and prices are those of [`Prices`]; which lever takes which stands in the lever's own row
//! ([`lever`](super::lever)), and a lever that takes nothing says why there. Everything is linear in every single lever; `share`, `team` and `breadth` decide how many units and
//! staff the rest is paid for. What goes on after support ends is paid at `continuation` of its weekly cost, and what fades
//! out (`taper`) as it fades. Time of staff
//! that nobody replaces is valued at its price and kept apart from money that somebody pays. Of all shocks only a cut of the
//! budget changes the cost: from its week on everything is taken as far as the cut leaves it ([`Cut`]). A programme that
//! reaches no unit costs nothing.

mod weeks;

use super::{
    Programme,
    clock::Phase,
    lever::{Levers, Prices},
    price::{
        Item, Of, Per,
        Takes::{self, Asks, Backfill, Items, Nothing},
        When::{self, After, OnceBefore, OnceDuring, Support, Throughout},
    },
};
use crate::params::{Quantities, decimal};
pub use weeks::Cut;
use weeks::Weeks;

/// Weeks after support that are paid for: 24 months, the time to which "still there" refers.
pub const WEEKS_AFTER: usize = 104;

/// What of a setting decides the cost of a programme.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Organisations.
    pub organisations: f64,
    /// Units in all of them.
    pub units: f64,
    /// Frontline posts in all of them.
    pub staff: f64,
    /// Mean price of an hour of frontline staff.
    pub staff_hour: f64,
    /// Price of an hour of a unit leader.
    pub unit_leader_hour: f64,
    /// Price of an hour of a manager.
    pub manager_hour: f64,
    /// Newcomers to a frontline post each week.
    pub newcomers_a_week: f64,
    /// Weeks after support that are paid for.
    pub weeks_after: usize,
}

/// Hours and money.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Amount {
    /// Hours of the organisations' own staff, replaced or not.
    pub hours: f64,
    /// Value of the hours that nobody replaces.
    pub unreplaced: f64,
    /// Money paid: replacements, people from outside, payments, things.
    pub paid: f64,
}

impl Amount {
    /// Money altogether.
    pub fn money(&self) -> f64 {
        self.unreplaced + self.paid
    }
}

impl std::iter::Sum for Amount {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::default(), |sum, amount| Self {
            hours: sum.hours + amount.hours,
            unreplaced: sum.unreplaced + amount.unreplaced,
            paid: sum.paid + amount.paid,
        })
    }
}

/// What one lever costs in one phase.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entry {
    /// Place of the lever in [`Levers::DECLARED`].
    pub lever: usize,
    /// Phase in which it is spent.
    pub phase: Phase,
    /// How much.
    pub amount: Amount,
}

/// What a programme costs, lever by lever and phase by phase; what costs nothing is left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cost {
    /// The entries, in the order of levers and phases.
    pub entries: Vec<Entry>,
}

impl Cost {
    /// Everything.
    pub fn total(&self) -> Amount {
        self.entries.iter().map(|entry| entry.amount).sum()
    }

    /// Everything until support ends.
    pub fn until_end(&self) -> Amount {
        self.entries.iter().filter(|entry| entry.phase != Phase::After).map(|entry| entry.amount).sum()
    }

    /// What one phase costs.
    pub fn phase(&self, phase: Phase) -> Amount {
        self.entries.iter().filter(|entry| entry.phase == phase).map(|entry| entry.amount).sum()
    }

    /// What one theme costs.
    pub fn theme(&self, theme: &str) -> Amount {
        let of_theme = |entry: &&Entry| Levers::DECLARED.get(entry.lever).is_some_and(|lever| lever.theme == theme);
        self.entries.iter().filter(of_theme).map(|entry| entry.amount).sum()
    }
}

/// The price whose hours administration takes over.
const COLLECTION: &str = "collection_hours";

/// What `programme` costs in `place` as planned.
pub fn cost(programme: &Programme, place: &Place, prices: &Prices) -> Cost {
    cost_at(programme, place, prices, 1.0)
}

/// What `programme` costs in `place` when its budget is cut on the way.
pub fn cost_when_cut(programme: &Programme, place: &Place, prices: &Prices, cuts: &[Cut]) -> Cost {
    spent(programme, place, prices, 1.0, cuts)
}

/// Whether the lever at `place` of [`Levers::DECLARED`] is thinned where money does not suffice.
pub(super) fn is_thinned(place: usize) -> bool {
    in_order().any(|(lever, takes)| lever == place && matches!(takes, Items(_) | Backfill))
}

/// What `programme` costs in `place` with every lever that is thinned at `strength` times its value.
pub(super) fn cost_at(programme: &Programme, place: &Place, prices: &Prices, strength: f64) -> Cost {
    spent(programme, place, prices, strength, &[])
}

fn spent(programme: &Programme, place: &Place, prices: &Prices, strength: f64, cuts: &[Cut]) -> Cost {
    let levers = &programme.levers;
    let weeks = Weeks::of(&programme.clock, decimal(levers.sustain.continuation), place.weeks_after, cuts);
    let protected = decimal(levers.resources.protected_time) * strength;
    let administration = decimal(levers.resources.administration) * strength;
    let mut entries = Vec::new();
    // Money that replaces hours of units, by phase.
    let mut replaced = PHASES.map(|_| 0.0);
    for (place_of_lever, takes) in in_order() {
        let (items, strength_of_lever) = match takes {
            Items(items) => (items, strength),
            Asks(items) => (items, 1.0),
            Nothing(_) | Backfill => continue,
        };
        let value = decimal(levers.get(place_of_lever)) * strength_of_lever;
        let much = |item: &Item| value * amount_of(prices, item.price) * many(item.per, levers, place, strength);
        let each: Vec<_> = items.iter().map(|item| (item, much(item), hour(item.of, place, prices))).collect();
        for (row, phase) in PHASES.into_iter().enumerate() {
            let amount = each
                .iter()
                .map(|(item, much, hour)| {
                    let eased = if item.price == COLLECTION { 1.0 - administration } else { 1.0 };
                    let taken = much * weeks.taken(item.when, phase) * eased;
                    let money = taken * hour;
                    match item.of {
                        Of::Staff | Of::UnitLeader => {
                            replaced[row] += money * protected * decimal(prices.backfill);
                            Amount { hours: taken, unreplaced: money * (1.0 - protected), paid: 0.0 }
                        }
                        Of::Manager | Of::Executive | Of::ClinicalLead => {
                            Amount { hours: taken, unreplaced: money, paid: 0.0 }
                        }
                        _ => Amount { paid: money, ..Amount::default() },
                    }
                })
                .sum();
            entries.push(Entry { lever: place_of_lever, phase, amount });
        }
    }
    for (lever, _) in in_order().filter(|(_, takes)| matches!(takes, Backfill)) {
        let paid = |row: usize| Amount { paid: replaced[row], ..Amount::default() };
        entries.extend(PHASES.into_iter().enumerate().map(|(row, phase)| Entry { lever, phase, amount: paid(row) }));
    }
    entries.retain(|entry| entry.amount != Amount::default());
    entries.sort_by_key(|entry| entry.lever);
    Cost { entries }
}

/// The phases in which money is spent.
pub const PHASES: [Phase; 3] = [Phase::Planning, Phase::Active, Phase::After];

/// What the lever at `place` of [`Levers::DECLARED`] costs at 1, in words.
pub fn in_words(place: usize, prices: &Prices) -> String {
    let Some((_, takes)) = in_order().find(|(lever, _)| *lever == place) else { return String::new() };
    match takes {
        Nothing(why) => format!("nothing of its own: {why}"),
        Backfill => format!(
            "the replacement of the hours that everything else takes from units, at {} times their price",
            decimal(prices.backfill)
        ),
        Items(items) | Asks(items) => {
            items.iter().map(|item| item_in_words(item, prices)).collect::<Vec<_>>().join("; ")
        }
    }
}

/// An amount in words.
fn item_in_words(item: &Item, prices: &Prices) -> String {
    let amount = decimal(prices.get(prices.position(item.price).unwrap_or(0)));
    let what = match item.of {
        Of::Staff => "hours of frontline staff",
        Of::UnitLeader => "hours of the unit leader",
        Of::Manager => "hours of a manager",
        Of::Executive => "hours of an executive",
        Of::ClinicalLead => "hours of a leading clinician",
        Of::Analyst => "hours of a data analyst",
        Of::Administrator => "hours of an administrator",
        Of::Trainer => "hours of a trainer",
        Of::Coach => "hours of a coach",
        Of::ServiceUser => "hours of patients or carers",
        Of::Pounds => super::price::CURRENCY,
    };
    let per = match item.per {
        Per::Programme => "",
        Per::Organisation => " an organisation",
        Per::Unit => " a unit",
        Per::Staff => " a member of the team",
        Per::Exposed => " a member of staff",
        Per::Newcomer => " a newcomer",
    };
    let when = match item.when {
        // A newcomer comes once, whenever that is.
        _ if item.per == Per::Newcomer => ", while supported",
        Throughout => " a week, planning included",
        Support => " a week",
        After => " a week after support",
        OnceBefore => ", once, before support",
        OnceDuring => ", once",
    };
    let whose = match item.of {
        Of::Pounds => format!("{what} {amount}"),
        _ if amount == 1.0 => format!("1 {}", what.replacen("hours", "hour", 1)),
        _ => format!("{amount} {what}"),
    };
    format!("{whose}{per}{when} (prices.{})", item.price)
}

/// Lever by lever in the order of the declarations: its place and what it takes.
fn in_order() -> impl Iterator<Item = (usize, Takes)> {
    Levers::DECLARED.iter().enumerate().map(|(place, lever)| (place, lever.takes))
}

/// How much of an amount a lever at 1 takes.
fn amount_of(prices: &Prices, name: &str) -> f64 {
    prices.position(name).map_or(0.0, |row| decimal(prices.get(row)))
}

fn hour(of: Of, place: &Place, prices: &Prices) -> f64 {
    match of {
        Of::Staff => place.staff_hour,
        Of::UnitLeader => place.unit_leader_hour,
        Of::Manager => place.manager_hour,
        Of::Executive => decimal(prices.executive_hour),
        Of::ClinicalLead => decimal(prices.clinical_lead_hour),
        Of::Analyst => decimal(prices.analyst_hour),
        Of::Administrator => decimal(prices.administrator_hour),
        Of::Trainer => decimal(prices.trainer_hour),
        Of::Coach => decimal(prices.coach_hour),
        Of::ServiceUser => decimal(prices.service_user_hour),
        Of::Pounds => 1.0,
    }
}

fn many(per: Per, levers: &Levers, place: &Place, strength: f64) -> f64 {
    let (share, team, breadth) =
        (decimal(levers.reach.share), decimal(levers.reach.team) * strength, decimal(levers.reach.breadth));
    // A programme that reaches no unit, as where its share is less than one, asks nothing of anybody.
    let any = if (share * place.units).round_ties_even() >= 1.0 { 1.0 } else { 0.0 };
    let share = share * any;
    let staff = share * place.staff;
    match per {
        Per::Programme => any,
        Per::Organisation => any * place.organisations,
        Per::Unit => share * place.units,
        Per::Staff => staff,
        Per::Exposed => staff * (team + (1.0 - team) * breadth),
        Per::Newcomer => staff * place.newcomers_a_week,
    }
}

#[cfg(test)]
mod tests;
