//! Facebook Login: what a token may do, and the Pages with their Instagram accounts.

use contentzavod_core::model::Secret;
use contentzavod_core::ports::{Answer, CallError};
use serde_json::Value;

use super::client::{GraphClient, Heard, parsed};
use super::error::{Call, Failure};
use super::value;

/// The fields of a Page.
const FIELDS: &str = "id,name,access_token,tasks,instagram_business_account{id,username}";
/// The same of a token that is the Page's own.
const OWN_FIELDS: &str = "id,name,instagram_business_account{id,username}";
/// Pages of the list that are followed. Nobody has so many.
const LISTS_MAX: usize = 50;

/// A Page that a token may act for.
#[derive(Debug, Clone)]
pub struct Page {
    /// The Page's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its own token, where the platform hands one out.
    pub token: Option<Secret>,
    /// What the person may do on it, where the platform says so.
    pub tasks: Option<Vec<String>>,
    /// The professional account that is linked to it.
    pub instagram: Option<Linked>,
}

impl Page {
    /// Whether the person may publish there, as far as the platform says: Meta asks for one of two
    /// tasks, which it writes with a prefix on newer Pages.
    #[must_use]
    pub fn may_publish(&self) -> bool {
        let Some(tasks) = &self.tasks else {
            return true;
        };
        let enough = ["MANAGE", "CREATE_CONTENT", "FULL_CONTROL"];
        tasks
            .iter()
            .any(|task| enough.iter().any(|end| task.ends_with(end)))
    }
}

/// A professional account behind a Page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Linked {
    /// The account's id.
    pub id: String,
    /// The handle people know it by.
    pub username: String,
}

impl GraphClient {
    /// The Pages that a person's token may act for, or the one that it is of.
    ///
    /// # Errors
    ///
    /// As in [`CallError`].
    pub async fn pages(&self, token: &Secret) -> Result<Answer<Vec<Page>>, CallError> {
        let mut all = Vec::new();
        let mut after: Option<String> = None;
        for _ in 0..LISTS_MAX {
            let heard = self.page_list(token, after.as_deref()).await;
            if heard.as_ref().is_err_and(Failure::is_no_field) {
                // A Page has no list of Pages: the token is its own.
                return self.own_page(token).await;
            }
            let answer = parsed(heard, Call::Read, read_list)?;
            let (pages, next) = answer.value.clone();
            all.extend(pages);
            if next.is_none() {
                return Ok(answer.map(|_| all));
            }
            after = next;
        }
        Ok(Answer::of(all))
    }

    async fn page_list(&self, token: &Secret, after: Option<&str>) -> Heard {
        let mut query = vec![("fields", FIELDS), ("limit", "100")];
        query.extend(after.map(|after| ("after", after)));
        let url = self.graph(&["me", "accounts"], &query);
        self.read("pages", url, token).await
    }

    async fn own_page(&self, token: &Secret) -> Result<Answer<Vec<Page>>, CallError> {
        let url = self.graph(&["me"], &[("fields", OWN_FIELDS)]);
        let heard = self.read("page", url, token).await;
        parsed(heard, Call::Read, |body| Some(vec![read_page(body)?]))
    }

    /// The id that the app knows the person by: Meta names it when they take its permissions away.
    ///
    /// # Errors
    ///
    /// As in [`CallError`].
    pub async fn person(&self, token: &Secret) -> Result<Answer<String>, CallError> {
        let url = self.graph(&["me"], &[("fields", "id")]);
        let heard = self.read("person", url, token).await;
        parsed(heard, Call::Read, |body| value::id(body.get("id")?))
    }

    /// What the person granted; `None` for a token that is not a person's.
    ///
    /// # Errors
    ///
    /// As in [`CallError`].
    pub async fn permissions(
        &self,
        token: &Secret,
    ) -> Result<Answer<Option<Vec<String>>>, CallError> {
        let url = self.graph(&["me", "permissions"], &[]);
        let heard = self.read("permissions", url, token).await;
        if heard.as_ref().is_err_and(Failure::is_no_field) {
            return Ok(Answer::of(None));
        }
        parsed(heard, Call::Read, |body| Some(Some(read_granted(body)?)))
    }
}

/// Reads a list of Pages and where it goes on. The address of the next one holds the token, so only
/// its cursor is taken.
fn read_list(body: &Value) -> Option<(Vec<Page>, Option<String>)> {
    let items = body.get("data")?.as_array()?;
    let pages: Option<Vec<Page>> = items.iter().map(read_page).collect();
    let paging = body.get("paging");
    let after = paging
        .filter(|paging| paging.get("next").is_some())
        .and_then(|paging| value::text(paging.get("cursors")?, "after"));
    Some((pages?, after))
}

fn read_page(page: &Value) -> Option<Page> {
    Some(Page {
        id: page.get("id").and_then(value::id)?,
        name: value::text(page, "name").unwrap_or_default(),
        token: value::text(page, "access_token").map(Secret::from),
        tasks: page.get("tasks").map(|tasks| value::list(Some(tasks))),
        instagram: page.get("instagram_business_account").and_then(read_linked),
    })
}

fn read_linked(account: &Value) -> Option<Linked> {
    let id = account.get("id").and_then(value::id)?;
    Some(Linked {
        username: value::text(account, "username").unwrap_or_else(|| id.clone()),
        id,
    })
}

/// `{"data":[{"permission":"instagram_content_publish","status":"granted"}]}`
fn read_granted(body: &Value) -> Option<Vec<String>> {
    let rows = body.get("data")?.as_array()?;
    let granted = rows
        .iter()
        .filter(|row| row.get("status").and_then(Value::as_str) == Some("granted"));
    Some(
        granted
            .filter_map(|row| value::text(row, "permission"))
            .collect(),
    )
}
