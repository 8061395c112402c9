//! This machine: the data directory, the database, the keys, the disk, the server, ffmpeg.

use std::path::Path;
use std::process::{Command, Stdio};

use contentzavod_store::SqliteStore;
use contentzavod_store::vault::KeyRingVault;

use super::public::{self, Reached};
use super::report::Report;
use crate::config::Settings;
use crate::data_dir::DATABASE;

/// Below it uploads will soon be refused.
const LITTLE: u64 = 2_000_000_000;
/// Below it nothing of use fits any more.
const NOTHING: u64 = 200_000_000;

pub(super) async fn look(settings: &Settings, report: &mut Report) {
    let folder = &settings.data_dir;
    if !folder.is_dir() {
        let message = format!("{} is not there yet", folder.display());
        report
            .note("data directory", &message)
            .todo("`contentzavod serve` makes it.");
        return;
    }
    writable(folder, report);
    database(&folder.join(DATABASE), report).await;
    keys(settings, report);
    disk(folder, report);
    if let Some(tls) = &settings.tls {
        match crate::accept::tls_config(&tls.cert, &tls.key) {
            Ok(_) => report.ok("certificate", "can be used"),
            Err(error) => report
                .error("certificate", &error.to_string())
                .todo("Give CONTENTZAVOD_TLS__CERT and CONTENTZAVOD_TLS__KEY a pair in PEM."),
        }
    }
    server(settings, report).await;
    ffmpeg(report);
}

fn writable(folder: &Path, report: &mut Report) {
    match tempfile::Builder::new()
        .prefix(".doctor")
        .tempfile_in(folder)
    {
        Ok(_) => report.ok(
            "data directory",
            &format!("{} can be written", folder.display()),
        ),
        Err(error) => report
            .error(
                "data directory",
                &format!("{} cannot be written: {error}", folder.display()),
            )
            .todo(
                "Run it as the user that owns the folder, or choose another CONTENTZAVOD_DATA_DIR.",
            ),
    }
}

async fn database(path: &Path, report: &mut Report) {
    if !path.exists() {
        report
            .note("database", "is not there yet")
            .todo("`contentzavod serve` makes it.");
        return;
    }
    match SqliteStore::pending_migrations(path).await {
        Ok(pending) if pending.is_empty() => report.ok("database", "answers and is up to date"),
        Ok(pending) => report
            .warning("database", &format!("is not up to date: {}", pending.join(", ")))
            .todo("`contentzavod serve` brings it up to date at its start, or `contentzavod migrate` now."),
        Err(error) => report
            .error("database", &error.to_string())
            .todo("Put it back from a backup if it is damaged; otherwise free what holds it."),
    }
}

fn keys(settings: &Settings, report: &mut Report) {
    let check = "encryption keys";
    if let Some(keys) = &settings.encryption_keys {
        match KeyRingVault::parse(keys) {
            Ok(ring) => report.ok(check, &format!("set; {} seals", ring.primary_id())),
            Err(error) => {
                report.error(check, &error.to_string());
            }
        }
        return;
    }
    let file = settings.data_dir.join("encryption.keys");
    if file.exists() {
        let message = format!("lie in {}", file.display());
        report
            .note(check, &message)
            .todo("Back the file up apart from the database: without it no token opens.");
    } else {
        report
            .note(check, "are not there yet")
            .todo("`contentzavod serve` makes one.");
    }
}

fn disk(folder: &Path, report: &mut Report) {
    let free = match fs4::available_space(folder) {
        Ok(free) => free,
        Err(error) => {
            report.warning("disk", &format!("cannot be measured: {error}"));
            return;
        }
    };
    let message = format!("{} MB are free in {}", free / 1_000_000, folder.display());
    let todo = "Free some space, or move CONTENTZAVOD_DATA_DIR to a larger disk.";
    match free {
        0..NOTHING => report.error("disk", &message).todo(todo),
        NOTHING..LITTLE => report.warning("disk", &message).todo(todo),
        _ => report.ok("disk", &message),
    }
}

async fn server(settings: &Settings, report: &mut Report) {
    if settings.tls.is_some() {
        // Its certificate is for the public name.
        return;
    }
    let mut address = settings.listen;
    if address.ip().is_unspecified() {
        address.set_ip(std::net::Ipv4Addr::LOCALHOST.into());
    }
    let url = format!("http://{address}/readyz");
    match public::get(&url).await {
        Reached::Answer { status: 200, .. } => report.ok("server", &format!("runs on {address}")),
        Reached::Answer { status, .. } => report
            .error("server", &format!("answers {status} on {address}"))
            .todo("Look into its log."),
        Reached::Silence(_) => report
            .note("server", &format!("does not run on {address}"))
            .todo(
                "Start it with `contentzavod serve`; nothing is published while it does not run.",
            ),
    }
}

fn ffmpeg(report: &mut Report) {
    let version = Command::new("ffmpeg")
        .arg("-version")
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output();
    match version {
        Ok(output) if output.status.success() => {
            let text = String::from_utf8_lossy(&output.stdout);
            report.ok("ffmpeg", text.lines().next().unwrap_or("is there"));
        }
        _ => report
            .note("ffmpeg", "is not found")
            .todo("It is not needed to publish. With it you can mend a video that is refused."),
    }
}
