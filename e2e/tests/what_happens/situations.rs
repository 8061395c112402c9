//! The table of situations.

use contentzavod_core::publication::State::{
    Armed, Cancelled, Failed, Missed, NeedsReview, Preparing, Processing, Published, Ready,
    Scheduled, Uncertain, WaitingAccount, WaitingQuota,
};

use contentzavod_core::words::Refused;

use crate::script::{Act, Part, Shows, Situation, shows};

#[rustfmt::skip]
pub(crate) const SITUATIONS: &[Situation] = &[
    // The server.
    Situation {
        key: "server.stopped_preparing", part: Part::Server,
        says: ["The power fails, or the server is killed, while the video is being prepared",
               "Свет погас или сервер убит, пока видео готовится"],
        play: shows(&[Shows(Preparing, None)], Published)
            .rules(r#"[{"stage": "create", "fault": "slow", "ms": 60000, "count": 1}]"#).crash(),
    },
    Situation {
        key: "server.stopped_sending_unsent", part: Part::Server,
        says: ["The same at the moment of sending, and Instagram got nothing",
               "То же в момент отправки, и до Instagram ничего не дошло"],
        play: shows(&[Shows(Uncertain, Some("publication.interrupted"))], Published)
            .rules(r#"[{"stage": "publish", "fault": "slow", "ms": 20000, "count": 1}, {"stage": "publish", "fault": "dropped", "count": 1}]"#).crash(),
    },
    Situation {
        key: "server.stopped_sending_sent", part: Part::Server,
        says: ["The same at the moment of sending, and the post is live",
               "То же в момент отправки, а публикация вышла"],
        play: shows(&[Shows(Uncertain, Some("publication.interrupted"))], Published)
            .rules(r#"[{"stage": "publish", "fault": "slow", "ms": 20000, "count": 1}]"#).crash(),
    },
    Situation {
        key: "server.stopped_past_due", part: Part::Server,
        says: ["The server is down over the due time, for less than the lateness you allow",
               "Сервер не работал в назначенное время, но меньше допустимого опоздания"],
        play: shows(&[Shows(Scheduled, None)], Published)
            .acts(&[(Scheduled, Act::Away(3))]),
    },
    Situation {
        key: "server.stopped_too_long", part: Part::Server,
        says: ["The server is down for longer than the lateness you allow",
               "Сервер не работал дольше допустимого опоздания"],
        play: shows(&[Shows(Missed, Some("publication.too_late"))], Missed)
            .acts(&[(Scheduled, Act::Away(8))]),
    },
    Situation {
        key: "server.missed_retried", part: Part::Server,
        says: ["You retry what was missed", "Вы повторяете пропущенное"],
        play: shows(&[Shows(Missed, Some("publication.too_late"))], Published)
            .acts(&[(Scheduled, Act::Away(8)), (Missed, Act::Retry(None))]),
    },
    Situation {
        key: "server.wrong_clock", part: Part::Server,
        says: ["The server's clock is wrong", "Часы сервера идут неверно"],
        play: shows(&[Shows(Ready, Some("clock.held"))], Published)
            .rules(r#"[{"stage": "status", "fault": "wrong_date", "secs": 7200, "count": 3}, {"stage": "recent", "fault": "wrong_date", "secs": 7200, "count": 3}, {"stage": "quota", "fault": "wrong_date", "secs": 7200, "count": 3}, {"stage": "time", "fault": "wrong_date", "secs": 7200, "count": 9}]"#),
    },

    // Preparing.
    Situation {
        key: "prepare.down", part: Part::Prepare,
        says: ["Instagram cannot be reached for a while", "Instagram какое-то время недоступен"],
        play: shows(&[Shows(Scheduled, Some("instagram.unreachable"))], Published)
            .rules(r#"[{"stage": "connection", "fault": "refuse_connection", "secs": 2400, "count": 1}]"#),
    },
    Situation {
        key: "prepare.down_too_long", part: Part::Prepare,
        says: ["Instagram cannot be reached for longer than the lateness you allow",
               "Instagram недоступен дольше допустимого опоздания"],
        play: shows(&[Shows(Scheduled, Some("instagram.unreachable")), Shows(Missed, Some("instagram.unreachable"))], Missed)
            .rules(r#"[{"stage": "connection", "fault": "refuse_connection", "secs": 36000, "count": 1}]"#).late("1h"),
    },
    Situation {
        key: "prepare.server_error", part: Part::Prepare,
        says: ["Instagram answers with an internal error", "Instagram отвечает внутренней ошибкой"],
        play: shows(&[Shows(Scheduled, Some("instagram.2"))], Published)
            .rules(r#"[{"stage": "create", "fault": "server_error", "status": 500, "after": false, "count": 1}]"#),
    },
    Situation {
        key: "prepare.garbage", part: Part::Prepare,
        says: ["Its answer cannot be read", "Его ответ не читается"],
        play: shows(&[Shows(Scheduled, Some("instagram.gateway.unreadable"))], Published)
            .rules(r#"[{"stage": "create", "fault": "garbage", "body": "html", "count": 1}]"#),
    },
    Situation {
        key: "prepare.reads_refused", part: Part::Prepare,
        says: ["Instagram does not show how far the video is", "Instagram не показывает, готово ли видео"],
        play: shows(&[Shows(Processing, Some("instagram.100.33"))], Published)
            .rules(r#"[{"stage": "status", "fault": "read_refused", "count": 2}]"#),
    },
    Situation {
        key: "prepare.container_error", part: Part::Prepare,
        says: ["Instagram fails to process the video; another try may do",
               "Instagram не смог обработать видео; новая попытка может помочь"],
        play: shows(&[Shows(Scheduled, Some("instagram.2207076"))], Published)
            .rules(r#"[{"stage": "status", "fault": "container_error", "subcode": 2207076, "count": 1}]"#),
    },
    Situation {
        key: "prepare.container_error_always", part: Part::Prepare,
        says: ["It fails at every try", "Это повторяется при каждой попытке"],
        play: shows(&[Shows(Failed, Some("instagram.2207076"))], Failed)
            .rules(r#"[{"stage": "status", "fault": "container_error", "subcode": 2207076}]"#),
    },
    Situation {
        key: "prepare.bad_video", part: Part::Prepare,
        says: ["Instagram does not support the video", "Instagram не поддерживает это видео"],
        play: shows(&[Shows(Failed, Some("instagram.352.2207026"))], Failed)
            .rules(r#"[{"stage": "status", "fault": "container_error", "subcode": 2207026, "count": 1}]"#),
    },
    Situation {
        key: "prepare.expired", part: Part::Prepare,
        says: ["Instagram lets the prepared video expire", "У Instagram истёк срок подготовленного видео"],
        play: shows(&[Shows(Scheduled, Some("container.expired"))], Published)
            .rules(r#"[{"stage": "status", "fault": "expired", "secs": 0, "count": 1}]"#),
    },

    // Sending.
    Situation {
        key: "send.reply_lost", part: Part::Send,
        says: ["The post goes live, and Instagram's answer is lost",
               "Публикация вышла, а ответ Instagram потерялся"],
        play: shows(&[Shows(Uncertain, Some("instagram.broken"))], Published)
            .rules(r#"[{"stage": "publish", "fault": "reply_lost", "count": 1}]"#),
    },
    Situation {
        key: "send.dropped", part: Part::Send,
        says: ["The call is lost before Instagram does anything",
               "Вызов потерялся, и Instagram ничего не сделал"],
        play: shows(&[Shows(Uncertain, Some("instagram.broken"))], Published)
            .rules(r#"[{"stage": "publish", "fault": "dropped", "count": 1}]"#),
    },
    Situation {
        key: "send.dropped_strict", part: Part::Send,
        says: ["The same on a server that never sends twice unasked (`CONTENTZAVOD_PUBLISHING__STRICT`)",
               "То же на сервере, который не отправляет повторно без спроса (`CONTENTZAVOD_PUBLISHING__STRICT`)"],
        play: shows(&[Shows(Uncertain, Some("instagram.broken")), Shows(NeedsReview, Some("review.strict"))], NeedsReview)
            .rules(r#"[{"stage": "publish", "fault": "dropped", "count": 1}]"#).strict(),
    },
    Situation {
        key: "send.dropped_too_late", part: Part::Send,
        says: ["The same, and meanwhile it is later than you allow",
               "То же, а тем временем прошло допустимое опоздание"],
        play: shows(&[Shows(Uncertain, Some("instagram.broken")), Shows(NeedsReview, Some("review.too_late"))], NeedsReview)
            .rules(r#"[{"stage": "publish", "fault": "dropped", "count": 1}]"#).late("5m"),
    },
    Situation {
        key: "send.dropped_always", part: Part::Send,
        says: ["Every call is lost", "Теряется каждый вызов"],
        play: shows(&[Shows(Uncertain, Some("instagram.broken")), Shows(NeedsReview, Some("review.sends_used_up"))], NeedsReview)
            .rules(r#"[{"stage": "publish", "fault": "dropped"}]"#),
    },
    Situation {
        key: "send.timeout", part: Part::Send,
        says: ["Instagram does not answer, and publishes a little later",
               "Instagram не отвечает и публикует чуть позже"],
        play: shows(&[Shows(Uncertain, Some("publication.timeout"))], Published)
            .rules(r#"[{"stage": "publish", "fault": "late", "ms": 40000, "reply": "held", "count": 1}]"#),
    },
    Situation {
        key: "send.server_error", part: Part::Send,
        says: ["Instagram answers with an internal error although the post is live",
               "Instagram отвечает внутренней ошибкой, хотя публикация вышла"],
        play: shows(&[Shows(Uncertain, Some("instagram.2"))], Published)
            .rules(r#"[{"stage": "publish", "fault": "server_error", "status": 500, "after": true, "count": 1}]"#),
    },
    Situation {
        key: "send.unreachable", part: Part::Send,
        says: ["No connection comes about at the due time: surely nothing was sent",
               "В назначенное время нет соединения: точно ничего не отправлено"],
        play: shows(&[Shows(Armed, Some("instagram.unreachable"))], Published)
            .acts(&[(Ready, Act::Faults(r#"[{"stage": "connection", "fault": "refuse_connection", "secs": 60, "count": 1}]"#))]),
    },
    Situation {
        key: "send.spam_live", part: Part::Send,
        says: ["Instagram calls the post spam although it is live", "Instagram называет публикацию спамом, хотя она вышла"],
        play: shows(&[Shows(Uncertain, Some("instagram.4.2207051"))], Published)
            .rules(r#"[{"stage": "publish", "fault": "spam", "live": true, "count": 1}]"#),
    },
    Situation {
        key: "send.spam", part: Part::Send,
        says: ["Instagram calls the post spam, and it is not live", "Instagram называет публикацию спамом, и она не вышла"],
        play: shows(&[Shows(Uncertain, Some("instagram.4.2207051")), Shows(NeedsReview, Some("review.suspected_spam"))], NeedsReview)
            .rules(r#"[{"stage": "publish", "fault": "spam", "live": false, "count": 1}]"#),
    },
    Situation {
        key: "send.not_ready", part: Part::Send,
        says: ["Instagram says that the video is not ready yet", "Instagram говорит, что видео ещё не готово"],
        play: shows(&[Shows(Uncertain, Some("instagram.9007.2207027"))], Published)
            .rules(r#"[{"stage": "publish", "fault": "not_ready", "count": 1}]"#),
    },
    Situation {
        key: "send.blind", part: Part::Send,
        says: ["The answer is lost, and Instagram shows nothing for more than a day",
               "Ответ потерялся, и Instagram больше суток ничего не показывает"],
        play: shows(&[Shows(Uncertain, Some("instagram.broken")), Shows(NeedsReview, Some("review.platform_silent"))], NeedsReview)
            .rules(r#"[{"stage": "publish", "fault": "reply_lost", "count": 1}]"#)
            .acts(&[(Uncertain, Act::Faults(r#"[{"stage": "status", "fault": "read_refused"}, {"stage": "recent", "fault": "read_refused"}]"#))]),
    },
    Situation {
        key: "send.expired", part: Part::Send,
        says: ["The prepared video expires while it is not known what became of the call",
               "Срок подготовленного видео истёк, пока судьба вызова неизвестна"],
        play: shows(&[Shows(Missed, Some("container.dead"))], Missed)
            .rules(r#"[{"stage": "publish", "fault": "expired", "secs": 0, "count": 1}]"#),
    },

    // The account.
    Situation {
        key: "account.quota", part: Part::Account,
        says: ["The account has used up its quota", "Аккаунт исчерпал лимит публикаций"],
        play: shows(&[Shows(WaitingQuota, Some("account.quota"))], Published)
            .rules(r#"[{"stage": "quota", "fault": "quota", "secs": 3600, "count": 1}]"#),
    },
    Situation {
        key: "account.quota_sending", part: Part::Account,
        says: ["The quota runs out at the moment of sending", "Лимит кончился в момент отправки"],
        play: shows(&[Shows(Uncertain, Some("instagram.9.2207042"))], Published)
            .rules(r#"[{"stage": "publish", "fault": "quota", "secs": 600, "count": 1}]"#),
    },
    Situation {
        key: "account.token", part: Part::Account,
        says: ["The account's access has expired, and you connect it again in time",
               "Доступ к аккаунту истёк, и вы вовремя подключаете его заново"],
        play: shows(&[Shows(WaitingAccount, Some("instagram.190.463"))], Published)
            .rules(r#"[{"stage": "create", "fault": "token_death", "subcode": 463, "count": 1}]"#)
            .acts(&[(WaitingAccount, Act::Connect)]),
    },
    Situation {
        key: "account.token_too_late", part: Part::Account,
        says: ["The account's access has expired, and nobody connects it again",
               "Доступ к аккаунту истёк, и никто не подключает его заново"],
        play: shows(&[Shows(WaitingAccount, Some("instagram.190.463")), Shows(Missed, Some("instagram.190.463"))], Missed)
            .rules(r#"[{"stage": "create", "fault": "token_death", "subcode": 463, "count": 1}]"#).late("1h"),
    },
    Situation {
        key: "account.token_sending", part: Part::Account,
        says: ["The access expires at the moment of sending", "Доступ истёк в момент отправки"],
        play: shows(&[Shows(Uncertain, Some("instagram.190.463"))], Published)
            .rules(r#"[{"stage": "publish", "fault": "token_death", "subcode": 463, "count": 1}]"#)
            .acts(&[(Uncertain, Act::Connect)]),
    },
    Situation {
        key: "account.restricted", part: Part::Account,
        says: ["Instagram restricts the account for a while", "Instagram временно ограничил аккаунт"],
        play: shows(&[Shows(WaitingAccount, Some("instagram.25.2207050"))], Published)
            .rules(r#"[{"stage": "create", "fault": "restricted", "count": 1}]"#),
    },
    Situation {
        key: "account.disconnected", part: Part::Account,
        says: ["You disconnect the account before the due time", "Вы отключаете аккаунт до назначенного времени"],
        play: shows(&[Shows(WaitingAccount, Some("account.disconnected")), Shows(Missed, Some("account.disconnected"))], Missed)
            .acts(&[(Ready, Act::Disconnect)]).late("1h"),
    },
    Situation {
        key: "account.disconnected_sending", part: Part::Account,
        says: ["You disconnect the account while it is not known whether the post is live",
               "Вы отключаете аккаунт, пока неизвестно, вышла ли публикация"],
        play: shows(&[Shows(Uncertain, Some("instagram.broken")), Shows(NeedsReview, Some("review.platform_silent"))], NeedsReview)
            .rules(r#"[{"stage": "publish", "fault": "reply_lost", "count": 1}]"#)
            .acts(&[(Uncertain, Act::Disconnect)]),
    },

    // The person.
    Situation {
        key: "person.cancel", part: Part::Person,
        says: ["You cancel before the post is sent", "Вы отменяете до отправки"],
        play: shows(&[Shows(Cancelled, None)], Cancelled)
            .acts(&[(Ready, Act::Cancel(None))]),
    },
    Situation {
        key: "person.cancel_late", part: Part::Person,
        says: ["You cancel when sending has begun",
               "Вы отменяете, когда отправка началась"],
        play: shows(&[Shows(Armed, None)], Published)
            .acts(&[(Armed, Act::Cancel(Some(Refused::PastArming)))]),
    },
    Situation {
        key: "person.edit", part: Part::Person,
        says: ["You change the post before it is sent: it is prepared anew",
               "Вы меняете публикацию до отправки: она готовится заново"],
        play: shows(&[Shows(Scheduled, None)], Published)
            .acts(&[(Ready, Act::Edit(None))]),
    },
    Situation {
        key: "person.edit_late", part: Part::Person,
        says: ["You change the post when sending has begun",
               "Вы меняете публикацию, когда отправка началась"],
        play: shows(&[Shows(Armed, None)], Published)
            .acts(&[(Armed, Act::Edit(Some(Refused::PastArming)))]),
    },
    Situation {
        key: "person.cancel_live", part: Part::Person,
        says: ["You cancel what is live",
               "Вы отменяете уже вышедшее"],
        play: shows(&[Shows(Published, None)], Published)
            .acts(&[(Published, Act::Cancel(Some(Refused::Final)))]),
    },
    Situation {
        key: "person.retry_early", part: Part::Person,
        says: ["You retry what has not failed", "Вы повторяете то, что не сорвалось"],
        play: shows(&[Shows(Scheduled, None)], Published)
            .acts(&[(Scheduled, Act::Retry(Some(Refused::Retry)))]),
    },
    Situation {
        key: "person.retry_without_file", part: Part::Person,
        says: ["You retry what was missed when its video is deleted already: answered 422 `media.gone`, send a new file along",
               "Вы повторяете пропущенное, когда видео уже удалено: ответ 422 `media.gone`, приложите новый файл"],
        play: shows(&[Shows(Missed, Some("publication.too_late"))], Missed)
            .acts(&[(Scheduled, Act::Away(8)), (Missed, Act::Away(3)), (Missed, Act::RetryWithoutFile)]),
    },
    Situation {
        key: "person.answer_live", part: Part::Person,
        says: ["We ask what became of it, and you answer: it is live",
               "Мы спрашиваем, что с публикацией, и вы отвечаете: вышла"],
        play: shows(&[Shows(NeedsReview, Some("review.platform_silent"))], Published)
            .rules(r#"[{"stage": "publish", "fault": "reply_lost", "count": 1}]"#)
            .acts(&[(Uncertain, Act::Faults(r#"[{"stage": "status", "fault": "read_refused"}, {"stage": "recent", "fault": "read_refused"}]"#)),
                    (NeedsReview, Act::Answer(r#"{"outcome": "live"}"#, None))]),
    },
    Situation {
        key: "person.answer_again", part: Part::Person,
        says: ["We ask, and you answer: it is not live, publish it again, the risk of a second post is mine",
               "Мы спрашиваем, и вы отвечаете: не вышла, опубликовать снова, риск повтора беру на себя"],
        play: shows(&[Shows(NeedsReview, Some("review.suspected_spam"))], Published)
            .rules(r#"[{"stage": "publish", "fault": "spam", "live": false, "count": 1}]"#)
            .acts(&[(NeedsReview, Act::Answer(r#"{"outcome": "not_live", "accept_duplicate_risk": true}"#, None))]),
    },
    Situation {
        key: "person.answer_leave", part: Part::Person,
        says: ["We ask, and you answer: leave it", "Мы спрашиваем, и вы отвечаете: оставить"],
        play: shows(&[Shows(NeedsReview, Some("review.suspected_spam")), Shows(Cancelled, Some("outcome_unknown"))], Cancelled)
            .rules(r#"[{"stage": "publish", "fault": "spam", "live": false, "count": 1}]"#)
            .acts(&[(NeedsReview, Act::Answer(r#"{"outcome": "leave"}"#, None))]),
    },
    Situation {
        key: "person.answer_early", part: Part::Person,
        says: ["You answer before we ask", "Вы отвечаете раньше, чем мы спросили"],
        play: shows(&[Shows(Ready, None)], Published)
            .acts(&[(Ready, Act::Answer(r#"{"outcome": "leave"}"#, Some(Refused::Resolve)))]),
    },

    // Many.
    Situation {
        key: "many.twins", part: Part::Many,
        says: ["Two posts of one account with the same caption are due at one instant, and of the first it is not known whether it is live",
               "Две публикации одного аккаунта с одинаковой подписью назначены на одно время, и о первой неизвестно, вышла ли она"],
        play: shows(&[Shows(Ready, Some("account.twin_caption")), Shows(Missed, Some("account.twin_caption"))], NeedsReview)
            .rules(r#"[{"stage": "publish", "fault": "spam", "live": false, "count": 1}]"#)
            .late("4m").posts(2).last(Missed),
    },
    Situation {
        key: "many.instant", part: Part::Many,
        says: ["Twenty posts of one account are due at one instant: they go out one after another",
               "Двадцать публикаций одного аккаунта назначены на одно время: они выходят одна за другой"],
        play: shows(&[Shows(Armed, None)], Published).posts(20),
    },
];
