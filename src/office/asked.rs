//! What people search for, counted in the relaxed store for whoever keeps the dictionary. A query that
//! may tell of a person is not kept: one with an address, a telephone number or a long number in it, or
//! that looks like a name. What one sender alone asks is kept as a digest, and shown to nobody.

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
    /// A keyed digest of the only sender so far, while there is no other; the text is empty then.
    first: Option<String>,
}

record! {
    AskedQuery { text, times, without_result, last; first = None }
}

/// Family names with which hardly anything else begins that people ask an office for.
const FAMILIES: [&str; 16] = [
    "nguyen", "tran", "pham", "hoang", "huynh", "phan", "vu", "bui", "ngo", "dinh", "doan",
    "truong", "trinh", "vo", "luu", "cao",
];
/// What stands behind the family name in most names.
const MIDDLES: [&str; 2] = ["van", "thi"];

/// The query folded, by which it is counted; none when it is not counted.
fn name(text: &str) -> Option<String> {
    let digits = text.chars().filter(|c| c.is_numeric()).count();
    let name = folded(text);
    let kept = !name.is_empty()
        && text.chars().count() <= LONGEST
        && digits < MANY_DIGITS
        && !text.contains('@');
    kept.then_some(name)
}

/// Whether a folded query looks like the name of a person: a family name with what often follows it, or
/// one before a few words of which nothing is known here.
fn looks_like_a_person(name: &str, found: usize) -> bool {
    let words: Vec<&str> = name.split(' ').collect();
    let is_family = |word: &str| FAMILIES.contains(&word);
    let has_middle = words.windows(3).any(|all| is_family(all[0]) && MIDDLES.contains(&all[1]));
    let is_short = (2..=4).contains(&words.len());
    has_middle || (found == 0 && is_short && is_family(words[0]))
}

impl Office {
    /// Counts a query and whether it found anything. Until a second sender asks the same, only a keyed
    /// digest of it is kept: what one person alone asks may tell of a person.
    ///
    /// # Errors
    /// The relaxed store fails.
    pub fn count_query(&self, text: &str, found: usize, sender: &str) -> Result<(), Failure> {
        let Some(name) = name(text).filter(|name| !looks_like_a_person(name, found)) else {
            return Ok(());
        };
        let _alone = COUNTING.lock().unwrap_or_else(PoisonError::into_inner);
        let (clear, hidden) = (Key::new().text(&name), self.hidden_key(&name));
        let sender = self.asked_digest(sender);
        let mut batch = Batch::new();
        let snapshot = self.relaxed.snapshot()?;
        let known = match snapshot.get(ASKED, clear.bytes())? {
            Some(bytes) => Some(bytes),
            None => snapshot.get(ASKED, hidden.bytes())?,
        };
        let mut asked = match known {
            Some(bytes) => AskedQuery::from_bytes(&bytes)?,
            None => {
                if let Some(least) = self.least_asked()? {
                    batch.delete(ASKED, least);
                }
                let (text, first) = (String::new(), Some(sender.clone()));
                AskedQuery { text, times: 0, without_result: 0, last: self.now(), first }
            }
        };
        asked.times += 1;
        asked.without_result += u64::from(found == 0);
        asked.last = self.now();
        if asked.first.as_ref().is_some_and(|first| *first == sender) {
            batch.put(ASKED, hidden, asked.to_bytes());
        } else {
            text.trim().clone_into(&mut asked.text);
            if asked.first.take().is_some() {
                batch.delete(ASKED, hidden);
            }
            batch.put(ASKED, clear, asked.to_bytes());
        }
        Ok(self.relaxed.commit(batch)?)
    }

    /// The row of a query that one sender alone has asked.
    fn hidden_key(&self, name: &str) -> Key {
        // No folded query begins so.
        Key::new().text(&format!("#{}", self.asked_digest(name)))
    }

    fn asked_digest(&self, text: &str) -> String {
        blake3::keyed_hash(self.person_key.bytes(), text.as_bytes()).to_hex().to_string()
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

    /// What more than one sender asked, the most frequent first.
    ///
    /// # Errors
    /// The relaxed store cannot be read.
    pub fn asked(&self) -> Result<Vec<AskedQuery>, Failure> {
        let mut asked: Vec<AskedQuery> =
            self.asked_rows()?.into_iter().map(|(_, asked)| asked).collect();
        asked.retain(|asked| !asked.text.is_empty());
        asked.sort_by_key(|one| std::cmp::Reverse((one.times, one.last)));
        Ok(asked)
    }

    pub(super) fn sweep_asked(&self) -> Result<(), Failure> {
        let now = self.now();
        self.sweep_relaxed(ASKED, &|_, bytes| {
            Ok(now.duration_since(AskedQuery::from_bytes(bytes)?.last) > KEPT)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{looks_like_a_person, name};

    #[test]
    fn what_may_tell_of_a_person_is_not_kept() {
        assert_eq!(name("Làm  CCCD?").as_deref(), Some("lam cccd"));
        for query in ["0912 345 678", "a@b.vn", "cccd 001099012345", "…", &"a".repeat(81)] {
            assert_eq!(name(query), None, "{query}");
        }
        for query in ["nguyen van an", "giay khai sinh tran thi b", "pham quynh anh"] {
            assert!(looks_like_a_person(query, 0), "{query}");
        }
        for query in ["giay khai sinh", "ho ngheo", "dang ky xe", "ly hon"] {
            assert!(!looks_like_a_person(query, 0), "{query}");
        }
        assert!(!looks_like_a_person("phan anh kien nghi", 3));
    }
}
