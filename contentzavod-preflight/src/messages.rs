//! Every rule in words: what is wrong, what Instagram wants, how to mend it; English and Russian.

use serde::{Deserialize, Serialize};

use crate::finding::Finding;

/// A language people read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Russian.
    Ru,
}

impl Lang {
    /// Reads a locale such as `ru` or `ru-RU`; anything unknown is English.
    #[must_use]
    pub fn of(locale: &str) -> Self {
        if locale
            .get(..2)
            .is_some_and(|l| l.eq_ignore_ascii_case("ru"))
        {
            Self::Ru
        } else {
            Self::En
        }
    }
}

/// A rule's texts. `{actual}` and `{limit}` are placeholders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text {
    /// The rule.
    pub rule: &'static str,
    /// What is wrong and what is wanted, in English.
    pub en: &'static str,
    /// How to mend it, in English.
    pub en_fix: &'static str,
    /// What is wrong and what is wanted, in Russian.
    pub ru: &'static str,
    /// How to mend it, in Russian.
    pub ru_fix: &'static str,
}

const fn text(
    rule: &'static str,
    en: &'static str,
    en_fix: &'static str,
    ru: &'static str,
    ru_fix: &'static str,
) -> Text {
    Text {
        rule,
        en,
        en_fix,
        ru,
        ru_fix,
    }
}

