//! `dewpoint story`: one person in two worlds.
use std::io::Write;

use clap::Args;

use super::{
    Failure, about,
    options::{self, count},
    results::stem,
    study::{self, study},
    typed::Typed,
};
use crate::{
    ensemble::Simulation,
    experiment::{
        Stopped,
        story::{
            self, USUAL_RUNS,
            choose::{Post, Who},
        },
    },
    scenario::Scenario,
};

/// Options of `dewpoint story`.
#[derive(Clone, Debug, Args)]
pub struct Options {
    #[command(flatten)]
    typed: Typed,
    /// Scenario: a file, or the name of a bundled one.
    file: String,
    /// Another design with the same people, to live through instead of the world without programmes.
    #[arg(long, value_name = "FILE")]
    against: Option<String>,
    /// Whose story: a profession (its median member), opinion-leader, champion, blocker, leader, manager or sponsor
    /// [default: the profession with most posts].
    #[arg(long, value_name = "WHO", conflicts_with = "post")]
    who: Option<String>,
    /// The holder of this post instead, by number from 0.
    #[arg(long, value_name = "N", value_parser = place, allow_negative_numbers = true)]
    post: Option<usize>,
    /// Organisation of the post.
    #[arg(long, value_name = "N", default_value_t = 0, requires = "post", value_parser = place, allow_negative_numbers = true)]
    organisation: usize,
    /// The run [default: the one whose net gain is nearest to the median].
    #[arg(long, value_name = "R", value_parser = options::replicate, allow_negative_numbers = true)]
    replicate: Option<u64>,
    /// The programme that the story is about, by name or number from 0 [default: the last to end].
    #[arg(long, value_name = "NAME")]
    programme: Option<String>,
    #[command(flatten)]
    study: options::Options,
}

/// Whatever counts people or organisations from 0.
fn place(text: &str) -> Result<usize, String> {
    count(text, 0, 10_000_000).map(|place| place as usize)
}

/// Tells the story of one person.
///
/// # Errors
///
/// See [`study()`].
pub fn story(out: &mut dyn Write, options: &Options) -> Result<(), Failure> {
    let from_file = options.study.given(&options.file)?;
    let scenario = from_file.scenario.clone();
    let against = options.against.as_ref().map(|file| options.study.scenario(file)).transpose()?;
    let runs = options.study.runs.unwrap_or(USUAL_RUNS);
    let worlds = match &options.against {
        None => ["with".into(), "without".into()],
        Some(other) => named_apart(stem(&options.file), stem(other)),
    };
    let who = who(&scenario, options)?;
    let programme = about::programme(&scenario, options.programme.as_deref())?;
    let asked = story::Asked { who, programme, replicate: options.replicate, runs, worlds };
    let mut scenarios = vec![scenario.clone()];
    scenarios.extend(against.clone());
    let question = study::Asked {
        name: "story",
        typed: &options.typed,
        about: options.study.about(&from_file, Some(programme)),
        scenarios: &scenarios,
        called: Vec::new(),
        folder: format!("story-{}", stem(&options.file)),
        runs,
        seed: scenario.run.seed,
        brought: study::Brought::default(),
        fixed: true,
    };
    let tell =
        |simulator: &mut dyn crate::experiment::Simulator| story::story(simulator, &scenario, against.as_ref(), asked);
    study(out, &options.study, &question, Simulation, tell)
}

fn who(scenario: &Scenario, options: &Options) -> Result<Who, Failure> {
    match (&options.who, options.post) {
        (_, Some(post)) => Ok(Who::Post(Post { organisation: options.organisation, post })),
        (Some(name), None) => Who::named(scenario, name).map_err(|stopped| match stopped {
            Stopped::Question(what) => Failure::Input(format!("--who {name}: {what}")),
            other => Failure::Failed(format!("{other:?}")),
        }),
        (None, None) => Ok(Who::usual(scenario)),
    }
}

/// Names of two worlds that can be told apart.
fn named_apart(one: String, other: String) -> [String; 2] {
    if one == other { [one, format!("{other} (2)")] } else { [one, other] }
}
