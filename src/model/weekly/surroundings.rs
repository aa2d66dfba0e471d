//! Surroundings: what each person has around them this week, from the unit, the superiors and national policy.

use crate::model::{
    state::{Course, People, columns},
    weekly::Context,
};

columns! {
    /// What each person has around them this week, for one programme: columns over posts.
    Surroundings
    /// Contact with the programme.
    contact,
    /// Resources at work.
    resourced,
    /// Recognition and payment at work.
    rewarded,
    /// Live action.
    live,
    /// Measurement capability.
    capability,
    /// Feedback.
    feedback,
    /// Results that can be seen, from -1 to 1.
    results,
    /// Visible gap.
    gap,
    /// Embedding.
    embedding,
    /// Expected permanence.
    permanence,
    /// Fit of the design.
    fit,
    /// Sanctions in force.
    sanction_in_force,
    /// How far people fear to be blamed.
    blame,
    /// What lets the person down.
    letdown,
    /// Protected time that manager and sponsor release, before the person's dose.
    released,
    /// Practice of the superior; for sponsors, alignment of national policy.
    superior,
    /// National priority, for managers and sponsors.
    priority,
    /// Push that asks for no belief: prompts at the front line, and what leaders have learned of leading [log odds].
    pushed,
}

/// Fills the surroundings that matter whether or not a programme has ever been here.
#[inline(always)]
pub fn always(context: &Context, course: &Course, around: &mut Surroundings) {
    let layout = &context.model.layout;
    let sight = &course.sight;
    around.pushed.fill(0.0);
    layout.spread(&sight.fit, &mut around.fit);
    layout.spread(&sight.embedding, &mut around.embedding);
}

/// Fills the surroundings that only a programme makes.
#[inline(always)]
pub fn where_touched(context: &Context, people: &People, course: &Course, around: &mut Surroundings) {
    let layout = &context.model.layout;
    let alignment = context.alignment;
    let sight = &course.sight;
    layout.spread(&sight.contact, &mut around.contact);
    layout.spread(&sight.resourced, &mut around.resourced);
    layout.spread(&sight.rewarded, &mut around.rewarded);
    layout.spread(&sight.live, &mut around.live);
    layout.spread(&sight.capability, &mut around.capability);
    layout.spread(&sight.feedback, &mut around.feedback);
    layout.spread(&sight.results, &mut around.results);
    layout.spread(&sight.gap, &mut around.gap);
    layout.spread(&sight.permanence, &mut around.permanence);
    layout.spread(&sight.sanction_in_force, &mut around.sanction_in_force);
    layout.spread(&sight.blame, &mut around.blame);
    layout.spread_ranks(&sight.letdown, &sight.letdown_of_leader, &mut around.letdown);
    layout.spread(&sight.released, &mut around.released);
    layout.spread_ranks(&sight.superior, &sight.superior_of_leader, &mut around.superior);
    let sponsor = layout.sponsor();
    around.superior[layout.management()].fill(people.present[sponsor] * course.practice[sponsor]);
    around.superior[sponsor] = alignment;
    around.priority[layout.management()].fill(alignment);
}
