//! What a query means: its syllables with their possible spellings, the pairs they form, and the
//! official names of the everyday words in it, as weighted terms.
//!
//! Diacritics are respected where they were typed and ignored where they were not.

mod mending;

use std::sync::Arc;

use super::analysis::{self, Syllable};
use super::asked::{Asked, Near};
use super::keystrokes;
use super::lexicon::{Elsewhere, Lexicon, Understood};
use super::syllable::is_syllable;
use super::vocabulary::Vocabulary;
use super::weights::Weights;

/// Syllables of a query beyond these are ignored.
const LONGEST_QUERY: usize = 24;
const KEYSTROKES: f32 = 0.9;
const BARE_KEYSTROKES: f32 = 0.8;
const SPLIT: f32 = 0.9;
const COMPLETED: f32 = 0.6;
/// Below this a syllable may stand between the halves of a word.
const NOISE: f32 = 0.3;
/// From this likeness on, what a known query asks for is asked for: a special case, too.
const ASKED_FOR: f32 = 0.6;

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
#[derive(Debug)]
pub struct Group {
    /// The ways.
    pub options: Vec<Vec<Clause>>,
    /// Whether the sum is capped: an official name says a thing once, however long it is.
    pub capped: bool,
    /// What it keeps of its worth.
    pub keeps: f32,
}

/// A query as it was read, when it was not read as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meant {
    /// The words, spelt.
    pub text: String,
    /// Whether the words as typed are none; else another reading is only likelier.
    pub is_sure: bool,
    /// The folded syllables that were put in.
    mended: Vec<String>,
}

impl Meant {
    /// Whether a name holds what was put in.
    pub fn is_in(&self, name: &str) -> bool {
        let name = analysis::syllables(name);
        self.mended.iter().all(|put| name.iter().any(|s| s.folded == *put))
    }
}

/// A query understood.
#[derive(Debug, Default)]
pub struct Reading<'a> {
    /// What was read in place of mistyped words.
    pub meant: Option<Meant>,
    /// Who settles it, when that is somebody else.
    pub elsewhere: Option<&'a Elsewhere>,
    /// All that speaks for a procedure, added up.
    pub groups: Vec<Group>,
    /// Special cases that the query asks for, as bits of the lexicon.
    pub asked: u64,
    /// Deeds among them that the query asks for, and no word of which means something else.
    pub deeds: u64,
    /// Whether it names the commune: then the commune settles it.
    pub at_commune: bool,
    /// The folded syllables that it has, or that what it says is called by.
    pub explains: Vec<String>,
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
    /// As people see it.
    typed: String,
    /// As typed or as mended first; the others may have been meant.
    spellings: Vec<Spelling>,
    keeps: f32,
    /// Whether the typed run is no word.
    is_mended: bool,
    /// The typed run, when it may be a word that no name uses: it is mended only when its neighbours
    /// speak for it.
    may_be_word: Option<Syllable>,
    /// What its neighbours make likelier.
    likelier: Option<String>,
}

impl Slot {
    fn new(typed: &str, spellings: Vec<Spelling>, is_mended: bool) -> Self {
        Self {
            typed: typed.to_owned(),
            spellings,
            keeps: 1.0,
            is_mended,
            may_be_word: None,
            likelier: None,
        }
    }

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
    /// What is weighed.
    pub weights: &'a Weights,
    /// Whether mistyped words are mended.
    pub mends: bool,
}

