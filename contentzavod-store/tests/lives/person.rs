//! What people do to begin with: accounts, files, posts.

use std::panic::AssertUnwindSafe;

use chrono::{DateTime, SecondsFormat, Utc};
use contentzavod_core::model::{
    Account, Actor, Content, Media, MediaId, MediaKind, MediaStatus, PublicationId, Reel, Secret,
};
use contentzavod_core::ports::Clock;
use contentzavod_core::ports::store::{MediaStore, PostView};
use contentzavod_core::service::{PostRequest, ServiceError};
use futures::FutureExt;

use super::act::{On, TOLD, Time};
use super::oracle::Promise;
use super::room::{Posted, Room, span};

/// A refusal is an answer; an engine room on fire is not.
pub(crate) fn answered<T>(result: Result<T, ServiceError>) -> Option<T> {
    match result {
        Ok(done) => Some(done),
        Err(ServiceError::Store(error)) => panic!("the store does not answer: {error}"),
        Err(_) => None,
    }
}

pub(crate) fn text(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

pub(crate) fn caption(number: u8) -> String {
    format!("caption {number}")
}

impl Room {
    pub(crate) async fn connect(&mut self, actor: Actor, remote: &str) {
        let token = Secret::from(self.platform.token(remote));
        let connected = self
            .app
            .connect_with_token(actor, "instagram", &token)
            .await;
        let account = connected.expect("a good token").account;
        self.note_account(actor, account);
    }

    fn note_account(&mut self, actor: Actor, account: Account) {
        if !self.accounts.iter().any(|(_, a)| a.id == account.id) {
            self.accounts.push((actor, account));
        }
    }

    pub(crate) async fn reconnect(&mut self, number: u8) {
        let (actor, account) = self.account(number);
        let connecting = self.connect(actor, &account.remote_user_id);
        let Err(panic) = AssertUnwindSafe(connecting).catch_unwind().await else {
            return;
        };
        // The account is looked at once it is connected, and that may panic as told: a server catches
        // it. Anything else is a fault.
        let told = panic.downcast_ref::<&str>() == Some(&TOLD);
        assert!(told, "connecting panicked otherwise than it was told to");
    }

    pub(crate) fn account(&self, number: u8) -> (Actor, Account) {
        self.accounts[usize::from(number) % self.accounts.len()].clone()
    }

    pub(crate) async fn disconnect(&mut self, number: u8) {
        let (actor, account) = self.account(number);
        answered(self.app.disconnect(actor, account.id).await);
    }

    pub(crate) async fn file(&self, actor: Actor) -> MediaId {
        let now = self.clock.now();
        let media = Media {
            id: MediaId::generate(now),
            workspace: actor.workspace,
            kind: MediaKind::Video,
            status: MediaStatus::Ready,
            filename: None,
            content_type: "video/mp4".to_owned(),
            bytes: 3,
            sha256: "00".repeat(32),
            original_sha256: None,
            duration_ms: Some(5_000),
            width: Some(1080),
            height: Some(1920),
            findings: Vec::new(),
            expires_at: None,
            created_at: now,
        };
        let media = self.store.insert_media(media).await;
        media.expect("the store answers").id
    }

    pub(crate) fn at(&self, time: Time) -> String {
        text(self.clock.now() + span(time))
    }

    pub(crate) async fn schedule(&mut self, on: On, words: u8, due: Time, late: u16, draft: bool) {
        let [first, second, other] = [0, 1, 2].map(|n| self.account(n));
        let accounts = match on {
            On::First => vec![first],
            On::Second => vec![second],
            On::Both => vec![first, second],
            On::FirstOfOther => vec![other],
        };
        let actor = accounts[0].0;
        let media = self.file(actor).await;
        let content = Content::InstagramReel(Reel::new(media, caption(words)));
        let request = PostRequest {
            publish_at: Some(self.at(due)),
            max_late: Some(format!("{late}m")),
            draft,
            ..PostRequest::new(accounts.iter().map(|(_, a)| a.id).collect(), content)
        };
        let Some(view) = answered(self.app.create_post(actor, request).await) else {
            return;
        };
        let rows = view.publications.iter().map(|p| p.id).collect();
        for row in &view.publications {
            let account = accounts.iter().find(|(_, a)| a.id == row.account);
            let promise = Promise {
                number: self.oracle.promises().len(),
                remote: account.expect("as asked").1.remote_user_id.clone(),
                caption: caption(words),
                media,
                cancelled: false,
                risks: 0,
                word: false,
            };
            self.oracle.promises().insert(row.id, promise);
        }
        let id = view.post.id;
        self.posts.push(Posted { actor, id, rows });
    }

    pub(crate) fn posted(&self, number: u8) -> Option<Posted> {
        let number = usize::from(number).checked_rem(self.posts.len())?;
        self.posts.get(number).cloned()
    }

    pub(crate) fn row(&self, post: u8, row: u8) -> Option<(Posted, PublicationId)> {
        let posted = self.posted(post)?;
        let row = posted.rows[usize::from(row) % posted.rows.len()];
        Some((posted, row))
    }

    pub(crate) async fn view(&self, posted: &Posted) -> Option<PostView> {
        answered(self.app.post(posted.actor, posted.id).await)
    }
}
