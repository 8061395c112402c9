//! What the machine must have beyond Rust, and how Debian is given it.

use std::path::Path;
use std::process::{Command, Stdio};

use super::steps::run;
use crate::Failure;

/// A program that the build or a test starts.
struct Need {
    program: &'static str,
    /// The Debian packages that bring it.
    packages: &'static [&'static str],
    why: &'static str,
}

/// One row per program. Servers that tests start by themselves (PostgreSQL, Redis) get their rows with
/// the tests that need them.
const NEEDS: [Need; 10] = [
    Need {
        program: "cc",
        packages: &["gcc", "libc6-dev"],
        why: "the C parts of aws-lc-rs (TLS) and SQLite are compiled from source",
    },
    Need {
        program: "c++",
        packages: &["g++"],
        why: "the fuzzers' library is compiled from source",
    },
    Need {
        program: "curl",
        packages: &["curl"],
        why: "a test reads refusals with a client that is not ours",
    },
    Need {
        program: "ffmpeg",
        packages: &["ffmpeg"],
        why: "a test checks videos as real encoders make them",
    },
    Need {
        program: "faketime",
        packages: &["faketime"],
        why: "a test sets the clock of the real binary",
    },
    Need {
        program: "strace",
        packages: &["strace"],
        why: "a test writes down whom the real binary contacts",
    },
    Need {
        program: "unshare",
        packages: &["util-linux"],
        why: "a test gives the real binary a small disk",
    },
    Need {
        program: "mount",
        packages: &["mount"],
        why: "that disk is mounted",
    },
    Need {
        program: "chromium",
        packages: &["chromium", "fonts-dejavu-core"],
        why: "tests see the pages in a real browser",
    },
    Need {
        program: "chromedriver",
        packages: &["chromium-driver"],
        why: "it moves the browser",
    },
];

/// Installs what is missing with apt-get where that is possible, else says what to install.
pub(super) fn satisfy() -> Result<(), Failure> {
    let missing: Vec<_> = NEEDS.iter().filter(|need| !found(need.program)).collect();
    for need in &NEEDS {
        let state = if found(need.program) {
            "found"
        } else {
            "missing"
        };
        println!("{}: {state} ({})", need.program, need.why);
    }
    if missing.is_empty() {
        return Ok(());
    }
    let packages: Vec<_> = missing
        .iter()
        .flat_map(|need| need.packages)
        .copied()
        .collect();
    let Some(apt) = apt() else {
        return Err(format!("please install {} and run again", packages.join(" ")).into());
    };
    let command = |arguments: &[&str]| {
        let mut command = Command::new(apt[0]);
        command
            .args(&apt[1..])
            .args(arguments)
            .env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    run(command(&["update"]))?;
    let mut install = vec!["install", "--yes", "--no-install-recommends"];
    install.extend(packages);
    run(command(&install))
}

/// How apt-get is called here with the right to install, if there is a way.
fn apt() -> Option<&'static [&'static str]> {
    if !found("apt-get") {
        return None;
    }
    let says = |program: &str, arguments: &[&str]| {
        let answer = Command::new(program)
            .args(arguments)
            .stdin(Stdio::null())
            .output()
            .ok()?;
        answer.status.success().then_some(answer.stdout)
    };
    if says("id", &["-u"])? == b"0\n" {
        return Some(&["apt-get"]);
    }
    says("sudo", &["-n", "true"]).map(|_| &["sudo", "-n", "apt-get"] as &[_])
}

/// Whether a program stands in one of the folders of `PATH`.
fn found(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| Path::new(&folder).join(program).is_file())
}

#[cfg(test)]
mod tests {
    use super::found;

    #[test]
    fn a_program_is_found_or_not() {
        assert!(found("cargo"));
        assert!(!found("no-such-program"));
    }
}
