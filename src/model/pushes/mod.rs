//! Step 3, levers reach people: what pushes and holds back each person this week.

pub mod aim;
pub mod aspiration;
pub mod carryover;
pub mod charisma;
pub mod coalition;
pub mod coordination;
pub mod disclosure;
pub mod distance;
pub mod duty;
pub mod hostility;
pub mod hours;
pub mod impatience;
pub mod reach;
pub mod rollout;
pub mod urgency;
