//! The syllables of every name, for asking how much of a name a query explains.
//!
//! A name that says much beside what was asked is another matter's: the sibling with one more
//! condition, the trade with one more object.

use tantivy::schema::IndexRecordOption;
use tantivy::{SegmentReader, Term};

use super::layout::Layout;
use crate::search::reading::Form;

/// One segment's names as ordinals of folded syllables, each once.
pub struct Titles {
    starts: Vec<u32>,
    syllables: Vec<u16>,
    /// How rare each syllable is among names, by its ordinal.
    rarity: Vec<f32>,
}

impl Titles {
    /// Reads them from the index.
    pub fn of(segment: &SegmentReader, layout: &Layout) -> tantivy::Result<Self> {
        let index = segment.inverted_index(layout.name.form(Form::Folded))?;
        let mut rarity = Vec::new();
        let mut pairs: Vec<(u32, u16)> = Vec::new();
        let mut stream = index.terms().stream()?;
        while let Some((_, info)) = stream.next() {
            // Folded Vietnamese has some two thousand syllables; more is no Vietnamese.
            let Ok(ordinal) = u16::try_from(rarity.len()) else { break };
            rarity.push(super::scoring::rarity(segment.max_doc(), info.doc_freq));
            let mut postings =
                index.read_block_postings_from_terminfo(info, IndexRecordOption::Basic)?;
            while !postings.docs().is_empty() {
                pairs.extend(postings.docs().iter().map(|doc| (*doc, ordinal)));
                postings.advance();
            }
        }
        pairs.sort_unstable();
        let mut starts = vec![0_u32; segment.max_doc() as usize + 1];
        for (doc, _) in &pairs {
            starts[*doc as usize + 1] += 1;
        }
        for doc in 1..starts.len() {
            starts[doc] += starts[doc - 1];
        }
        Ok(Self { starts, syllables: pairs.into_iter().map(|(_, s)| s).collect(), rarity })
    }

    /// Marks the ordinals of these folded syllables.
    pub fn marked<'t>(
        &self,
        segment: &SegmentReader,
        layout: &Layout,
        folded: impl Iterator<Item = &'t str>,
    ) -> tantivy::Result<Vec<bool>> {
        let field = layout.name.form(Form::Folded);
        let index = segment.inverted_index(field)?;
        let mut marked = vec![false; self.rarity.len()];
        for syllable in folded {
            let term = Term::from_field_text(field, syllable);
            let ordinal = index.terms().term_ord(term.serialized_value_bytes())?;
            if let Some(mark) = ordinal.and_then(|ordinal| marked.get_mut(ordinal as usize)) {
                *mark = true;
            }
        }
        Ok(marked)
    }

    /// The share of a name, by rarity, that is not marked.
    pub fn unexplained(&self, doc: u32, marked: &[bool]) -> f32 {
        let doc = doc as usize;
        let (mut all, mut left) = (0.0, 0.0);
        for ordinal in &self.syllables[self.starts[doc] as usize..self.starts[doc + 1] as usize] {
            let ordinal = usize::from(*ordinal);
            all += self.rarity[ordinal];
            if !marked[ordinal] {
                left += self.rarity[ordinal];
            }
        }
        if all > 0.0 { left / all } else { 0.0 }
    }
}
