//! An organisation: its culture, its units and its posts, before anybody does anything.
//!
//! culture = clip(mean + spread x normal); reliability of a unit = mean + spread x (a part shared by the organisation's
//! units + a part of its own, half of the variance each); cohesion of a unit = mean + spread x normal. Where strengths are
//! linked, culture goes with the shared part, cohesion with the whole and workload against it, by the correlation
//! `linked_strengths`; workload of a unit = spread x normal beyond the mean.

use crate::{
    math::{clip, logit},
    model::{Model, who::Level},
    rng::{Luck, Process},
};

/// What an organisation is given, the same in every world of a replicate.
#[derive(Clone, Debug)]
pub struct Organisation {
    /// Number of the organisation.
    pub number: u32,
    /// Luck of the replicate.
    pub luck: Luck,
    /// How supportive of improvement it usually is.
    pub culture: f32,
    /// Usual reliability of each unit.
    pub baseline: Vec<f32>,
    /// The same [log odds].
    pub baseline_log_odds: Vec<f32>,
    /// How closely knit each unit is.
    pub cohesion: Vec<f32>,
    /// Work of each unit beyond the mean of all.
    pub workload: Vec<f32>,
    /// Profession of each post.
    pub profession: Vec<u8>,
    /// Autonomy valued, by post.
    pub autonomy: Vec<f32>,
    /// 1 for clinicians, by post.
    pub clinical: Vec<f32>,
    /// 1 for frontline posts.
    pub frontline: Vec<f32>,
    /// Usual rate of leaving [1/week], by post.
    pub leaving: Vec<f32>,
    /// Part of a mandate that reaches the post.
    pub mandate: Vec<f32>,
    /// Weight of what colleagues do [log odds], by post.
    pub norm: Vec<f32>,
    /// `members[profession][post]`: 1 for its frontline posts; empty for a profession without any.
    pub members: Vec<Vec<f32>>,
}

/// Both parts of the spread between units have half of its variance.
const HALF: f32 = 0.7;

/// A standard normal number that goes with another as far as `correlation` says.
fn linked(correlation: f32, own: f32, other: f32) -> f32 {
    if correlation == 0.0 { own } else { (1.0 - correlation * correlation).sqrt() * own + correlation * other }
}

impl Organisation {
    /// Draws organisation `number`.
    pub fn draw(model: &Model, luck: Luck, number: u32) -> Self {
        let (layout, setting) = (&model.layout, &model.setting);
        let (culture, shared) = luck.draws(Process::Organisation, number, 0, 0).normals();
        let culture = linked(setting.linked_strengths, culture, shared);
        let culture = clip(setting.culture + setting.culture_spread * culture, 0.05, 0.95);
        let (mut baseline, mut cohesion, mut workload) = (Vec::new(), Vec::new(), Vec::new());
        for unit in 0..layout.units {
            let mut draws = luck.draws(Process::Unit, number, unit as u32, 0);
            let (own, knit) = draws.normals();
            let stretched = if setting.workload_spread > 0.0 { draws.normals().0 } else { 0.0 };
            baseline.push(clip(setting.baseline + HALF * setting.baseline_spread * (shared + own), 0.05, 0.97));
            let knit = linked(setting.linked_strengths, knit, HALF * (shared + own));
            cohesion.push(clip(setting.cohesion + setting.cohesion_spread * knit, 0.05, 0.98));
            let stretched = linked(setting.linked_strengths, stretched, -HALF * (shared + own));
            workload.push(setting.workload_spread * stretched);
        }
        let mut organisation = Self {
            number,
            luck,
            culture,
            baseline_log_odds: baseline.iter().map(|share| logit(*share)).collect(),
            baseline,
            cohesion,
            workload,
            profession: vec![0; layout.posts],
            autonomy: vec![0.0; layout.posts],
            clinical: vec![0.0; layout.posts],
            frontline: vec![0.0; layout.posts],
            leaving: vec![0.0; layout.posts],
            mandate: vec![0.0; layout.posts],
            norm: vec![0.0; layout.posts],
            members: vec![Vec::new(); model.professions.traits.len()],
        };
        for (post, level) in layout.people() {
            organisation.fill(model, post, level);
        }
        for (post, _) in layout.people().filter(|(_, level)| *level == Level::Frontline) {
            let members = &mut organisation.members[usize::from(organisation.profession[post])];
            members.resize(layout.posts, 0.0);
            members[post] = 1.0;
        }
        organisation
    }

