//! A command whose output is passed through and listened to.

use std::io::{BufRead, BufReader, pipe};
use std::process::Command;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use crate::Failure;

/// How often to look whether the command ended without closing its output.
const LOOK: Duration = Duration::from_millis(500);

/// Runs a command, prints what it says line by line, and hands every line to `hear`.
///
/// Both outputs go through one pipe, so that cargo's headings stay before libtest's answers.
/// A process that the command left behind may hold that pipe: it is not waited for.
pub(super) fn run(mut command: Command, mut hear: impl FnMut(&str)) -> Result<(), Failure> {
    let (reader, writer) = pipe()?;
    command.stdout(writer.try_clone()?).stderr(writer);
    let mut child = command.spawn()?;
    // The command holds the writing ends; while they are open the reader sees no end.
    drop(command);
    let (send, lines) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(reader).split(b'\n').map_while(Result::ok) {
            if send
                .send(String::from_utf8_lossy(&line).into_owned())
                .is_err()
            {
                break;
            }
        }
    });
    let status = loop {
        match lines.recv_timeout(LOOK) {
            Ok(line) => {
                println!("{line}");
                hear(&line);
            }
            Err(RecvTimeoutError::Timeout) => {
                if let Some(status) = child.try_wait()? {
                    break status;
                }
            }
            Err(RecvTimeoutError::Disconnected) => break child.wait()?,
        }
    };
    if status.success() {
        Ok(())
    } else {
        Err(format!("ended with {status}").into())
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::run;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn both_outputs_are_heard_in_order() {
        let mut heard = Vec::new();
        run(shell("echo a; echo b >&2; echo c"), |line| {
            heard.push(line.to_owned());
        })
        .unwrap();
        assert_eq!(heard, ["a", "b", "c"]);
    }

    #[test]
    fn a_failure_is_a_failure() {
        assert!(run(shell("exit 3"), |_| {}).is_err());
    }

    #[test]
    fn a_process_left_behind_is_not_waited_for() {
        let mut heard = String::new();
        run(shell("sleep 300 & echo $!"), |line| heard = line.to_owned()).unwrap();
        // The shell's own `kill`: a slim Debian has no program of that name.
        let ended = shell(&format!("kill {heard}")).status().unwrap();
        assert!(ended.success(), "it still ran");
    }
}
