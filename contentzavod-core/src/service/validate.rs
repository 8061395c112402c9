//! Every rule a post can break, all at once, before anything is written.

use std::collections::{BTreeSet, HashSet};

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use contentzavod_preflight::Finding;

use super::error::ServiceError;
use super::facade::Contentzavod;
use super::lateness;
use super::request::PostRequest;
use crate::model::when::{self, When};
use crate::model::{
    Account, AccountId, AccountStatus, Actor, Content, Media, MediaId, MediaKind, MediaStatus,
    PostId,
};
use crate::ports::PublishRequest;
use crate::words::rules;

/// A time so little in the past is meant as now: clients' clocks differ.
const PAST_SLACK: TimeDelta = TimeDelta::minutes(1);
/// Nobody plans further ahead; a later time is a slip of the pen.
const FAR: TimeDelta = TimeDelta::days(2 * 366);
/// Accounts of one post.
const ACCOUNTS_MAX: usize = 50;

/// What checking a request showed. Nothing was written.
#[derive(Debug, Clone, PartialEq)]
pub struct Validation {
    /// Every broken rule and every warning.
    pub findings: Vec<Finding>,
    /// When it would go out; `None` when the time cannot be read.
    pub when: Option<When>,
}

/// A request that breaks no rule.
#[derive(Debug, Clone)]
pub(super) struct Valid {
    pub(super) accounts: Vec<Account>,
    pub(super) when: When,
    /// A time was given: it is not simply now.
    pub(super) timed: bool,
    pub(super) max_late: TimeDelta,
    pub(super) media: MediaId,
}

/// Where and when a post would go out, for what may be doubted about that.
#[derive(Debug, Clone, Copy)]
pub(super) struct Planned<'a> {
    pub(super) accounts: &'a [Account],
    pub(super) at: DateTime<Utc>,
    pub(super) media: MediaId,
    /// The post itself, where there is one already: it is not in its own way.
    pub(super) except: Option<PostId>,
}

impl Valid {
    /// A new post.
    pub(super) fn planned(&self) -> Planned<'_> {
        Planned {
            accounts: &self.accounts,
            at: self.when.instant,
            media: self.media,
            except: None,
        }
    }
}

#[derive(Debug, Default)]
struct Checks {
    findings: Vec<Finding>,
}

impl Checks {
    fn keep<T>(&mut self, result: Result<T, Finding>) -> Option<T> {
        result.map_err(|finding| self.findings.push(finding)).ok()
    }
}

impl Contentzavod {
    /// Checks a request as scheduling would, and writes nothing.
    ///
    /// # Errors
    ///
    /// Only when the database does not answer.
    pub async fn validate_post(
        &self,
        actor: Actor,
        request: &PostRequest,
    ) -> Result<Validation, ServiceError> {
        let (mut findings, mut valid) = self.examine(actor, request).await?;
        findings.extend(self.files_findings(actor, request).await?);
        if let Some(valid) = &mut valid {
            let accounts = std::mem::take(&mut valid.accounts);
            valid.accounts = self.with_live_quotas(accounts).await?;
            findings.extend(self.doubts(actor, &valid.planned()).await?);
        }
        Ok(Validation {
            findings,
            when: valid.map(|v| v.when),
        })
    }

    /// What the pre-flight found in the files when they came.
    async fn files_findings(
        &self,
        actor: Actor,
        request: &PostRequest,
    ) -> Result<Vec<Finding>, ServiceError> {
        let content = &request.content;
        let video = (Some(content.media_id()), "content.media_id");
        let cover = (content.cover_media_id(), "content.cover_media_id");
        let mut found = Vec::new();
        for (id, field) in [video, cover] {
            let Some(id) = id else { continue };
            let media = self.store().media(actor.workspace, id).await?;
            let findings = media.map_or_else(Vec::new, |media| media.findings);
            found.extend(findings.into_iter().map(|finding| finding.field(field)));
        }
        Ok(found)
    }

