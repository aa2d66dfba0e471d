//! What is given: the organisations, the professions, and what happens to them.
pub mod incidents;
pub mod profession;
pub mod setting;
pub mod shock;

pub use incidents::Incidents;
pub use profession::Profession;
pub use setting::Setting;
pub use shock::{NamedShock, Shock};
