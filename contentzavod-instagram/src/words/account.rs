//! Tokens, permissions, restrictions and limits: what stands between us and the account.

use contentzavod_core::words::Action::{OpenApp, Operator, Reconnect};
use contentzavod_core::words::Words;

use super::{text, wait};

#[rustfmt::skip]
pub(super) const TEXTS: &[Words] = &[
    // Tokens.
    text(Reconnect, "instagram.190.458",
        "The app was removed from the Instagram account.",
        "Приложение удалено из аккаунта Instagram."),
    text(OpenApp, "instagram.190.459",
        "Instagram wants the account's owner to confirm who they are.",
        "Instagram просит владельца аккаунта подтвердить личность.")
        .todo("Open the Instagram app, then connect the account again.",
              "Откройте приложение Instagram, затем подключите аккаунт заново."),
    text(Reconnect, "instagram.190.460",
        "The password changed, or Instagram closed the session.",
        "Сменился пароль, или Instagram завершил сеанс."),
    text(Reconnect, "instagram.190.463",
        "Instagram's permission to publish for this account has expired.",
        "Срок разрешения Instagram на публикации этого аккаунта истёк."),
    text(OpenApp, "instagram.190.464",
        "The Instagram user is not confirmed.",
        "Пользователь Instagram не подтверждён.")
        .todo("Confirm the account in the Instagram app, then connect it again.",
              "Подтвердите аккаунт в приложении Instagram, затем подключите его заново."),
    text(Reconnect, "instagram.190.467",
        "Instagram's permission to publish for this account is not valid any more.",
        "Разрешение Instagram на публикации этого аккаунта больше не действует."),
    text(Reconnect, "instagram.190.492",
        "The role on the Page is gone, or two-factor sign-in is missing.",
        "Роль на Странице снята, или не включена двухфакторная аутентификация."),
    text(Reconnect, "instagram.190",
        "Instagram does not accept its permission to publish for this account.",
        "Instagram не принимает разрешение на публикации этого аккаунта."),
    text(Reconnect, "instagram.102",
        "The session with Instagram is not valid any more.",
        "Сеанс с Instagram больше не действует."),
    text(Reconnect, "instagram.login_family",
        "The account was connected with the login family {login}, which is not served here.",
        "Аккаунт подключён через вход «{login}», который здесь не поддерживается.")
        .todo("Connect it again with Instagram Login or Facebook Login.",
              "Подключите его заново через Instagram Login или Facebook Login."),
    text(Reconnect, "instagram.no_refresh",
        "Access by Facebook Login cannot be renewed without its owner.",
        "Доступ через Facebook Login нельзя продлить без его владельца."),
    text(Reconnect, "instagram.upload.token",
        "Instagram's permission to publish for this account does not hold for uploads.",
        "Разрешение Instagram для этого аккаунта не распространяется на загрузку."),

    text(Operator, "instagram.app_secret",
        "Instagram does not accept the signature of our calls: the app secret set here is not that of the app.",
        "Instagram не принимает подпись наших вызовов: заданный здесь секрет приложения не от этого приложения.")
        .todo("Whoever runs this server must set the secret of the Meta app that the access was made with.",
              "Тот, кто ведёт этот сервер, должен задать секрет того приложения Meta, от которого получен доступ."),

    // Permissions.
    text(Reconnect, "instagram.10",
        "A permission is missing, or the account is not a professional one.",
        "Не хватает разрешения, или аккаунт не профессиональный.")
        .todo("Connect the account again and grant everything asked for.",
              "Подключите аккаунт заново и дайте все запрошенные разрешения."),
    text(Reconnect, "instagram.200",
        "A permission is missing.",
        "Не хватает разрешения.")
        .todo("Connect the account again and grant everything asked for.",
              "Подключите аккаунт заново и дайте все запрошенные разрешения."),

    text(Reconnect, "instagram.permissions.missing",
        "These permissions were not granted: {missing}.",
        "Не даны разрешения: {missing}.")
        .todo("Generate the access anew, with these permissions ticked.",
              "Создайте доступ заново и отметьте эти разрешения."),
    text(Reconnect, "instagram.pages.hidden",
        "The access shows no Page. Pages of a business portfolio stay hidden without the permission business_management.",
        "Доступ не показывает ни одной Страницы. Страницы бизнес-портфолио скрыты без разрешения business_management.")
        .todo("Generate the access anew with business_management granted, as somebody with full control of the Page.",
              "Создайте доступ заново с разрешением business_management от имени того, кто полностью управляет Страницей."),
    text(Reconnect, "instagram.pages.none",
        "The access shows no Page.",
        "Доступ не показывает ни одной Страницы.")
        .todo("Generate it as somebody with full control of the Page, and tick the Page on the way.",
              "Создайте его от имени того, кто полностью управляет Страницей, и отметьте Страницу по пути."),
    text(Reconnect, "instagram.pages.unlinked",
        "No professional Instagram account is linked to these Pages: {pages}.",
        "К этим Страницам не привязан профессиональный аккаунт Instagram: {pages}.")
        .todo("Link the account to the Page in the Page's settings, then connect it again.",
              "Привяжите аккаунт к Странице в её настройках и подключите его заново."),

    text(Reconnect, "instagram.page.unlinked",
        "No professional Instagram account is linked to the Page {page}.",
        "К Странице {page} не привязан профессиональный аккаунт Instagram.")
        .todo("Link the account to the Page in the Page's settings, then connect it again.",
              "Привяжите аккаунт к Странице в её настройках и подключите его заново."),
    text(Reconnect, "instagram.page.task",
        "Your role on the Page {page} does not let you publish.",
        "Ваша роль на Странице {page} не позволяет публиковать.")
        .todo("Ask somebody with full control of the Page to let you create content, then connect it again.",
              "Попросите того, кто полностью управляет Страницей, разрешить вам создавать контент, и подключите её заново."),
    text(Reconnect, "instagram.account.personal",
        "@{username} is a personal account, and Instagram lets only professional ones be published to.",
        "@{username} — личный аккаунт, а Instagram разрешает публиковать только в профессиональные.")
        .todo("Switch it to a professional account in the Instagram app, which costs nothing, then connect it again.",
              "Переключите его на профессиональный в приложении Instagram, это бесплатно, и подключите заново."),

    // The account.
    wait("instagram.4.2207051",
        "Instagram blocked the action as suspected spam; the post may be live all the same. For some hours nothing more should be published.",
        "Instagram заблокировал действие как подозрение на спам; публикация при этом могла выйти. Несколько часов лучше ничего не публиковать."),
    text(OpenApp, "instagram.25.2207050",
        "The Instagram account is restricted, inactive, or waits for its owner.",
        "Аккаунт Instagram ограничен, неактивен или ждёт действий владельца."),
    text(OpenApp, "instagram.25",
        "The Instagram account is restricted.",
        "Аккаунт Instagram ограничен."),
    text(OpenApp, "instagram.368",
        "Instagram judged the action abusive, or wants a security check.",
        "Instagram счёл действие нарушением или требует проверки безопасности."),

    // Limits.
    wait("instagram.9.2207042",
        "The account has used up what Instagram lets it publish in 24 hours.",
        "Аккаунт исчерпал лимит публикаций Instagram за 24 часа."),
    wait("instagram.9",
        "The account has used up what Instagram lets it publish.",
        "Аккаунт исчерпал лимит публикаций Instagram."),
    wait("instagram.4",
        "Instagram takes no more calls of this app for now.",
        "Instagram пока не принимает вызовы этого приложения: их слишком много."),
    wait("instagram.17",
        "Instagram takes no more calls for this user for now.",
        "Instagram пока не принимает вызовы для этого пользователя: их слишком много."),
    wait("instagram.32",
        "Instagram takes no more calls for this Page for now.",
        "Instagram пока не принимает вызовы для этой Страницы: их слишком много."),
    wait("instagram.613",
        "Instagram takes no more calls of this kind for now.",
        "Instagram пока не принимает такие вызовы: их слишком много."),
    wait("instagram.80002",
        "Instagram takes no more calls for this account for now.",
        "Instagram пока не принимает вызовы для этого аккаунта: их слишком много."),

    // Connecting.
    text(Operator, "instagram.no_app",
        "This server has no app of this login family to connect accounts with.",
        "У этого сервера нет приложения для такого вида входа.")
        .todo("Whoever runs this server must set the app's id and secret.",
              "Тот, кто ведёт этот сервер, должен задать идентификатор и секрет приложения."),
    text(Reconnect, "instagram.oauth.code_used",
        "The sign-in code was used already or has expired.",
        "Код входа уже использован или устарел."),
    text(Operator, "instagram.oauth.app_id",
        "The app id belongs to another login family.",
        "Идентификатор приложения относится к другому виду входа.")
        .todo("Whoever runs this server must set the Instagram app id.",
              "Тот, кто ведёт этот сервер, должен указать идентификатор приложения Instagram."),
    text(Operator, "instagram.oauth.redirect_uri",
        "The redirect address is not the one registered with the app.",
        "Адрес возврата не совпадает с зарегистрированным в приложении.")
        .todo("Whoever runs this server must register exactly the same.",
              "Тот, кто ведёт этот сервер, должен зарегистрировать в точности такой же."),
    text(Reconnect, "instagram.oauth.tester",
        "The account is not an accepted tester of the app, which is still in development.",
        "Аккаунт не принял приглашение в тестировщики приложения, а оно ещё в разработке.")
        .todo("Accept the invitation in Instagram's settings, then connect the account again.",
              "Примите приглашение в настройках Instagram, затем подключите аккаунт заново."),
    text(Operator, "instagram.oauth.scope",
        "A permission asked for does not exist.",
        "Запрошено разрешение, которого не существует.")
        .todo("Whoever runs this server must check the login family.",
              "Тот, кто ведёт этот сервер, должен проверить вид входа."),
    text(Reconnect, "instagram.oauth.method",
        "The access is of the Basic Display API, which was shut down.",
        "Доступ выдан для Basic Display API, который закрыт."),
];
