//! A scenario as the page knows it: one text, which is also what the page exports, shares and hands to its workers.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::Answer;
use crate::{
    model::unit::collaborative,
    params::{Quantities, decimal},
    programme::Levers,
    scenario::{self, Extent, Scenario, bundled},
    world::{NamedShock, Setting, Shock},
};

/// Name of the page's scenario in messages.
const FILE: &str = "scenario";

/// A scenario to open: a bundled one by name, or a text; then what to change.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Open {
    name: Option<String>,
    text: Option<String>,
    /// Path and value, as for `--set`.
    #[serde(default)]
    changes: Vec<(String, String)>,
    #[serde(default)]
    add: Vec<Added>,
    /// Names of shocks to take away.
    #[serde(default)]
    remove: Vec<String>,
    /// Programmes to take away, by place.
    #[serde(default)]
    without: Vec<usize>,
}

/// A shock to add: its kind and its week.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Added {
    kind: String,
    at: u32,
}

impl Open {
    pub(super) fn answer(self) -> Result<Answer, String> {
        let (mut scenario, story) = match (&self.name, &self.text) {
            (Some(name), _) => (read_bundled(name)?, story_of(name)),
            (None, Some(text)) => (read(text)?, bundled::story(text).to_owned()),
            (None, None) => return Err("no scenario is named and none is given".into()),
        };
        for (path, value) in &self.changes {
            scenario.change(path, value).map_err(|problem| problem.to_string())?;
        }
        scenario.shocks.retain(|shock| !self.remove.contains(&shock.name));
        for added in &self.add {
            let shock = shock(added)?;
            let name = free_name(&scenario, &added.kind);
            scenario.shocks.push(NamedShock { name, shock });
        }
        let mut place = 0;
        scenario.programmes.retain(|_| {
            place += 1;
            !self.without.contains(&(place - 1))
        });
        scenario.check().map_err(|problems| problems.to_string())?;
        Ok(Answer::of(&described(&scenario, &story)))
    }
}

/// The scenario in `text`.
pub(super) fn read(text: &str) -> Result<Scenario, String> {
    let loaded = scenario::load(&[(FILE, text)], FILE).map_err(|problems| problems.to_string())?;
    loaded.ready().map_err(|problems| problems.to_string())
}

fn read_bundled(name: &str) -> Result<Scenario, String> {
    let loaded = scenario::load(&(), name).map_err(|problems| problems.to_string())?;
    loaded.ready().map_err(|problems| problems.to_string())
}

fn story_of(name: &str) -> String {
    bundled::find(name).map(|(_, text)| bundled::story(text).to_owned()).unwrap_or_default()
}

fn shock(added: &Added) -> Result<Shock, String> {
    let mut shock = Shock::of_kind(&added.kind).ok_or_else(|| format!("no shock is called {}", added.kind))?;
    let settings = shock.settings_mut();
    // Every kind has the week first (tested where shocks are declared).
    let at = settings.declared()[0];
    settings.set(0, f64::from(added.at).clamp(at.low, at.high) as f32);
    Ok(shock)
}

fn free_name(scenario: &Scenario, kind: &str) -> String {
    let taken = |name: &str| scenario.shocks.iter().any(|shock| shock.name == name);
    (1..).map(|number| format!("{kind}_{number}")).find(|name| !taken(name)).unwrap_or_else(|| kind.into())
}

/// The scenario as one text that loads to the same scenario.
fn text_of(scenario: &Scenario, story: &str) -> String {
    let first = if story.is_empty() { String::new() } else { format!("# {story}\n\n") };
    first + &scenario.to_toml(Extent::Changed)
}

fn described(scenario: &Scenario, story: &str) -> Value {
    let quantities = |quantities: &dyn Quantities| -> Map<String, Value> {
        let declared = quantities.declared().iter().enumerate();
        declared.map(|(row, quantity)| (quantity.name.into(), decimal(quantities.get(row)).into())).collect()
    };
    let programmes: Vec<Value> = scenario
        .programmes
        .iter()
        .enumerate()
        .map(|(place, programme)| {
            let (cost, spending) =
                scenario.funded(place).map(|funded| (funded.cost, funded.spending)).unwrap_or_default();
            let (total, until_end) = (cost.total(), cost.until_end());
            let themes: Map<String, Value> =
                Levers::THEMES.iter().map(|(theme, _)| ((*theme).into(), cost.theme(theme).money().into())).collect();
            json!({
                "name": programme.name,
                "clock": quantities(&programme.clock),
                "live": programme.clock.live(),
                "end": programme.clock.end(),
                "levers": (0..Levers::DECLARED.len()).map(|row| decimal(programme.levers.get(row))).collect::<Vec<_>>(),
                "cost": {
                    "hours": total.hours, "paid": total.paid, "unreplaced": total.unreplaced, "money": total.money(),
                    "money_until_end": until_end.money(), "themes": themes,
                    "budget": spending.map(|spending| spending.in_words()),
                },
            })
        })
        .collect();
    let shocks: Vec<Value> = scenario
        .shocks
        .iter()
        .map(|named| {
            let settings = quantities(named.shock.settings());
            json!({
                "name": named.name, "kind": named.shock.key(), "week": named.shock.week(), "turns": named.shock.turns(),
                "settings": settings,
            })
        })
        .collect();
    let model = scenario.to_model();
    let posts: Vec<(usize, Option<usize>, u8)> =
        model.layout.people().map(|(post, level)| (post, model.layout.unit(post), level as u8)).collect();
    let setting: &Setting = &scenario.setting;
    json!({
        "text": text_of(scenario, story),
        "title": scenario.title,
        "model": scenario.model.name(),
        "story": story,
        "weeks": scenario.weeks(),
        "seed": scenario.run.seed,
        "runs": scenario.run.runs,
        "setting": quantities(setting),
        "professions": scenario.professions.iter().map(|row| &row.name).collect::<Vec<_>>(),
        "programmes": programmes,
        "shocks": shocks,
        "posts": posts,
        // Whether each organisation lives by itself.
        "apart": !collaborative::meets(&model),
    })
}
