//! What a citizen has begun and not yet sent, in the relaxed store, sealed: drafts of filings, the
//! dossiers of an account, and forms that wait for somebody to sign in again.
//!
//! Keys name a keeper by a digest only. Everything here may be lost without harm to a dossier.

mod keeper;
mod known;
mod sharing;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

pub use self::keeper::Keeper;
pub use self::known::KnownPerson;
pub use self::sharing::{Handed, Opened};
use super::sign_on::{Confirmed, Linked};
use super::{Caller, Office};
use crate::domain::dossier::Dossier;
use crate::domain::ids::{AttachmentId, DossierId};
use crate::store::codec::wire::{Wire, record};
use crate::store::engine::{Batch, Direction, scan_prefix};
use crate::store::ledger::Failure;
use crate::store::tables::{DRAFTS, Key};

/// How long a draft and its files are kept after the last change.
pub const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How long a form waits for a sign-in.
const ASIDE: SignedDuration = SignedDuration::from_hours(1);
/// Most drafts that one contact keeps; the oldest goes.
const MOST: usize = 20;
/// The second part of the key of an account's own row; no procedure has this code.
const ACCOUNT: &str = "@";

/// Answers by the names of their fields.
pub type Answers = BTreeMap<String, String>;

/// A filing that was begun.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// Random, 32 hexadecimal digits; also the one-shot key of its filing.
    pub id: String,
    /// The procedure's code.
    pub procedure: String,
    /// When it was begun.
    pub began_at: Timestamp,
    /// When it was last saved.
    pub saved_at: Timestamp,
    /// What was typed.
    pub answers: Answers,
    /// Files that came in, by component.
    pub files: Vec<(String, AttachmentId)>,
    /// The code of the dossier that it became.
    pub sent: Option<String>,
    /// The secret under which several devices keep it; its own row then is only the way there.
    pub(super) shared: Option<String>,
    /// The row of the number under which it is handed on.
    pub(super) number: Option<[u8; 32]>,
    /// Accounts of the desk that opened it with its code, and when.
    pub opened: Vec<(String, Timestamp)>,
    /// The number under which it was handed on, for its keepers.
    pub number_said: Option<String>,
}

/// What an account remembers.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Account {
    /// Dossiers that were filed from it, oldest first.
    pub dossiers: Vec<DossierId>,
    /// What its owner agreed to be remembered of them, to begin the next filing with.
    pub profile: Answers,
    /// Whom providers vouch for as its owner.
    pub sign_ons: Vec<Linked>,
    /// What one of them has confirmed of the owner.
    pub confirmed: Option<Confirmed>,
}

struct Row {
    at: Timestamp,
    sealed: Vec<u8>,
}

record! {
    Draft {
        id, procedure, began_at, saved_at, answers, files, sent;
        shared = None, number = None, opened = Vec::new(), number_said = None
    }
    Account { dossiers, profile; sign_ons = Vec::new(), confirmed = None }
}

impl Wire for Row {
    fn put(&self, out: &mut Vec<u8>) {
        self.at.put(out);
        out.extend_from_slice(&self.sealed);
    }

    fn take(
        input: &mut crate::store::codec::wire::Reader<'_>,
    ) -> Result<Self, crate::store::codec::wire::Damaged> {
        Ok(Self { at: Timestamp::take(input)?, sealed: input.rest().to_vec() })
    }
}

impl fmt::Debug for Draft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Draft({})", self.id)
    }
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Account(…)")
    }
}

/// Changes of drafts come one after the other: two files may arrive at the same time.
static CHANGING: Mutex<()> = Mutex::new(());

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let pair = |i| text.get(i..i + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
    (0..text.len()).step_by(2).map(pair).collect()
}

impl Account {
    /// Notes a dossier, once.
    fn has_filed(&mut self, dossier: DossierId) {
        if !self.dossiers.contains(&dossier) {
            self.dossiers.push(dossier);
        }
    }
}

impl Draft {
    /// Whose its files are: its own, whoever works on it.
    pub fn caller(&self) -> Caller {
        Caller::Draft(self.id.clone())
    }

    /// One that nobody keeps yet.
    pub fn unkept(procedure: &str, answers: Answers) -> Self {
        Self { procedure: procedure.to_owned(), answers, ..Self::default() }
    }

    /// Takes a file for a paper, which is thereby handed in as files.
    pub fn add_file(&mut self, component: &str, file: AttachmentId) {
        self.files.push((component.to_owned(), file));
        self.answers.insert(format!("paper.{component}.mode"), "file".to_owned());
    }
}

impl Office {
    /// The account of a telephone number or an email address that was proved.
    pub fn keeper_of(&self, contact: &str) -> Keeper {
        Keeper::account(self.row_name("keeper", contact))
    }

