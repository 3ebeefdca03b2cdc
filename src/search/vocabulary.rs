//! The syllables that the catalogue uses, and what a syllable that it does not use may have meant.
//!
//! The place where mended spelling is deepened: everything here works on folded syllables.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use super::analysis;

/// Mended readings that are worth trying for one syllable.
const MOST_MENDED: usize = 6;
/// Completions of a syllable that is still being typed.
const MOST_COMPLETED: usize = 8;
/// A Vietnamese folded syllable has at most seven letters ("nghieng"), "passport" has eight.
const LONGEST_SYLLABLE: usize = 8;

/// Known folded syllables with the number of names that use each; zero when only other texts do,
/// which are long and hold errors of their own, so that nothing is mended to their words.
#[derive(Debug, Default)]
pub struct Vocabulary {
    names: HashMap<Arc<str>, u32>,
    /// Those that names use, the most used first, with what compares them quickly.
    ranked: Vec<Ranked>,
    /// By their folded form: exact forms, the most used first.
    spellings: HashMap<Box<str>, Vec<(Box<str>, u32)>>,
}

/// A syllable that others may be mended to.
#[derive(Debug)]
struct Ranked {
    folded: Arc<str>,
    sound: Arc<str>,
    letters: u32,
}

/// Which letters a folded run has, one bit each. One typing error changes two of them at most.
fn letters(folded: &str) -> u32 {
    folded.bytes().fold(0, |bits, b| bits | 1 << (b & 31))
}

impl Vocabulary {
    /// Counts a syllable in; the higher count wins.
    pub fn add(&mut self, folded: &str, names: u32) {
        if folded.len() > 24 {
            return;
        }
        let count = self.names.entry(folded.into()).or_default();
        *count = names.max(*count);
    }

    /// Puts in order what was counted in, so that syllables can be mended and completed.
    pub fn rank(&mut self) {
        let mut used: Vec<_> = self.names.iter().filter(|(_, names)| **names > 0).collect();
        used.sort_unstable_by_key(|(known, names)| (Reverse(**names), *known));
        let rank = |(known, _): (&Arc<str>, &u32)| {
            let sound = known.is_ascii().then(|| analysis::sound(known));
            let other = sound.filter(|sound| **sound != **known);
            Ranked {
                sound: other.map_or_else(|| known.clone(), Into::into),
                letters: letters(known),
                folded: known.clone(),
            }
        };
        self.ranked = used.into_iter().map(rank).collect();
    }

    /// Notes how a syllable is spelt, and in how many names.
    pub fn add_spelling(&mut self, folded: &str, exact: &str, names: u32) {
        let known = self.spellings.entry(folded.into()).or_default();
        match known.iter_mut().find(|(other, _)| &**other == exact) {
            Some((_, count)) => *count = names.max(*count),
            None => known.push((exact.into(), names)),
        }
        known.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    }

    /// The exact forms of a folded syllable, the most used first.
    pub fn spellings(&self, folded: &str) -> impl Iterator<Item = &str> {
        self.spellings.get(folded).into_iter().flatten().map(|(exact, _)| &**exact)
    }

    /// Whether any text uses the syllable.
    pub fn knows(&self, folded: &str) -> bool {
        self.names.contains_key(folded)
    }

    /// The number of names that use it.
    fn names(&self, folded: &str) -> u32 {
        self.names.get(folded).copied().unwrap_or(0)
    }

    /// Known syllables of which this is one typing error or one common mishearing away, most used
    /// first. Short syllables are too close to everything to be mended.
    pub fn similar(&self, folded: &str) -> Vec<&str> {
        if folded.len() < 3 || !folded.bytes().all(|b| b.is_ascii_lowercase()) {
            return Vec::new();
        }
        let (sound, typed) = (analysis::sound(folded), letters(folded));
        let near = |known: &Ranked| {
            let other = &*known.folded;
            if other.len().abs_diff(folded.len()) > 2 || !other.is_ascii() || other == folded {
                return false;
            }
            let is_typo = (known.letters ^ typed).count_ones() <= 2
                && other.len() >= 2
                && analysis::one_typo_apart(folded, other);
            is_typo || *known.sound == *sound
        };
        self.most_used(near, MOST_MENDED)
    }