impl<'a> Reader<'a> {
    /// Reads a query; `typing` when its last syllable may be unfinished.
    pub fn read(&self, text: &str, typing: bool) -> Reading<'a> {
        let mut typed = analysis::syllables(text);
        typed.truncate(LONGEST_QUERY);
        let typing = typing && text.chars().next_back().is_some_and(char::is_alphanumeric);
        let mut slots = self.slots(&typed, typing);
        if slots.is_empty() {
            return Reading::default();
        }
        let same = |q: &Syllable, listed: &Syllable| self.same(q, listed);
        let mut said = self.settle(&mut slots, &same);
        let mut understood = self.lexicon.understand(&said, &same);
        if self.mends && self.mend_by_sayings(&mut slots, &mut said, &places_of(&understood)) {
            understood = self.lexicon.understand(&said, &same);
        }
        let said_keeps = self.lexicon.keeps(&said, &same);
        for (slot, keeps) in slots.iter_mut().zip(&said_keeps) {
            slot.keeps = *keeps;
        }
        if self.mends {
            self.mend_by_neighbours(&mut slots, &places_of(&understood));
        }
        for one in understood.iter().filter(|u| u.misleads) {
            for place in &one.places {
                slots[*place].keeps *= self.weights.misleads;
            }
        }
        let mut asked = self.lexicon.variants_asked(&said, &same);
        let mut deeds = asked_beside(self.lexicon, &said, &understood, &same);
        let accented = said.iter().any(Syllable::accented);
        let has_matter = understood.iter().any(|one| !one.is_beside);
        let mut groups = vec![Group {
            options: vec![self.literal(&slots, accented)],
            capped: false,
            keeps: 1.0,
        }];
        for (i, one) in understood.iter().enumerate() {
            // What is said twice in other words is said once.
            if understood[..i].iter().any(|other| other.official == one.official) {
                continue;
            }
            let keeps = if one.is_beside && has_matter { self.weights.whom } else { 1.0 };
            let keeps = keeps * covering(&one.places, &said_keeps, self.weights.covers);
            groups.push(Group { keeps, ..official(one.official, self.weights) });
            for phrase in one.official {
                asked |= self.lexicon.variants_of(phrase);
                deeds |= self.lexicon.variants_of(phrase) & self.lexicon.deeds();
            }
        }
        let near = self.asked(&said, &said_keeps, has_matter);
        for one in &near {
            let keeps = self.weights.asked * one.likeness.powf(self.weights.asked_power);
            groups.push(Group { keeps, ..official(&[one.name], self.weights) });
            asked |= if one.likeness >= ASKED_FOR { self.lexicon.variants_of(one.name) } else { 0 };
        }
        let named = |phrase: &[Syllable]| {
            let pairs = phrase.windows(2).map(|w| analysis::pair(&w[0].exact, &w[1].exact));
            pairs.into_iter().all(|pair| self.corpus.in_names(Form::ExactPair, &pair) > 0)
        };
        let elsewhere = self.lexicon.elsewhere(&said, &same, &named);
        let meant = if typing { None } else { self.meant(&slots) };
        let as_said = slots.iter().flat_map(|slot| &slot.spellings).map(|s| &s.syllable.folded);
        let called = understood.iter().flat_map(|one| one.official.iter().flat_map(|p| p.iter()));
        let called = called.chain(near.iter().flat_map(|one| one.name));
        let explains = as_said.chain(called.map(|s| &s.folded)).cloned().collect();
        let at_commune = names_commune(&said);
        Reading { meant, elsewhere, groups, asked, deeds, at_commune, explains }
    }

    /// The names of the known queries that are like this one. Words that names use so need no other reading,
    /// and where the dictionary knows the matter a known query has to be much like this one.
    fn asked(&self, said: &[Syllable], keeps: &[f32], has_matter: bool) -> Vec<Near<'static>> {
        let in_names =
            |form, a: &str, b: &str| self.corpus.in_names(form, &analysis::pair(a, b)) > 0;
        let is_official = said.windows(2).all(|pair| {
            in_names(Form::ExactPair, &pair[0].exact, &pair[1].exact)
                || in_names(Form::FoldedPair, &pair[0].folded, &pair[1].folded)
        });
        if is_official {
            return Vec::new();
        }
        let mut near = Asked::builtin().like(said, keeps, self.weights);
        near.retain(|one| !has_matter || one.likeness >= ASKED_FOR);
        near
    }

    /// The query as it was read, when mistyped words were mended: with the diacritics that its
    /// words have in names when it was typed without any.
    fn meant(&self, slots: &[Slot]) -> Option<Meant> {
        let is_sure = slots.iter().any(|slot| slot.is_mended);
        if !is_sure && !slots.iter().any(|slot| slot.likelier.is_some()) {
            return None;
        }
        let accented = slots.iter().any(|slot| !slot.is_mended && slot.first().accented());
        let mut mended = Vec::new();
        let mut choices: Vec<Vec<String>> = Vec::new();
        for slot in slots {
            let put = slot.likelier.as_ref().or(slot.is_mended.then(|| &slot.first().folded));
            mended.extend(put.cloned());
            let first = slot.first();
            let mut spelt: Vec<String> = Vec::new();
            if first.accented() && slot.likelier.is_none() {
                spelt.push(first.exact.clone());
            }
            // Words that were typed well stay; the others are spelt as names spell them.
            if put.is_some() || !(first.accented() || accented) {
                let folded = put.unwrap_or(&first.folded);
                spelt.extend(self.vocabulary.spellings(folded).map(str::to_owned));
            }
            if spelt.is_empty() {
                spelt.push(put.unwrap_or(&first.exact).clone());
            }
            choices.push(spelt);
        }
        let mut words: Vec<String> = Vec::with_capacity(slots.len());
        let mut before: Option<String> = None;
        for (i, slot) in slots.iter().enumerate() {
            let exact = self.best_spelling(before.as_deref(), &choices[i], choices.get(i + 1));
            let typed = !slot.is_mended && slot.likelier.is_none() && exact == slot.first().exact;
            words.push(if typed { slot.typed.clone() } else { analysis::written(&exact) });
            before = Some(exact);
        }
        Some(Meant { text: words.join(" "), is_sure, mended })
    }

    /// Of several spellings the one that names use beside its neighbours; else the commonest.
    fn best_spelling(
        &self,
        before: Option<&str>,
        choices: &[String],
        after: Option<&Vec<String>>,
    ) -> String {
        let pair = |a: &str, b: &str| self.corpus.in_names(Form::ExactPair, &analysis::pair(a, b));
        let worth = |spelling: &str| {
            let left = before.map_or(0, |before| pair(before, spelling));
            let right = after.into_iter().flatten().map(|next| pair(spelling, next)).max();
            left + right.unwrap_or(0)
        };
        // Of equals the last is taken, so the commonest come last.
        let best = choices.iter().rev().max_by_key(|spelling| worth(spelling));
        best.cloned().unwrap_or_default()
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
            if known || !self.mends {
                spellings.push(Spelling { syllable: syllable.clone(), factor: 1.0 });
            } else if let Some(meant) = self.keyed(&syllable.typed) {
                // Some keys may be missing: the bare syllable stays possible.
                let folded = bare(&meant.syllable.folded, BARE_KEYSTROKES);
                spellings.extend([meant, folded]);
            } else if !(last && typing || is_syllable(&syllable.folded))
                && let Some(parts) = self.vocabulary.split(&syllable.folded)
            {
                slots.extend(parts.iter().map(|p| Slot::new(p, vec![bare(p, SPLIT)], true)));
                continue;
            }
            let is_sure = !spellings.is_empty();
            if !is_sure {
                let similar = self.vocabulary.similar(&syllable.folded);
                spellings.extend(similar.into_iter().map(|s| bare(s, self.weights.mended)));
            }
            if last && (typing || spellings.is_empty()) {
                let completions = self.vocabulary.completions(&syllable.folded);
                spellings.extend(completions.into_iter().map(|s| bare(s, COMPLETED)));
            }
            let is_mended = !known && self.mends && !spellings.is_empty();
            if spellings.is_empty() {
                spellings.push(Spelling { syllable: syllable.clone(), factor: 1.0 });
            }
            let may_be_word = is_mended && !(last && typing) && is_syllable(&syllable.folded);
            slots.push(Slot {
                may_be_word: may_be_word.then(|| syllable.clone()),
                ..Slot::new(&syllable.typed, spellings, is_mended)
            });
        }
        slots
    }

    /// What keystrokes of an input method stand for, if that is a known word.
    fn keyed(&self, typed: &str) -> Option<Spelling> {
        let meant = keystrokes::decoded(typed)?;
        let syllable = analysis::syllables(&meant).pop()?;
        if !self.vocabulary.knows(&syllable.folded) && !self.lexicon.knows(&syllable.folded) {
            return None;
        }
        // A tone key in the wrong place is likelier than a word that nobody uses.
        if self.spelt_so(&syllable) {
            return Some(Spelling { syllable, factor: KEYSTROKES });
        }
        Some(bare(&syllable.folded, KEYSTROKES))
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
                clauses.push(pairs(&slots[i], next, self.weights.pair));
            }
            if let Some(after) = slots.get(i + 2).filter(|_| slots[i + 1].keeps <= NOISE) {
                clauses.push(pairs(&slots[i], after, 0.8 * self.weights.pair));
            }
        }
        clauses
    }

    fn single(&self, spelling: &Spelling, keeps: f32, accented: bool, clause: &mut Clause) {
        let Spelling { syllable, factor } = spelling;
        let factor = factor * keeps * self.weights.said_single;
        let folded = if syllable.accented() {
            if self.spelt_so(syllable) {
                self.weights.other_tones
            } else {
                self.weights.unknown_tones
            }
        } else if accented {
            self.weights.bare_among_accented
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

/// Whether a query names a commune or ward, and not society or a cooperative ("xã hội", "hợp tác xã").
fn names_commune(said: &[Syllable]) -> bool {
    let is = |at: usize, folded: &str| said.get(at).is_some_and(|s| s.folded == folded);
    said.iter().enumerate().any(|(i, s)| match s.folded.as_str() {
        "phuong" => s.exact.ends_with('\u{300}'),
        "xa" => {
            let is_other = is(i + 1, "hoi") || i > 0 && is(i - 1, "tac");
            s.exact.ends_with('\u{303}') && !is_other
        }
        _ => false,
    })
}

/// The deeds that a query asks for in words that are not understood as something else: "mất" of
/// "ông nội mất" loses no paper.
fn asked_beside(
    lexicon: &Lexicon,
    said: &[Syllable],
    understood: &[Understood<'_>],
    same: &dyn Fn(&Syllable, &Syllable) -> bool,
) -> u64 {
    let mut left = said.to_vec();
    for place in understood.iter().filter(|one| one.misleads).flat_map(|one| &one.places) {
        left[*place] = bare("", 0.0).syllable;
    }
    lexicon.variants_asked(&left, same) & lexicon.deeds()
}

/// What an expression keeps that stands for a part of a query only: what else is said may be the matter.
fn covering(places: &[usize], keeps: &[f32], least: f32) -> f32 {
    let all: f32 = keeps.iter().sum();
    let covered: f32 = places.iter().filter_map(|place| keeps.get(*place)).sum();
    if all > 0.0 { least + (1.0 - least) * covered / all } else { 1.0 }
}

/// The places of a query's syllables that are understood.
fn places_of(understood: &[Understood<'_>]) -> Vec<usize> {
    understood.iter().flat_map(|one| one.places.iter().copied()).collect()
}

fn bare(folded: &str, factor: f32) -> Spelling {
    let folded = folded.to_owned();
    Spelling { syllable: Syllable { typed: folded.clone(), exact: folded.clone(), folded }, factor }
}

/// The pairs of two neighbours in all their spellings.
fn pairs(left: &Slot, right: &Slot, factor: f32) -> Clause {
    let mut clause = Clause::new();
    let keeps = left.keeps.min(right.keeps) * factor;
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
fn official<P: AsRef<[Arc<Syllable>]>>(phrases: &[P], weights: &Weights) -> Group {
    let options = phrases.iter().map(AsRef::as_ref).map(|phrase| {
        let single = |s: &Arc<Syllable>| {
            vec![Alternative {
                form: Form::Exact,
                term: s.exact.clone(),
                factor: weights.official_single,
            }]
        };
        let pair = |w: &[Arc<Syllable>]| {
            let term = analysis::pair(&w[0].exact, &w[1].exact);
            vec![Alternative { form: Form::ExactPair, term, factor: weights.pair }]
        };
        phrase.iter().map(single).chain(phrase.windows(2).map(pair)).collect()
    });
    Group { options: options.collect(), capped: true, keeps: 1.0 }
}
