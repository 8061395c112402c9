//! From texts to settings, with the rules between them.

use std::net::SocketAddr;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use chrono::TimeDelta;
use contentzavod_core::model::Secret;
use contentzavod_core::model::retention::MediaTtl;
use contentzavod_core::publication::{Numbers, numbers};
use contentzavod_instagram::{Family, GraphConfig};
use contentzavod_store::vault::KeyRingVault;
use url::Url;

use super::error::ConfigError;
use super::reader::Reader;
use super::settings::{
    Ffmpeg, InstagramSettings, LimitsSettings, LogSettings, MediaSettings, PreflightSettings,
    PublishingSettings, Settings, TlsFiles, database_in,
};
use super::{operator, preflight, shown, sign_in, text};

const LATER: &str = "is not supported by this version yet";
/// Below it the platform itself may not have settled; only a stand-in has.
const SETTLE_LEAST: TimeDelta = TimeDelta::seconds(60);

/// Reads everything, then says what is wrong, all at once.
pub(super) fn settings(
    mut reader: Reader,
    data_dir: Option<&Path>,
) -> Result<Settings, ConfigError> {
    let r = &mut reader;
    let data_dir = data_dir
        .map(Path::to_owned)
        .or_else(|| r.read("data_dir", text::not_blank).map(PathBuf::from))
        .unwrap_or_else(|| "./data".into());
    refuse_redis(r);
    let instagram = instagram(r);
    let graphs = [&instagram.graph_url, &instagram.facebook_graph_url];
    let publishing = publishing(r, graphs.into_iter().all(text::is_loopback));
    let public = r.is_set("public_url");
    let settings = Settings {
        listen: listen(r),
        public_url: r.read("public_url", text::base_url),
        insecure_http: r.read("insecure_http", text::boolean).unwrap_or(false),
        database_url: r.read("database_url", |text| sqlite(text, &data_dir)),
        media_url: r.read("media_url", media_url),
        encryption_keys: r.read("encryption_keys", encryption_keys),
        trusted_proxies: r
            .read("trusted_proxies", text::networks)
            .unwrap_or_default(),
        tls: tls(r),
        hsts_subdomains: r.read("hsts_subdomains", text::boolean).unwrap_or(true),
        instagram,
        operator: operator::read(r, public),
        sign_in: sign_in::read(r),
        publishing,
        media: media(r),
        preflight: preflight_of(r),
        log: log(r),
        limits: limits(r),
        shown: Vec::new(),
        warnings: Vec::new(),
        data_dir,
    };
    doubts(r, &settings);
    let shown = shown::all(&settings, |path| reader.origin(path));
    let warnings = reader.finish()?;
    Ok(Settings {
        shown,
        warnings,
        ..settings
    })
}

/// What can be meant so, and mostly is not.
fn doubts(r: &mut Reader, settings: &Settings) {
    if settings.trusted_proxies.iter().any(|n| n.prefix_len() == 0) {
        let warning = "trusted_proxies holds a network of all addresses: any caller can claim to \
                       be another";
        r.warn(warning.to_owned());
    }
    let url = settings.public_url.as_ref();
    let by_proxy = url.is_some_and(|url| url.scheme() == "https") && settings.tls.is_none();
    if by_proxy && settings.trusted_proxies.is_empty() {
        let warning = "public_url is HTTPS, which a proxy must speak, and trusted_proxies is not \
                       set: everybody is limited as one caller. Set CONTENTZAVOD_TRUSTED_PROXIES \
                       to the proxy's address, and have it write X-Forwarded-For";
        r.warn(warning.to_owned());
    }
}

/// What the pre-flight differs in, alone.
pub(super) fn preflight_alone(mut reader: Reader) -> Result<PreflightSettings, ConfigError> {
    let settings = preflight_of(&mut reader);
    reader.finish()?;
    Ok(settings)
}

fn preflight_of(r: &mut Reader) -> PreflightSettings {
    PreflightSettings {
        bytes_max: r.read("preflight.bytes_max", preflight::bytes),
        rules: r
            .read("preflight.rules", preflight::levels)
            .unwrap_or_default(),
    }
}

fn refuse_redis(r: &mut Reader) {
    let _: Option<()> = r.read("redis_url", |_| Err(LATER.to_owned()));
}

