//! Killed or out of space at any system call: nothing half-written is left, and the same command goes on to the same bytes.
//!
//! The program is followed system call by system call (ptrace) and killed at one of them, or its files are not allowed to
//! grow beyond a size, as on a full disk. Then the same command is given again, undisturbed, and must leave what an
//! undisturbed one leaves. A few dozen places are tried; `CRASH_EVERY=1 cargo test --release --test crash` tries every one.
#![cfg(all(feature = "cli", target_os = "linux"))]
// A program can be stopped at a system call only by asking the kernel for it.
#![allow(unsafe_code)]
use std::{
    collections::BTreeMap,
    env, fs,
    os::unix::process::CommandExt,
    path::Path,
    process::{Command, Output, Stdio},
};

/// Two small units, so that a run takes moments.
const TINY: &str = r#"
title = "Tiny"
[setting]
organisations = 1
units = 2
staff = 4
[[programme]]
name = "Small"
start = 8
planning = 2
active = 12
[run]
follow_up = 108
"#;

/// What is asked: an ensemble, which keeps a checkpoint, and an experiment, which keeps a journal.
const COMMANDS: [&str; 2] = [
    "run tiny.toml --runs 130 --no-assumptions --out r --quiet --threads 1 --checkpoint-seconds 0",
    "sweep tiny.toml --vary setting.turnover=1,3 --runs 8 --no-assumptions --out r --quiet --threads 1 --checkpoint-seconds 0",
];

/// Places tried of each command when nobody says.
const PLACES: u64 = 20;

fn command(folder: &Path, line: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dewpoint"));
    command.args(line.split(' ')).current_dir(folder).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn fresh() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("tiny.toml"), TINY).unwrap();
    folder
}

/// Every file below `folder` but the manifest, which tells when it was made.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() {
            found.extend(contents(&entry.path()).into_iter().map(|(file, bytes)| (format!("{name}/{file}"), bytes)));
        } else if name != "manifest.json" {
            found.insert(name, fs::read(entry.path()).unwrap());
        }
    }
    found
}

/// What the command leaves when nothing disturbs it.
fn undisturbed(line: &str) -> BTreeMap<String, Vec<u8>> {
    let folder = fresh();
    assert!(command(folder.path(), line).status().unwrap().success(), "{line}");
    contents(folder.path())
}

/// Gives the command again in a folder where it was broken off, and compares what is left.
fn goes_on(folder: &Path, line: &str, whole: &BTreeMap<String, Vec<u8>>, after: &str) {
    if folder.join("r").exists() {
        // What stands in its place is whole: results are moved there in one step.
        assert!(folder.join("r/manifest.json").exists(), "{line}, {after}: half a result");
    }
    let Output { status, stderr, .. } = command(folder, line).stderr(Stdio::piped()).output().unwrap();
    assert!(status.success(), "{line}, {after}: {}", String::from_utf8_lossy(&stderr));
    let left = contents(folder);
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&left), names(whole), "{line}, {after}: other files");
    for (name, bytes) in whole {
        assert!(left[name] == *bytes, "{line}, {after}: {name} is other");
    }
}

/// Runs the command to its `last` stop at a system call and kills it there; `None` lets it run. How many stops there were.
fn killed_at(folder: &Path, line: &str, last: Option<u64>) -> u64 {
    let mut asked = command(folder, line);
    // SAFETY: between fork and exec only ptrace is called, which touches no memory of ours.
    unsafe {
        asked.pre_exec(|| match libc::ptrace(libc::PTRACE_TRACEME, 0, 0, 0) {
            -1 => Err(std::io::Error::last_os_error()),
            _ => Ok(()),
        });
    }
    // Waited for below, by its number: only so it tells where it stops.
    #[allow(clippy::zombie_processes)]
    let child = asked.spawn().unwrap();
    let pid = child.id() as libc::pid_t;
    let wait = || {
        let mut status = 0;
        // SAFETY: the status is ours, and the child is ours and waited for nowhere else.
        let found = unsafe { libc::waitpid(pid, &raw mut status, 0) };
        assert_eq!(found, pid);
        status
    };
    let mut status = wait();
    // SAFETY: the child is stopped, as every request wants it.
    let options =
        unsafe { libc::ptrace(libc::PTRACE_SETOPTIONS, pid, 0, libc::PTRACE_O_TRACESYSGOOD | libc::PTRACE_O_EXITKILL) };
    assert_eq!(options, 0, "{}", std::io::Error::last_os_error());
    let (mut stops, mut signal) = (0, 0);
    while libc::WIFSTOPPED(status) {
        if last.is_some_and(|last| stops >= last) {
            // SAFETY: the child is ours.
            unsafe { libc::kill(pid, libc::SIGKILL) };
            signal = 0;
        }
        // SAFETY: the child is stopped. It may be gone since it was killed, which is no fault.
        unsafe { libc::ptrace(libc::PTRACE_SYSCALL, pid, 0, signal) };
        status = wait();
        signal = 0;
        if libc::WIFSTOPPED(status) {
            match libc::WSTOPSIG(status) {
                stop if stop == libc::SIGTRAP | 0x80 => stops += 1,
                libc::SIGTRAP => {}
                other => signal = other,
            }
        }
    }
    if last.is_none() {
        assert!(libc::WIFEXITED(status) && libc::WEXITSTATUS(status) == 0, "{line}: {status}");
    }
    stops
}

