//! `doctor`: each finding with what to do, and an exit code.

use e2e::api::Api;
use serde_json::{Value, json};

use crate::world::{Scene, of, said};

fn report(scene: &Scene, set: &[(&str, &str)], unset: &[&str]) -> (bool, Value) {
    let mut command = scene.command(&["doctor", "--json"]);
    for (name, value) in set {
        command.env(name, value);
    }
    for name in unset {
        command.env_remove(name);
    }
    let output = command.output().unwrap();
    let report: Value = serde_json::from_str(&said(&output)).unwrap();
    assert_eq!(report["well"], output.status.success(), "{report:#}");
    for found in report["checks"].as_array().unwrap() {
        let fine = found["level"] == "ok";
        assert!(fine || found["todo"].is_string(), "what to do? {found}");
    }
    (output.status.success(), report)
}

fn level<'a>(report: &'a Value, check: &str) -> Vec<&'a str> {
    of(report, check)
        .into_iter()
        .map(|(level, _)| level)
        .collect()
}

#[tokio::test]
async fn a_server_that_is_well_is_called_so_and_nothing_secret_is_shown() {
    let scene = Scene::new().await;
    let (well, report) = report(&scene, &[], &[]);
    assert!(well, "{report:#}");
    for check in ["database", "server", "clock", "instagram", "api version"] {
        assert_eq!(level(&report, check), ["ok"], "{check}");
    }
    // When it ends, and that it is taken.
    assert_eq!(level(&report, "account @by.instagram"), ["ok", "ok"]);
    let facebook = of(&report, "account @by.facebook");
    assert!(
        facebook[0].1.contains("instagram_content_publish"),
        "{facebook:?}"
    );
    assert_eq!(level(&report, "public address"), ["ok", "note"]);
    let secret = json!({ "name": "CONTENTZAVOD_INSTAGRAM__APP_SECRET",
        "value": "set (not shown)", "origin": "CONTENTZAVOD_INSTAGRAM__APP_SECRET" });
    assert!(
        report["configuration"]
            .as_array()
            .unwrap()
            .contains(&secret)
    );
    // For people it says the same.
    let text = said(&scene.command(&["doctor"]).output().unwrap());
    assert!(text.contains("INSTAGRAM__APP_SECRET") && text.contains("ok       database"));
}

#[tokio::test]
async fn what_is_wrong_is_an_error_with_what_to_do() {
    let mut scene = Scene::new().await;
    let url = scene.world.sandbox_url.clone();
    let dead = json!({ "rules": [
        { "stage": "quota", "fault": "token_death", "account": "by.instagram" },
        { "stage": "time", "fault": "wrong_date", "secs": -300 } ] });
    Api::faults(&url, &dead).await.unwrap();
    let (well, found) = report(&scene, &[], &["CONTENTZAVOD_PUBLIC_URL"]);
    assert!(!well);
    for check in ["clock", "account @by.instagram", "public address"] {
        let last = level(&found, check).pop();
        assert_eq!(last, Some("error"), "{check}: {found:#}");
    }
    assert_eq!(level(&found, "account @by.facebook"), ["ok"]);
    Api::faults(&url, &json!({})).await.unwrap();

    let old = ("CONTENTZAVOD_INSTAGRAM__GRAPH_VERSION", "v20.0");
    let nowhere = ("CONTENTZAVOD_INSTAGRAM__GRAPH_URL", "http://127.0.0.1:9");
    let (well, found) = report(&scene, &[old, nowhere], &[]);
    assert!(!well);
    assert_eq!(level(&found, "api version"), ["error"]);
    assert_eq!(level(&found, "instagram"), ["error"]);
    // Silence says nothing about a token.
    assert_eq!(level(&found, "account @by.facebook"), ["warning"]);
    let checks = found["checks"].as_array().unwrap().iter();
    let mine = checks.filter(|f| f["check"] == "account @by.facebook");
    let told = mine
        .map(|f| f["todo"].as_str().unwrap())
        .collect::<String>();
    assert!(!told.contains("new token"), "{told}");

    let elsewhere = ("CONTENTZAVOD_PUBLIC_URL", url.as_str());
    let (well, found) = report(&scene, &[elsewhere], &[]);
    assert!(!well);
    assert_eq!(level(&found, "public address"), ["error"], "{found:#}");

    let (well, found) = report(&scene, &[("CONTENTZAVOD_LISTN", "1")], &[]);
    assert!(!well && level(&found, "configuration") == ["error"]);

    scene.world.server.kill().unwrap();
    let (well, found) = report(&scene, &[], &[]);
    assert!(!well, "nobody serves the public address");
    assert_eq!(level(&found, "server"), ["note"]);

    let keys = scene.world.data().join("encryption.keys");
    std::fs::remove_file(&keys).unwrap();
    let (well, found) = report(&scene, &[], &[]);
    assert!(!well);
    assert_eq!(level(&found, "encryption keys"), ["error"]);
    assert!(!keys.exists(), "a doctor makes no key");
}

#[tokio::test]
async fn a_doctor_makes_nothing() {
    let scene = Scene::new().await;
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().join("not-yet");
    let binary = e2e::process::Binary::find().unwrap();
    let output = binary
        .command()
        .args(["doctor", "--json", "--data-dir"])
        .arg(&empty)
        .env(
            "CONTENTZAVOD_INSTAGRAM__GRAPH_URL",
            &scene.world.sandbox_url,
        )
        .output()
        .unwrap();
    let report: Value = serde_json::from_str(&said(&output)).unwrap();
    assert_eq!(level(&report, "data directory"), ["note"]);
    assert!(!empty.exists());
}
