//! Finding a procedure by everyday words.

mod examining;
mod layout;
mod scoring;
#[cfg(test)]
mod tests;
mod titles;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use tantivy::schema::IndexRecordOption;
use tantivy::schema::Value;
use tantivy::{
    DocId, DocSet, Index, IndexReader, ReloadPolicy, Searcher, SegmentReader, TERMINATED,
    TantivyDocument, Term,
};

pub use self::examining::{Examined, examine};
use self::layout::{Layout, TextFields, fast, level_bit};
use self::scoring::{Scored, Terms};
use self::titles::Titles;
use super::analysis;
use super::lexicon::{Lexicon, OwnWord, Place};
pub use super::marks::Marks;
pub use super::reading::Meant;
use super::reading::{Form, Reader, Reading};
use super::vocabulary::Vocabulary;
use super::weights::Weights;
use super::{SearchError, Stood};
use crate::domain::catalogue::{Level, Procedure};
use crate::domain::ids::ProcedureCode;
use crate::domain::words::Lang;

/// Hits below this share of the best one are no answer to the query.
const WORTH_SHOWING: f32 = 0.35;
/// Stored texts are small; a few blocks stay open.
const OPEN_BLOCKS: usize = 4;
/// What people look at.
const FIRST: usize = 5;
/// Answers to other matters that come among the first at most.
const MOST_LIFTED: usize = 2;
/// A name's length beyond this many syllables no longer counts against it.
const LONG_NAME: f32 = 30.0;

/// What someone looks for.
#[derive(Clone, Debug, Default)]
pub struct Query<'a> {
    /// Everyday words or a code; empty lists everything.
    pub text: &'a str,
    /// Only this field (lĩnh vực), as published.
    pub field: Option<&'a str>,
    /// Only procedures that this level settles; those that name no level stay in.
    pub level: Option<Level>,
    /// Most hits to return.
    pub limit: usize,
    /// Hits to skip.
    pub offset: usize,
    /// Whether the words are taken as typed, without mending.
    pub as_typed: bool,
}

/// Who settles a matter that the catalogue does not hold, and where to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    /// In Vietnamese.
    pub vi: String,
    /// In English.
    pub en: String,
    /// Where that is.
    pub place: Place,
}

impl Elsewhere {
    /// In the reader's language.
    pub fn say(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }
}

/// A procedure found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Its code.
    pub code: ProcedureCode,
    /// Its official name.
    pub name: String,
    /// How well it fits; comparable within one answer only.
    pub score: f32,
}

/// A page of hits.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// The page, best first.
    pub hits: Vec<Hit>,
    /// Hits on all pages.
    pub total: usize,
    /// Hits by field, whatever field the query asked for.
    pub fields: BTreeMap<String, usize>,
    /// What mistyped words were read as, or may have meant.
    pub meant: Option<Meant>,
    /// Who settles it, when that is another body.
    pub elsewhere: Option<Elsewhere>,
    /// What in the names answers the query.
    pub marks: Marks,
}

/// The index of one catalogue version. Cheap to search from many threads.
pub struct ProcedureIndex {
    reader: IndexReader,
    layout: Layout,
    lexicon: Arc<Lexicon>,
    vocabulary: Arc<Vocabulary>,
    /// Whether an instance's own words are in.
    has_own: bool,
    was_damaged: bool,
    /// The names of each segment.
    titles: Arc<[Titles]>,
    weights: Weights,
}

struct Candidate {
    segment: usize,
    doc: DocId,
    score: f32,
    length: u64,
}

