//! What stands beside a figure: how busy the machine was.

use std::path::Path;

/// Above it a figure says more about the neighbours than about the program.
pub const QUIET_LOAD: f64 = 2.5;

/// The load average of the last minute; `None` where the system does not tell.
#[must_use]
pub fn load() -> Option<f64> {
    let text = std::fs::read_to_string(Path::new("/proc/loadavg")).ok()?;
    text.split_whitespace().next()?.parse().ok()
}

/// The most memory this process had so far, in MiB; `None` where the system does not tell.
#[must_use]
pub fn peak_mib() -> Option<u64> {
    let text = std::fs::read_to_string(Path::new("/proc/self/status")).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: u64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kib / 1024)
}

/// The machine was too busy for a verdict.
#[must_use]
pub fn noisy(load: Option<f64>) -> bool {
    load.is_some_and(|load| load >= QUIET_LOAD)
}
