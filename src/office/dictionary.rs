//! The everyday words of this instance: what people here say and what official names call it, beside
//! the words that ship. Every change is kept with who made it and when; before one is made, it is
//! tried on the queries that are known.

use std::collections::{BTreeMap, HashSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::settings::{self, Row};
use super::{Failure, Office, words};
use crate::domain::refusal::{FieldError, Refusal, RefusalKind};
use crate::search::analysis::syllables;
use crate::search::lexicon::{Lexicon, may_touch};
use crate::search::procedures::{Hit, ProcedureIndex, Query};
use crate::store::reader::Reader;

pub use crate::search::lexicon::OwnWord;

/// Longest expression, in characters.
pub const LONGEST_SAID: usize = 100;
/// Longest official name, in characters.
pub const LONGEST_OFFICIAL: usize = 300;
/// Most official names of an expression.
pub const MOST_OFFICIAL: usize = 8;
/// Most changes that are kept: each is read whenever the instance opens.
const MOST_CHANGES: usize = 20_000;
/// First results that are compared.
const FIRST: usize = 3;

/// A change of the dictionary, as it is stored.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct WordRow {
    /// Its number, so that changes keep their order.
    key: String,
    said: String,
    /// What it is called officially; none takes the instance's own expression back.
    official: Option<Vec<String>>,
    misleads: bool,
    by: String,
    at: Timestamp,
}

impl Row for WordRow {
    const KIND: &'static str = "word";
    fn key(&self) -> &str {
        &self.key
    }
}

impl WordRow {
    fn word(&self) -> Option<OwnWord> {
        let official = self.official.clone()?;
        Some(OwnWord { said: self.said.clone(), official, misleads: self.misleads })
    }
}

/// A change of the dictionary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordChange {
    /// The expression.
    pub said: String,
    /// What it was set to; none when the instance's own expression was taken back.
    pub word: Option<OwnWord>,
    /// The account that changed it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// A query whose first results a change changes.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangedQuery {
    /// The query.
    pub query: String,
    /// The first results now.
    pub before: Vec<Hit>,
    /// The first results afterwards.
    pub after: Vec<Hit>,
}

/// What an expression would do.
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    /// What the expression itself finds then.
    pub finds: Vec<Hit>,
    /// How many known queries were looked at: shipped and own expressions, what visitors asked, and names
    /// of procedures.
    pub known: usize,
    /// How many of them have a word in common with the expression, and were asked before and after.
    pub tried: usize,
    /// Those whose first results change.
    pub changed: Vec<ChangedQuery>,
}

/// The own expressions that hold after some changes.
fn in_force(changes: &[WordRow]) -> Vec<OwnWord> {
    let mut words = BTreeMap::new();
    for change in changes {
        words.insert(OwnWord::saying(&change.said), change.word());
    }
    words.into_values().flatten().collect()
}

/// The own expressions, for the index.
///
/// # Errors
/// The store cannot be read, or a row is damaged.
pub(super) fn read(reader: &Reader) -> Result<Vec<OwnWord>, Failure> {
    Ok(in_force(&settings::all::<WordRow>(reader)?))
}

/// An expression as it is kept, if it makes sense.
fn cleaned(word: &OwnWord) -> Result<OwnWord, Refusal> {
    let tidy = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let said = tidy(&word.said).to_lowercase();
    let parts_hold = said.split('~').all(|part| !syllables(part).is_empty());
    if !parts_hold || said.chars().count() > LONGEST_SAID {
        let text = words::SAID_WRONG.text(&[("max", &LONGEST_SAID.to_string())]);
        return Err(Refusal::field("said", text));
    }
    let mut official: Vec<String> = word.official.iter().map(|name| tidy(name)).collect();
    official.retain(|name| !name.is_empty());
    let is_long = |name: &String| name.chars().count() > LONGEST_OFFICIAL;
    let empty = |name: &String| syllables(name).is_empty();
    if official.len() > MOST_OFFICIAL || official.iter().any(|name| is_long(name) || empty(name)) {
        let most = [("n", MOST_OFFICIAL.to_string()), ("max", LONGEST_OFFICIAL.to_string())];
        let text = words::OFFICIAL_WRONG.text(&most.each_ref().map(|(k, v)| (*k, v.as_str())));
        return Err(Refusal::field("official", text));
    }
    if official.is_empty() && Lexicon::shipped(&said).is_none() {
        return Err(Refusal::field("official", words::OFFICIAL_MISSING));
    }
    Ok(OwnWord { said, official, misleads: word.misleads })
}

/// The shipped expression with these words.
pub fn shipped_word(said: &str) -> Option<OwnWord> {
    Lexicon::shipped(said)
}

/// How many expressions ship.
pub fn shipped_words() -> usize {
    Lexicon::sayings().count()
}

