//! The papers of persons, each person's sealed under a key of their own. Keys of rows name a person by
//! a keyed digest only. With the last paper the key goes, and what copies of old pages hold stays sealed.

use super::codec::wire::{Damaged, Wire, record};
use super::keyring::{OVERHEAD, SealKey};
use super::ledger::{Failure, Shared};
use super::reader::Reader;
use super::tables::{BLOBS, Key, PERSON_PAPERS, PERSONS};
use super::txn::Txn;
use crate::domain::ids::PersonalPaperId;
use crate::domain::personal::PersonalPaper;

/// Bytes of a wrapped key.
pub(super) const WRAPPED: usize = 32 + OVERHEAD;

/// A person as rows name them: a keyed digest of their telephone number or email address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PersonId(pub [u8; 32]);

/// What is known of a person without their key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holdings {
    /// Their key, wrapped under the keyring's.
    pub(super) wrapped: [u8; WRAPPED],
    /// How many papers they keep.
    pub papers: u64,
    /// Bytes of the papers' files.
    pub bytes: u64,
}

record! { Holdings { wrapped, papers, bytes } }

fn place(person: PersonId, paper: PersonalPaperId) -> Key {
    Key::new().fixed(&person.0).fixed(&paper.0)
}

fn key_of(holdings: &Holdings, shared: &Shared, person: PersonId) -> Result<SealKey, Failure> {
    Ok(shared.wrapping.unwrap(&holdings.wrapped, &person.0)?)
}

impl Txn<'_> {
    /// What a person keeps; none when it is nothing.
    ///
    /// # Errors
    /// The engine cannot be read.
    pub fn holdings(&self, person: PersonId) -> Result<Option<Holdings>, Failure> {
        let row = self.get(PERSONS, &person.0)?;
        Ok(row.map(|bytes| Holdings::from_bytes(&bytes)).transpose()?)
    }

    /// A person's row with their key, made if there is none.
    fn opened(&self, person: PersonId) -> Result<(Holdings, SealKey), Failure> {
        let shared = self.shared();
        if let Some(holdings) = self.holdings(person)? {
            let key = key_of(&holdings, shared, person)?;
            return Ok((holdings, key));
        }
        let key = SealKey::generate(&shared.env);
        let wrapped = key.wrap(&shared.env, &shared.wrapping.present(), &person.0);
        let wrapped = wrapped.try_into().map_err(|_| Damaged("a wrapped key"))?;
        Ok((Holdings { wrapped, papers: 0, bytes: 0 }, key))
    }

    /// The key of something that has a row of its own beside those of persons, made if there is none.
    ///
    /// # Errors
    /// The engine cannot be read.
    pub(super) fn own_key(&mut self, id: PersonId) -> Result<SealKey, Failure> {
        let (holdings, key) = self.opened(id)?;
        self.put(PERSONS, id.0, holdings.to_bytes());
        Ok(key)
    }

    /// The key of such a row; none when it has gone.
    ///
    /// # Errors
    /// The engine cannot be read.
    pub(super) fn known_key(&self, id: PersonId) -> Result<Option<SealKey>, Failure> {
        let holdings = self.holdings(id)?;
        holdings.map(|holdings| key_of(&holdings, self.shared(), id)).transpose()
    }

    /// Keeps a paper whose blobs are nobody's yet.
    ///
    /// # Errors
    /// The engine cannot be read.
    pub fn keep_paper(&mut self, person: PersonId, paper: &PersonalPaper) -> Result<(), Failure> {
        let shared = self.shared().clone();
        let (mut holdings, key) = self.opened(person)?;
        holdings.papers += 1;
        holdings.bytes += paper.size();
        let row = place(person, paper.id);
        let sealed = key.seal(&shared.env, row.bytes(), &paper.to_bytes());
        self.put(PERSON_PAPERS, row, sealed);
        self.put(PERSONS, person.0, holdings.to_bytes());
        for file in &paper.files {
            self.put(BLOBS, file.id.0, person.0.to_vec());
        }
        Ok(())
    }

    /// A paper of a person.
    ///
    /// # Errors
    /// The engine cannot be read, or the row is damaged.
    pub fn personal_paper(
        &self,
        person: PersonId,
        paper: PersonalPaperId,
    ) -> Result<Option<PersonalPaper>, Failure> {
        let Some(holdings) = self.holdings(person)? else { return Ok(None) };
        let row = place(person, paper);
        let Some(sealed) = self.get(PERSON_PAPERS, row.bytes())? else { return Ok(None) };
        let plain = key_of(&holdings, self.shared(), person)?.open(row.bytes(), &sealed)?;
        Ok(Some(PersonalPaper::from_bytes(&plain)?))
    }

    /// Writes a kept paper again; its files stay as they are.
    ///
    /// # Errors
    /// The engine cannot be read.
    pub fn change_paper(&mut self, person: PersonId, paper: &PersonalPaper) -> Result<(), Failure> {
        let Some(holdings) = self.holdings(person)? else { return Ok(()) };
        let shared = self.shared().clone();
        let row = place(person, paper.id);
        let key = key_of(&holdings, &shared, person)?;
        let sealed = key.seal(&shared.env, row.bytes(), &paper.to_bytes());
        self.put(PERSON_PAPERS, row, sealed);
        Ok(())
    }

    /// Takes a paper out, and the person's key with the last one. Its blobs are nobody's then.
    ///
    /// # Errors
    /// The engine cannot be read.
    pub fn drop_paper(&mut self, person: PersonId, paper: &PersonalPaper) -> Result<(), Failure> {
        let Some(mut holdings) = self.holdings(person)? else { return Ok(()) };
        holdings.papers = holdings.papers.saturating_sub(1);
        holdings.bytes = holdings.bytes.saturating_sub(paper.size());
        self.delete(PERSON_PAPERS, place(person, paper.id));
        match holdings.papers {
            0 => self.delete(PERSONS, person.0),
            _ => self.put(PERSONS, person.0, holdings.to_bytes()),
        }
        for file in &paper.files {
            self.delete(BLOBS, file.id.0);
        }
        Ok(())
    }
}

