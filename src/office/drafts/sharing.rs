//! A draft that is handed on: to another device of the same person, or to the counter. A number names
//! it, a code opens it; the store has neither, and cannot open what it holds without both.

use jiff::{SignedDuration, Timestamp};

use super::{CHANGING, Draft, KEPT, Keeper, PoisonError, hex, unhex};
use crate::domain::agency::Staff;
use crate::domain::ids::AttachmentId;
use crate::domain::person::Person;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::office::filing::Filed;
use crate::office::sessions::clean_contact;
use crate::office::{Caller, Failure, Office, words};
use crate::store::codec::wire::{Wire, record};
use crate::store::event_log::sha256;
use crate::store::keyring::SealKey;
use crate::store::tables::Key;

/// How long a number and its code open a draft.
const OPENS: SignedDuration = SignedDuration::from_hours(3 * 24);
/// Wrong codes after which a number is worth nothing.
const TRIES: u32 = 5;
/// Letters and digits that nobody mistakes for each other.
const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
/// Letters of a number.
const NUMBER: usize = 10;

/// A draft that waits to be opened elsewhere.
#[derive(Clone, PartialEq, Eq)]
pub struct Handed {
    /// Its number: in the link, and typed at the counter.
    pub number: String,
    /// The code of six digits.
    pub code: String,
    /// Until when they open it.
    pub until: Timestamp,
}

/// A draft that was opened by its number and code.
#[derive(Clone)]
pub struct Opened {
    /// The draft.
    pub draft: Draft,
    secret: String,
}

struct Waiting {
    until: Timestamp,
    tries: u32,
    /// Secret, procedure and id, sealed under number and code, in hexadecimal digits.
    sealed: String,
}

record! { Waiting { until, tries, sealed } }

/// A number as it is typed or scanned: its letters, of a whole address the last part.
fn cleaned(number: &str) -> String {
    let last = number.trim().trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let letters = last.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|letter| letter.to_ascii_uppercase()).collect()
}

fn row(number: &str) -> [u8; 32] {
    let name = format!("handed on {number}");
    sha256(name.as_bytes())
}

impl Office {
    fn opening_key(&self, number: &str, code: &str) -> SealKey {
        let both = format!("{number} {code}");
        let bytes = blake3::keyed_hash(self.draft_key.bytes(), both.as_bytes());
        SealKey::from_bytes(*bytes.as_bytes()).derive("motcua opening a draft")
    }

    /// Hands a draft on: its keeper and whoever opens it then work on the same one. Its number stays the
    /// same; the code is fresh, and an older one opens it no longer.
    ///
    /// # Errors
    /// There is no such draft, or the relaxed store fails.
    pub fn hand_on(&self, keeper: &Keeper, draft: &Draft) -> Result<Handed, Failure> {
        let _one_by_one = CHANGING.lock().unwrap_or_else(PoisonError::into_inner);
        let (procedure, id) = (draft.procedure.as_str(), draft.id.as_str());
        let gone = || Refusal::new(RefusalKind::NotFound, words::DRAFT_GONE);
        let own = self.own_draft(keeper, procedure, id)?.ok_or_else(gone)?;
        let secret = own.shared.clone().unwrap_or_else(|| self.browser_secret());
        let shared = Keeper::shared(&secret).ok_or_else(gone)?;
        let mut draft = match &own.shared {
            Some(_) => self.own_draft(&shared, procedure, id)?.ok_or_else(gone)?,
            None => own.clone(),
        };
        let number = draft.number_said.clone().unwrap_or_else(|| self.draft_number());
        let code = format!("{:06}", u64::from_be_bytes(self.env.bytes()) % 1_000_000);
        let until = self.env.now() + OPENS;
        let place = row(&number);
        let names = format!("{secret} {procedure} {id}");
        let sealed = self.opening_key(&number, &code).seal(&self.env, &place, names.as_bytes());
        if let Some(older) = draft.number.replace(place).filter(|older| *older != place) {
            self.drop_sealed(Key::new().fixed(&older))?;
        }
        draft.number_said = Some(number.clone());
        self.put_draft(&shared, &draft)?;
        if own.shared.is_none() {
            let way = Draft {
                id: draft.id.clone(),
                procedure: draft.procedure.clone(),
                began_at: draft.began_at,
                saved_at: draft.saved_at,
                shared: Some(secret),
                ..Draft::default()
            };
            self.put_draft(keeper, &way)?;
        }
        let waiting = Waiting { until, tries: 0, sealed: hex(&sealed) };
        self.put_sealed(Key::new().fixed(&place), &waiting.to_bytes())?;
        Ok(Handed { number, code, until })
    }

