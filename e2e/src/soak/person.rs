//! The person of a post: asks for it, and changes their mind.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use contentzavod_core::ports::Clock;
use serde_json::{Value, json};

use super::book::Version;
use super::calls::Answer;
use super::plan::{Deed, Planned};
use super::scene::Scene;
use crate::api::Api;
use crate::process::Failure;

/// A post is asked for so often with something else, where it was refused.
const TRIES: usize = 60;

/// Asks for a post when its time has come, and does to it what is planned.
pub(super) async fn lives(scene: Arc<Scene>, post: Planned) -> Result<(), Failure> {
    scene.until(post.asked).await;
    schedule(&scene, &post).await?;
    if let Some((when, deed)) = post.deed {
        scene.until(when).await;
        does(&scene, post.number, deed).await?;
    }
    Ok(())
}

/// Asks until there is a 201. A key that got no answer is used again: then there is one post.
async fn schedule(scene: &Scene, post: &Planned) -> Result<(), Failure> {
    let account = scene.accounts.get(post.account).ok_or("no such account")?;
    for round in 0..TRIES {
        let video = scene.video().await?;
        // Its time may have passed while nobody answered.
        let due = post
            .due
            .map(|due| scene.at(due))
            .filter(|due| *due > scene.clock.now());
        let mut body = json!({
            "account_ids": [account],
            "content": { "kind": "instagram_reel", "media_id": video, "caption": post.caption },
        });
        if let Some(due) = due {
            body["publish_at"] = json!(due.to_rfc3339());
        }
        let key = format!("soak-{}-{round}", post.number);
        let call = |api: &Api| {
            let call = api.http.post(api.url("/v1/posts"));
            call.header("idempotency-key", &key).json(&body)
        };
        let answer = scene.ask(call).await?;
        if answer.yes() {
            scheduled(scene, post, video, due, &answer);
            return Ok(());
        }
        scene.keep(post.number, |kept| {
            kept.note(answer.at, format!("refused: {}", said(&answer)));
        });
        scene.another_video(&video).await;
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    Err(format!(
        "post {} was never taken: {:?}",
        post.number,
        scene.kept(post.number)
    )
    .into())
}

fn scheduled(
    scene: &Scene,
    post: &Planned,
    video: String,
    due: Option<DateTime<Utc>>,
    answer: &Answer,
) {
    scene.keep(post.number, |kept| {
        kept.id = answer.body["id"].as_str().map(str::to_owned);
        kept.media = video;
        kept.versions.push(Version {
            caption: post.caption.clone(),
            due: due.unwrap_or(answer.asked),
            asked: answer.asked,
            answered: Some(answer.at),
        });
        let due = due.map_or_else(|| "now".to_owned(), |due| due.to_rfc3339());
        kept.note(answer.at, format!("201, due {due}"));
    });
}

async fn does(scene: &Scene, number: usize, deed: Deed) -> Result<(), Failure> {
    match deed {
        Deed::Cancel => cancels(scene, number).await,
        Deed::Delete => deletes(scene, number).await,
        Deed::Caption => {
            let kept = scene.kept(number)?;
            let caption = format!("soak {number} edited");
            let content = json!({
                "kind": "instagram_reel", "media_id": kept.media, "caption": caption,
            });
            changes(
                scene,
                number,
                Some(caption),
                None,
                &json!({ "content": content }),
            )
            .await
        }
        Deed::Later(by) => {
            let last = scene
                .kept(number)?
                .versions
                .pop()
                .ok_or("it was not asked for")?;
            let due = last.due.max(scene.clock.now()) + by;
            let body = json!({ "publish_at": due.to_rfc3339() });
            changes(scene, number, None, Some(due), &body).await
        }
        Deed::Now => {
            let now = scene.clock.now();
            let body = json!({ "publish_at": now.to_rfc3339() });
            changes(scene, number, None, Some(now), &body).await
        }
    }
}

async fn cancels(scene: &Scene, number: usize) -> Result<(), Failure> {
    let id = id_of(scene, number)?;
    let path = format!("/v1/posts/{id}/cancel");
    let answer = scene.ask(|api| api.http.post(api.url(&path))).await?;
    let mut done = answer.yes();
    if !done && answer.repeated {
        // An earlier try may have done it.
        let path = format!("/v1/posts/{id}");
        let seen = scene.ask(|api| api.http.get(api.url(&path))).await?;
        done = seen.body["publications"][0]["status"] == "cancelled";
    }
    scene.keep(number, |kept| {
        kept.note(answer.at, format!("cancel: {}", said(&answer)));
        kept.cancelled = done.then_some(answer.at);
    });
    Ok(())
}

async fn deletes(scene: &Scene, number: usize) -> Result<(), Failure> {
    let path = format!("/v1/posts/{}", id_of(scene, number)?);
    let answer = scene.ask(|api| api.http.delete(api.url(&path))).await?;
    let done = answer.yes() || answer.repeated && answer.status == 404;
    scene.keep(number, |kept| {
        kept.note(answer.at, format!("delete: {}", said(&answer)));
        kept.deleted = done.then_some(answer.at);
    });
    Ok(())
}

/// Changes caption or time. The new version may hold from the moment it is asked for.
async fn changes(
    scene: &Scene,
    number: usize,
    caption: Option<String>,
    due: Option<DateTime<Utc>>,
    body: &Value,
) -> Result<(), Failure> {
    let id = id_of(scene, number)?;
    let asked = scene.clock.now();
    let place = scene.keep(number, |kept| {
        let last = kept.versions.last().cloned()?;
        kept.versions.push(Version {
            caption: caption.unwrap_or(last.caption),
            due: due.unwrap_or(last.due),
            asked,
            answered: None,
        });
        Some(kept.versions.len() - 1)
    });
    let place = place.flatten().ok_or("it was not asked for")?;
    let path = format!("/v1/posts/{id}");
    let answer = scene
        .ask(|api| api.http.patch(api.url(&path)).json(body))
        .await?;
    scene.keep(number, |kept| {
        kept.note(answer.at, format!("change {body}: {}", said(&answer)));
        if answer.yes() {
            if let Some(version) = kept.versions.get_mut(place) {
                version.answered = Some(answer.at);
            }
        } else if !answer.repeated {
            kept.versions.remove(place);
        }
    });
    Ok(())
}

fn id_of(scene: &Scene, number: usize) -> Result<String, Failure> {
    let id = scene.kept(number)?.id;
    id.ok_or_else(|| format!("post {number} has no id").into())
}

/// An answer in short.
pub(super) fn said(answer: &Answer) -> String {
    let code = answer.body["code"].as_str().unwrap_or_default();
    let again = if answer.repeated {
        " (asked again)"
    } else {
        ""
    };
    let why = &answer.body["findings"][0]["rule"];
    let why = why.as_str().unwrap_or_default();
    format!("{} {code} {why}{again}", answer.status)
}
