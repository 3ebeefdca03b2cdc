//! Notices: what waits, what went wrong, the ways out, a try, and the list of words.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use jiff::civil::Time;
use maud::{Markup, html};

use super::house::refusal_of;
use super::{page, sent_by_admin};
use crate::domain::calendar::words::{instant_short, time_short};
use crate::domain::notice::{Channel, Kind, Quiet};
use crate::domain::refusal::{FieldError, Refusal};
use crate::domain::words::Message;
use crate::office::notices::{
    Gateway, NoticeSettings, Outbox, Security, Smtp, words as office_words,
};
use crate::office::{Failure, Office};
use crate::web::components::{
    BannerKind, Button, Choice, Column, DataTable, Field, Form, Row, SummaryRow, Width, banner,
    button, checkbox, data_table, error_for, error_summary, form, password_field, select,
    summary_list, text_area, text_field,
};
use crate::web::desk::access::Desk;
use crate::web::desk::posted::{Posted, asked, with_office};
use crate::web::visitor::see_other;
use crate::web::words::notices as words;

/// The page.
pub(super) const HERE: &str = "/quan-tri/thong-bao";
/// The methods of gateways.
const METHODS: [&str; 3] = ["POST", "PUT", "GET"];

/// `GET /quan-tri/thong-bao`.
pub async fn show(desk: Desk, request: HttpRequest) -> HttpResponse {
    let query = asked(&request);
    let filled = filled(&desk.office().notice_settings());
    sheet(&desk, &query, &filled, None).await
}

async fn sheet(
    desk: &Desk,
    query: &Posted,
    filled: &Posted,
    refusal: Option<&Refusal>,
) -> HttpResponse {
    let outbox = match with_office(desk, |office, _| office.outbox()).await {
        Ok(outbox) => outbox,
        Err(failure) => return desk.failed(&failure),
    };
    let lang = desk.lang();
    let title = words::TITLE.say(lang);
    let said = [("xong", words::SAVED), ("thu", words::TRIED)];
    let errors = refusal.map_or(&[][..], |refusal| &refusal.fields);
    let ask = Ask { desk, filled, errors };
    let main = html! {
        @if let Some(refusal) = refusal { (error_summary(lang, refusal)) }
        @for (name, message) in said {
            @if query.has(name) { (banner(lang, BannerKind::Done, &html! { (message.say(lang)) })) }
        }
        h1 { (title) }
        @if desk.office().is_demo() {
            (banner(lang, BannerKind::Note, &html! { (words::DEMO.say(lang)) }))
        }
        (queue(desk, &outbox))
        (ask.settings())
        (ask.trial())
        (templates(desk))
    };
    let status = refusal.map_or(StatusCode::OK, |_| StatusCode::UNPROCESSABLE_ENTITY);
    page(desk, status, (HERE, title), refusal.is_some(), &main)
}

fn queue(desk: &Desk, outbox: &Outbox) -> Markup {
    let lang = desk.lang();
    let columns = [
        Column::new(words::DOSSIER.say(lang)),
        Column::new(words::WAY.say(lang)),
        Column::new(words::STATE.say(lang)),
        Column::number(words::TRIES.say(lang)),
        Column::new(words::WHEN.say(lang)),
        Column::new(words::ERROR.say(lang)),
    ];
    let row = |one: &crate::office::notices::Troubled| {
        let delivery = &one.delivery;
        Row::new(vec![
            html! { a.code href={ "/mot-cua/ho-so/" (one.code) "?xem=thong-bao" } { (one.code) } },
            html! { (words::channel(delivery.channel).say(lang)) },
            html! { (words::state(delivery.state).say(lang)) },
            html! { (delivery.tries) },
            html! { (instant_short(delivery.at)) },
            html! { (delivery.error) },
        ])
    };
    let rows: Vec<Row> = outbox.troubled.iter().map(row).collect();
    html! {
        section {
            h2 { (words::OUTBOX.say(lang)) }
            (summary_list(lang, &[
                SummaryRow::text(words::QUEUED.say(lang), &outbox.waiting.to_string()),
                SummaryRow::text(words::GIVEN_UP.say(lang), &outbox.dead.to_string()),
            ]))
            h3 { (words::TROUBLED.say(lang)) }
            @if rows.is_empty() { p.muted { (words::NO_TROUBLE.say(lang)) } }
            @else {
                (data_table(lang, &DataTable {
                    caption: words::TROUBLED.say(lang),
                    caption_hidden: true,
                    columns: &columns,
                    rows: &rows,
                    select: "",
                }))
            }
        }
    }
}

