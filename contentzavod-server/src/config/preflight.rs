//! What the pre-flight's settings are made of: a number of bytes, and rules with their levels.

use std::collections::BTreeMap;

use contentzavod_preflight::{Level, messages};

/// The spool takes no more.
const MOST: u64 = 1 << 30;

/// A number of bytes, or of megabytes as `500MB`, as `500MiB`, as `1GB`.
pub(super) fn bytes(text: &str) -> Result<u64, String> {
    let text = text.trim();
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit: u64 = match text.get(digits.len()..).unwrap_or_default() {
        "" => 1,
        "MB" => 1_000_000,
        "MiB" => 1 << 20,
        "GB" => 1_000_000_000,
        "GiB" => 1 << 30,
        _ => 0,
    };
    let bytes = digits.trim().parse::<u64>().ok();
    let bytes = bytes.and_then(|number| number.checked_mul(unit));
    bytes
        .filter(|bytes| (1..=MOST).contains(bytes))
        .ok_or_else(|| "must be a size of at most 1 GiB, such as 500MB or 1GiB".to_owned())
}

/// `video.gop_open=warning,caption.hashtags_many=off`.
pub(super) fn levels(text: &str) -> Result<BTreeMap<String, Level>, String> {
    let parts = text
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty());
    parts.map(level).collect()
}

fn level(part: &str) -> Result<(String, Level), String> {
    let (rule, level) = part.split_once('=').unwrap_or((part, ""));
    let (rule, level) = (rule.trim(), level.trim());
    if !messages::texts().any(|text| text.rule == rule) {
        let nearest = messages::texts().map(|text| text.rule);
        let nearest = nearest.min_by_key(|known| strsim::damerau_levenshtein(known, rule));
        let nearest = nearest.unwrap_or_default();
        return Err(format!(
            "names an unknown rule, {rule}; did you mean {nearest}?"
        ));
    }
    let level = Level::parse(level)
        .ok_or_else(|| format!("must say off, warning or error after {rule}="))?;
    Ok((rule.to_owned(), level))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_written_in_several_ways() {
        for (text, bytes) in [
            ("314572800", 314_572_800),
            ("500MB", 500_000_000),
            ("300 MiB", 300 << 20),
            ("1GB", 1_000_000_000),
            ("1GiB", 1 << 30),
        ] {
            assert_eq!(super::bytes(text), Ok(bytes), "{text}");
        }
        for wrong in [
            "",
            "0",
            "2GiB",
            "-1",
            "many",
            "1kB",
            "18446744073709551615GB",
        ] {
            assert!(super::bytes(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn rules_are_known_by_name() {
        let read = levels("video.gop_open=warning, caption.hashtags_many=off,").unwrap();
        assert_eq!(read["video.gop_open"], Level::Warning);
        assert_eq!(read["caption.hashtags_many"], Level::Off);
        let typo = levels("video.gop_opn=warning").unwrap_err();
        assert!(typo.contains("video.gop_open"), "{typo}");
        for wrong in ["video.gop_open", "video.gop_open=", "video.gop_open=loud"] {
            assert!(levels(wrong).is_err(), "{wrong}");
        }
    }
}
