//! Of captions.

use super::{Why, why};

pub(super) const WHY: &[Why] = &[
    why(
        "caption.too_long",
        "100/2207010",
        "Counted after normalisation (NFC, line ends as one character, spaces around left out).",
        "Считается после нормализации (NFC, конец строки — один знак, пробелы по краям отброшены).",
    ),
    why(
        "caption.perhaps_too_long",
        "100/2207010",
        "No public source says whether an emoji counts as one or as two.",
        "Ни один открытый источник не говорит, считается ли эмодзи за один знак или за два.",
    ),
    why(
        "caption.hashtags",
        "2207040",
        "Thirty is what Meta's page of the interface still says.",
        "Тридцать — столько до сих пор указано на странице интерфейса Meta.",
    ),
    why(
        "caption.hashtags_many",
        "",
        "Instagram announced in December 2025 that a caption has at most five. What its interface does with more is not known.",
        "В декабре 2025 года Instagram объявил, что в подписи не больше пяти. Что делает интерфейс с большим числом, неизвестно.",
    ),
    why(
        "caption.mentions",
        "2207040",
        "`@name` counts where a name of Latin letters, digits, dots and underscores follows.",
        "`@имя` считается, если следует имя из латинских букв, цифр, точек и подчёркиваний.",
    ),
];
