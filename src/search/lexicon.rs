//! What people say and what the official names call it: reviewed data under `assets/search/`.
//!
//! Four lists: everyday words with their official ones, everyday syllables that say little, special
//! cases that rank below their general procedure, and what other bodies settle. An instance adds
//! words of its own. Editing the files changes the stamp, so that indexes built with the old lists
//! are rebuilt; an instance's words are not in any index.

mod parts;

use std::borrow::Borrow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use self::parts::{Part, Phrase, Shared, Stand, stand, starts_with};
use super::analysis::{self, Syllable, syllables};
use crate::domain::words::Text;

/// Everyday words, by whom they mostly concern; one list in six files.
const WORDS: [&str; 6] = [
    include_str!("../../assets/search/words.tsv"),
    include_str!("../../assets/search/words-people.tsv"),
    include_str!("../../assets/search/words-trade.tsv"),
    include_str!("../../assets/search/words-more.tsv"),
    include_str!("../../assets/search/words-short.tsv"),
    include_str!("../../assets/search/words-wide.tsv"),
];
const ALIKE: &str = include_str!("../../assets/search/alike.tsv");
const NOISE: &str = include_str!("../../assets/search/noise.tsv");
const VARIANTS: &str = include_str!("../../assets/search/variants.tsv");
const ELSEWHERE: &str = include_str!("../../assets/search/elsewhere.tsv");

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
    elsewhere: Vec<Elsewhere>,
    /// Folded syllables that entries are made of: known words, never typing errors.
    known: HashSet<String>,
    known_exact: HashSet<String>,
    /// Folded neighbours in what people say: those behind each syllable, and those before it.
    behind: Neighbours,
    before: Neighbours,
}

/// An everyday expression of an instance, written as in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnWord {
    /// What people say; parts that may stand apart are divided by "~".
    pub said: String,
    /// What it may be called officially; nothing takes a shipped expression out of use.
    pub official: Vec<String>,
    /// Whether the words as said point elsewhere when taken literally.
    pub misleads: bool,
}

/// What another body settles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    parts: Vec<Part>,
    /// Words of the query with which it may be settled here after all.
    unless_said: Vec<Vec<Syllable>>,
    /// Words of a name in the catalogue with which it is settled here.
    unless_named: Vec<Vec<Syllable>>,
    /// Who settles it and where to go, in Vietnamese.
    pub vi: String,
    /// The same in English.
    pub en: String,
    /// The place: its name, and the address of its site or `tel:` and a number, else empty.
    pub place: Place,
}

/// Where another body is found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Its name.
    pub name: Text,
    /// The address of its site, or `tel:` and a number; or empty.
    pub link: String,
}

impl OwnWord {
    /// What is said, in one form for all ways to write it.
    pub fn saying(said: &str) -> String {
        let parts: Vec<String> = said.split('~').map(analysis::exact).collect();
        parts.join(" ~ ")
    }
}

/// Whether an expression may change how a query is read: they share a syllable, or nearly.
pub fn may_touch(said: &str, query: &str) -> bool {
    let said = syllables(said);
    let near = |typed: &Syllable| {
        said.iter().any(|s| {
            analysis::one_typo_apart(&s.folded, &typed.folded)
                || analysis::sound(&s.folded) == analysis::sound(&typed.folded)
                || typed.folded.contains(s.folded.as_str())
        })
    };
    syllables(query).iter().any(near)
}

#[derive(Debug)]
struct Word {
    parts: Vec<Part>,
    official: Vec<Phrase>,
    misleads: bool,
    is_beside: bool,
}

impl Word {
    fn read<'t>(
        parts: Vec<Part>,
        official: impl Iterator<Item = &'t str>,
        misleads: bool,
        shared: &mut Shared,
    ) -> Self {
        let official = official.map(|name| shared.phrase(name)).collect();
        Self { parts, official, misleads, is_beside: false }
    }

    fn makes_sense(&self) -> bool {
        let mut phrases = self.phrases().chain(&self.official);
        !phrases.any(|phrase| phrase.is_empty()) && !self.official.is_empty()
    }

    /// All that may be said in it.
    fn phrases(&self) -> impl Iterator<Item = &Phrase> {
        self.parts.iter().flat_map(|part| part.iter().map(|saying| &saying.phrase))
    }
}

type Neighbours = HashMap<String, Vec<Arc<Syllable>>>;

