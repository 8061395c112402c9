//! A browser, as far as HTTP goes: it keeps cookies, names where a call comes from, and goes where it
//! is sent only when it is told to.

use std::collections::BTreeMap;
use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue, LOCATION, SET_COOKIE};
use reqwest::{Method, StatusCode};
use serde_json::Value;
use url::Url;

/// A browser of somebody.
#[derive(Clone)]
pub(crate) struct Browser {
    http: reqwest::Client,
    /// Where the server listens.
    base: Url,
    /// The address that people know it by.
    pub(crate) site: Url,
    /// The cookies it keeps.
    pub(crate) jar: BTreeMap<String, String>,
    lang: &'static str,
}

/// What a call is answered.
pub(crate) struct Answer {
    /// The address that was asked.
    pub(crate) at: Url,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

#[expect(
    clippy::disallowed_methods,
    reason = "the story calls the wire itself, not through a client of ours"
)]
fn client() -> reqwest::Client {
    let client = reqwest::Client::builder()
        .timeout(Duration::from_secs(20))
        .redirect(reqwest::redirect::Policy::none());
    client.build().unwrap()
}

impl Browser {
    pub(crate) fn new(base: &str, site: &Url) -> Self {
        Self {
            http: client(),
            base: base.parse().unwrap(),
            site: site.clone(),
            jar: BTreeMap::new(),
            lang: "en",
        }
    }

    /// The same browser with another language.
    pub(crate) fn reading(mut self, lang: &'static str) -> Self {
        self.lang = lang;
        self
    }

    /// Whoever is signed in sets a language, and it stays theirs in every browser.
    pub(crate) async fn set_language(&mut self, lang: &str) {
        let body = serde_json::json!({ "locale": lang });
        let set = self.call(Method::PUT, "/v1/users/me", Some(&body)).await;
        set.must(200);
    }

    /// The cookie that opens a session, as it is named behind HTTPS and here.
    pub(crate) fn session(&self) -> Option<&str> {
        let both = ["cz_session", "__Host-cz_session"];
        let found = both.iter().find_map(|name| self.jar.get(*name));
        found.map(String::as_str)
    }

    /// A person opens an address of the site, by a link or by typing it.
    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        let page = [("accept", "text/html,application/xhtml+xml,*/*;q=0.8")];
        self.send(Method::GET, path, &page, None).await
    }

    /// A person clicks a link on one of our pages.
    pub(crate) async fn click(&mut self, path: &str) -> Answer {
        let headers = [
            ("accept", "text/html,application/xhtml+xml,*/*;q=0.8"),
            ("sec-fetch-site", "same-origin"),
        ];
        self.send(Method::GET, path, &headers, None).await
    }

    /// A person sends a form of one of our pages.
    pub(crate) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let form = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let headers = [
            ("accept", "text/html"),
            ("sec-fetch-site", "same-origin"),
            ("content-type", "application/x-www-form-urlencoded"),
        ];
        self.send(Method::POST, path, &headers, Some(form.into_bytes()))
            .await
    }

    /// A page of ours calls the API.
    pub(crate) async fn call(
        &mut self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Answer {
        let mut headers = vec![("sec-fetch-site", "same-origin")];
        if body.is_some() {
            headers.push(("content-type", "application/json"));
        }
        let body = body.map(|body| body.to_string().into_bytes());
        self.send(method, path, &headers, body).await
    }

    /// Whoever the API takes it for; `None` for nobody.
    pub(crate) async fn me(&mut self) -> Option<Value> {
        let answer = self.call(Method::GET, "/v1/users/me", None).await;
        match answer.status {
            StatusCode::OK => Some(answer.json()),
            StatusCode::UNAUTHORIZED => None,
            other => panic!("{other}: {}", answer.body),
        }
    }

    /// Anything at all; cookies go along and are kept.
    pub(crate) async fn send(
        &mut self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<Vec<u8>>,
    ) -> Answer {
        let mut call = self.http.request(method, self.address(path));
        call = call.header("accept-language", self.lang);
        for (name, value) in headers {
            call = call.header(*name, *value);
        }
        if !self.jar.is_empty() {
            let pairs: Vec<_> = self.jar.iter().map(|(n, v)| format!("{n}={v}")).collect();
            call = call.header("cookie", pairs.join("; "));
        }
        if let Some(body) = body {
            call = call.body(body);
        }
        let answer = call.send().await.unwrap();
        let (status, headers) = (answer.status(), answer.headers().clone());
        let body = answer.text().await.unwrap();
        for cookie in headers.get_all(SET_COOKIE) {
            self.keep(cookie.to_str().unwrap());
        }
        Answer {
            at: self.site.join(path).unwrap(),
            status,
            headers,
            body,
        }
    }

    /// Where the server listens, whatever the site is called.
    fn address(&self, path: &str) -> String {
        let base = self.base.as_str().trim_end_matches('/');
        assert!(path.starts_with('/'), "{path} is no path");
        format!("{base}{path}")
    }

    fn keep(&mut self, cookie: &str) {
        let (name, rest) = cookie.split_once('=').unwrap();
        let (value, rest) = rest.split_once(';').unwrap_or((rest, ""));
        if value.is_empty() || rest.contains("Max-Age=0") {
            self.jar.remove(name);
        } else {
            self.jar.insert(name.to_owned(), value.to_owned());
        }
    }

    /// Goes where an answer sends it, as long as that is on this site; where it comes to rest.
    pub(crate) async fn follow(&mut self, mut answer: Answer) -> Answer {
        for _ in 0..10 {
            let Some(to) = answer.location() else {
                return answer;
            };
            answer = self.get(&self.path_here(&to)).await;
        }
        panic!("it is sent round and round");
    }

    /// The path of an address of this site.
    pub(crate) fn path_here(&self, url: &Url) -> String {
        assert_eq!(url.origin(), self.site.origin(), "{url} is elsewhere");
        url[url::Position::BeforePath..].to_owned()
    }
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let name: HeaderName = name.parse().unwrap();
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// The cookies that it sets, whole.
    pub(crate) fn cookies(&self) -> Vec<&str> {
        let all = self.headers.get_all(SET_COOKIE).iter();
        all.map(HeaderValue::to_str).map(Result::unwrap).collect()
    }

    /// Whether a session begins with it.
    pub(crate) fn signs_in(&self) -> bool {
        let session =
            |cookie: &&str| cookie.contains("cz_session=") && !cookie.contains("Max-Age=0");
        self.cookies().iter().any(session)
    }

    /// Where it sends the browser.
    pub(crate) fn location(&self) -> Option<Url> {
        let to = self.headers.get(LOCATION)?;
        Some(self.at.join(to.to_str().unwrap()).unwrap())
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.body))
    }

    /// The code of a refusal for programs.
    pub(crate) fn code(&self) -> String {
        let problem = self.json();
        let code = problem["code"].as_str();
        code.unwrap_or_else(|| panic!("no problem: {problem}"))
            .to_owned()
    }

    /// Must be this; the body is shown where it is not.
    #[track_caller]
    pub(crate) fn must(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.body);
        self
    }
}
