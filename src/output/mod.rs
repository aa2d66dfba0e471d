//! Output: summaries as words, tables as bytes, and the one place that opens files.
//!
//! [`words`] and [`chart`] are pure and serve a page as well as a terminal; `csv` and `report`
//! (of the findings of a run, or the answer of an experiment) make bytes, for the page too. With feature `cli`: `json`,
//! `manifest`, `findings`, `format` and `parquet` do,
//! `folder`, `journal` and `shards` put them on disk, whole or not at all.
pub mod chart;
pub mod events;
mod gains;
pub mod words;

#[cfg(any(feature = "cli", feature = "web"))]
pub mod csv;
#[cfg(feature = "cli")]
pub(crate) mod disk;
#[cfg(feature = "cli")]
pub mod findings;
#[cfg(feature = "cli")]
pub mod folder;
#[cfg(feature = "cli")]
pub mod format;
#[cfg(feature = "cli")]
pub mod journal;
#[cfg(feature = "cli")]
pub mod json;
#[cfg(feature = "cli")]
pub mod key;
#[cfg(feature = "cli")]
pub mod manifest;
#[cfg(feature = "cli")]
pub mod parquet;
#[cfg(any(feature = "cli", feature = "web"))]
pub mod report;
#[cfg(feature = "cli")]
pub mod shards;
#[cfg(feature = "cli")]
mod thrift;
