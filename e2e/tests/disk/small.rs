//! A small disk, and a file that fills it.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use e2e::process::Failure;

const MIB: u64 = 1 << 20;

/// A mounted disk. It goes with the mount namespace.
pub(crate) struct Disk {
    path: PathBuf,
    filler: PathBuf,
}

impl Disk {
    /// Mounts an empty disk of so many MiB on an empty folder.
    pub(crate) fn mount(path: &Path, mib: u64) -> Result<Self, Failure> {
        std::fs::create_dir_all(path)?;
        let size = format!("size={mib}m,mode=0700");
        let status = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &size, "small"])
            .arg(path)
            .status()?;
        if !status.success() {
            return Err(format!("no disk could be mounted: {status}").into());
        }
        Ok(Self {
            path: path.to_owned(),
            filler: path.join("filler"),
        })
    }

    /// Free MiB, rounded down.
    pub(crate) fn free(&self) -> Result<u64, Failure> {
        Ok(fs4::available_space(&self.path)? / MIB)
    }

    /// Fills it until so many MiB are free; with 0, to the last byte.
    pub(crate) fn fill_to(&self, mib: u64) -> Result<(), Failure> {
        let mut filler = File::options()
            .create(true)
            .append(true)
            .open(&self.filler)?;
        let block = vec![7; 256 << 10];
        loop {
            let free = fs4::available_space(&self.path)?;
            if free <= mib * MIB {
                return Ok(());
            }
            let left = usize::try_from(free - mib * MIB)?.min(block.len());
            match filler.write(&block[..left]) {
                Ok(0) => return Ok(()),
                Ok(_) => {}
                Err(error) if error.kind() == std::io::ErrorKind::StorageFull => return Ok(()),
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Takes the filler away.
    pub(crate) fn relieve(&self) -> Result<(), Failure> {
        match std::fs::remove_file(&self.filler) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }
}
