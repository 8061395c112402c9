//! The machine walked exhaustively: every interleaving of two workers, crashes, lost and late
//! replies, lost leases, cancels and edits, within a small world of time.
//!
//! The promise is checked in every state that can be reached. Each rule of the design is then
//! switched off, one at a time, and the walk must find a way to break the promise; it prints it.

mod explore;
mod platform;
mod promise;
mod twins;
mod worker;
mod world;

use explore::{Found, walk};
use world::{Rules, World};

/// Strict or not, refuses or duplicates a second publish, late execution within the settle time or not.
fn eight_ways() -> impl Iterator<Item = Rules> {
    (0..8).map(|bits| Rules {
        strict: bits & 1 != 0,
        duplicates: bits & 2 != 0,
        late_unbounded: bits & 4 != 0,
        ..Rules::design()
    })
}

#[test]
fn the_promise_holds_in_all_ways_but_the_one_the_design_names() {
    let walks: Vec<_> = eight_ways()
        .map(|rules| (rules, std::thread::spawn(move || walk(&World::new(rules)))))
        .collect();
    for (rules, result) in walks {
        let named = !rules.strict && rules.duplicates && rules.late_unbounded;
        let result = result.join().expect("the walk does not panic");
        println!("{}: {result}", rules.name());
        match result {
            Found::Nothing { states, .. } => {
                assert!(
                    !named,
                    "the named exception should be found: {}",
                    rules.name()
                );
                assert!(
                    states > 10_000,
                    "the walk is too small to mean anything: {states}"
                );
            }
            Found::Broken { .. } => assert!(named, "{}: {result}", rules.name()),
        }
    }
}

#[test]
fn every_rule_of_the_design_is_needed() {
    let design = Rules::design();
    let without = [
        (
            "arm",
            Rules {
                arm: false,
                ..design
            },
        ),
        (
            "fence",
            Rules {
                fence: false,
                duplicates: true,
                ..design
            },
        ),
        (
            "no way back",
            Rules {
                no_way_back: false,
                ..design
            },
        ),
        (
            "reconcile first",
            Rules {
                reconcile_first: false,
                duplicates: true,
                ..design
            },
        ),
        (
            "an error is unknown, not refused",
            Rules {
                error_is_unknown: false,
                duplicates: true,
                ..design
            },
        ),
    ];
    for (name, rules) in without {
        let result = walk(&World::new(rules));
        println!("without the rule \"{name}\": {result}");
        assert!(matches!(result, Found::Broken { .. }), "{name}: {result}");
    }
}

#[test]
fn two_posts_with_one_caption_on_one_account_are_told_apart() {
    let held = twins::walk_twins(true);
    println!("twins, one armed at a time: {held}");
    assert!(matches!(held, Found::Nothing { .. }), "{held}");
    let loose = twins::walk_twins(false);
    println!("twins, both armed at once: {loose}");
    assert!(matches!(loose, Found::Broken { .. }), "{loose}");
}
