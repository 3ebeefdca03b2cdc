//! What people say and what the official names call it: reviewed data under `assets/search/`.
//!
//! Three lists: everyday words with their official ones, everyday syllables that say little, and
//! special cases that rank below their general procedure. Editing the files changes the stamp,
//! so that indexes built with the old lists are rebuilt.

use std::collections::{HashMap, HashSet};

use super::analysis::{Syllable, syllables};

const WORDS: &str = include_str!("../../assets/search/words.tsv");
const NOISE: &str = include_str!("../../assets/search/noise.tsv");
const VARIANTS: &str = include_str!("../../assets/search/variants.tsv");

/// The most special cases that fit the index's bit mask.
const MOST_VARIANTS: usize = 64;

/// The three lists, ready for matching.
#[derive(Debug)]
pub struct Lexicon {
    words: Vec<Word>,
    /// Entries by the folded first syllable of their first part.
    by_head: HashMap<String, Vec<usize>>,
    noise: HashMap<String, Vec<Noise>>,
    variants: Vec<Variant>,
    /// Folded syllables that entries are made of: known words, never typing errors.
    known: HashSet<String>,
    known_exact: HashSet<String>,
}

#[derive(Debug)]
struct Word {
    parts: Vec<Vec<Syllable>>,
    official: Vec<Vec<Syllable>>,
    misleads: bool,
}

#[derive(Debug)]
struct Noise {
    phrase: Vec<Syllable>,
    keeps: f32,
}

#[derive(Debug)]
struct Variant {
    phrase: Vec<Syllable>,
    factor: f32,
    cues: Vec<Vec<Syllable>>,
}

/// An everyday expression found in a query.
#[derive(Debug)]
pub struct Understood<'a> {
    /// Places of its syllables in the query.
    pub places: Vec<usize>,
    /// What it may be called officially.
    pub official: &'a [Vec<Syllable>],
    /// Whether the words as said point elsewhere when taken literally.
    pub misleads: bool,
    /// Whether its parts may stand apart: then it says more than what its parts say alone.
    apart: bool,
}

impl Lexicon {
    /// The lists that come with the executable.
    pub fn builtin() -> Self {
        Self::parse(WORDS, NOISE, VARIANTS)
    }

    /// Changes whenever one of the lists does.
    pub fn stamp() -> String {
        let mut hasher = blake3::Hasher::new();
        for list in [WORDS, NOISE, VARIANTS] {
            hasher.update(list.as_bytes()).update(&[0]);
        }
        hasher.finalize().to_hex()[..16].to_owned()
    }

    /// Lenient: a line that makes no sense is skipped; a test holds the builtin lists to more.
    fn parse(words: &str, noise: &str, variants: &str) -> Self {
        let words: Vec<Word> = rows(words)
            .filter_map(|mut cells| {
                let parts = cells.next()?.split('~').map(syllables).collect();
                let official = cells.next()?.split('|').map(syllables).collect();
                Some(Word { parts, official, misleads: cells.next() == Some("=") })
            })
            .filter(|w| !w.parts.iter().chain(&w.official).any(Vec::is_empty))
            .collect();
        let mut by_head: HashMap<String, Vec<usize>> = HashMap::new();
        for (i, word) in words.iter().enumerate() {
            by_head.entry(word.parts[0][0].folded.clone()).or_default().push(i);
        }
        let all = || words.iter().flat_map(|w| w.parts.iter().flatten());
        let known = all().map(|s| s.folded.clone()).collect();
        let known_exact = all().map(|s| s.exact.clone()).collect();
        let variants = rows(variants)
            .filter_map(|mut cells| {
                let phrase = syllables(cells.next()?);
                let factor = cells.next()?.parse().ok()?;
                let cues = cells.next().unwrap_or("").split(',').map(syllables);
                let cues = cues.filter(|cue| !cue.is_empty()).collect();
                (!phrase.is_empty()).then_some(Variant { phrase, factor, cues })
            })
            .take(MOST_VARIANTS)
            .collect();
        Self { words, by_head, noise: parse_noise(noise), variants, known, known_exact }
    }

    /// Whether some everyday expression uses this folded syllable.
    pub fn knows(&self, folded: &str) -> bool {
        self.known.contains(folded)
    }

