//! Settings as an operator writes them, and every mistake as they read it.

#![expect(clippy::unwrap_used, reason = "the helpers of a test fail it, too")]

use std::path::Path;

use chrono::TimeDelta;
use contentzavod_instagram::{Family, GraphConfig};
use contentzavod_server::config::{ConfigError, LogFormat, Overrides, Rate, Settings, load};
use secrecy::ExposeSecret;

const KEY: &str = "k1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

fn with(variables: &[(&str, &str)], file: Option<&Path>) -> Result<Settings, ConfigError> {
    flagged(&Overrides::default(), variables, file)
}

fn flagged(
    flags: &Overrides,
    variables: &[(&str, &str)],
    file: Option<&Path>,
) -> Result<Settings, ConfigError> {
    let variables = variables
        .iter()
        .map(|(name, value)| (format!("CONTENTZAVOD_{name}"), (*value).to_owned()));
    load(flags, variables, file)
}

fn good(variables: &[(&str, &str)]) -> Settings {
    with(variables, None).unwrap()
}

/// The mistakes as text, one each.
fn wrong(variables: &[(&str, &str)]) -> Vec<String> {
    lines(&with(variables, None).unwrap_err())
}

fn lines(error: &ConfigError) -> Vec<String> {
    error.mistakes.iter().map(ToString::to_string).collect()
}

fn file(folder: &tempfile::TempDir, name: &str, text: &str) -> std::path::PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    path
}

#[test]
fn without_any_configuration_everything_has_its_usual_value() {
    let settings = load(&Overrides::default(), std::iter::empty(), None).unwrap();
    assert_eq!(settings.data_dir, Path::new("./data"));
    assert_eq!(settings.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(settings.instagram.login, Family::Instagram);
    assert_eq!(settings.log.format, LogFormat::Text);
    assert!(settings.public_url.is_none() && settings.encryption_keys.is_none());
    assert!(settings.warnings.is_empty());
    assert_eq!(
        settings.numbers(),
        contentzavod_core::publication::Numbers::default()
    );
    let (graph, usual) = (settings.graph(), GraphConfig::default());
    assert_eq!(graph.graph_url, usual.graph_url);
    assert_eq!(graph.facebook_url, usual.facebook_url);
    assert_eq!(graph.version, usual.version);
    assert!(graph.meta_app.is_none() && graph.rupload_url.is_none());
    assert_eq!(
        settings.media_ttl(),
        contentzavod_core::model::retention::MediaTtl::default()
    );
    assert_eq!(settings.numbers().max_late, TimeDelta::hours(6));
    settings.check_exposure().unwrap();
}

#[test]
fn what_others_set_is_none_of_our_business_and_an_empty_variable_is_not_set() {
    let others = [
        ("PATH", "/bin"),
        ("CONTENTZAVOD_LISTEN", ""),
        ("LISTEN", "x"),
    ];
    let others = others.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let settings = load(&Overrides::default(), others.into_iter(), None).unwrap();
    assert_eq!(settings.listen.port(), 8080);
}

#[test]
fn flags_win_over_the_environment_and_it_over_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let text = "listen = '127.0.0.1:1'\ndata_dir = '/from/file'\npublic_url = 'https://file.example'\n\
                [publishing]\nstrict = true\nmax_late = '1h'\n[limits]\napi = '5/s'\n";
    let path = file(&folder, "c.toml", text);
    let variables = [
        ("LISTEN", "127.0.0.1:2"),
        ("PUBLIC_URL", "https://env.example"),
    ];
    let flags = Overrides {
        listen: Some("127.0.0.1:3".to_owned()),
        ..Overrides::default()
    };
    let settings = flagged(&flags, &variables, Some(&path)).unwrap();
    assert_eq!(settings.listen.port(), 3);
    assert_eq!(
        settings.public_url.unwrap().as_str(),
        "https://env.example/"
    );
    assert_eq!(settings.data_dir, Path::new("/from/file"));
    assert!(settings.publishing.strict);
    assert_eq!(settings.publishing.max_late, TimeDelta::hours(1));
}

