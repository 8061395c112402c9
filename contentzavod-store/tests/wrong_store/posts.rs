//! Wrong schedules, changes and lists.

use async_trait::async_trait;
use chrono::TimeDelta;
use contentzavod_core::model::{
    Cursor, MediaId, Page, PostId, PostStatus, PublicationId, WorkspaceId,
};
use contentzavod_core::ports::StoreError;
use contentzavod_core::ports::store::{
    IdempotencyKey, MediaDeleted, MediaStore, NewPost, PostChange, PostFilter, PostStore, PostView,
    Scheduled,
};

use super::crooked::Crooked;
use super::crooked::Wrong::*;

type Changes = Vec<PostChange>;

impl Crooked {
    /// A post whoever asks.
    async fn anywhere(&self, id: PostId) -> Result<Option<PostView>, StoreError> {
        let home = self.memory().homes.get(&id).copied();
        match home {
            Some(home) => self.inner.post(home, id).await,
            None => Ok(None),
        }
    }

    /// Deletes by a mark of its own: the rows stay in work.
    fn hides(&self, change: &mut PostChange) {
        if change.delete && self.is(DeleteOnlyHides) {
            change.delete = false;
            self.memory().hidden.insert(change.post.id);
        }
    }

    /// The same change as if it had been read just now.
    async fn reread(&self, mut change: PostChange) -> Result<PostChange, StoreError> {
        let Some(view) = self.anywhere(change.post.id).await? else {
            return Ok(change);
        };
        change.post.rev = view.post.rev;
        for row in &mut change.publications {
            let now = view.publications.iter().find(|p| p.id == row.id);
            row.rev = now.map_or(row.rev, |now| now.rev);
        }
        Ok(change)
    }

    async fn write(
        &self,
        changes: Changes,
        file: Option<(WorkspaceId, MediaId)>,
    ) -> Result<bool, StoreError> {
        let (deletes, ids): (bool, Vec<PostId>) = (
            changes.iter().any(|c| c.delete),
            changes.iter().map(|c| c.post.id).collect(),
        );
        let mut views = Vec::new();
        for id in ids {
            views.extend(self.anywhere(id).await?);
        }
        let written = self.inner.change(changes, file).await?;
        if deletes && written {
            let gone = views.into_iter().map(|view| (view.post.id, view));
            self.memory().deleted.extend(gone);
        }
        Ok(written || deletes && self.is(DeleteAgreesToAll))
    }

    fn shown(&self, view: Option<PostView>) -> Option<PostView> {
        view.filter(|view| !self.memory().hidden.contains(&view.post.id))
    }

    /// Writes a part of what could not be written whole.
    async fn salvage(&self, new: NewPost, answer: &Scheduled) -> Result<(), StoreError> {
        let mut new = new;
        match answer {
            Scheduled::AccountGone(gone) if self.is(ScheduleWritesHalf) => {
                new.publications.retain(|p| p.account != *gone);
            }
            Scheduled::Mismatch if self.is(MismatchWrites) => {}
            _ => return Ok(()),
        }
        self.inner.schedule(new, None).await?;
        Ok(())
    }
}

#[async_trait]
impl PostStore for Crooked {
    async fn schedule(
        &self,
        mut new: NewPost,
        key: Option<IdempotencyKey>,
    ) -> Result<Scheduled, StoreError> {
        let home = (new.post.id, new.post.workspace);
        self.memory().homes.extend([home]);
        if self.is(AccountsAreSorted) {
            new.publications.sort_by_key(|p| p.account);
        }
        if self.is(KeysAreShared)
            && let Some(key) = &key
        {
            let known = self.memory().keys.get(&key.key).cloned();
            if let Some(response) = known {
                return Ok(Scheduled::Replayed(response));
            }
            let entry = (key.key.clone(), key.response.clone());
            self.memory().keys.extend([entry]);
        }
        let response = key.as_ref().map(|k| k.response.clone());
        let kept = key.filter(|_| !self.is(ScheduleForgetsTheKey));
        let answer = self.inner.schedule(new.clone(), kept).await?;
        self.salvage(new, &answer).await?;
        match (answer, response) {
            (Scheduled::Replayed(_), Some(response)) if self.is(ReplayAnswersAnew) => {
                Ok(Scheduled::Replayed(response))
            }
            (answer, _) => Ok(answer),
        }
    }

    async fn replay(
        &self,
        workspace: WorkspaceId,
        key: &str,
        fingerprint: [u8; 32],
    ) -> Result<Option<Scheduled>, StoreError> {
        self.inner.replay(workspace, key, fingerprint).await
    }

