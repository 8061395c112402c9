//! The rules of a Reel in words, English and Russian.

use contentzavod_preflight::messages::{Text, text};
use contentzavod_preflight::{Finding, Lang};

const NAMES_EN: &str = "Write the name as it stands in the profile's address.";
const NAMES_RU: &str = "Напишите имя так, как оно стоит в адресе профиля.";

/// The texts of every rule of this crate; `{actual}` and `{limit}` are placeholders.
pub static TEXTS: &[Text] = &[
    text(
        "content.kind",
        "Instagram does not take {actual} here; it takes {limit}.",
        "Change the kind of the content.",
        "Instagram не принимает здесь {actual}, только {limit}.",
        "Измените вид публикации.",
    ),
    text(
        super::NO_PUBLIC_URL,
        "Instagram fetches the file itself, and this server has no address that Instagram can reach.",
        "Either give this server a public HTTPS address (CONTENTZAVOD_PUBLIC_URL) or an S3 bucket for its media (CONTENTZAVOD_MEDIA_URL=s3://bucket/prefix); or connect the account with Facebook Login (CONTENTZAVOD_INSTAGRAM__LOGIN=facebook), where the file is sent from here and no public address is needed.",
        "Instagram сам скачивает файл, а у этого сервера нет адреса, до которого Instagram может дотянуться.",
        "Либо дайте серверу публичный адрес HTTPS (CONTENTZAVOD_PUBLIC_URL) или хранилище S3 (CONTENTZAVOD_MEDIA_URL=s3://bucket/prefix), либо подключите аккаунт через Facebook Login (CONTENTZAVOD_INSTAGRAM__LOGIN=facebook): тогда файл отправляется отсюда и публичный адрес не нужен.",
    ),
    text(
        super::COVER_NO_PUBLIC_URL,
        "The video is sent from here, but Instagram fetches the cover itself, and this server has no address that Instagram can reach.",
        "Choose a moment of the video with thumb_offset_ms instead, or give this server a public HTTPS address (CONTENTZAVOD_PUBLIC_URL).",
        "Видео отправляется отсюда, но обложку Instagram скачивает сам, а у этого сервера нет адреса, до которого он может дотянуться.",
        "Выберите кадр видео через thumb_offset_ms или дайте серверу публичный адрес HTTPS (CONTENTZAVOD_PUBLIC_URL).",
    ),
    text(
        "media.kind",
        "A Reel needs a {limit}, and this file is {actual}.",
        "Upload an MP4 or MOV video and use its id.",
        "Для Reels нужно видео ({limit}), а этот файл — {actual}.",
        "Загрузите видео MP4 или MOV и укажите его id.",
    ),
    text(
        "cover.kind",
        "A cover is a JPEG ({limit}), and this file is {actual}.",
        "Upload a JPEG and use its id, or choose a moment with thumb_offset_ms.",
        "Обложка — это JPEG ({limit}), а этот файл — {actual}.",
        "Загрузите JPEG и укажите его id или выберите кадр через thumb_offset_ms.",
    ),
    text(
        "cover.offset",
        "The moment of the cover, {actual}, lies outside the video; wanted is {limit}.",
        "Choose a moment within the video, or leave the field out.",
        "Кадр обложки ({actual}) лежит за пределами видео; нужно {limit}.",
        "Выберите кадр внутри видео или не заполняйте поле.",
    ),
    text(
        "cover.offset_unused",
        "The cover picture wins: the moment of the video is not used.",
        "Leave out either thumb_offset_ms or cover_media_id.",
        "Картинка обложки важнее: кадр из видео не используется.",
        "Оставьте только thumb_offset_ms или только cover_media_id.",
    ),
    text(
        "collaborators.count",
        "{actual} collaborators; Instagram takes at most {limit}.",
        "Leave some out.",
        "Соавторов {actual}, Instagram принимает не больше {limit}.",
        "Уберите лишних.",
    ),
    text(
        "user_tags.count",
        "{actual} tagged users; Instagram takes at most {limit}.",
        "Leave some out.",
        "Отмечено пользователей: {actual}, Instagram принимает не больше {limit}.",
        "Уберите лишних.",
    ),
    text(
        "username.at",
        "Usernames are written without @ here.",
        "Leave the @ out.",
        "Имена пользователей пишутся здесь без @.",
        "Уберите @.",
    ),
    text(
        "username.syntax",
        "{actual} is no Instagram username: {limit}.",
        NAMES_EN,
        "{actual} — не имя пользователя Instagram: {limit}.",
        NAMES_RU,
    ),
    text(
        "username.twice",
        "{actual} stands here twice.",
        "Leave one of them out.",
        "{actual} указан дважды.",
        "Оставьте один раз.",
    ),
    text(
        "location.id",
        "{actual} is no location: a location is the id of a Facebook Page, {limit}.",
        "Use the id of a Page that has coordinates, or leave the field out.",
        "{actual} — не место: место — это id страницы Facebook, {limit}.",
        "Укажите id страницы с координатами или не заполняйте поле.",
    ),
    text(
        "audio_name.empty",
        "The name of the audio is empty.",
        "Name the audio, or leave the field out.",
        "Название звука пустое.",
        "Назовите звук или не заполняйте поле.",
    ),
];

/// The same finding in another language, also those of the pre-flight; findings of other crates
/// stay as they are.
#[must_use]
pub fn localise(finding: &Finding, lang: Lang) -> Finding {
    let Some(text) = TEXTS.iter().find(|t| t.rule == finding.rule) else {
        return contentzavod_preflight::localise(finding, lang);
    };
    let (message, fix) = match lang {
        Lang::En => (text.en, text.en_fix),
        Lang::Ru => (text.ru, text.ru_fix),
    };
    let mut finding = finding.clone();
    finding.message = message
        .replace("{limit}", finding.limit.as_deref().unwrap_or_default())
        .replace("{actual}", finding.actual.as_deref().unwrap_or_default());
    finding.fix = Some(fix.to_owned());
    finding
}
