//! Connected accounts.

use serde_json::json;

use crate::world::World;

#[tokio::test]
async fn a_token_goes_in_and_never_comes_out() {
    let w = World::new().await;
    let token = w.sandbox.add_account("anna");
    let body = json!({ "access_token": token });
    let made = w.post("/v1/accounts", &body).await.made();
    assert_eq!(made.body["username"], "anna");
    assert_eq!(made.body["status"], "active");
    assert_eq!(made.body["platform"], "instagram");
    let id = made.id();
    let (list, one) = (
        w.get("/v1/accounts").await.fine(),
        w.get(&format!("/v1/accounts/{id}")).await.fine(),
    );
    for answer in [&made, &list, &one] {
        assert!(!answer.text.contains(&token), "{}", answer.text);
    }
    assert_eq!(list.body["items"][0], one.body);
    let again = w.post("/v1/accounts", &body).await.made();
    assert_eq!(again.id(), id, "the same account");
}

#[tokio::test]
async fn what_is_no_token_is_refused_without_being_told() {
    let w = World::new().await;
    for (token, rule) in [
        ("", "access_token.format access_token"),
        ("with space", "access_token.format access_token"),
        ("no-such-token-canary", "access_token.refused access_token"),
    ] {
        let refused = w
            .post("/v1/accounts", &json!({ "access_token": token }))
            .await;
        let refused = refused.refused(422, "request.invalid");
        assert_eq!(refused.findings(), [rule]);
        assert!(!refused.text.contains("canary"), "{}", refused.text);
    }
    assert_eq!(w.get("/v1/accounts").await.body["items"], json!([]));
}

#[tokio::test]
async fn a_disconnected_account_takes_no_posts() {
    let w = World::new().await;
    let body = w.draft_of_post("x").await;
    let account = body["account_ids"][0].as_str().unwrap().to_owned();
    assert_eq!(
        w.delete(&format!("/v1/accounts/{account}")).await.status,
        204
    );
    let gone = w.get(&format!("/v1/accounts/{account}")).await.fine();
    assert_eq!(gone.body["status"], "disconnected");
    let refused = w.post("/v1/posts", &body).await;
    let refused = refused.refused(422, "request.invalid");
    assert_eq!(refused.findings(), ["account.disconnected account_ids[0]"]);
    assert_eq!(
        w.account("anna").await,
        account,
        "connecting again finds it"
    );
    w.post("/v1/posts", &body).await.made();
}

#[tokio::test]
async fn a_platform_that_does_not_answer_is_not_the_tokens_fault() {
    let mut w = World::new().await;
    let token = w.sandbox.add_account("anna");
    let stand_in = contentzavod_instagram::sandbox::Sandbox::builder();
    let sandbox = std::mem::replace(&mut w.sandbox, stand_in.start().await.unwrap());
    sandbox.stop().await;
    let refused = w
        .post("/v1/accounts", &json!({ "access_token": token }))
        .await;
    let refused = refused.refused(502, "platform.unavailable");
    assert!(refused.headers.contains_key("retry-after"));
    assert!(!refused.text.contains(&token), "{}", refused.text);
}
