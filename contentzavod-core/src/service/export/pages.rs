//! What there may be much of, a page at a time.

use super::super::error::ServiceError;
use super::super::facade::Contentzavod;
use super::{Task, Walk, at, views};
use crate::model::{Account, Cursor, MediaStatus, Publication, Receipt, WorkspaceId};
use crate::ports::store::{PostFilter, PostView};

/// Rows of one part.
const PAGE: usize = 100;

impl Walk {
    pub(super) async fn posts(
        &mut self,
        workspace: WorkspaceId,
        after: Option<Cursor>,
        page: u32,
    ) -> Result<(), ServiceError> {
        let filter = PostFilter {
            after,
            limit: PAGE,
            ..PostFilter::default()
        };
        let found = self.app.store().posts(workspace, filter).await?;
        let mut shown = Vec::with_capacity(found.items.len());
        for view in &found.items {
            let receipts = receipts(&self.app, &self.accounts, view).await?;
            shown.push(views::Post { view, receipts });
        }
        if !shown.is_empty() || page == 1 {
            self.put(&at(workspace, &format!("posts/{page:06}.json")), &shown)?;
        }
        if found.next.is_some() {
            let next = Task::Posts(workspace, found.next, page + 1);
            self.tasks.push_front(next);
        }
        Ok(())
    }

    pub(super) async fn notices(
        &mut self,
        workspace: WorkspaceId,
        after: i64,
        page: u32,
    ) -> Result<(), ServiceError> {
        let store = self.app.store();
        let found = store.notifications(workspace, after, PAGE).await?;
        if !found.is_empty() || page == 1 {
            let name = format!("notifications/{page:06}.json");
            self.put(&at(workspace, &name), &found)?;
        }
        if let Some(last) = found.last()
            && found.len() == PAGE
        {
            let next = Task::Notices(workspace, last.seq, page + 1);
            self.tasks.push_front(next);
        }
        Ok(())
    }

    pub(super) async fn files(
        &mut self,
        workspace: WorkspaceId,
        after: Option<Cursor>,
        page: u32,
    ) -> Result<(), ServiceError> {
        let store = self.app.store();
        let found = store.media_list(workspace, after, PAGE).await?;
        if !found.items.is_empty() || page == 1 {
            let name = format!("media/{page:06}.json");
            self.put(&at(workspace, &name), &found.items)?;
        }
        if found.next.is_some() {
            let next = Task::Files(workspace, found.next, page + 1);
            self.tasks.push_front(next);
        }
        let here = found.items.into_iter().rev();
        for media in here.filter(|media| media.status == MediaStatus::Ready) {
            self.tasks.push_front(Task::File(media));
        }
        Ok(())
    }
}

async fn receipts(
    app: &Contentzavod,
    accounts: &[Account],
    view: &PostView,
) -> Result<Vec<Receipt>, ServiceError> {
    let media = view.post.content.media_id();
    let media = app.store().media(view.post.workspace, media).await?;
    let Some(media) = media else {
        return Ok(Vec::new());
    };
    let receipt = |row: &Publication| {
        let account = accounts.iter().find(|a| a.id == row.account)?;
        Receipt::of(row, account, &media)
    };
    Ok(view.publications.iter().filter_map(receipt).collect())
}
