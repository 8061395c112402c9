//! The stories that secrets go through, on the real binary with everything logged.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::TimeDelta;
use contentzavod_core::ports::Clock;
use e2e::api::Api;
use e2e::process::{Binary, Failure};
use e2e::world::{Plan, World};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use crate::canary::{Canary, Source};
use crate::mirror::{Mirror, Mode};

const REEL: &[u8] = include_bytes!("../../../contentzavod-preflight/tests/data/reel.mp4");
/// Secrets as a person configures them; nothing else in the world reads so.
pub(crate) const APP_SECRET: &str = "c4n4ryAppSecret9f1b7d3e5a2c8064b1";
pub(crate) const TOKEN: &str = "IGAAc4n4ryT0kenZZq8w7e6r5t4y3u2i1o0pLkJhGfDsA";
pub(crate) const DEAD_TOKEN: &str = "IGAAc4n4ryDe4dXXm1n2b3v4c5x6z7l8k9j0hGfDsAqWe";
/// A caption: no secret, but looked for like one to see that the places are really looked through.
pub(crate) const PLANTED: &str = "pl4ntedC4ption0a1b2c3d4e5f6g7h8i9jKLMNOP";
/// Where the master key is, and must be.
const KEYS: &str = "encryption.keys";
const PATIENCE: Duration = Duration::from_secs(60);

/// Everything that was said and kept, and what must not be in it.
pub(crate) struct Told {
    pub(crate) canaries: Vec<Canary>,
    pub(crate) sources: Vec<Source>,
}

/// The world, and every answer it gave.
struct Scene {
    world: World,
    mirror: Mirror,
    /// What the platform fetches goes through here, so that its links are known.
    door: Mirror,
    answers: Arc<Mutex<Vec<u8>>>,
}

/// Tells every story.
pub(crate) async fn tell() -> Result<Told, Failure> {
    let mut scene = Scene::open().await?;
    let account = scene.connect(TOKEN, "canary").await?;
    scene.refused().await?;
    scene.published(&account).await?;
    scene.mirrored(&account).await?;
    scene.pages().await?;
    scene.ended(&account).await?;
    let mut sources = scene.commands()?;
    scene.close(&mut sources)?;
    let canaries = scene.canaries()?;
    sources.push(Source::new("answers of the API", scene.said()));
    Ok(Told { canaries, sources })
}

impl Scene {
    async fn open() -> Result<Self, Failure> {
        let plan = Plan::default()
            .with("RUST_LOG", "trace")
            .with("CONTENTZAVOD_INSTAGRAM__APP_ID", "1234567890")
            .with("CONTENTZAVOD_INSTAGRAM__APP_SECRET", APP_SECRET)
            .with("CONTENTZAVOD_PUBLISHING__SETTLE", "2s")
            .with("CONTENTZAVOD_PUBLISHING__SETTLE_TIMEOUT", "2s");
        let mut world = World::new(Binary::find()?, plan).await?;
        let behind = |url: &str| url.trim_start_matches("http://").to_owned();
        let mirror = Mirror::start(behind(&world.sandbox_url)).await?;
        let door = Mirror::start(behind(&world.api.base)).await?;
        // Set after the world's own: the last one counts.
        let plan = world.plan_mut();
        *plan = std::mem::take(plan)
            .with("CONTENTZAVOD_INSTAGRAM__GRAPH_URL", mirror.url())
            .with("CONTENTZAVOD_PUBLIC_URL", door.url());
        world.kill_and_restart()?;
        world.until_ready().await?;
        Ok(Self {
            world,
            mirror,
            door,
            answers: Arc::default(),
        })
    }

    fn call(&self, method: Method, path: &str) -> RequestBuilder {
        self.world
            .api
            .http
            .request(method, self.world.api.url(path))
    }

    /// Makes a call with the key and notes the whole answer. Nobody asks that it is a good one.
    async fn ask(&self, call: RequestBuilder) -> Result<Value, Failure> {
        self.note(call.bearer_auth(self.world.api.key())).await
    }

    async fn note(&self, call: RequestBuilder) -> Result<Value, Failure> {
        let answer = call.send().await?;
        let head = format!("\n{} {:?}\n", answer.status(), answer.headers());
        let body = answer.bytes().await?;
        let mut said = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        said.extend_from_slice(head.as_bytes());
        said.extend_from_slice(&body);
        Ok(serde_json::from_slice(&body).unwrap_or(Value::Null))
    }

