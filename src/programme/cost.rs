//! Cost: what a programme takes in hours of staff and in money.
//!
//! ```text
//! cost of a lever in a phase = lever x amount at 1 x how many x weeks of the phase x price
//! hours of data collection   x (1 - administration)
//! not replaced               = hours of units x price x (1 - protected_time)
//! replaced                   = hours of units x price x backfill x protected_time
//! ```
//!
//! Amounts and prices are those of [`Prices`]; which lever takes which is declared once below and a lever that takes
//! nothing says why. Everything is linear in every single lever; `share`, `team` and `breadth` decide how many units and
//! staff the rest is paid for. What goes on after support ends is paid at `continuation` of its weekly cost, and what fades
//! out (`taper`) as it fades. Time of staff
//! that nobody replaces is valued at its price and kept apart from money that somebody pays. Of all shocks only a cut of the
//! budget changes the cost: from its week on everything is taken as far as the cut leaves it ([`Cut`]). A programme that
//! reaches no unit costs nothing.

mod weeks;

use super::{Levers, Phase, Prices, Programme};
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

/// Whose hour, or what thing, an amount is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    Staff,
    UnitLeader,
    Manager,
    Executive,
    ClinicalLead,
    Analyst,
    Administrator,
    Trainer,
    Coach,
    ServiceUser,
    Pounds,
}

/// How many of what take the amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Per {
    Programme,
    Organisation,
    Unit,
    /// Frontline staff of the units reached.
    Staff,
    /// Frontline staff as far as the programme reaches them: the team, and `breadth` of the rest.
    Exposed,
    /// Newcomers to the units reached.
    Newcomer,
}

/// When the amount is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum When {
    /// Each week of planning and support, and after as far as it continues.
    Throughout,
    /// Each week of support, and after as far as it continues.
    Support,
    /// Each week after support, whatever continues.
    After,
    /// Once, before support begins.
    OnceBefore,
    /// Once, during support.
    OnceDuring,
}

/// An amount that a lever at 1 takes.
#[derive(Clone, Copy, Debug)]
struct Item {
    price: &'static str,
    of: Of,
    per: Per,
    when: When,
}

