//! The connector over the sandbox's pages, and the page as a browser shows it.

use contentzavod_core::model::Secret;
use contentzavod_core::ports::{Connector, Granted, Seen};
use contentzavod_instagram::sandbox::{FACEBOOK_APP, INSTAGRAM_APP};
use contentzavod_instagram::{
    Family, GraphConfig, InstagramApp, InstagramConnector, signed_request,
};
use secrecy::ExposeSecret;
use url::Url;

use crate::bench::{Bench, bench};
use crate::contract::config;

fn back() -> Url {
    Url::parse("https://zavod.example/oauth/instagram/callback").unwrap()
}

fn connector(b: &Bench) -> InstagramConnector {
    let host = |name: &str| b.sandbox.url().join(name).unwrap();
    let config = GraphConfig {
        authorize_url: host("www.instagram.com/oauth/authorize"),
        facebook_authorize_url: host("www.facebook.com"),
        instagram_app: Some(InstagramApp {
            id: INSTAGRAM_APP.id.to_owned(),
            secret: INSTAGRAM_APP.secret.into(),
        }),
        ..config(b)
    };
    InstagramConnector::new(config).unwrap()
}

#[expect(
    clippy::disallowed_methods,
    reason = "a browser that stays where it is"
)]
async fn visit(url: Url, accept: &str) -> reqwest::Response {
    let browser = reqwest::Client::builder();
    let browser = browser.redirect(reqwest::redirect::Policy::none()).build();
    let visit = browser.unwrap().get(url).header("accept", accept);
    visit.send().await.unwrap()
}

/// Where somebody is sent to who is told to say this on the page.
async fn sent_back(b: &Bench, family: Family, says: &[(&str, &str)]) -> Url {
    let page = connector(b).authorize(family.as_str(), "a state", &back());
    let mut page = page.unwrap();
    page.query_pairs_mut().extend_pairs(says);
    let answer = visit(page, "*/*").await;
    let to = answer.headers().get("location").expect("sent back");
    to.to_str().unwrap().parse().unwrap()
}

fn param(url: &Url, name: &str) -> Option<String> {
    let mut pairs = url.query_pairs();
    pairs.find(|(k, _)| k == name).map(|(_, v)| v.into_owned())
}

async fn granted(b: &Bench, family: Family, says: &[(&str, &str)]) -> Granted {
    let url = sent_back(b, family, says).await;
    assert_eq!(param(&url, "state").as_deref(), Some("a state"));
    let code = Secret::from(param(&url, "code").unwrap());
    let granted = connector(b).exchange(family.as_str(), &code, &back()).await;
    granted.unwrap().value
}

async fn seen(b: &Bench, family: Family, accounts: &str) -> Vec<Seen> {
    let granted = granted(b, family, &[("sandbox_account", accounts)]).await;
    assert!(granted.missing.is_empty(), "{:?}", granted.missing);
    let connector = connector(b);
    let seen = connector
        .survey(&granted.token, Some(family.as_str()))
        .await;
    seen.unwrap().value
}

fn shown(seen: &[Seen]) -> Vec<(&str, Option<&str>)> {
    let shown = seen.iter().map(|seen| {
        let reason = seen.reason.as_ref().map(|fault| &*fault.code);
        assert_eq!(reason.is_none(), seen.account.is_some());
        (&*seen.name, reason)
    });
    shown.collect()
}

#[tokio::test]
async fn an_account_is_connected_by_either_page() {
    let b = bench().await;
    for family in Family::ALL {
        let seen = seen(&b, family, "anna").await;
        assert_eq!(shown(&seen), [("anna", None)]);
        let who = seen[0].account.as_ref().unwrap();
        assert_eq!(who.login, family.as_str());
        // Whom the platform names in a callback is whom we know.
        let said = b.sandbox.signed_request(family, "anna");
        let secrets = [INSTAGRAM_APP.secret, FACEBOOK_APP.secret].map(Secret::from);
        let said = signed_request::verify(&said, &secrets, b.now()).unwrap();
        assert_eq!(Some(said.user_id), who.app_scoped_id);
    }
}