#[test]
fn the_file_may_be_named_by_a_variable() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(
        &folder,
        "c.toml",
        "trusted_proxies = ['10.0.0.0/8', '::1']\n",
    );
    let settings = good(&[("CONFIG", path.to_str().unwrap())]);
    assert_eq!(settings.trusted_proxies.len(), 2);
    assert!(settings.trusts("::ffff:10.1.2.3".parse().unwrap()));
    assert!(!settings.trusts("11.1.2.3".parse().unwrap()));
    let error = wrong(&[("CONFIG", "/nowhere/c.toml")]);
    assert!(
        error[0].starts_with("/nowhere/c.toml cannot be read"),
        "{error:?}"
    );
}

#[test]
fn every_mistake_is_told_at_once_with_its_name_rule_and_value() {
    let told = wrong(&[
        ("LISTEN", "8080"),
        ("LISTN", "secret-under-a-wrong-name"),
        ("PUBLIC_URL", "http://public.example"),
        ("PUBLISHING__STAGE_AHEAD", "13h"),
        ("PUBLISHING__STRICT", "maybe"),
        ("TLS__CERT", "/cert.pem"),
        ("TRUSTED_PROXIES", "proxy"),
        ("REDIS_URL", "redis://:hunter2@redis"),
        ("DATABASE_URL", "postgres://u:hunter2@db/x"),
        ("MEDIA_URL", "s3://bucket/prefix"),
        ("INSTAGRAM__LOGIN", "basic"),
        ("INSTAGRAM__GRAPH_VERSION", "25"),
        ("LIMITS__API", "fast"),
        ("LOG__FORMAT", "xml"),
    ]);
    let expected = [
        "CONTENTZAVOD_LISTN is no known setting; did you mean CONTENTZAVOD_LISTEN?",
        "CONTENTZAVOD_LISTEN must be an IP address and a port such as 127.0.0.1:8080 (it is \"8080\")",
        "CONTENTZAVOD_PUBLIC_URL must be an https address unless its host is this machine (it is \"http://public.example\")",
        "CONTENTZAVOD_PUBLISHING__STAGE_AHEAD must be a number and s, m, h or d, from 1m to 12h (it is \"13h\")",
        "CONTENTZAVOD_PUBLISHING__STRICT must be true or false (it is \"maybe\")",
        "CONTENTZAVOD_TLS__KEY must be set too, as CONTENTZAVOD_TLS__CERT is",
        "CONTENTZAVOD_TRUSTED_PROXIES must be addresses or networks such as 10.0.0.0/8, separated by commas (it is \"proxy\")",
        "CONTENTZAVOD_REDIS_URL is not supported by this version yet",
        "CONTENTZAVOD_DATABASE_URL is not supported by this version yet (SQLite in the data directory is)",
        "CONTENTZAVOD_MEDIA_URL is not supported by this version yet (it is \"s3://bucket/prefix\")",
        "CONTENTZAVOD_INSTAGRAM__LOGIN must be instagram or facebook (it is \"basic\")",
        "CONTENTZAVOD_INSTAGRAM__GRAPH_VERSION must look like v25.0 (it is \"25\")",
        "CONTENTZAVOD_LIMITS__API must be a rate such as 600/min (s, min, h), or off (it is \"fast\")",
        "CONTENTZAVOD_LOG__FORMAT must be text or json (it is \"xml\")",
    ];
    for line in expected {
        assert!(told.iter().any(|t| t == line), "{line}\n{told:#?}");
    }
    assert_eq!(told.len(), expected.len(), "{told:#?}");
    assert!(!told.join("\n").contains("hunter2"));
}

#[test]
fn mistakes_of_a_file_say_which_key_of_which_file() {
    let folder = tempfile::tempdir().unwrap();
    let text = "LISTEN = 'x'\n[instagram]\napp_idd = 'x'\nlogin = { a = 1 }\n[publishing]\nsettle = 5\n\
                [tls]\n";
    let path = file(&folder, "c.toml", text);
    let told = lines(&with(&[], Some(&path)).unwrap_err());
    let place = path.display();
    let expected = [
        format!("LISTEN in {place} is no known setting; did you mean listen?"),
        format!("instagram.app_idd in {place} is no known setting; did you mean instagram.app_id?"),
        format!("instagram.login.a in {place} is no known setting; did you mean instagram.login?"),
        format!(
            "publishing.settle in {place} must be a number and s, m, h or d, from 1s to 12h (it is \"5\")"
        ),
    ];
    for line in &expected {
        assert!(told.contains(line), "{line}\n{told:#?}");
    }
}

