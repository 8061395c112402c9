//! The rules of requests in words: what is wrong and how to mend it, English and Russian.

use contentzavod_preflight::Finding;
use contentzavod_preflight::messages::Text;

use crate::model::Lang;

const fn text(rule: &'static str, en: [&'static str; 2], ru: [&'static str; 2]) -> Text {
    Text {
        rule,
        en: en[0],
        en_fix: en[1],
        ru: ru[0],
        ru_fix: ru[1],
    }
}

/// The texts of every rule of this crate; `{actual}` is a placeholder.
#[rustfmt::skip]
pub static RULES: &[Text] = &[
    text("access_token.format",
        ["This is no access token.", "Paste the whole token and nothing else."],
        ["Это не токен доступа.", "Вставьте токен целиком и ничего больше."]),
    text("account.disconnected",
        ["The account {actual} is disconnected.", "Connect the account again."],
        ["Аккаунт {actual} отключён.", "Подключите аккаунт заново."]),
    text("account.not_found",
        ["There is no such account.", "Take the id from the list of accounts."],
        ["Такого аккаунта нет.", "Возьмите id из списка аккаунтов."]),
    text("account.platform",
        ["The account belongs to another platform.", "Choose an account of the content's platform."],
        ["Аккаунт другой площадки.", "Выберите аккаунт той площадки, для которой содержание."]),
    text("account.reauthorize",
        ["The access of {actual} is no longer accepted; the post will wait.", "Connect the account again before the time."],
        ["Доступ {actual} больше не принимается; публикация будет ждать.", "Подключите аккаунт заново до назначенного времени."]),
    text("account.restricted",
        ["The account {actual} is restricted; the post will wait.", "Open the platform's app and follow what it says."],
        ["Аккаунт {actual} ограничен; публикация будет ждать.", "Откройте приложение площадки и следуйте его указаниям."]),
    text("account_ids.duplicate",
        ["The account is named twice.", "Name it once."],
        ["Аккаунт назван дважды.", "Назовите его один раз."]),
    text("account_ids.empty",
        ["A post needs at least one account.", "Name an account, or save a draft."],
        ["Публикации нужен хотя бы один аккаунт.", "Укажите аккаунт или сохраните черновик."]),
    text("account_ids.fixed",
        ["The accounts of a scheduled post cannot change.", "Schedule another post."],
        ["Аккаунты запланированной публикации не меняются.", "Запланируйте другую публикацию."]),
    text("account_ids.too_many",
        ["These are too many accounts.", "Split them over several posts."],
        ["Аккаунтов слишком много.", "Разделите их на несколько публикаций."]),
    text("auth.role",
        ["Your role here is {actual}, and it does not go so far.", "Ask an owner of the workspace."],
        ["Ваша роль здесь — {actual}, её прав не хватает.", "Обратитесь к владельцу рабочего пространства."]),
    text("auth.scope",
        ["The key lacks the scope {actual}.", "Make a key that has it."],
        ["У ключа нет права {actual}.", "Создайте ключ с этим правом."]),
    text("auth.session",
        ["No key goes so far.", "Sign in, and do it there."],
        ["Ключу это недоступно.", "Войдите и сделайте это там."]),
    text("auth.stale",
        ["This wants somebody who signed in within the last ten minutes.", "Sign in again at /auth/again, then repeat it."],
        ["Для этого нужен вход не раньше чем десять минут назад.", "Войдите ещё раз через /auth/again и повторите."]),
    text("api_keys.too_many",
        ["The workspace has as many living keys as it may.", "Delete one that nobody needs."],
        ["В рабочем пространстве уже столько действующих ключей, сколько можно.", "Удалите тот, который никому не нужен."]),
    text("api_keys.whole",
        ["A key that was made on the command line is not exchanged here.", "Make one with scopes, and delete this one."],
        ["Ключ, созданный в командной строке, здесь не заменяется.", "Создайте ключ с правами и удалите этот."]),
    text("content.platform",
        ["This server serves no such platform.", "Choose one that it serves."],
        ["Этот сервер не обслуживает такую площадку.", "Выберите ту, которую он обслуживает."]),
    text("days.range",
        ["A key lives for 1 to 365 days.", "Choose a number of days within that, or leave it out for 90."],
        ["Ключ действует от 1 до 365 дней.", "Выберите число дней в этих пределах или не указывайте его: будет 90."]),
    text("draft.fixed",
        ["A scheduled post does not become a draft again.", "Cancel it instead."],
        ["Запланированная публикация не становится снова черновиком.", "Вместо этого отмените её."]),
    text("fix.failed",
        ["The encoder could not read or write the video.", "Play it on your own machine to see whether it is whole, and export it again."],
        ["Кодировщик не смог прочитать или записать видео.", "Проверьте на своём компьютере, цел ли файл, и экспортируйте его заново."]),
    text("fix.gave_up",
        ["Encoding was begun several times and never came to an end.", "Encode the video on your own machine with the command line of the fix."],
        ["Кодирование начиналось несколько раз и ни разу не закончилось.", "Перекодируйте видео на своём компьютере командой из ответа."]),
    text("fix.no_ffmpeg",
        ["This server has no ffmpeg; on a machine that has, this does it: `{actual}`.", "Run the command and upload the result; or the operator installs ffmpeg (CONTENTZAVOD_MEDIA__FFMPEG=auto or its path)."],
        ["На этом сервере нет ffmpeg; там, где он есть, поможет команда: `{actual}`.", "Выполните команду и загрузите результат, или оператор установит ffmpeg (CONTENTZAVOD_MEDIA__FFMPEG=auto или путь к нему)."]),
    text("fix.no_room",
        ["The disk of the server has no room for a second copy of this video.", "The operator must free space; ask again then."],
        ["На диске сервера нет места для второй копии этого видео.", "Оператор должен освободить место; затем запросите снова."]),
    text("fix.not_video",
        ["Only videos are encoded anew.", "Save the image as JPEG and upload it."],
        ["Перекодируются только видео.", "Сохраните изображение как JPEG и загрузите его."]),
    text("fix.nothing",
        ["Nothing about this file would change.", "Use it as it is, or choose another shape."],
        ["В этом файле нечего менять.", "Используйте его как есть или выберите другую форму."]),
    text("fix.other_shape",
        ["The file is being encoded with the shape {actual}.", "Wait for it to end, or call it off first."],
        ["Файл уже кодируется с формой {actual}.", "Дождитесь конца или сначала отмените."]),
    text("fix.too_long",
        ["Encoding took longer than this server allows.", "Encode the video on your own machine with the command line of the fix."],
        ["Кодирование заняло больше времени, чем разрешает сервер.", "Перекодируйте видео на своём компьютере командой из ответа."]),
    text("identity.last",
        ["Nothing but {actual} is left to sign in with.", "Link something else first."],
        ["Кроме {actual}, войти будет нечем.", "Сначала привяжите другой способ входа."]),
    text("invitations.too_many",
        ["There are too many invitations that nobody has followed.", "Take some of them back."],
        ["Слишком много приглашений, которыми никто не воспользовался.", "Отзовите часть из них."]),
    text("grace_hours.range",
        ["An exchanged key goes on for 0 to 168 hours.", "Choose a number of hours within that, or leave it out for 24."],
        ["Заменённый ключ действует ещё от 0 до 168 часов.", "Выберите число часов в этих пределах или не указывайте его: будет 24."]),
    text("locale.unknown",
        ["We speak English and Russian.", "Choose `en` or `ru`."],
        ["Мы говорим по-английски и по-русски.", "Выберите `en` или `ru`."]),
    text("login.no_app",
        ["This server has no app of its own for this way to sign in: {actual}.", "The operator must set id and secret of the app: CONTENTZAVOD_INSTAGRAM__APP_ID and __APP_SECRET for the usual way, CONTENTZAVOD_INSTAGRAM__META_APP_ID and __META_APP_SECRET for Facebook Login beside it. Until then, connect with a token from Meta's dashboard."],
        ["У этого сервера нет своего приложения для такого входа: {actual}.", "Оператор должен задать идентификатор и секрет приложения: CONTENTZAVOD_INSTAGRAM__APP_ID и __APP_SECRET для обычного входа, CONTENTZAVOD_INSTAGRAM__META_APP_ID и __META_APP_SECRET для Facebook Login рядом с ним. До тех пор подключайте аккаунт токеном из панели Meta."]),
    text("login.unknown",
        ["The platform knows no such way to sign in.", "Choose one of those named."],
        ["У площадки нет такого входа.", "Выберите один из названных."]),
    text("max_late.format",
        ["This is no duration we can read.", "Write a number and s, m, h or d, such as 6h."],
        ["Мы не можем прочитать такую длительность.", "Напишите число и s, m, h или d, например 6h."]),
    text("max_late.range",
        ["The duration lies outside what is allowed.", "Choose from 1m to 7d."],
        ["Длительность вне допустимого.", "Выберите от 1m до 7d."]),
    text("media.again",
        ["The same file goes out on the same account within a day: {actual}.", "Nothing needs to be done if it is meant. People see both."],
        ["Тот же файл выходит в том же аккаунте в пределах суток: {actual}.", "Если так и задумано, ничего делать не нужно. Люди увидят обе публикации."]),
    text("media.gone",
        ["The file was deleted.", "Upload it again and give the new id."],
        ["Файл удалён.", "Загрузите его снова и укажите новый id."]),
    text("media.in_use",
        ["This post uses the file.", "Cancel the post, or send `?cancel_posts=true`."],
        ["Эта публикация использует файл.", "Отмените публикацию или отправьте `?cancel_posts=true`."]),
    text("media.not_found",
        ["There is no such file.", "Upload it and give its id."],
        ["Такого файла нет.", "Загрузите его и укажите id."]),
    text("media.refused",
        ["Instagram would refuse this file as it is; it was kept to be mended.", "Ask for a fix (POST /v1/media/{id}/fix) and use the id of the new file."],
        ["Instagram откажет этому файлу в таком виде; он сохранён, чтобы его исправить.", "Запросите исправление (POST /v1/media/{id}/fix) и укажите id нового файла."]),
    text("meta.replayed",
        ["It was heard before.", "Nothing needs to be done."],
        ["Он уже был получен.", "Делать ничего не нужно."]),
    text("meta.signed_request",
        ["It is not signed by Meta for an app of this server, or not within the last day.", "Check that the app of this server is the one whose callback this is."],
        ["Он не подписан Meta для приложения этого сервера или подписан раньше, чем сутки назад.", "Проверьте, что это приложение, чей обратный вызов настроен."]),
    text("name.length",
        ["A name has 1 to 100 characters and no control characters.", "Choose another name."],
        ["В имени от 1 до 100 знаков и нет управляющих символов.", "Выберите другое имя."]),
    text("permalink.format",
        ["This is no https address.", "Copy the address of the post from the platform."],
        ["Это не адрес https.", "Скопируйте адрес публикации с площадки."]),
    text("publication.earlier_try",
        ["An earlier try may still go live. Cancel and edit answer for the new one only.", "Look at the account before you act."],
        ["Прежняя попытка ещё может выйти. Отмена и правка действуют только на новую.", "Посмотрите на аккаунт, прежде чем что-то делать."]),
    text("publication.risk",
        ["The earlier try may still go live, and the post may then appear twice.", "Send `accept_duplicate_risk: true` to publish all the same."],
        ["Прежняя попытка ещё может выйти, и тогда публикация появится дважды.", "Отправьте `accept_duplicate_risk: true`, чтобы всё равно опубликовать."]),
    text("publish_at.too_far",
        ["This time is too far ahead.", "Choose a nearer time."],
        ["Это время слишком далеко.", "Выберите время поближе."]),
    text("publish_at.format",
        ["This is no date and time we can read.", "Write 2026-12-01T09:00:00+03:00, or 2026-12-01T09:00 with a timezone."],
        ["Мы не можем прочитать такие дату и время.", "Напишите 2026-12-01T09:00:00+03:00 или 2026-12-01T09:00 с часовым поясом."]),
    text("publish_at.crowded",
        ["Other posts of this account are due within a minute of this time. One account publishes one after another, so each of them makes the next some seconds late.", "Leave a minute between them if seconds matter."],
        ["Другие публикации этого аккаунта назначены на ту же минуту. Аккаунт публикует их одну за другой, и каждая задержит следующую на несколько секунд.", "Если секунды важны, оставьте между ними минуту."]),
    text("publish_at.gap",
        ["The clocks in this time zone jump over this time.", "Choose one of the nearest times."],
        ["Часы этого пояса перескакивают через это время.", "Выберите одно из ближайших."]),
    text("publish_at.quota_few",
        ["Of what Instagram lets the account publish in 24 hours little is left at this time: {actual}.", "Choose another time if more posts are to come."],
        ["Из того, что Instagram разрешает аккаунту за 24 часа, к этому времени остаётся мало: {actual}.", "Выберите другое время, если будут ещё публикации."]),
    text("publish_at.quota_full",
        ["Of what Instagram lets the account publish in 24 hours nothing is left at this time: {actual}. The post will wait.", "Choose another time, or take another post back."],
        ["Из того, что Instagram разрешает аккаунту за 24 часа, к этому времени ничего не остаётся: {actual}. Публикация будет ждать.", "Выберите другое время или отмените другую публикацию."]),
    text("publish_at.past",
        ["This time has passed.", "Choose a later time, or leave it out to publish now."],
        ["Это время прошло.", "Выберите время позже или не указывайте его, чтобы опубликовать сейчас."]),
    text("remote_user_id.choose",
        ["The token may act for several accounts: {actual}.", "Send the id of the one you mean as remote_user_id."],
        ["Токен действует для нескольких аккаунтов: {actual}.", "Отправьте id нужного в remote_user_id."]),
    text("remote_user_id.unknown",
        ["The token may not act for this account, only for: {actual}.", "Send the id of one of them as remote_user_id, or another token."],
        ["Токен не действует для этого аккаунта, только для: {actual}.", "Отправьте id одного из них в remote_user_id или другой токен."]),
    text("role.unknown",
        ["There is no role {actual}.", "Take owner, editor or viewer."],
        ["Роли {actual} нет.", "Выберите owner, editor или viewer."]),
    text("sign_in.declined",
        ["The provider did not say who you are: {actual}.", "Sign in again, and agree there."],
        ["Провайдер не сказал, кто вы: {actual}.", "Войдите ещё раз и согласитесь там."]),
    text("sign_in.may_not_connect",
        ["Only owners of the workspace connect accounts.", "Ask an owner."],
        ["Подключают аккаунты только владельцы рабочего пространства.", "Обратитесь к владельцу."]),
    text("sign_in.misconfigured",
        ["The provider does not accept this server: its client id, secret or redirect address is not the registered one.", "Whoever runs this server must mend its settings."],
        ["Провайдер не принимает этот сервер: client id, секрет или адрес возврата не те, что зарегистрированы.", "Владелец сервера должен исправить настройки."]),
    text("sign_in.other_browser",
        ["This sign-in began in another browser, or this browser kept no cookie of it.", "Begin again here, and let the browser keep cookies of this site. If it happens again, the server's public address is set wrong."],
        ["Вход начат в другом браузере, или этот браузер не сохранил cookie.", "Начните заново здесь и разрешите cookie этого сайта. Если повторится, публичный адрес сервера задан неверно."]),
    text("sign_in.other_provider",
        ["This sign-in began at another provider.", "Begin again."],
        ["Вход начат у другого провайдера.", "Начните заново."]),
    text("sign_in.refused",
        ["The provider does not accept the code it gave: it was used, or is too old.", "Begin again."],
        ["Провайдер не принимает выданный им код: он использован или устарел.", "Начните заново."]),
    text("sign_in.somebody_else",
        ["It was somebody else who came back.", "Sign in with what this session belongs to."],
        ["Вернулся кто-то другой.", "Войдите тем способом, которому принадлежит этот сеанс."]),
    text("sign_in.taken",
        ["Somebody else here is known by it.", "Sign in with it instead, or link another."],
        ["Этот способ входа уже принадлежит другому человеку.", "Войдите с его помощью или привяжите другой."]),
    text("sign_in.unavailable",
        ["The provider does not answer.", "Try again in a minute, or come in another way."],
        ["Провайдер не отвечает.", "Попробуйте через минуту или войдите другим способом."]),
    text("sign_in.uninvited",
        ["Newcomers need an invitation to this server, and it must not be used or too old.", "Ask somebody who is here for an invitation."],
        ["Новым людям нужно приглашение на этот сервер, ещё не использованное и не устаревшее.", "Попросите приглашение у того, кто уже здесь."]),
    text("sign_in.unknown",
        ["This sign-in or link is not known: it was used, or is too old.", "Begin again."],
        ["Этот вход или ссылка неизвестны: они использованы или устарели.", "Начните заново."]),
    text("sign_in.untrusted",
        ["What came back from the provider cannot be trusted.", "Begin again. If it happens again, tell whoever runs this server."],
        ["Ответу провайдера нельзя доверять.", "Начните заново. Если повторится, сообщите владельцу сервера."]),
    text("scopes.empty",
        ["A key needs something that it may do.", "Name a scope, or leave the list out."],
        ["Ключу нужно хоть что-то разрешить.", "Назовите право или не указывайте список."]),
    text("scopes.unknown",
        ["There is no scope {actual}.", "Choose from those named."],
        ["Права {actual} нет.", "Выберите из названных."]),
    text("timezone.unknown",
        ["This is no time zone name of the IANA database.", "Write a name such as Europe/Berlin."],
        ["Такого пояса нет в базе IANA.", "Напишите имя вроде Europe/Moscow."]),
    text("workspace.last_owner",
        ["The workspace {actual} would be left without an owner.", "Make somebody else its owner first."],
        ["Рабочее пространство {actual} осталось бы без владельца.", "Сначала сделайте владельцем кого-то ещё."]),
    text("workspaces.limit",
        ["Whoever is in {actual} workspaces makes no more.", "Work in one of them, or leave one that others own."],
        ["Пространств уже {actual}, больше создать нельзя.", "Работайте в имеющемся или выйдите из того, которым владеют другие."]),
];

