//! The page that asks before an action with consequences is done, and says what will follow.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use maud::{Markup, html};

use super::access::Desk;
use super::acting::{action_page, address};
use super::posted::Posted;
use super::reading::asked_papers;
use super::{deeds, say};
use crate::domain::calendar::words::date_long;
use crate::domain::dossier::{Action, Dossier, Supplement};
use crate::web::components::{Confirm, Form, confirm};
use crate::web::words::desk_actions as words;

/// Asks; `after` is the dossier as it would be.
pub fn page(
    desk: &Desk,
    before: &Dossier,
    after: &Dossier,
    action: Action,
    sent: &Posted,
) -> HttpResponse {
    let lang = desk.lang();
    let name = words::name(action).say(lang);
    let title = words::TITLE.fill(lang, &[("action", name), ("code", before.code.as_str())]);
    let label = words::CONFIRM.fill(lang, &[("action", name)]);
    let (csrf, key) = (desk.csrf(), desk.new_key());
    let to = address(before, action);
    let back = format!("/mot-cua/ho-so/{}", before.code);
    let main = confirm(
        lang,
        &Confirm {
            title: &title,
            consequences: consequences(desk, before, after, action),
            label: &label,
            danger: deeds::is_final(action),
            back: &back,
            form: Form { action: &to, csrf: &csrf, key: &key, ..Form::default() },
            fields: carried(desk, before, sent),
        },
    );
    action_page(desk, before, StatusCode::OK, &title, false, &main)
}

/// Everything that was typed, and the files that came, hidden.
fn carried(desk: &Desk, dossier: &Dossier, sent: &Posted) -> Markup {
    let files = sent.file_fields();
    html! {
        input type="hidden" name="_sure" value="1";
        @if !sent.has("version") {
            input type="hidden" name="version" value=(dossier.version);
        }
        @for (name, value) in sent.carried().filter(|(name, _)| !name.ends_with(".kept")) {
            input type="hidden" name=(name) value=(value);
        }
        @for field in &files {
            @for upload in sent.uploads(desk, field) {
                input type="hidden" name={ (field) ".kept" } value=(upload.id);
            }
        }
    }
}

fn consequences(desk: &Desk, before: &Dossier, after: &Dossier, action: Action) -> Markup {
    let lang = desk.lang();
    let status = after.status.say(lang);
    html! {
        p {
            @if after.status == before.status { (words::AFTER_SAME.say(lang)) }
            @else { (words::AFTER_STATUS.fill(lang, &[("status", status)])) }
        }
        p { strong { (date(desk, before, after)) } }
        @if let Some(supplement) = after.supplement.as_ref().filter(|_| {
            action == Action::RequestSupplement
        }) {
            (told(desk, before, supplement))
        }
        @if let Some(reason) = after.reason.as_ref().filter(|_| after.reason != before.reason) {
            p { (words::AFTER_TOLD.say(lang)) }
            p.as-typed { (reason) }
        }
        @if let Some(deed) = deeds::paper_of(action) {
            p { (words::AFTER_PAPER.fill(lang, &[("paper", deed.name().say(lang))])) }
        }
        @if deeds::is_final(action) { p { (words::AFTER_FINAL.say(lang)) } }
    }
}

fn date(desk: &Desk, before: &Dossier, after: &Dossier) -> String {
    let (lang, world) = (desk.lang(), desk.office().world());
    match (before.clock.due_at, after.clock.due_at) {
        (Some(old), Some(new)) if old != new => words::AFTER_DUE_NEW
            .fill(lang, &[("date", &date_long(new, lang)), ("old", &date_long(old, lang))]),
        (_, Some(due)) => words::AFTER_DUE.fill(lang, &[("date", &date_long(due, lang))]),
        (_, None) if after.status.is_paused() => {
            let now = desk.office().now();
            let pill = say::pill(lang, &world, after, now).unwrap_or_default();
            words::AFTER_PAUSED.fill(lang, &[("left", &pill.words)])
        }
        (_, None) => words::AFTER_NO_DUE.say(lang).to_owned(),
    }
}

fn told(desk: &Desk, before: &Dossier, supplement: &Supplement) -> Markup {
    let lang = desk.lang();
    let papers = asked_papers(desk, before);
    html! {
        p { (words::AFTER_TOLD.say(lang)) }
        ol {
            @for item in &supplement.items {
                @let name = item.component.as_ref().and_then(|id| {
                    papers.iter().find(|(known, _)| known == id.as_str()).map(|(_, name)| name)
                });
                li {
                    @if let Some(name) = name { (name) ": " }
                    span.as-typed { (item.reason) }
                }
            }
        }
    }
}