impl Office {
    /// Every change of the dictionary, the newest first.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn word_changes(&self) -> Result<Vec<WordChange>, Failure> {
        let rows = settings::all::<WordRow>(&self.ledger.reader()?)?;
        let change = |row: WordRow| {
            let word = row.word();
            WordChange { said: row.said, word, by: row.by, at: row.at }
        };
        Ok(rows.into_iter().rev().map(change).collect())
    }

    /// Sets what an expression is called officially. `seen` is the number of changes that the editor
    /// saw, so that two people do not undo each other's work.
    ///
    /// # Errors
    /// The expression makes no sense (the field is named), or somebody else was faster.
    pub fn set_word(&self, word: &OwnWord, seen: usize, by: &str) -> Result<(), Failure> {
        let word = cleaned(word)?;
        self.change_word(&word.said, Some(&word), seen, by)
    }

    /// Takes the instance's own expression back; a shipped one that says the same holds again.
    ///
    /// # Errors
    /// There is no such expression, or somebody else was faster.
    pub fn drop_word(&self, said: &str, seen: usize, by: &str) -> Result<(), Failure> {
        let saying = OwnWord::saying(said);
        if !self.world().words.iter().any(|word| OwnWord::saying(&word.said) == saying) {
            return Err(Refusal::new(RefusalKind::NotFound, words::WORD_UNKNOWN).into());
        }
        self.change_word(said, None, seen, by)
    }

    /// Sets all of the instance's own expressions: what is not among them is taken back.
    ///
    /// # Errors
    /// An expression makes no sense or stands twice (its place is named), or somebody else was faster.
    pub fn set_words(&self, wanted: &[OwnWord], seen: usize, by: &str) -> Result<(), Failure> {
        let (mut errors, mut words, mut sayings) = (Vec::new(), Vec::new(), HashSet::new());
        for (place, word) in wanted.iter().enumerate() {
            match cleaned(word) {
                Ok(word) if sayings.insert(OwnWord::saying(&word.said)) => words.push(word),
                Ok(_) => {
                    let (field, text) = (format!("words[{place}].said"), words::SAID_TWICE.into());
                    errors.push(FieldError { field, text });
                }
                Err(refusal) => errors.extend(refusal.fields.into_iter().map(|error| FieldError {
                    field: format!("words[{place}].{}", error.field),
                    ..error
                })),
            }
        }
        if !errors.is_empty() {
            return Err(Refusal::fields(errors).into());
        }
        let known = self.world().words.clone();
        let gone = known.iter().filter(|old| !sayings.contains(&OwnWord::saying(&old.said)));
        let mut changes: Vec<(String, Option<OwnWord>)> =
            gone.map(|old| (old.said.clone(), None)).collect();
        let new = words.into_iter().filter(|word| !known.contains(word));
        changes.extend(new.map(|word| (word.said.clone(), Some(word))));
        self.change_words(&changes, seen, by)
    }

    fn change_word(
        &self,
        said: &str,
        word: Option<&OwnWord>,
        seen: usize,
        by: &str,
    ) -> Result<(), Failure> {
        self.change_words(&[(said.to_owned(), word.cloned())], seen, by)
    }

    /// Writes changes in their order, all of them or none.
    fn change_words(
        &self,
        changes: &[(String, Option<OwnWord>)],
        seen: usize,
        by: &str,
    ) -> Result<(), Failure> {
        if seen.saturating_add(changes.len()) > MOST_CHANGES {
            return Err(Refusal::new(RefusalKind::Invalid, words::DICTIONARY_FULL).into());
        }
        let row = |(place, (said, word)): (usize, &(String, Option<OwnWord>))| WordRow {
            key: format!("{:08}", seen + place),
            said: said.clone(),
            official: word.as_ref().map(|word| word.official.clone()),
            misleads: word.as_ref().is_some_and(|word| word.misleads),
            by: by.to_owned(),
            at: self.now(),
        };
        let rows: Vec<WordRow> = changes.iter().enumerate().map(row).collect();
        let before = seen.checked_sub(1).map(|number| format!("{number:08}"));
        let next = format!("{seen:08}");
        self.ledger.run_blocking(move |txn| {
            let follows = match &before {
                Some(before) => settings::get::<WordRow>(txn, before)?.is_some(),
                None => true,
            };
            if !follows || settings::get::<WordRow>(txn, &next)?.is_some() {
                return Err(Refusal::new(RefusalKind::Conflict, words::DICTIONARY_CHANGED).into());
            }
            for row in &rows {
                settings::put(txn, row)?;
            }
            Ok(())
        })?;
        self.refresh_world()
    }

    /// Which known queries an expression would change, without changing anything: every shipped and own
    /// expression, everything that visitors asked, and every name of a procedure. Call it on a blocking
    /// pool.
    ///
    /// # Errors
    /// The expression makes no sense (the field is named), or the index cannot be read.
    pub fn try_word(&self, word: &OwnWord) -> Result<Trial, Failure> {
        let word = cleaned(word)?;
        let saying = OwnWord::saying(&word.said);
        let world = self.world();
        let mut own = world.words().to_vec();
        own.retain(|other| OwnWord::saying(&other.said) != saying);
        own.push(word.clone());
        let (before, after) = (self.procedure_index(), self.procedure_index().with_words(&own)?);
        let itself = word.said.replace('~', " ");
        let mut queries: Vec<String> = vec![itself.clone()];
        queries.extend(self.asked()?.into_iter().map(|asked| asked.text));
        queries.extend(Lexicon::sayings());
        queries.extend(own.iter().map(|other| other.said.replace('~', " ")));
        queries.extend(world.procedures().map(|procedure| procedure.name.clone()));
        let mut seen = HashSet::new();
        queries.retain(|query| seen.insert(OwnWord::saying(query)));
        let known = queries.len();
        // Without a syllable in common an expression is never read out of a query.
        queries.retain(|query| may_touch(&word.said, query));
        let changed = changed(&before, &after, &queries)?;
        Ok(Trial { finds: first(&after, &itself)?, known, tried: queries.len(), changed })
    }
}

