//! Values that are words: what was found and what is wanted, in the reader's language. The values
//! themselves stay as they are, for programs.

use std::borrow::Cow;

use super::Lang;

/// A value in English and in Russian; `{}` stands for a number.
const WORDS: &[(&str, &str)] = &[
    ("changes nothing", "ничего не меняет"),
    ("none", "чтобы его не было"),
    ("unreadable", "не читается"),
    ("changes the speed", "меняет скорость"),
    ("puts pieces together", "склеивает куски"),
    ("begins {} s late", "начинает на {} с позже"),
    ("cuts {} s off the beginning", "отрезает {} с в начале"),
    ("cuts {} s off the end", "отрезает {} с в конце"),
    ("no encryption", "без шифрования"),
    ("interlaced", "чересстрочная"),
    ("progressive", "прогрессивную"),
    ("open", "открытые"),
    ("closed", "закрытые"),
    ("not square", "не квадратные"),
    ("constant", "постоянная"),
    ("moov without mvhd", "в moov нет mvhd"),
    ("moov of {} bytes", "moov в {} байт"),
    ("byte {}", "байт {}"),
    ("a timescale of 0", "шкала времени 0"),
    ("a track without samples", "дорожка без кадров"),
    (
        "mdhd and stts tell different durations",
        "mdhd и stts расходятся в длительности",
    ),
    (
        "stsz names more bytes than there are",
        "stsz называет больше байт, чем есть",
    ),
    ("stco points to byte {}", "stco указывает на байт {}"),
    ("stts is cut off", "stts обрезана"),
    ("ctts is cut off", "ctts обрезана"),
    ("stsc is cut off", "stsc обрезана"),
    ("stss is cut off", "stss обрезана"),
    ("stsz is cut off", "stsz обрезана"),
    ("stco is cut off", "stco обрезана"),
];

/// A value for a reader; one that is no word stays.
pub(super) fn said(value: &str, lang: Lang) -> Cow<'_, str> {
    if lang == Lang::En {
        return Cow::Borrowed(value);
    }
    for (en, ru) in WORDS {
        let Some((before, behind)) = en.split_once("{}") else {
            if *en == value {
                return Cow::Borrowed(ru);
            }
            continue;
        };
        let number = value
            .strip_prefix(before)
            .and_then(|v| v.strip_suffix(behind));
        if let Some(number) = number {
            return Cow::Owned(ru.replace("{}", number));
        }
    }
    Cow::Borrowed(value)
}
