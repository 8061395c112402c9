//! To Instagram and back, and out of here with everything or nothing: walked, and looked at.

use e2e::front::Front;

use crate::looks::sound;
use crate::shots::{BOTH, come_in};
use crate::tab::Tab;

/// What a person looks for.
struct Words {
    instagram: &'static str,
    page: &'static str,
    on: &'static str,
    choose: &'static str,
    disconnect: &'static str,
    export: &'static str,
    delete: &'static str,
}

const WORDS: [Words; 2] = [
    Words {
        instagram: "Connect an Instagram account",
        page: "Connect through a Facebook Page",
        on: "Go on",
        choose: "Connect",
        disconnect: "Disconnect",
        export: "Take everything out",
        delete: "Delete everything",
    },
    Words {
        instagram: "Подключить аккаунт Instagram",
        page: "Подключить через страницу Facebook",
        on: "Продолжить",
        choose: "Подключить",
        disconnect: "Отключить",
        export: "Выгрузить всё",
        delete: "Удалить всё",
    },
];

/// On the platform's page, which the sandbox plays: somebody says who they are and agrees.
async fn agrees(tab: &Tab, account: &str) {
    tab.reads("The sandbox plays this page").await;
    tab.fill("sandbox_account", account).await;
    // It has no picture for the tab, which is no fault of ours.
    tab.complaints().await;
    tab.click("Agree").await;
}

#[tokio::test]
async fn an_account_is_connected_and_disconnected() {
    for ((lang, languages), words) in BOTH.into_iter().zip(WORDS) {
        let front = Front::start(&[], None).await.unwrap();
        front.stand_in.reads(lang);
        let tab = Tab::new(languages).await;
        come_in(&front, &tab, "Google", "Anna").await;
        tab.open(front.site.as_str()).await;
        tab.click(words.instagram).await;
        agrees(&tab, "anna.reels").await;
        tab.reads("@anna.reels").await;
        sound(&tab, "connected", lang).await;
        tab.click(words.on).await;
        tab.click(words.instagram).await;
        agrees(&tab, "anna.reels").await;
        tab.reads("@anna.reels").await;
        sound(&tab, "connected-again", lang).await;
        tab.click(words.on).await;
        tab.click(words.page).await;
        agrees(&tab, "one+two").await;
        tab.reads("@two").await;
        sound(&tab, "connect-choose", lang).await;
        tab.click(words.choose).await;
        tab.reads(words.on).await;
        tab.click(words.on).await;
        tab.click(words.page).await;
        agrees(&tab, "bare.one").await;
        tab.reads("bare.one").await;
        sound(&tab, "connect-nothing", lang).await;
        tab.open(front.site.as_str()).await;
        tab.click(words.instagram).await;
        tab.run("document.querySelector('[name$=content_publish]').checked = false")
            .await;
        agrees(&tab, "anna.reels").await;
        tab.reads("content_publish").await;
        sound(&tab, "connect-missing", lang).await;
        tab.open(front.site.as_str()).await;
        tab.click(words.disconnect).await;
        tab.reads("?").await;
        sound(&tab, "disconnect", lang).await;
        tab.click(words.disconnect).await;
        tab.reads(words.page).await;
        sound(&tab, "home-disconnected", lang).await;
    }
}

#[tokio::test]
async fn everything_is_taken_out_and_deleted() {
    for ((lang, languages), words) in BOTH.into_iter().zip(WORDS) {
        let front = Front::start(
            &[
                ("OPERATOR__NAME", "Студия «А», ИП Преображенская А. К."),
                ("OPERATOR__CONTACT", "privacy@example.com"),
            ],
            None,
        );
        let front = front.await.unwrap();
        front.stand_in.reads(lang);
        let tab = Tab::new(languages).await;
        for page in ["privacy", "data-deletion", "data-deletion/made-up"] {
            tab.open(&format!("{}{page}", front.site)).await;
            sound(&tab, &page.replace('/', "-"), lang).await;
        }
        come_in(&front, &tab, "Google", "Anna").await;
        tab.open(front.site.as_str()).await;
        tab.click(words.instagram).await;
        agrees(&tab, "anna.reels").await;
        tab.click(words.on).await;
        tab.click(words.export).await;
        tab.reads("ZIP").await;
        sound(&tab, "export", lang).await;
        tab.open(front.site.as_str()).await;
        tab.click(words.delete).await;
        tab.has("[name=word]").await;
        sound(&tab, "delete", lang).await;
        tab.fill("word", "Boris").await;
        tab.click(words.delete).await;
        tab.has("[role=alert]").await;
        sound(&tab, "delete-wrong", lang).await;
        tab.fill("word", "Anna").await;
        tab.click(words.delete).await;
        tab.has("a[href*=\"data-deletion/\"]").await;
        sound(&tab, "farewell", lang).await;
        tab.click("/data-deletion/").await;
        tab.has("time").await;
        sound(&tab, "data-deletion-done", lang).await;
        tab.open(front.site.as_str()).await;
        assert_eq!(tab.path().await, "/sign-in");
    }
}
