//! dewpoint, the program.

#[cfg(feature = "cli")]
fn main() -> std::process::ExitCode {
    dewpoint::cli::main()
}

/// Without the command line there is a library only.
#[cfg(not(feature = "cli"))]
fn main() {}
