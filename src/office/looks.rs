//! Who was shown which dossier: gathered while pages are made, written down within a second, in a chain
//! of its own. One account's looks at one part of a dossier within a quarter of an hour are one look.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use jiff::civil::Date;

use super::{Caller, Failure, Office, no_dossier, words};
use crate::domain::agency::Role;
use crate::domain::calendar::local;
use crate::domain::dossier::{Directory, Dossier};
use crate::domain::ids::{AgencyCode, DossierCode, DossierId, UserName};
use crate::domain::look::{AS_ONE, Look, Part, Relation};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::store::looks::{LooksOf, Noted};
use crate::store::reader::Reader;

/// Looks that wait at most, while nothing can be written; beyond, the oldest are lost, and the log says so.
const MOST_WAITING: usize = 200_000;
/// Recent looks that are remembered before those that are over are forgotten.
const MOST_RECENT: usize = 20_000;
/// Looks that one page of a list reads.
const MOST_READ: usize = 5_000;
/// Looks read at once.
const CHUNK: usize = 200;

/// What has been seen and is not written yet, and what was seen lately.
#[derive(Default)]
pub(super) struct Waiting {
    seen: Mutex<Seen>,
    /// Held while looks are written, so that they are written in their order.
    writing: Mutex<()>,
}

#[derive(Default)]
struct Seen {
    looks: Vec<Look>,
    recent: HashMap<(String, DossierId, Part), Timestamp>,
}

impl Waiting {
    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seen {
    fn note(&mut self, look: Look) {
        let is_over = |at: Timestamp| look.at.duration_since(at) >= AS_ONE;
        match self.recent.get(&look.same()) {
            // A clock that went back begins anew.
            Some(at) if *at <= look.at && !is_over(*at) => return,
            _ => {}
        }
        if self.recent.len() >= MOST_RECENT {
            self.recent.retain(|_, at| !is_over(*at));
        }
        self.recent.insert(look.same(), look.at);
        self.looks.push(look);
    }
}

/// A look, with what people want to know beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Its place in the chain.
    pub number: u64,
    /// The look.
    pub look: Look,
    /// The person's name, or the account's when nobody knows it.
    pub name: String,
    /// The agency's name.
    pub agency: String,
    /// The dossier's code; none when it is gone.
    pub code: Option<DossierCode>,
}

/// Which looks an auditor asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LooksQuery {
    /// Of this account.
    pub account: Option<UserName>,
    /// At this dossier.
    pub dossier: Option<DossierCode>,
    /// On this day.
    pub day: Option<Date>,
    /// Before this place.
    pub before: Option<u64>,
    /// Most rows.
    pub limit: usize,
}

/// A page of looks, the last one first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LooksPage {
    /// The looks.
    pub looks: Vec<Shown>,
    /// Where the next page begins, if there may be one.
    pub next: Option<u64>,
}

impl Office {
    /// Notes that a caller is shown a part of a dossier. Costs no write: that comes within a second.
    pub fn note_look(&self, caller: &Caller, dossier: &Dossier, part: Part) {
        if matches!(caller, Caller::Citizen(_) | Caller::Draft(_) | Caller::Anybody) {
            return;
        }
        if let Some(look) = Look::new(self.now(), &caller.actor(), dossier, part) {
            self.looks.seen().note(look);
        }
    }

    /// Notes who saw at the desk what became a dossier later, each with the time. Looks stand in the order of
    /// their days: those of days before count for the day on which it became one.
    pub(super) fn note_openings(&self, dossier: &Dossier, opened: &[(String, Timestamp)]) {
        let (world, now) = (self.world(), self.now());
        for (name, at) in opened {
            let Some(staff) = world.staff(&UserName::new(name.clone())) else { continue };
            let is_today = local(*at).date() == local(now).date();
            let at = if is_today { *at } else { now };
            let actor = Caller::Staff(staff.clone()).actor();
            if let Some(look) = Look::new(at, &actor, dossier, Part::Dossier) {
                self.looks.seen().note(look);
            }
        }
    }

    /// Writes the looks that wait; the server calls it each second and at its end.
    ///
    /// # Errors
    /// The store fails; they wait on.
    pub fn flush_looks(&self) -> Result<(), Failure> {
        let _in_order = self.looks.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let looks = std::mem::take(&mut self.looks.seen().looks);
        if looks.is_empty() {
            return Ok(());
        }
        let written = looks.clone();
        match self.ledger.run_blocking(move |txn| txn.note_looks(&written)) {
            Ok(_) => Ok(()),
            Err(failure) => {
                let mut seen = self.looks.seen();
                let later = std::mem::replace(&mut seen.looks, looks);
                seen.looks.extend(later);
                let lost = seen.looks.len().saturating_sub(MOST_WAITING);
                if lost > 0 {
                    tracing::error!(lost, "looks at dossiers could not be written and are lost");
                    seen.looks.drain(..lost);
                }
                Err(failure)
            }
        }
    }

