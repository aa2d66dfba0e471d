//! Embedding: the practice in standards, roles and procedures.
//!
//! `E += rate x lever x resourced x sponsor's own practice x asked x unit leader's practice x clip(result x true lift)
//! x (1 - E)` and `E -= E / loss_weeks`: it needs resources, the sponsor, the leader and a lift that is really there.
//! Nobody writes into standards what nobody does, and it gets finished where an executive asks whether it is: asked =
//! 1 - attention x (1 - how far the sponsor is involved). Of what is written, E x (1 - reminds x clip((H - usual) /
//! result_scale)) moves a person: who does it by habit needs no reminder. Source: patterns P27, P42.

use crate::{
    math::clip,
    model::{
        state::{Course, People},
        unit::completion,
        weekly::{Context, Surroundings},
    },
    quantities,
};

quantities! {
    /// Embedding: the practice in standards, roles and procedures.
    pub struct Embedding {
        /// Pace at which a fully backed programme writes itself into procedures.
        rate = 0.016, "1/week", 0.004..0.05, Assumption, "chosen with an ordinary bundle (N40) and, when raised from 0.012, with pattern P42 in view";
        /// Time in which procedures go out of use.
        loss_weeks = 260.0, "week", 104.0..520.0, Assumption, "judgement";
        /// How much the sponsor's own practice counts.
        sponsor = 2.0, "times", 1.0..3.0, Assumption, "judgement";
        /// Part of that pace which is missing where no executive is involved; 0 is neutral.
        attention = 0.6, "share", 0.0..1.0, Assumption, "direction: pattern P42 (the review, challenge 9: standards and the attention of executives); size chosen with P42 in view",
            neutral 0.0;
        /// Multiple of the clear result beyond which more gain adds nothing.
        result = 2.0, "times", 1.0..4.0, Assumption, "judgement";
        /// How far procedures are reminders, which those do not need who do it by habit; 0 is neutral.
        reminds = 0.4, "share", 0.0..1.0, Assumption, "pattern P27: procedures hold those who come anew",
            neutral 0.0;
    }
}

/// One week of writing the practice into procedures, and of procedures going out of use.
#[inline(always)]
pub fn write(context: &Context, people: &People, course: &mut Course) {
    let Context { model, levers, sponsor, .. } = *context;
    let p = &model.parameters.embedding;
    let clear = p.result / model.parameters.measurement.result_scale;
    let asked = 1.0 - p.attention * (1.0 - course.involved[model.layout.sponsor()]);
    let pace = p.rate * levers.sustain.embedding * p.sponsor * sponsor * asked;
    let leaders = model.layout.leaders();
    let (practice, present) = (&course.practice[leaders.clone()], &people.present[leaders]);
    let units = course.embedding.len();
    let sight = &mut course.sight;
    for unit in 0..units {
        let embedding = course.embedding[unit];
        let leader = practice[unit] * present[unit];
        let done = clip(clear * sight.true_lift[unit], 0.0, 1.0);
        course.embedding[unit] = match &mut course.work {
            Some(work) => {
                let used = leader * done;
                completion::sign(model, people, unit, pace * sight.resourced[unit] * used, used, work)
            }
            None => {
                let written = pace * sight.resourced[unit] * leader * done * (1.0 - embedding);
                embedding + (written - embedding / p.loss_weeks)
            }
        };
        sight.embedding[unit] = course.embedding[unit];
    }
}

/// Who does it by habit needs no reminder: E x (1 - reminds x clip((H - usual) / result_scale)).
#[inline(always)]
pub fn remind(context: &Context, people: &People, course: &Course, around: &mut Surroundings) {
    let model = context.model;
    let reminds = model.parameters.embedding.reminds;
    if reminds > 0.0 {
        let scale = model.parameters.measurement.result_scale;
        forget(reminds, scale, &course.habit, &people.usual, &mut around.embedding);
    }
}

#[inline(always)]
fn forget(reminds: f32, scale: f32, habit: &[f32], usual: &[f32], embedding: &mut [f32]) {
    let n = embedding.len();
    let (habit, usual) = (&habit[..n], &usual[..n]);
    for i in 0..n {
        embedding[i] *= 1.0 - reminds * clip((habit[i] - usual[i]) / scale, 0.0, 1.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::stage::Stage;

    /// A course in which resources, sponsor, leader and a clear lift are all there.
    fn ready() -> Stage {
        let mut stage = Stage::core(|scenario| scenario.programmes[0].levers.sustain.embedding = 1.0);
        stage.place.sponsor = 1.0;
        stage.course.sight.resourced.fill(1.0);
        stage.course.sight.true_lift.fill(1.0);
        stage.course.practice[stage.place.model.layout.leaders()].fill(1.0);
        stage
    }

    #[test]
    fn embedding_grows_as_the_closed_form_says() {
        let Stage { place, people, mut course, .. } = ready();
        for _ in 0..52 {
            write(&place.context(), &people, &mut course);
        }
        let p = &place.model.parameters.embedding;
        let (rate, loss) = (f64::from(p.rate * p.sponsor), 1.0 / f64::from(p.loss_weeks));
        let level = rate / (rate + loss);
        let expected = level * (1.0 - (1.0 - rate - loss).powi(52));
        assert!((f64::from(course.embedding[0]) - expected).abs() < 1e-4);
    }

    #[test]
    fn nobody_writes_down_what_nobody_does_backs_or_leads() {
        for missing in 0..3 {
            let Stage { mut place, mut people, mut course, .. } = ready();
            match missing {
                0 => course.sight.true_lift.fill(-0.1),
                1 => place.sponsor = 0.0,
                _ => people.present[place.model.layout.leaders()].fill(0.0),
            }
            write(&place.context(), &people, &mut course);
            assert!(course.embedding.iter().all(|embedding| *embedding == 0.0));
        }
    }

    #[test]
    fn procedures_remind_newcomers_and_not_those_who_do_it_by_habit() {
        let Stage { place, people, mut course, mut around, .. } =
            Stage::with(|scenario| scenario.parameters.embedding.reminds = 0.6);
        course.habit[1] = people.usual[1] + 0.5 * place.model.parameters.measurement.result_scale;
        around.embedding.fill(0.5);
        remind(&place.context(), &people, &course, &mut around);
        assert!((around.embedding[0] - 0.5).abs() < 1e-6 && (around.embedding[1] - 0.35).abs() < 1e-5);
    }
}
