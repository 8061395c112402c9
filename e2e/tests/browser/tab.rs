//! What a person does in a browser, and sees there.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::driver::{Driver, Kind};

/// How the page is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum View {
    /// A wide window, light.
    Desk,
    /// A phone, dark.
    Phone,
}

impl View {
    pub(crate) const fn width(self) -> u32 {
        match self {
            Self::Desk => 1280,
            Self::Phone => 360,
        }
    }

    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Desk => "1280-light",
            Self::Phone => "360-dark",
        }
    }
}

pub(crate) struct Tab(Driver);

/// Who waits for a page waits so long.
const PATIENCE: Duration = Duration::from_secs(20);

impl Tab {
    pub(crate) async fn new(languages: &'static str) -> Self {
        let cookies = true;
        Self(Driver::new(Kind { languages, cookies }).await)
    }

    /// One that keeps no cookies.
    pub(crate) async fn without_cookies(languages: &'static str) -> Self {
        let cookies = false;
        Self(Driver::new(Kind { languages, cookies }).await)
    }

    pub(crate) async fn open(&self, url: &str) {
        self.post("/url", json!({ "url": url })).await;
    }

    pub(crate) async fn url(&self) -> String {
        let url = self.0.tell("GET", "/url", &Value::Null).await.unwrap();
        url.as_str().unwrap().to_owned()
    }

    /// The path and query of where it is.
    pub(crate) async fn path(&self) -> String {
        let url: url::Url = self.url().await.parse().unwrap();
        url[url::Position::BeforePath..].to_owned()
    }

    /// The text that a person reads.
    pub(crate) async fn text(&self) -> String {
        let text = self.run("return document.body.innerText").await;
        text.as_str().unwrap().to_owned()
    }