    /// The looks that an auditor or administrator asks for: those of accounts of their agency, and at
    /// dossiers of it; an administrator's are those of every agency.
    ///
    /// # Errors
    /// The caller may not, there is no such dossier, or the store fails.
    pub fn looks(&self, caller: &Caller, query: &LooksQuery) -> Result<LooksPage, Failure> {
        let Some(staff) =
            caller.staff().filter(|staff| staff.is(Role::Auditor) || staff.is(Role::Admin))
        else {
            return Err(Refusal::new(RefusalKind::Forbidden, words::ROLE_MAY_NOT).into());
        };
        self.flush_looks()?;
        let reader = self.ledger.reader()?;
        let of = match (&query.dossier, &query.account) {
            (Some(code), _) => {
                let id = reader.find(code)?.ok_or_else(no_dossier)?;
                LooksOf::Dossier(id)
            }
            (None, Some(account)) => LooksOf::Account(account.to_string()),
            (None, None) => LooksOf::All,
        };
        let own = (!staff.is(Role::Admin)).then(|| staff.agency.clone());
        let mut pass = Pass { office: self, reader: &reader, query, own, known: HashMap::new() };
        pass.page(&of)
    }

    /// The last looks at a dossier, for its applicant, whose right to it was checked.
    ///
    /// # Errors
    /// The store fails.
    pub fn looks_at(&self, id: DossierId, limit: usize) -> Result<Vec<Shown>, Failure> {
        self.flush_looks()?;
        let reader = self.ledger.reader()?;
        let noted = reader.looks(&LooksOf::Dossier(id), u64::MAX, limit)?;
        Ok(noted.into_iter().map(|noted| self.shown(noted, None)).collect())
    }

    fn shown(&self, noted: Noted, code: Option<DossierCode>) -> Shown {
        let world = self.world();
        let Noted { number, look, .. } = noted;
        let account = match look.relation {
            Relation::Program => None,
            _ => world.staff(&UserName::new(look.account.clone())),
        };
        let agency = world.agency(&AgencyCode::new(look.agency.clone()));
        Shown {
            number,
            name: account.map_or_else(|| look.account.clone(), |staff| staff.full_name.clone()),
            agency: agency.map_or_else(|| look.agency.clone(), |agency| agency.name.clone()),
            code,
            look,
        }
    }
}

/// A list of looks while it is read.
struct Pass<'a> {
    office: &'a Office,
    reader: &'a Reader,
    query: &'a LooksQuery,
    /// Only what concerns this agency.
    own: Option<AgencyCode>,
    known: HashMap<DossierId, Option<(DossierCode, bool)>>,
}

impl Pass<'_> {
    fn page(&mut self, of: &LooksOf) -> Result<LooksPage, Failure> {
        let mut page = LooksPage::default();
        let mut before = self.start()?;
        let mut read = 0;
        loop {
            let noted = self.reader.looks(of, before, CHUNK)?;
            let Some(last) = noted.last() else { return Ok(page) };
            before = last.number;
            read += noted.len();
            for noted in noted {
                let number = noted.number;
                if self.query.day.is_some_and(|day| local(noted.look.at).date() < day) {
                    return Ok(page);
                }
                let Some(shown) = self.fitting(noted)? else { continue };
                page.looks.push(shown);
                if page.looks.len() == self.query.limit {
                    page.next = (number > 1).then_some(number);
                    return Ok(page);
                }
            }
            if read >= MOST_READ {
                page.next = (before > 1).then_some(before);
                return Ok(page);
            }
        }
    }

    /// Where the page begins: the first look after the day asked for, found by halving.
    fn start(&self) -> Result<u64, Failure> {
        if let Some(before) = self.query.before {
            return Ok(before);
        }
        let end = self.reader.looks_end()?.count + 1;
        let Some(day) = self.query.day else { return Ok(end) };
        let (mut low, mut high) = (1, end);
        while low < high {
            let middle = low + (high - low) / 2;
            let look = self.reader.look(middle)?;
            match look.is_some_and(|noted| local(noted.look.at).date() <= day) {
                true => low = middle + 1,
                false => high = middle,
            }
        }
        Ok(low)
    }

    fn fitting(&mut self, noted: Noted) -> Result<Option<Shown>, Failure> {
        let look = &noted.look;
        let is_of = |account: &UserName| look.account == account.as_str();
        if self.query.account.as_ref().is_some_and(|account| !is_of(account))
            || self.query.day.is_some_and(|day| local(look.at).date() != day)
        {
            return Ok(None);
        }
        let about = self.about(look.dossier)?;
        let is_own_account = |own: &AgencyCode| look.agency == own.as_str();
        if self.own.as_ref().is_some_and(|own| !is_own_account(own))
            && !about.as_ref().is_some_and(|(_, concerns)| *concerns)
        {
            return Ok(None);
        }
        Ok(Some(self.office.shown(noted, about.map(|(code, _)| code))))
    }

    /// A dossier's code, and whether it concerns the agency; by its clear head alone.
    fn about(&mut self, id: DossierId) -> Result<Option<(DossierCode, bool)>, Failure> {
        if let Some(known) = self.known.get(&id) {
            return Ok(known.clone());
        }
        let head = self.reader.head(id)?;
        let about = head.map(|head| {
            let own = self.own.as_ref();
            let concerns = own.is_some_and(|own| head.refs.0.iter().any(|at| at.agency == *own));
            (head.code, concerns)
        });
        self.known.insert(id, about.clone());
        Ok(about)
    }
}
