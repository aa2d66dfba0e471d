//! Story: one person in two worlds, and where the worlds part.
//!
//! An illustration, no estimate: one post of one run, chosen by a rule that is said. Both worlds have the same people and
//! the same luck, so that whatever differs is the programme's doing, or the other design's.

pub mod choose;
pub mod events;
pub mod record;
mod words;

use choose::{Post, Who, find, median_run};
use events::{Event, Names, events};
use record::{Life, Parting, parting, record};

use super::{Job, Simulator, Stopped, column, door};
use crate::{
    metrics::person::Column,
    model::{Model, who::Level},
    programme::{Clock, Phase},
    rng::Luck,
    scenario::Scenario,
};

/// Runs among which the median one is looked for, when nobody says.
pub const USUAL_RUNS: u64 = 50;

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Whose story.
    pub who: Who,
    /// Place of the programme in both scenarios.
    pub programme: usize,
    /// The run; the median one when none is named.
    pub replicate: Option<u64>,
    /// Runs among which the median one is looked for.
    pub runs: u64,
    /// What the two worlds are called.
    pub worlds: [String; 2],
}

/// One person in two worlds.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    /// What was asked.
    pub asked: Asked,
    /// What the person is called.
    pub who: String,
    /// The person's post.
    pub post: Post,
    /// Unit of the post, if it has one.
    pub unit: Option<usize>,
    /// Whether the person leads, so that practice is backing.
    pub leads: bool,
    /// The run.
    pub replicate: u64,
    /// Clock of the programme in the first world.
    pub clock: Clock,
    /// Phase of the programme in the first world, by week.
    pub phases: Vec<Phase>,
    /// The person in both worlds.
    pub lives: [Life; 2],
    /// What happened in both.
    pub events: [Vec<Event>; 2],
    /// Where they part.
    pub parting: Parting,
}

/// Tells the story of one person with and without the programmes of `scenario`, or with them and with those of `against`.
///
/// # Errors
///
/// When nobody answers the description, the two scenarios have different people, there is no such programme, or the work
/// was broken off.
pub fn story(
    simulator: &mut dyn Simulator,
    scenario: &Scenario,
    against: Option<&Scenario>,
    asked: Asked,
) -> Result<Story, Stopped> {
    let no_programme = || Stopped::Question("there is no such programme, and so no story to tell of it".into());
    let programme = scenario.programmes.get(asked.programme).ok_or_else(no_programme)?;
    if let Some(other) = against {
        other.programmes.get(asked.programme).ok_or_else(no_programme)?;
        same_people(scenario, other)?;
    }
    let model = scenario.to_model();
    if let Who::Post(post) = asked.who {
        choose::existing(&model, post)?;
    }
    let replicate = match asked.replicate {
        Some(replicate) => replicate,
        None => median(simulator, scenario, &asked)?,
    };
    let luck = Luck { seed: scenario.run.seed, replicate };
    let post = find(&model, asked.who, asked.programme, luck.seed, replicate)?;
    let [one, other] = [asked.worlds[0].as_str(), asked.worlds[1].as_str()];
    let mut lives = match against {
        None => record(&model, luck, post, asked.programme, &[(one, true), (other, false)]),
        Some(_) => record(&model, luck, post, asked.programme, &[(one, true)]),
    };
    if let Some(against) = against {
        lives.extend(record(&against.to_model(), luck, post, asked.programme, &[(other, true)]));
    }
    let Ok(lives) = <[Life; 2]>::try_from(lives) else {
        return Err(Stopped::Failed("a world was not written down".into()));
    };
    let leads = model.layout.level(post.post) != Some(Level::Frontline);
    let later = job(scenario, &model, &lives[0]);
    let first = match asked.who {
        Who::Post(_) => later.clone(),
        who => who.words(scenario),
    };
    let names = Names { first, later, leads };
    let there = against.unwrap_or(scenario);
    let other_model = there.to_model();
    let other_programme = there.programmes.get(asked.programme).ok_or_else(no_programme)?;
    let events =
        [events(&model, programme, &lives[0], &names), events(&other_model, other_programme, &lives[1], &names)];
    Ok(Story {
        who: names.first,
        post,
        unit: model.layout.unit(post.post),
        leads,
        replicate,
        clock: programme.clock.clone(),
        phases: (0..model.weeks).map(|week| programme.clock.phase(week)).collect(),
        parting: parting(&model, luck, post, [&lives[0], &lives[1]]),
        lives,
        events,
        asked,
    })
}

/// What people in the post are called: by rank, or by profession at the front line.
fn job(scenario: &Scenario, model: &Model, life: &Life) -> String {
    match life.at(Column::Rank, 0) as usize {
        0 => {
            let place = life.at(Column::Profession, 0) as usize;
            Who::Profession(place.min(model.professions.traits.len())).words(scenario)
        }
        1 => Who::Leader.words(scenario),
        2 => Who::Manager.words(scenario),
        _ => Who::Sponsor.words(scenario),
    }
}

/// The run whose net gain two years after support is nearest to the median, or at its end where nobody looks so far.
fn median(simulator: &mut dyn Simulator, scenario: &Scenario, asked: &Asked) -> Result<u64, Stopped> {
    let job = Job::outcomes(scenario.clone(), asked.runs);
    simulator.expect(asked.runs);
    let ensembles = simulator.ensembles(std::slice::from_ref(&job))?;
    for metric in ["net_gain_24_months_after", "net_gain_at_end"] {
        if let Some(ensemble) = ensembles.first()
            && let Some(run) = median_run(&column(scenario, ensemble, asked.programme, metric)?)
        {
            return Ok(run as u64);
        }
    }
    door::reaches_somebody(scenario, asked.programme)?;
    Err(Stopped::Failed("no run has a net gain to choose by; name one with --replicate".into()))
}

/// Two scenarios have the same people where they have the same posts, professions and luck.
fn same_people(scenario: &Scenario, other: &Scenario) -> Result<(), Stopped> {
    let shape = |scenario: &Scenario| {
        let setting = &scenario.setting;
        (setting.organisations, setting.units, setting.staff, setting.span, scenario.professions.clone())
    };
    if shape(scenario) == shape(other) {
        return Ok(());
    }
    Err(Stopped::Question(
        "the two scenarios have not the same posts and professions, so nobody is in both: setting.organisations, units, \
         staff, span and the professions must be equal"
            .into(),
    ))
}

#[cfg(test)]
mod tests;
