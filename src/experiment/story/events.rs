//! Turning points of a life, in plain sentences.
//!
//! A turn is a number that rises beyond a threshold, and another sentence when it falls below a lower one, so that a
//! number that hovers makes no noise. Numbers are means of eight weeks. Somebody new begins with no turns taken.

use super::record::Life;
use crate::{metrics::person::Column, model::Model, programme::Programme};

/// A turning point with its thresholds.
#[derive(Clone, Copy)]
pub struct Turn {
    /// Key in tables.
    pub key: &'static str,
    /// What is looked at.
    pub measure: &'static str,
    /// Beyond this it begins.
    pub begins_at: f64,
    /// Below this it ends.
    pub ends_at: f64,
    number: fn(&Life, &Model, usize) -> f64,
    /// Sentences for frontline staff.
    frontline: [&'static str; 2],
    /// Sentences for leaders, whose practice is backing.
    leading: [&'static str; 2],
}

/// Weeks over which numbers are averaged.
const WEEKS: usize = 8;

/// Every turning point.
pub const TURNS: [Turn; 9] = [
    Turn {
        key: "told",
        measure: "belief in the solution",
        begins_at: 0.1,
        // Nobody can be untold.
        ends_at: f64::NEG_INFINITY,
        number: |life, _, week| life.at(Column::Solution, week),
        frontline: ["has heard of it and begins to see something in it", ""],
        leading: ["has heard of it and begins to see something in it", ""],
    },
    Turn {
        key: "convinced",
        measure: "the smaller of belief in the problem and belief in the solution",
        begins_at: 0.5,
        ends_at: 0.35,
        number: |life, _, week| life.at(Column::Problem, week).min(life.at(Column::Solution, week)),
        frontline: ["is convinced: there is a problem, and this is the answer", "is no longer convinced"],
        leading: ["is convinced: there is a problem, and this is the answer", "is no longer convinced"],
    },
    Turn {
        key: "does_it",
        measure: "practice beyond usual practice",
        begins_at: 0.08,
        ends_at: 0.03,
        number: |life, _, week| life.at(Column::Practice, week) - life.at(Column::Usual, week),
        frontline: ["does it clearly more often than usual", "is back to doing it about as often as usual"],
        leading: ["backs it clearly more than usual", "backs it no more than usual"],
    },
    Turn {
        key: "habit",
        measure: "habit beyond usual practice",
        begins_at: 0.10,
        ends_at: 0.05,
        number: |life, _, week| life.at(Column::Habit, week) - life.at(Column::Usual, week),
        frontline: ["does it out of habit, ten points above usual", "has lost half of the habit"],
        leading: ["backs it out of habit, ten points above usual", "has lost half of the habit"],
    },
    Turn {
        key: "owns_it",
        measure: "ownership",
        begins_at: 0.4,
        ends_at: 0.25,
        number: |life, _, week| life.at(Column::Ownership, week),
        frontline: ["feels that the change is their own", "no longer feels that the change is their own"],
        leading: ["feels that the change is their own", "no longer feels that the change is their own"],
    },
    Turn {
        key: "exhausted",
        measure: "fatigue beyond rest",
        begins_at: 0.2,
        ends_at: 0.1,
        number: |life, model, week| life.at(Column::Fatigue, week) - f64::from(model.parameters.fatigue.rest),
        frontline: ["is exhausted", "has recovered from exhaustion"],
        leading: ["is exhausted", "has recovered from exhaustion"],
    },
    Turn {
        key: "cynical",
        measure: "cynicism beyond what people bring",
        begins_at: 0.15,
        ends_at: 0.08,
        number: |life, model, week| life.at(Column::Cynicism, week) - f64::from(model.setting.cynicism),
        frontline: ["has turned cynical", "is less cynical again"],
        leading: ["has turned cynical", "is less cynical again"],
    },
    Turn {
        key: "disheartened",
        measure: "own motivation lost",
        begins_at: 0.1,
        ends_at: 0.05,
        number: |life, _, week| life.at(Column::Intrinsic, week) - life.at(Column::Motivation, week),
        frontline: ["has lost heart", "has taken heart again"],
        leading: ["has lost heart", "has taken heart again"],
    },
    Turn {
        key: "for_show",
        measure: "effort that goes into the number only",
        begins_at: 0.1,
        ends_at: 0.05,
        number: |life, _, week| life.at(Column::Ritual, week),
        frontline: ["works for the number as much as for the thing", "works less for the number"],
        leading: ["works for the number as much as for the thing", "works less for the number"],
    },
];

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Week.
    pub week: usize,
    /// Key of its sort.
    pub key: &'static str,
    /// The sentence, without its subject where that is the person.
    pub what: String,
}

/// What the people in a post are called.
#[derive(Clone, Debug, PartialEq)]
pub struct Names {
    /// The first holder.
    pub first: String,
    /// Everybody after.
    pub later: String,
    /// Whether they lead, so that practice is backing.
    pub leads: bool,
}

impl Names {
    fn in_week(&self, life: &Life, week: usize) -> &str {
        if life.at(Column::Holder, week) > 0.0 { &self.later } else { &self.first }
    }
}

/// Everything that happened in a life, in order.
pub fn events(model: &Model, programme: &Programme, life: &Life, names: &Names) -> Vec<Event> {
    let mut events = Vec::new();
    let mut add = |week: usize, key: &'static str, what: String| events.push(Event { week, key, what });
    if life.on {
        let (clock, name) = (&programme.clock, &programme.name);
        let phases = [(clock.start as usize, "planning of"), (clock.live(), "support by")];
        for (week, what) in phases {
            add(week, "programme", format!("{what} {name} begins"));
        }
        add(clock.end(), "programme", format!("support by {name} ends"));
    }
    for shock in &model.shocks {
        for (week, turn) in shock.turns() {
            add(week, "shock", format!("{} {turn}", shock.key().replace('_', " ")));
        }
    }
    if life.at(Column::Champion, 0) > 0.0 {
        add(0, "team", format!("the {} is on the project team", names.first));
    }
    for superior in &life.superiors {
        for week in 0..life.weeks() {
            let is = |weeks: &[bool]| weeks.get(week).copied().unwrap_or(false);
            match (is(&superior.left), is(&superior.joined)) {
                (true, true) => add(week, "superior", format!("the {} leaves, and somebody new comes", superior.name)),
                (true, false) => add(week, "superior", format!("the {} leaves", superior.name)),
                (false, true) if superior.nearest => {
                    add(week, "superior", format!("a new {} comes", superior.name));
                }
                _ => {}
            }
        }
    }
    for week in 0..life.weeks() {
        let is = |column| life.at(column, week) > 0.0;
        let newcomer = || {
            let usual = life.at(Column::Usual, week) * 100.0;
            let verb = if names.leads { "backs" } else { "does" };
            let also = match (is(Column::OpinionLeader), is(Column::Blocker), is(Column::Champion)) {
                (_, true, _) => ", and is against it",
                (true, ..) => ", and others look to them",
                (.., true) => ", and joins the project team",
                _ => "",
            };
            format!("who usually {verb} it {usual:.0} % of the time{also}")
        };
        match (is(Column::Left), is(Column::Joined)) {
            // In the week in which somebody comes at once, the holder is the new one already.
            (true, true) => {
                let leaver = names.in_week(life, week.saturating_sub(1));
                add(week, "job", format!("the {leaver} leaves, and somebody new comes {}", newcomer()));
            }
            (true, false) => {
                let leaver = names.in_week(life, week);
                add(week, "job", format!("the {leaver} leaves, and the post stays empty"));
            }
            (false, true) => add(week, "job", format!("a new {} comes {}", names.later, newcomer())),
            _ => {}
        }
    }
    for turn in &TURNS {
        turn.take(model, life, names, &mut add);
    }
    events.sort_by_key(|event| event.week);
    events.retain(|event| event.week < life.weeks());
    events
}

impl Turn {
    fn take(&self, model: &Model, life: &Life, names: &Names, add: &mut impl FnMut(usize, &'static str, String)) {
        let [begins, ends] = if names.leads { self.leading } else { self.frontline };
        let (mut taken, mut since) = (false, 0);
        for week in 0..life.weeks() {
            if life.at(Column::Joined, week) > 0.0 {
                (taken, since) = (false, week);
            }
            let first = week.saturating_sub(WEEKS - 1);
            if life.at(Column::Present, week) == 0.0 || first < since {
                continue;
            }
            let mean =
                (first..=week).map(|week| (self.number)(life, model, week)).sum::<f64>() / (week - first + 1) as f64;
            let who = names.in_week(life, week);
            if !taken && mean >= self.begins_at {
                taken = true;
                add(week, self.key, format!("the {who} {begins}"));
            } else if taken && mean < self.ends_at {
                taken = false;
                add(week, self.key, format!("the {who} {ends}"));
            }
        }
    }
}