    /// Whether some everyday expression uses this syllable with these diacritics.
    pub fn knows_exact(&self, exact: &str) -> bool {
        self.known_exact.contains(exact)
    }

    /// Folded syllables of the everyday expressions.
    pub fn known(&self) -> impl Iterator<Item = &str> {
        self.known.iter().map(String::as_str)
    }

    /// The everyday expressions in a query, without those that lie inside a longer one or share
    /// a syllable with one whose parts stand apart.
    /// `same` compares a syllable of the query with one of the lists.
    pub fn understand(
        &self,
        query: &[Syllable],
        same: &dyn Fn(&Syllable, &Syllable) -> bool,
    ) -> Vec<Understood<'_>> {
        let mut found: Vec<Understood<'_>> = Vec::new();
        for at in 0..query.len() {
            for &i in self.by_head.get(&query[at].folded).map_or(&[][..], Vec::as_slice) {
                let word = &self.words[i];
                if let Some(places) = places(word, query, at, same) {
                    found.push(Understood {
                        places,
                        official: &word.official,
                        misleads: word.misleads,
                        apart: word.parts.len() > 1,
                    });
                }
            }
        }
        found.sort_by_key(|u| std::cmp::Reverse(u.places.len() + usize::from(u.apart)));
        let mut kept: Vec<Understood<'_>> = Vec::new();
        for one in found {
            let said = |longer: &Understood<'_>| {
                let mut shared = one.places.iter().map(|p| longer.places.contains(p));
                if longer.apart { shared.any(|is| is) } else { shared.all(|is| is) }
            };
            if !kept.iter().any(said) {
                kept.push(one);
            }
        }
        kept
    }

    /// How much of its weight each syllable of the query keeps.
    pub fn keeps(
        &self,
        query: &[Syllable],
        same: &dyn Fn(&Syllable, &Syllable) -> bool,
    ) -> Vec<f32> {
        let mut keeps = vec![1.0_f32; query.len()];
        for at in 0..query.len() {
            for noise in self.noise.get(&query[at].folded).map_or(&[][..], Vec::as_slice) {
                if starts_with(&query[at..], &noise.phrase, same) {
                    for keep in &mut keeps[at..at + noise.phrase.len()] {
                        *keep = keep.min(noise.keeps);
                    }
                }
            }
        }
        if keeps.iter().all(|keep| *keep < 1.0) { vec![1.0; query.len()] } else { keeps }
    }

    /// The special cases in an official name, one bit each.
    pub fn variants_of(&self, name: &[Syllable]) -> u64 {
        let exactly = |a: &Syllable, b: &Syllable| a.exact == b.exact;
        self.bits(|variant| holds(name, &variant.phrase, &exactly))
    }

    /// The special cases that a query asks for, one bit each.
    pub fn variants_asked(
        &self,
        query: &[Syllable],
        same: &dyn Fn(&Syllable, &Syllable) -> bool,
    ) -> u64 {
        self.bits(|variant| {
            holds(query, &variant.phrase, same)
                || variant.cues.iter().any(|cue| holds(query, cue, same))
        })
    }

    /// What a name's score keeps for the special cases that were not asked for.
    pub fn penalty(&self, unasked: u64) -> f32 {
        let set =
            |(i, variant): (usize, &Variant)| (unasked >> i & 1 == 1).then_some(variant.factor);
        self.variants.iter().enumerate().filter_map(set).product()
    }

    fn bits(&self, has: impl Fn(&Variant) -> bool) -> u64 {
        self.variants.iter().enumerate().fold(0, |bits, (i, v)| bits | u64::from(has(v)) << i)
    }
}

fn rows(text: &str) -> impl Iterator<Item = std::str::Split<'_, char>> {
    text.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()).map(|l| l.split('\t'))
}

fn parse_noise(text: &str) -> HashMap<String, Vec<Noise>> {
    let mut noise: HashMap<String, Vec<Noise>> = HashMap::new();
    for mut cells in rows(text) {
        let (Some(phrase), Some(Ok(keeps))) =
            (cells.next().map(syllables), cells.next().map(str::parse))
        else {
            continue;
        };
        if let Some(head) = phrase.first() {
            noise.entry(head.folded.clone()).or_default().push(Noise { phrase, keeps });
        }
    }
    noise
}

