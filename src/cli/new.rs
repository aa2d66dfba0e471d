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

    out.push_str("\n# Professions: what is not said of one stays as it is; the shares of all add up to 1.\n");
    for (place, profession) in template().professions.iter().enumerate() {
        let own = |slot: &&Slot| matches!(slot.address, Address::Profession { profession, .. } if profession == place);
        let _ = write!(
            out,
            "\n#: [[{}]]\n#: {NAME} = {}\n",
            table::PROFESSION,
            literal(&Value::Text(profession.name.clone()))
        );
        lines(&mut out, "#: ", &slots.iter().filter(own).collect::<Vec<_>>());
    }
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
    out.push_str("\n# Parameters: how people are taken to be, whatever the programme.\n");
    let mut heading = "";
    for slot in slots.iter().filter(|slot| matches!(slot.address, Address::Parameter { .. })) {
        if slot.table != heading {
            heading = &slot.table;
            section(&mut out, "#: ", &format!("[{heading}]"), &in_table(heading));
        }
    }
    out
}

fn section(out: &mut String, mark: &str, heading: &str, slots: &[&Slot]) {
    let _ = writeln!(out, "\n{mark}{heading}");
    lines(out, mark, slots);
}

fn lines(out: &mut String, mark: &str, slots: &[&Slot]) {
    for slot in slots {
        // Professions differ from each other, not from what is declared of all of them.
        let own = matches!(slot.address, Address::Profession { .. });
        let value = if own { template().value(slot.address) } else { slot.default() };
        if let Some(value) = value {
            let line = format!("{mark}{} = {}", slot.key, literal(&value));
            let _ = writeln!(out, "{line:<28}  # {}", slot.declared.accepted());
        }
    }
}
