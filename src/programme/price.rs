//! Prices: what an hour costs, and how much of what a lever at 1 takes.
//!
//! Money is pounds sterling of about 2012. An hour of staff has the price of its profession
//! (`hour` in `[[profession]]`); everything else stands here. No figure is read off a published table:
//! each is an assumption that a reader can replace with a local one, here or with `--set prices.coach_hour=90`.
//! [`cost`](mod@super::cost) says which lever takes what.

use crate::quantities;

/// Currency of every price.
pub const CURRENCY: &str = "GBP";

/// Year of every price, roughly.
pub const YEAR: u32 = 2012;

quantities! {
    /// What work and things cost, and how much of them a lever at 1 takes.
    pub struct Prices {
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

        /// Meetings and tasks of a member of the project team, a week.
        team_hours = 1.0, "hour/week", 0.0..40.0, Assumption, "a meeting every other week and work between";
        /// Preparing each unit's figures beside comparators, a week and unit.
        hard_data_hours = 0.5, "hour/week", 0.0..40.0, Assumption, "two hours a month of an analyst";
        /// Patients telling their stories, a week and unit.
        story_hours = 0.25, "hour/week", 0.0..40.0, Assumption, "an hour a month";
        /// Debating problem and solution until it is settled, each member of staff, once.
        debate_hours = 6.0, "hour", 0.0..200.0, Assumption, "three meetings of two hours";
        /// Trying out and redesigning the change, a unit, once.
        pilot_hours = 60.0, "hour", 0.0..2000.0, Assumption, "five people for a day and a half";
        /// Time of the most respected colleague of a unit, a week.
        opinion_leader_hours = 1.0, "hour/week", 0.0..40.0, Assumption, "judgement";
        /// Patients and carers as partners, a week and organisation.
        service_user_hours = 7.0, "hour/week", 0.0..400.0, Assumption, "a day a week of one person";
        /// Deciding together, each member of staff, a week.
        participation_hours = 0.25, "hour/week", 0.0..40.0, Assumption, "an hour a month";
        /// Clinicians leading the programme, a week and organisation.
        lead_hours = 8.0, "hour/week", 0.0..400.0, Assumption, "two half days a week";
        /// Professional body that runs it, a week.
        professional_body_week = 1000.0, "GBP/week", 0.0..100_000.0, Assumption, "about one post in its office";
        /// Working as one team across professions, each member of staff, a week.
        joint_work_hours = 0.1, "hour/week", 0.0..40.0, Assumption, "a joint meeting of an hour every ten weeks";
        /// Agreeing across groups on what the problem is, each member of staff, once.
        agreement_hours = 4.0, "hour", 0.0..200.0, Assumption, "two meetings of two hours";
        /// Visiting and receiving other organisations, a week and organisation.
        visiting_hours = 4.0, "hour/week", 0.0..400.0, Assumption, "a team of four for two days every four months";
        /// Events, travel and somebody to run the network, a week and organisation.
        network_week = 250.0, "GBP/week", 0.0..100_000.0, Assumption, "a quarter of a post and three events a year";
        /// Unit leader as part of the programme, a week.
        middle_manager_hours = 1.5, "hour/week", 0.0..40.0, Assumption, "judgement";
        /// Aligning departments with each other, a week and unit.
        coordination_hours = 1.0, "hour/week", 0.0..40.0, Assumption, "a meeting of two hours every other week";
        /// Executive with the programme on every agenda, a week and organisation.
        executive_hours = 3.0, "hour/week", 0.0..40.0, Assumption, "judgement";
        /// Clerk who takes over the paperwork, a week and unit.
        administrator_hours = 3.0, "hour/week", 0.0..80.0, Assumption, "faster at it than the staff who are relieved";
        /// Being trained, each member of staff, a week.
        training_hours = 0.5, "hour/week", 0.0..40.0, Assumption, "about three days a year";
        /// Training them, for each member of staff, a week.
        trainer_hours = 0.05, "hour/week", 0.0..40.0, Assumption, "ten learners to a trainer";
        /// Coaches and experts with the team, a week and unit.
        coach_hours = 3.5, "hour/week", 0.0..80.0, Assumption, "half a day a week on every unit";
        /// Meeting in a learning set, each member of staff, a week.
        learning_set_hours = 0.15, "hour/week", 0.0..40.0, Assumption, "a day a year";
        /// Somebody to run the set, a week and unit.
        set_facilitator_hours = 0.25, "hour/week", 0.0..40.0, Assumption, "two days a year for each unit";
        /// Analysts who run the measurement, a week and unit.
        analyst_hours = 1.5, "hour/week", 0.0..80.0, Assumption, "an analyst for twenty-five units";
        /// Systems to measure with, an organisation, once.
        measurement_system = 25_000.0, "GBP", 0.0..10_000_000.0, Assumption, "judgement";
        /// Collecting data, a week and unit.
        collection_hours = 4.0, "hour/week", 0.0..80.0, Assumption, "hours a week for every team";
        /// Preparing feedback each week, a unit.
        feedback_hours = 0.5, "hour/week", 0.0..40.0, Assumption, "judgement";
        /// Looking at it together, each member of staff, a week.
        feedback_meeting_hours = 0.1, "hour/week", 0.0..40.0, Assumption, "six minutes of a handover";
        /// Prizes, awards and events, each member of staff, a week.
        recognition_week = 1.0, "GBP/week", 0.0..1000.0, Assumption, "about 50 a year";
        /// Payment that is a good part of income, each member of staff, a week.
        payment_week = 60.0, "GBP/week", 0.0..2000.0, Assumption, "about 3,000 a year, a tenth of average pay";
        /// Managers chasing, reviewing and reporting, a week and unit.
        sanction_hours = 1.0, "hour/week", 0.0..40.0, Assumption, "judgement";
        /// Auditing each other openly, a week and unit.
        audit_hours = 1.0, "hour/week", 0.0..40.0, Assumption, "a half-day a month for an auditor";
        /// Rewriting standards, roles and procedures, a unit, once.
        embedding_hours = 80.0, "hour", 0.0..2000.0, Assumption, "two weeks of a senior nurse";
        /// Teaching and checking a newcomer, hours of both together.
        induction_hours = 8.0, "hour", 0.0..400.0, Assumption, "half a day of two people";
        /// Agreeing and reviewing what is done with what was learned, a week and unit.
        apply_hours = 0.5, "hour/week", 0.0..40.0, Assumption, "two hours a month of the unit leader";
        /// Preparing a deputy, a week and unit.
        succession_hours = 0.75, "hour/week", 0.0..40.0, Assumption, "three hours a month of deputy and leader";
        /// Watching other care, a week and unit.
        vigilance_hours = 0.5, "hour/week", 0.0..40.0, Assumption, "two hours a month of an analyst";
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::params::Standing;

    #[test]
    fn every_price_is_in_its_range_and_owns_up_to_being_an_assumption() {
        for price in Prices::DECLARED {
            assert!(price.accepts(price.default), "{}", price.name);
            assert_eq!(price.standing, Standing::Assumption, "{}", price.name);
            assert!(price.unit.starts_with("GBP") || price.unit.starts_with("hour") || price.unit == "times");
        }
    }
}
