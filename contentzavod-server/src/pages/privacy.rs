//! `/privacy`: who runs this server, what it keeps and for how long, and whom it passes anything to.

use askama::Template;
use contentzavod_core::model::retention::{Kept, Until};
use poem::http::StatusCode;
use poem::web::Data;
use poem::{Response, Result, handler};

use super::policy::{Policy, Third, span};
use super::shell::{Shell, html};
use super::sign_in::called;
use super::visitor::Visitor;
use super::words::Words;
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

/// `GET /privacy`.
#[handler]
pub(super) fn privacy(visitor: Visitor<'_>, Data(policy): Data<&Policy>) -> Result<Response> {
    let s = visitor.shell();
    let w = s.w;
    let rows = policy.table.iter();
    let page = PrivacyPage {
        operator: match &policy.operator.name {
            Some(name) => w.run_by.replace("{operator}", name),
            None => w.run_by_somebody.to_owned(),
        },
        contact: policy.operator.contact.clone(),
        rows: rows
            .map(|(kept, until)| (what(*kept, w), how_long(*until, w)))
            .collect(),
        thirds: policy
            .thirds
            .iter()
            .map(|third| passed_to(third, w))
            .collect(),
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

fn how_long(until: Until, w: &Words) -> String {
    let lang = language::current();
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
        _ => w.until_deleted.to_owned(),
    }
}

fn passed_to(third: &Third, w: &Words) -> String {
    match third {
        Third::Instagram => w.third_instagram.to_owned(),
        Third::Facebook => w.third_facebook.to_owned(),
        Third::SignIn(provider) => w
            .third_sign_in
            .replace("{provider}", called(provider.as_str(), w)),
    }
}
