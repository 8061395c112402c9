//! Limits around every call: counted before it, by whoever finds out who calls, and behind it where
//! nobody knows the caller.

use std::cell::RefCell;
use std::net::IpAddr;
use std::sync::Arc;

use contentzavod_core::ports::{Bucket, Clock, Decision, Limiter};
use poem::http::StatusCode;
use poem::{Endpoint, IntoResponse, Middleware, PathPattern, Request, Response, Result};

use super::answer;
use super::local::LocalLimiter;
use super::rates::Rates;
use super::routes::{self, By};
use crate::api::Refused;
use crate::middleware::client;
use crate::middleware::who::Who;

tokio::task_local! {
    static CURRENT: Sheet;
}

/// What is counted of the request that a task answers.
#[derive(Debug)]
struct Sheet {
    limiter: Arc<dyn Limiter>,
    /// Where its user is counted, once it is known who that is.
    waiting: Option<Bucket>,
    /// Where its address is counted; `None` also for what a page of another site makes a browser load:
    /// whoever looks at a picture makes nothing up.
    begun: Option<Bucket>,
    told: RefCell<Vec<(Bucket, Decision)>>,
}

/// Counts one call of a key in a bucket, and refuses what is too much. Whoever asks hears what is
/// left in the answer's headers.
///
/// # Errors
///
/// 429 `limits.exceeded`. Outside of a request that [`Limits`] stands around nothing is counted.
pub async fn enforce(bucket: Bucket, key: &str) -> Result<(), Refused> {
    let Ok(limiter) = CURRENT.try_with(|sheet| Arc::clone(&sheet.limiter)) else {
        return Ok(());
    };
    let decision = limiter.check(bucket, key, 1).await;
    CURRENT.with(|sheet| sheet.told.borrow_mut().push((bucket, decision)));
    if decision.allowed {
        return Ok(());
    }
    metrics::counter!(crate::telemetry::LIMITED, "bucket" => bucket.as_str()).increment(1);
    Err(answer::exceeded(bucket, &decision))
}

/// Counts a call of somebody who is known now: by their key or session, and where their route has a
/// bucket for users, by who they are.
///
/// # Errors
///
/// As [`enforce`].
pub async fn of_caller(who: &Who) -> Result<(), Refused> {
    let user = format!("user {}", who.user);
    // Each session by itself: whoever stole one does not keep its owner from ending it with another.
    let caller = match (who.key, who.session) {
        (Some(key), _) => format!("key {key}"),
        (None, Some(session)) => format!("session {session}"),
        (None, None) => user.clone(),
    };
    enforce(Bucket::Api, &caller).await?;
    match CURRENT.try_with(|sheet| sheet.waiting) {
        Ok(Some(bucket)) => enforce(bucket, &user).await,
        _ => Ok(()),
    }
}

/// Stands around every call. Inside of [`Clients`](crate::middleware::Clients) and of the language,
/// outside of what turns errors into answers.
#[derive(Debug, Clone)]
pub struct Limits(Arc<dyn Limiter>);

impl Limits {
    /// Counts in this process.
    #[must_use]
    pub fn local(rates: &Rates, clock: Arc<dyn Clock>) -> Self {
        Self(Arc::new(LocalLimiter::new(rates, clock)))
    }

    /// Counts with another limiter.
    #[must_use]
    pub fn new(limiter: Arc<dyn Limiter>) -> Self {
        Self(limiter)
    }
}

/// The endpoint behind [`Limits`].
#[derive(Debug)]
pub struct WithLimits<E> {
    next: E,
    limits: Limits,
}

impl<E: Endpoint> Middleware<E> for Limits {
    type Output = WithLimits<E>;

    fn transform(&self, next: E) -> Self::Output {
        let limits = self.clone();
        WithLimits { next, limits }
    }
}

