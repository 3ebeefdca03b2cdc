//! Adds up what speaks for each procedure.
//!
//! The library's own scores reward short texts and repeated words, which in official names are
//! accidents. Here a term is worth its rarity, a clause its best match, a group its best way of
//! saying; the catalogue is small enough to keep one number a procedure.

use tantivy::schema::IndexRecordOption;
use tantivy::{SegmentReader, Term};

use super::layout::{Layout, TextFields};
use crate::search::reading::{Alternative, Clause, Corpus, Form, Group};
use crate::search::weights::Weights;

/// Single syllables of components say nothing unless they are rarer than this share.
const BODY_COMMON: f32 = 0.05;
/// Outside of names a term that this share of all procedures have tells none from another; its lists
/// are the longest.
const COMMON: f32 = 0.3;

/// How much it says that a term occurs which so many of all have.
pub fn rarity(all: u32, having: u32) -> f32 {
    let (all, having) = (all as f32, having as f32);
    (1.0 + (all - having + 0.5).max(0.0) / (having + 0.5)).ln()
}

/// A name answers a matter that has this share of what the best one has.
const ANSWERS: f32 = 0.99;

/// What a segment's documents are worth.
pub struct Scored {
    /// A score for each.
    pub scores: Vec<f32>,
    /// The documents that answer each matter that was understood.
    pub matters: Vec<Vec<u32>>,
}

/// One segment's terms. The built index has one segment.
pub struct Terms<'a> {
    segment: &'a SegmentReader,
    layout: &'a Layout,
    weights: &'a Weights,
}

impl<'a> Terms<'a> {
    /// The terms of a segment.
    pub fn new(segment: &'a SegmentReader, layout: &'a Layout, weights: &'a Weights) -> Self {
        Self { segment, layout, weights }
    }

    fn frequency(&self, fields: &TextFields, form: Form, term: &str) -> u32 {
        let field = fields.form(form);
        let found = self
            .segment
            .inverted_index(field)
            .and_then(|index| Ok(index.doc_freq(&Term::from_field_text(field, term))?));
        found.unwrap_or(0)
    }

    /// A score for each document of the segment, and what answers each matter.
    pub fn score(&self, groups: &[Group]) -> tantivy::Result<Scored> {
        let mut sums = Sums::new(self.segment.max_doc());
        let weights = self.weights;
        let is_understood = groups.iter().any(|group| group.capped);
        let mut matters = Vec::new();
        for group in groups {
            for (which, option) in group.options.iter().enumerate() {
                let most = self.most(option);
                for clause in option {
                    for alternative in clause {
                        self.alternative(alternative, &mut sums.clause)?;
                    }
                    sums.clause.flow_into(&mut sums.option, |sum, best| *sum += best);
                }
                let (cap, power) = match group.capped {
                    true => (most.min(weights.phrase_cap), weights.phrase_power),
                    false if is_understood => (most * weights.beside, weights.literal_power),
                    false => (most, weights.literal_power),
                };
                let keeps = if which == 0 { group.keeps } else { group.keeps * weights.later };
                let cap = cap * keeps;
                sums.option.flow_into(&mut sums.group, |best, sum| {
                    // What no name has may still stand in results or components.
                    let worth = match most {
                        0.0 => sum * keeps,
                        most if power == 1.0 => cap * (sum / most).min(1.0),
                        most => cap * (sum / most).min(1.0).powf(power),
                    };
                    *best = best.max(worth);
                });
            }
            if group.capped {
                matters.push(sums.group.best(ANSWERS));
                // What is said twice in other words is not twice as true.
                sums.group.flow_into_both(&mut sums.phrases, &mut sums.best);
            } else {
                sums.group.flow_into(&mut sums.total, |sum, best| *sum += best);
            }
        }
        sums.phrases.flow_into(&mut sums.total, |sum, all| *sum += all * weights.further);
        sums.best.flow_into(&mut sums.total, |sum, best| *sum += best * (1.0 - weights.further));
        Ok(Scored { scores: sums.total.values, matters })
    }

