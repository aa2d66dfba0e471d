//! State: every type that lasts from week to week, and nothing but data.
//!
//! What it begins with stands in [`begin`](super::begin), what becomes of it in the mechanisms.

/// Declares columns by what they are: a type with one [`Vec<f32>`] for each, all of one length, and nothing in any of them.
macro_rules! columns {
    ($(#[doc = $of:literal])+ $Columns:ident $($(#[doc = $doc:literal])+ $field:ident,)+) => {
        $(#[doc = $of])+
        #[derive(Clone, Debug)]
        pub struct $Columns { $($(#[doc = $doc])+ pub $field: Vec<f32>,)+ }

        impl $Columns {
            /// Nothing in any column of so many numbers.
            pub fn none(length: usize) -> Self {
                Self { $($field: vec![0.0; length],)+ }
            }
        }
    };
}
pub(super) use columns;

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
pub use ties::{TIES, Ties, WAYS, Way};
pub use world::{People, World};
