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

/// The machine was too busy for a verdict.
#[must_use]
pub fn noisy(load: Option<f64>) -> bool {
    load.is_some_and(|load| load >= QUIET_LOAD)
}
