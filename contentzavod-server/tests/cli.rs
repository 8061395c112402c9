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

/// What `user create` prints after the word.
fn made(folder: &Path, name: &str) -> String {
    let made = run(folder, &format!("user create --name {name}"));
    assert!(made.status.success(), "{made:?}");
    let words = text(&made.stdout);
    let id = words.lines().find_map(|line| line.strip_prefix("user "));
    id.unwrap().to_owned()
}

#[test]
fn everything_of_a_person_is_written_as_one_archive() {
    use std::io::Read as _;
    let folder = tempfile::tempdir().unwrap();
    let id = made(folder.path(), "Anna");
    let line = format!("user export --id {id} --out anna.zip");
    let written = run(folder.path(), &line);
    assert!(written.status.success(), "{written:?}");
    let out = folder.path().join("anna.zip");
    let mut archive = zip::ZipArchive::new(std::fs::File::open(&out).unwrap()).unwrap();
    let mut profile = String::new();
    let mut entry = archive.by_name("profile.json").unwrap();
    entry.read_to_string(&mut profile).unwrap();
    assert!(profile.contains("Anna"), "{profile}");
    drop(entry);
    assert!(archive.by_name("README.txt").is_ok());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(&out).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "others may read it");
    }
    // What is there is left alone, and of nobody there is nothing to write.
    let again = run(folder.path(), &line);
    assert!(!again.status.success());
    assert!(
        text(&again.stderr).contains("is there already"),
        "{again:?}"
    );
    let nobody = "00000000-0000-7000-8000-000000000000";
    let refused = run(
        folder.path(),
        &format!("user export --id {nobody} --out b.zip"),
    );
    assert!(!refused.status.success());
    assert!(
        text(&refused.stderr).contains("no such user"),
        "{refused:?}"
    );
    let left = std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(left, 2, "the data and one archive");
}

#[test]
fn a_person_is_deleted_by_whoever_says_so_twice() {
    let folder = tempfile::tempdir().unwrap();
    let id = made(folder.path(), "Anna");
    let asked = command(folder.path(), &format!("user delete --id {id}"))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(!asked.status.success());
    assert!(text(&asked.stderr).contains("--yes"), "{asked:?}");
    let line = format!("user delete --id {id} --yes");
    let deleted = run(folder.path(), &line);
    assert!(deleted.status.success(), "{deleted:?}");
    let words = text(&deleted.stdout);
    assert!(words.contains("workspaces: 1"), "{words}");
    let code = words.lines().last().unwrap().strip_prefix("code ");
    assert_eq!(code.map(str::len), Some(24), "{words}");
    let again = run(folder.path(), &line);
    assert!(text(&again.stderr).contains("no such user"), "{again:?}");
    let database = folder.path().join("data/contentzavod.db");
    let bytes = std::fs::read(database).unwrap();
    let name = bytes.windows(4).any(|window| window == b"Anna");
    assert!(!name, "the name is still in the file");
}

#[test]
fn accounts_that_nobody_knows_are_forgotten_with_a_code() {
    let folder = tempfile::tempdir().unwrap();
    made(folder.path(), "Anna");
    let line = "user forget --instagram-id 17841400000000001 17841400000000002";
    let forgotten = run(folder.path(), line);
    assert!(forgotten.status.success(), "{forgotten:?}");
    let words = text(&forgotten.stdout);
    assert!(words.contains("accounts forgotten: 0"), "{words}");
    assert!(
        words.lines().last().unwrap().starts_with("code "),
        "{words}"
    );
    for wrong in ["anna", "1;2"] {
        let line = format!("user forget --instagram-id {wrong}");
        let refused = run(folder.path(), &line);
        assert!(!refused.status.success());
        assert!(text(&refused.stderr).contains("is no id"), "{refused:?}");
    }
}

/// Whoever is deleted, and then brought back by an old copy of the database, is deleted again.
#[test]
fn whom_an_old_copy_brings_back_is_buried_again() {
    let folder = tempfile::tempdir().unwrap();
    let (anna, boris) = (made(folder.path(), "Anna"), made(folder.path(), "Boris"));
    let database = folder.path().join("data/contentzavod.db");
    let old = std::fs::read(&database).unwrap();
    let deleted = run(folder.path(), &format!("user delete --id {anna} --yes"));
    assert!(deleted.status.success(), "{deleted:?}");
    let listed = run(folder.path(), "user tombstones");
    let words = text(&listed.stdout);
    assert!(
        words.lines().any(|line| line.starts_with("user ")),
        "{words}"
    );
    assert!(!words.contains(&anna), "{words}");
    std::fs::write(folder.path().join("tombs.txt"), &words).unwrap();
    for beside in ["data/contentzavod.db-wal", "data/contentzavod.db-shm"] {
        drop(std::fs::remove_file(folder.path().join(beside)));
    }
    std::fs::write(&database, old).unwrap();
    let wrong = format!("{words}user abc 2026-01-01T00:00:00Z\n");
    std::fs::write(folder.path().join("wrong.txt"), wrong).unwrap();
    let refused = run(folder.path(), "user bury wrong.txt");
    assert!(!refused.status.success());
    let said = text(&refused.stderr);
    assert!(said.contains("wrong.txt, line 3: no tombstone"), "{said}");
    let is_there = |id: &str, out: &str| {
        run(folder.path(), &format!("user export --id {id} --out {out}"))
            .status
            .success()
    };
    assert!(is_there(&anna, "a.zip"), "the copy brought her back");
    let buried = run(folder.path(), "user bury tombs.txt");
    assert!(buried.status.success(), "{buried:?}");
    let said = text(&buried.stdout);
    assert!(said.contains("workspaces deleted again: 1"), "{said}");
    assert!(!is_there(&anna, "b.zip"));
    assert!(is_there(&boris, "c.zip"));
}

/// A server that runs is no hindrance, and sees the deletion at once.
#[test]
fn people_are_exported_and_deleted_beside_a_running_server() {
    use std::io::{BufRead as _, BufReader};
    let folder = tempfile::tempdir().unwrap();
    let id = made(folder.path(), "Anna");
    let mut serve = command(folder.path(), "serve --listen 127.0.0.1:0");
    let serve = serve.stdout(Stdio::piped()).stderr(Stdio::null());
    let mut serve = serve.spawn().unwrap();
    let mut lines = BufReader::new(serve.stdout.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap().starts_with("listening on")));
    let exported = run(folder.path(), &format!("user export --id {id} --out a.zip"));
    let deleted = run(folder.path(), &format!("user delete --id {id} --yes"));
    serve.kill().unwrap();
    serve.wait().unwrap();
    assert!(exported.status.success(), "{exported:?}");
    assert!(deleted.status.success(), "{deleted:?}");
}
