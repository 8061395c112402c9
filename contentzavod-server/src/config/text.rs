//! What values are made of: durations, addresses, networks, rates.

use std::fmt;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::ops::RangeInclusive;

use chrono::TimeDelta;
use ipnet::IpNet;
use url::{Host, Url};

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
}

/// How many calls in how long; `600/min`, or `off`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rate {
    /// No limit.
    Off,
    /// So many in each span.
    Of {
        /// How many.
        count: NonZeroU32,
        /// In how long.
        per: TimeDelta,
    },
}

impl Rate {
    /// So many in a second.
    #[must_use]
    pub const fn secondly(count: u32) -> Self {
        Self::of(count, TimeDelta::seconds(1))
    }

    /// So many in a minute.
    #[must_use]
    pub const fn minutely(count: u32) -> Self {
        Self::of(count, TimeDelta::minutes(1))
    }

    /// So many in an hour.
    #[must_use]
    pub const fn hourly(count: u32) -> Self {
        Self::of(count, TimeDelta::hours(1))
    }

    /// None at all is no limit that anybody could mean: it is one.
    const fn of(count: u32, per: TimeDelta) -> Self {
        let count = match NonZeroU32::new(count) {
            Some(count) => count,
            None => NonZeroU32::MIN,
        };
        Self::Of { count, per }
    }
}

impl fmt::Display for Rate {
    /// As it would be written.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Off => f.write_str("off"),
            Self::Of { count, per } => match per.num_seconds() {
                1 => write!(f, "{count}/s"),
                60 => write!(f, "{count}/min"),
                3600 => write!(f, "{count}/h"),
                _ => write!(f, "{count} in {}", show(*per)),
            },
        }
    }
}

pub(super) fn log_format(text: &str) -> Result<LogFormat, String> {
    match text {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        _ => Err("must be text or json".to_owned()),
    }
}

pub(super) fn boolean(text: &str) -> Result<bool, String> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" | "on" => Ok(true),
        "false" | "0" | "no" | "off" => Ok(false),
        _ => Err("must be true or false".to_owned()),
    }
}

pub(super) fn not_blank(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() {
        return Err("must not be blank".to_owned());
    }
    Ok(text.to_owned())
}

pub(super) fn rate(text: &str) -> Result<Rate, String> {
    let parsed = text.split_once('/').and_then(|(count, unit)| {
        let per = match unit {
            "s" | "sec" => TimeDelta::seconds(1),
            "m" | "min" => TimeDelta::minutes(1),
            "h" | "hour" => TimeDelta::hours(1),
            _ => return None,
        };
        let count = count.parse().ok()?;
        Some(Rate::Of { count, per })
    });
    match text {
        "off" => Ok(Rate::Off),
        _ => parsed.ok_or_else(|| "must be a rate such as 600/min (s, min, h), or off".to_owned()),
    }
}

/// A number and `s`, `m`, `h` or `d`, within limits: the format of `max_late` in posts.
pub(super) fn duration(text: &str, range: RangeInclusive<TimeDelta>) -> Result<TimeDelta, String> {
    let value = parse_duration(text).filter(|value| range.contains(value));
    value.ok_or_else(|| {
        format!(
            "must be a number and s, m, h or d, from {} to {}",
            show(*range.start()),
            show(*range.end())
        )
    })
}

fn parse_duration(text: &str) -> Option<TimeDelta> {
    let (at, unit) = text.char_indices().next_back()?;
    let number = &text[..at];
    if number.is_empty() || !number.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number = number.parse().ok()?;
    match unit {
        's' => TimeDelta::try_seconds(number),
        'm' => TimeDelta::try_minutes(number),
        'h' => TimeDelta::try_hours(number),
        'd' => TimeDelta::try_days(number),
        _ => None,
    }
}

/// A duration in whole seconds as it would be written, with the largest unit that fits.
pub(super) fn show(value: TimeDelta) -> String {
    let seconds = value.num_seconds();
    let units = [(86_400, 'd'), (3_600, 'h'), (60, 'm')];
    let unit = units.into_iter().find(|(size, _)| seconds % size == 0);
    match unit {
        Some((size, unit)) if seconds != 0 => format!("{}{unit}", seconds / size),
        _ => format!("{seconds}s"),
    }
}

