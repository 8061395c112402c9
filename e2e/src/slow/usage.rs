//! Memory and open files of a process, as Linux tells them.

use std::fmt;
use std::path::Path;

use crate::process::Failure;

/// What a process holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usage {
    /// Resident memory in KiB.
    pub rss_kib: u64,
    /// The most it ever was.
    pub peak_kib: u64,
    /// Open files, sockets among them.
    pub files: usize,
}

impl Usage {
    /// Of the process with this id.
    ///
    /// # Errors
    ///
    /// When it is gone, or this is not Linux.
    pub fn of(process: u32) -> Result<Self, Failure> {
        let folder = Path::new("/proc").join(process.to_string());
        let status = std::fs::read_to_string(folder.join("status"))?;
        Ok(Self {
            rss_kib: line(&status, "VmRSS:")?,
            peak_kib: line(&status, "VmHWM:")?,
            files: std::fs::read_dir(folder.join("fd"))?.count(),
        })
    }
}

fn line(status: &str, name: &str) -> Result<u64, Failure> {
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let number = line.and_then(|line| line.split_whitespace().next());
    Ok(number.ok_or_else(|| format!("no {name}"))?.parse()?)
}

impl fmt::Display for Usage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mib = |kib: u64| kib as f64 / 1024.0;
        let (rss, peak) = (mib(self.rss_kib), mib(self.peak_kib));
        let files = self.files;
        write!(f, "{rss:.1} MiB (peak {peak:.1}), {files} open files")
    }
}

#[cfg(test)]
mod tests {
    use super::Usage;

    #[test]
    fn this_process_uses_something() {
        let usage = Usage::of(std::process::id()).unwrap();
        assert!(usage.rss_kib > 0 && usage.peak_kib >= usage.rss_kib && usage.files > 2);
    }
}
