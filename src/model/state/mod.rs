//! State: every type that lasts from week to week, and nothing but data.
//!
//! What it begins with stands in [`begin`](super::begin), what becomes of it in the mechanisms.

pub mod course;
pub mod moment;
pub mod nation;
pub mod spared;
pub mod ties;
pub mod world;

pub use course::{Course, Shown, Sight, Work};
pub use moment::Moment;
pub use nation::Nation;
pub use spared::Spared;
pub use ties::{Kind, TIES, Ties};
pub use world::{People, World};
