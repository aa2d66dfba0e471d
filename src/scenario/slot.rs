//! Every value of a scenario as a slot: its path, its declaration, and a way to read and set it.
//!
//! Reading files, `--set`, writing back, sensitivity analysis and the printed reference all walk this list. It is made from
//! the declarations, so a new lever, parameter, setting or shock appears in all of them by itself.

use super::{Run, Scenario};
use crate::{
    model::Parameters,
    params::{Quantities, Quantity, decimal},
    programme::{Clock, Lever, Levers, Means, Prices, Target},
    world::{Incidents, NamedShock, Setting, Shock, profession},
};

/// Names of the tables of a scenario file.
pub(crate) mod table {
    pub const SETTING: &str = "setting";
    pub const PROFESSION: &str = "profession";
    pub const PROGRAMME: &str = "programme";
    pub const SHOCKS: &str = "shocks";
    pub const RUN: &str = "run";
    pub const PARAMETERS: &str = "parameters";
    pub const PRICES: &str = "prices";
    pub const INCIDENTS: &str = "incidents";
    /// Every table, in the order in which they are written.
    pub const ALL: [&str; 8] = [SETTING, PROFESSION, PROGRAMME, SHOCKS, PRICES, INCIDENTS, RUN, PARAMETERS];
}

/// Key of a scenario's title.
pub(crate) const TITLE: &str = "title";
/// Key of the file that a file builds on.
pub(crate) const EXTENDS: &str = "extends";
/// Key of the name of a programme or profession.
pub(crate) const NAME: &str = "name";
/// Theme and key of a programme's choice of units.
pub(crate) const TARGET: (&str, &str) = ("reach", "target");

/// Where in a [`Scenario`] a value lives. Numbers count from 0 in the order of the scenario and of the declarations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Address {
    Title,
    Setting(usize),
    Role(usize),
    Profession { profession: usize, row: usize },
    ProgrammeName { programme: usize },
    Clock { programme: usize, row: usize },
    Means { programme: usize, row: usize },
    Target { programme: usize },
    Lever { programme: usize, row: usize },
    Shock { shock: usize, row: usize },
    Price(usize),
    Incident(usize),
    Run(usize),
    Parameter { group: usize, row: usize },
}

/// What is declared of a value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Declared {
    /// A number that describes people, places, clocks, shocks or runs.
    Quantity(&'static Quantity),
    /// A lever of a programme, from 0 to 1.
    Lever(&'static Lever),
    /// One of a few words.
    Choice(&'static Choice),
    /// Text, with what it is.
    Text(&'static str),
}

/// A choice among a few words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Choice {
    /// What may be chosen, what a scenario that says nothing has first.
    pub names: &'static [&'static str],
    /// What is chosen, in a sentence.
    pub doc: &'static str,
}

/// Which units a programme works with.
const WHICH_UNITS: Choice = Choice {
    names: &[Target::NAMES[0].0, Target::NAMES[1].0, Target::NAMES[2].0],
    doc: "Which units it works with when it does not reach all of them.",
};

/// A value as read or written.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A number.
    Number(f64),
    /// A name or a choice.
    Text(String),
}

/// One value of a scenario: what it is called, where it lives, what is declared of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Slot {
    /// Path for `--set`, sweeps and sensitivity: `programme.0.incentives.sanction`.
    pub path: String,
    /// Table of the file it stands in: `programme.incentives`; empty for the top of the file.
    pub table: String,
    /// Key in that table.
    pub key: &'static str,
    /// Where it lives.
    pub address: Address,
    /// What is declared of it.
    pub declared: Declared,
}