#[test]
fn a_broken_file_names_the_line_and_does_not_show_it() {
    let folder = tempfile::tempdir().unwrap();
    let text = "listen = '127.0.0.1:1'\nencryption_keys = \"k1:hunter2\n";
    let path = file(&folder, "c.toml", text);
    let error = with(&[], Some(&path)).unwrap_err();
    let told = error.to_string();
    assert!(told.contains("is no valid TOML at line 2"), "{told}");
    assert!(!told.contains("hunter2") && !format!("{error:?}").contains("hunter2"));
}

#[test]
fn secrets_are_read_from_files_and_never_shown() {
    let folder = tempfile::tempdir().unwrap();
    let keys = file(&folder, "keys", &format!("{KEY}\r\n"));
    let settings = good(&[
        ("ENCRYPTION_KEYS_FILE", keys.to_str().unwrap()),
        ("INSTAGRAM__APP_ID", "17"),
        ("INSTAGRAM__APP_SECRET", "hunter2"),
    ]);
    let read = settings.encryption_keys.clone().unwrap();
    assert_eq!(read.expose_secret(), KEY);
    let shown = format!("{settings:?}");
    assert!(
        !shown.contains("hunter2") && !shown.contains("AAECAw"),
        "{shown}"
    );

    let told = wrong(&[
        ("ENCRYPTION_KEYS", "k1:hunter2"),
        ("INSTAGRAM__APP_SECRET", "hunter2"),
    ]);
    assert_eq!(told.len(), 2, "{told:#?}");
    assert!(!told.join("\n").contains("hunter2"), "{told:#?}");
    assert!(
        told.iter()
            .any(|t| t.contains("INSTAGRAM__APP_ID must be set too"))
    );

    let told = wrong(&[("ENCRYPTION_KEYS", KEY), ("ENCRYPTION_KEYS_FILE", "/x")]);
    assert!(told[0].contains("is set twice"), "{told:#?}");
    let told = wrong(&[("ENCRYPTION_KEYS_FILE", "/nowhere/keys")]);
    assert!(
        told[0].starts_with("CONTENTZAVOD_ENCRYPTION_KEYS_FILE must be the path of a file"),
        "{told:#?}"
    );
    assert!(told[0].ends_with("(it is \"/nowhere/keys\")"), "{told:#?}");
}

#[test]
fn a_secret_file_that_is_outvoted_is_not_opened() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(&folder, "c.toml", "encryption_keys_file = '/nowhere'\n");
    let settings = with(&[("ENCRYPTION_KEYS", KEY)], Some(&path)).unwrap();
    assert!(settings.encryption_keys.is_some());
}

#[test]
fn a_proxy_that_nobody_trusts_is_warned_of() {
    let public = ("PUBLIC_URL", "https://zavod.example.com");
    let warned = |set: &[(&str, &str)]| {
        let words = good(set).warnings.join(" ");
        words.contains("limited as one caller")
    };
    assert!(warned(&[public]));
    assert!(!warned(&[public, ("TRUSTED_PROXIES", "127.0.0.1")]));
    assert!(!warned(&[("PUBLIC_URL", "http://127.0.0.1:8080")]));
}

#[test]
fn what_comes_later_is_taken_with_a_warning() {
    let settings = good(&[
        ("TELEGRAM__BOT_TOKEN", "hunter2"),
        ("TELEGRAM__API_URL", "x"),
    ]);
    assert_eq!(settings.warnings.len(), 2);
    let shown = settings.warnings.join("\n");
    assert!(
        shown.contains("CONTENTZAVOD_TELEGRAM__BOT_TOKEN is set"),
        "{shown}"
    );
    assert!(!shown.contains("hunter2"));
}

