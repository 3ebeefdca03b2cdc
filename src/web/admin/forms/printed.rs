//! What only the printed form has: its number and source, who signs, what the owner is called.

use maud::{Markup, html};

use super::typed::{english, text};
use crate::domain::form::Declaration;
use crate::domain::words::{Lang, Text};
use crate::web::components::{Field, checkbox, text_area, text_field};
use crate::web::desk::posted::Posted;
use crate::web::words::form_builder as words;

/// What only the printed form has.
pub fn boxes(lang: Lang, declaration: &Declaration) -> Markup {
    let line = |signer: &Text| match english(signer).as_str() {
        "" => signer.vi.clone(),
        english => format!("{} | {english}", signer.vi),
    };
    let owner = line(&declaration.owner);
    let signers = declaration.signers.iter().map(line).collect::<Vec<_>>().join("\n");
    html! {
        details.more {
            summary { (words::PRINTED.say(lang)) }
            div.pairs {
                (text_field(lang, &Field {
                    name: "form_number",
                    label: words::FORM_NUMBER.say(lang),
                    hint: words::FORM_NUMBER_HINT.say(lang),
                    value: &declaration.form_number,
                    optional: true,
                    autocomplete: "off",
                    max_length: Some(300),
                    ..Field::default()
                }))
                (text_field(lang, &Field {
                    name: "owner",
                    label: words::OWNER_CALLED.say(lang),
                    hint: words::OWNER_CALLED_HINT.say(lang),
                    value: &owner,
                    optional: true,
                    autocomplete: "off",
                    max_length: Some(200),
                    ..Field::default()
                }))
                (text_field(lang, &Field {
                    name: "form_source",
                    label: words::FORM_SOURCE.say(lang),
                    hint: words::FORM_SOURCE_HINT.say(lang),
                    value: &declaration.official.source,
                    optional: true,
                    autocomplete: "off",
                    max_length: Some(300),
                    ..Field::default()
                }))
                (text_area(lang, &Field {
                    name: "signers",
                    label: words::SIGNERS.say(lang),
                    hint: words::SIGNERS_HINT.say(lang),
                    value: &signers,
                    optional: true,
                    autocomplete: "off",
                    max_length: Some(2_000),
                    ..Field::default()
                }, 2))
            }
            (checkbox(lang, &Field {
                name: "form_to_verify", label: words::FORM_TO_VERIFY.say(lang), ..Field::default()
            }, "1", declaration.official.to_verify))
        }
    }
}

/// A line as officials type it: Vietnamese, and English behind a stroke.
fn in_both(line: &str) -> Text {
    match line.split_once('|') {
        Some((vi, en)) => text(vi.trim(), en.trim()),
        None => text(line.trim(), ""),
    }
}

/// Takes over what was typed, where the page showed it.
pub fn keep(form: &mut Declaration, sent: &Posted) {
    if sent.has("signers") {
        form.form_number = sent.get("form_number").to_owned();
        form.official.source = sent.get("form_source").to_owned();
        form.official.to_verify = sent.has("form_to_verify");
        let lines = sent.get("signers").lines().filter(|line| !line.trim().is_empty());
        form.owner = in_both(sent.get("owner"));
        form.signers = lines.map(in_both).collect();
    }
}
