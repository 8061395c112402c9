//! Of the sound.

use super::{Text, text};

pub(super) const TEXTS: &[Text] = &[
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
        "audio.bitrate",
        "The sound has {actual} bits a second; Instagram recommends {limit}.",
        "Nothing needs to be done: Instagram encodes it anew.",
        "Битрейт звука {actual} бит/с; Instagram советует {limit}.",
        "Ничего делать не нужно: Instagram перекодирует его.",
    ),
    text(
        "audio.multiple",
        "There are {actual} tracks of sound; Instagram plays {limit}.",
        "Choose one: ffmpeg -i in.mp4 -map 0:v:0 -map 0:a:0 -c copy -movflags +faststart out.mp4",
        "Дорожек звука: {actual}; Instagram воспроизведёт {limit}.",
        "Выберите одну: ffmpeg -i in.mp4 -map 0:v:0 -map 0:a:0 -c copy -movflags +faststart out.mp4",
    ),
];
