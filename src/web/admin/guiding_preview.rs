//! What typed lines say, before they are saved: the conditions of papers, and the questions that lead to
//! the right procedure; each with its line, and with what is wrong there.

use maud::{Markup, html};

use super::catalogue::address as procedure_address;
use crate::domain::catalogue::Procedure;
use crate::domain::checklist::{Filer, PaperRule};
use crate::domain::dossier::Directory;
use crate::domain::form::{Declaration, asked_when, tested};
use crate::domain::guidance::{Asked, Leads, Part, Reply};
use crate::domain::ids::ProcedureCode;
use crate::domain::words::{Lang, Message, Text};
use crate::office::checklists::{ReadRule, looked_through};
use crate::office::guidance::ReadGuide;
use crate::office::life_events::LifeEvent;
use crate::office::typed_lines::AtLine;
use crate::office::world::World;
use crate::web::components::{Column, DataTable, Icon, Row, data_table, icon, row_button};
use crate::web::desk::say::channel;
use crate::web::words::admin_guiding as words;

/// Where the preview stands on its page.
pub const ANCHOR: &str = "#xem-truoc";

fn section(lang: Lang, content: &Markup) -> Markup {
    html! {
        section id="xem-truoc" {
            h2 { (words::PREVIEW.say(lang)) }
            (content)
        }
    }
}

/// What is wrong with a line.
fn wrong(text: &str) -> Markup {
    html! { p.error { (icon(Icon::Alert)) span { (text) } } }
}

/// What lines say of the papers of a procedure.
pub fn papers(
    lang: Lang,
    procedure: &Procedure,
    form: Option<&Declaration>,
    lines: &str,
) -> Markup {
    let read = looked_through(lines, procedure, form);
    let columns = [
        Column::number(words::LINE.say(lang)),
        Column::new(words::PAPER.say(lang)),
        Column::new(words::WHEN.say(lang)),
        Column::new(words::ELSE.say(lang)),
        Column::new(""),
    ];
    let rows: Vec<Row> = read.iter().map(|read| row(lang, procedure, form, read)).collect();
    section(
        lang,
        &html! {
            @if !rows.is_empty() {
                (data_table(lang, &DataTable {
                    caption: words::PREVIEW.say(lang),
                    caption_hidden: true,
                    columns: &columns,
                    rows: &rows,
                    select: "",
                }))
            }
            h3 { (words::BY_PAPER.say(lang)) }
            ul { @for component in &procedure.components {
                li { (component.name) ": " strong { (asked_for(lang, component, &read)) } }
            } }
        },
    )
}

fn row(lang: Lang, procedure: &Procedure, form: Option<&Declaration>, read: &ReadRule) -> Row {
    let errors = html! { @for text in &read.wrong { (wrong(text.say(lang))) } };
    let line = html! { (read.line) };
    let number = read.line.to_string();
    let what = words::RULE_N.fill(lang, &[("n", &number)]);
    let gone = row_button(words::TAKE_OUT.say(lang), &what, "_remove", &number);
    let Some(rule) = &read.rule else {
        return Row::new(vec![line, errors, html! {}, html! {}, gone]);
    };
    let of: Vec<&str> = procedure
        .components
        .iter()
        .filter(|component| rule.is_of(component))
        .map(|component| component.name.as_str())
        .collect();
    let papers = html! {
        @if of.is_empty() { (rule.paper) }
        @for name in &of { p { (name) } }
        (errors)
    };
    let when = html! { (when(lang, form, rule)) };
    Row::new(vec![line, papers, when, html! { (rule.why.say(lang)) }, gone])
}

/// When a rule asks for its paper, in a sentence.
fn when(lang: Lang, form: Option<&Declaration>, rule: &PaperRule) -> String {
    let filers = rule.filers.iter().map(|filer| {
        let message = match filer {
            Filer::Own => words::FILES_ALONE,
            Filer::Mandate => words::FILES_BY_MANDATE,
            Filer::Law => words::FILES_BY_LAW,
        };
        message.say(lang).to_owned()
    });
    let or = |parts: Vec<String>| parts.join(words::OR.say(lang));
    let channels = rule.channels.iter().map(|way| channel(*way).say(lang).to_owned());
    let mut parts = vec![or(filers.collect()), or(channels.collect())];
    parts.extend(rule.only_if.iter().map(|condition| {
        let said = form.and_then(|form| tested(form, condition, lang));
        said.unwrap_or_else(|| condition.field.clone())
    }));
    parts.retain(|part| !part.is_empty());
    let when = match parts.is_empty() {
        true => words::ALWAYS.say(lang).to_owned(),
        false => words::WHEN_ALL.fill(lang, &[("tests", &parts.join(words::AND.say(lang)))]),
    };
    let how = if rule.is_required { words::REQUIRED } else { words::IF_ANY };
    format!("{}, {when}", how.say(lang))
}

/// When a paper is asked for, by the lines that speak of it.
fn asked_for(
    lang: Lang,
    component: &crate::domain::catalogue::Component,
    read: &[ReadRule],
) -> String {
    let of = |read: &&ReadRule| read.rule.as_ref().is_some_and(|rule| rule.is_of(component));
    let lines: Vec<String> = read.iter().filter(of).map(|read| read.line.to_string()).collect();
    match (lines.is_empty(), component.mandatory) {
        (false, _) => words::BY_LINES.fill(lang, &[("lines", &lines.join(", "))]),
        (true, true) => words::AS_CATALOGUE_REQUIRED.say(lang).to_owned(),
        (true, false) => words::AS_CATALOGUE_IF_ANY.say(lang).to_owned(),
    }
}

