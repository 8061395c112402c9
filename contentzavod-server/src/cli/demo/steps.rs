//! What the demo shows: steps with their times, and bars while something is under way.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use crate::cli::say;

/// The clock of the demo and its voice.
#[derive(Debug)]
pub(super) struct Steps {
    start: Instant,
}

impl Steps {
    /// Starts the clock.
    pub(super) fn begin() -> Self {
        Self {
            start: Instant::now(),
        }
    }

    /// A line without a time.
    #[expect(clippy::unused_self, reason = "the demo has one voice")]
    pub(super) fn title(&self, words: &str) {
        say(format_args!("{words}\n"));
    }

    /// A step that was taken.
    pub(super) fn step(&self, name: &str, words: &str) {
        let at = self.start.elapsed().as_secs_f64();
        let line = format!("{at:7.3} s  {name:<11} {words}");
        say(line.trim_end());
    }

    /// A bar for bytes under way; nothing where no person looks on.
    #[expect(clippy::unused_self, reason = "the demo has one voice")]
    pub(super) fn bytes(&self, total: u64) -> ProgressBar {
        styled(
            ProgressBar::new(total),
            "           upload      {wide_bar} {bytes} of {total_bytes}, {bytes_per_sec}",
        )
    }

    /// A sign that something is waited for.
    #[expect(clippy::unused_self, reason = "the demo has one voice")]
    pub(super) fn waiting(&self, words: &str) -> ProgressBar {
        let bar = styled(ProgressBar::new_spinner(), "           {spinner} {msg}");
        bar.set_message(words.to_owned());
        bar.enable_steady_tick(Duration::from_millis(100));
        bar
    }
}

fn styled(bar: ProgressBar, template: &str) -> ProgressBar {
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
