//! The titles of problems by their codes, in both languages: the same for every occurrence.

use contentzavod_core::model::Lang;

/// Code, English, Russian. What ends with a dot is the end of every code that ends so.
#[rustfmt::skip]
const TITLES: &[(&str, &str, &str)] = &[
    (".not_found", "There is no such thing here", "Здесь такого нет"),
    ("auth.cross_site", "The call does not come from a page of this server", "Вызов пришёл не со страницы этого сервера"),
    ("auth.required", "A valid API key or session is required", "Нужен действующий ключ API или сеанс"),
    ("auth.role", "Your role does not allow this", "Ваша роль этого не позволяет"),
    ("auth.scope", "The key does not allow this", "Ключ этого не позволяет"),
    ("auth.session", "Only somebody who is signed in may do this", "Это может сделать только тот, кто вошёл"),
    ("auth.stale", "Sign in again to do this", "Для этого нужно войти ещё раз"),
    ("body.broken_off", "The body broke off", "Тело запроса оборвалось"),
    ("body.invalid", "The body is not valid", "Тело запроса содержит ошибки"),
    ("body.not_json", "The body is not JSON", "Тело запроса — не JSON"),
    ("body.not_utf8", "The body is not UTF-8", "Тело запроса — не UTF-8"),
    ("body.too_large", "The body is too large", "Тело запроса слишком большое"),
    ("body.too_slow", "The body came too slowly", "Тело запроса шло слишком медленно"),
    ("busy", "It changed again and again meanwhile", "Запись всё время менялась"),
    ("content_type.unsupported", "The content type is not taken here", "Такой тип содержимого здесь не принимается"),
    ("database.unavailable", "The database does not answer", "База данных не отвечает"),
    ("fix.no_ffmpeg", "This server cannot encode videos", "Этот сервер не перекодирует видео"),
    ("fix.other_shape", "The file is being encoded with another shape", "Файл уже кодируется с другой формой"),
    ("idempotency_key.reused", "The idempotency key was used for another request", "Ключ идемпотентности уже использован для другого запроса"),
    ("internal", "Something went wrong on our side", "Что-то пошло не так на нашей стороне"),
    ("limits.exceeded", "Too many of these in this time", "Слишком много за это время"),
    ("media.gone", "The file is not here any more", "Файла здесь больше нет"),
    ("media.in_use", "Posts still use the file", "Файл ещё используют публикации"),
    ("meta.signed_request", "The signed request is refused", "Подписанный запрос отклонён"),
    ("parameter.invalid", "A parameter is not valid", "Параметр неверен"),
    ("path.invalid", "A part of the path is not valid", "Часть пути неверна"),
    ("platform.unavailable", "The platform did not answer as needed", "Площадка не ответила как нужно"),
    ("provider.not_found", "There is no such way to sign in", "Такого способа входа нет"),
    ("publication.final", "Nothing is left to change", "Менять уже нечего"),
    ("publication.past_arming", "Publishing has begun and cannot be taken back", "Отправка началась, отменить её нельзя"),
    ("publication.risk", "The earlier try may still go live", "Прежняя попытка ещё может выйти"),
    ("publication.state", "The publication is in another state", "Публикация в другом состоянии"),
    ("range.outside", "The range lies outside the file", "Диапазон лежит за пределами файла"),
    ("request.invalid", "The request breaks rules", "Запрос нарушает правила"),
    ("route.method", "The path does not take this method", "Этот путь не принимает такой метод"),
    ("route.not_found", "No such path", "Такого пути нет"),
    ("sign_in.address", "Nobody can sign in by this address", "По этому адресу войти нельзя"),
    ("sign_in.declined", "You are not signed in", "Вход не выполнен"),
    ("sign_in.may_not_connect", "You may not connect accounts here", "Вы не можете подключать аккаунты здесь"),
    ("sign_in.misconfigured", "This way to sign in is set up wrongly", "Этот способ входа настроен неверно"),
    ("sign_in.other_browser", "The sign-in began in another browser", "Вход начат в другом браузере"),
    ("sign_in.other_provider", "The sign-in began at another provider", "Вход начат у другого провайдера"),
    ("sign_in.refused", "The provider refused", "Провайдер отказал"),
    ("sign_in.somebody_else", "Somebody else came back", "Вернулся кто-то другой"),
    ("sign_in.taken", "This way to sign in is somebody else's", "Этот способ входа принадлежит другому"),
    ("sign_in.unavailable", "The provider does not answer", "Провайдер не отвечает"),
    ("sign_in.uninvited", "An invitation is needed", "Нужно приглашение"),
    ("sign_in.unknown", "The sign-in is not known", "Вход неизвестен"),
    ("sign_in.untrusted", "The answer of the provider cannot be trusted", "Ответу провайдера нельзя доверять"),
    ("storage.full", "The disk of the server is full", "Диск сервера заполнен"),
    ("storage.unavailable", "The file storage does not answer", "Хранилище файлов не отвечает"),
    ("upload.broken_off", "The upload broke off", "Загрузка оборвалась"),
    ("upload.busy", "Too many uploads at the same time", "Слишком много загрузок одновременно"),
    ("upload.empty", "The upload is empty", "Загрузка пуста"),
    ("upload.length", "The declared length is wrong", "Заявленная длина неверна"),
    ("workspace.last_owner", "A workspace keeps an owner", "У рабочего пространства должен остаться владелец"),
];

/// The title of a code.
pub(super) fn of(code: &str, lang: Lang) -> Option<&'static str> {
    let own = TITLES.iter().find(|(own, ..)| *own == code);
    let ending = || {
        let mut endings = TITLES.iter().filter(|(own, ..)| own.starts_with('.'));
        endings.find(|(end, ..)| code.ends_with(end))
    };
    let (_, en, ru) = own.or_else(ending)?;
    Some(match lang {
        Lang::En => en,
        Lang::Ru => ru,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_are_there_and_codes_are_in_order() {
        for pair in TITLES.windows(2) {
            assert!(
                pair[0].0 < pair[1].0,
                "{} stands after {}",
                pair[0].0,
                pair[1].0
            );
        }
        for (code, en, ru) in TITLES {
            let cyrillic = |text: &str| text.chars().any(|c| ('а'..='я').contains(&c));
            assert!(!en.is_empty() && !cyrillic(en) && cyrillic(ru), "{code}");
        }
        assert_eq!(
            of("post.not_found", Lang::En),
            of("media.not_found", Lang::En)
        );
        assert_eq!(of("route.not_found", Lang::En), Some("No such path"));
        assert_eq!(of("nobody.knows", Lang::En), None);
    }
}
