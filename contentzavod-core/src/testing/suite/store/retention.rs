//! How long files are kept: the store keeps `expires_at` true in every transaction that moves it.

use chrono::{DateTime, TimeDelta, Utc};

use super::world::{World, ok, secs};
use super::{Fresh, TTL};
use crate::model::retention::expires_at;
use crate::model::{Content, MediaId, NoticeKind, Notification, Publication, Reel};
use crate::ports::store::Recorded;
use crate::publication::{Lane, State};
use crate::testing::suite::cases;

cases!(
    "retention", world Fresh:
    each_state_keeps_its_file_as_the_table_says,
    the_cover_is_kept_like_the_video,
    the_last_use_decides,
    the_accounts_of_one_post_decide_together,
    other_content_lets_the_old_file_go,
    a_failure_tells_the_hour_of_its_file,
    what_went_well_or_was_cancelled_tells_no_hour,
    no_hour_is_told_while_another_needs_the_file,
    a_retry_stops_the_clock,
    an_hour_is_told_once,
);

impl World {
    async fn expiry(&self, id: MediaId) -> Option<DateTime<Utc>> {
        self.media_now(id).await.expires_at
    }

    async fn hours_told(&self) -> Vec<Notification> {
        let mut inbox = self.inbox().await;
        inbox.retain(|n| n.notice.kind == NoticeKind::MediaExpiring);
        inbox
    }

    /// Brings a row to a state by a person's change.
    async fn person(&self, row: &Publication, state: State) {
        let view = self.view_of(row).await;
        assert!(self.change(self.to(&view, row.id, state)).await);
    }

    /// Claims the one due row and records a state.
    async fn engine(&self, state: State) -> Publication {
        let row = self.take(Lane::Stage).await;
        let recorded = self.record(self.outcome(&row, state)).await;
        assert_eq!(recorded, Recorded::Recorded);
        row
    }
}

/// The table of `model::retention`, for every state.
pub async fn each_state_keeps_its_file_as_the_table_says(w: World) {
    for (n, state) in State::ALL.iter().enumerate() {
        let mine = World {
            media: w.upload().await,
            ..w.clone()
        };
        let uploaded = w.now();
        let account = mine.connect(&format!("remote {n}")).await;
        w.pass(secs(61));
        let row = mine.stand(&account, "a", *state).await;
        let expected = expires_at(uploaded, &[(*state, row.state_since)], &TTL);
        assert_eq!(mine.expiry(mine.media.id).await, expected, "{state:?}");
    }
}

/// Needed with it, gone with it.
pub async fn the_cover_is_kept_like_the_video(w: World) {
    let cover = w.upload().await.id;
    let mut reel = Reel::new(w.media.id, "a");
    reel.cover_media_id = Some(cover);
    let new = w.draft_of(Content::InstagramReel(reel), &[&w.account]);
    let row = w.stand_as(new, State::Processing).await;
    assert_eq!(w.expiry(cover).await, None);
    w.pass(secs(9));
    w.person(&row, State::Cancelled).await;
    assert_eq!(w.expiry(cover).await, Some(w.now() + TTL.unused));
    assert_eq!(w.expiry(w.media.id).await, Some(w.now() + TTL.unused));
}

/// Two posts, one file: while one needs it, it stays; then the later hour counts.
pub async fn the_last_use_decides(w: World) {
    w.at(State::Published).await;
    assert_eq!(w.expiry(w.media.id).await, Some(w.now()));
    let failed = w.at(State::Failed).await;
    let retry = Some(failed.state_since + TTL.retry);
    assert_eq!(w.expiry(w.media.id).await, retry);
    w.pass(secs(30));
    let second = w.at(State::WaitingQuota).await;
    assert_eq!(w.expiry(w.media.id).await, None);
    w.pass(secs(30));
    w.person(&second, State::Cancelled).await;
    assert_eq!(w.expiry(w.media.id).await, retry);
}

/// One post, two accounts: the file goes when both are done.
pub async fn the_accounts_of_one_post_decide_together(w: World) {
    let other = w.connect("2").await;
    let view = w.put(w.due_at(w.now(), &[&w.account, &other], "a")).await;
    let items = w.claim(Lane::Stage).await;
    for (n, item) in items.iter().enumerate() {
        assert_eq!(w.expiry(w.media.id).await, None, "{n} done");
        w.pass(secs(1));
        let outcome = w.outcome(&item.publication, State::Published);
        assert_eq!(w.record(outcome).await, Recorded::Recorded);
    }
    assert_eq!(w.view(view.post.id).await.publications.len(), 2);
    assert_eq!(w.expiry(w.media.id).await, Some(w.now()));
}

