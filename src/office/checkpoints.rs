//! Checkpoints: where an agency's log stood, signed each day and on demand, chained to one another, and
//! compared with the log as it is now. One that was filed away outside shows every later change.

mod comparing;

use data_encoding::HEXLOWER;
use jiff::Timestamp;
use jiff::civil::Date;

pub use comparing::Finding;

use super::{Caller, Failure, Office, words};
use crate::documents::seal::{Checkpoint, SignedCheckpoint};
use crate::domain::agency::Role;
use crate::domain::calendar::{local, written};
use crate::domain::dossier::Directory;
use crate::domain::ids::AgencyCode;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::store::codec::wire::Damaged;
use crate::store::event_log::sha256;
use crate::store::reader::Reader;

/// How often a checkpoint is tried again when another one was made at the same moment.
const TRIES: usize = 3;

impl Office {
    /// How checkpoints name this instance.
    pub fn instance(&self) -> [u8; 16] {
        let mut first = [0; 16];
        first.copy_from_slice(&sha256(&self.store_id)[..16]);
        first
    }

    /// Makes a checkpoint of an agency's log as it stands. Looks that wait are written before.
    ///
    /// # Errors
    /// The log has no event yet, or the store fails.
    pub fn create_checkpoint(&self, agency: &AgencyCode) -> Result<SignedCheckpoint, Failure> {
        self.flush_looks()?;
        for _ in 0..TRIES {
            let reader = self.ledger.reader()?;
            let next = self.next_checkpoint(&reader, agency)?;
            drop(reader);
            let next = next.ok_or_else(|| {
                Refusal::new(
                    RefusalKind::Impossible,
                    words::LOG_EMPTY.text(&[("agency", agency.as_str())]),
                )
            })?;
            let signed = next.sign(&self.paper_keys_now().signs);
            let (row, to) = (signed.bytes().to_owned(), agency.clone());
            let number = next.number;
            let kept =
                self.ledger.run_blocking(move |txn| txn.keep_checkpoint(&to, number, row))?;
            if kept.value {
                return Ok(signed);
            }
        }
        Err(Refusal::new(RefusalKind::Conflict, words::BUSY).into())
    }

    /// Makes the checkpoints of days that are over in Vietnam, of logs that have grown since the last
    /// one; how many.
    ///
    /// # Errors
    /// The store fails.
    pub fn checkpoint_days(&self) -> Result<usize, Failure> {
        let today = local(self.now()).date();
        let reader = self.ledger.reader()?;
        let mut made = 0;
        for agency in reader.logs()? {
            if self.is_day_over(&reader, &agency, today)? {
                self.create_checkpoint(&agency)?;
                made += 1;
            }
        }
        Ok(made)
    }

    fn is_day_over(
        &self,
        reader: &Reader,
        agency: &AgencyCode,
        today: Date,
    ) -> Result<bool, Failure> {
        let Some(last) = reader.last_of(agency)? else { return Ok(false) };
        let before = last_checkpoint(reader, agency)?;
        // What happened today waits until the day is over; what happened earlier has waited enough.
        let since = match &before {
            Some(before) if before.said.sequence >= last.header.sequence => return Ok(false),
            Some(before) => reader.logged(agency, before.said.sequence + 1)?,
            None => reader.logged(agency, 1)?,
        };
        Ok(since.is_some_and(|first| local(first.header.at).date() < today))
    }

    /// Where the log stands now, as its next checkpoint says it; none while it has no event.
    fn next_checkpoint(
        &self,
        reader: &Reader,
        agency: &AgencyCode,
    ) -> Result<Option<Checkpoint>, Failure> {
        let Some(last) = reader.last_of(agency)? else { return Ok(None) };
        let before = last_checkpoint(reader, agency)?;
        let looks = reader.looks_end()?;
        // The clock may have been set back; checkpoints stay in the order of time.
        let earliest = before.as_ref().map_or(Timestamp::UNIX_EPOCH, |before| before.said.at);
        let at = Timestamp::from_second(self.now().as_second()).unwrap_or(earliest).max(earliest);
        Ok(Some(Checkpoint {
            instance: self.instance(),
            agency: agency.clone(),
            number: before.as_ref().map_or(0, |before| before.said.number) + 1,
            at,
            sequence: last.header.sequence,
            chain: last.hash,
            commit: last.header.commit,
            looks: looks.count,
            looks_chain: looks.hash,
            previous: before.map_or([0; 32], |before| before.digest()),
        }))
    }

