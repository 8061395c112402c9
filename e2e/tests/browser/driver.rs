//! Chromium and what moves it, in processes of their own. WebDriver is a few calls of JSON.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::{Mutex, MutexGuard};

/// One browser at a time: two of them make a small machine too slow for either.
static ONE: Mutex<()> = Mutex::const_new(());

/// What the browser is to be.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kind {
    /// What it reads, as its settings name it: `en-GB,en`.
    pub(crate) languages: &'static str,
    /// Whether it keeps cookies.
    pub(crate) cookies: bool,
}

/// A browser with one tab; it ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Driver {
    http: reqwest::Client,
    port: u16,
    session: String,
    child: Child,
    /// Where the browser keeps what it leaves behind.
    _home: TempDir,
    _turn: MutexGuard<'static, ()>,
}

#[expect(
    clippy::disallowed_methods,
    reason = "the driver is no outside service: its client is the test's own"
)]
fn client() -> reqwest::Client {
    let client = reqwest::Client::builder();
    client.timeout(Duration::from_secs(60)).build().unwrap()
}

/// Starts the driver on a free port, which it tells.
fn start(home: &Path) -> (Child, u16) {
    let mut command = Command::new("chromedriver");
    command.arg("--port=0").env("TMPDIR", home);
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut child = command.spawn().unwrap_or_else(|error| {
        panic!(
            "chromedriver does not start ({error}): this test moves a real browser; install it \
             with `apt-get install chromium chromium-driver`, or run `cargo xtask test`"
        )
    });
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let port = lines.find_map(|line| {
        let line = line.ok()?;
        let (_, port) = line.split_once("started successfully on port ")?;
        port.trim_end_matches('.').parse().ok()
    });
    // Whatever it says later must not fill the pipe.
    std::thread::spawn(move || lines.for_each(drop));
    (child, port.expect("chromedriver tells its port"))
}

impl Driver {
    pub(crate) async fn new(kind: Kind) -> Self {
        drop(rustls::crypto::aws_lc_rs::default_provider().install_default());
        let turn = ONE.lock().await;
        let home = tempfile::tempdir().unwrap();
        let (child, port) = start(home.path());
        let mut driver = Self {
            http: client(),
            port,
            session: String::new(),
            child,
            _home: home,
            _turn: turn,
        };
        let mut preferences = json!({ "intl.accept_languages": kind.languages });
        if !kind.cookies {
            preferences["profile.default_content_setting_values.cookies"] = 2.into();
        }
        let arguments = [
            "--headless=new",
            // Containers run as root, which Chromium's own sandbox refuses.
            "--no-sandbox",
            "--disable-dev-shm-usage",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--hide-scrollbars",
        ];
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "browserName": "chrome",
            "goog:chromeOptions": { "args": arguments, "prefs": preferences },
            "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
        } } });
        let made = driver
            .send("POST", "/session", &wanted)
            .await
            .unwrap_or_else(|why| {
                panic!("no browser: {why}; install it with `apt-get install chromium`")
            });
        driver.session = made["sessionId"].as_str().unwrap().to_owned();
        driver
    }

    /// A command of the tab; what it answers, or the driver's words.
    pub(crate) async fn tell(
        &self,
        method: &str,
        what: &str,
        body: &Value,
    ) -> Result<Value, String> {
        let path = format!("/session/{}{what}", self.session);
        self.send(method, &path, body).await
    }

    async fn send(&self, method: &str, path: &str, body: &Value) -> Result<Value, String> {
        let url = format!("http://127.0.0.1:{}{path}", self.port);
        let mut call = self.http.request(method.parse().unwrap(), url);
        if method == "POST" {
            call = call.json(body);
        }
        let answer = call.send().await.map_err(|error| error.to_string())?;
        let good = answer.status().is_success();
        let mut answer: Value = answer.json().await.map_err(|error| error.to_string())?;
        let value = answer["value"].take();
        if good {
            return Ok(value);
        }
        Err(value["message"].as_str().unwrap_or_default().to_owned())
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // The driver takes the browser along only when it is asked to.
        if let Ok(mut wire) = TcpStream::connect(("127.0.0.1", self.port)) {
            let ask = format!(
                "DELETE /session/{} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
                self.session
            );
            drop(wire.set_read_timeout(Some(Duration::from_secs(10))));
            if wire.write_all(ask.as_bytes()).is_ok() {
                drop(wire.read(&mut [0; 64]));
            }
        }
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
