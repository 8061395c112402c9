//! The same file on the same account within a day: perhaps meant, perhaps a slip.

use std::collections::HashMap;

use chrono::TimeDelta;
use contentzavod_preflight::Finding;

use super::error::ServiceError;
use super::facade::Contentzavod;
use super::validate::Planned;
use crate::model::{Account, Actor, Media, MediaId};
use crate::ports::store::{PostFilter, PostView};
use crate::publication::State;
use crate::words::rules;

/// So near two posts with one file are told of each other.
const NEAR: TimeDelta = TimeDelta::hours(24);
/// Posts that are looked through for an account: more than any may publish in two days.
const LOOKED_AT: usize = 500;

impl Contentzavod {
    /// A warning for each account that publishes the same bytes within a day, with the nearest time.
    pub(super) async fn repeats(
        &self,
        actor: Actor,
        planned: &Planned<'_>,
    ) -> Result<Vec<Finding>, ServiceError> {
        let Some(file) = self.store().media(actor.workspace, planned.media).await? else {
            return Ok(Vec::new());
        };
        let mut known = HashMap::from([(file.id, true)]);
        let mut findings = Vec::new();
        for account in planned.accounts {
            let mut nearest = None;
            for view in self.around(actor, account, planned).await? {
                let other = view.post.content.media_id();
                if !self.is_same(actor, &file, other, &mut known).await? {
                    continue;
                }
                let apart = |at: &chrono::DateTime<chrono::Utc>| (*at - planned.at).abs();
                let times = view.post.publish_at.into_iter();
                nearest = times.chain(nearest).min_by_key(apart);
            }
            if let Some(at) = nearest {
                let about = format!("@{}: {}", account.username, at.format("%Y-%m-%d %H:%M UTC"));
                let finding = rules::warning_about("media.again", about);
                findings.push(finding.field("content.media_id"));
            }
        }
        Ok(findings)
    }

    /// Posts of an account within a day of a time that went out or may still.
    async fn around(
        &self,
        actor: Actor,
        account: &Account,
        planned: &Planned<'_>,
    ) -> Result<Vec<PostView>, ServiceError> {
        let mut filter = PostFilter {
            account: Some(account.id),
            from: Some(planned.at - NEAR),
            // The end is not among them.
            to: Some(planned.at + NEAR + TimeDelta::milliseconds(1)),
            limit: 100,
            ..PostFilter::default()
        };
        let mut found = Vec::new();
        while found.len() < LOOKED_AT {
            let page = self.store().posts(actor.workspace, filter.clone()).await?;
            found.extend(page.items);
            match page.next {
                Some(next) => filter.after = Some(next),
                None => break,
            }
        }
        found.retain(|view| planned.except != Some(view.post.id) && goes_out(view, account));
        Ok(found)
    }

    /// Whether another file holds the same bytes, as they are or as they came.
    async fn is_same(
        &self,
        actor: Actor,
        file: &Media,
        other: MediaId,
        known: &mut HashMap<MediaId, bool>,
    ) -> Result<bool, ServiceError> {
        if let Some(same) = known.get(&other) {
            return Ok(*same);
        }
        let row = self.store().media(actor.workspace, other).await?;
        let same = row.is_some_and(|row| {
            let came = |media: &Media| {
                let original = media.original_sha256.clone();
                original.unwrap_or_else(|| media.sha256.clone())
            };
            row.sha256 == file.sha256 || came(&row) == came(file)
        });
        known.insert(other, same);
        Ok(same)
    }
}

/// Whether the post went out on the account, or may still.
fn goes_out(view: &PostView, account: &Account) -> bool {
    let of_account = view.publications.iter().filter(|p| p.account == account.id);
    of_account
        .map(crate::model::Publication::state)
        .any(|state| {
            !matches!(
                state,
                State::Draft | State::Failed | State::Missed | State::Cancelled
            )
        })
}
