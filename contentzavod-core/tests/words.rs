//! What people read: whole in both languages, and kept as codes until it is read.
#![expect(clippy::unwrap_used, reason = "a test that fails here has failed")]

use contentzavod_core::model::{Lang, Notice, NoticeKind};
use contentzavod_core::ports::Fault;
use contentzavod_core::publication::State;
use contentzavod_core::words::{
    Action, Code, Phrasebook, Refused, Trouble, Words, placeholders, rules,
};

const LANGS: [Lang; 2] = [Lang::En, Lang::Ru];

fn russian(text: &str) -> bool {
    text.chars().any(|c| ('а'..='я').contains(&c))
}

/// A sentence: begins with a capital or a placeholder, and ends.
fn sentence(text: &str) {
    let first = text.chars().next().unwrap();
    assert!(first.is_uppercase() || "{@".contains(first), "{text}");
    assert!(text.ends_with('.'), "{text}");
    assert!(!text.contains("  ") && text.trim() == text, "{text}");
}

fn whole(en: &str, ru: &str) {
    assert_eq!(placeholders(en), placeholders(ru), "{en}");
    assert!(!russian(en) && russian(ru), "{en} / {ru}");
}

#[test]
fn every_code_speaks_both_languages() {
    for code in Code::ALL {
        let words = code.words();
        assert_eq!(words.key, code.as_str());
        assert_eq!(Code::parse(words.key), Some(*code));
        whole(words.what(Lang::En), words.what(Lang::Ru));
        LANGS
            .into_iter()
            .for_each(|lang| sentence(words.what(lang)));
        if let Some(advice) = words.advice(Lang::En) {
            whole(advice, words.advice(Lang::Ru).unwrap());
            sentence(advice);
        }
    }
}

#[test]
fn every_action_and_state_speaks_both_languages() {
    for action in Action::ALL {
        for state in State::ALL {
            let [en, ru] = LANGS.map(|lang| action.todo(*state, lang));
            whole(en, ru);
            sentence(en);
        }
        let word = format!("\"{}\"", action.as_str());
        assert_eq!(serde_json::to_string(action).unwrap(), word);
        assert_eq!(serde_json::from_str::<Action>(&word).unwrap(), *action);
    }
    for state in State::ALL {
        let [en, ru] = LANGS.map(|lang| state.words(lang));
        whole(en.meaning, ru.meaning);
        whole(en.name, ru.name);
        sentence(en.meaning);
    }
}

/// Every placeholder a code can have, so that each is filled.
fn filled(code: Code) -> Trouble {
    let names = placeholders(code.words().what(Lang::En));
    let names = names.into_iter().filter(|name| *name != "platform");
    names.fold(Trouble::of(code), |trouble, name| trouble.with(name, "7"))
}

#[test]
fn every_trouble_is_told_in_every_state_it_may_stand_in() {
    let book = Phrasebook::new();
    for code in Code::ALL {
        for state in State::ALL {
            for lang in LANGS {
                let told = book.told(&filled(*code), *state, Some("instagram"), lang);
                assert!(!told.message().contains('{'), "{told:?}");
                assert!(!told.todo.is_empty());
                assert!(Action::ALL.iter().any(|a| a.as_str() == told.action));
                let ended = matches!(state, State::Failed | State::Missed);
                assert!(
                    !ended || told.action != "wait",
                    "waiting helps nothing: {told:?}"
                );
            }
        }
    }
}

#[test]
fn the_platform_is_named_and_its_own_words_are_quoted() {
    static WORDS: Words = Words::new(
        "x.1",
        Action::Wait,
        "{platform} is {how}.",
        "{platform}: {how}.",
    );
    let fault = Fault::said(&WORDS)
        .coded("x.1.7")
        .with("how", "busy")
        .quoting("Try again");
    assert_eq!(
        fault.to_string(),
        "the platform is busy. \"Try again\" (x.1.7)"
    );
    assert_eq!(fault.says(Lang::Ru), "сервис: busy. \"Try again\"");
    let trouble = Trouble::told(&fault, Action::Wait);
    assert_eq!(
        trouble.key.as_deref(),
        Some("x.1"),
        "its words stand under the common part"
    );
    assert_eq!(trouble.code, "x.1.7");
    // A book that does not know the publisher has the code at least.
    let told = Phrasebook::new().told(&trouble, State::Uncertain, Some("instagram"), Lang::En);
    assert_eq!(told.what, "x.1.7 Instagram says: \"Try again\"");
    assert!(told.todo.starts_with("We look"), "{told:?}");
}

