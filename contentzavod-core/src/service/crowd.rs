//! Posts of one account at one time: an account publishes one after another.

use chrono::TimeDelta;
use contentzavod_preflight::Finding;

use super::error::ServiceError;
use super::facade::Contentzavod;
use super::validate::Planned;
use crate::model::{Account, Actor};
use crate::ports::store::PostFilter;
use crate::publication::State;
use crate::words::rules;

/// So near two posts of an account are told of each other.
const NEAR: TimeDelta = TimeDelta::seconds(60);
/// More than a hundred are as many as anybody wants to know.
const COUNT_MAX: usize = 100;

impl Contentzavod {
    /// A warning for each account that has other posts to publish at this time, with their number.
    pub(super) async fn crowds(
        &self,
        actor: Actor,
        planned: &Planned<'_>,
    ) -> Result<Vec<Finding>, ServiceError> {
        let mut findings = Vec::new();
        for account in planned.accounts {
            let others = self.others_at(actor, account, planned).await?;
            if others > 0 {
                let actual = format!("@{}: {others}", account.username);
                let finding = rules::warning_about("publish_at.crowded", actual);
                findings.push(finding.field("publish_at"));
            }
        }
        Ok(findings)
    }

    async fn others_at(
        &self,
        actor: Actor,
        account: &Account,
        planned: &Planned<'_>,
    ) -> Result<usize, ServiceError> {
        let at = planned.at;
        let filter = PostFilter {
            account: Some(account.id),
            from: Some(at - NEAR),
            // The end is not among them.
            to: Some(at + NEAR + TimeDelta::milliseconds(1)),
            limit: COUNT_MAX,
            ..PostFilter::default()
        };
        let page = self.store().posts(actor.workspace, filter).await?;
        let publications = page
            .items
            .iter()
            .filter(|view| planned.except != Some(view.post.id))
            .flat_map(|view| &view.publications);
        let waiting = publications.filter(|p| {
            let state = p.state();
            p.account == account.id
                && (state == State::Armed || state.is_pre_arm())
                && state != State::Draft
        });
        Ok(waiting.count())
    }
}
