//! Somebody deletes everything while the engine is at work on it.

use chrono::TimeDelta;
use contentzavod_core::ports::Clock;
use contentzavod_core::ports::store::{MediaStore, PostStore, PostView, PublicationStore};
use contentzavod_core::publication::{Lane, State};
use tokio_util::sync::CancellationToken;

use crate::{Day, secs};

impl Day {
    async fn stands_in(&self, post: &PostView, state: State) -> bool {
        let view = self
            .store
            .post(self.rig.actor.workspace, post.post.id)
            .await;
        let view = view.unwrap().expect("the post is there");
        view.publications[0].state() == state
    }

    /// Runs the engine until the post stands somewhere, deletes its person then, and runs on for as
    /// long as the engine would ever look; how many posts are live.
    async fn deleted_while(&self, post: &PostView, state: State) -> usize {
        let (engine, shutdown) = (self.engine(), CancellationToken::new());
        let running = tokio::spawn({
            let shutdown = shutdown.clone();
            async move { engine.run(shutdown).await }
        });
        let tick = TimeDelta::milliseconds(100);
        let late = self.rig.clock.now() + secs(400);
        while !self.stands_in(post, state).await {
            assert!(self.rig.clock.now() < late, "it never was {state:?}");
            self.pass(tick).await;
        }
        let farewell = self.rig.app.delete_me(self.rig.actor).await.unwrap();
        assert_eq!(farewell.workspaces, 1);
        let armed = usize::from(state.is_armed_side());
        assert_eq!(farewell.on_their_way, armed);
        self.pass(secs(900)).await;
        shutdown.cancel();
        running.await.unwrap().unwrap();
        let gone = self.store.post(self.rig.actor.workspace, post.post.id);
        assert_eq!(gone.await.unwrap(), None);
        for lane in Lane::ALL {
            assert_eq!(self.store.next_due(lane).await.unwrap(), None, "{lane:?}");
        }
        let bytes = self.store.bytes_to_delete(9).await.unwrap();
        assert_eq!(bytes, [], "the bytes went with the rows");
        self.rig.publisher.live().len()
    }
}

/// A container is being made, and the call hangs.
#[tokio::test]
async fn deleted_while_it_is_prepared_nothing_goes_out() {
    let day = Day::new(|fake| fake).await;
    let post = day.post(secs(60)).await;
    day.rig.publisher.hang(1);
    assert_eq!(day.deleted_while(&post, State::Preparing).await, 0);
}

#[tokio::test]
async fn deleted_while_it_is_processed_nothing_goes_out() {
    let day = Day::new(|fake| fake).await;
    let post = day.post(secs(60)).await;
    day.rig.publisher.process_for(5);
    assert_eq!(day.deleted_while(&post, State::Processing).await, 0);
}

#[tokio::test]
async fn deleted_before_it_is_armed_nothing_goes_out() {
    let day = Day::new(|fake| fake).await;
    let post = day.post(secs(60)).await;
    assert_eq!(day.deleted_while(&post, State::Ready).await, 0);
}

/// What is armed may be on its way, and whoever deletes is told so. It goes out at its time or not at
/// all, and never again.
#[tokio::test]
async fn deleted_while_it_is_armed_it_goes_out_once_at_most() {
    let day = Day::new(|fake| fake).await;
    let post = day.post(secs(60)).await;
    let live = day.deleted_while(&post, State::Armed).await;
    assert!(live <= 1, "{live}");
    if live == 1 {
        assert!(day.lateness(&post) < secs(2), "{}", day.lateness(&post));
    }
}

/// Nobody looks any further for what became of a call.
#[tokio::test]
async fn deleted_while_it_is_uncertain_nothing_is_sent_again() {
    let day = Day::new(|fake| fake.publishing_for(secs(100), secs(30))).await;
    let post = day.post(secs(60)).await;
    let live = day.deleted_while(&post, State::Uncertain).await;
    assert!(live <= 1, "{live}");
}
