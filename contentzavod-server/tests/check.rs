//! `contentzavod check` as it is typed: for people, for programs, and mending.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

const REEL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/reel.mp4");

fn check(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_contentzavod"));
    let Output {
        status,
        stdout,
        stderr,
    } = command
        .arg("check")
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    let said = String::from_utf8([stdout, stderr].concat()).unwrap();
    (status.code(), said)
}

/// The reel, a copy with its index behind, and a file that is no video.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::copy(REEL, folder.path().join("good.mp4")).unwrap();
    let copied = Command::new("ffmpeg")
        .args(["-v", "error", "-nostdin", "-i", REEL, "-c", "copy"])
        .arg(folder.path().join("behind.mp4"))
        .status()
        .unwrap();
    assert!(copied.success());
    std::fs::write(folder.path().join("notes.mp4"), "these are words").unwrap();
    folder
}

#[test]
fn programs_read_a_line_a_file() {
    let folder = folder();
    let files = ["good.mp4", "behind.mp4", "notes.mp4", "missing.mp4"];
    let (code, said) = check(folder.path(), &[&files[..], &["--json"]].concat());
    assert_eq!(code, Some(2), "{said}");
    let lines: Vec<Value> = said
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect();
    assert_eq!(lines.len(), 4);
    for (line, (file, verdict, rules)) in lines.iter().zip([
        ("good.mp4", "accept", &[][..]),
        ("behind.mp4", "fixable", &["container.moov_front"]),
        ("notes.mp4", "reject", &["container.format"]),
    ]) {
        assert_eq!(line["file"], file);
        assert_eq!(line["verdict"], verdict, "{line}");
        assert_eq!(line["rules"], serde_json::json!(rules), "{line}");
    }
    assert_eq!(lines[1]["facts"]["video"]["codec"], "h264");
    assert_eq!(lines[1]["warnings"][0], "container.edit_list");
    assert!(lines[3]["error"].is_string());
    let (code, _) = check(folder.path(), &["good.mp4", "--json"]);
    assert_eq!(code, Some(0));
    let (code, _) = check(folder.path(), &["good.mp4", "behind.mp4"]);
    assert_eq!(code, Some(1));
}

#[test]
fn people_read_what_is_wrong_in_their_language_and_a_table() {
    let folder = folder();
    let (_, said) = check(folder.path(), &["behind.mp4", "notes.mp4"]);
    for words in [
        "--fix mends it",
        "ffmpeg -i",
        "\nfixable  behind.mp4",
        "\nreject   notes.mp4",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let (_, said) = check(folder.path(), &["behind.mp4", "--lang", "ru"]);
    assert!(said.contains("Указатель"), "{said}");
}

#[test]
fn what_can_be_mended_is_written_beside_and_nothing_else() {
    let folder = folder();
    let path = folder.path();
    let (code, said) = check(path, &["behind.mp4", "--fix", "out.mp4"]);
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(check(path, &["out.mp4"]).0, Some(0));
    // A folder takes several; what is no video is not written.
    std::fs::create_dir(path.join("out")).unwrap();
    let files = ["behind.mp4", "notes.mp4", "good.mp4", "--fix", "out"];
    let (code, said) = check(path, &files);
    assert_eq!(code, Some(1), "{said}");
    let written: Vec<_> = std::fs::read_dir(path.join("out"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(written, ["behind.mp4"]);
    // Nothing is written over, and several files need a folder.
    let before = std::fs::read(path.join("behind.mp4")).unwrap();
    let (code, said) = check(path, &["behind.mp4", "--fix", "behind.mp4"]);
    assert!(
        code != Some(0) && said.contains("the file itself"),
        "{said}"
    );
    let (code, said) = check(path, &["behind.mp4", "good.mp4", "--fix", "one.mp4"]);
    assert!(
        code != Some(0) && said.contains("must be a folder"),
        "{said}"
    );
    assert_eq!(std::fs::read(path.join("behind.mp4")).unwrap(), before);
    let (code, said) = check(path, &["behind.mp4", "--fix", "no/such/folder.mp4"]);
    assert!(
        code == Some(2) && said.contains("cannot be written"),
        "{said}"
    );
}

#[test]
fn nothing_is_written_over() {
    let folder = folder();
    let (one, two, out) = ("a", "b", "out");
    for name in [one, two, out] {
        std::fs::create_dir(folder.path().join(name)).unwrap();
    }
    for name in [one, two] {
        let to = folder.path().join(name).join("x.mp4");
        std::fs::copy(folder.path().join("behind.mp4"), to).unwrap();
    }
    let (code, said) = check(folder.path(), &["a/x.mp4", "b/x.mp4", "--fix", out]);
    assert!(code != Some(0) && said.contains("two files"), "{said}");
    assert_eq!(
        std::fs::read_dir(folder.path().join(out)).unwrap().count(),
        0
    );
    let (code, said) = check(folder.path(), &["a/x.mp4", "--fix", "good.mp4"]);
    assert!(code != Some(0) && said.contains("already"), "{said}");
    let kept = std::fs::read(folder.path().join("good.mp4")).unwrap();
    assert_eq!(kept, std::fs::read(REEL).unwrap());
}

#[test]
fn the_operators_rules_hold_here_too() {
    let folder = folder();
    let run = |rules: &str| {
        Command::new(env!("CARGO_BIN_EXE_contentzavod"))
            .args(["check", "behind.mp4"])
            .env("CONTENTZAVOD_PREFLIGHT__RULES", rules)
            // What another command would refuse to start with is no matter of this one.
            .env("CONTENTZAVOD_LISTEN", "nonsense")
            .current_dir(folder.path())
            .output()
            .unwrap()
    };
    assert_eq!(run("container.moov_front=warning").status.code(), Some(0));
    let wrong = run("container.moov_frnt=warning");
    let said = String::from_utf8_lossy(&wrong.stderr).into_owned();
    assert!(said.contains("container.moov_front"), "{said}");
}