impl Declared {
    /// What it is, in a sentence.
    pub fn doc(&self) -> &'static str {
        match self {
            Self::Quantity(quantity) => quantity.doc,
            Self::Lever(lever) => lever.doc,
            Self::Choice(choice) => choice.doc,
            Self::Text(doc) => doc,
        }
    }

    /// Smallest and largest number accepted; none for text and choices.
    pub fn range(&self) -> Option<(f64, f64)> {
        match self {
            Self::Quantity(quantity) => Some((quantity.low, quantity.high)),
            Self::Lever(_) => Some((0.0, 1.0)),
            Self::Choice(_) | Self::Text(_) => None,
        }
    }

    /// Value when a scenario says nothing; none for names.
    pub fn default(&self) -> Option<Value> {
        match self {
            Self::Quantity(quantity) => Some(Value::Number(quantity.default)),
            Self::Lever(lever) => Some(Value::Number(decimal(lever.default))),
            Self::Choice(choice) => choice.names.first().map(|name| Value::Text((*name).into())),
            Self::Text(_) => None,
        }
    }

    /// What may be given, in words: the range and, for levers, what 0, 0.5 and 1 mean.
    pub fn accepted(&self) -> String {
        match self {
            Self::Quantity(quantity) => {
                let unit = match quantity.unit {
                    "count" => ", a whole number".into(),
                    "share" | "times" => String::new(),
                    unit => format!(" ({unit})"),
                };
                let off = quantity.neutral.map(|value| format!(" Off at {value}.")).unwrap_or_default();
                format!("from {} to {}{unit}: {}{off}", quantity.low, quantity.high, quantity.doc)
            }
            Self::Lever(Lever { meaning: [zero, half, one], doc, .. }) => {
                format!("from 0 to 1: {doc} 0: {zero}; 0.5: {half}; 1: {one}")
            }
            Self::Choice(choice) => {
                format!("{}: {}", super::nearest::one_of(choice.names.iter().copied()), choice.doc)
            }
            Self::Text(doc) => format!("text: {doc}"),
        }
    }
}

impl std::fmt::Display for Value {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(number) => write!(out, "{number}"),
            Self::Text(text) => out.write_str(text),
        }
    }
}

/// Slots for a table of declared quantities.
fn quantities(
    path: &str,
    table: &str,
    declared: &'static [Quantity],
    address: impl Fn(usize) -> Address,
) -> impl Iterator<Item = Slot> {
    declared.iter().enumerate().map(move |(row, quantity)| Slot {
        path: format!("{path}.{}", quantity.name),
        table: table.into(),
        key: quantity.name,
        address: address(row),
        declared: Declared::Quantity(quantity),
    })
}

/// The slots that stand at the top of a file, outside all tables.
pub(super) fn top() -> [Slot; 1] {
    let declared = Declared::Text("Title of the scenario, as in reports.");
    [Slot { path: TITLE.into(), table: String::new(), key: TITLE, address: Address::Title, declared }]
}

/// The slots of `[setting]`: its numbers and who has which role.
pub(super) fn setting() -> Vec<Slot> {
    let roles = profession::Roles::DECLARED.iter().enumerate().map(|(row, (key, doc, _))| Slot {
        path: format!("{}.{key}", table::SETTING),
        table: table::SETTING.into(),
        key,
        address: Address::Role(row),
        declared: Declared::Text(doc),
    });
    quantities(table::SETTING, table::SETTING, Setting::DECLARED, Address::Setting).chain(roles).collect()
}

/// The slots of one profession.
pub(super) fn profession(profession: usize, name: &str) -> Vec<Slot> {
    let path = format!("{}.{name}", table::PROFESSION);
    quantities(&path, table::PROFESSION, profession::Traits::DECLARED, |row| Address::Profession { profession, row })
        .collect()
}

/// The slots of one programme that stand directly in its table: its name, clock and means.
pub(super) fn programme(programme: usize) -> Vec<Slot> {
    let path = format!("{}.{programme}", table::PROGRAMME);
    let name = Slot {
        path: format!("{path}.{NAME}"),
        table: table::PROGRAMME.into(),
        key: NAME,
        address: Address::ProgrammeName { programme },
        declared: Declared::Text("Name of the programme, as in tables and results."),
    };
    let clock = quantities(&path, table::PROGRAMME, Clock::DECLARED, |row| Address::Clock { programme, row });
    let means = quantities(&path, table::PROGRAMME, Means::DECLARED, |row| Address::Means { programme, row });
    std::iter::once(name).chain(clock).chain(means).collect()
}