/// The texts of every rule of this crate.
pub const TEXTS: &[Text] = &[
    text(
        "file.empty",
        "The file is empty.",
        "Upload it again.",
        "Файл пуст.",
        "Загрузите его ещё раз.",
    ),
    text(
        "file.size",
        "The file has {actual} bytes; Instagram takes at most {limit}.",
        "Encode it with a lower bit rate: ffmpeg -i in.mp4 -c:v libx264 -crf 26 -c:a aac -movflags +faststart out.mp4",
        "В файле {actual} байт, Instagram принимает не больше {limit}.",
        "Уменьшите битрейт: ffmpeg -i in.mp4 -c:v libx264 -crf 26 -c:a aac -movflags +faststart out.mp4",
    ),
    text(
        "container.format",
        "The file begins with {actual}; a video begins as {limit} does.",
        "Export the video as MP4 with H.264 and AAC, a cover as JPEG.",
        "Файл начинается с {actual}; видео начинается как {limit}.",
        "Экспортируйте видео как MP4 с H.264 и AAC, обложку как JPEG.",
    ),
    text(
        "container.brand",
        "The file calls itself {actual}; usual are {limit}.",
        "If Instagram refuses it, rewrap it: ffmpeg -i in.mp4 -c copy -movflags +faststart out.mp4",
        "Файл называет себя {actual}; обычно {limit}.",
        "Если Instagram откажет, перепакуйте: ffmpeg -i in.mp4 -c copy -movflags +faststart out.mp4",
    ),
    text(
        "container.malformed",
        "The file cannot be read ({actual}); wanted is {limit}.",
        "Export the video again.",
        "Файл не читается ({actual}); нужен {limit}.",
        "Экспортируйте видео ещё раз.",
    ),
    text(
        "container.truncated",
        "The file is cut off; missing bytes: {actual}.",
        "Upload the whole file again.",
        "Файл обрезан; не хватает байт: {actual}.",
        "Загрузите файл целиком ещё раз.",
    ),
    text(
        "container.trailing_bytes",
        "What stands at the end of the file, from byte {actual}, is no box.",
        "Nothing needs to be done.",
        "В конце файла, с байта {actual}, лишние данные.",
        "Ничего делать не нужно.",
    ),
    text(
        "container.no_moov",
        "The index of the video ({limit}) is missing.",
        "The recording was not finished properly; export it again.",
        "В файле нет указателя видео ({limit}).",
        "Запись завершена неправильно; экспортируйте её ещё раз.",
    ),
    text(
        "container.moov_front",
        "The index stands behind the pictures ({actual}); Instagram wants it in front ({limit}).",
        "Move it: ffmpeg -i in.mp4 -c copy -movflags +faststart out.mp4",
        "Указатель стоит после кадров ({actual}); Instagram нужен спереди ({limit}).",
        "Переместите его: ffmpeg -i in.mp4 -c copy -movflags +faststart out.mp4",
    ),
    text(
        "container.fragmented",
        "The video comes in fragments ({actual}): how long it lasts cannot be told, and Instagram may refuse it.",
        "Rewrap it: ffmpeg -i in.mp4 -c copy -movflags +faststart out.mp4",
        "Видео разбито на фрагменты ({actual}): длительность неизвестна, и Instagram может отказать.",
        "Перепакуйте: ffmpeg -i in.mp4 -c copy -movflags +faststart out.mp4",
    ),
    text(
        "video.missing",
        "There is no picture; a Reel needs a video track.",
        "Choose a file with a picture.",
        "Нет изображения; для Reels нужна видеодорожка.",
        "Выберите файл с изображением.",
    ),
    text(
        "video.codec",
        "The picture is encoded as {actual}; Instagram takes {limit}.",
        "Encode it: ffmpeg -i in.mp4 -c:v libx264 -pix_fmt yuv420p -c:a copy -movflags +faststart out.mp4",
        "Видео сжато как {actual}; Instagram принимает {limit}.",
        "Перекодируйте: ffmpeg -i in.mp4 -c:v libx264 -pix_fmt yuv420p -c:a copy -movflags +faststart out.mp4",
    ),
    text(
        "video.fps",
        "The video has {actual} frames a second; Instagram takes {limit}.",
        "Change it: ffmpeg -i in.mp4 -r 30 -c:v libx264 -c:a copy -movflags +faststart out.mp4",
        "В видео {actual} кадров в секунду; Instagram принимает {limit}.",
        "Измените: ffmpeg -i in.mp4 -r 30 -c:v libx264 -c:a copy -movflags +faststart out.mp4",
    ),
    text(
        "video.duration_min",
        "The video lasts {actual} s; a Reel lasts at least {limit} s.",
        "Make it longer.",
        "Видео длится {actual} с; Reels не короче {limit} с.",
        "Сделайте его длиннее.",
    ),
    text(
        "video.duration_max",
        "The video lasts {actual} s; a Reel lasts at most {limit} s.",
        "Cut it.",
        "Видео длится {actual} с; Reels не длиннее {limit} с.",
        "Сократите его.",
    ),
    text(
        "video.width",
        "The picture is {actual} columns wide; Instagram takes at most {limit}.",
        "Scale it: ffmpeg -i in.mp4 -vf scale=1080:-2 -c:v libx264 -c:a copy -movflags +faststart out.mp4",
        "Ширина кадра {actual}; Instagram принимает не больше {limit}.",
        "Уменьшите: ffmpeg -i in.mp4 -vf scale=1080:-2 -c:v libx264 -c:a copy -movflags +faststart out.mp4",
    ),
    text(
        "video.aspect",
        "The picture is {actual}; Instagram takes {limit}.",
        "Crop it to 9:16.",
        "Кадр {actual}; Instagram принимает {limit}.",
        "Обрежьте до 9:16.",
    ),
    text(
        "video.not_9_16",
        "The picture is {actual}; Instagram crops what is not {limit}.",
        "Export it in 1080x1920 if that matters.",
        "Кадр {actual}; Instagram обрежет всё, что не {limit}.",
        "Экспортируйте в 1080x1920, если это важно.",
    ),
    text(
        "audio.missing",
        "There is no sound.",
        "Nothing needs to be done if it is meant to be silent.",
        "Нет звука.",
        "Если так и задумано, ничего делать не нужно.",
    ),
    text(
        "audio.codec",
        "The sound is encoded as {actual}; Instagram takes {limit}.",
        "Encode it: ffmpeg -i in.mp4 -c:v copy -c:a aac -b:a 128k -movflags +faststart out.mp4",
        "Звук сжат как {actual}; Instagram принимает {limit}.",
        "Перекодируйте: ffmpeg -i in.mp4 -c:v copy -c:a aac -b:a 128k -movflags +faststart out.mp4",
    ),
    text(
        "audio.sample_rate",
        "The sound has {actual} samples a second; Instagram takes at most {limit}.",
        "Change it: ffmpeg -i in.mp4 -c:v copy -c:a aac -ar 48000 -movflags +faststart out.mp4",
        "Частота звука {actual}; Instagram принимает не больше {limit}.",
        "Измените: ffmpeg -i in.mp4 -c:v copy -c:a aac -ar 48000 -movflags +faststart out.mp4",
    ),
    text(
        "audio.channels",
        "The sound has {actual} channels; Instagram takes at most {limit}.",
        "Mix it down: ffmpeg -i in.mp4 -c:v copy -c:a aac -ac 2 -movflags +faststart out.mp4",
        "В звуке каналов: {actual}; Instagram принимает не больше {limit}.",
        "Сведите в стерео: ffmpeg -i in.mp4 -c:v copy -c:a aac -ac 2 -movflags +faststart out.mp4",
    ),
    text(
        "image.format",
        "This cannot be read as a {limit}; a cover is one.",
        "Save the image as JPEG.",
        "Файл не читается как {limit}, а обложка — это {limit}.",
        "Сохраните изображение как JPEG.",
    ),
    text(
        "caption.too_long",
        "The caption has {actual} characters; Instagram takes at most {limit}.",
        "Shorten it.",
        "В подписи {actual} знаков; Instagram принимает не больше {limit}.",
        "Сократите её.",
    ),
    text(
        "caption.perhaps_too_long",
        "If Instagram counts an emoji as two, the caption has {actual} characters; it takes at most {limit}.",
        "Shorten it to be sure.",
        "Если Instagram считает эмодзи за два знака, в подписи их {actual}; он принимает не больше {limit}.",
        "Сократите для верности.",
    ),
    text(
        "caption.hashtags",
        "The caption has {actual} hashtags; Instagram takes at most {limit}.",
        "Remove some.",
        "В подписи хештегов: {actual}; Instagram принимает не больше {limit}.",
        "Уберите лишние.",
    ),
    text(
        "caption.mentions",
        "The caption mentions {actual} accounts; Instagram takes at most {limit}.",
        "Remove some.",
        "В подписи упоминаний: {actual}; Instagram принимает не больше {limit}.",
        "Уберите лишние.",
    ),
];

