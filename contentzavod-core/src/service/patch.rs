//! Changing a post: content, time, and a draft's accounts.

use contentzavod_preflight::Finding;

use super::change::{refuse_past_arming, refuse_published};
use super::error::{Conflict, ServiceError};
use super::facade::Contentzavod;
use super::request::PostRequest;
use super::retry_loop::until_written;
use super::validate::{Planned, Valid};
use crate::model::{AccountId, Actor, Content, Post, PostId, Publication};
use crate::ports::store::{PostChange, PostView, PublicationChange};
use crate::publication::{Event, State};
use crate::words::rules;

/// What shall change; absent fields stay.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PostPatch {
    /// Other accounts; drafts only.
    pub account_ids: Option<Vec<AccountId>>,
    /// Other content.
    pub content: Option<Content>,
    /// Another time.
    pub publish_at: Option<String>,
    /// Another zone; a local time moves with it.
    pub timezone: Option<String>,
    /// Another lateness.
    pub max_late: Option<String>,
    /// `false` schedules a draft.
    pub draft: Option<bool>,
    /// Only while it is a draft: of whoever may not say what goes out.
    pub only_draft: bool,
}

impl Contentzavod {
    /// Changes a post, all or nothing.
    ///
    /// # Errors
    ///
    /// [`ServiceError::Invalid`] with every broken rule; [`Conflict::PastArming`] naming the
    /// publications whose publishing has begun; [`Conflict::Final`] when one is live with the old
    /// content, or nothing is left to change.
    pub async fn change_post(
        &self,
        actor: Actor,
        id: PostId,
        patch: PostPatch,
    ) -> Result<PostView, ServiceError> {
        let patch = &patch;
        until_written(|| async {
            let view = self.post(actor, id).await?;
            let change = self.patched(actor, &view, patch).await?;
            self.commit(vec![change], None).await
        })
        .await?;
        self.post(actor, id).await
    }

    /// The same, with the warnings about it as it is now.
    ///
    /// # Errors
    ///
    /// As [`Self::change_post`].
    pub async fn change_post_told(
        &self,
        actor: Actor,
        id: PostId,
        patch: PostPatch,
    ) -> Result<(PostView, Vec<Finding>), ServiceError> {
        let view = self.change_post(actor, id, patch).await?;
        let waits = |p: &&Publication| p.state().is_pre_arm() && p.state() != State::Draft;
        let mut accounts = Vec::new();
        for row in view.publications.iter().filter(waits) {
            accounts.extend(self.store().account(actor.workspace, row.account).await?);
        }
        let planned = Planned {
            media: view.post.content.media_id(),
            accounts: &accounts,
            at: view.post.publish_at.unwrap_or_else(|| self.now()),
            except: Some(id),
        };
        let warnings = self.doubts(actor, &planned).await?;
        Ok((view, warnings))
    }

    async fn patched(
        &self,
        actor: Actor,
        view: &PostView,
        patch: &PostPatch,
    ) -> Result<PostChange, ServiceError> {
        refuse_past_arming(view)?;
        let draft = view.publications.iter().all(|p| p.state() == State::Draft);
        if patch.only_draft && !draft {
            // It was one when they asked.
            return Err(ServiceError::Conflict(Conflict::Busy));
        }
        let new_content = patch.content.as_ref().filter(|c| **c != view.post.content);
        if new_content.is_some() {
            refuse_published(view)?;
        }
        refuse_misplaced(draft, patch)?;
        let request = asked(view, patch, draft);
        let (valid, _) = self.accept(actor, &request).await?;
        let mut post = view.post.clone();
        post.updated_at = self.now();
        if let Some(content) = new_content {
            post.content = content.clone();
            post.content_version += 1;
        }
        set_time(&mut post, &valid, patch, &request);
        if draft {
            self.patched_draft(view, post, &valid, &request)
        } else {
            self.patched_rows(view, post, patch, new_content.is_some())
        }
    }

