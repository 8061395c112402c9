//! Rules of time zones: what was scheduled by the wall clock follows them, once.

use chrono::{DateTime, TimeDelta, Utc};

use super::Fresh;
use super::world::{World, ok};
use crate::engine::zones::follow;
use crate::model::when::ZONE_RULES;
use crate::model::{NoticeKind, PostId, Publication};
use crate::ports::store::{NewPost, PostView};
use crate::publication::{Lane, Numbers, State};
use crate::testing::suite::cases;

cases!(
    "zones", world Fresh:
    the_version_of_the_rules_is_the_last_one_said,
    posts_with_a_local_time_that_wait_are_listed,
    posts_by_the_wall_clock_move_with_their_zone,
    rules_that_were_never_said_move_nothing,
);

/// Rules that no version has.
const OTHERS: &str = "1970a";

/// An hour before the wall clock's time: what rules said that put the clocks forward by one more.
const OFF: TimeDelta = TimeDelta::hours(-1);

/// A post at nine of a Berlin winter's day, `by` away from what the rules say of it.
fn at_nine(new: NewPost, by: TimeDelta) -> NewPost {
    let mut new = new;
    let local = new.post.created_at.date_naive() + TimeDelta::days(2);
    let local = local.and_hms_opt(9, 0, 0).expect("there is nine o'clock");
    let instant = (local - TimeDelta::hours(1)).and_utc() + by;
    new.post.timezone = "Europe/Berlin".to_owned();
    new.post.local_time = Some(local);
    new.post.publish_at = Some(instant);
    for row in &mut new.publications {
        row.progress.due_at = instant;
    }
    new
}

impl World {
    /// A post at nine, with one publication that is scheduled.
    async fn nine(&self, caption: &str, by: TimeDelta) -> PostView {
        let new = self.due_at(self.now() + TimeDelta::days(1), &[&self.account], caption);
        self.put(at_nine(new, by)).await
    }

    /// The ids of the posts that wait by the wall clock, read by pages.
    async fn by_wall_clock(&self, limit: usize) -> Vec<PostId> {
        let (mut ids, mut after) = (Vec::new(), None);
        // No store that repeats itself keeps a case for ever.
        while ids.len() < 100 {
            let page = ok(self.store.posts_by_wall_clock(after, limit).await);
            assert!(page.len() <= limit, "a page keeps its limit");
            let Some(last) = page.last() else { break };
            after = Some(last.post.id);
            for view in &page {
                assert_eq!(*view, self.at_home(view).await, "a post comes whole");
                ids.push(view.post.id);
            }
        }
        ids
    }

    async fn at_home(&self, view: &PostView) -> PostView {
        let home = self.store.post(view.post.workspace, view.post.id).await;
        ok(home).expect("the post is there")
    }

    async fn follow(&self) -> usize {
        ok(follow(&*self.store, self.now(), &Numbers::default()).await)
    }

    async fn due_of(&self, view: &PostView) -> (Option<DateTime<Utc>>, DateTime<Utc>) {
        let now = self.at_home(view).await;
        let due = now.publications[0].progress.due_at;
        (now.post.publish_at, due)
    }
}

/// Nobody has said one in a fresh store.
pub async fn the_version_of_the_rules_is_the_last_one_said(w: World) {
    assert_eq!(ok(w.store.zone_rules().await), None);
    for version in [OTHERS, ZONE_RULES] {
        ok(w.store.set_zone_rules(version).await);
        assert_eq!(
            ok(w.store.zone_rules().await).as_deref(),
            Some(version),
            "the last one counts"
        );
    }
}

