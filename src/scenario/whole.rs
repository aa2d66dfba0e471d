//! What must hold of a scenario as a whole, once every value is in its range.

use std::collections::BTreeMap;

use super::{
    Scenario,
    loaded::Place,
    nearest::nearest,
    problem::{Problem, Problems, Sheet},
    slot::Address,
};
use crate::world::profession::{MOST_PROFESSIONS, Roles, column_name};

/// Most programmes of a scenario: each meets every other in every week.
pub const MOST_PROGRAMMES: usize = 100;

/// Most shocks of a scenario: each is looked at in every week.
pub const MOST_SHOCKS: usize = 1000;

/// Longest simulation: a century.
pub const LONGEST: usize = 5200;

/// How far the shares of the professions may be from 1.
const SHARES: f32 = 0.001;

/// A fault of the whole scenario, and the value nearest to its cause.
pub(super) struct WholeFault {
    address: Option<Address>,
    what: String,
    help: String,
}

impl WholeFault {
    /// The problem, placed where the value was set.
    pub fn placed(self, file: &str, origins: &BTreeMap<Address, Place>, sheets: &[Sheet]) -> Problem {
        let place = self.address.and_then(|address| origins.get(&address));
        let mut problem = Problem::whole(place.map_or(file, |place| &place.file), self.what, self.help);
        if let Some(place) = place {
            let sheet = sheets.iter().find(|sheet| sheet.name == place.file);
            let text = sheet.map_or("", |sheet| sheet.line(place.line));
            (problem.line, problem.column) = (place.line, place.column);
            problem.excerpt = (text.into(), 1);
        }
        problem
    }
}

impl Scenario {
    /// Checks the scenario as a whole, as loading a file does; needed again after changes by path.
    ///
    /// # Errors
    /// Shares of professions that do not add up to 1, roles nobody has, names used twice or alike, more than 256
    /// professions, 100 programmes or 1000 shocks, shocks outside the simulated weeks, a simulation longer than a century (5200 weeks), a budget that does
    /// not pay for what its programme asks of staff.
    pub fn check(&self) -> Result<(), Problems> {
        let problems: Vec<Problem> =
            self.faults().into_iter().map(|fault| fault.placed(&self.title, &BTreeMap::new(), &[])).collect();
        if problems.is_empty() { Ok(()) } else { Err(Problems(problems)) }
    }

    pub(super) fn faults(&self) -> Vec<WholeFault> {
        let mut faults = Vec::new();
        self.check_sizes(&mut faults);
        if !faults.is_empty() {
            return faults;
        }
        self.check_professions(&mut faults);
        self.check_names(&mut faults);
        self.check_weeks(&mut faults);
        self.check_budgets(&mut faults);
        faults
    }

    fn check_sizes(&self, faults: &mut Vec<WholeFault>) {
        let sizes = [
            (
                (self.professions.len(), MOST_PROFESSIONS, "professions"),
                Address::Profession { profession: MOST_PROFESSIONS, row: 0 },
                "put those together that differ little",
            ),
            (
                (self.programmes.len(), MOST_PROGRAMMES, "programmes"),
                Address::ProgrammeName { programme: MOST_PROGRAMMES },
                "give those a scenario of their own that do not meet",
            ),
            (
                (self.shocks.len(), MOST_SHOCKS, "shocks"),
                Address::Shock { shock: MOST_SHOCKS, row: 0 },
                "leave out those that change little",
            ),
        ];
        for ((count, most, what), address, help) in sizes {
            if count > most {
                faults.push(WholeFault {
                    address: Some(address),
                    what: format!("{count} {what}, more than {most}"),
                    help: help.into(),
                });
            }
        }
    }

