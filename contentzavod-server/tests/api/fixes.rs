//! Videos that Instagram would refuse, kept and encoded anew by a real ffmpeg.

use std::time::Duration;

use contentzavod_preflight::{Finding, Shape, Transcode};
use contentzavod_server::encode::ffmpeg::{EncodeError, Listener};
use contentzavod_server::encode::{Encoder, Worker};
use reqwest::Method;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use crate::media::{files, made, until_nothing_is_kept};
use crate::world::{Answer, REEL, World, read};

const WRONG: &str =
    "-f lavfi -i testsrc2=s=540x960:r=30:d=3.5 -c:v mpeg4 -b:v 1M -movflags +faststart";

async fn keep(w: &World, bytes: &[u8]) -> Answer {
    let path = "/v1/media?filename=-my%20video.mp4&keep_refused=true";
    let request = w.request(Method::POST, path);
    let request = request.header("content-type", "application/octet-stream");
    read(request.body(bytes.to_vec()).send().await.unwrap()).await
}

/// The same worker with less patience.
fn hasty(worker: Worker) -> Worker {
    Worker {
        encoder: worker.encoder.within(Duration::from_millis(1)),
        ..worker
    }
}

fn rules(list: &Value) -> Vec<&str> {
    let list = list.as_array().unwrap().iter();
    list.map(|item| item["rule"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_refused_video_is_kept_told_of_encoded_and_published_from_its_new_file() {
    let mut w = World::new().await;
    let bytes = made(WRONG);
    let kept = keep(&w, &bytes).await.made();
    assert_eq!(kept.body["status"], "refused");
    assert!(rules(&kept.body["findings"]).contains(&"video.codec"));
    let fix = format!("/v1/media/{}/fix", kept.id());
    w.get(&fix).await.refused(404, "fix.not_found");

    // As it is, no post takes it.
    let mut post = w.draft_of_post("x").await;
    post["content"]["media_id"] = kept.body["id"].clone();
    let refused = w.post("/v1/posts", &post).await;
    let refused = refused.refused(422, "request.invalid");
    assert_eq!(refused.findings(), ["media.refused content.media_id"]);

    // First what would change; nothing is begun.
    let plan = w.tell(&fix).await.fine();
    assert_eq!(plan.body["status"], "planned");
    assert_eq!(
        plan.body["changes"],
        json!([{ "rule": "video.codec", "from": "mp4v", "to": "h264" }])
    );
    let stays: Vec<_> = plan.body["stays"].as_array().unwrap().iter().collect();
    assert!(stays.contains(&&json!("audio.missing")), "{stays:?}");
    let command = plan.body["command"].as_str().unwrap();
    assert!(
        command.starts_with("ffmpeg -i './-my video.mp4' "),
        "{command}"
    );
    w.get(&fix).await.refused(404, "fix.not_found");

    // Then it is done.
    let asked = w.tell(&format!("{fix}?confirm=true")).await.fine();
    assert_eq!(asked.body["status"], "queued");
    assert_eq!(asked.body["changes"], plan.body["changes"]);
    let worker = w.encoder.take().unwrap();
    worker.everything(&CancellationToken::new()).await;
    let done = w.get(&fix).await.fine();
    assert_eq!(
        (&done.body["status"], &done.body["progress"]),
        (&json!("done"), &json!(100))
    );

    let id = done.body["result_media_id"].as_str().unwrap();
    let new = w.get(&format!("/v1/media/{id}")).await.fine();
    assert_eq!(new.body["status"], "ready");
    assert_eq!(new.body["original_sha256"], kept.body["sha256"]);
    assert_eq!(new.body["filename"], kept.body["filename"]);
    assert!(!rules(&new.body["findings"]).contains(&"video.codec"));
    assert_eq!(files(&w, "incoming"), 0, "nothing is left of the work");
    post["content"]["media_id"] = new.body["id"].clone();
    w.post("/v1/posts", &post).await.made();
    // What has ended stays as it ended.
    let same = w.delete(&fix).await.fine();
    assert_eq!(same.body["status"], "done");
}

#[tokio::test]
async fn without_ffmpeg_the_command_is_told_and_nothing_is_kept() {
    let w = World::with(&[("CONTENTZAVOD_MEDIA__FFMPEG", "off")]).await;
    assert!(w.encoder.is_none());
    let refused = keep(&w, &made(WRONG)).await;
    refused.refused(422, "request.invalid");
    until_nothing_is_kept(&w).await;
    // Warnings can be mended too.
    let wide = made(&format!(
        "{WIDE} -c:v libx264 -pix_fmt yuv420p -movflags +faststart"
    ));
    let media = w.upload(&wide).await.made();
    let path = format!("/v1/media/{}/fix?shape=crop", media.id());
    let refused = w.tell(&path).await.refused(501, "fix.no_ffmpeg");
    let command = refused.body["findings"][0]["actual"].as_str().unwrap();
    assert!(command.contains("crop=1080:1920"), "{command}");
    assert!(
        refused.body["findings"][0]["message"]
            .as_str()
            .unwrap()
            .contains(command)
    );
}

const WIDE: &str = "-f lavfi -i testsrc2=s=960x540:r=30:d=3.5";

#[tokio::test]
async fn what_no_encoder_mends_is_refused_although_it_should_be_kept() {
    let w = World::new().await;
    let short = made(&WRONG.replace("d=3.5", "d=1"));
    let refused = keep(&w, &short).await.refused(422, "request.invalid");
    assert!(rules(&refused.body["findings"]).contains(&"video.duration_min"));
    until_nothing_is_kept(&w).await;
    // And of a good file there is nothing to mend.
    let reel = w.reel().await;
    let refused = w.tell(&format!("/v1/media/{reel}/fix")).await;
    let refused = refused.refused(422, "request.invalid");
    assert_eq!(refused.findings(), ["fix.nothing -"]);
}

#[tokio::test]
async fn what_cannot_be_encoded_says_so_and_can_be_asked_for_again() {
    let mut w = World::new().await;
    // The head of one, and noise.
    let mut noise = b"\x1A\x45\xDF\xA3".to_vec();
    noise.extend((0..20_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8));
    let kept = keep(&w, &noise).await.made();
    let fix = format!("/v1/media/{}/fix", kept.id());
    w.tell(&format!("{fix}?confirm=true")).await.fine();
    let worker = w.encoder.take().unwrap();
    worker.everything(&CancellationToken::new()).await;
    let failed = w.get(&fix).await.fine();
    assert_eq!(failed.body["status"], "failed");
    assert_eq!(rules(&failed.body["findings"]), ["fix.failed"]);
    assert_eq!(failed.body["result_media_id"], Value::Null);
    // Nothing of our folders is told.
    assert!(!failed.text.contains("incoming"), "{}", failed.text);
    // What the advice speaks of is there.
    assert!(
        failed.body["command"]
            .as_str()
            .unwrap()
            .starts_with("ffmpeg ")
    );

    let again = w.tell(&format!("{fix}?confirm=true")).await.fine();
    assert_eq!(again.body["status"], "queued");
    assert_eq!(again.body["findings"], json!([]));
    let worker = hasty(worker);
    worker.everything(&CancellationToken::new()).await;
    let failed = w.get(&fix).await.fine();
    assert_eq!(rules(&failed.body["findings"]), ["fix.too_long"]);
    assert_eq!(files(&w, "incoming"), 0);
}

/// A list of other files is no video, however it is called: ffmpeg would follow it into our folders.
#[tokio::test]
async fn lists_of_other_files_are_neither_kept_nor_followed() {
    let w = World::new().await;
    let secret = w.folder.path().join("secret.mp4");
    std::fs::write(&secret, REEL).unwrap();
    let at = secret.display();
    let head = "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:4\n";
    for list in [
        format!("{head}#EXTINF:4,\nfile://{at}\n#EXT-X-ENDLIST\n"),
        format!("ffconcat version 1.0\nfile {at}\n"),
        format!(
            "<?xml version=\"1.0\"?><MPD type=\"static\" mediaPresentationDuration=\"PT4S\">\
             <Period><AdaptationSet><Representation id=\"1\" bandwidth=\"1\">\
             <BaseURL>file://{at}</BaseURL></Representation></AdaptationSet></Period></MPD>"
        ),
    ] {
        let list = list.into_bytes();
        let refused = keep(&w, &list).await.refused(422, "request.invalid");
        assert_eq!(refused.findings(), ["container.format -"]);
    }
    until_nothing_is_kept(&w).await;
    // Nor where it hides behind the head of a format that is taken.
    let encoder = w.encoder.as_ref().unwrap().encoder.clone();
    let found = [Finding::error("container.format", "")
        .actual("Matroska")
        .limit("MP4, MOV")];
    let plan = Transcode::plan(&found, None, Shape::Keep).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (from, to) = (folder.path().join("list"), folder.path().join("out.mp4"));
    std::fs::write(
        &from,
        format!("{head}#EXTINF:4,\nfile://{at}\n#EXT-X-ENDLIST\n"),
    )
    .unwrap();
    let ended = encoder.encode(&from, &to, &plan, None, &Patient).await;
    assert!(
        matches!(ended, Err(EncodeError::Failed { .. })),
        "{ended:?}"
    );
}

struct Patient;

#[async_trait::async_trait]
impl Listener for Patient {
    async fn goes_on(&self, _: u8) -> bool {
        true
    }
}

/// What lies in fragments shows only when they are packed anew; then it is planned for.
#[tokio::test]
async fn what_was_hidden_is_mended_too() {
    let mut w = World::new().await;
    let source = "-f lavfi -i testsrc2=s=540x960:r=15:d=4 -c:v libx264 -preset ultrafast";
    let fragments = made(&format!(
        "{source} -pix_fmt yuv420p -movflags frag_keyframe+empty_moov"
    ));
    let matroska =
        matroska("-f lavfi -i testsrc2=s=3840x2160:r=10:d=4 -c:v libx264 -preset ultrafast");
    let worker = w.encoder.take().unwrap();
    for (bytes, rule) in [
        (fragments, "container.fragmented"),
        (matroska, "container.format"),
    ] {
        let kept = keep(&w, &bytes).await.made();
        assert!(
            rules(&kept.body["findings"]).contains(&rule),
            "{}",
            kept.text
        );
        let fix = format!("/v1/media/{}/fix", kept.id());
        w.tell(&format!("{fix}?confirm=true")).await.fine();
        worker.everything(&CancellationToken::new()).await;
        let done = w.get(&fix).await.fine();
        assert_eq!(done.body["status"], "done", "{}", done.text);
        let new = format!(
            "/v1/media/{}",
            done.body["result_media_id"].as_str().unwrap()
        );
        let new = w.get(&new).await.fine();
        assert!(new.body["width"].as_u64().unwrap() <= 1920);
    }
    assert_eq!(files(&w, "incoming"), 0);
}

fn matroska(arguments: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("made.mkv");
    let made = std::process::Command::new("ffmpeg")
        .args(["-v", "error", "-nostdin"])
        .args(arguments.split(' '))
        .arg(&file)
        .status();
    assert!(made.unwrap().success());
    std::fs::read(&file).unwrap()
}

#[tokio::test]
async fn a_fix_can_be_asked_for_as_often_as_one_likes_with_one_shape_at_a_time() {
    let mut w = World::new().await;
    let wide = made(&format!(
        "{WIDE} -c:v libx264 -preset ultrafast -pix_fmt yuv420p -movflags +faststart"
    ));
    let media = w.upload(&wide).await.made();
    let fix = format!("/v1/media/{}/fix", media.id());
    let worker = w.encoder.take().unwrap();
    for shape in ["pad", "crop", "pad", "crop"] {
        let asked = w
            .tell(&format!("{fix}?confirm=true&shape={shape}"))
            .await
            .fine();
        assert_eq!(asked.body["shape"], shape);
        let other = if shape == "pad" { "crop" } else { "pad" };
        let refused = w.tell(&format!("{fix}?confirm=true&shape={other}")).await;
        let refused = refused.refused(409, "fix.other_shape");
        assert_eq!(refused.body["findings"][0]["actual"], shape);
        worker.everything(&CancellationToken::new()).await;
        let done = w.get(&fix).await.fine();
        assert_eq!(
            (&done.body["status"], &done.body["shape"]),
            (&json!("done"), &json!(shape))
        );
        assert_eq!(done.body["changes"][0]["to"], "9:16", "{}", done.text);
    }
}

#[tokio::test]
async fn what_was_called_off_is_not_encoded() {
    let mut w = World::new().await;
    let kept = keep(&w, &made(WRONG)).await.made();
    let fix = format!("/v1/media/{}/fix", kept.id());
    w.tell(&format!("{fix}?confirm=true")).await.fine();
    let off = w.delete(&fix).await.fine();
    assert_eq!(off.body["status"], "cancelled");
    w.encoder
        .take()
        .unwrap()
        .everything(&CancellationToken::new())
        .await;
    let off = w.get(&fix).await.fine();
    assert_eq!(off.body["status"], "cancelled");
    assert_eq!(
        w.get("/v1/media").await.body["items"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn what_is_called_off_while_it_runs_is_ended() {
    let mut w = World::new().await;
    // Long enough that it is not done before somebody changes their mind.
    let long = matroska(
        &WRONG
            .replace("540x960", "1080x1920")
            .replace("d=3.5", "d=60"),
    );
    let kept = keep(&w, &long).await.made();
    let fix = format!("/v1/media/{}/fix", kept.id());
    w.tell(&format!("{fix}?confirm=true")).await.fine();
    let worker = w.encoder.take().unwrap();
    let working = tokio::spawn(async move { worker.everything(&CancellationToken::new()).await });
    let running = async {
        while w.get(&fix).await.body["progress"] == 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let begun = tokio::time::timeout(Duration::from_secs(60), running);
    begun.await.expect("it tells how far it is");
    let off = w.delete(&fix).await.fine();
    assert_eq!(off.body["status"], "cancelled");
    let ended = tokio::time::timeout(Duration::from_secs(60), working);
    ended.await.expect("it ends").unwrap();
    assert_eq!(w.get(&fix).await.body["status"], "cancelled");
    assert_eq!(files(&w, "incoming"), 0);
    assert_eq!(
        w.get("/v1/media").await.body["items"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn a_foreign_file_is_not_encoded() {
    let w = World::new().await;
    let kept = keep(&w, &made(WRONG)).await.made();
    let stranger = w.person("Boris").await;
    for (method, path) in [
        (
            Method::POST,
            format!("/v1/media/{}/fix?confirm=true", kept.id()),
        ),
        (Method::GET, format!("/v1/media/{}/fix", kept.id())),
        (Method::DELETE, format!("/v1/media/{}/fix", kept.id())),
    ] {
        let request = w.request_as(&stranger, method, &path);
        let answer = read(request.send().await.unwrap()).await;
        assert_eq!(answer.status, 404, "{}", answer.text);
    }
}

#[tokio::test]
async fn an_encoder_of_the_search_path_is_found() {
    let found = Encoder::find(&contentzavod_server::config::Ffmpeg::Auto).unwrap();
    assert!(found.is_some(), "cargo xtask test installs ffmpeg");
}
