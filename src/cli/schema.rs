//! A JSON schema of scenario files, made from the declarations, so that editors complete and check them while typing.

use serde_json::{Map, Value as Json, json};

use crate::{
    programme::Levers,
    scenario::{
        Declared, Slot,
        slot::{EXTENDS, NAME, TITLE, table, template},
    },
    world::Shock,
};

/// The schema, as text that ends with a line break.
pub fn schema() -> String {
    let slots = template().slots();
    let keys = |name: &str| -> Map<String, Json> {
        let mut keys = Map::new();
        for slot in slots.iter().filter(|slot| slot.table == name) {
            keys.insert(slot.key.into(), property(slot));
        }
        keys
    };
    let mut profession = keys(table::PROFESSION);
    profession.insert(NAME.into(), name("Name of the profession, as in tables and results."));
    let mut programme = keys(table::PROGRAMME);
    programme.insert(NAME.into(), name("Name of the programme, as in tables and results."));
    for (theme, doc) in Levers::THEMES {
        programme.insert((*theme).into(), object(doc, keys(&format!("{}.{theme}", table::PROGRAMME))));
    }
    let mut kinds = Map::new();
    for (kind, doc, _) in Shock::KINDS {
        kinds.insert((*kind).into(), object(doc, keys(&format!("{}.{kind}.{kind}", table::SHOCKS))));
    }
    let mut shock = object("A shock: one kind with its settings.", kinds);
    shock["minProperties"] = json!(1);
    shock["maxProperties"] = json!(1);
    let mut groups = Map::new();
    for slot in &slots {
        if let Some(group) = slot.table.strip_prefix(table::PARAMETERS).and_then(|rest| rest.strip_prefix('.')) {
            groups.entry(group).or_insert_with(|| object("", keys(&slot.table)));
        }
    }
    let mut file = keys("");
    // Unlike a name, a title may be empty.
    file.insert(TITLE.into(), json!({ "type": "string", "description": "Title of the scenario, as in reports." }));
    file.insert(EXTENDS.into(), json!({ "type": "string", "description": "File that this one builds on." }));
    file.insert(table::SETTING.into(), object("The organisations and their times.", keys(table::SETTING)));
    file.insert(table::PROFESSION.into(), list(object("Who works there.", profession)));
    file.insert(table::PROGRAMME.into(), list(object("An improvement programme.", programme)));
    file.insert(
        table::SHOCKS.into(),
        json!({
            "type": "object",
            "description": "What happens to the organisations, each under a name of its own.",
            "propertyNames": { "pattern": "^[A-Za-z0-9_-]+$" },
            "additionalProperties": shock,
        }),
    );
    file.insert(table::PRICES.into(), object("What work and things cost.", keys(table::PRICES)));
    let wards = "What practice means for the patients of a ward, in the run chart of a report.";
    file.insert(table::INCIDENTS.into(), object(wards, keys(table::INCIDENTS)));
    file.insert(table::RUN.into(), object("How to run it.", keys(table::RUN)));
    file.insert(table::PARAMETERS.into(), object("How people are, where it differs from the defaults.", groups));
    let mut schema = object("A dewpoint scenario file.", file);
    schema["$schema"] = json!("http://json-schema.org/draft-07/schema#");
    schema["title"] = json!("dewpoint scenario");
    format!("{schema:#}\n")
}

fn property(slot: &Slot) -> Json {
    match slot.declared {
        Declared::Quantity(quantity) => json!({
            "type": if quantity.is_whole() { "integer" } else { "number" },
            "minimum": quantity.low, "maximum": quantity.high, "default": quantity.default,
            "description": slot.declared.accepted(),
        }),
        Declared::Lever(_) => json!({
            "type": "number", "minimum": 0, "maximum": 1,
            "default": slot.default().map(|value| value.to_string().parse::<f64>().unwrap_or_default()),
            "description": slot.declared.accepted(),
        }),
        Declared::Choice(choice) => json!({
            "enum": choice.names, "default": choice.names.first(), "description": slot.declared.accepted(),
        }),
        Declared::Text(doc) => json!({ "type": "string", "minLength": 1, "description": doc }),
    }
}

fn name(doc: &str) -> Json {
    json!({ "type": "string", "minLength": 1, "description": doc })
}

/// A table with these keys and no others; a table with a name needs it.
fn object(doc: &str, keys: Map<String, Json>) -> Json {
    let mut object = json!({ "type": "object", "additionalProperties": false });
    if !doc.is_empty() {
        object["description"] = json!(doc);
    }
    if keys.contains_key(NAME) {
        object["required"] = json!([NAME]);
    }
    object["properties"] = Json::Object(keys);
    object
}

fn list(items: Json) -> Json {
    json!({ "type": "array", "items": items })
}
