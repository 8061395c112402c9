//! What stands on the pages, in both languages.

use contentzavod_core::model::Lang;

macro_rules! words {
    ($($name:ident: $en:literal, $ru:literal;)+) => {
        /// Every text of the pages.
        #[derive(Debug)]
        pub(super) struct Words { $(pub(super) $name: &'static str),+ }

        static EN: Words = Words { $($name: $en),+ };
        static RU: Words = Words { $($name: $ru),+ };

        #[cfg(test)]
        const ALL: &[(&str, &str, &str)] = &[$((stringify!($name), $en, $ru)),+];
    };
}

/// The texts of a language.
pub(super) const fn of(lang: Lang) -> &'static Words {
    match lang {
        Lang::En => &EN,
        Lang::Ru => &RU,
    }
}

#[rustfmt::skip]
words! {
    privacy: "Privacy", "Конфиденциальность";
    deletion: "Deleting your data", "Удаление данных";
    sign_in: "Sign in", "Вход";
    sign_in_lead: "Choose what you already have. Of it only your name, your language and the number you have there are kept.", "Выберите то, что у вас уже есть. Из этого сохраняются только имя, язык и ваш номер там.";
    sign_in_with: "Sign in with", "Войти через";
    no_ways: "No way to sign in is switched on here. Whoever runs this server comes in by the link that it printed when it started.", "Вход через провайдеров здесь не включён. Владелец сервера входит по ссылке, которую сервер напечатал при запуске.";
    no_ways_again: "No way to sign in is switched on here. Whoever was here before asks the owner of this server for a link, which they make with:", "Вход через провайдеров здесь не включён. Кто уже был здесь, просит у владельца сервера ссылку; он создаёт её так:";
    again: "Sign in again", "Войдите ещё раз";
    again_lead: "What you are about to do cannot be undone, so please show once more that it is you. It holds for ten minutes.", "Это действие нельзя отменить, поэтому подтвердите ещё раз, что это вы. Подтверждение действует десять минут.";
    again_by_link: "Whoever runs this server can make a link for you, which shows it as well:", "Владелец сервера может сделать для вас ссылку, она тоже это подтвердит:";
    first: "Welcome. You are the first one here.", "Добро пожаловать. Вы здесь первый человек.";
    first_lead: "Say who you are, and this server is yours. The link works once.", "Представьтесь, и сервер ваш. Ссылка работает один раз.";
    your_name: "Your name", "Ваше имя";
    workspace_name: "Name of the workspace", "Название рабочего пространства";
    workspace_hint: "A studio, a brand, or simply yourself.", "Студия, бренд или просто вы.";
    timezone: "Time zone", "Часовой пояс";
    timezone_hint: "Times without a zone are read in it, e.g. Europe/Moscow.", "В нём читается время без пояса, например Europe/Moscow.";
    come_in: "Come in", "Войти";
    link: "Come in by a link", "Вход по ссылке";
    link_lead: "Whoever runs this server made this link for you. It works once.", "Эту ссылку сделал для вас владелец сервера. Она работает один раз.";
    invitation: "Invitation", "Приглашение";
    join_as: "Join as", "Присоединиться как";
    to_start: "To the start page", "На главную";
    request: "Request", "Запрос";
    welcome: "Welcome. Is everything right?", "Добро пожаловать. Всё верно?";
    settings: "Settings", "Настройки";
    language: "Language", "Язык";
    save: "Save", "Сохранить";
    sign_out: "Sign out", "Выйти";
    accounts: "Instagram accounts", "Аккаунты Instagram";
    no_accounts: "None is connected yet.", "Пока ни один не подключён.";
    no_apps: "Instagram's app is not set up on this server: its owner sets CONTENTZAVOD_INSTAGRAM__APP_ID and __APP_SECRET.", "Приложение Instagram на этом сервере не настроено: владелец задаёт CONTENTZAVOD_INSTAGRAM__APP_ID и __APP_SECRET.";
    connect_instagram: "Connect an Instagram account", "Подключить аккаунт Instagram";
    connect_facebook: "Connect through a Facebook Page", "Подключить через страницу Facebook";
    forgotten: "a deleted account", "удалённый аккаунт";
    disconnect: "Disconnect", "Отключить";
    disconnect_title: "Disconnect @{username}?", "Отключить @{username}?";
    disconnect_lead: "Our access to it is erased here at once, and Instagram is asked to end it; to be sure of that, remove the app in Instagram's settings, under Website permissions. What is planned stays and waits: it goes out if the account is connected again before its time.", "Наш доступ к нему будет здесь сразу стёрт, и мы попросим Instagram его закрыть; чтобы быть уверенным, удалите приложение в настройках Instagram, «Разрешения для сайтов». Запланированное останется и будет ждать: оно выйдет, если подключить аккаунт заново до назначенного времени.";
    ways_in: "What you sign in with", "Чем вы входите";
    link_with: "Also sign in with", "Входить также через";
    yandex: "Yandex ID", "Яндекс ID";
    by_link: "a link", "ссылка";
    sessions: "Where you are signed in", "Где вы вошли";
    this_browser: "this browser", "этот браузер";
    used: "used", "активность";
    end: "Sign out there", "Завершить";
    your_data: "Your data", "Ваши данные";
    export: "Take everything out", "Выгрузить всё";
    delete: "Delete everything", "Удалить всё";
    api_reference: "API reference", "Справочник API";
    viewer: "viewer", "наблюдатель";
    editor: "editor", "редактор";
    owner: "owner", "владелец";
    active: "connected", "подключён";
    reauthorize: "must be connected again", "нужно подключить заново";
    disconnected: "disconnected", "отключён";
    restricted: "restricted by Instagram", "ограничен Instagram";
    no_cookie: "Your browser kept no cookie", "Браузер не сохранил cookie";
    no_cookie_lead: "You proved who you are, but the browser did not send back what keeps you signed in. Let it keep cookies of this site.", "Вы подтвердили, кто вы, но браузер не прислал обратно то, что держит вход. Разрешите ему cookie этого сайта.";
    begin_again: "Begin again", "Начать заново";
    plain_http: "Nobody can sign in here: this server's address is {base}, and browsers keep what signs you in over HTTPS only. Put it behind a proxy with TLS, or give it a certificate, and set CONTENTZAVOD_PUBLIC_URL to the https:// address.", "Войти здесь нельзя: адрес сервера — {base}, а браузеры хранят вход только по HTTPS. Поставьте перед ним прокси с TLS или дайте ему сертификат и задайте CONTENTZAVOD_PUBLIC_URL с адресом https://.";
    no_address: "Nobody can sign in from here: this server does not know under which address you reach it. Set CONTENTZAVOD_PUBLIC_URL to the address in your browser, with https://.", "Войти отсюда нельзя: сервер не знает, по какому адресу вы к нему обращаетесь. Задайте CONTENTZAVOD_PUBLIC_URL: адрес из строки браузера, с https://.";
    other_address: "This server believes that its address is {base}, and you came by {host}. If that is not the same, its owner must set CONTENTZAVOD_PUBLIC_URL right.", "Сервер считает, что его адрес — {base}, а вы пришли по {host}. Если это не одно и то же, владелец должен исправить CONTENTZAVOD_PUBLIC_URL.";
    invites: "{by} invites you to {workspace}", "{by} приглашает вас в {workspace}";
    go_on: "Go on", "Продолжить";
    offer: "Connect your Instagram account?", "Подключить ваш аккаунт Instagram?";
    offer_lead: "{asker} asks you to let this server publish Reels for your account, in the workspace {workspace}. Go on only if you know them: on the next page Instagram asks you, too.", "{asker} просит разрешить этому серверу публиковать Reels в вашем аккаунте, в рабочем пространстве {workspace}. Продолжайте, только если знаете этого человека: на следующей странице спросит и Instagram.";
    connected: "@{username} is connected", "@{username} подключён";
    connected_new: "What you schedule for it goes out from here.", "Всё, что вы для него запланируете, выйдет отсюда.";
    connected_again: "It was here before: its posts were found again and go on.", "Он уже был здесь: его публикации нашлись и продолжаются.";
    choose: "Which account?", "Какой аккаунт?";
    choose_lead: "You may publish for several. Choose the one to connect; come again for another.", "Вы можете публиковать в нескольких. Выберите, какой подключить; за другим придите ещё раз.";
    connect_this: "Connect", "Подключить";
    nothing: "There is nothing to connect", "Подключать нечего";
    nothing_lead: "This is what Instagram showed us, and why none of it can publish:", "Вот что показал Instagram и почему ничто из этого не может публиковать:";
    missing: "A permission is missing", "Не хватает разрешения";
    missing_lead: "Without these Instagram lets nobody publish for you. Begin again and leave them ticked:", "Без них Instagram не даёт публиковать за вас. Начните заново и не снимайте отметки:";
    run_by: "This server is run by {operator}. What is said here holds for it alone.", "Этот сервер ведёт {operator}. Сказанное здесь относится только к нему.";
    run_by_somebody: "Whoever gave you the address of this server runs it. What is said here holds for it alone.", "Этот сервер ведёт тот, кто дал вам его адрес. Сказанное здесь относится только к нему.";
    contact: "Contact:", "Связь:";
    kept: "What is kept, and for how long", "Что хранится и как долго";
    what: "What", "Что";
    how_long: "For how long", "Как долго";
    kept_tokens: "Access to your Instagram accounts (encrypted)", "Доступ к вашим аккаунтам Instagram (зашифрован)";
    kept_media: "Videos and covers that you upload", "Загруженные видео и обложки";
    kept_posts: "Posts: captions, options, times, names of their files, and what became of them", "Публикации: тексты, параметры, время, имена файлов и что с ними стало";
    kept_deleted_posts: "Of posts that you deleted: when and as what they went out, so that nothing goes out twice", "Об удалённых вами публикациях: когда и под каким номером они вышли, чтобы ничто не вышло дважды";
    kept_answers: "Answers to calls of programs that may be made again", "Ответы на вызовы программ, которые можно повторить";
    kept_disconnected: "Names and numbers of accounts that you disconnected and that no post belongs to", "Имена и номера отключённых аккаунтов, к которым не относится ни одна публикация";
    kept_log: "Log of requests: time, what was called, by which account or key; no content", "Журнал запросов: время, что вызвано, каким аккаунтом или ключом; без содержимого";
    kept_account: "You: name, language, what you sign in with, workspaces, notifications; names and ids of accounts you connected", "Вы: имя, язык, чем вы входите, рабочие пространства, уведомления; имена и номера подключённых аккаунтов";
    kept_sessions: "Where you are signed in (as hashes)", "Где вы вошли (в виде хешей)";
    kept_sign_ins: "Sign-ins and links on their way (encrypted), and hashes of what may be used once", "Начатые входы и ссылки (зашифрованы) и хеши того, что используется один раз";
    kept_invitations: "Invitations (as hashes)", "Приглашения (в виде хешей)";
    kept_keys: "API keys (as hashes)", "Ключи API (в виде хешей)";
    kept_deletions: "That something was deleted, under a code only you have", "То, что данные удалены, под кодом, который есть только у вас";
    kept_tombstones: "Hashes of deleted ids, for the case that an old copy is restored; they tell nothing about anybody", "Хеши удалённых идентификаторов на случай восстановления старой копии; о людях они ничего не говорят";
    until_disconnected: "until the account is disconnected", "до отключения аккаунта";
    until_published: "until published; {unused} if unused; {retry} after a post failed", "до публикации; {unused}, если не использовано; {retry} после неудачной публикации";
    until_workspace: "until you delete everything", "пока вы не удалите всё";
    until_deleted: "until you delete them", "до удаления вами";
    until_idle: "until signed out, {idle} unused, or {most}", "до выхода, {idle} без использования или {most}";
    until_after: "until deleted, or {time} after their end", "до удаления или {time} после окончания";
    until_ever: "for good", "бессрочно";
    not_kept: "No address of mail, no phone number, no password, no picture of you, not where you are, no network address is kept. There is no advertising, and nobody counts who visits.", "Не хранятся почта, телефон, пароль, ваша фотография, ваше местоположение, сетевой адрес. Нет рекламы, и посетителей никто не считает.";
    thirds: "Whom something is passed to", "Кому что-либо передаётся";
    third_if: "only if you connect an account with a token of that kind", "только если вы подключите аккаунт таким токеном";
    third_instagram: "Instagram (Meta): what you publish, and calls for the accounts you connect", "Instagram (Meta): то, что вы публикуете, и вызовы для подключённых вами аккаунтов";
    third_facebook: "Facebook (Meta): calls for accounts that you connect through a Page", "Facebook (Meta): вызовы для аккаунтов, подключённых через страницу";
    third_sign_in: "{provider}: that you sign in here, when you choose it", "{provider}: то, что вы входите сюда, если выберете этот способ";
    nobody_else: "To nobody else. The program contacts nothing that its operator did not switch on.", "Больше никому. Программа не обращается ни к чему, что не включил её владелец.";
    cookies: "Cookies", "Файлы cookie";
    cookies_lead: "Two, and only when you sign in or connect an account: one keeps you signed in, one lasts for the ten minutes that it takes.", "Два, и только при входе или подключении аккаунта: один держит вход, другой живёт десять минут, пока это длится.";
    rights: "Your rights", "Ваши права";
    rights_lead: "Signed in, you can see everything, correct it, take it out as one archive, and delete it, at any time. What was published on Instagram stays there: delete it there.", "После входа вы можете всё увидеть, исправить, выгрузить одним архивом и удалить в любое время. Опубликованное в Instagram остаётся там: удалите его там.";
    children: "Children", "Дети";
    children_lead: "This server is not for children under 13, and their data is not knowingly kept.", "Сервер не предназначен для детей младше 13 лет, их данные сознательно не хранятся.";
    updated: "As it stands since", "В этом виде с";
    told: "When it changes, everybody here is notified.", "При изменении все здесь получают уведомление.";
    export_lead: "One ZIP archive: you, your workspaces, posts and what became of them, and the files that are still here. No password and no access to Instagram is in it. It may be large.", "Один ZIP-архив: вы, ваши рабочие пространства, публикации и что с ними стало, и файлы, которые ещё здесь. Паролей и доступа к Instagram в нём нет. Он может быть большим.";
    export_now: "Download the archive", "Скачать архив";
    delete_lead: "This deletes you here at once and for good: your name, what you sign in with, the workspaces that are yours alone with their posts, files and keys, every session, and the access to the Instagram accounts connected there.", "Это сразу и навсегда удалит вас здесь: имя, способы входа, рабочие пространства, которые принадлежат только вам, с публикациями, файлами и ключами, все сеансы и доступ к подключённым там аккаунтам Instagram.";
    delete_shared: "These workspaces have other people in them and stay with them, with what is connected there. Disconnect first what is yours:", "В этих пространствах есть и другие люди: они остаются им вместе с тем, что там подключено. Сначала отключите своё:";
    delete_stays: "What is published on Instagram stays there: only you can delete it, in Instagram itself.", "Опубликованное в Instagram остаётся там: удалить его можете только вы, в самом Instagram.";
    delete_ask: "To go on, type your name: {name}", "Чтобы продолжить, введите своё имя: {name}";
    delete_wrong: "That is not the name. Nothing was deleted.", "Это не то имя. Ничего не удалено.";
    delete_now: "Delete everything now", "Удалить всё сейчас";
    keep: "Keep everything", "Оставить всё";
    gone: "Everything is deleted", "Всё удалено";
    gone_lead: "What was yours alone is gone from here. What you put into workspaces that others share stays with them, and lines of the request log with your number go when they are old enough.", "Всё, что было только вашим, здесь удалено. Добавленное вами в общие рабочие пространства остаётся у других, а строки журнала запросов с вашим номером исчезнут в свой срок.";
    gone_stays: "Posts that went out from here and stay on Instagram:", "Публикации, вышедшие отсюда и остающиеся в Instagram:";
    gone_may: "Posts that were being sent at this very moment and may still appear: {count}.", "Публикации, которые отправлялись в этот самый момент и ещё могут появиться: {count}.";
    gone_code: "Under this address it can be seen for three years that your data was deleted. Nobody else has it:", "По этому адресу три года можно увидеть, что данные удалены. Он есть только у вас:";
    asked: "Asked for", "Запрошено";
    done: "Done", "Выполнено";
    deletion_lead: "There are three ways:", "Есть три способа:";
    deletion_self: "Sign in here and delete everything yourself: it happens at once.", "Войдите сюда и удалите всё сами: это происходит сразу.";
    deletion_meta: "In Instagram or Facebook, remove this app under Settings, Apps and websites, and ask for your data to be deleted: we delete what we know of that account at once.", "В Instagram или Facebook удалите это приложение в настройках, «Приложения и сайты», и попросите удалить данные: мы сразу удалим всё, что знаем об этом аккаунте.";
    deletion_mail: "Write to whoever runs this server.", "Напишите владельцу этого сервера.";
    deleted_person: "Everything of this person is deleted.", "Всё об этом человеке удалено.";
    deleted_accounts: "What was known of these accounts is deleted.", "Всё, что было известно об этих аккаунтах, удалено.";
    deletion_underway: "It is deleted here; the last files are being removed.", "Здесь это удалено; последние файлы ещё стираются.";
    deleted_nothing: "Nothing was stored about these accounts, or they were connected again after this was asked.", "Об этих аккаунтах ничего не хранилось, или их подключили заново уже после запроса.";
    somebody: "Somebody", "Кто-то";
    as_viewer: "You will see everything there and change nothing.", "Вы будете всё видеть и ничего не менять.";
    as_editor: "You will upload, write and schedule.", "Вы будете загружать, писать и планировать.";
    as_owner: "You will be an owner: accounts, people, keys and posts.", "Вы будете владельцем: аккаунты, люди, ключи и публикации.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_is_there_in_both_languages_with_the_same_placeholders() {
        let holes = |text: &str| {
            let mut holes: Vec<_> = text
                .split('{')
                .skip(1)
                .filter_map(|rest| rest.split_once('}').map(|(name, _)| name.to_owned()))
                .collect();
            holes.sort();
            holes
        };
        let cyrillic = |text: &str| text.chars().any(|c| ('а'..='я').contains(&c));
        for (name, en, ru) in ALL {
            assert!(!cyrillic(en) && cyrillic(ru), "{name}");
            assert_eq!(holes(en), holes(ru), "{name}");
        }
    }
}
