//! A publisher of one's own, held against the core's suite.
//!
//! `platform.rs` imagines a platform, `publisher.rs` is the publisher: under 100 lines. Another
//! platform means another `publisher.rs`. This file runs the suite that every publisher must pass;
//! in a project of your own it is a test. Break a rule in `publisher.rs` and see it named:
//!
//! ```sh
//! cargo run -p contentzavod-examples --example own_publisher
//! ```
#![expect(clippy::print_stdout, reason = "an example shows what it does")]

mod platform;
mod publisher;

use std::process::ExitCode;
use std::sync::Arc;

use async_trait::async_trait;
use chrono::TimeDelta;
use contentzavod_core::model::{
    Access, AccountId, Content, Media, MediaId, MediaKind, MediaStatus, Reel, WorkspaceId,
};
use contentzavod_core::ports::{
    ByteStream, Capabilities, Clock, MediaSource, PublishRequest, Publisher, Republish,
};
use contentzavod_core::testing::ManualClock;
use contentzavod_core::testing::suite::publisher::{Subject, broken_rules};

use platform::Pinboard;
use publisher::PinboardPublisher;

const VIDEO: &[u8] = b"the bytes of a video";

/// A publisher on an empty board, with what the suite needs to use it.
struct Fresh {
    clock: Arc<ManualClock>,
    publisher: PinboardPublisher,
}

impl Fresh {
    fn new() -> Self {
        let clock = Arc::new(ManualClock::new());
        let can = Capabilities {
            platform: "pinboard".to_owned(),
            can_stage: true,
            handle_life: TimeDelta::days(7),
            dead_after: TimeDelta::days(8),
            publish_timeout: TimeDelta::seconds(10),
            // A pin that shows its face cannot be turned again.
            republish: Republish::Refused,
            // The one kind that there is so far.
            kinds: vec!["instagram_reel".to_owned()],
            pulls: false,
        };
        let board = Pinboard::new(clock.clone());
        let publisher = PinboardPublisher { can, board };
        Self { clock, publisher }
    }
}

#[async_trait]
impl Subject for Fresh {
    fn publisher(&self) -> &dyn Publisher {
        &self.publisher
    }

    fn access(&self) -> Access {
        Access {
            account: AccountId::generate(self.clock.now()),
            login: "pinboard".to_owned(),
            remote_user_id: "ada".to_owned(),
            token: "a token that nobody may see".into(),
        }
    }

    fn request(&self) -> PublishRequest {
        let now = self.clock.now();
        let media = Media {
            id: MediaId::generate(now),
            workspace: WorkspaceId::generate(now),
            kind: MediaKind::Video,
            status: MediaStatus::Ready,
            filename: None,
            content_type: "video/mp4".to_owned(),
            bytes: VIDEO.len() as u64,
            sha256: "00".repeat(32),
            original_sha256: None,
            duration_ms: Some(5000),
            width: Some(1080),
            height: Some(1920),
            findings: Vec::new(),
            expires_at: None,
            created_at: now,
        };
        PublishRequest {
            content: Content::InstagramReel(Reel::new(media.id, "Hello")),
            login: None,
            media,
            cover: None,
            media_url: None,
            cover_url: None,
        }
    }

    fn source(&self) -> Box<dyn MediaSource> {
        Box::new(Video)
    }

    async fn wait(&self) {
        self.clock.advance(TimeDelta::seconds(1));
    }
}

#[derive(Debug)]
struct Video;

#[async_trait]
impl MediaSource for Video {
    fn len(&self) -> u64 {
        VIDEO.len() as u64
    }

    async fn read_from(&self, offset: u64) -> std::io::Result<ByteStream> {
        let start = usize::try_from(offset).unwrap_or(usize::MAX);
        let rest = VIDEO.get(start..).unwrap_or_default();
        Ok(Box::pin(futures::stream::once(
            async move { Ok(rest.into()) },
        )))
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let broken = broken_rules(async || Fresh::new()).await;
    for (rule, seen) in &broken {
        println!("broken: {rule}: {seen}");
    }
    if broken.is_empty() {
        println!("Pinboard's publisher keeps every rule of the suite");
        return ExitCode::SUCCESS;
    }
    ExitCode::FAILURE
}