#[tokio::test]
async fn what_cannot_be_connected_is_seen() {
    let b = bench().await;
    let personal = seen(&b, Family::Instagram, "personal.anna").await;
    let reason = Some("instagram.account.personal");
    assert_eq!(shown(&personal), [("personal.anna", reason)]);
    let pages = seen(&b, Family::Facebook, "shop+bare.one+viewer.two+cafe").await;
    assert_eq!(
        shown(&pages),
        [
            ("shop", None),
            ("Page of bare.one", Some("instagram.page.unlinked")),
            ("Page of viewer.two", Some("instagram.page.task")),
            ("cafe", None),
        ]
    );
}

#[tokio::test]
async fn what_is_unticked_is_missing() {
    let b = bench().await;
    for (family, name) in [
        (Family::Instagram, "instagram_business_content_publish"),
        (Family::Facebook, "instagram_content_publish"),
    ] {
        let granted = granted(&b, family, &[("sandbox_declined", name)]).await;
        assert_eq!(granted.missing, [name]);
    }
}

/// The values of the form's fields, as a browser sends them when nothing is touched.
fn fields(html: &str) -> Vec<(String, String)> {
    let attribute = |tag: &str, name: &str| {
        let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
        let (value, _) = rest.split_once('"')?;
        let value = value.replace("&lt;", "<").replace("&gt;", ">");
        Some(value.replace("&quot;", "\"").replace("&amp;", "&"))
    };
    let tags = html.split("<input").skip(1);
    tags.map(|tag| tag.split_once('>').unwrap().0)
        .filter_map(|tag| Some((attribute(tag, "name")?, attribute(tag, "value")?)))
        .collect()
}

#[tokio::test]
async fn a_browser_is_shown_a_page_whose_form_does_it() {
    let b = bench().await;
    for family in Family::ALL {
        let state = "a \"state\" & <more>";
        let page = connector(&b).authorize(family.as_str(), state, &back());
        let page = page.unwrap();
        let html = visit(page.clone(), "text/html,application/xhtml+xml,*/*;q=0.8").await;
        assert_eq!(html.status(), 200);
        let kind = html.headers()["content-type"].to_str().unwrap();
        assert!(kind.starts_with("text/html"), "{kind}");
        let html = html.text().await.unwrap();
        assert!(!html.contains("<more>"), "{html}");
        let mut form = fields(&html);
        let send = async |form: &[(String, String)]| -> Url {
            let mut url = page.clone();
            url.set_query(None);
            url.query_pairs_mut().extend_pairs(form);
            let answer = visit(url, "text/html").await;
            let to = answer.headers()["location"].to_str().unwrap().to_owned();
            to.parse().unwrap()
        };
        let agreed = send(&form).await;
        assert_eq!(param(&agreed, "state").as_deref(), Some(state));
        let code = Secret::from(param(&agreed, "code").unwrap());
        let granted = connector(&b);
        let granted = granted.exchange(family.as_str(), &code, &back()).await;
        let granted = granted.unwrap().value;
        assert!(granted.missing.is_empty() && !granted.token.expose_secret().is_empty());
        // One box unticked.
        let ticked = form.len();
        form.retain(|(name, _)| !name.ends_with("content_publish"));
        assert_eq!(form.len(), ticked - 1);
        let code = Secret::from(param(&send(&form).await, "code").unwrap());
        let granted = connector(&b);
        let granted = granted.exchange(family.as_str(), &code, &back()).await;
        assert_eq!(granted.unwrap().value.missing.len(), 1);
        form.push(("sandbox_cancel".to_owned(), "1".to_owned()));
        let cancelled = send(&form).await;
        assert_eq!(param(&cancelled, "code"), None);
        assert_eq!(param(&cancelled, "error").as_deref(), Some("access_denied"));
    }
}

/// What is wrong with the way there is said at once, in a browser too.
#[tokio::test]
async fn a_browser_is_told_what_is_wrong_before_it_agrees() {
    let b = bench().await;
    let page = connector(&b).authorize("instagram", "s", &back());
    let mut wrong = page.unwrap();
    wrong.query_pairs_mut().append_pair("client_id", "1");
    assert_eq!(visit(wrong, "text/html").await.status(), 400);
}
