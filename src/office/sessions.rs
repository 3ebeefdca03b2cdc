//! Browser sessions and the public's one-time codes, in the relaxed store: a power cut may end a
//! session, it never loses a dossier.
//!
//! A session's id is random, known to the cookie only; the store keeps its digest. It changes at
//! every sign-in and whenever a password or a second factor does. An index beside the sessions tells
//! whose they are, so that people see on which devices they are signed in.

use data_encoding::HEXLOWER;
use jiff::{SignedDuration, Timestamp};
use subtle::ConstantTimeEq;

use super::notices::SentCode;
use super::{Caller, Office, words};
use crate::domain::identity;
use crate::domain::ids::DossierId;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::words::Message;
use crate::store::codec::wire::{Wire, record};
use crate::store::engine::{Batch, Direction, scan_prefix};
use crate::store::event_log::sha256;
use crate::store::ledger::Failure;
use crate::store::tables::{CODES_SENT, Key, SESSIONS, SESSIONS_OF};

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
/// How long somebody may take from the password to the end of the sign-in.
const PENDING: SignedDuration = SignedDuration::from_mins(15);
/// Sessions that are listed.
const LISTED: usize = 100;

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
    /// What it is used on, in coarse words such as `Chrome, Windows`; or empty.
    pub device: String,
    /// An account whose password was right, while more is needed before it is signed in.
    pub pending: Option<Pending>,
    /// The account that is away, in whose place its account works.
    pub stands_in_for: Option<String>,
    /// The provider through which it was signed in.
    pub signed_on: Option<SignedOn>,
}

/// A sign-in through a provider.
#[derive(Clone, PartialEq, Eq)]
pub struct SignedOn {
    /// The provider's id.
    pub provider: String,
    /// Its token, sealed: by it the provider knows the session to end.
    pub token: String,
}

impl std::fmt::Debug for SignedOn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SignedOn({})", self.provider)
    }
}

/// A sign-in that is not complete: nothing is open to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// The account.
    pub user: String,
    /// Whether the second factor was shown.
    pub is_proved: bool,
    /// The address to go on with at the end.
    pub back: String,
}

/// Whose sessions are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose<'a> {
    /// An account of the desk.
    Staff(&'a str),
    /// A citizen's telephone or email address.
    Contact(&'a str),
}

/// A session as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// What to end it by; says nothing of its id.
    pub handle: String,
    /// What it is used on; or empty.
    pub device: String,
    /// When it began.
    pub began_at: Timestamp,
    /// When it was last used, to five minutes.
    pub used_at: Timestamp,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

/// What a one-time code was sent for: it is good for nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeFor {
    /// To sign in on a page.
    SignIn,
    /// To link the account with a provider of central sign-on.
    Link,
    /// For a program, which gets a proof.
    Proof,
    /// To take a copy of one's own data.
    Copy,
    /// To delete the account.
    Delete,
}

impl CodeFor {
    const fn id(self) -> &'static str {
        match self {
            Self::SignIn => "sign-in",
            Self::Link => "link",
            Self::Proof => "proof",
            Self::Copy => "copy",
            Self::Delete => "delete",
        }
    }

    /// What the message says that it is for.
    pub(super) const fn name(self) -> Message {
        match self {
            Self::SignIn => words::CODE_SIGN_IN,
            Self::Link => words::CODE_LINK,
            Self::Proof => words::CODE_PROOF,
            Self::Copy => words::CODE_COPY,
            Self::Delete => words::CODE_DELETE,
        }
    }
}

struct CodeRow {
    digest: [u8; 32],
    sent_at: Timestamp,
    tries: u32,
}

record! {
    Pending { user, is_proved, back }
    Session {
        user, contact, opened, began_at, used_at, csrf;
        device = String::new(), pending = None, stands_in_for = None, signed_on = None
    }
    SignedOn { provider, token }
    CodeRow { digest, sent_at, tries }
}

impl Session {
    fn is_over(&self, now: Timestamp) -> bool {
        let age = now.duration_since(self.began_at);
        now.duration_since(self.used_at) > IDLE
            || age > LIFETIME
            || (self.pending.is_some() && age > PENDING)
    }

    fn is_of(&self, whose: Whose<'_>) -> bool {
        match whose {
            Whose::Staff(name) => {
                let pending = self.pending.as_ref().map(|pending| pending.user.as_str());
                self.user.as_deref() == Some(name) || pending == Some(name)
            }
            Whose::Contact(contact) => self.contact.as_deref() == Some(contact),
        }
    }
}