#[test]
fn providers_come_in_the_order_that_is_set_and_half_of_one_is_refused() {
    let both = [
        ("TELEGRAM__CLIENT_ID", "1"),
        ("TELEGRAM__CLIENT_SECRET", "hunter2"),
        ("YANDEX__CLIENT_ID", "2"),
        ("YANDEX__CLIENT_SECRET", "hunter2"),
    ];
    let words = |settings: &Settings| {
        let providers = settings.sign_in.providers.iter();
        providers.map(|p| p.kind.as_str()).collect::<Vec<_>>()
    };
    let usual = good(&both);
    assert_eq!(words(&usual), ["telegram", "yandex"]);
    // Whoever switches one on is told who may come in by it.
    assert!(usual.warnings.join(" ").contains("SIGN_IN__NEWCOMERS"));
    assert!(!format!("{usual:?}").contains("hunter2"));
    let ordered = [&both[..], &[("SIGN_IN__PROVIDERS", "yandex,telegram")]].concat();
    assert_eq!(words(&good(&ordered)), ["yandex", "telegram"]);
    let one = [
        &both[..],
        &[
            ("SIGN_IN__PROVIDERS", "yandex"),
            ("SIGN_IN__NEWCOMERS", "invited"),
        ],
    ];
    let one = good(&one.concat());
    assert_eq!((words(&one), one.warnings.len()), (vec!["yandex"], 0));
    for (set, names) in [
        (&[("GOOGLE__CLIENT_ID", "x")][..], "GOOGLE__CLIENT_SECRET"),
        (&[("SIGN_IN__PROVIDERS", "google")], "GOOGLE__CLIENT_ID"),
        (
            &[("SIGN_IN__PROVIDERS", "google,google")],
            "SIGN_IN__PROVIDERS",
        ),
        (&[("SIGN_IN__PROVIDERS", "myspace")], "SIGN_IN__PROVIDERS"),
        (&[("SIGN_IN__NEWCOMERS", "all")], "SIGN_IN__NEWCOMERS"),
    ] {
        let mistakes = wrong(set);
        assert!(mistakes.iter().any(|m| m.contains(names)), "{mistakes:?}");
    }
}

#[test]
fn limits_and_the_log_of_requests_are_usual_until_they_are_set() {
    let settings = good(&[]);
    let shown = |settings: &Settings, name: &str| {
        let name = format!("CONTENTZAVOD_{name}");
        let found = settings.shown.iter().find(|shown| shown.name == name);
        found.unwrap().value.clone()
    };
    for (name, usual) in [
        ("LIMITS__API", "600/min"),
        ("LIMITS__UPLOAD", "120/h"),
        ("LIMITS__SIGN_IN", "20/min"),
        ("LOG__RETENTION", "30d"),
        ("HSTS_SUBDOMAINS", "true"),
    ] {
        assert_eq!(shown(&settings, name), usual, "{name}");
    }
    let settings = good(&[
        ("LIMITS__API", "off"),
        ("LIMITS__UPLOAD", "5/h"),
        ("LOG__RETENTION", "7d"),
        ("HSTS_SUBDOMAINS", "off"),
    ]);
    assert!(settings.warnings.is_empty(), "{:?}", settings.warnings);
    assert_eq!(settings.limits.api, Rate::Off);
    assert_eq!(shown(&settings, "LIMITS__UPLOAD"), "5/h");
    assert_eq!(settings.log.retention, TimeDelta::days(7));
    assert!(!settings.hsts_subdomains);
    for never in ["0", "off", "0d", "23h", "4000d"] {
        let told = wrong(&[("LOG__RETENTION", never)]);
        assert!(told[0].contains("from 1d to 3650d"), "{told:?}");
    }
}

/// Whoever points Instagram at a stand-in means both families, unless they say otherwise.
#[test]
fn one_address_moves_both_families() {
    let here = "http://127.0.0.1:9";
    let graph = good(&[("INSTAGRAM__GRAPH_URL", here)]).graph();
    assert_eq!(graph.facebook_url, graph.graph_url);
    let there = "http://127.0.0.1:8";
    let names = ["INSTAGRAM__GRAPH_URL", "INSTAGRAM__FACEBOOK_GRAPH_URL"];
    let graph = good(&[(names[0], here), (names[1], there)]).graph();
    assert_eq!(graph.graph_url.as_str(), "http://127.0.0.1:9/");
    assert_eq!(graph.facebook_url.as_str(), "http://127.0.0.1:8/");
}

