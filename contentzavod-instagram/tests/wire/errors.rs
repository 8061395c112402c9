//! What each error of the platform becomes: every row, every shape, every hint beside it.

use std::collections::HashSet;

use chrono::TimeDelta;
use contentzavod_core::ports::{CallError, HandleState, PublishError, Publisher, RefusedCause};
use contentzavod_instagram::InstagramPublisher;
use contentzavod_instagram::graph::{OAUTH, TABLE, find, find_oauth};
use serde_json::{Value, json};
use wiremock::ResponseTemplate;

use crate::common::{DATE, Platform, access, date, handle, json as reply, request};
use crate::error_rows::{ROWS, STATUS};

fn letter(error: &CallError) -> char {
    match error {
        CallError::Transient(_) => 'T',
        CallError::Content(_) => 'C',
        CallError::Handle(_) => 'H',
        CallError::Token(_) => 'K',
        CallError::Permission(_) => 'P',
        CallError::Restricted(_) => 'R',
        CallError::Quota(_) => 'Q',
        CallError::Unreadable(_) => 'U',
        other => panic!("no letter for {other:?}"),
    }
}

fn word(error: &PublishError) -> &'static str {
    match error {
        PublishError::NotSent(_) => "not_sent",
        PublishError::Refused { cause, .. } => match cause {
            RefusedCause::NotReady => "not_ready",
            RefusedCause::Quota => "quota",
            RefusedCause::Token => "token",
            RefusedCause::Permission => "permission",
            RefusedCause::Restricted => "restricted",
        },
        PublishError::Spam(_) => "spam",
        PublishError::Unknown { answered: true, .. } => "unknown",
        PublishError::Unknown { .. } => "unanswered",
        other => panic!("no word for {other:?}"),
    }
}

fn graph_error(code: Option<i64>, subcode: Option<i64>) -> Value {
    let mut error = json!({ "message": "Application request limit reached",
        "type": "OAuthException", "fbtrace_id": "AexampleTrace" });
    if let Some(code) = code {
        error["code"] = json!(code);
    }
    if let Some(subcode) = subcode {
        error["error_subcode"] = json!(subcode);
    }
    json!({ "error": error })
}

/// The letters of create, status and another read.
async fn calls(publisher: &InstagramPublisher) -> String {
    let create = publisher.create(&access(), &request("c")).await;
    let status = publisher.status(&access(), &handle()).await;
    let quota = publisher.quota(&access()).await;
    [create.unwrap_err(), status.unwrap_err(), quota.unwrap_err()]
        .iter()
        .map(letter)
        .collect()
}

async fn publish(publisher: &InstagramPublisher) -> PublishError {
    let answer = publisher.publish(&access(), &handle()).await;
    answer.unwrap_err()
}

#[tokio::test]
async fn every_row_becomes_what_it_must() {
    let platform = Platform::new().await;
    let publisher = platform.publisher();
    for (code, subcode, expected, expected_publish) in ROWS.iter().copied() {
        // The status classifies nothing: the same code comes with all of these.
        for status in [400, 403, 500] {
            let body = graph_error(code, subcode);
            platform.now_answers(reply(status, &body)).await;
            assert_eq!(calls(&publisher).await, expected, "{code:?}/{subcode:?}");
            let error = publish(&publisher).await;
            assert_eq!(word(&error), expected_publish, "{code:?}/{subcode:?}");
        }
    }
}

#[test]
fn no_row_of_the_table_goes_without_an_expectation() {
    let hit: HashSet<*const _> = ROWS
        .iter()
        .filter_map(|(code, subcode, ..)| find(*code, *subcode))
        .map(std::ptr::from_ref)
        .collect();
    let missed: Vec<_> = TABLE
        .iter()
        .filter(|row| !hit.contains(&std::ptr::from_ref(*row)))
        .collect();
    assert!(missed.is_empty(), "{missed:#?}");
}

#[tokio::test]
async fn codes_and_traces_are_kept_for_support() {
    let platform = Platform::says(400, &graph_error(Some(9), Some(2_207_042))).await;
    let error = platform.publisher().quota(&access()).await.unwrap_err();
    let fault = error.fault();
    assert_eq!(fault.code, "instagram.9.2207042");
    assert_eq!(fault.trace.as_deref(), Some("AexampleTrace"));
    assert_eq!(fault.remote_time, Some(date()));
    // Zero is written where there is no subcode.
    let platform = Platform::says(400, &graph_error(Some(190), Some(0))).await;
    let error = platform.publisher().quota(&access()).await.unwrap_err();
    assert_eq!(error.fault().code, "instagram.190");
}

#[tokio::test]
async fn numbers_may_be_strings() {
    let body = json!({ "error": { "code": "9", "error_subcode": "2207042" } });
    let platform = Platform::says(400, &body).await;
    assert_eq!(calls(&platform.publisher()).await, "QQQ");
}