impl ProcedureIndex {
    /// Opens the index in a folder, or builds it anew if it is missing, damaged, or of another
    /// version of the catalogue.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn open_or_build<'a>(
        folder: &Path,
        version_stamp: &str,
        procedures: impl Iterator<Item = &'a Procedure>,
    ) -> Result<Self, SearchError> {
        let layout = Layout::new();
        let stamp = layout::stamp(version_stamp);
        let stood = examining::stood(folder, &stamp, &layout);
        let was_damaged = matches!(stood, Stood::Damaged);
        if let Stood::Sound(index) = stood
            && let Ok(opened) = Self::open(index, layout.clone(), Lexicon::builtin())
        {
            return Ok(opened);
        }
        if folder.exists() {
            std::fs::remove_dir_all(folder)?;
        }
        std::fs::create_dir_all(folder)?;
        let lexicon = Lexicon::builtin();
        let index = Index::create_in_dir(folder, layout.schema.clone())?;
        layout.build(&index, &stamp, &lexicon, procedures)?;
        Ok(Self { was_damaged, ..Self::open(index, layout, lexicon)? })
    }

    /// Whether the folder had a damaged index, in whose place this one was built.
    pub fn was_damaged(&self) -> bool {
        self.was_damaged
    }

    /// Builds the index in memory, for tests and measurements.
    ///
    /// # Errors
    /// When the index library fails.
    pub fn in_memory<'a>(
        procedures: impl Iterator<Item = &'a Procedure>,
    ) -> Result<Self, SearchError> {
        let (layout, lexicon) = (Layout::new(), Lexicon::builtin());
        let index = Index::create_in_ram(layout.schema.clone());
        layout.build(&index, &layout::stamp(""), &lexicon, procedures)?;
        Self::open(index, layout, lexicon)
    }

    fn open(index: Index, layout: Layout, lexicon: Lexicon) -> Result<Self, SearchError> {
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .doc_store_cache_num_blocks(OPEN_BLOCKS)
            .try_into()?;
        let vocabulary = Arc::new(vocabulary(&reader, &layout, &lexicon)?);
        let searcher = reader.searcher();
        let titles = searcher.segment_readers().iter().map(|s| Titles::of(s, &layout));
        let titles = titles.collect::<tantivy::Result<Arc<[_]>>>()?;
        let (lexicon, weights) = (Arc::new(lexicon), Weights::builtin());
        let (has_own, was_damaged) = (false, false);
        Ok(Self { reader, layout, lexicon, vocabulary, has_own, was_damaged, titles, weights })
    }

    /// The same index with an instance's own words: it is only read anew.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn with_words(&self, own: &[OwnWord]) -> Result<Self, SearchError> {
        let (reader, layout) = (self.reader.clone(), self.layout.clone());
        let has_own = !own.is_empty();
        // The shipped dictionary is read once.
        let (lexicon, vocabulary) = if has_own || self.has_own {
            let lexicon = Lexicon::with(own);
            let vocabulary = vocabulary(&reader, &layout, &lexicon)?;
            (Arc::new(lexicon), Arc::new(vocabulary))
        } else {
            (self.lexicon.clone(), self.vocabulary.clone())
        };
        let (titles, weights) = (self.titles.clone(), self.weights.clone());
        let was_damaged = self.was_damaged;
        Ok(Self { reader, layout, lexicon, vocabulary, has_own, was_damaged, titles, weights })
    }

    /// The same index with other weights, for fitting them.
    #[must_use]
    pub fn weighing(self, weights: Weights) -> Self {
        Self { weights, ..self }
    }

    /// The number of procedures in it.
    pub fn len(&self) -> usize {
        usize::try_from(self.reader.searcher().num_docs()).unwrap_or(usize::MAX)
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Finds procedures. A text with a procedure's code finds just that one.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn search(&self, query: &Query<'_>) -> Result<Found, SearchError> {
        self.find(query, false)
    }

    /// The best procedures for a text that is still being typed.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn suggest(&self, prefix: &str, limit: usize) -> Result<Found, SearchError> {
        if prefix.trim().is_empty() {
            return Ok(Found::default());
        }
        self.find(&Query { text: prefix, limit, ..Query::default() }, true)
    }

    fn find(&self, query: &Query<'_>, typing: bool) -> Result<Found, SearchError> {
        let searcher = self.reader.searcher();
        let mut found = Found::default();
        let mut candidates = Vec::new();
        let digits = code_digits(query.text);
        for (ordinal, segment) in searcher.segment_readers().iter().enumerate() {
            let scores = match &digits {
                Some(digits) => self.with_code(segment, digits)?,
                None => None,
            };
            let scores = match scores {
                Some(scores) => scores,
                None => self.by_words((ordinal, segment), query, typing, &mut found)?,
            };
            self.gather(ordinal, segment, &scores, query, &mut candidates)?;
        }
        let best = candidates.iter().map(|c: &Candidate| c.score).fold(0.0, f32::max);
        candidates.retain(|c| c.score >= best * WORTH_SHOWING);
        self.page(&searcher, candidates, query, &mut found)?;
        // Another reading is worth asking about only when it is what was found.
        let first = found.hits.first();
        found.meant.take_if(|m| !m.is_sure && !first.is_some_and(|hit| m.is_in(&hit.name)));
        Ok(found)
    }

    /// Scores by code: all or nothing; `None` when no procedure has it.
    fn with_code(
        &self,
        segment: &SegmentReader,
        digits: &str,
    ) -> Result<Option<Vec<f32>>, SearchError> {
        let term = Term::from_field_text(self.layout.digits, digits);
        let index = segment.inverted_index(self.layout.digits)?;
        let postings = index.read_postings(&term, IndexRecordOption::Basic);
        let Some(mut postings) = postings? else { return Ok(None) };
        let mut scores = vec![0.0; segment.max_doc() as usize];
        while postings.doc() != TERMINATED {
            scores[postings.doc() as usize] = 1.0;
            postings.advance();
        }
        Ok(Some(scores))
    }

    /// Scores by words, with what special cases and length take away. Without words all are alike.
    fn by_words(
        &self,
        (ordinal, segment): (usize, &SegmentReader),
        query: &Query<'_>,
        typing: bool,
        found: &mut Found,
    ) -> Result<Vec<f32>, SearchError> {
        if query.text.trim().is_empty() {
            return Ok(vec![1.0; segment.max_doc() as usize]);
        }
        let terms = Terms::new(segment, &self.layout, &self.weights);
        let reader = Reader {
            lexicon: &self.lexicon,
            vocabulary: &self.vocabulary,
            corpus: &terms,
            weights: &self.weights,
            mends: !query.as_typed,
        };
        let reading = reader.read(query.text, typing);
        found.understood(&reading);
        let Scored { mut scores, matters } = terms.score(&reading.groups)?;
        self.weigh(ordinal, segment, &reading, &mut scores)?;
        lift(&mut scores, &matters);
        Ok(scores)
    }

    /// What a name that answers loses for what else it says.
    fn weigh(
        &self,
        ordinal: usize,
        segment: &SegmentReader,
        reading: &Reading<'_>,
        scores: &mut [f32],
    ) -> Result<(), SearchError> {
        let weights = &self.weights;
        let variants = segment.fast_fields().column_first_or_default::<u64>(fast::VARIANTS)?;
        let lengths = segment.fast_fields().column_first_or_default::<u64>(fast::LENGTH)?;
        let levels = segment.fast_fields().column_first_or_default::<u64>(fast::LEVELS)?;
        let titles = &self.titles[ordinal];
        let explains = reading.explains.iter().map(String::as_str);
        let marked = titles.marked(segment, &self.layout, explains)?;
        let least = WORTH_SHOWING * scores.iter().copied().fold(0.0, f32::max);
        for (doc, score) in (0..).zip(scores) {
            if *score < least || *score == 0.0 {
                *score = 0.0;
                continue;
            }
            let length = (lengths.get_val(doc) as f32).min(LONG_NAME) / LONG_NAME;
            let special = variants.get_val(doc);
            if reading.deeds != 0 && special & reading.deeds == 0 {
                *score *= weights.lacks_deed;
            }
            *score *= self.lexicon.penalty(special & !reading.asked).powf(weights.special_power)
                * (1.0 - weights.length_loss * length)
                * (1.0 - weights.unexplained * titles.unexplained(doc, &marked))
                * self.nearness(levels.get_val(doc), reading.at_commune);
        }
        Ok(())
    }

    /// People mostly look for what the commune settles.
    fn nearness(&self, levels: u64, at_commune: bool) -> f32 {
        let has = |level| levels & level_bit(level) != 0;
        if levels == 0 || has(Level::Commune) {
            return 1.0;
        }
        let weights = &self.weights;
        let is_near = has(Level::Province) || has(Level::District);
        let keeps = if is_near { weights.province } else { weights.ministry };
        if at_commune { keeps * weights.not_there } else { keeps }
    }

    fn gather(
        &self,
        ordinal: usize,
        segment: &SegmentReader,
        scores: &[f32],
        query: &Query<'_>,
        into: &mut Vec<Candidate>,
    ) -> Result<(), SearchError> {
        let levels = segment.fast_fields().column_first_or_default::<u64>(fast::LEVELS)?;
        let lengths = segment.fast_fields().column_first_or_default::<u64>(fast::LENGTH)?;
        let wanted = query.level.map(level_bit);
        for doc in segment.doc_ids_alive() {
            let score = scores[doc as usize];
            let has = levels.get_val(doc);
            if score > 0.0 && wanted.is_none_or(|bit| has == 0 || has & bit != 0) {
                // Without words the catalogue's own order stays.
                let length = if query.text.trim().is_empty() { 0 } else { lengths.get_val(doc) };
                into.push(Candidate { segment: ordinal, doc, score, length });
            }
        }
        Ok(())
    }

    /// Counts by field, keeps the field asked for, and reads the page's codes and names.
    fn page(
        &self,
        searcher: &Searcher,
        candidates: Vec<Candidate>,
        query: &Query<'_>,
        found: &mut Found,
    ) -> Result<(), SearchError> {
        let mut columns = Vec::new();
        for segment in searcher.segment_readers() {
            columns.push(segment.fast_fields().str(fast::FIELD)?);
        }
        let mut by_ordinal: Vec<Vec<usize>> = vec![Vec::new(); columns.len()];
        let mut kept = Vec::new();
        let wanted: Vec<Option<u64>> = columns
            .iter()
            .map(|column| match (column, query.field) {
                (Some(column), Some(field)) => column.dictionary().term_ord(field).ok().flatten(),
                _ => None,
            })
            .collect();
        for candidate in candidates {
            let column = columns[candidate.segment].as_ref();
            let ordinal = column.and_then(|column| column.term_ords(candidate.doc).next());
            if let Some(ordinal) = ordinal {
                let counts = &mut by_ordinal[candidate.segment];
                let place = ordinal as usize;
                counts.resize(counts.len().max(place + 1), 0);
                counts[place] += 1;
            }
            let fits =
                query.field.is_none() || ordinal.is_some() && ordinal == wanted[candidate.segment];
            if fits {
                kept.push(candidate);
            }
        }
        for (column, counts) in columns.iter().zip(by_ordinal) {
            let Some(column) = column else { continue };
            for (ordinal, count) in (0..).zip(counts).filter(|(_, count)| *count > 0) {
                let mut field = String::new();
                if column.ord_to_str(ordinal, &mut field)? {
                    *found.fields.entry(field).or_default() += count;
                }
            }
        }
        found.total = kept.len();
        let order = |a: &Candidate, b: &Candidate| {
            b.score.total_cmp(&a.score).then((a.length, a.doc).cmp(&(b.length, b.doc)))
        };
        // Only the pages up to this one are put in order.
        let end = query.offset.saturating_add(query.limit);
        if end < kept.len() {
            kept.select_nth_unstable_by(end, order);
            kept.truncate(end);
        }
        kept.sort_unstable_by(order);
        for candidate in kept.into_iter().skip(query.offset).take(query.limit) {
            found.hits.push(self.hit(searcher, &candidate)?);
        }
        Ok(())
    }

    fn hit(&self, searcher: &Searcher, candidate: &Candidate) -> Result<Hit, SearchError> {
        let address = tantivy::DocAddress::new(candidate.segment as u32, candidate.doc);
        let document: TantivyDocument = searcher.doc(address)?;
        let text = |field| document.get_first(field).and_then(|v| v.as_str()).unwrap_or_default();
        Ok(Hit {
            code: ProcedureCode::new(text(self.layout.code)),
            name: text(self.layout.title).to_owned(),
            score: candidate.score,
        })
    }
}

