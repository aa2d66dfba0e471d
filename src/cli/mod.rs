//! The command line: reads files, calls the library, writes what it found.
pub mod check;
pub mod files;
pub mod list;
pub mod new;
pub mod reference;
pub mod schema;
pub mod text;
