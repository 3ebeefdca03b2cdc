//! Step 2 of a procedure that has a declared form: its questions as they are asked for the answers so
//! far. A step that is sent and now has more questions shows them before it goes on.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use maud::{Markup, html};

use super::case::Case;
use super::persons::{Born, birth_date};
use super::step::is_for_another;
use crate::domain::calendar::local;
use crate::domain::dossier::Directory;
use crate::domain::form::{
    DeclaredForm, Evaluation, Kind, Prefill, PrefillOf, PrefillPart, Question, evaluate,
};
use crate::domain::refusal::FieldError;
use crate::domain::words::Lang;
use crate::office::drafts::{Answers, Draft};
use crate::web::asking::following;
use crate::web::asking::{self, Asking, SHOWN, answers};
use crate::web::components::{BannerKind, SummaryRow, banner, field_id};
use crate::web::declared::{in_words, is_empty};
use crate::web::public::incoming::Posted;
use crate::web::words::form as words;

/// The answer that holds the version which the draft began with.
pub(super) const VERSION: &str = "form_version";

/// The declared form that a draft is filled in with.
pub(super) fn form_of<'a>(case: &'a Case<'_>) -> Option<&'a DeclaredForm> {
    let version = case.draft.answers.get(VERSION).and_then(|version| version.parse().ok());
    let procedure = &case.procedure.code;
    case.world.form(procedure, version).or_else(|| case.world.form(procedure, None))
}

/// Takes what was posted into a draft: the answers of the questions that the page showed.
pub(super) fn fill(draft: &mut Draft, posted: &Posted) {
    let shown: BTreeSet<&str> = posted.value(SHOWN).split(',').collect();
    let is_own = |name: &str| {
        let key = name.strip_prefix("form.").map(|path| path.split(['.', '[']).next());
        key.flatten().is_some_and(|key| shown.contains(key))
    };
    draft.answers.retain(|name, _| !is_own(name));
    let typed = posted.fields.iter().filter(|(name, _)| name.starts_with("form."));
    draft.answers.extend(typed.cloned());
}

/// Puts what the persons' steps say now into the questions that stand as they began: what was typed over
/// stays. `before` are the answers that the page was made from.
pub(super) fn follow(before: &Answers, typed: &mut Answers, form: &DeclaredForm, today: Date) {
    let form = &form.declaration;
    let read = |typed: &Answers| evaluate(form, &answers(form, typed), today).answers;
    let then = |prefill: Prefill, name: &str| known(before, prefill, name);
    let untouched = following::untouched(form, typed, &read(before), &then);
    let said = typed.clone();
    let now = |prefill: Prefill, name: &str| known(&said, prefill, name);
    following::follow(form, typed, &untouched, (&read(&said), &now));
}

/// Adds a row to a table, or takes one away, as the button that was pressed says.
pub(super) fn rearrange(draft: &mut Draft, form: &DeclaredForm, posted: &Posted) {
    let pressed = (posted.value("_add"), posted.value("_drop"));
    asking::rearrange(&mut draft.answers, &form.declaration, pressed);
}

/// What comes of the answers so far.
pub(super) fn evaluation(case: &Case<'_>, form: &DeclaredForm) -> Evaluation {
    let today = local(case.site.office.now()).date();
    evaluate(&form.declaration, &answers(&form.declaration, &case.draft.answers), today)
}

/// What is wrong with the answers.
pub(super) fn check(case: &Case<'_>, form: &DeclaredForm) -> Vec<FieldError> {
    let problems = evaluation(case, form).problems.into_iter();
    problems
        .map(|problem| FieldError { field: format!("form.{}", problem.path), text: problem.text })
        .collect()
}

/// The first question that is asked now and was not on the page that was sent.
pub(super) fn first_new(case: &Case<'_>, form: &DeclaredForm, posted: &Posted) -> Option<String> {
    let shown: BTreeSet<&str> = posted.value(SHOWN).split(',').collect();
    let found = evaluation(case, form);
    let asked = |question: &&Question| {
        found.shows(&question.key) && !matches!(question.kind, Kind::Calculated(_))
    };
    let mut asked = form.declaration.questions().filter(asked);
    let new = asked.find(|question| !shown.contains(question.key.as_str()));
    new.map(|question| field_id(&format!("form.{}", question.key)))
}

