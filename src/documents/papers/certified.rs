//! Attestations (lời chứng) to stamp or to bind in, and the yearly books of certification.

use serde::Serialize;

use super::{Deed, Follow, Ready, Sheet, ready};

/// One attestation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct AttestationBlock {
    /// Its kind.
    pub title: String,
    /// What is attested.
    pub text: String,
    /// The paper that it is about.
    pub paper: String,
    /// The number of the book, such as `1234, quyển số 01/2026-SCT/BS`.
    pub number: String,
    /// Place and day.
    pub place_and_date: String,
    /// Who signs.
    pub signer: String,
}

/// The attestations of a visit, cut apart and stuck on, or printed on the copies.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Attestation {
    /// Head and foot.
    #[serde(skip)]
    pub sheet: Sheet,
    /// One a stamp.
    pub blocks: Vec<AttestationBlock>,
}

impl Attestation {
    /// The paper, ready to be set.
    pub fn ready(&self) -> Ready {
        ready(Deed::Attestation, &self.sheet, &Follow::default(), self)
    }
}

/// A number of a book of certification.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct BookLine {
    /// The number.
    pub number: String,
    /// Its day.
    pub date: String,
    /// Who asked.
    pub person: String,
    /// Identity paper of who asked; or empty.
    pub identity: String,
    /// The papers.
    pub paper: String,
    /// Who signed.
    pub signer: String,
    /// Copies.
    pub copies: String,
    /// The fee, grouped.
    pub fee: String,
    /// A remark: the dossier's code.
    pub note: String,
}

/// A book of certification (sổ chứng thực) of a month, or of a year with its closing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CertificationBook {
    /// Head and foot.
    #[serde(skip)]
    pub sheet: Sheet,
    /// Volume, year and sign.
    pub book: String,
    /// Which month or year.
    pub period: String,
    /// Whether the year is closed with it.
    pub closes: bool,
    /// The first number; or empty.
    pub first: String,
    /// The last number; or empty.
    pub last: String,
    /// How many numbers, in two digits at least.
    pub numbers: String,
    /// How many copies.
    pub copies: String,
    /// The fees, grouped.
    pub fees: String,
    /// The fees in words.
    pub fees_in_words: String,
    /// The numbers, in order.
    pub lines: Vec<BookLine>,
}

impl CertificationBook {
    /// The paper, ready to be set.
    pub fn ready(&self) -> Ready {
        ready(Deed::CertificationBook, &self.sheet, &Follow::default(), self)
    }
}
