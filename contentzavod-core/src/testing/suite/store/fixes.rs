//! Files that are encoded anew: asked for, held by one, ended once.

use chrono::TimeDelta;
use contentzavod_preflight::{Finding, Shape};

use super::rows;
use super::world::{LEASE, World, ok, secs};
use super::{Fresh, TTL};
use crate::model::{Fix, FixStatus, MediaId};
use crate::ports::store::FixEnd;
use crate::testing::suite::cases;

cases!(
    "fixes", world Fresh:
    asking_twice_is_asking_once,
    a_fix_that_ended_begins_anew,
    a_foreign_fix_is_none,
    the_oldest_is_claimed_first_and_by_one,
    an_ended_lease_gives_it_to_another,
    holding_on_says_how_far_it_is,
    the_new_file_is_written_with_the_end,
    a_failure_says_why,
    what_was_called_off_goes_no_further,
    an_older_claim_writes_nothing,
    tries_count_from_when_it_was_asked_for,
    what_is_given_back_was_never_begun,
    a_file_stays_while_it_waits_to_be_encoded,
    nothing_comes_of_a_deleted_file,
);

impl World {
    async fn ask(&self, media: MediaId) -> Fix {
        ok(self.store.ask_fix(self.workspace, media, Shape::Keep).await)
    }

    async fn claim_one(&self) -> Option<Fix> {
        ok(self.store.claim_fix(LEASE).await)
    }

    async fn fix_now(&self) -> Fix {
        let found = ok(self.store.fix(self.workspace, self.media.id).await);
        found.expect("it was asked for")
    }

    /// Asked for and claimed.
    async fn running(&self) -> Fix {
        self.ask(self.media.id).await;
        self.claim_one().await.expect("nobody holds it")
    }
}

/// While it waits and while it runs, whatever else is asked for.
pub async fn asking_twice_is_asking_once(w: World) {
    let first = w.ask(w.media.id).await;
    assert_eq!(first.status, FixStatus::Queued);
    assert_eq!((first.progress, first.shape), (0, Shape::Keep));
    assert_eq!(first.created_at, w.now());
    w.pass(secs(1));
    let again = ok(w.store.ask_fix(w.workspace, w.media.id, Shape::Crop).await);
    assert_eq!(again, first);
    let running = w.claim_one().await.expect("nobody holds it");
    assert_eq!(w.ask(w.media.id).await, running);
}

/// With another shape, and nothing left of the one before.
pub async fn a_fix_that_ended_begins_anew(w: World) {
    let fix = w.running().await;
    let failed = FixEnd::Failed(vec![Finding::error("fix.failed", "no")]);
    assert!(ok(w.store.end_fix(fix.media, fix.epoch, failed).await));
    w.pass(secs(5));
    let anew = ok(w.store.ask_fix(w.workspace, w.media.id, Shape::Pad).await);
    assert_eq!(anew.status, FixStatus::Queued);
    assert_eq!((anew.shape, anew.created_at), (Shape::Pad, w.now()));
    assert_eq!((anew.findings, anew.ended_at), (vec![], None));
    assert!(anew.epoch >= fix.epoch, "an older claim must not fit");
    assert!(w.claim_one().await.is_some());
}

/// Neither read nor called off.
pub async fn a_foreign_fix_is_none(w: World) {
    w.ask(w.media.id).await;
    let other = w.beside("2").await;
    assert_eq!(ok(w.store.fix(other.workspace, w.media.id).await), None);
    let cancelled = w.store.cancel_fix(other.workspace, w.media.id).await;
    assert_eq!(ok(cancelled), None);
    assert_eq!(w.fix_now().await.status, FixStatus::Queued);
}

/// And then the next; and then none.
pub async fn the_oldest_is_claimed_first_and_by_one(w: World) {
    let second = w.upload().await;
    w.ask(second.id).await;
    w.pass(secs(1));
    w.ask(w.media.id).await;
    let (one, two) = tokio::join!(w.claim_one(), w.claim_one());
    let mut claimed: Vec<_> = [one, two].into_iter().flatten().collect();
    claimed.sort_by_key(|fix| fix.created_at);
    let ids: Vec<_> = claimed.iter().map(|fix| fix.media).collect();
    assert_eq!(ids, [second.id, w.media.id]);
    assert!(claimed.iter().all(|fix| fix.status == FixStatus::Running));
    assert_eq!(w.claim_one().await, None);
}

/// With a higher epoch, and from the start.
pub async fn an_ended_lease_gives_it_to_another(w: World) {
    let first = w.running().await;
    w.pass(LEASE - secs(1));
    assert_eq!(w.claim_one().await, None);
    w.pass(secs(1));
    let second = w.claim_one().await.expect("its lease ended");
    assert_eq!((second.media, second.epoch), (first.media, first.epoch + 1));
}

/// For as long as it holds on, nobody else gets it.
pub async fn holding_on_says_how_far_it_is(w: World) {
    let fix = w.running().await;
    w.pass(LEASE - secs(1));
    assert!(ok(w.store.renew_fix(fix.media, fix.epoch, 40, LEASE).await));
    assert_eq!(w.fix_now().await.progress, 40);
    w.pass(LEASE - secs(1));
    assert_eq!(w.claim_one().await, None);
}

