//! Answers that begin with what is known of a person: they follow it until somebody types another.

use std::collections::BTreeSet;

use crate::domain::dossier::Form;
use crate::domain::form::{Declaration, Kind, Prefill, Question};
use crate::domain::territory::Address;
use crate::office::drafts::Answers;
use crate::web::components::AddressParts;

/// The field that says what the answers of a page began with, where nothing else keeps it.
pub const BEGAN: &str = "_began";
/// Letters of a mark: enough to tell two answers of one question apart.
const MARK: usize = 8;

/// What is known of a person, for the field with a name.
pub type Known<'a> = &'a dyn Fn(Prefill, &str) -> String;

/// What a field begins with when the question does; empty when nothing is known.
pub(super) fn known_of(
    question: &Question,
    name: &str,
    answers: &Form,
    known: Known<'_>,
) -> String {
    let begins = question.prefill_if.iter().all(|when| when.holds_when_answered(answers));
    question.prefill.filter(|_| begins).map(|prefill| known(prefill, name)).unwrap_or_default()
}

/// The fields of a question, each with what it begins with.
fn begins(question: &Question, answers: &Form, known: Known<'_>) -> Vec<(String, String)> {
    let name = format!("form.{}", question.key);
    let of = |name: &str| known_of(question, name, answers, known);
    match &question.kind {
        Kind::Date(_) => {
            let part = |part| {
                let name = format!("{name}.{part}");
                let value = of(&name);
                (name, value)
            };
            ["day", "month", "year"].map(part).into()
        }
        Kind::Place => {
            let AddressParts { now: Address { province, commune, detail }, was } =
                AddressParts::of_line(&of(&name));
            AddressParts::names(&name).into_iter().zip([province, commune, detail, was]).collect()
        }
        _ => {
            let value = of(&name);
            vec![(name, value)]
        }
    }
}

/// The questions that begin with something.
fn followers(form: &Declaration) -> impl Iterator<Item = &Question> {
    form.questions().filter(|question| {
        question.prefill.is_some() && !matches!(question.kind, Kind::Table { .. })
    })
}

/// A question's values as one. A place of which only the province is chosen is none.
fn as_one<'v>(question: &Question, mut values: impl Iterator<Item = &'v str>) -> String {
    let parts: Vec<&str> = values.by_ref().take(3).map(str::trim).collect();
    match &question.kind {
        Kind::Place if parts.iter().skip(1).all(|part| part.is_empty()) => String::new(),
        _ => parts.join("\n"),
    }
}

fn stands(question: &Question, typed: &Answers, fields: &[(String, String)]) -> String {
    let value = |name: &String| typed.get(name).map_or("", String::as_str);
    as_one(question, fields.iter().map(|(name, _)| value(name)))
}

/// The questions that were answered, and stand as they begin.
pub fn untouched(
    form: &Declaration,
    typed: &Answers,
    answers: &Form,
    known: Known<'_>,
) -> BTreeSet<String> {
    let is_untouched = |question: &&Question| {
        let fields = begins(question, answers, known);
        let was_asked = fields.iter().any(|(name, _)| typed.contains_key(name));
        let began = as_one(question, fields.iter().map(|(_, value)| value.as_str()));
        was_asked && stands(question, typed, &fields) == began
    };
    followers(form).filter(is_untouched).map(|question| question.key.clone()).collect()
}

/// Puts what is known now into the questions that nobody typed in.
pub fn follow(
    form: &Declaration,
    typed: &mut Answers,
    untouched: &BTreeSet<String>,
    (answers, known): (&Form, Known<'_>),
) {
    for question in followers(form).filter(|question| untouched.contains(&question.key)) {
        typed.extend(begins(question, answers, known));
    }
}

/// What the questions of a page begin with, to be sent along with it: a mark of each.
pub(super) fn marks(
    form: &Declaration,
    is_shown: impl Fn(&str) -> bool,
    answers: &Form,
    known: Known<'_>,
) -> String {
    let mark = |question: &Question| {
        let fields = begins(question, answers, known);
        let began = as_one(question, fields.iter().map(|(_, value)| value.as_str()));
        format!("{}:{}", question.key, mark(&began))
    };
    let shown = followers(form).filter(|question| is_shown(&question.key));
    shown.map(mark).collect::<Vec<_>>().join(" ")
}

/// The questions that came back as the marks of their page say that they began.
pub fn unchanged(form: &Declaration, typed: &Answers, marks: &str) -> BTreeSet<String> {
    let nothing = |_: Prefill, _: &str| String::new();
    let is_unchanged = |question: &&Question| {
        let fields = begins(question, &Form::default(), &nothing);
        let own = format!("{}:{}", question.key, mark(&stands(question, typed, &fields)));
        marks.split(' ').any(|known| known == own)
    };
    followers(form).filter(is_unchanged).map(|question| question.key.clone()).collect()
}

fn mark(value: &str) -> String {
    blake3::hash(value.as_bytes()).to_hex()[..MARK].to_owned()
}
