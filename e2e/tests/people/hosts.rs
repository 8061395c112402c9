//! Whom the server contacts, as the system sees it: every connection that the process begins.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use e2e::process::PATIENCE;
use url::Url;

/// The file into which each connection is written.
pub(crate) struct Record(PathBuf);

impl Record {
    pub(crate) fn at(path: &Path) -> Self {
        Self(path.to_owned())
    }

    /// The command, watched: `strace` stands beside it, and the process that is killed is the command's.
    pub(crate) fn traced(&self, command: &Command) -> Command {
        let mut traced = Command::new("strace");
        traced
            .args(["-D", "-f", "-e", "trace=connect,sendto,sendmsg", "-o"])
            .arg(&self.0)
            .arg(command.get_program())
            .args(command.get_args());
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => traced.env(name, value),
                None => traced.env_remove(name),
            };
        }
        traced
    }

    /// Who was contacted, as `address:port`; a question to a resolver is one, too. Waits until all of it
    /// is written, which ends with the process.
    pub(crate) fn read(&self) -> BTreeSet<String> {
        let begun = Instant::now();
        loop {
            let text = std::fs::read_to_string(&self.0).unwrap();
            if text.contains("+++ killed by SIGKILL +++") {
                return text.lines().filter_map(peer).collect();
            }
            assert!(begun.elapsed() < PATIENCE, "strace does not end:\n{text}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

/// The other side that a line names. What goes on by a connection names none.
fn peer(line: &str) -> Option<String> {
    let between = |from: &str, to: &str| {
        let rest = line.split_once(from)?.1;
        Some(rest.split_once(to)?.0.to_owned())
    };
    if line.contains("sa_family=AF_UNIX") {
        return between("sun_path=\"", "\"");
    }
    let port = between("sin_port=htons(", ")").or_else(|| between("sin6_port=htons(", ")"))?;
    let address =
        between("inet_addr(\"", "\"").or_else(|| between("inet_pton(AF_INET6, \"", "\""))?;
    Some(format!("{address}:{port}"))
}

/// How the record names an address.
pub(crate) fn of(url: &Url) -> String {
    let port = url.port().unwrap();
    format!("{}:{port}", url.host_str().unwrap())
}

#[test]
fn a_line_is_read_as_it_is_written() {
    for (line, expected) in [
        (
            r#"12 connect(9, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("10.0.0.1")}, 16) = -1 EINPROGRESS (Operation now in progress)"#,
            Some("10.0.0.1:443"),
        ),
        (
            r#"12 connect(9, {sa_family=AF_INET6, sin6_port=htons(443), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "::1", &sin6_addr), sin6_scope_id=0}, 28) = 0"#,
            Some("::1:443"),
        ),
        (
            r#"12 connect(5, {sa_family=AF_UNIX, sun_path="/var/run/nscd/socket"}, 110) = -1 ENOENT"#,
            Some("/var/run/nscd/socket"),
        ),
        (
            r#"12 sendto(9, "GET / HTTP/1.1", 14, MSG_NOSIGNAL, NULL, 0) = 14"#,
            None,
        ),
        ("12 +++ killed by SIGKILL +++", None),
    ] {
        assert_eq!(peer(line).as_deref(), expected, "{line}");
    }
}
