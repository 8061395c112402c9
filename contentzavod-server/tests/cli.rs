//! The commands as they are typed: what they print, how they end, what they leave.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

use std::path::Path;
use std::process::{Command, Output, Stdio};

/// A command in a folder of its own, without the settings of whoever runs the tests.
fn command(folder: &Path, line: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_contentzavod"));
    command.args(line.split(' ')).current_dir(folder);
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("CONTENTZAVOD_")) {
        command.env_remove(name);
    }
    command
}

fn run(folder: &Path, line: &str) -> Output {
    command(folder, line).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn a_dry_run_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let asked = run(folder.path(), "migrate --dry-run");
    assert!(asked.status.success(), "{asked:?}");
    assert!(text(&asked.stdout).contains("would be run"), "{asked:?}");
    let left = std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(left, 0, "files of a command that only says");
    run(folder.path(), "migrate");
    let asked = run(folder.path(), "migrate --dry-run");
    assert!(text(&asked.stdout).contains("is up to date"), "{asked:?}");
}

#[test]
fn what_stands_in_the_way_is_said_once() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    std::fs::create_dir(&data).unwrap();
    std::fs::write(data.join("contentzavod.db"), [7; 8192]).unwrap();
    let refused = run(folder.path(), "user create --name Anna");
    assert!(!refused.status.success());
    let words = text(&refused.stderr);
    assert_eq!(
        words.matches("file is not a database").count(),
        1,
        "{words}"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_key_that_was_not_printed_is_no_success() {
    let folder = tempfile::tempdir().unwrap();
    for line in ["user create --name Anna --api-key", "openapi"] {
        let full = std::fs::File::options().write(true).open("/dev/full");
        let mut command = command(folder.path(), line);
        let ended = command.stdout(full.unwrap()).output().unwrap();
        assert!(!ended.status.success(), "{line}");
        assert!(text(&ended.stderr).contains("stdout"), "{ended:?}");
    }
}

/// A reader such as `head` goes away when it has what it wants.
#[test]
fn a_reader_that_went_away_is_no_failure() {
    let folder = tempfile::tempdir().unwrap();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let ended = command(folder.path(), "openapi")
        .stdout(writer)
        .output()
        .unwrap();
    assert!(ended.status.success(), "{ended:?}");
}

/// Nothing of the demo leaves this machine, so no proxy stands in its way.
#[test]
fn the_demo_publishes_once_whatever_proxy_is_set() {
    let folder = tempfile::tempdir().unwrap();
    let mut demo = command(folder.path(), "demo");
    for name in ["HTTP_PROXY", "http_proxy", "ALL_PROXY"] {
        demo.env(name, "http://127.0.0.1:9");
    }
    let ended = demo.output().unwrap();
    let (out, err) = (text(&ended.stdout), text(&ended.stderr));
    assert!(ended.status.success(), "{out}{err}");
    let last = out.lines().last().unwrap();
    assert!(last.starts_with("ledger and receipt agree"), "{last}");
}

#[cfg(unix)]
#[test]
fn a_demo_that_is_broken_off_keeps_nothing() {
    use std::io::{BufRead as _, BufReader};
    let folder = tempfile::tempdir().unwrap();
    let mut demo = command(folder.path(), "demo");
    demo.env("TMPDIR", folder.path()).stdout(Stdio::piped());
    let mut demo = demo.stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(demo.stdout.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap().contains("scheduled")));
    let signal = Command::new("kill")
        .args(["-INT", &demo.id().to_string()])
        .status();
    assert!(signal.unwrap().success());
    drop(lines);
    let ended = demo.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(1), "{ended:?}");
    let left = std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(left, 0, "files of a demo that keeps nothing");
}

#[test]
fn a_demo_takes_files_only() {
    let folder = tempfile::tempdir().unwrap();
    for (video, words) in [(".", "no file"), ("nowhere.mp4", "No such file")] {
        let refused = run(folder.path(), &format!("demo --video {video}"));
        assert!(!refused.status.success());
        assert!(text(&refused.stderr).contains(words), "{refused:?}");
    }
}

#[test]
fn what_only_a_stand_in_allows_is_allowed_where_it_plays() {
    use std::io::{BufRead as _, BufReader};
    let folder = tempfile::tempdir().unwrap();
    let serve = |line: &str| {
        let mut serve = command(folder.path(), line);
        serve.env("CONTENTZAVOD_PUBLISHING__SETTLE", "2s");
        serve
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    };
    for (line, runs) in [
        ("serve --listen 127.0.0.1:0", false),
        ("serve --listen 127.0.0.1:0 --sandbox", true),
    ] {
        let mut serve = serve(line);
        let mut lines = BufReader::new(serve.stdout.take().unwrap()).lines();
        let listens = lines.any(|line| line.unwrap().starts_with("listening on"));
        serve.kill().unwrap();
        serve.wait().unwrap();
        assert_eq!(listens, runs, "{line}");
    }
}
