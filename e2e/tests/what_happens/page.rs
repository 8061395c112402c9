//! The pages, written from the table of situations and the words of the product.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use contentzavod_core::model::Lang;
use contentzavod_core::ports::Fault;
use contentzavod_core::publication::State;
use contentzavod_core::words::{Action, Code, Phrasebook, Told, Trouble, Words, placeholders};
use contentzavod_instagram::{GraphConfig, InstagramPublisher};

use crate::script::{Act, Part, Shows, Situation, code_of};
use crate::situations::SITUATIONS;

const BEGIN: &str = "<!-- table -->\n";
const END: &str = "<!-- /table -->\n";
const PAGES: [(Lang, &str); 2] = [
    (Lang::En, "docs/what-happens.md"),
    (Lang::Ru, "docs/what-happens.ru.md"),
];

/// Said of a post that may be live.
const SPAM: &str = "instagram.4.2207051";

static BOOK: LazyLock<Phrasebook> = LazyLock::new(|| {
    let publisher = InstagramPublisher::new(GraphConfig::default()).unwrap();
    Phrasebook::new().and(&publisher)
});

/// What a publication says that stands in this state for this reason.
pub(crate) fn promised(
    state: State,
    key: &str,
    lang: Lang,
    value: &dyn Fn(&str) -> String,
) -> Option<Told> {
    let words = BOOK.find(key)?;
    let names = placeholders(words.what(lang)).into_iter();
    let names = names.filter(|name| *name != "platform");
    let fault = names.fold(Fault::said(words), |fault, name| {
        fault.with(name, value(name))
    });
    let action = if state == State::NeedsReview {
        Action::Resolve
    } else {
        words.action
    };
    let trouble = Trouble::told(&fault, action);
    Some(BOOK.told(&trouble, state, Some("instagram"), lang))
}

/// Values as the page shows them.
fn sample(name: &str) -> String {
    match name {
        "username" => "anna.reels",
        "used" | "total" => "50",
        "seconds" => "7200",
        "login" => "facebook",
        "kind" => "instagram_photo",
        "page" | "pages" => "Anna Studio",
        "host" => "graph.facebook.com",
        "missing" => "instagram_content_publish",
        other => panic!("{other} has no sample"),
    }
    .to_owned()
}

const fn pick(texts: [&str; 2], lang: Lang) -> &str {
    match lang {
        Lang::En => texts[0],
        Lang::Ru => texts[1],
    }
}

fn state(state: State, lang: Lang) -> String {
    let (name, word) = (state.words(lang).name, state.as_str());
    if name == word {
        return format!("**{name}**");
    }
    format!("**{name}** (`{word}`)")
}

/// What is seen in one state: its name, the reason, what to do.
fn shown(Shows(at, key): &Shows, lang: Lang) -> String {
    let name = state(*at, lang);
    let Some(key) = key else {
        return format!("{name}: {}", at.words(lang).meaning);
    };
    let told = promised(*at, key, lang, &sample).unwrap();
    format!("{name}: {} *{}* `{}`", told.what, told.todo, told.action)
}

/// A request that is refused, in the words of the answer.
fn refused((at, act): &(State, Act), lang: Lang) -> Option<String> {
    let no = act.refused()?;
    let (why, instead) = (no.why(*at, lang), at.instead(lang));
    Some(format!("409 `{}`: {why} *{instead}*", code_of(no)))
}

fn row(situation: &Situation, lang: Lang) -> String {
    let play = &situation.play;
    let seen = play.shows.iter().map(|s| shown(s, lang));
    let seen = seen.chain(play.acts.iter().filter_map(|act| refused(act, lang)));
    let seen: Vec<String> = seen.collect();
    let last = play.shows.last().map(|Shows(at, _)| *at);
    let mut ends: Vec<String> = [Some(play.end), play.last]
        .into_iter()
        .flatten()
        .filter(|end| last != Some(*end) || play.last.is_some())
        .map(|end| state(end, lang))
        .collect();
    ends.dedup();
    let says = pick(situation.says, lang);
    format!(
        "| {says} | {} | {} | {} |\n",
        seen.join("<br>"),
        ends.join(", "),
        switches(situation, lang)
    )
}

/// The rules as the sandbox takes them, and when. A crash needs another hand.
fn switches(situation: &Situation, lang: Lang) -> String {
    let play = &situation.play;
    let mut all = Vec::new();
    if play.crash {
        all.push("`kill -9`".to_owned());
    } else if play.rules != "[]" {
        all.push(format!("`{}`", play.rules));
    }
    for (at, act) in play.acts {
        if let Act::Faults(rules) = act {
            let once = pick(["once", "когда"], lang);
            all.push(format!("{once} {}: `{rules}`", state(*at, lang)));
        }
    }
    let all = all.join("<br>");
    assert!(!all.contains('|'), "a cell of a table holds no bar: {all}");
    all
}

