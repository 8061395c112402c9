//! How sign-ins end, for whoever reads the log.

use super::SignedIn;
use crate::service::ServiceError;

/// Writes down how a sign-in ended: who came in or why nobody did, and never from where.
pub(super) fn outcome(provider: &str, ended: &Result<SignedIn, ServiceError>) {
    // What stands in the path may be anything.
    let provider = word_of(provider);
    match ended {
        Ok(who) => {
            let (user, new) = (who.session.user, who.new);
            tracing::info!(provider, %user, new, "somebody signed in");
        }
        Err(error) => tracing::info!(provider, %error, "nobody was signed in"),
    }
}

/// The word of a provider, and nothing that is none.
pub(in crate::service) fn word_of(word: &str) -> String {
    let plain = |c: &char| c.is_ascii_alphanumeric() || *c == '_';
    word.chars().take_while(plain).take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_providers_word_is_a_word() {
        assert_eq!(word_of("access_denied"), "access_denied");
        assert_eq!(word_of("<script>"), "");
        assert_eq!(word_of(&"x".repeat(99)).len(), 40);
    }
}
