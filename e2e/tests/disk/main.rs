//! A disk that fills up: while a video is uploaded, while a post is written, and while posts are
//! armed. The real binary on a small disk of its own; judged by the platform's ledger and by
//! SQLite's check of the file.
//!
//! The disk is a `tmpfs` in a mount namespace, which the test enters by starting itself anew with
//! `unshare`: nothing is left mounted, and root is needed only where the system says so.

mod small;
mod story;

use std::process::Command;

/// Set in the process that has a mount namespace of its own.
const INSIDE: &str = "DISK_TEST_INSIDE";

#[test]
fn a_full_disk_loses_nothing_and_heals() {
    if std::env::var_os(INSIDE).is_some() {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(story::tell()).unwrap();
        return;
    }
    let mut unshare = Command::new("unshare");
    unshare.args(["--mount", "--map-root-user"]);
    unshare.arg(std::env::current_exe().unwrap());
    unshare.args([
        "--exact",
        "a_full_disk_loses_nothing_and_heals",
        "--nocapture",
    ]);
    let status = unshare.env(INSIDE, "1").status();
    let status = status.expect("`unshare` of util-linux is there");
    assert!(status.success(), "the story ended with {status}");
}