    /// The agency whose checkpoints a caller reads: their own by default; any other for an administrator
    /// and for a program.
    ///
    /// # Errors
    /// The caller may not, or there is no such agency.
    pub fn checkpoints_agency(
        &self,
        caller: &Caller,
        named: Option<&AgencyCode>,
    ) -> Result<AgencyCode, Refusal> {
        let may = [Role::Admin, Role::Auditor, Role::Integration].iter().any(|r| caller.is(*r));
        if !may {
            return Err(Refusal::new(RefusalKind::Forbidden, words::ROLE_MAY_NOT));
        }
        let world = self.world();
        let own = caller.staff().map(|staff| staff.agency.clone());
        let only = || {
            let mut all = world.agencies().map(|agency| agency.code.clone());
            all.next().filter(|_| all.next().is_none())
        };
        let asked = named.cloned().or_else(|| own.clone()).or_else(only);
        let asked = asked.ok_or_else(|| Refusal::field("agency", words::AGENCY_NEEDED))?;
        let theirs = own.as_ref().is_none_or(|own| *own == asked) || caller.is(Role::Admin);
        let known = world.agency(&asked).filter(|_| theirs);
        known.map(|agency| agency.code.clone()).ok_or_else(|| {
            let text = words::AGENCY_UNKNOWN.text(&[("code", asked.as_str())]);
            Refusal::new(RefusalKind::NotFound, text)
        })
    }

    /// The checkpoints of an agency before a number, the last one first. The caller's right to them was
    /// checked.
    ///
    /// # Errors
    /// The store fails, or a row is damaged.
    pub fn checkpoints(
        &self,
        agency: &AgencyCode,
        before: Option<u64>,
        limit: usize,
    ) -> Result<Vec<SignedCheckpoint>, Failure> {
        let reader = self.ledger.reader()?;
        let rows = reader.checkpoints(agency, before.unwrap_or(u64::MAX), limit)?;
        rows.iter().map(|(_, bytes)| read(bytes)).collect()
    }

    /// One of them.
    ///
    /// # Errors
    /// There is none, or the store fails.
    pub fn checkpoint(
        &self,
        agency: &AgencyCode,
        number: u64,
    ) -> Result<SignedCheckpoint, Failure> {
        let row = self.ledger.reader()?.checkpoint(agency, number)?;
        let row = row.ok_or_else(|| Refusal::new(RefusalKind::NotFound, words::NO_CHECKPOINT))?;
        read(&row)
    }
}

fn read(bytes: &[u8]) -> Result<SignedCheckpoint, Failure> {
    Ok(SignedCheckpoint::from_bytes(bytes).map_err(|_| Damaged("a checkpoint"))?)
}

fn last_checkpoint(
    reader: &Reader,
    agency: &AgencyCode,
) -> Result<Option<SignedCheckpoint>, Failure> {
    let rows = reader.checkpoints(agency, u64::MAX, 1)?;
    rows.first().map(|(_, bytes)| read(bytes)).transpose()
}

/// The checkpoint as a text file that people and `check --against` read.
pub fn file_of(signed: &SignedCheckpoint) -> String {
    let said = &signed.said;
    let digits = |bytes: &[u8]| HEXLOWER.encode(bytes);
    format!(
        "Phiếu chốt nhật ký / Checkpoint of a log\n\
         agency: {}\nnumber: {}\nat: {}\nevents: {}\nhash: {}\ncommit: {}\nlooks: {}\n\
         looks_hash: {}\nprevious: {}\ninstance: {}\nkey: {}\n\n{}\n",
        said.agency,
        said.number,
        written(said.at),
        said.sequence,
        digits(&said.chain),
        said.commit,
        said.looks,
        digits(&said.looks_chain),
        digits(&said.previous),
        digits(&said.instance),
        signed.key,
        signed.text(),
    )
}

/// The name of that file, without its ending.
pub fn file_stem(signed: &SignedCheckpoint) -> String {
    format!("chot-nhat-ky-{}-{:05}", signed.said.agency, signed.said.number)
}
