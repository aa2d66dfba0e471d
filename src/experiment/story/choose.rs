//! Whom the story is about, and in which run.
//!
//! The run is the one whose net gain is nearest to the median of all runs. The person is the holder of the post whose
//! mean practice over the follow-up, whoever holds it, is nearest to the median of all posts that answer the
//! description in the first week, in units that the programme reaches; of two as near, the lower number.

use super::Stopped;
use crate::{
    metrics::person::Column,
    model::{Model, who::Level},
    scenario::Scenario,
    stats::quantile,
};

/// Who is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Frontline staff of the profession at a place in the scenario.
    Profession(usize),
    /// Frontline staff to whom others look.
    OpinionLeader,
    /// A member of the project team.
    Champion,
    /// A unit leader or manager who is against it.
    Blocker,
    /// A unit leader.
    Leader,
    /// A division manager.
    Manager,
    /// An executive sponsor.
    Sponsor,
    /// The holder of one post.
    Post(Post),
}

/// One post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Post {
    /// Number of the organisation.
    pub organisation: usize,
    /// Number of the post in it.
    pub post: usize,
}

/// Roles by name, beside the professions.
pub const ROLES: [(&str, Who); 6] = [
    ("opinion-leader", Who::OpinionLeader),
    ("champion", Who::Champion),
    ("blocker", Who::Blocker),
    ("leader", Who::Leader),
    ("manager", Who::Manager),
    ("sponsor", Who::Sponsor),
];

impl Who {
    /// Who goes by `name`: a role, or a profession that works at the front line.
    ///
    /// # Errors
    ///
    /// When there is no such role or profession, with those that there are.
    pub fn named(scenario: &Scenario, name: &str) -> Result<Self, Stopped> {
        if let Some((_, who)) = ROLES.iter().find(|(role, _)| *role == name) {
            return Ok(*who);
        }
        let frontline = || scenario.professions.iter().enumerate().filter(|(_, row)| row.traits.share > 0.0);
        if let Some((place, _)) = frontline().find(|(_, row)| row.name == name) {
            return Ok(Self::Profession(place));
        }
        let names = frontline().map(|(_, row)| row.name.as_str()).chain(ROLES.map(|(role, _)| role));
        Err(Stopped::Question(format!(
            "nobody is called {name}; choose one of {}",
            names.collect::<Vec<_>>().join(", ")
        )))
    }

    /// The profession with most posts at the front line.
    pub fn usual(scenario: &Scenario) -> Self {
        let share = |place: usize| scenario.professions.get(place).map_or(0.0, |row| row.traits.share);
        let most = (0..scenario.professions.len()).rev().max_by(|a, b| share(*a).total_cmp(&share(*b)));
        Self::Profession(most.unwrap_or(0))
    }

    /// In words, without an article.
    pub fn words(self, scenario: &Scenario) -> String {
        match self {
            Self::Profession(place) => {
                scenario.professions.get(place).map_or_else(String::new, |profession| profession.name.clone())
            }
            Self::Leader => "unit leader".into(),
            Self::Manager => "division manager".into(),
            Self::Sponsor => "executive sponsor".into(),
            Self::Post(_) => "holder of the post".into(),
            role => ROLES.iter().find(|(_, who)| *who == role).map_or("", |(name, _)| name).replace('-', " "),
        }
    }
}

/// The run of `gains` nearest to their median; `None` where none is defined.
pub fn median_run(gains: &[f64]) -> Option<usize> {
    let finite: Vec<f64> = gains.iter().copied().filter(|gain| gain.is_finite()).collect();
    nearest(gains.iter().copied().enumerate(), quantile(&finite, 0.5))
}

/// The first of `values` nearest to `wanted`.
fn nearest<T>(values: impl Iterator<Item = (T, f64)>, wanted: f64) -> Option<T> {
    let near = values.map(|(what, value)| (what, (value - wanted).abs())).filter(|(_, distance)| distance.is_finite());
    near.reduce(|best, other| if other.1 < best.1 { other } else { best }).map(|(what, _)| what)
}

