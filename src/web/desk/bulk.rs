//! The same action on many dossiers: asks first, then does all that can be done in one commit, and
//! says of each how it went.

use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::access::{Desk, Sheet};
use super::assignees::{assignee, assignee_name};
use super::posted::{Posted, posted};
use super::results::draft_of;
use super::{dates, printing};
use crate::domain::calendar::local;
use crate::domain::calendar::words::date_short;
use crate::domain::catalogue::Channel;
use crate::domain::dossier::{
    Action, Command, Delivery, Dossier, Request, Taker, parse_dossier_code,
};
use crate::domain::ids::DossierCode;
use crate::domain::refusal::Refusal;
use crate::domain::words::{Message, Text};
use crate::office::Failure;
use crate::office::repeat::Once;
use crate::web::components::{
    BannerKind, Confirm, Crumb, Field, Form, Width, banner, confirm, date_field, error_summary,
    text_field,
};
use crate::web::words::desk as words;
use crate::web::words::{desk_actions as action_words, linking};

/// Most dossiers of one go.
const MOST: usize = 200;

/// What can be done to many, in the order of the bar.
pub const MANY: [Action; 7] = [
    Action::Accept,
    Action::Assign,
    Action::Forward,
    Action::Approve,
    Action::IssueNumber,
    Action::ReceiveResult,
    Action::Deliver,
];

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
    let action = Action::from_id(posted.get("viec")).filter(|action| MANY.contains(action));
    let wrong = match action {
        _ if codes.is_empty() => Some(words::BULK_NONE),
        None => Some(words::BULK_NONE),
        Some(Action::Assign | Action::Forward) if assignee(to(&posted)) == (None, None) => {
            Some(words::BULK_NOBODY)
        }
        Some(_) => None,
    };
    match (action, wrong) {
        (Some(action), None) if posted.has("_sure") => done(&desk, &posted, action, codes).await,
        (Some(action), None) => ask(&desk, &posted, action, &codes),
        (_, wrong) => refused(&desk, &posted, wrong.unwrap_or(words::BULK_NONE).into()),
    }
}

/// To whom: each of the two actions has its own list in the bar.
fn to(posted: &Posted) -> &str {
    match (posted.get("viec"), posted.get("den")) {
        ("forward", den) if !den.is_empty() => den,
        _ => posted.get("to"),
    }
}

/// The command on one dossier.
fn command(posted: &Posted, action: Action, code: &DossierCode) -> Command {
    let (to, unit) = assignee(to(posted));
    match action {
        Action::Accept => Command::Accept { components: Vec::new() },
        Action::Assign => Command::Assign { to, unit },
        Action::Forward => Command::Forward { to, unit },
        Action::Approve => Command::Approve,
        Action::IssueNumber => Command::IssueNumber {
            number: posted.get(&format!("so.{code}")).to_owned(),
            // What is no date lies ahead of every one, and is refused as such.
            date: dates::date(posted.get("ngay")).unwrap_or(jiff::civil::Date::MAX),
        },
        Action::ReceiveResult => Command::ReceiveResult,
        _ => Command::Deliver(Delivery {
            taker: Some(Taker::Owner),
            ..Delivery::by(Channel::Counter)
        }),
    }
}

