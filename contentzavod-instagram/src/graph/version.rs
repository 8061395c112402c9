//! How long versions of the API are served: Meta's table, as of 29 July 2026.

use chrono::{NaiveDate, TimeDelta};

/// The end of a version is told so long before.
const AHEAD: TimeDelta = TimeDelta::days(90);

/// The day from which on a version is not served any more.
const ENDS: &[(u32, i32, u32, u32)] = &[
    (20, 2026, 9, 24),
    (21, 2027, 1, 21),
    (22, 2027, 5, 20),
    (23, 2027, 10, 8),
    (24, 2028, 2, 18),
    (25, 2028, 7, 29),
];
const OLDEST: &str = "v20.0";
/// The newest of which we know; its end is not announced.
const NEWEST: u32 = 26;

/// How a version stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VersionStanding {
    /// It is served for long.
    Served,
    /// It ends soon, on this day.
    Ending(NaiveDate),
    /// It has ended, on this day at the latest.
    Ended(NaiveDate),
    /// It is newer than our table.
    Unknown,
}

/// The day from which on a version such as `v25.0` is not served any more, if it is known.
#[must_use]
pub fn version_end(version: &str) -> Option<NaiveDate> {
    let major = major(version)?;
    let (_, year, month, day) = ENDS.iter().find(|(known, ..)| *known == major)?;
    NaiveDate::from_ymd_opt(*year, *month, *day)
}

/// How a version stands on a day.
#[must_use]
pub fn version_standing(version: &str, today: NaiveDate) -> VersionStanding {
    let first = ENDS.first().map_or(0, |(known, ..)| *known);
    // Older than the table: it ended before the first that is in it.
    let old = major(version).is_some_and(|major| major < first);
    let end = version_end(if old { OLDEST } else { version });
    match end {
        Some(end) if today >= end => VersionStanding::Ended(end),
        Some(end) if today >= end - AHEAD => VersionStanding::Ending(end),
        Some(_) => VersionStanding::Served,
        None if major(version) == Some(NEWEST) => VersionStanding::Served,
        None => VersionStanding::Unknown,
    }
}

fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::DEFAULT_VERSION;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).expect("a day")
    }

    #[test]
    fn an_end_is_told_ninety_days_ahead() {
        let end = day(2028, 7, 29);
        for (today, standing) in [
            (end - TimeDelta::days(91), VersionStanding::Served),
            (end - TimeDelta::days(90), VersionStanding::Ending(end)),
            (end - TimeDelta::days(1), VersionStanding::Ending(end)),
            (end, VersionStanding::Ended(end)),
        ] {
            assert_eq!(
                version_standing(DEFAULT_VERSION, today),
                standing,
                "{today}"
            );
        }
        let today = day(2026, 12, 1);
        assert_eq!(version_standing("v26.0", today), VersionStanding::Served);
        let ended = VersionStanding::Ended(day(2026, 9, 24));
        assert_eq!(version_standing("v19.0", today), ended);
        assert_eq!(version_standing("v3.2", today), ended);
        for unknown in ["v27.0", "v", "25"] {
            assert_eq!(version_standing(unknown, today), VersionStanding::Unknown);
        }
    }

    #[test]
    fn ends_come_in_the_order_of_versions() {
        let ends: Vec<_> = ENDS
            .iter()
            .map(|(v, ..)| version_end(&format!("v{v}.0")))
            .collect();
        assert!(ends.is_sorted() && ends.iter().all(Option::is_some));
    }
}
