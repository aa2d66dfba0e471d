//! Where a gain went: the experiment of `dewpoint explain`, its runs made in pieces by the page's workers.
//!
//! Workers answer [`GainsOf`] for some worlds and replicates each; [`ExplainOf`] hands all of them to the experiment as a
//! simulator would, so that words, tables and pictures are those of the command line to the last digit (tested).

use std::ops::Range;

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Answer, room::read};
use crate::{
    experiment::{
        Ensemble, Job, Simulator, Stopped, Study,
        explain::{AT_END, Asked, Question, after, explain, worlds_of},
    },
    metrics::{self, Observation},
    output::{
        csv::{csv_files, digest},
        report::draw::svg,
    },
    scenario::Scenario,
};

/// The gain when support ends and so many months later; none where there is no such number.
type Gains = [Option<f64>; 2];

/// Gains in some of the worlds that a question is asked of.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GainsOf {
    text: String,
    seed: u64,
    programme: usize,
    months: u32,
    question: Question,
    worlds: Range<usize>,
    replicates: Range<u64>,
}

impl GainsOf {
    /// `gains[world][replicate]`, and how many worlds there are in all.
    pub(super) fn answer(self) -> Result<Answer, String> {
        let scenario = read(&self.text)?;
        let worlds = worlds_of(&scenario, self.programme, self.question);
        let names = [AT_END.to_owned(), after(self.months)];
        let of_world = |world: &Scenario| -> Vec<Gains> {
            let model = world.to_model();
            let columns = metrics::outcomes(world);
            self.replicates
                .clone()
                .map(|replicate| {
                    let pair = model.pair(self.seed, replicate);
                    let observation = Observation::new(world, &pair, self.programme);
                    names.each_ref().map(|name| {
                        let column = columns.iter().find(|column| column.name == *name)?;
                        Some(column.of(observation.as_ref()?)).filter(|gain| gain.is_finite())
                    })
                })
                .collect()
        };
        let gains: Vec<Vec<Gains>> = worlds.get(self.worlds).unwrap_or_default().iter().map(of_world).collect();
        Ok(Answer::of(&json!({ "worlds": worlds.len(), "gains": gains })))
    }
}

/// Everything that workers found, to be put into words, tables and a picture.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ExplainOf {
    text: String,
    seed: u64,
    programme: usize,
    months: u32,
    question: Question,
    /// `gains[world][replicate]`, every world with the same replicates from 0 on.
    gains: Vec<Vec<Gains>>,
    /// Width of the picture, in pixels.
    width: f64,
}

impl ExplainOf {
    pub(super) fn answer(self) -> Result<Answer, String> {
        let mut scenario = read(&self.text)?;
        scenario.run.seed = self.seed;
        let runs = self.gains.iter().map(|world| world.len() as u64).min().unwrap_or(0);
        let lost = self.question == Question::Lost;
        let asked = Asked { programme: self.programme, months: self.months, runs, lost, missed: !lost };
        let worlds = worlds_of(&scenario, self.programme, self.question);
        let mut found = Found { worlds, gains: self.gains, programme: self.programme, later: after(self.months) };
        let explained = explain(&mut found, &scenario, &asked).map_err(in_words)?;
        let answer = explained.answer();
        // Files say points, as those of the command line do; the page makes its own of shares.
        let files = csv_files(&answer.clone().in_points().tables)?;
        let picture = |picture: &crate::picture::Picture| -> Value {
            let width = self.width.clamp(280.0, 1600.0);
            json!({ "title": picture.title, "caption": picture.caption, "svg": svg(picture, width).into_string() })
        };
        Ok(Answer::of(&json!({
            "runs": runs,
            "title": answer.title,
            "sentences": answer.sentences,
            "steps": answer.tables.first(),
            "picture": explained.pictures().first().map(picture),
            "digest": digest(&files),
        })))
    }
}

fn in_words(stopped: Stopped) -> String {
    match stopped {
        Stopped::Question(what) | Stopped::Failed(what) => what,
        Stopped::OnRequest => "stopped".into(),
    }
}

/// A simulator that hands over what was simulated elsewhere.
struct Found {
    worlds: Vec<Scenario>,
    gains: Vec<Vec<Gains>>,
    programme: usize,
    later: String,
}

impl Found {
    fn of(&self, job: &Job) -> Option<Ensemble> {
        let world = self.worlds.iter().position(|world| *world == job.scenario)?;
        let gains = self.gains.get(world)?.get(..usize::try_from(job.runs).ok()?)?;
        let columns = metrics::outcomes(&job.scenario);
        let mut ensemble = job.empty();
        for gains in gains {
            for programme in 0..job.scenario.programmes.len() {
                ensemble.outcomes.extend(columns.iter().map(|column| match column.name.as_str() {
                    _ if programme != self.programme => f64::NAN,
                    AT_END => gains[0].unwrap_or(f64::NAN),
                    name if name == self.later => gains[1].unwrap_or(f64::NAN),
                    _ => f64::NAN,
                }));
            }
        }
        ensemble.runs = job.runs;
        Some(ensemble)
    }
}

impl Simulator for Found {
    fn ensembles(&mut self, jobs: &[Job]) -> Result<Vec<Ensemble>, Stopped> {
        let found: Option<Vec<Ensemble>> = jobs.iter().map(|job| self.of(job)).collect();
        found.ok_or_else(|| Stopped::Failed("a world that is asked for was not simulated".into()))
    }
}
