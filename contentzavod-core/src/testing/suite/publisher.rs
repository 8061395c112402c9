//! The suite of [`Publisher`]: what every platform must keep.

use async_trait::async_trait;

use crate::model::{Access, Content, Lang};
use crate::ports::{
    CallError, HandleState, MediaSource, PublishError, PublishRequest, Published, Publisher,
    RemoteMedia, Republish,
};
use crate::publication::Handle;
use crate::words::{Code, placeholders};
use contentzavod_preflight::normalise_caption;
use secrecy::ExposeSecret;

/// A publisher on a fresh platform, with what a test needs to use it.
#[async_trait]
pub trait Subject: Send + Sync {
    /// The publisher.
    fn publisher(&self) -> &dyn Publisher;
    /// An account that may publish.
    fn access(&self) -> Access;
    /// A request that breaks no rule.
    fn request(&self) -> PublishRequest;
    /// The bytes of the request's file.
    fn source(&self) -> Box<dyn MediaSource>;
    /// Lets so much time pass that the platform gets on with processing.
    async fn wait(&self);
}

/// A broken rule, and what was seen.
pub type Broken = String;

const LOOKS: usize = 200;
const HANDLE_MAX: usize = 4096;

/// Runs every rule on fresh subjects.
///
/// # Panics
///
/// With every rule that is broken.
pub async fn publisher<S: Subject, F: AsyncFn() -> S>(fresh: F) {
    let broken = broken_rules(fresh).await;
    assert!(broken.is_empty(), "broken rules: {broken:#?}");
}

/// The names of the rules that a publisher breaks, each with what was seen.
pub async fn broken_rules<S: Subject, F: AsyncFn() -> S>(fresh: F) -> Vec<(&'static str, Broken)> {
    let mut broken = Vec::new();
    let mut note = |rule, result: Result<(), Broken>| {
        if let Err(seen) = result {
            broken.push((rule, seen));
        }
    };
    note("capabilities", capabilities(&fresh().await));
    note("words_are_whole", words_are_whole(&fresh().await));
    note("validate_is_pure", validate_is_pure(&fresh().await));
    note(
        "create_is_invisible",
        create_is_invisible(&fresh().await).await,
    );
    note(
        "handle_is_small_and_lasts",
        handle_lasts(&fresh().await).await,
    );
    note(
        "deliver_may_be_repeated",
        deliver_repeats(&fresh().await).await,
    );
    note(
        "publish_shows_once",
        publish_shows_once(&fresh().await).await,
    );
    note(
        "status_says_published",
        status_says_published(&fresh().await).await,
    );
    note("republish_as_declared", republish(&fresh().await).await);
    note("newest_first", newest_first(&fresh().await).await);
    note("unknown_handle", unknown_handle(&fresh().await).await);
    note("permalink", permalink(&fresh().await).await);
    note("no_token_in_debug", no_token(&fresh().await));
    broken
}

fn capabilities<S: Subject>(s: &S) -> Result<(), Broken> {
    let can = s.publisher().capabilities();
    let kind = s.request().content.kind().to_owned();
    ensure(can.kinds.contains(&kind), || {
        format!("{kind} is not in {:?}", can.kinds)
    })?;
    ensure(can.dead_after >= can.handle_life, || {
        "a handle is dead before its life ends".to_owned()
    })
}

/// Both languages say the same, each key stands once, and none is the core's.
fn words_are_whole(subject: &impl Subject) -> Result<(), Broken> {
    let mut keys = std::collections::HashSet::new();
    for words in subject.publisher().words() {
        let key = words.key;
        ensure(keys.insert(key), || format!("{key} stands twice"))?;
        ensure(Code::parse(key).is_none(), || {
            format!("{key} is a code of the core")
        })?;
        let advice = |lang| words.advice(lang).unwrap_or("-");
        for [en, ru] in [
            [Lang::En, Lang::Ru].map(|lang| words.what(lang)),
            [Lang::En, Lang::Ru].map(advice),
        ] {
            let said = !en.trim().is_empty() && !ru.trim().is_empty();
            ensure(said, || format!("{key} says nothing"))?;
            let same = placeholders(en) == placeholders(ru);
            ensure(same, || format!("{key} has other values in Russian"))?;
        }
    }
    Ok(())
}

