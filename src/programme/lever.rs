//! Levers: what the designer of a programme can choose, each from 0 to 1, each declared once.
//!
//! A line of the list gives the lever's key, its default, the challenge of the review it answers (0 where it belongs to
//! none in particular), and what 0, one half and 1 mean in words. `l.incentives.sanction` in an equation,
//! `programme.0.incentives.sanction` on the command line and the printed reference all come from that line.

use serde::Serialize;

/// One declared lever.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Lever {
    /// Sub-table of `[[programme]]` it stands in.
    pub theme: &'static str,
    /// Key in that sub-table.
    pub key: &'static str,
    /// What it is, in a sentence.
    pub doc: &'static str,
    /// Value when a scenario says nothing.
    pub default: f32,
    /// Number of the review's challenge that it answers, 0 for none in particular.
    pub challenge: u8,
    /// What 0, 0.5 and 1 mean.
    pub meaning: [&'static str; 3],
}

impl Lever {
    /// `theme.key`.
    pub fn path(&self) -> String {
        format!("{}.{}", self.theme, self.key)
    }
}

/// The challenges that the review found improvement programmes to meet, by number, in short.
pub const CHALLENGES: [&str; 10] = [
    "convincing people that there is a problem",
    "convincing people that the solution is the right one",
    "getting data collection and monitoring right",
    "ambitions beyond resources, and the look of a project",
    "the organisation's context, culture and capacities",
    "tribalism and lack of staff engagement",
    "leadership",
    "balancing carrots and sticks",
    "securing sustainability",
    "side effects of change",
];

