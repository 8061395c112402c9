//! What an archive says of itself, in both languages.

/// What each of its files is.
pub(super) const TEXT: &str = "\
Everything that this contentzavod server has of you, and of the workspaces that you own.

profile.json         who you are here: name, language, since when
identities.json      what you sign in with
sessions.json        browsers that you are signed in with
workspaces.json      where you are a member, and as what
made_elsewhere.json  API keys and invitations that you made in workspaces of others

workspaces/ID/       a workspace that you own
  members.json       who is in it
  accounts.json      connected accounts, without what opens them
  api_keys.json      API keys, without the keys themselves
  invitations.json   links that let somebody in, without the links themselves
  media/             what is known of uploaded files, a hundred in each document
  files/ID/          the files themselves, as far as they are still kept
  notifications/     what you were told
  posts/             posts with their publications and receipts

Times are UTC. Files of a workspace that you do not own belong to its owners, and are theirs to take out.
A name that ends in .incomplete.txt stands beside a file that was deleted while this archive was made;
a missing.json stands for one that was deleted before.
Posts that are live stay on the platform whatever happens here.

------------------------------------------------------------------------------------------------

Всё, что этот сервер contentzavod знает о вас и о рабочих пространствах, которыми вы владеете.

profile.json         кто вы здесь: имя, язык, с какого времени
identities.json      чем вы входите
sessions.json        браузеры, в которых вы вошли
workspaces.json      где вы участник и с какой ролью
made_elsewhere.json  ключи API и приглашения, которые вы создали в чужих пространствах

workspaces/ID/       рабочее пространство, которым вы владеете
  members.json       кто в нём состоит
  accounts.json      подключённые аккаунты без того, что их открывает
  api_keys.json      ключи API без самих ключей
  invitations.json   приглашения без самих ссылок
  media/             что известно о загруженных файлах, по сотне в документе
  files/ID/          сами файлы, насколько они ещё хранятся
  notifications/     что вам сообщали
  posts/             публикации с их выходами и квитанциями

Время везде UTC. Содержимое пространств, которыми вы не владеете, принадлежит их владельцам.
Имя с концом .incomplete.txt стоит рядом с файлом, удалённым, пока создавался этот архив;
missing.json стоит вместо файла, удалённого раньше.
Вышедшие публикации остаются на площадке, что бы ни происходило здесь.
";

/// What stands beside a file that went while it was read.
pub(super) fn incomplete(name: &str, why: &str) -> String {
    format!(
        "{name} is not whole: it could not be read to its end ({why}).\n\
         Файл {name} неполон: его не удалось прочитать до конца ({why}).\n"
    )
}