/// A post that takes another file holds that one from then on, and the old one no more.
pub async fn other_content_lets_the_old_file_go(w: World) {
    let row = w.scheduled(w.now()).await;
    let new = w.upload().await;
    w.pass(secs(5));
    let mut change = w.to(&w.view_of(&row).await, row.id, State::Scheduled);
    change.post.content = change.post.content.with_media(new.id);
    change.post.content_version += 1;
    assert!(w.change(change).await);
    assert_eq!(w.expiry(new.id).await, None);
    assert_eq!(w.expiry(w.media.id).await, w.media.expires_at);
    assert_eq!(ok(w.store.posts_using(w.workspace, w.media.id).await), []);
}

/// The notice carries the hour, and names file, publication, post and account.
pub async fn a_failure_tells_the_hour_of_its_file(w: World) {
    for state in [State::Failed, State::Missed] {
        let mine = World {
            media: w.upload().await,
            ..w.clone()
        };
        let before = w.hours_told().await.len();
        mine.scheduled(w.now()).await;
        w.pass(secs(7));
        let row = mine.engine(state).await;
        let told = w.hours_told().await.split_off(before);
        assert_eq!(told.len(), 1, "{state:?}");
        let notice = &told[0];
        let hour = notice.notice.params.get("expires_at");
        let hour = hour.and_then(|text| DateTime::parse_from_rfc3339(text).ok());
        let expiry = mine.expiry(mine.media.id).await;
        assert_eq!(hour.map(|at| at.to_utc()), expiry);
        assert_eq!(expiry, Some(w.now() + TTL.retry));
        assert_eq!(notice.media, Some(mine.media.id));
        assert_eq!(notice.publication, Some(row.id));
        assert_eq!(
            (notice.post, notice.account),
            (Some(row.post), Some(row.account))
        );
    }
}

/// Nobody has to hurry then.
pub async fn what_went_well_or_was_cancelled_tells_no_hour(w: World) {
    w.scheduled(w.now()).await;
    w.engine(State::Published).await;
    let row = w.scheduled(w.now()).await;
    w.person(&row, State::Cancelled).await;
    assert_eq!(w.hours_told().await, []);
}

/// The clock starts when the last one that needed the file fails.
pub async fn no_hour_is_told_while_another_needs_the_file(w: World) {
    let needs = w.scheduled(w.now() + TimeDelta::hours(1)).await;
    w.scheduled(w.now()).await;
    w.engine(State::Failed).await;
    assert_eq!(w.expiry(w.media.id).await, None);
    assert_eq!(w.hours_told().await, []);
    w.pass(TimeDelta::hours(1));
    assert_eq!(w.engine(State::Failed).await.id, needs.id);
    assert_eq!(w.expiry(w.media.id).await, Some(w.now() + TTL.retry));
    assert_eq!(w.hours_told().await.len(), 1);
}

/// Retried, it is needed again; failing again starts the clock anew, and tells it.
pub async fn a_retry_stops_the_clock(w: World) {
    w.scheduled(w.now()).await;
    let row = w.engine(State::Failed).await;
    w.pass(secs(60));
    w.person(&row, State::Scheduled).await;
    assert_eq!(w.expiry(w.media.id).await, None);
    w.engine(State::Missed).await;
    assert_eq!(w.expiry(w.media.id).await, Some(w.now() + TTL.retry));
    assert_eq!(w.hours_told().await.len(), 2);
}

/// Writing on in the state, and other posts' ends, repeat nothing.
pub async fn an_hour_is_told_once(w: World) {
    w.scheduled(w.now()).await;
    let row = w.engine(State::Failed).await;
    let expiry = w.expiry(w.media.id).await;
    let view = w.view_of(&row).await;
    assert!(w.change(super::rows::unchanged(&view)).await);
    w.pass(secs(5));
    w.person(&row, State::Failed).await;
    assert_eq!(w.hours_told().await.len(), 1);
    assert_eq!(w.expiry(w.media.id).await, expiry);
}
