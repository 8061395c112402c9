//! Of files and containers.

use super::{Text, text};

pub(super) const TEXTS: &[Text] = &[
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
        "A cover: save it with lower quality. A video: encode it with a lower bit rate: ffmpeg -i in.mp4 -c:v libx264 -crf 26 -c:a aac -movflags +faststart out.mp4",
        "В файле {actual} байт, Instagram принимает не больше {limit}.",
        "Обложку сохраните с меньшим качеством. Видео — с меньшим битрейтом: ffmpeg -i in.mp4 -c:v libx264 -crf 26 -c:a aac -movflags +faststart out.mp4",
    ),
    text(
        "container.format",
        "The file is no video that Instagram takes: by its first bytes it is {actual}, and wanted is {limit}.",
        "Export the video as MP4 with H.264 and AAC, a cover as JPEG.",
        "Такое видео Instagram не принимает: судя по первым байтам, это {actual}, а нужен {limit}.",
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
        "container.moov_moved",
        "The index stood behind the pictures ({actual}); it was moved to the front ({limit}). Picture and sound are unchanged.",
        "Nothing needs to be done.",
        "Указатель стоял после кадров ({actual}); он перемещён вперёд ({limit}). Изображение и звук не изменились.",
        "Ничего делать не нужно.",
    ),
    text(
        "container.fragmented",
        "The video comes in fragments ({actual}): its index ({limit}) does not tell what is in it, and Instagram may refuse it.",
        "Rewrap it: ffmpeg -i in.mp4 -c copy -movflags +faststart out.mp4",
        "Видео разбито на фрагменты ({actual}): указатель ({limit}) не описывает содержимое, и Instagram может отказать.",
        "Перепакуйте: ffmpeg -i in.mp4 -c copy -movflags +faststart out.mp4",
    ),
    text(
        "image.format",
        "This cannot be read as a {limit}; a cover is one.",
        "Save the image as JPEG.",
        "Файл не читается как {limit}, а обложка — это {limit}.",
        "Сохраните изображение как JPEG.",
    ),
    text(
        "container.edit_list",
        "The edit list {actual}; Instagram wants {limit}.",
        "If it changes nothing, nothing needs to be done. Else bake it in: ffmpeg -i in.mp4 -c:v libx264 -pix_fmt yuv420p -c:a aac -b:a 128k -use_editlist 0 -movflags +faststart out.mp4",
        "Список монтажа {actual}; Instagram хочет, {limit}.",
        "Если он ничего не меняет, делать ничего не нужно. Иначе примените его: ffmpeg -i in.mp4 -c:v libx264 -pix_fmt yuv420p -c:a aac -b:a 128k -use_editlist 0 -movflags +faststart out.mp4",
    ),
    text(
        "container.extra_track",
        "Beside picture and sound there are tracks of {actual}; Instagram uses {limit}.",
        "Nothing needs to be done; to leave them out: ffmpeg -i in.mp4 -map 0:v:0 -map '0:a:0?' -c copy -write_tmcd 0 -movflags +faststart out.mp4",
        "Кроме изображения и звука есть дорожки {actual}; Instagram использует {limit}.",
        "Ничего делать не нужно; чтобы убрать их: ffmpeg -i in.mp4 -map 0:v:0 -map '0:a:0?' -c copy -write_tmcd 0 -movflags +faststart out.mp4",
    ),
];
