//! Step 1, outside: policy, mandates, reorganisations, budgets, and where each programme stands.

pub mod calendar;
pub mod outer;
