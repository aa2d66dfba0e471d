//! Completion: a procedure stands once it is finished and signed off in the unit; half a procedure is none.
//!
//! Writing the practice into a unit's procedures, roles and rotas takes an amount of work X that differs between units
//! (drawn from the exponential distribution of mean 1). Work done is D += written, at the pace of embedding: resources,
//! sponsor, leader, a lift that is really there. A new leader takes up nor(handed_over, succession) of what is unfinished.
//! Once D reaches X while there is a leader to sign it, the unit is through: A becomes 1, then wears out and is
//! renewed like any procedure, slower where it is in use: wear x (1 - kept_up x use), use = leader's practice x
//! clip(result x true lift). Before, A is 0, and where the resources end first it stays so. What counts is
//! E = (1 - whole) w + whole x A, w being what is written line by line. Units that live through the same pace are through
//! in the share 1 - exp(-pace x weeks), which is w: what differs is that each has all of it or nothing.
//! With whole 0 (neutral) every line counts as it is written.
//! Source: Yin 1981 for passages, decided once, by which new practices become routine or do not; pattern P42; the share of
//! sites that improved and kept it (evidence N31: about one in five); sizes assumed.

use crate::{
    math::{ln, nor},
    model::{
        Model,
        state::{Course, People, Work},
        who::Organisation,
    },
    quantities,
    rng::Process,
};

quantities! {
    /// Completion: a procedure stands once it is finished and signed off in the unit.
    pub struct Completion {
        /// How far procedures count only once they are finished; 0 is neutral.
        whole = 1.0, "share", 0.0..1.0, Assumption, "direction: Yin 1981 (passages of routinisation); some sites keep what they gained and others nothing",
            neutral 0.0;
        /// Share of unfinished work that a new leader of the unit takes up.
        handed_over = 0.5, "share", 0.0..1.0, Assumption, "judgement";
        /// How much slower a finished procedure goes out of use where it is used.
        kept_up = 0.7, "share", 0.0..1.0, Assumption, "judgement: who works by a procedure notices when it is out of date";
    }
}

/// Before anything is written; nothing where every line counts.
pub fn first(model: &Model, organisation: &Organisation, number: usize) -> Option<Work> {
    if model.parameters.completion.whole == 0.0 {
        return None;
    }
    let units = model.layout.units;
    let needed = |unit: usize| {
        let mut draws = organisation.luck.draws(Process::Procedure, organisation.number, unit as u32, number as u64);
        -ln(1.0 - draws.uniform())
    };
    let none = || vec![0.0; units];
    Some(Work { needed: (0..units).map(needed).collect(), done: none(), in_force: none(), by_line: none() })
}

/// A week in which `written` could be written in `unit`, of what is still to write, and the practice is in use there as
/// far as `used`. Returns what counts.
#[inline(never)]
pub fn sign(model: &Model, people: &People, unit: usize, written: f32, used: f32, work: &mut Work) -> f32 {
    let (p, loss) = (&model.parameters.completion, 1.0 / model.parameters.embedding.loss_weeks);
    let Work { needed, done, in_force, by_line } = work;
    let relaxed = |stock: f32, loss: f32| stock + (written * (1.0 - stock) - stock * loss);
    by_line[unit] = relaxed(by_line[unit], loss);
    if in_force[unit] > 0.0 {
        in_force[unit] = relaxed(in_force[unit], loss * (1.0 - p.kept_up * used));
    } else {
        done[unit] += written;
        if done[unit] >= needed[unit] && written > 0.0 && people.present[model.layout.leader(unit)] > 0.0 {
            in_force[unit] = 1.0;
        }
    }
    (1.0 - p.whole) * by_line[unit] + p.whole * in_force[unit]
}

