//! Every situation of the table is played: what the page promises is what the API says.

use contentzavod_core::model::{Lang, PostId, Publication};
use contentzavod_core::publication::State;
use contentzavod_core::words::Told;
use futures::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};

use crate::page::promised;
use crate::script::{Act, Shows, Situation};
use crate::situations::SITUATIONS;
use crate::world::World;

/// A play that is longer goes nowhere.
const STEPS: usize = 2_000;
/// Steps after the end: nothing more may happen.
const AFTER: usize = 3;
/// Plays at the same time.
const STAGES: usize = 4;
/// Stands where a value may stand.
const ANY: &str = "\u{0}";

/// With `PLAY_ONLY=text` in the environment only situations whose key contains it are played.
#[tokio::test(flavor = "multi_thread")]
async fn every_situation_shows_what_the_page_promises() {
    let wanted = std::env::var("PLAY_ONLY").unwrap_or_default();
    let chosen: Vec<&Situation> = SITUATIONS
        .iter()
        .filter(|s| s.key.contains(&wanted))
        .collect();
    let stages = (0..STAGES).map(|first| {
        let mine: Vec<_> = chosen.iter().skip(first).step_by(STAGES).copied().collect();
        tokio::spawn(async move {
            let mut wrong = Vec::new();
            for situation in mine {
                let t0=std::time::Instant::now();
                let r = play(situation).await;
                eprintln!("{} {:?}", situation.key, t0.elapsed());
                if let Err(why) = r {
                    wrong.push(format!("{}: {why}", situation.key));
                }
            }
            wrong
        })
    });
    let mut wrong = Vec::new();
    for stage in join_all(stages).await {
        wrong.extend(stage.unwrap());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// One post on its way through a situation.
struct Post<'a> {
    id: PostId,
    /// What was seen, in order.
    way: Vec<(State, Option<String>)>,
    acts: Vec<&'a (State, Act)>,
}

async fn play(situation: &Situation) -> Result<(), String> {
    let play = &situation.play;
    let mut world = World::begin(play.strict).await;
    world.faults(play.rules);
    let mut posts = Vec::new();
    for _ in 0..play.posts {
        posts.push(Post {
            id: world.schedule(play.max_late).await,
            way: Vec::new(),
            acts: play.acts.iter().collect(),
        });
    }
    let mut crash = play.crash;
    for _ in 0..STEPS {
        let mut ended = true;
        for post in &mut posts {
            let row = look(&world, post).await?;
            act(&mut world, post, row.state()).await?;
            ended &= row.state() == play.end && post.acts.is_empty();
        }
        if ended {
            break;
        }
        crash &= !world.step(crash).await;
    }
    for _ in 0..AFTER {
        world.step(false).await;
    }
    for post in &mut posts {
        let row = look(&world, post).await?;
        if row.state() != play.end {
            return Err(format!(
                "ended {:?} and not {:?}: {:?}",
                row.state(),
                play.end,
                post.way
            ));
        }
    }
    as_promised(situation, &posts)?;
    once(&world, situation)
}

/// What is seen now; what is new is read in both languages and compared with the page.
async fn look(world: &World, post: &mut Post<'_>) -> Result<Publication, String> {
    let row = world.look(post.id).await;
    let trouble = row.progress.trouble.as_ref();
    let key = trouble.map(|t| t.key.clone().unwrap_or_else(|| t.code.clone()));
    let seen = (row.state(), key);
    if post.way.last() != Some(&seen) {
        for (lang, word) in [(Lang::En, "en"), (Lang::Ru, "ru")] {
            let told = world.told(post.id, word).await;
            let Some(key) = &seen.1 else { continue };
            let promised = promised(row.state(), key, lang, &|_| ANY.to_owned());
            let promised = promised.ok_or_else(|| format!("{key} has no words"))?;
            says(&told["error"], &promised)
                .map_err(|why| format!("{:?} {key}: {why}", row.state()))?;
        }
        post.way.push(seen);
    }
    Ok(row)
}

/// The API's words are those of the page, whatever the values within.
fn says(error: &Value, promised: &Told) -> Result<(), String> {
    let mut rest = error["message"].as_str().unwrap_or_default();
    let pieces = promised.what.split(ANY).chain(promised.todo.split(ANY));
    for piece in pieces {
        let Some((_, after)) = rest.split_once(piece) else {
            return Err(format!("{error} does not say {piece:?}"));
        };
        rest = after;
    }
    if error["action"] != promised.action {
        return Err(format!(
            "{error} asks for something else than {:?}",
            promised.action
        ));
    }
    Ok(())
}

/// Does what is to be done once a publication is seen in a state.
async fn act(world: &mut World, post: &mut Post<'_>, state: State) -> Result<(), String> {
    while let Some((_, act)) = post.acts.first().filter(|(when, _)| *when == state) {
        post.acts.remove(0);
        let path = format!("/v1/posts/{}", post.id.0);
        let answer = match act {
            Act::Faults(rules) => {
                world.faults(rules);
                continue;
            }
            Act::Away(hours) => {
                world.server.clock.advance(chrono::TimeDelta::hours(*hours));
                continue;
            }
            Act::Disconnect => {
                world.disconnect().await;
                continue;
            }
            Act::Connect => {
                world.connect().await;
                continue;
            }
            Act::Cancel(refused) => {
                let path = format!("{path}/cancel");
                (
                    *refused,
                    world.change(Method::POST, &path, &json!({})).await,
                )
            }
            Act::Edit(refused) => {
                let mut content =
                    world.change(Method::GET, &path, &Value::Null).await.1["content"].take();
                content["caption"] = json!("Hello again");
                let body = json!({ "content": content });
                (*refused, world.change(Method::PATCH, &path, &body).await)
            }
            Act::Retry => {
                let row = world.look(post.id).await.id.0;
                let path = format!("/v1/publications/{row}/retry");
                (None, world.change(Method::POST, &path, &json!({})).await)
            }
        };
        let (refused, (status, body)) = answer;
        let as_wanted = match refused {
            None => status == 200,
            Some(code) => status == 409 && body["code"] == code,
        };
        if !as_wanted {
            return Err(format!("{act:?} was answered {status} {body}"));
        }
    }
    Ok(())
}

/// What the page shows was seen, in that order, of one of the posts.
fn as_promised(situation: &Situation, posts: &[Post<'_>]) -> Result<(), String> {
    let shown =
        |post: &Post<'_>| {
            let mut way = post.way.iter();
            situation.play.shows.iter().all(|Shows(state, key)| {
                way.any(|(seen, why)| seen == state && why.as_deref() == *key)
            })
        };
    if posts.iter().any(shown) {
        return Ok(());
    }
    let ways: Vec<_> = posts.iter().map(|post| &post.way).collect();
    Err(format!("{:?} was not seen: {ways:?}", situation.play.shows))
}

/// Live once if it says so, and else not at all; where nobody can know, at most once.
fn once(world: &World, situation: &Situation) -> Result<(), String> {
    let live = world.sandbox.ledger().len();
    let posts = situation.play.posts;
    let good = match situation.play.end {
        State::Published => live == posts,
        State::NeedsReview => live <= posts,
        _ => live == 0,
    };
    good.then_some(())
        .ok_or_else(|| format!("{live} went live"))
}
