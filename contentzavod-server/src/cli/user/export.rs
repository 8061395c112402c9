//! `contentzavod user export`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use futures::TryStreamExt as _;
use tokio::io::AsyncWriteExt as _;

use super::Who;
use crate::cli::options::Place;
use crate::cli::{Done, now, say};
use crate::compose::StartError;
use crate::export::{Archive, archive};

/// Write everything of a person, and of the workspaces they own, as one ZIP archive
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The archive holds profile, posts with receipts, files and more; its README.txt says \
                  what each file is.\nNo token and no key is in it. Give it to nobody but that person:\n  \
                  contentzavod user export --id ID --out anna.zip"
)]
pub(in crate::cli) struct Options {
    #[command(flatten)]
    who: Who,
    /// Where to write it. Only its owner may read it; a file that is there is left alone.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    #[command(flatten)]
    place: Place,
}

pub(super) async fn run(options: Options) -> Done {
    let composed = super::opened(&options.place).await?;
    let export = composed.zavod.export_user(options.who.id);
    let length = write(&options.out, archive(export, now())).await?;
    let out = options.out.display();
    say(format_args!("{length} bytes in {out}"));
    Ok(ExitCode::SUCCESS)
}

/// Half an archive never stands under the name.
async fn write(out: &Path, mut archive: Archive) -> Result<u64, StartError> {
    if out.exists() {
        return Err(format!("{} is there already: choose another name", out.display()).into());
    }
    let folder = out.parent().filter(|p| !p.as_os_str().is_empty());
    let part = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
    let mut file = tokio::fs::File::from_std(part.reopen()?);
    let mut length = 0;
    while let Some(piece) = archive.try_next().await? {
        file.write_all(&piece).await?;
        length += piece.len() as u64;
    }
    file.flush().await?;
    file.sync_all().await?;
    part.persist_noclobber(out)?;
    Ok(length)
}
