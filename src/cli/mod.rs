//! The command line: reads files, calls the library, writes what it found.
pub mod files;
