//! A clock that can be set: `libfaketime` in the server's process alone.

use std::path::{Path, PathBuf};

use chrono::TimeDelta;
use e2e::process::Failure;
use e2e::world::Plan;

/// The clock of one process.
pub(crate) struct Bent {
    file: PathBuf,
}

impl Bent {
    /// One that is right.
    pub(crate) fn new(folder: &Path) -> Result<Self, Failure> {
        let bent = Self {
            file: folder.join("clock"),
        };
        bent.jump(TimeDelta::zero())?;
        Ok(bent)
    }

    /// It shows the right time and so much more from now on.
    pub(crate) fn jump(&self, by: TimeDelta) -> Result<(), Failure> {
        // Replaced as a whole: it is read at every look at the clock.
        let next = self.file.with_extension("next");
        std::fs::write(&next, format!("{:+}", by.num_seconds()))?;
        Ok(std::fs::rename(&next, &self.file)?)
    }

    /// A world whose server has this clock. Its monotonic clock is nobody's to set.
    pub(crate) fn plan(&self) -> Result<Plan, Failure> {
        Ok(Plan::default()
            .with("LD_PRELOAD", library()?)
            .with("FAKETIME_TIMESTAMP_FILE", &self.file)
            .with("FAKETIME_NO_CACHE", "1")
            .with("FAKETIME_DONT_FAKE_MONOTONIC", "1")
            .with("DONT_FAKE_MONOTONIC", "1"))
    }
}

/// Where Debian's package `libfaketime` puts it.
fn library() -> Result<PathBuf, Failure> {
    let machine = std::env::consts::ARCH;
    let folder = format!("/usr/lib/{machine}-linux-gnu/faketime");
    let library = Path::new(&folder).join("libfaketimeMT.so.1");
    match library.exists() {
        true => Ok(library),
        false => Err(format!(
            "{} is not there: install the package faketime",
            library.display()
        )
        .into()),
    }
}
