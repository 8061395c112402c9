//! The table of crashes against the real binary: it is built with its crash points, dies at each of
//! them while a post is on its way, starts again on the same data, and the platform's ledger says
//! what became of the post. Every row of the table has its proof in one list.

mod rows;
mod story;
mod zones;

use std::collections::BTreeSet;
use std::path::Path;

use contentzavod_core::crash::Point;
use futures::future::join_all;

use rows::{Proof, ROWS};

#[tokio::test(flavor = "multi_thread")]
async fn no_crash_loses_or_doubles_a_post() {
    let stories = ROWS.iter().filter_map(|row| match row.proof {
        Proof::Crash(story) => Some((row, story)),
        _ => None,
    });
    let told = stories.map(|(row, story)| async move { (row, story, story.tell().await) });
    let mut wrong = Vec::new();
    for (row, story, seen) in join_all(told).await {
        let point = story.point().as_str();
        match seen {
            Ok(seen) => println!(
                "{:>2} {:<44} {point:<20} deaths {}, {} after {:.1} s",
                row.number,
                row.what,
                seen.deaths,
                seen.state,
                seen.took.as_secs_f64()
            ),
            Err(failure) => wrong.push(format!(
                "row {} ({}, {point}): {failure}",
                row.number, row.what
            )),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_row_of_the_table_has_its_proof() {
    let numbers: BTreeSet<u32> = ROWS.iter().map(|row| row.number).collect();
    assert_eq!(numbers, (1..=35).collect::<BTreeSet<u32>>());
    let later: Vec<u32> = ROWS
        .iter()
        .filter(|row| matches!(row.proof, Proof::Later(why) if !why.is_empty()))
        .map(|row| row.number)
        .collect();
    assert_eq!(later, [15, 31, 32, 33, 34]);
}

#[test]
fn every_point_is_died_at() {
    let died: Vec<Point> = ROWS
        .iter()
        .filter_map(|row| match row.proof {
            Proof::Crash(story) => Some(story.point()),
            _ => None,
        })
        .collect();
    for point in Point::ALL {
        assert!(died.contains(point), "{} is in no row", point.as_str());
    }
}

#[test]
fn what_a_row_points_at_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let text = |path: &str| std::fs::read_to_string(root.join(path)).unwrap_or_default();
    for row in ROWS {
        match row.proof {
            Proof::Test(file, function) => assert!(
                text(file).contains(&format!("fn {function}(")),
                "row {}: {function} is not in {file}",
                row.number
            ),
            Proof::Played(key) => assert!(
                text("e2e/tests/what_happens/situations.rs").contains(&format!("key: \"{key}\"")),
                "row {}: nobody plays {key}",
                row.number
            ),
            Proof::Crash(_) | Proof::Later(_) => {}
        }
    }
}
