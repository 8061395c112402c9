//! Persons against arming, and many at once, on the real binary; judged by the platform's ledger.
//! `cargo xtask soak races` runs ten thousand cancels.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test that cannot go on says so"
)]

mod crowds;
mod keys;

use e2e::process::Binary;
use e2e::races::{Deed, Found, Track};
use e2e::soak::random::Random;

const ACCOUNTS: usize = 24;

/// Races until both sides have won some.
async fn both_win(deed: Deed) -> Found {
    let mut track = Track::new(Binary::find().unwrap(), ACCOUNTS).await.unwrap();
    let mut random = Random::of(7, "races");
    let mut found = Found::default();
    for _ in 0..5 {
        track.race(deed, &mut random, &mut found).await.unwrap();
        if found.won > 0 && (found.lost > 0 || deed == Deed::Disconnect) {
            break;
        }
    }
    println!("{deed:?}: {} won, {} lost", found.won, found.lost);
    assert!(found.wrong.is_empty(), "{:#?}", found.wrong);
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancel_against_the_arm_is_true_whoever_wins() {
    let found = both_win(Deed::Cancel).await;
    assert!(found.won > 0 && found.lost > 0, "{found:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_against_the_arm_is_live_or_refused() {
    let found = both_win(Deed::Edit).await;
    assert!(found.won > 0 && found.lost > 0, "{found:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deletion_against_the_arm_is_true_whoever_wins() {
    let found = both_win(Deed::Delete).await;
    assert!(found.won > 0 && found.lost > 0, "{found:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disconnected_account_publishes_at_most_what_was_armed() {
    both_win(Deed::Disconnect).await;
}
