//! What people do, and what they are promised by a success.

use std::collections::BTreeSet;

use chrono::{DateTime, SecondsFormat, Utc};
use contentzavod_core::model::{
    Account, Actor, Content, Media, MediaId, MediaKind, MediaStatus, PublicationId, Reel, Secret,
};
use contentzavod_core::ports::Clock;
use contentzavod_core::ports::store::{MediaStore, PostView};
use contentzavod_core::publication::State;
use contentzavod_core::service::{PostPatch, PostRequest, Resolution, ServiceError};

use super::act::{On, Say, Time};
use super::platform::Promise;
use super::room::{Posted, Room, span};

/// A refusal is an answer; an engine room on fire is not.
fn answered<T>(result: Result<T, ServiceError>) -> Option<T> {
    match result {
        Ok(done) => Some(done),
        Err(ServiceError::Store(error)) => panic!("the store does not answer: {error}"),
        Err(_) => None,
    }
}

fn text(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

fn caption(number: u8) -> String {
    format!("caption {number}")
}

impl Room {
    pub(crate) async fn connect(&mut self, actor: Actor, remote: &str) {
        let token = Secret::from(self.platform.token(remote));
        let connected = self.app.connect_with_token(actor, "instagram", &token).await;
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
        self.connect(actor, &account.remote_user_id).await;
    }

    pub(crate) fn account(&self, number: u8) -> (Actor, Account) {
        self.accounts[usize::from(number) % self.accounts.len()].clone()
    }

    pub(crate) async fn disconnect(&mut self, number: u8) {
        let (actor, account) = self.account(number);
        answered(self.app.disconnect(actor, account.id).await);
    }

    async fn file(&self, actor: Actor) -> MediaId {
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

    fn at(&self, time: Time) -> String {
        text(self.clock.now() + span(time).unwrap_or_default())
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

    async fn view(&self, posted: &Posted) -> Option<PostView> {
        answered(self.app.post(posted.actor, posted.id).await)
    }

    /// Changes the content, and holds the answer to it.
    pub(crate) async fn change_content(&mut self, post: u8, words: Option<u8>) {
        let Some(posted) = self.posted(post) else {
            return;
        };
        let Some(view) = self.view(&posted).await else {
            return;
        };
        let (media, said) = match words {
            Some(words) => (view.post.content.media_id(), caption(words)),
            None => {
                let media = self.file(posted.actor).await;
                (media, view.post.content.caption().to_owned())
            }
        };
        let content = Content::InstagramReel(Reel::new(media, said.clone()));
        let patch = PostPatch {
            content: Some(content.clone()),
            ..PostPatch::default()
        };
        let changed = self.app.change_post(posted.actor, posted.id, patch).await;
        let Some(view) = answered(changed) else {
            return;
        };
        assert_eq!(view.post.content, content, "the answer is what was asked");
        for row in &view.publications {
            if let Some(promise) = self.oracle.promises().get_mut(&row.id) {
                promise.caption.clone_from(&said);
                promise.media = media;
            }
        }
    }

    pub(crate) async fn patch(&mut self, post: u8, due: Option<Time>) {
        let Some(posted) = self.posted(post) else {
            return;
        };
        let patch = PostPatch {
            publish_at: due.map(|due| self.at(due)),
            draft: due.is_none().then_some(false),
            ..PostPatch::default()
        };
        let asked = patch.publish_at.clone();
        let changed = self.app.change_post(posted.actor, posted.id, patch).await;
        if let (Some(view), Some(asked)) = (answered(changed), asked) {
            let open = view.publications.iter().filter(|p| !p.state().is_final());
            for row in open {
                assert_eq!(text(row.progress.due_at), asked, "it goes out when asked");
            }
        }
    }

    pub(crate) async fn cancel_post(&mut self, post: u8) {
        let Some(posted) = self.posted(post) else {
            return;
        };
        if let Some(view) = answered(self.app.cancel_post(posted.actor, posted.id).await) {
            self.note_cancelled(&view);
            let open = |p: &&contentzavod_core::model::Publication| !p.state().is_final();
            assert_eq!(view.publications.iter().find(open), None, "all of it");
        }
    }

    pub(crate) async fn cancel_row(&mut self, post: u8, row: u8) {
        let Some((posted, row)) = self.row(post, row) else {
            return;
        };
        if let Some(row) = answered(self.app.cancel_publication(posted.actor, row).await) {
            assert_eq!(row.state(), State::Cancelled);
            if let Some(promise) = self.oracle.promises().get_mut(&row.id) {
                promise.cancelled = true;
            }
        }
    }

    fn note_cancelled(&self, view: &PostView) {
        let mut promises = self.oracle.promises();
        let taken_back = view.publications.iter();
        for row in taken_back.filter(|p| p.state() == State::Cancelled) {
            if let Some(promise) = promises.get_mut(&row.id).filter(|p| !p.word) {
                promise.cancelled = true;
            }
        }
    }

    pub(crate) async fn delete_post(&mut self, post: u8) {
        let Some(posted) = self.posted(post) else {
            return;
        };
        let before = self.view(&posted).await;
        let deleted = self.app.delete_post(posted.actor, posted.id).await;
        if let (Some(()), Some(before)) = (answered(deleted), before) {
            let mut promises = self.oracle.promises();
            for row in before.publications.iter().filter(|p| !p.state().is_final()) {
                if let Some(promise) = promises.get_mut(&row.id) {
                    promise.cancelled = true;
                }
            }
        }
    }

    pub(crate) async fn delete_file(&mut self, post: u8, with_posts: bool) {
        let Some(posted) = self.posted(post) else {
            return;
        };
        let Some(view) = self.view(&posted).await else {
            return;
        };
        let media = view.post.content.media_id();
        let deleted = self.app.delete_media(posted.actor, media, with_posts).await;
        if answered(deleted).is_some()
            && let Some(view) = self.view(&posted).await
        {
            self.note_cancelled(&view);
            let needs = |state: State| state.is_pre_arm() || state.is_armed_side();
            let states: BTreeSet<_> = view.publications.iter().map(|p| p.state()).collect();
            assert!(!states.iter().any(|s| needs(*s)), "{states:?}");
        }
    }

    pub(crate) async fn retry(&mut self, post: u8, row: u8, due: Time, new_file: bool) {
        let Some((posted, row)) = self.row(post, row) else {
            return;
        };
        let media = match new_file {
            true => Some(self.file(posted.actor).await),
            false => None,
        };
        let at = self.at(due);
        let retried = self.app.retry_publication(posted.actor, row, Some(&at), media);
        if let Some(row) = answered(retried.await) {
            assert_eq!(row.state(), State::Scheduled);
            if let Some(media) = media {
                let mut promises = self.oracle.promises();
                for row in &posted.rows {
                    if let Some(promise) = promises.get_mut(row) {
                        promise.media = media;
                    }
                }
            }
        }
    }

    pub(crate) async fn resolve(&mut self, post: u8, row: u8, say: Say) {
        let Some((posted, row)) = self.row(post, row) else {
            return;
        };
        let not_live = |accept_duplicate_risk| Resolution::NotLive {
            accept_duplicate_risk,
            publish_at: None,
        };
        let resolution = match say {
            Say::Live => Resolution::Live { permalink: None },
            Say::NotLive => not_live(false),
            Say::NotLiveAndRisk => not_live(true),
            Say::Leave => Resolution::Leave,
        };
        let resolved = self.app.resolve_publication(posted.actor, row, &resolution);
        let Some(after) = answered(resolved.await) else {
            return;
        };
        if let Some(promise) = self.oracle.promises().get_mut(&row) {
            promise.word = matches!(say, Say::Live | Say::Leave);
            if after.progress.risk_accepted {
                promise.risks += 1;
            }
        }
    }
}