/// Says that the answers have brought more questions.
pub(super) fn more(lang: Lang) -> Markup {
    banner(lang, BannerKind::Note, &html! { (words::MORE.say(lang)) })
}

/// The questions.
pub(super) fn body(case: &Case<'_>, form: &DeclaredForm) -> Markup {
    let typed = &case.draft.answers;
    let asking = Asking {
        lang: case.lang(),
        form: &form.declaration,
        typed,
        errors: &case.errors,
        found: &evaluation(case, form),
        known: &|prefill, name| known(typed, prefill, name),
        // Where nobody is signed in it is from the step before.
        from_account: case.contact.is_some(),
        province: &case.province(),
        keeps_hidden: false,
        types_places: false,
        suggested: &BTreeSet::new(),
        pressed: "",
    };
    asking.body()
}

/// What is known of the person whose data a question begins with, from the steps before.
fn known(answers: &Answers, prefill: Prefill, name: &str) -> String {
    let who = match (prefill.of, is_for_another(answers)) {
        (PrefillOf::Applicant, _) | (PrefillOf::Owner, false) => "applicant",
        (PrefillOf::Owner | PrefillOf::Represented, true) => "owner",
        (PrefillOf::Represented, false) => return String::new(),
    };
    let part = match prefill.part {
        PrefillPart::Name => "name",
        PrefillPart::IdNumber => "id_number",
        PrefillPart::Phone => "phone",
        PrefillPart::Email => "email",
        PrefillPart::Address => "address",
        PrefillPart::BirthDate => return date_of(answers, who, name),
        PrefillPart::BirthYear => {
            return match birth_date(answers, who) {
                Born::On(date) => date.year().to_string(),
                Born::In(year) => year.to_string(),
                Born::Unsaid | Born::Wrong => String::new(),
            };
        }
    };
    answers.get(&format!("{who}.{part}")).cloned().unwrap_or_default()
}

/// A part of a person's date of birth, by how the field's name ends.
fn date_of(answers: &Answers, who: &str, name: &str) -> String {
    let Born::On(date) = birth_date(answers, who) else { return String::new() };
    match name.rsplit('.').next() {
        Some("day") => date.day().to_string(),
        Some("month") => date.month().to_string(),
        Some("year") => date.year().to_string(),
        _ => String::new(),
    }
}

/// Where each question is answered: the step of the form, at the question.
pub(super) struct Places {
    step: String,
    questions: BTreeMap<String, String>,
}

impl Places {
    /// Those of a filing, in the step with an address.
    pub(super) fn of_case(case: &Case<'_>, step: String) -> Self {
        let asked = form_of(case).into_iter().flat_map(|form| form.declaration.questions());
        let questions = asked.map(|question| {
            let anchor = field_id(&format!("form.{}", question.key));
            (question.key.clone(), format!("{step}#{anchor}"))
        });
        Self { questions: questions.collect(), step }
    }

    /// The place of a question.
    pub(super) fn of(&self, key: &str) -> &str {
        self.questions.get(key).unwrap_or(&self.step)
    }
}

/// The answers once more, before they are sent.
pub(super) fn rows<'a>(
    case: &Case<'_>,
    form: &'a DeclaredForm,
    places: &'a Places,
) -> Vec<SummaryRow<'a>> {
    let lang = case.lang();
    let found = evaluation(case, form);
    let asked = form.declaration.questions().filter(|question| found.shows(&question.key));
    let rows = asked.map(|question| {
        let value = found.answers.get(&question.key).filter(|value| !is_empty(value));
        SummaryRow {
            label: question.label.say(lang),
            value: value.map(|value| in_words(lang, question, value)),
            change: places.of(&question.key),
        }
    });
    rows.collect()
}