/// Declares themes and their levers: key = default, challenge, "meaning of 0" | "of one half" | "of 1".
macro_rules! levers {
    ($($(#[doc = $theme_doc:literal])+ $theme:ident $Theme:ident {
        $($(#[doc = $doc:literal])+ $key:ident = $default:literal, $challenge:literal, $zero:literal | $half:literal | $one:literal;)+
    })+) => {
        $($(#[doc = $theme_doc])+
        #[derive(Clone, Debug, PartialEq)]
        pub struct $Theme { $($(#[doc = $doc])+ pub $key: f32,)+ }

        impl Default for $Theme {
            fn default() -> Self { Self { $($key: $default,)+ } }
        }
        )+

        /// Everything a programme does, by theme; every lever from 0 to 1.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct Levers { $($(#[doc = $theme_doc])+ pub $theme: $Theme,)+ }

        impl Levers {
            /// The themes, in order, each with what it is about.
            pub const THEMES: &'static [(&'static str, &'static str)] =
                &[$((stringify!($theme), concat!($($theme_doc),+).trim_ascii()),)+];

            /// The declarations, theme by theme.
            pub const DECLARED: &'static [Lever] = &[$($(Lever {
                theme: stringify!($theme), key: stringify!($key), doc: concat!($($doc),+).trim_ascii(),
                default: $default, challenge: $challenge, meaning: [$zero, $half, $one],
            },)+)+];

            /// Value of the lever declared at `index`.
            pub fn get(&self, index: usize) -> f32 { [$($(self.$theme.$key,)+)+][index] }

            /// Sets the lever declared at `index`.
            pub fn set(&mut self, index: usize, value: f32) {
                *[$($(&mut self.$theme.$key,)+)+][index] = value;
            }
        }
    };
}

levers! {
    /// Whom the programme reaches.
    reach Reach {
        /// Share of units the programme works with.
        share = 1.0, 4, "no unit" | "half of the units" | "every unit";
        /// Share of frontline staff on the project team.
        team = 0.15, 4, "nobody" | "half of them" | "everybody";
        /// How much of what the team receives also reaches everybody else.
        breadth = 0.6, 4, "nothing leaves the project team" | "half as much" | "as much as the team gets";
    }
    /// What the programme asks for.
    design Design {
        /// Promised improvement, as a gain in reliability.
        ambition = 0.20, 4, "no goal" | "half of all care made reliable" | "from nothing to perfect";
        /// How much it looks like a time-limited project.
        project_status = 0.7, 4, "the way we work now" | "a project with a longer view" | "a project with an end date";
        /// How hard the new practice is without skill.
        difficulty = 0.4, 2, "anybody can do it" | "half done without training" | "impossible without training";
        /// How far the content goes with the grain of professional values.
        fit = 0.5, 2, "against the grain" | "neutral" | "what staff would want anyway";
        /// How strong and agreed the evidence for it is.
        evidence = 0.7, 2, "disputed" | "mixed" | "agreed by all";
        /// Aims, terms and roles are settled before it starts.
        clarity = 1.0, 2, "settled on the way, by everybody for themselves" | "in outline" | "before it starts, for everybody";
        /// How far it lies from what people do now.
        distance = 0.5, 2, "what is done already" | "a new routine" | "another way of working";
        /// Freedom of each unit to adapt it.
        freedom = 0.5, 2, "a script to the letter" | "a fixed core, its form free" | "take from it what you like";
        /// How far departments must move together for it to work.
        scope = 0.0, 5, "each unit by itself" | "neighbouring departments" | "the whole organisation at once";
        /// Made for the profession that values deciding for itself most.
        tailoring = 0.0, 6, "the same for all" | "in its words" | "by its rules, for its purposes";
    }
    /// How staff are convinced.
    persuasion Persuasion {
        /// Hard data on the unit's own care.
        hard_data = 0.4, 1, "none" | "occasional figures" | "own figures beside comparators";
        /// Patients' stories.
        patient_stories = 0.2, 1, "none" | "at the launch" | "throughout";
        /// Open debate of problem and solution among peers.
        peer_debate = 0.3, 1, "none" | "a meeting or two" | "until it is settled";
        /// Trying the change on a small scale first.
        pilot = 0.4, 2, "straight to roll-out" | "a brief trial" | "tested and redesigned locally";
        /// Respected colleagues who speak for it.
        opinion_leaders = 0.3, 2, "none recruited" | "some" | "the most respected of each unit";
        /// Patients and carers with a part in it.
        service_users = 0.2, 1, "none" | "consulted" | "partners throughout";
        /// Staff are told beforehand how much work it is.
        disclosure = 1.0, 4, "they find out" | "in part" | "every hour of it";
    }
    /// Who is involved and how it is led.
    engagement Engagement {
        /// Frontline staff take part in decisions.
        participation = 0.4, 6, "told what to do" | "consulted" | "decide together";
        /// What staff say in it changes the plan.
        heed = 1.0, 6, "heard and filed" | "where it is easy" | "always taken up or answered";
        /// Clinicians lead it rather than managers.
        clinician_led = 0.5, 6, "led by management" | "led jointly" | "led by clinicians";
        /// Professional bodies endorse it.
        professional_bodies = 0.2, 6, "silent" | "supportive" | "they run it";
        /// Work across professions.
        cross_professional = 0.3, 6, "each profession alone" | "some joint work" | "one team";
        /// Organisations learn from each other.
        collaborative = 0.0, 5, "each alone" | "they meet at times" | "open books and regular visits";
        /// All groups define the problem together before anything is done.
        coalition = 0.0, 6, "defined by those who start it" | "others are asked" | "nobody starts before all agree";
        /// Middle managers and unit leaders are involved.
        middle_managers = 0.3, 7, "passed over" | "informed" | "part of it";
        /// Executives are involved.
        executives = 0.5, 7, "in name only" | "regular attention" | "on every agenda";
        /// Executives favour it over the rest of the organisation.
        patronage = 0.0, 8, "one among others" | "asked after first" | "whatever it needs, whoever goes without";
        /// Leaders enable rather than direct.
        facilitative = 0.5, 7, "absent" | "helpful when asked" | "clear the way for others";
        /// Leaders instruct and control.
        directive = 0.3, 7, "leave it to staff" | "set the direction" | "command";
        /// Leaders win people by their person.
        charismatic = 0.0, 7, "by the work alone" | "people like to follow them" | "people come for their sake";
    }
    /// What staff are given to do it with.
    resources Resources {
        /// Time taken out of clinical work.
        protected_time = 0.3, 4, "none" | "half of what it takes" | "all of what it takes";
        /// Clerks and coordinators who carry the paperwork.
        administration = 0.3, 4, "none" | "a shared clerk" | "all paperwork is taken over";
        /// Training in the practice and in improvement.
        training = 0.4, 5, "none" | "a course" | "continuing training for all";
        /// Coaches and experts from outside.
        external_support = 0.3, 5, "none" | "visits" | "with the team throughout";
        /// Learning sets and coaching among peers.
        peer_support = 0.0, 5, "everybody alone" | "a few meetings" | "a set that meets throughout";
    }
    /// How it is measured.
    measurement Measurement {
        /// Investment in the means to measure.
        capability = 0.4, 3, "none" | "spreadsheets and some help" | "systems and analysts";
        /// Work of collecting data.
        burden = 0.4, 3, "collected anyway" | "some hours a month" | "hours a week for every team";
        /// Results are fed back to staff.
        feedback = 0.5, 3, "never seen" | "now and then" | "each week, to everybody";
    }
    /// Carrots and sticks.
    incentives Incentives {
        /// Praise, standing, prizes.
        recognition = 0.3, 8, "none" | "thanks" | "careers and prizes";
        /// Money for doing it.
        payment = 0.0, 8, "none" | "covers the effort" | "a good part of income";
        /// Sanctions for not doing it.
        sanction = 0.2, 8, "none" | "hard questions" | "jobs and budgets at stake";
        /// Results compared openly among peers.
        peer_audit = 0.3, 8, "private" | "within the organisation" | "open to all peers";
    }
    /// What is done to make it last.
    sustain Sustain {
        /// Writing the practice into standards, roles and procedures.
        embedding = 0.3, 9, "none" | "some procedures" | "part of every standard and role";
        /// Newcomers are taught the practice.
        induction = 0.2, 9, "left to chance" | "a leaflet and a talk" | "taught and checked";
        /// Those who learn must use it at work and pass it on.
        apply_duty = 0.0, 9, "learning is private" | "expected" | "agreed with the manager, and asked for";
        /// Leaders' successors are prepared.
        succession = 0.2, 5, "nobody is ready" | "a handover" | "a deputy is always ready";
        /// Resources that continue after support ends.
        continuation = 0.0, 9, "nothing" | "half" | "all, for good";
        /// Sanctions that stay in force after support ends.
        sanction_after = 0.0, 9, "withdrawn" | "half in force" | "in force for good";
    }
    /// What is done to avoid harm.
    safeguards Safeguards {
        /// Watching for side effects on other care.
        vigilance = 0.2, 10, "nobody looks" | "reviewed at times" | "watched and acted on";
    }
}

/// Which units a programme picks when it does not reach all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Target {
    /// Any unit.
    #[default]
    Random,
    /// Cohesive units in supportive organisations first.
    Receptive,
    /// Units with the lowest reliability first.
    Neediest,
}

impl Target {
    /// Every choice, by its name in scenario files.
    pub const NAMES: [(&'static str, Target); 3] =
        [("random", Target::Random), ("receptive", Target::Receptive), ("neediest", Target::Neediest)];

    /// Name in scenario files.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize].0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_lever_is_unique_in_range_and_explained() {
        let mut paths: Vec<String> = Levers::DECLARED.iter().map(Lever::path).collect();
        paths.sort();
        paths.dedup();
        assert_eq!(paths.len(), Levers::DECLARED.len());
        for lever in Levers::DECLARED {
            assert!((0.0..=1.0).contains(&lever.default), "{}", lever.path());
            assert!(lever.challenge <= 10, "{}", lever.path());
            assert!(lever.meaning.iter().all(|words| !words.is_empty()), "{}", lever.path());
            assert!(lever.doc.ends_with('.'), "{}", lever.path());
        }
    }

    #[test]
    fn levers_are_reached_by_their_place_in_the_table() {
        let mut levers = Levers::default();
        let sanction = Levers::DECLARED.iter().position(|lever| lever.path() == "incentives.sanction").unwrap();
        levers.set(sanction, 0.6);
        assert_eq!(levers.incentives.sanction, 0.6);
        assert_eq!(levers.get(sanction), 0.6);
    }

    #[test]
    fn targets_know_their_names() {
        for (name, target) in Target::NAMES {
            assert_eq!(target.name(), name);
        }
    }
}
