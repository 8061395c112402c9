//! Policies are data: every limit says who set it, and every rule can be taken otherwise.

use contentzavod_preflight::{
    CaptionPolicy, Level, Policy, Severity, Verdict, check_caption, messages,
};

use crate::common::{REEL, report_with, rules};

fn products() -> [Policy; 4] {
    [
        Policy::instagram_reel(),
        Policy::instagram_story(),
        Policy::instagram_feed_video(),
        Policy::instagram_cover(),
    ]
}

/// Every object with a `value` is a limit: it has a source that says something.
fn sources(name: &str, policy: &serde_json::Value) -> usize {
    let limits = policy.as_object().expect("an object").iter();
    let limits = limits.filter(|(_, limit)| limit.get("value").is_some());
    limits
        .map(|(limit, value)| {
            let source = value["source"].as_str().unwrap_or_default();
            assert!(source.len() > 10, "{name}: {limit}");
        })
        .count()
}

#[test]
fn every_limit_says_who_set_it() {
    for policy in products() {
        let json = serde_json::to_value(&policy).expect("plain data");
        assert!(sources(&policy.name, &json) >= 18, "{}", policy.name);
        let back: Policy = serde_json::from_value(json).expect("as it was");
        assert_eq!(back, policy);
    }
    let captions = CaptionPolicy::instagram();
    let json = serde_json::to_value(&captions).expect("plain data");
    assert_eq!(sources(&captions.name, &json), 4);
}

#[test]
fn products_differ_where_instagram_says_so() {
    let mut reel = Policy::instagram_reel();
    reel.duration_min_ms.value = 0;
    // The reel lasts four seconds and is 9:16: too narrow for a carousel.
    assert_eq!(
        report_with(REEL, &Policy::instagram_story()).verdict,
        Verdict::Accept
    );
    let feed = report_with(REEL, &Policy::instagram_feed_video());
    assert_eq!(rules(&feed), ["video.aspect"]);
    for product in products() {
        assert!(
            product.bytes_warn.value < product.bytes_max.value,
            "{}",
            product.name
        );
    }
}

#[test]
fn every_rule_can_be_taken_otherwise() {
    let mut policy = Policy::instagram_reel();
    policy.width_max.value = 100;
    for (level, found, verdict) in [
        (Level::Off, None, Verdict::Accept),
        (Level::Warning, Some(Severity::Warning), Verdict::Accept),
        (Level::Error, Some(Severity::Error), Verdict::Reject),
    ] {
        let report = report_with(REEL, &policy.clone().with("video.width", level));
        assert_eq!(report.findings.first().map(|f| f.severity), found);
        assert_eq!(report.verdict, verdict);
        assert_eq!(Level::parse(level.as_str()), Some(level));
    }
    let strict = CaptionPolicy::instagram().with("caption.hashtags_many", Level::Error);
    let found = check_caption(&"#a ".repeat(6), &strict);
    assert!(found.len() == 1 && found[0].is_error(), "{found:?}");
    let mild = CaptionPolicy::instagram().with("caption.too_long", Level::Off);
    assert_eq!(check_caption(&"x".repeat(2201), &mild), []);
    assert_eq!(Level::parse("loud"), None);
}

#[test]
fn rules_are_listed_for_whoever_sets_levels() {
    assert!(messages::texts().any(|text| text.rule == "video.gop_open"));
}
