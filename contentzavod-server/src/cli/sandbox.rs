//! `contentzavod sandbox`: the stand-in for Instagram alone.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use chrono::TimeDelta;
use contentzavod_instagram::sandbox::{self, Sandbox};

use super::{Done, say, signals};

/// Run the stand-in for Instagram alone, to test clients against
///
/// An HTTP server that plays Instagram's publishing API. It forgets everything when it ends, except
/// the ledger.
#[derive(Debug, clap::Args)]
#[command(after_help = after_help())]
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
    /// An address that people may be sent back to after signing in, exactly; any without it.
    #[arg(long, value_name = "URL")]
    redirect_uri: Vec<String>,
}

pub(super) async fn run(options: Options) -> Done {
    let mut builder = Sandbox::builder()
        .listen(options.listen)
        .seed(options.seed)
        .quota(options.quota)
        .processing(TimeDelta::milliseconds(options.processing.into()));
    for address in &options.redirect_uri {
        builder = builder.redirect_uri(address);
    }
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

/// How to make it misbehave. The list comes from the sandbox's own table.
fn after_help() -> String {
    const USE: &str = "\
Point a client's Graph URL at it. Any token sandbox-NAME is an account NAME by Instagram Login, any
EAA-sandbox-NAME a person with its Page by Facebook Login.

  curl localhost:8090/__accounts -d '{\"username\": \"demo\"}'
  curl 'localhost:8090/__ledger?kind=publish'
  curl localhost:8090/__faults/kinds
  curl localhost:8090/__faults -d '{\"rules\": [
    {\"stage\": \"publish\", \"fault\": \"reply_lost\", \"count\": 1},
    {\"stage\": \"status\", \"fault\": \"read_refused\", \"probability\": 0.3}]}'

A rule has a stage and a fault, and if need be count, probability (0 to 1) and account. A plan may
have a seed and second_publish (refuse, same_id, duplicate); {} behaves again. What a fault does and
what the ledger shows then: docs/sandbox.md.";
    format!("{USE}\n\n{}", sandbox::help())
}

#[cfg(test)]
mod tests {
    use clap::{Args, Command};
    use contentzavod_instagram::sandbox::{FaultPlan, KINDS, Stage};

    use super::*;

    #[test]
    fn the_help_names_every_switch_and_its_plan_is_one() {
        let command = Options::augment_args(Command::new("sandbox"));
        let help = command.get_after_help().expect("a help").to_string();
        for kind in KINDS {
            assert!(
                help.contains(&format!("\n  {}", kind.name)),
                "{}",
                kind.name
            );
        }
        for stage in Stage::ALL {
            let line = format!("\n  {} ", stage.name());
            assert!(help.contains(&line), "{}", stage.name());
        }
        let plan = help.split("/__faults -d '").nth(1).expect("a plan");
        let (plan, _) = plan.split_once('\'').expect("its end");
        let plan: FaultPlan = serde_json::from_str(plan).expect("a plan that is taken");
        assert_eq!(plan.rules.len(), 2);
    }
}
