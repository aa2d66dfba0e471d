//! Step 4, staff act: they listen, believe, own, learn, and do it or only report it.

pub mod assurance;
pub mod belief;
pub mod enabling;
pub mod habit;
pub mod incentive;
pub mod network;
pub mod ownership;
pub mod permission;
pub mod practice;
pub mod prompt;
pub mod skill;
