//! Where newcomers need an invitation.

use chrono::TimeDelta;
use contentzavod_identity::stand_in::Part;
use reqwest::Method;
use serde_json::json;

use crate::world::{PARTS, World, start_invited};

const GONE: &str = "An invitation is needed";

#[tokio::test]
async fn a_newcomer_without_an_invitation_is_refused_and_leaves_nothing() {
    let w = World::invited().await;
    let mut owner = w.first_owner().await;
    for part in PARTS {
        let mut browser = w.browser();
        let start = format!("/auth/{}/start", part.as_str());
        for start in [start.clone(), format!("{start}?invitation=made-up")] {
            let refused = w.through(&mut browser, &start, "Boris").await.must(403);
            assert!(refused.body.contains(GONE), "{}", refused.body);
            assert!(!refused.signs_in());
            assert_eq!(browser.me().await, None);
        }
    }
    let members = owner.call(Method::GET, "/v1/members", None).await.json();
    assert_eq!(members["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn an_invitation_lets_one_person_in_with_its_role() {
    let w = World::invited().await;
    let mut owner = w.first_owner().await;
    let place = owner.me().await.unwrap()["workspace"]["id"].clone();
    for (part, role) in PARTS.into_iter().zip(["viewer", "editor", "owner"]) {
        let (path, _) = w.invitation(&mut owner, role).await;
        // Looking at it, as chats do for a picture, uses nothing up.
        let mut browser = w.browser();
        for _ in 0..2 {
            let page = browser.get(&path).await.must(200);
            assert!(
                page.body.contains("Olga invites you to Studio"),
                "{}",
                page.body
            );
        }
        let start = start_invited(part, &path);
        let back = w.through(&mut browser, &start, role).await.must(303);
        browser.follow(back).await.must(200);
        let me = browser.me().await.unwrap();
        assert_eq!(me["role"], role);
        assert_eq!(me["workspace"]["id"], place);
        let own = browser
            .call(Method::GET, "/v1/workspaces", None)
            .await
            .json();
        assert_eq!(
            own["items"].as_array().unwrap().len(),
            1,
            "none of their own: {own}"
        );
        // The next one finds it used up.
        let mut late = w.browser();
        let refused = late.get(&path).await.must(403);
        assert!(refused.body.contains(GONE), "{}", refused.body);
        let refused = w.through(&mut late, &start, "Late").await.must(403);
        assert!(!refused.signs_in() && refused.body.contains(GONE));
        // Who is known now needs none any more.
        let mut again = w.browser();
        w.sign_in(&mut again, part, role).await.must(200);
        assert_eq!(again.me().await.unwrap()["id"], me["id"]);
    }
    let open = owner
        .call(Method::GET, "/v1/invitations", None)
        .await
        .json();
    assert_eq!(open["items"], json!([]));
}

#[tokio::test]
async fn an_invitation_ends_after_seven_days_or_when_it_is_taken_back() {
    let w = World::invited().await;
    let mut owner = w.first_owner().await;
    let (late, _) = w.invitation(&mut owner, "viewer").await;
    let (withdrawn, id) = w.invitation(&mut owner, "viewer").await;
    let gone = owner
        .call(Method::DELETE, &format!("/v1/invitations/{id}"), None)
        .await;
    gone.must(204);
    let again = owner
        .call(Method::DELETE, &format!("/v1/invitations/{id}"), None)
        .await;
    assert_eq!(again.must(404).code(), "invitation.not_found");
    // Begun in time, come back in time, but the invitation has ended in between.
    w.server
        .clock
        .advance(TimeDelta::days(7) - TimeDelta::minutes(5));
    let mut browser = w.browser();
    browser.get(&late).await.must(200);
    let start = start_invited(Part::Google, &late);
    let back = w.agreed(&mut browser, &start, "Boris").await;
    w.server.clock.advance(TimeDelta::minutes(6));
    let refused = browser.get(&browser.path_here(&back)).await.must(403);
    assert!(
        !refused.signs_in() && refused.body.contains(GONE),
        "{}",
        refused.body
    );
    for path in [late, withdrawn] {
        let mut browser = w.browser();
        assert!(browser.get(&path).await.must(403).body.contains(GONE));
        let refused = browser.post(&path, &[("name", "Boris")]).await.must(403);
        assert!(!refused.signs_in());
        let start = start_invited(Part::Google, &path);
        assert!(
            !w.through(&mut browser, &start, "Boris")
                .await
                .must(403)
                .signs_in()
        );
    }
}

#[tokio::test]
async fn whoever_is_signed_in_joins_with_a_button_and_works_there() {
    let w = World::new().await;
    let mut owner = w.somebody("Anna").await;
    let studio = owner.me().await.unwrap()["workspace"]["id"].clone();
    let (path, _) = w.invitation(&mut owner, "editor").await;
    let mut browser = w.somebody("Boris").await;
    let own = browser.me().await.unwrap()["workspace"]["id"].clone();
    let page = browser.get(&path).await.must(200);
    assert!(page.body.contains("Join as Boris"), "{}", page.body);
    let joined = browser.post(&path, &[]).await.must(303);
    browser.follow(joined).await.must(200);
    let me = browser.me().await.unwrap();
    assert_eq!(
        (&me["workspace"]["id"], &me["role"]),
        (&studio, &json!("editor"))
    );
    // Both are theirs now, and they go back and forth.
    let all = browser
        .call(Method::GET, "/v1/workspaces", None)
        .await
        .json();
    assert_eq!(all["items"].as_array().unwrap().len(), 2);
    let back = format!("/v1/workspaces/{}/enter", own.as_str().unwrap());
    browser.call(Method::POST, &back, None).await.must(204);
    let me = browser.me().await.unwrap();
    assert_eq!(
        (&me["workspace"]["id"], &me["role"]),
        (&own, &json!("owner"))
    );
    // Used up, for whoever is signed in as well.
    let refused = owner.post(&path, &[]).await;
    assert!(
        matches!(refused.status.as_u16(), 403 | 404),
        "{}",
        refused.body
    );
    // An owner who follows an invitation for less stays an owner.
    let (path, _) = w.invitation(&mut owner, "viewer").await;
    owner.post(&path, &[]).await.must(303);
    assert_eq!(owner.me().await.unwrap()["role"], "owner");
}

#[tokio::test]
async fn nobody_comes_in_by_a_bare_name_where_there_are_providers() {
    let w = World::invited().await;
    let mut owner = w.first_owner().await;
    let (path, _) = w.invitation(&mut owner, "owner").await;
    let mut browser = w.browser();
    let refused = browser.post(&path, &[("name", "Boris")]).await.must(403);
    assert!(!refused.signs_in());
    // And the invitation is still there for whoever shows who they are.
    browser.get(&path).await.must(200);
}

#[tokio::test]
async fn the_first_owners_link_works_once_and_a_wrong_form_does_not_use_it_up() {
    let w = World::invited().await;
    let link = w.server.zavod.first_owner_link().await.unwrap().unwrap();
    let path = format!(
        "/auth/first/{}",
        secrecy::ExposeSecret::expose_secret(&link)
    );
    let mut browser = w.browser();
    browser.get(&path).await.must(200);
    let wrong = [
        ("name", "Olga \"O\""),
        ("workspace", "Studio"),
        ("timezone", "Mars/Base"),
    ];
    let page = browser.post(&path, &wrong).await.must(422);
    assert!(!page.signs_in());
    for kept in ["Olga &#34;O&#34;", "Studio", "Mars/Base"] {
        assert!(page.body.contains(kept), "{kept}: {}", page.body);
    }
    // Another site's form is no form of ours.
    let form = b"name=Evil&timezone=UTC".to_vec();
    let headers = [
        ("sec-fetch-site", "cross-site"),
        ("content-type", "application/x-www-form-urlencoded"),
    ];
    let crossed = browser
        .send(Method::POST, &path, &headers, Some(form))
        .await
        .must(403);
    assert!(!crossed.signs_in());
    let right = [("name", "Olga"), ("timezone", "Europe/Moscow")];
    let came = browser.post(&path, &right).await.must(303);
    browser.follow(came).await.must(200);
    let me = browser.me().await.unwrap();
    assert_eq!(me["workspace"]["name"], "Olga");
    assert_eq!(me["workspace"]["timezone"], "Europe/Moscow");
    assert_eq!(me["role"], "owner");
    let mut second = w.browser();
    second.get(&path).await.must(403);
    assert!(!second.post(&path, &right).await.must(403).signs_in());
    assert_eq!(
        w.server.zavod.first_owner_link().await.unwrap().map(drop),
        None
    );
}

#[tokio::test]
async fn the_operators_link_lets_somebody_in_again_once_within_an_hour() {
    let w = World::new().await;
    let mut anna = w.somebody("Anna").await;
    let id = anna.me().await.unwrap()["id"].clone();
    let user = contentzavod_core::model::UserId(id.as_str().unwrap().parse().unwrap());
    let link = async || {
        let link = w.server.zavod.return_link(user).await.unwrap();
        format!("/auth/link/{}", secrecy::ExposeSecret::expose_secret(&link))
    };
    let path = link().await;
    let mut browser = w.browser();
    browser.get(&path).await.must(200);
    browser.get(&path).await.must(200);
    let came = browser.post(&path, &[]).await.must(303);
    browser.follow(came).await.must(200);
    assert_eq!(browser.me().await.unwrap()["id"], id);
    let mut second = w.browser();
    assert!(!second.post(&path, &[]).await.must(400).signs_in());
    let path = link().await;
    w.server.clock.advance(TimeDelta::hours(1));
    assert!(!second.post(&path, &[]).await.must(400).signs_in());
    // It is no state of a provider's.
    let path = link().await;
    let secret = path.rsplit('/').next().unwrap();
    let answer = second
        .get(&format!("/auth/google/callback?code=1&state={secret}"))
        .await;
    assert!(!answer.must(400).signs_in());
}

/// Whoever is an owner no more lets nobody in, themselves least of all.
#[tokio::test]
async fn invitations_of_an_owner_who_was_sent_away_or_demoted_are_dead() {
    let w = World::new().await;
    let mut anna = w.somebody("Anna").await;
    for (name, gone) in [("Zed", true), ("Yan", false)] {
        let mut other = w.member(&mut anna, name, "owner").await;
        let (path, _) = w.invitation(&mut other, "owner").await;
        let id = other.me().await.unwrap()["id"].as_str().unwrap().to_owned();
        let member = format!("/v1/members/{id}");
        if gone {
            anna.call(Method::DELETE, &member, None).await.must(204);
        } else {
            let less = serde_json::json!({ "role": "editor" });
            anna.call(Method::PATCH, &member, Some(&less))
                .await
                .must(204);
        }
        w.browser().get(&path).await.must(403);
        other
            .post(&path, &[("name", name)])
            .await
            .must(if gone { 403 } else { 404 });
    }
}

/// A link that somebody was sent does not join them unasked.
#[tokio::test]
async fn an_invitation_is_read_before_it_is_followed() {
    let w = World::new().await;
    let mut anna = w.somebody("Anna").await;
    let (path, _) = w.invitation(&mut anna, "owner").await;
    let start = crate::world::start_invited(contentzavod_identity::stand_in::Part::Google, &path);
    for from in ["cross-site", "same-site", "none"] {
        let sent = [("sec-fetch-site", from), ("accept", "text/html")];
        let page = w.browser().send(Method::GET, &start, &sent, None).await;
        assert_eq!(page.must(303).location().unwrap().path(), path, "{from}");
    }
}

/// The first owner's link is dead as soon as somebody is here.
#[tokio::test]
async fn the_first_owners_link_is_dead_once_somebody_is_here() {
    let w = World::invited().await;
    let link = w.server.zavod.first_owner_link().await.unwrap().unwrap();
    let path = format!(
        "/auth/first/{}",
        secrecy::ExposeSecret::expose_secret(&link)
    );
    w.browser().get(&path).await.must(200);
    w.server.zavod.create_user("Anna").await.unwrap();
    w.browser().get(&path).await.must(403);
    let form = [("name", "Mallory"), ("timezone", "UTC")];
    w.browser().post(&path, &form).await.must(403);
}
