//! Run charts and control charts of one's own numbers: read from a file, drawn as the NHS draws them, in words.
//!
//! ```text
//! bytes -> read -> Data { series of points } -> drawn -> Charted { lines, signals } -> words, tables, pictures
//! ```
//!
//! Nothing here knows the model: what a scenario would give beside the numbers is [`crate::experiment::beside`].
pub mod amounts;
pub mod ask;
pub mod before;
pub mod day;
pub mod drawn;
pub mod kind;
pub mod lay;
pub mod pictures;
pub mod read;
pub mod rules;
pub mod tables;
pub mod words;