/// Both or neither; it expires like an unused file.
pub async fn the_new_file_is_written_with_the_end(w: World) {
    let fix = w.running().await;
    w.pass(TimeDelta::minutes(3));
    let new = rows::media(w.workspace, w.now());
    let id = new.id;
    let done = FixEnd::Done(Box::new(new));
    assert!(ok(w.store.end_fix(fix.media, fix.epoch, done).await));
    let ended = w.fix_now().await;
    assert_eq!((ended.status, ended.progress), (FixStatus::Done, 100));
    assert_eq!((ended.result, ended.ended_at), (Some(id), Some(w.now())));
    assert!(w.media_now(id).await.expires_at.is_some());
    assert_eq!(w.claim_one().await, None);
}

/// Its findings come back as they were.
pub async fn a_failure_says_why(w: World) {
    let fix = w.running().await;
    let why = vec![Finding::error("video.duration_min", "too short").actual("2.5")];
    let failed = FixEnd::Failed(why.clone());
    assert!(ok(w.store.end_fix(fix.media, fix.epoch, failed).await));
    let ended = w.fix_now().await;
    assert_eq!((ended.status, ended.result), (FixStatus::Failed, None));
    assert_eq!(ended.findings, why);
}

/// Before it runs and while it runs; what has ended stays as it ended.
pub async fn what_was_called_off_goes_no_further(w: World) {
    let fix = w.running().await;
    let off = ok(w.store.cancel_fix(w.workspace, w.media.id).await).expect("it is there");
    assert_eq!(
        (off.status, off.ended_at),
        (FixStatus::Cancelled, Some(w.now()))
    );
    assert!(!ok(w
        .store
        .renew_fix(fix.media, fix.epoch, 50, LEASE)
        .await));
    let new = rows::media(w.workspace, w.now());
    let id = new.id;
    let done = FixEnd::Done(Box::new(new));
    assert!(!ok(w.store.end_fix(fix.media, fix.epoch, done).await));
    assert_eq!(ok(w.store.media(w.workspace, id).await), None);
    assert_eq!(w.claim_one().await, None);
    w.pass(secs(1));
    let again = ok(w.store.cancel_fix(w.workspace, w.media.id).await);
    assert_eq!(again, Some(off));
}

/// Neither progress nor an end.
pub async fn an_older_claim_writes_nothing(w: World) {
    let old = w.running().await;
    w.pass(LEASE);
    let new = w.claim_one().await.expect("its lease ended");
    assert!(!ok(w
        .store
        .renew_fix(old.media, old.epoch, 90, LEASE)
        .await));
    let failed = FixEnd::Failed(vec![]);
    assert!(!ok(w.store.end_fix(old.media, old.epoch, failed).await));
    assert_eq!(w.fix_now().await, new);
}

/// Ended leases count; asking again begins at none.
pub async fn tries_count_from_when_it_was_asked_for(w: World) {
    let mut epoch = -1;
    for _ in 0..3 {
        assert_eq!(w.ask(w.media.id).await.tries, 0);
        for tries in 1..=2 {
            let fix = w.claim_one().await.expect("nobody holds it");
            assert_eq!(fix.tries, tries);
            assert!(fix.epoch > epoch, "an older claim never fits again");
            epoch = fix.epoch;
            w.pass(LEASE);
        }
        let off = w.store.cancel_fix(w.workspace, w.media.id).await;
        assert!(ok(off).is_some());
    }
}

/// It waits again, at once, and the try does not count.
pub async fn what_is_given_back_was_never_begun(w: World) {
    let fix = w.running().await;
    ok(w.store.give_back_fix(fix.media, fix.epoch).await);
    let waits = w.fix_now().await;
    assert_eq!((waits.status, waits.tries), (FixStatus::Queued, 0));
    let again = w.claim_one().await.expect("nobody holds it");
    assert_eq!(again.tries, 1);
    // Whose claim is older gives nothing back.
    ok(w.store.give_back_fix(fix.media, fix.epoch).await);
    assert_eq!(w.fix_now().await.status, FixStatus::Running);
}

/// However long the queue is; not for ever.
pub async fn a_file_stays_while_it_waits_to_be_encoded(w: World) {
    w.pass(TTL.unused - secs(1));
    w.ask(w.media.id).await;
    w.pass(secs(2));
    assert_eq!(ok(w.store.expire_media(10).await), 0);
    w.pass(TTL.unused - secs(5));
    w.claim_one().await.expect("nobody holds it");
    w.pass(secs(10));
    assert_eq!(ok(w.store.expire_media(10).await), 0);
    w.pass(TTL.unused);
    assert_eq!(ok(w.store.expire_media(10).await), 1);
}

/// Neither while it waits nor when it is nearly done.
pub async fn nothing_comes_of_a_deleted_file(w: World) {
    let fix = w.running().await;
    ok(w.store.delete_media(w.workspace, w.media.id).await);
    assert_eq!(w.fix_now().await.status, FixStatus::Cancelled);
    assert!(!ok(w
        .store
        .renew_fix(fix.media, fix.epoch, 50, LEASE)
        .await));
    let new = rows::media(w.workspace, w.now());
    let id = new.id;
    let done = FixEnd::Done(Box::new(new));
    assert!(!ok(w.store.end_fix(fix.media, fix.epoch, done).await));
    assert_eq!(ok(w.store.media(w.workspace, id).await), None);
}