    fn fill(&mut self, model: &Model, post: usize, level: Level) {
        let (setting, p) = (&model.setting, &model.parameters);
        let profession = match level {
            Level::Frontline => {
                let draw = self.luck.draws(Process::Post, self.number, post as u32, 0).uniform();
                model.professions.drawn(draw)
            }
            Level::Leader => model.professions.unit_leader,
            Level::Manager | Level::Sponsor => model.professions.manager,
        };
        let traits = &model.professions.traits[profession];
        let (a_year, mandate) = match level {
            Level::Frontline => (traits.leaving, p.fatigue.mandate_frontline),
            Level::Leader => (setting.leader_turnover, p.fatigue.mandate_leaders),
            Level::Manager => (setting.leader_turnover, p.fatigue.mandate_managers),
            Level::Sponsor => (setting.sponsor_turnover, p.fatigue.mandate_managers),
        };
        let cohesion = model.layout.unit(post).map_or(0.5, |unit| self.cohesion[unit]);
        self.profession[post] = profession as u8;
        self.autonomy[post] = traits.autonomy;
        self.clinical[post] = traits.clinical;
        self.frontline[post] = f32::from(u8::from(level == Level::Frontline));
        self.leaving[post] = a_year * setting.turnover / 52.0;
        self.mandate[post] = p.fatigue.mandate * mandate;
        self.norm[post] = p.practice.norm_weight * (p.practice.loose_norm + cohesion);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::stage::{LUCK, Stage},
        world::Setting,
    };

    /// Each of the two halves of the spread between units has 0.7 of its standard deviation.
    #[test]
    fn units_differ_as_much_as_the_setting_says() {
        let model = Stage::with(|scenario| scenario.setting.baseline_spread = 0.05).place.model;
        let draw = |replicate| Organisation::draw(&model, Luck { replicate, ..LUCK }, 0).baseline;
        let all: Vec<f64> = (0..2000).flat_map(draw).map(f64::from).collect();
        let n = all.len() as f64;
        let mean = all.iter().sum::<f64>() / n;
        let sd = (all.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n).sqrt();
        assert!((mean - 0.5).abs() < 0.005);
        assert!((sd - 0.05 * (2.0f64 * 0.49).sqrt()).abs() < 0.001);
    }

    #[test]
    fn linked_strengths_correlate_as_the_setting_says() {
        let mut model = Stage::plain().place.model;
        (model.setting.baseline_spread, model.setting.cohesion_spread) = (0.05, 0.1);
        (model.setting.linked_strengths, model.setting.workload_spread) = (0.6, 0.1);
        let draw = |replicate| {
            let organisation = Organisation::draw(&model, Luck { replicate, ..LUCK }, 0);
            [organisation.baseline[0], organisation.cohesion[0], organisation.workload[0]].map(f64::from)
        };
        let drawn: Vec<[f64; 3]> = (0..4000).map(draw).collect();
        for (place, expected) in [(1, 0.6), (2, -0.6)] {
            let all: Vec<(f64, f64)> = drawn.iter().map(|drawn| (drawn[0], drawn[place])).collect();
            let n = all.len() as f64;
            let (a, b) = (all.iter().map(|x| x.0).sum::<f64>() / n, all.iter().map(|x| x.1).sum::<f64>() / n);
            let of = |f: &dyn Fn(&(f64, f64)) -> f64| all.iter().map(f).sum::<f64>() / n;
            let covariance = of(&|x| (x.0 - a) * (x.1 - b));
            let correlation = covariance / (of(&|x| (x.0 - a).powi(2)) * of(&|x| (x.1 - b).powi(2))).sqrt();
            assert!((correlation - expected).abs() < 0.04, "{correlation}");
        }
    }

    /// What a scenario may ask for is what it gets, at both ends.
    #[test]
    fn the_range_of_baselines_is_the_one_that_the_model_keeps() {
        let row = Setting::DECLARED.iter().find(|row| row.name == "baseline").unwrap();
        for end in [row.low as f32, row.high as f32] {
            let set = |setting: &mut Setting| (setting.baseline, setting.baseline_spread) = (end, 0.0);
            let organisation = Stage::with(|scenario| set(&mut scenario.setting)).place.organisation;
            assert_eq!(organisation.baseline[0], end);
        }
    }

    #[test]
    fn professions_have_their_shares_of_frontline_posts() {
        let model = Stage::plain().place.model;
        let mut counts = vec![0.0; model.professions.traits.len()];
        for replicate in 0..200 {
            let organisation = Organisation::draw(&model, Luck { replicate, ..LUCK }, 0);
            for (count, members) in counts.iter_mut().zip(&organisation.members) {
                *count += members.iter().sum::<f32>();
            }
        }
        let all: f32 = counts.iter().sum();
        for (count, traits) in counts.iter().zip(&model.professions.traits) {
            assert!((count / all - traits.share).abs() < 0.01);
        }
    }
}
