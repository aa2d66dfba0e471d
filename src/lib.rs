pub mod ensemble;
pub mod metrics;
pub mod model;
pub mod output;
pub mod params;
pub mod programme;
pub mod scenario;
pub mod stats;
pub mod table;
pub mod world;

#[cfg(feature = "cli")]
pub mod cli;
