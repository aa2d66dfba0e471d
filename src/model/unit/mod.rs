//! Step 2, the unit looks at itself: what arrives, how it fits, what is measured, written down and expected to last.

pub mod collaborative;
pub mod completion;
pub mod embedding;
pub mod exposure;
pub mod fit;
pub mod heed;
pub mod inspection;
pub mod measurement;
pub mod patronage;
pub mod permanence;
pub mod site;
