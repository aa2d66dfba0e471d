//! Step 7, numbers: reliability, other care, and what is written down or shown of a week.

pub mod care;
pub mod counted;
pub mod moves;
pub mod record;
pub mod staff;
pub mod tally;
pub mod watch;
