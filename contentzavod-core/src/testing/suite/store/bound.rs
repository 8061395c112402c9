//! Which media ids of the platform are spoken for.

use std::collections::HashSet;

use super::Fresh;
use super::world::{World, ok};
use crate::model::{Publication, PublicationId};
use crate::publication::State;
use crate::testing::suite::cases;

cases!(
    "bound", world Fresh:
    ids_of_other_publications_are_bound,
    only_what_was_asked_about_is_told,
    another_workspace_binds_too,
    another_remote_account_does_not,
);

fn id_of(row: &Publication) -> String {
    let id = row.progress.remote_id.clone();
    id.expect("a published row has its id")
}

impl World {
    async fn bound(&self, except: PublicationId, among: &[String]) -> HashSet<String> {
        let key = self.account.remote_key();
        let bound = self.store.bound_remote_ids(&key, except, among).await;
        ok(bound)
    }
}

/// Those of others, not one's own.
pub async fn ids_of_other_publications_are_bound(w: World) {
    let (one, two) = (w.at(State::Published).await, w.at(State::Published).await);
    let among = [id_of(&one), id_of(&two), "free".to_owned()];
    assert_eq!(w.bound(one.id, &among).await, HashSet::from([id_of(&two)]));
    assert_eq!(w.bound(two.id, &among).await, HashSet::from([id_of(&one)]));
}

/// Bound ids outside the question are not told.
pub async fn only_what_was_asked_about_is_told(w: World) {
    let (one, two) = (w.at(State::Published).await, w.at(State::Published).await);
    let nobody = PublicationId::generate(w.now());
    let among = [id_of(&one)];
    assert_eq!(w.bound(nobody, &among).await, HashSet::from([id_of(&one)]));
    assert_eq!(w.bound(two.id, &[]).await, HashSet::new());
}

/// The same remote account connected twice is one account on the platform.
pub async fn another_workspace_binds_too(w: World) {
    let theirs = w.beside("1").await.at(State::Published).await;
    let mine = w.at(State::Published).await;
    let among = [id_of(&theirs)];
    assert_eq!(
        w.bound(mine.id, &among).await,
        HashSet::from([id_of(&theirs)])
    );
}

/// Ids of another remote account say nothing.
pub async fn another_remote_account_does_not(w: World) {
    let other = w.connect("2").await;
    let elsewhere = w.stand(&other, "a", State::Published).await;
    let mine = w.at(State::Published).await;
    let bound = w.bound(mine.id, &[id_of(&elsewhere)]).await;
    assert_eq!(bound, HashSet::new());
}