#[test]
fn the_meta_app_is_the_usual_app_where_facebook_login_is_usual() {
    let app = [
        ("INSTAGRAM__APP_ID", "1"),
        ("INSTAGRAM__APP_SECRET", "s1"),
        ("INSTAGRAM__META_APP_ID", "2"),
        ("INSTAGRAM__META_APP_SECRET", "s2"),
    ];
    let graph = good(&app).graph();
    assert_eq!(graph.instagram_app.as_ref().unwrap().id, "1");
    assert_eq!(graph.app_secrets().len(), 2);
    assert_eq!(graph.meta_app.unwrap().id.as_deref(), Some("2"));
    let facebook = [app[0], app[1], ("INSTAGRAM__LOGIN", "facebook")];
    let settings = good(&facebook);
    assert_eq!(settings.instagram.login, Family::Facebook);
    assert_eq!(settings.graph().meta_app.unwrap().id.as_deref(), Some("1"));
    // The id and secret of one app are never sent as the other's.
    assert!(settings.graph().instagram_app.is_none());
    let told = wrong(&[app[0], app[1], app[3], facebook[2]]);
    assert!(
        told[0].contains("META_APP_SECRET must be left out"),
        "{told:#?}"
    );
    assert!(!told[0].contains("s2"), "{told:#?}");
}

#[test]
fn a_short_settle_time_needs_a_stand_in() {
    let short = [
        ("PUBLISHING__SETTLE", "2s"),
        ("PUBLISHING__SETTLE_TIMEOUT", "59s"),
    ];
    let told = wrong(&short);
    assert_eq!(told.len(), 2, "{told:#?}");
    assert!(told[0].contains("must be at least 60s"), "{told:#?}");

    let local = [
        short[0],
        short[1],
        ("INSTAGRAM__GRAPH_URL", "http://127.0.0.1:9"),
    ];
    let settings = good(&local);
    assert_eq!(settings.numbers().settle, TimeDelta::seconds(2));
    assert_eq!(settings.graph().graph_url.as_str(), "http://127.0.0.1:9/");

    let flags = Overrides {
        sandbox: Some("http://[::1]:9".to_owned()),
        ..Overrides::default()
    };
    let settings = flagged(&flags, &short, None).unwrap();
    assert_eq!(settings.instagram.oauth_url.port(), Some(9));
    assert_eq!(
        settings.instagram.authorize_url.path(),
        "/www.instagram.com/oauth/authorize"
    );
    let dialog = &settings.graph().facebook_authorize_url;
    assert_eq!(
        (dialog.path(), dialog.port()),
        ("/www.facebook.com", Some(9))
    );
}

#[test]
fn the_network_is_served_in_plain_text_only_when_asked_for() {
    let open = ("LISTEN", "0.0.0.0:8080");
    let error = good(&[open]).check_exposure().unwrap_err().to_string();
    for way in ["TLS__CERT", "TRUSTED_PROXIES", "--insecure-http"] {
        assert!(error.contains(way), "{error}");
    }
    assert!(error.contains("0.0.0.0:8080"));
    for way in [
        vec![("TRUSTED_PROXIES", "10.0.0.1")],
        vec![("INSECURE_HTTP", "true")],
        vec![("TLS__CERT", "c.pem"), ("TLS__KEY", "k.pem")],
    ] {
        let variables = [vec![open], way].concat();
        good(&variables).check_exposure().unwrap();
    }
    good(&[("LISTEN", "[::1]:1")]).check_exposure().unwrap();
    let flags = Overrides {
        insecure_http: true,
        ..Overrides::default()
    };
    flagged(&flags, &[open], None)
        .unwrap()
        .check_exposure()
        .unwrap();
}

#[test]
fn addresses_of_the_data_are_those_its_lock_guards() {
    let settings = good(&[
        ("DATA_DIR", "/srv/cz"),
        ("DATABASE_URL", "sqlite:///srv/cz//contentzavod.db"),
        ("MEDIA_URL", "file:///srv/media"),
    ]);
    assert!(settings.database_url.is_some());
    assert_eq!(settings.media_dir().unwrap(), Path::new("/srv/media"));
    good(&[("DATABASE_URL", "sqlite:data/contentzavod.db")]);
    let told = wrong(&[
        ("DATABASE_URL", "sqlite:///elsewhere.db"),
        ("MEDIA_URL", "file:x"),
    ]);
    assert!(
        told[0].contains("CONTENTZAVOD_DATA_DIR instead"),
        "{told:#?}"
    );
}
