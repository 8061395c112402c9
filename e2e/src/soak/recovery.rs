//! How soon it works again after each kill.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_instagram::sandbox::Record;
use serde_json::Value;

/// One kill and the life after it.
#[derive(Debug, Clone)]
pub struct Fall {
    /// When it was killed.
    pub killed: DateTime<Utc>,
    /// When it took work again; `None` when it was killed before.
    pub ready: Option<DateTime<Utc>>,
    /// When it was killed next; `None`: it lived on.
    pub next: Option<DateTime<Utc>>,
}

/// Times from a kill to something, shortest first.
#[derive(Debug, Clone, Default)]
pub struct Times(Vec<Duration>);

impl Times {
    /// From each kill to what happened first in the life after it, where anything did.
    #[must_use]
    pub fn until_first(falls: &[Fall], events: &[DateTime<Utc>]) -> Self {
        let first = |fall: &Fall| {
            let mine = |at: &&DateTime<Utc>| {
                **at > fall.killed && fall.next.is_none_or(|next| **at < next)
            };
            events.iter().filter(mine).min().map(|at| *at - fall.killed)
        };
        Self::of(falls.iter().filter_map(first))
    }

    /// From each kill until it took work, where it did.
    #[must_use]
    pub fn until_ready(falls: &[Fall]) -> Self {
        Self::of(
            falls
                .iter()
                .filter_map(|fall| Some(fall.ready? - fall.killed)),
        )
    }

    /// Of times that are not negative.
    pub fn of(times: impl Iterator<Item = TimeDelta>) -> Self {
        let mut times: Vec<Duration> = times.filter_map(|time| time.to_std().ok()).collect();
        times.sort_unstable();
        Self(times)
    }

    /// As people read it: how many, the middle, the worst.
    #[must_use]
    pub fn shown(&self) -> String {
        let at = |part: usize| {
            let place = (self.0.len() * part / 100).min(self.0.len().saturating_sub(1));
            self.0.get(place).map_or(0, Duration::as_millis)
        };
        let (p50, p99, max) = (at(50), at(99), at(100));
        format!(
            "p50 {p50} ms, p99 {p99} ms, max {max} ms ({} times)",
            self.0.len()
        )
    }
}

/// When the platform was seen working for us.
#[must_use]
pub fn work(ledger: &[Record]) -> Vec<DateTime<Utc>> {
    let at = |record: &Record| match record {
        Record::Create(created) => Some(created.at),
        Record::Pull(pulled) => Some(pulled.at),
        Record::Publish(entry) => Some(entry.at),
        _ => None,
    };
    ledger.iter().filter_map(at).collect()
}

/// When posts were known to be live.
#[must_use]
pub fn confirmed(told: &[Value]) -> Vec<DateTime<Utc>> {
    let published = told.iter().filter(|notice| notice["kind"] == "published");
    published
        .filter_map(|notice| notice["created_at"].as_str()?.parse().ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_life_has_its_own_first_event_and_some_have_none() {
        let at = |secs| DateTime::<Utc>::default() + TimeDelta::seconds(secs);
        let fall = |killed, next: Option<i64>| Fall {
            killed: at(killed),
            ready: None,
            next: next.map(at),
        };
        let falls = [fall(10, Some(20)), fall(20, Some(30)), fall(30, None)];
        let times = Times::until_first(&falls, &[at(5), at(14), at(12), at(31), at(39)]);
        assert_eq!(times.0, [Duration::from_secs(1), Duration::from_secs(2)]);
        assert!(times.shown().contains("max 2000 ms (2 times)"));
    }
}
