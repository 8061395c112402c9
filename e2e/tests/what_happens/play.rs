//! Every situation of the table is played: what the page promises is what the API says.

use chrono::TimeDelta;
use contentzavod_core::model::{Lang, PostId, Publication};
use contentzavod_core::publication::State;
use contentzavod_core::words::Told;
use futures::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};

use crate::page::promised;
use crate::script::{Act, Play, Shows, Situation, code_of};
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
                if let Err(why) = play(situation).await {
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

/// What was seen, in order: states, and why.
type Way = Vec<(State, Option<String>)>;

/// One post on its way through a situation.
struct Post<'a> {
    id: PostId,
    way: Way,
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
    let wanted = wanted(play);
    let mut crash = play.crash;
    for _ in 0..STEPS {
        let states = observe(&mut world, &mut posts).await?;
        if states == wanted && posts.iter().all(|post| post.acts.is_empty()) {
            break;
        }
        crash &= !world.step(crash).await;
    }
    for _ in 0..AFTER {
        world.step(false).await;
    }
    let states = observe(&mut world, &mut posts).await?;
    let ways: Vec<_> = posts.iter().map(|post| &post.way).collect();
    if states != wanted || posts.iter().any(|post| !post.acts.is_empty()) {
        return Err(format!("ended {states:?} and not {wanted:?}: {ways:?}"));
    }
    as_promised(situation, &ways)?;
    once(&world, &states)
}

/// Where its posts end, sorted: which of several goes first is nobody's concern.
fn wanted(play: &Play) -> Vec<State> {
    let mut wanted = vec![play.end; play.posts];
    if let (Some(last), Some(end)) = (play.last, wanted.last_mut()) {
        *end = last;
    }
    wanted.sort_unstable();
    wanted
}

/// Looks at every post and does what is to be done. Their states, sorted.
async fn observe(world: &mut World, posts: &mut [Post<'_>]) -> Result<Vec<State>, String> {
    let mut states = Vec::new();
    for post in posts {
        let row = look(world, post).await?;
        act(world, post, row.state()).await?;
        states.push(row.state());
    }
    states.sort_unstable();
    Ok(states)
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
        match act {
            Act::Faults(rules) => world.faults(rules),
            Act::Away(hours) => {
                world.server.clock.advance(TimeDelta::hours(*hours));
                // What was missed meanwhile is made up for first.
                break;
            }
            Act::Disconnect => world.disconnect().await,
            Act::Connect => world.connect().await,
            asked => {
                let (status, body) = ask(world, post.id, asked).await;
                answered(asked, state, status, &body)?;
            }
        }
    }
    Ok(())
}

/// What a person asks of the API, and its answer.
async fn ask(world: &World, post: PostId, act: &Act) -> (u16, Value) {
    let row = world.look(post).await.id.0;
    let (post, row) = (
        format!("/v1/posts/{}", post.0),
        format!("/v1/publications/{row}"),
    );
    let (method, path, body) = match act {
        Act::Cancel(_) => (Method::POST, format!("{post}/cancel"), json!({})),
        Act::Edit(_) => {
            let (_, mut read) = world.change(Method::GET, &post, &Value::Null).await;
            let mut content = read["content"].take();
            content["caption"] = json!("Hello again");
            (Method::PATCH, post, json!({ "content": content }))
        }
        Act::Answer(word, _) => {
            let word = serde_json::from_str(word).unwrap();
            (Method::POST, format!("{row}/resolve"), word)
        }
        _ => (Method::POST, format!("{row}/retry"), json!({})),
    };
    world.change(method, &path, &body).await
}

/// Taken; or refused in the words of the page.
fn answered(act: &Act, state: State, status: u16, body: &Value) -> Result<(), String> {
    let finding = &body["findings"][0];
    let good = match (act, act.refused()) {
        (Act::RetryWithoutFile, _) => status == 422 && finding["rule"] == "media.gone",
        (_, None) => status == 200,
        (_, Some(refused)) => {
            status == 409
                && body["code"] == code_of(refused)
                && finding["message"] == refused.why(state, Lang::En)
                && finding["fix"] == state.instead(Lang::En)
        }
    };
    good.then_some(())
        .ok_or_else(|| format!("{act:?} was answered {status} {body}"))
}

/// What the page shows was seen, in that order, of one of the posts.
fn as_promised(situation: &Situation, ways: &[&Way]) -> Result<(), String> {
    let shown =
        |way: &&Way| {
            let mut way = way.iter();
            situation.play.shows.iter().all(|Shows(state, key)| {
                way.any(|(seen, why)| seen == state && why.as_deref() == *key)
            })
        };
    let shown = ways.iter().any(shown);
    let promised = situation.play.shows;
    shown
        .then_some(())
        .ok_or_else(|| format!("{promised:?} was not seen: {ways:?}"))
}

/// Live once if it says so, and else not at all; where nobody can know, at most once.
fn once(world: &World, states: &[State]) -> Result<(), String> {
    let live = world.sandbox.ledger().len();
    let count = |wanted: State| states.iter().filter(|state| **state == wanted).count();
    let least = count(State::Published);
    let most = least + count(State::NeedsReview);
    let good = (least..=most).contains(&live);
    good.then_some(())
        .ok_or_else(|| format!("{live} went live, {least} to {most} were said to"))
}
