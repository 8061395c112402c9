//! Of captions.

use super::{Text, text};

pub(super) const TEXTS: &[Text] = &[
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
        "caption.hashtags_many",
        "The caption has {actual} hashtags. Instagram asks for at most {limit} and may refuse or hide more.",
        "Keep the ones that matter most.",
        "В подписи {actual} хештегов. Instagram просит не больше {limit} и может отказать или скрыть публикацию.",
        "Оставьте самые важные.",
    ),
    text(
        "caption.mentions",
        "The caption mentions {actual} accounts; Instagram takes at most {limit}.",
        "Remove some.",
        "В подписи упоминаний: {actual}; Instagram принимает не больше {limit}.",
        "Уберите лишние.",
    ),
];
