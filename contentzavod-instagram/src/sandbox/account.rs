//! Accounts, and the tokens that speak for them.

use std::collections::HashMap;
use std::fmt;
use std::ops::{Bound, RangeBounds};

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use super::scope;
use crate::family::Family;

/// A token of Instagram Login that begins so makes its account on first use, unless that is switched
/// off.
const TOKEN: &str = "sandbox-";
/// The same of a person by Facebook Login, whose Pages hang on the accounts named; `+` between them.
const PERSON: &str = "EAA-sandbox-";
/// The token of a Page.
const PAGE: &str = "EAA-page-";

/// A professional account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Account {
    /// The account's own id, the same for every app.
    pub(super) ig_user: String,
    /// The id that only this app sees.
    pub(super) scoped: String,
    pub(super) username: String,
    /// The id of the Page that it hangs on.
    pub(super) page: String,
}

impl Account {
    /// An account of a name; the same name has the same ids after a restart.
    fn of(username: &str) -> Self {
        Self {
            ig_user: number_of(17_841_400_000_000_000, username),
            scoped: scoped_id(username),
            page: number_of(100_000_000_000_000, username),
            username: username.to_owned(),
        }
    }

    /// A personal account: it has a name and nothing more.
    pub(super) fn is_personal(&self) -> bool {
        self.username.starts_with("personal.")
    }

    /// Whether its Page shows it.
    pub(super) fn is_linked(&self) -> bool {
        !self.is_personal() && !self.username.starts_with("bare.")
    }

    /// Whether the person may do more on its Page than look.
    pub(super) fn is_tended(&self) -> bool {
        !self.username.starts_with("viewer.")
    }

    /// Whether an id in a path means this account to a token of a family.
    pub(super) fn is(&self, id: &str, family: Family) -> bool {
        id == self.ig_user || (family == Family::Instagram && (id == "me" || id == self.scoped))
    }
}

/// Whose a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    /// An account, by Instagram Login.
    Account,
    /// A person with Pages, by Facebook Login.
    Person,
    /// A Page.
    Page,
}

/// What a token may do, and for whom.
#[derive(Debug, Clone)]
pub(super) struct Holder {
    pub(super) of: Of,
    /// One; of a person as many as have Pages.
    pub(super) accounts: Vec<Account>,
    pub(super) scopes: Vec<String>,
    /// Since when it is.
    pub(super) since: DateTime<Utc>,
    /// When it stops working, where it does.
    pub(super) ends: Option<DateTime<Utc>>,
}

impl Holder {
    pub(super) const fn family(&self) -> Family {
        match self.of {
            Of::Account => Family::Instagram,
            Of::Person | Of::Page => Family::Facebook,
        }
    }

    /// The account that an id in a path means; the first where it means none of them.
    pub(super) fn account(&self, id: &str) -> &Account {
        let meant = self.accounts.iter().find(|a| a.is(id, self.family()));
        meant.unwrap_or(&self.accounts[0])
    }

    /// The id under which the app knows the person.
    pub(super) fn person(&self) -> String {
        let names: Vec<&str> = self.accounts.iter().map(|a| &*a.username).collect();
        person_id(&names.join("+"))
    }

    pub(super) fn may(&self, scope: &str) -> bool {
        self.scopes.iter().any(|granted| granted == scope)
    }
}

/// What a token is worth.
#[derive(Debug)]
pub(super) enum Known {
    Good(Holder),
    /// It was good until something happened that this subcode of 190 tells.
    Dead(u32),
    Never,
}

/// Every account by name, and every token.
pub(super) struct Accounts {
    /// Tokens of our own shape make accounts.
    open: bool,
    by_name: HashMap<String, Account>,
    by_token: HashMap<String, Holder>,
    /// Tokens that were good once, with the subcode of their end; one that is added again is good
    /// again.
    dead: HashMap<String, u32>,
}

/// Tokens do not print.
impl fmt::Debug for Accounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tokens = self.by_token.len();
        f.debug_struct("Accounts")
            .field("tokens", &tokens)
            .finish_non_exhaustive()
    }
}

impl Accounts {
    pub(super) fn new(open: bool) -> Self {
        Self {
            open,
            by_name: HashMap::new(),
            by_token: HashMap::new(),
            dead: HashMap::new(),
        }
    }

    /// Makes an account, or finds it, and lets a token speak for it: the one given, or
    /// `sandbox-<username>`. `None` when the name or the token cannot be one.
    pub(super) fn add(
        &mut self,
        username: &str,
        token: Option<&str>,
        now: DateTime<Utc>,
    ) -> Option<String> {
        let token = token.map_or_else(|| token_of(username), str::to_owned);
        let scopes = scope::all(Family::Instagram);
        self.grant(&token, Of::Account, &[username], scopes, now..)
            .then_some(token)
    }

