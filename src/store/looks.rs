//! Looks at dossiers (table `looks`): a log of its own, chained by hashes, beside the events. A look
//! changes no dossier and has no version; it is written a second after it happened, many at once.

use std::collections::HashMap;

use super::chained::{Chain, End, Linked};
use super::codec::wire::{Damaged, Reader as Bytes, Wire, record, tagged};
use super::engine::Row;
use super::event_log::Hash;
use super::ledger::Failure;
use super::reader::Reader;
use super::tables::{Key, LOOKS, LOOKS_BY, LOOKS_OF};
use super::txn::Txn;
use crate::domain::ids::DossierId;
use crate::domain::look::{Look, Part, Relation};

/// The chain of looks.
pub const CHAIN: Chain = Chain { rows: LOOKS, end: b"looks" };

tagged! {
    Part { 1 = Dossier, 2 = File, 3 = Paper }
    Relation {
        1 = Holder, 2 = Unit, 3 = Competent, 4 = Receiving, 5 = Past, 6 = Consulted, 7 = Program
    }
}

record! { Look { at, account, agency, roles, dossier, part, relation } }

/// A look as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted {
    /// Its place, from 1 without gaps.
    pub number: u64,
    /// The look.
    pub look: Look,
    /// The chain's hash at it.
    pub hash: Hash,
}

impl From<Linked<Look>> for Noted {
    fn from(linked: Linked<Look>) -> Self {
        Self { number: linked.number, look: linked.record, hash: linked.hash }
    }
}

impl Txn<'_> {
    /// Appends looks, in their order.
    ///
    /// # Errors
    /// The engine cannot be read.
    pub fn note_looks(&mut self, looks: &[Look]) -> Result<(), Failure> {
        for look in looks {
            let number = self.chain(CHAIN, &look.to_bytes())?;
            self.put(LOOKS_OF, Key::new().dossier(look.dossier).number(number), Vec::new());
            self.put(LOOKS_BY, Key::new().text(&look.account).number(number), Vec::new());
        }
        Ok(())
    }
}

/// Which looks are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LooksOf {
    /// All.
    All,
    /// Those at a dossier.
    Dossier(DossierId),
    /// Those of an account or program.
    Account(String),
}

impl Reader {
    /// Where the chain of looks ends.
    ///
    /// # Errors
    /// The engine cannot be read, or the row is damaged.
    pub fn looks_end(&self) -> Result<End, Failure> {
        self.chain_end(CHAIN)
    }

    /// A look by its place.
    ///
    /// # Errors
    /// The engine cannot be read, or the row is damaged.
    pub fn look(&self, number: u64) -> Result<Option<Noted>, Failure> {
        Ok(self.linked(CHAIN, number)?.map(Noted::from))
    }

    /// Looks before a place, the last one first; at most `limit`.
    ///
    /// # Errors
    /// The engine cannot be read, or a row is damaged.
    pub fn looks(&self, of: &LooksOf, before: u64, limit: usize) -> Result<Vec<Noted>, Failure> {
        let (table, prefix) = match of {
            LooksOf::All => (LOOKS, Key::new()),
            LooksOf::Dossier(id) => (LOOKS_OF, Key::new().dossier(*id)),
            LooksOf::Account(account) => (LOOKS_BY, Key::new().text(account)),
        };
        let rows = self.scan_before(table, &prefix, before, limit)?;
        let number = |(key, _): &Row| {
            let mut input = Bytes::new(key.get(prefix.bytes().len()..).unwrap_or_default());
            Ok(u64::from_be_bytes(input.array()?))
        };
        let numbers = rows.iter().map(number).collect::<Result<Vec<u64>, Damaged>>()?;
        let mut found = Vec::with_capacity(numbers.len());
        for number in numbers {
            found.push(self.look(number)?.ok_or(Damaged("a look is missing"))?);
        }
        Ok(found)
    }

    /// How often each of the two lists beside the looks names them, for checks.
    ///
    /// # Errors
    /// The engine cannot be read.
    pub fn looks_listed(&self) -> Result<HashMap<&'static str, u64>, Failure> {
        let lists = [("by dossier", LOOKS_OF), ("by account", LOOKS_BY)];
        let counted = lists.into_iter().map(|(name, table)| Ok((name, self.len(table)?)));
        counted.collect()
    }
}
