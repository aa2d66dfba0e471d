//! Writing a scenario back as one file that loads to the same scenario.

use std::{collections::BTreeSet, fmt::Write};

use super::{
    Scenario,
    slot::{self, Address, NAME, Slot, TITLE, Value, table},
};
use crate::{programme::Levers, world::profession};

/// How much is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent<'a> {
    /// Every value.
    All,
    /// Only what differs from the defaults.
    Changed,
    /// What differs from the defaults, and what stands at these addresses: a file that gives what another gave.
    Given(&'a BTreeSet<Address>),
}

impl Extent<'_> {
    /// Whether `value` is written, which stands at `slot`.
    fn has(self, slot: &Slot, value: &Value) -> bool {
        let given = match self {
            Self::All => true,
            Self::Changed => false,
            Self::Given(given) => given.contains(&slot.address),
        };
        given || slot.default().as_ref() != Some(value)
    }
}

impl Scenario {
    /// The scenario as one scenario file. It loads to an equal scenario, and numbers read as a person would write them.
    pub fn to_toml(&self, extent: Extent<'_>) -> String {
        let mut out = format!("{TITLE} = {}\n", quoted(&self.title));
        self.lines(&mut out, extent, &slot::top()[1..]);
        self.section(&mut out, extent, &format!("[{}]", table::SETTING), &slot::setting());
        if extent == Extent::All || self.professions != profession::acute_hospital() {
            for (index, row) in self.professions.iter().enumerate() {
                let _ = write!(out, "\n[[{}]]\n{NAME} = {}\n", table::PROFESSION, quoted(&row.name));
                self.lines(&mut out, extent, &slot::profession(index, &row.name));
            }
        }
        for (index, row) in self.programmes.iter().enumerate() {
            let _ = write!(out, "\n[[{}]]\n{NAME} = {}\n", table::PROGRAMME, quoted(&row.name));
            self.lines(&mut out, extent, &slot::programme(index)[1..]);
            for (theme, _) in Levers::THEMES {
                self.section(&mut out, extent, &format!("[{}.{theme}]", table::PROGRAMME), &slot::theme(index, theme));
            }
        }
        for (index, row) in self.shocks.iter().enumerate() {
            let settings: Vec<String> = slot::shock(index, &row.name, &row.shock)
                .iter()
                .filter_map(|slot| Some((slot, self.value(slot.address)?)))
                .filter(|(slot, value)| extent.has(slot, value))
                .map(|(slot, value)| format!("{} = {}", slot.key, literal(&value)))
                .collect();
            let settings = if settings.is_empty() { "{}".into() } else { format!("{{ {} }}", settings.join(", ")) };
            let _ = write!(out, "\n[{}.{}]\n{} = {settings}\n", table::SHOCKS, row.name, row.shock.key());
        }
        self.section(&mut out, extent, &format!("[{}]", table::PRICES), &slot::prices());
        self.section(&mut out, extent, &format!("[{}]", table::INCIDENTS), &slot::incidents());
        self.section(&mut out, extent, &format!("[{}]", table::RUN), &slot::run());
        for (group, (name, _)) in self.parameters.groups().iter().enumerate() {
            self.section(&mut out, extent, &format!("[{}.{name}]", table::PARAMETERS), &slot::parameters(group));
        }
        out
    }

    /// A table with its heading, unless nothing in it is to be written.
    fn section(&self, out: &mut String, extent: Extent<'_>, heading: &str, slots: &[Slot]) {
        let mut lines = String::new();
        self.lines(&mut lines, extent, slots);
        if !lines.is_empty() {
            let _ = write!(out, "\n{heading}\n{lines}");
        }
    }

    fn lines(&self, out: &mut String, extent: Extent<'_>, slots: &[Slot]) {
        for slot in slots {
            if let Some(value) = self.value(slot.address)
                && extent.has(slot, &value)
            {
                let _ = writeln!(out, "{} = {}", slot.key, literal(&value));
            }
        }
    }
}

/// A value as it stands in a file.
pub(crate) fn literal(value: &Value) -> String {
    match value {
        Value::Number(number) => number.to_string(),
        Value::Text(text) => quoted(text),
    }
}

/// Text in quotes, with what TOML wants escaped.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            control if control.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(control));
            }
            letter => out.push(letter),
        }
    }
    out.push('"');
    out
}