    /// What will not stop the post, and may be other than its person thinks.
    pub(super) async fn doubts(
        &self,
        actor: Actor,
        planned: &Planned<'_>,
    ) -> Result<Vec<Finding>, ServiceError> {
        let mut findings = self.crowds(actor, planned).await?;
        findings.extend(self.scarce(actor, planned).await?);
        findings.extend(self.repeats(actor, planned).await?);
        Ok(findings)
    }

    /// The request, if no rule refuses it, and the warnings about it.
    pub(super) async fn accept(
        &self,
        actor: Actor,
        request: &PostRequest,
    ) -> Result<(Valid, Vec<Finding>), ServiceError> {
        let (findings, valid) = self.examine(actor, request).await?;
        match valid {
            Some(valid) if !findings.iter().any(Finding::is_error) => Ok((valid, findings)),
            _ => Err(ServiceError::Invalid(findings)),
        }
    }

    async fn examine(
        &self,
        actor: Actor,
        request: &PostRequest,
    ) -> Result<(Vec<Finding>, Option<Valid>), ServiceError> {
        let mut checks = Checks::default();
        let zone = self.zone_of(actor, request, &mut checks).await?;
        let when = zone.and_then(|zone| time_of(request, zone, self.now(), &mut checks));
        let late = request.max_late.as_deref().map(lateness::parse);
        let max_late = match late {
            None => Some(self.inner.numbers.max_late),
            Some(late) => checks.keep(late),
        };
        let accounts = self.accounts_of(actor, request, &mut checks).await?;
        self.content_of(actor, &request.content, &accounts, &mut checks)
            .await?;
        let valid = when.zip(max_late).map(|(when, max_late)| Valid {
            accounts,
            when,
            timed: request.publish_at.is_some(),
            max_late,
            media: request.content.media_id(),
        });
        Ok((checks.findings, valid))
    }

    async fn zone_of(
        &self,
        actor: Actor,
        request: &PostRequest,
        checks: &mut Checks,
    ) -> Result<Option<Tz>, ServiceError> {
        if let Some(name) = &request.timezone {
            return Ok(checks.keep(when::zone(name, "timezone")));
        }
        let workspace = self.store().workspace(actor.workspace).await?;
        let name = workspace.map_or_else(|| "UTC".to_owned(), |w| w.timezone);
        Ok(checks.keep(when::zone(&name, "timezone")))
    }

    async fn accounts_of(
        &self,
        actor: Actor,
        request: &PostRequest,
        checks: &mut Checks,
    ) -> Result<Vec<Account>, ServiceError> {
        let ids = &request.account_ids;
        if ids.is_empty() && !request.draft {
            let finding = rules::error("account_ids.empty");
            checks
                .findings
                .push(finding.field("account_ids").limit("1 or more"));
        }
        if ids.len() > ACCOUNTS_MAX {
            let finding = rules::error("account_ids.too_many");
            checks.findings.push(
                finding
                    .field("account_ids")
                    .actual(ids.len().to_string())
                    .limit(ACCOUNTS_MAX.to_string()),
            );
            return Ok(Vec::new());
        }
        let mut seen = HashSet::new();
        let mut accounts = Vec::new();
        for (index, id) in ids.iter().enumerate() {
            let field = format!("account_ids[{index}]");
            if !seen.insert(*id) {
                let finding = rules::error("account_ids.duplicate");
                checks
                    .findings
                    .push(finding.field(field).actual(id.to_string()));
                continue;
            }
            match self.store().account(actor.workspace, *id).await? {
                None => checks.findings.push(unknown_account(*id, field)),
                Some(account) => {
                    checks
                        .findings
                        .extend(account_findings(&account, &request.content, &field));
                    accounts.push(account);
                }
            }
        }
        Ok(accounts)
    }