    /// Every row that is not final takes the edit.
    fn patched_rows(
        &self,
        view: &PostView,
        post: Post,
        patch: &PostPatch,
        new_content: bool,
    ) -> Result<PostChange, ServiceError> {
        let moved = patch.publish_at.is_some() || post.publish_at != view.post.publish_at;
        let event = Event::Edit {
            due: post.publish_at.filter(|_| moved),
            max_late: patch.max_late.as_ref().map(|_| post.max_late()),
            content_version: new_content.then_some(post.content_version),
        };
        let mut publications = Vec::new();
        for row in view.publications.iter().filter(|p| !p.state().is_final()) {
            let change = self.row_change(row, event.clone())?;
            publications.push(with_caption(change, &post));
        }
        if publications.is_empty() {
            let all = view.publications.iter().map(Into::into).collect();
            return Err(ServiceError::Conflict(Conflict::Final(all)));
        }
        Ok(PostChange {
            post,
            publications,
            add: Vec::new(),
            remove: Vec::new(),
            delete: false,
        })
    }

    /// A draft may change its accounts, and be scheduled.
    fn patched_draft(
        &self,
        view: &PostView,
        mut post: Post,
        valid: &Valid,
        request: &PostRequest,
    ) -> Result<PostChange, ServiceError> {
        let now = self.now();
        if !request.draft && post.publish_at.is_none() {
            post.publish_at = Some(now);
            post.local_time = valid.when.chosen_local();
        }
        let mut change = PostChange {
            post: post.clone(),
            publications: Vec::new(),
            add: Vec::new(),
            remove: Vec::new(),
            delete: false,
        };
        let due = post.publish_at;
        let event = if request.draft {
            Event::Edit {
                due,
                max_late: Some(post.max_late()),
                content_version: Some(post.content_version),
            }
        } else {
            Event::Schedule {
                due: due.unwrap_or(now),
                max_late: post.max_late(),
            }
        };
        for account in &valid.accounts {
            match view.publications.iter().find(|p| p.account == account.id) {
                Some(row) => {
                    let mut row = row.clone();
                    row.progress.content_version = post.content_version;
                    let written = self.row_change(&row, event.clone())?;
                    change.publications.push(with_caption(written, &post));
                }
                None => {
                    let mut row = Publication::draft(&post, account, now);
                    row.progress = self.row_change(&row, event.clone())?.next;
                    change.add.push(row);
                }
            }
        }
        let kept: Vec<AccountId> = valid.accounts.iter().map(|a| a.id).collect();
        let gone = view
            .publications
            .iter()
            .filter(|p| !kept.contains(&p.account));
        change.remove = gone.map(|p| (p.id, p.rev)).collect();
        Ok(change)
    }
}

fn with_caption(mut change: PublicationChange, post: &Post) -> PublicationChange {
    change.caption_key = Some(post.content.caption_key());
    change
}

fn refuse_misplaced(draft: bool, patch: &PostPatch) -> Result<(), ServiceError> {
    if draft {
        return Ok(());
    }
    let mut findings = Vec::new();
    if patch.account_ids.is_some() {
        findings.push(rules::error("account_ids.fixed").field("account_ids"));
    }
    if patch.draft == Some(true) {
        findings.push(rules::error("draft.fixed").field("draft"));
    }
    if findings.is_empty() {
        Ok(())
    } else {
        Err(ServiceError::Invalid(findings))
    }
}

/// The post as asked for after the change, to be checked like a new one.
fn asked(view: &PostView, patch: &PostPatch, draft: bool) -> PostRequest {
    let post = &view.post;
    let accounts = || view.publications.iter().map(|p| p.account).collect();
    PostRequest {
        account_ids: patch.account_ids.clone().unwrap_or_else(accounts),
        content: patch
            .content
            .clone()
            .unwrap_or_else(|| post.content.clone()),
        publish_at: asked_time(post, patch),
        timezone: Some(
            patch
                .timezone
                .clone()
                .unwrap_or_else(|| post.timezone.clone()),
        ),
        max_late: patch.max_late.clone(),
        draft: draft && patch.draft != Some(false),
    }
}

/// The new time; or, with a new zone, the old wall-clock time in it.
fn asked_time(post: &Post, patch: &PostPatch) -> Option<String> {
    let moved = patch.timezone.as_ref().and_then(|_| post.wall_clock());
    let local = || moved.map(|local| local.format("%Y-%m-%dT%H:%M:%S").to_string());
    patch.publish_at.clone().or_else(local)
}

fn set_time(post: &mut Post, valid: &Valid, patch: &PostPatch, request: &PostRequest) {
    valid.when.zone.name().clone_into(&mut post.timezone);
    if request.publish_at.is_some() {
        post.publish_at = Some(valid.when.instant);
        post.local_time = valid.when.chosen_local();
    }
    if patch.max_late.is_some() {
        post.max_late_secs = valid.max_late.num_seconds();
    }
}
