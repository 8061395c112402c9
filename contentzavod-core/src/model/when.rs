//! When a post goes out: an instant, and the wall-clock time and zone a person meant by it.

use chrono::{DateTime, LocalResult, NaiveDateTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use contentzavod_preflight::Finding;

use crate::words::rules;

/// The version of the time zones' rules that are compiled in.
pub const ZONE_RULES: &str = chrono_tz::IANA_TZDB_VERSION;

/// The instant of a wall-clock time that cannot be asked about: the first of two, and one that the
/// clocks jump over shifted by the jump (RFC 5545).
#[must_use]
pub fn instant_of(local: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    if let Some(time) = zone.from_local_datetime(&local).earliest() {
        return time.to_utc();
    }
    let before = nearest(local, zone, -1).map(|time| time.offset().fix());
    let instant = before.and_then(|offset| offset.from_local_datetime(&local).single());
    instant.map_or_else(|| local.and_utc(), |time| time.to_utc())
}

/// The time to the millisecond, as it is kept.
#[must_use]
pub fn whole_ms(time: DateTime<Utc>) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(time.timestamp_millis()).unwrap_or(time)
}

/// A time as a person chose it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct When {
    /// The instant.
    pub instant: DateTime<Utc>,
    /// The wall-clock time in `zone`.
    pub local: NaiveDateTime,
    /// The zone.
    pub zone: Tz,
    /// The person chose the wall-clock time, so the instant follows the zone's rules.
    pub by_wall_clock: bool,
}

/// Reads an IANA zone name.
///
/// # Errors
///
/// A finding `timezone.unknown` on `field`.
pub fn zone(name: &str, field: &str) -> Result<Tz, Finding> {
    name.parse().map_err(|_| {
        rules::error("timezone.unknown")
            .field(field)
            .actual(name)
            .limit("an IANA name such as Europe/Berlin")
    })
}

impl When {
    /// An instant seen from a zone.
    #[must_use]
    pub fn at(instant: DateTime<Utc>, zone: Tz) -> Self {
        let local = instant.with_timezone(&zone).naive_local();
        Self {
            instant,
            local,
            zone,
            by_wall_clock: false,
        }
    }

    /// The wall-clock time, where it is what the person chose.
    #[must_use]
    pub fn chosen_local(&self) -> Option<NaiveDateTime> {
        self.by_wall_clock.then_some(self.local)
    }

    /// Reads `2026-12-01T09:00:00+03:00`, or the local `2026-12-01T09:00[:00]` in `zone`.
    ///
    /// In an overlap of the clocks the first occurrence is taken; an offset chooses the other.
    ///
    /// # Errors
    ///
    /// A finding on `publish_at`: `publish_at.format`, or `publish_at.gap` naming the two nearest
    /// times when the clocks jump over the one asked for.
    pub fn parse(text: &str, zone: Tz) -> Result<Self, Finding> {
        if let Ok(instant) = DateTime::parse_from_rfc3339(text) {
            return Ok(Self::at(whole_ms(instant.to_utc()), zone));
        }
        let local = ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M"]
            .iter()
            .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
            .ok_or_else(|| {
                rules::error("publish_at.format")
                    .field("publish_at")
                    .actual(text)
                    .limit("2026-12-01T09:00:00+03:00, or 2026-12-01T09:00 with a timezone")
            })?;
        match zone.from_local_datetime(&local) {
            LocalResult::Single(time) | LocalResult::Ambiguous(time, _) => Ok(Self {
                instant: time.to_utc(),
                local,
                zone,
                by_wall_clock: true,
            }),
            LocalResult::None => Err(gap(text, local, zone)),
        }
    }
}

/// The nearest minute that exists, going by steps of so many.
fn nearest(local: NaiveDateTime, zone: Tz, step: i64) -> Option<DateTime<Tz>> {
    (1..=24 * 60).find_map(|n| {
        let candidate = local + TimeDelta::minutes(step * n);
        zone.from_local_datetime(&candidate).earliest()
    })
}

