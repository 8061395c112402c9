//! How late a post may go out on its own: `90s`, `30m`, `6h`, `1d`.

use crate::words::rules;
use chrono::TimeDelta;
use contentzavod_preflight::Finding;

const LEAST: TimeDelta = TimeDelta::minutes(1);
const MOST: TimeDelta = TimeDelta::days(7);

/// Reads a duration such as `6h`.
pub(super) fn parse(text: &str) -> Result<TimeDelta, Finding> {
    let broken = |rule: &str| {
        rules::error(rule)
            .field("max_late")
            .actual(text)
            .limit("a number and s, m, h or d, from 1m to 7d")
    };
    let format = || broken("max_late.format");
    let (number, unit) = text
        .char_indices()
        .next_back()
        .map(|(at, unit)| (&text[..at], unit))
        .ok_or_else(format)?;
    let digits = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    let number: i64 = if digits {
        number.parse().map_err(|_| format())?
    } else {
        return Err(format());
    };
    let late = match unit {
        's' => TimeDelta::try_seconds(number),
        'm' => TimeDelta::try_minutes(number),
        'h' => TimeDelta::try_hours(number),
        'd' => TimeDelta::try_days(number),
        _ => return Err(format()),
    };
    late.filter(|late| (LEAST..=MOST).contains(late))
        .ok_or_else(|| broken("max_late.range"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_and_everything_else_is_named() {
        assert_eq!(parse("6h").unwrap(), TimeDelta::hours(6));
        assert_eq!(parse("90s").unwrap(), TimeDelta::seconds(90));
        assert_eq!(parse("7d").unwrap(), TimeDelta::days(7));
        for text in [
            "",
            "h",
            "6",
            "-1h",
            "+1h",
            "6 h",
            "6ч",
            "99999999999999999999h",
        ] {
            assert_eq!(parse(text).unwrap_err().rule, "max_late.format", "{text:?}");
        }
        for text in ["59s", "8d", "0m", "9223372036854775807d"] {
            assert_eq!(parse(text).unwrap_err().rule, "max_late.range", "{text:?}");
        }
    }
}
