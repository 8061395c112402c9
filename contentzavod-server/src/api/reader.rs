//! Whoever reads the answer: troubles and notices are told in their language.

use contentzavod_core::model::{Lang, Notice, Publication};
use contentzavod_core::service::Contentzavod;
use contentzavod_core::words::{Phrasebook, Told};

use crate::middleware::language;

/// The reader of the request that this task answers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reader<'a> {
    book: &'a Phrasebook,
    lang: Lang,
}

impl<'a> Reader<'a> {
    /// With the words of the product, in the language of the request.
    pub(crate) fn of(app: &'a Contentzavod) -> Self {
        Self {
            book: app.words(),
            lang: language::current(),
        }
    }

    /// Why a publication stands where it stands.
    pub(crate) fn why(&self, row: &Publication) -> Option<Told> {
        self.book.why(row, self.lang)
    }

    /// A notice as a text.
    pub(crate) fn notice(&self, notice: &Notice) -> String {
        self.book.notice(notice, self.lang)
    }
}
