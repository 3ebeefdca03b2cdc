//! The one list of tables: name, key, value, who writes, who reads. `docs/format.md` has the bytes.
//!
//! In keys, texts are a length byte and their bytes, numbers are big endian, instants are
//! order-preserving microseconds (`codec::wire::instant_bytes`).

use super::engine::Table;
use crate::domain::ids::{AgencyCode, DossierId};

/// `name → bytes`: format version, store id, last instant. Written by `schema` and the ledger.
pub const META: Table = Table("meta");
/// `commit, place in it → logged event`: the truth, appended by the ledger, read by every follower.
pub const LOG: Table = Table("log");
/// `agency, block → places in the log`: each agency's own log, in order. Written by the ledger.
pub const PLACES: Table = Table("places");
/// `dossier → head, sealed state`: written by the ledger, read by pages and the desk.
pub const DOSSIERS: Table = Table("dossiers");
/// `code → dossier`: also external codes. Written by the ledger, read by look-ups.
pub const CODES: Table = Table("codes");
/// `agency, day → last number`. Written and read by the ledger.
pub const NUMBERS: Table = Table("numbers");
/// `agency, queue, holder, instant, dossier → nothing`: written by the ledger, read by lists.
pub const QUEUES: Table = Table("queues");
/// `agency, queue, holder → count`, `agency, due day → count` and `agency, day filed, procedure →
/// count`: written by the ledger, read by the inbox and by public figures.
pub const COUNTS: Table = Table("counts");
/// `caller, route, key → body hash, answer`: written by the ledger, swept after 30 days.
pub const ANSWERS: Table = Table("answers");
/// `attachment → dossier, or person`: whom a blob belongs to; never two. Written by the ledger.
pub const BLOBS: Table = Table("blobs");
/// `dossier → wrapped key`: written by the ledger and by disposal.
pub const KEYRING: Table = Table("keyring");
/// `code → procedure`: written by the catalogue import.
pub const PROCEDURES: Table = Table("procedures");
/// `kind, name → settings`: agencies, accounts, tokens, calendars. Written by administration.
pub const SETTINGS: Table = Table("settings");
/// `dossier, version, place → letter`: what is said about a dossier, how far it is, sealed. Written
/// by the ledger with the event, and by the carrier; read by the dossier's log.
pub const OUTBOX: Table = Table("outbox");
/// `state, instant, dossier, version, place, channel → nothing`: deliveries that wait or were given
/// up. Written with `outbox`, read by the carrier.
pub const DELIVERIES: Table = Table("deliveries");
/// `account, instant, dossier, version, place → nothing`: letters to the desk, by reader. Written
/// with `outbox`, read by the desk.
pub const STAFF_LETTERS: Table = Table("staff_letters");

/// `account, kind, … → book`: the cashiers' books: where each stands, its days with their sums, and
/// its entries. Written by the ledger with the events, and by closings; read by the cashier's desk.
pub const TAKINGS: Table = Table("takings");
/// `agency, book, year → last number`: the books of certification. Written and read by the ledger.
pub const BOOKS: Table = Table("books");
/// `agency, book, year, number → dossier`: their lines. Written by the ledger, read by the books.
pub const BOOK_LINES: Table = Table("book_lines");

/// `person → wrapped key, how many papers and bytes`: a person is a keyed digest of a contact; a request
/// about data has a row of its own. Written with `person_papers` and `data_requests`.
pub const PERSONS: Table = Table("persons");
/// `person, paper → sealed paper`: what persons keep to use again. Written by themselves.
pub const PERSON_PAPERS: Table = Table("person_papers");

/// `agency, number → signed checkpoint`: where the agency's log stood. Written each day and on demand,
/// read by checks and by whoever prints them.
pub const CHECKPOINTS: Table = Table("checkpoints");
/// `number → hash, look`: who was shown which dossier, chained. Appended each second.
pub const LOOKS: Table = Table("looks");
/// `dossier, number → nothing`: the looks at a dossier. Written with `looks`.
pub const LOOKS_OF: Table = Table("looks_of");
/// `account, number → nothing`: the looks of an account. Written with `looks`.
pub const LOOKS_BY: Table = Table("looks_by");

/// `number → hash, line`: what people agreed to, took back and asked for about their data, chained.
/// Written by themselves and by whoever decides, read by their pages.
pub const PRIVACY: Table = Table("privacy");
/// `person, number → nothing`: the lines of a person. Written with `privacy`.
pub const PRIVACY_OF: Table = Table("privacy_of");

