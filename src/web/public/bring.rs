//! "Giấy tờ cần có" of a procedure's page: the papers for what the visitor tells of the case, to tick and
//! to print.

use maud::{Markup, html};

use super::facts;
use super::filing::left_out;
use super::procedure::{Wanted, counts};
use crate::domain::catalogue::{Channel, Component, Procedure};
use crate::domain::checklist::{DependsOn, Facts, Filer, Listed, Verdict, checklist, depends_on};
use crate::domain::dossier::{Directory, Form as Answers, FormValue};
use crate::domain::form::{Declaration, Kind, Question};
use crate::domain::words::Lang;
use crate::office::world::World;
use crate::web::address::percent;
use crate::web::components::{
    BannerKind, Button, Choice, Field, Form, Method, banner, button, checkboxes, form, radios,
};
use crate::web::words::{desk as desk_words, public as words, public_filing};

/// Before the names of answers.
const ANSWER: &str = "tl.";
const FILERS: [(&str, Filer); 3] =
    [("self", Filer::Own), ("mandate", Filer::Mandate), ("law", Filer::Law)];
const CHANNELS: [(&str, Channel); 3] =
    [("quay", Channel::Counter), ("mang", Channel::Online), ("buu-chinh", Channel::Post)];

/// What a visitor tells of the case.
#[derive(Debug, Default)]
pub(super) struct Told {
    filer: String,
    channel: String,
    answers: Vec<(String, String)>,
}

impl Told {
    /// What the address says.
    pub(super) fn of(pairs: &[(String, String)]) -> Self {
        let value = |name: &str| {
            let pair = pairs.iter().rev().find(|(key, _)| key == name);
            pair.map(|(_, value)| value.clone()).unwrap_or_default()
        };
        let answers = pairs.iter().filter(|(_, value)| !value.is_empty());
        let answers = answers
            .filter_map(|(key, value)| Some((key.strip_prefix(ANSWER)?.to_owned(), value.clone())));
        Self { filer: value("ai"), channel: value("cach"), answers: answers.collect() }
    }

    /// The same for another address, after its first part.
    pub(super) fn query(&self) -> String {
        let mut query = String::new();
        let own = [("ai", &self.filer), ("cach", &self.channel)].into_iter();
        let own = own.map(|(name, value)| (name.to_owned(), value));
        let answers = self.answers.iter().map(|(name, value)| (format!("{ANSWER}{name}"), value));
        for (name, value) in own.chain(answers).filter(|(_, value)| !value.is_empty()) {
            query.push_str(&format!("&{}={}", percent(&name), percent(value)));
        }
        query
    }

    fn answer(&self, key: &str) -> &str {
        let found = self.answers.iter().find(|(name, _)| name == key);
        found.map_or("", |(_, value)| value.as_str())
    }
}

/// The papers, for the case that was told.
pub(super) fn papers(world: &World, procedure: &Procedure, wanted: &Wanted, lang: Lang) -> Markup {
    let rules = world.paper_rules(&procedure.code);
    let told = &wanted.told;
    let of = |name: &str| FILERS.into_iter().find(|(id, _)| *id == name).map(|(_, filer)| filer);
    let way = CHANNELS.into_iter().find(|(id, _)| *id == told.channel).map(|(_, way)| way);
    let answers: Answers = told
        .answers
        .iter()
        .map(|(key, value)| {
            // A box that is not ticked says nothing; here it is answered by yes or no.
            let value = match value.as_str() {
                "0" => FormValue::Bool(false),
                text => FormValue::Text(text.to_owned()),
            };
            (key.clone(), value)
        })
        .collect();
    let facts = Facts {
        filer: of(&told.filer),
        channel: way,
        answers: &answers,
        is_filled_in: false,
        // Online there is no other way than to fill it in.
        declared: procedure.declaration().map(|paper| &paper.id).filter(|_| {
            way == Some(Channel::Online) && world.form(&procedure.code, None).is_some()
        }),
    };
    let listed = checklist(procedure, rules, &facts);
    let action = format!("/thu-tuc/{}#giay-to", procedure.code);
    let about = Form {
        action: &action,
        method: Method::Get,
        label: words::PAPERS.say(lang),
        ..Form::default()
    };
    html! {
        section {
            h2 id="giay-to" { (words::PAPERS.say(lang)) }
            @if procedure.components.is_empty() { p.muted { (words::NO_PAPERS.say(lang)) } }
            @else {
                (verdict(&listed, wanted, lang))
                (form(lang, &about, &html! {
                    @if !wanted.print {
                        (questions(world, procedure, told, lang))
                    }
                    @for (index, group) in groups(&listed).into_iter().enumerate() {
                        (paper_group(&listed, (index, group), wanted, lang))
                    }
                    (left_out(&listed, lang))
                    @if !wanted.print {
                        (button(&Button {
                            label: words::CHECK.say(lang),
                            name: "kiem_tra",
                            value: "1",
                            secondary: true,
                            ..Button::default()
                        }))
                    }
                }))
            }
        }
    }
}

