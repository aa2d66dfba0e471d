//! People: what newcomers bring.
//!
//! Every post is held by somebody with a usual practice, an intrinsic motivation, perhaps the ear of colleagues, perhaps
//! a mind to block. A new holder is drawn afresh, from the place and not from any programme.

use crate::{
    math::{clip, logit},
    model::{
        Model,
        who::{Level, Organisation},
    },
    quantities,
    rng::Process,
};

quantities! {
    /// People: what newcomers bring.
    pub struct People {
        /// Spread of usual practice between people (standard deviation).
        practice_spread = 0.35, "log odds", 0.1..0.8, Assumption, "judgement";
        /// Mean intrinsic motivation.
        motivation = 0.57, "share", 0.4..0.75, Assumption, "judgement";
        /// Spread of intrinsic motivation (standard deviation).
        motivation_spread = 0.18, "share", 0.05..0.3, Assumption, "judgement";
        /// Motivation of a sponsor who joined for reputation, against others.
        reputation_motive = 0.4, "times", 0.1..0.8, Assumption, "pattern P24";
        /// What full conviction adds to it.
        conviction_motive = 0.75, "times", 0.2..1.0, Assumption, "pattern P24";
        /// Share of clinicians at the front line whom others look to.
        opinion_leaders = 0.08, "share", 0.02..0.2, Assumption, "judgement";
        /// Usual backing of leaders in the least supportive culture.
        backing_base = 0.10, "share", 0.0..0.3, Assumption, "judgement";
        /// What the most supportive culture adds.
        backing_culture = 0.45, "share", 0.1..0.8, Assumption, "judgement";
    }
}

/// What a newcomer brings to a post.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Newcomer {
    /// Usual practice [log odds]; for leaders practice is backing of the programme.
    pub usual_log_odds: f32,
    /// Intrinsic motivation.
    pub intrinsic: f32,
    /// Whether others look to this person, 1 or 0.
    pub opinion_leader: f32,
    /// What is left of this person's will: 1, or less for a blocker.
    pub will_factor: f32,
    /// 1 for founding members who are against the change.
    pub hostile: f32,
}

/// Draws the `holder`-th holder of a post.
///
/// Usual practice = logit(baseline of the post's unit, or backing in this culture) + spread x normal;
/// motivation = mean + spread x normal, a sponsor's times reputation_motive + conviction_motive x authenticity.
pub fn newcomer(model: &Model, organisation: &Organisation, post: usize, level: Level, holder: u32) -> Newcomer {
    let (p, setting) = (&model.parameters, &model.setting);
    let culture = organisation.culture;
    let usual = match level {
        Level::Frontline => model.layout.unit(post).map_or(setting.baseline, |unit| organisation.baseline[unit]),
        _ => clip(p.people.backing_base + p.people.backing_culture * culture, 0.03, 0.9),
    };
    let mut draws = organisation.luck.draws(Process::Person, organisation.number, post as u32, u64::from(holder));
    let (practice, motive) = draws.normals();
    let (opinion, against) = (draws.uniform(), draws.uniform());
    let mut intrinsic = p.people.motivation + p.people.motivation_spread * motive;
    if level == Level::Sponsor {
        intrinsic *= p.people.reputation_motive + p.people.conviction_motive * setting.authenticity;
    }
    let looked_to =
        level == Level::Frontline && organisation.clinical[post] > 0.5 && opinion < p.people.opinion_leaders;
    let blocks = matches!(level, Level::Leader | Level::Manager) && against < setting.blockers;
    let hostile =
        setting.hostile > 0.0 && level == Level::Frontline && holder == 0 && draws.uniform() < setting.hostile;
    Newcomer {
        hostile: f32::from(u8::from(hostile)),
        usual_log_odds: logit(usual) + p.people.practice_spread * practice,
        intrinsic: clip(intrinsic, 0.05, 0.98),
        opinion_leader: f32::from(u8::from(looked_to)),
        will_factor: if blocks { p.practice.blocker_will } else { 1.0 },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::stage::{Place, Stage};

    #[test]
    fn newcomers_have_the_motivation_and_practice_declared() {
        let Place { model, organisation, .. } = Stage::with(|scenario| scenario.setting.culture_spread = 0.0).place;
        let post = model.layout.member(0, 5);
        let draw = |holder| newcomer(&model, &organisation, post, Level::Frontline, holder);
        let n = 20_000u32;
        let all: Vec<_> = (0..n).map(draw).collect();
        let mean = |f: &dyn Fn(&Newcomer) -> f32| all.iter().map(|x| f64::from(f(x))).sum::<f64>() / f64::from(n);
        assert!((mean(&|x| x.intrinsic) - 0.57).abs() < 0.005);
        let usual = f64::from(organisation.baseline_log_odds[0]);
        assert!((mean(&|x| x.usual_log_odds) - usual).abs() < 0.015);
        let looked_to = if organisation.clinical[post] > 0.0 { 0.08 } else { 0.0 };
        assert!((mean(&|x| x.opinion_leader) - looked_to).abs() < 0.01);
        assert_eq!(draw(7), draw(7), "the same holder is the same person");
    }
}
