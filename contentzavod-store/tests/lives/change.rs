//! What people change of what they scheduled, and what they are promised by a success.

use std::collections::BTreeSet;

use contentzavod_core::model::{Content, Publication, Reel};
use contentzavod_core::ports::store::PostView;
use contentzavod_core::publication::State;
use contentzavod_core::service::{PostPatch, Resolution};

use super::act::{Say, Time};
use super::person::{answered, caption, text};
use super::room::Room;

impl Room {
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
            let open = |p: &&Publication| !p.state().is_final();
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
            let states: BTreeSet<_> = view.publications.iter().map(Publication::state).collect();
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
        let retried = self
            .app
            .retry_publication(posted.actor, row, Some(&at), media);
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