    /// The row of what an account remembers.
    fn account_row(&self, contact: &str) -> Key {
        self.keeper_of(contact).rows().text(ACCOUNT)
    }

    pub(super) fn put_sealed(&self, key: Key, plain: &[u8]) -> Result<(), Failure> {
        let sealed = self.draft_key.seal(&self.env, key.bytes(), plain);
        let row = Row { at: self.env.now(), sealed };
        let mut batch = Batch::new();
        batch.put(DRAFTS, key, row.to_bytes());
        Ok(self.relaxed.commit(batch)?)
    }

    pub(super) fn get_sealed(
        &self,
        key: &[u8],
        kept: SignedDuration,
    ) -> Result<Option<Vec<u8>>, Failure> {
        let row = self.relaxed.snapshot()?.get(DRAFTS, key)?;
        row.map(|bytes| self.unseal(key, &bytes, kept)).transpose().map(Option::flatten)
    }

    /// The plain text of a row; none when it is too old or of another key.
    fn unseal(
        &self,
        key: &[u8],
        bytes: &[u8],
        kept: SignedDuration,
    ) -> Result<Option<Vec<u8>>, Failure> {
        let row = Row::from_bytes(bytes)?;
        let fresh = self.env.now().duration_since(row.at) <= kept;
        Ok(if fresh { self.draft_key.open(key, &row.sealed).ok() } else { None })
    }

    pub(super) fn drop_sealed(&self, key: Key) -> Result<(), Failure> {
        let mut batch = Batch::new();
        batch.delete(DRAFTS, key);
        Ok(self.relaxed.commit(batch)?)
    }

    pub(super) fn random_name(&self) -> String {
        let random: [u8; 16] = self.env.bytes();
        hex(&random)
    }

    /// A fresh draft of a keeper.
    ///
    /// # Errors
    /// The relaxed store cannot be written.
    pub fn begin_draft(
        &self,
        keeper: &Keeper,
        procedure: &str,
        answers: Answers,
    ) -> Result<Draft, Failure> {
        for old in self.drafts(keeper)?.into_iter().skip(MOST - 1) {
            self.drop_draft(keeper, &old)?;
        }
        let now = self.env.now();
        let draft = Draft {
            id: self.random_name(),
            began_at: now,
            saved_at: now,
            ..Draft::unkept(procedure, answers)
        };
        self.put_draft(keeper, &draft)?;
        Ok(draft)
    }

    fn put_draft(&self, keeper: &Keeper, draft: &Draft) -> Result<(), Failure> {
        let place = keeper.place(&draft.procedure, &draft.id);
        match keeper.key() {
            None => self.put_sealed(place, &draft.to_bytes()),
            Some(key) => {
                let sealed = key.seal(&self.env, place.bytes(), &draft.to_bytes());
                let row = Row { at: self.env.now(), sealed };
                let mut batch = Batch::new();
                batch.put(DRAFTS, place, row.to_bytes());
                Ok(self.relaxed.commit(batch)?)
            }
        }
    }

    /// A keeper's own row of a draft.
    fn own_draft(
        &self,
        keeper: &Keeper,
        procedure: &str,
        id: &str,
    ) -> Result<Option<Draft>, Failure> {
        let place = keeper.place(procedure, id);
        let row = self.relaxed.snapshot()?.get(DRAFTS, place.bytes())?;
        let plain = row.map(|row| self.unseal_draft(keeper, place.bytes(), &row)).transpose()?;
        Ok(plain.flatten())
    }

    fn unseal_draft(
        &self,
        keeper: &Keeper,
        place: &[u8],
        bytes: &[u8],
    ) -> Result<Option<Draft>, Failure> {
        let plain = match keeper.key() {
            None => self.unseal(place, bytes, KEPT)?,
            Some(key) => {
                let row = Row::from_bytes(bytes)?;
                let fresh = self.env.now().duration_since(row.at) <= KEPT;
                if fresh { key.open(place, &row.sealed).ok() } else { None }
            }
        };
        Ok(plain.map(|plain| Draft::from_bytes(&plain)).transpose()?)
    }

    /// A draft with the keeper under whom it lies: its own, or the one that several devices share.
    fn found_draft(
        &self,
        keeper: &Keeper,
        procedure: &str,
        id: &str,
    ) -> Result<Option<(Keeper, Draft)>, Failure> {
        let Some(own) = self.own_draft(keeper, procedure, id)? else { return Ok(None) };
        let Some(secret) = &own.shared else { return Ok(Some((keeper.clone(), own))) };
        let Some(shared) = Keeper::shared(secret) else { return Ok(None) };
        let draft = self.own_draft(&shared, procedure, id)?;
        Ok(draft.map(|draft| (shared, draft)))
    }

