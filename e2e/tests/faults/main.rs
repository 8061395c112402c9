//! Every fault of the sandbox at every call of a post's way, once; then the platform behaves. The
//! post must end published exactly once, or in the state that the promise names, and what the API
//! says must be what the ledger says.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test that cannot go on says so, and this one shows its table"
)]

mod demand;
mod rows;
mod story;

use futures::future::join_all;

use rows::Row;
use story::{Outcome, World};

/// Servers that tell stories at the same time, each one after the other.
const WORLDS: usize = 4;

/// With `FAULTS_ONLY=text` in the environment only rows that contain it are told.
#[tokio::test(flavor = "multi_thread")]
async fn every_fault_at_every_call_ends_as_promised() {
    let wanted = std::env::var("FAULTS_ONLY").unwrap_or_default();
    let rows = rows::all().into_iter().enumerate();
    let rows: Vec<(usize, Row)> = rows
        .filter(|(_, row)| row.to_string().contains(&wanted))
        .collect();
    let worlds = (0..WORLDS).map(|first| {
        let mine: Vec<_> = rows.iter().skip(first).step_by(WORLDS).cloned().collect();
        tokio::spawn(tell(mine))
    });
    let mut told = Vec::new();
    for world in join_all(worlds).await {
        told.extend(world.unwrap());
    }
    told.sort_by_key(|(place, ..)| *place);
    report(&told);
}

/// A row by its place, and what became of it.
type Told = (usize, Row, Outcome);

async fn tell(rows: Vec<(usize, Row)>) -> Vec<Told> {
    let mut world = World::begin().await;
    let mut told = Vec::new();
    for (place, row) in rows {
        let outcome = world.tell(&row).await;
        told.push((place, row, outcome));
    }
    told
}

/// Prints what became of each, and ends the test where something is not as demanded.
fn report(told: &[Told]) {
    println!(
        "{:<12} {:<62} {:<14} sends ledger way",
        "call", "fault", "end"
    );
    let mut broken = Vec::new();
    for (_, row, outcome) in told {
        let wrong = demand::of(row).broken_by(outcome);
        println!("{row} {outcome}");
        broken.extend(
            wrong
                .into_iter()
                .map(|why| format!("{row}: {why}: {outcome:?}")),
        );
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}
