//! Enabling: leaders who are trained to make room for others.
//!
//! What a leader of any level has learned of leading, L, relaxes to leader_training x resourced and is learned and
//! forgotten as any skill is (`skill.gain_weeks`, `skill.loss_weeks`); who takes up the post has learned nothing. A
//! leader who has learned backs the work more reliably, by a push of backing x L [log odds], and makes room: the
//! involvement of those below becomes nor(involvement, facilitation x L x (1 - facilitative) x superior's practice x
//! reached), beside the manner of leading that the programme asks for. It does not end with support: it fades as it is
//! forgotten and as leaders leave. With leader_training 0 nobody learns it. Source: the review, challenge 7 (training
//! in enabling leadership at all levels); direction: leaders trained lead better as staff see it, and most of it is
//! there half a year on (WISDOM trial 2024, N42); size and pace assumed, the figures known, and not changed once the
//! model was held against them.

use crate::{
    math::{Pace, nor},
    model::{
        state::{Course, People},
        weekly::{Channels, Context, Surroundings},
    },
    programme::Levers,
    quantities,
};

quantities! {
    /// Enabling: leaders who are trained to make room for others.
    pub struct Enabling {
        /// Push on the backing of a leader who has learned all of it.
        backing = 0.6, "log odds", 0.0..1.5, Assumption, "judgement: half of what full will weighed when it was set (`practice.will_weight`, 1.2)";
    }
}

/// What leaders have learned before there is any training, by post; empty where nobody is trained.
pub fn first(levers: &Levers, posts: usize) -> Vec<f32> {
    if levers.engagement.leader_training > 0.0 { vec![0.0; posts] } else { Vec::new() }
}

/// Leaders learn, back the work and make room.
#[inline(never)]
pub fn make_room(
    context: &Context,
    people: &People,
    course: &mut Course,
    around: &mut Surroundings,
    channels: &mut Channels,
) {
    let Context { model, levers, .. } = *context;
    if course.enabling.is_empty() {
        return;
    }
    let (layout, skill) = (&model.layout, &model.parameters.skill);
    let pace = Pace::weeks(skill.gain_weeks, skill.loss_weeks);
    let leaders = layout.leaders().chain(layout.management());
    for post in leaders {
        let learned = &mut course.enabling[post];
        *learned +=
            people.present[post] * pace.step(*learned, levers.engagement.leader_training * around.resourced[post]);
        around.pushed[post] = model.parameters.enabling.backing * *learned;
    }
    let room = model.parameters.ownership.facilitation * (1.0 - levers.engagement.facilitative);
    let mut lend = |superior: usize, post: usize, reached: f32| {
        let given = room * course.enabling[superior] * around.superior[post] * reached;
        channels.involvement[post] = nor(channels.involvement[post], given);
    };
    for unit in 0..layout.units {
        let (leader, reached) = (layout.leader(unit), course.reached[unit]);
        layout.frontline(unit).for_each(|post| lend(leader, post, reached));
        lend(layout.manager(unit / layout.span), leader, reached);
    }
}

/// Who takes up a post has not been trained.
pub fn join(course: &mut Course, post: usize) {
    if let Some(learned) = course.enabling.get_mut(post) {
        *learned = 0.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::stage::Stage;

    #[test]
    fn leaders_learn_within_months_forget_in_years_and_leave_with_what_they_know() {
        let Stage { place, people, mut course, mut around, .. } =
            Stage::with(|scenario| scenario.programmes[0].levers.engagement.leader_training = 0.8);
        let (p, layout) = (&place.model.parameters, &place.model.layout);
        let (leader, member) = (layout.leader(0), layout.member(0, 3));
        around.superior.fill(0.5);
        let mut weeks = |many: usize, resourced: f32, course: &mut Course| {
            let mut channels = Channels::none(layout.posts);
            around.resourced.fill(resourced);
            for _ in 0..many {
                channels.clear();
                make_room(&place.context(), &people, course, &mut around, &mut channels);
            }
            (around.pushed[leader], channels.involvement[member], around.pushed[member])
        };
        let (backing, involved, own) = weeks(1000, 1.0, &mut course);
        assert!((course.enabling[leader] - 0.8).abs() < 1e-4 && (backing - 0.8 * p.enabling.backing).abs() < 1e-4);
        assert!((involved - p.ownership.facilitation * 0.8 * 0.5).abs() < 1e-4 && own == 0.0);
        weeks(26, 0.0, &mut course);
        let left = 0.8 * (1.0 - 1.0 / f64::from(p.skill.loss_weeks)).powi(26);
        assert!((f64::from(course.enabling[leader]) - left).abs() < 1e-4);
        join(&mut course, leader);
        assert_eq!(weeks(1, 0.0, &mut course), (0.0, 0.0, 0.0));
        assert!(first(&Levers::default(), 9).is_empty(), "where nobody is trained nothing is kept");
    }
}
