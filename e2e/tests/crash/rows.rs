//! The table of crashes, row by row, and the test of each row.

use contentzavod_core::crash::Point;

use crate::story::{Fault, Story};

/// What shows that a row keeps its promise.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Proof {
    /// The real binary dies there and goes on: told and judged in this test.
    Crash(Story),
    /// A test elsewhere: its file from the repository's root, and its function.
    Test(&'static str, &'static str),
    /// A situation that `e2e/tests/what_happens` plays: its key.
    Played(&'static str),
    /// Not yet, and why.
    Later(&'static str),
}

/// One proof of a row of the table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    /// Its number in the table.
    pub(crate) number: u32,
    /// What happens.
    pub(crate) what: &'static str,
    pub(crate) proof: Proof,
}

const fn row(number: u32, what: &'static str, proof: Proof) -> Row {
    Row {
        number,
        what,
        proof,
    }
}

const fn dies(point: Point) -> Proof {
    Proof::Crash(Story::at(point))
}

/// The files of tests that rows are shown by.
const WHEN: &str = "contentzavod-core/src/model/when.rs";
const BAD_DAYS: &str = "contentzavod-store/tests/bad_days.rs";
const RACES: &str = "e2e/tests/races/main.rs";

/// The rows of the table, in its order. Some have several proofs.
#[rustfmt::skip]
pub(crate) const ROWS: &[Row] = &[
    row(1, "before the post is committed", dies(Point::CreateUncommitted)),
    row(2, "the post is committed, its 201 is lost", dies(Point::CreateCommitted)),
    row(3, "after the claim", dies(Point::Claimed)),
    row(4, "before the call that makes the container", dies(Point::ContainerAhead)),
    row(5, "the container is made, its id is not saved", dies(Point::ContainerMade)),
    row(6, "before the video is brought", dies(Point::Delivering)),
    row(6, "while the video is brought", dies(Point::Pulling)),
    row(7, "while the platform processes it", dies(Point::Polled)),
    row(8, "ready, before the arm", dies(Point::ArmAhead)),
    row(9, "the arm is not committed", dies(Point::ArmUncommitted)),
    row(9, "the arm is committed and nobody knows", dies(Point::ArmCommitted)),
    row(9, "the arm is committed and an error is answered", Proof::Test(BAD_DAYS, "an_arm_whose_commit_is_not_heard_is_found_and_fires_once")),
    row(10, "armed, not yet sent", dies(Point::Sending)),
    row(11, "sent, not executed", Proof::Crash(Story::at(Point::Answered).with(Fault::Dropped))),
    row(12, "executed, the reply is lost", Proof::Crash(Story::at(Point::Answered).with(Fault::ReplyLost))),
    row(12, "executed, the reply is lost, and it dies looking", Proof::Crash(Story::at(Point::Looked).with(Fault::ReplyLost))),
    row(13, "the reply is read, nothing is written", dies(Point::Answered)),
    row(13, "the reply is written, not committed", dies(Point::AnswerUncommitted)),
    row(14, "the media id is saved, no permalink", dies(Point::Published)),
    row(15, "the sender stands still past its lease", Proof::Later("the fence is shown by the lives and by SIGSTOP of one process; two senders come with replicas")),
    row(16, "the publish call times out", Proof::Played("send.timeout")),
    row(17, "an error is answered, and it is live", Proof::Played("send.spam_live")),
    row(18, "reads are refused", Proof::Played("send.blind")),
    row(19, "the container expires before the due time", Proof::Played("prepare.expired")),
    row(20, "the quota is used up before arming", Proof::Played("account.quota")),
    row(20, "the quota is used up at the call", Proof::Played("account.quota_sending")),
    row(21, "the token dies before the call", Proof::Played("account.token")),
    row(22, "disconnected before the arm", Proof::Played("account.disconnected")),
    row(23, "disconnected while armed", Proof::Played("account.disconnected_sending")),
    row(24, "cancel against arm", Proof::Test(RACES, "a_cancel_against_the_arm_is_true_whoever_wins")),
    row(25, "edit against arm", Proof::Test(RACES, "an_edit_against_the_arm_is_live_or_refused")),
    row(26, "the clock jumps ahead", Proof::Played("server.wrong_clock")),
    row(27, "the clock jumps back", Proof::Played("server.wrong_clock")),
    row(28, "a local time that the clocks skip", Proof::Test(WHEN, "a_gap_names_its_two_sides")),
    row(29, "a local time that the clocks show twice", Proof::Test(WHEN, "an_overlap_takes_the_first_unless_an_offset_says_otherwise")),
    row(30, "the time zone's rules change", Proof::Test("contentzavod-core/src/testing/suite/store/zones.rs", "posts_by_the_wall_clock_move_with_their_zone")),
    row(30, "the time zone's rules change, dying of it", Proof::Crash(Story::at(Point::ZonesFollowed).zones())),
    row(31, "an old backup is restored", Proof::Later("needs `backup` and `restore`")),
    row(32, "two servers on cloned data", Proof::Later("needs `restore` and its quarantine")),
    row(33, "two workers refresh one token", Proof::Later("needs replicas")),
    row(34, "Redis is lost", Proof::Later("needs Redis")),
    row(35, "a post kills the worker", Proof::Crash(Story::at(Point::ContainerAhead).poison())),
];
