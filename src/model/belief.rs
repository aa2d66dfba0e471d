use crate::quantities;

quantities! {
    /// Belief: whether there is a problem, and whether this is its solution.
    pub struct Belief {
        /// Time to believe in the problem.
        problem_weeks = 10.0, "week", 4.0..30.0, Assumption, "judgement";
        /// Time to believe in the solution.
        solution_weeks = 12.0, "week", 4.0..30.0, Assumption, "judgement";
        /// How much longer it takes to forget than to believe.
        forgetting = 1.6, "times", 1.0..4.0, Calibrated, "fitted to pattern P42";
        /// How much of colleagues' beliefs is heard.
        talk = 0.52, "share", 0.1..0.9, Calibrated, "fitted to opinion leaders +9 points (Flodgren 2011)";
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
        problem_opinion = 0.8, "share", 0.3..1.0, Calibrated, "fitted to opinion leaders +9 points (Flodgren 2011)";
        /// Case made by feedback.
        problem_feedback = 0.95, "share", 0.4..1.0, Calibrated, "fitted to audit and feedback +4.3 points (Ivers 2012)";
        /// Case that national priority makes to managers.
        problem_priority = 0.80, "share", 0.2..1.0, Assumption, "judgement";
        /// Case for the solution made by its fit with the grain.
        solution_fit = 0.25, "share", 0.0..0.6, Assumption, "the review, challenge 2";
        /// Case made by piloting.
        solution_pilot = 0.40, "share", 0.1..0.8, Assumption, "the review, challenge 2";
        /// Case made by opinion leaders, to themselves first.
        solution_opinion = 0.7, "share", 0.3..1.0, Calibrated, "fitted to opinion leaders +9 points (Flodgren 2011)";
        /// Case made by standards and procedures.
        solution_embedding = 0.50, "share", 0.1..0.9, Assumption, "judgement";
        /// How much harm seen elsewhere takes away.
        solution_harm = 0.60, "share", 0.1..1.0, Assumption, "pattern P20";
        /// How much of a dispute debate settles.
        debate_settles = 0.60, "share", 0.1..1.0, Assumption, "pattern P04";
        /// Legitimacy for clinicians of a programme that nobody of theirs leads.
        legitimacy_base = 0.44, "share", 0.1..0.8, Calibrated, "fitted to pattern P32";
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
