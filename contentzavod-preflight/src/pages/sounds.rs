//! Of the sound.

use super::{UNNAMED, Why, why};

pub(super) const WHY: &[Why] = &[
    why(
        "audio.missing",
        "",
        "Not forbidden. Often a wrong export, so it is told.",
        "Не запрещено. Часто это ошибка экспорта, поэтому предупреждаем.",
    ),
    why(
        "audio.codec",
        UNNAMED,
        "AAC alone. A track marked `mp4a` may still hold MP3: the header inside decides.",
        "Только AAC. В дорожке с пометкой `mp4a` может лежать MP3: решает внутренний заголовок.",
    ),
    why(
        "audio.sample_rate",
        UNNAMED,
        "Read from the header of AAC: the field of the container cannot hold 96 kHz and shows another number.",
        "Читается из заголовка AAC: поле контейнера не вмещает 96 кГц и показывает другое число.",
    ),
    why(
        "audio.channels",
        UNNAMED,
        "One or two. Surround sound must be mixed down.",
        "Один или два. Объёмный звук нужно свести.",
    ),
    why(
        "audio.bitrate",
        "",
        "Meta's page names 128 kbit/s, which reads as a target and not as a limit. Told from a tenth above it.",
        "На странице Meta указано 128 кбит/с — скорее цель, чем предел. Предупреждаем начиная с десятой доли сверху.",
    ),
    why(
        "audio.multiple",
        "",
        "Which of several tracks is played is not documented; usually the first.",
        "Какая из дорожек прозвучит, не описано; обычно первая.",
    ),
];