/// The places tried of `all`: evenly spaced, or every so many as the environment says.
fn places(all: u64) -> Vec<u64> {
    let every = env::var("CRASH_EVERY").ok().and_then(|text| text.parse().ok()).unwrap_or((all / PLACES).max(1));
    (0..all).skip(1).step_by(every as usize).collect()
}

#[test]
fn killed_at_any_system_call_it_goes_on_to_the_same_bytes() {
    for line in COMMANDS {
        let whole = undisturbed(line);
        let all = killed_at(fresh().path(), line, None);
        assert!(all > 100, "{line}: {all} system calls only");
        for place in places(all) {
            let folder = fresh();
            killed_at(folder.path(), line, Some(place));
            goes_on(folder.path(), line, &whole, &format!("killed at stop {place} of {all}"));
        }
    }
}

/// Gives the command where no more than `most` of a `resource` may be had: its exit code, and what it says.
fn limited(folder: &Path, line: &str, resource: libc::__rlimit_resource_t, most: u64) -> (Option<i32>, String) {
    let mut asked = command(folder, line);
    // SAFETY: between fork and exec only these two calls are made, which touch no memory of ours but the limit.
    unsafe {
        asked.pre_exec(move || {
            let limit = libc::rlimit { rlim_cur: most, rlim_max: most };
            // Without the signal a write fails as on a full disk.
            libc::signal(libc::SIGXFSZ, libc::SIG_IGN);
            match libc::setrlimit(resource, &raw const limit) {
                -1 => Err(std::io::Error::last_os_error()),
                _ => Ok(()),
            }
        });
    }
    let Output { status, stderr, .. } = asked.stderr(Stdio::piped()).output().unwrap();
    (status.code(), String::from_utf8_lossy(&stderr).into_owned())
}

#[test]
fn on_a_full_disk_it_says_so_and_goes_on_to_the_same_bytes() {
    for line in COMMANDS {
        let whole = undisturbed(line);
        let largest = whole.values().map(Vec::len).max().unwrap_or(0) as u64;
        let mut refused = 0;
        for most in (0..).map(|power| 64u64 << (2 * power)).take_while(|most| *most < largest).chain([0, largest - 1]) {
            let folder = fresh();
            let (code, said) = limited(folder.path(), line, libc::RLIMIT_FSIZE, most);
            assert_eq!(code, Some(1), "{line}, files of {most} bytes: {said}");
            assert!(said.starts_with("error: ") && said.contains("too large"), "{line}, files of {most} bytes: {said}");
            assert!(!folder.path().join("r").exists(), "{line}, files of {most} bytes: half a result");
            refused += 1;
            goes_on(folder.path(), line, &whole, &format!("files of {most} bytes"));
        }
        assert!(refused >= 4, "{line}: {refused}");
    }
}

#[test]
fn on_a_full_disk_the_classroom_leaves_nothing_or_what_was_there() {
    let line = "teach --save class.html";
    let folder = tempfile::tempdir().unwrap();
    assert!(command(folder.path(), line).status().unwrap().success());
    let whole = contents(folder.path());
    let page = whole["class.html"].len() as u64;
    for most in [0, 1, 4096, page / 2, page - 1] {
        // A page that is there already stays as it is.
        let (code, said) = limited(folder.path(), line, libc::RLIMIT_FSIZE, most);
        assert!(code == Some(1) && said.starts_with("error: cannot write class.html"), "{most}: {code:?} {said}");
        assert!(contents(folder.path()) == whole, "files of {most} bytes: the page that was there is other");
        let empty = tempfile::tempdir().unwrap();
        let (code, said) = limited(empty.path(), line, libc::RLIMIT_FSIZE, most);
        assert!(code == Some(1) && said.contains("too large"), "{most}: {code:?} {said}");
        assert!(contents(empty.path()).is_empty(), "files of {most} bytes: something is left");
    }
    assert_eq!(limited(folder.path(), line, libc::RLIMIT_FSIZE, page).0, Some(0));
}

/// A country over many years takes gigabytes on each thread. That is said, with what would take less, and nothing is left.
#[test]
fn work_beyond_memory_is_refused_before_it_begins() {
    let country = "--set setting.organisations=400 --set setting.units=200 --set run.follow_up=2000";
    for line in [
        format!("run tiny.toml --runs 2 --threads 2 --out r {country}"),
        format!("sweep tiny.toml --vary setting.turnover=1,3 --runs 2 --threads 2 --out r {country}"),
        // Outcomes alone, of one small scenario.
        "run tiny.toml --runs 1000000 --threads 1 --out r".into(),
    ] {
        let folder = fresh();
        let begun = std::time::Instant::now();
        let (code, said) = limited(folder.path(), &line, libc::RLIMIT_AS, 900_000_000);
        assert_eq!(code, Some(1), "{line}: {said}");
        let told =
            ["error: this takes about ", " GB of memory and 0.", "fewer --threads, runs, points or units take less"];
        assert!(told.iter().all(|part| said.contains(part)), "{line}: {said}");
        assert!(!said.contains("stack backtrace") && !said.contains("replay"), "{line}: {said}");
        assert!(!folder.path().join("r").exists() && begun.elapsed().as_secs() < 10, "{line}: {:?}", begun.elapsed());
    }
}