/// The slots of one theme of a programme.
pub(super) fn theme(programme: usize, theme: &str) -> Vec<Slot> {
    let slot = |key: &'static str, address, declared| Slot {
        path: format!("{}.{programme}.{theme}.{key}", table::PROGRAMME),
        table: format!("{}.{theme}", table::PROGRAMME),
        key,
        address,
        declared,
    };
    let levers = Levers::DECLARED.iter().enumerate().filter(|(_, lever)| lever.theme == theme);
    let mut slots: Vec<Slot> =
        levers.map(|(row, lever)| slot(lever.key, Address::Lever { programme, row }, Declared::Lever(lever))).collect();
    if theme == TARGET.0 {
        slots.push(slot(TARGET.1, Address::Target { programme }, Declared::Choice(&WHICH_UNITS)));
    }
    slots
}

/// The slots of one shock.
pub(super) fn shock(shock: usize, name: &str, kind: &Shock) -> Vec<Slot> {
    let table = format!("{}.{name}.{}", table::SHOCKS, kind.key());
    quantities(&format!("{}.{name}", table::SHOCKS), &table, kind.settings().declared(), |row| Address::Shock {
        shock,
        row,
    })
    .collect()
}

/// The slots of `[prices]`.
pub(super) fn prices() -> Vec<Slot> {
    quantities(table::PRICES, table::PRICES, Prices::DECLARED, Address::Price).collect()
}

/// The slots of `[incidents]`.
pub(super) fn incidents() -> Vec<Slot> {
    quantities(table::INCIDENTS, table::INCIDENTS, Incidents::DECLARED, Address::Incident).collect()
}

/// The slots of `[run]`.
pub(super) fn run() -> Vec<Slot> {
    quantities(table::RUN, table::RUN, Run::DECLARED, Address::Run).collect()
}

/// The slots of one group of parameters.
pub(super) fn parameters(group: usize) -> Vec<Slot> {
    let defaults = Parameters::default();
    let Some((name, quantities_of_group)) = defaults.groups().get(group).copied() else { return Vec::new() };
    let path = format!("{}.{name}", table::PARAMETERS);
    quantities(&path, &path, quantities_of_group.declared(), |row| Address::Parameter { group, row }).collect()
}

impl Scenario {
    /// Every value of this scenario, in the order in which it is written.
    pub fn slots(&self) -> Vec<Slot> {
        let mut slots = top().to_vec();
        slots.extend(setting());
        for (index, row) in self.professions.iter().enumerate() {
            slots.extend(profession(index, &row.name));
        }
        for index in 0..self.programmes.len() {
            slots.extend(programme(index));
            slots.extend(Levers::THEMES.iter().flat_map(|(name, _)| theme(index, name)));
        }
        for (index, row) in self.shocks.iter().enumerate() {
            slots.extend(shock(index, &row.name, &row.shock));
        }
        slots.extend(prices());
        slots.extend(incidents());
        slots.extend(run());
        slots.extend((0..self.parameters.groups().len()).flat_map(parameters));
        slots
    }

    /// The value at `address`; none if this scenario has no such profession, programme or shock.
    pub fn value(&self, address: Address) -> Option<Value> {
        let number = |quantities: &dyn Quantities, row: usize| {
            (row < quantities.declared().len()).then(|| Value::Number(decimal(quantities.get(row))))
        };
        match address {
            Address::Title => Some(Value::Text(self.title.clone())),
            Address::Setting(row) => number(&self.setting, row),
            Address::Role(row) => {
                (row < profession::Roles::DECLARED.len()).then(|| Value::Text(self.roles.get(row).into()))
            }
            Address::Profession { profession, row } => number(&self.professions.get(profession)?.traits, row),
            Address::ProgrammeName { programme } => Some(Value::Text(self.programmes.get(programme)?.name.clone())),
            Address::Clock { programme, row } => number(&self.programmes.get(programme)?.clock, row),
            Address::Means { programme, row } => number(&self.programmes.get(programme)?.means, row),
            Address::Target { programme } => Some(Value::Text(self.programmes.get(programme)?.target.name().into())),
            Address::Lever { programme, row } => {
                let levers = &self.programmes.get(programme)?.levers;
                (row < Levers::DECLARED.len()).then(|| Value::Number(decimal(levers.get(row))))
            }
            Address::Shock { shock, row } => number(self.shocks.get(shock)?.shock.settings(), row),
            Address::Price(row) => number(&self.prices, row),
            Address::Incident(row) => number(&self.incidents, row),
            #[allow(clippy::cast_precision_loss)] // the declared ranges end below 2^53
            Address::Run(row) => (row < Run::DECLARED.len()).then(|| Value::Number(self.run.get(row) as f64)),
            Address::Parameter { group, row } => number(self.parameters.groups().get(group)?.1, row),
        }
    }

