//! Instagram itself: is it reached, do the clocks agree, how long is the version of its API served.

use chrono::TimeDelta;
use contentzavod_core::model::Lang;
use contentzavod_core::ports::{Clock, Publisher};
use contentzavod_instagram::InstagramPublisher;
use contentzavod_instagram::graph::{VersionStanding, version_standing};

use super::report::Report;
use crate::config::Settings;

/// Beyond it nothing is published: the engine's own measure.
const APART: TimeDelta = TimeDelta::seconds(60);
/// Posts would be so early or late without anybody noticing; `Date` tells whole seconds.
const OFF: TimeDelta = TimeDelta::seconds(3);

pub(super) async fn look(
    settings: &Settings,
    publisher: &InstagramPublisher,
    clock: &dyn Clock,
    report: &mut Report,
) {
    version(settings, clock, report);
    let graph = settings.graph();
    let host = graph
        .graph_of(settings.instagram.login)
        .host_str()
        .unwrap_or("?")
        .to_owned();
    let (began, asked) = (clock.elapsed(), clock.now());
    let remote = publisher.time().await;
    let took = clock.elapsed().saturating_sub(began);
    let remote = match remote {
        Ok(Some(remote)) => remote,
        Ok(None) => {
            report
                .warning("clock", &format!("{host} tells no time"))
                .todo("See whether a proxy between takes the `Date` header away; compare this machine's clock with another one.");
            return;
        }
        Err(error) => {
            report
                .error("instagram", &format!("{host}: {}", error.fault().says(Lang::En)))
                .todo("Let this machine reach it on port 443; a firewall, a proxy or DNS is in the way.");
            return;
        }
    };
    report.ok(
        "instagram",
        &format!("{host} answers in {} ms", took.as_millis()),
    );
    let ours = asked + TimeDelta::from_std(took / 2).unwrap_or_default();
    let apart = (ours - remote).abs();
    let message = format!(
        "this machine's clock and Instagram's differ by {} s",
        apart.num_seconds()
    );
    let todo = "Set the machine's clock, and let it follow a time server (NTP).";
    if apart > APART {
        let message = format!("{message}: nothing is published until they agree within 60 s");
        report.error("clock", &message).todo(todo);
    } else if apart > OFF {
        report.warning("clock", &message).todo(todo);
    } else {
        report.ok("clock", "agrees with Instagram's");
    }
}

fn version(settings: &Settings, clock: &dyn Clock, report: &mut Report) {
    let version = &settings.instagram.graph_version;
    let todo = "Set CONTENTZAVOD_INSTAGRAM__GRAPH_VERSION to a newer one.";
    let check = "api version";
    match version_standing(version, clock.now().date_naive()) {
        VersionStanding::Served => report.ok(check, &format!("{version} is served for long")),
        VersionStanding::Ending(end) => report
            .warning(check, &format!("{version} is served until {end} only"))
            .todo(todo),
        VersionStanding::Ended(end) => report
            .error(check, &format!("{version} is not served since {end}"))
            .todo(todo),
        VersionStanding::Unknown => report
            .note(check, &format!("when {version} ends is not known here"))
            .todo("Look it up in Meta's changelog."),
    }
}
