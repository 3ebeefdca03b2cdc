//! Adds up what speaks for each procedure.
//!
//! The library's own scores reward short texts and repeated words, which in official names are
//! accidents. Here a term is worth its rarity, a clause its best match, a group its best way of
//! saying; the catalogue is small enough to keep one number a procedure.

use tantivy::schema::IndexRecordOption;
use tantivy::{SegmentReader, Term};

use super::layout::{Layout, TextFields};
use crate::search::reading::{Alternative, Clause, Corpus, Form, Group};

/// A match in field, results or subjects counts this much of one in the name.
const ABOUT: f32 = 0.35;
/// The same for components and conditions.
const BODY: f32 = 0.12;
/// Single syllables of components say nothing unless they are rarer than this share.
const BODY_COMMON: f32 = 0.05;
/// Outside of names a term that this share of all procedures have tells none from another; its lists
/// are the longest.
const COMMON: f32 = 0.3;
/// An official phrase is worth at most this much, about two rare words.
const PHRASE_CAP: f32 = 18.0;

/// One segment's terms. The built index has one segment.
pub struct Terms<'a> {
    segment: &'a SegmentReader,
    layout: &'a Layout,
}

impl<'a> Terms<'a> {
    /// The terms of a segment.
    pub fn new(segment: &'a SegmentReader, layout: &'a Layout) -> Self {
        Self { segment, layout }
    }

    fn frequency(&self, fields: &TextFields, form: Form, term: &str) -> u32 {
        let field = fields.form(form);
        let found = self
            .segment
            .inverted_index(field)
            .and_then(|index| Ok(index.doc_freq(&Term::from_field_text(field, term))?));
        found.unwrap_or(0)
    }

    /// A score for each document of the segment.
    pub fn score(&self, groups: &[Group]) -> tantivy::Result<Vec<f32>> {
        let mut sums = Sums::new(self.segment.max_doc());
        for group in groups {
            // Of one way to say a thing there is nothing to compare.
            let is_only = group.options.len() == 1;
            for option in &group.options {
                let scale = if group.capped { self.cap(option)? } else { 1.0 };
                for clause in option {
                    for alternative in clause {
                        self.alternative(alternative, scale, &mut sums.clause)?;
                    }
                    let into = if is_only { &mut sums.total } else { &mut sums.option };
                    sums.clause.flow_into(into, |sum, best| *sum += best);
                }
                sums.option.flow_into(&mut sums.group, |best, sum| *best = best.max(sum));
            }
            sums.group.flow_into(&mut sums.total, |sum, best| *sum += best);
        }
        Ok(sums.total.values)
    }

    /// Scales a phrase down to the cap.
    fn cap(&self, option: &[Clause]) -> tantivy::Result<f32> {
        let mut most = 0.0;
        for alternative in option.iter().flatten() {
            let in_names = self.frequency(&self.layout.name, alternative.form, &alternative.term);
            if in_names > 0 {
                most += alternative.factor * self.rarity(in_names);
            }
        }
        Ok(if most > PHRASE_CAP { PHRASE_CAP / most } else { 1.0 })
    }

    fn rarity(&self, frequency: u32) -> f32 {
        let (all, having) = (self.segment.max_doc() as f32, frequency as f32);
        (1.0 + (all - having + 0.5).max(0.0) / (having + 0.5)).ln()
    }

    /// Raises each matching document to what the alternative is worth there.
    fn alternative(&self, one: &Alternative, scale: f32, best: &mut Sum) -> tantivy::Result<()> {
        let layout = self.layout;
        for (fields, share) in [(&layout.name, 1.0), (&layout.about, ABOUT), (&layout.body, BODY)] {
            let field = fields.form(one.form);
            let index = self.segment.inverted_index(field)?;
            let term = Term::from_field_text(field, &one.term);
            let Some(info) = index.get_term_info(&term)? else { continue };
            let single = matches!(one.form, Form::Exact | Form::Folded);
            let share_of_all = info.doc_freq as f32 / self.segment.max_doc() as f32;
            let is_vain = share == BODY && single && share_of_all > BODY_COMMON;
            if is_vain || (share < 1.0 && share_of_all > COMMON) {
                continue;
            }
            let worth = one.factor * scale * share * self.rarity(info.doc_freq);
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

    /// Empties this one into another.
    fn flow_into(&mut self, other: &mut Self, change: impl Fn(&mut f32, f32)) {
        for document in self.touched.drain(..) {
            let worth = std::mem::take(&mut self.values[document as usize]);
            other.with(document, worth, &change);
        }
    }
}

struct Sums {
    clause: Sum,
    option: Sum,
    group: Sum,
    total: Sum,
}

impl Sums {
    fn new(documents: u32) -> Self {
        let sum = || Sum::new(documents);
        Self { clause: sum(), option: sum(), group: sum(), total: sum() }
    }
}
