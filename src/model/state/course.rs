//! The course of one programme in one organisation of one world: what its people and units have made of it so far.

/// What people and units have made of a programme so far.
#[derive(Clone, Debug)]
pub struct Course {
    /// Belief that there is a problem, by post.
    pub problem: Vec<f32>,
    /// Belief that this is the solution, by post.
    pub solution: Vec<f32>,
    /// Ownership, by post.
    pub ownership: Vec<f32>,
    /// Skill, by post.
    pub skill: Vec<f32>,
    /// Habit, by post.
    pub habit: Vec<f32>,
    /// Practice, by post; for leaders, backing of the programme.
    pub practice: Vec<f32>,
    /// 1 for members of the project team, by post.
    pub champion: Vec<f32>,
    /// How much of what the team gets reaches each post.
    pub dose: Vec<f32>,
    /// How convincing the evidence is to the post's profession.
    pub credit: Vec<f32>,
    /// How much the programme involves people of the post's rank.
    pub involved: Vec<f32>,
    /// Share of effort that misses what the programme is after, by post; empty where its aims are clear.
    pub aim_error: Vec<f32>,
    /// What leaders have learned of leading, by post; empty where nobody is trained.
    pub enabling: Vec<f32>,
    /// How far a climate of learning has been built in each unit, and the management; empty where nobody builds one.
    pub climate: Vec<f32>,
    /// 1 for units the programme reaches.
    pub reached: Vec<f32>,
    /// Which holder of the leader's post had the glow as the programme began, by unit; empty where nobody has any.
    pub bearer: Vec<u32>,
    /// How much those with the glow who have gone are missed, by unit; empty where nobody had any.
    pub missed: Vec<f32>,
    /// Fit of the design, by unit.
    pub fit: Vec<f32>,
    /// How far the best form of the practice lies apart from the usual one, by unit; empty where sites are alike.
    pub apart: Vec<f32>,
    /// Embedding, by unit.
    pub embedding: Vec<f32>,
    /// How far each unit has come with its procedures; nothing where every line counts as it is written.
    pub work: Option<Work>,
    /// Measurement capability, by unit.
    pub capability: Vec<f32>,
    /// True reliability, by unit.
    pub true_practice: Vec<f32>,
    /// Reported reliability, by unit.
    pub reported: Vec<f32>,
    /// Mean ritual compliance, by unit.
    pub ritual: Vec<f32>,
    /// What each unit has in front of it this week.
    pub sight: Sight,
    /// Whether the programme has ever reached anybody here; until then it changes nothing, and people have nothing but
    /// each other's example.
    pub touched: bool,
}

/// What colleagues show and say: present (1 or 0), lift over usual practice, problem belief, solution belief.
pub type Shown = [f32; 4];

/// How far each unit has come with writing the practice into its procedures; see [`completion`](crate::model::unit::completion).
#[derive(Clone, Debug)]
pub struct Work {
    /// What there is to do, against an ordinary unit.
    pub needed: Vec<f32>,
    /// What is done of it.
    pub done: Vec<f32>,
    /// What is in force of a finished procedure, 0 before.
    pub in_force: Vec<f32>,
    /// What would be in force if every line counted.
    pub by_line: Vec<f32>,
}

columns! {
    /// What each unit has in front of it this week: columns over units, with a last entry for the management, which sees the
    /// mean of its reached units.
    Sight
    /// 1 where the programme reaches.
    reached,
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
    /// Lift over usual practice, true.
    true_lift,
    /// Lift over usual practice, as reported.
    reported_lift,
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
    /// What lets frontline staff down.
    letdown,
    /// What lets leaders and managers down.
    letdown_of_leader,
    /// Protected time that manager and sponsor release.
    released,
    /// Practice of the unit leader, superior of frontline staff.
    superior,
    /// Practice of the division manager, superior of the unit leader.
    superior_of_leader,
    /// Time that paperwork and meetings ask for [share of the week]; 0 where hours limit nobody.
    first_asked,
    /// Time that the practice itself asks for.
    time_asked,
    /// Time that is really given for both.
    time_given,
    /// Time that goes into debate.
    time_in_debate,
    /// Share of the practice that gets done in the hours there are.
    done,
    /// Glow of the unit's leader.
    glow,
}
