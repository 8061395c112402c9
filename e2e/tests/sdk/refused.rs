//! Refusals as the SDK's user meets them.

use std::sync::Arc;
use std::time::{Duration, Instant};

use contentzavod_client::types::{Content, InstagramReel, NewPost, Problem};
use contentzavod_client::{Client, Error, upload};
use contentzavod_core::testing::ManualClock;
use contentzavod_instagram::sandbox::Sandbox;
use e2e::server::Server;
use uuid::Uuid;

async fn start() -> (Sandbox, Server) {
    let clock = Arc::new(ManualClock::new());
    let sandbox = Sandbox::builder().clock(clock.clone());
    let sandbox = sandbox.start().await.unwrap();
    let server = Server::start(sandbox.url().as_str(), clock).await.unwrap();
    (sandbox, server)
}

fn refusal<T: std::fmt::Debug>(answer: Result<T, Error<Problem>>) -> Problem {
    match answer {
        Err(Error::ErrorResponse(problem)) => problem.into_inner(),
        other => panic!("no readable refusal: {other:?}"),
    }
}

/// A source without end, never faster than the other side reads.
fn zeros(bytes: u64) -> reqwest::Body {
    let piece = bytes::Bytes::from(vec![0; 256 << 10]);
    upload::sized(
        futures::stream::repeat_with(move || Ok(piece.clone())),
        bytes,
    )
}

#[tokio::test]
async fn an_upload_that_is_refused_while_it_is_sent_is_told_why() {
    let (_sandbox, server) = start().await;
    let client = server.client("Anna").await.unwrap();
    let stranger = Client::with_api_key(&server.base, "cz_live_wrong").unwrap();
    // Below what the server reads away after its answer, above it, and far above it.
    for bytes in [8 << 20, 200 << 20, 1 << 34] {
        let start = Instant::now();
        let answer = stranger.media_create().body(zeros(bytes)).send().await;
        let problem = refusal(answer);
        assert_eq!((problem.status, problem.findings.len()), (401, 0));
        assert!(start.elapsed() < Duration::from_secs(10), "{bytes} bytes");
    }
    // Its length says that it is too large, so nothing of it is waited for.
    let answer = client
        .media_create()
        .body(zeros((1 << 30) + 1))
        .send()
        .await;
    let problem = refusal(answer);
    assert_eq!(problem.status, 413, "{problem}");
    // Its first bytes are those of no video.
    let sent = Instant::now();
    let answer = client.media_create().body(zeros(250 << 20)).send().await;
    let problem = refusal(answer);
    assert_eq!(problem.status, 422, "{problem}");
    assert_eq!(problem.findings[0].rule, "container.format");
    assert!(sent.elapsed() < Duration::from_secs(10));
    // A connection is not left in a state that spoils the next call.
    client.me_get().send().await.unwrap();
}

/// A video that ffmpeg makes.
fn video(arguments: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("made.mp4");
    let status = std::process::Command::new("ffmpeg")
        .args(["-v", "error", "-nostdin"])
        .args(arguments.split(' '))
        .arg(&file)
        .status()
        .unwrap();
    assert!(status.success());
    std::fs::read(&file).unwrap()
}

#[tokio::test]
async fn a_bad_upload_names_its_rules_and_one_with_its_index_behind_is_mended() {
    let (_sandbox, server) = start().await;
    let client = server.client("Anna").await.unwrap();
    let bad = video("-f lavfi -i testsrc2=s=540x960:r=10:d=4 -pix_fmt yuv444p -c:v libx264");
    let problem = refusal(client.media_create().body(bad).send().await);
    println!("{problem}");
    let rules: Vec<_> = problem.findings.iter().map(|f| f.rule.as_str()).collect();
    for rule in ["video.fps", "video.chroma", "container.moov_front"] {
        assert!(rules.contains(&rule), "{rules:?}");
    }
    let reel = "../contentzavod-server/assets/reel.mp4";
    let behind = video(&format!("-i {reel} -c copy"));
    let media = client.media_create().body(behind).send().await.unwrap();
    println!("{media:#?}");
    assert!(media.original_sha256.is_some());
    assert!(
        media
            .findings
            .iter()
            .any(|f| f.rule == "container.moov_moved")
    );
}

#[tokio::test]
async fn a_422_tells_every_broken_rule_in_words() {
    let (_sandbox, server) = start().await;
    let client = server.client("Anna").await.unwrap();
    let reel = InstagramReel::builder()
        .media_id(Uuid::nil())
        .caption("#tag ".repeat(500));
    let reel: InstagramReel = reel.try_into().unwrap();
    let post = NewPost::builder()
        .account_ids(vec![])
        .content(Content::from(reel))
        .publish_at("yesterday".to_owned());
    let problem = refusal(client.post_create().body(post).send().await);
    assert_eq!(problem.status, 422);
    let rules: Vec<_> = problem.findings.iter().map(|f| f.rule.as_str()).collect();
    assert!(rules.len() > 1, "{rules:?}");
    let text = problem.to_string();
    println!("{text}");
    for finding in &problem.findings {
        let field = finding.field.as_deref().unwrap_or_default();
        assert!(!field.is_empty() && !finding.message.is_empty());
        assert!(text.contains(field) && text.contains(&finding.message));
    }
}
