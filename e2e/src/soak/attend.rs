//! The person who looks after what asks for one: reconnects accounts, retries, and says what became
//! of posts that nobody knows about.

use std::collections::HashMap;
use std::time::Duration;

use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use super::book::{Kept, Version};
use super::calls::Answer;
use super::person::said;
use super::random::Random;
use super::scene::Scene;
use crate::api::Api;
use crate::process::Failure;

/// How often they look.
const LOOK: Duration = Duration::from_millis(1_500);
/// A post is let go out anew so often.
pub(super) const RESTARTS: u32 = 2;

/// Looks after everything until told to stop.
pub(super) async fn attend(scene: &Scene, stop: &CancellationToken) -> Result<(), Failure> {
    while !stop.is_cancelled() {
        // A list that was cut off is read again.
        let _ = look_once(scene).await?;
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(LOOK) => {}
        }
    }
    Ok(())
}

/// Looks once; how much was done, or `None` when nobody answered.
pub(super) async fn look_once(scene: &Scene) -> Result<Option<usize>, Failure> {
    let mut done = 0;
    let Ok(accounts) = scene.api.all("/v1/accounts?").await else {
        return Ok(None);
    };
    for account in accounts.iter().filter(|a| a["status"] == "reauthorize") {
        let name = account["username"].as_str().unwrap_or_default();
        done += usize::from(scene.reconnect(name).await?);
    }
    let numbers: HashMap<String, usize> = {
        let book = scene.book();
        let known = book.iter().filter_map(|k| Some((k.id.clone()?, k.number)));
        known.collect()
    };
    for status in ["needs_review", "failed", "missed"] {
        let path = format!("/v1/posts?limit=100&status={status}");
        let Ok(posts) = scene.api.all(&path).await else {
            return Ok(None);
        };
        for post in posts {
            let id = post["id"].as_str().unwrap_or_default();
            if let Some(number) = numbers.get(id) {
                done += usize::from(acts(scene, *number, &post["publications"][0]).await?);
            }
        }
    }
    Ok(Some(done))
}

/// Does what there is to do about one of them; whether anything was.
async fn acts(scene: &Scene, number: usize, row: &Value) -> Result<bool, Failure> {
    let (id, status) = (text(row, "id"), text(row, "status"));
    let kept = scene.keep(number, |kept| {
        kept.met.insert(status.to_owned());
        kept.clone()
    });
    let kept = kept.ok_or("no such post")?;
    let mut random = Random::of(
        scene.seed ^ number as u64,
        &format!("act {}", kept.restarts),
    );
    match status {
        "needs_review" => reviews(scene, &kept, id, random.percent(50)).await,
        _ if kept.restarts < RESTARTS => retries(scene, &kept, id).await,
        _ if random.percent(50) => gives_up(scene, &kept, id).await,
        _ => Ok(false),
    }
}

/// Looks at Instagram, as a person does who is asked.
async fn reviews(scene: &Scene, kept: &Kept, id: &str, brave: bool) -> Result<bool, Failure> {
    let live = scene.live(kept)?;
    // Of twins nobody can say whose it is.
    let twins = scene
        .book()
        .iter()
        .filter(|k| k.account == kept.account && k.shares(kept))
        .count();
    let brave = brave && twins == 1 && kept.restarts < RESTARTS;
    let body = match live.as_slice() {
        [one] if twins == 1 => json!({ "outcome": "live", "permalink": one.permalink }),
        [] if brave => json!({ "outcome": "not_live", "accept_duplicate_risk": true }),
        _ => json!({ "outcome": "leave" }),
    };
    let path = format!("/v1/publications/{id}/resolve");
    let answer = scene
        .ask(|api| api.http.post(api.url(&path)).json(&body))
        .await?;
    scene.keep(kept.number, |kept| {
        kept.note(answer.at, format!("{body}: {}", said(&answer)));
    });
    if !answer.yes() && !answer.repeated {
        return Ok(false);
    }
    match body["outcome"].as_str() {
        Some("live") => scene.keep(kept.number, |kept| kept.said_live = true),
        Some("leave") => scene.keep(kept.number, |kept| kept.left = true),
        _ => {
            restarted(scene, kept, &answer);
            scene.keep(kept.number, |kept| kept.risk = true)
        }
    };
    Ok(true)
}

async fn retries(scene: &Scene, kept: &Kept, id: &str) -> Result<bool, Failure> {
    let path = format!("/v1/publications/{id}/retry");
    let mut body = json!({});
    for _ in 0..2 {
        let call = |api: &Api| api.http.post(api.url(&path)).json(&body);
        let answer = scene.ask(call).await?;
        scene.keep(kept.number, |k| {
            k.note(answer.at, format!("retry {body}: {}", said(&answer)));
        });
        if answer.yes() || answer.repeated || answer.status == 409 {
            restarted(scene, kept, &answer);
            return Ok(true);
        }
        // Its video may be gone.
        scene.another_video(&kept.media).await;
        let video = scene.video().await?;
        body = json!({ "media_id": video });
        scene.keep(kept.number, |k| k.media = video);
    }
    Ok(false)
}

/// It goes out anew, from the moment this was asked for.
fn restarted(scene: &Scene, kept: &Kept, answer: &Answer) {
    scene.keep(kept.number, |kept| {
        kept.restarts += 1;
        if let Some(last) = kept.versions.last().cloned() {
            kept.versions.push(Version {
                due: answer.asked,
                asked: answer.asked,
                answered: answer.yes().then_some(answer.at),
                ..last
            });
        }
    });
}

async fn gives_up(scene: &Scene, kept: &Kept, id: &str) -> Result<bool, Failure> {
    let path = format!("/v1/publications/{id}/cancel");
    let answer = scene.ask(|api| api.http.post(api.url(&path))).await?;
    scene.keep(kept.number, |kept| {
        kept.note(answer.at, format!("cancel: {}", said(&answer)));
        if answer.yes() {
            kept.cancelled = Some(answer.at);
        }
    });
    Ok(answer.yes())
}

fn text<'a>(row: &'a Value, name: &str) -> &'a str {
    row[name].as_str().unwrap_or_default()
}
