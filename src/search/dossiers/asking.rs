//! From what the desk types to the terms that must match.

use tantivy::Term;
use tantivy::query::{AllQuery, BooleanQuery, Occur, Query, TermQuery, TermSetQuery};
use tantivy::schema::{Field, IndexRecordOption};

use super::DossierQuery;
use super::keyed::SearchKey;
use super::layout::{Layout, plain_code};
use crate::search::analysis::{Syllable, syllables};

/// Words of a query beyond these are ignored.
const LONGEST_QUERY: usize = 12;

/// What is tried, strictest first; the first that finds anything is the answer.
pub struct Attempts {
    /// Queries, rights included.
    pub queries: Vec<BooleanQuery>,
}

struct Words {
    names: Vec<String>,
    numbers: Vec<String>,
}

impl Attempts {
    /// The attempts for a query. None when it has no right to anything.
    pub fn of(query: &DossierQuery<'_>, layout: &Layout, key: &SearchKey) -> Self {
        if query.agencies.is_empty() {
            return Self { queries: Vec::new() };
        }
        let rights = || rights(query, layout);
        let text = query.text.trim();
        if text.is_empty() {
            let all: Box<dyn Query> = Box::new(AllQuery);
            return Self { queries: vec![must([rights(), all])] };
        }
        let mut queries = Vec::new();
        let code = plain_code(text);
        // Bare digits may be a person's too: they are looked up in both below.
        let letters = code.bytes().any(|b| b.is_ascii_alphabetic());
        if letters && code.bytes().any(|b| b.is_ascii_digit()) {
            queries.push(must([rights(), term(Term::from_field_text(layout.code, &code))]));
        }
        let words = Words::of(text);
        for names in words.name_attempts(layout, key) {
            let numbers = words.numbers.iter().map(|n| number(n, layout, key));
            queries.push(must([rights()].into_iter().chain(numbers).chain(names)));
        }
        Self { queries }
    }
}

impl Words {
    fn of(text: &str) -> Self {
        let mut words = Self { names: Vec::new(), numbers: Vec::new() };
        let mut number = String::new();
        let mut typed: Vec<Syllable> = syllables(text);
        typed.truncate(LONGEST_QUERY);
        for syllable in typed {
            // "0912 345 678" is one number.
            if syllable.folded.bytes().all(|b| b.is_ascii_digit()) {
                number.push_str(&syllable.folded);
                continue;
            }
            if !number.is_empty() {
                words.numbers.push(std::mem::take(&mut number));
            }
            if syllable.folded.bytes().any(|b| b.is_ascii_digit()) {
                words.numbers.push(syllable.folded.to_uppercase());
            } else {
                words.names.push(syllable.folded);
            }
        }
        words.numbers.extend((!number.is_empty()).then_some(number));
        words
    }

    /// Names as a run of neighbours, then with the last word unfinished, then all words anywhere
    /// in names or addresses.
    fn name_attempts(&self, layout: &Layout, key: &SearchKey) -> Vec<Vec<Box<dyn Query>>> {
        let Some((last, before)) = self.names.split_last() else { return vec![Vec::new()] };
        let name = |hash| hash_term(layout.names, hash);
        let run = |words: &[String]| -> Vec<Box<dyn Query>> {
            match words {
                [one] => vec![name(key.syllable(one))],
                _ => words.windows(2).map(|w| name(key.pair(&w[0], &w[1]))).collect(),
            }
        };
        let mut attempts = vec![run(&self.names)];
        if let Some(beginning) = key.beginning(last) {
            let mut unfinished = run(before);
            unfinished.push(name(beginning));
            attempts.push(unfinished);
        }
        let anywhere = |hash| either(hash_term(layout.names, hash), hash_term(layout.places, hash));
        let mut loose: Vec<_> = before.iter().map(|w| anywhere(key.syllable(w))).collect();
        loose.push(match key.beginning(last) {
            Some(beginning) => either(anywhere(key.syllable(last)), anywhere(beginning)),
            None => anywhere(key.syllable(last)),
        });
        attempts.push(loose);
        attempts
    }
}

/// A number typed: of a person, of a code, or in an address.
fn number(digits: &str, layout: &Layout, key: &SearchKey) -> Box<dyn Query> {
    let hashes = key.number(digits).into_iter();
    let mut ways: Vec<_> = hashes.map(|hash| hash_term(layout.numbers, hash)).collect();
    ways.push(term(Term::from_field_text(layout.code, digits)));
    // The number of a house or a hamlet.
    ways.push(hash_term(layout.places, key.syllable(&digits.to_lowercase())));
    Box::new(BooleanQuery::union(ways))
}

/// Who may find it.
fn rights(query: &DossierQuery<'_>, layout: &Layout) -> Box<dyn Query> {
    let agencies = query.agencies.iter();
    let agencies: Vec<Term> =
        agencies.map(|a| Term::from_field_text(layout.agency, a.as_str())).collect();
    match agencies.as_slice() {
        [one] => term(one.clone()),
        _ => Box::new(TermSetQuery::new(agencies)),
    }
}

fn term(term: Term) -> Box<dyn Query> {
    Box::new(TermQuery::new(term, IndexRecordOption::Basic))
}

fn hash_term(field: Field, hash: u64) -> Box<dyn Query> {
    term(Term::from_field_u64(field, hash))
}

fn either(one: Box<dyn Query>, other: Box<dyn Query>) -> Box<dyn Query> {
    Box::new(BooleanQuery::union(vec![one, other]))
}

fn must(queries: impl IntoIterator<Item = Box<dyn Query>>) -> BooleanQuery {
    BooleanQuery::new(queries.into_iter().map(|query| (Occur::Must, query)).collect())
}
