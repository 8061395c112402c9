//! The public address, from where Instagram fetches videos and covers.

use std::time::{Duration, Instant};

use contentzavod_core::model::{Account, AccountStatus};
use contentzavod_instagram::Family;
use reqwest::header::LOCATION;

use super::report::Report;
use crate::app::ROBOTS;
use crate::config::{Settings, is_loopback};

/// Meta's crawler gives up on slow hosts.
const SLOW: Duration = Duration::from_secs(2);
const CHECK: &str = "public address";
const WAYS: &str = "Three ways lead out: a reverse proxy with a certificate in front of this server; \
                    a tunnel (cloudflared, tailscale funnel) to it; or connecting accounts with \
                    Facebook Login, where videos are sent from here (keeping media in S3 comes with a \
                    later version). Then set CONTENTZAVOD_PUBLIC_URL to the address.";

/// What a call came to.
#[derive(Debug)]
pub(in crate::cli) enum Reached {
    Answer {
        status: u16,
        location: Option<String>,
        body: String,
        took: Duration,
    },
    Silence(String),
}

/// Calls an address once; redirects are not followed.
#[expect(
    clippy::disallowed_methods,
    reason = "the doctor calls this server as strangers do, not Instagram"
)]
pub(in crate::cli) async fn get(url: &str) -> Reached {
    let mut builder = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        // As Meta's crawler names itself: what turns it away shows here.
        .user_agent("facebookexternalhit/1.1")
        .timeout(Duration::from_secs(10));
    if reqwest::Url::parse(url).is_ok_and(|url| is_loopback(&url)) {
        // No proxy leads back to this machine.
        builder = builder.no_proxy();
    }
    let client = match builder.build() {
        Ok(client) => client,
        Err(error) => return Reached::Silence(error.to_string()),
    };
    let began = Instant::now();
    let answer = match client.get(url).send().await {
        Ok(answer) => answer,
        Err(error) => return Reached::Silence(cause(&error.without_url())),
    };
    let (status, took) = (answer.status().as_u16(), began.elapsed());
    let location = answer.headers().get(LOCATION);
    let location = location.and_then(|to| Some(to.to_str().ok()?.to_owned()));
    let body = answer.text().await.unwrap_or_default();
    Reached::Answer {
        status,
        location,
        body,
        took,
    }
}

/// The innermost cause says most.
fn cause(error: &reqwest::Error) -> String {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        text = inner.to_string();
        source = inner.source();
    }
    text
}

pub(super) async fn look(settings: &Settings, accounts: &[Account], report: &mut Report) {
    let pulls = accounts.iter().any(|account| {
        account.status == AccountStatus::Active && account.login == Family::Instagram.as_str()
    });
    let Some(base) = &settings.public_url else {
        let message = "is not set: Instagram cannot fetch videos from here";
        if pulls {
            report.error(CHECK, message).todo(WAYS);
        } else {
            report.note(CHECK, message).todo(WAYS);
        }
        return;
    };
    let base = base.as_str().trim_end_matches('/');
    match get(&format!("{base}/robots.txt")).await {
        Reached::Silence(why) => report
            .error(CHECK, &format!("{base} does not answer from here: {why}"))
            .todo("Start the server and the proxy in front of it. If only this machine cannot reach its own public name (no hairpin NAT), look from another network."),
        Reached::Answer { location: Some(to), .. } => report
            .error(CHECK, &format!("{base} redirects to {to}; Meta's crawler does not follow"))
            .todo("Set CONTENTZAVOD_PUBLIC_URL to the address that answers itself."),
        Reached::Answer { status: 200, body, took, .. } => {
            robots(base, &body, report);
            if took > SLOW {
                report
                    .warning(CHECK, &format!("{base} took {} ms to answer", took.as_millis()))
                    .todo("Meta's crawler wants the first byte quickly: look what is slow between.");
            }
            media(base, report).await;
        }
        Reached::Answer { status, .. } => report
            .error(CHECK, &format!("{base}/robots.txt answers {status}"))
            .todo("Something else answers there, or a sign-in stands before this server: let /m/ and /robots.txt through."),
    }
}

fn robots(base: &str, body: &str, report: &mut Report) {
    if body.trim() == ROBOTS.trim() {
        return;
    }
    let lets_in = body.lines().any(|line| line.trim() == "Allow: /m/");
    let forbids = body.lines().any(|line| {
        let rule = line.trim().strip_prefix("Disallow:").map(str::trim);
        matches!(rule, Some("/" | "/m" | "/m/" | "/*"))
    });
    if forbids && !lets_in {
        report
            .error(CHECK, &format!("{base}/robots.txt forbids /m/"))
            .todo("Add `Allow: /m/`: Meta's crawler keeps to it.");
    } else {
        report
            .warning(CHECK, &format!("{base}/robots.txt is not this server's"))
            .todo("See that what answers there passes /m/ on to this server unchanged.");
    }
}

/// A link that nobody gave out: this server says 404, quickly and itself.
async fn media(base: &str, report: &mut Report) {
    match get(&format!("{base}/m/doctor")).await {
        Reached::Answer {
            status: 404, body, ..
        } if body.contains("urn:contentzavod:") => {
            let message = format!("{base} leads here, as seen from this machine");
            report.ok(CHECK, &message);
            report
                .note(CHECK, "whether Meta reaches it shows only from outside")
                .todo(&format!("From another network: curl -i {base}/m/doctor must answer 404 within a second, without a redirect. `contentzavod live-check` is the whole proof."));
        }
        Reached::Answer { status, .. } => report
            .error(
                CHECK,
                &format!("{base}/m/… answers {status} and not as this server does"),
            )
            .todo("Let the proxy pass /m/ on to this server unchanged."),
        Reached::Silence(why) => {
            report
                .error(CHECK, &format!("{base}/m/… does not answer: {why}"))
                .todo("Let /m/ through to this server as /robots.txt is: Instagram fetches videos there.");
        }
    }
}
