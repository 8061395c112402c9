//! Of files and containers.

use super::{UNNAMED, Why, why};

pub(super) const WHY: &[Why] = &[
    why(
        "file.empty",
        UNNAMED,
        "A file of no bytes is what an export that failed or an upload that broke off leaves behind.",
        "Файл без единого байта остаётся после неудачного экспорта или оборванной загрузки.",
    ),
    why(
        "file.size",
        UNNAMED,
        "Meta's page says 300 MB; older copies of it say 1 GB. Megabytes are counted in two ways, so a file between the two counts is taken with a warning. An operator who knows better sets `CONTENTZAVOD_PREFLIGHT__BYTES_MAX`.",
        "На странице Meta указано 300 МБ, в старых копиях — 1 ГБ. Мегабайты считают двумя способами, поэтому файл между двумя значениями принимается с предупреждением. Оператор может задать `CONTENTZAVOD_PREFLIGHT__BYTES_MAX`.",
    ),
    why(
        "container.format",
        UNNAMED,
        "The first bytes decide, never the name: a WebM, an AVI or a saved web page called `.mp4` is none. MP4 and MOV begin with a box named `ftyp` (old MOV files with `wide`, `mdat` or `moov`).",
        "Решают первые байты, а не имя файла: WebM, AVI или сохранённая веб-страница с именем `.mp4` — не MP4. MP4 и MOV начинаются с блока `ftyp` (старые MOV — с `wide`, `mdat` или `moov`).",
    ),
    why(
        "container.brand",
        UNNAMED,
        "A container says in its first box what kind it is. Brands of pictures (HEIC, AVIF) and of sound alone (M4A) are refused; an unknown brand is only told, because readers go by what is inside.",
        "Контейнер называет свой вид в первом блоке. Виды для картинок (HEIC, AVIF) и для одного звука (M4A) отклоняются; о незнакомом только предупреждаем: читают по содержимому.",
    ),
    why(
        "container.malformed",
        UNNAMED,
        "The index contradicts itself or the length of the file: a table that claims more than there is, an offset outside the file, a clock without ticks.",
        "Указатель противоречит себе или длине файла: таблица обещает больше, чем есть, смещение ведёт за конец файла, часы без делений.",
    ),
    why(
        "container.truncated",
        UNNAMED,
        "A box promises more bytes than the file has. Usually a copy or a download was cut off.",
        "Блок обещает больше байт, чем есть в файле. Обычно копирование или скачивание оборвалось.",
    ),
    why(
        "container.trailing_bytes",
        "",
        "Some programs write their notes behind the last box. Readers skip them.",
        "Некоторые программы дописывают свои пометки за последним блоком. Их пропускают.",
    ),
    why(
        "container.no_moov",
        UNNAMED,
        "Without the index nobody knows where a frame begins. Cameras and recorders write it last, so a recording that ended with an empty battery has none.",
        "Без указателя неизвестно, где начинается кадр. Камеры пишут его последним, поэтому в записи, оборванной севшей батареей, его нет.",
    ),
    why(
        "container.moov_front",
        UNNAMED,
        "Instagram reads a file from its front and wants the index before the frames. This is the one fault we mend by ourselves at upload: neither picture nor sound changes, and the answer says so.",
        "Instagram читает файл с начала, и указатель нужен ему до кадров. Это единственный недостаток, который мы исправляем сами при загрузке: изображение и звук не меняются, и об этом сказано в ответе.",
    ),
    why(
        "container.moov_moved",
        "",
        "Told after the index was moved to the front at upload. `original_sha256` keeps the hash of the file as it came.",
        "Говорится после того, как указатель перемещён вперёд при загрузке. В `original_sha256` остаётся хеш файла, каким он пришёл.",
    ),
    why(
        "container.fragmented",
        UNNAMED,
        "Files made for streaming (DASH, HLS, some recorders) come in pieces, each with an index of its own. Meta's page does not name them, and an index that tells nothing cannot be checked.",
        "Файлы для потоковой передачи (DASH, HLS, некоторые рекордеры) разбиты на части с отдельным указателем у каждой. Страница Meta их не упоминает, а пустой указатель нельзя проверить.",
    ),
    why(
        "container.edit_list",
        UNNAMED,
        "Meta's page says “no edit lists”, yet nearly every encoder writes one that makes up for its own delay. Lists that change nothing are told; lists that shift, cut or repeat are refused, because what is then published is not what was seen.",
        "На странице Meta сказано «без списков монтажа», но почти каждый кодировщик пишет список, поправляющий его задержку. О списках, которые ничего не меняют, мы предупреждаем; списки, которые сдвигают, обрезают или повторяют, отклоняем: опубликовано было бы не то, что видели.",
    ),
    why(
        "container.extra_track",
        "",
        "Cameras add time codes, positions and measurements as tracks. Instagram ignores them; positions you may not want to give away.",
        "Камеры добавляют дорожки с тайм-кодом, координатами и измерениями. Instagram их не использует; координаты, возможно, не стоит отдавать.",
    ),
    why(
        "image.format",
        "2207005",
        "Covers are JPEG. A PNG, a WebP or a HEIC photograph is none, whatever its name.",
        "Обложка — JPEG. PNG, WebP или фото HEIC не подходят, как бы ни назывался файл.",
    ),
];
