//! A published version: what it asks, what differs from another, and publishing it again.

use actix_web::http::StatusCode;
use actix_web::web::{Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use maud::{Markup, html};

use super::{HERE, Looked, Shown, looked};
use crate::domain::form::{Declaration, Difference, Placed, QuestionPart, differences};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::words::{Lang, Message};
use crate::office::forms::{Draft, Lost, Published, Tests, in_use, wire};
use crate::web::admin::{page, sent_by_admin};
use crate::web::components::{Button, Confirm, Form, button, confirm, form};
use crate::web::desk::access::Desk;
use crate::web::desk::posted::{Posted, asked, with_office};
use crate::web::visitor::see_other;
use crate::web::words::desk as desk_words;
use crate::web::words::form_builder as words;

/// A version of an address, with the one that it is compared with, and the newest number.
struct Version {
    looked: Looked,
    version: Published,
    before: Option<Published>,
    newest: u32,
}

impl Version {
    fn number(&self) -> u32 {
        self.version.form.version.version
    }
}

fn found(desk: &Desk, path: &(String, u32), sent: &Posted) -> Result<Version, HttpResponse> {
    let looked = looked(desk, &path.0)?;
    let world = desk.office().world();
    let versions = world.form_versions(&looked.code);
    let find = |number: u32| {
        versions.iter().find(|published| published.form.version.version == number).copied().cloned()
    };
    let newest = versions.first().map_or(0, |published| published.form.version.version);
    match find(path.1) {
        Some(version) => {
            let before = sent.get("so").parse().ok().and_then(find);
            Ok(Version { looked, version, before, newest })
        }
        None => {
            Err(desk.failed(&Refusal::new(RefusalKind::NotFound, desk_words::NOT_FOUND).into()))
        }
    }
}

/// `GET /quan-tri/to-khai/{procedure}/ban/{version}?so=…`.
pub async fn show(desk: Desk, path: Path<(String, u32)>, request: HttpRequest) -> HttpResponse {
    let found = match found(&desk, &path, &asked(&request)) {
        Ok(found) => found,
        Err(response) => return response,
    };
    let lang = desk.lang();
    let declaration = &found.version.form.declaration;
    let number = found.number().to_string();
    let title = match &found.before {
        Some(before) => {
            let from = before.form.version.version.to_string();
            words::DIFFERENCE.fill(lang, &[("from", &from), ("to", &number)])
        }
        None => {
            words::VERSION_OF.fill(lang, &[("title", declaration.title.say(lang)), ("n", &number)])
        }
    };
    let back = found.looked.address();
    let main = html! {
        (found.looked.head(&title, (&back, words::BACK_FORM.say(lang))))
        p { (found.looked.name) }
        @if let Some(before) = &found.before {
            section {
                h2 { (words::DIFF_TITLE.say(lang)) }
                (difference_list(lang, &before.form.declaration, declaration))
            }
        }
        @if found.number() < found.newest { (again(&desk, &found)) }
        section {
            h2 { (words::VERSION.fill(lang, &[("n", &number)])) }
            (Shown { lang, declaration }.form())
        }
    };
    page(&desk, StatusCode::OK, (HERE, &title), false, &main)
}

fn again(desk: &Desk, found: &Version) -> Markup {
    let lang = desk.lang();
    let (csrf, key) = (desk.csrf(), desk.new_key());
    let action = format!("{}/ban/{}", found.looked.address(), found.number());
    let next = (found.newest + 1).to_string();
    let body = html! {
        input type="hidden" name="seen" value=(found.newest);
        p { (words::AGAIN_ABOUT.say(lang)) }
        (button(&Button {
            label: &words::AGAIN.fill(lang, &[("n", &next)]), secondary: true, ..Button::default()
        }))
    };
    form(lang, &Form { action: &action, csrf: &csrf, key: &key, ..Form::default() }, &body)
}

/// What people have typed into questions that an old version does not ask, before it is published.
fn ask_about_drafts(desk: &Desk, found: &Version, sent: &Posted, lost: &[Lost]) -> HttpResponse {
    let lang = desk.lang();
    let next = (found.newest + 1).to_string();
    let title = words::AGAIN.fill(lang, &[("n", &next)]);
    let address = format!("{}/ban/{}", found.looked.address(), found.number());
    let csrf = desk.csrf();
    let main = confirm(
        lang,
        &Confirm {
            title: &title,
            consequences: html! {
                ul { @for lost in lost { li { (in_use(lost).say(lang)) } } }
                p { (words::DRAFTS_ABOUT.say(lang)) }
            },
            label: &title,
            danger: false,
            back: &address,
            form: Form { action: &address, csrf: &csrf, key: sent.get("_key"), ..Form::default() },
            fields: html! {
                input type="hidden" name="seen" value=(sent.get("seen"));
                input type="hidden" name="_sure" value="1";
            },
        },
    );
    page(desk, StatusCode::OK, (HERE, &title), false, &main)
}

/// `POST /quan-tri/to-khai/{procedure}/ban/{version}`: publishes an old version again.
pub async fn publish_again(
    desk: Desk,
    path: Path<(String, u32)>,
    request: HttpRequest,
    payload: Payload,
) -> HttpResponse {
    let sent = match sent_by_admin(&desk, &request, payload).await {
        Ok(sent) => sent,
        Err(response) => return response,
    };
    let found = match found(&desk, &path, &sent) {
        Ok(found) => found,
        Err(response) => return response,
    };
    if !sent.has("_sure") {
        let (code, next) = (found.looked.code.clone(), found.version.form.declaration.clone());
        match with_office(&desk, move |office, _| office.answers_lost(&code, &next)).await {
            Ok(lost) if lost.is_empty() => {}
            Ok(lost) => return ask_about_drafts(&desk, &found, &sent, &lost),
            Err(failure) => return desk.failed(&failure),
        }
    }
    let number = found.number().to_string();
    let draft = Draft {
        procedure: found.looked.code.clone(),
        declaration: wire::row(&found.version.form.declaration),
        seen: sent.get("seen").parse().ok(),
        note: words::AGAIN_NOTE.fill(desk.lang(), &[("n", &number)]),
        working: None,
        tests: Tests::Hold,
    };
    let by = desk.staff.name.to_string();
    match with_office(&desk, move |office, _| office.publish_form(&draft, &by)).await {
        Ok(published) => {
            see_other(&format!("{}?xong={}", found.looked.address(), published.version))
        }
        Err(failure) => desk.failed(&failure),
    }
}

/// What differs, in words.
pub fn difference_list(lang: Lang, old: &Declaration, new: &Declaration) -> Markup {
    let found = differences(old, new);
    let (before, after) = (Shown { lang, declaration: old }, Shown { lang, declaration: new });
    html! {
        @if found.is_empty() { p { (words::DIFF_NONE.say(lang)) } }
        @else {
            ul.differences {
                @for difference in &found { li { (told(&before, &after, difference)) } }
            }
        }
    }
}

fn told(before: &Shown<'_>, after: &Shown<'_>, difference: &Difference<'_>) -> Markup {
    let lang = before.lang;
    let named = |message: Message, what: &str| message.fill(lang, &[("what", what)]);
    let placed = |message: Message, placed: &Placed<'_>| named(message, &full_label(lang, placed));
    html! {
        @match difference {
            Difference::Owner(from, to) => (words::DIFF_OWNER.fill(lang, &[("from", from), ("to", to)])),
            Difference::Title(from, to) => (words::DIFF_NAME.fill(lang, &[("from", from), ("to", to)])),
            Difference::SectionAdded(section) => (named(words::DIFF_SECTION_ADDED, section.title.say(lang))),
            Difference::SectionRemoved(section) => (named(words::DIFF_SECTION_REMOVED, section.title.say(lang))),
            Difference::SectionRenamed(before, section) => {
                @let values = [("from", before.title.say(lang)), ("to", section.title.say(lang))];
                (words::DIFF_SECTION_RENAMED.fill(lang, &values))
            },
            Difference::SectionChanged(section) => (named(words::DIFF_SECTION_CHANGED, section.title.say(lang))),
            Difference::Added(question) => (placed(words::DIFF_ADDED, question)),
            Difference::Removed(question) => (placed(words::DIFF_REMOVED, question)),
            Difference::Moved(question) => (placed(words::DIFF_MOVED, question)),
            Difference::Print => (words::DIFF_PRINT.say(lang)),
            Difference::Cases => (words::DIFF_CASES.say(lang)),
            Difference::Changed(old, new, parts) => {
                (placed(words::DIFF_CHANGED, new))
                ul {
                    @for part in parts { li { (changed(before, after, (*old, *new), *part)) } }
                }
            },
        }
    }
}

fn full_label(lang: Lang, placed: &Placed<'_>) -> String {
    let label = placed.question.label.say(lang);
    match placed.table {
        Some(table) => format!("{} › {label}", table.label.say(lang)),
        None => label.to_owned(),
    }
}

fn changed(
    before: &Shown<'_>,
    after: &Shown<'_>,
    (old, new): (Placed<'_>, Placed<'_>),
    part: QuestionPart,
) -> String {
    let lang = before.lang;
    let (from, to) = (before.part(old, part), after.part(new, part));
    words::DIFF_FIELD.fill(lang, &[("field", part.name().say(lang)), ("from", &from), ("to", &to)])
}
