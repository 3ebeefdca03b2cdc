//! The page of certification, and what stands there after a visit.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use maud::{Markup, html};

use super::rows::{Rows, amount, exemptions, signing};
use super::{Form as Visiting, HERE};
use crate::domain::calendar::words::date_long;
use crate::domain::dossier::Dossier;
use crate::domain::refusal::{FieldError, Refusal};
use crate::office::printing::Deed;
use crate::web::components::{
    BannerKind, Button, Field, Form, Width, banner, button, date_field, error_for, error_summary,
    form, implicit_submit, panel, text_field,
};
use crate::web::desk::access::{Desk, Sheet};
use crate::web::desk::{printing, say};
use crate::web::words::certifying as words;
use crate::web::words::desk as desk_words;
use crate::web::words::desk_counter as counter_words;

/// The form.
pub fn form_page(
    desk: &Desk,
    visiting: &Visiting,
    refusal: Option<&Refusal>,
    status: StatusCode,
) -> HttpResponse {
    let lang = desk.lang();
    let errors: &[FieldError] = refusal.map_or(&[], |refusal| &refusal.fields);
    let (csrf, key, title) = (desk.csrf(), desk.new_key(), words::TITLE.say(lang));
    let no_name = visiting.sent.get("applicant.name").is_empty();
    let body = html! {
        // First in the form: what Enter and the scanner press.
        (implicit_submit(words::UPDATE.say(lang), "_lam", "cap-nhat"))
        div.columns.side-right {
            div.content {
                (person(desk, visiting, errors, no_name))
                section aria-labelledby="buoc-2" {
                    h2 id="buoc-2" { (words::STEP_PAPERS.say(lang)) }
                    (Rows {
                        desk,
                        kinds: &visiting.kinds,
                        papers: &visiting.papers,
                        likely: &visiting.likely,
                        quotes: &visiting.quotes,
                        errors,
                        autofocus: errors.is_empty() && !no_name,
                    }.draw())
                }
            }
            div.side { (side(desk, visiting, errors)) }
        }
    };
    let main = html! {
        @if let Some(refusal) = refusal { (error_summary(lang, refusal)) }
        h1 { (title) }
        @if visiting.kinds.is_empty() {
            (banner(lang, BannerKind::Refused, &html! { (words::NO_KINDS.say(lang)) }))
        } @else {
            (form(lang, &Form {
                action: HERE,
                csrf: &csrf,
                key: &key,
                ask_before_leaving: true,
                id: "quay",
                ..Form::default()
            }, &body))
        }
        p { a href="/mot-cua/chung-thuc/so" { (words::BOOKS.say(lang)) } }
    };
    let sheet = Sheet { title, refused: refusal.is_some(), ..Sheet::default() };
    desk.page(status, &sheet, &main)
}

fn person(desk: &Desk, visiting: &Visiting, errors: &[FieldError], starts: bool) -> Markup {
    let lang = desk.lang();
    let field = |name, label: crate::domain::words::Message| Field {
        name,
        label: label.say(lang),
        value: visiting.sent.get(name),
        error: error_for(errors, name, lang),
        autocomplete: "off",
        ..Field::default()
    };
    html! {
        section aria-labelledby="buoc-1" {
            h2 id="buoc-1" { (words::STEP_PERSON.say(lang)) }
            @if let Some(name) = &visiting.card_read {
                (banner(lang, BannerKind::Done, &html! {
                    (counter_words::CARD_READ.fill(lang, &[("name", name)]))
                }))
            }
            (text_field(lang, &Field {
                error: visiting.card_wrong.map_or("", |message| message.say(lang)),
                hint: counter_words::CARD_HINT.say(lang),
                key: "F4",
                autofocus: errors.is_empty() && starts,
                value: "",
                ..field("card", counter_words::SCAN_CARD)
            }))
            div.pairs {
                (text_field(lang, &Field {
                    max_length: Some(200), ..field("applicant.name", desk_words::NAME)
                }))
                (text_field(lang, &Field {
                    optional: true,
                    width: Width::Medium,
                    // Longer than a number: a scanner may type a whole card into it.
                    max_length: Some(500),
                    ..field("applicant.id_number", desk_words::ID_NUMBER)
                }))
                (date_field(lang, &Field {
                    optional: true, ..field("applicant.birth_date", desk_words::BIRTH_DATE)
                }))
                (text_field(lang, &Field {
                    optional: true,
                    kind: "tel",
                    width: Width::Medium,
                    max_length: Some(20),
                    ..field("applicant.phone", desk_words::PHONE)
                }))
            }
            input type="hidden" name="applicant.address"
                value=(visiting.sent.get("applicant.address"));
        }
    }
}

