//! What a query means: its syllables with their possible spellings, the pairs they form, and the
//! official names of the everyday words in it, as weighted terms.
//!
//! Diacritics are respected where they were typed and ignored where they were not. This is the
//! place for "did you mean" and for telling siblings apart by more than special cases.

use super::analysis::{self, Syllable};
use super::lexicon::{Lexicon, Understood};
use super::vocabulary::Vocabulary;

/// Syllables of a query beyond these are ignored.
const LONGEST_QUERY: usize = 24;
/// Two neighbours say this much of what their rarity suggests, beside their halves.
const PAIR: f32 = 0.9;
/// A folded match of a syllable with known diacritics: perhaps another word.
const OTHER_TONES: f32 = 0.3;
/// The same when nobody spells it so: surely mistyped.
const UNKNOWN_TONES: f32 = 0.8;
/// A bare syllable in a query with diacritics elsewhere.
const BARE_AMONG_ACCENTED: f32 = 0.85;
const KEYSTROKES: f32 = 0.9;
const SPLIT: f32 = 0.9;
const MENDED: f32 = 0.6;
const MENDED_BY_NEIGHBOUR: f32 = 0.5;
const COMPLETED: f32 = 0.6;
/// What everyday words keep when their literal sense misleads.
const MISLEADS: f32 = 0.25;
/// Below this a syllable may stand between the halves of a word.
const NOISE: f32 = 0.3;

/// The four kinds of terms of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// A syllable with diacritics.
    Exact,
    /// A syllable without.
    Folded,
    /// Two neighbours with diacritics.
    ExactPair,
    /// Two neighbours without.
    FoldedPair,
}

/// A term that may match, and what share of its rarity a match is worth.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternative {
    /// Its kind.
    pub form: Form,
    /// Its text.
    pub term: String,
    /// Share of its rarity, 0 to 1.
    pub factor: f32,
}

/// Alternatives of which the best match counts.
pub type Clause = Vec<Alternative>;

/// Several ways to say one thing; the best counts, each being the sum of its clauses.
#[derive(Debug, Default)]
pub struct Group {
    /// The ways.
    pub options: Vec<Vec<Clause>>,
    /// Whether the sum is capped: an official name says a thing once, however long it is.
    pub capped: bool,
}

/// A query understood.
#[derive(Debug, Default)]
pub struct Reading {
    /// All that speaks for a procedure, added up.
    pub groups: Vec<Group>,
    /// Special cases that the query asks for, as bits of the lexicon.
    pub asked: u64,
}

/// What the index knows of terms; asked while reading.
pub trait Corpus {
    /// The number of names that hold the term.
    fn in_names(&self, form: Form, term: &str) -> u32;
    /// Whether any text holds it.
    fn anywhere(&self, form: Form, term: &str) -> bool;
}

/// One way to spell a syllable of the query.
#[derive(Clone, Debug)]
struct Spelling {
    syllable: Syllable,
    factor: f32,
}

#[derive(Debug)]
struct Slot {
    /// As typed or as mended first; the others may have been meant.
    spellings: Vec<Spelling>,
    keeps: f32,
}

impl Slot {
    fn first(&self) -> &Syllable {
        &self.spellings[0].syllable
    }
}

/// The tools for reading.
pub struct Reader<'a> {
    /// Everyday words.
    pub lexicon: &'a Lexicon,
    /// Known syllables.
    pub vocabulary: &'a Vocabulary,
    /// The index's terms.
    pub corpus: &'a dyn Corpus,
}