fn starts_with(
    query: &[Syllable],
    phrase: &[Syllable],
    same: &dyn Fn(&Syllable, &Syllable) -> bool,
) -> bool {
    query.len() >= phrase.len() && query.iter().zip(phrase).all(|(q, p)| same(q, p))
}

fn holds(
    query: &[Syllable],
    phrase: &[Syllable],
    same: &dyn Fn(&Syllable, &Syllable) -> bool,
) -> bool {
    (0..query.len()).any(|at| starts_with(&query[at..], phrase, same))
}

/// The places of an entry's syllables when its first part stands at `at` and the others anywhere.
fn places(
    word: &Word,
    query: &[Syllable],
    at: usize,
    same: &dyn Fn(&Syllable, &Syllable) -> bool,
) -> Option<Vec<usize>> {
    let (first, others) = word.parts.split_first()?;
    if !starts_with(&query[at..], first, same) {
        return None;
    }
    let mut places: Vec<usize> = (at..at + first.len()).collect();
    for part in others {
        let free = |i: &usize| {
            starts_with(&query[*i..], part, same)
                && (*i..*i + part.len()).all(|p| !places.contains(&p))
        };
        let at = (0..query.len()).find(free)?;
        places.extend(at..at + part.len());
    }
    Some(places)
}

#[cfg(test)]
mod tests {
    use super::{HashSet, Lexicon, NOISE, Syllable, VARIANTS, WORDS, rows, syllables};

    fn folded(a: &Syllable, b: &Syllable) -> bool {
        a.folded == b.folded
    }

    #[test]
    fn every_line_of_the_builtin_lists_is_understood() {
        let lines = |text| rows(text).count();
        let lexicon = Lexicon::builtin();
        assert_eq!(lexicon.words.len(), lines(WORDS));
        assert_eq!(lexicon.noise.values().map(Vec::len).sum::<usize>(), lines(NOISE));
        assert_eq!(lexicon.variants.len(), lines(VARIANTS));
        for variant in &lexicon.variants {
            assert!((0.5..1.0).contains(&variant.factor));
        }
        for noise in lexicon.noise.values().flatten() {
            assert!((0.0..1.0).contains(&noise.keeps));
        }
    }

    #[test]
    fn no_expression_is_listed_twice() {
        let mut seen = HashSet::new();
        for mut cells in rows(WORDS) {
            let said = cells.next().unwrap();
            assert!(seen.insert(said), "{said}");
        }
    }

    #[test]
    fn the_longest_expression_wins() {
        let lexicon = Lexicon::parse("hộ khẩu\tthường trú\ntách hộ khẩu\ttách hộ\t=", "", "");
        let query = syllables("tach ho khau");
        let found = lexicon.understand(&query, &folded);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].places.as_slice(), found[0].misleads), (&[0, 1, 2][..], true));
    }

    #[test]
    fn parts_may_stand_apart_in_any_order() {
        let lexicon = Lexicon::parse("cccd ~ mất\tcấp lại", "", "");
        for query in ["mất thẻ cccd", "cccd của tôi bị mất"] {
            assert_eq!(lexicon.understand(&syllables(query), &folded).len(), 1, "{query}");
        }
        assert!(lexicon.understand(&syllables("cccd"), &folded).is_empty());
    }

    #[test]
    fn noise_counts_only_beside_content() {
        let lexicon = Lexicon::parse("", "tôi\t0.1\nở đâu\t0.2", "");
        assert_eq!(lexicon.keeps(&syllables("tôi khai ở đâu"), &folded), [0.1, 1.0, 0.2, 0.2]);
        assert_eq!(lexicon.keeps(&syllables("ở đâu"), &folded), [1.0, 1.0]);
    }

    #[test]
    fn special_cases_rank_lower_until_asked_for() {
        let lexicon = Lexicon::parse("", "", "lưu động\t0.5\ttại nhà\nđăng ký lại\t0.8");
        let name = lexicon.variants_of(&syllables("Đăng ký lại khai tử lưu động"));
        assert_eq!(name, 0b11);
        assert_eq!(lexicon.penalty(name), 0.4);
        assert_eq!(
            lexicon.penalty(name & !lexicon.variants_asked(&syllables("tai nha"), &folded)),
            0.8
        );
        assert_eq!(lexicon.penalty(0), 1.0);
    }
}
