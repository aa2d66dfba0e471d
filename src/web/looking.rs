//! One replicate, looked at closely.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Answer, room::read};
use crate::{
    metrics::{self, Observation, person::Column},
    model::{History, Pair, Series, count::watch::Scene},
    scenario::Scenario,
};

/// One replicate: its weekly series and outcomes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PairOf {
    text: String,
    seed: u64,
    #[serde(default)]
    replicate: u64,
    /// Only this organisation, its series over its own units.
    organisation: Option<usize>,
}

impl PairOf {
    /// Numbers: `[programme][with, without][series][week]`. Outcomes are of all organisations, and so not there for one.
    pub(super) fn answer(self) -> Result<Answer, String> {
        let scenario = read(&self.text)?;
        let model = scenario.to_model();
        let Some(organisation) = self.organisation else {
            let pair = model.pair(self.seed, self.replicate);
            return Ok(series(&scenario, &pair, outcomes(&scenario, &pair)));
        };
        let pair = model.pair_of(self.seed, self.replicate, organisation);
        let pair = pair.ok_or_else(|| format!("organisation {organisation} does not live by itself"))?;
        Ok(series(&scenario, &pair, Vec::new()))
    }
}

fn series(scenario: &Scenario, pair: &Pair, outcomes: Vec<Value>) -> Answer {
    let mut numbers = Vec::new();
    let mut add = |history: &History| history.series.iter().for_each(|series| numbers.extend(series));
    for (with, without) in pair.with.iter().zip(&pair.without) {
        add(with);
        add(without);
    }
    let about = json!({
        "weeks": scenario.weeks(),
        "programmes": pair.with.len(),
        "series": Series::ALL.iter().map(|series| series.name()).collect::<Vec<_>>(),
        "outcomes": outcomes,
    });
    Answer::with_floats(&about, &numbers)
}

/// The metrics of each programme, by name.
pub(super) fn outcomes(scenario: &Scenario, pair: &Pair) -> Vec<Value> {
    let columns = metrics::outcomes(scenario);
    let of = |place| {
        let observation = Observation::new(scenario, pair, place)?;
        Some(columns.iter().map(|column| (column.name.clone(), Value::from(column.of(&observation)))).collect())
    };
    (0..scenario.programmes.len()).filter_map(of).map(Value::Object).collect()
}

/// Everybody in one organisation, as shares of one byte each.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WatchOf {
    text: String,
    seed: u64,
    #[serde(default)]
    replicate: u64,
    organisation: u32,
    programme: usize,
    columns: Vec<String>,
}

impl WatchOf {
    /// Numbers: `[with, without][week][column][person]`, people in the order of the scenario's posts.
    pub(super) fn answer(self) -> Result<Answer, String> {
        let scenario = read(&self.text)?;
        let columns = columns(&self.columns)?;
        let model = scenario.to_model();
        let posts: Vec<usize> = model.layout.people().map(|(post, _)| post).collect();
        let frame = columns.len() * posts.len();
        let mut numbers = vec![0; 2 * model.weeks * frame];
        let mut professions = Vec::new();
        let pair = model.watch(self.seed, self.replicate, |scene| {
            if scene.organisation.number != self.organisation {
                return;
            }
            if professions.is_empty() {
                professions = posts.iter().map(|post| scene.organisation.profession[*post]).collect();
            }
            let start = (world_of(scene) * model.weeks + scene.week) * frame;
            for (column, row) in columns.iter().zip(numbers[start..start + frame].chunks_exact_mut(posts.len())) {
                for (number, post) in row.iter_mut().zip(&posts) {
                    let share = scene.number(*column, self.programme, *post);
                    *number = (share.clamp(0.0, 1.0) * 255.0 + 0.5) as u8;
                }
            }
        });
        let about = json!({
            "weeks": model.weeks,
            "people": posts.len(),
            "columns": columns.iter().map(|column| column.name()).collect::<Vec<_>>(),
            "professions": professions,
            "outcomes": outcomes(&scenario, &pair),
        });
        Ok(Answer::with_bytes(&about, numbers))
    }
}

/// One person in both worlds.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PersonOf {
    text: String,
    seed: u64,
    #[serde(default)]
    replicate: u64,
    organisation: u32,
    programme: usize,
    post: usize,
}

impl PersonOf {
    /// Numbers: `[with, without][column][week]`, every column.
    pub(super) fn answer(self) -> Result<Answer, String> {
        let scenario = read(&self.text)?;
        let model = scenario.to_model();
        if model.layout.level(self.post).is_none() {
            return Err(format!("nobody stands at post {}", self.post));
        }
        let length = Column::ALL.len() * model.weeks;
        let mut numbers = vec![0.0; 2 * length];
        model.watch(self.seed, self.replicate, |scene| {
            if scene.organisation.number == self.organisation {
                for column in Column::ALL {
                    let place = world_of(scene) * length + *column as usize * model.weeks + scene.week;
                    numbers[place] = scene.number(*column, self.programme, self.post);
                }
            }
        });
        let names: Vec<&str> = Column::ALL.iter().map(|column| column.name()).collect();
        Ok(Answer::with_floats(&json!({ "weeks": model.weeks, "columns": names }), &numbers))
    }
}

fn world_of(scene: &Scene) -> usize {
    usize::from(!scene.world.on)
}

fn columns(names: &[String]) -> Result<Vec<Column>, String> {
    let find = |name: &String| {
        let found = Column::ALL.iter().copied().find(|column| column.name() == name);
        found.ok_or_else(|| format!("no column is called {name}"))
    };
    names.iter().map(find).collect()
}
