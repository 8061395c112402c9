//! Accounts, and the tokens that speak for them.

use std::collections::HashMap;
use std::fmt;

use sha2::{Digest, Sha256};

/// A token that begins so makes its account on first use, unless that is switched off.
const TOKEN: &str = "sandbox-";

/// A professional account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Account {
    /// The account's own id, the same for every app.
    pub(super) ig_user: String,
    /// The id that only this app sees.
    pub(super) scoped: String,
    pub(super) username: String,
}

impl Account {
    /// An account of a name; the same name has the same ids after a restart.
    fn of(username: &str) -> Self {
        Self {
            ig_user: number_of(17_841_400_000_000_000, username),
            scoped: number_of(27_640_000_000_000_000, username),
            username: username.to_owned(),
        }
    }

    /// Whether an id in a path means this account.
    pub(super) fn is(&self, id: &str) -> bool {
        id == "me" || id == self.ig_user || id == self.scoped
    }
}

/// What a token is worth.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Known {
    Good(Account),
    /// It was good until something happened that this subcode of 190 tells.
    Dead(u32),
    Never,
}

/// Every account by name, and every token.
pub(super) struct Accounts {
    /// Tokens of our own shape make accounts.
    open: bool,
    by_name: HashMap<String, Account>,
    by_token: HashMap<String, Account>,
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
    pub(super) fn add(&mut self, username: &str, token: Option<&str>) -> Option<String> {
        let token = match token {
            Some(token) if is_token(token) => token.to_owned(),
            Some(_) => return None,
            None => token_of(username),
        };
        if !is_name(username) {
            return None;
        }
        let new = || Account::of(username);
        let account = self.by_name.entry(username.to_owned()).or_insert_with(new);
        self.by_token.insert(token.clone(), account.clone());
        Some(token)
    }

    /// Whose a token is.
    pub(super) fn of_token(&mut self, token: &str) -> Known {
        if let Some(account) = self.by_token.get(token) {
            return Known::Good(account.clone());
        }
        if let Some(subcode) = self.dead.get(token) {
            return Known::Dead(*subcode);
        }
        let name = token.strip_prefix(TOKEN).filter(|_| self.open);
        match name.map(str::to_owned) {
            Some(name) if self.add(&name, None).is_some() => self.of_token(token),
            _ => Known::Never,
        }
    }

    /// All tokens of the account are dead from now on.
    pub(super) fn kill(&mut self, account: &Account, subcode: u32) {
        let dead = self.by_token.extract_if(|_, owner| owner == account);
        self.dead.extend(dead.map(|(token, _)| (token, subcode)));
    }
}

/// The token that every account may have.
pub(super) fn token_of(username: &str) -> String {
    format!("{TOKEN}{username}")
}

fn number_of(base: u64, name: &str) -> String {
    let digest = Sha256::digest(name);
    let big = digest
        .iter()
        .take(8)
        .fold(0_u64, |n, b| n << 8 | u64::from(*b));
    (base + big % 90_000_000_000).to_string()
}

fn is_name(name: &str) -> bool {
    let good = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'.';
    (1..=30).contains(&name.len()) && name.bytes().all(good)
}

fn is_token(token: &str) -> bool {
    (1..=512).contains(&token.len()) && token.bytes().all(|b| b.is_ascii_graphic())
}
