pub mod math;
pub mod model;
pub mod params;
pub mod programme;
pub mod rng;
pub mod scenario;
pub mod table;
pub mod world;

#[cfg(feature = "cli")]
pub mod cli;
