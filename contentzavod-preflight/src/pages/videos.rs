//! Of the picture.

use super::{UNNAMED, Why, why};

pub(super) const WHY: &[Why] = &[
    why(
        "video.missing",
        UNNAMED,
        "The container holds no track of pictures: sound alone, or pictures beside the video.",
        "В контейнере нет дорожки изображения: только звук или отдельные картинки.",
    ),
    why(
        "video.codec",
        UNNAMED,
        "Taken are H.264 and HEVC. ProRes, VP9, AV1 and MPEG-4 are fine in editors and browsers, and refused here.",
        "Принимаются H.264 и HEVC. ProRes, VP9, AV1 и MPEG-4 хороши в монтаже и браузерах, но здесь их отклоняют.",
    ),
    why(
        "video.encrypted",
        UNNAMED,
        "Files of shops and streaming services are encrypted; nobody but their player can read them.",
        "Файлы магазинов и онлайн-кинотеатров зашифрованы; прочесть их может только их плеер.",
    ),
    why(
        "video.chroma",
        UNNAMED,
        "Colour must be stored at half the resolution both ways (4:2:0). Screen recorders and editors often export 4:2:2 or 4:4:4. Read from the headers of the stream, not from what the container claims.",
        "Цвет должен храниться с половинным разрешением по обеим осям (4:2:0). Программы записи экрана и монтажа часто пишут 4:2:2 или 4:4:4. Читается из заголовков потока, а не со слов контейнера.",
    ),
    why(
        "video.bit_depth",
        "",
        "Phones record HDR in 10 bits. Instagram shows it in 8 and chooses the colours itself.",
        "Телефоны снимают HDR в 10 бит. Instagram показывает в 8 и выбирает цвета сам.",
    ),
    why(
        "video.interlaced",
        UNNAMED,
        "Old cameras and broadcasts store every second line at a time. Shown as it is, movement has combs.",
        "Старые камеры и телевидение хранят строки через одну. Без обработки движение выглядит гребёнкой.",
    ),
    why(
        "video.gop_open",
        UNNAMED,
        "A group of pictures is open if frames after a key frame need those before it. x265 writes them unless told otherwise. Told from the first bytes of the frames themselves.",
        "Группа кадров открыта, если кадрам после ключевого нужны кадры до него. x265 пишет так по умолчанию. Определяется по первым байтам самих кадров.",
    ),
    why(
        "video.fps",
        UNNAMED,
        "Counted from the table of frames, not from what a header says. 23.976 and 59.94 pass.",
        "Считается по таблице кадров, а не по заголовку. 23,976 и 59,94 проходят.",
    ),
    why(
        "video.vfr",
        "",
        "Phones and screen recorders skip frames to save work. Encoders that expect an even rate let sound and picture drift apart.",
        "Телефоны и программы записи экрана пропускают кадры. Кодировщики, ждущие ровной частоты, разводят звук и изображение.",
    ),
    why(
        "video.width",
        UNNAMED,
        "Counted as the video is shown: of a recording that is turned by a quarter, its height is the width.",
        "Считается так, как видео показывают: у повёрнутой на четверть записи шириной становится высота.",
    ),
    why(
        "video.aspect",
        UNNAMED,
        "Width by height, as the video is shown.",
        "Ширина к высоте, как видео показывают.",
    ),
    why(
        "video.not_9_16",
        "",
        "Reels fill a screen of 9:16. Others are shown with bars, and cut in the grid.",
        "Reels занимают экран 9:16. Остальные показываются с полями и обрезаются в сетке.",
    ),
    why(
        "video.bitrate",
        UNNAMED,
        "The average over the whole track. Instagram encodes everything anew at far less; more only makes the upload longer.",
        "В среднем по всей дорожке. Instagram всё перекодирует с гораздо меньшим битрейтом; больший лишь удлиняет загрузку.",
    ),
    why(
        "video.duration_min",
        UNNAMED,
        "Of the track of pictures, not of the container, which may be longer.",
        "Длина дорожки изображения, а не контейнера, который может быть длиннее.",
    ),
    why(
        "video.duration_max",
        UNNAMED,
        "Fifteen minutes for Reels through the interface, however long a person may upload in the app. What to cut is nothing we decide.",
        "Пятнадцать минут для Reels через интерфейс, сколько бы ни разрешало приложение. Что вырезать, решаете вы.",
    ),
    why(
        "video.hev1",
        "",
        "HEVC is marked `hvc1` or `hev1`. Players of Apple open only the first. Marking anew does not touch a frame.",
        "HEVC помечают `hvc1` или `hev1`. Плееры Apple открывают только первый. Замена пометки не трогает кадры.",
    ),
    why(
        "video.low_resolution",
        "",
        "It is taken, and looks soft on a phone. Enlarging it does not bring back what is not there: export it anew.",
        "Примут, но на телефоне будет мутно. Увеличение не вернёт деталей: экспортируйте заново.",
    ),
    why(
        "video.non_square_pixels",
        "",
        "Camcorders store wide pictures in narrow frames. Where that mark is lost, faces become thin.",
        "Видеокамеры хранят широкую картинку в узком кадре. Если пометка потеряна, лица сужаются.",
    ),
];