/// A query may name several matters: the best answer of each comes among the first five.
fn lift(scores: &mut [f32], matters: &[Vec<u32>]) {
    let mut order: Vec<u32> =
        (0..).take(scores.len()).filter(|doc| scores[*doc as usize] > 0.0).collect();
    let by_score = |a: &u32, b: &u32| scores[*b as usize].total_cmp(&scores[*a as usize]);
    if order.len() <= FIRST {
        return;
    }
    order.select_nth_unstable_by(FIRST, by_score);
    order.truncate(FIRST);
    order.sort_unstable_by(by_score);
    let mut lifted: Vec<u32> = Vec::new();
    for matter in matters {
        if matter.iter().any(|doc| order.contains(doc) || lifted.contains(doc)) {
            continue;
        }
        let best = matter
            .iter()
            .copied()
            .max_by(|a, b| scores[*a as usize].total_cmp(&scores[*b as usize]));
        lifted.extend(best.filter(|doc| scores[*doc as usize] > 0.0));
    }
    lifted.sort_by(by_score);
    lifted.truncate(MOST_LIFTED);
    let above = scores[order[FIRST - 1 - lifted.len()] as usize];
    for (i, doc) in lifted.iter().enumerate() {
        scores[*doc as usize] = above * (1.0 - 0.0001 * (i + 1) as f32);
    }
}

