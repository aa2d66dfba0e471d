//! Changing a scenario by path: what `--set`, sweeps, sensitivity analysis, calibration and the page do.

use super::{
    Scenario,
    accept::{self, advice},
    nearest::{nearest, one_of},
    problem::Problem,
    slot::{Declared, Slot, Value, table},
};

use crate::world::{NamedShock, Shock};

/// What stands for the file in problems of changes by path.
const FILE: &str = "--set";

impl Scenario {
    /// Sets the value at `path`, given as text: `programme.0.incentives.sanction` to `0.6`. A programme goes by its number
    /// or its name. A shock that is not there is added by `shocks.NAME.KIND` and a setting (`shocks.winter.winter_surge.at`
    /// to `60`), as a file would have it, or by `shocks.NAME` and its kind. Checks of the whole scenario ([`Scenario::check`]) are left until all changes are made.
    ///
    /// # Errors
    /// If there is no such path, with the nearest there is, or if the value is not accepted there, with what is.
    pub fn change(&mut self, path: &str, value: &str) -> Result<(), Problem> {
        let Some(path) = self.with_shock(path.trim(), value.trim())? else { return Ok(()) };
        let slot = self.locate(&path)?;
        let checked = match slot.declared {
            Declared::Quantity(_) | Declared::Lever(_) => match value.trim().replace('_', "").parse::<f64>() {
                Ok(number) => accept::number(&slot, number, value.trim()),
                Err(_) => accept::text(&slot, value),
            },
            Declared::Choice(_) | Declared::Text(_) => accept::text(&slot, value),
        };
        match checked {
            Ok(checked) => {
                self.put(slot.address, checked);
                Ok(())
            }
            Err((what, help)) => Err(Problem::whole(FILE, format!("{}: {what}", slot.path), help)),
        }
    }

    /// Adds the shock that `path` asks for where there is none, and returns the path of its setting; nothing where all is
    /// done by that. Paths to anything else come back as they are.
    fn with_shock(&mut self, path: &str, value: &str) -> Result<Option<String>, Problem> {
        let wrong = |what: String, help: String| Err(Problem::whole(FILE, what, help));
        let (name, kind, setting) = match path.split('.').collect::<Vec<_>>().as_slice() {
            [table::SHOCKS, name] => (*name, value, None),
            [table::SHOCKS, name, kind, setting] => (*name, *kind, Some(*setting)),
            _ => return Ok(Some(path.into())),
        };
        let kinds = || Shock::KINDS.iter().map(|(kind, ..)| *kind);
        let Some(shock) = Shock::of_kind(kind) else {
            let near = nearest(kind, kinds()).map(|near| format!("did you mean {near}? ")).unwrap_or_default();
            let help = format!("{near}kinds of shock are {}", one_of(kinds()));
            return wrong(format!("{path}: \"{}\" is no kind of shock", accept::repeated(kind)), help);
        };
        if !accept::free_name(name) {
            return wrong(
                format!("{path}: \"{}\" cannot name a shock", accept::repeated(name)),
                "a name has letters, digits, _ and -".into(),
            );
        }
        match self.shocks.iter().find(|named| named.name == name) {
            Some(there) if there.shock.key() != kind => {
                return wrong(
                    format!("{path}: {name} is a {} already", there.shock.key()),
                    format!("change it as {}.{name}.at, or give the new one another name", table::SHOCKS),
                );
            }
            Some(_) => {}
            None => {
                if let Some(setting) = setting
                    && !shock.settings().declared().iter().any(|declared| declared.name == setting)
                {
                    let known = shock.settings().declared().iter().map(|declared| declared.name);
                    return wrong(format!("{path}: {kind} has no {setting}"), format!("it has {}", one_of(known)));
                }
                self.shocks.push(NamedShock { name: name.into(), shock });
            }
        }
        Ok(setting.map(|setting| format!("{}.{name}.{setting}", table::SHOCKS)))
    }