/// The post of `who` in one run, programme on.
///
/// # Errors
///
/// When nobody answers the description in this run, or there is no such post.
pub fn find(model: &Model, who: Who, programme: usize, seed: u64, replicate: u64) -> Result<Post, Stopped> {
    if let Who::Post(post) = who {
        return existing(model, post);
    }
    let end = model.programmes.get(programme).map_or(0, |programme| programme.clock.end());
    // Without a follow-up, the last two months of support.
    let from = if end < model.weeks { end } else { end.saturating_sub(8) };
    let mut found: Vec<(Post, f64, f64)> = Vec::new();
    model.watch(seed, replicate, |scene| {
        if !scene.world.on {
            return;
        }
        let organisation = scene.organisation.number as usize;
        let read = |column, post| scene.number(column, programme, post);
        if scene.week == 0 {
            let answers = |post: usize, level: Level| {
                let frontline = level == Level::Frontline;
                read(Column::Reached, post) > 0.0
                    && match who {
                        Who::Profession(place) => frontline && read(Column::Profession, post) as usize == place,
                        Who::OpinionLeader => frontline && read(Column::OpinionLeader, post) > 0.0,
                        Who::Champion => read(Column::Champion, post) > 0.0,
                        Who::Blocker => read(Column::Blocker, post) > 0.0,
                        Who::Leader => level == Level::Leader,
                        Who::Manager => level == Level::Manager,
                        Who::Sponsor => level == Level::Sponsor,
                        Who::Post(_) => false,
                    }
            };
            let posts = scene.posts().filter(|(post, level)| answers(*post, *level));
            found.extend(posts.map(|(post, _)| (Post { organisation, post }, 0.0, 0.0)));
        }
        if scene.week >= from {
            for (post, sum, weeks) in found.iter_mut().filter(|(post, ..)| post.organisation == organisation) {
                let present = f64::from(read(Column::Present, post.post));
                *sum += present * f64::from(read(Column::Practice, post.post));
                *weeks += present;
            }
        }
    });
    let means: Vec<(Post, f64)> = found.iter().map(|(post, sum, weeks)| (*post, sum / weeks)).collect();
    let finite: Vec<f64> = means.iter().map(|(_, mean)| *mean).filter(|mean| mean.is_finite()).collect();
    nearest(means.into_iter(), quantile(&finite, 0.5)).ok_or_else(|| {
        Stopped::Question(format!(
            "nobody in run {replicate} answers the description; try another --replicate, or somebody else with --who"
        ))
    })
}

/// The post, where there is such a one.
pub(super) fn existing(model: &Model, post: Post) -> Result<Post, Stopped> {
    if post.organisation < model.organisations && model.layout.level(post.post).is_some() {
        return Ok(post);
    }
    let last = model.layout.people().last().map_or(0, |(post, _)| post);
    Err(Stopped::Question(format!(
        "there is no post {} in organisation {}: organisations go from 0 to {}, posts from 0 to {last}, {} seats to a unit \
         of which the last may be empty",
        post.post,
        post.organisation,
        model.organisations.saturating_sub(1),
        model.layout.row,
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_run_is_the_nearest_that_is_defined() {
        assert_eq!(median_run(&[0.1, f64::NAN, 0.5, 0.32, 0.3]), Some(3));
        assert_eq!(median_run(&[f64::NAN]), None);
        assert_eq!(median_run(&[1.0, 2.0]), Some(0));
    }

    #[test]
    fn people_go_by_profession_or_role() {
        let scenario = Scenario::default();
        assert_eq!(Who::named(&scenario, "blocker"), Ok(Who::Blocker));
        let nurse = Who::named(&scenario, "nurse").unwrap();
        assert_eq!((nurse, nurse.words(&scenario)), (Who::usual(&scenario), "nurse".into()));
        assert!(matches!(Who::named(&scenario, "nurze"), Err(Stopped::Question(what)) if what.contains("sponsor")));
    }

    #[test]
    fn whoever_is_found_answers_the_description() {
        let mut scenario = Scenario::default();
        (scenario.setting.organisations, scenario.setting.units, scenario.setting.blockers) = (2.0, 3.0, 0.5);
        scenario.run.follow_up = 20;
        let model = scenario.to_model();
        for (name, who) in ROLES.into_iter().chain([("nurse", Who::usual(&scenario))]) {
            let found = find(&model, who, 0, 1, 0).unwrap();
            let level = model.layout.level(found.post).unwrap();
            let fits = match who {
                Who::Leader => level == Level::Leader,
                Who::Blocker => level == Level::Leader || level == Level::Manager,
                Who::Manager => level == Level::Manager,
                Who::Sponsor => level == Level::Sponsor,
                _ => level == Level::Frontline,
            };
            assert!(fits, "{name}: {found:?}");
            assert_eq!(find(&model, Who::Post(found), 0, 1, 0), Ok(found));
        }
        assert!(find(&model, Who::Post(Post { organisation: 0, post: 21 }), 0, 1, 0).is_err(), "an empty seat");
        scenario.setting.blockers = 0.0;
        assert!(find(&scenario.to_model(), Who::Blocker, 0, 1, 0).is_err());
    }
}