/// The list of words, each with its own page.
fn templates(desk: &Desk) -> Markup {
    let lang = desk.lang();
    let changed = desk.office().notice_settings().templates;
    html! {
        section {
            h2 { (words::TEMPLATES.say(lang)) }
            ul.links {
                @for kind in Kind::ALL {
                    li {
                        a href={ (HERE) "/mau/" (kind.id()) } { (kind.name().say(lang)) }
                        @if changed.contains_key(kind) {
                            " " span.muted { "(" (words::CHANGED.say(lang)) ")" }
                        }
                    }
                }
            }
        }
    }
}

/// The form of the settings, as it was filled.
struct Ask<'a> {
    desk: &'a Desk,
    filled: &'a Posted,
    errors: &'a [FieldError],
}

impl Ask<'_> {
    fn field<'f>(&'f self, name: &'f str, label: Message, hint: Option<Message>) -> Field<'f> {
        let lang = self.desk.lang();
        Field {
            name,
            label: label.say(lang),
            hint: hint.map_or("", |hint| hint.say(lang)),
            value: self.filled.get(name),
            error: error_for(self.errors, name, lang),
            autocomplete: "off",
            max_length: Some(2_000),
            ..Field::default()
        }
    }

    fn settings(&self) -> Markup {
        let lang = self.desk.lang();
        let (csrf, key) = (self.desk.csrf(), self.desk.new_key());
        let short = |name: &'static str, label, hint| Field {
            width: Width::Short,
            ..self.field(name, label, hint)
        };
        let body = html! {
            (text_field(lang, &self.field("address", words::ADDRESS, Some(words::ADDRESS_HINT))))
            (text_field(lang, &short("quiet.from", words::QUIET_FROM, Some(words::QUIET_HINT))))
            (text_field(lang, &short("quiet.to", words::QUIET_TO, None)))
            (text_field(lang, &short("tries", words::MOST_TRIES, None)))
            (self.mail())
            @for channel in Channel::GATEWAYS { (self.gateway(channel)) }
            (button(&Button { label: words::SAVE.say(lang), ..Button::default() }))
        };
        html! {
            section {
                h2 { (words::SETTINGS.say(lang)) }
                (form(lang, &Form { action: HERE, csrf: &csrf, key: &key, ..Form::default() }, &body))
            }
        }
    }

    fn mail(&self) -> Markup {
        let lang = self.desk.lang();
        let choices = Security::ALL.map(|one| Choice {
            value: one.id(),
            label: security(one).say(lang),
            ..Choice::default()
        });
        html! {
            details open[!self.filled.get("email.host").is_empty()] {
                summary { (words::EMAIL.say(lang)) }
                (text_field(lang, &self.field("email.host", words::HOST, Some(words::HOST_HINT))))
                (text_field(lang, &Field {
                    width: Width::Short, inputmode: "numeric",
                    ..self.field("email.port", words::PORT, None)
                }))
                (select(lang, &self.field("email.security", words::SECURITY, None), &choices))
                (text_field(lang, &self.field("email.user", words::USER, None)))
                (password_field(lang, &Field {
                    autocomplete: "new-password",
                    ..self.field("email.password", words::PASSWORD, Some(words::KEPT_SECRET))
                }))
                (text_field(lang, &self.field("email.from", words::FROM, Some(words::FROM_HINT))))
            }
        }
    }

    fn gateway(&self, channel: Channel) -> Markup {
        let lang = self.desk.lang();
        let name = |part: &str| format!("{}.{part}", channel.id());
        let names = ["url", "method", "headers", "body", "plain", "success", "value"].map(name);
        let [url, method, headers, body, plain, success, value] = &names;
        let methods = METHODS.map(|one| Choice { value: one, label: one, ..Choice::default() });
        html! {
            details open[!self.filled.get(url).is_empty()] {
                summary { (words::channel(channel).say(lang)) }
                (text_field(lang, &self.field(url, words::URL, Some(words::URL_HINT))))
                (select(lang, &self.field(method, words::METHOD, None), &methods))
                (text_area(lang, &Field {
                    value: "",
                    ..self.field(headers, words::HEADERS, Some(words::HEADERS_HINT))
                }, 2))
                (text_area(lang, &self.field(body, words::BODY, Some(words::BODY_HINT)), 4))
                (checkbox(lang, &self.field(plain, words::PLAIN, None), "1", self.filled.has(plain)))
                (text_field(lang, &self.field(success, words::SUCCESS_FIELD, Some(words::SUCCESS_HINT))))
                (text_field(lang, &self.field(value, words::SUCCESS_VALUE, None)))
            }
        }
    }

    fn trial(&self) -> Markup {
        let (lang, office) = (self.desk.lang(), self.desk.office());
        let settings = office.notice_settings();
        let ways = Channel::ALL.into_iter().skip(1).filter(|channel| settings.has(*channel));
        let ways: Vec<Choice<'_>> = ways
            .map(|channel| Choice {
                value: channel.id(),
                label: words::channel(channel).say(lang),
                ..Choice::default()
            })
            .collect();
        let (csrf, key) = (self.desk.csrf(), self.desk.new_key());
        let action = format!("{HERE}/thu");
        let body = html! {
            (select(lang, &self.field("channel", words::WAY, None), &ways))
            (text_field(lang, &Field {
                width: Width::Medium,
                ..self.field("to", words::TRY_TO, None)
            }))
            (button(&Button { label: words::TRY.say(lang), secondary: true, ..Button::default() }))
        };
        html! {
            @if !ways.is_empty() && !office.is_demo() {
                section {
                    h2 { (words::TRY.say(lang)) }
                    @for (channel, trial) in office.trials() {
                        @let when = instant_short(trial.at);
                        p {
                            strong { (words::channel(channel).say(lang)) } ": "
                            @match &trial.error {
                                None => (words::TRIED_OK.fill(lang, &[("when", &when)])),
                                Some(error) => span.error {
                                    (words::TRIED_FAILED.fill(lang, &[("when", &when), ("error", error)]))
                                },
                            }
                        }
                    }
                    (form(lang, &Form { action: &action, csrf: &csrf, key: &key, ..Form::default() }, &body))
                }
            }
        }
    }
}