    /// The content's files, and what the platform would refuse about the content.
    async fn content_of(
        &self,
        actor: Actor,
        content: &Content,
        accounts: &[Account],
        checks: &mut Checks,
    ) -> Result<(), ServiceError> {
        let media = self
            .file_of(actor, content.media_id(), "content.media_id", checks)
            .await?;
        let cover = match content.cover_media_id() {
            None => None,
            Some(id) => {
                self.file_of(actor, id, "content.cover_media_id", checks)
                    .await?
            }
        };
        let Some(publisher) = self.inner.publishers.get(content.platform()) else {
            let finding = rules::error("content.platform");
            let finding = finding.field("content.kind").actual(content.kind());
            checks.findings.push(finding);
            return Ok(());
        };
        let can = publisher.capabilities();
        // A missing file is named already; the other rules are still checked against a stand-in.
        let media = media.unwrap_or_else(|| stand_in(actor, content.media_id(), self.now()));
        let link = |m: &Media| {
            can.pulls
                .then(|| self.inner.links.link(m, can.handle_life))
                .flatten()
        };
        let mut request = PublishRequest {
            media_url: link(&media),
            cover_url: cover.as_ref().and_then(link),
            content: content.clone(),
            login: None,
            media,
            cover,
        };
        // What one family refuses another may take; what both refuse is said once.
        for login in logins_of(accounts) {
            request.login = login;
            for finding in publisher.validate(&request) {
                if !checks.findings.contains(&finding) {
                    checks.findings.push(finding);
                }
            }
        }
        Ok(())
    }

    async fn file_of(
        &self,
        actor: Actor,
        id: MediaId,
        field: &str,
        checks: &mut Checks,
    ) -> Result<Option<Media>, ServiceError> {
        let finding = match self.store().media(actor.workspace, id).await? {
            Some(media) if media.is_refused() => rules::error("media.refused"),
            Some(media) if media.status == MediaStatus::Ready => return Ok(Some(media)),
            Some(_) => rules::error("media.gone"),
            None => rules::error("media.not_found"),
        };
        checks
            .findings
            .push(finding.field(field).actual(id.to_string()));
        Ok(None)
    }
}

/// Each login family among the accounts, once; one that is unknown where there are none.
fn logins_of(accounts: &[Account]) -> Vec<Option<String>> {
    let logins: BTreeSet<&str> = accounts.iter().map(|a| a.login.as_str()).collect();
    let known: Vec<_> = logins.into_iter().map(|l| Some(l.to_owned())).collect();
    if known.is_empty() { vec![None] } else { known }
}

fn time_of(
    request: &PostRequest,
    zone: Tz,
    now: DateTime<Utc>,
    checks: &mut Checks,
) -> Option<When> {
    let Some(text) = &request.publish_at else {
        return Some(When::at(now, zone));
    };
    let when = checks.keep(When::parse(text, zone))?;
    let finding = if when.instant < now - PAST_SLACK {
        rules::error("publish_at.past").limit(format!("after {}", now.to_rfc3339()))
    } else if when.instant > now + FAR {
        rules::error("publish_at.too_far").limit(format!("before {}", (now + FAR).to_rfc3339()))
    } else {
        return Some(when);
    };
    checks
        .findings
        .push(finding.field("publish_at").actual(text.clone()));
    None
}

fn unknown_account(id: AccountId, field: String) -> Finding {
    rules::error("account.not_found")
        .field(field)
        .actual(id.to_string())
}

fn account_findings(account: &Account, content: &Content, field: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    if account.platform != content.platform() {
        findings.push(
            rules::error("account.platform")
                .field(field)
                .actual(account.platform.clone())
                .limit(content.platform()),
        );
    }
    let name = format!("@{}", account.username);
    let about = match account.status {
        AccountStatus::Active => return findings,
        AccountStatus::Disconnected => rules::error_about("account.disconnected", name),
        AccountStatus::Reauthorize => rules::warning_about("account.reauthorize", name),
        AccountStatus::Restricted => rules::warning_about("account.restricted", name),
    };
    findings.push(about.field(field));
    findings
}

/// A file that breaks no rule, in place of one that is not there.
fn stand_in(actor: Actor, id: MediaId, now: DateTime<Utc>) -> Media {
    Media {
        id,
        workspace: actor.workspace,
        kind: MediaKind::Video,
        status: MediaStatus::Ready,
        filename: None,
        content_type: "video/mp4".to_owned(),
        bytes: 1,
        sha256: String::new(),
        original_sha256: None,
        duration_ms: None,
        width: None,
        height: None,
        findings: Vec::new(),
        expires_at: None,
        created_at: now,
    }
}