    async fn post(
        &self,
        workspace: WorkspaceId,
        id: PostId,
    ) -> Result<Option<PostView>, StoreError> {
        if self.is(ForeignPostsShow) {
            return self.anywhere(id).await;
        }
        let view = self.inner.post(workspace, id).await?;
        if view.is_none() && self.is(DeletedPostsShow) {
            return Ok(self.memory().deleted.get(&id).cloned());
        }
        Ok(self.shown(view))
    }

    async fn post_of(
        &self,
        workspace: WorkspaceId,
        publication: PublicationId,
    ) -> Result<Option<PostView>, StoreError> {
        let view = self.inner.post_of(workspace, publication).await?;
        Ok(self.shown(view))
    }

    async fn posts(
        &self,
        workspace: WorkspaceId,
        mut filter: PostFilter,
    ) -> Result<Page<PostView>, StoreError> {
        match self.wrong {
            ToIsIncluded => filter.to = filter.to.map(|to| to + TimeDelta::milliseconds(1)),
            StatusIsIgnored => filter.status = None,
            PagesOverlap => {
                let before = |c: Cursor| Cursor {
                    key: c.key + 1,
                    ..c
                };
                filter.after = filter.after.map(before);
            }
            _ => {}
        }
        let mut page = self.inner.posts(workspace, filter).await?;
        page.items
            .retain(|view| self.shown(Some(view.clone())).is_some());
        if self.is(PagesNeverEnd)
            && let Some(last) = page.items.last()
        {
            let at = last.post.publish_at.unwrap_or(last.post.created_at);
            page.next = Some(Cursor {
                key: at.timestamp_millis(),
                id: last.post.id.0,
            });
        }
        Ok(page)
    }

    async fn posts_using(
        &self,
        workspace: WorkspaceId,
        media: MediaId,
    ) -> Result<Vec<PostView>, StoreError> {
        self.inner.posts_using(workspace, media).await
    }

    async fn change(
        &self,
        mut changes: Changes,
        delete_media: Option<(WorkspaceId, MediaId)>,
    ) -> Result<bool, StoreError> {
        for change in &mut changes {
            self.hides(change);
            if self.is(ChangeDropsNotices) {
                change
                    .publications
                    .iter_mut()
                    .for_each(|p| p.notices.clear());
            }
        }
        if self.is(ChangeIgnoresRevisions) {
            let mut fresh = Vec::with_capacity(changes.len());
            for change in changes {
                fresh.push(self.reread(change).await?);
            }
            changes = fresh;
        }
        if self.is(ChangeOneByOne) {
            let mut all = true;
            for change in changes {
                all &= self.write(vec![change], None).await?;
            }
            return Ok(all);
        }
        if self.is(ChangeDeletesTheFileApart)
            && let Some((workspace, file)) = delete_media
        {
            let written = self.write(changes, None).await?;
            let deleted = self.inner.delete_media(workspace, file).await?;
            return Ok(written && deleted != MediaDeleted::InUse);
        }
        self.write(changes, delete_media).await
    }

    async fn zone_rules(&self) -> Result<Option<String>, StoreError> {
        self.inner.zone_rules().await
    }

    async fn set_zone_rules(&self, version: &str) -> Result<(), StoreError> {
        // A version that is there is kept: the rules seem to have changed for ever.
        if self.is(ZoneRulesAreKept) && self.inner.zone_rules().await?.is_some() {
            return Ok(());
        }
        self.inner.set_zone_rules(version).await
    }

    async fn posts_by_wall_clock(
        &self,
        after: Option<PostId>,
        limit: usize,
    ) -> Result<Vec<PostView>, StoreError> {
        let home = |view: &PostView| view.post.workspace;
        let mut page = self.inner.posts_by_wall_clock(after, limit).await?;
        match self.wrong {
            // Those of the workspace of the first alone.
            WallClocksOfOneWorkspace => {
                let first = self.inner.posts_by_wall_clock(None, 1).await?;
                let first = first.first().map(home);
                page.retain(|view| Some(home(view)) == first);
            }
            WallClocksSkipDrafts => page.retain(|view| view.status() != PostStatus::Draft),
            WallClocksHaveNoOrder => page.reverse(),
            WallClocksEndEarly if after.is_some() => page.clear(),
            WallClocksSeeWhatIsArmed => {
                let mut all = self.memory().homes.clone();
                all.retain(|id, _| after.is_none_or(|after| *id > after));
                for id in all.into_keys() {
                    let view = self.anywhere(id).await?;
                    page.extend(view.filter(|v| v.post.local_time.is_some()));
                }
                page.sort_by_key(|view| view.post.id);
                page.dedup_by_key(|view| view.post.id);
                page.truncate(limit);
            }
            _ => {}
        }
        Ok(page)
    }

    async fn forget_keys(&self) -> Result<u64, StoreError> {
        self.inner.forget_keys().await
    }
}