/// What a lever takes.
#[derive(Clone, Copy, Debug)]
enum Takes {
    /// These amounts, given for money: less money, less of them.
    Items(&'static [Item]),
    /// These amounts, because it asks for them: they stay whatever money there is.
    Asks(&'static [Item]),
    /// Nothing of its own, and why.
    Nothing(&'static str),
    /// The replacement of the hours that everything else takes from units.
    Backfill,
}

/// Declares what each lever takes: its amounts (price, of whom, for each what, when) or, after `=>`, why nothing.
macro_rules! takes {
    ($($theme:ident.$key:ident: $takes:expr;)+) => {
        /// What each lever takes, by theme and key.
        const TAKES: &[(&str, &str, Takes)] = &[$((stringify!($theme), stringify!($key), $takes),)+];
    };
}

const fn item(price: &'static str, of: Of, per: Per, when: When) -> Item {
    Item { price, of, per, when }
}

use Takes::{Asks, Backfill, Items, Nothing};
use When::{After, OnceBefore, OnceDuring, Support, Throughout};

takes! {
    reach.share: Nothing("it decides for how many units the rest is paid");
    reach.team: Items(&[item("team_hours", Of::Staff, Per::Staff, Throughout)]);
    reach.breadth: Nothing("it decides for how many staff beyond the team the rest is paid");
    design.ambition: Nothing("a promise is free; what it takes to keep it is priced where it is done");
    design.project_status: Nothing("a way of presenting the work");
    design.difficulty: Nothing("what is hard is paid for as training, coaching and time");
    design.fit: Nothing("a property of the content; redesigning it is priced as a pilot");
    design.evidence: Nothing("a property of the content");
    design.clarity: Nothing("settling aims, terms and roles is what planning is for");
    design.distance: Nothing("a property of the content; what is new is paid for as training, coaching and time");
    design.freedom: Nothing("a way of writing the design down; adapting it is priced as a pilot and as participation");
    design.scope: Asks(&[item("coordination_hours", Of::UnitLeader, Per::Unit, Support)]);
    design.tailoring: Nothing("a way of writing the design down");
    persuasion.hard_data: Items(&[item("hard_data_hours", Of::Analyst, Per::Unit, Throughout)]);
    persuasion.patient_stories: Items(&[item("story_hours", Of::ServiceUser, Per::Unit, Support)]);
    persuasion.peer_debate: Items(&[item("debate_hours", Of::Staff, Per::Exposed, OnceBefore)]);
    persuasion.pilot: Items(&[item("pilot_hours", Of::Staff, Per::Unit, OnceBefore)]);
    persuasion.opinion_leaders: Items(&[item("opinion_leader_hours", Of::Staff, Per::Unit, Throughout)]);
    persuasion.service_users: Items(&[item("service_user_hours", Of::ServiceUser, Per::Organisation, Throughout)]);
    persuasion.disclosure: Nothing("telling costs nothing; what is told of is priced where it is done");
    engagement.participation: Items(&[item("participation_hours", Of::Staff, Per::Exposed, Support)]);
    engagement.heed: Nothing("a way of treating what participation brings, whose hours are priced there");
    engagement.clinician_led: Items(&[item("lead_hours", Of::ClinicalLead, Per::Organisation, Throughout)]);
    engagement.professional_bodies: Items(&[item("professional_body_week", Of::Pounds, Per::Programme, Throughout)]);
    engagement.cross_professional: Items(&[item("joint_work_hours", Of::Staff, Per::Exposed, Support)]);
    engagement.coalition: Items(&[item("agreement_hours", Of::Staff, Per::Exposed, OnceBefore)]);
    engagement.collaborative: Items(&[
        item("visiting_hours", Of::Staff, Per::Organisation, Throughout),
        item("network_week", Of::Pounds, Per::Organisation, Throughout),
    ]);
    engagement.middle_managers: Items(&[item("middle_manager_hours", Of::UnitLeader, Per::Unit, Throughout)]);
    engagement.executives: Items(&[item("executive_hours", Of::Executive, Per::Organisation, Throughout)]);
    engagement.facilitative: Nothing("a way of leading, in the hours that leaders give anyway");
    engagement.directive: Nothing("a way of leading, in the hours that leaders give anyway");
    engagement.patronage: Nothing("taken from other units, which give it up");
    engagement.charismatic: Nothing("a way of leading, in the hours that leaders give anyway");
    resources.protected_time: Backfill;
    resources.administration: Items(&[item("administrator_hours", Of::Administrator, Per::Unit, Support)]);
    resources.training: Items(&[
        item("training_hours", Of::Staff, Per::Exposed, Support),
        item("trainer_hours", Of::Trainer, Per::Exposed, Support),
    ]);
    resources.external_support: Items(&[item("coach_hours", Of::Coach, Per::Unit, Support)]);
    resources.peer_support: Items(&[
        item("learning_set_hours", Of::Staff, Per::Exposed, Support),
        item("set_facilitator_hours", Of::Coach, Per::Unit, Support),
    ]);
    measurement.capability: Items(&[
        item("analyst_hours", Of::Analyst, Per::Unit, Throughout),
        item("measurement_system", Of::Pounds, Per::Organisation, OnceBefore),
    ]);
    measurement.burden: Asks(&[item(COLLECTION, Of::Staff, Per::Unit, Support)]);
    measurement.feedback: Items(&[
        item("feedback_hours", Of::Analyst, Per::Unit, Support),
        item("feedback_meeting_hours", Of::Staff, Per::Exposed, Support),
    ]);
    incentives.recognition: Items(&[item("recognition_week", Of::Pounds, Per::Exposed, Support)]);
    incentives.payment: Items(&[item("payment_week", Of::Pounds, Per::Exposed, Support)]);
    incentives.sanction: Items(&[item("sanction_hours", Of::Manager, Per::Unit, Support)]);
    incentives.peer_audit: Items(&[item("audit_hours", Of::Staff, Per::Unit, Support)]);
    sustain.embedding: Items(&[item("embedding_hours", Of::UnitLeader, Per::Unit, OnceDuring)]);
    sustain.induction: Items(&[item("induction_hours", Of::Staff, Per::Newcomer, Support)]);
    sustain.apply_duty: Items(&[item("apply_hours", Of::UnitLeader, Per::Unit, Support)]);
    sustain.succession: Items(&[item("succession_hours", Of::UnitLeader, Per::Unit, Support)]);
    sustain.continuation: Nothing("it decides how much of every weekly cost goes on after support ends");
    sustain.sanction_after: Items(&[item("sanction_hours", Of::Manager, Per::Unit, After)]);
    safeguards.vigilance: Items(&[item("vigilance_hours", Of::Analyst, Per::Unit, Support)]);
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
        Items(items) | Asks(items) => items.iter().map(|item| item.in_words(prices)).collect::<Vec<_>>().join("; "),
    }
}

impl Item {
    fn in_words(&self, prices: &Prices) -> String {
        let amount = decimal(prices.get(prices.position(self.price).unwrap_or(0)));
        let what = match self.of {
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
        let per = match self.per {
            Per::Programme => "",
            Per::Organisation => " an organisation",
            Per::Unit => " a unit",
            Per::Staff => " a member of the team",
            Per::Exposed => " a member of staff",
            Per::Newcomer => " a newcomer",
        };
        let when = match self.when {
            // A newcomer comes once, whenever that is.
            _ if self.per == Per::Newcomer => ", while supported",
            Throughout => " a week, planning included",
            Support => " a week",
            After => " a week after support",
            OnceBefore => ", once, before support",
            OnceDuring => ", once",
        };
        let whose = match self.of {
            Of::Pounds => format!("{what} {amount}"),
            _ if amount == 1.0 => format!("1 {}", what.replacen("hours", "hour", 1)),
            _ => format!("{amount} {what}"),
        };
        format!("{whose}{per}{when} (prices.{})", self.price)
    }
}

/// Lever by lever in the order of the declarations: its place and what it takes.
fn in_order() -> impl Iterator<Item = (usize, Takes)> {
    Levers::DECLARED.iter().enumerate().filter_map(|(place, lever)| {
        let found = TAKES.iter().find(|(theme, key, _)| (*theme, *key) == (lever.theme, lever.key));
        found.map(|(_, _, takes)| (place, *takes))
    })
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
