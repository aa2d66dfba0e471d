//! Same: for how long two worlds live the same weeks, to the bit, so that nothing is lived twice.
//!
//! This is the key by which designs share worlds, and everything that decides what a world lives through stands in it: one
//! seed and one replicate (whoever asks sees to that), setting, people, parameters, shocks, what a what-if spares, and the
//! programmes. Three things make worlds the same for a while or for good:
//!
//! - without programmes a design is no more than the practice it is about: how hard and how far from the usual that is, in
//!   which units and on which dates it is looked at, and whom it would have had on its team;
//! - with and without a programme is one world until the first programme begins;
//! - shocks and what is spared change nothing before their first week.
//!
//! [`Model`], [`Programme`] and [`Spared`] are taken apart field by field, so that the compiler asks about a new one;
//! levers, which are many, are held by a test over designs drawn at random (`tests/sharing.rs`).

use super::{Model, Spared, pushes::distance};
use crate::programme::{Clock, Programme, Target};

/// A world of a design: with its programmes or without.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// The design.
    pub model: &'a Model,
    /// Whether its programmes happen.
    pub on: bool,
}

/// Whether two designs meet the same organisations for as many weeks.
pub fn people(one: &Model, other: &Model) -> bool {
    let Model {
        weeks,
        organisations,
        layout,
        setting,
        professions,
        parameters,
        programmes,
        // What follows changes no organisation before anybody does anything.
        shocks: _,
        spared: _,
    } = one;
    *weeks == other.weeks
        && *organisations == other.organisations
        && *layout == other.layout
        && *setting == other.setting
        && *professions == other.professions
        && programmes.len() == other.programmes.len()
        && *parameters == other.parameters
}

/// The first week in which two worlds of the same people may differ; all weeks where they never do.
pub fn until(one: Side, other: Side) -> usize {
    if !people(one.model, other.model) {
        return 0;
    }
    let both = [by_programmes(one, other), by_shocks(one.model, other.model), by_spared(one, other)];
    both.into_iter().fold(one.model.weeks, usize::min)
}

fn by_programmes(one: Side, other: Side) -> usize {
    let pairs = || one.model.programmes.iter().zip(&other.model.programmes);
    if pairs().all(|(one, other)| identical(one, other)) {
        let begins = one.model.programmes.iter().map(|programme| programme.clock.start as usize).min();
        return if one.on == other.on { usize::MAX } else { begins.unwrap_or(usize::MAX) };
    }
    let unlived = |side: Side, programme| Unlived::of(side.model, programme);
    let alike = !one.on && !other.on && pairs().all(|(a, b)| unlived(one, a) == unlived(other, b));
    if alike { usize::MAX } else { 0 }
}

/// Whether two programmes do the same; what they are called does nothing.
fn identical(one: &Programme, other: &Programme) -> bool {
    let Programme { name: _, clock, means, target, levers } = one;
    *clock == other.clock && *means == other.means && *target == other.target && *levers == other.levers
}

/// All that a programme is in the world where it does not happen.
#[derive(Debug, PartialEq)]
struct Unlived<'a> {
    /// When staff are looked at.
    clock: &'a Clock,
    /// The units looked at.
    units: (&'a Target, f32),
    /// Who would have been on the team.
    team: (f32, f32),
    /// How hard the practice is, how much can change, and how far it goes with the grain: people follow colleagues' example as
    /// far as they are able to.
    practice: (f32, f32, f32),
}

impl<'a> Unlived<'a> {
    fn of(model: &Model, programme: &'a Programme) -> Self {
        let Programme { name: _, clock, means: _, target, levers } = programme;
        let p = &model.parameters.distance;
        Self {
            clock,
            units: (target, levers.reach.share),
            team: (levers.reach.team, levers.engagement.cross_professional),
            practice: (distance::difficulty(p, levers), distance::potential(p, levers), distance::grain(levers)),
        }
    }
}

/// Shocks are the same until the first that the other has not.
fn by_shocks(one: &Model, other: &Model) -> usize {
    let (mine, others) = (&one.shocks, &other.shocks);
    if mine == others {
        return usize::MAX;
    }
    // Where several stand in the list decides in which order their sizes are multiplied, so a shared beginning counts.
    let alike = mine.iter().zip(others).take_while(|(mine, others)| mine == others).count();
    mine[alike..].iter().chain(&others[alike..]).map(crate::world::Shock::week).min().unwrap_or(usize::MAX)
}

fn by_spared(one: Side, other: Side) -> usize {
    let all = |side: Side| {
        let Spared { from, turnover, leaders, policy, fatigue, cynicism, support, incentives, misfit } =
            side.model.spared;
        // Support and incentives of what does not happen cannot go on.
        let what = [turnover, leaders, policy, fatigue, cynicism, side.on && support, side.on && incentives];
        (from, what, misfit)
    };
    let ((from, what, misfit), (other_from, others, other_misfit)) = (all(one), all(other));
    if misfit != other_misfit {
        return 0;
    }
    let [spares, other_spares] = [what.contains(&true), others.contains(&true)];
    match (spares, other_spares) {
        (false, false) => usize::MAX,
        (true, false) => from,
        (false, true) => other_from,
        (true, true) if what == others && from == other_from => usize::MAX,
        (true, true) => from.min(other_from),
    }
}
