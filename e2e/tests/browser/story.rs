//! People come in, by clicking.

use contentzavod_core::model::{Actor, Role};
use contentzavod_identity::stand_in::Part;
use e2e::front::Front;
use secrecy::ExposeSecret;

use crate::tab::Tab;

pub(crate) const ENGLISH: &str = "en-GB,en";
pub(crate) const RUSSIAN: &str = "ru-RU,ru";

/// Neither a broken policy nor a file that is not there.
async fn content(tab: &Tab) {
    assert_eq!(
        tab.complaints().await,
        Vec::<String>::new(),
        "{}",
        tab.url().await
    );
}

/// The path of a link for the first owner.
pub(crate) async fn first_link(front: &Front) -> String {
    let link = front
        .server
        .zavod
        .first_owner_link()
        .await
        .unwrap()
        .unwrap();
    format!("{}auth/first/{}", front.site, link.expose_secret())
}

/// The words that a person looks for.
struct Words {
    welcome: &'static str,
    save: &'static str,
    choose: &'static str,
}

const IN_ENGLISH: Words = Words {
    welcome: "Welcome",
    save: "Save",
    choose: "Choose",
};
const IN_RUSSIAN: Words = Words {
    welcome: "Добро пожаловать",
    save: "Сохранить",
    choose: "Выберите",
};

#[tokio::test]
async fn somebody_new_signs_in_with_each_provider_and_out_again() {
    for (way, languages, words) in [
        ("Sign in with Google", ENGLISH, IN_ENGLISH),
        ("Sign in with Yandex ID", ENGLISH, IN_ENGLISH),
        ("Войти через Telegram", RUSSIAN, IN_RUSSIAN),
        ("Войти через Яндекс ID", RUSSIAN, IN_RUSSIAN),
    ] {
        let front = Front::start(&[], None).await.unwrap();
        front.stand_in.reads(&languages[..2]);
        let tab = Tab::new(languages).await;
        tab.open(front.site.as_str()).await;
        assert_eq!(tab.path().await, "/sign-in");
        content(&tab).await;
        tab.click(way).await;
        tab.reads("Stand-in for").await;
        // The stand-in has no picture for the tab, which is no fault of ours.
        tab.complaints().await;
        tab.click("Continue as Anna").await;
        tab.reads(words.welcome).await;
        assert_eq!(tab.path().await, "/settings?new=1");
        content(&tab).await;
        fills_it_in(&tab, &words).await;
        tab.complaints().await;
        // Signed in, the pages speak what was chosen, and out again, what the browser asks for.
        tab.click("Выйти").await;
        tab.reads(words.choose).await;
        // The way back shows nothing of it.
        tab.open(front.site.as_str()).await;
        assert_eq!(tab.path().await, "/sign-in");
        content(&tab).await;
    }
}

/// A zone that is none, while everything else stays as it was typed; then one that is.
async fn fills_it_in(tab: &Tab, words: &Words) {
    assert_eq!(tab.field("name").await, "Anna");
    tab.fill("workspace", "Студия «А»").await;
    tab.fill("timezone", "Mars/Base").await;
    tab.click(words.save).await;
    tab.has("[role=alert]").await;
    tab.reads(words.welcome).await;
    assert_eq!(tab.field("workspace").await, "Студия «А»");
    assert_eq!(tab.field("timezone").await, "Mars/Base");
    tab.fill("timezone", "Asia/Yekaterinburg").await;
    tab.choose("locale", "ru").await;
    tab.click(words.save).await;
    tab.reads("Студия «А»").await;
    assert_eq!(tab.path().await, "/");
    tab.reads("Asia/Yekaterinburg").await;
    tab.reads("владелец").await;
}

#[tokio::test]
async fn somebody_turns_back_and_begins_again() {
    let front = Front::start(&[], None).await.unwrap();
    let tab = Tab::new(ENGLISH).await;
    tab.open(front.site.as_str()).await;
    tab.click("Google").await;
    tab.click("Cancel").await;
    tab.reads("You are not signed in").await;
    tab.click("To the start page").await;
    tab.click("Google").await;
    tab.click("Continue as Anna").await;
    tab.reads("Welcome").await;
}

#[tokio::test]
async fn the_first_owner_comes_in_by_the_link() {
    for (languages, come_in, zone, accounts) in [
        (ENGLISH, "Come in", "Time zone", "None is connected yet"),
        (
            RUSSIAN,
            "Войти",
            "Часовой пояс",
            "Пока ни один не подключён",
        ),
    ] {
        let front = Front::without_providers().await.unwrap();
        let link = first_link(&front).await;
        let tab = Tab::new(languages).await;
        tab.open(&link).await;
        tab.reads(zone).await;
        content(&tab).await;
        tab.fill("name", "Ольга <b>").await;
        tab.fill("workspace", "Studio").await;
        tab.fill("timezone", "Europe/Moskva").await;
        tab.click(come_in).await;
        tab.has("[role=alert]").await;
        for (name, typed) in [
            ("name", "Ольга <b>"),
            ("workspace", "Studio"),
            ("timezone", "Europe/Moskva"),
        ] {
            assert_eq!(tab.field(name).await, typed);
        }
        tab.fill("timezone", "Europe/Moscow").await;
        tab.click(come_in).await;
        tab.reads(accounts).await;
        assert_eq!(tab.path().await, "/");
        let text = tab.text().await;
        assert!(
            text.contains("Studio") && text.contains("Ольга <b>"),
            "{text}"
        );
    }
}

