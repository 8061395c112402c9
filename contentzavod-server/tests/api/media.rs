//! Uploads.

use std::time::Duration;

use chrono::TimeDelta;
use contentzavod_core::ports::Clock;
use reqwest::Method;
use serde_json::json;
use sha2::{Digest, Sha256};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::world::{REEL, World, read};

/// What lies in a folder of the data directory.
pub(crate) fn files(w: &World, folder: &str) -> usize {
    let entries = std::fs::read_dir(w.folder.path().join(folder)).unwrap();
    entries
        .flatten()
        .map(|entry| match entry.path() {
            path if path.is_dir() => std::fs::read_dir(path).unwrap().count(),
            _ => 1,
        })
        .sum()
}

/// A refused file goes soon after the answer, not before it: wait for that, not for a time.
pub(crate) async fn until_nothing_is_kept(w: &World) {
    tokio::time::timeout(Duration::from_secs(30), async {
        while files(w, "incoming") + files(w, "media") > 0 {
            tokio::task::yield_now().await;
        }
    })
    .await
    .expect("what was refused is removed");
}

#[tokio::test]
async fn a_reel_is_kept_with_what_it_is() {
    let w = World::new().await;
    let made = w.upload(REEL).await.made();
    assert_eq!(made.body["bytes"], REEL.len());
    assert_eq!(made.body["kind"], "video");
    assert_eq!(made.body["status"], "ready");
    assert_eq!(made.body["filename"], "reel.mp4");
    assert_eq!(made.body["duration_ms"], 4000);
    let size = (&made.body["width"], &made.body["height"]);
    assert_eq!(size, (&json!(720), &json!(1280)));
    let expires = made.body["expires_at"].as_str().unwrap();
    let expires: chrono::DateTime<chrono::Utc> = expires.parse().unwrap();
    assert_eq!(expires, w.clock.now() + TimeDelta::hours(2));
    let read = w.get(&format!("/v1/media/{}", made.id())).await.fine();
    assert_eq!(read.body, made.body);
    assert_eq!(w.get("/v1/media").await.body["items"][0], made.body);
    assert_eq!(files(&w, "incoming"), 0);
}

#[tokio::test]
async fn what_instagram_would_refuse_is_refused_with_every_reason_and_not_kept() {
    let w = World::new().await;
    let refused = w.upload(b"<html>no video</html>").await;
    let refused = refused.refused(422, "request.invalid");
    assert_eq!(refused.findings(), ["container.format -"]);
    assert_eq!(w.upload(b"").await.refused(422, "upload.empty").status, 422);
    until_nothing_is_kept(&w).await;
    assert_eq!(w.get("/v1/media").await.body["items"], json!([]));
}

/// A file that ffmpeg makes.
pub(crate) fn made(arguments: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("made.mp4");
    let status = std::process::Command::new("ffmpeg")
        .args(["-v", "error", "-nostdin"])
        .args(arguments.split(' '))
        .arg(&file)
        .status()
        .unwrap();
    assert!(status.success(), "{arguments}");
    std::fs::read(&file).unwrap()
}

fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

#[tokio::test]
async fn an_index_that_stands_behind_is_moved_and_told_of_and_the_first_hash_stays() {
    let w = World::new().await;
    let reel = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/reel.mp4");
    let behind = made(&format!("-i {reel} -c copy"));
    let media = w.upload(&behind).await.made();
    assert_eq!(media.body["original_sha256"], sha256(&behind));
    let rules: Vec<_> = media.body["findings"].as_array().unwrap().iter().collect();
    let told = rules.iter().find(|f| f["rule"] == "container.moov_moved");
    assert_eq!(told.unwrap()["severity"], "warning", "{rules:?}");
    // What is kept is what is told: the bytes, their length and their hash.
    let folder = w.folder.path().join("media");
    let kept = walk(&folder).pop().unwrap();
    let kept = std::fs::read(kept).unwrap();
    assert_eq!(media.body["sha256"], sha256(&kept));
    assert_eq!(media.body["bytes"], kept.len());
    assert_ne!(media.body["sha256"], media.body["original_sha256"]);
    assert_eq!(files(&w, "incoming"), 0);
    let good = w.upload(REEL).await.made();
    assert_eq!(good.body["original_sha256"], json!(null));
}

/// Every file below a folder.
fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().flatten();
    entries
        .flat_map(|entry| match entry.path() {
            path if path.is_dir() => walk(&path),
            path => vec![path],
        })
        .collect()
}

#[tokio::test]
async fn what_cannot_be_mended_is_refused_with_all_that_is_wrong_and_not_kept() {
    let w = World::new().await;
    // Too short, too slow, the wrong codec, the index behind.
    let bad = made("-f lavfi -i testsrc2=s=540x960:r=10:d=2 -c:v mpeg4 -b:v 1M");
    let refused = w.upload(&bad).await.refused(422, "request.invalid");
    let mut rules = refused.findings();
    rules.sort();
    assert_eq!(
        rules,
        [
            "audio.missing -",
            "container.edit_list -",
            "container.moov_front -",
            "video.codec -",
            "video.duration_min -",
            "video.fps -",
        ]
    );
    until_nothing_is_kept(&w).await;
}

