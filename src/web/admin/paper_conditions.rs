//! A condition of a paper, chosen from lists: which paper, whose filing, which way in and which answers of
//! the form; nobody needs to know how a line is written.

use maud::{Markup, html};

use super::forms::conditions::{self, TypedCondition};
use super::forms::shown::Shown;
use crate::domain::catalogue::{Channel, Procedure};
use crate::domain::checklist::{Filer, PaperRule};
use crate::domain::form::{Declaration, Question};
use crate::domain::refusal::{FieldError, Refusal};
use crate::domain::words::{Lang, Message, Text};
use crate::office::catalogue::wire::channel_id;
use crate::web::components::{
    Button, Choice, Field, button, checkbox, error_for, select, text_field,
};
use crate::web::desk::posted::Posted;
use crate::web::desk::say::channel;
use crate::web::words::admin_guiding as words;

/// The boxes of the conditions.
const ONLY_IF: &str = "only_if";
/// Who files, by names in the page's address.
const FILERS: [(&str, Filer, Message); 3] = [
    ("own", Filer::Own, words::FILES_ALONE),
    ("mandate", Filer::Mandate, words::FILES_BY_MANDATE),
    ("law", Filer::Law, words::FILES_BY_LAW),
];

/// A rule as it was chosen.
#[derive(Clone, Debug, Default)]
pub struct Chosen {
    paper: String,
    filer: String,
    channel: String,
    is_required: bool,
    why: String,
    why_en: String,
    only_if: Vec<TypedCondition>,
}

impl Chosen {
    /// What was sent.
    pub fn of(sent: &Posted) -> Self {
        Self {
            paper: sent.get("paper").to_owned(),
            filer: sent.get("filer").to_owned(),
            channel: sent.get("channel").to_owned(),
            is_required: sent.has("required"),
            why: sent.get("why").trim().to_owned(),
            why_en: sent.get("why_en").trim().to_owned(),
            only_if: conditions::read(sent, ONLY_IF),
        }
    }

    /// The rule that is meant.
    ///
    /// # Errors
    /// No paper was chosen, or nothing says what people read when it is not asked for.
    pub fn rule(&self) -> Result<PaperRule, Refusal> {
        let mut errors = Vec::new();
        let mut refuse = |field: &str, text: Text| {
            errors.push(FieldError { field: field.to_owned(), text });
        };
        if self.paper.is_empty() {
            refuse("paper", words::PAPER_MISSING.into());
        }
        if self.why.is_empty() {
            refuse("why", words::WHY_MISSING.into());
        }
        let en = if self.why_en.is_empty() { &self.why } else { &self.why_en };
        let filer = FILERS.iter().find(|(id, ..)| *id == self.filer);
        let channel = Channel::ALL.into_iter().find(|way| channel_id(*way) == self.channel);
        match errors.is_empty() {
            true => Ok(PaperRule {
                paper: self.paper.clone(),
                filers: filer.map(|(_, filer, _)| *filer).into_iter().collect(),
                channels: channel.into_iter().collect(),
                only_if: conditions::meant(&self.only_if),
                is_required: self.is_required,
                why: Text { vi: self.why.clone(), en: en.clone() },
            }),
            false => Err(Refusal::fields(errors)),
        }
    }

    /// The lists to choose from.
    pub fn boxes(
        &self,
        lang: Lang,
        procedure: &Procedure,
        form: Option<&Declaration>,
        errors: &[FieldError],
    ) -> Markup {
        let papers = procedure.components.iter();
        let papers: Vec<Choice<'_>> = papers
            .map(|paper| Choice {
                value: paper.id.as_str(),
                label: &paper.name,
                ..Choice::default()
            })
            .collect();
        let filers = FILERS.map(|(value, _, label)| Choice {
            value,
            label: label.say(lang),
            ..Choice::default()
        });
        let channels = Channel::ALL.map(|way| Choice {
            value: channel_id(way),
            label: channel(way).say(lang),
            ..Choice::default()
        });
        html! {
            (list(lang, ("paper", words::PAPER), &self.paper, &papers, errors))
            @if let Some(declaration) = form {
                @let asked: Vec<&Question> = declaration.questions().collect();
                fieldset {
                    legend { (words::ONLY_WHEN.say(lang)) }
                    (conditions::boxes(&Shown { lang, declaration }, ONLY_IF, (&asked, None), &self.only_if, errors))
                }
            }
            div.pairs {
                (list(lang, ("filer", words::ONLY_FILER), &self.filer, &filers, errors))
                (list(lang, ("channel", words::ONLY_CHANNEL), &self.channel, &channels, errors))
            }
            (checkbox(lang, &Field {
                name: "required", label: words::THEN_REQUIRED.say(lang), ..Field::default()
            }, "1", self.is_required))
            div.pairs {
                (line(lang, ("why", words::WHY_NOT), &self.why, errors))
                (line(lang, ("why_en", words::WHY_NOT_EN), &self.why_en, errors))
            }
            (button(&Button { label: words::ADD_RULE.say(lang), name: "_add", value: "1", ..Button::default() }))
        }
    }
}

fn list(
    lang: Lang,
    (name, label): (&str, Message),
    value: &str,
    choices: &[Choice<'_>],
    errors: &[FieldError],
) -> Markup {
    select(
        lang,
        &Field {
            name,
            label: label.say(lang),
            value,
            optional: name != "paper",
            error: error_for(errors, name, lang),
            ..Field::default()
        },
        choices,
    )
}

fn line(lang: Lang, (name, label): (&str, Message), value: &str, errors: &[FieldError]) -> Markup {
    text_field(
        lang,
        &Field {
            name,
            label: label.say(lang),
            value,
            optional: name != "why",
            error: error_for(errors, name, lang),
            autocomplete: "off",
            max_length: Some(300),
            ..Field::default()
        },
    )
}