#[tokio::test]
async fn an_error_counts_whatever_status_it_comes_with() {
    let platform = Platform::says(200, &graph_error(Some(190), Some(463))).await;
    assert_eq!(calls(&platform.publisher()).await, "KKK");
    assert_eq!(word(&publish(&platform.publisher()).await), "token");
}

#[tokio::test]
async fn unknown_codes_go_by_the_platforms_hint_then_by_class() {
    let unknown = |transient: bool| {
        json!({ "error": { "code": 77_777, "is_transient": transient,
            "error_user_msg": "Bitte versuche es anders." } })
    };
    for (status, transient, letters) in [
        (400, true, "TTT"),
        (400, false, "CUU"),
        (500, false, "TTT"),
        (503, true, "TTT"),
        (429, false, "TTT"),
    ] {
        let platform = Platform::says(status, &unknown(transient)).await;
        assert_eq!(
            calls(&platform.publisher()).await,
            letters,
            "{status} {transient}"
        );
        assert_eq!(word(&publish(&platform.publisher()).await), "unknown");
    }
    // What a person must know is shown.
    let platform = Platform::says(400, &unknown(false)).await;
    let error = platform.publisher().create(&access(), &request("c")).await;
    let error = error.unwrap_err();
    assert_eq!(error.fault().code, "instagram.77777");
    assert!(error.to_string().contains("Bitte versuche es anders."));
}

#[tokio::test]
async fn a_guess_gives_way_to_the_platforms_hint() {
    let body = json!({ "error": { "code": 352, "error_subcode": 1, "is_transient": true } });
    let platform = Platform::says(400, &body).await;
    assert_eq!(calls(&platform.publisher()).await, "TTT");
    let body =
        json!({ "error": { "code": 352, "error_subcode": 2_207_026, "is_transient": true } });
    let platform = Platform::says(400, &body).await;
    assert_eq!(calls(&platform.publisher()).await, "CUU");
}

/// Status, body, letters of the calls, code: what is not of the Graph shape.
type Shape = (u16, Value, &'static str, &'static str);

async fn read_shapes(shapes: Vec<Shape>) {
    for (status, body, letters, code) in shapes {
        let platform = Platform::says(status, &body).await;
        let publisher = platform.publisher();
        assert_eq!(calls(&publisher).await, letters, "{body}");
        // Known by their words only, they prove nothing about a publish call.
        let error = publish(&publisher).await;
        assert_eq!(word(&error), "unknown", "{body}");
        let PublishError::Unknown { fault, .. } = error else {
            unreachable!("it is unknown");
        };
        assert_eq!(fault.code, code, "{body}");
    }
}

#[tokio::test]
async fn the_upload_hosts_shape_is_read() {
    let upload = |retriable: bool, kind: &str| {
        json!({ "debug_info": { "retriable": retriable, "type": kind,
            "message": "{\"success\":false}" } })
    };
    let (dead, failed) = ("NotAuthorizedError", "ProcessingFailedError");
    read_shapes(vec![
        (
            400,
            upload(false, dead),
            "KKK",
            "instagram.upload.NotAuthorizedError",
        ),
        (
            400,
            upload(true, failed),
            "TTT",
            "instagram.upload.ProcessingFailedError",
        ),
        (
            400,
            upload(false, failed),
            "HHT",
            "instagram.upload.ProcessingFailedError",
        ),
        (400, upload(true, "a b"), "TTT", "instagram.upload.unknown"),
    ])
    .await;
}

#[tokio::test]
async fn the_code_exchanges_shapes_are_read() {
    let flat = json!({ "error_type": "OAuthException", "code": 400,
        "error_message": "Matching code was not found or was already used" });
    let standard = json!({ "error": "invalid_request",
        "error_description": "Invalid platform app" });
    read_shapes(vec![
        (400, flat, "KKK", "instagram.oauth.code_used"),
        (400, standard, "TTT", "instagram.oauth.app_id"),
    ])
    .await;
}

#[tokio::test]
async fn json_without_a_code_goes_by_its_class() {
    read_shapes(vec![
        (
            400,
            json!({ "message": "Forbidden" }),
            "CUU",
            "instagram.http.400",
        ),
        (
            502,
            json!({ "message": "Bad gateway" }),
            "TTT",
            "instagram.http.502",
        ),
        (500, json!({}), "TTT", "instagram.http.500"),
        (500, json!([1, 2]), "TTT", "instagram.http.500"),
        (500, json!({ "error": {} }), "TTT", "instagram.http.500"),
    ])
    .await;
}

#[tokio::test]
async fn what_is_no_json_is_some_gateways_word() {
    for (status, body) in [
        (502, "<html>Bad Gateway</html>"),
        (403, "<html>Sorry, something went wrong.</html>"),
        (404, ""),
        (200, "<html>Welcome to the hotel network</html>"),
        (200, ""),
        (500, "{\"error\":{\"code\":1"),
    ] {
        let template = ResponseTemplate::new(status).set_body_string(body);
        let platform = Platform::answers(template).await;
        assert_eq!(calls(&platform.publisher()).await, "TTT", "{status} {body}");
        // The platform may still be at it behind the gateway.
        assert_eq!(
            word(&publish(&platform.publisher()).await),
            "unanswered",
            "{status} {body}"
        );
    }
}