const fn security(security: Security) -> Message {
    match security {
        Security::StartTls => words::STARTTLS,
        Security::Tls => words::TLS,
        Security::None => words::PLAIN_TEXT,
    }
}

/// The form as the settings fill it; secrets stay out.
fn filled(settings: &NoticeSettings) -> Posted {
    let mut out = Posted::default();
    out.set("address", settings.address.as_str());
    out.set("tries", settings.tries.to_string());
    if let Some(quiet) = settings.quiet {
        out.set("quiet.from", time_short(quiet.from));
        out.set("quiet.to", time_short(quiet.to));
    }
    let email = settings.email.clone().unwrap_or(Smtp { port: 587, ..Smtp::default() });
    out.set("email.host", email.host);
    out.set("email.port", email.port.to_string());
    out.set("email.security", email.security.id());
    out.set("email.user", email.user);
    out.set("email.from", email.from);
    for channel in Channel::GATEWAYS {
        let id = channel.id();
        let new = Gateway { method: "POST".to_owned(), plain: true, ..Gateway::default() };
        let gateway = settings.gateway(channel).cloned().unwrap_or(new);
        out.set(&format!("{id}.url"), gateway.url);
        out.set(&format!("{id}.method"), gateway.method);
        out.set(&format!("{id}.body"), gateway.body);
        if gateway.plain {
            out.set(&format!("{id}.plain"), "1");
        }
        if let Some((field, value)) = gateway.success {
            out.set(&format!("{id}.success"), field);
            out.set(&format!("{id}.value"), value);
        }
    }
    out
}

