//! What is done to the server while posts are armed: its keys are changed, it is shut down.

use std::process::Command;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::ports::Clock as _;
use e2e::process::Binary;
use e2e::races::Track;

const ACCOUNTS: usize = 20;
const PATIENCE: Duration = Duration::from_secs(180);

/// One post on every account, due a few seconds from now, a tenth of a second apart.
async fn posts(track: &Track, word: &str) -> Vec<(String, DateTime<Utc>)> {
    let first = track.world.clock.now() + TimeDelta::seconds(5);
    let mut posts = Vec::new();
    for (n, account) in track.accounts().iter().enumerate() {
        let due = first + TimeDelta::milliseconds(100) * i32::try_from(n).unwrap();
        let caption = format!("{word} {n}");
        track.schedule(account, &caption, due).await.unwrap();
        posts.push((caption, due));
    }
    posts
}

/// Every one goes out once, and not early.
async fn all_once(track: &mut Track, posts: &[(String, DateTime<Utc>)]) {
    let begun = tokio::time::Instant::now();
    loop {
        track.world.server.must_run().unwrap();
        let rows = track.world.api.all("/v1/posts?limit=100").await.unwrap();
        if rows.iter().all(|row| row["status"] == "published") {
            break;
        }
        assert!(begun.elapsed() < PATIENCE, "{rows:#?}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    for (caption, due) in posts {
        let live = track.live(caption).unwrap();
        assert!(
            live.len() == 1 && live[0].at >= *due,
            "{caption} due {due}: {live:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_are_changed_while_posts_are_armed() {
    let binary = Binary::find().unwrap();
    let mut track = Track::new(binary.clone(), ACCOUNTS).await.unwrap();
    let posts = posts(&track, "keys").await;
    let data = track.world.data();
    let rotate = |more: &[&str]| {
        let mut command = binary.command();
        command
            .args(["keys", "rotate", "--data-dir"])
            .arg(&data)
            .args(more);
        let done = command.output().unwrap();
        assert!(done.status.success(), "{done:?}");
        String::from_utf8(done.stdout).unwrap()
    };
    let file = data.join("encryption.keys");
    let before = std::fs::read_to_string(&file).unwrap();
    // From before the first arm until after the last call.
    while track.world.clock.now() < posts.last().unwrap().1 {
        let said = rotate(&[]);
        assert!(
            said.contains(&format!("{ACCOUNTS} tokens were sealed anew")),
            "{said}"
        );
    }
    all_once(&mut track, &posts).await;
    let said = rotate(&["--prune"]);
    assert!(said.contains("old keys were taken out"), "{said}");
    let after = std::fs::read_to_string(&file).unwrap();
    assert!(
        !after.contains(',') && !after.contains(before.trim()),
        "one key is left, and a new one"
    );
    // The running server goes on with it: tokens open, and new ones are sealed.
    let posts = self::posts(&track, "pruned").await;
    all_once(&mut track, &posts).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_is_shut_down_while_posts_are_armed() {
    let mut track = Track::new(Binary::find().unwrap(), ACCOUNTS).await.unwrap();
    let posts = posts(&track, "shutdown").await;
    let middle = posts[ACCOUNTS / 2].1;
    let left = (middle - track.world.clock.now()).to_std().unwrap();
    tokio::time::sleep(left).await;
    let pid = track.world.server.id().to_string();
    let killed = Command::new("kill").args(["-TERM", &pid]).status().unwrap();
    assert!(killed.success());
    while track.world.server.must_run().is_ok() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    track.world.start_again().unwrap();
    track.world.until_ready().await.unwrap();
    all_once(&mut track, &posts).await;
}