#[tokio::test]
async fn an_invitation_is_followed_by_whoever_is_new_and_by_whoever_is_here() {
    let invited = [("SIGN_IN__NEWCOMERS", "invited")];
    let front = Front::start(&invited, None).await.unwrap();
    let link = first_link(&front).await;
    let tab = Tab::new(ENGLISH).await;
    tab.open(&link).await;
    tab.fill("name", "Olga").await;
    tab.fill("workspace", "Studio").await;
    tab.click("Come in").await;
    tab.reads("Olga").await;
    let path = invitation(&front, actor(&front, &tab).await, Role::Editor).await;
    tab.click("Sign out").await;
    tab.reads("Choose").await;
    tab.open(&path).await;
    tab.reads("Olga invites you to Studio").await;
    content(&tab).await;
    tab.click("Telegram").await;
    tab.click("Continue as Anna").await;
    tab.reads("Welcome").await;
    tab.open(front.site.as_str()).await;
    tab.reads("Studio").await;
    assert!(tab.text().await.contains("editor"));
    // The same link again is used up.
    tab.open(&path).await;
    tab.reads("An invitation is needed").await;
}

/// Whoever is signed in.
pub(crate) async fn actor(front: &Front, tab: &Tab) -> Actor {
    let token = tab.cookie("cz_session").await.into();
    let (session, _) = front.server.zavod.session(&token).await.unwrap().unwrap();
    Actor {
        user: session.user,
        workspace: session.workspace,
    }
}

/// The address of an invitation by somebody.
pub(crate) async fn invitation(front: &Front, by: Actor, role: Role) -> String {
    let (_, secret) = front.server.zavod.invite(by, role).await.unwrap();
    format!("{}invitation/{}", front.site, secret.expose_secret())
}

#[tokio::test]
async fn a_browser_that_keeps_no_cookies_is_told_so_and_not_sent_round() {
    let front = Front::start(&[], None).await.unwrap();
    let link = first_link(&front).await;
    let tab = Tab::without_cookies(ENGLISH).await;
    tab.open(front.site.as_str()).await;
    tab.click("Google").await;
    tab.click("Continue as Anna").await;
    tab.reads("The sign-in began in another browser").await;
    // By a link: they are known, but the browser does not show it.
    tab.open(&link).await;
    tab.fill("name", "Olga").await;
    tab.click("Come in").await;
    tab.reads("Your browser kept no cookie").await;
    tab.click("Begin again").await;
    tab.reads("Sign in with Google").await;
}

#[tokio::test]
async fn what_has_gone_meanwhile_leads_to_the_ways_in() {
    let front = Front::start(&[], None).await.unwrap();
    let tab = Tab::new(ENGLISH).await;
    tab.open(front.site.as_str()).await;
    tab.click("Google").await;
    tab.click("Continue as Anna").await;
    tab.reads("Welcome").await;
    tab.forget_cookies().await;
    tab.click("Save").await;
    tab.reads("Choose").await;
    tab.open(front.site.as_str()).await;
    assert_eq!(tab.path().await, "/sign-in");
}

#[tokio::test]
async fn another_site_can_send_no_form_of_ours() {
    let front = Front::start(&[], None).await.unwrap();
    let tab = Tab::new(ENGLISH).await;
    tab.open(front.site.as_str()).await;
    tab.click("Google").await;
    tab.click("Continue as Anna").await;
    tab.reads("Welcome").await;
    tab.click("Save").await;
    tab.reads("Anna").await;
    // The stand-in is another site for the browser: another port is another origin, another name
    // another site.
    let evil = front
        .stand_in
        .url(Part::Google)
        .to_string()
        .replace("127.0.0.1", "localhost");
    tab.open(&format!("{evil}/authorize")).await;
    let script = format!(
        "document.body.innerHTML = '<form method=post action=\"{}settings\">\
         <input name=name value=Evil><input name=locale value=ru>\
         <input name=workspace value=Evil><input name=timezone value=UTC></form>'; \
         document.forms[0].submit()",
        front.site
    );
    tab.run(&script).await;
    tab.reads("does not come from a page of this server").await;
    // Nor read anything with the cookie.
    tab.open(&format!("{evil}/authorize")).await;
    let script = format!(
        "return fetch('{}v1/users/me', {{ credentials: 'include' }})\
         .then(r => r.text(), e => 'no: ' + e)",
        front.site
    );
    let read = tab.run(&script).await;
    assert!(read.as_str().unwrap().starts_with("no: "), "{read}");
    tab.open(front.site.as_str()).await;
    let text = tab.text().await;
    assert!(text.contains("Anna") && !text.contains("Evil"), "{text}");
}
