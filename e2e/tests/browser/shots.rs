//! Every page in both languages, on a desk by day and on a phone by night: looked at by rules here,
//! and by eyes in `target/screenshots`.

use contentzavod_core::model::{Actor, Lang, Role};
use contentzavod_core::service::Newcomer;
use contentzavod_identity::stand_in::Part;
use e2e::front::Front;
use secrecy::ExposeSecret;

use crate::looks::sound;
use crate::story::{ENGLISH, RUSSIAN, actor, first_link, invitation};
use crate::tab::Tab;

pub(crate) const BOTH: [(&str, &str); 2] = [("en", ENGLISH), ("ru", RUSSIAN)];
/// A name as long as names may be.
const LONG: &str = "Международное производственное объединение «Контентный завод имени Анны \
                    К. Преображенской»";

/// Signs in with a provider by clicking.
pub(crate) async fn come_in(front: &Front, tab: &Tab, provider: &str, name: &str) {
    front.stand_in.person(name);
    tab.open(&format!("{}sign-in", front.site)).await;
    tab.click(provider).await;
    tab.click(&format!("Continue as {name}")).await;
    // Back here: only then the browser is not on its way any more.
    tab.has("header .name").await;
}

#[tokio::test]
async fn pages_of_a_stranger() {
    for (lang, languages) in BOTH {
        let front = Front::start(&[("SIGN_IN__NEWCOMERS", "invited")], None)
            .await
            .unwrap();
        front.stand_in.reads(lang);
        let tab = Tab::new(languages).await;
        let link = first_link(&front).await;
        tab.open(&link).await;
        sound(&tab, "first", lang).await;
        tab.fill("name", "Анна").await;
        tab.fill("timezone", "Mars/Base").await;
        tab.run("document.forms[0].submit()").await;
        tab.has("[role=alert]").await;
        sound(&tab, "first-wrong", lang).await;
        let secret = link.rsplit('/').next().unwrap().to_owned().into();
        let who = Newcomer {
            name: "Константин Константинопольский".into(),
            workspace: LONG.into(),
            ..Newcomer::default()
        };
        let owner = front
            .server
            .zavod
            .come_in(&secret, who, None)
            .await
            .unwrap()
            .session;
        let actor = Actor {
            user: owner.user,
            workspace: owner.workspace,
        };
        let invited = invitation(&front, actor, Role::Editor).await;
        for (page, path) in [
            ("sign-in", "sign-in"),
            ("link", "auth/link/x"),
            ("no-cookie", "auth/arrived"),
            ("nowhere", "nowhere"),
            ("uninvited", "invitation/made-up"),
            ("unknown-sign-in", "auth/google/callback?code=1&state=1"),
        ] {
            tab.open(&format!("{}{path}", front.site)).await;
            sound(&tab, page, lang).await;
        }
        tab.open(&invited).await;
        sound(&tab, "invitation", lang).await;
        // Nobody invited them.
        come_in(&front, &tab, "Google", "Boris").await;
        sound(&tab, "newcomer-uninvited", lang).await;
        tab.open(&invited).await;
        tab.click("Google").await;
        tab.click("Continue as Boris").await;
        tab.has("header .name").await;
        sound(&tab, "welcome-editor", lang).await;
        tab.open(&invitation(&front, actor, Role::Editor).await)
            .await;
        sound(&tab, "invitation-signed-in", lang).await;
    }
}

#[tokio::test]
async fn pages_of_an_owner() {
    for (lang, languages) in BOTH {
        let front = Front::start(&[], None).await.unwrap();
        front.stand_in.reads(lang);
        let tab = Tab::new(languages).await;
        come_in(&front, &tab, "Google", "Anna").await;
        sound(&tab, "welcome", lang).await;
        tab.open(front.site.as_str()).await;
        sound(&tab, "home-new", lang).await;
        let actor = actor(&front, &tab).await;
        for account in ["anna_reels", "a_rather_long.name_of_anna_30c"] {
            let token = front.sandbox.add_account(account).into();
            let zavod = &front.server.zavod;
            zavod
                .connect_with_token(actor, "instagram", &token)
                .await
                .unwrap();
        }
        let provider = Part::Telegram.as_str();
        tab.open(&format!("{}auth/{provider}/start?purpose=link", front.site))
            .await;
        tab.click("Continue as Anna").await;
        tab.has("header .name").await;
        // Another browser, by a link of the operator's.
        let link = front.server.zavod.return_link(actor.user).await.unwrap();
        front.server.zavod.come_back(&link, None).await.unwrap();
        tab.open(&format!("{}settings", front.site)).await;
        sound(&tab, "settings", lang).await;
        tab.fill("name", LONG).await;
        tab.fill("workspace", LONG).await;
        tab.fill("timezone", "America/Argentina/ComodRivadavia")
            .await;
        tab.run("document.forms[0].submit()").await;
        tab.reads("ComodRivadavia").await;
        sound(&tab, "home", lang).await;
        tab.open(&format!("{}settings", front.site)).await;
        tab.fill("timezone", "Mars").await;
        tab.run("document.querySelector('[name=name]').value = ''")
            .await;
        tab.run("document.forms[0].submit()").await;
        tab.has("[role=alert]").await;
        sound(&tab, "settings-wrong", lang).await;
        tab.open(&format!("{}auth/again", front.site)).await;
        sound(&tab, "again", lang).await;
    }
}

#[tokio::test]
async fn pages_where_no_provider_is_switched_on() {
    for (lang, languages) in BOTH {
        let front = Front::without_providers().await.unwrap();
        let tab = Tab::new(languages).await;
        tab.open(front.site.as_str()).await;
        sound(&tab, "sign-in-no-ways", lang).await;
        let link = first_link(&front).await;
        let secret = link.rsplit('/').next().unwrap().to_owned().into();
        let who = Newcomer {
            name: "Анна".into(),
            lang: Lang::of(lang),
            ..Newcomer::default()
        };
        let owner = front
            .server
            .zavod
            .come_in(&secret, who, None)
            .await
            .unwrap()
            .session;
        let actor = Actor {
            user: owner.user,
            workspace: owner.workspace,
        };
        tab.open(&invitation(&front, actor, Role::Viewer).await)
            .await;
        sound(&tab, "invitation-no-ways", lang).await;
        let link = front.server.zavod.return_link(actor.user).await.unwrap();
        tab.open(&format!("{}auth/link/{}", front.site, link.expose_secret()))
            .await;
        tab.run("document.forms[0].submit()").await;
        tab.reads("UTC").await;
        tab.open(&format!("{}auth/again", front.site)).await;
        sound(&tab, "again-by-link", lang).await;
    }
}
