//! The setting: organisations and the times they live in, which a programme's designer is given and cannot choose.

use crate::quantities;

quantities! {
    /// What the organisations and their surroundings are like.
    pub struct Setting {
        /// Organisations in the simulated programme, each with one executive sponsor.
        organisations = 12.0, "count", 1..400, Assumption, "scenario";
        /// Units (wards, practices, teams) in each organisation.
        units = 8.0, "count", 1..200, Assumption, "scenario";
        /// Posts in each unit, the unit leader included.
        staff = 22.0, "count", 3..200, Assumption, "scenario";
        /// Units that answer to one division manager.
        span = 4.0, "count", 1..50, Assumption, "scenario";
        /// Mean reliability of the target practice before anything happens.
        baseline = 0.50, "share", 0.05..0.97, Assumption, "scenario";
        /// Spread (standard deviation) of that reliability between units.
        baseline_spread = 0.09, "share", 0.0..0.3, Assumption, "intraclass correlations of process measures 0.03-0.20 (Campbell 2005)";
        /// How supportive of improvement an organisation usually is.
        culture = 0.50, "share", 0.0..1.0, Assumption, "scenario";
        /// Spread (standard deviation) of culture between organisations.
        culture_spread = 0.18, "share", 0.0..0.5, Assumption, "scenario";
        /// How far the sponsor joined out of conviction rather than for reputation.
        authenticity = 0.8, "share", 0.0..1.0, Assumption, "scenario";
        /// Measurement capability that units have before any investment.
        measurement_capability = 0.25, "share", 0.0..1.0, Assumption, "the review: systems often had to be built from scratch";
        /// Work beyond what staff can absorb, all year round.
        workload = 0.0, "share", -0.3..0.7, Assumption, "scenario";
        /// Spread (standard deviation) of that work between units.
        workload_spread = 0.0, "share", 0.0..0.3, Assumption, "scenario";
        /// How closely knit units are.
        cohesion = 0.5, "share", 0.0..1.0, Assumption, "scenario";
        /// Spread (standard deviation) of cohesion between units.
        cohesion_spread = 0.20, "share", 0.0..0.5, Assumption, "scenario";
        /// How far reliable units are also the cohesive and less stretched ones in supportive organisations (correlation).
        linked_strengths = 0.0, "share", 0.0..0.95, Assumption, "direction: vacancies among leaders 14 % in inadequate trusts, 3 % in outstanding ones (Anandaciva 2018)";
        /// How much staff look to their own profession only.
        tribalism = 0.7, "share", 0.0..1.0, Assumption, "direction: staff tie mostly to their own profession (Creswick 2009); size assumed";
        /// Multiplies every leaving rate.
        turnover = 1.0, "times", 0.0..10.0, Assumption, "scenario";
        /// Share of shifts worked by agency staff.
        agency = 0.05, "share", 0.0..0.9, Evidence, "agency 3.7-7.9 % of the NHS wage bill (PQ 118812)";
        /// Cynicism that staff bring with them.
        cynicism = 0.10, "share", 0.0..0.9, Assumption, "scenario";
        /// How far national policy backs the programme at the start.
        policy_alignment = 0.6, "share", 0.0..1.0, Assumption, "scenario";
        /// Changes of national policy a year.
        policy_churn = 0.3, "1/year", 0.0..12.0, Assumption, "between about one structural change every two years in England (Walshe 2010) and 0.1, assumed for stable countries";
        /// Probability that a change of policy reorganises an organisation.
        reorganisation = 0.2, "share", 0.0..1.0, Assumption, "scenario";
        /// Improvement that happens everywhere without any programme.
        rising_tide = 0.05, "log odds/year", -0.5..1.0, Assumption, "the review: control sites improved too";
        /// Share of unit leaders and division managers who leave each year.
        leader_turnover = 0.25, "1/year", 0.0..4.0, Assumption, "no English figure found; nurse managers in the United States 7.5-12 % (AONL 2024), moves within the organisation added";
        /// Share of executive sponsors who leave each year.
        sponsor_turnover = 0.23, "1/year", 0.0..4.0, Evidence, "median tenure of NHS chief executives 3 years (Anandaciva 2018): ln 2 / 3";
        /// Probability that a unit leader or division manager is against the programme.
        blockers = 0.05, "share", 0.0..1.0, Assumption, "scenario";
        /// How normal it is to be paid for such work.
        payment_norm = 0.0, "share", 0.0..1.0, Assumption, "general practice has a history of pay for performance (Sutton 2010)";
        /// How far units differ in the form of a practice that would be best for them (1: many beyond what a frame allows for).
        variety = 0.0, "times", 0.0..2.0, Assumption, "scenario";
        /// How far mistakes are held against those who report them.
        blame = 0.0, "share", 0.0..1.0, Assumption, "scenario";
        /// Probability that a member of frontline staff is against the change from the outset.
        hostile = 0.0, "share", 0.0..1.0, Assumption, "scenario";
        /// How far the organisation decides from above, whatever it asks.
        authoritarian = 0.0, "share", 0.0..1.0, Assumption, "scenario";
        /// How far leaders and managers want to see results before there can be any.
        impatience = 0.0, "share", 0.0..1.0, Assumption, "scenario";
        /// How skilled staff are in improvement before any programme.
        improvement_skill = 0.0, "share", 0.0..1.0, Assumption, "scenario";
    }
}
