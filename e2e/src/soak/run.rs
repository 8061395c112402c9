//! A campaign, from its begin to its verdict.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use contentzavod_core::ports::Clock;
use contentzavod_instagram::sandbox::Record;
use serde_json::Value;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::attend::{self, RESTARTS};
use super::book::{Kept, username};
use super::judge::{Case, PAUSED, judge};
use super::mix::{Mix, Place};
use super::plan::Plan;
use super::recovery::{Fall, Times, confirmed, work};
use super::report::Figures;
use super::scene::Scene;
use super::{Found, Settings, calls, person, weather};
use crate::process::{Binary, Failure};
use crate::world::{self, World};

/// Between two looks whether everything is settled.
const LOOK: Duration = Duration::from_secs(2);
/// After everything is settled: what goes out in spite of it is caught here.
const AFTER: Duration = Duration::from_secs(3);

/// What the fire left behind.
struct Fire {
    falls: Vec<Fall>,
    struck: BTreeMap<Place, u64>,
    memory_kb: u64,
}

/// Runs a campaign.
///
/// # Errors
///
/// When it could not be run to its end: a process does not start, ends by itself or answers nobody.
pub async fn run(binary: Binary, settings: &Settings) -> Result<Found, Failure> {
    let mut world = World::new(binary, world_plan(settings)).await?;
    let done = told_by(&mut world, settings).await;
    match done {
        Ok(mut found) => {
            if !found.verdict.violations.is_empty() {
                found.folder = Some(world.keep());
            }
            Ok(found)
        }
        Err(failure) => {
            let folder = world.keep();
            Err(format!("{failure}\neverything is kept in {}", folder.display()).into())
        }
    }
}

fn world_plan(settings: &Settings) -> world::Plan {
    let mut plan = world::Plan::default();
    if let Some(settle) = &settings.settle {
        for name in ["SETTLE", "SETTLE_TIMEOUT"] {
            plan = plan.with(&format!("CONTENTZAVOD_PUBLISHING__{name}"), settle.as_str());
        }
    }
    if settings.strict {
        plan = plan.with("CONTENTZAVOD_PUBLISHING__STRICT", "true");
    }
    let arguments = ["--quota", "500", "--processing", "500", "--seed"];
    plan.sandbox = arguments.map(str::to_owned).to_vec();
    plan.sandbox.push(settings.seed.to_string());
    plan
}

async fn told_by(world: &mut World, settings: &Settings) -> Result<Found, Failure> {
    let plan = Plan::draw(settings);
    let ledger = world.folder().join("ledger.jsonl");
    let mut scene = Scene::new(
        world.api.clone(),
        world.sandbox_url.clone(),
        ledger,
        settings.seed,
    );
    let mut book: Vec<Kept> = plan
        .posts
        .iter()
        .map(|p| Kept::new(p.number, p.account))
        .collect();
    book.sort_by_key(|kept| kept.number);
    scene.open(settings.accounts, book).await?;
    let scene = Arc::new(scene);
    let begun = Instant::now();
    let fire = under_fire(world, &scene, &plan, settings).await?;
    let storm = begun.elapsed();
    let begun = Instant::now();
    settle(world, &scene, settings.patience).await?;
    tokio::time::sleep(AFTER).await;
    let took = (storm, begun.elapsed());
    verdict(world, &scene, fire, (took, settings.hurried)).await
}

/// Posts fall due, the platform lies, persons act, and the server is killed.
async fn under_fire(
    world: &mut World,
    scene: &Arc<Scene>,
    plan: &Plan,
    settings: &Settings,
) -> Result<Fire, Failure> {
    let stop = CancellationToken::new();
    let mut lives = JoinSet::new();
    for post in plan.posts.clone() {
        lives.spawn(person::lives(Arc::clone(scene), post));
    }
    let (at, until) = (Arc::clone(scene), stop.clone());
    let attending = tokio::spawn(async move { attend::attend(&at, &until).await });
    let (at, until) = (Arc::clone(scene), stop.clone());
    let (mix, phase) = (Mix::new(settings.seed, settings.strict), settings.phase);
    let weather = tokio::spawn(async move { weather::change(&at, mix, phase, &until).await });
    let (falls, memory_kb) = kill(world, scene, plan).await?;
    let struck = {
        stop.cancel();
        weather.await??
    };
    attending.await??;
    while let Some(life) = lives.join_next().await {
        life??;
    }
    Ok(Fire {
        falls,
        struck,
        memory_kb,
    })
}

async fn kill(world: &mut World, scene: &Scene, plan: &Plan) -> Result<(Vec<Fall>, u64), Failure> {
    let mut falls: Vec<Fall> = Vec::with_capacity(plan.kills.len());
    let mut memory_kb = 0;
    for moment in plan.kills.iter().copied().chain([plan.end]) {
        let life = world.live_until(scene.at(moment)).await?;
        let killed = scene.clock.now();
        if let Some(last) = falls.last_mut() {
            let ready = life.ready.and_then(|ready| TimeDelta::from_std(ready).ok());
            last.ready = ready.map(|ready| life.started + ready);
        }
        memory_kb = memory_kb.max(peak_kb(world.server.id()));
        if moment == plan.end {
            break;
        }
        if let Some(last) = falls.last_mut() {
            last.next = Some(killed);
        }
        world.kill_and_restart()?;
        falls.push(Fall {
            killed,
            ready: None,
            next: None,
        });
    }
    Ok((falls, memory_kb))
}

