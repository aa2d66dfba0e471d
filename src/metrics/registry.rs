//! Every metric, one row each.
use super::{Computation, Metric, Pooling, Window, gain, staff, units};
use crate::model::Series;
use Computation::{Difference, EachProfession, Function, With, Without};
use Window::{Active, AtEnd};

const fn row(name: &'static str, unit: &'static str, doc: &'static str, computation: Computation) -> Metric {
    Metric { name, unit, doc, computation, pooling: Pooling::Mean }
}

const fn ratio(metric: Metric, numerator: &'static str, denominator: &'static str) -> Metric {
    Metric { pooling: Pooling::RatioOf(numerator, denominator), ..metric }
}

/// Every metric, in the order of columns.
#[rustfmt::skip]
pub static REGISTRY: &[Metric] = &[
    row("net_gain_at_end", "share", "True reliability minus that of the same units without the programme, last 4 weeks of support.", Difference(Series::Practice, AtEnd)),
    row("net_gain_12_months_after", "share", "Net gain 12 months after support ends (8 weeks around week 52).", Difference(Series::Practice, Window::YEAR_1)),
    row("net_gain_24_months_after", "share", "Net gain 24 months after support ends (8 weeks around week 104).", Difference(Series::Practice, Window::YEAR_2)),
    row("net_gain_36_months_after", "share", "Net gain 36 months after support ends (8 weeks around week 148, so that the window fits into 156 weeks of follow-up).", Difference(Series::Practice, Window::YEAR_3)),
    ratio(row("retained_share_12", "share", "Net gain 12 months after as a share of that at end; empty in runs whose gain at end is within 0.005 of none. Pooled as the ratio of means.", Function(gain::retained_12)), "net_gain_12_months_after", "net_gain_at_end"),
    ratio(row("retained_share_24", "share", "Net gain 24 months after as a share of that at end; empty in runs whose gain at end is within 0.005 of none. Pooled as the ratio of means.", Function(gain::retained_24)), "net_gain_24_months_after", "net_gain_at_end"),
    ratio(row("retained_share_36", "share", "Net gain 36 months after as a share of that at end; empty in runs whose gain at end is within 0.005 of none. Pooled as the ratio of means.", Function(gain::retained_36)), "net_gain_36_months_after", "net_gain_at_end"),
    row("half_life_months", "month", "Months after support ends until less than half the net gain at end is left (8-week means); empty in runs where that never happens, so read it with half_lost.", Function(gain::half_life_months)),
    row("half_lost", "0 or 1", "1 if less than half the net gain at end is left at any time in the follow-up, 0 if not; empty in runs without a gain of more than 0.005.", Function(gain::half_lost)),
    row("improved_units_share", "share", "Units reached whose net gain at end is 0.05 or more.", Function(units::improved_share)),
    row("units_keeping_half_24", "share", "Improved units that keep at least half of their net gain 24 months after support ends.", Function(units::keeping_half)),
    row("units_keeping_three_quarters_24", "share", "Improved units that keep at least three quarters of their net gain 24 months after support ends.", Function(units::keeping_three_quarters)),
    row("spread_between_units", "share", "Standard deviation of net gain at end between the units reached.", Function(units::spread)),
    row("net_gain_of_{profession}_at_end", "share", "Net gain at end among staff of the profession {profession} in the units reached.", EachProfession(gain::by_profession)),
    row("practice_before", "share", "True reliability in the 8 weeks before planning starts.", With(Series::Practice, Window::Before)),
    row("practice_at_end", "share", "True reliability in the last 4 weeks of support.", With(Series::Practice, AtEnd)),
    row("usual_practice_at_end", "share", "True reliability of the same units without the programme, last 4 weeks of support: what would have happened anyway.", Without(Series::Practice, AtEnd)),
    row("naive_gain", "share", "What a study without a control group would claim: practice at end minus practice before planning starts.", Function(gain::naive_gain)),
    row("naive_bias", "share", "Naive gain minus net gain at end: how far a study without a control group would be off.", Function(gain::naive_bias)),
    row("reported_minus_true_at_end", "share", "Reliability as reported minus the true one, last 8 weeks of support.", Function(gain::reported_minus_true)),
    row("benefit_seen_by_staff_at_end", "share", "Gain over usual practice that frontline staff have in front of them at end.", With(Series::BenefitSeenByStaff, AtEnd)),
    row("benefit_seen_by_managers_at_end", "share", "Gain over usual practice that managers have in front of them at end.", With(Series::BenefitSeenByManagers, AtEnd)),
    row("benefit_seen_by_executives_at_end", "share", "Gain over usual practice that executives have in front of them at end.", With(Series::BenefitSeenByExecutives, AtEnd)),
    row("ownership_at_end", "share", "How far frontline staff feel that the change is theirs, at end.", With(Series::Ownership, AtEnd)),
    row("problem_belief_at_end", "share", "Belief of frontline staff that there is a problem, at end.", With(Series::ProblemBelief, AtEnd)),
    row("solution_belief_at_end", "share", "Belief of frontline staff that this is the solution, at end.", With(Series::SolutionBelief, AtEnd)),
    row("will_active", "share", "Will of frontline staff to do it, mean of the weeks of support.", With(Series::Will, Active)),
    row("will_at_end", "share", "Will of frontline staff to do it, at end.", With(Series::Will, AtEnd)),
    row("skill_at_end", "share", "Skill of frontline staff in the practice, at end.", With(Series::Skill, AtEnd)),
    row("habit_at_end", "share", "How far the practice is habit among frontline staff, at end.", With(Series::Habit, AtEnd)),
    row("ritual_at_end", "share", "Effort of frontline staff that goes into the number, at end.", With(Series::Ritual, AtEnd)),
    row("motivation_at_end", "share", "Motivation of frontline staff at end.", With(Series::Motivation, AtEnd)),
    row("motivation_difference_at_end", "share", "Motivation at end, with minus without the programme.", Difference(Series::Motivation, AtEnd)),
    row("motivation_24_months_after", "share", "Motivation 24 months after support ends.", With(Series::Motivation, Window::YEAR_2)),
    row("fatigue_active", "share", "Fatigue of frontline staff, mean of the weeks of support.", With(Series::Fatigue, Active)),
    row("fatigue_difference_active", "share", "Fatigue in the weeks of support, with minus without the programme.", Difference(Series::Fatigue, Active)),
    row("fatigue_at_end", "share", "Fatigue of frontline staff at end.", With(Series::Fatigue, AtEnd)),
    row("fatigue_difference_at_end", "share", "Fatigue at end, with minus without the programme.", Difference(Series::Fatigue, AtEnd)),
    row("cynicism_at_end", "share", "Cynicism of frontline staff at end.", With(Series::Cynicism, AtEnd)),
    row("cynicism_difference_at_end", "share", "Cynicism at end, with minus without the programme.", Difference(Series::Cynicism, AtEnd)),
    row("cynicism_24_months_after", "share", "Cynicism 24 months after support ends.", With(Series::Cynicism, Window::YEAR_2)),
    row("cynicism_difference_24_months_after", "share", "Cynicism 24 months after support ends, with minus without the programme.", Difference(Series::Cynicism, Window::YEAR_2)),
    row("embedding_at_end", "share", "How far the practice is written into standards, roles and procedures at end.", With(Series::Embedding, AtEnd)),
    row("embedding_24_months_after", "share", "How far the practice is written into standards, roles and procedures 24 months after support ends.", With(Series::Embedding, Window::YEAR_2)),
    row("capability_at_end", "share", "Measurement capability of the units reached at end.", With(Series::Capability, AtEnd)),
    row("other_care_active", "share", "Quality of all other care in the units reached, mean of the weeks of support.", With(Series::OtherCare, Active)),
    row("other_care_difference_active", "share", "Other care in the weeks of support, with minus without the programme.", Difference(Series::OtherCare, Active)),
    row("other_care_at_end", "share", "Quality of all other care in the units reached at end.", With(Series::OtherCare, AtEnd)),
    row("other_care_difference_at_end", "share", "Other care at end, with minus without the programme.", Difference(Series::OtherCare, AtEnd)),
    row("leader_backing_at_end", "share", "How reliably leaders of the units reached back the programme at end.", With(Series::LeaderBacking, AtEnd)),
    row("leader_backing_gain_at_end", "share", "Backing by unit leaders at end, with minus without the programme.", Difference(Series::LeaderBacking, AtEnd)),
    row("manager_backing_at_end", "share", "How reliably division managers back the programme at end.", With(Series::ManagerBacking, AtEnd)),
    row("manager_backing_gain_at_end", "share", "Backing by division managers at end, with minus without the programme.", Difference(Series::ManagerBacking, AtEnd)),
    row("sponsor_backing_at_end", "share", "How reliably executive sponsors back the programme at end.", With(Series::SponsorBacking, AtEnd)),
    row("sponsor_backing_gain_at_end", "share", "Backing by executive sponsors at end, with minus without the programme.", Difference(Series::SponsorBacking, AtEnd)),
    row("leavers_per_week_active", "count", "Frontline staff of all units who leave in a week of support, mean.", With(Series::Leavers, Active)),
    row("leavers_active", "per 100 posts a year", "Leavers per 100 frontline posts a year in the weeks of support.", Function(staff::leavers)),
    row("leavers_without_active", "per 100 posts a year", "Leavers per 100 frontline posts a year in the same weeks without the programme.", Function(staff::leavers_without)),
    ratio(row("leavers_ratio_active", "times", "Leavers in the weeks of support, with over without the programme. Pooled as the ratio of means.", Function(staff::leavers_ratio)), "leavers_active", "leavers_without_active"),
];
