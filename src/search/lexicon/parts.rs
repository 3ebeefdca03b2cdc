//! The parts of everyday expressions, and what people say alike: "mất" is "rớt" and "thất lạc" too, wherever it
//! stands as a part of its own.

use std::borrow::Borrow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::search::analysis::{Syllable, syllables};

/// Syllables, shared: thousands of expressions are made of few of them.
pub(super) type Phrase = Arc<[Arc<Syllable>]>;

/// How syllables of a query and of the lists are compared.
pub(super) type Same<'s> = &'s dyn Fn(&Syllable, &Syllable) -> bool;

/// What may be said for one part of an expression, the longest first.
pub(super) type Part = Arc<[Saying]>;

/// One way to say a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Saying {
    /// Its syllables.
    pub phrase: Phrase,
    /// Whether it has to be typed with its diacritics: "rơi" is no "rồi".
    as_spelt: bool,
    /// Whether the list says it so, and it is not only alike.
    is_literal: bool,
}

impl Saying {
    fn stands<Q: Borrow<Syllable>>(&self, query: &[Q], same: Same<'_>) -> bool {
        let exactly = |a: &Syllable, b: &Syllable| a.exact == b.exact;
        if self.as_spelt {
            starts_with(query, &self.phrase, &exactly)
        } else {
            starts_with(query, &self.phrase, same)
        }
    }
}

/// What was read already while a list is read.
#[derive(Default)]
pub(super) struct Shared {
    syllables: HashSet<Arc<Syllable>>,
    phrases: HashMap<String, Phrase>,
    parts: HashMap<String, Part>,
    /// What is said alike, by what the expressions say.
    alike: HashMap<String, Vec<String>>,
}

impl Shared {
    /// With what people say alike: what expressions say, a tab, and the others, separated by commas; "!" behind one
    /// that counts with its diacritics only.
    pub fn with(alike: &str) -> Self {
        let mut shared = Self::default();
        for mut cells in super::rows(alike) {
            if let (Some(said), Some(others)) = (cells.next(), cells.next()) {
                let others = others.split(',').map(|other| other.trim().to_owned());
                shared.alike.entry(said.trim().to_owned()).or_default().extend(others);
            }
        }
        shared
    }

    pub fn phrase(&mut self, text: &str) -> Phrase {
        if let Some(known) = self.phrases.get(text.trim()) {
            return known.clone();
        }
        let phrase: Phrase = syllables(text).into_iter().map(|s| self.syllable(s)).collect();
        self.phrases.insert(text.trim().to_owned(), phrase.clone());
        phrase
    }

    /// A part with all that is alike.
    pub fn part(&mut self, text: &str) -> Part {
        if let Some(known) = self.parts.get(text.trim()) {
            return known.clone();
        }
        let mut sayings = self.literal(text).to_vec();
        for other in self.alike.get(text.trim()).cloned().unwrap_or_default() {
            let phrase = self.phrase(other.trim_end_matches('!'));
            let as_spelt = other.ends_with('!');
            sayings.push(Saying { phrase, as_spelt, is_literal: false });
        }
        sayings.sort_by_key(|saying| std::cmp::Reverse(saying.phrase.len()));
        let part: Part = sayings.into();
        self.parts.insert(text.trim().to_owned(), part.clone());
        part
    }

    /// A part that is said in no other way.
    pub fn literal(&mut self, text: &str) -> Part {
        [Saying { phrase: self.phrase(text), as_spelt: false, is_literal: true }].into()
    }

    fn syllable(&mut self, syllable: Syllable) -> Arc<Syllable> {
        if let Some(known) = self.syllables.get(&syllable) {
            return known.clone();
        }
        let new = Arc::new(syllable);
        self.syllables.insert(new.clone());
        new
    }
}

/// Where the parts of an expression stand in a query.
pub(super) struct Stand {
    /// The places of its syllables, part by part.
    pub places: Vec<usize>,
    /// How many parts are said as the list says them.
    pub literal: usize,
}

/// Where an expression stands whose first part begins at `at`; the others may be anywhere.
pub(super) fn stand(
    parts: &[Part],
    query: &[Syllable],
    at: usize,
    same: Same<'_>,
    vain: &[bool],
) -> Option<Stand> {
    let (first, others) = parts.split_first()?;
    let free = |at: usize, saying: &Saying, taken: &[usize]| {
        let places = at..at + saying.phrase.len();
        saying.stands(&query[at..], same)
            && !vain[places.clone()].iter().all(|is| *is)
            && !places.into_iter().any(|place| taken.contains(&place))
    };
    let saying = first.iter().find(|saying| free(at, saying, &[]))?;
    let places = (at..at + saying.phrase.len()).collect();
    let mut stand = Stand { places, literal: usize::from(saying.is_literal) };
    for part in others {
        let mut all = (0..query.len()).flat_map(|at| part.iter().map(move |saying| (at, saying)));
        let (at, saying) = all.find(|(at, saying)| free(*at, saying, &stand.places))?;
        stand.places.extend(at..at + saying.phrase.len());
        stand.literal += usize::from(saying.is_literal);
    }
    Some(stand)
}

/// Whether a query begins with a phrase.
pub(super) fn starts_with<Q: Borrow<Syllable>, P: Borrow<Syllable>>(
    query: &[Q],
    phrase: &[P],
    same: Same<'_>,
) -> bool {
    let mut pairs = query.iter().zip(phrase);
    query.len() >= phrase.len() && pairs.all(|(q, p)| same(q.borrow(), p.borrow()))
}
