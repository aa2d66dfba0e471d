//! Impatience: those above who want to see results before there can be any.
//!
//! due = ambition x max(share of the time passed, impatience x clip(weeks live / quick_weeks)): leaders and managers hold the
//! reported number against what is due (see cynicism), and press for it: pressure = nor(pressure, press x impatience x
//! clip((due - reported lift) / result_scale) x live). Pressure is met by effort or by work on the number (see incentive).
//! As a sanction does, it crowds out motivation and feels imposed: crowding = nor(crowding, control x sanction crowding x
//! pressed x autonomy), ownership x (1 - control x imposed sanction x pressed x autonomy).
//! With nobody impatient (the setting's default) what is due grows evenly. Source: pattern P17 (the review, challenge 4:
//! impatience, goal displacement); sizes assumed.

use crate::{
    math::{clip, larger, nor},
    model::{
        Model,
        state::{Course, Moment},
        weekly::{Channels, Context},
    },
    programme::Levers,
    quantities,
};

quantities! {
    /// Impatience: those above who want to see results before there can be any.
    pub struct Impatience {
        /// Time in which the impatient want to see the whole result.
        quick_weeks = 26.0, "week", 4.0..104.0, Assumption, "quick wins within half a year";
        /// Pressure from those above while the number falls short.
        press = 0.5, "share", 0.0..0.9, Assumption, "pattern P17";
        /// How far their pressure is felt as a sanction; 0 is neutral.
        control = 1.0, "share", 0.0..1.0, Assumption, "pattern P17: goal displacement; what counts is who decides, not whether a penalty is written down",
            neutral 0.0;
    }
}

/// Share of the promised improvement that is due by now.
pub fn due(model: &Model, moment: &Moment) -> f32 {
    let quick = clip(moment.weeks_live / model.parameters.impatience.quick_weeks, 0.0, 1.0);
    let waiting = if moment.after { 0.0 } else { model.setting.impatience * quick };
    larger(moment.share_of_time, waiting)
}

/// How hard those above press a unit for the number; nobody presses the management.
pub fn pressed(model: &Model, levers: &Levers, moment: &Moment, course: &Course, place: usize) -> f32 {
    let press = model.parameters.impatience.press * model.setting.impatience;
    if press == 0.0 || place == model.layout.units {
        return 0.0;
    }
    let due = levers.design.ambition * due(model, moment);
    let scale = model.parameters.measurement.result_scale;
    let short = clip((due - course.sight.reported_lift[place]) / scale, 0.0, 1.0);
    press * short * course.sight.live[place]
}

/// Those above press for the number while it falls short of what is due; being pressed is felt as a sanction is.
#[inline(never)]
pub fn press(context: &Context, course: &Course, channels: &mut Channels, crowding: &mut [f32]) {
    let Context { model, levers, moment, organisation, .. } = *context;
    let p = &model.parameters;
    if p.impatience.press * model.setting.impatience == 0.0 {
        return;
    }
    let crowds = p.impatience.control * p.motivation.sanction_crowding;
    let imposes = p.impatience.control * p.ownership.imposed_sanction;
    for unit in 0..model.layout.units {
        let pressed = pressed(model, levers, moment, course, unit);
        for post in model.layout.frontline(unit) {
            channels.pressure[post] = nor(channels.pressure[post], pressed);
            if p.impatience.control > 0.0 {
                let felt = pressed * organisation.autonomy[post];
                crowding[post] = nor(crowding[post], crowds * felt);
                channels.own_freely[post] *= 1.0 - imposes * felt;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::stage::{Stage, close};

    #[test]
    fn the_impatient_want_it_all_in_half_a_year_and_press_while_it_is_not_there() {
        let moment = Moment { weeks_live: 13.0, share_of_time: 0.15, ..Moment::default() };
        assert_eq!(due(&Stage::plain().place.model, &moment), 0.15);
        let Stage { mut place, mut course, mut channels, mut strain, .. } = Stage::with(|scenario| {
            scenario.setting.impatience = 1.0;
            scenario.programmes[0].levers.design.ambition = 0.4;
        });
        assert_eq!(due(&place.model, &moment), 0.5);
        place.moment = moment;
        let p = &place.model.parameters;
        course.sight.live.fill(1.0);
        channels.own_freely.fill(1.0);
        course.sight.reported_lift[0] = 0.2 - 0.5 * p.measurement.result_scale;
        course.sight.reported_lift[1] = 0.3;
        press(&place.context(), &course, &mut channels, &mut strain.crowding);
        // Due is 0.2; the first unit lacks half of a clear result, the second nothing.
        let felt = 0.5 * p.impatience.press * place.organisation.autonomy[0];
        let [crowded, imposed] = [p.motivation.sanction_crowding, p.ownership.imposed_sanction]
            .map(|as_by_a_sanction| p.impatience.control * as_by_a_sanction * felt);
        close([channels.pressure[0]], [0.5 * p.impatience.press]);
        close([strain.crowding[0], channels.own_freely[0]], [crowded, 1.0 - imposed]);
        let second = place.model.layout.member(1, 1);
        assert_eq!((channels.pressure[second], strain.crowding[second]), (0.0, 0.0));
    }
}