/// The folded neighbours in what people say: behind each syllable, and before it.
fn neighbours(words: &[Word]) -> (Neighbours, Neighbours) {
    let (mut behind, mut before) = (Neighbours::new(), Neighbours::new());
    let add = |map: &mut Neighbours, of: &Syllable, other: &Arc<Syllable>| {
        let known = map.entry(of.folded.clone()).or_default();
        if !known.iter().any(|one| one.folded == other.folded) {
            known.push(other.clone());
        }
    };
    for phrase in words.iter().flat_map(Word::phrases) {
        for pair in phrase.windows(2) {
            add(&mut behind, &pair[0], &pair[1]);
            add(&mut before, &pair[1], &pair[0]);
        }
    }
    (behind, before)
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
    /// Whether it is what is done, and not with whom or where.
    is_deed: bool,
}

/// An everyday expression found in a query.
#[derive(Debug)]
pub struct Understood<'a> {
    /// Places of its syllables in the query.
    pub places: Vec<usize>,
    /// What it may be called officially.
    pub official: &'a [Phrase],
    /// Whether the words as said point elsewhere when taken literally.
    pub misleads: bool,
    /// Whether it says whom or what place the matter is for.
    pub is_beside: bool,
    /// Whether its parts may stand apart: then it says more than what its parts say alone.
    apart: bool,
    /// How many of its parts are said as the list says them.
    literal: usize,
}

impl Understood<'_> {
    /// The places of its parts of two syllables and more.
    fn wordings(&self) -> impl Iterator<Item = &[usize]> {
        self.places.chunk_by(|a, b| a + 1 == *b).filter(|part| part.len() > 1)
    }
}

/// Whether a part of an expression lies inside a longer one that is something else: "giấy khai sinh" is what
/// "khai sinh" is.
fn is_hidden(one: &Understood<'_>, found: &[Understood<'_>]) -> bool {
    let inside = |part: &[usize], longer: &Understood<'_>| {
        !longer.apart
            && longer.places.len() > part.len()
            && part.iter().all(|place| longer.places.contains(place))
    };
    one.wordings().any(|part| {
        let alone = found.iter().find(|other| !other.apart && other.places == part);
        let is_other = |longer: &Understood<'_>| {
            alone.is_none_or(|alone| alone.official.first() != longer.official.first())
        };
        found.iter().any(|longer| inside(part, longer) && is_other(longer))
    })
}

impl Lexicon {
    /// The lists that come with the executable.
    pub fn builtin() -> Self {
        Self::with(&[])
    }

    /// The lists that come with the executable, and an instance's own words: they take the place of
    /// shipped ones that say the same.
    pub fn with(own: &[OwnWord]) -> Self {
        Self::parse(&WORDS, ALIKE, NOISE, VARIANTS, ELSEWHERE, own)
    }

    /// What people say, of every everyday expression: as queries they show what a change changes.
    pub fn sayings() -> impl Iterator<Item = String> {
        all_words().filter_map(|mut cells| cells.next().map(|said| said.replace(" ~ ", " ")))
    }

    /// The shipped expression with these words, as an instance would write it.
    pub fn shipped(said: &str) -> Option<OwnWord> {
        let wanted = OwnWord::saying(said);
        all_words().find_map(|mut cells| {
            let said = cells.next().filter(|said| OwnWord::saying(said) == wanted)?;
            let official = cells.next()?.split('|').map(|name| name.trim().to_owned()).collect();
            Some(OwnWord { said: said.to_owned(), official, misleads: cells.next() == Some("=") })
        })
    }

    /// Changes whenever one of the lists does.
    pub fn stamp() -> String {
        let mut hasher = blake3::Hasher::new();
        for list in WORDS.into_iter().chain([ALIKE, NOISE, VARIANTS, ELSEWHERE]) {
            hasher.update(list.as_bytes()).update(&[0]);
        }
        hasher.finalize().to_hex()[..16].to_owned()
    }

