//! A draft that a citizen began at home and finishes at the counter: its number, scanned or typed, and
//! the code that the citizen tells fill in the counter's form. Nothing of it is shown before.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use jiff::civil::Date;
use maud::{Markup, html};

use super::giving_back::GivenBack;
use super::papers::PROMISED;
use super::state::Counter;
use super::{answer, form};
use crate::domain::calendar::words::date_short;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::office::Failure;
use crate::office::drafts::{Draft, Opened};
use crate::office::repeat::Once;
use crate::web::components::{
    self, BannerKind, Button, Crumb, Form, banner, button, error_summary, handed_fields,
};
use crate::web::desk::access::{Desk, Sheet};
use crate::web::desk::posted::{Posted, asked, posted};
use crate::web::limits::Asked;
use crate::web::visitor::{see_other, status_of};
use crate::web::words::{desk_counter as words, public_filing};

/// Where it is.
pub(super) const HERE: &str = "/mot-cua/tiep-nhan/ban-nhap";
/// The field that finds the draft again.
pub(super) const NOTE: &str = "ban_nhap";
/// The field that says how the draft stood when the form last agreed with it.
pub(super) const SEEN_AT: &str = "ban_nhap_luc";
/// The button that leaves the form without a reception.
pub(super) const LEAVES: &str = "tra-lai";

/// How a draft stands now.
pub(super) fn seen_at(draft: &Draft) -> String {
    draft.saved_at.as_microsecond().to_string()
}

/// `GET /mot-cua/tiep-nhan/ban-nhap`.
pub async fn show(desk: Desk, request: HttpRequest) -> HttpResponse {
    page(&desk, &asked(&request), None)
}

/// `POST /mot-cua/tiep-nhan/ban-nhap`: the counter's form, filled in from the draft.
pub async fn act(desk: Desk, request: HttpRequest, payload: web::Payload) -> HttpResponse {
    let sent = match posted(&desk, &request, payload).await {
        Ok(posted) => posted,
        Err(response) => return response,
    };
    // The scanner's Enter comes before the code was told: the keyboard goes on there.
    if sent.get("code").is_empty() && !sent.get("number").is_empty() {
        return page(&desk, &sent, None);
    }
    match opened(&desk, &sent) {
        Ok(filled) => answer(&desk, &Counter::of(&desk, filled), None),
        Err(Failure::Refused(refusal)) => page(&desk, &sent, Some(&refusal)),
        Err(fault) => desk.failed(&fault),
    }
}

fn opened(desk: &Desk, sent: &Posted) -> Result<Posted, Failure> {
    if sent.get("code").is_empty() {
        return Err(Refusal::field("code", words::DRAFT_CODE_MISSING).into());
    }
    if desk.site.limits.pace(Asked::Code, desk.staff.name.as_str()).is_err() {
        let refusal = Refusal::field("code", words::DRAFT_TOO_FAST);
        return Err(Refusal { kind: RefusalKind::TooMany, ..refusal }.into());
    }
    let opened: Opened = desk.office().open_handed(sent.get("number"), sent.get("code"))?;
    if let Some(code) = &opened.draft.sent {
        return Err(sent_already(code).into());
    }
    let note = desk.office().open_at_desk(&desk.staff, &opened)?;
    // As it is now: the opening was written down in it.
    let draft = desk.office().draft_of_note(&note)?.unwrap_or(opened.draft);
    let mut filled = filled_in(&draft);
    filled.set(SEEN_AT, seen_at(&draft));
    filled.set(NOTE, note);
    Ok(filled)
}

fn sent_already(code: &str) -> Refusal {
    Refusal::field("number", words::DRAFT_SENT.text(&[("code", code)]))
}

/// The draft's answers under the names of the counter's form.
fn filled_in(draft: &Draft) -> Posted {
    let mut filled = Posted::default();
    let value = |name: &str| draft.answers.get(name).map_or("", |text| text.trim());
    for (name, own) in [
        ("procedure", draft.procedure.as_str()),
        ("papers_of", draft.procedure.as_str()),
        ("mandate_paper", value("mandate.paper")),
        ("return_channel", value("return")),
        ("competent", value("competent")),
        (form::VERSION, value(form::VERSION)),
    ] {
        filled.set(name, own);
    }
    filled.set(
        "who",
        match value("who") {
            "mandate" => "authorised",
            "law" => "legal",
            _ => "self",
        },
    );
    for who in ["applicant", "owner"] {
        filled.set(&format!("{who}.birth_date"), birth_date(draft, who));
    }
    // Whoever began the form at home goes on with it; else it may come on paper.
    if draft.answers.keys().any(|name| form::is_answer(name)) {
        filled.set(form::OPEN, "1");
    }
    let is_date = |name: &str| name.contains(".birth_date.");
    for (name, text) in &draft.answers {
        let is_person = name.starts_with("applicant.") || name.starts_with("owner.");
        if (is_person && !is_date(name)) || form::is_answer(name) {
            filled.set(name, text.as_str());
        }
        if let Some(procedure) = name.strip_prefix("linked.") {
            filled.add("linked", procedure);
            filled.set(name, text.as_str());
        }
    }
    for (component, file) in &draft.files {
        filled.add(&format!("f.{component}.kept"), file.to_string());
    }
    let ways = draft.answers.iter().filter(|(_, way)| way.as_str() == "paper");
    let promised = ways.filter_map(|(name, _)| name.strip_prefix("paper.")?.strip_suffix(".mode"));
    for component in promised {
        filled.add(PROMISED, component);
    }
    filled
}

