//! One engine a data directory: start-up voids the leases of the former one.

use std::fs::{File, OpenOptions};
use std::io::{Read as _, Seek as _, Write as _};

use fs4::TryLockError;

use super::{DataDir, DataDirError};

/// The right to publish from a data directory; given back when it is dropped or the process ends,
/// however it ends. The file stays: removing it would let two processes lock two files.
#[derive(Debug)]
#[must_use = "the lock is given back when it is dropped"]
pub struct EngineLock {
    _file: File,
}

impl EngineLock {
    pub(super) fn take(dir: &DataDir) -> Result<Self, DataDirError> {
        let path = dir.lock_file();
        let mut options = OpenOptions::new();
        // Not truncated: until we hold it, what stands there is the holder's.
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt as _;
            options.mode(0o600);
        }
        let mut file = options.open(&path).map_err(DataDirError::io(&path))?;
        // Named in full: the standard library has a method of the same name.
        match fs4::FileExt::try_lock(&file) {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(DataDirError::Held {
                    folder: dir.path().to_owned(),
                    pid: holder(&mut file),
                });
            }
            Err(TryLockError::Error(error)) => return Err(DataDirError::Io { path, error }),
        }
        write_pid(&mut file).map_err(DataDirError::io(&path))?;
        Ok(Self { _file: file })
    }
}

/// For the message of whoever comes second, nothing else.
fn write_pid(file: &mut File) -> std::io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    writeln!(file, "{}", std::process::id())
}

fn holder(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    file.take(32).read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}
