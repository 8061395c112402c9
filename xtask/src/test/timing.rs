//! What libtest says about itself: how many tests, and which binaries took longest.

use std::fmt;

/// How many of the slowest are shown.
const SHOWN: usize = 10;

/// Gathers libtest's closing lines under the headings of cargo.
///
/// libtest on the stable toolchain does not time single tests, so the binary is the unit.
#[derive(Debug, Default)]
pub(super) struct Timings {
    heading: String,
    binaries: Vec<(f64, String)>,
    passed: u64,
    failed: u64,
    ignored: u64,
}

impl Timings {
    /// Takes notice of one line of output.
    pub(super) fn hear(&mut self, line: &str) {
        let line = line.trim();
        if let Some(heading) = line.strip_prefix("Running ") {
            // `unittests src/lib.rs (target/debug/deps/name-0123456789abcdef)`
            let (what, binary) = heading.split_once(" (").unwrap_or((heading, ""));
            let file = binary
                .trim_end_matches(')')
                .rsplit(['/', '\\'])
                .next()
                .unwrap_or(binary);
            let name = file.rsplit_once('-').map_or(file, |(name, _)| name);
            self.heading = format!("{name}, {what}");
        } else if let Some(heading) = line.strip_prefix("Doc-tests ") {
            self.heading = format!("{heading}, doc tests");
        } else if let Some(closing) = line.strip_prefix("test result: ") {
            self.close(closing);
        }
    }

    /// `ok. 5 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.05s`
    fn close(&mut self, closing: &str) {
        let (_, counts) = closing.split_once(". ").unwrap_or(("", closing));
        for part in counts.split("; ") {
            let (number, word) = part.split_once(' ').unwrap_or((part, ""));
            let count = number.parse().unwrap_or(0);
            match word {
                "passed" => self.passed += count,
                "failed" => self.failed += count,
                "ignored" => self.ignored += count,
                _ => {}
            }
            let seconds = part
                .strip_prefix("finished in ")
                .and_then(|s| s.strip_suffix('s'));
            if let Some(seconds) = seconds.and_then(|text| text.parse().ok()) {
                self.binaries.push((seconds, self.heading.clone()));
            }
        }
    }
}

impl fmt::Display for Timings {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut slowest = self.binaries.clone();
        slowest.sort_by(|left, right| right.0.total_cmp(&left.0));
        writeln!(out, "Slowest test binaries:")?;
        for (seconds, name) in slowest.iter().take(SHOWN) {
            writeln!(out, "{seconds:8.2} s  {name}")?;
        }
        let Self {
            passed,
            failed,
            ignored,
            ..
        } = self;
        write!(
            out,
            "{passed} tests passed, {failed} failed, {ignored} ignored"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::Timings;

    const OUTPUT: &str = "\
     Running unittests src/lib.rs (target/debug/deps/contentzavod_core-0f3a)

running 2 tests
test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.05s

     Running tests/stories.rs (target/debug/deps/stories-9e1c)
test result: FAILED. 3 passed; 1 failed; 1 ignored; 0 measured; 0 filtered out; finished in 12.30s

   Doc-tests contentzavod_core
test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.10s
";

    #[test]
    fn closing_lines_are_counted_and_the_slowest_come_first() {
        let mut timings = Timings::default();
        OUTPUT.lines().for_each(|line| timings.hear(line));
        assert_eq!(
            timings.to_string(),
            "Slowest test binaries:\n   12.30 s  stories, tests/stories.rs\n    0.10 s  \
             contentzavod_core, doc tests\n    0.05 s  contentzavod_core, unittests src/lib.rs\n\
             6 tests passed, 1 failed, 1 ignored"
        );
    }
}