/// Those of every workspace, drafts among them; not those by an instant, armed, ended or deleted.
pub async fn posts_with_a_local_time_that_wait_are_listed(w: World) {
    let other = w.beside("2").await;
    let mut expected = Vec::new();
    expected.push(w.put(at_nine(w.draft(&[&w.account], "draft"), OFF)).await);
    expected.push(other.nine("theirs", OFF).await);
    for state in State::ALL.iter().filter(|s| s.is_pre_arm()) {
        let row = standing(&w, state.as_str(), *state).await;
        expected.push(w.view_of(&row).await);
    }
    for state in State::ALL {
        if !state.is_pre_arm() && *state != State::Draft {
            // The account has one slot.
            let account = w.connect(&format!("of {}", state.as_str())).await;
            let new = at_nine(w.draft(&[&account], state.as_str()), OFF);
            w.stand_as(new, *state).await;
        }
    }
    let mut instant = at_nine(w.draft(&[&w.account], "by an instant"), OFF);
    instant.post.local_time = None;
    w.put(instant).await;
    let gone = w.nine("deleted", OFF).await;
    let mut delete = w.to(&gone, gone.publications[0].id, State::Cancelled);
    delete.delete = true;
    assert!(w.change(delete).await);
    let mut ids: Vec<PostId> = expected.iter().map(|view| view.post.id).collect();
    ids.sort_unstable();
    for limit in [1, 3, 100] {
        assert_eq!(w.by_wall_clock(limit).await, ids, "pages of {limit}");
    }
}

async fn standing(w: &World, caption: &str, state: State) -> Publication {
    let new = at_nine(w.draft(&[&w.account], caption), OFF);
    w.stand_as(new, state).await
}

/// Each waiting one goes to where its wall clock says, its person is told once, and an engine that
/// starts again changes nothing. What is armed, and what was scheduled by an instant, stays.
pub async fn posts_by_the_wall_clock_move_with_their_zone(w: World) {
    let other = w.beside("2").await;
    let armed_account = w.connect("3").await;
    let armed = at_nine(w.draft(&[&armed_account], "armed"), OFF);
    let armed = w.view_of(&w.stand_as(armed, State::Armed).await).await;
    let moving = w.nine("moves", OFF).await;
    let theirs = other.nine("theirs", OFF).await;
    let right = w.nine("is right", TimeDelta::zero()).await;
    let mut instant = w.due_at(w.now() + TimeDelta::days(1), &[&w.account], "by an instant");
    instant.post.local_time = None;
    instant.publications[0].progress.due_at = w.now() + TimeDelta::days(1);
    instant.post.publish_at = Some(instant.publications[0].progress.due_at);
    let instant = w.put(instant).await;
    ok(w.store.set_zone_rules(OTHERS).await);

    assert_eq!(w.follow().await, 2);
    for moved in [&moving, &theirs] {
        let to = moved.post.publish_at.map(|at| at - OFF);
        let (publish_at, due) = w.due_of(moved).await;
        assert_eq!((publish_at, Some(due)), (to, to));
        let row = &w.at_home(moved).await.publications[0];
        assert!(row.epoch > moved.publications[0].epoch, "no worker has it");
        assert_eq!(row.state(), State::Scheduled);
    }
    for still in [&armed, &right, &instant] {
        assert_eq!(w.at_home(still).await, *still);
    }
    assert_eq!(w.told().await, [NoticeKind::Moved]);
    assert_eq!(other.told().await, [NoticeKind::Moved]);
    let told = w.inbox().await.remove(0);
    assert_eq!(told.post, Some(moving.post.id));
    assert_eq!(told.notice.params["timezone"], "Europe/Berlin");
    assert_ne!(told.notice.params["from"], told.notice.params["to"]);
    // Staged by its new time.
    let stage = ok(w.store.next_due(Lane::Stage).await);
    assert!(stage.is_some_and(|at| at > w.now()), "{stage:?}");

    assert_eq!(ok(w.store.zone_rules().await).as_deref(), Some(ZONE_RULES));
    // One that died before it could say the version begins anew.
    ok(w.store.set_zone_rules(OTHERS).await);
    assert_eq!(w.follow().await, 0);
    assert_eq!(w.told().await, [NoticeKind::Moved]);
}

/// A store that no rules are known of is taken as reckoned by these.
pub async fn rules_that_were_never_said_move_nothing(w: World) {
    let view = w.nine("stays", OFF).await;
    assert_eq!(w.follow().await, 0);
    assert_eq!(w.at_home(&view).await, view);
    assert_eq!(ok(w.store.zone_rules().await).as_deref(), Some(ZONE_RULES));
}