/// What lines say of a family of questions.
pub fn questions(lang: Lang, world: &World, read: &ReadGuide) -> Markup {
    let at = |line: Option<usize>| {
        let wrong = read.wrong.iter().filter(move |wrong| wrong.line == line);
        wrong.map(|found| wrong_at(lang, found)).collect::<Vec<_>>()
    };
    let lines: Vec<Option<usize>> = std::iter::once(read.line(Part::Procedures))
        .chain(read.guide.questions.iter().enumerate().flat_map(|(place, asked)| {
            {
                let answers = (0..asked.answers.len()).map(move |n| Part::Answer(place, n));
                std::iter::once(Part::Question(place)).chain(answers)
            }
            .map(|part| read.line(part))
        }))
        .collect();
    let apart =
        read.wrong.iter().filter(|wrong| wrong.line.is_none() || !lines.contains(&wrong.line));
    section(
        lang,
        &html! {
            @for found in apart { (wrong_at(lang, found)) }
            p { strong { (read.guide.title.say(lang)) } }
            p { (words::ASKED_ON.say(lang)) }
            ul { @for code in &read.guide.procedures { li { (named(lang, world, code)) } } }
            @if let Some(line) = read.line(Part::Procedures) {
                @for found in at(Some(line)) { (found) }
            }
            ol {
                @for (place, asked) in read.guide.questions.iter().enumerate() {
                    li {
                        p {
                            strong { (asked.text.say(lang)) } " " span.code { (asked.key) } " "
                            (gone(lang, asked.text.say(lang), read.line(Part::Question(place))))
                        }
                        @for found in at(read.line(Part::Question(place))) { (found) }
                        ul {
                            @for (number, reply) in asked.answers.iter().enumerate() {
                                li {
                                    (answer(lang, world, &read.guide.questions, reply)) " "
                                    (gone(lang, reply.text.say(lang), read.line(Part::Answer(place, number))))
                                    @for found in at(read.line(Part::Answer(place, number))) {
                                        (found)
                                    }
                                }
                            }
                        }
                    }
                }
            }
            (signposts(lang, world, read))
        },
    )
}

/// What the answers of forms lead to.
fn signposts(lang: Lang, world: &World, read: &ReadGuide) -> Markup {
    html! {
        ul {
            @for post in &read.guide.signposts {
                @let form = world.form(&post.of, None).map(|form| &form.declaration);
                @let when = form.and_then(|form| asked_when(form, &post.only_if, lang));
                li {
                    (named(lang, world, &post.of))
                    @if let Some(when) = when { ": " (when) }
                    " → " (named(lang, world, &post.to))
                    br; span.muted { (post.why.say(lang)) }
                }
            }
        }
    }
}

/// The button that takes a line out.
fn gone(lang: Lang, what: &str, line: Option<usize>) -> Markup {
    html! {
        @if let Some(line) = line {
            (row_button(words::TAKE_OUT.say(lang), what, "_remove", &line.to_string()))
        }
    }
}

fn wrong_at(lang: Lang, found: &AtLine) -> Markup {
    let text = found.text.say(lang);
    match found.line {
        Some(line) => {
            let slots = [("n", line.to_string()), ("why", text.to_owned())];
            let slots = slots.each_ref().map(|(name, value)| (*name, value.as_str()));
            wrong(&words::AT_LINE.fill(lang, &slots))
        }
        None => wrong(text),
    }
}

fn answer(lang: Lang, world: &World, questions: &[Asked], reply: &Reply) -> Markup {
    let why = |text: &Text| html! { br; span.muted { (text.say(lang)) } };
    html! {
        (reply.text.say(lang)) " → "
        @match &reply.leads {
            Leads::Question(key) => {
                @let below = questions.iter().find(|asked| asked.key == *key);
                (below.map_or(key.as_str(), |asked| asked.text.say(lang)))
            }
            Leads::Procedure(code, said) => { (named(lang, world, code)) (why(said)) },
            Leads::Elsewhere(said) => { (words::ELSEWHERE.say(lang)) (why(said)) },
        }
    }
}

/// A procedure by name, or that the catalogue does not have it.
fn named(lang: Lang, world: &World, code: &ProcedureCode) -> Markup {
    let missing: Message = words::NOT_IN_CATALOGUE;
    html! {
        @match world.procedure(code) {
            Some(known) => a href=(procedure_address(code)) { (known.name) },
            None => em { (missing.say(lang)) },
        }
        " " span.code { (code) }
    }
}

/// What the steps of a matter of life are.
pub fn steps(lang: Lang, world: &World, event: &LifeEvent) -> Markup {
    let wrong_steps = world.wrong_steps(event);
    section(
        lang,
        &html! {
            ol { @for (place, step) in event.steps.iter().enumerate() {
                li {
                    (named(lang, world, &step.procedure))
                    @if !step.about.vi.is_empty() { br; span.muted { (step.about.say(lang)) } }
                    @for found in wrong_steps.iter().filter(|found| found.line == Some(place + 1)) {
                        (wrong(found.text.say(lang)))
                    }
                }
            } }
        },
    )
}