fn table(lang: Lang) -> String {
    let head = match lang {
        Lang::En => ["What happens", "What you see", "How it ends", "Play it"],
        Lang::Ru => [
            "Что происходит",
            "Что вы видите",
            "Чем кончается",
            "Сыграть",
        ],
    };
    let mut page = String::new();
    for part in Part::ALL {
        let _ = write!(
            page,
            "### {}\n\n| {} |\n|---|---|---|---|\n",
            pick(part.title(), lang),
            head.join(" | ")
        );
        for situation in SITUATIONS.iter().filter(|s| s.part == *part) {
            page.push_str(&row(situation, lang));
        }
        page.push('\n');
    }
    page
}

fn states(lang: Lang) -> String {
    let (title, head) = match lang {
        Lang::En => ("States", ["state", "means", "you can"]),
        Lang::Ru => ("Состояния", ["состояние", "значит", "можно"]),
    };
    let mut page = format!("## {title}\n\n| {} |\n|---|---|---|\n", head.join(" | "));
    for at in State::ALL {
        let (name, meaning) = (state(*at, lang), at.words(lang).meaning);
        let _ = writeln!(page, "| {name} | {meaning} | {} |", at.instead(lang));
    }
    page.push('\n');
    page
}

/// Every reason there is, those of the server first.
fn reasons(lang: Lang) -> String {
    let (title, head) = match lang {
        Lang::En => (
            "Reasons",
            ["code", "what happened", "what to do", "`action`"],
        ),
        Lang::Ru => (
            "Причины",
            ["код", "что случилось", "что делать", "`action`"],
        ),
    };
    let mut page = format!(
        "## {title}\n\n| {} |\n|---|---|---|---|\n",
        head.join(" | ")
    );
    let core = Code::ALL.iter().map(|code| code.words());
    let all = core.chain(contentzavod_instagram::words::all());
    // What is said when an account is connected is said of no publication.
    for words in all.filter(|words| !words.key.starts_with("instagram.oauth.")) {
        let told = promised(usual(words), words.key, lang, &sample).unwrap();
        let _ = writeln!(
            page,
            "| `{}` | {} | {} | `{}` |",
            words.key, told.what, told.todo, told.action
        );
    }
    page
}

/// A state in which a reason is usually read.
fn usual(words: &Words) -> State {
    let sending = [
        Code::Interrupted,
        Code::SendTimeout,
        Code::Panic,
        Code::AlreadyLive,
    ];
    let sending = sending.map(Code::as_str);
    match words.action {
        Action::Wait if sending.contains(&words.key) || words.key == SPAM => State::Uncertain,
        Action::Operator if words.key == Code::NoPublicUrl.as_str() => State::Failed,
        Action::Edit | Action::Retry => State::Failed,
        Action::Resolve => State::NeedsReview,
        Action::Nothing => State::Cancelled,
        Action::Wait => State::Scheduled,
        Action::Reconnect | Action::OpenApp | Action::Operator => State::WaitingAccount,
    }
}

fn path(page: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(page)
}

/// With `UPDATE_DOCS=1` in the environment the pages are written anew.
#[test]
fn the_pages_are_those_of_the_table() {
    for (lang, page) in PAGES {
        let file = path(page);
        let text = std::fs::read_to_string(&file).unwrap();
        let (before, rest) = text.split_once(BEGIN).expect("where the table begins");
        let (_, after) = rest.split_once(END).expect("where it ends");
        let parts = [table(lang), states(lang), reasons(lang)].concat();
        let now = format!("{before}{BEGIN}{parts}{END}{after}");
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::write(&file, &now).unwrap();
        }
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(
            text == now,
            "{page} is not that of the table: UPDATE_DOCS=1 cargo test -p e2e --test what_happens page"
        );
    }
}

#[test]
fn every_situation_is_told_in_both_languages_and_stands_once() {
    let cyrillic = |text: &str| text.chars().any(|c| ('а'..='я').contains(&c));
    for (place, situation) in SITUATIONS.iter().enumerate() {
        let [en, ru] = situation.says;
        assert!(!cyrillic(en) && cyrillic(ru), "{}", situation.key);
        assert!(
            !en.ends_with('.') && !ru.ends_with('.'),
            "{}",
            situation.key
        );
        let before = &SITUATIONS[..place];
        assert!(
            before.iter().all(|s| s.key != situation.key),
            "{}",
            situation.key
        );
        assert!(!situation.play.shows.is_empty(), "{}", situation.key);
    }
}