impl Reader<'_> {
    /// Reads a query; `typing` when its last syllable may be unfinished.
    pub fn read(&self, text: &str, typing: bool) -> Reading {
        let mut typed = analysis::syllables(text);
        typed.truncate(LONGEST_QUERY);
        let typing = typing && text.chars().next_back().is_some_and(char::is_alphanumeric);
        let mut slots = self.slots(&typed, typing);
        if slots.is_empty() {
            return Reading::default();
        }
        let same = |q: &Syllable, listed: &Syllable| self.same(q, listed);
        let said = self.settle(&mut slots, &same);
        for (slot, keeps) in slots.iter_mut().zip(self.lexicon.keeps(&said, &same)) {
            slot.keeps = keeps;
        }
        self.mend_by_neighbours(&mut slots);
        let understood = self.lexicon.understand(&said, &same);
        for one in understood.iter().filter(|u| u.misleads) {
            for place in &one.places {
                slots[*place].keeps *= MISLEADS;
            }
        }
        let mut asked = self.lexicon.variants_asked(&said, &same);
        let accented = said.iter().any(Syllable::accented);
        let mut groups =
            vec![Group { options: vec![self.literal(&slots, accented)], capped: false }];
        for one in &understood {
            groups.push(official(one));
            for phrase in one.official {
                asked |= self.lexicon.variants_of(phrase);
            }
        }
        Reading { groups, asked }
    }

    /// Whether a syllable of the query is one of a list: by its diacritics if it has any that
    /// make a word.
    fn same(&self, query: &Syllable, listed: &Syllable) -> bool {
        query.exact == listed.exact
            || query.folded == listed.folded && (!query.accented() || !self.spelt_so(query))
    }

    fn spelt_so(&self, syllable: &Syllable) -> bool {
        self.lexicon.knows_exact(&syllable.exact)
            || self.corpus.anywhere(Form::Exact, &syllable.exact)
    }

    /// A slot a syllable; runs without spaces become several.
    fn slots(&self, typed: &[Syllable], typing: bool) -> Vec<Slot> {
        let mut slots = Vec::with_capacity(typed.len());
        for (i, syllable) in typed.iter().enumerate() {
            let last = i + 1 == typed.len();
            let known =
                self.vocabulary.knows(&syllable.folded) || self.lexicon.knows(&syllable.folded);
            let mut spellings = Vec::new();
            if known {
                spellings.push(Spelling { syllable: syllable.clone(), factor: 1.0 });
            } else {
                let meant = analysis::without_keystrokes(&syllable.folded);
                if let Some(meant) = meant.filter(|m| self.vocabulary.knows(m)) {
                    spellings.push(bare(&meant, KEYSTROKES));
                } else if !(last && typing)
                    && let Some(parts) = self.vocabulary.split(&syllable.folded)
                {
                    let slot =
                        |part: &String| Slot { spellings: vec![bare(part, SPLIT)], keeps: 1.0 };
                    slots.extend(parts.iter().map(slot));
                    continue;
                }
                let similar = self.vocabulary.similar(&syllable.folded);
                spellings.extend(similar.into_iter().map(|s| bare(s, MENDED)));
            }
            if last && (typing || spellings.is_empty()) {
                let completions = self.vocabulary.completions(&syllable.folded);
                spellings.extend(completions.into_iter().map(|s| bare(s, COMPLETED)));
            }
            if spellings.is_empty() {
                spellings.push(Spelling { syllable: syllable.clone(), factor: 1.0 });
            }
            slots.push(Slot { spellings, keeps: 1.0 });
        }
        slots
    }

    /// Of several mended spellings the one that goes with its neighbours comes first. Returns what
    /// the query then says.
    fn settle(
        &self,
        slots: &mut [Slot],
        same: &dyn Fn(&Syllable, &Syllable) -> bool,
    ) -> Vec<Syllable> {
        let mut said: Vec<Syllable> = slots.iter().map(|s| s.first().clone()).collect();
        for (i, slot) in slots.iter_mut().enumerate() {
            let settled = slot.spellings[0].factor > MENDED;
            if settled || slot.spellings.len() == 1 {
                continue;
            }
            let mut best = (0, 0);
            for (which, spelling) in slot.spellings.iter().enumerate() {
                said[i] = spelling.syllable.clone();
                let neighbours = said[i.saturating_sub(1)..(i + 2).min(said.len())].windows(2);
                let named = neighbours
                    .filter(|w| {
                        let pair = analysis::pair(&w[0].folded, &w[1].folded);
                        self.corpus.in_names(Form::FoldedPair, &pair) > 0
                    })
                    .count();
                let understood = self.lexicon.understand(&said, same);
                let with_it = understood.iter().filter(|u| u.places.contains(&i));
                let worth = 2 * named + with_it.map(|u| u.places.len()).max().unwrap_or(0);
                if worth > best.0 {
                    best = (worth, which);
                }
            }
            slot.spellings.swap(0, best.1);
            said[i] = slot.first().clone();
        }
        said
    }

    /// "kham sinh": both are syllables, together they are nothing, but "khai sinh" is.
    fn mend_by_neighbours(&self, slots: &mut [Slot]) {
        for i in 1..slots.len() {
            let (left, right) = (slots[i - 1].first(), slots[i].first());
            let doubtful = slots[i - 1].keeps > NOISE
                && slots[i].keeps > NOISE
                && !self
                    .corpus
                    .anywhere(Form::FoldedPair, &analysis::pair(&left.folded, &right.folded));
            if !doubtful {
                continue;
            }
            let named = |l: &str, r: &str| {
                self.corpus.in_names(Form::FoldedPair, &analysis::pair(l, r)) > 0
            };
            let mended = |syllable: &Syllable, fits: &dyn Fn(&str) -> bool| -> Vec<Spelling> {
                if syllable.accented() && self.spelt_so(syllable) {
                    return Vec::new();
                }
                let similar = self.vocabulary.similar(&syllable.folded);
                similar
                    .into_iter()
                    .filter(|s| fits(s))
                    .map(|s| bare(s, MENDED_BY_NEIGHBOUR))
                    .collect()
            };
            let new_left = mended(left, &|l| named(l, &right.folded));
            let new_right = mended(right, &|r| named(&left.folded, r));
            slots[i - 1].spellings.extend(new_left);
            slots[i].spellings.extend(new_right);
        }
    }

    /// The clauses of the words as said.
    fn literal(&self, slots: &[Slot], accented: bool) -> Vec<Clause> {
        let mut clauses = Vec::with_capacity(slots.len() * 2);
        for slot in slots {
            let mut clause = Clause::new();
            for spelling in &slot.spellings {
                self.single(spelling, slot.keeps, accented, &mut clause);
            }
            clauses.push(clause);
        }
        for i in 0..slots.len() {
            if let Some(next) = slots.get(i + 1) {
                clauses.push(pairs(&slots[i], next, 1.0));
            }
            if let Some(after) = slots.get(i + 2).filter(|_| slots[i + 1].keeps <= NOISE) {
                clauses.push(pairs(&slots[i], after, 0.8));
            }
        }
        clauses
    }

    fn single(&self, spelling: &Spelling, keeps: f32, accented: bool, clause: &mut Clause) {
        let Spelling { syllable, factor } = spelling;
        let factor = factor * keeps;
        let folded = if syllable.accented() {
            if self.spelt_so(syllable) { OTHER_TONES } else { UNKNOWN_TONES }
        } else if accented {
            BARE_AMONG_ACCENTED
        } else {
            1.0
        };
        if accented {
            clause.push(Alternative { form: Form::Exact, term: syllable.exact.clone(), factor });
        }
        let term = syllable.folded.clone();
        clause.push(Alternative { form: Form::Folded, term, factor: factor * folded });
    }
}