/// `number → head, sealed part`: requests of persons about their data. Written by them and by whoever
/// decides, read by their lists.
pub const DATA_REQUESTS: Table = Table("data_requests");
/// `person, number → nothing`: the requests of a person. Written with `data_requests`.
pub const DATA_REQUESTS_OF: Table = Table("data_requests_of");

/// `number → record of a disposal`: what, when, by whom, on what ground. Written by disposal.
pub const DISPOSALS: Table = Table("disposals");
/// `dossier → number of its disposal`. Written with `disposals`.
pub const DISPOSED: Table = Table("disposed");

/// Every table of the durable store, for opening.
pub const ALL: [Table; 31] = [
    META,
    LOG,
    PLACES,
    DOSSIERS,
    CODES,
    NUMBERS,
    QUEUES,
    COUNTS,
    ANSWERS,
    BLOBS,
    KEYRING,
    PROCEDURES,
    SETTINGS,
    OUTBOX,
    DELIVERIES,
    STAFF_LETTERS,
    TAKINGS,
    BOOKS,
    BOOK_LINES,
    PERSONS,
    PERSON_PAPERS,
    CHECKPOINTS,
    LOOKS,
    LOOKS_OF,
    LOOKS_BY,
    PRIVACY,
    PRIVACY_OF,
    DATA_REQUESTS,
    DATA_REQUESTS_OF,
    DISPOSALS,
    DISPOSED,
];

/// `id → session`, in the second file with relaxed durability.
pub const SESSIONS: Table = Table("sessions");
/// `digest of the owner, digest of the id → when it began`: whose sessions are which, relaxed.
pub const SESSIONS_OF: Table = Table("sessions_of");
/// `owner, procedure → draft`, relaxed.
pub const DRAFTS: Table = Table("drafts");
/// `address → one-time code`, relaxed.
pub const CODES_SENT: Table = Table("codes_sent");
/// `id → upload that no dossier uses yet`, relaxed.
pub const UPLOADS: Table = Table("uploads");
/// `digest of the sender, id → sealed: a file whose pieces come in`, relaxed.
pub const PARTIAL_UPLOADS: Table = Table("partial_uploads");
/// `sender, route, key → body hash, sealed reply`, relaxed.
pub const REPLIES: Table = Table("replies");
/// `digest of somebody at a provider → sealed account of a citizen`, relaxed.
pub const SIGN_ONS: Table = Table("sign_ons");
/// `agency, day, letter, number → ticket`: the queue's numbers, relaxed.
pub const TICKETS: Table = Table("tickets");

/// `folded query → query, counts, last instant`: what people search for, relaxed.
pub const ASKED: Table = Table("asked");

/// Every table of the relaxed store.
pub const RELAXED: [Table; 10] = [
    SESSIONS,
    SESSIONS_OF,
    DRAFTS,
    CODES_SENT,
    UPLOADS,
    PARTIAL_UPLOADS,
    REPLIES,
    SIGN_ONS,
    TICKETS,
    ASKED,
];

/// A key in parts.
#[derive(Clone, Debug, Default)]
pub struct Key(Vec<u8>);

impl Key {
    /// An empty key.
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends a text that later parts can't be mistaken for. Texts over 255 bytes are cut: no
    /// code or name comes near.
    #[must_use]
    pub fn text(mut self, text: &str) -> Self {
        let bytes = &text.as_bytes()[..text.len().min(255)];
        self.0.push(bytes.len() as u8);
        self.0.extend_from_slice(bytes);
        self
    }

    /// Appends an agency.
    #[must_use]
    pub fn agency(self, agency: &AgencyCode) -> Self {
        self.text(agency.as_str())
    }

    /// Appends bytes of a fixed length.
    #[must_use]
    pub fn fixed(mut self, bytes: &[u8]) -> Self {
        self.0.extend_from_slice(bytes);
        self
    }

    /// Appends a dossier.
    #[must_use]
    pub fn dossier(self, id: DossierId) -> Self {
        self.fixed(&id.0)
    }

    /// Appends a number.
    #[must_use]
    pub fn number(self, number: u64) -> Self {
        self.fixed(&number.to_be_bytes())
    }

    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl From<Key> for Vec<u8> {
    fn from(key: Key) -> Self {
        key.0
    }
}

/// The beginning of the keys of a book of certification.
pub fn book_key(agency: &AgencyCode, book: &str, year: i16) -> Key {
    Key::new().agency(agency).text(book).fixed(&year.to_be_bytes())
}