fn validate_is_pure<S: Subject>(s: &S) -> Result<(), Broken> {
    let request = s.request();
    let (one, two) = (
        s.publisher().validate(&request),
        s.publisher().validate(&request),
    );
    ensure(one == two, || format!("{one:?}, then {two:?}"))?;
    let errors: Vec<_> = one
        .into_iter()
        .filter(contentzavod_preflight::Finding::is_error)
        .collect();
    ensure(errors.is_empty(), || {
        format!("a good request is refused: {errors:?}")
    })?;
    let Content::InstagramReel(mut reel) = request.content.clone();
    reel.caption = "x".repeat(100_000);
    let long = PublishRequest {
        content: Content::InstagramReel(reel),
        ..request
    };
    let findings = s.publisher().validate(&long);
    ensure(
        findings
            .iter()
            .any(contentzavod_preflight::Finding::is_error),
        || "a caption of 100,000 characters is not refused".to_owned(),
    )
}

async fn create_is_invisible<S: Subject>(s: &S) -> Result<(), Broken> {
    let before = list(s).await?.len();
    staged(s).await?;
    let after = list(s).await?.len();
    ensure(before == after, || {
        format!("{before} posts before, {after} after create")
    })
}

async fn handle_lasts<S: Subject>(s: &S) -> Result<(), Broken> {
    let handle = created(s).await?;
    ensure(handle.0.len() <= HANDLE_MAX, || {
        format!("{} bytes", handle.0.len())
    })?;
    let text = serde_json::to_string(&handle).map_err(|e| e.to_string())?;
    let back: Handle = serde_json::from_str(&text).map_err(|e| e.to_string())?;
    deliver(s, &back).await?;
    finished(s, &back).await
}

async fn deliver_repeats<S: Subject>(s: &S) -> Result<(), Broken> {
    let handle = created(s).await?;
    deliver(s, &handle).await?;
    deliver(s, &handle).await?;
    finished(s, &handle).await
}

async fn publish_shows_once<S: Subject>(s: &S) -> Result<(), Broken> {
    let before = list(s).await?;
    let handle = staged(s).await?;
    let id = published(s, &handle).await?;
    let after = list(s).await?;
    let new: Vec<&RemoteMedia> = after
        .iter()
        .filter(|m| before.iter().all(|b| b.id != m.id))
        .collect();
    let [one] = new.as_slice() else {
        return Err(format!("{} new posts", new.len()));
    };
    ensure(one.id == id, || {
        format!("publish said {id}, the list says {}", one.id)
    })?;
    let wanted = normalise_caption(s.request().content.caption());
    let shown = one.caption.as_deref().map(normalise_caption);
    ensure(shown.is_none_or(|shown| shown == wanted), || {
        format!("the caption came back as {:?}", one.caption)
    })
}

async fn status_says_published<S: Subject>(s: &S) -> Result<(), Broken> {
    let handle = staged(s).await?;
    published(s, &handle).await?;
    let state = state(s, &handle).await?;
    ensure(state == HandleState::Published, || {
        format!("{state:?} after publish")
    })
}

/// What a second publish does must be what the capabilities say.
async fn republish<S: Subject>(s: &S) -> Result<(), Broken> {
    let handle = staged(s).await?;
    let id = published(s, &handle).await?;
    let before = list(s).await?.len();
    let again = s.publisher().publish(&s.access(), &handle).await;
    let after = list(s).await?.len();
    match s.publisher().capabilities().republish {
        Republish::Unknown => Ok(()),
        Republish::Refused => {
            let refused = matches!(
                again,
                Err(PublishError::Unknown { .. } | PublishError::Refused { .. })
            );
            ensure(refused && after == before, || {
                format!("{again:?}, {before} then {after} posts")
            })
        }
        Republish::Idempotent => {
            let same = matches!(&again, Ok(a) if a.value == Published::Live(id.clone()));
            ensure(same && after == before, || {
                format!("{again:?}, {before} then {after} posts")
            })
        }
    }
}