    fn said(&self) -> Vec<u8> {
        self.answers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    async fn connect(&self, token: &str, name: &str) -> Result<String, Failure> {
        let http = &self.world.api.http;
        let made = http.post(format!("{}/__accounts", self.world.sandbox_url));
        let made = made.json(&json!({ "username": name, "token": token }));
        made.send().await?.error_for_status()?;
        let call = self
            .call(Method::POST, "/v1/accounts")
            .json(&json!({ "access_token": token }));
        let account = self.ask(call).await?;
        let id = account["id"]
            .as_str()
            .ok_or_else(|| format!("not connected: {account}"))?;
        Ok(id.to_owned())
    }

    /// Bodies, headers and paths that hold secrets and are refused.
    async fn refused(&self) -> Result<(), Failure> {
        let accounts = |body: Value| self.call(Method::POST, "/v1/accounts").json(&body);
        for body in [
            json!({ "access_token": DEAD_TOKEN }),
            json!({ "access_token": [TOKEN] }),
            json!({ "acces_token": TOKEN }),
            json!({ "access_token": TOKEN, "token": TOKEN, TOKEN: 1 }),
            json!({ "access_token": format!("{TOKEN} ") }),
            json!(TOKEN),
        ] {
            self.ask(accounts(body)).await?;
        }
        let raw = self
            .call(Method::POST, "/v1/accounts")
            .header("content-type", "application/json");
        self.ask(raw.body(format!("{{\"access_token\": \"{TOKEN}\"")))
            .await?;
        let posts = |body: Value| self.call(Method::POST, "/v1/posts").json(&body);
        for body in [
            json!({ "account_ids": [TOKEN], "publish_at": TOKEN, "timezone": TOKEN }),
            json!({ "account_ids": [], "content": { "kind": TOKEN, "media_id": TOKEN } }),
        ] {
            self.ask(posts(body)).await?;
        }
        let key = self.world.api.key();
        self.note(
            self.call(Method::GET, "/v1/users/me")
                .bearer_auth(format!("{key}x")),
        )
        .await?;
        self.note(
            self.call(Method::GET, "/v1/users/me")
                .header("authorization", key),
        )
        .await?;
        self.note(
            self.call(Method::GET, "/v1/users/me")
                .basic_auth(key, Some(key)),
        )
        .await?;
        self.ask(self.call(
            Method::GET,
            &format!("/v1/accounts?access_token={TOKEN}&limit={TOKEN}"),
        ))
        .await?;
        self.ask(self.call(Method::GET, &format!("/v1/posts?cursor={TOKEN}")))
            .await?;
        self.ask(
            self.call(Method::POST, "/v1/api-keys")
                .json(&json!({ "name": "spare" })),
        )
        .await
        .map(drop)
    }

    /// One post on its whole way, its receipt read.
    async fn published(&self, account: &str) -> Result<(), Failure> {
        let media = self.world.api.upload(REEL).await?;
        let due = self.world.clock.now() + TimeDelta::seconds(3);
        let post = self
            .world
            .api
            .schedule(account, &media, PLANTED, due)
            .await?;
        self.until(&post, &["published"]).await?;
        let view = self
            .ask(self.call(Method::GET, &format!("/v1/posts/{post}")))
            .await?;
        let row = view["publications"][0]["id"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        self.ask(self.call(Method::GET, &format!("/v1/publications/{row}/receipt")))
            .await?;
        self.ask(self.call(Method::GET, &format!("/v1/media/{media}")))
            .await
            .map(drop)
    }

    /// The platform answers with what it was asked, at every call in turn.
    async fn mirrored(&self, account: &str) -> Result<(), Failure> {
        for mode in Mode::WRONG {
            self.mirror.set(mode);
            let connect = self.call(Method::POST, "/v1/accounts");
            self.ask(connect.json(&json!({ "access_token": TOKEN })))
                .await?;
            let media = self.world.api.upload(REEL).await?;
            let due = self.world.clock.now() + TimeDelta::seconds(2);
            let caption = format!("mirrored {mode:?}");
            let post = self
                .world
                .api
                .schedule(account, &media, &caption, due)
                .await?;
            self.until_troubled(&post).await?;
            let publishing = format!("/v1/posts/{post}/cancel");
            self.ask(self.call(Method::POST, &publishing)).await?;
            self.mirror.set(Mode::Pass);
            // What reached the account's status must not keep the next one from trying.
            self.connect(TOKEN, "canary").await?;
        }
        Ok(())
    }

    /// Everything else there is to read.
    async fn pages(&self) -> Result<(), Failure> {
        for path in [
            "/v1/users/me",
            "/v1/api-keys",
            "/v1/accounts",
            "/v1/media",
            "/v1/posts",
            "/v1/notifications",
            "/metrics",
            "/healthz",
            "/readyz",
            "/openapi.yaml",
            "/docs",
            "/",
            "/nowhere",
        ] {
            self.ask(self.call(Method::GET, path)).await?;
            self.note(self.call(Method::GET, path)).await?;
        }
        Ok(())
    }

    /// A token that died, and an account that goes.
    async fn ended(&self, account: &str) -> Result<(), Failure> {
        let rule = json!({ "stage": "create", "fault": "token_death", "count": 1 });
        Api::faults(&self.world.sandbox_url, &json!({ "rules": [rule] })).await?;
        let media = self.world.api.upload(REEL).await?;
        let due = self.world.clock.now() + TimeDelta::seconds(2);
        let post = self
            .world
            .api
            .schedule(account, &media, "dies", due)
            .await?;
        self.until(&post, &["waiting_account"]).await?;
        self.ask(self.call(Method::GET, "/v1/notifications"))
            .await?;
        self.ask(self.call(Method::DELETE, &format!("/v1/accounts/{account}")))
            .await
            .map(drop)
    }

    async fn until(&self, post: &str, states: &[&str]) -> Result<(), Failure> {
        let found = |row: &Value| states.iter().any(|state| row["status"] == *state);
        self.watched(post, found).await
    }

    async fn until_troubled(&self, post: &str) -> Result<(), Failure> {
        self.watched(post, |row| !row["error"].is_null()).await
    }

    async fn watched(&self, post: &str, found: impl Fn(&Value) -> bool) -> Result<(), Failure> {
        let begun = tokio::time::Instant::now();
        let mut row = Value::Null;
        while begun.elapsed() < PATIENCE {
            let view = self
                .ask(self.call(Method::GET, &format!("/v1/posts/{post}")))
                .await?;
            row = view["publications"][0].clone();
            if found(&row) {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        Err(format!("not what was waited for: {row}").into())
    }

    /// What commands print while secrets stand in their environment, wrongly or rightly.
    fn commands(&self) -> Result<Vec<Source>, Failure> {
        let binary = Binary::find()?;
        let run = |arguments: &[&str], settings: &[(&str, &str)]| -> Result<Source, Failure> {
            let mut command = binary.command();
            command.args(arguments).env("RUST_LOG", "trace");
            command.envs(settings.iter().copied());
            let out = command.output()?;
            let text = [out.stdout, out.stderr].concat();
            Ok(Source::new(format!("output of {arguments:?}"), text))
        };
        let data = self.world.folder().join("other");
        let data = data.to_string_lossy();
        let typo = self.world.folder().join("typo.toml");
        std::fs::write(
            &typo,
            format!("[instagram]\napp_secrt = \"{APP_SECRET}\"\napp_id = {APP_SECRET}\n"),
        )?;
        let wrong_type = self.world.folder().join("type.toml");
        std::fs::write(
            &wrong_type,
            format!("[instagram]\napp_secret = [\"{APP_SECRET}\"]\n"),
        )?;
        let serve = ["serve", "--data-dir", &data, "--listen", "127.0.0.1:0"];
        let both = ("CONTENTZAVOD_INSTAGRAM__APP_SECRET", APP_SECRET);
        Ok(vec![
            run(&["--help"], &[both])?,
            run(&serve, &[both])?,
            run(&serve, &[("CONTENTZAVOD_INSTAGRAM__APP_SECRT", APP_SECRET)])?,
            run(
                &serve,
                &[(
                    "CONTENTZAVOD_PUBLIC_URL",
                    &format!("http://user:{APP_SECRET}@here\u{0}").replace('\0', ""),
                )],
            )?,
            run(
                &serve,
                &[(
                    "CONTENTZAVOD_DATABASE_URL",
                    &format!("postgres://user:{APP_SECRET}@here/db"),
                )],
            )?,
            run(&serve, &[("CONTENTZAVOD_CONFIG", &typo.to_string_lossy())])?,
            run(
                &serve,
                &[("CONTENTZAVOD_CONFIG", &wrong_type.to_string_lossy())],
            )?,
            run(
                &["user", "create", "--name", "x", "--data-dir", &data],
                &[both],
            )?,
            run(&["check", "--json", &typo.to_string_lossy()], &[both])?,
        ])
    }

    /// Ends the server as an operator does, and takes what it left on disk.
    fn close(&mut self, sources: &mut Vec<Source>) -> Result<(), Failure> {
        let pid = self.world.server.id().to_string();
        std::process::Command::new("kill")
            .args(["-TERM", &pid])
            .status()?;
        let begun = std::time::Instant::now();
        while self.world.server.must_run().is_ok() && begun.elapsed() < PATIENCE {
            std::thread::sleep(Duration::from_millis(20));
        }
        sources.push(Source::new("log", std::fs::read(self.world.log())?));
        files(&self.world.data(), sources)
    }

    /// Every secret there was.
    fn canaries(&self) -> Result<Vec<Canary>, Failure> {
        let mut canaries = vec![
            Canary::new("app secret", APP_SECRET),
            Canary::new("token", TOKEN),
            Canary::new("dead token", DEAD_TOKEN),
            Canary::new("API key", self.world.api.key()),
        ];
        let links = self.door.heads().into_iter().filter_map(|head| {
            let path = head.split_whitespace().nth(1)?.to_owned();
            path.strip_prefix("/m/").map(str::to_owned)
        });
        canaries.extend(links.map(|link| Canary::new("signed link", link)));
        let keys = std::fs::read_to_string(self.world.data().join(KEYS))?;
        let keys = keys.split(|c: char| !c.is_ascii_alphanumeric() && !"+/=-_".contains(c));
        canaries.extend(
            keys.filter(|k| k.len() >= 40)
                .map(|key| Canary::new("master key", key)),
        );
        Ok(canaries)
    }
}

/// Every file below a folder but the key's own.
fn files(folder: &Path, sources: &mut Vec<Source>) -> Result<(), Failure> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files(&path, sources)?;
        } else if path.file_name().is_none_or(|name| name != KEYS) {
            sources.push(Source::new(
                path.display().to_string(),
                std::fs::read(&path)?,
            ));
        }
    }
    Ok(())
}
