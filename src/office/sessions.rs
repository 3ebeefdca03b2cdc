//! Browser sessions and the public's one-time codes, in the relaxed store: a power cut may end a
//! session, it never loses a dossier.
//!
//! A session's id is random, known to the cookie only; the store keeps its digest. It changes at
//! every sign-in.

use jiff::{SignedDuration, Timestamp};
use subtle::ConstantTimeEq;

use super::notices::SentCode;
use super::{Caller, Office, words};
use crate::domain::identity;
use crate::domain::ids::DossierId;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::store::codec::wire::{Wire, record};
use crate::store::engine::{Batch, Direction, scan_prefix};
use crate::store::event_log::sha256;
use crate::store::ledger::Failure;
use crate::store::tables::{CODES_SENT, SESSIONS};

/// A session ends when nothing was asked for this long.
const IDLE: SignedDuration = SignedDuration::from_hours(8);
/// A session ends at last.
const LIFETIME: SignedDuration = SignedDuration::from_hours(24);
/// A one-time code is good for this long.
const CODE_LIFETIME: SignedDuration = SignedDuration::from_mins(5);
/// Wrong tries of a one-time code.
const CODE_TRIES: u32 = 5;
/// A proof of a phone or address, as the API uses it, is good for this long.
const PROOF_LIFETIME: SignedDuration = SignedDuration::from_mins(60);
/// How often the last use of a session is written down.
const TOUCH: SignedDuration = SignedDuration::from_mins(5);

/// A browser session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The account signed in at the desk.
    pub user: Option<String>,
    /// The phone or email that a citizen proved.
    pub contact: Option<String>,
    /// Dossiers whose secret was given in this session.
    pub opened: Vec<DossierId>,
    /// When it began.
    pub began_at: Timestamp,
    /// When it was last used.
    pub used_at: Timestamp,
    /// Ends with it: the secret from which form tokens are made.
    pub csrf: [u8; 32],
}

struct CodeRow {
    digest: [u8; 32],
    sent_at: Timestamp,
    tries: u32,
}

record! {
    Session { user, contact, opened, began_at, used_at, csrf }
    CodeRow { digest, sent_at, tries }
}

impl Session {
    fn is_over(&self, now: Timestamp) -> bool {
        now.duration_since(self.used_at) > IDLE || now.duration_since(self.began_at) > LIFETIME
    }
}

/// A contact in the one spelling under which it is kept: a phone's digits, an email in lower case.
pub fn clean_contact(typed: &str) -> Option<String> {
    let typed = typed.trim();
    if typed.contains('@') {
        return identity::email(typed).ok().map(|email| email.to_lowercase());
    }
    identity::phone(typed).ok()
}

impl Office {
    /// A fresh session; its id goes into the cookie.
    ///
    /// # Errors
    /// The relaxed store cannot be written.
    pub fn begin_session(
        &self,
        user: Option<String>,
        contact: Option<String>,
    ) -> Result<(String, Session), Failure> {
        let now = self.env.now();
        let session = Session {
            user,
            contact,
            opened: Vec::new(),
            began_at: now,
            used_at: now,
            csrf: self.env.bytes(),
        };
        let id = self.random_id();
        self.save_session(&id, &session)?;
        Ok((id, session))
    }

