//! Belief: whether there is a problem, and whether this is its solution.
//!
//! Case for the problem = nor(presence, hard data x credibility, stories, users + debate + opinion leaders, feedback,
//! national priority for managers) x visible gap. Case for the solution = nor(fit with the grain, evidence x legitimacy x
//! not contested, piloting, opinion leaders, visible results). Both are or-ed with
//! what colleagues believe, so that a programme that reaches few spreads, or not, by talk; belief B and S relax to them.
//! Source: the review, challenges 1 and 2; patterns P01-P05, P32.

use crate::{
    math::{Pace, larger, nor, nor3, smaller},
    model::{
        pushes::distance,
        state::{Course, People},
        weekly::{Channels, Context, Heard, Surroundings},
    },
    programme::Levers,
    quantities,
};

quantities! {
    /// Belief: whether there is a problem, and whether this is its solution.
    pub struct Belief {
        /// Time to believe in the problem.
        problem_weeks = 6.0, "week", 4.0..30.0, Assumption, "judgement";
        /// Time to believe in the solution.
        solution_weeks = 8.0, "week", 4.0..30.0, Assumption, "judgement";
        /// How much longer it takes to forget than to believe.
        forgetting = 1.0, "times", 1.0..4.0, Assumption, "chosen with feedback withdrawn in view (N37)";
        /// How much of colleagues' beliefs is heard.
        talk = 0.4, "share", 0.1..0.9, Assumption, "chosen with feedback withdrawn in view (N37)";
        /// Reliability at which nobody sees a problem any more.
        no_problem = 0.95, "share", 0.85..1.0, Assumption, "judgement";
        /// Distance below it at which the problem is plain to all.
        plain_problem = 0.40, "share", 0.2..0.7, Assumption, "judgement";
        /// Case for the problem made by the programme's mere presence.
        problem_presence = 0.10, "share", 0.0..0.3, Assumption, "judgement";
        /// Case made by hard data.
        problem_data = 0.90, "share", 0.4..1.0, Assumption, "the review, challenge 1";
        /// Credibility of hard data where nothing can be measured.
        data_credibility = 0.4, "share", 0.1..0.8, Assumption, "judgement";
        /// Case made by patients' stories.
        problem_stories = 0.45, "share", 0.1..0.8, Assumption, "the review, challenge 1";
        /// Case made by service users.
        problem_users = 0.25, "share", 0.0..0.6, Assumption, "judgement";
        /// Case made by peer debate.
        problem_debate = 0.50, "share", 0.1..0.8, Assumption, "the review, challenge 1";
        /// Case made by opinion leaders, to themselves first.
        problem_opinion = 0.8, "share", 0.3..1.0, Assumption, "chosen with opinion leaders +9 points (Flodgren 2011) in view";
        /// Case made by feedback.
        problem_feedback = 0.95, "share", 0.4..1.0, Assumption, "chosen with audit and feedback +4.3 points (Ivers 2012) in view";
        /// Case that national priority makes to managers.
        problem_priority = 0.80, "share", 0.2..1.0, Assumption, "judgement";
        /// Case for the solution made by its fit with the grain.
        solution_fit = 0.25, "share", 0.0..0.6, Assumption, "the review, challenge 2";
        /// Case made by piloting.
        solution_pilot = 0.40, "share", 0.1..0.8, Assumption, "the review, challenge 2";
        /// Case made by opinion leaders, to themselves first.
        solution_opinion = 0.7, "share", 0.3..1.0, Assumption, "chosen with opinion leaders +9 points (Flodgren 2011) in view";
        /// How much of the case for problem and solution there is where nobody tells of it.
        untold = 0.0, "share", 0.0..1.0, Assumption, "what nobody tells of convinces nobody: usual care gains nothing",
            neutral 1.0;
        /// How much of a dispute debate settles.
        debate_settles = 0.60, "share", 0.1..1.0, Assumption, "pattern P04";
        /// Legitimacy for clinicians of a programme that nobody of theirs leads.
        legitimacy_base = 0.44, "share", 0.1..0.8, Assumption, "chosen with pattern P32 in view";
        /// Legitimacy added by clinicians in the lead.
        legitimacy_clinician_led = 0.50, "share", 0.1..0.9, Assumption, "pattern P32";
        /// Legitimacy added by professional bodies.
        legitimacy_bodies = 0.70, "share", 0.2..1.0, Assumption, "pattern P32";
        /// Legitimacy added by service users.
        legitimacy_users = 0.20, "share", 0.0..0.6, Assumption, "judgement";
        /// Legitimacy of any programme for staff who are not clinicians.
        legitimacy_lay = 0.75, "share", 0.3..1.0, Assumption, "judgement";
    }
}

/// How agreed the evidence is for what is left in: e + (1 - e) left_out; what it costs to leave out is in `distance`.
pub fn agreed(levers: &Levers) -> f32 {
    levers.design.evidence + (1.0 - levers.design.evidence) * levers.design.left_out
}

/// How convincing the evidence is to a person, by profession: evidence x legitimacy x (1 - contested).
pub fn credit(p: &Belief, levers: &Levers, clinical: f32, autonomy: f32) -> f32 {
    let engagement = &levers.engagement;
    let legitimacy = if clinical > 0.5 {
        nor3(
            smaller(1.0, p.legitimacy_base + p.legitimacy_clinician_led * engagement.clinician_led),
            p.legitimacy_bodies * engagement.professional_bodies,
            p.legitimacy_users * levers.persuasion.service_users,
        )
    } else {
        p.legitimacy_lay
    };
    let contested = (1.0 - agreed(levers)) * (1.0 - p.debate_settles * levers.persuasion.peer_debate) * autonomy;
    agreed(levers) * legitimacy * (1.0 - contested)
}