fn find(rule: &str) -> Option<&'static Text> {
    TEXTS.iter().find(|t| t.rule == rule)
}

fn fill(template: &str, actual: &str, limit: &str) -> String {
    template
        .replace("{limit}", limit)
        .replace("{actual}", actual)
}

fn worded(finding: Finding, actual: &str, limit: &str) -> Finding {
    let finding = finding.actual(actual).limit(limit);
    localise(&finding, Lang::En)
}

/// An error of a rule, in English.
pub(crate) fn error(rule: &str, actual: &str, limit: &str) -> Finding {
    worded(Finding::error(rule, rule), actual, limit)
}

/// A warning of a rule, in English.
pub(crate) fn warning(rule: &str, actual: &str, limit: &str) -> Finding {
    worded(Finding::warning(rule, rule), actual, limit)
}

/// The same finding in another language; findings of other crates stay as they are.
#[must_use]
pub fn localise(finding: &Finding, lang: Lang) -> Finding {
    let mut finding = finding.clone();
    if let Some(text) = find(&finding.rule) {
        let (message, fix) = match lang {
            Lang::En => (text.en, text.en_fix),
            Lang::Ru => (text.ru, text.ru_fix),
        };
        let actual = finding.actual.as_deref().unwrap_or_default();
        let limit = finding.limit.as_deref().unwrap_or_default();
        finding.message = fill(message, actual, limit);
        finding.fix = Some(fix.to_owned());
    }
    finding
}
