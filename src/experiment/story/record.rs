//! What is written down of one post in one world, and where two worlds part.

use super::choose::Post;
use crate::{
    metrics::person::Column,
    model::{Model, who::Level},
    rng::{Luck, Process, fill_uniforms},
};

/// One post in one world, week by week.
#[derive(Clone, Debug, PartialEq)]
pub struct Life {
    /// Name of the world.
    pub world: String,
    /// Whether the programmes happen in it.
    pub on: bool,
    /// `columns[column as usize][week]`.
    pub columns: Vec<Vec<f32>>,
    /// Superiors, the nearest first.
    pub superiors: Vec<Superior>,
    /// `left[week][place]`: whether the person at a place of [`Self::unit`] left in that week.
    pub left: Vec<Vec<bool>>,
    /// Posts of the unit, or of the management, and superiors: those whose leaving the post would notice.
    pub unit: Vec<usize>,
}

/// One of the post's superiors.
#[derive(Clone, Debug, PartialEq)]
pub struct Superior {
    /// What they are called.
    pub name: &'static str,
    /// Whether they are the one the post answers to directly.
    pub nearest: bool,
    /// Whether they left, by week.
    pub left: Vec<bool>,
    /// Whether somebody new came, by week.
    pub joined: Vec<bool>,
}

impl Life {
    /// Weeks lived.
    pub fn weeks(&self) -> usize {
        self.left.len()
    }

    /// One column.
    pub fn of(&self, column: Column) -> &[f32] {
        self.columns.get(column as usize).map_or(&[], Vec::as_slice)
    }

    /// What a column says in `week`; NaN beyond the last.
    pub fn at(&self, column: Column, week: usize) -> f64 {
        self.of(column).get(week).map_or(f64::NAN, |number| f64::from(*number))
    }

    /// Mean of a column over weeks in which the post is held.
    pub fn mean(&self, column: Column, weeks: std::ops::Range<usize>) -> f64 {
        let held = weeks.filter(|week| self.at(Column::Present, *week) > 0.0);
        crate::stats::mean(held.map(|week| self.at(column, week))).value
    }
}

/// Watches one run of `model` and writes the lives of `post` down: one for each world named, on or off.
pub fn record(model: &Model, luck: Luck, post: Post, programme: usize, worlds: &[(&str, bool)]) -> Vec<Life> {
    let layout = &model.layout;
    let mut unit: Vec<usize> = match layout.unit(post.post) {
        Some(unit) => layout.frontline(unit).chain([layout.leader(unit)]).collect(),
        None => layout.people().map(|(post, _)| post).filter(|post| layout.unit(*post).is_none()).collect(),
    };
    let above = superiors(model, post.post);
    for (_, superior) in &above {
        if !unit.contains(superior) {
            unit.push(*superior);
        }
    }
    let blank = |(world, on): &(&str, bool)| Life {
        world: (*world).into(),
        on: *on,
        columns: vec![Vec::with_capacity(model.weeks); Column::ALL.len()],
        superiors: above
            .iter()
            .enumerate()
            .map(|(place, (name, _))| Superior { name, nearest: place == 0, left: vec![], joined: vec![] })
            .collect(),
        left: Vec::new(),
        unit: unit.clone(),
    };
    let mut lives: Vec<Life> = worlds.iter().map(blank).collect();
    model.watch(luck.seed, luck.replicate, |scene| {
        if scene.organisation.number as usize != post.organisation {
            return;
        }
        for life in lives.iter_mut().filter(|life| life.on == scene.world.on) {
            let yes = |column, post| scene.number(column, programme, post) > 0.0;
            for (numbers, column) in life.columns.iter_mut().zip(Column::ALL) {
                numbers.push(scene.number(*column, programme, post.post));
            }
            for (superior, (_, post)) in life.superiors.iter_mut().zip(&above) {
                superior.left.push(yes(Column::Left, *post));
                superior.joined.push(yes(Column::Joined, *post));
            }
            life.left.push(unit.iter().map(|post| yes(Column::Left, *post)).collect());
        }
    });
    lives
}

/// The superiors of `post`, the nearest first.
fn superiors(model: &Model, post: usize) -> Vec<(&'static str, usize)> {
    let layout = &model.layout;
    let unit = layout.unit(post);
    let leader = unit.map(|unit| ("unit leader", layout.leader(unit)));
    let manager = unit.map(|unit| ("division manager", layout.manager(unit / layout.span)));
    let sponsor = Some(("executive sponsor", layout.sponsor()));
    let above = match layout.level(post) {
        Some(Level::Frontline) => vec![leader, manager, sponsor],
        Some(Level::Leader) => vec![manager, sponsor],
        Some(Level::Manager) => vec![sponsor],
        _ => vec![],
    };
    above.into_iter().flatten().collect()
}

/// Where two worlds part.
#[derive(Clone, Debug, PartialEq)]
pub struct Parting {
    /// First week in which any number of the post differs, and the column; none where the lives are the same.
    pub week: Option<(usize, Column)>,
    /// First draw that falls out differently in the post's surroundings: the same number, another fate.
    pub draw: Option<Draw>,
}

/// A draw of who leaves that falls out differently in two worlds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Draw {
    /// Week of the draw.
    pub week: usize,
    /// Post it is about.
    pub post: usize,
    /// The number drawn, the same in both worlds: who has a larger hazard of leaving that week leaves.
    pub chance: f32,
    /// In which of the two worlds the person left.
    pub left_in: usize,
}

/// Where the two lives part.
pub fn parting(model: &Model, luck: Luck, post: Post, lives: [&Life; 2]) -> Parting {
    let [one, other] = lives;
    let weeks = one.weeks().min(other.weeks());
    let differs = |column: &Column, week: usize| one.at(*column, week).to_bits() != other.at(*column, week).to_bits();
    let week = (0..weeks)
        .find_map(|week| Column::ALL.iter().find(|column| differs(column, week)).map(|column| (week, *column)));
    let draw = (0..weeks).find_map(|week| {
        let [left, left_there] = [one.left.get(week)?, other.left.get(week)?];
        let place = left.iter().zip(left_there).position(|(left, there)| left != there)?;
        let who = *one.unit.get(place)?;
        let left_in = usize::from(!left.get(place).copied().unwrap_or(false));
        Some(Draw { week, post: who, chance: chance(model, luck, post, week, who)?, left_in })
    });
    Parting { week, draw }
}

/// The number drawn for the leaving of `who`.
fn chance(model: &Model, luck: Luck, post: Post, week: usize, who: usize) -> Option<f32> {
    let mut words = vec![0; model.layout.posts];
    luck.words(Process::Leaving, u32::try_from(post.organisation).ok()?, 0, week as u64, &mut words);
    let mut numbers = vec![0.0; words.len()];
    fill_uniforms(&words, &mut numbers);
    numbers.get(who).copied()
}
