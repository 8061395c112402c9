//! `/privacy`: who runs this server, what it keeps and for how long, and whom it passes anything to.

use askama::Template;
use contentzavod_core::model::Lang;
use contentzavod_core::model::retention::{Kept, Until};
use poem::http::StatusCode;
use poem::web::Data;
use poem::{Response, Result, handler};

use super::policy::{Policy, Third, span};
use super::shell::{Shell, html};
use super::sign_in::called;
use super::visitor::Visitor;
use super::words::{self, Words};
use crate::middleware::language;

#[derive(Template)]
#[template(path = "privacy.html")]
struct PrivacyPage {
    s: Shell,
    operator: String,
    contact: Option<String>,
    rows: Vec<(&'static str, String)>,
    thirds: Vec<String>,
    since: String,
}

impl Policy {
    fn run_by(&self, w: &Words) -> String {
        match &self.operator.name {
            // An abbreviation brings the stop of the sentence along.
            Some(name) => w.run_by.replace("{operator}", name.trim_end_matches('.')),
            None => w.run_by_somebody.to_owned(),
        }
    }

    fn rows(&self, lang: Lang) -> Vec<(&'static str, String)> {
        let w = words::of(lang);
        let rows = self.table.iter();
        rows.map(|(kept, until)| (what(*kept, w), how_long(*until, lang)))
            .collect()
    }

    fn passed_to(&self, w: &Words) -> Vec<String> {
        let thirds = self.thirds.iter();
        thirds.map(|third| passed_to(third, w)).collect()
    }

    /// Whatever the page says in a language: what changes of it, people are told.
    pub(super) fn sentences(&self, lang: Lang) -> Vec<String> {
        let w = words::of(lang);
        let mut said = vec![self.run_by(w)];
        said.extend(self.operator.contact.clone());
        for (what, how_long) in self.rows(lang) {
            said.extend([what.to_owned(), how_long]);
        }
        said.extend(self.passed_to(w));
        let fixed = [
            w.not_kept,
            w.nobody_else,
            w.cookies_lead,
            w.rights_lead,
            w.children_lead,
            w.told,
        ];
        said.extend(fixed.map(str::to_owned));
        said
    }
}

/// `GET /privacy`.
#[handler]
pub(super) fn privacy(visitor: Visitor<'_>, Data(policy): Data<&Policy>) -> Result<Response> {
    let s = visitor.shell();
    let page = PrivacyPage {
        operator: policy.run_by(s.w),
        contact: policy.operator.contact.clone(),
        rows: policy.rows(language::current()),
        thirds: policy.passed_to(s.w),
        since: policy
            .since
            .unwrap_or_else(|| visitor.into_app().time())
            .format("%Y-%m-%d")
            .to_string(),
        s,
    };
    Ok(html(StatusCode::OK, &page)?)
}

fn what(kept: Kept, w: &Words) -> &'static str {
    match kept {
        Kept::Tokens => w.kept_tokens,
        Kept::Media => w.kept_media,
        Kept::Posts => w.kept_posts,
        Kept::DeletedPosts => w.kept_deleted_posts,
        Kept::Answers => w.kept_answers,
        Kept::Disconnected => w.kept_disconnected,
        Kept::RequestLog => w.kept_log,
        Kept::Sessions => w.kept_sessions,
        Kept::SignIns => w.kept_sign_ins,
        Kept::Invitations => w.kept_invitations,
        Kept::Keys => w.kept_keys,
        Kept::Deletions => w.kept_deletions,
        Kept::Tombstones => w.kept_tombstones,
        _ => w.kept_account,
    }
}

fn how_long(until: Until, lang: Lang) -> String {
    let w = words::of(lang);
    match until {
        Until::Disconnected => w.until_disconnected.to_owned(),
        Until::Published(ttl) => {
            let text = w
                .until_published
                .replace("{unused}", &span(ttl.unused, lang));
            text.replace("{retry}", &span(ttl.retry, lang))
        }
        Until::For(time) => span(time, lang),
        Until::IdleOr(idle, most) => {
            let text = w.until_idle.replace("{idle}", &span(idle, lang));
            text.replace("{most}", &span(most, lang))
        }
        Until::AfterEnd(time) => w.until_after.replace("{time}", &span(time, lang)),
        Until::Ever => w.until_ever.to_owned(),
        Until::WorkspaceDeleted => w.until_workspace.to_owned(),
        _ => w.until_deleted.to_owned(),
    }
}

fn passed_to(third: &Third, w: &Words) -> String {
    let by = |text: &str, app: bool| {
        if app {
            text.to_owned()
        } else {
            format!("{text} ({})", w.third_if)
        }
    };
    match third {
        Third::Instagram(app) => by(w.third_instagram, *app),
        Third::Facebook(app) => by(w.third_facebook, *app),
        Third::SignIn(provider) => w
            .third_sign_in
            .replace("{provider}", called(provider.as_str(), w)),
    }
}