/// The case that the programme makes to each person.
#[inline(always)]
pub fn cases(
    context: &Context,
    people: &People,
    course: &Course,
    around: &Surroundings,
    problem: &mut [f32],
    solution: &mut [f32],
) {
    let (p, levers) = (&context.model.parameters.belief, context.levers);
    let n = problem.len();
    let persuasion = &levers.persuasion;
    let data = p.problem_data * persuasion.hard_data;
    let stories = p.problem_stories * persuasion.patient_stories;
    let (users, debate) = (p.problem_users * persuasion.service_users, p.problem_debate * persuasion.peer_debate);
    let example = p.problem_opinion * persuasion.opinion_leaders;
    let told = nor(p.untold, levers.told());
    let presence = p.problem_presence * told;
    let grain = smaller(1.0, p.solution_fit * levers.design.fit * told * distance::grain(levers));
    let pilot = p.solution_pilot * persuasion.pilot;
    let advocacy = p.solution_opinion * persuasion.opinion_leaders * agreed(levers);
    let (dose, credit, looked_to) = (&course.dose[..n], &course.credit[..n], &people.opinion_leader[..n]);
    let (contact, capability) = (&around.contact[..n], &around.capability[..n]);
    let (feedback, priority, gap) = (&around.feedback[..n], &around.priority[..n], &around.gap[..n]);
    let (results, solution) = (&around.results[..n], &mut solution[..n]);
    for i in 0..n {
        let (here, taught) = (contact[i], contact[i] * dose[i]);
        let credible = p.data_credibility + (1.0 - p.data_credibility) * capability[i];
        let none = (1.0 - presence * here)
            * (1.0 - data * taught * credible)
            * (1.0 - stories * taught)
            * (1.0 - nor3(users, debate, example * looked_to[i]) * taught)
            * (1.0 - p.problem_feedback * feedback[i])
            * (1.0 - p.problem_priority * priority[i] * here);
        problem[i] = (1.0 - none) * gap[i];
        let none = (1.0 - grain * here)
            * (1.0 - credit[i] * told * taught)
            * (1.0 - pilot * taught)
            * (1.0 - advocacy * looked_to[i] * here)
            * (1.0 - larger(results[i], 0.0));
        solution[i] = 1.0 - none;
    }
}

/// Beliefs follow the case made and what colleagues believe.
#[inline(always)]
pub fn settle(
    context: &Context,
    people: &People,
    around: &Surroundings,
    channels: &Channels,
    heard: &Heard,
    course: &mut Course,
) {
    let (p, told) = (&context.model.parameters.belief, (channels, heard));
    follow(p, &people.present, &around.gap, told, &mut course.problem, &mut course.solution);
}

#[inline(always)]
fn follow(
    p: &Belief,
    present: &[f32],
    gap: &[f32],
    (channels, heard): (&Channels, &Heard),
    problem: &mut [f32],
    solution: &mut [f32],
) {
    let n = problem.len();
    let (problem_pace, solution_pace) = paces(p);
    let (present, gap, solution) = (&present[..n], &gap[..n], &mut solution[..n]);
    let (problem_case, solution_case) = (&channels.problem[..n], &channels.solution[..n]);
    let (problem_heard, solution_heard) = (&heard.problem[..n], &heard.solution[..n]);
    for i in 0..n {
        let target = nor(problem_case[i], p.talk * problem_heard[i] * gap[i]);
        problem[i] += present[i] * problem_pace.step(problem[i], target);
        let target = nor(solution_case[i], p.talk * solution_heard[i]);
        solution[i] += present[i] * solution_pace.step(solution[i], target);
    }
}

fn paces(p: &Belief) -> (Pace, Pace) {
    (
        Pace::weeks(p.problem_weeks, p.forgetting * p.problem_weeks),
        Pace::weeks(p.solution_weeks, p.forgetting * p.solution_weeks),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agreed_evidence_is_not_contested_and_disputed_evidence_is_by_the_autonomous() {
        let p = Belief::default();
        let mut levers = Levers::default();
        levers.design.evidence = 1.0;
        assert_eq!(credit(&p, &levers, 0.0, 0.9), credit(&p, &levers, 0.0, 0.1));
        levers.design.evidence = 0.5;
        assert!(credit(&p, &levers, 1.0, 0.9) < credit(&p, &levers, 1.0, 0.1));
        levers.design.evidence = 0.0;
        assert_eq!(credit(&p, &levers, 1.0, 0.5), 0.0);
    }

    /// Both parts may be large at once in a sensitivity analysis; beyond 1 what others add would turn into its opposite.
    #[test]
    fn nothing_is_more_than_legitimate() {
        let p = Belief { legitimacy_base: 0.8, legitimacy_clinician_led: 0.9, ..Belief::default() };
        let mut levers = Levers::default();
        (levers.design.evidence, levers.engagement.clinician_led) = (1.0, 1.0);
        for bodies in [0.0, 1.0] {
            levers.engagement.professional_bodies = bodies;
            assert_eq!(credit(&p, &levers, 1.0, 0.5), 1.0);
        }
    }
}