fn listen(r: &mut Reader) -> SocketAddr {
    let parse = |text: &str| {
        let address = text.trim().parse::<SocketAddr>();
        address.map_err(|_| "must be an IP address and a port such as 127.0.0.1:8080".to_owned())
    };
    r.read("listen", parse)
        .unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8080)))
}

/// The lock of the data directory guards the database in it, and no other.
fn sqlite(text: &str, data_dir: &Path) -> Result<PathBuf, String> {
    let Some(path) = text.strip_prefix("sqlite:") else {
        return Err(format!("{LATER} (SQLite in the data directory is)"));
    };
    let path = PathBuf::from(path.strip_prefix("//").unwrap_or(path));
    let here = database_in(data_dir);
    // Neither a `.` nor doubled slashes make another path.
    let plain = |path: &Path| path.strip_prefix(".").unwrap_or(path).to_owned();
    (plain(&path) == plain(&here))
        .then_some(here.clone())
        .ok_or_else(|| {
            let here = here.display();
            format!(
                "must be {here}, the file in the data directory; set CONTENTZAVOD_DATA_DIR instead"
            )
        })
}

fn media_url(text: &str) -> Result<Url, String> {
    let rule = "must be a file address with an absolute path, such as file:///var/lib/media";
    let url = Url::parse(text).map_err(|_| rule.to_owned())?;
    match url.scheme() {
        "file" if url.to_file_path().is_ok() => Ok(url),
        "file" => Err(rule.to_owned()),
        "s3" => Err(LATER.to_owned()),
        _ => Err(rule.to_owned()),
    }
}

fn encryption_keys(text: &str) -> Result<Secret, String> {
    let keys = Secret::from(text);
    let checked = KeyRingVault::parse(&keys);
    // The error names entries, never a key.
    checked.map_err(|error| format!("must be id:base64,…: {error}"))?;
    Ok(keys)
}

fn tls(r: &mut Reader) -> Option<TlsFiles> {
    let path = |r: &mut Reader, name| r.read(name, text::not_blank).map(PathBuf::from);
    let (cert, key) = (path(r, "tls.cert"), path(r, "tls.key"));
    both_or_neither(r, "tls.cert", "tls.key");
    cert.zip(key).map(|(cert, key)| TlsFiles { cert, key })
}

pub(super) fn both_or_neither(r: &mut Reader, one: &'static str, other: &'static str) {
    for (set, missing) in [(one, other), (other, one)] {
        if r.is_set(set) && !r.is_set(missing) {
            let needed_by = super::names::variable(set);
            r.wrong(missing, &format!("must be set too, as {needed_by} is"));
        }
    }
}

fn instagram(r: &mut Reader) -> InstagramSettings {
    let usual = GraphConfig::default();
    let login =
        |text: &str| Family::parse(text).ok_or_else(|| "must be instagram or facebook".to_owned());
    let version = |text: &str| {
        let version = text.to_owned();
        let config = GraphConfig {
            version: version.clone(),
            ..GraphConfig::default()
        };
        let checked = config.check().map(|()| version);
        checked.map_err(|_| "must look like v25.0".to_owned())
    };
    let app_secret = |text: &str| text::not_blank(text).map(Secret::from);
    both_or_neither(r, "instagram.app_id", "instagram.app_secret");
    let graph_set = r.is_set("instagram.graph_url");
    let graph_url = outside(r, "instagram.graph_url", usual.graph_url.as_str());
    // Whoever points Instagram at a stand-in on this machine means all of it. Anywhere else the
    // tokens of one family do not go to the other's host by themselves.
    let facebook = if graph_set && text::is_loopback(&graph_url) {
        &graph_url
    } else {
        &usual.facebook_url
    };
    let facebook_graph_url = outside(r, "instagram.facebook_graph_url", facebook.as_str());
    let settings = InstagramSettings {
        login: r.read("instagram.login", login).unwrap_or_default(),
        app_id: r.read("instagram.app_id", text::not_blank),
        app_secret: r.read("instagram.app_secret", app_secret),
        meta_app_id: r.read("instagram.meta_app_id", text::not_blank),
        meta_app_secret: r.read("instagram.meta_app_secret", app_secret),
        graph_version: r
            .read("instagram.graph_version", version)
            .unwrap_or(usual.version),
        graph_url,
        facebook_graph_url,
        oauth_url: outside(r, "instagram.oauth_url", usual.oauth_url.as_str()),
        authorize_url: outside(r, "instagram.authorize_url", usual.authorize_url.as_str()),
        facebook_authorize_url: outside(
            r,
            "instagram.facebook_authorize_url",
            usual.facebook_authorize_url.as_str(),
        ),
        rupload_url: r.read("instagram.rupload_url", text::base_url),
    };
    if settings.login == Family::Facebook && settings.meta_app_secret.is_some() {
        let rule = "must be left out: with CONTENTZAVOD_INSTAGRAM__LOGIN=facebook the Meta app is \
                    the one of CONTENTZAVOD_INSTAGRAM__APP_ID and __APP_SECRET";
        r.wrong("instagram.meta_app_secret", rule);
    }
    settings
}