    /// Known syllables that begin like this one, most used first.
    pub fn completions(&self, folded: &str) -> Vec<&str> {
        let longer =
            |known: &Ranked| known.folded.len() > folded.len() && known.folded.starts_with(folded);
        self.most_used(longer, MOST_COMPLETED)
    }

    /// The syllables that were typed without spaces between them, if the run splits into two to
    /// five known ones: fewest parts first, then the commonest.
    pub fn split(&self, run: &str) -> Option<Vec<String>> {
        if run.len() < 5 || !run.bytes().all(|b| b.is_ascii_lowercase()) {
            return None;
        }
        // best[end] = (parts, commonness, start of the last part)
        let mut best: Vec<Option<(usize, f32, usize)>> = vec![None; run.len() + 1];
        best[0] = Some((0, 0.0, 0));
        for end in 1..=run.len() {
            for start in end.saturating_sub(LONGEST_SYLLABLE)..end {
                let Some((parts, common, _)) = best[start] else { continue };
                let names = self.names(&analysis::folded_syllable(&run[start..end]));
                if names == 0 || end - start < 2 && names < 3 {
                    continue;
                }
                let next = (parts + 1, common + (names as f32).ln_1p(), start);
                let better =
                    best[end].is_none_or(|b| next.0 < b.0 || next.0 == b.0 && next.1 > b.1);
                if better {
                    best[end] = Some(next);
                }
            }
        }
        let mut parts = Vec::new();
        let mut end = run.len();
        while end > 0 {
            let (_, _, start) = best[end]?;
            parts.push(analysis::folded_syllable(&run[start..end]));
            end = start;
        }
        parts.reverse();
        (2..=5).contains(&parts.len()).then_some(parts)
    }

    fn most_used(&self, wanted: impl Fn(&Ranked) -> bool, most: usize) -> Vec<&str> {
        let found = self.ranked.iter().filter(|known| wanted(known));
        found.take(most).map(|known| &*known.folded).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Vocabulary;

    fn vocabulary() -> Vocabulary {
        let mut vocabulary = Vocabulary::default();
        for (syllable, names) in [
            ("khai", 9),
            ("sinh", 8),
            ("khau", 5),
            ("ho", 7),
            ("trich", 3),
            ("luc", 3),
            ("si", 1),
            ("nh", 1),
            ("ki", 4),
        ] {
            vocabulary.add(syllable, names);
        }
        vocabulary.add("ccct", 0);
        vocabulary.rank();
        vocabulary
    }

    #[test]
    fn mends_one_error() {
        let v = vocabulary();
        assert_eq!(v.similar("khaii"), ["khai"]);
        assert_eq!(v.similar("xinh"), ["sinh"]);
        assert_eq!(v.similar("chich"), ["trich"]);
        assert_eq!(v.similar("snih"), ["sinh"]);
        assert!(v.similar("oh").is_empty());
        assert!(v.similar("ccctt").is_empty(), "words that no name uses are no mending");
    }

    #[test]
    fn splits_a_run_into_known_syllables() {
        let v = vocabulary();
        assert_eq!(v.split("khaisinh").unwrap(), ["khai", "sinh"]);
        assert_eq!(v.split("trichluckhaisinh").unwrap(), ["trich", "luc", "khai", "sinh"]);
        assert_eq!(v.split("kykhai").unwrap(), ["ki", "khai"]);
        assert_eq!(v.split("khaixyz"), None);
        assert_eq!(v.split("sinh"), None);
    }

    #[test]
    fn completes_a_beginning() {
        assert_eq!(vocabulary().completions("kh"), ["khai", "khau"]);
        assert!(vocabulary().completions("khai").is_empty());
    }
}
