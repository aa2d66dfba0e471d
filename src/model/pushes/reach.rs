//! Reach: which units a programme picks, and who is on its project team.
//!
//! Units: at random, the receptive first (cohesion, culture, and slack where units differ in it), or the neediest first
//! (lowest reliability). Team: each frontline person with probability `team`, opinion leaders twice as likely; from the
//! unit leaders' profession only, unless the programme works across professions. Source: patterns P17, P36, P45.

use crate::{
    model::{Model, who::Organisation},
    params::decimal,
    programme::{Programme, Target},
    quantities,
    rng::Process,
};

quantities! {
    /// Reach: which units and who in them.
    pub struct Reach {
        /// How much likelier an opinion leader is to be on the project team.
        opinion_leaders = 2.0, "times", 1.0..4.0, Assumption, "judgement";
        /// How likely everybody else is, so that the team keeps its size.
        others = 0.94, "times", 0.8..1.0, Assumption, "judgement";
    }
}

/// How many of so many units a share is: of the share as written, so that half a unit is rounded as one expects.
pub fn wanted(share: f32, units: usize) -> usize {
    (decimal(share) * units as f64).round_ties_even() as usize
}

/// Which units programme `number` reaches, over all organisations in order.
pub fn units(model: &Model, organisations: &[Organisation], number: usize) -> Vec<bool> {
    let programme = &model.programmes[number];
    let mut scores = Vec::new();
    for organisation in organisations {
        for unit in 0..model.layout.units {
            let score = match programme.target {
                Target::Receptive => {
                    0.5 * organisation.cohesion[unit] + 0.5 * organisation.culture - organisation.workload[unit]
                }
                Target::Neediest => -organisation.baseline[unit],
                Target::Random => {
                    organisation.luck.draws(Process::Reach, organisation.number, unit as u32, number as u64).uniform()
                }
            };
            scores.push((score, scores.len()));
        }
    }
    let wanted = wanted(programme.levers.reach.share, scores.len());
    let mut reached = vec![false; scores.len()];
    scores.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    for (_, unit) in scores.into_iter().take(wanted) {
        reached[unit] = true;
    }
    reached
}

/// Whether the first holder of a frontline post in a reached unit is on the project team.
pub fn on_team(
    model: &Model,
    programme: &Programme,
    organisation: &Organisation,
    number: usize,
    post: usize,
    opinion_leader: bool,
) -> bool {
    let p = &model.parameters.reach;
    let likelier = if opinion_leader { p.opinion_leaders } else { p.others };
    let together = programme.levers.engagement.cross_professional;
    let own = usize::from(organisation.profession[post]) == model.professions.unit_leader;
    let alone = if own { 1.0 / model.professions.share_of_unit_leader() } else { 0.0 };
    let chance = programme.levers.reach.team * likelier * (together + (1.0 - together) * alone);
    organisation.luck.draws(Process::Team, organisation.number, post as u32, number as u64).uniform() < chance
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::stage::{LUCK, Stage};

    /// As Python rounds the products of the same decimals.
    #[test]
    fn a_share_is_taken_as_it_is_written() {
        let all = [(0.05, 10, 0), (0.35, 10, 4), (0.85, 10, 8), (0.15, 30, 4), (1.0, 96, 96), (0.005, 96, 0)];
        for (share, units, expected) in all {
            assert_eq!(wanted(share, units), expected, "{share} of {units}");
        }
    }

    #[test]
    fn the_neediest_come_first_and_the_share_is_kept() {
        let stage = Stage::with(|scenario| {
            scenario.programmes[0].target = Target::Neediest;
            scenario.programmes[0].levers.reach.share = 0.25;
        });
        let model = stage.place.model;
        let organisations: Vec<_> = (0..12).map(|number| Organisation::draw(&model, LUCK, number)).collect();
        let reached = units(&model, &organisations, 0);
        assert_eq!(reached.iter().filter(|reached| **reached).count(), 24);
        let baselines: Vec<f32> = organisations.iter().flat_map(|organisation| organisation.baseline.clone()).collect();
        let worst =
            baselines.iter().zip(&reached).filter(|(_, reached)| **reached).map(|(b, _)| *b).fold(0.0, f32::max);
        let spared = baselines.iter().zip(&reached).filter(|(_, r)| !**r).map(|(b, _)| *b).fold(1.0, f32::min);
        assert!(worst <= spared);
    }
}
