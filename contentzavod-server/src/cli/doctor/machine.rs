//! This machine: the data directory, the database, the keys, the disk, the server, ffmpeg.

use std::path::Path;
use std::process::{Command, Stdio};

use contentzavod_store::SqliteStore;
use contentzavod_store::vault::KeyRingVault;

use super::public::{self, Reached};
use super::report::Report;
use crate::config::Settings;
use crate::data_dir::DATABASE;

const DATA: &str = "CONTENTZAVOD_DATA_DIR";
const MEDIA: &str = "CONTENTZAVOD_MEDIA_URL";
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
    writable("data directory", folder, DATA, report);
    database(&folder.join(DATABASE), report).await;
    keys(settings, report);
    disk(folder, DATA, report);
    if let Some(media) = settings.media_dir().filter(|media| media.is_dir()) {
        writable("media directory", &media, MEDIA, report);
        // Only a disk of its own is news.
        if !media.starts_with(folder) {
            disk(&media, MEDIA, report);
        }
    }
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

/// `setting` chooses the folder.
fn writable(check: &str, folder: &Path, setting: &str, report: &mut Report) {
    match tempfile::Builder::new()
        .prefix(".doctor")
        .tempfile_in(folder)
    {
        Ok(_) => report.ok(check, &format!("{} can be written", folder.display())),
        Err(error) => report
            .error(
                check,
                &format!("{} cannot be written: {error}", folder.display()),
            )
            .todo(&format!(
                "Run it as the user that owns the folder, or choose another {setting}."
            )),
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
            Err(error) => report
                .error(check, &error.to_string())
                .todo("Give CONTENTZAVOD_ENCRYPTION_KEYS as `name:base64[,name:base64]`, 32 bytes each, or leave it out."),
        }
        return;
    }
    let file = settings.data_dir.join("encryption.keys");
    if file.exists() {
        let message = format!("lie in {}", file.display());
        report
            .note(check, &message)
            .todo("Back the file up apart from the database: without it no token opens.");
        return;
    }
    let database = settings.data_dir.join(DATABASE);
    if database.exists() && SqliteStore::holds_sealed(&database).unwrap_or(false) {
        let message = format!("{} is gone, and the database holds tokens", file.display());
        report
            .error(check, &message)
            .todo("Put the file back from its backup, or give the keys in CONTENTZAVOD_ENCRYPTION_KEYS: without them no token opens, and the server does not start.");
    } else {
        report
            .note(check, "are not there yet")
            .todo("`contentzavod serve` makes one.");
    }
}

fn disk(folder: &Path, setting: &str, report: &mut Report) {
    let free = match fs4::available_space(folder) {
        Ok(free) => free,
        Err(error) => {
            let message = format!("of {} cannot be measured: {error}", folder.display());
            report
                .warning("disk", &message)
                .todo("See with `df` that it is mounted, and that this user may read it.");
            return;
        }
    };
    let message = format!("{} MB are free in {}", free / 1_000_000, folder.display());
    let todo = format!("Free some space, or move {setting} to a larger disk.");
    match free {
        0..NOTHING => report.error("disk", &message).todo(&todo),
        NOTHING..LITTLE => report.warning("disk", &message).todo(&todo),
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
