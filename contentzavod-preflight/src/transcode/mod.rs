//! What an encoder would change so that a refused file is taken: the plan, and ffmpeg's arguments.
//!
//! Nothing is run here. Whoever has ffmpeg gives it the arguments as a list, whoever has not reads
//! the command line. Streams that break no rule are copied.

mod arguments;
mod cures;

use serde::{Deserialize, Serialize};

use crate::finding::Finding;
use cures::cure;

/// What becomes of a picture that is not 9:16.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// It stays, unless Instagram would refuse it: then bars are put around it.
    #[default]
    Keep,
    /// Black bars make it 9:16.
    Pad,
    /// What is too wide or too high is cut off.
    Crop,
}

impl Shape {
    /// Its word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::Pad => "pad",
            Self::Crop => "crop",
        }
    }

    /// Reads a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        let all = [Self::Keep, Self::Pad, Self::Crop];
        all.into_iter().find(|shape| shape.as_str() == word)
    }
}

/// Something about a file that an encoder changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The rule that is broken now.
    pub rule: String,
    /// What the file is now.
    pub from: Option<String>,
    /// What it becomes.
    pub to: String,
}

/// What an encoder would do to a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transcode {
    /// Each thing that changes.
    pub changes: Vec<Change>,
    /// Rules of warnings that stay as they are.
    pub stays: Vec<String>,
    reading: Vec<String>,
    arguments: Vec<String>,
}

/// Rules that no encoder can mend; each by its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incurable(pub Vec<String>);

impl std::fmt::Display for Incurable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "no encoder mends {}", self.0.join(", "))
    }
}

impl std::error::Error for Incurable {}

impl Transcode {
    /// What would be done about these findings of a video of so many milliseconds.
    ///
    /// # Errors
    ///
    /// [`Incurable`]: an error among them that no encoder mends, such as a video that is too short.
    ///
    /// ```
    /// use contentzavod_preflight::{Finding, Shape, Transcode};
    ///
    /// let found = [Finding::error("audio.channels", "six channels").actual("6")];
    /// let plan = Transcode::plan(&found, Some(30_000), Shape::Keep)?;
    /// assert_eq!(plan.changes[0].to, "2");
    /// // The picture breaks no rule, so it is copied.
    /// assert!(plan.command_line("in.mp4", "out.mp4").contains("-c:v copy"));
    /// # Ok::<(), contentzavod_preflight::Incurable>(())
    /// ```
    pub fn plan(
        findings: &[Finding],
        duration_ms: Option<u64>,
        shape: Shape,
    ) -> Result<Self, Incurable> {
        let mut cured = Vec::new();
        let (mut stays, mut never) = (Vec::new(), Vec::new());
        for finding in findings {
            match cure(finding, shape) {
                Some(cure) => cured.push((finding, cure)),
                None if finding.is_error() => never.push(finding.rule.clone()),
                None => stays.push(finding.rule.clone()),
            }
        }
        if !never.is_empty() {
            return Err(Incurable(never));
        }
        let changes = cured.iter().map(|(finding, cure)| Change {
            rule: finding.rule.clone(),
            from: finding.actual.clone(),
            to: cure.to.clone(),
        });
        Ok(Self {
            changes: changes.collect(),
            stays,
            reading: arguments::reading(&cured),
            arguments: arguments::of(&cured, duration_ms, shape),
        })
    }

    /// True if there is nothing to do.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// What stands before the input, one argument an item: the one format it may have, and how large
    /// its picture may be. Without it ffmpeg would follow a list of other files, too.
    #[must_use]
    pub fn reading(&self) -> &[String] {
        &self.reading
    }

    /// What stands between the input and the output, one argument an item.
    #[must_use]
    pub fn arguments(&self) -> &[String] {
        &self.arguments
    }

    /// The whole command for a shell.
    #[must_use]
    pub fn command_line(&self, from: &str, to: &str) -> String {
        let words = ["ffmpeg", "-i", from].map(quoted);
        let arguments = self.arguments.iter().map(|word| quoted(word));
        let words: Vec<_> = words
            .into_iter()
            .chain(arguments)
            .chain([quoted(to)])
            .collect();
        words.join(" ")
    }
}

/// A word as a shell reads it back.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=,+%@".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}