/// An address of the outside that can be pointed elsewhere.
#[expect(
    clippy::expect_used,
    reason = "the usual addresses are constants of this file and of GraphConfig"
)]
fn outside(r: &mut Reader, path: &'static str, usual: &str) -> Url {
    r.read(path, text::base_url)
        .unwrap_or_else(|| Url::parse(usual).expect("a constant address"))
}

fn duration(
    r: &mut Reader,
    path: &'static str,
    range: RangeInclusive<TimeDelta>,
    usual: TimeDelta,
) -> TimeDelta {
    r.read(path, |text| text::duration(text, range))
        .unwrap_or(usual)
}

fn publishing(r: &mut Reader, stand_in: bool) -> PublishingSettings {
    let usual = Numbers::default();
    let minute = TimeDelta::minutes(1);
    let settling = TimeDelta::seconds(1)..=TimeDelta::hours(12);
    let settings = PublishingSettings {
        stage_ahead: duration(
            r,
            "publishing.stage_ahead",
            minute..=numbers::stage_ahead_max(),
            usual.stage_ahead,
        ),
        max_late: duration(
            r,
            "publishing.max_late",
            minute..=TimeDelta::days(7),
            numbers::default_max_late(),
        ),
        strict: r
            .read("publishing.strict", text::boolean)
            .unwrap_or(usual.strict),
        settle: duration(r, "publishing.settle", settling.clone(), usual.settle),
        settle_timeout: duration(
            r,
            "publishing.settle_timeout",
            settling,
            usual.settle_timeout,
        ),
    };
    for (path, value) in [
        ("publishing.settle", settings.settle),
        ("publishing.settle_timeout", settings.settle_timeout),
    ] {
        if value < SETTLE_LEAST && !stand_in {
            let rule = "must be at least 60s unless INSTAGRAM__GRAPH_URL is on this machine: a \
                        shorter wait could publish twice";
            r.wrong(path, rule);
        }
    }
    settings
}

fn media(r: &mut Reader) -> MediaSettings {
    let usual = MediaTtl::default();
    let range = TimeDelta::minutes(1)..=TimeDelta::days(365);
    MediaSettings {
        unused_ttl: duration(r, "media.unused_ttl", range.clone(), usual.unused),
        retry_ttl: duration(r, "media.retry_ttl", range, usual.retry),
        ffmpeg: r.read("media.ffmpeg", ffmpeg).unwrap_or_default(),
    }
}

fn ffmpeg(text: &str) -> Result<Ffmpeg, String> {
    match text.trim() {
        "auto" => Ok(Ffmpeg::Auto),
        "off" => Ok(Ffmpeg::Off),
        path if path.starts_with('/') => Ok(Ffmpeg::At(path.into())),
        _ => Err("must be auto, off or the absolute path of ffmpeg".to_owned()),
    }
}

fn log(r: &mut Reader) -> LogSettings {
    let range = TimeDelta::days(1)..=TimeDelta::days(3650);
    LogSettings {
        format: r.read("log.format", text::log_format).unwrap_or_default(),
        retention: duration(r, "log.retention", range, TimeDelta::days(30)),
    }
}

fn limits(r: &mut Reader) -> LimitsSettings {
    let usual = LimitsSettings::default();
    LimitsSettings {
        api: r.read("limits.api", text::rate).unwrap_or(usual.api),
        upload: r.read("limits.upload", text::rate).unwrap_or(usual.upload),
        sign_in: r
            .read("limits.sign_in", text::rate)
            .unwrap_or(usual.sign_in),
    }
}
