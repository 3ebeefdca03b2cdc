//! The same action on many dossiers: asks first, then says of each how it went.

use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::access::{Desk, Sheet};
use super::assignees::{assignee, assignee_name};
use super::posted::{Posted, posted};
use super::printing;
use crate::domain::dossier::{Command, Request, parse_dossier_code};
use crate::domain::ids::DossierCode;
use crate::domain::refusal::Refusal;
use crate::domain::words::Text;
use crate::office::Failure;
use crate::office::acting::Files;
use crate::office::repeat::Once;
use crate::web::components::{BannerKind, Confirm, Crumb, Form, banner, confirm, error_summary};
use crate::web::words::desk as words;

/// Most dossiers of one go.
const MOST: usize = 200;

/// `POST /mot-cua/hang-loat`.
pub async fn act(desk: Desk, request: HttpRequest, payload: web::Payload) -> HttpResponse {
    let posted = match posted(&desk, &request, payload).await {
        Ok(posted) => posted,
        Err(response) => return response,
    };
    let codes: Vec<DossierCode> =
        posted.all("ma").filter_map(parse_dossier_code).take(MOST).collect();
    if posted.get("viec") == "print" && !codes.is_empty() {
        return printing::chosen(&desk, posted.get("giay"), &codes, back(&posted));
    }
    let command = match command(&posted) {
        _ if codes.is_empty() => return refused(&desk, &posted, words::BULK_NONE.into()),
        Ok(command) => command,
        Err(text) => return refused(&desk, &posted, text),
    };
    if !posted.has("_sure") {
        return ask(&desk, &posted, &codes);
    }
    let mut done: Vec<DossierCode> = Vec::new();
    let mut failed: Vec<(DossierCode, String)> = Vec::new();
    for code in codes {
        match act_on(&desk, &posted, &code, command.clone()).await {
            Ok(()) => done.push(code),
            Err(Failure::Refused(refusal)) => {
                failed.push((code, refusal.say(desk.lang()).to_owned()));
            }
            Err(fault) => return desk.failed(&fault),
        }
    }
    outcome(&desk, &posted, &done, &failed)
}

fn command(posted: &Posted) -> Result<Command, Text> {
    match posted.get("viec") {
        "approve" => Ok(Command::Approve),
        _ => match assignee(posted.get("to")) {
            (None, None) => Err(words::BULK_NOBODY.into()),
            (to, unit) => Ok(Command::Assign { to, unit }),
        },
    }
}

async fn act_on(
    desk: &Desk,
    posted: &Posted,
    code: &DossierCode,
    command: Command,
) -> Result<(), Failure> {
    // The version that the confirm page saw: what changed since drops out, told why.
    let seen = posted.get(&format!("v.{code}")).parse();
    let version = match seen {
        Ok(version) => version,
        Err(_) => desk.office().dossier(desk.caller(), code)?.version,
    };
    let key = format!("{}.{code}", posted.get("_key"));
    let once = Once::new(&desk.caller().scope(), "/mot-cua/hang-loat", &key, b"");
    let request = Request { version, command, note: None };
    desk.office().act(desk.caller(), code, request, Files::default(), Some(once)).await?;
    Ok(())
}

fn refused(desk: &Desk, posted: &Posted, text: Text) -> HttpResponse {
    let lang = desk.lang();
    let refusal = Refusal::new(crate::domain::refusal::RefusalKind::Invalid, text);
    let main = html! {
        (error_summary(lang, &refusal))
        h1 { (words::NOT_POSSIBLE.say(lang)) }
        p { a href=(back(posted)) { (words::TO_INBOX.say(lang)) } }
    };
    let title = words::NOT_POSSIBLE.say(lang);
    let sheet = Sheet { title, refused: true, narrow: true, ..Sheet::default() };
    desk.page(actix_web::http::StatusCode::UNPROCESSABLE_ENTITY, &sheet, &main)
}

/// The list from which the dossiers were ticked.
fn back(posted: &Posted) -> &str {
    let back = posted.get("ve");
    if back.starts_with("/mot-cua?") { back } else { "/mot-cua" }
}

fn title(desk: &Desk, posted: &Posted, count: usize) -> String {
    let (lang, n) = (desk.lang(), count.to_string());
    if posted.get("viec") == "approve" {
        return words::BULK_APPROVE.fill(lang, &[("n", &n)]);
    }
    let world = desk.office().world();
    let who = assignee_name(desk, &world, &desk.staff.agency, posted.get("to"));
    words::BULK_ASSIGN.fill(lang, &[("n", &n), ("who", who.as_deref().unwrap_or_default())])
}

fn ask(desk: &Desk, posted: &Posted, codes: &[DossierCode]) -> HttpResponse {
    let lang = desk.lang();
    let title = title(desk, posted, codes.len());
    let seen: Vec<(&DossierCode, String, u64)> = codes
        .iter()
        .filter_map(|code| {
            let dossier = desk.office().dossier(desk.caller(), code).ok()?;
            Some((code, dossier.procedure_name, dossier.version))
        })
        .collect();
    let (csrf, key) = (desk.csrf(), desk.new_key());
    let fields = html! {
        input type="hidden" name="_sure" value="1";
        @for name in ["viec", "to", "ve"] {
            input type="hidden" name=(name) value=(posted.get(name));
        }
        @for (code, _, version) in &seen {
            input type="hidden" name="ma" value=(code);
            input type="hidden" name={ "v." (code) } value=(version);
        }
    };
    let main = confirm(
        lang,
        &Confirm {
            title: &title,
            consequences: html! {
                ul { @for (code, name, _) in &seen { li { span.code { (code) } " – " (name) } } }
                p { (words::BULK_ABOUT.say(lang)) }
            },
            label: &title,
            danger: false,
            back: back(posted),
            form: Form { action: "/mot-cua/hang-loat", csrf: &csrf, key: &key, ..Form::default() },
            fields,
        },
    );
    desk.ok(&Sheet { title: &title, narrow: true, ..Sheet::default() }, &main)
}

fn outcome(
    desk: &Desk,
    posted: &Posted,
    done: &[DossierCode],
    failed: &[(DossierCode, String)],
) -> HttpResponse {
    let lang = desk.lang();
    let title = words::BULK_RESULT.say(lang);
    let sentence = |message: crate::domain::words::Message, n: usize| -> Markup {
        html! { (message.fill(lang, &[("n", &n.to_string())])) }
    };
    let link = |code: &DossierCode| html! { a.code href={ "/mot-cua/ho-so/" (code) } { (code) } };
    let main = html! {
        h1 { (title) }
        @if !done.is_empty() {
            (banner(lang, BannerKind::Done, &html! {
                (sentence(words::BULK_DONE, done.len()))
                ul { @for code in done { li { (link(code)) } } }
            }))
        }
        @if !failed.is_empty() {
            (banner(lang, BannerKind::Refused, &html! {
                (sentence(words::BULK_FAILED, failed.len()))
                ul { @for (code, why) in failed { li { (link(code)) ": " (why) } } }
            }))
        }
        p { a href=(back(posted)) { (words::TO_INBOX.say(lang)) } }
    };
    let above = [Crumb { href: "/mot-cua", label: words::INBOX_TITLE.say(lang) }];
    desk.ok(&Sheet { title, above: &above, narrow: true, ..Sheet::default() }, &main)
}