impl Reader {
    /// The papers that a person keeps, in no order that means anything.
    ///
    /// # Errors
    /// The engine cannot be read, or a row is damaged.
    pub fn personal_papers(&self, person: PersonId) -> Result<Vec<PersonalPaper>, Failure> {
        let Some(row) = self.get(PERSONS, &person.0)? else { return Ok(Vec::new()) };
        let key = key_of(&Holdings::from_bytes(&row)?, self.shared(), person)?;
        let rows = self.scan(PERSON_PAPERS, &person.0, None, usize::MAX)?;
        let opened = rows.iter().map(|(row, sealed)| {
            let plain = key.open(row, sealed)?;
            Ok(PersonalPaper::from_bytes(&plain)?)
        });
        opened.collect()
    }

    /// The key of a person, or of something with a row of its own; none when it has gone.
    ///
    /// # Errors
    /// The engine cannot be read, or the row is damaged.
    pub(super) fn person_key(&self, id: PersonId) -> Result<Option<SealKey>, Failure> {
        let row = self.get(PERSONS, &id.0)?;
        let holdings = row.map(|row| Holdings::from_bytes(&row)).transpose()?;
        holdings.map(|holdings| key_of(&holdings, self.shared(), id)).transpose()
    }

    /// Who a row is about, what it says, and the papers that are there, for checks.
    ///
    /// # Errors
    /// The engine cannot be read, or a row is damaged.
    pub fn person(
        &self,
        row: &[u8],
        value: &[u8],
    ) -> Result<(PersonId, Holdings, Vec<PersonalPaper>), Failure> {
        let id = PersonId(row.try_into().map_err(|_| Damaged("a person's key"))?);
        let holdings = Holdings::from_bytes(value)?;
        Ok((id, holdings, self.personal_papers(id)?))
    }
}
