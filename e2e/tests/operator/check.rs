//! `live-check`: once for real, with everything that Instagram answers written down.

use e2e::api::Api;
use serde_json::{Value, json};

use crate::world::{Scene, said};

const REEL: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../contentzavod-server/assets/reel.mp4"
);

struct Went {
    good: bool,
    text: String,
    report: Value,
}

fn check(scene: &Scene, account: &str, more: &[&str]) -> Went {
    let file = scene.world.folder().join("report.json");
    let path = file.to_str().unwrap();
    let mut arguments = vec!["live-check", "--account", account, "--video", REEL];
    arguments.extend(["--after", "1"]);
    arguments.extend(more);
    if !more.contains(&"--report") {
        arguments.extend(["--report", path]);
    }
    let output = scene.command(&arguments).output().unwrap();
    let report = std::fs::read_to_string(&file).unwrap_or_default();
    let _ = std::fs::remove_file(&file);
    // Fit to be shown to anybody.
    for private in [
        "by.instagram",
        "by.facebook",
        "1784",
        "1788",
        "1792",
        "http",
        "sandbox-",
    ] {
        assert!(!report.contains(private), "{private} in {report}");
    }
    Went {
        good: output.status.success(),
        text: said(&output),
        report: serde_json::from_str(&report).unwrap_or_default(),
    }
}

#[tokio::test]
async fn one_reel_goes_out_by_either_family_and_the_open_questions_are_answered() {
    let scene = Scene::new().await;
    for (account, login) in [
        (&scene.instagram, "instagram"),
        (&scene.facebook, "facebook"),
    ] {
        let went = check(&scene, account, &["--trial"]);
        assert!(went.good, "{}", went.text);
        let (about, answers) = (&went.report["about"], &went.report["answers"]);
        assert_eq!(
            (&about["login"], &about["trial"]),
            (&json!(login), &json!(true))
        );
        for (question, answer) in [
            ("second_publish", json!("refused")),
            ("second_publish_error", json!("instagram.9007.2207027")),
            ("container_after_publish", json!("published")),
            ("quota_total", json!(50)),
            ("quota_counter_moved_by", json!(1)),
            ("new_media", json!(1)),
            ("list_shows_captions", json!(true)),
        ] {
            assert_eq!(answers[question], answer, "{question}");
        }
        let late = answers["late_seconds"].as_i64().unwrap();
        assert!(late >= 0, "never early: {late}");
        assert!(
            went.text.contains("live by Instagram's timestamp"),
            "{}",
            went.text
        );
    }
    let records = scene.world.ledger().unwrap();
    let live = records.iter().filter(|r| r.entry().is_some()).count();
    assert_eq!(live, 2);
    // The file belongs to no post, and its row is gone; the server deletes the bytes within a minute.
    let media = scene.world.api.all("/v1/media?limit=100").await.unwrap();
    assert!(
        media.iter().all(|media| media["status"] == "deleted"),
        "{media:?}"
    );
}

#[tokio::test]
async fn a_platform_that_publishes_twice_is_found_out_unless_it_is_not_tried() {
    let scene = Scene::new().await;
    let twice = json!({ "second_publish": "duplicate" });
    Api::faults(&scene.world.sandbox_url, &twice).await.unwrap();
    let went = check(&scene, &scene.instagram, &[]);
    assert!(!went.good);
    assert_eq!(went.report["answers"]["second_publish"], "another_id");
    assert_eq!(went.report["answers"]["new_media"], 2);
    let went = check(&scene, &scene.instagram, &["--once"]);
    assert!(went.good, "{}", went.text);
    assert_eq!(went.report["answers"]["second_publish"], Value::Null);
}

#[tokio::test]
async fn a_second_answer_is_judged_by_what_it_names_and_silence_is_not_called_good() {
    let scene = Scene::new().await;
    let url = scene.world.sandbox_url.clone();
    let same = json!({ "second_publish": "same_id" });
    Api::faults(&url, &same).await.unwrap();
    let went = check(&scene, &scene.instagram, &[]);
    assert!(went.good, "{}", went.text);
    assert_eq!(went.report["answers"]["second_publish"], "same_id");
    assert_eq!(went.report["answers"]["new_media"], 1);

    let lost = json!({ "rules": [{ "stage": "publish", "fault": "reply_lost", "count": 1 }] });
    Api::faults(&url, &lost).await.unwrap();
    let went = check(&scene, &scene.instagram, &[]);
    assert!(!went.good && went.report["good"] == false);
    assert!(went.text.contains("may be live"), "{}", went.text);
}

#[tokio::test]
async fn what_cannot_work_is_told_before_anything_is_sent() {
    let scene = Scene::new().await;
    let missing = check(&scene, "01a2201e-003d-70e4-a649-1cad9c217b38", &[]);
    assert!(
        !missing.good && missing.text.contains("no connected account"),
        "{}",
        missing.text
    );
    let long = "x".repeat(2_201);
    let refused = check(&scene, &scene.facebook, &["--caption", &long]);
    assert!(
        !refused.good && refused.text.contains("caption"),
        "{}",
        refused.text
    );
    let mut command =
        scene.command(&["live-check", "--account", &scene.instagram, "--video", REEL]);
    let output = command
        .env_remove("CONTENTZAVOD_PUBLIC_URL")
        .output()
        .unwrap();
    assert!(said(&output).contains("delivery.no_public_url") && !output.status.success());
    let nowhere = ["--report", "/no/such/folder/report.json"];
    let unwritten = check(&scene, &scene.facebook, &nowhere);
    assert!(
        !unwritten.good && unwritten.text.contains(nowhere[1]),
        "{}",
        unwritten.text
    );
    let readme = concat!(env!("CARGO_MANIFEST_DIR"), "/../README.md");
    let mut command = scene.command(&["live-check", "--account", &scene.facebook]);
    let output = command.args(["--video", readme]).output().unwrap();
    assert!(said(&output).contains("video") && !output.status.success());
    let records = scene.world.ledger().unwrap();
    assert!(records.is_empty(), "{records:?}");
}
