//! Steps: a heading, a duration, an outcome.

use std::fmt;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::{Failure, tree};

/// A cargo command at the repository's root, with the cargo that runs this.
pub(crate) fn cargo<const N: usize>(arguments: [&str; N]) -> Command {
    let mut command = Command::new(env!("CARGO"));
    command.args(arguments).current_dir(tree::root());
    command
}

/// Runs a command to its end; any end but success is a failure.
pub(crate) fn run(mut command: Command) -> Result<(), Failure> {
    let status = command
        .status()
        .map_err(|error| format!("{command:?}: {error}"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("ended with {status}").into())
    }
}

/// What ran, how long, and how it ended.
#[derive(Debug, Default)]
pub(super) struct Report {
    steps: Vec<(&'static str, Duration, bool)>,
}

impl Report {
    /// Runs a step without which the rest makes no sense.
    pub(super) fn step(
        &mut self,
        name: &'static str,
        work: impl FnOnce() -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        println!("\n==> {name}");
        let start = Instant::now();
        let outcome = work();
        let took = start.elapsed();
        match &outcome {
            Ok(()) => println!("==> {name}: ok in {}", Spoken(took)),
            Err(failure) => println!("==> {name}: FAILED in {}: {failure}", Spoken(took)),
        }
        self.steps.push((name, took, outcome.is_ok()));
        outcome
    }

    /// Runs a step whose failure is told at the end.
    pub(super) fn attempt(
        &mut self,
        name: &'static str,
        work: impl FnOnce() -> Result<(), Failure>,
    ) {
        // The failure stands in the report.
        drop(self.step(name, work));
    }

    /// An error that names the failed steps, if there are any.
    pub(super) fn verdict(&self) -> Result<(), Failure> {
        let failed: Vec<_> = self
            .steps
            .iter()
            .filter(|step| !step.2)
            .map(|step| step.0)
            .collect();
        if failed.is_empty() {
            return Ok(());
        }
        Err(format!("failed: {}", failed.join(", ")).into())
    }
}

impl fmt::Display for Report {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let good = self.steps.iter().filter(|step| step.2).count();
        let took = self.steps.iter().map(|step| step.1).sum();
        write!(
            out,
            "{good} of {} steps ok in {}",
            self.steps.len(),
            Spoken(took)
        )
    }
}

/// A duration as a person says it.
pub(super) struct Spoken(pub(super) Duration);

impl fmt::Display for Spoken {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.as_secs();
        if seconds >= 60 {
            write!(out, "{} min {} s", seconds / 60, seconds % 60)
        } else {
            write!(out, "{:.1} s", self.0.as_secs_f64())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Report, cargo, run};

    #[test]
    fn a_failed_step_is_named_and_the_next_one_still_runs() {
        let mut report = Report::default();
        let mut ran = false;
        report.attempt("first", || Err("no".into()));
        report.attempt("second", || {
            ran = true;
            Ok(())
        });
        assert!(ran);
        assert_eq!(report.verdict().unwrap_err().to_string(), "failed: first");
        assert!(report.to_string().starts_with("1 of 2 steps ok"));
    }

    #[test]
    fn a_command_that_fails_is_a_failure() {
        assert!(run(cargo(["no-such-command"])).is_err());
        assert!(run(cargo(["--version"])).is_ok());
    }
}
