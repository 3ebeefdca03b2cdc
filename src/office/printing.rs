//! Printing: from a dossier and its log to the papers of the one-stop section.
//!
//! A paper is set from the event that it certifies, so that a reprint says what the first print
//! said; it names that event's place in the agency's log.

mod book;
mod certified;
mod checkpoint;
mod closing;
mod control;
mod declared;
mod deeds;
mod facts;
mod guiding;
mod handing_over;
mod layouts;
mod notices;
mod posting;
mod receiving;
mod sheets;
mod slips;
mod spreadsheet;
mod words;

use jiff::{Span, Timestamp};
use unicode_normalization::UnicodeNormalization;

use super::tracking::Proof;
use super::{Caller, Office, no_dossier};
use crate::documents::papers::{self, Anchor, Contact, Follow, Layouts, Lookup, PaperFault, Ready};
pub use crate::documents::papers::{Deed, Layout, MAX_LAYOUT, PaperSize};
use crate::documents::seal::{Part as SignedPart, Statement};
use crate::domain::absence::in_whose_place;
use crate::domain::agency::{Agency, Role, Staff};
use crate::domain::calendar::local;
use crate::domain::dossier::{Directory, Dossier, Event};
use crate::domain::ids::{AgencyCode, DossierCode, DossierId};
use crate::domain::look::Part;
use crate::domain::person::Person;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::store::engine::{Fault, FaultKind};
use crate::store::event_log::{Header, Logged};
use crate::store::ledger::Failure;
use crate::store::reader::Reader;

pub use crate::documents::papers::RegisterLine;
pub use book::{MAX_BOOK, Period, RegisterPage};
pub use certified::{BookAsked, BookEntry};
pub use declared::FormCode;
pub use layouts::Adapted;
pub use posting::PosterOf;

/// Most papers of one file.
pub const MAX_PAPERS: usize = 2_000;

/// A paper as a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// Its name: the deed and the code, without a person's name.
    pub file_name: String,
    /// The signed statements of its papers, with their contents.
    pub signed: Vec<SignedPart>,
}

impl Pdf {
    /// A file of papers that was set.
    fn of(papers: Vec<Ready>, bytes: Vec<u8>, file_name: String) -> Self {
        let signed = papers.into_iter().filter_map(|paper| paper.signed).collect();
        Self { bytes, file_name, signed }
    }
}

/// An event with the chain's hash before it.
type Happened = (Logged, [u8; 32], Event);

/// What every paper of a dossier is set from.
struct Source<'a> {
    dossier: &'a Dossier,
    history: &'a [Happened],
    world: &'a super::world::World,
    /// Who issues the paper.
    agency: &'a Agency,
    header: Header,
    hash: [u8; 32],
    event: Event,
    deed: Deed,
    now: Timestamp,
    base: &'a str,
    is_demo: bool,
}

impl Office {
    /// A paper of a dossier, for the desk. `base` is the public address, such as
    /// `https://motcua.example.vn`, for the QR code. Takes 10 to 50 ms: call it on a blocking pool.
    ///
    /// # Errors
    /// The dossier is not the caller's to see, or has no such paper.
    pub fn print(
        &self,
        caller: &Caller,
        code: &DossierCode,
        deed: Deed,
        base: &str,
    ) -> Result<Pdf, Failure> {
        let dossier = self.whole_dossier(caller, code)?;
        let printed = self.print_of(dossier.id, deed, base)?;
        self.note_look(caller, &dossier, Part::Paper);
        Ok(printed)
    }

    /// A paper of a dossier, for its applicant. As [`Office::print`].
    ///
    /// # Errors
    /// The proof is wrong, or the applicant gets no such paper.
    pub fn print_for_applicant(
        &self,
        code: &DossierCode,
        proof: &Proof,
        deed: Deed,
        base: &str,
    ) -> Result<Pdf, Failure> {
        let tracked = self.track(code, proof)?;
        if !deed.is_for_applicant() {
            return Err(no_paper().into());
        }
        self.print_of(tracked.dossier.id, deed, base)
    }