    fn random_id(&self) -> String {
        let random: [u8; 32] = self.env.bytes();
        random.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The session with this id, if it goes on.
    ///
    /// # Errors
    /// The relaxed store cannot be read.
    pub fn session(&self, id: &str) -> Result<Option<Session>, Failure> {
        let key = sha256(id.as_bytes());
        let Some(bytes) = self.relaxed.snapshot()?.get(SESSIONS, &key)? else { return Ok(None) };
        let mut session = Session::from_bytes(&bytes)?;
        let now = self.env.now();
        if session.is_over(now) {
            self.end_session(id)?;
            return Ok(None);
        }
        if now.duration_since(session.used_at) > TOUCH {
            session.used_at = now;
            self.save_session(id, &session)?;
        }
        Ok(Some(session))
    }

    /// Writes a session that has changed.
    ///
    /// # Errors
    /// The relaxed store cannot be written.
    pub fn save_session(&self, id: &str, session: &Session) -> Result<(), Failure> {
        let mut batch = Batch::new();
        batch.put(SESSIONS, sha256(id.as_bytes()), session.to_bytes());
        Ok(self.relaxed.commit(batch)?)
    }

    /// Ends a session.
    ///
    /// # Errors
    /// The relaxed store cannot be written.
    pub fn end_session(&self, id: &str) -> Result<(), Failure> {
        let mut batch = Batch::new();
        batch.delete(SESSIONS, sha256(id.as_bytes()));
        Ok(self.relaxed.commit(batch)?)
    }

    /// Ends every session of an account, and every session that is over.
    pub(super) fn end_sessions_of(&self, user: &str) -> Result<(), Failure> {
        let now = self.env.now();
        let snapshot = self.relaxed.snapshot()?;
        let (mut batch, mut after): (Batch, Option<Vec<u8>>) = (Batch::new(), None);
        loop {
            let last = after.as_deref();
            let rows =
                scan_prefix(snapshot.as_ref(), SESSIONS, &[], last, Direction::Forward, 1_000)?;
            let Some((key, _)) = rows.last() else { break };
            after = Some(key.clone());
            for (key, value) in &rows {
                let session = Session::from_bytes(value)?;
                if session.user.as_deref() == Some(user) || session.is_over(now) {
                    batch.delete(SESSIONS, key.clone());
                }
            }
        }
        drop(snapshot);
        Ok(self.relaxed.commit(batch)?)
    }

    /// Who speaks in a session.
    pub fn caller_of_session(&self, session: &Session) -> Caller {
        let staff = session.user.as_deref().and_then(|user| self.caller_of_user(user));
        match (staff, &session.contact) {
            (Some(staff), _) => staff,
            (None, Some(contact)) => Caller::Citizen(contact.clone()),
            (None, None) => Caller::Anybody,
        }
    }

    /// Makes a one-time code for a phone or email and gives it to the carrier. The answer tells when
    /// it has left.
    ///
    /// # Errors
    /// The contact is neither a phone nor an email, or nothing can be sent to it.
    pub fn send_code(&self, contact: &str) -> Result<SentCode, Failure> {
        let contact = clean_contact(contact)
            .ok_or_else(|| Refusal::field("contact", words::CONTACT_MISSING))?;
        self.check_code_way(&contact)?;
        let random = u64::from_be_bytes(self.env.bytes());
        let code = format!("{:06}", random % 1_000_000);
        let row = CodeRow {
            digest: sha256(format!("{contact}\0{code}").as_bytes()),
            sent_at: self.env.now(),
            tries: 0,
        };
        let mut batch = Batch::new();
        batch.put(CODES_SENT, sha256(contact.as_bytes()), row.to_bytes());
        self.relaxed.commit(batch)?;
        let left = self.carry_code(&contact, &code, CODE_LIFETIME.as_mins());
        Ok(SentCode::new(code, left))
    }

    /// Forgets sessions that are over and one-time codes that are too old.
    ///
    /// # Errors
    /// The relaxed store fails.
    pub(super) fn sweep_sessions(&self) -> Result<(), Failure> {
        let now = self.env.now();
        self.sweep_relaxed(SESSIONS, &|bytes| Ok(Session::from_bytes(bytes)?.is_over(now)))?;
        self.sweep_relaxed(CODES_SENT, &|bytes| {
            let sent = CodeRow::from_bytes(bytes)?;
            Ok(now.duration_since(sent.sent_at) > CODE_LIFETIME)
        })
    }

    /// Checks a one-time code and uses it up. The answer is the contact in its one spelling.
    ///
    /// # Errors
    /// The code is wrong, too old, or was tried too often.
    pub fn verify_code(&self, contact: &str, code: &str) -> Result<String, Failure> {
        let contact = clean_contact(contact)
            .ok_or_else(|| Refusal::field("contact", words::CONTACT_MISSING))?;
        let expired = || Refusal::new(RefusalKind::Unauthenticated, words::CODE_EXPIRED);
        let key = sha256(contact.as_bytes());
        let bytes = self.relaxed.snapshot()?.get(CODES_SENT, &key)?.ok_or_else(expired)?;
        let mut row = CodeRow::from_bytes(&bytes)?;
        if self.env.now().duration_since(row.sent_at) > CODE_LIFETIME || row.tries >= CODE_TRIES {
            return Err(expired().into());
        }
        let typed: String = code.chars().filter(char::is_ascii_digit).collect();
        let tried = sha256(format!("{contact}\0{typed}").as_bytes());
        let fits = bool::from(tried.ct_eq(&row.digest));
        let mut batch = Batch::new();
        if fits {
            batch.delete(CODES_SENT, key);
        } else {
            row.tries += 1;
            batch.put(CODES_SENT, key, row.to_bytes());
        }
        self.relaxed.commit(batch)?;
        if fits {
            return Ok(contact);
        }
        let left = (CODE_TRIES - row.tries).to_string();
        let text = words::CODE_WRONG.text(&[("n", &left)]);
        Err(Refusal { kind: RefusalKind::Unauthenticated, ..Refusal::field("code", text) }.into())
    }

    /// A proof that its bearer holds a phone or email, for the API.
    pub fn make_proof(&self, contact: &str) -> String {
        let until = self.env.now().as_second() + PROOF_LIFETIME.as_secs();
        let body = format!("{until}.{contact}");
        let plain = self.proof_key.seal(&self.env, b"proof", body.as_bytes());
        plain.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The contact that a proof stands for.
    ///
    /// # Errors
    /// The proof is forged or too old.
    pub fn check_proof(&self, proof: &str) -> Result<String, Failure> {
        let wrong = || Refusal::new(RefusalKind::Unauthenticated, words::CODE_EXPIRED);
        let bytes = (0..proof.len())
            .step_by(2)
            .map(|i| proof.get(i..i + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok()))
            .collect::<Option<Vec<u8>>>()
            .ok_or_else(wrong)?;
        let opened = self.proof_key.open(b"proof", &bytes).map_err(|_| wrong())?;
        let text = String::from_utf8(opened).map_err(|_| wrong())?;
        let (until, contact) = text.split_once('.').ok_or_else(wrong)?;
        let until: i64 = until.parse().map_err(|_| wrong())?;
        if self.env.now().as_second() > until {
            return Err(wrong().into());
        }
        Ok(contact.to_owned())
    }
}