/// The finding for a time the clocks jump over: it names the last minute before and the first after.
fn gap(text: &str, local: NaiveDateTime, zone: Tz) -> Finding {
    let near = |step: i64| nearest(local, zone, step);
    let words: Vec<String> = [near(-1), near(1)]
        .into_iter()
        .flatten()
        .map(|t| t.format("%Y-%m-%dT%H:%M:%S%:z").to_string())
        .collect();
    rules::error("publish_at.gap")
        .field("publish_at")
        .actual(format!("{text} {zone}"))
        .limit(format!("the nearest times are {}", words.join(" and ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn berlin() -> Tz {
        zone("Europe/Berlin", "timezone").unwrap()
    }

    #[test]
    fn an_offset_says_the_instant_and_the_zone_the_wall_clock() {
        let when = When::parse("2026-12-01T09:00:00+03:00", berlin()).unwrap();
        assert_eq!(when.instant.to_rfc3339(), "2026-12-01T06:00:00+00:00");
        assert_eq!(when.local.to_string(), "2026-12-01 07:00:00");
    }

    #[test]
    fn a_time_is_cut_to_what_is_kept_of_it() {
        let when = When::parse("2026-12-01T09:00:00.123999999Z", berlin()).unwrap();
        assert_eq!(when.instant.to_rfc3339(), "2026-12-01T09:00:00.123+00:00");
        assert_eq!(when.local.to_string(), "2026-12-01 10:00:00.123");
    }

    #[test]
    fn a_gap_names_its_two_sides() {
        let finding = When::parse("2026-03-29T02:30", berlin()).unwrap_err();
        assert_eq!(finding.rule, "publish_at.gap");
        let limit = finding.limit.unwrap();
        assert!(limit.contains("2026-03-29T01:59:00+01:00"), "{limit}");
        assert!(limit.contains("2026-03-29T03:00:00+02:00"), "{limit}");
    }

    #[test]
    fn an_overlap_takes_the_first_unless_an_offset_says_otherwise() {
        let first = When::parse("2026-10-25T02:30", berlin()).unwrap();
        assert_eq!(first.instant.to_rfc3339(), "2026-10-25T00:30:00+00:00");
        let second = When::parse("2026-10-25T02:30:00+01:00", berlin()).unwrap();
        assert_eq!(second.instant.to_rfc3339(), "2026-10-25T01:30:00+00:00");
        assert_eq!(first.local, second.local);
    }

    #[test]
    fn only_a_wall_clock_time_without_an_offset_follows_the_zone() {
        let local = When::parse("2026-12-01T09:00", berlin()).unwrap();
        assert_eq!(local.chosen_local(), Some(local.local));
        for text in ["2026-12-01T09:00:00+01:00", "2026-12-01T08:00:00Z"] {
            let instant = When::parse(text, berlin()).unwrap();
            assert_eq!(instant.chosen_local(), None, "{text}");
            assert_eq!(instant.instant, local.instant);
        }
    }

    #[test]
    fn a_wall_clock_time_has_an_instant_whatever_the_clocks_do() {
        let instant = |text: &str| {
            let local = text.parse().unwrap();
            instant_of(local, berlin()).to_rfc3339()
        };
        assert_eq!(instant("2026-12-01T09:00:00"), "2026-12-01T08:00:00+00:00");
        // Jumped over: the clocks then show 03:30.
        assert_eq!(instant("2026-03-29T02:30:00"), "2026-03-29T01:30:00+00:00");
        // Shown twice: the first.
        assert_eq!(instant("2026-10-25T02:30:00"), "2026-10-25T00:30:00+00:00");
    }

    #[test]
    fn what_is_no_time_or_zone_is_named() {
        for text in ["", "tomorrow", "2026-13-01T00:00", "2026-12-01", "25:00"] {
            let finding = When::parse(text, berlin()).unwrap_err();
            assert_eq!(finding.rule, "publish_at.format", "{text}");
            assert_eq!(finding.actual.as_deref(), Some(text));
        }
        let finding = zone("Mars/Olympus", "timezone").unwrap_err();
        assert_eq!(finding.field.as_deref(), Some("timezone"));
    }
}
