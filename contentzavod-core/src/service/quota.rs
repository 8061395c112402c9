//! What the platform still lets an account publish: read live, and reckoned for a time ahead.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_preflight::Finding;

use super::error::ServiceError;
use super::facade::Contentzavod;
use super::validate::Planned;
use crate::model::{Access, Account, AccountId, AccountStatus, Actor, Publication, Quota};
use crate::ports::access::open_token;
use crate::ports::store::PostFilter;
use crate::publication::State;
use crate::words::rules;

/// Nobody waits longer for a number that is nice to have.
const PATIENCE: Duration = Duration::from_secs(5);
/// A quota read so lately is live.
const LIVE: TimeDelta = TimeDelta::minutes(1);
/// Posts of a window that are looked at; more than any quota allows.
const POSTS_MAX: usize = 100;

impl Contentzavod {
    /// An account with its quota as the platform tells it now. Where it does not tell, the last one
    /// known stands.
    ///
    /// # Errors
    ///
    /// [`ServiceError::NotFound`] for a missing or foreign one.
    pub async fn account_with_quota(
        &self,
        actor: Actor,
        id: AccountId,
    ) -> Result<Account, ServiceError> {
        let account = self.account(actor, id).await?;
        self.with_live_quota(account).await
    }

    /// The account with a quota that is a minute old at most, if the platform tells it soon.
    pub(super) async fn with_live_quota(
        &self,
        mut account: Account,
    ) -> Result<Account, ServiceError> {
        let now = self.now();
        let known = account.quota_read_at;
        if known.is_some_and(|at| now - at < LIVE) || account.status != AccountStatus::Active {
            return Ok(account);
        }
        if let Some(quota) = self.read_quota(&account).await {
            self.store().set_quota(account.id, quota, now).await?;
            account.quota = Some(quota);
            account.quota_read_at = Some(now);
        }
        Ok(account)
    }

    /// The same of several accounts at once: nobody waits longer for many than for one.
    pub(super) async fn with_live_quotas(
        &self,
        accounts: Vec<Account>,
    ) -> Result<Vec<Account>, ServiceError> {
        let reads = accounts.into_iter().map(|a| self.with_live_quota(a));
        futures::future::join_all(reads).await.into_iter().collect()
    }

    async fn read_quota(&self, account: &Account) -> Option<Quota> {
        let publisher = self.inner.publishers.get(&account.platform)?;
        let token = open_token(&*self.inner.vault, account, account.token.as_ref()?).ok()?;
        let access = Access {
            account: account.id,
            login: account.login.clone(),
            remote_user_id: account.remote_user_id.clone(),
            token,
        };
        let read = tokio::time::timeout(PATIENCE, publisher.quota(&access)).await;
        match read {
            Ok(Ok(answer)) => Some(answer.value),
            Ok(Err(error)) => {
                tracing::debug!(account = %account.id, %error, "the quota was not read");
                None
            }
            Err(_) => None,
        }
    }

    /// A warning for each account of which little is left, or nothing, when the post is due.
    pub(super) async fn scarce(
        &self,
        actor: Actor,
        planned: &Planned<'_>,
    ) -> Result<Vec<Finding>, ServiceError> {
        let mut findings = Vec::new();
        for account in planned.accounts {
            let Some(quota) = account.quota else { continue };
            let due = planned.at.max(self.now());
            let left = self.left_at(actor, account, quota, due, planned).await?;
            let actual = format!("@{}: {left} of {}", account.username, quota.total);
            let rule = match left {
                0 => "publish_at.quota_full",
                few if few <= (quota.total / 10).max(3) => "publish_at.quota_few",
                _ => continue,
            };
            findings.push(rules::warning_about(rule, actual).field("publish_at"));
        }
        Ok(findings)
    }

    /// How many may still be published in the window that ends at a time, this one not counted.
    ///
    /// What went out past us is counted as long as it may still count: nobody tells when it was.
    async fn left_at(
        &self,
        actor: Actor,
        account: &Account,
        quota: Quota,
        due: DateTime<Utc>,
        planned: &Planned<'_>,
    ) -> Result<u32, ServiceError> {
        let (now, window) = (self.now(), TimeDelta::seconds(quota.window_secs.into()));
        let filter = PostFilter {
            account: Some(account.id),
            from: Some(now.min(due).min(account.quota_read_at.unwrap_or(now)) - window),
            to: Some(due + TimeDelta::milliseconds(1)),
            limit: POSTS_MAX,
            ..PostFilter::default()
        };
        let page = self.store().posts(actor.workspace, filter).await?;
        let rows: Vec<&Publication> = page
            .items
            .iter()
            .filter(|view| planned.except != Some(view.post.id))
            .flat_map(|view| &view.publications)
            .filter(|row| row.account == account.id)
            .collect();
        let live_since = |from: DateTime<Utc>| count(&rows, |row| went_out(row) > Some(from));
        let read = account.quota_read_at.unwrap_or(now);
        let ahead = count(&rows, |row| {
            let (state, at) = (row.state(), row.progress.due_at);
            let waits = state != State::Draft && (state.is_pre_arm() || state == State::Armed);
            waits && at > due - window && at <= due
        });
        let ours_then = || {
            let then = |at| at > read - window && at <= read;
            count(&rows, |row| went_out(row).is_some_and(then))
        };
        let strangers = if due - window < read {
            quota.used.saturating_sub(ours_then())
        } else {
            0
        };
        let spent = strangers
            .saturating_add(live_since(due - window))
            .saturating_add(ahead);
        Ok(quota.total.saturating_sub(spent))
    }
}

fn count(rows: &[&Publication], wanted: impl Fn(&Publication) -> bool) -> u32 {
    let found = rows.iter().filter(|row| wanted(row)).count();
    u32::try_from(found).unwrap_or(u32::MAX)
}

/// When it went out, as far as it did.
fn went_out(row: &Publication) -> Option<DateTime<Utc>> {
    let p = &row.progress;
    (p.state == State::Published).then(|| p.published_at.or(p.confirmed_at).unwrap_or(p.due_at))
}