fn birth_date(draft: &Draft, who: &str) -> String {
    let part = |part: &str| {
        draft.answers.get(&format!("{who}.birth_date.{part}")).map_or("", |text| text.trim())
    };
    let day = part("day").parse().ok().zip(part("month").parse().ok());
    let date = day.zip(part("year").parse().ok());
    let date = date.and_then(|((day, month), year)| Date::new(year, month, day).ok());
    date.map(date_short).unwrap_or_default()
}

/// The draft of a counter's form, if it was filled in from one.
///
/// # Errors
/// It is gone, or it has become a dossier meanwhile.
pub(super) fn draft_of(desk: &Desk, sent: &Posted) -> Result<Option<Draft>, Failure> {
    let Some(note) = sent.some(NOTE) else { return Ok(None) };
    let gone = || Refusal::field("q", words::DRAFT_GONE);
    let draft = desk.office().draft_of_note(&note)?.ok_or_else(gone)?;
    match &draft.sent {
        Some(code) => Err(Refusal::field("q", words::DRAFT_SENT.text(&[("code", code)])).into()),
        None => Ok(Some(draft)),
    }
}

/// The key under which the draft becomes one dossier, here or on the citizen's device.
pub(super) fn once(draft: &Draft) -> Once {
    Once::of_draft(&draft.id)
}

/// What the form keeps of the draft: how to find it again. Its answers stand in the form's own fields.
pub(super) fn carried(desk: &Desk, counter: &Counter) -> Markup {
    let Some(note) = counter.sent.some(NOTE) else { return html! {} };
    let lang = desk.lang();
    let said = match counter.given_back {
        GivenBack::ChangedThere => words::DRAFT_CHANGED_THERE,
        GivenBack::Written | GivenBack::Nothing => words::DRAFT_CAME,
    };
    html! {
        input type="hidden" name=(NOTE) value=(note);
        input type="hidden" name=(SEEN_AT) value=(counter.sent.get(SEEN_AT));
        (banner(lang, BannerKind::Note, &html! {
            (said.say(lang)) " "
            button.link type="submit" name="_lam" value=(LEAVES) { (words::DRAFT_LEAVE.say(lang)) }
        }))
    }
}

/// Where the counter goes when it has left a draft.
pub(super) fn left(given: GivenBack) -> HttpResponse {
    see_other(match given {
        GivenBack::Written => "/mot-cua/tiep-nhan/ban-nhap?xong=tra-lai",
        GivenBack::Nothing | GivenBack::ChangedThere => HERE,
    })
}

fn page(desk: &Desk, sent: &Posted, refusal: Option<&Refusal>) -> HttpResponse {
    let (lang, title) = (desk.lang(), words::DRAFT_OPEN.say(desk.lang()));
    let errors = refusal.map_or(&[][..], |refusal| &refusal.fields);
    let csrf = desk.csrf();
    let number = sent.get("number");
    let main = html! {
        @if let Some(refusal) = refusal { (error_summary(lang, refusal)) }
        @if sent.get("xong") == LEAVES {
            (banner(lang, BannerKind::Done, &html! { (words::DRAFT_LEFT.say(lang)) }))
        }
        h1 { (title) }
        p.hint { (words::DRAFT_OPEN_ABOUT.say(lang)) }
        (components::form(lang, &Form { action: HERE, csrf: &csrf, ..Form::default() }, &html! {
            (handed_fields(lang, number, errors))
            div.buttons {
                (button(&Button {
                    label: public_filing::OPEN_DRAFT_DO.say(lang), ..Button::default()
                }))
            }
        }))
    };
    let above = [Crumb { href: "/mot-cua/tiep-nhan", label: words::TITLE.say(lang) }];
    let status = refusal.map_or(StatusCode::OK, |refusal| status_of(&refusal.clone().into()));
    let refused = refusal.is_some();
    desk.page(
        status,
        &Sheet { title, above: &above, refused, narrow: true, ..Sheet::default() },
        &main,
    )
}
