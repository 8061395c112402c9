//! The core's suite for publishers, over the sandbox, by either login family.

use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use chrono::TimeDelta;
use contentzavod_core::model::{
    Access, AccountId, Content, Media, MediaId, MediaKind, MediaStatus, Reel, WorkspaceId,
    id::uuid_v7,
};
use contentzavod_core::ports::{ByteStream, Connector, MediaSource, PublishRequest, Publisher};
use contentzavod_core::testing::suite;
use contentzavod_instagram::sandbox::FACEBOOK_APP;
use contentzavod_instagram::{
    Family, GraphConfig, InstagramConnector, InstagramPublisher, MetaApp,
};
use futures::StreamExt;

use crate::bench::{Bench, bench};
use crate::web;

/// A client whose families speak to the hosts that are theirs, and sign where they can.
pub(crate) fn config(b: &Bench) -> GraphConfig {
    let host = |name: &str| b.sandbox.url().join(name).unwrap();
    GraphConfig {
        graph_url: host("graph.instagram.com"),
        facebook_url: host("graph.facebook.com"),
        oauth_url: host("api.instagram.com"),
        meta_app: Some(MetaApp {
            id: Some(FACEBOOK_APP.id.to_owned()),
            secret: FACEBOOK_APP.secret.into(),
        }),
        ..GraphConfig::default()
    }
}

/// An account of the sandbox, as it is connected for real.
pub(crate) async fn connected(b: &Bench, family: Family) -> Access {
    let token = match family {
        Family::Instagram => b.sandbox.add_account("demo"),
        Family::Facebook => b.sandbox.add_page("demo"),
    };
    let connector = InstagramConnector::new(config(b)).unwrap();
    let token = token.into();
    let found = connector.identify(&token, Some(family.as_str())).await;
    let who = found.unwrap().value.remove(0);
    Access {
        account: AccountId(uuid_v7(b.now())),
        login: who.login,
        remote_user_id: who.remote_user_id,
        token: who.token.unwrap_or(token),
    }
}

pub(crate) fn file(b: &Bench, kind: MediaKind, bytes: u64) -> Media {
    Media {
        id: MediaId(uuid_v7(b.now())),
        workspace: WorkspaceId(uuid_v7(b.now())),
        kind,
        status: MediaStatus::Ready,
        filename: None,
        content_type: "video/mp4".to_owned(),
        bytes,
        sha256: String::new(),
        original_sha256: None,
        duration_ms: Some(4000),
        width: Some(720),
        height: Some(1280),
        findings: Vec::new(),
        expires_at: None,
        created_at: b.now(),
    }
}

/// Bytes in memory.
#[derive(Debug)]
pub(crate) struct Memory(pub(crate) &'static [u8]);

#[async_trait]
impl MediaSource for Memory {
    fn len(&self) -> u64 {
        self.0.len() as u64
    }
    async fn read_from(&self, offset: u64) -> std::io::Result<ByteStream> {
        let rest = &self.0[usize::try_from(offset).unwrap()..];
        let pieces = rest.chunks(4096).map(|piece| Ok(Bytes::from_static(piece)));
        Ok(futures::stream::iter(pieces).boxed())
    }
}

struct Subject {
    b: Arc<Bench>,
    publisher: InstagramPublisher,
    access: Access,
}

#[async_trait]
impl suite::publisher::Subject for Subject {
    fn publisher(&self) -> &dyn Publisher {
        &self.publisher
    }
    fn access(&self) -> Access {
        self.access.clone()
    }
    fn request(&self) -> PublishRequest {
        let media = file(&self.b, MediaKind::Video, web::REEL.len() as u64);
        PublishRequest {
            content: Content::InstagramReel(Reel::new(media.id, "Привет\r\n#demo ")),
            login: Some(self.access.login.clone()),
            media_url: Some(self.b.files.url("reel.mp4")),
            media,
            cover: None,
            cover_url: None,
        }
    }
    fn source(&self) -> Box<dyn MediaSource> {
        Box::new(Memory(web::REEL))
    }
    async fn wait(&self) {
        // Fetching takes real time, processing the clock's.
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        self.b.clock.advance(TimeDelta::milliseconds(500));
    }
}

#[tokio::test]
async fn the_publisher_keeps_the_contract_over_the_sandbox() {
    for family in Family::ALL {
        suite::publisher::publisher(async || {
            let b = bench().await;
            Subject {
                publisher: InstagramPublisher::new(config(&b)).unwrap(),
                access: connected(&b, family).await,
                b: Arc::new(b),
            }
        })
        .await;
    }
}