/// What a session is ended by: the beginning of its digest.
fn handle(key: &[u8]) -> String {
    HEXLOWER.encode(&key[..key.len().min(12)])
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
        device: &str,
    ) -> Result<(String, Session), Failure> {
        self.begin(Session { user, contact, ..self.nobodys_session(device) })
    }

    /// A fresh session of somebody whose password was right, until the rest is done.
    ///
    /// # Errors
    /// The relaxed store cannot be written.
    pub fn begin_pending(
        &self,
        pending: Pending,
        device: &str,
    ) -> Result<(String, Session), Failure> {
        self.begin(Session { pending: Some(pending), ..self.nobodys_session(device) })
    }

    /// The same session under a new id; the old one is worth nothing from now on.
    ///
    /// # Errors
    /// The relaxed store cannot be written.
    pub fn renew_session(
        &self,
        old: &str,
        session: &Session,
    ) -> Result<(String, Session), Failure> {
        self.end_session(old)?;
        // Forms that are open elsewhere in the browser stay good.
        self.begin(session.clone())
    }

    fn nobodys_session(&self, device: &str) -> Session {
        let now = self.env.now();
        Session {
            user: None,
            contact: None,
            opened: Vec::new(),
            began_at: now,
            used_at: now,
            csrf: self.env.bytes(),
            device: device.to_owned(),
            pending: None,
            stands_in_for: None,
            signed_on: None,
        }
    }

    fn begin(&self, session: Session) -> Result<(String, Session), Failure> {
        let id = self.random_id();
        self.save_session(&id, &session)?;
        Ok((id, session))
    }

    /// Where the index of somebody's sessions lies; it names nobody.
    fn sessions_key(&self, whose: Whose<'_>) -> Key {
        let name = match whose {
            Whose::Staff(name) => self.row_name("staff", name),
            Whose::Contact(contact) => self.row_name("contact", contact),
        };
        Key::new().fixed(&name)
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
        let Some(mut session) = self.open_row::<Session>(&key, &bytes) else { return Ok(None) };
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
        let key = sha256(id.as_bytes());
        let mut batch = Batch::new();
        batch.put(SESSIONS, key, self.seal_row(&key, session));
        let user = session.user.as_deref().map(Whose::Staff);
        for whose in user.into_iter().chain(session.contact.as_deref().map(Whose::Contact)) {
            let row = self.sessions_key(whose).fixed(&key);
            batch.put(SESSIONS_OF, row, session.began_at.to_bytes());
        }
        Ok(self.relaxed.commit(batch)?)
    }

    /// Somebody's sessions, the last used first. `this` is the id of the one that asks.
    ///
    /// # Errors
    /// The relaxed store cannot be read.
    pub fn sessions_of(&self, whose: Whose<'_>, this: &str) -> Result<Vec<Listed>, Failure> {
        let this = sha256(this.as_bytes());
        let sessions = self.own_sessions(whose)?.into_iter();
        let mut listed: Vec<Listed> = sessions
            .map(|(key, session)| Listed {
                handle: handle(&key),
                device: session.device,
                began_at: session.began_at,
                used_at: session.used_at,
                is_this: key == this,
            })
            .collect();
        listed.sort_by_key(|listed| std::cmp::Reverse((listed.is_this, listed.used_at)));
        Ok(listed)
    }

    fn own_sessions(&self, whose: Whose<'_>) -> Result<Vec<(Vec<u8>, Session)>, Failure> {
        let (now, snapshot) = (self.env.now(), self.relaxed.snapshot()?);
        let prefix = self.sessions_key(whose);
        let rows = scan_prefix(
            snapshot.as_ref(),
            SESSIONS_OF,
            prefix.bytes(),
            None,
            Direction::Forward,
            LISTED,
        )?;
        let mut found = Vec::with_capacity(rows.len());
        for (key, _) in rows {
            let key = key[prefix.bytes().len()..].to_vec();
            // A row of the index outlives its session until it is swept.
            let Some(bytes) = snapshot.get(SESSIONS, &key)? else { continue };
            let Some(session) = self.open_row::<Session>(&key, &bytes) else { continue };
            if session.is_of(whose) && !session.is_over(now) {
                found.push((key, session));
            }
        }
        Ok(found)
    }

    /// Ends one of somebody's sessions.
    ///
    /// # Errors
    /// They have none with this handle, or the relaxed store fails.
    pub fn end_session_of(&self, whose: Whose<'_>, wanted: &str) -> Result<(), Failure> {
        let sessions = self.own_sessions(whose)?;
        let found = sessions.into_iter().find(|(key, _)| handle(key) == wanted);
        let none = || Refusal::new(RefusalKind::NotFound, words::SESSION_NONE);
        let (key, _) = found.ok_or_else(none)?;
        let mut batch = Batch::new();
        batch.delete(SESSIONS, key);
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

    /// Ends every session of an account.
    pub(super) fn end_sessions_of(&self, user: &str) -> Result<(), Failure> {
        self.end_sessions(Whose::Staff(user), "")
    }

    /// Ends somebody's sessions but the one with the id `kept`, and every session that is over.
    ///
    /// # Errors
    /// The relaxed store fails.
    pub fn end_sessions(&self, whose: Whose<'_>, kept: &str) -> Result<(), Failure> {
        let kept = sha256(kept.as_bytes());
        self.end_sessions_where(|key, session| session.is_of(whose) && *key != kept)
    }

    /// Ends the sessions that began with a provider of central sign-on.
    pub(super) fn end_sessions_through(&self, provider: &str) -> Result<(), Failure> {
        let began_there = |session: &Session| {
            session.signed_on.as_ref().is_some_and(|one| one.provider == provider)
        };
        self.end_sessions_where(|_, session| began_there(session))
    }

    /// Ends sessions, and every one that is over.
    fn end_sessions_where(&self, ends: impl Fn(&[u8], &Session) -> bool) -> Result<(), Failure> {
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
                let session = self.open_row::<Session>(key, value);
                let goes = |session: &Session| ends(key, session) || session.is_over(now);
                if session.as_ref().is_none_or(goes) {
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
        let staff = staff.map(|caller| self.in_place(caller, session.stands_in_for.as_deref()));
        match (staff, &session.contact) {
            (Some(staff), _) => staff,
            (None, Some(contact)) => Caller::Citizen(contact.clone()),
            (None, None) => Caller::Anybody,
        }
    }

    /// Who stands in for somebody who is away today; themselves once that one is back.
    fn in_place(&self, caller: Caller, away: Option<&str>) -> Caller {
        match (&caller, away) {
            (Caller::Staff(staff), Some(away)) => {
                let acting = self.in_place_of(staff, &away.into());
                acting.map_or(caller, Caller::Staff)
            }
            _ => caller,
        }
    }

    /// Makes a one-time code for a phone or email and gives it to the carrier. The answer tells when
    /// it has left.
    ///
    /// # Errors
    /// The contact is neither a phone nor an email, or nothing can be sent to it.
    pub fn send_code(&self, contact: &str, purpose: CodeFor) -> Result<SentCode, Failure> {
        let contact = clean_contact(contact)
            .ok_or_else(|| Refusal::field("contact", words::CONTACT_MISSING))?;
        self.check_code_way(&contact)?;
        let random = u64::from_be_bytes(self.env.bytes());
        let code = format!("{:06}", random % 1_000_000);
        let digest = self.code_digest(&contact, purpose, &code);
        let row = CodeRow { digest, sent_at: self.env.now(), tries: 0 };
        let mut batch = Batch::new();
        batch.put(CODES_SENT, self.row_name("code", &contact), row.to_bytes());
        self.relaxed.commit(batch)?;
        let left = self.carry_code(&contact, (&code, purpose.name()), CODE_LIFETIME.as_mins());
        Ok(SentCode::new(code, left))
    }

    /// Forgets sessions that are over and one-time codes that are too old.
    ///
    /// # Errors
    /// The relaxed store fails.
    pub(super) fn sweep_sessions(&self) -> Result<(), Failure> {
        let now = self.env.now();
        self.sweep_relaxed(SESSIONS, &|key, bytes| {
            let session = self.open_row::<Session>(key, bytes);
            Ok(session.is_none_or(|session| session.is_over(now)))
        })?;
        self.sweep_relaxed(SESSIONS_OF, &|_, bytes| {
            Ok(now.duration_since(Timestamp::from_bytes(bytes)?) > LIFETIME)
        })?;
        self.sweep_relaxed(CODES_SENT, &|_, bytes| {
            let sent = CodeRow::from_bytes(bytes)?;
            Ok(now.duration_since(sent.sent_at) > CODE_LIFETIME)
        })
    }

    fn code_digest(&self, contact: &str, purpose: CodeFor, code: &str) -> [u8; 32] {
        self.row_name(contact, &format!("{}:{code}", purpose.id()))
    }

    /// Checks a one-time code that was sent for this, and uses it up. The answer is the contact in its one spelling.
    ///
    /// # Errors
    /// The code is wrong, too old, was sent for something else, or was tried too often.
    pub fn verify_code(
        &self,
        contact: &str,
        purpose: CodeFor,
        code: &str,
    ) -> Result<String, Failure> {
        let contact = clean_contact(contact)
            .ok_or_else(|| Refusal::field("contact", words::CONTACT_MISSING))?;
        let expired = || Refusal::new(RefusalKind::Unauthenticated, words::CODE_EXPIRED);
        let key = self.row_name("code", &contact);
        let bytes = self.relaxed.snapshot()?.get(CODES_SENT, &key)?.ok_or_else(expired)?;
        let mut row = CodeRow::from_bytes(&bytes)?;
        if self.env.now().duration_since(row.sent_at) > CODE_LIFETIME || row.tries >= CODE_TRIES {
            return Err(expired().into());
        }
        let typed: String = code.chars().filter(char::is_ascii_digit).collect();
        let tried = self.code_digest(&contact, purpose, &typed);
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
