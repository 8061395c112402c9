//! `contentzavod sandbox`: the stand-in for Instagram alone.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use chrono::TimeDelta;
use contentzavod_instagram::sandbox::Sandbox;

use super::{Done, say, signals};

/// Run the stand-in for Instagram alone, to test clients against
///
/// An HTTP server that plays Instagram's publishing API. It forgets everything when it ends, except
/// the ledger.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Point a client's Graph URL at it. Any token sandbox-NAME is an account NAME.

  curl -X POST localhost:8090/__accounts -d '{\"username\": \"demo\"}'
  curl localhost:8090/__ledger
  curl -X POST localhost:8090/__faults -d '{\"rules\": [
    {\"stage\": \"publish\", \"fault\": \"reply_lost\", \"count\": 1}]}'

Faults: reply_lost (done, but the answer is lost), read_refused (says nothing), slow (\"ms\").
Stages: me, create, status, publish, recent, quota, permalink, refresh.")]
pub(super) struct Options {
    /// Where to listen.
    #[arg(long, default_value = "127.0.0.1:8090")]
    listen: SocketAddr,
    /// File of JSON lines that says what went live; on disk before a call is answered.
    #[arg(long, value_name = "FILE")]
    ledger: Option<PathBuf>,
    /// Seed of faults that come by chance.
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// How long a video is processed, in milliseconds.
    #[arg(long, value_name = "MS", default_value_t = 1500)]
    processing: u32,
    /// Publications an account may make in 24 hours.
    #[arg(long, default_value_t = 50)]
    quota: u32,
}

pub(super) async fn run(options: Options) -> Done {
    let mut builder = Sandbox::builder()
        .listen(options.listen)
        .seed(options.seed)
        .quota(options.quota)
        .processing(TimeDelta::milliseconds(options.processing.into()));
    if let Some(file) = options.ledger {
        builder = builder.ledger_file(file);
    }
    let mut ending = signals::listen()?;
    let sandbox = builder.start().await?;
    say(format_args!(
        "listening on {}",
        sandbox.url().as_str().trim_end_matches('/')
    ));
    ending.wait().await;
    sandbox.stop().await;
    Ok(ExitCode::SUCCESS)
}