#[tokio::test]
async fn findings_are_said_in_the_clients_language() {
    let w = World::new().await;
    let request = w.request(Method::POST, "/v1/media");
    let request = request.header("accept-language", "ru-RU, en;q=0.5");
    let answer = read(request.body("no video").send().await.unwrap()).await;
    assert!(
        answer.text.contains("судя по первым байтам"),
        "{}",
        answer.text
    );
}

#[tokio::test]
async fn a_form_is_refused_with_the_way_to_send_bytes() {
    let w = World::new().await;
    for kind in [
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
    ] {
        let request = w
            .request(Method::POST, "/v1/media")
            .header("content-type", kind);
        let answer = read(request.body(REEL).send().await.unwrap()).await;
        let answer = answer.refused(415, "content_type.unsupported");
        assert!(answer.text.contains("--data-binary"), "{}", answer.text);
    }
}

/// Sends a head and some bytes on a socket; what comes back until the other side closes, if it does.
async fn raw(w: &World, length: u64, bytes: &[u8], hang_up: bool) -> String {
    let address = w.base.trim_start_matches("http://");
    let mut socket = tokio::net::TcpStream::connect(address).await.unwrap();
    let head = format!(
        "POST /v1/media HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {}\r\n\
         content-type: application/octet-stream\r\nconnection: close\r\n\
         content-length: {length}\r\n\r\n",
        w.key
    );
    socket.write_all(head.as_bytes()).await.unwrap();
    socket.write_all(bytes).await.unwrap();
    if hang_up {
        socket.shutdown().await.unwrap();
    }
    let mut answer = Vec::new();
    // A reset after the answer is as good as an end.
    drop(socket.read_to_end(&mut answer).await);
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn an_upload_that_breaks_off_leaves_nothing() {
    let w = World::new().await;
    let answer = raw(&w, REEL.len() as u64, &REEL[..1000], true).await;
    assert!(answer.is_empty() || answer.contains(" 400 "), "{answer}");
    assert_eq!(w.get("/v1/media").await.body["items"], json!([]));
    until_nothing_is_kept(&w).await;
}

#[tokio::test]
async fn more_than_is_taken_at_all_is_refused_before_it_is_sent() {
    let w = World::new().await;
    let answer = raw(&w, 5 << 30, b"", false).await;
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    assert!(answer.contains("body.too_large"), "{answer}");
    assert_eq!(files(&w, "incoming"), 0);
}

#[tokio::test]
async fn a_hopeless_video_is_refused_when_its_head_has_arrived() {
    let w = World::new().await;
    let encode = "-f lavfi -i testsrc2=s=540x960:r=10:d=2 -c:v mpeg4 -b:v 1M";
    let mut head = made(&format!("{encode} -movflags +faststart"));
    // The rest is never sent, and nobody hangs up: the answer comes all the same.
    head.resize(3 << 20, 0);
    let answer = raw(&w, 250_000_000, &head, false).await;
    assert!(answer.starts_with("HTTP/1.1 422"), "{answer}");
    for rule in ["video.codec", "video.fps", "video.duration_min"] {
        assert!(answer.contains(rule), "{rule}: {answer}");
    }
    until_nothing_is_kept(&w).await;
}

#[tokio::test]
async fn a_file_in_use_is_deleted_only_with_its_posts() {
    let w = World::new().await;
    let post = w.scheduled("x").await;
    let media = post.body["content"]["media_id"].as_str().unwrap();
    let refused = w.delete(&format!("/v1/media/{media}")).await;
    let refused = refused.refused(409, "media.in_use");
    assert_eq!(refused.body["findings"][0]["actual"], post.body["id"]);
    let path = format!("/v1/media/{media}?cancel_posts=true");
    assert_eq!(w.delete(&path).await.status, 204);
    let post = w.get(&format!("/v1/posts/{}", post.id())).await;
    assert_eq!(post.body["status"], "cancelled");
    let media = w.get(&format!("/v1/media/{media}")).await.fine();
    assert_eq!(media.body["status"], "deleted");
}

#[tokio::test]
async fn an_unused_file_goes_after_its_time_and_its_record_stays() {
    let w = World::new().await;
    let media = w.reel().await;
    w.clock.advance(TimeDelta::minutes(119));
    w.engine.step(w.clock.now()).await.unwrap();
    assert_eq!(files(&w, "media"), 1);
    w.clock.advance(TimeDelta::minutes(2));
    w.engine.step(w.clock.now()).await.unwrap();
    assert_eq!(files(&w, "media"), 0);
    let record = w.get(&format!("/v1/media/{media}")).await.fine();
    assert_eq!(record.body["status"], "deleted");
}

#[tokio::test]
async fn a_file_that_is_not_there_is_called_as_the_api_calls_it() {
    let w = World::new().await;
    let path = format!("/v1/media/{}", uuid::Uuid::nil());
    w.get(&path).await.refused(404, "media.not_found");
    w.delete(&path).await.refused(404, "media.not_found");
}
