//! What a person reads is said in their language.

use chrono::TimeDelta;
use contentzavod_instagram::sandbox::{Fault, Rule, Stage};
use reqwest::Method;
use serde_json::{Value, json};

use crate::world::{Answer, World, read};

/// Reads a path with a header, or without one.
async fn told(w: &World, path: &str, lang: Option<&str>) -> Answer {
    let mut request = w.request(Method::GET, path);
    if let Some(lang) = lang {
        request = request.header("accept-language", lang);
    }
    read(request.send().await.unwrap()).await
}

fn error(answer: &Answer) -> &Value {
    &answer.body["publications"][0]["error"]
}

/// The request's language, else the person's own, else English.
#[tokio::test]
async fn a_reason_is_told_in_the_readers_language() {
    let w = World::new().await;
    let dead = Fault::TokenDeath { subcode: 463 };
    w.sandbox
        .set_faults(vec![Rule::times(Stage::Create, dead, 1)].into());
    let post = w.scheduled("x").await;
    w.until(&post.id(), "waiting_account").await;
    let path = format!("/v1/posts/{}", post.id());
    let english = told(&w, &path, None).await.fine();
    assert_eq!(error(&english)["code"], "instagram.190.463");
    assert_eq!(error(&english)["action"], "reconnect");
    assert_eq!(
        error(&english)["message"],
        "Instagram's permission to publish for this account has expired. Connect the account again. \
         Then it goes on by itself."
    );
    let says = |answer: &Answer, words: &str| {
        let message = error(answer)["message"].as_str().unwrap().to_owned();
        assert!(message.contains(words), "{message}");
    };
    says(
        &told(&w, &path, Some("ru-RU, en;q=0.5")).await,
        "Подключите аккаунт заново.",
    );
    w.put("/v1/users/me", &json!({ "locale": "ru" }))
        .await
        .fine();
    says(&told(&w, &path, None).await, "Подключите аккаунт заново.");
    says(
        &told(&w, &path, Some("de")).await,
        "Подключите аккаунт заново.",
    );
    says(
        &told(&w, &path, Some("en")).await,
        "Connect the account again.",
    );
    let inbox = told(&w, "/v1/notifications", None).await.fine();
    assert!(
        inbox
            .text
            .contains("Публикация ждёт аккаунт. Срок разрешения"),
        "{}",
        inbox.text
    );
    let inbox = told(&w, "/v1/notifications", Some("en")).await.fine();
    assert!(
        inbox.text.contains("Your post waits for its account."),
        "{}",
        inbox.text
    );
}

/// A conflict names the publication, where it stands and what can be done instead.
#[tokio::test]
async fn a_conflict_says_what_can_be_done_instead() {
    let w = World::new().await;
    let post = w.scheduled("x").await;
    let path = format!("/v1/publications/{}/retry", post.publication());
    let request = w.request(Method::POST, &path).json(&json!({}));
    let refused = read(
        request
            .header("accept-language", "ru")
            .send()
            .await
            .unwrap(),
    )
    .await;
    let refused = refused.refused(409, "publication.state");
    assert_eq!(refused.body["title"], "Публикация в другом состоянии");
    let finding = &refused.body["findings"][0];
    assert_eq!(finding["actual"], post.publication());
    assert_eq!(
        finding["message"],
        "Повторить можно только не вышедшую или пропущенную публикацию; эта — запланирована."
    );
    assert!(
        finding["fix"]
            .as_str()
            .unwrap()
            .starts_with("Она выйдет сама"),
        "{finding}"
    );
}

/// Whoever makes the rule: the core, the platform's policy, the pre-flight.
#[tokio::test]
async fn every_rule_of_a_post_is_told_in_the_readers_language() {
    let w = World::new().await;
    let mut body = w.draft_of_post(&"#a ".repeat(40)).await;
    body["publish_at"] = json!(w.after(TimeDelta::hours(-2)));
    body["content"]["thumb_offset_ms"] = json!(86_400_000);
    let request = w.request(Method::POST, "/v1/posts/validate").json(&body);
    let checked = read(
        request
            .header("accept-language", "ru")
            .send()
            .await
            .unwrap(),
    )
    .await
    .fine();
    let findings = checked.body["findings"].as_array().unwrap();
    let rules: Vec<&str> = findings
        .iter()
        .map(|f| f["rule"].as_str().unwrap())
        .collect();
    for rule in ["publish_at.past", "cover.offset", "caption.hashtags"] {
        assert!(rules.contains(&rule), "{rules:?}");
    }
    for finding in findings {
        let message = finding["message"].as_str().unwrap();
        assert!(
            message.chars().any(|c| ('а'..='я').contains(&c)),
            "{finding}"
        );
    }
}