    /// The same by Facebook Login: a person with a Page for each name.
    pub(super) fn add_person(
        &mut self,
        usernames: &[&str],
        token: Option<&str>,
        scopes: Vec<String>,
        life: impl RangeBounds<DateTime<Utc>>,
    ) -> Option<String> {
        let usual = || format!("{PERSON}{}", usernames.join("+"));
        let token = token.map_or_else(usual, str::to_owned);
        self.grant(&token, Of::Person, usernames, scopes, life)
            .then_some(token)
    }

    /// The names of the accounts that there are, in order.
    pub(super) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.by_name.keys().cloned().collect();
        names.sort_unstable();
        names
    }

    /// Lets a token speak for accounts; whether it can.
    pub(super) fn grant(
        &mut self,
        token: &str,
        of: Of,
        usernames: &[&str],
        scopes: Vec<String>,
        life: impl RangeBounds<DateTime<Utc>>,
    ) -> bool {
        let good = is_token(token) && !usernames.is_empty() && usernames.iter().all(|n| is_name(n));
        if !good {
            return false;
        }
        let accounts = usernames.iter().map(|name| {
            let known = self.by_name.entry((*name).to_owned());
            known.or_insert_with(|| Account::of(name)).clone()
        });
        let holder = Holder {
            of,
            accounts: accounts.collect(),
            scopes,
            since: edge(life.start_bound()).unwrap_or_default(),
            ends: edge(life.end_bound()),
        };
        self.by_token.insert(token.to_owned(), holder);
        true
    }

    /// The token of the Page that an account hangs on; it lives no longer than the person's.
    pub(super) fn page_token(&mut self, account: &Account, person: &Holder) -> String {
        let token = format!("{PAGE}{}", account.username);
        let scopes = person.scopes.clone();
        let ends = person.ends.map_or(Bound::Unbounded, Bound::Excluded);
        let life = (Bound::Included(person.since), ends);
        self.grant(&token, Of::Page, &[&account.username], scopes, life);
        token
    }

    /// Whose a token is.
    pub(super) fn of_token(&mut self, token: &str, now: DateTime<Utc>) -> Known {
        /// A token whose time is over.
        const EXPIRED: u32 = 463;
        if let Some(holder) = self.by_token.get(token) {
            return match holder.ends {
                Some(ends) if now >= ends => Known::Dead(EXPIRED),
                _ => Known::Good(holder.clone()),
            };
        }
        if let Some(subcode) = self.dead.get(token) {
            return Known::Dead(*subcode);
        }
        if self.open && self.made(token, now) {
            return self.of_token(token, now);
        }
        Known::Never
    }

    /// Makes the account of a token of our own shape.
    fn made(&mut self, token: &str, now: DateTime<Utc>) -> bool {
        if let Some(names) = token.strip_prefix(PERSON) {
            let names: Vec<&str> = names.split('+').collect();
            let scopes = scope::all(Family::Facebook);
            return self.add_person(&names, None, scopes, now..).is_some();
        }
        if let Some(name) = token.strip_prefix(PAGE) {
            let scopes = scope::all(Family::Facebook);
            return self.grant(token, Of::Page, &[name], scopes, now..);
        }
        let name = token.strip_prefix(TOKEN).map(str::to_owned);
        name.is_some_and(|name| self.add(&name, None, now).is_some())
    }

    /// All tokens of the account are dead from now on.
    pub(super) fn kill(&mut self, account: &Account, subcode: u32) {
        let dead = self
            .by_token
            .extract_if(|_, holder| holder.accounts.contains(account));
        self.dead.extend(dead.map(|(token, _)| (token, subcode)));
    }
}

fn edge(bound: Bound<&DateTime<Utc>>) -> Option<DateTime<Utc>> {
    match bound {
        Bound::Included(at) | Bound::Excluded(at) => Some(*at),
        Bound::Unbounded => None,
    }
}

/// The token that every account may have.
pub(super) fn token_of(username: &str) -> String {
    format!("{TOKEN}{username}")
}

/// The token of a person by Facebook Login with the Page of an account.
pub(super) fn person_of(username: &str) -> String {
    format!("{PERSON}{username}")
}

/// The id under which the app knows the person with these Pages; `+` between them.
pub(super) fn person_id(usernames: &str) -> String {
    number_of(10_200_000_000_000_000, usernames)
}

/// The id under which the app knows an account.
pub(super) fn scoped_id(username: &str) -> String {
    number_of(27_640_000_000_000_000, username)
}

fn number_of(base: u64, name: &str) -> String {
    let digest = Sha256::digest(name);
    let big = digest
        .iter()
        .take(8)
        .fold(0_u64, |n, b| n << 8 | u64::from(*b));
    (base + big % 90_000_000_000).to_string()
}

pub(super) fn is_name(name: &str) -> bool {
    let good = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'.';
    (1..=30).contains(&name.len()) && name.bytes().all(good)
}

fn is_token(token: &str) -> bool {
    (1..=512).contains(&token.len()) && token.bytes().all(|b| b.is_ascii_graphic())
}
