//! What everybody in a campaign shares.

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::ports::{Clock, SystemClock};
use contentzavod_instagram::sandbox::{Entry, Record};
use reqwest::RequestBuilder;
use serde_json::json;

use super::book::{Kept, username};
use super::calls::{self, Answer};
use crate::api::Api;
use crate::process::{self, Failure};

const REEL: &[u8] = include_bytes!("../../../contentzavod-preflight/tests/data/reel.mp4");
/// So many posts share a video. It is deleted when all of them went out, and then uploaded anew.
const USES: usize = 25;

/// The server, the platform, and what is known of the posts.
#[derive(Debug)]
pub(super) struct Scene {
    pub(super) api: Api,
    pub(super) clock: SystemClock,
    pub(super) begin: DateTime<Utc>,
    pub(super) sandbox: String,
    pub(super) ledger: PathBuf,
    pub(super) seed: u64,
    /// Ids of the accounts.
    pub(super) accounts: Vec<String>,
    book: Mutex<Vec<Kept>>,
    video: tokio::sync::Mutex<Option<(String, usize)>>,
}

impl Scene {
    pub(super) fn new(api: Api, sandbox: String, ledger: PathBuf, seed: u64) -> Self {
        let clock = SystemClock::new();
        Self {
            api,
            begin: clock.now(),
            clock,
            sandbox,
            ledger,
            seed,
            accounts: Vec::new(),
            book: Mutex::default(),
            video: tokio::sync::Mutex::default(),
        }
    }

    /// Makes the accounts and connects them.
    pub(super) async fn open(&mut self, accounts: usize, posts: Vec<Kept>) -> Result<(), Failure> {
        for account in 0..accounts {
            let name = username(account);
            // Both login families side by side; pushing takes longer.
            let token = if account % 3 == 2 {
                Api::sandbox_page(&self.sandbox, &name).await?
            } else {
                Api::sandbox_account(&self.sandbox, &name).await?
            };
            self.accounts.push(self.api.connect(&token).await?);
        }
        *self.book() = posts;
        self.begin = self.clock.now();
        Ok(())
    }

    /// Everything that is known of the posts, by their numbers.
    pub(super) fn book(&self) -> MutexGuard<'_, Vec<Kept>> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes something of a post.
    pub(super) fn keep<T>(&self, number: usize, change: impl FnOnce(&mut Kept) -> T) -> Option<T> {
        self.book().get_mut(number).map(change)
    }

    /// What is known of a post.
    pub(super) fn kept(&self, number: usize) -> Result<Kept, Failure> {
        let post = self.book().get(number).cloned();
        post.ok_or_else(|| format!("there is no post {number}").into())
    }

    /// A time of the campaign on the wall clock.
    pub(super) fn at(&self, time: Duration) -> DateTime<Utc> {
        let ms = i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
        let begin = self.begin.timestamp_millis();
        DateTime::from_timestamp_millis(begin.saturating_add(ms)).unwrap_or(self.begin)
    }

    /// Waits for a time of the campaign.
    pub(super) async fn until(&self, time: Duration) {
        let left = self.at(time) - self.clock.now();
        tokio::time::sleep(left.max(TimeDelta::zero()).to_std().unwrap_or_default()).await;
    }

    /// Asks the server until it answers.
    pub(super) async fn ask(
        &self,
        call: impl Fn(&Api) -> RequestBuilder,
    ) -> Result<Answer, Failure> {
        calls::ask(&self.api, &self.clock, call).await
    }

    /// A video for a post.
    pub(super) async fn video(&self) -> Result<String, Failure> {
        let mut video = self.video.lock().await;
        if let Some((id, uses)) = video.as_mut().filter(|(_, uses)| *uses < USES) {
            *uses += 1;
            return Ok(id.clone());
        }
        let upload = |api: &Api| {
            let call = api.http.post(api.url("/v1/media?filename=reel.mp4"));
            call.header("content-type", "application/octet-stream")
                .body(REEL)
        };
        let answer = self.ask(upload).await?;
        let id = answer.body["id"].as_str().filter(|_| answer.yes());
        let id = id.ok_or_else(|| format!("no video could be uploaded: {answer:?}"))?;
        *video = Some((id.to_owned(), 1));
        Ok(id.to_owned())
    }

    /// A video cannot be used any more: the next post gets another.
    pub(super) async fn another_video(&self, gone: &str) {
        let mut video = self.video.lock().await;
        if video.as_ref().is_some_and(|(id, _)| id == gone) {
            *video = None;
        }
    }

    /// What the platform did so far.
    pub(super) fn records(&self) -> Result<Vec<Record>, Failure> {
        process::ledger(&self.ledger)
    }

    /// What people see of a post on the platform.
    pub(super) fn live(&self, post: &Kept) -> Result<Vec<Entry>, Failure> {
        let name = username(post.account);
        let records = self.records()?;
        let entries = records.iter().filter_map(Record::entry);
        let mine = entries.filter(|entry| {
            entry.username == name && post.versions.iter().any(|v| v.caption == entry.caption)
        });
        Ok(mine.cloned().collect())
    }

    /// Makes the account's token anew, and connects it again.
    pub(super) async fn reconnect(&self, username: &str) -> Result<bool, Failure> {
        let url = format!("{}/__accounts", self.sandbox);
        let body = json!({ "username": username });
        let made = calls::platform(&self.api.http, |http| http.post(&url).json(&body)).await?;
        let body = json!({ "access_token": made["access_token"] });
        let call = |api: &Api| api.http.post(api.url("/v1/accounts")).json(&body);
        Ok(self.ask(call).await?.yes())
    }
}
