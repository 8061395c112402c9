//! Keys: what people may ask for, until when they open, and how they are exchanged.

use chrono::TimeDelta;
use contentzavod_core::model::{ApiKey, ApiKeyId, Scope, Scopes, Secret};
use contentzavod_core::ports::Clock;
use contentzavod_core::service::{NewKey, ServiceError};
use contentzavod_core::testing::Rig;
use secrecy::ExposeSecret;

use super::{rig, rules};

fn named(name: &str) -> NewKey {
    NewKey {
        name: name.to_owned(),
        ..NewKey::default()
    }
}

async fn made(rig: &Rig, new: NewKey) -> (ApiKey, Secret) {
    rig.app.make_key(rig.actor, new).await.unwrap()
}

async fn opens(rig: &Rig, secret: &Secret) -> bool {
    let found = rig.app.authenticate(secret.expose_secret()).await.unwrap();
    found.is_some_and(|found| found.actor == rig.actor)
}

#[tokio::test]
async fn a_key_of_a_person_has_an_end_and_may_not_take_everything_out() {
    let (rig, _folder) = rig().await;
    let (key, secret) = made(&rig, named("n8n")).await;
    assert_eq!(key.expires_at, Some(key.created_at + TimeDelta::days(90)));
    let found = rig.app.authenticate(secret.expose_secret()).await.unwrap();
    let found = found.unwrap();
    assert_eq!((found.id, &found.scopes), (key.id, &key.scopes));
    for scope in Scope::ALL {
        let expected = *scope != Scope::AccountExport;
        assert_eq!(found.scopes.hold(*scope), expected, "{scope:?}");
    }
    rig.clock
        .advance(TimeDelta::days(90) - TimeDelta::seconds(1));
    assert!(opens(&rig, &secret).await);
    rig.clock.advance(TimeDelta::seconds(1));
    assert!(!opens(&rig, &secret).await);
    assert_eq!(rig.app.keys(rig.actor).await.unwrap()[0].id, key.id);
}

#[tokio::test]
async fn scopes_are_those_that_were_named_each_once() {
    let (rig, _folder) = rig().await;
    let words = ["posts:read", "account:export", "posts:read"];
    let new = NewKey {
        scopes: Some(words.map(str::to_owned).to_vec()),
        days: Some(365),
        ..named("some")
    };
    let (key, _) = made(&rig, new).await;
    let both = vec![Scope::PostsRead, Scope::AccountExport];
    assert_eq!(key.scopes, Scopes::Only(both));
    assert_eq!(rig.app.keys(rig.actor).await.unwrap(), [key]);
}

#[tokio::test]
async fn every_broken_rule_of_a_key_is_told_and_none_is_made() {
    let (rig, _folder) = rig().await;
    let new = NewKey {
        name: " ".to_owned(),
        scopes: Some(["posts:read", "posts:all", ""].map(str::to_owned).to_vec()),
        days: Some(366),
    };
    let Err(ServiceError::Invalid(found)) = rig.app.make_key(rig.actor, new).await else {
        panic!("it was made");
    };
    let told: Vec<_> = found
        .iter()
        .map(|f| (f.rule.as_str(), f.field.as_deref().unwrap_or("")))
        .collect();
    let expected = [
        ("name.length", "name"),
        ("scopes.unknown", "scopes[1]"),
        ("scopes.unknown", "scopes[2]"),
        ("days.range", "days"),
    ];
    assert_eq!(told, expected);
    assert!(found[1].message.contains("posts:all"), "{:?}", found[1]);
    assert!(found[1].limit.as_ref().unwrap().contains("media:write"));
    for (scopes, days, rule) in [
        (Some(Vec::new()), None, "scopes.empty"),
        (None, Some(0), "days.range"),
    ] {
        let new = NewKey {
            scopes,
            days,
            ..named("key")
        };
        let found = rules(rig.app.make_key(rig.actor, new).await.unwrap_err());
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].0, rule);
    }
    assert_eq!(rig.app.keys(rig.actor).await.unwrap(), []);
}

#[tokio::test]
async fn a_workspace_has_a_hundred_living_keys_of_people() {
    let (rig, _folder) = rig().await;
    for at in 0..100 {
        let new = NewKey {
            days: Some(1),
            ..named(&format!("{at}"))
        };
        made(&rig, new).await;
    }
    let refused = rules(rig.app.make_key(rig.actor, named("101")).await.unwrap_err());
    assert_eq!(refused[0].0, "api_keys.too_many");
    // Nobody is kept from exchanging a key that leaked, nor the operator from making one.
    let id = rig.app.keys(rig.actor).await.unwrap()[0].id;
    rig.app.rotate_key(rig.actor, id, Some(0)).await.unwrap();
    rig.app.create_key(rig.actor, "operator").await.unwrap();
    rig.clock.advance(TimeDelta::days(1));
    made(&rig, named("101")).await;
}

#[tokio::test]
async fn an_exchanged_key_goes_on_for_its_grace_and_the_new_one_lives_as_long() {
    let (rig, _folder) = rig().await;
    let new = NewKey {
        scopes: Some(vec!["posts:read".to_owned()]),
        days: Some(10),
        ..named("n8n")
    };
    let (old, first) = made(&rig, new).await;
    rig.clock.advance(TimeDelta::days(3));
    let rotated = rig.app.rotate_key(rig.actor, old.id, None).await;
    let (key, second) = rotated.unwrap();
    assert_eq!((&key.name, &key.scopes), (&old.name, &old.scopes));
    let end = rig.clock.now() + TimeDelta::days(10);
    assert_eq!(key.expires_at, Some(end));
    rig.clock
        .advance(TimeDelta::hours(24) - TimeDelta::seconds(1));
    assert!(opens(&rig, &first).await && opens(&rig, &second).await);
    rig.clock.advance(TimeDelta::seconds(1));
    assert!(!opens(&rig, &first).await && opens(&rig, &second).await);
    let gone = rig.app.rotate_key(rig.actor, old.id, None).await;
    assert!(matches!(gone, Err(ServiceError::NotFound(_))), "{gone:?}");
    // Without a grace the old one ends at once; one without an end gets one.
    let (endless, third) = rig.app.create_key(rig.actor, "cli").await.unwrap();
    let rotated = rig.app.rotate_key(rig.actor, endless.id, Some(0)).await;
    let (key, fourth) = rotated.unwrap();
    assert_eq!((key.expires_at, &key.scopes), (None, &Scopes::All));
    assert!(!opens(&rig, &third).await && opens(&rig, &fourth).await);
    let refused = rig.app.rotate_key(rig.actor, key.id, Some(169)).await;
    let refused = rules(refused.unwrap_err());
    let field = Some("grace_hours".to_owned());
    assert_eq!(refused, [("grace_hours.range".to_owned(), field)]);
    let nobody = ApiKeyId::generate(rig.clock.now());
    let missing = rig.app.rotate_key(rig.actor, nobody, None).await;
    assert!(matches!(missing, Err(ServiceError::NotFound(_))));
}
