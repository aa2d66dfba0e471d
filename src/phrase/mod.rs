//! Numbers in words. No phrase claims more than its interval allows.
//!
//! [`change`] is the one place that says what a signed number with its interval means: a gain, a loss, or neither clearly;
//! what is left of a gain; parts of a whole. [`numbers`] writes plain numbers and lists. Commands, reports, pictures and
//! the page make their sentences of these.
pub mod change;
pub mod numbers;

pub use change::{Change, Kept, a_gain, amount, clear, left, measured, points, share, turned, value_of};
pub use numbers::{capital, counted, grouped, listed, named, percent, read, scaled, signed, thousands, wrapped};