    /// One kind of paper of many dossiers as one file, in the order given; hand-over lists have a
    /// paper for each who takes over. Takes 10 ms a paper: call it on a blocking pool.
    ///
    /// # Errors
    /// A dossier is not the caller's to see or has no such paper, or there are more than
    /// [`MAX_PAPERS`].
    pub fn print_many(
        &self,
        caller: &Caller,
        codes: &[DossierCode],
        deed: Deed,
        base: &str,
    ) -> Result<Pdf, Failure> {
        let mut ids = Vec::with_capacity(codes.len());
        for code in codes {
            let dossier = self.whole_dossier(caller, code)?;
            self.note_look(caller, &dossier, Part::Paper);
            ids.push(dossier.id);
        }
        self.print_ids(&ids, deed, base)
    }

    /// As [`Office::print_many`], of dossiers that the caller was shown to see.
    pub(super) fn print_ids(
        &self,
        ids: &[DossierId],
        deed: Deed,
        base: &str,
    ) -> Result<Pdf, Failure> {
        if ids.len() > MAX_PAPERS {
            let text = words::TOO_MANY.text(&[("max", &MAX_PAPERS.to_string())]);
            return Err(Refusal::new(RefusalKind::Invalid, text).into());
        }
        let reader = self.ledger.reader()?;
        let papers = match deed {
            Deed::HandOver | Deed::ResultHandOver => self.hand_overs(&reader, ids, deed, base)?,
            _ => ids
                .iter()
                .map(|id| Ok(self.ready(&reader, *id, deed, base)?.0))
                .collect::<Result<Vec<Ready>, Failure>>()?,
        };
        if papers.is_empty() {
            return Err(no_paper().into());
        }
        let bytes = self.set(&papers)?;
        Ok(Pdf::of(papers, bytes, format!("{}.pdf", file_stem(deed))))
    }

    /// Papers as one file. Where an adapted layout fails on what a dossier really holds, the
    /// shipped ones print it: nobody waits at the counter for the administrator.
    fn set(&self, papers: &[Ready]) -> Result<Vec<u8>, Failure> {
        let (world, keys) = (self.world(), self.paper_keys_now());
        let key = &keys.signs;
        match papers::render_signed(world.layouts(), papers, key) {
            Ok(bytes) => Ok(bytes),
            Err(fault) => {
                tracing::error!("an adapted layout is set aside: {fault}");
                let shipped = papers::render_signed(&Layouts::default(), papers, key);
                shipped.map_err(|fault| broken(&fault))
            }
        }
    }

    fn print_of(&self, id: DossierId, deed: Deed, base: &str) -> Result<Pdf, Failure> {
        if matches!(deed, Deed::HandOver | Deed::ResultHandOver) {
            return self.print_ids(&[id], deed, base);
        }
        let (ready, code) = self.ready(&self.ledger.reader()?, id, deed, base)?;
        let papers = vec![ready];
        let bytes = self.set(&papers)?;
        Ok(Pdf::of(papers, bytes, format!("{}-{code}.pdf", file_stem(deed))))
    }

    /// The paper of one dossier, ready to be set.
    fn ready(
        &self,
        reader: &Reader,
        id: DossierId,
        deed: Deed,
        base: &str,
    ) -> Result<(Ready, DossierCode), Failure> {
        let stored = reader.dossier(id)?.ok_or_else(no_dossier)?;
        let dossier = &stored.dossier;
        if !deed.is_of(dossier) {
            return Err(no_paper().into());
        }
        let history = reader.history(&stored)?;
        let certified = history.iter().rev().find(|(_, _, event)| deed.of_event(event));
        let (logged, _, event) = match certified {
            Some(found) => found,
            None if deed.needs_event() => return Err(no_paper().into()),
            None => history.last().ok_or_else(no_paper)?,
        };
        let world = self.world();
        let issuer = match deed.is_of_agency() || deeds::is_agency_s(deed, event) {
            true => &dossier.competent_agency,
            false => &dossier.receiving_agency,
        };
        let agency = world.agency(issuer).ok_or_else(|| {
            let values = [("agency", issuer.as_str())];
            let text = crate::domain::dossier::words::UNKNOWN_AGENCY.text(&values);
            Refusal::new(RefusalKind::NotFound, text)
        })?;
        let source = Source {
            dossier,
            history: &history,
            world: world.as_ref(),
            agency,
            header: logged.header.clone(),
            hash: logged.hash,
            event: event.clone(),
            deed,
            now: self.now(),
            base: base.trim_end_matches('/'),
            is_demo: self.is_demo,
        };
        let paper = source.ready().ok_or_else(no_paper)?;
        let ready = self.signed(paper, source.statement(), base);
        Ok((ready, dossier.code.clone()))
    }

