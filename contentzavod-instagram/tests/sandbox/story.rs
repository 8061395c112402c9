//! The real Graph client gets along with it.

use chrono::TimeDelta;
use contentzavod_core::model::{
    Access, AccountId, Content, Media, MediaId, MediaKind, MediaStatus, Reel, WorkspaceId,
    id::uuid_v7,
};
use contentzavod_core::ports::{
    CallError, Connector, HandleState, PublishError, PublishRequest, Published, Publisher,
};
use contentzavod_instagram::sandbox::{Fault, Rule, Stage};
use contentzavod_instagram::{GraphConfig, InstagramConnector, InstagramPublisher};

use crate::bench::{Bench, bench};
use crate::web;

struct Client {
    publisher: InstagramPublisher,
    connector: InstagramConnector,
    access: Access,
}

async fn client(b: &Bench) -> Client {
    let config = GraphConfig {
        graph_url: b.sandbox.url(),
        ..GraphConfig::default()
    };
    let connector = InstagramConnector::new(config.clone()).expect("a client");
    let token = b.sandbox.add_account("demo").into();
    let who = connector
        .identify(&token, None)
        .await
        .expect("an answer")
        .value
        .remove(0);
    assert_eq!(who.username, "demo");
    Client {
        publisher: InstagramPublisher::new(config).expect("a client"),
        connector,
        access: Access {
            account: AccountId(uuid_v7(b.now())),
            login: "instagram".to_owned(),
            remote_user_id: who.remote_user_id,
            token,
        },
    }
}

fn request(b: &Bench, file: &str, caption: &str) -> PublishRequest {
    let media = Media {
        id: MediaId(uuid_v7(b.now())),
        workspace: WorkspaceId(uuid_v7(b.now())),
        kind: MediaKind::Video,
        status: MediaStatus::Ready,
        filename: None,
        content_type: "video/mp4".to_owned(),
        bytes: 1,
        sha256: String::new(),
        original_sha256: None,
        duration_ms: Some(4000),
        width: Some(720),
        height: Some(1280),
        findings: Vec::new(),
        expires_at: None,
        created_at: b.now(),
    };
    let mut reel = Reel::new(media.id, caption);
    reel.collaborators = vec!["friend.one".to_owned()];
    reel.user_tags = vec!["friend.two".to_owned()];
    reel.thumb_offset_ms = Some(500);
    reel.ai_generated = true;
    PublishRequest {
        content: Content::InstagramReel(reel),
        login: None,
        media,
        cover: None,
        media_url: Some(b.files.url(file)),
        cover_url: None,
    }
}

#[tokio::test]
async fn from_container_to_link() {
    let b = bench().await;
    let Client {
        publisher,
        connector,
        access,
    } = client(&b).await;
    let request = request(&b, "reel.mp4", "Hello");
    let handle = publisher.create(&access, &request).await.unwrap().value;
    b.pulled(&handle.0).await;
    let status = publisher.status(&access, &handle).await.unwrap();
    assert_eq!(status.value.state, HandleState::InProgress);
    assert_eq!(status.remote_time, Some(b.now()), "the platform's clock");
    b.clock.advance(TimeDelta::seconds(2));
    let status = publisher.status(&access, &handle).await.unwrap();
    assert_eq!(status.value.state, HandleState::Finished);
    let Published::Live(id) = publisher.publish(&access, &handle).await.unwrap().value else {
        panic!("not live");
    };
    let entry = &b.sandbox.ledger()[0];
    assert_eq!((&entry.media, entry.caption.as_str()), (&id, "Hello"));
    assert_eq!(entry.ig_user, access.remote_user_id);
    assert_eq!(entry.sha256, web::sha256(web::REEL));
    let link = publisher.permalink(&access, &id).await.unwrap().value;
    assert_eq!(link.permalink, entry.permalink);
    assert_eq!(link.published_at, Some(b.now()));
    let recent = publisher.recent(&access).await.unwrap().value;
    assert_eq!((recent.len(), &recent[0].id), (1, &id));
    let quota = publisher.quota(&access).await.unwrap();
    assert_eq!((quota.value.used, quota.value.total), (1, 50));
    assert!(quota.usage.is_some(), "limits are in the headers");
    b.clock.advance(TimeDelta::hours(24));
    let fresh = connector.refresh(&access).await.unwrap().value;
    assert_eq!(fresh.expires_at, b.now() + TimeDelta::days(60));
    connector.revoke(&access).await.unwrap();
    let dead = publisher.quota(&access).await;
    assert!(matches!(dead, Err(CallError::Token(_))), "{dead:?}");
}

#[tokio::test]
async fn its_errors_mean_to_the_client_what_they_mean() {
    let b = bench().await;
    let Client {
        publisher, access, ..
    } = client(&b).await;
    let missing = request(&b, "missing.mp4", "Hello");
    let handle = publisher.create(&access, &missing).await.unwrap().value;
    b.pulled(&handle.0).await;
    let status = publisher.status(&access, &handle).await.unwrap().value;
    assert_eq!(status.state, HandleState::Error);
    assert!(
        status
            .fault
            .is_some_and(|fault| fault.code.contains("2207052"))
    );

    let reel = request(&b, "reel.mp4", "Hello");
    let handle = publisher.create(&access, &reel).await.unwrap().value;
    let early = publisher.publish(&access, &handle).await;
    assert!(
        matches!(early, Err(PublishError::Refused { .. })),
        "{early:?}"
    );
    b.pulled(&handle.0).await;
    b.clock.advance(TimeDelta::seconds(2));
    b.sandbox
        .set_faults(vec![Rule::times(Stage::Publish, Fault::ReplyLost, 1)].into());
    let lost = publisher.publish(&access, &handle).await;
    let unanswered = matches!(
        lost,
        Err(PublishError::Unknown {
            answered: false,
            ..
        })
    );
    assert!(unanswered, "{lost:?}");
    let status = publisher.status(&access, &handle).await.unwrap().value;
    assert_eq!(status.state, HandleState::Published);

    let long = request(&b, "reel.mp4", &"x".repeat(2201));
    let refused = publisher.create(&access, &long).await;
    assert!(matches!(refused, Err(CallError::Content(_))), "{refused:?}");
}
