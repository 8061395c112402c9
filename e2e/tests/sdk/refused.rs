//! Refusals as the SDK's user meets them.

use std::sync::Arc;
use std::time::{Duration, Instant};

use contentzavod_client::types::{
    Content, FixStatus, InstagramReel, MediaStatus, NewAccount, NewPost, Problem, Severity,
};
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
pub(crate) fn video(arguments: &str) -> Vec<u8> {
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
async fn a_refused_video_is_kept_and_mended_and_its_new_file_goes_into_a_post() {
    let (sandbox, server) = start().await;
    let client = server.client("Anna").await.unwrap();
    let token = sandbox.add_account("anna");
    let account = NewAccount::builder().access_token(token);
    let account = client.account_create().body(account).send().await.unwrap();
    let source = "-f lavfi -i testsrc2=s=540x960:r=30:d=3.5 -f lavfi -i sine=d=3.5";
    let bad = video(&format!("{source} -c:v mpeg4 -b:v 1M -c:a libmp3lame"));
    let kept = client.media_create().keep_refused(true).body(bad);
    let kept = kept.send().await.unwrap();
    assert_eq!(kept.status, MediaStatus::Refused);
    let plan = client.media_fix().id(kept.id).send().await.unwrap();
    println!("{plan:#?}");
    let changes: Vec<_> = plan.changes.iter().map(|c| c.rule.as_str()).collect();
    assert!(changes.contains(&"video.codec") && changes.contains(&"audio.codec"));

    let asked = client.media_fix().id(kept.id).confirm(true).send().await;
    assert!(matches!(
        asked.unwrap().status,
        FixStatus::Queued | FixStatus::Running
    ));
    let done = async {
        loop {
            let fix = client.media_fix_get().id(kept.id).send().await.unwrap();
            if !matches!(fix.status, FixStatus::Queued | FixStatus::Running) {
                return fix.into_inner();
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    let done = tokio::time::timeout(Duration::from_secs(120), done)
        .await
        .unwrap();
    println!("{done:#?}");
    let new = done.result_media_id.expect("the new file");
    let media = client.media_get().id(new).send().await.unwrap();
    assert_eq!(media.original_sha256.as_deref(), Some(kept.sha256.as_str()));
    assert!(media.findings.iter().all(|f| f.severity != Severity::Error));

    let post = |media: Uuid| {
        let reel = InstagramReel::builder().media_id(media).caption("mended");
        let reel: InstagramReel = reel.try_into().unwrap();
        NewPost::builder()
            .account_ids(vec![account.id])
            .content(Content::from(reel))
            .publish_at(server.after(chrono::TimeDelta::hours(1)))
    };
    let refused = refusal(client.post_create().body(post(kept.id)).send().await);
    assert_eq!(refused.findings[0].rule, "media.refused");
    client.post_create().body(post(new)).send().await.unwrap();
    // Somebody else sees none of it.
    let stranger = server.client("Boris").await.unwrap();
    let foreign = refusal(stranger.media_fix_get().id(kept.id).send().await);
    assert_eq!(foreign.status, 404);
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
