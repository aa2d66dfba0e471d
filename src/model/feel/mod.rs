//! Step 5, staff feel: motivation, fatigue and cynicism follow what the week was like.

pub mod attainable;
pub mod attribution;
pub mod blame;
pub mod closure;
pub mod cynicism;
pub mod erosion;
pub mod fatigue;
pub mod motivation;
pub mod peer_support;
pub mod sharing;
