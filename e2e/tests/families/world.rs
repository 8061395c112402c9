//! A server, a platform, and the steps of a story.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use contentzavod_client::Client;
use contentzavod_client::types::{
    Account, Content, InstagramReel, NewAccount, NewPost, Post, PublicationStatus,
};
use contentzavod_core::testing::ManualClock;
use contentzavod_instagram::Family;
use contentzavod_instagram::sandbox::{Created, Record, Sandbox, Stage};
use e2e::server::{Server, hosts};
use uuid::Uuid;

pub(crate) const REEL: &[u8] = include_bytes!("../../../contentzavod-server/assets/reel.mp4");
/// A JPEG of 1080 x 1920 as far as its header goes.
pub(crate) const COVER: &[u8] = &[
    0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x04, b'J', b'F', 0xFF, 0xC0, 0x00, 0x11, 0x08, 0x07, 0x80, 0x04,
    0x38, 0x03, 0x01, 0x22, 0x00, 0x02, 0x11, 0x01, 0x03, 0x11, 0x01, 0xFF, 0xD9,
];
const STEPS: usize = 500;

pub(crate) struct World {
    pub(crate) server: Server,
    pub(crate) sandbox: Sandbox,
    pub(crate) client: Client,
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::begin(true).await
    }

    /// On a machine that the platform cannot reach.
    pub(crate) async fn unreachable() -> Self {
        Self::begin(false).await
    }

    async fn begin(reachable: bool) -> Self {
        let clock = Arc::new(ManualClock::new());
        let sandbox = Sandbox::builder().clock(clock.clone());
        let sandbox = sandbox.start().await.unwrap();
        let url = sandbox.url();
        let server = if reachable {
            let hosts = hosts(url.as_str());
            Server::start_with(url.as_str(), clock, hosts)
                .await
                .unwrap()
        } else {
            Server::start_unreachable(url.as_str(), clock)
                .await
                .unwrap()
        };
        let client = server.client("Anna").await.unwrap();
        Self {
            server,
            sandbox,
            client,
        }
    }

    pub(crate) async fn connect(&self, family: Family, username: &str) -> Account {
        let token = match family {
            Family::Instagram => self.sandbox.add_account(username),
            Family::Facebook => self.sandbox.add_page(username),
        };
        let body = NewAccount::builder().access_token(token);
        let account = self.client.account_create().body(body).send().await;
        account.unwrap().into_inner()
    }

    pub(crate) async fn upload(&self, name: &str, bytes: &'static [u8]) -> Uuid {
        let upload = self.client.media_create().filename(name);
        upload.body(bytes.to_vec()).send().await.unwrap().id
    }

    /// A post in an hour.
    pub(crate) fn in_an_hour(&self, accounts: Vec<Uuid>, reel: InstagramReel) -> NewPost {
        let post = NewPost::builder()
            .account_ids(accounts)
            .content(Content::from(reel))
            .publish_at(self.server.after(TimeDelta::hours(1)));
        post.try_into().unwrap()
    }

    pub(crate) async fn schedule(&self, post: NewPost) -> Post {
        let made = self.client.post_create().body(post).send().await;
        made.unwrap().into_inner()
    }

    pub(crate) async fn post(&self, id: Uuid) -> Post {
        let post = self.client.post_get().id(id).send().await;
        post.unwrap().into_inner()
    }

    /// Lets time pass until every publication of the post is published and linked.
    pub(crate) async fn until_published(&self, id: Uuid) -> Post {
        for _ in 0..STEPS {
            let post = self.post(id).await;
            let done = post
                .publications
                .iter()
                .all(|p| p.status == PublicationStatus::Published && p.permalink.is_some());
            if done {
                return post;
            }
            self.server.step().await.unwrap();
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("not published: {:#?}", self.post(id).await);
    }

    /// What a container of an account was made with.
    pub(crate) fn made(&self, username: &str) -> Created {
        let mut made = self.sandbox.records().into_iter().filter_map(|r| match r {
            Record::Create(made) if made.username == username => Some(made),
            _ => None,
        });
        made.next().unwrap()
    }

    /// The same of the newest one.
    pub(crate) fn last_made(&self, username: &str) -> Created {
        let records = self.sandbox.records().into_iter().rev();
        let mut made = records.filter_map(|r| match r {
            Record::Create(made) if made.username == username => Some(made),
            _ => None,
        });
        made.next().unwrap()
    }

    /// The SHA-256 of each container's cover, oldest first.
    pub(crate) fn covers(&self) -> Vec<Option<String>> {
        let records = self.sandbox.records().into_iter();
        let covers = records.filter_map(|r| match r {
            Record::Pull(pulled) => Some(pulled.cover_sha256),
            _ => None,
        });
        covers.collect()
    }

    pub(crate) fn calls(&self, username: &str) -> BTreeMap<Stage, u64> {
        self.sandbox.calls(username)
    }
}
