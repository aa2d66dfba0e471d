//! What a week has at hand: what mechanisms are told, and the columns in which they hand things on; it ends with the week.

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