/// The settings that a form asks for; secrets that were left empty stay as they are.
fn read(sent: &Posted, office: &Office) -> Result<NoticeSettings, Refusal> {
    let old = office.notice_settings();
    let secret = |typed: &str, old: &str| match typed {
        "" => old.to_owned(),
        new => office.seal_secret(new),
    };
    let email = sent.some("email.host").map(|host| Smtp {
        host,
        port: sent.get("email.port").parse().unwrap_or(0),
        security: Security::ALL
            .into_iter()
            .find(|one| one.id() == sent.get("email.security"))
            .unwrap_or_default(),
        user: sent.get("email.user").to_owned(),
        password: secret(
            sent.get("email.password"),
            old.email.as_ref().map_or("", |email| &email.password),
        ),
        from: sent.get("email.from").to_owned(),
    });
    let mut gateways = std::collections::BTreeMap::new();
    for channel in Channel::GATEWAYS {
        let id = channel.id();
        let part = |name: &str| sent.get(&format!("{id}.{name}")).to_owned();
        let url = part("url");
        if url.is_empty() {
            continue;
        }
        let headers = part("headers");
        if headers.lines().any(|line| !line.trim().is_empty() && !line.contains(':')) {
            return Err(Refusal::field(format!("{id}.headers"), office_words::HEADER_WRONG));
        }
        let field = part("success");
        let gateway = Gateway {
            url,
            method: part("method"),
            headers: secret(&headers, old.gateway(channel).map_or("", |gateway| &gateway.headers)),
            body: part("body"),
            plain: sent.has(&format!("{id}.plain")),
            success: (!field.is_empty()).then(|| (field, part("value"))),
        };
        gateways.insert(id, gateway);
    }
    Ok(NoticeSettings {
        address: sent.get("address").to_owned(),
        quiet: quiet(sent)?,
        tries: sent.get("tries").parse().unwrap_or(0),
        email,
        gateways,
        templates: old.templates,
    })
}

fn quiet(sent: &Posted) -> Result<Option<Quiet>, Refusal> {
    if sent.get("quiet.from").is_empty() && sent.get("quiet.to").is_empty() {
        return Ok(None);
    }
    let time = |name: &str| {
        let time: Result<Time, _> = sent.get(name).parse();
        time.map_err(|_| Refusal::field(name, office_words::TIME_WRONG))
    };
    Ok(Some(Quiet { from: time("quiet.from")?, to: time("quiet.to")? }))
}

/// `POST /quan-tri/thong-bao`.
pub async fn save(desk: Desk, request: HttpRequest, payload: web::Payload) -> HttpResponse {
    let sent = match sent_by_admin(&desk, &request, payload).await {
        Ok(sent) => sent,
        Err(response) => return response,
    };
    let outcome = match read(&sent, desk.office()) {
        Ok(settings) => with_office(&desk, move |office, _| office.set_notices(&settings)).await,
        Err(refusal) => Err(refusal.into()),
    };
    settled(&desk, &sent, outcome, "xong").await
}

/// `POST /quan-tri/thong-bao/thu`.
pub async fn try_out(desk: Desk, request: HttpRequest, payload: web::Payload) -> HttpResponse {
    let sent = match sent_by_admin(&desk, &request, payload).await {
        Ok(sent) => sent,
        Err(response) => return response,
    };
    let channel = Channel::from_id(sent.get("channel")).unwrap_or(Channel::Web);
    let outcome = desk.office().try_channel(channel, sent.get("to"));
    let mut shown = filled(&desk.office().notice_settings());
    shown.set("channel", sent.get("channel"));
    shown.set("to", sent.get("to"));
    settled(&desk, &shown, outcome, "thu").await
}

async fn settled(
    desk: &Desk,
    shown: &Posted,
    outcome: Result<(), Failure>,
    done: &str,
) -> HttpResponse {
    match outcome.map_err(|failure| refusal_of(desk, failure)) {
        Ok(()) => see_other(&format!("{HERE}?{done}=1")),
        Err(Ok(refusal)) => sheet(desk, &Posted::default(), shown, Some(&refusal)).await,
        Err(Err(response)) => response,
    }
}
