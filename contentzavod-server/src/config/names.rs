//! Every name an operator may set, in one table.

/// The prefix of variables.
pub(super) const PREFIX: &str = "CONTENTZAVOD_";
/// Where the file is; the one name that a file cannot hold.
pub(super) const CONFIG: &str = "CONTENTZAVOD_CONFIG";

/// What this version does with a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// Reads it, or refuses what it cannot do.
    Now,
    /// Takes it with a warning: it harms nothing that it has no effect.
    Later,
}

/// A setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Name {
    /// As in the file: `instagram.app_id`.
    pub(super) path: &'static str,
    /// Its value is never shown, and may be read from a file.
    pub(super) secret: bool,
    /// Whether it has an effect.
    pub(super) used: Use,
}

const fn plain(path: &'static str) -> Name {
    Name {
        path,
        secret: false,
        used: Use::Now,
    }
}

const fn secret(path: &'static str) -> Name {
    Name {
        secret: true,
        ..plain(path)
    }
}

const fn later(name: Name) -> Name {
    Name {
        used: Use::Later,
        ..name
    }
}

/// All of them, in the order of the documentation.
pub(super) const NAMES: &[Name] = &[
    plain("data_dir"),
    plain("listen"),
    plain("public_url"),
    plain("insecure_http"),
    // A connection address may hold a password.
    secret("database_url"),
    secret("redis_url"),
    plain("media_url"),
    secret("encryption_keys"),
    plain("trusted_proxies"),
    plain("tls.cert"),
    plain("tls.key"),
    plain("hsts_subdomains"),
    plain("instagram.login"),
    plain("instagram.app_id"),
    secret("instagram.app_secret"),
    plain("instagram.meta_app_id"),
    secret("instagram.meta_app_secret"),
    plain("instagram.graph_version"),
    plain("instagram.graph_url"),
    plain("instagram.facebook_graph_url"),
    plain("instagram.oauth_url"),
    plain("instagram.authorize_url"),
    plain("instagram.facebook_authorize_url"),
    plain("instagram.rupload_url"),
    plain("operator.name"),
    plain("operator.contact"),
    plain("sign_in.providers"),
    plain("sign_in.newcomers"),
    later(secret("telegram.bot_token")),
    plain("telegram.client_id"),
    secret("telegram.client_secret"),
    plain("telegram.issuer"),
    later(plain("telegram.api_url")),
    plain("google.client_id"),
    secret("google.client_secret"),
    plain("google.issuer"),
    plain("yandex.client_id"),
    secret("yandex.client_secret"),
    plain("yandex.oauth_url"),
    plain("yandex.info_url"),
    plain("publishing.stage_ahead"),
    plain("publishing.max_late"),
    plain("publishing.strict"),
    plain("publishing.settle"),
    plain("publishing.settle_timeout"),
    plain("media.unused_ttl"),
    plain("media.retry_ttl"),
    plain("media.ffmpeg"),
    plain("preflight.bytes_max"),
    plain("preflight.rules"),
    plain("log.format"),
    plain("log.retention"),
    plain("limits.api"),
    plain("limits.upload"),
    plain("limits.sign_in"),
];

/// How a name is found: the setting, and whether the value is the path of a file that holds it.
pub(super) type Known = (&'static Name, bool);

/// `listen` → `CONTENTZAVOD_LISTEN`.
pub(super) fn variable(path: &str) -> String {
    format!("{PREFIX}{}", path.to_uppercase().replace('.', "__"))
}

/// Every variable that has an effect, one a line.
pub(super) fn listing() -> String {
    let line = |name: &Name| {
        let file = if name.secret { ", or …_FILE" } else { "" };
        format!("  {}{file}", variable(name.path))
    };
    let lines = NAMES.iter().filter(|name| name.used == Use::Now).map(line);
    let lines: Vec<_> = lines.chain([format!("  {CONFIG}")]).collect();
    lines.join("\n")
}

/// The setting of a variable.
pub(super) fn by_variable(text: &str) -> Option<Known> {
    find(text, "_FILE", variable)
}

/// The setting of a key of the file, tables joined by dots.
pub(super) fn by_key(text: &str) -> Option<Known> {
    find(text, "_file", str::to_owned)
}

fn find(text: &str, suffix: &str, spell: impl Fn(&str) -> String) -> Option<Known> {
    let exact = |text: &str| NAMES.iter().find(|name| spell(name.path) == text);
    if let Some(name) = exact(text) {
        return Some((name, false));
    }
    let name = exact(text.strip_suffix(suffix)?)?;
    name.secret.then_some((name, true))
}

/// The known variable that looks most like an unknown one.
pub(super) fn nearest_variable(text: &str) -> String {
    nearest(text, "_FILE", variable)
}

/// The known key that looks most like an unknown one.
pub(super) fn nearest_key(text: &str) -> String {
    nearest(text, "_file", str::to_owned)
}

fn nearest(text: &str, suffix: &str, spell: impl Fn(&str) -> String) -> String {
    let plain = NAMES.iter().map(|name| spell(name.path));
    let files = NAMES.iter().filter(|name| name.secret);
    let files = files.map(|name| spell(name.path) + suffix);
    // Case is the likeliest slip, and counts as none.
    let text = text.to_lowercase();
    plain
        .chain(files)
        .min_by_key(|known| strsim::damerau_levenshtein(&known.to_lowercase(), &text))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_under_both_spellings_and_files_only_for_secrets() {
        let (name, file) = by_variable("CONTENTZAVOD_INSTAGRAM__APP_SECRET_FILE").unwrap();
        assert_eq!((name.path, file), ("instagram.app_secret", true));
        assert_eq!(by_key("instagram.app_secret").unwrap(), (name, false));
        assert!(by_variable("CONTENTZAVOD_LISTEN_FILE").is_none());
        assert!(by_variable("CONTENTZAVOD_LISTEN").is_some());
        assert!(by_variable("CONTENTZAVOD_INSTAGRAM").is_none());
    }

    #[test]
    fn the_nearest_is_what_was_meant() {
        for (wrong, meant) in [
            ("CONTENTZAVOD_LISTN", "CONTENTZAVOD_LISTEN"),
            ("CONTENTZAVOD_TLS_CERT", "CONTENTZAVOD_TLS__CERT"),
            (
                "CONTENTZAVOD_ENCRYPTION_KEY_FILE",
                "CONTENTZAVOD_ENCRYPTION_KEYS_FILE",
            ),
        ] {
            assert_eq!(nearest_variable(wrong), meant);
        }
        assert_eq!(nearest_key("LISTEN"), "listen");
        assert_eq!(nearest_key("publishing.setle"), "publishing.settle");
    }

    #[test]
    fn no_name_stands_twice() {
        for (at, name) in NAMES.iter().enumerate() {
            assert!(NAMES.iter().skip(at + 1).all(|n| n.path != name.path));
        }
    }
}
