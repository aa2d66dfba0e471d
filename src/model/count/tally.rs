//! Tally: what is written down of each week, added up over organisations in order.

use std::ops::Range;

use super::{
    counted::{COUNTED, Counts},
    record::{History, Series},
    staff::Roll,
};
use crate::{
    math::larger,
    model::{Model, state::World, unit::measurement, who::Organisation},
};

/// Sums of one programme in one world.
#[derive(Clone, Debug)]
pub struct Tally {
    sums: Vec<[f64; Series::ALL.len()]>,
    staff: Vec<f64>,
    by_profession: Vec<Vec<(f64, f64)>>,
    units: Vec<f32>,
    reached: Vec<bool>,
    organisations: Range<usize>,
    all_units: usize,
    roll: Roll,
}

impl Tally {
    /// Nothing of the programme at `number` written down yet of some organisations, all of them as a rule; `reached` is
    /// over their units.
    pub fn new(model: &Model, number: usize, organisations: Range<usize>, reached: Vec<bool>) -> Self {
        let all_units = organisations.len() * model.layout.units;
        Self {
            sums: vec![[0.0; Series::ALL.len()]; model.weeks],
            staff: vec![0.0; model.weeks],
            by_profession: vec![vec![(0.0, 0.0); model.professions.traits.len()]; model.weeks],
            units: vec![0.0; model.weeks * all_units],
            reached,
            organisations,
            all_units,
            roll: Roll::new(&model.programmes[number].clock),
        }
    }

    /// Takes over what is known of the people of an organisation whose world parts now from that of `before`.
    pub fn part(&mut self, before: &Self, organisation: &Organisation) {
        self.roll.part(&before.roll, organisation);
    }

    /// Takes over the weeks before `from` of `before`, from which this world then parted in every organisation.
    pub fn take_over(&mut self, before: &Self, from: usize) {
        self.sums[..from].copy_from_slice(&before.sums[..from]);
        self.staff[..from].copy_from_slice(&before.staff[..from]);
        self.by_profession[..from].clone_from_slice(&before.by_profession[..from]);
        let units = ..from * self.all_units;
        self.units[units].copy_from_slice(&before.units[units]);
        self.roll.take_over(&before.roll, from);
    }

    /// The sums as means, NaN where there is nobody to take a mean of.
    pub fn history(self, model: &Model) -> History {
        let reached = self.reached.iter().filter(|reached| **reached).count() as f64;
        let organisations = self.organisations.len() as f64;
        let mean = |series: Series, week: usize| {
            let total = self.sums[week][series as usize];
            let many = match series {
                Series::PracticeEverywhere => self.all_units as f64,
                Series::ManagerBacking => organisations * model.layout.managers as f64,
                Series::SponsorBacking => organisations,
                Series::Leavers => 1.0,
                series if COUNTED.contains(&series) => self.staff[week],
                _ => reached,
            };
            (total / many) as f32
        };
        let weeks = 0..model.weeks;
        History {
            series: Series::ALL.iter().map(|series| weeks.clone().map(|week| mean(*series, week)).collect()).collect(),
            by_profession: (0..model.professions.traits.len())
                .map(|profession| {
                    let mean = |week: usize| {
                        let (total, many) = self.by_profession[week][profession];
                        if many > 0.0 { (total / many) as f32 } else { f32::NAN }
                    };
                    weeks.clone().map(mean).collect()
                })
                .collect(),
            units: self.units,
            reached: self.reached,
            staff: self.roll.staff(),
        }
    }
}

/// Writes a week of one organisation of one world down, for every programme.
#[inline(always)]
pub fn write_down(
    model: &Model,
    week: usize,
    organisation: &Organisation,
    world: &World,
    counts: &Counts,
    tallies: &mut [Tally],
) {
    let layout = &model.layout;
    for ((course, counted), tally) in world.courses.iter().zip(&counts.of).zip(tallies) {
        let sums = &mut tally.sums[week];
        let p = &model.parameters.measurement;
        // Only where good news travels up better than bad does the best unit matter to what is heard of the others.
        let best = if p.upward_filter > 0.0 {
            let reached = (0..layout.units).filter(|unit| course.reached[*unit] > 0.0);
            reached.map(|unit| course.reported[unit] - counts.usual[unit]).fold(f32::NEG_INFINITY, larger)
        } else {
            0.0
        };
        let mut add = |series: Series, number: f32| sums[series as usize] += f64::from(number);
        for unit in 0..layout.units {
            let (truth, reported) = (course.true_practice[unit], course.reported[unit]);
            add(Series::PracticeEverywhere, truth);
            if course.reached[unit] == 0.0 {
                continue;
            }
            add(Series::Practice, truth);
            add(Series::Reported, reported);
            add(Series::Embedding, course.embedding[unit]);
            add(Series::Capability, course.capability[unit]);
            add(Series::OtherCare, world.care[unit]);
            add(Series::TimeInDebate, course.sight.time_in_debate[unit]);
            add(Series::LeaderBacking, course.practice[layout.leader(unit)]);
            add(Series::BenefitSeenByStaff, truth - counts.usual[unit]);
            let lift = reported - counts.usual[unit];
            let (managers, executives) = if p.upward_filter > 0.0 {
                (measurement::heard_above(p, lift, best, 1), measurement::heard_above(p, lift, best, 2))
            } else {
                (lift, lift)
            };
            add(Series::BenefitSeenByManagers, managers);
            add(Series::BenefitSeenByExecutives, executives);
        }
        for division in 0..layout.managers {
            add(Series::ManagerBacking, course.practice[layout.manager(division)]);
        }
        add(Series::SponsorBacking, course.practice[layout.sponsor()]);
        add(Series::Leavers, counts.left as f32);
        for (series, total) in COUNTED.into_iter().zip(counted.sums) {
            sums[series as usize] += total;
        }
        tally.staff[week] += counted.people;
        for (total, counted) in tally.by_profession[week].iter_mut().zip(&counted.by_profession) {
            total.0 += counted.0;
            total.1 += counted.1;
        }
        tally.roll.look(model, week, organisation, world, course, &counted.will);
        let start = week * tally.all_units + (organisation.number as usize - tally.organisations.start) * layout.units;
        tally.units[start..start + layout.units].copy_from_slice(&course.true_practice);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;

    /// A mean of nobody is no number; a 0 would read as a measured one.
    #[test]
    fn where_nobody_is_reached_there_is_nothing_to_take_a_mean_of() {
        let mut scenario = Scenario::ordinary();
        scenario.setting.organisations = 1.0;
        scenario.programmes[0].levers.reach.share = 0.0;
        let pair = scenario.to_model().pair(1, 0);
        let undefined = |series: Series| pair.with[0].of(series).iter().all(|x| x.is_nan());
        assert!(
            [Series::Practice, Series::Reported, Series::Ownership, Series::LeaderBacking].into_iter().all(undefined)
        );
        let defined = |series: Series| pair.with[0].of(series).iter().all(|x| x.is_finite());
        assert!([Series::PracticeEverywhere, Series::SponsorBacking, Series::Leavers].into_iter().all(defined));
    }
}