    fn check_professions(&self, faults: &mut Vec<WholeFault>) {
        let total: f32 = self.professions.iter().map(|profession| profession.traits.share).sum();
        if (total - 1.0).abs() > SHARES {
            let shares: Vec<String> =
                self.professions.iter().map(|row| format!("{} {}", row.name, row.traits.share)).collect();
            faults.push(WholeFault {
                address: Some(Address::Profession { profession: 0, row: 0 }),
                what: format!("the shares of the professions add up to {}, not to 1", (total * 1e4).round() / 1e4),
                help: shares.join(" + "),
            });
        }
        for (row, (role, doc, _)) in Roles::DECLARED.iter().enumerate() {
            let holder = self.roles.get(row);
            let names = || self.professions.iter().map(|profession| profession.name.as_str());
            if !names().any(|name| name == holder) {
                let near =
                    nearest(holder, names()).map(|near| format!("did you mean \"{near}\"? ")).unwrap_or_default();
                faults.push(WholeFault {
                    address: Some(Address::Role(row)),
                    what: format!("{role} is \"{holder}\", which is none of the professions"),
                    help: format!("{near}{doc} The professions are {}", names().collect::<Vec<_>>().join(", ")),
                });
            }
        }
    }

    fn check_names(&self, faults: &mut Vec<WholeFault>) {
        let columns: Vec<String> = self.professions.iter().map(|row| column_name(&row.name)).collect();
        let second = |names: &[String]| (1..names.len()).find(|&index| names[..index].contains(&names[index]));
        if let Some(profession) = second(&columns) {
            let first = columns.iter().position(|column| *column == columns[profession]).unwrap_or(profession);
            let [first, other] = [first, profession].map(|index| &self.professions[index].name);
            faults.push(WholeFault {
                address: Some(Address::Profession { profession, row: 0 }),
                what: format!("the professions \"{first}\" and \"{other}\" would share the columns of results"),
                help: format!(
                    "both are called {} there, where capitals, blanks and signs do not count; give one another name",
                    columns[profession]
                ),
            });
        }
        let programmes: Vec<String> = self.programmes.iter().map(|row| row.name.clone()).collect();
        if let Some(programme) = second(&programmes) {
            faults.push(WholeFault {
                address: Some(Address::ProgrammeName { programme }),
                what: format!("two programmes are named \"{}\"", self.programmes[programme].name),
                help: "give each a name of its own".into(),
            });
        }
    }

    fn check_budgets(&self, faults: &mut Vec<WholeFault>) {
        for (programme, chosen) in
            self.programmes.iter().enumerate().filter(|(_, chosen)| chosen.means.limit().is_some())
        {
            let spending = self.funded(programme).and_then(|funded| funded.spending);
            if let Some(spending) = spending.filter(|spending| !spending.suffices()) {
                let least = spending.asked.ceil();
                faults.push(WholeFault {
                    address: Some(Address::Means { programme, row: 0 }),
                    what: format!(
                        "budget = {} of \"{}\" does not even pay for what it asks of staff, which costs {least}",
                        spending.budget, chosen.name
                    ),
                    help: format!("give {least} or more, or ask for less: design.scope, measurement.burden"),
                });
            }
        }
    }

    fn check_weeks(&self, faults: &mut Vec<WholeFault>) {
        let weeks = self.weeks();
        if weeks > LONGEST {
            let latest = (0..self.programmes.len()).max_by_key(|&index| self.programmes[index].clock.end());
            faults.push(WholeFault {
                address: latest.map(|programme| Address::Clock { programme, row: 0 }),
                what: format!("{weeks} weeks would be simulated, more than {LONGEST}"),
                help: "the last programme's end and the follow-up add up; shorten one of them".into(),
            });
        }
        // A setting has no programme yet and so no end to hold its shocks against.
        if self.programmes.is_empty() {
            return;
        }
        for (shock, named) in self.shocks.iter().enumerate() {
            let at = named.shock.settings().get(0);
            #[allow(clippy::cast_precision_loss)]
            if at >= weeks as f32 {
                faults.push(WholeFault {
                    address: Some(Address::Shock { shock, row: 0 }),
                    what: format!("shock \"{}\" in week {at} comes after the end of the simulation", named.name),
                    help: format!("the simulation ends with week {}", weeks.saturating_sub(1)),
                });
            }
        }
    }
}
