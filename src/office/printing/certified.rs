//! Attestations (lời chứng) of a dossier, and the yearly books of certification.

mod spreadsheet;

use jiff::civil::{Date, date};

use super::{Deed, Pdf, Source, facts, of_desk, sheets, words};
use crate::documents::papers::{
    Attestation, AttestationBlock, BookLine, CertificationBook, date_in_words,
};
use crate::domain::agency::Staff;
use crate::domain::calendar::local;
use crate::domain::calendar::words::date_short;
use crate::domain::dossier::{Certification, CertifiedLine, Directory, Dossier, book_number};
use crate::domain::ids::DossierId;
use crate::domain::words::Lang;
use crate::office::{Caller, Office, no_dossier};
use crate::store::codec::wire::Wire;
use crate::store::ledger::Failure;
use crate::store::tables::{BOOK_LINES, book_key};

/// Most lines of a printed book.
pub const MAX_LINES: usize = 20_000;
/// Most stamps of a line: more copies are stamped by hand.
const MAX_STAMPS: u32 = 60;

/// A book of an agency: a kind of certification in a year, or in a month of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookAsked {
    /// The book's sign, such as `SCT/BS`.
    pub book: String,
    /// The year.
    pub year: i16,
    /// The month; none for the whole year, which closes the book.
    pub month: Option<i8>,
}

/// A number of a book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookEntry {
    /// The number.
    pub number: u32,
    /// Its day.
    pub on: Date,
    /// Who asked.
    pub person: String,
    /// The papers, joined when several share the number.
    pub paper: String,
    /// Who signed.
    pub signer: String,
    /// Copies.
    pub copies: u32,
    /// The fee, in đồng.
    pub fee: u64,
    /// The dossier's code.
    pub code: String,
    identity: String,
}

impl Source<'_> {
    /// The attestations of the dossier, one a stamp.
    pub(super) fn attestation(&self) -> Attestation {
        let dossier = self.dossier;
        let (lines, signer, on) = match &dossier.certification {
            Some(Certification { lines, signer, on: Some(on) }) => (lines.as_slice(), signer, *on),
            _ => (&[][..], &dossier.submitter.name, date(1, 1, 1)),
        };
        let blocks = lines.iter().flat_map(|line| {
            let block = self.block(line, signer, on);
            let stamps = if self.is_stamp(line) { line.copies.clamp(1, MAX_STAMPS) } else { 1 };
            std::iter::repeat_n(block, stamps as usize)
        });
        Attestation { sheet: self.sheet(), blocks: blocks.collect() }
    }

    /// Whether it is a stamp on each copy, and not a page of its own.
    fn is_stamp(&self, line: &CertifiedLine) -> bool {
        let rules = self.world.rules(&self.dossier.rule_pack);
        rules.certification_kind(&line.procedure).is_some_and(|kind| !kind.stamp.contains('{'))
    }

    fn block(&self, line: &CertifiedLine, signer: &str, on: Date) -> AttestationBlock {
        let rules = self.world.rules(&self.dossier.rule_pack);
        let kind = rules.certification_kind(&line.procedure);
        let person = &self.dossier.submitter;
        let id = person.id_number.clone().unwrap_or_else(|| "……………………".to_owned());
        let copies = line.copies.to_string();
        let values = [
            ("person", person.name.as_str()),
            ("id", &id),
            ("paper", &line.name),
            ("copies", &copies),
            ("section", &self.agency.name),
            ("officer", &self.officer()),
        ];
        let number = line.number.unwrap_or_default();
        AttestationBlock {
            title: kind.map(|kind| kind.name.vi.clone()).unwrap_or_default(),
            text: kind.map(|kind| filled(&kind.stamp, &values)).unwrap_or_default(),
            paper: line.name.clone(),
            number: book_number(number, on.year(), &line.book),
            place_and_date: format!("{}, {}", self.agency.place, date_in_words(on)),
            signer: signer.to_owned(),
        }
    }
}

fn filled(text: &str, values: &[(&str, &str)]) -> String {
    values
        .iter()
        .fold(text.to_owned(), |text, (slot, value)| text.replace(&format!("{{{slot}}}"), value))
}

impl Office {
    /// The numbers of a book, in order: at most the last `most`, and how many there are.
    ///
    /// # Errors
    /// The caller is not of a desk, or the store cannot be read.
    pub fn certification_book(
        &self,
        caller: &Caller,
        asked: &BookAsked,
        most: usize,
    ) -> Result<(Vec<BookEntry>, usize), Failure> {
        let staff = of_desk(caller)?;
        let entries = self.entries(staff, asked)?;
        let total = entries.len();
        Ok((entries.into_iter().skip(total.saturating_sub(most)).collect(), total))
    }

    fn entries(&self, staff: &Staff, asked: &BookAsked) -> Result<Vec<BookEntry>, Failure> {
        let reader = self.ledger.reader()?;
        let prefix = book_key(&staff.agency, &asked.book, asked.year);
        let rows = reader.scan(BOOK_LINES, prefix.bytes(), None, MAX_LINES)?;
        let mut entries = Vec::with_capacity(rows.len());
        for (key, value) in rows {
            let number = key.last_chunk().map_or(0, |bytes| u64::from_be_bytes(*bytes));
            let number = u32::try_from(number).unwrap_or(0);
            let stored = reader.dossier(DossierId::from_bytes(&value)?)?;
            let dossier = stored.ok_or_else(no_dossier)?.dossier;
            entries.extend(entry(&dossier, &asked.book, number));
        }
        entries.retain(|entry| asked.month.is_none_or(|month| entry.on.month() == month));
        Ok(entries)
    }