/// What the papers depend on, to answer before reading them.
fn questions(world: &World, procedure: &Procedure, told: &Told, lang: Lang) -> Markup {
    let mut depends = depends_on(procedure, world.paper_rules(&procedure.code));
    let form = world.form(&procedure.code, None).map(|form| &form.declaration);
    // Online its declaration is no paper.
    depends.channel |=
        form.is_some() && procedure.takes(Channel::Online) && procedure.declaration().is_some();
    let asked: Vec<Markup> = [filer(&depends, told, lang), channel(&depends, told, lang)]
        .into_iter()
        .flatten()
        .chain(depends.answers.iter().filter_map(|key| answer(form?, key, told, lang)))
        .collect();
    html! {
        @if !asked.is_empty() {
            details open[!told.query().is_empty()] {
                summary { (words::BRING_BY_ANSWERS.say(lang)) }
                @for question in &asked { (question) }
                (button(&Button {
                    label: words::BRING_SHOW.say(lang), secondary: true, ..Button::default()
                }))
            }
        }
    }
}

fn filer(depends: &DependsOn, told: &Told, lang: Lang) -> Option<Markup> {
    let labels = [public_filing::FOR_MYSELF, public_filing::BY_MANDATE, public_filing::BY_LAW];
    let choices: Vec<Choice<'_>> = FILERS
        .iter()
        .zip(labels)
        .map(|((value, _), label)| Choice {
            value,
            label: label.say(lang),
            chosen: told.filer == *value,
            ..Choice::default()
        })
        .collect();
    let label = public_filing::WHO_FILES.say(lang);
    let field = Field { name: "ai", label, optional: true, ..Field::default() };
    depends.filer.then(|| radios(lang, &field, &choices))
}

fn channel(depends: &DependsOn, told: &Told, lang: Lang) -> Option<Markup> {
    let choices: Vec<Choice<'_>> = CHANNELS
        .iter()
        .map(|(value, channel)| Choice {
            value,
            label: facts::channel(*channel, lang),
            chosen: told.channel == *value,
            ..Choice::default()
        })
        .collect();
    let label = words::HOW_TO_FILE.say(lang);
    let field = Field { name: "cach", label, optional: true, ..Field::default() };
    depends.channel.then(|| radios(lang, &field, &choices))
}

/// A question of the form that is answered by choosing.
fn answer(form: &Declaration, key: &str, told: &Told, lang: Lang) -> Option<Markup> {
    let question: &Question = form.question(key)?;
    let given = told.answer(key);
    let choice =
        |value, label| Choice { value, label, chosen: given == value, ..Choice::default() };
    let choices: Vec<Choice<'_>> = match &question.kind {
        Kind::Choice(options) => options
            .iter()
            .map(|option| choice(option.value.as_str(), option.label.say(lang)))
            .collect(),
        Kind::Tick => {
            vec![choice("1", desk_words::YES.say(lang)), choice("0", desk_words::NO.say(lang))]
        }
        _ => return None,
    };
    let name = format!("{ANSWER}{key}");
    let label = question.label.say(lang);
    Some(radios(lang, &Field { name: &name, label, optional: true, ..Field::default() }, &choices))
}

fn is_listed(one: &Listed<'_>) -> bool {
    matches!(one.verdict, Verdict::Required | Verdict::IfAny | Verdict::Open)
}

/// The groups of the catalogue that have a paper to bring, what is always asked for first.
fn groups<'a>(listed: &[Listed<'a>]) -> Vec<&'a str> {
    let mut groups: Vec<&str> = Vec::new();
    for one in listed.iter().filter(|one| is_listed(one)) {
        if !groups.contains(&one.component.group.as_str()) {
            groups.push(&one.component.group);
        }
    }
    groups.sort_by_key(|group| !group.is_empty());
    groups
}

fn paper_group(
    listed: &[Listed<'_>],
    (index, group): (usize, &str),
    wanted: &Wanted,
    lang: Lang,
) -> Markup {
    let of_group = listed.iter().filter(|one| is_listed(one) && one.component.group == group);
    let lines: Vec<(&Component, String)> = of_group
        .map(|one| {
            let counts = counts(one.component, lang);
            let line = match one.verdict {
                Verdict::Required => counts,
                Verdict::Open => format!("{counts}; {}", words::BY_ANSWERS.say(lang)),
                _ => format!("{counts}; {}", words::IF_ANY.say(lang)),
            };
            (one.component, line)
        })
        .collect();
    let checked = wanted.checked.as_deref().unwrap_or_default();
    let choices: Vec<Choice<'_>> = lines
        .iter()
        .map(|(component, line)| Choice {
            value: component.id.as_str(),
            label: &component.name,
            hint: line,
            chosen: checked.iter().any(|id| id == component.id.as_str()),
            below: None,
        })
        .collect();
    let label = if group.is_empty() {
        words::ALWAYS_NEEDED.say(lang).to_owned()
    } else {
        words::IN_CASE.fill(lang, &[("case", group.trim_end_matches(':'))])
    };
    checkboxes(
        lang,
        &Field { name: &format!("co{index}"), label: &label, ..Field::default() },
        &choices,
    )
}

fn verdict(listed: &[Listed<'_>], wanted: &Wanted, lang: Lang) -> Markup {
    let Some(checked) = &wanted.checked else { return html! {} };
    let missing: Vec<&str> = listed
        .iter()
        .filter(|one| one.verdict == Verdict::Required)
        .map(|one| one.component)
        .filter(|c| !checked.iter().any(|id| id == c.id.as_str()))
        .map(|c| c.name.as_str())
        .collect();
    if missing.is_empty() {
        return banner(lang, BannerKind::Done, &html! { (words::ALL_PAPERS.say(lang)) });
    }
    banner(
        lang,
        BannerKind::Note,
        &html! {
            (words::STILL_MISSING.say(lang))
            ul { @for name in missing { li { (name) } } }
        },
    )
}