fn find(rule: &str) -> Option<&'static Text> {
    RULES.iter().find(|text| text.rule == rule)
}

/// An error of a rule, in English.
#[must_use]
pub fn error(rule: &str) -> Finding {
    worded(Finding::error(rule, rule))
}

/// A warning of a rule, in English.
#[must_use]
pub fn warning(rule: &str) -> Finding {
    worded(Finding::warning(rule, rule))
}

/// An error of a rule that names what it is about.
#[must_use]
pub fn error_about(rule: &str, actual: impl Into<String>) -> Finding {
    worded(Finding::error(rule, rule).actual(actual))
}

/// A warning of a rule that names what it is about.
#[must_use]
pub fn warning_about(rule: &str, actual: impl Into<String>) -> Finding {
    worded(Finding::warning(rule, rule).actual(actual))
}

fn worded(finding: Finding) -> Finding {
    let told = localise(&finding, Lang::En);
    debug_assert!(told.is_some(), "{} has no words", finding.rule);
    told.unwrap_or(finding)
}

/// A finding of this crate in a language; `None` for those of others.
#[must_use]
pub fn localise(finding: &Finding, lang: Lang) -> Option<Finding> {
    let text = find(&finding.rule)?;
    let (message, fix) = match lang {
        Lang::En => (text.en, text.en_fix),
        Lang::Ru => (text.ru, text.ru_fix),
    };
    let actual = finding.actual.as_deref().unwrap_or_default();
    let mut finding = finding.clone();
    finding.message = message.replace("{actual}", actual);
    finding.fix = Some(fix.to_owned());
    Some(finding)
}
