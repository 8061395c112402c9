//! What comes beside an answer: clock, trace, usage of the limits.

use std::sync::Arc;

use chrono::TimeDelta;
use contentzavod_core::ports::{Connector, Publisher, Usage};
use contentzavod_core::testing::ManualClock;
use contentzavod_instagram::InstagramConnector;
use serde_json::json;
use wiremock::ResponseTemplate;

use crate::common::{Platform, Raw, Then, access, config, date, handle, json as reply};

fn finished() -> ResponseTemplate {
    reply(200, &json!({ "status_code": "FINISHED" }))
}

async fn usage(headers: &[(&'static str, &str)]) -> Option<Usage> {
    let template = headers.iter().fold(finished(), |t, (name, value)| {
        t.insert_header(*name, *value)
    });
    let platform = Platform::answers(template).await;
    let answer = platform.publisher().status(&access(), &handle()).await;
    answer.unwrap().usage
}

#[tokio::test]
async fn the_platforms_clock_and_trace_come_with_an_answer() {
    let template = finished().insert_header("x-fb-trace-id", "Abc_123-x");
    let platform = Platform::answers(template).await;
    let answer = platform.publisher().status(&access(), &handle()).await;
    let answer = answer.unwrap();
    assert_eq!(answer.remote_time, Some(date()));
    assert_eq!(answer.trace.as_deref(), Some("Abc_123-x"));
    assert_eq!(answer.usage, None);
}

#[tokio::test]
async fn what_cannot_be_a_clock_or_a_trace_is_none() {
    let template = reply(200, &json!({ "status_code": "FINISHED" }))
        .insert_header("date", "yesterday")
        .insert_header("x-fb-trace-id", "a b<script>");
    let platform = Platform::answers(template).await;
    let answer = platform.publisher().status(&access(), &handle()).await;
    let answer = answer.unwrap();
    assert_eq!(answer.remote_time, None);
    assert_eq!(answer.trace, None);
}

#[tokio::test]
async fn usage_is_the_strictest_counter_of_both_headers() {
    let app = (
        "x-app-usage",
        r#"{"call_count":28,"total_time":25,"total_cputime":31}"#,
    );
    let business = |minutes: u32| {
        format!(
            r#"{{"17841400000000001":[{{"type":"instagram","call_count":95,"total_cputime":20,"total_time":20,"estimated_time_to_regain_access":{minutes}}},{{"type":"pages","call_count":120,"estimated_time_to_regain_access":0,"ads_api_access_tier":"standard_access"}}]}}"#
        )
    };
    let of = |percent, regain_at| Some(Usage { percent, regain_at });
    assert_eq!(usage(&[app]).await, of(31, None));
    let both = [app, ("x-business-use-case-usage", &*business(0))];
    assert_eq!(usage(&both).await, of(120, None));
    let blocked = [app, ("x-business-use-case-usage", &*business(7))];
    let expected = of(120, Some(date() + TimeDelta::minutes(7)));
    assert_eq!(usage(&blocked).await, expected);
}

#[tokio::test]
async fn usage_that_cannot_be_read_is_none() {
    for value in [
        "",
        "busy",
        "[]",
        "{}",
        r#"{"call_count":"x"}"#,
        r#"{"a":1}"#,
    ] {
        assert_eq!(usage(&[("x-app-usage", value)]).await, None, "{value}");
        let business = [("x-business-use-case-usage", value)];
        assert_eq!(usage(&business).await, None, "{value}");
    }
    // Fractions and strings are numbers too; nonsense is not believed beyond two days.
    let text = r#"{"1":[{"call_count":"40","total_time":41.9,"estimated_time_to_regain_access":4000000000}]}"#;
    let expected = Usage {
        percent: 41,
        regain_at: Some(date() + TimeDelta::days(2)),
    };
    let read = usage(&[("x-business-use-case-usage", text)]).await;
    assert_eq!(read, Some(expected));
}

#[tokio::test]
async fn without_the_platforms_clock_times_count_from_ours() {
    let body = r#"{"access_token":"IGAAnew","token_type":"bearer","expires_in":3600}"#;
    let answer = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let raw = Raw::new(Then::Write(answer.into_bytes())).await;
    let clock = Arc::new(ManualClock::at(date()));
    let connector = InstagramConnector::new(config(&raw.base))
        .unwrap()
        .with_clock(clock);
    let answer = connector.refresh(&access()).await.unwrap();
    assert_eq!(answer.remote_time, None);
    assert_eq!(answer.value.expires_at, date() + TimeDelta::hours(1));
}
