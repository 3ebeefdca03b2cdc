//! What mistyped words of a query may have meant, told by their neighbours.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use super::{COMPLETED, Form, NOISE, Reader, Slot, Spelling, bare};
use crate::search::analysis::{self, Syllable};

impl Reader<'_> {
    /// Of several mended spellings the one that goes with its neighbours comes first. Returns what
    /// the query then says.
    pub(super) fn settle(
        &self,
        slots: &mut [Slot],
        same: &dyn Fn(&Syllable, &Syllable) -> bool,
    ) -> Vec<Syllable> {
        let mut said: Vec<Syllable> = slots.iter().map(|s| s.first().clone()).collect();
        for (i, slot) in slots.iter_mut().enumerate() {
            let settled = slot.spellings[0].factor > self.weights.mended.max(COMPLETED);
            if settled || slot.spellings.len() == 1 && slot.may_be_word.is_none() {
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
            match slot.may_be_word.take().filter(|_| best.0 == 0) {
                Some(syllable) => {
                    slot.spellings = vec![Spelling { syllable, factor: 1.0 }];
                    slot.is_mended = false;
                }
                None => slot.spellings.swap(0, best.1),
            }
            said[i] = slot.first().clone();
        }
        said
    }

    /// "bằng láy": a slip beside a word with which everyday expressions have another. Returns whether
    /// there was one.
    pub(super) fn mend_by_sayings(
        &self,
        slots: &mut [Slot],
        said: &mut [Syllable],
        understood: &[usize],
    ) -> bool {
        let mut is_mended = false;
        let accented = said.iter().any(Syllable::accented);
        for i in 1..said.len() {
            let (left, right) = (&said[i - 1], &said[i]);
            let pair = analysis::pair(&left.folded, &right.folded);
            if self.lexicon.says(&left.folded, &right.folded)
                || self.corpus.anywhere(Form::FoldedPair, &pair)
            {
                continue;
            }
            // What is understood already is no slip.
            let is_well_typed = |place: usize| {
                understood.contains(&place)
                    || accented && self.spelt_so(&said[place])
                    || self.lexicon.is_noise(&said[place].folded)
            };
            let found = if is_well_typed(i) {
                None
            } else {
                nearest(right, self.lexicon.after(&left.folded)).map(|meant| (i, meant))
            };
            let found = found.or_else(|| match is_well_typed(i - 1) {
                true => None,
                false => nearest(left, self.lexicon.before(&right.folded)).map(|m| (i - 1, m)),
            });
            if let Some((place, meant)) = found {
                slots[place].spellings.push(bare(meant, self.weights.mended_by_neighbour));
                slots[place].likelier = Some(meant.to_owned());
                said[place] = bare(meant, 1.0).syllable;
                is_mended = true;
            }
        }
        is_mended
    }

    /// "kham sinh": both are syllables, together they are nothing, but "khai sinh" is.
    pub(super) fn mend_by_neighbours(&self, slots: &mut [Slot], understood: &[usize]) {
        let mut similar: HashMap<String, Vec<&str>> = HashMap::new();
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
            let mut mended = |syllable: &Syllable, fits: &dyn Fn(&str) -> bool| -> Vec<Spelling> {
                if syllable.accented() && self.spelt_so(syllable) {
                    return Vec::new();
                }
                let known = similar.entry(syllable.folded.clone());
                let similar = known.or_insert_with(|| self.vocabulary.similar(&syllable.folded));
                similar
                    .iter()
                    .filter(|s| fits(s))
                    .map(|s| bare(s, self.weights.mended_by_neighbour))
                    .collect()
            };
            let new_left = mended(left, &|l| named(l, &right.folded));
            let new_right = mended(right, &|r| named(&left.folded, r));
            let is_understood = understood.contains(&i) || understood.contains(&(i - 1));
            for (place, new) in [(i - 1, new_left), (i, new_right)] {
                if let Some(first) = new.first().filter(|_| !is_understood) {
                    slots[place].likelier = Some(first.syllable.folded.clone());
                }
                slots[place].spellings.extend(new);
            }
        }
    }
}

/// The one of some words that a slip may have meant: what sounds like it before what looks like it. A
/// mark that was typed on a letter is in what was meant.
fn nearest<'w>(typed: &Syllable, words: impl Iterator<Item = &'w Syllable>) -> Option<&'w str> {
    let marks = |letters: &str| letters.nfd().filter(|c| is_shape(*c)).collect::<Vec<char>>();
    let (sound, typed_marks) = (analysis::sound(&typed.folded), marks(&typed.exact));
    let mut looks_alike = None;
    if typed.folded.len() <= 2 {
        return None;
    }
    for word in words {
        let meant = marks(&word.exact);
        if !typed_marks.iter().all(|mark| meant.contains(mark)) {
            continue;
        }
        if analysis::sound(&word.folded) == sound {
            return Some(&word.folded);
        }
        if looks_alike.is_none() && analysis::one_typo_apart(&typed.folded, &word.folded) {
            looks_alike = Some(word.folded.as_str());
        }
    }
    looks_alike
}

/// Circumflex, breve, horn: they make another letter, unlike a tone.
fn is_shape(c: char) -> bool {
    matches!(c, '\u{302}' | '\u{306}' | '\u{31b}' | 'đ')
}