    fn draft_number(&self) -> String {
        let random: [u8; NUMBER] = self.env.bytes();
        random.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect()
    }

    /// A fresh secret for whoever keeps drafts by one.
    pub fn browser_secret(&self) -> String {
        let random: [u8; 32] = self.env.bytes();
        hex(&random)
    }

    /// Opens a draft by its number and code. The field of a refusal is `number` or `code`.
    ///
    /// # Errors
    /// No such number waits, or the code is wrong or was tried too often.
    pub fn open_handed(&self, number: &str, code: &str) -> Result<Opened, Failure> {
        let _one_by_one = CHANGING.lock().unwrap_or_else(PoisonError::into_inner);
        let unknown = || Failure::from(Refusal::field("number", words::DRAFT_NUMBER_UNKNOWN));
        let number = cleaned(number);
        let place = row(&number);
        let key = Key::new().fixed(&place);
        let plain = self.get_sealed(key.bytes(), KEPT)?.ok_or_else(unknown)?;
        let mut waiting = Waiting::from_bytes(&plain)?;
        if waiting.until < self.env.now() || waiting.tries >= TRIES {
            self.drop_sealed(key)?;
            return Err(unknown());
        }
        let digits: String = code.chars().filter(char::is_ascii_digit).collect();
        let sealed = unhex(&waiting.sealed).unwrap_or_default();
        let Ok(names) = self.opening_key(&number, &digits).open(&place, &sealed) else {
            waiting.tries += 1;
            let left = TRIES - waiting.tries;
            if left == 0 {
                self.drop_sealed(key)?;
                return Err(Refusal::field("number", words::DRAFT_CODE_OVER).into());
            }
            self.put_sealed(key, &waiting.to_bytes())?;
            let text = words::DRAFT_CODE_WRONG.text(&[("n", &left.to_string())]);
            return Err(Refusal::field("code", text).into());
        };
        let names = String::from_utf8(names).unwrap_or_default();
        self.opened(&names)?.ok_or_else(unknown)
    }

    fn opened(&self, names: &str) -> Result<Option<Opened>, Failure> {
        let mut parts = names.splitn(3, ' ');
        let mut part = || parts.next().unwrap_or_default();
        let (secret, procedure, id) = (part(), part(), part());
        let Some(shared) = Keeper::shared(secret) else { return Ok(None) };
        let draft = self.own_draft(&shared, procedure, id)?;
        Ok(draft.map(|draft| Opened { draft, secret: secret.to_owned() }))
    }

    /// Lets a keeper work on a draft that was opened.
    ///
    /// # Errors
    /// The relaxed store fails.
    pub fn keep_opened(&self, keeper: &Keeper, opened: &Opened) -> Result<(), Failure> {
        let draft = &opened.draft;
        if self.own_draft(keeper, &draft.procedure, &draft.id)?.is_some() {
            return Ok(());
        }
        let way = Draft {
            id: draft.id.clone(),
            procedure: draft.procedure.clone(),
            began_at: draft.began_at,
            saved_at: draft.saved_at,
            shared: Some(opened.secret.clone()),
            ..Draft::default()
        };
        self.put_draft(keeper, &way)
    }