    /// Waits for words on the page.
    pub(crate) async fn reads(&self, words: &str) {
        let begun = Instant::now();
        loop {
            let text = self.text().await;
            if text.contains(words) {
                return;
            }
            assert!(
                begun.elapsed() < PATIENCE,
                "{words}: {} {text}",
                self.url().await
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Waits for something on the page.
    pub(crate) async fn has(&self, what: &str) {
        let begun = Instant::now();
        let script = format!("return document.querySelector('{what}') !== null");
        while self.run(&script).await != true {
            let url = self.url().await;
            assert!(
                begun.elapsed() < PATIENCE,
                "no {what}: {url} {}",
                self.text().await
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Clicks the link or button that says this.
    pub(crate) async fn click(&self, words: &str) {
        let path = format!(
            "//*[self::a or self::button][contains(., {})]",
            quoted(words)
        );
        let found = self.find("xpath", &path).await;
        self.post(&format!("/element/{found}/click"), json!({}))
            .await;
    }

    /// Types over what stands in a field.
    pub(crate) async fn fill(&self, name: &str, text: &str) {
        let found = self.find("css selector", &format!("[name={name}]")).await;
        self.post(&format!("/element/{found}/clear"), json!({}))
            .await;
        let body = json!({ "text": text });
        self.post(&format!("/element/{found}/value"), body).await;
    }

    /// Chooses of a list.
    pub(crate) async fn choose(&self, name: &str, value: &str) {
        let option = format!("[name={name}] option[value={value}]");
        let found = self.find("css selector", &option).await;
        self.post(&format!("/element/{found}/click"), json!({}))
            .await;
    }

    /// What stands in a field.
    pub(crate) async fn field(&self, name: &str) -> String {
        let script = format!("return document.querySelector('[name={name}]').value");
        self.run(&script).await.as_str().unwrap().to_owned()
    }

    /// What stands on the page, or will as soon as it is there.
    async fn find(&self, by: &str, what: &str) -> String {
        let asked = json!({ "using": by, "value": what });
        let begun = Instant::now();
        let found = loop {
            match self.0.tell("POST", "/element", &asked).await {
                Ok(found) => break found,
                Err(_) if begun.elapsed() < PATIENCE => {
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
                Err(why) => panic!("{what}: {why}\n{}\n{}", self.url().await, self.text().await),
            }
        };
        let id = found.as_object().unwrap().values().next().unwrap();
        id.as_str().unwrap().to_owned()
    }

    pub(crate) async fn run(&self, script: &str) -> Value {
        self.post("/execute/sync", json!({ "script": script, "args": [] }))
            .await
    }

    /// What a cookie holds.
    pub(crate) async fn cookie(&self, name: &str) -> String {
        let found = self
            .0
            .tell("GET", &format!("/cookie/{name}"), &Value::Null)
            .await
            .unwrap();
        found["value"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn forget_cookies(&self) {
        self.0
            .tell("DELETE", "/cookie", &Value::Null)
            .await
            .unwrap();
    }

    /// What the browser complained about since it was last asked.
    pub(crate) async fn complaints(&self) -> Vec<String> {
        let all = self.post("/se/log", json!({ "type": "browser" })).await;
        // It also tells what went well, such as that its cache was emptied.
        let all = all
            .as_array()
            .unwrap()
            .iter()
            .filter(|line| line["level"] != "INFO");
        all.map(|line| line["message"].as_str().unwrap().to_owned())
            .collect()
    }

    /// Where it went beyond this machine since it was last asked, with whatever a page loaded: every
    /// host of these stories is here.
    pub(crate) async fn abroad(&self) -> Vec<String> {
        let all = self.post("/se/log", json!({ "type": "performance" })).await;
        let urls = all.as_array().unwrap().iter().filter_map(|line| {
            let told: Value = serde_json::from_str(line["message"].as_str()?).ok()?;
            let url = &told["message"]["params"]["request"]["url"];
            let url: url::Url = url.as_str()?.parse().ok()?;
            url.scheme().starts_with("http").then_some(url)
        });
        let here = |url: &url::Url| ["127.0.0.1", "localhost"].contains(&url.host_str().unwrap());
        let urls: Vec<_> = urls.collect();
        assert!(!urls.is_empty(), "nothing was recorded");
        urls.iter()
            .filter(|url| !here(url))
            .map(url::Url::to_string)
            .collect()
    }

    /// A command of Chromium's own protocol.
    async fn chromium(&self, command: &str, params: Value) -> Value {
        let body = json!({ "cmd": command, "params": params });
        self.post("/goog/cdp/execute", body).await
    }

    pub(crate) async fn look(&self, view: View) {
        let (width, scheme) = match view {
            View::Desk => (view.width(), "light"),
            View::Phone => (view.width(), "dark"),
        };
        let size =
            json!({ "width": width, "height": 800, "deviceScaleFactor": 1, "mobile": false });
        self.chromium("Emulation.setDeviceMetricsOverride", size)
            .await;
        let scheme = json!({ "name": "prefers-color-scheme", "value": scheme });
        let scheme = json!({ "features": [scheme] });
        self.chromium("Emulation.setEmulatedMedia", scheme).await;
    }

    /// A picture of the whole page under `target/screenshots`.
    pub(crate) async fn shoot(&self, name: &str) {
        let whole = json!({ "format": "png", "captureBeyondViewport": true });
        let shot = self.chromium("Page.captureScreenshot", whole).await;
        let bytes = STANDARD.decode(shot["data"].as_str().unwrap()).unwrap();
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target/screenshots");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(format!("{name}.png")), bytes).unwrap();
    }

    async fn post(&self, what: &str, body: Value) -> Value {
        let said = self.0.tell("POST", what, &body).await;
        said.unwrap_or_else(|why| panic!("{what}: {why}"))
    }
}

/// A text in an XPath, which knows no escapes.
fn quoted(text: &str) -> String {
    assert!(!text.contains('"'), "{text}");
    format!("\"{text}\"")
}