    /// Puts a value that has been checked at `address`; without effect if the scenario has no such place.
    pub(super) fn put(&mut self, address: Address, value: Value) {
        match value {
            Value::Number(number) => self.put_number(address, number),
            Value::Text(text) => self.put_text(address, text),
        }
    }

    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // checked against the declared ranges
    fn put_number(&mut self, address: Address, number: f64) {
        fn set(quantities: &mut dyn Quantities, row: usize, number: f32) {
            if row < quantities.declared().len() {
                quantities.set(row, number);
            }
        }
        // Adding 0 turns a negative zero into the plain one.
        let value = number as f32 + 0.0;
        match address {
            Address::Setting(row) => set(&mut self.setting, row, value),
            Address::Profession { profession, row } => {
                if let Some(profession) = self.professions.get_mut(profession) {
                    set(&mut profession.traits, row, value);
                }
            }
            Address::Clock { programme, row } => {
                if let Some(programme) = self.programmes.get_mut(programme) {
                    set(&mut programme.clock, row, value);
                }
            }
            Address::Means { programme, row } => {
                if let Some(programme) = self.programmes.get_mut(programme) {
                    set(&mut programme.means, row, value);
                }
            }
            Address::Lever { programme, row } => {
                if let Some(programme) = self.programmes.get_mut(programme)
                    && row < Levers::DECLARED.len()
                {
                    programme.levers.set(row, value);
                }
            }
            Address::Shock { shock, row } => {
                if let Some(named) = self.shocks.get_mut(shock) {
                    set(named.shock.settings_mut(), row, value);
                }
            }
            Address::Price(row) => set(&mut self.prices, row, value),
            Address::Incident(row) => set(&mut self.incidents, row, value),
            Address::Run(row) => self.run.set(row, number as u64),
            Address::Parameter { group, row } => {
                if let Some((_, quantities)) = self.parameters.groups_mut().get_mut(group) {
                    set(*quantities, row, value);
                }
            }
            Address::Title | Address::Role(_) | Address::ProgrammeName { .. } | Address::Target { .. } => {}
        }
    }

    fn put_text(&mut self, address: Address, text: String) {
        match address {
            Address::Title => self.title = text,
            Address::Role(row) if row < profession::Roles::DECLARED.len() => self.roles.set(row, text),
            Address::ProgrammeName { programme } => {
                if let Some(programme) = self.programmes.get_mut(programme) {
                    programme.name = text;
                }
            }
            Address::Target { programme } => {
                let target = Target::NAMES.into_iter().find(|(name, _)| *name == text);
                if let (Some(programme), Some((_, target))) = (self.programmes.get_mut(programme), target) {
                    programme.target = target;
                }
            }
            _ => {}
        }
    }
}

impl Slot {
    /// The value when a scenario says nothing; none for the names of programmes.
    pub fn default(&self) -> Option<Value> {
        match self.address {
            Address::Role(_) | Address::Title => Scenario::default().value(self.address),
            _ => self.declared.default(),
        }
    }
}

/// A scenario with one of everything that can be said, for walking the declarations.
pub(crate) fn template() -> Scenario {
    let shock = |kind: &str| Some(NamedShock { name: kind.into(), shock: Shock::of_kind(kind)? });
    let shocks = Shock::KINDS.iter().filter_map(|(kind, ..)| shock(kind)).collect();
    Scenario { shocks, ..Scenario::default() }
}