    /// Lenient: a line that makes no sense is skipped; a test holds the builtin lists to more.
    fn parse(
        words: &[&str],
        alike: &str,
        noise: &str,
        variants: &str,
        elsewhere: &str,
        own: &[OwnWord],
    ) -> Self {
        let mut shared = Shared::with(alike);
        let replaced: HashSet<String> = own.iter().map(|w| OwnWord::saying(&w.said)).collect();
        // An instance's words are taken as they are said.
        let own: Vec<Word> = own
            .iter()
            .map(|w| {
                let parts = w.said.split('~').map(|part| shared.literal(part)).collect();
                Word::read(parts, w.official.iter().map(String::as_str), w.misleads, &mut shared)
            })
            .collect();
        let mut words: Vec<Word> = words
            .iter()
            .flat_map(|list| rows(list))
            .filter_map(|mut cells| {
                let (said, official) = (cells.next()?, cells.next()?);
                let is_own = !replaced.is_empty() && replaced.contains(&OwnWord::saying(said));
                let misleads = cells.next() == Some("=");
                let is_beside = cells.next() == Some("beside");
                if is_own {
                    return None;
                }
                let parts = said.split('~').map(|part| shared.part(part)).collect();
                let word = Word::read(parts, official.split('|'), misleads, &mut shared);
                Some(Word { is_beside, ..word })
            })
            .collect();
        words.extend(own);
        words.retain(Word::makes_sense);
        let mut by_head: HashMap<String, Vec<usize>> = HashMap::new();
        for (i, word) in words.iter().enumerate() {
            for saying in word.parts[0].iter() {
                let known = by_head.entry(saying.phrase[0].folded.clone()).or_default();
                if known.last() != Some(&i) {
                    known.push(i);
                }
            }
        }
        let all = || words.iter().flat_map(|word| word.phrases().flat_map(|said| said.iter()));
        let noise = parse_noise(noise);
        let said = noise.values().flatten().flat_map(|noise| &noise.phrase);
        let known = all().map(|s| &**s).chain(said).map(|s| s.folded.clone()).collect();
        let known_exact = all().map(|s| s.exact.clone()).collect();
        let (behind, before) = neighbours(&words);
        let variants = rows(variants)
            .filter_map(|mut cells| {
                let phrase = syllables(cells.next()?);
                let factor = cells.next()?.parse().ok()?;
                let cues = cells.next().unwrap_or("").split(',').map(syllables);
                let cues = cues.filter(|cue| !cue.is_empty()).collect();
                let is_deed = cells.next() == Some("+");
                (!phrase.is_empty()).then_some(Variant { phrase, factor, cues, is_deed })
            })
            .take(MOST_VARIANTS)
            .collect();
        let elsewhere = rows(elsewhere).filter_map(parse_elsewhere).collect();
        Self { words, by_head, noise, variants, elsewhere, known, known_exact, behind, before }
    }

    /// Whether an everyday expression has these folded syllables side by side.
    pub fn says(&self, left: &str, right: &str) -> bool {
        self.after(left).any(|known| known.folded == right)
    }

    /// What stands behind a folded syllable in everyday expressions.
    pub fn after(&self, folded: &str) -> impl Iterator<Item = &Syllable> {
        self.behind.get(folded).into_iter().flatten().map(|syllable| &**syllable)
    }

    /// What stands before a folded syllable in everyday expressions.
    pub fn before(&self, folded: &str) -> impl Iterator<Item = &Syllable> {
        self.before.get(folded).into_iter().flatten().map(|syllable| &**syllable)
    }

    /// Who settles what the query says, if that is another body. `named` tells whether the
    /// catalogue's names hold a phrase.
    pub fn elsewhere(
        &self,
        query: &[Syllable],
        same: &dyn Fn(&Syllable, &Syllable) -> bool,
        named: &dyn Fn(&[Syllable]) -> bool,
    ) -> Option<&Elsewhere> {
        let says = |one: &Elsewhere| {
            let vain = vec![false; query.len()];
            (0..query.len()).any(|at| stand(&one.parts, query, at, same, &vain).is_some())
        };
        let may_be_ours = |one: &Elsewhere| {
            one.unless_said.iter().any(|phrase| holds(query, phrase, same))
                || one.unless_named.iter().any(|phrase| named(phrase))
        };
        self.elsewhere.iter().find(|one| says(one) && !may_be_ours(one))
    }

    /// How the everyday expressions spell their syllables: folded and exact.
    pub fn spellings(&self) -> impl Iterator<Item = (&str, &str)> {
        let all = self.words.iter().flat_map(|word| word.phrases().flat_map(|said| said.iter()));
        all.map(|s| (s.folded.as_str(), s.exact.as_str()))
    }

    /// Whether some everyday expression uses this folded syllable.
    pub fn knows(&self, folded: &str) -> bool {
        self.known.contains(folded)
    }

