//! Levers: what the designer of a programme can choose, each from 0 to 1, each declared once.
//!
//! A row of the list gives the lever's key, its default, the challenge of the review it answers (0 where it belongs to
//! none in particular), what 0, one half and 1 mean in words, and what it takes at 1: hours or things at a price of its
//! own, or nothing, and why. `l.incentives.sanction` in an equation, `programme.0.incentives.sanction` and
//! `prices.sanction_hours` on the command line, the cost of a programme and the printed reference all come from that row.
//!
//! Money is pounds sterling of about 2012. An hour of staff has the price of its profession (`hour` in `[[profession]]`);
//! other hours stand at the head of the list. No figure is read off a published table: each is an assumption that a reader
//! can replace with a local one, here or with `--set prices.coach_hour=90`.

use serde::Serialize;

use super::price::{Item, Of, Per, Takes, When};

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
    /// What it takes in hours and money at 1.
    #[serde(skip)]
    pub takes: Takes,
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

/// Declares prices of hours, then themes and their levers: key = default, challenge, "meaning of 0" | "of one half" | "of 1",
/// and what it takes: `Nothing("why")`, `Backfill`, or amounts (of a price declared there, or after `=>` of another lever's)
/// with whose, for each what, and when.
macro_rules! levers {
    ($(#[doc = $prices_doc:literal])+ Prices {
        $($(#[doc = $hour_doc:literal])+ $hour:ident = $hour_default:literal, $hour_unit:literal,
            $hour_low:literal..$hour_high:literal, $hour_standing:ident, $hour_source:literal;)+
    }
    $($(#[doc = $theme_doc:literal])+ $theme:ident $Theme:ident {
        $($(#[doc = $doc:literal])+ $key:ident = $default:literal, $challenge:literal, $zero:literal | $half:literal | $one:literal,
            $kind:ident $(($why:literal))? $({
                $($(#[doc = $price_doc:literal])+ $price:ident = $amount:literal, $unit:literal, $low:literal..$high:literal,
                    $standing:ident, $source:literal, $of:ident, $per:ident, $when:ident;)*
                $(=> $other:ident, $other_of:ident, $other_per:ident, $other_when:ident;)*
            })?;)+
    })+) => {
        crate::quantities! {
            $(#[doc = $prices_doc])+
            pub struct Prices {
                $($(#[doc = $hour_doc])+ $hour = $hour_default, $hour_unit, $hour_low..$hour_high, $hour_standing, $hour_source;)+
                $($($($($(#[doc = $price_doc])+ $price = $amount, $unit, $low..$high, $standing, $source;)*)?)+)+
            }
        }

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
                takes: takes!($kind $(($why))?, &[$(
                    $(Item { price: stringify!($price), of: Of::$of, per: Per::$per, when: When::$when },)*
                    $(Item { price: stringify!($other), of: Of::$other_of, per: Per::$other_per, when: When::$other_when },)*
                )?]),
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

/// What a row says that its lever takes.
macro_rules! takes {
    (Nothing($why:literal), $items:expr) => {
        Takes::Nothing($why)
    };
    (Backfill, $items:expr) => {
        Takes::Backfill
    };
    ($kind:ident, $items:expr) => {
        Takes::$kind($items)
    };
}

levers! {
    /// What work and things cost, and how much of them a lever at 1 takes.
    Prices {
        /// Executive sponsor.
        executive_hour = 70.0, "GBP/hour", 0.0..1000.0, Assumption, "pay and on-costs of a director, without overheads";
        /// Clinician who leads a programme, beside clinical work.
        clinical_lead_hour = 60.0, "GBP/hour", 0.0..1000.0, Assumption, "pay and on-costs between consultant and senior nurse";
        /// Data analyst.
        analyst_hour = 25.0, "GBP/hour", 0.0..1000.0, Assumption, "pay and on-costs of a middle grade";
        /// Administrator or clerk.
        administrator_hour = 14.0, "GBP/hour", 0.0..1000.0, Assumption, "pay and on-costs of a clerical grade";
        /// Trainer, preparation included.
        trainer_hour = 60.0, "GBP/hour", 0.0..1000.0, Assumption, "judgement";
        /// Coach or expert from outside, travel included.
        coach_hour = 75.0, "GBP/hour", 0.0..1000.0, Assumption, "about 600 a day";
        /// Patient or carer who takes part, expenses included.
        service_user_hour = 15.0, "GBP/hour", 0.0..1000.0, Assumption, "a fee and expenses";
        /// Price of a replaced hour as a multiple of the hour it replaces.
        backfill = 1.25, "times", 0.0..5.0, Assumption, "bank and agency staff cost more than those they stand in for";
    }
    /// Whom the programme reaches.
    reach Reach {
        /// Share of units the programme works with.
        share = 1.0, 4, "no unit" | "half of the units" | "every unit",
            Nothing("it decides for how many units the rest is paid");
        /// Share of frontline staff on the project team.
        team = 0.15, 4, "nobody" | "half of them" | "everybody", Items {
            /// Meetings and tasks of a member of the project team, a week.
            team_hours = 1.0, "hour/week", 0.0..40.0, Assumption, "a meeting every other week and work between", Staff, Staff, Throughout;
        };
        /// How much of what the team receives also reaches everybody else.
        breadth = 0.6, 4, "nothing leaves the project team" | "half as much" | "as much as the team gets",
            Nothing("it decides for how many staff beyond the team the rest is paid");
    }
    /// What the programme asks for.
    design Design {
        /// Promised improvement, as a gain in reliability.
        ambition = 0.20, 4, "no goal" | "half of all care made reliable" | "from nothing to perfect",
            Nothing("a promise is free; what it takes to keep it is priced where it is done");
        /// How much it looks like a time-limited project.
        project_status = 0.7, 4, "the way we work now" | "a project with a longer view" | "a project with an end date",
            Nothing("a way of presenting the work");
        /// How hard the new practice is without skill.
        difficulty = 0.4, 2, "anybody can do it" | "half done without training" | "impossible without training",
            Nothing("what is hard is paid for as training, coaching and time");
        /// How far the content goes with the grain of professional values.
        fit = 0.5, 2, "against the grain" | "neutral" | "what staff would want anyway",
            Nothing("a property of the content; redesigning it is priced as a pilot");
        /// How strong and agreed the evidence for it is.
        evidence = 0.7, 2, "disputed" | "mixed" | "agreed by all",
            Nothing("a property of the content");
        /// Aims, terms and roles are settled before it starts.
        clarity = 1.0, 2, "settled on the way, by everybody for themselves" | "in outline" | "before it starts, for everybody",
            Nothing("settling aims, terms and roles is what planning is for");
        /// How far it lies from what people do now.
        distance = 0.5, 2, "what is done already" | "a new routine" | "another way of working",
            Nothing("a property of the content; what is new is paid for as training, coaching and time");
        /// Freedom of each unit to adapt it.
        freedom = 0.5, 2, "a script to the letter" | "a fixed core, its form free" | "take from it what you like",
            Nothing("a way of writing the design down; adapting it is priced as a pilot and as participation");
        /// How far departments must move together for it to work.
        scope = 0.0, 5, "each unit by itself" | "neighbouring departments" | "the whole organisation at once", Asks {
            /// Aligning departments with each other, a week and unit.
            coordination_hours = 1.0, "hour/week", 0.0..40.0, Assumption, "a meeting of two hours every other week", UnitLeader, Unit, Support;
        };
        /// Made for the profession that values deciding for itself most.
        tailoring = 0.0, 6, "the same for all" | "in its words" | "by its rules, for its purposes",
            Nothing("a way of writing the design down");
    }
    /// How staff are convinced.
    persuasion Persuasion {
        /// Hard data on the unit's own care.
        hard_data = 0.0, 1, "none" | "occasional figures" | "own figures beside comparators", Items {
            /// Preparing each unit's figures beside comparators, a week and unit.
            hard_data_hours = 0.5, "hour/week", 0.0..40.0, Assumption, "two hours a month of an analyst", Analyst, Unit, Throughout;
        };
        /// Patients' stories.
        patient_stories = 0.0, 1, "none" | "at the launch" | "throughout", Items {
            /// Patients telling their stories, a week and unit.
            story_hours = 0.25, "hour/week", 0.0..40.0, Assumption, "an hour a month", ServiceUser, Unit, Support;
        };
        /// Open debate of problem and solution among peers.
        peer_debate = 0.0, 1, "none" | "a meeting or two" | "until it is settled", Items {
            /// Debating problem and solution until it is settled, each member of staff, once.
            debate_hours = 6.0, "hour", 0.0..200.0, Assumption, "three meetings of two hours", Staff, Exposed, OnceBefore;
        };
        /// Trying the change on a small scale first.
        pilot = 0.0, 2, "straight to roll-out" | "a brief trial" | "tested and redesigned locally", Items {
            /// Trying out and redesigning the change, a unit, once.
            pilot_hours = 60.0, "hour", 0.0..2000.0, Assumption, "five people for a day and a half", Staff, Unit, OnceBefore;
        };
        /// Respected colleagues who speak for it.
        opinion_leaders = 0.0, 2, "none recruited" | "some" | "the most respected of each unit", Items {
            /// Time of the most respected colleague of a unit, a week.
            opinion_leader_hours = 1.0, "hour/week", 0.0..40.0, Assumption, "judgement", Staff, Unit, Throughout;
        };
        /// Patients and carers with a part in it.
        service_users = 0.0, 1, "none" | "consulted" | "partners throughout", Items {
            /// Patients and carers as partners, a week and organisation.
            service_user_hours = 7.0, "hour/week", 0.0..400.0, Assumption, "a day a week of one person", ServiceUser, Organisation, Throughout;
        };
        /// Staff are told beforehand how much work it is.
        disclosure = 0.0, 4, "they find out" | "in part" | "every hour of it",
            Nothing("telling costs nothing; what is told of is priced where it is done");
    }
    /// Who is involved and how it is led.
    engagement Engagement {
        /// Frontline staff take part in decisions.
        participation = 0.0, 6, "told what to do" | "consulted" | "decide together", Items {
            /// Deciding together, each member of staff, a week.
            participation_hours = 0.25, "hour/week", 0.0..40.0, Assumption, "an hour a month", Staff, Exposed, Support;
        };
        /// What staff say in it changes the plan.
        heed = 0.0, 6, "heard and filed" | "where it is easy" | "always taken up or answered",
            Nothing("a way of treating what participation brings, whose hours are priced there");
        /// Clinicians lead it rather than managers.
        clinician_led = 0.0, 6, "led by management" | "led jointly" | "led by clinicians", Items {
            /// Clinicians leading the programme, a week and organisation.
            lead_hours = 8.0, "hour/week", 0.0..400.0, Assumption, "two half days a week", ClinicalLead, Organisation, Throughout;
        };
        /// Professional bodies endorse it.
        professional_bodies = 0.0, 6, "silent" | "supportive" | "they run it", Items {
            /// Professional body that runs it, a week.
            professional_body_week = 1000.0, "GBP/week", 0.0..100_000.0, Assumption, "about one post in its office", Pounds, Programme, Throughout;
        };
        /// Work across professions.
        cross_professional = 0.0, 6, "each profession alone" | "some joint work" | "one team", Items {
            /// Working as one team across professions, each member of staff, a week.
            joint_work_hours = 0.1, "hour/week", 0.0..40.0, Assumption, "a joint meeting of an hour every ten weeks", Staff, Exposed, Support;
        };
        /// Organisations learn from each other.
        collaborative = 0.0, 5, "each alone" | "they meet at times" | "open books and regular visits", Items {
            /// Visiting and receiving other organisations, a week and organisation.
            visiting_hours = 4.0, "hour/week", 0.0..400.0, Assumption, "a team of four for two days every four months", Staff, Organisation, Throughout;
            /// Events, travel and somebody to run the network, a week and organisation.
            network_week = 250.0, "GBP/week", 0.0..100_000.0, Assumption, "a quarter of a post and three events a year", Pounds, Organisation, Throughout;
        };
        /// All groups define the problem together before anything is done.
        coalition = 0.0, 6, "defined by those who start it" | "others are asked" | "nobody starts before all agree", Items {
            /// Agreeing across groups on what the problem is, each member of staff, once.
            agreement_hours = 4.0, "hour", 0.0..200.0, Assumption, "two meetings of two hours", Staff, Exposed, OnceBefore;
        };
        /// Middle managers and unit leaders are involved.
        middle_managers = 0.0, 7, "passed over" | "informed" | "part of it", Items {
            /// Unit leader as part of the programme, a week.
            middle_manager_hours = 1.5, "hour/week", 0.0..40.0, Assumption, "judgement", UnitLeader, Unit, Throughout;
        };
        /// Executives are involved.
        executives = 0.0, 7, "in name only" | "regular attention" | "on every agenda", Items {
            /// Executive with the programme on every agenda, a week and organisation.
            executive_hours = 3.0, "hour/week", 0.0..40.0, Assumption, "judgement", Executive, Organisation, Throughout;
        };
        /// Executives favour it over the rest of the organisation.
        patronage = 0.0, 8, "one among others" | "asked after first" | "whatever it needs, whoever goes without",
            Nothing("taken from other units, which give it up");
        /// Leaders enable rather than direct.
        facilitative = 0.0, 7, "absent" | "helpful when asked" | "clear the way for others",
            Nothing("a way of leading, in the hours that leaders give anyway");
        /// Leaders instruct and control.
        directive = 0.0, 7, "leave it to staff" | "set the direction" | "command",
            Nothing("a way of leading, in the hours that leaders give anyway");
        /// Leaders win people by their person.
        charismatic = 0.0, 7, "by the work alone" | "people like to follow them" | "people come for their sake",
            Nothing("a way of leading, in the hours that leaders give anyway");
    }
    /// What staff are given to do it with.
    resources Resources {
        /// Time taken out of clinical work.
        protected_time = 0.0, 4, "none" | "half of what it takes" | "all of what it takes", Backfill;
        /// Clerks and coordinators who carry the paperwork.
        administration = 0.0, 4, "none" | "a shared clerk" | "all paperwork is taken over", Items {
            /// Clerk who takes over the paperwork, a week and unit.
            administrator_hours = 3.0, "hour/week", 0.0..80.0, Assumption, "faster at it than the staff who are relieved", Administrator, Unit, Support;
        };
        /// Training in the practice and in improvement.
        training = 0.0, 5, "none" | "a course" | "continuing training for all", Items {
            /// Being trained, each member of staff, a week.
            training_hours = 0.5, "hour/week", 0.0..40.0, Assumption, "about three days a year", Staff, Exposed, Support;
            /// Training them, for each member of staff, a week.
            trainer_hours = 0.05, "hour/week", 0.0..40.0, Assumption, "ten learners to a trainer", Trainer, Exposed, Support;
        };
        /// Coaches and experts from outside.
        external_support = 0.0, 5, "none" | "visits" | "with the team throughout", Items {
            /// Coaches and experts with the team, a week and unit.
            coach_hours = 3.5, "hour/week", 0.0..80.0, Assumption, "half a day a week on every unit", Coach, Unit, Support;
        };
        /// Learning sets and coaching among peers.
        peer_support = 0.0, 5, "everybody alone" | "a few meetings" | "a set that meets throughout", Items {
            /// Meeting in a learning set, each member of staff, a week.
            learning_set_hours = 0.15, "hour/week", 0.0..40.0, Assumption, "a day a year", Staff, Exposed, Support;
            /// Somebody to run the set, a week and unit.
            set_facilitator_hours = 0.25, "hour/week", 0.0..40.0, Assumption, "two days a year for each unit", Coach, Unit, Support;
        };
    }
    /// How it is measured.
    measurement Measurement {
        /// Investment in the means to measure.
        capability = 0.0, 3, "none" | "spreadsheets and some help" | "systems and analysts", Items {
            /// Analysts who run the measurement, a week and unit.
            analyst_hours = 1.5, "hour/week", 0.0..80.0, Assumption, "an analyst for twenty-five units", Analyst, Unit, Throughout;
            /// Systems to measure with, an organisation, once.
            measurement_system = 25_000.0, "GBP", 0.0..10_000_000.0, Assumption, "judgement", Pounds, Organisation, OnceBefore;
        };
        /// Work of collecting data.
        burden = 0.0, 3, "collected anyway" | "some hours a month" | "hours a week for every team", Asks {
            /// Collecting data, a week and unit.
            collection_hours = 4.0, "hour/week", 0.0..80.0, Assumption, "hours a week for every team", Staff, Unit, Support;
        };
        /// Results are fed back to staff.
        feedback = 0.0, 3, "never seen" | "now and then" | "each week, to everybody", Items {
            /// Preparing feedback each week, a unit.
            feedback_hours = 0.5, "hour/week", 0.0..40.0, Assumption, "judgement", Analyst, Unit, Support;
            /// Looking at it together, each member of staff, a week.
            feedback_meeting_hours = 0.1, "hour/week", 0.0..40.0, Assumption, "six minutes of a handover", Staff, Exposed, Support;
        };
    }
    /// Carrots and sticks.
    incentives Incentives {
        /// Praise, standing, prizes.
        recognition = 0.0, 8, "none" | "thanks" | "careers and prizes", Items {
            /// Prizes, awards and events, each member of staff, a week.
            recognition_week = 1.0, "GBP/week", 0.0..1000.0, Assumption, "about 50 a year", Pounds, Exposed, Support;
        };
        /// Money for doing it.
        payment = 0.0, 8, "none" | "covers the effort" | "a good part of income", Items {
            /// Payment that is a good part of income, each member of staff, a week.
            payment_week = 60.0, "GBP/week", 0.0..2000.0, Assumption, "about 3,000 a year, a tenth of average pay", Pounds, Exposed, Support;
        };
        /// Sanctions for not doing it.
        sanction = 0.0, 8, "none" | "hard questions" | "jobs and budgets at stake", Items {
            /// Managers chasing, reviewing and reporting, a week and unit.
            sanction_hours = 1.0, "hour/week", 0.0..40.0, Assumption, "judgement", Manager, Unit, Support;
        };
        /// Results compared openly among peers.
        peer_audit = 0.0, 8, "private" | "within the organisation" | "open to all peers", Items {
            /// Auditing each other openly, a week and unit.
            audit_hours = 1.0, "hour/week", 0.0..40.0, Assumption, "a half-day a month for an auditor", Staff, Unit, Support;
        };
    }
    /// What is done to make it last.
    sustain Sustain {
        /// Writing the practice into standards, roles and procedures.
        embedding = 0.0, 9, "none" | "some procedures" | "part of every standard and role", Items {
            /// Rewriting standards, roles and procedures, a unit, once.
            embedding_hours = 80.0, "hour", 0.0..2000.0, Assumption, "two weeks of a senior nurse", UnitLeader, Unit, OnceDuring;
        };
        /// Newcomers are taught the practice.
        induction = 0.0, 9, "left to chance" | "a leaflet and a talk" | "taught and checked", Items {
            /// Teaching and checking a newcomer, hours of both together.
            induction_hours = 8.0, "hour", 0.0..400.0, Assumption, "half a day of two people", Staff, Newcomer, Support;
        };
        /// Those who learn must use it at work and pass it on.
        apply_duty = 0.0, 9, "learning is private" | "expected" | "agreed with the manager, and asked for", Items {
            /// Agreeing and reviewing what is done with what was learned, a week and unit.
            apply_hours = 0.5, "hour/week", 0.0..40.0, Assumption, "two hours a month of the unit leader", UnitLeader, Unit, Support;
        };
        /// Leaders' successors are prepared.
        succession = 0.0, 5, "nobody is ready" | "a handover" | "a deputy is always ready", Items {
            /// Preparing a deputy, a week and unit.
            succession_hours = 0.75, "hour/week", 0.0..40.0, Assumption, "three hours a month of deputy and leader", UnitLeader, Unit, Support;
        };
        /// Resources that continue after support ends.
        continuation = 0.0, 9, "nothing" | "half" | "all, for good",
            Nothing("it decides how much of every weekly cost goes on after support ends");
        /// Sanctions that stay in force after support ends.
        sanction_after = 0.0, 9, "withdrawn" | "half in force" | "in force for good", Items {
            => sanction_hours, Manager, Unit, After;
        };
    }
    /// What is done to avoid harm.
    safeguards Safeguards {
        /// Watching for side effects on other care.
        vigilance = 0.0, 10, "nobody looks" | "reviewed at times" | "watched and acted on", Items {
            /// Watching other care, a week and unit.
            vigilance_hours = 0.5, "hour/week", 0.0..40.0, Assumption, "two hours a month of an analyst", Analyst, Unit, Support;
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::params::Standing;

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
    fn every_price_is_in_its_range_and_owns_up_to_being_an_assumption() {
        for price in Prices::DECLARED {
            assert!(price.accepts(price.default), "{}", price.name);
            assert_eq!(price.standing, Standing::Assumption, "{}", price.name);
            assert!(price.unit.starts_with("GBP") || price.unit.starts_with("hour") || price.unit == "times");
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
}