fn side(desk: &Desk, visiting: &Visiting, errors: &[FieldError]) -> Markup {
    let lang = desk.lang();
    let total = visiting.total();
    let may_wait = desk.office().certification_may_wait(&desk.staff.agency);
    let label = if total == 0 { words::CERTIFY_FREE } else { words::CERTIFY };
    panel(
        words::STEP_FEE.say(lang),
        &html! {
            p.cert-total aria-live="polite" {
                (words::TOTAL.say(lang)) ": " strong { (amount(desk, total)) }
            }
            (exemptions(desk, &visiting.papers, &visiting.sent, errors))
            (signing(desk, &visiting.sent, errors))
            @if may_wait { p.hint { (later_hint(desk)) } }
            div.buttons {
                (button(&Button {
                    label: label.say(lang),
                    name: "_lam",
                    value: "tra",
                    key: "F9",
                    ..Button::default()
                }))
                @if may_wait {
                    (button(&Button {
                        label: words::LATER.say(lang),
                        name: "_lam",
                        value: "tra-sau",
                        secondary: true,
                        ..Button::default()
                    }))
                }
                (button(&Button {
                    label: words::UPDATE.say(lang),
                    name: "_lam",
                    value: "cap-nhat",
                    secondary: true,
                    ..Button::default()
                }))
            }
        },
    )
}

fn later_hint(desk: &Desk) -> String {
    let world = desk.office().world();
    let rules = world.pack_for(&desk.staff.agency, desk.office().now());
    let hour = rules.reception.same_day_cutoff.strftime("%H:%M").to_string();
    words::LATER_HINT.fill(desk.lang(), &[("hour", &hour)])
}

/// After a visit: the numbers, what to print, and the next person.
pub fn done(desk: &Desk, dossier: &Dossier) -> HttpResponse {
    let lang = desk.lang();
    let code = dossier.code.as_str();
    let certification = dossier.certification.as_ref();
    let on = certification.and_then(|certification| certification.on);
    let title = match on {
        Some(_) => words::DONE.fill(lang, &[("code", code)]),
        None => words::TAKEN.fill(lang, &[("code", code)]),
    };
    let due = dossier.clock.due_at.map(|due| date_long(due, lang));
    let deeds = match on {
        Some(_) => {
            [(Deed::Attestation, words::PRINT_ATTESTATIONS), (Deed::FeeSlip, words::PRINT_FEES)]
        }
        None => [(Deed::Receipt, words::PRINT_RECEIPT), (Deed::FeeSlip, words::PRINT_FEES)],
    };
    let main = html! {
        h1 { (title) }
        (banner(lang, BannerKind::Done, &html! {
            (dossier.submitter.name)
            @if let Some(due) = &due { br; (words::DUE.fill(lang, &[("date", due)])) }
        }))
        ul {
            @for line in certification.iter().flat_map(|certification| &certification.lines) {
                li { (say::certified(lang, line, on)) }
            }
        }
        p { (words::TOTAL.say(lang)) ": " strong { (amount(desk, total(dossier))) } }
        div.buttons {
            a.button href=(HERE) data-key="F9" aria-keyshortcuts="F9" autofocus {
                (words::NEXT_PERSON.say(lang)) " " kbd aria-hidden="true" { "F9" }
            }
            @for (position, (deed, label)) in deeds.into_iter().enumerate() {
                @if deed.is_of(dossier) {
                    @let key = (position == 0).then_some("F8");
                    a.button.button-secondary href=(printing::address(dossier, deed))
                        target="_blank" rel="noopener" data-key=[key] aria-keyshortcuts=[key] {
                        (label.say(lang))
                        @if let Some(key) = key { " " kbd aria-hidden="true" { (key) } }
                    }
                }
            }
            a href={ "/mot-cua/ho-so/" (code) } { (desk_words::OPEN_DOSSIER.say(lang)) }
        }
    };
    desk.ok(&Sheet { title: &title, narrow: true, ..Sheet::default() }, &main)
}

fn total(dossier: &Dossier) -> u64 {
    dossier.fees.iter().map(|fee| fee.line.amount).sum()
}