/// The most memory a process has used so far; 0 where the system does not tell.
fn peak_kb(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    number
        .and_then(|number| number.parse().ok())
        .unwrap_or_default()
}

/// Waits until nothing more is to come, or patience is at its end.
async fn settle(world: &mut World, scene: &Scene, patience: Duration) -> Result<(), Failure> {
    let begun = Instant::now();
    loop {
        world.server.must_run()?;
        let acted = attend::look_once(scene).await?;
        if acted == Some(0)
            && let Ok(rows) = rows(scene).await
        {
            let book = scene.book().clone();
            let row = |kept: &Kept| rows.get(kept.id.as_ref()?);
            let open = book
                .iter()
                .filter(|k| row(k).is_some_and(|row| !settled(k, row)));
            if open.count() == 0 {
                return Ok(());
            }
        }
        if begun.elapsed() > patience {
            return Ok(());
        }
        tokio::time::sleep(LOOK).await;
    }
}

fn settled(kept: &Kept, post: &Value) -> bool {
    let row = &post["publications"][0];
    match row["status"].as_str() {
        Some("published") => row["remote_id"].is_string() || kept.said_live,
        Some("failed" | "missed") => kept.restarts >= RESTARTS,
        Some("cancelled") => true,
        Some("scheduled") => row["error"]["code"] == PAUSED,
        _ => false,
    }
}

async fn rows(scene: &Scene) -> Result<HashMap<String, Value>, Failure> {
    let posts = scene.api.all("/v1/posts?limit=100").await?;
    let row = |post: Value| Some((post["id"].as_str()?.to_owned(), post));
    Ok(posts.into_iter().filter_map(row).collect())
}

async fn verdict(
    world: &World,
    scene: &Scene,
    fire: Fire,
    (took, hurried): ((Duration, Duration), bool),
) -> Result<Found, Failure> {
    let rows = rows(scene).await?;
    let told = scene.api.notifications().await?;
    let ledger = scene.records()?;
    let book = scene.book().clone();
    let broken = broken(scene, &book, &rows, &ledger).await?;
    let verdict = judge(&Case {
        book: &book,
        rows: &rows,
        told: &told,
        ledger: &ledger,
        broken: &broken,
        hurried,
    });
    let late = book.iter().filter_map(|kept| {
        let row = rows.get(kept.id.as_ref()?)?;
        let first = row["publications"][0]["sends"] == 1 && kept.versions.len() == 1;
        let entry = verdict.live.get(&kept.number)?.first()?;
        Some(entry.at - kept.versions.first().filter(|_| first)?.due)
    });
    let figures = Figures {
        ready: Times::until_ready(&fire.falls),
        work: Times::until_first(&fire.falls, &work(&ledger)),
        confirmed: Times::until_first(&fire.falls, &confirmed(&told)),
        late: Times::of(late),
        struck: fire.struck,
        memory_kb: fire.memory_kb.max(peak_kb(world.server.id())),
        disk: size(world.folder()),
        took,
    };
    let log = world.log();
    let folder = None;
    Ok(Found {
        verdict,
        figures,
        book,
        rows,
        told,
        ledger,
        log,
        folder,
    })
}

/// Containers of posts that are still looked for, and read ERROR.
async fn broken(
    scene: &Scene,
    book: &[Kept],
    rows: &HashMap<String, Value>,
    ledger: &[Record],
) -> Result<HashSet<String>, Failure> {
    let mut broken = HashSet::new();
    let open = book.iter().filter(|kept| {
        let row = kept.id.as_ref().and_then(|id| rows.get(id));
        row.is_some_and(|row| row["publications"][0]["status"] == "uncertain")
    });
    for kept in open {
        let name = username(kept.account);
        let made = ledger.iter().filter_map(|record| match record {
            Record::Create(c) if c.username == name => Some(c),
            _ => None,
        });
        for made in made.filter(|c| kept.versions.iter().any(|v| v.caption == c.caption)) {
            let url = format!("{}/{}?fields=status_code", scene.sandbox, made.container);
            let token = format!("sandbox-{name}");
            let call = |http: &reqwest::Client| http.get(&url).bearer_auth(&token);
            let seen = calls::platform(&scene.api.http, call).await?;
            if seen["status_code"] == "ERROR" {
                broken.insert(made.container.clone());
            }
        }
    }
    Ok(broken)
}

/// Bytes of the files in a folder.
fn size(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let sizes = entries.map(|entry| match entry.metadata() {
        Ok(found) if found.is_dir() => size(&entry.path()),
        Ok(found) => found.len(),
        Err(_) => 0,
    });
    sizes.sum()
}
