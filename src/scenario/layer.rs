//! One file laid over what the files below it said.

use std::ops::Range;

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{
    accept::{self, Fault, free_name, heading, repeated},
    loaded::{Loaded, Place},
    nearest::{nearest, one_of},
    problem::{MOST_PROBLEMS, Problem, Sheet},
    slot::{self, Address, EXTENDS, NAME, Slot, TITLE, table},
    whole::{MOST_PROGRAMMES, MOST_SHOCKS},
};
use crate::{
    programme::{Levers, Programme},
    world::{
        NamedShock, Profession, Shock,
        profession::{MOST_PROFESSIONS, Traits},
    },
};

/// A key or value and where it stands.
type At<T> = Spanned<T>;
type Key<'a, 'i> = &'a At<std::borrow::Cow<'i, str>>;
type Table<'a, 'i> = &'a DeTable<'i>;

/// A file being laid over `loaded`; problems are collected, never thrown.
pub(super) struct Layer<'a> {
    pub sheet: Sheet<'a>,
    pub loaded: &'a mut Loaded,
    pub problems: Vec<Problem>,
    /// Problems beyond those that are told.
    pub untold: usize,
}

impl Layer<'_> {
    /// Lays the whole file over.
    pub fn file(&mut self, file: Table) {
        let top = slot::top();
        for (key, value) in in_order(file) {
            if let Some(slot) = top.iter().find(|slot| slot.key == key.get_ref()) {
                self.value(slot, value);
                continue;
            }
            match key.get_ref().as_ref() {
                // Followed before the file is laid over.
                EXTENDS => {}
                table::SETTING => self.table_of(table::SETTING, &slot::setting(), value),
                table::PROFESSION => self.professions(value),
                table::PROGRAMME => self.programmes(value),
                table::SHOCKS => self.shocks(value),
                table::PRICES => self.table_of(table::PRICES, &slot::prices(), value),
                table::INCIDENTS => self.table_of(table::INCIDENTS, &slot::incidents(), value),
                table::RUN => self.table_of(table::RUN, &slot::run(), value),
                table::PARAMETERS => self.parameters(value),
                GONE => self.say(key.span(), no_choice_of_model()),
                _ => self.unknown(key, "", [TITLE, EXTENDS].into_iter().chain(table::ALL)),
            }
        }
    }

    fn professions(&mut self, value: &At<DeValue>) {
        let Some(rows) = self.rows(table::PROFESSION, value) else { return };
        if self.are_too_many(rows.len(), MOST_PROFESSIONS, "professions", value.span()) {
            return;
        }
        self.loaded.scenario.professions.clear();
        self.loaded.origins.retain(|address, _| !matches!(address, Address::Profession { .. }));
        for (span, row) in rows {
            let Some(name) = self.name(table::PROFESSION, &span, row) else { continue };
            let index = self.loaded.scenario.professions.len();
            if self.loaded.scenario.professions.iter().any(|profession| profession.name == name) {
                self.duplicate(table::PROFESSION, row, &name);
                continue;
            }
            let slots = slot::profession(index, &name);
            self.loaded.scenario.professions.push(Profession { name, traits: Traits::default() });
            self.fill(table::PROFESSION, &slots, row, &[NAME]);
        }
    }

    fn programmes(&mut self, value: &At<DeValue>) {
        let Some(rows) = self.rows(table::PROGRAMME, value) else { return };
        if self.are_too_many(rows.len(), MOST_PROGRAMMES, "programmes", value.span()) {
            return;
        }
        let mut seen: Vec<String> = Vec::new();
        for (span, row) in rows {
            let Some(name) = self.name(table::PROGRAMME, &span, row) else { continue };
            if seen.contains(&name) {
                self.duplicate(table::PROGRAMME, row, &name);
                continue;
            }
            seen.push(name.clone());
            let programmes = &mut self.loaded.scenario.programmes;
            let index = programmes.iter().position(|programme| programme.name == name).unwrap_or_else(|| {
                programmes.push(Programme { name, ..Programme::default() });
                programmes.len() - 1
            });
            self.record(Address::ProgrammeName { programme: index }, &span);
            let themes: Vec<&str> = Levers::THEMES.iter().map(|(name, _)| *name).collect();
            self.fill(table::PROGRAMME, &slot::programme(index), row, &themes);
            for (key, value) in in_order(row) {
                if let Some(theme) = themes.iter().find(|theme| **theme == key.get_ref()) {
                    let context = format!("{}.{theme}", table::PROGRAMME);
                    self.table_of(&context, &slot::theme(index, theme), value);
                }
            }
        }
    }

    fn shocks(&mut self, value: &At<DeValue>) {
        let Some(shocks) = self.table(table::SHOCKS, value) else { return };
        if self.are_too_many(shocks.len(), MOST_SHOCKS, "shocks", value.span()) {
            return;
        }
        for (key, value) in in_order(shocks) {
            let name = key.get_ref().as_ref();
            let context = format!("{}.{}", table::SHOCKS, repeated(name));
            if !free_name(name) {
                let what =
                    format!("the name of a shock is made of letters, digits, _ and -, not \"{}\"", repeated(name));
                self.say(key.span(), (what, String::new()));
                continue;
            }
            let Some(table) = self.table(&context, value) else { continue };
            let kinds = Shock::KINDS.iter().map(|(kind, ..)| *kind);
            let no_kind = !table.is_empty() && table.keys().all(|key| Shock::of_kind(key.get_ref()).is_none());
            if Shock::of_kind(name).is_some() && no_kind {
                let what = format!("[{context}] has the name of a kind but does not say its kind");
                let help = format!(
                    "a shock has a name of its own and a kind: [{context}] and below it {name} = {{ at = 90 }}"
                );
                self.say(key.span(), (what, help));
                continue;
            }
            let mut found: Option<&str> = None;
            for (key, value) in in_order(table) {
                let kind = key.get_ref().as_ref();
                let Some(shock) = Shock::of_kind(kind) else {
                    self.unknown(key, &context, kinds.clone());
                    continue;
                };
                if let Some(first) = found {
                    let what = format!("[{context}] is a {first} already and cannot be a {kind} as well");
                    self.say(key.span(), (what, format!("give it a name of its own: [{}.{kind}]", table::SHOCKS)));
                    continue;
                }
                found = Some(shock.key());
                self.shock(name, shock, &context, &key.span(), value);
            }
            if found.is_none() && table.is_empty() {
                let what = format!("[{context}] does not say what happens");
                self.say(key.span(), (what, format!("name a kind: {}", one_of(kinds))));
            }
        }
    }

    fn shock(&mut self, name: &str, shock: Shock, context: &str, span: &Range<usize>, value: &At<DeValue>) {
        let context = format!("{context}.{}", shock.key());
        let shocks = &mut self.loaded.scenario.shocks;
        let index = match shocks.iter().position(|named| named.name == name) {
            Some(index) => {
                if shocks[index].shock.key() != shock.key() {
                    shocks[index].shock = shock;
                    self.loaded.origins.retain(|address, _| !is_of_shock(*address, index));
                }
                index
            }
            None => {
                shocks.push(NamedShock { name: name.into(), shock });
                shocks.len() - 1
            }
        };
        let slots = slot::shock(index, name, &self.loaded.scenario.shocks[index].shock);
        if let Some(first) = slots.first() {
            let (line, column) = self.sheet.place(span.start);
            let place = Place { file: self.sheet.name.into(), line, column };
            self.loaded.origins.entry(first.address).or_insert(place);
        }
        self.table_of(&context, &slots, value);
    }

    fn parameters(&mut self, value: &At<DeValue>) {
        let Some(groups) = self.table(table::PARAMETERS, value) else { return };
        let names: Vec<&str> = self.loaded.scenario.parameters.groups().iter().map(|(name, _)| *name).collect();
        for (key, value) in in_order(groups) {
            match names.iter().position(|name| *name == key.get_ref()) {
                Some(group) => {
                    let context = format!("{}.{}", table::PARAMETERS, names[group]);
                    self.table_of(&context, &slot::parameters(group), value);
                }
                None => self.unknown(key, table::PARAMETERS, names.iter().copied()),
            }
        }
    }

    /// A table that holds nothing but values.
    fn table_of(&mut self, context: &str, slots: &[Slot], value: &At<DeValue>) {
        if let Some(table) = self.table(context, value) {
            self.fill(context, slots, table, &[]);
        }
    }

    /// The values of a table; keys in `besides` are somebody else's business.
    fn fill(&mut self, context: &str, slots: &[Slot], table: Table, besides: &[&str]) {
        for (key, value) in in_order(table) {
            let name = key.get_ref().as_ref();
            if let Some(slot) = slots.iter().find(|slot| slot.key == name) {
                self.value(slot, value);
            } else if !besides.contains(&name) {
                self.unknown(key, context, slots.iter().map(|slot| slot.key).chain(besides.iter().copied()));
            }
        }
    }

    /// One value.
    fn value(&mut self, slot: &Slot, value: &At<DeValue>) {
        let checked = match value.get_ref() {
            DeValue::Integer(integer) => {
                let plain = integer.as_str().replace('_', "");
                let number = match integer.radix() {
                    10 => plain.parse().unwrap_or(f64::NAN),
                    // Wider than any declared range either way.
                    #[allow(clippy::cast_precision_loss)]
                    radix => u64::from_str_radix(&plain, radix).map_or(f64::INFINITY, |number| number as f64),
                };
                accept::number(slot, number, &integer.to_string())
            }
            DeValue::Float(float) => {
                accept::number(slot, float.as_str().replace('_', "").parse().unwrap_or(f64::NAN), float.as_str())
            }
            DeValue::String(text) => accept::text(slot, text),
            other => {
                let wanted = if slot.declared.range().is_some() { "a number" } else { "text" };
                let place = heading(&slot.table);
                let what = format!("{} in {place} is {}, where {wanted} is wanted", slot.key, kind_of(other));
                Err((what, accept::advice(slot)))
            }
        };
        match checked {
            Ok(checked) => {
                self.loaded.scenario.put(slot.address, checked);
                self.record(slot.address, &value.span());
            }
            Err(fault) => self.say(value.span(), fault),
        }
    }

    /// The table that `value` ought to be.
    fn table<'v, 'i>(&mut self, context: &str, value: &'v At<DeValue<'i>>) -> Option<Table<'v, 'i>> {
        if let DeValue::Table(table) = value.get_ref() {
            return Some(table);
        }
        let key = context.rsplit('.').next().unwrap_or(context);
        let inline = Shock::KINDS.iter().any(|(kind, ..)| *kind == key);
        let help = if inline {
            format!("write {key} = {{ at = 90 }}")
        } else {
            format!("write [{context}] and its keys below it")
        };
        self.say(value.span(), (format!("{key} is {}, where a table is wanted", kind_of(value.get_ref())), help));
        None
    }

    /// The tables of a list such as `[[programme]]`.
    fn rows<'v, 'i>(
        &mut self,
        context: &str,
        value: &'v At<DeValue<'i>>,
    ) -> Option<Vec<(Range<usize>, Table<'v, 'i>)>> {
        let what = || format!("{context} is {}, where a list of tables is wanted", kind_of(value.get_ref()));
        let help = || format!("write [[{context}]] with two brackets, once for each");
        let DeValue::Array(array) = value.get_ref() else {
            self.say(value.span(), (what(), help()));
            return None;
        };
        let mut rows = Vec::new();
        for row in array {
            match row.get_ref() {
                DeValue::Table(table) => rows.push((row.span(), table)),
                _ => self.say(row.span(), (what(), help())),
            }
        }
        Some(rows)
    }

    /// The name that a `[[programme]]` or `[[profession]]` must have.
    fn name(&mut self, context: &str, span: &Range<usize>, row: Table) -> Option<String> {
        let Some(value) = row.get(NAME) else {
            self.say(span.clone(), accept::name_wanted(context));
            return None;
        };
        let DeValue::String(text) = value.get_ref() else {
            let what = format!("{NAME} in {} is {}, where text is wanted", heading(context), kind_of(value.get_ref()));
            self.say(value.span(), (what, "put it in quotes".into()));
            return None;
        };
        if let Err(why) = accept::name(text) {
            self.say(
                value.span(),
                (format!("{NAME} = \"{}\" in {} {why}", repeated(text), heading(context)), String::new()),
            );
            return None;
        }
        Some(text.to_string())
    }

    /// Says so where a file has more of something than a scenario can have: they are not looked at one by one then.
    fn are_too_many(&mut self, count: usize, most: usize, what: &str, span: Range<usize>) -> bool {
        if count > most {
            self.say(span, (format!("{count} {what}, more than {most}"), "leave out those that matter least".into()));
        }
        count > most
    }

    fn duplicate(&mut self, context: &str, row: Table, name: &str) {
        let span = row.get(NAME).map_or(0..0, Spanned::span);
        let what = format!("a second {} is named \"{}\"", heading(context), repeated(name));
        self.say(span, (what, "give each a name of its own, or merge the two".into()));
    }

    /// A key that means nothing here: where it belongs, or what was probably meant.
    fn unknown<'k>(&mut self, key: Key, context: &str, known: impl Iterator<Item = &'k str>) {
        if self.is_full() {
            self.untold += 1;
            return;
        }
        let name = key.get_ref().as_ref();
        let known: Vec<&str> = known.collect();
        let sort = match context {
            table::PARAMETERS => "table",
            _ if context.starts_with(table::SHOCKS) && context.matches('.').count() == 1 => "kind of shock",
            _ if context.starts_with(table::PROGRAMME) && context != table::PROGRAMME => "lever",
            _ => "key",
        };
        let what = format!("unknown {sort} \"{}\" in {}", repeated(name), heading(context));
        self.say(key.span(), (what, meant(name, context, &known)));
    }

    fn record(&mut self, address: Address, span: &Range<usize>) {
        let (line, column) = self.sheet.place(span.start);
        self.loaded.origins.insert(address, Place { file: self.sheet.name.into(), line, column });
    }

    fn say(&mut self, span: Range<usize>, (what, help): Fault) {
        if self.is_full() {
            self.untold += 1;
        } else {
            self.problems.push(self.sheet.problem(span, what, help));
        }
    }

    /// Whether no more problems are told one by one; what would be right need not be looked for then.
    fn is_full(&self) -> bool {
        self.problems.len() >= MOST_PROBLEMS
    }
}

