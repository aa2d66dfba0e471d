//! Adverse events on a ward: how much happens there, and how much of it the practice prevents.
//!
//! No mechanism reads this: it is a mapping laid over practice, for the events expected on the wards reached and for the
//! run chart of one of them in a report ([`metrics::incidents`](crate::metrics::incidents)).
use crate::quantities;

quantities! {
    /// How practice becomes adverse events in a ward.
    pub struct Incidents {
        /// Occupied beds of the ward: each gives 7 bed days a week.
        beds = 24.0, "count", 1..100, Assumption, "a usual ward";
        /// Adverse events where nobody follows the practice.
        rate = 8.0, "per 1,000 bed days", 0.1..100.0, Assumption, "falls: 3-14 per 1,000 bed days (Healey 2008)";
        /// Share of them that the practice prevents where everybody follows it.
        prevented = 0.3, "share", 0.0..1.0, Assumption, "falls: 20-30 % fewer with a coordinated team (Morris and O'Riordan 2017)";
    }
}
