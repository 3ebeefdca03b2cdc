//! What the index of procedures holds of each, and how it is built.

use tantivy::indexer::NoMergePolicy;
use tantivy::schema::{
    FAST, Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::{Index, IndexWriter, TantivyDocument};

use crate::domain::catalogue::{Level, Procedure};
use crate::search::analysis::{Syllable, join, join_pairs, syllables};
use crate::search::lexicon::Lexicon;
use crate::search::reading::Form;

/// Changes with the layout or the analysis, so that older indexes are rebuilt.
const FORMAT: &str = "procedures/1";
/// The smallest budget that the library allows.
const WRITER_BYTES: usize = 15_000_000;
/// Letters of a component's name and of the conditions that are worth indexing.
const LONGEST_TEXT: usize = 240;

/// One text in its four forms.
#[derive(Clone, Copy, Debug)]
pub struct TextFields {
    forms: [Field; 4],
}

impl TextFields {
    fn add(schema: &mut tantivy::schema::SchemaBuilder, name: &str) -> Self {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("whitespace")
            .set_index_option(IndexRecordOption::Basic)
            .set_fieldnorms(false);
        let options = TextOptions::default().set_indexing_options(indexing);
        let forms = ["exact", "folded", "exact_pairs", "folded_pairs"]
            .map(|form| schema.add_text_field(&format!("{name}_{form}"), options.clone()));
        Self { forms }
    }

    /// The field of one form.
    pub fn form(&self, form: Form) -> Field {
        self.forms[form as usize]
    }

    fn fill(&self, document: &mut TantivyDocument, text: &[Syllable]) {
        document.add_text(self.form(Form::Exact), join(text, |s| &s.exact));
        document.add_text(self.form(Form::Folded), join(text, |s| &s.folded));
        document.add_text(self.form(Form::ExactPair), join_pairs(text, |s| &s.exact));
        document.add_text(self.form(Form::FoldedPair), join_pairs(text, |s| &s.folded));
    }
}

/// The fields of the index.
#[derive(Clone, Debug)]
pub struct Layout {
    /// The schema they make.
    pub schema: Schema,
    /// National code, stored.
    pub code: Field,
    /// Digits of the code: all, and those after the first dot.
    pub digits: Field,
    /// Official name, stored.
    pub title: Field,
    /// Official name.
    pub name: TextFields,
    /// Field, results, subjects.
    pub about: TextFields,
    /// Components and conditions.
    pub body: TextFields,
    field: Field,
    levels: Field,
    variants: Field,
    length: Field,
}

/// Names of the fast fields.
pub mod fast {
    /// Field (lĩnh vực), as published.
    pub const FIELD: &str = "field";
    /// Levels, one bit each.
    pub const LEVELS: &str = "levels";
    /// Special cases, one bit each.
    pub const VARIANTS: &str = "variants";
    /// Syllables of the name.
    pub const LENGTH: &str = "length";
}

impl Layout {
    /// The layout of this version.
    pub fn new() -> Self {
        let mut schema = Schema::builder();
        let code = schema.add_text_field("code", STORED);
        let digits = schema.add_text_field("digits", STRING);
        let title = schema.add_text_field("title", STORED);
        let name = TextFields::add(&mut schema, "name");
        let about = TextFields::add(&mut schema, "about");
        let body = TextFields::add(&mut schema, "body");
        let field = schema.add_text_field(fast::FIELD, TextOptions::default().set_fast("raw"));
        let number = || tantivy::schema::NumericOptions::default() | FAST;
        let levels = schema.add_u64_field(fast::LEVELS, number());
        let variants = schema.add_u64_field(fast::VARIANTS, number());
        let length = schema.add_u64_field(fast::LENGTH, number());
        let schema = schema.build();
        Self { schema, code, digits, title, name, about, body, field, levels, variants, length }
    }

    fn document(&self, procedure: &Procedure, lexicon: &Lexicon) -> TantivyDocument {
        let mut document = TantivyDocument::new();
        document.add_text(self.code, procedure.code.as_str());
        for digits in code_digits(procedure.code.as_str()) {
            document.add_text(self.digits, digits);
        }
        document.add_text(self.title, &procedure.name);
        document.add_text(self.field, &procedure.field);
        document
            .add_u64(self.levels, procedure.levels.iter().fold(0, |bits, l| bits | level_bit(*l)));
        let name = syllables(&procedure.name);
        document.add_u64(self.variants, lexicon.variants_of(&name));
        document.add_u64(self.length, name.len() as u64);
        self.name.fill(&mut document, &name);
        // Each text on its own: the end of one is no neighbour of the next one's beginning.
        let results = procedure.results.iter().map(|r| r.name.as_str());
        let subjects = procedure.subjects.iter().map(String::as_str);
        for text in results.chain(subjects).chain([procedure.field.as_str()]) {
            self.about.fill(&mut document, &syllables(beginning(text)));
        }
        let components = procedure.components.iter().map(|c| c.name.as_str());
        for text in components.chain([procedure.requirements.as_str()]) {
            self.body.fill(&mut document, &syllables(beginning(text)));
        }
        document
    }

    /// Fills an empty index; the stamp travels in its commit.
    pub fn build<'a>(
        &self,
        index: &Index,
        stamp: &str,
        lexicon: &Lexicon,
        procedures: impl Iterator<Item = &'a Procedure>,
    ) -> tantivy::Result<()> {
        let mut writer: IndexWriter = index.writer_with_num_threads(1, WRITER_BYTES)?;
        writer.set_merge_policy(Box::new(NoMergePolicy));
        for procedure in procedures {
            writer.add_document(self.document(procedure, lexicon))?;
        }
        let mut commit = writer.prepare_commit()?;
        commit.set_payload(stamp);
        commit.commit()?;
        let segments = index.searchable_segment_ids()?;
        if segments.len() > 1 {
            writer.merge(&segments).wait()?;
            writer.garbage_collect_files().wait()?;
        }
        writer.wait_merging_threads()
    }
}

/// The stamp of an index of this catalogue version, layout and word lists.
pub fn stamp(version: &str) -> String {
    format!("{FORMAT} {} {version}", Lexicon::stamp())
}

/// The bit of a level.
pub fn level_bit(level: Level) -> u64 {
    1 << level as u64
}

/// A code's digits, as people type them: `1001193` and `001193`.
fn code_digits(code: &str) -> Vec<String> {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let mut keys = vec![digits(code)];
    keys.extend(code.split_once('.').map(|(_, tail)| digits(tail)));
    keys.retain(|key| !key.is_empty());
    keys
}

fn beginning(text: &str) -> &str {
    text.char_indices().nth(LONGEST_TEXT).map_or(text, |(end, _)| &text[..end])
}
