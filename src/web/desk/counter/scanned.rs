//! A declared form that was filled in by hand comes back through the scanner: its code opens the
//! reception of its procedure, or the dossier from which it was printed, with the scan at its paper.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::state::Counter;
use crate::domain::catalogue::Procedure;
use crate::domain::dossier::Directory;
use crate::domain::refusal::Refusal;
use crate::domain::words::Text;
use crate::office::printing::FormCode;
use crate::office::uploads::Upload;
use crate::web::address::percent;
use crate::web::components::{
    BannerKind, Button, Crumb, Form, Method, banner, button, error_summary, form,
};
use crate::web::desk::access::{Desk, Sheet};
use crate::web::desk::file_field::upload_field;
use crate::web::desk::posted::{Posted, posted, with_office};
use crate::web::visitor::{see_other, status_of};
use crate::web::words::desk_counter as words;

/// Where it is.
const HERE: &str = "/mot-cua/tiep-nhan/to-khai";
/// The name of the box for files.
const FILES: &str = "tep";

/// What the code of a scanned form opened, and whether the form is still the present one.
pub(super) fn came(desk: &Desk, counter: &Counter) -> Markup {
    let (lang, world) = (desk.lang(), desk.office().world());
    let version = counter.sent.get("to_khai").parse::<u32>().ok();
    let Some((version, procedure)) = version.zip(counter.procedure.as_ref()) else {
        return html! {};
    };
    let newest = world.form(&procedure.code, None).map_or(version, |form| form.version.version);
    let numbers = [("version", version.to_string()), ("newest", newest.to_string())];
    let numbers = numbers.each_ref().map(|(slot, number)| (*slot, number.as_str()));
    let said = match procedure.declaration() {
        Some(_) => words::FORM_CAME,
        None => words::FORM_CAME_BARE,
    };
    banner(
        lang,
        BannerKind::Note,
        &html! {
            (said.say(lang))
            @if newest != version { " " (words::FORM_OLD.fill(lang, &numbers)) }
        },
    )
}

/// `GET /mot-cua/tiep-nhan/to-khai`.
pub async fn show(desk: Desk) -> HttpResponse {
    page(&desk, &Posted::default(), None)
}

/// `POST /mot-cua/tiep-nhan/to-khai`.
pub async fn act(desk: Desk, request: HttpRequest, payload: web::Payload) -> HttpResponse {
    let sent = match posted(&desk, &request, payload).await {
        Ok(posted) => posted,
        Err(response) => return response,
    };
    if sent.is_interim() {
        return page(&desk, &sent, None);
    }
    let files = sent.uploads(&desk, FILES);
    if !sent.refused.is_empty() || files.is_empty() {
        let mut fields = sent.refused.clone();
        if fields.is_empty() {
            fields = Refusal::field(FILES, words::FORM_SCAN_MISSING).fields;
        }
        return page(&desk, &sent, Some(&Refusal::fields(fields)));
    }
    let looked = files.clone();
    let found = with_office(&desk, move |office, _| {
        for file in &looked {
            if let Some(code) = office.scanned_form(file)? {
                return Ok(Some(code));
            }
        }
        Ok(None)
    });
    let way = match found.await {
        Ok(Some(code)) => way_of(&desk, &code, &files),
        Ok(None) => Err(words::FORM_SCAN_UNREAD.into()),
        Err(fault) => return desk.failed(&fault),
    };
    match way {
        Ok(way) => see_other(&way),
        Err(text) => page(&desk, &sent, Some(&Refusal::field(FILES, text))),
    }
}

/// Where a code leads, with the files at the paper that they are.
fn way_of(desk: &Desk, code: &FormCode, files: &[Upload]) -> Result<String, Text> {
    let world = desk.office().world();
    let known = world.procedure(&code.version.procedure);
    let paper = known.and_then(Procedure::declaration).map(|paper| paper.id.as_str());
    if let Some(dossier) = &code.dossier {
        let files = files.iter().map(|file| {
            let of = paper.map(|paper| format!("&t.{}={}", file.id, percent(paper)));
            format!("{FILES}.kept={}{}", file.id, of.unwrap_or_default())
        });
        let files = files.collect::<Vec<_>>().join("&");
        return Ok(format!("/mot-cua/ho-so/{dossier}/so-hoa?{files}"));
    }
    let version = code.version.version.to_string();
    let procedure = known.ok_or_else(|| {
        words::FORM_SCAN_UNKNOWN.text(&[("procedure", code.version.procedure.as_str())])
    })?;
    let procedure = percent(procedure.code.as_str());
    let way =
        format!("/mot-cua/tiep-nhan?procedure={procedure}&papers_of={procedure}&to_khai={version}");
    let Some(paper) = paper.map(percent) else { return Ok(way) };
    let files = files.iter().map(|file| format!("&f.{paper}.kept={}", file.id));
    Ok(format!("{way}&paper={paper}{}", files.collect::<String>()))
}

fn page(desk: &Desk, sent: &Posted, refusal: Option<&Refusal>) -> HttpResponse {
    let (lang, title) = (desk.lang(), words::FORM_SCAN.say(desk.lang()));
    let errors = refusal.map_or(&[][..], |refusal| &refusal.fields);
    let (csrf, key) = (desk.csrf(), desk.new_key());
    let body = html! {
        (upload_field(desk, sent, errors, FILES, words::FORM_SCAN_FILES.say(lang), ""))
        div.buttons {
            (button(&Button { label: words::FORM_SCAN_READ.say(lang), ..Button::default() }))
        }
    };
    let main = html! {
        @if let Some(refusal) = refusal { (error_summary(lang, refusal)) }
        h1 { (title) }
        p.hint { (words::FORM_SCAN_ABOUT.say(lang)) }
        (form(lang, &Form {
            action: HERE,
            method: Method::PostFiles,
            csrf: &csrf,
            key: &key,
            ..Form::default()
        }, &body))
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