async fn done(
    desk: &Desk,
    posted: &Posted,
    action: Action,
    codes: Vec<DossierCode>,
) -> HttpResponse {
    let request = |code: &DossierCode| {
        // The version that the confirm page saw: what changed since drops out, told why.
        let version = posted.get(&format!("v.{code}")).parse().unwrap_or(0);
        Request { version, command: command(posted, action, code), note: None }
    };
    let requests = codes.iter().map(|code| (code.clone(), request(code))).collect();
    let scope = desk.caller().scope();
    let once = |code: &DossierCode| {
        let key = format!("{}.{code}", posted.get("_key"));
        let number = posted.get(&format!("so.{code}")).as_bytes();
        Some(Once::new(&scope, "/mot-cua/hang-loat", &key, number))
    };
    let outcomes = match desk.office().act_on_each(desk.caller(), requests, once).await {
        Ok(outcomes) => outcomes,
        Err(fault) => return desk.failed(&fault),
    };
    let (mut done, mut failed) = (Vec::new(), Vec::new());
    for (code, outcome) in codes.into_iter().zip(outcomes) {
        match outcome {
            Ok(_) => done.push(code),
            Err(Failure::Refused(refusal)) => {
                failed.push((code, refusal.say(desk.lang()).to_owned()));
            }
            Err(fault) => return desk.failed(&fault),
        }
    }
    outcome(desk, posted, &done, &failed)
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

fn title(desk: &Desk, posted: &Posted, action: Action, count: usize) -> String {
    let (lang, n) = (desk.lang(), count.to_string());
    let message = match action {
        Action::Accept => linking::BULK_ACCEPT,
        Action::Forward => linking::BULK_FORWARD,
        Action::Approve => words::BULK_APPROVE,
        Action::IssueNumber => linking::BULK_NUMBER,
        Action::ReceiveResult => linking::BULK_RECEIVE,
        Action::Deliver => linking::BULK_DELIVER,
        _ => words::BULK_ASSIGN,
    };
    let world = desk.office().world();
    let who = assignee_name(desk, &world, &desk.staff.agency, to(posted));
    message.fill(lang, &[("n", &n), ("who", who.as_deref().unwrap_or_default())])
}

fn ask(desk: &Desk, posted: &Posted, action: Action, codes: &[DossierCode]) -> HttpResponse {
    let lang = desk.lang();
    let title = title(desk, posted, action, codes.len());
    let seen: Vec<Dossier> =
        codes.iter().filter_map(|code| desk.office().dossier(desk.caller(), code).ok()).collect();
    let (csrf, key) = (desk.csrf(), desk.new_key());
    let fields = html! {
        input type="hidden" name="_sure" value="1";
        input type="hidden" name="to" value=(to(posted));
        @for name in ["viec", "ve"] {
            input type="hidden" name=(name) value=(posted.get(name));
        }
        @for dossier in &seen {
            input type="hidden" name="ma" value=(dossier.code);
            input type="hidden" name={ "v." (dossier.code) } value=(dossier.version);
        }
        @if action == Action::IssueNumber { (numbers(desk, &seen)) }
    };
    let main = confirm(
        lang,
        &Confirm {
            title: &title,
            consequences: html! {
                ul {
                    @for dossier in &seen {
                        li {
                            a.code href={ "/mot-cua/ho-so/" (dossier.code) } { (dossier.code) }
                            " – " (dossier.procedure_name) ". " (dossier.owner.name)
                            @if let Some(draft) = drafted(dossier, action) {
                                (draft_of(desk, dossier, draft))
                            }
                        }
                    }
                }
                @if action == Action::Accept { p { (linking::BULK_ACCEPT_ABOUT.say(lang)) } }
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

/// Nobody approves what they have not read.
fn drafted(dossier: &Dossier, action: Action) -> Option<&crate::domain::dossier::Draft> {
    dossier.drafts.last().filter(|_| action == Action::Approve)
}

/// A number for each decision, and one date.
fn numbers(desk: &Desk, seen: &[Dossier]) -> Markup {
    let lang = desk.lang();
    let today = date_short(local(desk.office().now()).date());
    html! {
        @for dossier in seen {
            @let name = format!("so.{}", dossier.code);
            @let values = [("code", dossier.code.as_str())];
            (text_field(lang, &Field {
                name: &name,
                label: &linking::BULK_NUMBER_OF.fill(lang, &values),
                width: Width::Medium,
                max_length: Some(100),
                autocomplete: "off",
                ..Field::default()
            }))
        }
        (date_field(lang, &Field {
            name: "ngay",
            label: linking::BULK_DATE.say(lang),
            value: &today,
            ..Field::default()
        }))
    }
}

fn outcome(
    desk: &Desk,
    posted: &Posted,
    done: &[DossierCode],
    failed: &[(DossierCode, String)],
) -> HttpResponse {
    let lang = desk.lang();
    let title = words::BULK_RESULT.say(lang);
    let sentence = |message: Message, n: usize| -> Markup {
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

/// The verb of an action in the bar.
pub const fn label(action: Action) -> Message {
    match action {
        Action::Assign => words::ASSIGN,
        Action::Approve => words::APPROVE,
        _ => action_words::name(action),
    }
}