/// An address of the outside or of this server: what paths can be put after.
pub(super) fn base_url(text: &str) -> Result<Url, String> {
    let rule = "must be an http or https address without query, fragment, user or password";
    let url = Url::parse(text).map_err(|_| rule.to_owned())?;
    let plain = matches!(url.scheme(), "http" | "https")
        && url.has_host()
        && url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none();
    if !plain {
        return Err(rule.to_owned());
    }
    if url.scheme() == "http" && !is_loopback(&url) {
        return Err("must be an https address unless its host is this machine".to_owned());
    }
    Ok(url)
}

/// True when an address cannot lead away from this machine.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => IpAddr::V6(ip).to_canonical().is_loopback(),
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        None => false,
    }
}

/// Networks by commas; a bare address is a network of one.
pub(super) fn networks(text: &str) -> Result<Vec<IpNet>, String> {
    let rule = "must be addresses or networks such as 10.0.0.0/8, separated by commas";
    let parts = text.split(',').map(str::trim).filter(|p| !p.is_empty());
    let parse = |part: &str| {
        let network = part.parse::<IpNet>().ok();
        network.or_else(|| part.parse::<IpAddr>().ok().map(IpNet::from))
    };
    parts
        .map(|part| parse(part).map(|network| network.trunc()))
        .collect::<Option<Vec<_>>>()
        .filter(|list| !list.is_empty())
        .ok_or_else(|| rule.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_shown_reads_back(seconds in 0_i64..100_000_000) {
            let value = TimeDelta::seconds(seconds);
            prop_assert_eq!(parse_duration(&show(value)), Some(value));
        }

        #[test]
        fn no_text_is_a_panic(text in "\\PC{0,12}") {
            let _ = parse_duration(&text);
            let _ = rate(&text);
            let _ = networks(&text);
            let _ = base_url(&text);
        }
    }

    #[test]
    fn durations_are_read_and_everything_else_is_refused() {
        assert_eq!(parse_duration("90s"), Some(TimeDelta::seconds(90)));
        assert_eq!(parse_duration("2d"), Some(TimeDelta::days(2)));
        for text in [
            "", "h", "6", "-1h", "+1h", "6 h", "1h30m", "1.5h", "6ч", "6H",
        ] {
            assert_eq!(parse_duration(text), None, "{text:?}");
        }
        let long = "9223372036854775807d";
        assert_eq!(parse_duration(long), None);
        let range = TimeDelta::minutes(1)..=TimeDelta::hours(12);
        let rule = duration("13h", range.clone()).unwrap_err();
        assert!(rule.ends_with("from 1m to 12h"), "{rule}");
        assert_eq!(duration("12h", range), Ok(TimeDelta::hours(12)));
    }

    #[test]
    fn only_this_machine_is_reached_without_tls() {
        for good in [
            "https://a.example/b",
            "http://localhost:1",
            "http://127.8.8.8",
            "http://[::1]:80/x",
        ] {
            assert!(base_url(good).is_ok(), "{good}");
        }
        for bad in [
            "http://a.example",
            "http://10.0.0.1",
            "http://localhost.evil.example",
            "ftp://localhost",
            "a.example",
            "/x",
            "https://u:p@a.example",
            "https://a.example?x",
            "https://a.example#x",
        ] {
            assert!(base_url(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn networks_and_rates() {
        let list = networks("10.1.2.3/8, ::1").unwrap();
        assert_eq!(
            list,
            ["10.0.0.0/8".parse().unwrap(), "::1/128".parse().unwrap()]
        );
        assert!(networks("10.0.0.0/33").is_err() && networks(" , ").is_err());
        let per = TimeDelta::minutes(1);
        let count = NonZeroU32::new(600).unwrap();
        assert_eq!(rate("600/min"), Ok(Rate::Of { count, per }));
        assert_eq!(rate("off"), Ok(Rate::Off));
        for text in ["50/s", "600/min", "120/h", "off"] {
            assert_eq!(rate(text).unwrap().to_string(), text);
        }
        assert!(rate("0/min").is_err() && rate("5/day").is_err());
    }
}
