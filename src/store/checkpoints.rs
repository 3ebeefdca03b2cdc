//! Checkpoints of logs (table `checkpoints`), as signed bytes: what they say is read above.

use super::codec::wire::{Damaged, Reader as Bytes};
use super::engine::Row;
use super::ledger::Failure;
use super::reader::Reader;
use super::tables::{CHECKPOINTS, Key};
use super::txn::Txn;
use crate::domain::ids::AgencyCode;

fn place(agency: &AgencyCode, number: u64) -> Key {
    Key::new().agency(agency).number(number)
}

/// The number of a row, and its bytes.
fn numbered(prefix: usize, (key, value): Row) -> Result<(u64, Vec<u8>), Damaged> {
    let mut input = Bytes::new(key.get(prefix..).unwrap_or_default());
    Ok((u64::from_be_bytes(input.array()?), value))
}

impl Txn<'_> {
    /// Keeps the next checkpoint of an agency; whether its number was still free.
    ///
    /// # Errors
    /// The engine cannot be read.
    pub fn keep_checkpoint(
        &mut self,
        agency: &AgencyCode,
        number: u64,
        bytes: Vec<u8>,
    ) -> Result<bool, Failure> {
        let key = place(agency, number);
        if self.get(CHECKPOINTS, key.bytes())?.is_some() {
            return Ok(false);
        }
        self.put(CHECKPOINTS, key, bytes);
        Ok(true)
    }
}

impl Reader {
    /// A checkpoint of an agency.
    ///
    /// # Errors
    /// The engine cannot be read.
    pub fn checkpoint(&self, agency: &AgencyCode, number: u64) -> Result<Option<Vec<u8>>, Failure> {
        Ok(self.get(CHECKPOINTS, place(agency, number).bytes())?)
    }

    /// Checkpoints of an agency before a number, the last one first; at most `limit`.
    ///
    /// # Errors
    /// The engine cannot be read, or a row is damaged.
    pub fn checkpoints(
        &self,
        agency: &AgencyCode,
        before: u64,
        limit: usize,
    ) -> Result<Vec<(u64, Vec<u8>)>, Failure> {
        let prefix = Key::new().agency(agency);
        let rows = self.scan_before(CHECKPOINTS, &prefix, before, limit)?;
        let length = prefix.bytes().len();
        Ok(rows.into_iter().map(|row| numbered(length, row)).collect::<Result<_, _>>()?)
    }
}
