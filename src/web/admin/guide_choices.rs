//! Questions that lead to the right procedure, put together from lists: an answer is added to a question
//! and led to a question below, a procedure or elsewhere; nobody needs to know keys and codes. What is
//! chosen becomes lines, which are saved together once they lead somewhere.

use std::collections::BTreeSet;

use maud::{Markup, html};

use crate::domain::form::fresh_key;
use crate::domain::guidance::{Guide, Part};
use crate::domain::words::{Lang, Message};
use crate::office::guidance::{ELSEWHERE, ReadGuide};
use crate::office::world::World;
use crate::web::components::{Button, Choice, Field, button, select, text_field};
use crate::web::desk::posted::Posted;
use crate::web::words::admin_guiding as words;

/// Marks an answer that leads to a question below.
const TO_QUESTION: char = '?';

/// The lines after a button was pressed; none when it was none of these.
pub fn rewritten(sent: &Posted, read: &ReadGuide, lines: &str) -> Option<String> {
    let mut all: Vec<String> = lines.lines().map(str::to_owned).collect();
    if let Ok(gone) = sent.get("_remove").parse::<usize>() {
        let from = gone.checked_sub(1).filter(|from| *from < all.len())?;
        let is_question = all[from].trim_start().starts_with('?');
        let answers = all[from + 1..].iter().take_while(|line| line.trim_start().starts_with('-'));
        let count = 1 + if is_question { answers.count() } else { 0 };
        all.drain(from..from + count);
    } else if sent.has("_answer") {
        let line = answer(sent)?;
        all.insert(end_of(read, sent.get("question"))?.min(all.len()), line);
    } else if sent.has("_question") {
        let known = |key: &str| read.guide.questions.iter().any(|asked| asked.key == key);
        let text = plain(sent.get("asked"));
        let key = fresh_key(&text, &known).replace('_', "-");
        all.push(format!("? {key} | {}", both(&text, sent.get("asked_en"))));
    } else if sent.has("_page") {
        let line = read.line(Part::Procedures)?.checked_sub(1)?;
        let code = sent.get("page").trim();
        let known = all.get_mut(line).filter(|_| !code.is_empty())?;
        known.push_str(&format!(" {code}"));
    } else {
        return None;
    }
    Some(all.join("\n"))
}

/// How many lines stand before the end of a question's answers.
fn end_of(read: &ReadGuide, key: &str) -> Option<usize> {
    let place = read.guide.questions.iter().position(|asked| asked.key == key)?;
    let last = read.guide.questions[place].answers.len().checked_sub(1);
    read.line(last.map_or(Part::Question(place), |last| Part::Answer(place, last)))
}

/// The line of an answer.
fn answer(sent: &Posted) -> Option<String> {
    let text = both(&plain(sent.get("reply")), sent.get("reply_en"));
    let leads = sent.get("leads");
    if text.is_empty() || leads.is_empty() {
        return None;
    }
    Some(match leads.strip_prefix(TO_QUESTION) {
        Some(key) => format!("- {text} > {key}"),
        None => {
            let why = both(&plain(sent.get("said")), sent.get("said_en"));
            format!("- {text} > {leads} | {why}")
        }
    })
}

/// What parts a line cannot stand inside a text.
fn plain(text: &str) -> String {
    text.replace(['|', '>', '\n', '\r'], " ").trim().to_owned()
}

fn both(vi: &str, en: &str) -> String {
    let en = plain(en);
    if en.is_empty() { vi.to_owned() } else { format!("{vi} | {en}") }
}

/// The lists to choose from.
pub fn boxes(lang: Lang, world: &World, guide: &Guide, sent: &Posted) -> Markup {
    let questions: Vec<Choice<'_>> = guide
        .questions
        .iter()
        .map(|asked| Choice { value: &asked.key, label: asked.text.say(lang), ..Choice::default() })
        .collect();
    let near = near(world, guide);
    let procedures: Vec<Choice<'_>> = near
        .iter()
        .map(|(code, name)| Choice { value: code, label: name, ..Choice::default() })
        .collect();
    let below: Vec<(String, String)> = guide
        .questions
        .iter()
        .skip(1)
        .map(|asked| {
            let text = words::ASKS_ON.fill(lang, &[("question", asked.text.say(lang))]);
            (format!("{TO_QUESTION}{}", asked.key), text)
        })
        .collect();
    let mut leads: Vec<Choice<'_>> =
        below.iter().map(|(value, label)| Choice { value, label, ..Choice::default() }).collect();
    leads.push(Choice {
        value: ELSEWHERE,
        label: words::ELSEWHERE_CHOICE.say(lang),
        ..Choice::default()
    });
    leads.extend(procedures.iter().cloned());
    html! {
        section.box {
            h2 { (words::ADD_ANSWER.say(lang)) }
            (list(lang, "question", words::OF_QUESTION, sent, &questions))
            div.pairs {
                (line(lang, "reply", words::ANSWER, sent))
                (line(lang, "reply_en", words::ANSWER_EN, sent))
            }
            (list(lang, "leads", words::LEADS_TO, sent, &leads))
            div.pairs {
                (line(lang, "said", words::WHY_THERE, sent))
                (line(lang, "said_en", words::WHY_THERE_EN, sent))
            }
            (press(lang, words::ADD_ANSWER, "_answer"))
        }
        details.more {
            summary { (words::ADD_QUESTION.say(lang)) }
            div.pairs {
                (line(lang, "asked", words::QUESTION, sent))
                (line(lang, "asked_en", words::QUESTION_EN, sent))
            }
            (press(lang, words::ADD_QUESTION, "_question"))
        }
        details.more {
            summary { (words::ADD_PAGE.say(lang)) }
            (list(lang, "page", words::ADD_PAGE, sent, &procedures))
            (press(lang, words::ADD_PAGE, "_page"))
        }
    }
}

/// The procedures of the family and of its fields, by name.
fn near(world: &World, guide: &Guide) -> Vec<(String, String)> {
    let named: BTreeSet<&str> = guide.named().map(|(_, code)| code.as_str()).collect();
    let of_family = world.procedures().filter(|known| named.contains(known.code.as_str()));
    let fields: BTreeSet<&str> = of_family.map(|known| known.field.as_str()).collect();
    let near = world.procedures().filter(|known| {
        fields.contains(known.field.as_str()) || named.contains(known.code.as_str())
    });
    let mut near: Vec<(String, String)> =
        near.map(|known| (known.code.to_string(), known.name.clone())).collect();
    near.sort_by(|a, b| a.1.cmp(&b.1));
    near
}

fn list(lang: Lang, name: &str, label: Message, sent: &Posted, choices: &[Choice<'_>]) -> Markup {
    let field = Field {
        name,
        label: label.say(lang),
        value: sent.get(name),
        optional: true,
        ..Field::default()
    };
    select(lang, &field, choices)
}

fn line(lang: Lang, name: &str, label: Message, sent: &Posted) -> Markup {
    text_field(
        lang,
        &Field {
            name,
            label: label.say(lang),
            value: sent.get(name),
            optional: true,
            autocomplete: "off",
            max_length: Some(300),
            ..Field::default()
        },
    )
}

fn press(lang: Lang, label: Message, name: &str) -> Markup {
    button(&Button {
        label: label.say(lang),
        name,
        value: "1",
        secondary: true,
        ..Button::default()
    })
}