#[test]
fn a_fault_without_words_is_told_with_its_message() {
    let trouble = Trouble::told(&Fault::new("x.2", "It is broken."), Action::Edit);
    let told = Phrasebook::new().told(&trouble, State::Failed, None, Lang::Ru);
    assert_eq!(told.what, "It is broken.");
    assert_eq!(told.todo, "Исправьте публикацию или видео и повторите.");
}

/// Rows written with a message instead of arguments.
#[test]
fn rows_from_before_still_read() {
    let row =
        r#"{"code":"account.quota","message":"The account has used 50 of 50.","action":"wait"}"#;
    let trouble: Trouble = serde_json::from_str(row).unwrap();
    let told = Phrasebook::new().told(&trouble, State::WaitingQuota, None, Lang::Ru);
    assert_eq!(
        told.what, "The account has used 50 of 50.",
        "its values are not known"
    );
    let row = r#"{"code":"media.gone","message":"The file 7 is gone.","action":"edit"}"#;
    let trouble: Trouble = serde_json::from_str(row).unwrap();
    let told = Phrasebook::new().told(&trouble, State::Failed, None, Lang::Ru);
    assert_eq!(told.what, Code::MediaGone.words().what(Lang::Ru));
    let row = r#"{"code":"a.b","message":"m","action":"a word of tomorrow"}"#;
    let trouble: Trouble = serde_json::from_str(row).unwrap();
    assert_eq!(trouble.action, Action::Nothing);
}

#[test]
fn a_notice_tells_its_trouble_in_the_readers_language() {
    let book = Phrasebook::new();
    let trouble = filled(Code::AccountReauthorize).with("username", "demo");
    let notice = Notice::about(NoticeKind::WaitingAccount, &trouble);
    assert_eq!(notice.trouble(), Some(trouble));
    assert_eq!(
        book.notice(&notice, Lang::En),
        "Your post waits for its account. the platform no longer accepts the access of @demo. \
         Connect the account again. Then it goes on by itself."
    );
    assert!(
        book.notice(&notice, Lang::Ru)
            .contains("Подключите аккаунт заново.")
    );
    let before = Notice::new(NoticeKind::Failed).with("message", "The file is gone.");
    assert_eq!(
        book.notice(&before, Lang::En),
        "Your post was not published. The file is gone."
    );
    let username = Notice::new(NoticeKind::Reauthorize).with("username", "demo");
    assert!(book.notice(&username, Lang::Ru).contains("@demo"));
    let live = book.notice(&Notice::new(NoticeKind::Published), Lang::En);
    assert_eq!(live, "Your post is live.");
}

#[test]
fn every_refusal_names_the_state_and_what_to_do_instead() {
    for refused in Refused::ALL {
        let [en, ru] = LANGS.map(|lang| refused.template(lang));
        whole(en, ru);
        sentence(en);
        for state in State::ALL {
            for lang in LANGS {
                assert!(refused.why(*state, lang).contains(state.words(lang).name));
            }
            whole(state.instead(Lang::En), state.instead(Lang::Ru));
            sentence(state.instead(Lang::En));
        }
    }
}

#[test]
fn every_rule_is_said_in_both_languages() {
    for text in rules::RULES {
        whole(text.en, text.ru);
        whole(text.en_fix, text.ru_fix);
        [text.en, text.ru, text.en_fix, text.ru_fix]
            .into_iter()
            .for_each(sentence);
        let finding = rules::error_about(text.rule, "@demo");
        let told = rules::localise(&finding, Lang::Ru).unwrap();
        assert!(
            !told.message.contains('{') && russian(&told.message),
            "{told:?}"
        );
    }
}
