//! `new`: a commented file to start from, made from the declarations.

use std::{collections::BTreeMap, fmt::Write};

use super::sustainability::Said;
use crate::scenario::{
    Address, Scenario, Slot, Value, bundled, load,
    slot::{EXTENDS, NAME, TITLE, table, template},
    write::literal,
};

/// What marks a line that only shows what can be said.
const SHOWN: &str = "#: ";

/// The bundled scenario whose programme a new file begins with.
const ORDINARY: &str = "base.toml";

/// A file for a scenario called `name`: it checks clean as it is, its programme is the ordinary one of the bundled base case,
/// each line of it changes what happens, and every line that begins with `#: ` can be used by taking that away.
///
/// `scores` of the NHS Sustainability Model move some of its lines, and a comment says so.
pub fn new(name: &str, scores: Option<&Said>) -> String {
    let title = literal(&Value::Text(name.into()));
    let from = scores.map_or_else(String::new, |scores| format!("{}#\n", scores.comment));
    let mut out = format!(
        "# One sentence that tells the story of this scenario.\n#\n{from}\
         # Every line that stands here counts: the programme is an ordinary one, which does a little of most things. Lines that\n\
         # begin with \"#: \" show what else can be said, with the value that holds when nothing is said. Take the \"#: \" away\n\
         # to change one; leave the rest alone. A section needs its [heading], too.\n\n\
         {TITLE} = {title}\n#: {EXTENDS} = \"{ORDINARY}\"  # build on another file and write only what differs\n"
    );
    let (slots, page) = (template().slots(), Page::new(scores));
    let in_table = |name: &str| slots.iter().filter(|slot| slot.table == name).collect::<Vec<&Slot>>();
    page.section(&mut out, &format!("[{}]", table::SETTING), &in_table(table::SETTING));

    out.push_str("\n# Professions: what is not said of one stays as it is; the shares of all add up to 1.\n");
    for (place, profession) in template().professions.iter().enumerate() {
        let own = |slot: &&Slot| matches!(slot.address, Address::Profession { profession, .. } if profession == place);
        let _ = write!(
            out,
            "\n{SHOWN}[[{}]]\n{SHOWN}{NAME} = {}\n",
            table::PROFESSION,
            literal(&Value::Text(profession.name.clone()))
        );
        page.lines(&mut out, &slots.iter().filter(own).collect::<Vec<_>>());
    }
    let _ = write!(out, "\n[[{}]]\n{NAME} = {title}\n", table::PROGRAMME);
    page.lines(&mut out, &in_table(table::PROGRAMME)[1..]);
    page.sections(&mut out, &slots, |address| matches!(address, Address::Lever { .. } | Address::Target { .. }));
    out.push_str("\n# Shocks: each has a name of its own, then its kind.\n");
    page.sections(&mut out, &slots, |address| matches!(address, Address::Shock { .. }));
    for name in [table::PRICES, table::INCIDENTS, table::RUN] {
        page.section(&mut out, &format!("[{name}]"), &in_table(name));
    }
    out.push_str("\n# Parameters: how people are taken to be, whatever the programme.\n");
    page.sections(&mut out, &slots, |address| matches!(address, Address::Parameter { .. }));
    out
}

/// What the lines of a new file say.
struct Page {
    /// What can be said.
    template: Scenario,
    /// What is said.
    ordinary: Option<Scenario>,
    /// What scores say, by path.
    scored: BTreeMap<String, f64>,
}

impl Page {
    fn new(scores: Option<&Said>) -> Self {
        let ordinary = load(bundled::FILES, ORDINARY).ok().map(|loaded| loaded.scenario);
        let scored = scores.map(|scores| scores.values.clone()).unwrap_or_default();
        Self { template: template(), ordinary, scored }
    }

    /// What the ordinary programme says there, where it is not what holds anyway.
    fn said(&self, slot: &Slot) -> Option<Value> {
        if let Some(value) = self.scored.get(&slot.path) {
            return Some(Value::Number(*value));
        }
        let programme = matches!(slot.table.as_str(), table::PROGRAMME)
            || matches!(slot.address, Address::Lever { .. } | Address::Target { .. });
        let value = self.ordinary.as_ref().filter(|_| programme)?.value(slot.address)?;
        (slot.default().as_ref() != Some(&value)).then_some(value)
    }

    /// A section for each table of the slots that are meant.
    fn sections(&self, out: &mut String, slots: &[Slot], meant: impl Fn(Address) -> bool) {
        let mut heading = "";
        for slot in slots.iter().filter(|slot| meant(slot.address)) {
            if slot.table != heading {
                heading = &slot.table;
                let all: Vec<&Slot> = slots.iter().filter(|slot| slot.table == heading).collect();
                self.section(out, &format!("[{heading}]"), &all);
            }
        }
    }

    fn section(&self, out: &mut String, heading: &str, slots: &[&Slot]) {
        let mark = if slots.iter().any(|slot| self.said(slot).is_some()) { "" } else { SHOWN };
        let _ = writeln!(out, "\n{mark}{heading}");
        self.lines(out, slots);
    }

    fn lines(&self, out: &mut String, slots: &[&Slot]) {
        for slot in slots {
            // Professions differ from each other, not from what is declared of all of them.
            let own = matches!(slot.address, Address::Profession { .. });
            let said = self.said(slot);
            let mark = if said.is_some() { "" } else { SHOWN };
            let value = said.or_else(|| if own { self.template.value(slot.address) } else { slot.default() });
            if let Some(value) = value {
                let line = format!("{mark}{} = {}", slot.key, literal(&value));
                let _ = writeln!(out, "{line:<28}  # {}", slot.declared.accepted());
            }
        }
    }
}
