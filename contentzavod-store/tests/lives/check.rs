//! What holds after every act, whatever happened.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::TimeDelta;
use contentzavod_core::model::{EventKind, MediaStatus, NoticeKind, Publication, PublicationId};
use contentzavod_core::ports::Clock;
use contentzavod_core::ports::store::{Feed, MediaStore, NotificationStore, PostView};
use contentzavod_core::publication::State;

use super::room::Room;

/// States in which a person must hear of it, and what they hear.
const TOLD: [(State, NoticeKind); 6] = [
    (State::Published, NoticeKind::Published),
    (State::Failed, NoticeKind::Failed),
    (State::Missed, NoticeKind::Missed),
    (State::NeedsReview, NoticeKind::NeedsReview),
    (State::WaitingAccount, NoticeKind::WaitingAccount),
    (State::WaitingQuota, NoticeKind::WaitingQuota),
];

impl Room {
    pub(crate) async fn check(&self) {
        let broken = self.oracle.all_broken();
        assert!(broken.is_empty(), "{broken:#?}");
        let posts = self.oracle.posts().await;
        let rows: Vec<_> = posts.iter().flat_map(|v| v.publications.clone()).collect();
        for row in &rows {
            self.check_row(row);
        }
        self.check_slots(&rows);
        self.check_ledger(&rows);
        self.check_files(&posts).await;
        self.check_facts(&rows).await;
    }

    pub(crate) fn number(&self, id: PublicationId) -> usize {
        self.oracle.promises().get(&id).map_or(999, |p| p.number)
    }

    fn check_row(&self, row: &Publication) {
        let (p, number) = (&row.progress, self.number(row.id));
        if let Some(lease) = row.lease_until {
            let most = self.clock.now() + TimeDelta::seconds(90);
            assert!(lease <= most || self.oracle.jumped(), "#{number} {row:?}");
        }
        let moves = p.state.is_pre_arm() || matches!(p.state, State::Armed | State::Uncertain);
        assert!(
            !moves || p.next_at.is_some(),
            "#{number} is forgotten: {row:?}"
        );
        let ended = matches!(p.state, State::Failed | State::Missed | State::Cancelled);
        assert!(!ended || p.next_at.is_none(), "#{number} goes on: {row:?}");
        let asks = matches!(p.state, State::Failed | State::Missed | State::NeedsReview);
        assert!(
            !asks || p.trouble.is_some(),
            "#{number} gives no reason: {row:?}"
        );
    }

    fn check_slots(&self, rows: &[Publication]) {
        let mut held = BTreeSet::new();
        for row in rows {
            let number = self.number(row.id);
            if row.progress.slot {
                assert!(held.insert(&row.remote_key), "#{number}: two hold a slot");
                let may = matches!(row.state(), State::Armed | State::Uncertain);
                assert!(may, "#{number} holds a slot for nothing: {row:?}");
            } else {
                assert_ne!(
                    row.state(),
                    State::Armed,
                    "#{number} is armed without a slot"
                );
            }
        }
    }

    /// What we say is live is live, by our call, once; what was taken back is not.
    fn check_ledger(&self, rows: &[Publication]) {
        let promises = self.oracle.promises().clone();
        for (id, promise) in &promises {
            let (number, live) = (promise.number, self.platform.live_of(*id));
            assert!(
                live.len() <= 1 + promise.risks,
                "#{number} doubled: {live:?}"
            );
            if promise.cancelled {
                assert!(
                    live.len() <= promise.risks,
                    "#{number} taken back, and live"
                );
            }
            let all = live.iter().all(|l| l.remote == promise.remote);
            assert!(all, "#{number} is live on another account: {live:?}");
        }
        let mut said = HashMap::new();
        for row in rows {
            let Some(remote_id) = &row.progress.remote_id else {
                continue;
            };
            let number = self.number(row.id);
            let before = said.insert(remote_id.clone(), number);
            assert_eq!(before, None, "#{number}: two are said to be {remote_id}");
            let live = self.platform.live_of(row.id);
            let ours = live.iter().any(|l| l.id == *remote_id);
            assert!(ours, "#{number} is said to be {remote_id}, but: {live:?}");
        }
    }

    async fn check_files(&self, posts: &[PostView]) {
        for view in posts {
            let needs = |p: &Publication| p.state().is_pre_arm() || p.state().is_armed_side();
            if !view.publications.iter().any(needs) {
                continue;
            }
            let (workspace, id) = (view.post.workspace, view.post.content.media_id());
            let file = self.store.media(workspace, id).await;
            let file = file.expect("the store answers").expect("a file");
            assert_eq!(file.status, MediaStatus::Ready, "{view:?}");
            assert_eq!(file.expires_at, None, "{view:?}");
        }
    }

    /// The feed leads from the first state to that of now without a gap, and of whatever needs a
    /// person there is exactly one notice.
    async fn check_facts(&self, rows: &[Publication]) {
        let mut states = BTreeMap::new();
        let mut entered: BTreeMap<(usize, NoticeKind), usize> = BTreeMap::new();
        let events = self.store.events(None, 0, 100_000).await;
        let mut last = 0;
        for event in events.expect("the store answers") {
            let EventKind::Publication {
                publication,
                from,
                to,
                ..
            } = event.kind
            else {
                panic!("{event:?}");
            };
            assert_eq!(event.seq, last + 1, "a gap in the feed");
            last = event.seq;
            let known = states.insert(publication, to).unwrap_or(State::Draft);
            assert_eq!(known, from, "#{}", self.number(publication));
            if let Some((_, kind)) = TOLD.iter().find(|(state, _)| *state == to) {
                *entered
                    .entry((self.number(publication), *kind))
                    .or_default() += 1;
            }
        }
        for row in rows {
            let told = states.get(&row.id).copied().unwrap_or(State::Draft);
            assert_eq!(told, row.state(), "#{}", self.number(row.id));
        }
        assert_eq!(self.notices().await, entered, "notices against events");
    }

    async fn notices(&self) -> BTreeMap<(usize, NoticeKind), usize> {
        let mut told = BTreeMap::new();
        for actor in self.actors {
            let inbox = self.store.notifications(actor.workspace, 0, 100_000).await;
            for note in inbox.expect("the store answers") {
                let kind = note.notice.kind;
                let about = note
                    .publication
                    .filter(|_| TOLD.iter().any(|(_, k)| *k == kind));
                if let Some(publication) = about {
                    *told.entry((self.number(publication), kind)).or_default() += 1;
                }
            }
        }
        told
    }
}
