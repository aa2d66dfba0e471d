//! `new`: a commented file to start from, made from the declarations.

use std::fmt::Write;

use crate::{
    scenario::Value,
    scenario::{
        Address, Slot,
        slot::{EXTENDS, NAME, TITLE, table, template},
        write::literal,
    },
};

/// A file for a scenario called `name`: it checks clean as it is, and every line that begins with `#: ` can be used by taking
/// that away.
pub fn new(name: &str) -> String {
    let title = literal(&Value::Text(name.into()));
    let mut out = format!(
        "# One sentence that tells the story of this scenario.\n#\n\
         # Lines that begin with \"#: \" show what else can be said, with the value that holds when nothing is said.\n\
         # Take the \"#: \" away to change one; leave the rest alone. A section needs its [heading], too.\n\n\
         {TITLE} = {title}\n#: {EXTENDS} = \"base.toml\"  # build on another file and write only what differs\n"
    );
    let slots = template().slots();
    let in_table = |name: &str| slots.iter().filter(|slot| slot.table == name).collect::<Vec<&Slot>>();
    section(&mut out, "#: ", &format!("[{}]", table::SETTING), &in_table(table::SETTING));

    let _ = write!(out, "\n[[{}]]\n{NAME} = {title}\n", table::PROGRAMME);
    let is_means = |slot: &&Slot| matches!(slot.address, Address::Means { .. });
    let (means, clock): (Vec<&Slot>, Vec<&Slot>) = in_table(table::PROGRAMME).into_iter().partition(is_means);
    lines(&mut out, "", &clock[1..]);
    lines(&mut out, "#: ", &means);
    let mut heading = "";
    for slot in slots.iter().filter(|slot| matches!(slot.address, Address::Lever { .. } | Address::Target { .. })) {
        if slot.table != heading {
            heading = &slot.table;
            section(&mut out, "#: ", &format!("[{heading}]"), &in_table(heading));
        }
    }
    out.push_str("\n# Shocks: each has a name of its own, then its kind.\n");
    let mut heading = "";
    for slot in slots.iter().filter(|slot| matches!(slot.address, Address::Shock { .. })) {
        if slot.table != heading {
            heading = &slot.table;
            section(&mut out, "#: ", &format!("[{heading}]"), &in_table(heading));
        }
    }
    section(&mut out, "#: ", &format!("[{}]", table::PRICES), &in_table(table::PRICES));
    section(&mut out, "#: ", &format!("[{}]", table::INCIDENTS), &in_table(table::INCIDENTS));
    section(&mut out, "#: ", &format!("[{}]", table::RUN), &in_table(table::RUN));
    out
}

fn section(out: &mut String, mark: &str, heading: &str, slots: &[&Slot]) {
    let _ = writeln!(out, "\n{mark}{heading}");
    lines(out, mark, slots);
}

fn lines(out: &mut String, mark: &str, slots: &[&Slot]) {
    for slot in slots {
        if let Some(value) = slot.default() {
            let line = format!("{mark}{} = {}", slot.key, literal(&value));
            let _ = writeln!(out, "{line:<28}  # {}", slot.declared.accepted());
        }
    }
}
