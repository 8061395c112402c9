//! The configuration in force, as it may be shown: every setting that has an effect, secrets masked.

use std::path::Path;

use chrono::TimeDelta;

use super::names::{NAMES, Use, variable};
use super::settings::{Ffmpeg, Settings};
use super::text::{LogFormat, show};

/// One setting as it may be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The variable.
    pub name: String,
    /// What holds. Of a secret only whether it is set.
    pub value: String,
    /// Where it was written; `None`: nowhere, so the usual value holds.
    pub origin: Option<String>,
}

/// Every setting that has an effect, in the order of the documentation.
pub(super) fn all(settings: &Settings, origin: impl Fn(&str) -> Option<String>) -> Vec<Shown> {
    let names = NAMES.iter().filter(|name| name.used == Use::Now);
    let shown = names.map(|name| Shown {
        name: variable(name.path),
        value: value(settings, name.path).unwrap_or_else(|| "not set".to_owned()),
        origin: origin(name.path),
    });
    shown.collect()
}

/// What holds for a setting; `None` where nothing does.
fn value(s: &Settings, path: &str) -> Option<String> {
    let file = |path: &Path| path.display().to_string();
    let p = &s.publishing;
    Some(match path {
        "data_dir" => file(&s.data_dir),
        "listen" => s.listen.to_string(),
        "public_url" => s.public_url.as_ref()?.to_string(),
        "insecure_http" => s.insecure_http.to_string(),
        "database_url" => file(s.database_url.as_deref()?),
        "media_url" => s.media_url.as_ref()?.to_string(),
        "encryption_keys" => masked(s.encryption_keys.is_some())?,
        "trusted_proxies" => {
            let proxies: Vec<_> = s.trusted_proxies.iter().map(ToString::to_string).collect();
            (!proxies.is_empty()).then(|| proxies.join(","))?
        }
        "tls.cert" => file(&s.tls.as_ref()?.cert),
        "tls.key" => file(&s.tls.as_ref()?.key),
        "hsts_subdomains" => s.hsts_subdomains.to_string(),
        "operator.name" => s.operator.name.clone()?,
        "operator.contact" => s.operator.contact.clone()?,
        "sign_in.providers" => {
            let providers = s.sign_in.providers.iter();
            let words: Vec<_> = providers.map(|p| p.kind.as_str()).collect();
            (!words.is_empty()).then(|| words.join(","))?
        }
        "sign_in.newcomers" => s.sign_in.newcomers.as_str().to_owned(),
        "publishing.stage_ahead" => span(p.stage_ahead),
        "publishing.max_late" => span(p.max_late),
        "publishing.strict" => p.strict.to_string(),
        "publishing.settle" => span(p.settle),
        "publishing.settle_timeout" => span(p.settle_timeout),
        "media.unused_ttl" => span(s.media.unused_ttl),
        "media.retry_ttl" => span(s.media.retry_ttl),
        "media.ffmpeg" => match &s.media.ffmpeg {
            Ffmpeg::Auto => "auto".to_owned(),
            Ffmpeg::Off => "off".to_owned(),
            Ffmpeg::At(path) => file(path),
        },
        "preflight.bytes_max" => s.preflight.bytes_max?.to_string(),
        "preflight.rules" => {
            let rules = s.preflight.rules.iter();
            let rules: Vec<_> = rules
                .map(|(rule, l)| format!("{rule}={}", l.as_str()))
                .collect();
            (!rules.is_empty()).then(|| rules.join(","))?
        }
        "log.format" => match s.log.format {
            LogFormat::Text => "text".to_owned(),
            LogFormat::Json => "json".to_owned(),
        },
        "log.retention" => span(s.log.retention),
        "limits.api" => s.limits.api.to_string(),
        "limits.upload" => s.limits.upload.to_string(),
        "limits.sign_in" => s.limits.sign_in.to_string(),
        path => return instagram(s, path).or_else(|| provider(s, path)),
    })
}

/// A secret is shown by whether it is set.
fn masked(set: bool) -> Option<String> {
    set.then(|| "set (not shown)".to_owned())
}

/// What holds for a setting of Instagram.
fn instagram(s: &Settings, path: &str) -> Option<String> {
    let i = &s.instagram;
    Some(match path {
        "instagram.login" => i.login.as_str().to_owned(),
        "instagram.app_id" => i.app_id.clone()?,
        "instagram.app_secret" => masked(i.app_secret.is_some())?,
        "instagram.meta_app_id" => i.meta_app_id.clone()?,
        "instagram.meta_app_secret" => masked(i.meta_app_secret.is_some())?,
        "instagram.graph_version" => i.graph_version.clone(),
        "instagram.graph_url" => i.graph_url.to_string(),
        "instagram.facebook_graph_url" => i.facebook_graph_url.to_string(),
        "instagram.oauth_url" => i.oauth_url.to_string(),
        "instagram.authorize_url" => i.authorize_url.to_string(),
        "instagram.facebook_authorize_url" => i.facebook_authorize_url.to_string(),
        "instagram.rupload_url" => i.rupload_url.as_ref()?.to_string(),
        _ => return None,
    })
}

/// What holds for a setting of a provider.
fn provider(s: &Settings, path: &str) -> Option<String> {
    let (word, setting) = path.split_once('.')?;
    let providers = &s.sign_in.providers;
    let provider = providers.iter().find(|p| p.kind.as_str() == word)?;
    Some(match setting {
        "client_id" => provider.client_id.clone(),
        "client_secret" => "set (not shown)".to_owned(),
        "issuer" | "oauth_url" => provider.place.base.as_ref()?.to_string(),
        "info_url" => provider.place.info.as_ref()?.to_string(),
        _ => return None,
    })
}

fn span(value: TimeDelta) -> String {
    show(value)
}
