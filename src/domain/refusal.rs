//! What a person reads when something cannot be done, and what a program decides by.

use super::words::{Lang, Message, Text};

/// Why a command was refused, in the order in which checks are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RefusalKind {
    /// Nobody is signed in, or the proof is wrong (401).
    Unauthenticated,
    /// There is no such thing, or it is not yours to see (404).
    NotFound,
    /// Your role may not (403).
    Forbidden,
    /// The dossier changed since you saw it (409).
    Conflict,
    /// Impossible in the present status (409).
    Impossible,
    /// Something that was sent is missing or wrong (422).
    Invalid,
    /// A file is larger than allowed (413).
    TooLarge,
    /// Too often (429).
    TooMany,
}

/// A field that was refused, by the name that the sender used for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The field's path, such as `applicant.name` or `components[2]`.
    pub field: String,
    /// What is wrong and how to repair it.
    pub text: Text,
}

/// A refusal: nothing has changed, and this is why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What programs decide by.
    pub kind: RefusalKind,
    /// The sentence for the person.
    pub text: Text,
    /// The fields to repair, if that is the cause.
    pub fields: Vec<FieldError>,
    /// The legal source of the rule that refuses, if it is one.
    pub rule: Option<String>,
}

impl Refusal {
    /// A refusal of a kind with a sentence.
    pub fn new(kind: RefusalKind, text: impl Into<Text>) -> Self {
        Self { kind, text: text.into(), fields: Vec::new(), rule: None }
    }

    /// A refusal that names fields; its sentence is the first field's.
    pub fn fields(fields: Vec<FieldError>) -> Self {
        let text = fields.first().map(|f| f.text.clone()).unwrap_or_default();
        Self { kind: RefusalKind::Invalid, text, fields, rule: None }
    }

    /// A refusal of one field.
    pub fn field(field: impl Into<String>, text: impl Into<Text>) -> Self {
        Self::fields(vec![FieldError { field: field.into(), text: text.into() }])
    }

    /// The same refusal, naming the legal source of its rule.
    #[must_use]
    pub fn by_rule(mut self, source: impl Into<String>) -> Self {
        self.rule = Some(source.into());
        self
    }

    /// The sentence in `lang`.
    pub fn say(&self, lang: Lang) -> &str {
        self.text.say(lang)
    }
}

/// The legal source of a rule in `lang`: packs write it in Vietnamese, as it is cited, and its kinds
/// of texts and their parts have fixed English names.
pub fn rule_words(source: &str, lang: Lang) -> String {
    if lang == Lang::Vi {
        return source.to_owned();
    }
    RULE_WORDS.iter().fold(source.to_owned(), |said, (vi, en)| said.replace(vi, en))
}

/// Longer words first: each is replaced where it stands.
const RULE_WORDS: [(&str, &str); 14] = [
    ("Nghị định", "Decree"),
    ("Thông tư", "Circular"),
    ("Quyết định", "Decision"),
    ("Bộ luật", "Code"),
    ("Luật", "Law"),
    ("Phụ lục", "Appendix"),
    ("Điều", "art."),
    ("điều", "art."),
    ("khoản", "clause"),
    ("điểm", "point"),
    ("Mục", "section"),
    (" và ", " and "),
    ("NĐ-CP", "ND-CP"),
    ("QĐ-", "QD-"),
];

impl From<(RefusalKind, Message)> for Refusal {
    fn from((kind, message): (RefusalKind, Message)) -> Self {
        Self::new(kind, message)
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text.en)
    }
}

impl std::error::Error for Refusal {}

#[cfg(test)]
mod tests {
    use super::rule_words;
    use crate::domain::words::Lang;

    #[test]
    fn a_source_is_cited_in_both_languages() {
        let cited = "Nghị định 61/2018/NĐ-CP, khoản 9 Điều 19";
        assert_eq!(rule_words(cited, Lang::Vi), cited);
        assert_eq!(rule_words(cited, Lang::En), "Decree 61/2018/ND-CP, clause 9 art. 19");
    }
}
