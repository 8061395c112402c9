//! Every command that a document shows is one.

use e2e::process::Binary;

use super::{DOCUMENTS, read};

/// What runs the binary from a clone.
const CLONE: &str = "cargo run -- ";
/// The binary where it is installed, as the server's README calls it.
const INSTALLED: &str = "\ncontentzavod ";

/// The commands that begin so, up to a comment or the end of the code.
fn commands(text: &str, beginning: &str) -> Vec<Vec<String>> {
    let rests = text.split(beginning).skip(1);
    let ends = |rest: &str| rest.find(['#', '`', '\n']).unwrap_or(rest.len());
    let words = |rest: &str| {
        let words = rest[..ends(rest)].split_whitespace();
        words.map(str::to_owned).collect()
    };
    rests.map(words).collect()
}

/// What `--help` says of a command, or none if there is no such command.
fn help(binary: &Binary, path: &[&str]) -> Option<String> {
    let mut command = binary.command();
    let output = command.args(path).arg("--help").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    output.status.success().then_some(text)
}

/// What is wrong with a command: an unknown subcommand or flag.
fn fault(binary: &Binary, words: &[String]) -> Option<String> {
    let mut path = Vec::new();
    let mut known = help(binary, &path).unwrap();
    for word in words {
        if let Some(flag) = word.strip_prefix("--") {
            let flag = flag.split('=').next().unwrap_or(flag);
            let known = known.split(|c: char| c.is_whitespace() || c == ',');
            if !known
                .into_iter()
                .any(|k| k.strip_prefix("--") == Some(flag))
            {
                return Some(format!("{words:?}: no flag --{flag}"));
            }
        } else if known.contains("\nCommands:\n") {
            path.push(word.as_str());
            match help(binary, &path) {
                Some(text) => known = text,
                None => return Some(format!("{words:?}: no command {word}")),
            }
        }
    }
    known
        .contains("\nCommands:\n")
        .then(|| format!("{words:?}: names no command"))
}

#[test]
fn every_command_of_the_binary_is_known_to_it() {
    let binary = Binary::find().unwrap();
    let of = |file: &'static str, beginning| (file, commands(&read(file), beginning));
    let mut all: Vec<_> = DOCUMENTS.map(|file| of(file, CLONE)).into();
    all.push(of("contentzavod-server/README.md", INSTALLED));
    for (document, commands) in &all {
        for words in commands {
            let fault = fault(&binary, words);
            assert!(fault.is_none(), "{document}: {fault:?}");
        }
    }
    let counts: Vec<_> = all.iter().map(|(_, commands)| commands.len()).collect();
    assert!(counts[0] >= 4 && counts[3] >= 3, "found: {counts:?}");
}

#[test]
fn a_wrong_command_is_found() {
    let clone = "cargo run -- demo --vide x   # or: cargo run -- demo --video x\n\
        `cargo run -- user make`, `cargo run -- user`";
    let mut found = commands(clone, CLONE);
    found.extend(commands("\ncontentzavod serv\n", INSTALLED));
    assert_eq!(found.len(), 5);
    let binary = Binary::find().unwrap();
    let wrong = found.iter().filter_map(|words| fault(&binary, words));
    assert_eq!(wrong.count(), 4, "{found:?}");
}

/// The chores that xtask has, by its source: it need not be built for that.
fn chores(source: &str) -> Vec<String> {
    let body = source.split("enum Chore {").nth(1).unwrap();
    let body = body.split("\n}").next().unwrap();
    let variants = body.lines().filter_map(|line| {
        let name = line.strip_prefix("    ")?;
        let end = name.find([' ', ','])?;
        let upper = name.starts_with(|c: char| c.is_ascii_uppercase());
        upper.then(|| name[..end].to_lowercase())
    });
    variants.collect()
}

#[test]
fn every_chore_exists() {
    let chores = chores(&read("xtask/src/main.rs"));
    assert!(chores.iter().any(|chore| chore == "test"), "{chores:?}");
    let mut seen = 0;
    for document in DOCUMENTS {
        for words in commands(&read(document), "cargo xtask ") {
            let chore = words.first().unwrap();
            assert!(chores.contains(chore), "{document}: {chore}");
            seen += 1;
        }
    }
    assert!(seen >= 4, "only {seen} chores were found");
}

#[test]
fn ci_runs_the_command_of_the_readme_and_nothing_else() {
    let script = read(".ci/run");
    let does: Vec<_> = script
        .lines()
        .filter(|line| !["#", "set ", "cd "].iter().any(|s| line.starts_with(s)))
        .collect();
    let readme = read("README.md");
    let test = readme.split("## Test it").nth(1).unwrap();
    let block = test.split("```").nth(1).unwrap();
    let command = block.trim_start_matches("sh").trim();
    assert_eq!(does, [format!("exec {command}")]);
}
