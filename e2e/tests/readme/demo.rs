//! What the README shows of the demo is what the demo prints.

use e2e::process::Binary;

use super::read;

/// A line without what differs from run to run: words that hold a digit, and spaces that align.
fn masked(line: &str) -> String {
    let mut out = String::new();
    let mut word = String::new();
    for letter in line.chars().chain([' ']) {
        if letter.is_alphanumeric() || "-:.+".contains(letter) {
            word.push(letter);
            continue;
        }
        if word.contains(|c: char| c.is_ascii_digit()) {
            // A comma or colon behind a word is none of it.
            let end = word.trim_end_matches([':', '.']).len();
            word.replace_range(..end, "0");
        }
        out.push_str(&word);
        word.clear();
        if !(letter == ' ' && (out.is_empty() || out.ends_with(' '))) {
            out.push(letter);
        }
    }
    out.trim_end().to_owned()
}

/// The block between the marks.
fn shown(readme: &str) -> &str {
    let block = readme.split("<!-- demo-output: begin").nth(1).unwrap();
    let block = block.split("<!-- demo-output: end").next().unwrap();
    let block = block.split("```text\n").nth(1).unwrap();
    block.split("\n```").next().unwrap()
}

#[test]
fn the_readme_shows_what_the_demo_prints() {
    let mut demo = Binary::find().unwrap().command();
    let output = demo.arg("demo").output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{printed}\n{said}");
    let readme = read("README.md");
    let masked = |text: &str| text.trim_end().lines().map(masked).collect::<Vec<_>>();
    assert_eq!(masked(shown(&readme)), masked(&printed), "{printed}");
}

#[test]
fn only_what_differs_is_masked() {
    let one = "  9.021 s  permalink   https://www.instagram.com/reel/D3FABC7330213AB/";
    let two = " 12.4 s  permalink   https://www.instagram.com/reel/D3FFFF/";
    assert_eq!(masked(one), masked(two));
    assert_eq!(
        masked(one),
        "0 s permalink https://www.instagram.com/reel/0/"
    );
    assert_ne!(masked("1 ms late"), masked("1 ms early"));
    assert_eq!(
        masked("\"a\": \"2026-11-25T02:56:36.0+00:00\","),
        "\"a\": \"0\","
    );
}