    /// A draft of a keeper, sent or not.
    ///
    /// # Errors
    /// The relaxed store cannot be read.
    pub fn draft(
        &self,
        keeper: &Keeper,
        procedure: &str,
        id: &str,
    ) -> Result<Option<Draft>, Failure> {
        Ok(self.found_draft(keeper, procedure, id)?.map(|(_, draft)| draft))
    }

    /// The unsent drafts of a keeper, last saved first.
    ///
    /// # Errors
    /// The relaxed store cannot be read.
    pub fn drafts(&self, keeper: &Keeper) -> Result<Vec<Draft>, Failure> {
        let prefix = keeper.rows();
        let account = keeper.rows().text(ACCOUNT);
        let snapshot = self.relaxed.snapshot()?;
        let rows =
            scan_prefix(snapshot.as_ref(), DRAFTS, prefix.bytes(), None, Direction::Forward, 500)?;
        let mut drafts = Vec::new();
        for (key, value) in rows.iter().filter(|(key, _)| key.as_slice() != account.bytes()) {
            let Some(own) = self.unseal_draft(keeper, key, value)? else { continue };
            match &own.shared {
                None => drafts.push(own),
                Some(_) => drafts.extend(self.draft(keeper, &own.procedure, &own.id)?),
            }
        }
        drafts.retain(|draft: &Draft| draft.sent.is_none());
        drafts.sort_by_key(|draft| std::cmp::Reverse(draft.saved_at));
        Ok(drafts)
    }

    /// The unsent drafts of a procedure, whosever they are; those that only a browser can open are
    /// left out.
    ///
    /// # Errors
    /// The relaxed store cannot be read.
    pub(super) fn drafts_of(&self, procedure: &str) -> Result<Vec<Draft>, Failure> {
        let wanted = Key::new().text(procedure);
        let snapshot = self.relaxed.snapshot()?;
        let rows =
            scan_prefix(snapshot.as_ref(), DRAFTS, &[], None, Direction::Forward, usize::MAX)?;
        let mut drafts = Vec::new();
        // The keeper's digest stands before the procedure.
        let own = rows
            .iter()
            .filter(|(key, _)| key.get(32..).is_some_and(|rest| rest.starts_with(wanted.bytes())));
        for (key, value) in own {
            if let Some(plain) = self.unseal(key, value, KEPT)? {
                drafts.push(Draft::from_bytes(&plain)?);
            }
        }
        drafts.retain(|draft| draft.sent.is_none() && draft.shared.is_none());
        Ok(drafts)
    }

    /// Changes a draft, and keeps its files as long as itself. None when there is no such draft.
    ///
    /// # Errors
    /// The relaxed store fails.
    pub fn change_draft(
        &self,
        keeper: &Keeper,
        draft: &Draft,
        change: impl FnOnce(&mut Draft),
    ) -> Result<Option<Draft>, Failure> {
        let _one_by_one = CHANGING.lock().unwrap_or_else(PoisonError::into_inner);
        let found = self.found_draft(keeper, &draft.procedure, &draft.id)?;
        let Some((home, mut draft)) = found else { return Ok(None) };
        change(&mut draft);
        draft.saved_at = self.env.now();
        self.put_draft(&home, &draft)?;
        if draft.sent.is_none() {
            let files: Vec<AttachmentId> = draft.files.iter().map(|(_, id)| *id).collect();
            self.hold_uploads(&files, &draft.caller(), draft.saved_at + KEPT)?;
        }
        Ok(Some(draft))
    }

    /// Throws a draft away with its files, on every device.
    ///
    /// # Errors
    /// The relaxed store or the disk fails.
    pub fn drop_draft(&self, keeper: &Keeper, draft: &Draft) -> Result<(), Failure> {
        let caller = draft.caller();
        for (_, file) in &draft.files {
            self.discard_upload(*file, &caller)?;
        }
        if let Some((home, _)) = self.found_draft(keeper, &draft.procedure, &draft.id)? {
            self.drop_sealed(home.place(&draft.procedure, &draft.id))?;
        }
        if let Some(number) = &draft.number {
            self.drop_sealed(Key::new().fixed(number))?;
        }
        self.drop_sealed(keeper.place(&draft.procedure, &draft.id))
    }

    /// Moves a draft from one keeper to another: from a browser to the account that signed in.
    ///
    /// # Errors
    /// The relaxed store fails.
    pub fn take_over_draft(
        &self,
        from: &Keeper,
        to: &Keeper,
        draft: &Draft,
    ) -> Result<(), Failure> {
        let _one_by_one = CHANGING.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = self.own_draft(from, &draft.procedure, &draft.id)? {
            self.put_draft(to, &own)?;
            self.drop_sealed(from.place(&draft.procedure, &draft.id))?;
        }
        Ok(())
    }

