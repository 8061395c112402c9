//! A server and a platform in processes, and commands beside them.

use std::process::{Command, Output};

use e2e::api::Api;
use e2e::process::Binary;
use e2e::world::{Plan, World};
use serde_json::Value;

/// Stands in secrets: must never be seen.
pub(crate) const CANARY: &str = "canary-of-the-app-secret";

/// A world with an account of each family: their ids.
pub(crate) struct Scene {
    pub(crate) world: World,
    binary: Binary,
    pub(crate) instagram: String,
    pub(crate) facebook: String,
}

impl Scene {
    pub(crate) async fn new() -> Self {
        let binary = Binary::find().unwrap();
        let plan = Plan::default()
            .with("CONTENTZAVOD_INSTAGRAM__APP_ID", "1")
            .with("CONTENTZAVOD_INSTAGRAM__APP_SECRET", CANARY);
        let world = World::new(Binary::find().unwrap(), plan).await.unwrap();
        let url = world.sandbox_url.clone();
        let token = Api::sandbox_account(&url, "by.instagram").await.unwrap();
        let instagram = world.api.connect(&token).await.unwrap();
        let token = Api::sandbox_page(&url, "by.facebook").await.unwrap();
        let facebook = world.api.connect(&token).await.unwrap();
        Self {
            world,
            binary,
            instagram,
            facebook,
        }
    }

    /// A command with the server's settings.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let base = &self.world.api.base;
        let mut command = self.binary.command();
        command
            .args(arguments)
            .arg("--data-dir")
            .arg(self.world.data())
            .env("CONTENTZAVOD_INSTAGRAM__GRAPH_URL", &self.world.sandbox_url)
            .env("CONTENTZAVOD_INSTAGRAM__APP_ID", "1")
            .env("CONTENTZAVOD_INSTAGRAM__APP_SECRET", CANARY)
            .env("CONTENTZAVOD_LISTEN", base.trim_start_matches("http://"))
            .env("CONTENTZAVOD_PUBLIC_URL", base);
        command
    }
}

/// What a command said; nothing of it may be secret.
pub(crate) fn said(output: &Output) -> String {
    let all = [&output.stdout[..], &output.stderr].concat();
    let text = String::from_utf8(all).unwrap();
    for secret in [CANARY, "sandbox-by", "EAA-"] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
    text
}

/// The findings of a check, as (level, message).
pub(crate) fn of<'a>(report: &'a Value, check: &str) -> Vec<(&'a str, &'a str)> {
    let checks = report["checks"].as_array().unwrap().iter();
    let mine = checks.filter(|found| found["check"] == check);
    mine.map(|f| (f["level"].as_str().unwrap(), f["message"].as_str().unwrap()))
        .collect()
}