fn bare(folded: &str, factor: f32) -> Spelling {
    let folded = folded.to_owned();
    Spelling { syllable: Syllable { typed: folded.clone(), exact: folded.clone(), folded }, factor }
}

/// The pairs of two neighbours in all their spellings.
fn pairs(left: &Slot, right: &Slot, factor: f32) -> Clause {
    let mut clause = Clause::new();
    let keeps = left.keeps.min(right.keeps) * factor * PAIR;
    for l in &left.spellings {
        for r in &right.spellings {
            let factor = keeps * l.factor * r.factor;
            let accented = l.syllable.accented() || r.syllable.accented();
            if accented {
                let term = analysis::pair(&l.syllable.exact, &r.syllable.exact);
                clause.push(Alternative { form: Form::ExactPair, term, factor });
            }
            let term = analysis::pair(&l.syllable.folded, &r.syllable.folded);
            let factor = if accented { factor * 0.5 } else { factor };
            clause.push(Alternative { form: Form::FoldedPair, term, factor });
        }
    }
    clause
}

/// The official names of an everyday expression; they are spelt right.
fn official(understood: &Understood<'_>) -> Group {
    let options = understood.official.iter().map(|phrase| {
        let single = |s: &Syllable| {
            vec![Alternative { form: Form::Exact, term: s.exact.clone(), factor: 1.0 }]
        };
        let pair = |w: &[Syllable]| {
            let term = analysis::pair(&w[0].exact, &w[1].exact);
            vec![Alternative { form: Form::ExactPair, term, factor: PAIR }]
        };
        phrase.iter().map(single).chain(phrase.windows(2).map(pair)).collect()
    });
    Group { options: options.collect(), capped: true }
}