    /// What a name is worth that holds all of an option.
    fn most(&self, option: &[Clause]) -> f32 {
        let worth = |one: &Alternative| {
            let in_names = self.frequency(&self.layout.name, one.form, &one.term);
            if in_names > 0 { one.factor * rarity(self.segment.max_doc(), in_names) } else { 0.0 }
        };
        option.iter().map(|clause| clause.iter().map(worth).fold(0.0, f32::max)).sum()
    }

    /// Raises each matching document to what the alternative is worth there.
    fn alternative(&self, one: &Alternative, best: &mut Sum) -> tantivy::Result<()> {
        let layout = self.layout;
        let parts = [
            (&layout.name, 1.0, 1.0),
            (&layout.about, self.weights.about, COMMON),
            (&layout.body, self.weights.body, COMMON),
        ];
        let is_single = matches!(one.form, Form::Exact | Form::Folded);
        for (part, (fields, share, common)) in parts.into_iter().enumerate() {
            let common = if part == 2 && is_single { BODY_COMMON } else { common };
            let field = fields.form(one.form);
            let index = self.segment.inverted_index(field)?;
            let term = Term::from_field_text(field, &one.term);
            let Some(info) = index.get_term_info(&term)? else { continue };
            if info.doc_freq as f32 > common * self.segment.max_doc() as f32 {
                continue;
            }
            let worth = one.factor * share * rarity(self.segment.max_doc(), info.doc_freq);
            let mut postings =
                index.read_block_postings_from_terminfo(&info, IndexRecordOption::Basic)?;
            while !postings.docs().is_empty() {
                for doc in postings.docs() {
                    best.with(*doc, worth, |best, worth| *best = best.max(worth));
                }
                postings.advance();
            }
        }
        Ok(())
    }
}

impl Corpus for Terms<'_> {
    fn in_names(&self, form: Form, term: &str) -> u32 {
        self.frequency(&self.layout.name, form, term)
    }

    fn anywhere(&self, form: Form, term: &str) -> bool {
        let layout = self.layout;
        [&layout.name, &layout.about, &layout.body]
            .into_iter()
            .any(|fields| self.frequency(fields, form, term) > 0)
    }
}

/// One number a document, and which are not zero.
struct Sum {
    values: Vec<f32>,
    touched: Vec<u32>,
}

impl Sum {
    fn new(documents: u32) -> Self {
        Self { values: vec![0.0; documents as usize], touched: Vec::new() }
    }

    fn with(&mut self, document: u32, worth: f32, change: impl Fn(&mut f32, f32)) {
        let value = &mut self.values[document as usize];
        if *value == 0.0 {
            self.touched.push(document);
        }
        change(value, worth);
    }

    /// The documents with this share of the most.
    fn best(&self, share: f32) -> Vec<u32> {
        let value = |doc: &u32| self.values[*doc as usize];
        let least = share * self.touched.iter().map(value).fold(0.0, f32::max);
        self.touched.iter().copied().filter(|doc| value(doc) >= least).collect()
    }

    /// Empties this one into another.
    fn flow_into(&mut self, other: &mut Self, change: impl Fn(&mut f32, f32)) {
        for document in self.touched.drain(..) {
            let worth = std::mem::take(&mut self.values[document as usize]);
            other.with(document, worth, &change);
        }
    }

    /// Empties this one into a sum and a maximum.
    fn flow_into_both(&mut self, sum: &mut Self, most: &mut Self) {
        for document in self.touched.drain(..) {
            let worth = std::mem::take(&mut self.values[document as usize]);
            sum.with(document, worth, |sum, worth| *sum += worth);
            most.with(document, worth, |most, worth| *most = most.max(worth));
        }
    }
}

struct Sums {
    clause: Sum,
    option: Sum,
    group: Sum,
    /// All official phrases, and the best one.
    phrases: Sum,
    best: Sum,
    total: Sum,
}

impl Sums {
    fn new(documents: u32) -> Self {
        let sum = || Sum::new(documents);
        Self {
            clause: sum(),
            option: sum(),
            group: sum(),
            phrases: sum(),
            best: sum(),
            total: sum(),
        }
    }
}
