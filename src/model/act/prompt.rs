//! Prompts: a reminder at the moment of care.
//!
//! push [log odds] = weight x (1 + half) q / (q + half) x resourced, q being the lever: it needs no belief and no will,
//! comes to everybody at the front line of a unit reached, counts as far as people are able to do what they are
//! reminded of, and goes with the support that keeps it. Each further prompt adds less, for prompts compete for one
//! attention. At q = 0 nobody is reminded. Source: reminders work by themselves (Shojania 2009, Arditi 2017) and tire
//! (Ancker 2017); the size is an assumption: it was set to what standards and procedures, which are cues as well,
//! weighed then (`practice.embedding_weight`, 0.4; since chosen anew), with the figure of reminders (N11b) known, and
//! not changed once that was measured.

use crate::{
    model::weekly::{Context, Surroundings},
    quantities,
};

quantities! {
    /// Prompts: a reminder at the moment of care.
    pub struct Prompt {
        /// Weight of prompts at their fullest.
        weight = 0.4, "log odds", 0.1..1.0, Assumption, "set to what standards and procedures, which are cues as well, weighed then (`practice.embedding_weight`, 0.4)";
        /// Prompting at which half of what is possible without limit is reached.
        half = 0.5, "share", 0.1..1.0, Assumption, "direction: the more reminders, the fewer are heeded (Ancker 2017)";
    }
}

/// Everybody at the front line is reminded.
#[inline(never)]
pub fn remind(context: &Context, around: &mut Surroundings) {
    let Context { model, levers, .. } = *context;
    let (p, prompts) = (&model.parameters.prompt, levers.resources.prompts);
    if prompts == 0.0 {
        return;
    }
    let push = p.weight * (1.0 + p.half) * prompts / (prompts + p.half);
    for post in (0..model.layout.units).flat_map(|unit| model.layout.frontline(unit)) {
        around.pushed[post] = push * around.resourced[post];
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::stage::{Stage, close};

    #[test]
    fn prompts_push_the_front_line_as_long_as_they_are_kept_up_and_each_adds_less() {
        let push = |prompts: f32, resourced: f32| {
            let Stage { mut place, mut around, .. } = Stage::plain();
            place.levers().resources.prompts = prompts;
            around.resourced.fill(resourced);
            remind(&place.context(), &mut around);
            assert_eq!(around.pushed[place.model.layout.leader(0)], 0.0, "leaders give no care");
            around.pushed[place.model.layout.member(0, 3)]
        };
        let weight = Prompt::default().weight;
        assert_eq!((push(0.0, 1.0), push(1.0, 0.0)), (0.0, 0.0));
        close([push(1.0, 1.0), push(1.0, 0.5)], [weight, 0.5 * weight]);
        // Half of the prompts do three quarters.
        close([push(0.5, 1.0)], [0.75 * weight]);
    }
}
