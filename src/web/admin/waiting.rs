//! Catalogue files between the report of what would change and the word to write it.
//!
//! They wait in memory: a restart loses them, and the file is asked for again.

use std::sync::{LazyLock, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

/// How long a file waits.
const KEPT: SignedDuration = SignedDuration::from_mins(30);
/// Most files that wait at once.
const MOST: usize = 4;

/// A file that waits.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// Names it in the form.
    pub key: String,
    /// The account that sent it.
    pub owner: String,
    /// Its name.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
    /// When it came.
    pub at: Timestamp,
}

static FILES: LazyLock<Mutex<Vec<Waiting>>> = LazyLock::new(Mutex::default);

/// Keeps a file; the oldest one makes room.
pub fn keep(file: Waiting) {
    let mut files = FILES.lock().unwrap_or_else(PoisonError::into_inner);
    files.retain(|known| file.at.duration_since(known.at) < KEPT);
    if files.len() >= MOST {
        files.remove(0);
    }
    files.push(file);
}

/// Takes a file of this account, if it still waits.
pub fn take(key: &str, owner: &str, now: Timestamp) -> Option<Waiting> {
    let mut files = FILES.lock().unwrap_or_else(PoisonError::into_inner);
    files.retain(|known| now.duration_since(known.at) < KEPT);
    let place = files.iter().position(|file| file.key == key && file.owner == owner)?;
    Some(files.remove(place))
}

#[cfg(test)]
mod tests {
    use super::{Waiting, keep, take};

    #[test]
    fn a_file_is_taken_once_by_its_sender_and_not_too_late() {
        let at: jiff::Timestamp = "2026-11-23T08:00:00Z".parse().unwrap();
        let late: jiff::Timestamp = "2026-11-23T08:31:00Z".parse().unwrap();
        let file = |key: &str| Waiting {
            key: key.to_owned(),
            owner: "quantri1".to_owned(),
            name: "danh-muc.jsonl".to_owned(),
            bytes: vec![1],
            at,
        };
        keep(file("a"));
        assert!(take("a", "tiepnhan1", at).is_none());
        assert!(take("a", "quantri1", at).is_some());
        assert!(take("a", "quantri1", at).is_none());
        keep(file("b"));
        assert!(take("b", "quantri1", late).is_none());
    }
}