/// A key of earlier versions.
const GONE: &str = "model";

/// There was a choice of models once, and files may still make it.
fn no_choice_of_model() -> Fault {
    let what = format!("\"{GONE}\" is no longer a choice: there is one model, and every command runs it");
    (what, "take the line away; what it gives has changed since (CHANGELOG.md says how and why)".into())
}

/// Help for an unknown `name` in the table `context`, whose keys are `known`.
fn meant(name: &str, context: &str, known: &[&str]) -> String {
    let everywhere = slot::template().slots();
    let explained = |key: &str| {
        let slot = everywhere
            .iter()
            .find(|slot| slot.key == key && slot.table.starts_with(context) && slot.table.len() >= context.len());
        slot.map(|slot| format!("\n{}", accept::advice(slot))).unwrap_or_default()
    };
    // The same word in another table is a surer guess than a similar word here.
    let mut homes: Vec<String> =
        everywhere.iter().filter(|slot| slot.key == name).map(|slot| heading(&in_general(&slot.table))).collect();
    homes.dedup();
    let free_name = context.strip_prefix(table::SHOCKS).and_then(|rest| rest.strip_prefix('.'));
    if free_name.is_some() && homes.iter().any(|home| home.starts_with("[shocks.")) {
        let shape = format!("[{context}] <kind> = {{ {name} = ... }}");
        return format!("say what happens: {shape}, where <kind> is {}", one_of(known.iter().copied()));
    }
    if !homes.is_empty() {
        homes.truncate(3);
        return format!("{name} belongs in {}", one_of(homes.iter().map(String::as_str)));
    }
    if let Some((theme, _)) = Levers::THEMES.iter().find(|(theme, _)| *theme == name) {
        return format!("write [{}.{theme}] below a {}", table::PROGRAMME, heading(table::PROGRAMME));
    }
    if let Some(near) = nearest(name, known.iter().copied()) {
        return format!("did you mean \"{near}\"?{}", explained(near));
    }
    if let Some(near) = nearest(name, everywhere.iter().map(|slot| slot.key)) {
        let home = everywhere.iter().find(|slot| slot.key == near).map(|slot| heading(&in_general(&slot.table)));
        return format!("did you mean \"{near}\" in {}?", home.unwrap_or_default());
    }
    format!("known here: {}", known.join(", "))
}

/// A slot's table without the free name of a shock.
fn in_general(table: &str) -> String {
    match table.strip_prefix("shocks.").and_then(|rest| rest.split_once('.')) {
        Some((_, kind)) => format!("{}.<name>.{kind}", table::SHOCKS),
        None => table.into(),
    }
}

fn is_of_shock(address: Address, index: usize) -> bool {
    matches!(address, Address::Shock { shock, .. } if shock == index)
}

/// The keys of a table in the order of the file.
fn in_order<'a, 'i>(table: Table<'a, 'i>) -> Vec<(Key<'a, 'i>, &'a At<DeValue<'i>>)> {
    let mut rows: Vec<_> = table.iter().collect();
    rows.sort_by_key(|(key, _)| key.span().start);
    rows
}

/// What a value is, in words.
pub(super) fn kind_of(value: &DeValue) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
