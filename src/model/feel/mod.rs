//! Step 5, staff feel: motivation, fatigue and cynicism follow what the week was like.

pub mod blame;
pub mod cynicism;
pub mod fatigue;
pub mod motivation;
pub mod peer_support;