    /// A book as a file to print: by month, or the whole year with its closing. Call it on a
    /// blocking pool.
    ///
    /// # Errors
    /// The caller is not of a desk, or the paper cannot be set.
    pub fn certification_book_pdf(
        &self,
        caller: &Caller,
        asked: &BookAsked,
        base: &str,
    ) -> Result<Pdf, Failure> {
        let book = self.bound(caller, asked)?.ready();
        let (reader, agency) = (self.ledger.reader()?, &of_desk(caller)?.agency);
        let statement = self.list_statement(&reader, Deed::CertificationBook, agency)?;
        let papers = vec![self.signed(book, statement, base)];
        let bytes = self.set(&papers)?;
        Ok(Pdf::of(papers, bytes, file_name(asked, "pdf")))
    }

    /// A book as a spreadsheet (XLSX).
    ///
    /// # Errors
    /// As [`Office::certification_book_pdf`].
    pub fn certification_book_xlsx(
        &self,
        caller: &Caller,
        asked: &BookAsked,
    ) -> Result<Pdf, Failure> {
        let bytes = spreadsheet::write(&self.bound(caller, asked)?)?;
        Ok(Pdf::of(Vec::new(), bytes, file_name(asked, "xlsx")))
    }

    fn bound(&self, caller: &Caller, asked: &BookAsked) -> Result<CertificationBook, Failure> {
        let staff = of_desk(caller)?;
        let entries = self.entries(staff, asked)?;
        let (world, now) = (self.world(), self.now());
        let agency = world.agency(&staff.agency).ok_or_else(no_dossier)?;
        let pack = world.pack_for(&staff.agency, now);
        let copies: u32 = entries.iter().map(|entry| entry.copies).sum();
        let fee: u64 = entries.iter().map(|entry| entry.fee).sum();
        let line = |entry: &BookEntry| BookLine {
            number: format!("{:02}", entry.number),
            date: date_short(entry.on),
            person: entry.person.clone(),
            identity: entry.identity.clone(),
            paper: entry.paper.clone(),
            signer: entry.signer.clone(),
            copies: entry.copies.to_string(),
            fee: facts::amount(entry.fee),
            note: entry.code.clone(),
        };
        let year = asked.year.to_string();
        let period = match asked.month {
            Some(month) => {
                let month = format!("{month:02}");
                words::BOOK_MONTH.fill(Lang::Vi, &[("month", &month), ("year", &year)])
            }
            None => words::BOOK_YEAR.fill(Lang::Vi, &[("year", &year)]),
        };
        let ends = |entry: Option<&BookEntry>| {
            entry.map(|entry| format!("{:02}", entry.number)).unwrap_or_default()
        };
        Ok(CertificationBook {
            sheet: sheets::sheet(Deed::CertificationBook, pack, agency, now, self.is_demo),
            book: words::BOOK_SIGN.fill(Lang::Vi, &[("year", &year), ("book", &asked.book)]),
            period,
            // The book of a year is closed on its last day.
            closes: asked.month.is_none() && local(now).date() >= date(asked.year, 12, 31),
            first: ends(entries.first()),
            last: ends(entries.last()),
            numbers: format!("{:02}", entries.len()),
            copies: copies.to_string(),
            fees: facts::amount(fee),
            fees_in_words: crate::documents::papers::amount_in_words(fee),
            lines: entries.iter().map(line).collect(),
        })
    }

    /// Who signed last at an agency, by full name.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn last_signer(&self, staff: &Staff) -> Result<Option<String>, Failure> {
        let reader = self.ledger.reader()?;
        let prefix = crate::store::tables::Key::new().agency(&staff.agency);
        let row = reader.scan_back(BOOK_LINES, prefix.bytes(), 1)?.pop();
        let Some((_, value)) = row else { return Ok(None) };
        let stored = reader.dossier(DossierId::from_bytes(&value)?)?;
        Ok(stored.and_then(|stored| Some(stored.dossier.certification?.signer)))
    }
}

/// What a dossier says of a number.
fn entry(dossier: &Dossier, book: &str, number: u32) -> Option<BookEntry> {
    let certification = dossier.certification.as_ref()?;
    let own = certification.lines.iter().filter(|l| l.book == book && l.number == Some(number));
    let own: Vec<&CertifiedLine> = own.collect();
    let mut papers: Vec<&str> = Vec::new();
    papers.extend(own.iter().map(|line| line.name.as_str()));
    papers.dedup();
    Some(BookEntry {
        number,
        on: certification.on?,
        person: dossier.submitter.name.clone(),
        paper: papers.join("; "),
        signer: certification.signer.clone(),
        copies: own.iter().map(|line| line.copies).sum(),
        fee: own.iter().map(|line| line.fee).sum(),
        code: dossier.code.to_string(),
        identity: dossier.submitter.id_number.clone().unwrap_or_default(),
    })
}

fn file_name(asked: &BookAsked, ending: &str) -> String {
    let sign: String =
        asked.book.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    match asked.month {
        Some(month) => format!("so-{sign}-{}-{month:02}.{ending}", asked.year),
        None => format!("so-{sign}-{}.{ending}", asked.year),
    }
}