    /// What an account remembers.
    ///
    /// # Errors
    /// The relaxed store cannot be read.
    pub fn account(&self, contact: &str) -> Result<Account, Failure> {
        let plain = self.get_sealed(self.account_row(contact).bytes(), SignedDuration::MAX)?;
        Ok(plain.map(|bytes| Account::from_bytes(&bytes)).transpose()?.unwrap_or_default())
    }

    /// Remembers a dossier that an account filed.
    ///
    /// # Errors
    /// The relaxed store fails.
    pub fn remember_filed(&self, contact: &str, dossier: DossierId) -> Result<(), Failure> {
        self.change_account_of(contact, |account| {
            account.has_filed(dossier);
        })
    }

    /// Changes what a citizen's account remembers.
    pub(super) fn change_account_of(
        &self,
        contact: &str,
        change: impl FnOnce(&mut Account),
    ) -> Result<(), Failure> {
        let _one_by_one = CHANGING.lock().unwrap_or_else(PoisonError::into_inner);
        let mut account = self.account(contact)?;
        change(&mut account);
        self.put_sealed(self.account_row(contact), &account.to_bytes())
    }

    /// Removes every row of a keeper: drafts, sent or not, and what an account remembers.
    pub(super) fn forget_keeper(&self, keeper: &Keeper) -> Result<(), Failure> {
        let prefix = keeper.rows();
        let snapshot = self.relaxed.snapshot()?;
        let forward = Direction::Forward;
        let rows =
            scan_prefix(snapshot.as_ref(), DRAFTS, prefix.bytes(), None, forward, usize::MAX)?;
        let mut batch = Batch::new();
        for (key, _) in rows {
            batch.delete(DRAFTS, key);
        }
        drop(snapshot);
        Ok(self.relaxed.commit(batch)?)
    }

    /// Dossiers by id, for whoever has shown that they are theirs; those disposed of are left out.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn applicants_dossiers(&self, ids: &[DossierId]) -> Result<Vec<Dossier>, Failure> {
        let reader = self.ledger.reader()?;
        let mut dossiers = Vec::with_capacity(ids.len());
        for id in ids {
            dossiers.extend(reader.dossier(*id)?.map(|stored| stored.dossier));
        }
        Ok(dossiers)
    }

    /// Puts a form aside until its sender has signed in again; the answer is its ticket.
    ///
    /// # Errors
    /// The relaxed store cannot be written.
    pub fn put_aside(&self, form: &Answers) -> Result<String, Failure> {
        let ticket = self.random_name();
        self.put_sealed(Key::new().text("aside").text(&ticket), &form.to_bytes())?;
        Ok(ticket)
    }

    /// Takes a form that was put aside, once.
    ///
    /// # Errors
    /// The relaxed store fails.
    pub fn take_aside(&self, ticket: &str) -> Result<Option<Answers>, Failure> {
        let key = Key::new().text("aside").text(ticket);
        let plain = self.get_sealed(key.bytes(), ASIDE)?;
        let form = plain.map(|bytes| Answers::from_bytes(&bytes)).transpose()?;
        self.drop_sealed(key)?;
        Ok(form)
    }

    /// A short text for a cookie that its holder cannot read or alter.
    pub fn seal_note(&self, note: &str) -> String {
        let sealed = self.draft_key.seal(&self.env, b"note", note.as_bytes());
        hex(&sealed)
    }

    /// The text of [`Office::seal_note`], if it is one.
    pub fn open_note(&self, sealed: &str) -> Option<String> {
        String::from_utf8(self.draft_key.open(b"note", &unhex(sealed)?).ok()?).ok()
    }

    /// Removes drafts and forms that were not touched for long; returns how many went.
    ///
    /// # Errors
    /// The relaxed store fails.
    pub fn sweep_drafts(&self) -> Result<usize, Failure> {
        let now = self.env.now();
        let snapshot = self.relaxed.snapshot()?;
        let rows =
            scan_prefix(snapshot.as_ref(), DRAFTS, &[], None, Direction::Forward, usize::MAX)?;
        let (mut batch, mut gone) = (Batch::new(), 0);
        let account = Key::new().text(ACCOUNT);
        for (key, value) in rows {
            let is_account = key.len() > 32 && key[32..] == *account.bytes();
            if !is_account && now.duration_since(Row::from_bytes(&value)?.at) > KEPT {
                batch.delete(DRAFTS, key);
                gone += 1;
            }
        }
        drop(snapshot);
        self.relaxed.commit(batch)?;
        Ok(gone)
    }
}
