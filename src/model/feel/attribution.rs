//! Attribution: harm is held against a programme as far as it was not there before.
//!
//! Wards that are short of staff harm other care whatever programmes they run, and their staff know it. Other care counts
//! against a programme (see exposure and cynicism) as care + excused, at most 1, where excused = known x overload x max(0,
//! workload + surge + vacancies - bearable) is what the place's own load costs it. Nothing of the harm itself changes. With
//! known 0 (neutral) all harm is blamed on the programme at hand.
//! Source: pattern P20 (agents who see harm that a programme does lose faith in it); size assumed.

use crate::{
    math::larger,
    model::{Model, pushes::hours, state::People, who::Organisation},
    quantities,
};

quantities! {
    /// Attribution: harm is held against a programme as far as it was not there before.
    pub struct Attribution {
        /// How much of the harm that the place's own load does is told apart from a programme's; 0 is neutral.
        known = 0.0, "share", 0.0..1.0, Assumption, "judgement: staff remember what their ward was like before",
            supported 0.7;
    }
}

/// Harm to other care that no programme is blamed for, by unit and for the management.
#[inline(never)]
pub fn excuse(model: &Model, organisation: &Organisation, people: &People, surge: f32, excused: &mut [f32]) {
    let (known, care) = (model.parameters.attribution.known, &model.parameters.care);
    if known == 0.0 {
        return;
    }
    hours::press(model, organisation, people, surge, excused);
    for excused in excused {
        *excused = known * care.overload * larger(0.0, *excused - care.bearable);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{model::begin, rng::Luck, scenario::Scenario};

    #[test]
    fn what_the_place_does_by_itself_is_excused_and_no_more() {
        let mut scenario = Scenario::default();
        scenario.setting.workload = 0.3;
        let mut excused = |known: f32| {
            scenario.parameters.attribution.known = known;
            let model = scenario.to_model();
            let organisation = Organisation::draw(&model, Luck { seed: 1, replicate: 0 }, 0);
            let mut excused = vec![0.0; model.layout.units + 1];
            excuse(&model, &organisation, &begin::people(&model, &organisation), 0.0, &mut excused);
            excused[model.layout.units]
        };
        assert_eq!(excused(0.0), 0.0);
        // The harm of a surplus load of 0.3 where 0.08 can be borne.
        assert!((excused(1.0) - 0.22).abs() < 1e-6 && (excused(0.5) - 0.11).abs() < 1e-6);
    }
}