    /// Whether some everyday expression uses this syllable with these diacritics.
    pub fn knows_exact(&self, exact: &str) -> bool {
        self.known_exact.contains(exact)
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
        let vain = self.vain(query, same);
        for at in 0..query.len() {
            for &i in self.by_head.get(&query[at].folded).map_or(&[][..], Vec::as_slice) {
                let word = &self.words[i];
                if let Some(Stand { places, literal }) = stand(&word.parts, query, at, same, &vain)
                {
                    found.push(Understood {
                        places,
                        official: &word.official,
                        misleads: word.misleads,
                        is_beside: word.is_beside,
                        apart: word.parts.len() > 1,
                        literal,
                    });
                }
            }
        }
        // "tạm đóng cửa" is not "đóng cửa", whatever else is said with that.
        let hidden: Vec<bool> =
            found.iter().map(|one| one.apart && is_hidden(one, &found)).collect();
        let mut hidden = hidden.into_iter();
        found.retain(|_| hidden.next() == Some(false));
        found
            .sort_by_key(|u| std::cmp::Reverse((u.places.len() + usize::from(u.apart), u.literal)));
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

    /// Which syllables of a query stand in a phrase that says little: what is said of them, such as
    /// that something takes ("mất") so long, is nothing about the matter.
    fn vain(&self, query: &[Syllable], same: &dyn Fn(&Syllable, &Syllable) -> bool) -> Vec<bool> {
        let mut vain = vec![false; query.len()];
        for at in 0..query.len() {
            for noise in self.noise.get(&query[at].folded).map_or(&[][..], Vec::as_slice) {
                let length = noise.phrase.len();
                if length > 1 && starts_with(&query[at..], &noise.phrase, same) {
                    vain[at..at + length].fill(true);
                }
            }
        }
        vain
    }

    /// Whether a syllable says little on its own.
    pub fn is_noise(&self, folded: &str) -> bool {
        let heads = self.noise.get(folded).into_iter().flatten();
        heads.into_iter().any(|noise| noise.phrase.len() == 1)
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
    pub fn variants_of<S: Borrow<Syllable>>(&self, name: &[S]) -> u64 {
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

    /// The special cases that are deeds, one bit each: who asks for one seldom means another.
    pub fn deeds(&self) -> u64 {
        self.bits(|variant| variant.is_deed)
    }

    /// What a name's score keeps for the special cases that were not asked for.
    pub fn penalty(&self, unasked: u64) -> f32 {
        let (mut left, mut factor) = (unasked, 1.0);
        while left != 0 {
            let variant = self.variants.get(left.trailing_zeros() as usize);
            factor *= variant.map_or(1.0, |variant| variant.factor);
            left &= left - 1;
        }
        factor
    }

    fn bits(&self, has: impl Fn(&Variant) -> bool) -> u64 {
        self.variants.iter().enumerate().fold(0, |bits, (i, v)| bits | u64::from(has(v)) << i)
    }
}

fn all_words() -> impl Iterator<Item = std::str::Split<'static, char>> {
    WORDS.into_iter().flat_map(rows)
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

fn parse_elsewhere(mut cells: std::str::Split<'_, char>) -> Option<Elsewhere> {
    let mut shared = Shared::default();
    let parts: Vec<Part> = cells.next()?.split('~').map(|part| shared.literal(part)).collect();
    let mut phrases = || {
        let cell = cells.next()?.split('|').map(syllables);
        Some(cell.filter(|phrase| !phrase.is_empty()).collect())
    };
    let (unless_said, unless_named) = (phrases()?, phrases()?);
    let (vi, en) = (cells.next()?.trim().to_owned(), cells.next()?.trim().to_owned());
    let place = place(cells.next()?)?;
    let makes_sense = !parts.iter().any(|part| part.iter().any(|said| said.phrase.is_empty()));
    makes_sense.then_some(Elsewhere { parts, unless_said, unless_named, vi, en, place })
}

/// `tên | name`, or `tên | name | https://…`.
fn place(cell: &str) -> Option<Place> {
    let mut parts = cell.split('|').map(str::trim);
    let (vi, en) = (parts.next()?.to_owned(), parts.next()?.to_owned());
    let link = parts.next().unwrap_or_default().to_owned();
    let leads = ["", "https://", "tel:"].iter().any(|scheme| match *scheme {
        "" => link.is_empty(),
        scheme => link.starts_with(scheme),
    });
    (leads && !vi.is_empty() && !en.is_empty()).then_some(Place { name: Text { vi, en }, link })
}

fn holds<Q: Borrow<Syllable>, P: Borrow<Syllable>>(
    query: &[Q],
    phrase: &[P],
    same: &dyn Fn(&Syllable, &Syllable) -> bool,
) -> bool {
    (0..query.len()).any(|at| starts_with(&query[at..], phrase, same))
}

#[cfg(test)]
mod tests;