#[tokio::test]
async fn an_answer_without_an_id_is_an_answer_all_the_same() {
    for body in [
        json!({}),
        json!({ "success": true }),
        json!({ "id": null }),
        json!([]),
    ] {
        let platform = Platform::says(200, &body).await;
        assert_eq!(
            word(&publish(&platform.publisher()).await),
            "unknown",
            "{body}"
        );
    }
}

#[tokio::test]
async fn failed_containers_name_their_cause_and_whether_a_new_one_helps() {
    for &(subcode, code, curable) in STATUS {
        let text = format!("Error: Media upload has failed with error code {subcode}");
        let status = failed(Some(&text)).await;
        assert_eq!(status.0, code);
        assert_eq!(status.1, curable, "{subcode}");
        // A bare number does as well.
        assert_eq!(failed(Some(&subcode.to_string())).await.0, code);
    }
    for text in [
        None,
        Some("Error: something"),
        Some("Error: 22070261"),
        Some("x2207026y"),
    ] {
        let (code, curable) = failed(text).await;
        assert_eq!(code, "instagram.status.error", "{text:?}");
        assert!(curable);
    }
}

/// The fault code and curability of a container that failed with this text.
async fn failed(text: Option<&str>) -> (String, bool) {
    let body = json!({ "status_code": "ERROR", "status": text, "id": "1" });
    let platform = Platform::says(200, &body).await;
    let answer = platform.publisher().status(&access(), &handle()).await;
    let status = answer.unwrap().value;
    assert_eq!(status.state, HandleState::Error);
    assert_eq!(status.remote_id, None);
    let fault = status.fault.unwrap();
    assert_eq!(fault.remote_time, Some(date()));
    (fault.code, status.curable)
}

#[tokio::test]
async fn blocked_calls_say_when_they_are_taken_again() {
    let usage = r#"{"17841400000000001":[{"type":"instagram","call_count":105,"total_cputime":20,"total_time":20,"estimated_time_to_regain_access":19}]}"#;
    let limited = graph_error(Some(80_002), None);
    let with = |name: &'static str, value: &str| reply(400, &limited).insert_header(name, value);
    for (template, minutes) in [
        (reply(400, &limited), 5),
        (with("x-business-use-case-usage", usage), 19),
        (with("retry-after", "1200"), 20),
        (with("retry-after", "Fri, 20 Nov 2026 10:30:00 GMT"), 30),
        (with("retry-after", "soon"), 5),
        (with("retry-after", "-5"), 5),
    ] {
        let platform = Platform::answers(template).await;
        let error = platform.publisher().quota(&access()).await.unwrap_err();
        let expected = date() + TimeDelta::minutes(minutes);
        assert_eq!(error.fault().retry_at, Some(expected));
    }
}

#[tokio::test]
async fn too_many_requests_without_a_body_waits_as_told() {
    let template = ResponseTemplate::new(429)
        .insert_header("date", DATE)
        .insert_header("retry-after", "600");
    let platform = Platform::answers(template).await;
    let error = platform.publisher().quota(&access()).await.unwrap_err();
    assert_eq!(letter(&error), 'T');
    assert_eq!(error.fault().code, "instagram.http.429");
    assert_eq!(
        error.fault().retry_at,
        Some(date() + TimeDelta::minutes(10))
    );
}

#[tokio::test]
async fn suspected_spam_is_left_alone_for_hours() {
    let platform = Platform::says(403, &graph_error(Some(4), Some(2_207_051))).await;
    let PublishError::Spam(fault) = publish(&platform.publisher()).await else {
        panic!("spam");
    };
    assert_eq!(fault.retry_at, Some(date() + TimeDelta::hours(6)));
    let error = platform.publisher().create(&access(), &request("c")).await;
    let expected = Some(date() + TimeDelta::hours(6));
    assert_eq!(error.unwrap_err().fault().retry_at, expected);
    // The platform's own text speaks of a rate limit and would mislead.
    assert!(!fault.message.contains("request limit"));
}

#[test]
fn the_messages_of_the_code_exchange_are_known() {
    let messages = [
        (
            "Matching code was not found or was already used",
            "code_used",
        ),
        ("This authorization code has been used.", "code_used"),
        ("Invalid platform app", "app_id"),
        (
            "Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request",
            "redirect_uri",
        ),
        ("Insufficient Developer Role", "tester"),
        ("Invalid Scope: [business_basic]", "scope"),
        ("Unsupported request - method type: get", "method"),
    ];
    let mut hit = HashSet::new();
    for (message, name) in messages {
        let row = find_oauth(message).unwrap();
        assert_eq!(row.name, name);
        hit.insert(row.part);
    }
    assert_eq!(hit.len(), OAUTH.len());
    assert!(find_oauth("Something new").is_none());
}