impl Found {
    /// Keeps what is told of a reading.
    fn understood(&mut self, reading: &Reading<'_>) {
        self.meant = reading.meant.clone();
        self.marks = Marks::of(reading);
        self.elsewhere = reading.elsewhere.map(|one| Elsewhere {
            vi: one.vi.clone(),
            en: one.en.clone(),
            place: one.place.clone(),
        });
    }
}

/// The syllables of an index and of the everyday words.
fn vocabulary(
    reader: &IndexReader,
    layout: &Layout,
    lexicon: &Lexicon,
) -> Result<Vocabulary, SearchError> {
    let mut vocabulary = Vocabulary::default();
    let mut each = |fields: &TextFields, form, take: &mut dyn FnMut(&mut Vocabulary, &str, u32)| {
        for segment in reader.searcher().segment_readers() {
            let terms = segment.inverted_index(fields.form(form))?;
            let mut stream = terms.terms().stream()?;
            while let Some((term, info)) = stream.next() {
                if let Ok(term) = std::str::from_utf8(term) {
                    take(&mut vocabulary, term, info.doc_freq);
                }
            }
        }
        Ok::<(), SearchError>(())
    };
    each(&layout.name, Form::Folded, &mut |vocabulary, term, names| vocabulary.add(term, names))?;
    for fields in [&layout.about, &layout.body] {
        each(fields, Form::Folded, &mut |vocabulary, term, _| vocabulary.add(term, 0))?;
    }
    each(&layout.name, Form::Exact, &mut |vocabulary, term, names| {
        vocabulary.add_spelling(&analysis::folded(term), term, names);
    })?;
    for (folded, exact) in lexicon.spellings() {
        vocabulary.add(folded, 1);
        vocabulary.add_spelling(folded, exact, 0);
    }
    vocabulary.rank();
    Ok(vocabulary)
}

/// The digits of a procedure's code in a text that is nothing else: `1.001193`, `001193`, or with
/// the tail of the old national form, `1.001193.000.00.00.H40`.
fn code_digits(text: &str) -> Option<String> {
    let text = text.trim();
    let codelike =
        text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | ' ' | 'H' | 'h'));
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let long = digits.len() > 7 && text.starts_with(|c: char| c.is_ascii_digit());
    match (codelike, digits.len()) {
        (true, 6 | 7) => Some(digits),
        (true, _) if long => Some(digits[..7].to_owned()),
        _ => None,
    }
}
