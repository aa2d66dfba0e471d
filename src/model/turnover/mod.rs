//! Step 6, people move: some leave, posts stay empty, newcomers join.

pub mod stay;
pub mod workforce;
