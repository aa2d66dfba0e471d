//! Who is there: posts, professions, organisations and what newcomers bring, before anybody does anything.

pub mod layout;
pub mod organisation;
pub mod people;
pub mod professions;

pub use layout::{Layout, Level};
pub use organisation::Organisation;
pub use people::{Newcomer, newcomer};
pub use professions::Professions;
