//! Every fault of the sandbox at every call of a post's way, once; then the platform behaves. The
//! post must end published exactly once, or in the state that the promise names, and what the API
//! says must be what the ledger says.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

mod demand;
mod rows;
mod story;

use futures::StreamExt;
use futures::stream;

use rows::Row;
use story::Outcome;

/// Stories told at the same time.
const AT_ONCE: usize = 6;

#[tokio::test(flavor = "multi_thread")]
async fn every_fault_at_every_call_ends_as_promised() {
    let wanted = std::env::var("FAULTS_ONLY").unwrap_or_default();
    let rows = rows::all().into_iter();
    let rows: Vec<Row> = rows.filter(|r| r.to_string().contains(&wanted)).collect();
    let stories = rows.into_iter().map(|row| async move {
        let outcome = story::tell(&row).await;
        (row, outcome)
    });
    let told: Vec<(Row, Outcome)> = stream::iter(stories).buffered(AT_ONCE).collect().await;
    println!(
        "{:<12} {:<62} {:<14} sends ledger way",
        "call", "fault", "end"
    );
    let mut broken = Vec::new();
    for (row, outcome) in &told {
        let (open, wrong) = (demand::open(row), demand::of(row).broken_by(outcome));
        let open_still = open.filter(|_| !wrong.is_empty()).unwrap_or_default();
        println!("{row} {outcome} {open_still}");
        if open.is_some() && wrong.is_empty() {
            println!("    ends as promised by now: take it out of `demand::open`");
        }
        let wrong = if open.is_some() {
            demand::never(outcome)
        } else {
            wrong
        };
        broken.extend(
            wrong
                .into_iter()
                .map(|why| format!("{row}: {why}: {outcome:?}")),
        );
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}
