//! What a week has at hand: what mechanisms are told of it, and the columns in which they hand things on. Nothing here
//! outlives the week.

pub mod channels;
pub mod context;
pub mod heard;
pub mod strain;
pub mod surroundings;

pub use channels::Channels;
pub use context::{Context, Elsewhere, Inspected, Week};
pub use heard::Heard;
pub use strain::Strain;
pub use surroundings::Surroundings;
