//! Conformance suites: what every implementation of a port must do, whoever wrote it.
//!
//! A suite is a list of [`Case`]s, each a named function that gets a fresh subject and panics with
//! what it saw when a rule of the port's contract is broken. The function named like the port runs
//! the whole list and reports every broken rule, not only the first:
//!
//! ```no_run
//! use std::sync::Arc;
//!
//! use contentzavod_core::testing::FakeBlobs;
//! use contentzavod_core::testing::suite::blobs::{Shelf, blobs};
//!
//! # async fn test() {
//! blobs(async || Shelf {
//!     blobs: Arc::new(FakeBlobs::default()),
//!     spool: std::env::temp_dir(),
//!     keep: Box::new(()),
//! })
//! .await;
//! # }
//! ```
//!
//! [`verdict`] runs one case alone: suites are themselves tested against implementations that break
//! one rule each.

pub mod access;
pub mod blobs;
pub mod engine;
pub mod limiter;
pub mod publisher;
pub mod store;
pub mod vault;

use std::any::Any;
use std::fmt;
use std::panic::AssertUnwindSafe;

use futures::future::BoxFuture;
use futures::{FutureExt, StreamExt, stream};

/// One rule of a contract, as something to run.
pub struct Case<S> {
    /// The rule's name, `file::function`.
    pub name: &'static str,
    /// Panics when the subject breaks the rule.
    pub run: fn(S) -> BoxFuture<'static, ()>,
}

impl<S> Clone for Case<S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S> Copy for Case<S> {}

impl<S> fmt::Debug for Case<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// A list of cases from functions of one file; `sync` ones take a reference and do not wait, `world`
/// ones take a furnished store.
macro_rules! cases {
    ($file:literal, sync $subject:ty: $($name:ident),+ $(,)?) => {
        $crate::testing::suite::cases!(@list $file, $subject, subject, $(
            $name => async move { $name(&subject) }
        ),+);
    };
    ($file:literal, world $subject:ty: $($name:ident),+ $(,)?) => {
        $crate::testing::suite::cases!(@list $file, $subject, subject, $(
            $name => async move { $name(World::new(subject).await).await }
        ),+);
    };
    ($file:literal, $subject:ty: $($name:ident),+ $(,)?) => {
        $crate::testing::suite::cases!(@list $file, $subject, subject, $(
            $name => $name(subject)
        ),+);
    };
    (@list $file:literal, $subject:ty, $value:ident, $($name:ident => $run:expr),+) => {
        /// The rules of this file.
        pub const CASES: &[$crate::testing::suite::Case<$subject>] = &[
            $($crate::testing::suite::Case {
                name: concat!($file, "::", stringify!($name)),
                run: |$value| Box::pin($run),
            }),+
        ];
    };
}
use cases;

/// A broken rule and what was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// The case's name.
    pub case: &'static str,
    /// What the case said.
    pub seen: String,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.case, self.seen)
    }
}

/// Runs one case.
///
/// # Errors
///
/// What the case saw, when the rule is broken.
pub async fn verdict<S>(case: &Case<S>, subject: S) -> Result<(), Broken> {
    AssertUnwindSafe(async { (case.run)(subject).await })
        .catch_unwind()
        .await
        .map_err(|panic| Broken {
            case: case.name,
            seen: words(&*panic),
        })
}

/// Cases that run side by side: subjects on disks wait more than they work.
const AT_ONCE: usize = 8;

/// Runs every case on a fresh subject; the broken rules, in the order of the cases.
pub async fn broken<S>(cases: &[Case<S>], make: impl AsyncFn() -> S) -> Vec<Broken> {
    let verdicts = cases.iter().map(async |case| {
        let subject = make().await;
        verdict(case, subject).await.err()
    });
    stream::iter(verdicts)
        .buffered(AT_ONCE)
        .filter_map(std::future::ready)
        .collect()
        .await
}

/// Runs every case on a fresh subject.
///
/// # Panics
///
/// With every broken rule, when there is one.
pub async fn run<S>(cases: &[Case<S>], make: impl AsyncFn() -> S) {
    let broken = broken(cases, make).await;
    let list: Vec<String> = broken.iter().map(Broken::to_string).collect();
    assert!(
        broken.is_empty(),
        "{} of {} rules are broken:\n{}",
        broken.len(),
        cases.len(),
        list.join("\n")
    );
}

/// The case of a name, for tests of the suite itself.
///
/// # Panics
///
/// When there is no such case.
#[must_use]
pub fn named<S>(cases: &[Case<S>], name: &str) -> Case<S> {
    let found = cases.iter().find(|case| case.name == name).copied();
    found.unwrap_or_else(|| panic!("there is no case {name:?}"))
}

fn words(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "it panicked without words".to_owned())
}

#[cfg(test)]
#[expect(unreachable_pub, reason = "the suites' own lists are public")]
mod tests {
    use super::*;

    async fn holds(_: ()) {}

    async fn breaks(_: ()) {
        assert_eq!(1 + 1, 3, "arithmetic");
    }

    cases!("tests", (): holds, breaks);

    #[tokio::test]
    async fn every_case_runs_and_the_broken_one_is_named() {
        let broken = broken(CASES, async || ()).await;
        assert_eq!(broken.len(), 1);
        assert_eq!(broken[0].case, "tests::breaks");
        assert!(broken[0].seen.contains("arithmetic"), "{}", broken[0]);
        assert_eq!(named(CASES, "tests::holds").name, "tests::holds");
    }
}
