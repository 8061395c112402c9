//! The real binary stands still for a while as posts fall due: each goes out once, none early.
//! `cargo xtask soak stop` lets it stand still for two minutes, three times.

use std::time::Duration;

use e2e::process::Binary;
use e2e::stop;

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_stands_still_doubles_and_loses_nothing() {
    let binary = Binary::find().expect("the binary is built");
    let seen = stop::run(binary, 1, Duration::from_secs(15)).await;
    let seen = seen.expect("the story is told to its end");
    assert!(seen.wrong.is_empty(), "{:#?}", seen.wrong);
    assert!(seen.published > 0, "nothing was asked");
}
