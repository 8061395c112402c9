//! The campaign: rounds without and with the crowd, in turn, so that a busy machine weighs on both.

use std::time::{Duration, Instant};

use super::calls::{CALLS, Call, Normal, quantile};
use super::crowd::{Crowd, Ends};
use super::drip::Target;
use super::usage::Usage;
use crate::process::{Binary, Failure};
use crate::world::{Plan, World};

/// How long a crowd gathers before calls beside it count.
const GATHERING: Duration = Duration::from_secs(3);
/// How long one round of calls lasts.
const ROUND: Duration = Duration::from_secs(10);

/// How much of it.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// Slow clients at the same time.
    pub sockets: usize,
    /// How long they are there in all.
    pub time: Duration,
}

/// How long each call took, by kind.
type Times = [Vec<Duration>; CALLS.len()];

/// Runs the campaign and gives its report, line by line, to `say`.
///
/// # Errors
///
/// When the server does not start, ends, or refuses a normal call.
pub async fn run(binary: Binary, size: Size, say: impl Fn(String)) -> Result<(), Failure> {
    let mut world = World::new(binary, Plan::default()).await?;
    let mut normal = Normal::new(&world).await?;
    let target = Target::of(&world.api);
    let (mut alone, mut beside) = (Times::default(), Times::default());
    round(&mut world, &mut normal, &mut Times::default(), ROUND / 4).await?;
    let process = world.server.id();
    say(format!("before: {}", Usage::of(process)?));
    let mut there = Duration::ZERO;
    while there < size.time {
        round(&mut world, &mut normal, &mut alone, ROUND).await?;
        let begun = Instant::now();
        let crowd = Crowd::gather(&target, size.sockets);
        tokio::time::sleep(GATHERING).await;
        // Long enough that every deadline comes within it.
        let time = (size.time - there).min(ROUND * 4);
        round(&mut world, &mut normal, &mut beside, time).await?;
        say(format!(
            "with {} slow: {}",
            size.sockets,
            Usage::of(process)?
        ));
        tell_ends(&crowd.ends(), &say);
        crowd.disperse().await;
        there += begun.elapsed();
    }
    // What is left of connections goes with their next look.
    tokio::time::sleep(GATHERING).await;
    say(format!("after: {}", Usage::of(process)?));
    tell_times(&mut alone, &mut beside, &say);
    Ok(())
}

/// Normal calls of each kind in turn, for so long.
async fn round(
    world: &mut World,
    normal: &mut Normal,
    times: &mut Times,
    time: Duration,
) -> Result<(), Failure> {
    let end = Instant::now() + time;
    while Instant::now() < end {
        for (call, times) in CALLS.into_iter().zip(times.iter_mut()) {
            let took = normal.call(world, call).await;
            times.push(took.map_err(|error| format!("{call:?}: {error}"))?);
        }
    }
    world.server.must_run()
}

fn tell_ends(ends: &Ends, say: &impl Fn(String)) {
    for (kind, tally) in ends {
        let longest = tally.longest.as_secs_f64();
        let (closed, unconnected) = (tally.closed, tally.unconnected);
        say(format!(
            "  {kind:?}: {closed} closed by the server, the longest after {longest:.1} s; \
             {unconnected} without a connection"
        ));
    }
}

fn tell_times(alone: &mut Times, beside: &mut Times, say: &impl Fn(String)) {
    for (n, call) in CALLS.into_iter().enumerate() {
        tell_ratio(call, &mut alone[n], &mut beside[n], say);
    }
    tell_together(alone, beside, say);
}

fn tell_together(alone: &Times, beside: &Times, say: &impl Fn(String)) {
    let (mut alone, mut beside) = (alone.concat(), beside.concat());
    say(format!("all: {}", ratios(&mut alone, &mut beside)));
}

fn tell_ratio(call: Call, alone: &mut [Duration], beside: &mut [Duration], say: &impl Fn(String)) {
    say(format!("{call:?}: {}", ratios(alone, beside)));
}

fn ratios(alone: &mut [Duration], beside: &mut [Duration]) -> String {
    let mut text = format!("{} calls without, {} with", alone.len(), beside.len());
    for (name, part) in [("p50", 0.5), ("p99", 0.99)] {
        let (Some(without), Some(with)) = (quantile(alone, part), quantile(beside, part)) else {
            continue;
        };
        let (without, with) = (without.as_secs_f64() * 1e3, with.as_secs_f64() * 1e3);
        let ratio = with / without;
        text += &format!("; {name} {without:.1} ms, {with:.1} ms, ratio {ratio:.2}");
    }
    text
}
