//! An early refusal as curl reads it: a program that is not ours and sends on as it likes.

use std::process::Command;

use e2e::world::World;

use crate::story::{is_well, parts, world};

/// The status curl saw, and what it read.
fn upload(world: &World, key: &str, bytes: u64, more: &[&str]) -> (String, String) {
    let file = world.folder().join("zeros");
    let zeros = std::fs::File::create(&file).unwrap();
    // Sparse: it costs no disk.
    zeros.set_len(bytes).unwrap();
    let mut curl = Command::new("curl");
    curl.args([
        "--silent",
        "--show-error",
        "--max-time",
        "60",
        "--request",
        "POST",
    ])
    .args(["--write-out", "\n%{http_code}"])
    .args(["--header", "content-type: application/octet-stream"])
    .args(["--header", &format!("authorization: Bearer {key}")])
    .args(more)
    .arg("--upload-file")
    .arg(&file)
    .arg(world.api.url("/v1/media"));
    let output = curl
        .output()
        .expect("curl is installed: cargo xtask test does so");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let (body, status) = said.rsplit_once('\n').unwrap();
    (status.to_owned(), body.to_owned())
}

#[tokio::test]
async fn curl_reads_why_an_upload_is_refused() {
    let mut world = world().await;
    let key = world.api.key().to_owned();
    let wrong = "cz_live_wrong";
    // curl asks before it sends unless it is told not to.
    let at_once = ["--header", "expect:"];
    let chunked = [
        "--header",
        "expect:",
        "--header",
        "transfer-encoding: chunked",
    ];
    let (small, large, huge) = (8 << 20, 200 << 20, 5 << 30);
    // Zeros are no video: with a key, that shows in the first of them.
    let cases: [(&str, u64, &[&str], &str); 11] = [
        (wrong, small, &[], "401"),
        (wrong, small, &at_once, "401"),
        (wrong, large, &[], "401"),
        (wrong, large, &at_once, "401"),
        (wrong, huge, &at_once, "401"),
        (&key, huge, &[], "413"),
        (&key, huge, &at_once, "413"),
        (wrong, small, &chunked, "401"),
        (&key, large, &[], "422"),
        (&key, large, &at_once, "422"),
        (&key, large, &chunked, "422"),
    ];
    for (key, bytes, more, expected) in cases {
        let (status, body) = upload(&world, key, bytes, more);
        assert_eq!(status, expected, "{bytes} {more:?}: {body}");
        let problem: serde_json::Value = serde_json::from_str(&body).unwrap();
        assert_eq!(problem["status"].to_string(), expected, "{body}");
    }
    assert_eq!(parts(&world), 0);
    is_well(&mut world).await;
}