    /// The paper with its signed statement, if it certifies anything.
    fn signed(&self, paper: Ready, statement: Statement, base: &str) -> Ready {
        match paper.deed.is_signed() {
            true => papers::sign(paper, statement, &self.paper_keys_now().signs, base),
            false => paper,
        }
    }

    /// What a list of an agency states: it stands after the last event of the agency's log.
    fn list_statement(
        &self,
        reader: &Reader,
        deed: Deed,
        agency: &AgencyCode,
    ) -> Result<Statement, Failure> {
        let last = reader.last_of(agency)?;
        let (sequence, hash) = last.map_or((0, [0; 32]), |last| (last.header.sequence, last.hash));
        Ok(Statement {
            deed,
            agency: agency.clone(),
            code: None,
            sequence,
            chain: first_eight(&hash),
            at: self.now(),
            due: None,
            items: 0,
            contents: [0; 16],
        })
    }
}

fn first_eight(hash: &[u8; 32]) -> [u8; 8] {
    let mut first = [0; 8];
    first.copy_from_slice(&hash[..8]);
    first
}

/// The account, when it is one that sees dossiers.
pub(super) fn of_desk(caller: &Caller) -> Result<&Staff, Refusal> {
    let sees =
        |staff: &&Staff| staff.roles.iter().any(|role| role.is_desk() || *role == Role::Auditor);
    let refusal = || Refusal::new(RefusalKind::Forbidden, super::words::ROLE_MAY_NOT);
    caller.staff().filter(sees).ok_or_else(refusal)
}

fn no_paper() -> Refusal {
    Refusal::new(RefusalKind::NotFound, super::words::PAPER_NONE)
}

fn broken(fault: &PaperFault) -> Failure {
    Fault::new(FaultKind::Misuse, "setting a paper", fault.to_string()).into()
}

/// The paper's Vietnamese name for a file: without diacritics, which old computers garble.
fn file_stem(deed: Deed) -> String {
    let letters = deed.name().vi.to_lowercase().replace('đ', "d");
    let letters: String =
        letters.nfd().filter(|c| c.is_ascii_alphanumeric() || *c == ' ').collect();
    letters.split_whitespace().collect::<Vec<_>>().join("-")
}

