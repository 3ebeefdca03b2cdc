//! Persons as keyed hashes. Without the key the index says nothing of a name, number or address.
//!
//! A syllable, a pair of neighbours, a beginning, an end: each is hashed under its own kind, so
//! that one cannot be taken for another. 64 bits are kept: two of ten million syllables almost
//! never meet, and a meeting costs one wrong row, which the desk sees.

use std::collections::BTreeSet;

use crate::domain::person::Person;
use crate::search::analysis::syllables;

/// First letters of a syllable that are searchable.
const LETTERS: std::ops::RangeInclusive<usize> = 2..=4;
/// First and last digits of a number that are searchable.
const DIGITS: std::ops::RangeInclusive<usize> = 3..=6;

/// What a hash stands for.
#[derive(Clone, Copy, Debug)]
enum Kind {
    Syllable = 1,
    Pair,
    Beginning,
    Number,
    FirstDigits,
    LastDigits,
    Fingerprint,
}

/// The instance's key for this index.
#[derive(Clone)]
pub struct SearchKey([u8; 32]);

impl std::fmt::Debug for SearchKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SearchKey(…)")
    }
}

/// The hashes of persons' texts and numbers.
#[derive(Debug, Default)]
pub struct Hashes {
    /// Of names.
    pub names: BTreeSet<u64>,
    /// Of addresses.
    pub places: BTreeSet<u64>,
    /// Of identity and phone numbers.
    pub numbers: BTreeSet<u64>,
}

impl SearchKey {
    /// A key of 32 random bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    fn hash(&self, kind: Kind, text: &str) -> u64 {
        let mut hasher = blake3::Hasher::new_keyed(&self.0);
        hasher.update(&[kind as u8]).update(text.as_bytes());
        let mut first = [0; 8];
        first.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
        u64::from_le_bytes(first)
    }

    /// Says whether an index was made with this key, without saying the key.
    pub fn fingerprint(&self) -> u64 {
        self.hash(Kind::Fingerprint, "dossiers")
    }

    /// A whole syllable, folded.
    pub fn syllable(&self, folded: &str) -> u64 {
        self.hash(Kind::Syllable, folded)
    }

    /// Two neighbouring syllables, folded.
    pub fn pair(&self, first: &str, second: &str) -> u64 {
        self.hash(Kind::Pair, &format!("{first} {second}"))
    }

    /// The beginning of a syllable, when it is long enough to be searchable; longer beginnings
    /// than are kept find by their first letters.
    pub fn beginning(&self, folded: &str) -> Option<u64> {
        let letters = folded.chars().count().min(*LETTERS.end());
        let end = folded.char_indices().nth(letters).map_or(folded.len(), |(end, _)| end);
        LETTERS.contains(&letters).then(|| self.hash(Kind::Beginning, &folded[..end]))
    }

    /// What a number of this many digits could be: the whole, its beginning or its end. Empty for
    /// fewer than three digits.
    pub fn number(&self, digits: &str) -> Vec<u64> {
        let kept = digits.len().min(*DIGITS.end());
        if kept < *DIGITS.start() {
            return Vec::new();
        }
        let digits = &normal_number(digits);
        let kept = kept.min(digits.len());
        vec![
            self.hash(Kind::Number, digits),
            self.hash(Kind::FirstDigits, &digits[..kept]),
            self.hash(Kind::LastDigits, &digits[digits.len() - kept..]),
        ]
    }

    /// All hashes of a dossier's persons.
    pub fn persons(&self, persons: &[Person]) -> Hashes {
        let mut hashes = Hashes::default();
        for person in persons {
            self.text(&person.name, &mut hashes.names);
            if let Some(address) = &person.address {
                self.text(address, &mut hashes.places);
            }
            for number in [&person.id_number, &person.phone].into_iter().flatten() {
                self.all_of_number(number, &mut hashes.numbers);
            }
        }
        hashes
    }

    fn text(&self, text: &str, into: &mut BTreeSet<u64>) {
        let folded: Vec<String> = syllables(text).into_iter().map(|s| s.folded).collect();
        for syllable in &folded {
            into.insert(self.syllable(syllable));
            for (letters, (end, c)) in (1..).zip(syllable.char_indices()) {
                if LETTERS.contains(&letters) {
                    into.insert(self.hash(Kind::Beginning, &syllable[..end + c.len_utf8()]));
                }
            }
        }
        into.extend(folded.windows(2).map(|pair| self.pair(&pair[0], &pair[1])));
    }

    fn all_of_number(&self, number: &str, into: &mut BTreeSet<u64>) {
        let number = normal_number(number);
        if number.is_empty() {
            return;
        }
        into.insert(self.hash(Kind::Number, &number));
        for kept in DIGITS.filter(|kept| *kept <= number.len()) {
            into.insert(self.hash(Kind::FirstDigits, &number[..kept]));
            into.insert(self.hash(Kind::LastDigits, &number[number.len() - kept..]));
        }
    }
}

/// ASCII letters and digits, upper case; +84 and 84 before nine digits are a leading 0.
fn normal_number(number: &str) -> String {
    let kept: String = number
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_uppercase())
        .collect();
    match kept.strip_prefix("84") {
        Some(rest) if rest.len() == 9 => format!("0{rest}"),
        _ => kept,
    }
}

#[cfg(test)]
mod tests {
    use super::{Person, SearchKey, normal_number};

    fn key() -> SearchKey {
        SearchKey::new([7; 32])
    }

    #[test]
    fn kinds_and_keys_never_mix() {
        assert_ne!(key().syllable("an"), key().beginning("an").unwrap());
        assert_ne!(key().syllable("an"), SearchKey::new([8; 32]).syllable("an"));
        assert_ne!(key().pair("a", "bc"), key().pair("ab", "c"));
    }

    #[test]
    fn a_phone_has_one_number_however_written() {
        for written in ["+84 912 345 678", "84912345678", "0912.345.678"] {
            assert_eq!(normal_number(written), "0912345678");
        }
        assert_eq!(normal_number("c1234567"), "C1234567");
    }

    #[test]
    fn every_kept_fragment_is_found() {
        let person = Person { id_number: Some("040099001234".into()), ..Person::default() };
        let hashes = key().persons(&[person]);
        for typed in ["040", "0400", "040099", "234", "001234", "040099001234", "04009900"] {
            assert!(key().number(typed).iter().any(|h| hashes.numbers.contains(h)), "{typed}");
        }
        assert!(key().number("12").is_empty());
        assert!(!key().number("990").iter().any(|h| hashes.numbers.contains(h)));
    }
}