async fn newest_first<S: Subject>(s: &S) -> Result<(), Broken> {
    let mut ids = Vec::new();
    for _ in 0..2 {
        let handle = staged(s).await?;
        ids.push(published(s, &handle).await?);
        s.wait().await;
    }
    let list = list(s).await?;
    let place = |id: &String| list.iter().position(|m| m.id == *id);
    let (first, second) = (place(&ids[0]), place(&ids[1]));
    ensure(second.is_some() && second < first, || {
        format!("the older stands at {first:?}, the newer at {second:?}")
    })
}

async fn unknown_handle<S: Subject>(s: &S) -> Result<(), Broken> {
    let before = list(s).await?.len();
    let never = Handle("0".to_owned());
    let result = s.publisher().publish(&s.access(), &never).await;
    let bad = matches!(result, Ok(_) | Err(PublishError::NotSent(_)));
    ensure(!bad, || {
        format!("publishing a handle that never was: {result:?}")
    })?;
    let after = list(s).await?.len();
    ensure(before == after, || format!("{before} posts, then {after}"))
}

async fn permalink<S: Subject>(s: &S) -> Result<(), Broken> {
    let handle = staged(s).await?;
    let id = published(s, &handle).await?;
    let link = s.publisher().permalink(&s.access(), &id).await;
    let link = link.map_err(|e| e.to_string())?.value;
    let good = url::Url::parse(&link.permalink).is_ok_and(|u| u.scheme() == "https");
    ensure(good, || format!("{:?} is no https address", link.permalink))
}

fn no_token<S: Subject>(s: &S) -> Result<(), Broken> {
    let access = s.access();
    let shown = format!("{:?} {access:?}", s.publisher());
    let token = access.token.expose_secret().to_owned();
    ensure(!shown.contains(&token), || {
        "Debug shows the token".to_owned()
    })
}

async fn created<S: Subject>(s: &S) -> Result<Handle, Broken> {
    let answer = s.publisher().create(&s.access(), &s.request()).await;
    Ok(answer.map_err(|e| format!("create: {e}"))?.value)
}

async fn deliver<S: Subject>(s: &S, handle: &Handle) -> Result<(), Broken> {
    let source = s.source();
    let answer = s.publisher().deliver(&s.access(), handle, &*source).await;
    answer.map(|_| ()).map_err(|e| format!("deliver: {e}"))
}

async fn state<S: Subject>(s: &S, handle: &Handle) -> Result<HandleState, Broken> {
    let answer = s.publisher().status(&s.access(), handle).await;
    Ok(answer.map_err(|e| format!("status: {e}"))?.value.state)
}

async fn finished<S: Subject>(s: &S, handle: &Handle) -> Result<(), Broken> {
    for _ in 0..LOOKS {
        match state(s, handle).await? {
            HandleState::Finished => return Ok(()),
            HandleState::InProgress => s.wait().await,
            other => return Err(format!("{other:?} while processing")),
        }
    }
    Err("processing does not end".to_owned())
}

async fn staged<S: Subject>(s: &S) -> Result<Handle, Broken> {
    let handle = created(s).await?;
    deliver(s, &handle).await?;
    finished(s, &handle).await?;
    Ok(handle)
}

async fn published<S: Subject>(s: &S, handle: &Handle) -> Result<String, Broken> {
    let answer = s.publisher().publish(&s.access(), handle).await;
    match answer.map_err(|e| format!("publish: {e}"))?.value {
        Published::Live(id) => Ok(id),
        Published::Accepted => {
            for _ in 0..LOOKS {
                s.wait().await;
                if let Some(media) = list(s).await?.first() {
                    return Ok(media.id.clone());
                }
            }
            Err("accepted, and never live".to_owned())
        }
    }
}

async fn list<S: Subject>(s: &S) -> Result<Vec<RemoteMedia>, Broken> {
    let answer: Result<_, CallError> = s.publisher().recent(&s.access()).await;
    Ok(answer.map_err(|e| format!("recent: {e}"))?.value)
}

fn ensure(good: bool, seen: impl FnOnce() -> String) -> Result<(), Broken> {
    if good { Ok(()) } else { Err(seen()) }
}
