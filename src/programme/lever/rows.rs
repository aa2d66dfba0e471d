//! The rows: every lever and every price.
//!
//! Money is pounds sterling of about 2012. An hour of staff has the price of its profession (`hour` in `[[profession]]`);
//! other hours stand at the head of the list. No figure is read off a published table: each is an assumption that a reader
//! can replace with a local one, here or with `--set prices.coach_hour=90`.

use super::Lever;
use crate::programme::price::{Item, Of, Per, Takes, When};

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
        /// How much of what is disputed is left out.
        left_out = 0.0, 2, "all of it stays" | "the most disputed half goes" | "nothing disputed is left",
            Nothing("what is not done takes nobody's time");
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
        /// Tied to a theme that outlasts the policy of the day.
        lasting_theme = 0.0, 5, "to the policy of the day" | "to both" | "to what every government wants",
            Nothing("a choice of what to tie the design to");
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
        /// People who carry what one profession knows to another.
        intermediaries = 0.0, 6, "none" | "now and then" | "on every unit", Items {
            /// Somebody who goes between professions, a week and unit.
            intermediary_hours = 1.0, "hour/week", 0.0..40.0, Assumption, "two hours every other week of somebody who trains staff", Trainer, Unit, Support;
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
        /// Leaders of every level are trained to enable others.
        leader_training = 0.0, 7, "none" | "a course" | "workshops, feedback on their leading, and coaching throughout", Items {
            /// Unit leader in training, a week.
            leader_training_hours = 0.75, "hour/week", 0.0..40.0, Assumption, "five days a year", UnitLeader, Unit, Support;
            /// Those who train and coach a unit leader, a week.
            leader_coach_hours = 0.4, "hour/week", 0.0..40.0, Assumption, "groups of five, and an hour of one's own every other month", Coach, Unit, Support;
        };
        /// Mistakes are looked into to learn from them, not to find who is to blame.
        learning_climate = 0.0, 5, "as it is" | "talked about" | "every mistake reviewed without blame", Items {
            /// Reviewing mistakes without blame, a week and unit.
            review_hours = 1.0, "hour/week", 0.0..40.0, Assumption, "a meeting of four people for an hour each month", Staff, Unit, Support;
        };
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
        administration = 0.0, 4, "none" | "a shared clerk" | "all that a clerk can take over", Items {
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
        /// Prompts at the moment of care: reminders on the screen or at the bedside.
        prompts = 0.0, 0, "none" | "for some patients" | "whenever it is due", Items {
            /// Keeping prompts right, a week and unit.
            prompt_hours = 0.25, "hour/week", 0.0..40.0, Assumption, "an hour a month of an analyst", Analyst, Unit, Support;
            /// Putting prompts into the systems there are, an organisation, once.
            prompt_system = 10_000.0, "GBP", 0.0..10_000_000.0, Assumption, "judgement", Pounds, Organisation, OnceBefore;
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
        /// It counts as professional development, for everybody who takes part.
        development_credit = 0.0, 8, "counts for nothing" | "as a course attended" | "as evidence for revalidation", Items {
            /// Writing down and vouching for what was done, each member of staff, a week.
            credit_hours = 0.05, "hour/week", 0.0..40.0, Assumption, "half a day a year", Staff, Exposed, Support;
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
        /// Work is redone so that what supports the practice pays for itself.
        redesign = 0.0, 9, "it lives on the programme's money" | "in part" | "it costs nothing more", Items {
            /// Redoing the work, a unit, once.
            redesign_hours = 120.0, "hour", 0.0..2000.0, Assumption, "four people for four days", Staff, Unit, OnceDuring;
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