    /// Writes down that somebody at the desk opened a draft, and lends them its files. The answer is a
    /// note for the counter's form, which finds the draft again.
    ///
    /// # Errors
    /// The relaxed store fails.
    pub fn open_at_desk(&self, staff: &Staff, opened: &Opened) -> Result<String, Failure> {
        let draft = &opened.draft;
        let files: Vec<_> = draft.files.iter().map(|(_, id)| *id).collect();
        self.lend_uploads(&files, &draft.caller(), &Caller::Staff(staff.clone()))?;
        let now = self.env.now();
        if let Some(shared) = Keeper::shared(&opened.secret) {
            self.change_draft(&shared, draft, |draft| {
                draft.opened.push((staff.name.to_string(), now));
            })?;
        }
        tracing::info!(account = %staff.name, draft = %draft.id, "a draft was opened at the desk");
        Ok(self.seal_note(&format!("{} {} {}", opened.secret, draft.procedure, draft.id)))
    }

    /// The draft of a note, as it stands now.
    ///
    /// # Errors
    /// The relaxed store fails.
    pub fn draft_of_note(&self, note: &str) -> Result<Option<Draft>, Failure> {
        let Some(names) = self.open_note(note) else { return Ok(None) };
        Ok(self.opened(&names)?.map(|opened| opened.draft))
    }

    /// Changes the draft of a note at the desk. `scanned` are files of the desk that the draft takes
    /// over; the desk goes on using them.
    ///
    /// # Errors
    /// The relaxed store fails.
    pub fn change_at_desk(
        &self,
        staff: &Staff,
        note: &str,
        scanned: &[AttachmentId],
        change: impl FnOnce(&mut Draft),
    ) -> Result<Option<Draft>, Failure> {
        let opened = match self.open_note(note) {
            Some(names) => self.opened(&names)?,
            None => None,
        };
        let Some(opened) = opened else { return Ok(None) };
        let Some(shared) = Keeper::shared(&opened.secret) else { return Ok(None) };
        let (desk, own) = (Caller::Staff(staff.clone()), opened.draft.caller());
        for file in scanned {
            self.hand_upload(*file, &desk, &own)?;
        }
        self.lend_uploads(scanned, &own, &desk)?;
        self.change_draft(&shared, &opened.draft, change)
    }

    /// The draft of a note has become a dossier at the counter: it is marked as sent, whoever opened it at the
    /// desk is among those who looked at the dossier, and the account of the telephone or email that the
    /// dossier names has it.
    ///
    /// # Errors
    /// A store fails.
    pub fn draft_was_received(&self, note: &str, filed: &Filed) -> Result<(), Failure> {
        let opened = match self.open_note(note) {
            Some(names) => self.opened(&names)?,
            None => None,
        };
        let Some(Opened { draft, secret }) = opened else { return Ok(()) };
        if let Some(shared) = Keeper::shared(&secret) {
            let code = filed.code.as_str();
            self.change_draft(&shared, &draft, |draft| draft.become_dossier(code))?;
        }
        for dossier in self.applicants_dossiers(&[filed.id])? {
            self.note_openings(&dossier, &draft.opened);
            let Person { phone, email, .. } = &dossier.submitter;
            let reached = phone.as_deref().or(email.as_deref()).and_then(clean_contact);
            if let Some(contact) = reached {
                self.change_account_of(&contact, |account| account.has_filed(dossier.id))?;
            }
        }
        Ok(())
    }
}

impl Draft {
    /// It has become a dossier: nothing of it is kept here but the code.
    pub fn become_dossier(&mut self, code: &str) {
        self.sent = Some(code.to_owned());
        self.answers.clear();
        self.files.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::cleaned;

    #[test]
    fn a_number_is_read_as_typed_or_scanned() {
        for typed in [
            "k7qp2 m9x4t",
            "K7QP2-M9X4T",
            "https://xa.example.vn/ban-nhap/K7QP2M9X4T",
            "/K7QP2M9X4T/",
        ] {
            assert_eq!(cleaned(typed), "K7QP2M9X4T", "{typed}");
        }
    }
}