impl Source<'_> {
    /// The paper, when the dossier has what stands on it.
    fn ready(&self) -> Option<Ready> {
        let ready = match (self.deed, &self.event) {
            (Deed::Receipt, Event::Received(receipt)) => self.receipt(receipt).ready(),
            (Deed::SupplementRequest, Event::SupplementRequested { items, due_at }) => {
                self.supplement(items, *due_at).ready()
            }
            (Deed::ReceptionRefusal, Event::Refused { reason }) => self.refusal(reason).ready(),
            (Deed::ReceptionRefusal, Event::Finished { outcome, .. }) => {
                self.refusal(outcome.reason.as_deref().unwrap_or_default()).ready()
            }
            (Deed::Apology, Event::Extended { due_at, reason }) => {
                self.apology(*due_at, reason).ready()
            }
            (Deed::StopNotice, _) => self.stop_notice().ready(),
            (Deed::ControlSheet, _) => self.control_sheet().ready(),
            (Deed::Envelope, _) => self.envelope().ready(),
            (Deed::Attestation, _) => self.attestation().ready(),
            (
                Deed::ResultSlip
                | Deed::ProxySlip
                | Deed::LostReceipt
                | Deed::ReturnSlip
                | Deed::FeeSlip,
                _,
            ) => self.counter_slip().ready(),
            (Deed::DeclaredForm, _) => return self.declared_form(),
            _ => self.slip().ready(),
        };
        Some(ready)
    }

    /// What the paper certifies, in the words of its code.
    fn statement(&self) -> Statement {
        let due = match (self.deed, &self.event) {
            (Deed::Receipt, Event::Received(receipt)) => receipt.due_at,
            (Deed::SupplementRequest, Event::SupplementRequested { due_at, .. }) => *due_at,
            (Deed::Apology, Event::Extended { due_at, .. }) => Some(*due_at),
            _ => None,
        };
        Statement {
            deed: self.deed,
            agency: self.agency.code.clone(),
            code: Some(self.dossier.code.clone()),
            sequence: self.header.sequence,
            chain: first_eight(&self.hash),
            at: if self.deed.needs_event() { self.header.at } else { self.now },
            due,
            items: 0,
            contents: [0; 16],
        }
    }

    fn section(&self) -> String {
        sheets::section(self.agency)
    }

    fn agency_name(&self, code: &AgencyCode) -> String {
        self.world.agency(code).map_or_else(|| code.to_string(), |agency| agency.name.clone())
    }

    fn contact(&self) -> Contact {
        let phone = Some(self.agency.phone.clone()).filter(|phone| !phone.is_empty());
        Contact { name: self.section(), phone }
    }

    /// The name of whoever did what the paper certifies; empty when it is no account.
    fn officer(&self) -> String {
        let staff = self.world.staff(&in_whose_place(&self.header.actor).0.into());
        staff.map(|staff| staff.full_name.clone()).unwrap_or_default()
    }

    fn lookup(&self) -> Lookup {
        let dossier = self.dossier;
        let host = self.base.split_once("://").map_or(self.base, |(_, host)| host);
        Lookup {
            qr: tracking_address(self.base, &dossier.code, &dossier.lookup_secret),
            address: format!("{host}/tra-cuu"),
            secret: Some(dossier.lookup_secret.clone()),
        }
    }

    fn anchor(&self) -> Option<Anchor> {
        Some(Anchor { sequence: self.header.sequence, chain_hash: self.hash })
    }

    fn follow(&self) -> Follow {
        Follow { lookup: Some(self.lookup()), anchor: self.anchor() }
    }
}

/// The address that a dossier's QR code holds: the tracking page exchanges the secret for a cookie
/// at once. The one place where a paper's QR text is made.
pub fn tracking_address(base: &str, code: &DossierCode, secret: &str) -> String {
    format!("{}/tra-cuu/{code}?ma={secret}", base.trim_end_matches('/'))
}

/// The address of a page of the portal, for codes that open no dossier.
fn page_address(base: &str, path: &str) -> String {
    format!("{}{path}", base.trim_end_matches('/'))
}

/// The owner of a dossier, reached where who filed for them is when nothing else is known.
fn owner(dossier: &Dossier) -> papers::PersonLines {
    let (own, filed) = (person(&dossier.owner), &dossier.submitter);
    papers::PersonLines {
        address: own.address.or_else(|| filed.address.clone()),
        phone: own.phone.or_else(|| filed.phone.clone()),
        email: own.email.or_else(|| filed.email.clone()),
        ..own
    }
}

/// Who is younger is written to by way of who files for them.
const ADULT_YEARS: i32 = 18;

/// To whom a letter about a dossier is written: for a child, to who files for it.
fn addressee(dossier: &Dossier, at: Timestamp) -> papers::PersonLines {
    let of_age = |born: jiff::civil::Date| born.saturating_add(Span::new().years(ADULT_YEARS));
    let is_child = dossier.owner.birth_date.is_some_and(|born| of_age(born) > local(at).date());
    if is_child { person(&dossier.submitter) } else { owner(dossier) }
}

fn person(person: &Person) -> papers::PersonLines {
    papers::PersonLines {
        name: person.name.clone(),
        address: person.address.clone(),
        phone: person.phone.clone(),
        email: person.email.clone(),
    }
}
