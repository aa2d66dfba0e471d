//! How much memory work will take, and how much there is.
use std::fs::read_to_string;

use crate::{
    ensemble::{BYTES_TOGETHER, Job, Keep, bytes_in_flight, bytes_of_weeks},
    experiment::Stopped,
    output::manifest::Machine,
};

/// Bytes that every machine has to spare.
const MUCH: f64 = 256e6;

/// What is taken besides what is counted, as measured: vectors that grow, what is kept for a moment.
const BESIDE: f64 = 1.25;

/// Says what is to be said before `jobs` are simulated on `threads` (0: one for each core), where they take more memory than
/// is free.
///
/// # Errors
///
/// When the system will not give what they take at the least.
pub(super) fn look_ahead(jobs: &[Job], threads: usize) -> Result<Option<String>, Stopped> {
    let (least, usual) = bytes(jobs, Machine::here(threads).threads as f64);
    if usual <= MUCH {
        return Ok(None);
    }
    let free = free().unwrap_or(f64::INFINITY);
    let says = || {
        let gigabytes = |bytes: f64| format!("{:.1} GB", bytes / 1e9);
        let there =
            if free.is_finite() { format!("and {} are free", gigabytes(free)) } else { "which are not there".into() };
        let advice = "fewer --threads, runs, points or units take less";
        format!("this takes about {} of memory {there}; {advice}", gigabytes(usual))
    };
    // Asked for at once and given back untouched: later it would be a piece that is not given, and an end without a word.
    if Vec::<u8>::new().try_reserve_exact(least as usize).is_err() {
        return Err(Stopped::Failed(says()));
    }
    Ok((usual > free).then(says))
}

/// Bytes that `jobs` take at the least and usually: histories on each thread, outcomes that are kept, weeks where they are.
pub(super) fn bytes(jobs: &[Job], threads: f64) -> (f64, f64) {
    let of_each = || jobs.iter().map(|job| bytes_in_flight(&job.scenario));
    let together = of_each().sum::<usize>().min(BYTES_TOGETHER);
    let alone = of_each().max().unwrap_or(0);
    let numbers = |job: &Job| job.empty().metrics * job.scenario.programmes.len();
    let kept: f64 = jobs.iter().map(|job| 8.0 * job.runs as f64 * numbers(job) as f64).sum();
    let with_weeks = jobs.iter().filter(|job| job.keep == Keep::Everything);
    let weeks: usize = with_weeks.map(|job| bytes_of_weeks(&job.scenario, job.runs)).sum();
    let each_week: f64 = jobs.iter().map(|job| 4.0 * job.runs as f64 * job.empty().weekly_a_run as f64).sum();
    let usual = BESIDE * (threads * alone.max(together) as f64 + kept + weeks as f64 + each_week);
    (threads.min(runs(jobs)) * alone as f64 + kept, usual)
}

/// Runs of all `jobs`: no more threads than that are at work.
fn runs(jobs: &[Job]) -> f64 {
    jobs.iter().map(|job| job.runs as f64).sum()
}

/// Bytes that may still be taken, where the system says: those that are free, and what limits leave of them.
fn free() -> Option<f64> {
    let of_machine = read_to_string("/proc/meminfo").ok().and_then(|text| kilobytes(&text, "MemAvailable:"));
    let limit = read_to_string("/proc/self/limits").ok().and_then(|text| address_space(&text));
    let taken = read_to_string("/proc/self/status").ok().and_then(|text| kilobytes(&text, "VmSize:"));
    let of_process = limit.zip(taken).map(|(limit, taken)| (limit - taken).max(0.0));
    let number = |file: &str| read_to_string(format!("/sys/fs/cgroup/{file}")).ok()?.trim().parse::<f64>().ok();
    let of_group = number("memory.max").zip(number("memory.current")).map(|(most, taken)| (most - taken).max(0.0));
    [of_machine, of_process, of_group].into_iter().flatten().reduce(f64::min)
}

/// Bytes in a line like `MemAvailable:   20046012 kB`.
fn kilobytes(text: &str, name: &str) -> Option<f64> {
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    Some(1024.0 * line.split_whitespace().next()?.parse::<f64>().ok()?)
}

/// Bytes of addresses that the process may have, as `ulimit -v` limits them; nothing where they are unlimited.
fn address_space(limits: &str) -> Option<f64> {
    let line = limits.lines().find_map(|line| line.strip_prefix("Max address space"))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;

    #[test]
    fn what_the_system_says_is_read() {
        let memory = "MemTotal:       24684544 kB\nMemAvailable:   20046012 kB\n";
        assert_eq!(kilobytes(memory, "MemAvailable:"), Some(20_046_012.0 * 1024.0));
        let limits = |soft: &str| {
            format!("Limit   Soft Limit   Hard Limit   Units\nMax address space   {soft}   unlimited   bytes\n")
        };
        assert_eq!(address_space(&limits("3072000000")), Some(3_072_000_000.0));
        assert_eq!(address_space(&limits("unlimited")), None);
        assert_eq!(kilobytes("", "VmSize:"), None);
    }

    #[test]
    fn a_country_takes_gigabytes_and_more_threads_more() {
        let mut country = Scenario::ordinary();
        (country.setting.organisations, country.setting.units) = (400.0, 200.0);
        country.run.follow_up = 2000;
        let jobs = [Job::outcomes(country, 20)];
        let [(one, usual), (eight, _)] = [1.0, 8.0].map(|threads| bytes(&jobs, threads));
        assert!(one > 1.2e9 && usual > one && eight > 7.0 * one, "{one} {usual} {eight}");
        assert!(bytes(&[Job::outcomes(Scenario::ordinary(), 200)], 2.0).1 < MUCH);
    }
}
