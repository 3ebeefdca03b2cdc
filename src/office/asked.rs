//! What people search for, counted in the relaxed store for whoever keeps the dictionary. A query that
//! may tell of a person is not kept: one with an address, a telephone number or a long number in it.

use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

use super::Office;
use crate::search::analysis::folded;
use crate::store::codec::wire::{Wire, record};
use crate::store::engine::{Batch, Direction, scan_prefix};
use crate::store::ledger::Failure;
use crate::store::tables::{ASKED, Key};

/// Queries that are kept.
const MOST: usize = 2_000;
/// Longest query that is kept, in characters: longer ones tell a story, and stories have persons.
const LONGEST: usize = 80;
/// A query with this many digits may be somebody's number.
const MANY_DIGITS: usize = 6;
/// How long a query that nobody repeats is kept.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 180);

/// Counting reads before it writes.
static COUNTING: Mutex<()> = Mutex::new(());

/// A query that was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedQuery {
    /// As it was typed last.
    pub text: String,
    /// How often.
    pub times: u64,
    /// How often it found nothing.
    pub without_result: u64,
    /// When, last.
    pub last: Timestamp,
}

record! {
    AskedQuery { text, times, without_result, last }
}

/// The query as its row is named; none when it is not kept.
fn name(text: &str) -> Option<String> {
    let digits = text.chars().filter(|c| c.is_numeric()).count();
    let name = folded(text);
    let kept = !name.is_empty()
        && text.chars().count() <= LONGEST
        && digits < MANY_DIGITS
        && !text.contains('@');
    kept.then_some(name)
}

impl Office {
    /// Counts a query and whether it found anything.
    ///
    /// # Errors
    /// The relaxed store fails.
    pub fn count_query(&self, text: &str, found: usize) -> Result<(), Failure> {
        let Some(name) = name(text) else { return Ok(()) };
        let key = Key::new().text(&name);
        let _alone = COUNTING.lock().unwrap_or_else(PoisonError::into_inner);
        let mut batch = Batch::new();
        let known = self.relaxed.snapshot()?.get(ASKED, key.bytes())?;
        let mut asked = match known {
            Some(bytes) => AskedQuery::from_bytes(&bytes)?,
            None => {
                if let Some(least) = self.least_asked()? {
                    batch.delete(ASKED, least);
                }
                let text = String::new();
                AskedQuery { text, times: 0, without_result: 0, last: self.now() }
            }
        };
        text.trim().clone_into(&mut asked.text);
        asked.times += 1;
        asked.without_result += u64::from(found == 0);
        asked.last = self.now();
        batch.put(ASKED, key, asked.to_bytes());
        Ok(self.relaxed.commit(batch)?)
    }

    /// The row that makes room for another one; none while there is room.
    fn least_asked(&self) -> Result<Option<Vec<u8>>, Failure> {
        let rows = self.asked_rows()?;
        if rows.len() < MOST {
            return Ok(None);
        }
        let least = rows.into_iter().min_by_key(|(_, asked)| (asked.times, asked.last));
        Ok(least.map(|(key, _)| key))
    }

    fn asked_rows(&self) -> Result<Vec<(Vec<u8>, AskedQuery)>, Failure> {
        let snapshot = self.relaxed.snapshot()?;
        let rows = scan_prefix(snapshot.as_ref(), ASKED, &[], None, Direction::Forward, MOST)?;
        let read = |(key, bytes): (Vec<u8>, Vec<u8>)| Ok((key, AskedQuery::from_bytes(&bytes)?));
        rows.into_iter().map(read).collect()
    }

    /// What people asked, the most frequent first.
    ///
    /// # Errors
    /// The relaxed store cannot be read.
    pub fn asked(&self) -> Result<Vec<AskedQuery>, Failure> {
        let mut asked: Vec<AskedQuery> =
            self.asked_rows()?.into_iter().map(|(_, asked)| asked).collect();
        asked.sort_by_key(|one| std::cmp::Reverse((one.times, one.last)));
        Ok(asked)
    }

    pub(super) fn sweep_asked(&self) -> Result<(), Failure> {
        let now = self.now();
        self.sweep_relaxed(ASKED, &|bytes| {
            Ok(now.duration_since(AskedQuery::from_bytes(bytes)?.last) > KEPT)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn what_may_tell_of_a_person_is_not_kept() {
        assert_eq!(name("Làm  CCCD?").as_deref(), Some("lam cccd"));
        for query in ["0912 345 678", "a@b.vn", "cccd 001099012345", "…", &"a".repeat(81)] {
            assert_eq!(name(query), None, "{query}");
        }
    }
}