/// A new leader takes up part of what is unfinished, more so where the succession was planned.
pub fn hand_over(model: &Model, unit: usize, planned: f32, course: &mut Course) {
    if let Some(work) = &mut course.work {
        work.done[unit] *= nor(model.parameters.completion.handed_over, planned);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::stage::{LUCK, Place, Stage, close},
        rng::Luck,
    };

    fn whole(share: f32) -> Stage {
        Stage::with(|scenario| scenario.parameters.completion.whole = share)
    }

    /// What counts in each of many units that live through the same `written` a week, after `weeks`.
    fn after(whole: f32, written: f32, weeks: usize) -> Vec<f32> {
        let Stage { place: Place { model, mut organisation, .. }, people, .. } = Stage::with(|scenario| {
            scenario.setting.units = 200.0;
            (scenario.parameters.completion.whole, scenario.parameters.embedding.loss_weeks) = (whole, 520.0);
        });
        let mut all = Vec::new();
        for replicate in 0..10 {
            organisation.luck = Luck { replicate, ..LUCK };
            let mut work = first(&model, &organisation, 0).unwrap();
            for _ in 0..weeks {
                for unit in 0..model.layout.units {
                    sign(&model, &people, unit, written, 0.0, &mut work);
                }
            }
            all.extend((0..model.layout.units).map(|unit| sign(&model, &people, unit, 0.0, 0.0, &mut work)));
        }
        all
    }

    /// The share of units that are through is 1 - exp(-pace x weeks), the standard error of 2000 units about 0.011.
    #[test]
    fn as_many_units_have_all_of_it_as_each_would_have_by_the_line() {
        let whole = after(1.0, 0.01, 52);
        let through = whole.iter().filter(|counts| **counts > 0.0).count() as f64 / whole.len() as f64;
        assert!((through - (1.0 - (-0.52f64).exp())).abs() < 0.035, "{through}");
        assert!(whole.iter().all(|counts| *counts == 0.0 || *counts > 0.85), "all or nothing");
        let by_line = after(1e-6, 0.01, 52);
        assert!(by_line.iter().all(|counts| (counts - by_line[0]).abs() < 1e-5 && (0.35..0.42).contains(counts)));
    }

    #[test]
    fn nobody_signs_in_an_empty_post_and_what_is_unfinished_when_resources_end_stays_so() {
        let Stage { place: Place { model, .. }, mut people, course, .. } = whole(1.0);
        let mut work = course.work.unwrap();
        work.needed[0] = 0.5;
        for _ in 0..100 {
            assert_eq!(sign(&model, &people, 0, 0.004, 0.0, &mut work), 0.0);
        }
        assert_eq!((0..100).map(|_| sign(&model, &people, 0, 0.0, 0.0, &mut work)).sum::<f32>(), 0.0);
        people.present[model.layout.leader(0)] = 0.0;
        assert_eq!(sign(&model, &people, 0, 0.2, 0.0, &mut work), 0.0);
        people.present[model.layout.leader(0)] = 1.0;
        assert_eq!(sign(&model, &people, 0, 0.001, 0.0, &mut work), 1.0);
        let mut used = work.clone();
        let worn = |used: f32, work: &mut Work| (0..100).fold(1.0, |_, _| sign(&model, &people, 0, 0.0, used, work));
        let wear = |share: f64| (1.0 - share / 260.0f64).powi(100);
        let kept_up = f64::from(model.parameters.completion.kept_up);
        assert!((f64::from(worn(0.0, &mut work)) - wear(1.0)).abs() < 1e-4);
        assert!((f64::from(worn(1.0, &mut used)) - wear(1.0 - kept_up)).abs() < 1e-4);
    }

    #[test]
    fn a_new_leader_takes_up_part_of_it() {
        let Stage { place: Place { model, .. }, mut course, .. } = whole(1.0);
        course.work.as_mut().unwrap().done.fill(0.4);
        hand_over(&model, 2, 0.0, &mut course);
        hand_over(&model, 3, 1.0, &mut course);
        let done = &course.work.as_ref().unwrap().done;
        close([done[2]], [0.2]);
        assert_eq!([done[1], done[3]], [0.4; 2]);
    }

    #[test]
    fn every_line_counts_at_the_neutral_value() {
        assert!(whole(0.0).course.work.is_none());
    }
}