impl<E: Endpoint> Endpoint for WithLimits<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        let rule = routes::rule(request.method(), request.uri().path());
        let bucket = rule.and_then(|rule| Some((rule.bucket?, rule)));
        let loads = request.header("sec-fetch-dest").unwrap_or("document");
        let by_address = bucket.filter(|(_, rule)| rule.by == By::Address && loads == "document");
        let sheet = Sheet {
            begun: by_address.map(|(bucket, _)| bucket),
            limiter: Arc::clone(&self.limits.0),
            waiting: bucket.and_then(|(bucket, rule)| (rule.by == By::User).then_some(bucket)),
            told: RefCell::default(),
        };
        let counted = async {
            let before = match bucket {
                Some((bucket, rule)) => {
                    let refused = before(bucket, rule.by).await.err();
                    refused.map(|refused| answered(refused, Some(PathPattern(rule.path.into()))))
                }
                None => None,
            };
            let answer = match before {
                Some(refused) => refused,
                None => match self.next.call(request).await {
                    Ok(output) => output.into_response(),
                    Err(error) => error.into_response(),
                },
            };
            let mut answer = behind(answer).await;
            CURRENT.with(|sheet| answer::tell(&sheet.told.borrow(), answer.headers_mut()));
            answer
        };
        Ok(CURRENT.scope(sheet, counted).await)
    }
}

/// What can be counted before anybody knows who calls.
async fn before(bucket: Bucket, by: By) -> Result<(), Refused> {
    match by {
        By::User => Ok(()),
        By::Address => {
            let address = client::limit_key();
            enforce(bucket, &address).await?;
            let left = match forger(bucket) {
                Some(key) => look(Bucket::Forgery, &key).await,
                None => Decision::UNLIMITED,
            };
            if left.allowed {
                return Ok(());
            }
            metrics::counter!(crate::telemetry::LIMITED, "bucket" => Bucket::Forgery.as_str())
                .increment(1);
            Err(answer::exceeded(Bucket::Forgery, &left))
        }
    }
}

/// Who is counted for what is made up, of each bucket by itself: whoever signs in does not keep a platform
/// from telling us something. `None` for whoever is near: behind a proxy that nobody trusts that would
/// be everybody.
fn forger(bucket: Bucket) -> Option<String> {
    let far = client::current().is_some_and(|address| match address {
        IpAddr::V4(v4) => !v4.is_loopback() && !v4.is_private() && !v4.is_link_local(),
        IpAddr::V6(v6) => !v6.is_loopback() && !v6.is_unique_local() && !v6.is_unicast_link_local(),
    });
    far.then(|| format!("{} {}", bucket.as_str(), client::limit_key()))
}

/// What stands in an answer to a state or a signature that is none.
#[derive(Debug, Clone, Copy)]
pub struct Forged;

/// Whether something could be done, without doing it.
async fn look(bucket: Bucket, key: &str) -> Decision {
    let limiter = CURRENT.try_with(|sheet| Arc::clone(&sheet.limiter));
    match limiter {
        Ok(limiter) => limiter.check(bucket, key, 0).await,
        Err(_) => Decision::UNLIMITED,
    }
}

/// Callers that nobody knows are counted by their address; who guesses on hears only that it is too
/// much.
async fn behind(answer: Response) -> Response {
    if answer.data::<Forged>().is_some() {
        let (limiter, told) = CURRENT.with(|sheet| (Arc::clone(&sheet.limiter), sheet.begun));
        if let Some(key) = told.and_then(forger) {
            limiter.check(Bucket::Forgery, &key, 1).await;
        }
        return answer;
    }
    if answer.status() != StatusCode::UNAUTHORIZED {
        return answer;
    }
    match enforce(Bucket::Address, &client::limit_key()).await {
        Ok(()) => answer,
        Err(refused) => answered(refused, answer.data::<PathPattern>().cloned()),
    }
}

/// A refusal as an answer that knows its route, for whoever logs it.
fn answered(refused: Refused, route: Option<PathPattern>) -> Response {
    let mut answer = refused.into_response();
    if let Some(route) = route {
        answer.set_data(route);
    }
    answer
}