    /// Sets the number at an address found by [`Scenario::locate`]; the fast way for many changes of the same value.
    ///
    /// # Errors
    /// If this scenario has no such address, or the number is not accepted there.
    pub fn assign(&mut self, slot: &Slot, number: f64) -> Result<(), Problem> {
        if self.value(slot.address).is_none() {
            return Err(Problem::whole(FILE, format!("{}: not in this scenario", slot.path), ""));
        }
        // A choice counts from 0 in the order declared.
        if let Declared::Choice(choice) = slot.declared {
            let name = choice.names.get(number as usize).filter(|_| number >= 0.0 && number.fract() == 0.0);
            let Some(name) = name else {
                return Err(Problem::whole(FILE, format!("{}: there is no choice {number}", slot.path), advice(slot)));
            };
            self.put(slot.address, Value::Text((*name).into()));
            return Ok(());
        }
        match accept::number(slot, number, &number.to_string()) {
            Ok(checked) => {
                self.put(slot.address, checked);
                Ok(())
            }
            Err((what, help)) => Err(Problem::whole(FILE, format!("{}: {what}", slot.path), help)),
        }
    }

    /// Sets the number at `path` to any number, also beyond the range declared there: how a mechanism is switched off in
    /// a knock-out. Everything else goes through [`Scenario::change`].
    ///
    /// # Errors
    /// If there is no such path, or no number there.
    pub fn force(&mut self, path: &str, number: f64) -> Result<(), Problem> {
        let slot = self.locate(path)?;
        if slot.declared.range().is_none() || !number.is_finite() {
            return Err(Problem::whole(FILE, format!("{}: {number} cannot be set there", slot.path), ""));
        }
        self.put(slot.address, Value::Number(number));
        Ok(())
    }

    /// What is at `path`.
    ///
    /// # Errors
    /// If there is no such path, with the nearest there is.
    pub fn locate(&self, path: &str) -> Result<Slot, Problem> {
        let plain = self.by_number(path.trim());
        let slots = self.slots();
        if let Some(slot) = slots.iter().find(|slot| slot.path == plain) {
            return Ok(slot.clone());
        }
        let shown = if plain.is_empty() { "(nothing)".into() } else { accept::repeated(path) };
        // The last word alone, or the path without the programme's number, is often what was given.
        let ending = |slot: &&Slot| slot.path.ends_with(&format!(".{plain}"));
        let last = plain.rsplit('.').next().unwrap_or_default();
        let near = nearest(&plain, slots.iter().map(|slot| slot.path.as_str()))
            .and_then(|near| slots.iter().find(|slot| slot.path == near));
        // A last word that stands in one table only; one that stands in several says nothing about which was meant.
        let exact_word = || {
            let mut same = slots.iter().filter(|slot| slot.key == last && !last.is_empty());
            let table = |slot: &Slot| slot.table.rsplit('.').next().map(String::from);
            same.next().filter(|first| same.all(|slot| table(slot) == table(first)))
        };
        let is_there = self.shocks.iter().any(|named| plain.split('.').nth(1) == Some(named.name.as_str()));
        let help = match slots.iter().find(ending).or_else(exact_word).or(near) {
            _ if plain.starts_with(&format!("{}.", table::SHOCKS)) && !is_there => format!(
                "to add a shock write {}.NAME.KIND.at=WEEK, where KIND is {}",
                table::SHOCKS,
                one_of(Shock::KINDS.iter().map(|(kind, ..)| *kind))
            ),
            Some(slot) => format!("did you mean {}?\n{}", slot.path, advice(slot)),
            None => format!("paths begin with {}", table::ALL.join(", ")),
        };
        Err(Problem::whole(FILE, format!("{shown}: no such path in this scenario"), help))
    }

    /// The path with the name of a programme replaced by its number, and the number of a profession by its name.
    fn by_number(&self, path: &str) -> String {
        let under = |family: &str| path.strip_prefix(family).and_then(|rest| rest.strip_prefix('.'));
        if let Some(rest) = under(table::PROGRAMME) {
            for (index, programme) in self.programmes.iter().enumerate() {
                if let Some(key) = rest.strip_prefix(&programme.name).and_then(|key| key.strip_prefix('.')) {
                    return format!("{}.{index}.{key}", table::PROGRAMME);
                }
            }
        }
        if let Some((number, key)) = under(table::PROFESSION).and_then(|rest| rest.split_once('.'))
            && let Some(profession) = number.parse::<usize>().ok().and_then(|number| self.professions.get(number))
        {
            return format!("{}.{}.{key}", table::PROFESSION, profession.name);
        }
        path.into()
    }
}