/// The queries whose first results differ, in their order; asked on every processor, since a common
/// syllable stands in thousands.
fn changed(
    before: &ProcedureIndex,
    after: &ProcedureIndex,
    queries: &[String],
) -> Result<Vec<ChangedQuery>, Failure> {
    let compare = |query: &String| -> Result<Option<ChangedQuery>, Failure> {
        let (before, after) = (first(before, query)?, first(after, query)?);
        let is_same = before.iter().map(|hit| &hit.code).eq(after.iter().map(|hit| &hit.code));
        let query = query.clone();
        Ok((!is_same).then_some(ChangedQuery { query, before, after }))
    };
    let parts = std::thread::available_parallelism().map_or(1, usize::from);
    let size = queries.len().div_ceil(parts).max(1);
    std::thread::scope(|scope| {
        let compare = &compare;
        let all_of = |part: &[String]| -> Result<Vec<ChangedQuery>, Failure> {
            part.iter().filter_map(|query| compare(query).transpose()).collect()
        };
        let running: Vec<_> =
            queries.chunks(size).map(|part| scope.spawn(move || all_of(part))).collect();
        let mut all = Vec::new();
        for thread in running {
            all.extend(thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?);
        }
        Ok(all)
    })
}

fn first(index: &ProcedureIndex, text: &str) -> Result<Vec<Hit>, Failure> {
    Ok(index.search(&Query { text, limit: FIRST, ..Query::default() })?.hits)
}

#[cfg(test)]
mod tests {
    use super::{OwnWord, WordRow, cleaned, in_force};

    fn word(said: &str, official: &[&str]) -> OwnWord {
        let official = official.iter().map(|name| (*name).to_owned()).collect();
        OwnWord { said: said.to_owned(), official, misleads: false }
    }

    fn row(said: &str, official: Option<&[&str]>) -> WordRow {
        WordRow {
            key: String::new(),
            said: said.to_owned(),
            official: official.map(|names| word(said, names).official),
            misleads: false,
            by: "quantri".to_owned(),
            at: jiff::Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn the_last_change_of_an_expression_holds() {
        let changes = [
            row("ăn hỏi", Some(&["kết hôn"])),
            row("Ăn  hỏi", Some(&["đăng ký kết hôn"])),
            row("giấy má", Some(&["hồ sơ"])),
            row("giấy má", None),
        ];
        let words = in_force(&changes);
        assert_eq!(words.len(), 1);
        assert_eq!(words[0].official, ["đăng ký kết hôn"]);
    }

    #[test]
    fn an_expression_needs_words_and_a_name() {
        let field = |word: &OwnWord| cleaned(word).unwrap_err().fields[0].field.clone();
        assert_eq!(field(&word("…", &["kết hôn"])), "said");
        assert_eq!(field(&word("cưới ~", &["kết hôn"])), "said");
        assert_eq!(field(&word(&"a ".repeat(80), &["kết hôn"])), "said");
        assert_eq!(field(&word("ăn hỏi", &[" "])), "official");
        assert_eq!(field(&word("ăn hỏi", &["?"])), "official");
        assert_eq!(field(&word("ăn hỏi", &["a"; 9])), "official");
        assert!(cleaned(&word("cưới", &[])).is_ok(), "a shipped expression may be put out of use");
        assert_eq!(cleaned(&word(" Ăn   hỏi ", &["Kết hôn"])).unwrap().said, "ăn hỏi");
    }
}
