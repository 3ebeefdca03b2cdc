//! The forms of the actions on money: what is asked for, what was paid, what was taken back.

use maud::{Markup, html};

use super::access::Desk;
use super::fields::Asking;
use super::posted::Posted;
use super::reading::{MAX_ROWS, Read};
use super::say;
use crate::domain::calendar::local;
use crate::domain::calendar::words::instant_short;
use crate::domain::dossier::{
    Action, Asking as Asked, Command, Directory, Dossier, FeeKind, FeeLine, Instead, Paying,
    PaymentMethod, Status, Taking,
};
use crate::domain::fee::{self, Assessment, Count, Exemption, Schedule, Unit, dong};
use crate::domain::refusal::{FieldError, Refusal};
use crate::domain::words::Lang;
use crate::office::acting::Files;
use crate::office::world::World;
use crate::web::components::{
    BannerKind, Button, Choice, Field, Width, banner, button, calculation, error_for, money_field,
    radios, select, text_field, transfer_code,
};
use crate::web::words::desk as desk_words;
use crate::web::words::desk_actions as words;
use crate::web::words::fees as fee_words;

/// The methods in the order of the form.
const METHODS: [(&str, PaymentMethod); 4] = [
    ("cash", PaymentMethod::Cash),
    ("card", PaymentMethod::Card),
    ("transfer", PaymentMethod::Transfer),
    ("platform", PaymentMethod::Platform),
];

/// The rules by which a dossier is charged today.
fn charged(world: &World, dossier: &Dossier, day: jiff::civil::Date) -> Schedule {
    let schedule = world.fees(&dossier.competent_agency, &dossier.procedure);
    let rules = schedule.rules_for(dossier.channel, day).cloned().collect();
    let exemptions = schedule.exemptions_on(day).cloned().collect();
    Schedule { rules, exemptions }
}

/// Of a received dossier: what is published and nobody has asked for yet, so that it is not forgotten.
pub(super) fn not_asked(desk: &Desk, dossier: &Dossier) -> Markup {
    let lang = desk.lang();
    let world = desk.office().world();
    let day = local(desk.office().now()).date();
    let waits = dossier.received_at.is_some()
        && matches!(dossier.status, Status::Received | Status::Processing | Status::Finished)
        && dossier.fees.is_empty()
        && dossier.certification.is_none()
        && dossier.is_whole_to(&desk.caller().actor());
    let mut schedule = charged(&world, dossier, day);
    if dossier.form_version.is_some() {
        let due = schedule.rules_of_form(&dossier.form, dossier.channel, day);
        schedule.rules = due.cloned().collect();
    }
    if !waits || schedule.rules.iter().all(|rule| rule.is_free()) {
        return html! {};
    }
    let counts = schedule.counts(&dossier.form, dossier.channel, day);
    let sums = match counts.is_empty() {
        true => Assessment::default(),
        false => schedule.expected(&dossier.form, dossier.channel, day),
    };
    let can_ask = desk.office().possible(desk.caller(), dossier).into_iter();
    let can_ask = can_ask
        .filter(|possible| possible.refusal.is_none())
        .any(|possible| possible.action == Action::RequestPayment);
    let href = format!("/mot-cua/ho-so/{}/viec/{}", dossier.code, Action::RequestPayment.id());
    banner(
        lang,
        BannerKind::Note,
        &html! {
            p { (fee_words::NOT_ASKED.say(lang)) }
            @if sums.items.is_empty() {
                ul {
                    @for rule in &schedule.rules {
                        li { (rule.name) ": " (fee::words::rule(rule, lang)) }
                    }
                }
            } @else {
                (calculation(lang, &sums))
            }
            @if can_ask { a href=(href) { (words::name(Action::RequestPayment).say(lang)) } }
            @else { (fee_words::WHO_ASKS.say(lang)) }
        },
    )
}

/// Counts as they would be typed.
fn counted(counts: &[Count]) -> Posted {
    let mut typed = Posted::default();
    typed.set("count.rows", counts.len().to_string());
    for (row, count) in counts.iter().enumerate() {
        let mut set = |part: &str, value: String| typed.set(&format!("count.{row}.{part}"), value);
        set("rule", count.rule.clone());
        set("what", count.what.clone());
        set("units", count.units.to_string());
        set("copies", count.copies.to_string());
    }
    typed
}

impl Asking<'_> {
    /// What is asked for: by the fee rules, and lines beside them.
    pub(super) fn money_request(&self) -> Markup {
        let lang = self.desk.lang();
        let day = local(self.desk.office().now()).date();
        let schedule = charged(&self.desk.office().world(), self.dossier, day);
        let has_rules = !schedule.rules.is_empty();
        html! {
            @if has_rules { (self.by_rules(&schedule)) }
            @if has_rules { h2 { (fee_words::OTHER_LINES.say(lang)) } }
            (self.fee_rows(usize::from(!has_rules)))
        }
    }

    fn by_rules(&self, schedule: &Schedule) -> Markup {
        let lang = self.desk.lang();
        let counted: Vec<_> =
            schedule.rules.iter().filter(|rule| rule.unit != Unit::Dossier).collect();
        let error = error_for(self.errors, "counts", lang);
        html! {
            h2 { (fee_words::BY_RULES.say(lang)) }
            ul {
                @for rule in &schedule.rules {
                    li {
                        strong { (rule.name) } ": " (fee::words::rule(rule, lang))
                        " " span.muted { "(" (rule.source) ")" }
                    }
                }
            }
            @if !error.is_empty() { p.error id="f-counts" { (error) } }
            @if !counted.is_empty() { (self.count_rows(schedule)) }
            @if !schedule.exemptions.is_empty() { (self.exemption(schedule)) }
            (button(&Button {
                label: fee_words::TRY.say(lang),
                name: "_reload",
                value: "1",
                secondary: true,
                ..Button::default()
            }))
            @if self.posted.has("_reload") { (self.tried(schedule)) }
        }
    }

    fn count_rows(&self, schedule: &Schedule) -> Markup {
        let lang = self.desk.lang();
        // Until something is sent, the answers of the form say what is counted.
        if !self.posted.has("count.rows") {
            let day = local(self.desk.office().now()).date();
            let counts = schedule.counts(&self.dossier.form, self.dossier.channel, day);
            if !counts.is_empty() {
                let posted = counted(&counts);
                return Asking { posted: &posted, ..*self }.count_rows(schedule);
            }
        }
        let (count, fresh) = self.rows("count", 1);
        let rows: Vec<Markup> = (0..count).map(|row| self.count_row(row, schedule)).collect();
        self.repeat("count", fee_words::COUNT_LINE.say(lang), &rows, fresh)
    }

    fn count_row(&self, row: usize, schedule: &Schedule) -> Markup {
        let lang = self.desk.lang();
        let name = |part: &str| format!("count.{row}.{part}");
        let (rule, what, units, copies) =
            (name("rule"), name("what"), name("units"), name("copies"));
        let field = |name: &str, label| Field {
            name: "",
            label,
            value: self.posted.get(name),
            error: error_for(self.errors, name, lang),
            ..Field::default()
        };
        let counted: Vec<_> =
            schedule.rules.iter().filter(|rule| rule.unit != Unit::Dossier).collect();
        let choices: Vec<Choice<'_>> = counted
            .iter()
            .map(|known| Choice {
                value: &known.id,
                label: &known.name,
                chosen: self.posted.get(&rule) == known.id,
                ..Choice::default()
            })
            .collect();
        let unit = match counted.as_slice() {
            [only] => {
                let unit = fee::words::unit(only.unit).1.say(lang);
                fee_words::UNITS_OF.fill(lang, &[("unit", unit)])
            }
            _ => fee_words::UNITS.say(lang).to_owned(),
        };
        html! {
            @if counted.len() > 1 {
                (select(lang, &Field { name: &rule, ..field(&rule, fee_words::RULE.say(lang)) }, &choices))
            }
            (text_field(lang, &Field {
                name: &what, optional: true, max_length: Some(200),
                ..field(&what, fee_words::WHAT.say(lang))
            }))
            (text_field(lang, &whole(Field { name: &units, ..field(&units, &unit) })))
            @if counted.iter().any(|rule| rule.per_copy) {
                (text_field(lang, &whole(Field {
                    name: &copies, ..field(&copies, fee_words::COPIES.say(lang))
                })))
            }
        }
    }

    fn exemption(&self, schedule: &Schedule) -> Markup {
        let lang = self.desk.lang();
        let none = Choice {
            value: "",
            label: fee_words::NO_EXEMPTION.say(lang),
            chosen: self.posted.get("exemption").is_empty(),
            ..Choice::default()
        };
        let labels: Vec<(String, String)> = schedule
            .exemptions
            .iter()
            .map(|known| (known.id.clone(), exemption(known, lang)))
            .collect();
        let offered = labels.iter().zip(&schedule.exemptions).map(|((id, label), known)| Choice {
            value: id,
            label,
            hint: &known.source,
            chosen: self.posted.get("exemption") == known.id,
            ..Choice::default()
        });
        let choices: Vec<Choice<'_>> = std::iter::once(none).chain(offered).collect();
        html! {
            (radios(lang, &self.field("exemption", fee_words::EXEMPTION.say(lang)), &choices))
            (text_field(lang, &Field {
                optional: true,
                max_length: Some(300),
                hint: fee_words::EXEMPTION_PROOF_HINT.say(lang),
                ..self.field("exemption_proof", fee_words::EXEMPTION_PROOF.say(lang))
            }))
        }
    }

    /// What the counts typed so far come to, line by line.
    fn tried(&self, schedule: &Schedule) -> Markup {
        let lang = self.desk.lang();
        let day = local(self.desk.office().now()).date();
        let (counts, _, errors) = counts(self.posted, schedule);
        let exemption = self.posted.some("exemption");
        let asked = fee::Asked {
            channel: self.dossier.channel,
            day,
            counts: &counts,
            exemption: exemption.as_deref(),
        };
        match schedule.assess(&asked) {
            Ok(assessment) if errors.is_empty() => calculation(lang, &assessment),
            Ok(_) => html! {},
            Err(refusal) => html! { p.error { (refusal.say(lang)) } },
        }
    }

    fn fee_rows(&self, least: usize) -> Markup {
        let lang = self.desk.lang();
        let (count, fresh) = self.rows("fee", least);
        let rows: Vec<Markup> = (0..count).map(|row| self.fee_row(row)).collect();
        self.repeat("fee", words::FEE_LINE.say(lang), &rows, fresh)
    }

    fn fee_row(&self, row: usize) -> Markup {
        let lang = self.desk.lang();
        let field = |part: &str| format!("fee.{row}.{part}");
        let (name, amount, kind) = (field("name"), field("amount"), field("kind"));
        let chosen = self.posted.get(&kind);
        html! {
            (text_field(lang, &Field {
                name: &name,
                label: words::FEE_NAME.say(lang),
                value: self.posted.get(&name),
                error: error_for(self.errors, &name, lang),
                max_length: Some(200),
                ..Field::default()
            }))
            (money_field(lang, &Field {
                name: &amount,
                label: words::FEE_AMOUNT.say(lang),
                value: self.posted.get(&amount),
                error: error_for(self.errors, &amount, lang),
                ..Field::default()
            }))
            (radios(lang, &Field {
                name: &kind, label: words::FEE_KIND.say(lang), ..Field::default()
            }, &[
                Choice {
                    value: "fee",
                    label: desk_words::FEE.say(lang),
                    chosen: chosen != "obligation",
                    ..Choice::default()
                },
                Choice {
                    value: "obligation",
                    label: words::FEE_PAUSES.say(lang),
                    chosen: chosen == "obligation",
                    ..Choice::default()
                },
            ]))
        }
    }

    /// How it was paid; which request, when there are several.
    pub(super) fn payment(&self) -> Markup {
        let lang = self.desk.lang();
        let amount = say::money(self.dossier.unpaid());
        let declared = self.dossier.declared.as_ref();
        html! {
            p { strong { (words::UNPAID.fill(lang, &[("amount", &amount)])) } }
            @if let Some(declared) = declared {
                p.warning { (fee_words::DECLARED_AT.fill(lang, &[
                    ("amount", &dong(declared.amount)), ("when", &instant_short(declared.at)),
                ])) }
            }
            (self.requests(true))
            (self.methods("method", words::METHOD.say(lang), declared.map(|_| "transfer")))
            (self.receipt_number())
            @if let Some(transfer) = self.desk.office().world().transfer_of(self.dossier) {
                (transfer_code(lang, &transfer))
            }
        }
    }

    fn methods(&self, name: &'static str, label: &str, likely: Option<&str>) -> Markup {
        let lang = self.desk.lang();
        let chosen = self.or(name, likely.unwrap_or_default());
        let methods = METHODS.map(|(value, method)| Choice {
            value,
            label: say::method(method).say(lang),
            chosen: chosen == value,
            ..Choice::default()
        });
        radios(
            lang,
            &Field { name, label, error: error_for(self.errors, name, lang), ..Field::default() },
            &methods,
        )
    }

    fn receipt_number(&self) -> Markup {
        let lang = self.desk.lang();
        text_field(
            lang,
            &Field {
                optional: true,
                width: Width::Medium,
                max_length: Some(100),
                ..self.field("receipt_number", words::RECEIPT_NUMBER.say(lang))
            },
        )
    }

    /// The open requests to choose from, when there are several.
    fn requests(&self, all_too: bool) -> Markup {
        let lang = self.desk.lang();
        let requests = self.dossier.open_requests();
        if requests.len() < 2 {
            return html! {};
        }
        let chosen = self.posted.get("request");
        let labels: Vec<(String, String)> = requests
            .iter()
            .map(|request| (request.to_string(), request_words(self.dossier, *request)))
            .collect();
        let all = all_too.then(|| Choice {
            value: "",
            label: fee_words::ALL_REQUESTS.say(lang),
            chosen: chosen.is_empty(),
            ..Choice::default()
        });
        let each = labels.iter().map(|(value, label)| Choice {
            value,
            label,
            chosen: chosen == value,
            ..Choice::default()
        });
        let choices: Vec<Choice<'_>> = all.into_iter().chain(each).collect();
        radios(lang, &self.field("request", fee_words::WHICH_REQUEST.say(lang)), &choices)
    }

    /// Which request is no longer asked for.
    pub(super) fn cancellation(&self) -> Markup {
        let open = self.dossier.open_requests();
        html! {
            @if let [only] = open.as_slice() { p { (request_words(self.dossier, *only)) } }
            (self.requests(false))
            (self.reason())
        }
    }

    /// Which payment is taken back, why, and how it is recorded anew.
    pub(super) fn reversal(&self) -> Markup {
        let lang = self.desk.lang();
        let takings: Vec<&Taking> = self.dossier.standing_takings().collect();
        let labels: Vec<(String, String)> = takings
            .iter()
            .map(|taking| (taking.number.to_string(), say::taking(lang, taking)))
            .collect();
        let chosen = self.posted.get("payment");
        let choices: Vec<Choice<'_>> = labels
            .iter()
            .map(|(value, label)| Choice {
                value,
                label,
                chosen: chosen == value || labels.len() == 1,
                ..Choice::default()
            })
            .collect();
        let how = self.posted.get("how");
        html! {
            (radios(lang, &self.field("payment", fee_words::WHICH_PAYMENT.say(lang)), &choices))
            (self.reason())
            (radios(lang, &self.field("how", fee_words::REVERSE_HOW.say(lang)), &[
                Choice {
                    value: "back",
                    label: fee_words::REVERSE_BACK.say(lang),
                    hint: fee_words::REVERSE_BACK_HINT.say(lang),
                    chosen: how != "instead",
                    ..Choice::default()
                },
                Choice {
                    value: "instead",
                    label: fee_words::REVERSE_INSTEAD.say(lang),
                    hint: fee_words::REVERSE_INSTEAD_HINT.say(lang),
                    chosen: how == "instead",
                    ..Choice::default()
                },
            ]))
            (self.methods("method", fee_words::INSTEAD_METHOD.say(lang), None))
            (self.receipt_number())
        }
    }
}

/// A field for a small whole number.
const fn whole(field: Field<'_>) -> Field<'_> {
    Field { inputmode: "numeric", width: Width::Short, max_length: Some(6), ..field }
}

/// An exemption with what it takes off.
fn exemption(known: &Exemption, lang: Lang) -> String {
    match known.percent {
        100 => known.name.clone(),
        percent => fee_words::EXEMPTION_PART
            .fill(lang, &[("name", &known.name), ("percent", &percent.to_string())]),
    }
}

/// A request in words: its lines with their sum.
fn request_words(dossier: &Dossier, request: u32) -> String {
    let own = || dossier.open_fees().filter(move |fee| fee.request == request);
    let names: Vec<&str> = own().map(|fee| fee.line.name.as_str()).collect();
    let sum: u64 = own().map(|fee| fee.line.amount).sum();
    format!("{}: {}", names.join(", "), dong(sum))
}

/// The counts of a form, with the form's names for theirs, and what is no number.
fn counts(
    posted: &Posted,
    schedule: &Schedule,
) -> (Vec<Count>, Vec<(String, String)>, Vec<FieldError>) {
    let counted: Vec<_> = schedule.rules.iter().filter(|rule| rule.unit != Unit::Dossier).collect();
    let (mut counts, mut names, mut errors) = (Vec::new(), Vec::new(), Vec::new());
    for row in 0..MAX_ROWS {
        let field = |part: &str| format!("count.{row}.{part}");
        let (units, copies) = (posted.get(&field("units")), posted.get(&field("copies")));
        if units.is_empty() && copies.is_empty() && posted.get(&field("what")).is_empty() {
            continue;
        }
        let rule = match counted.as_slice() {
            [only] => only.id.clone(),
            _ => posted.get(&field("rule")).to_owned(),
        };
        let mut number = |part: &str, typed: &str, missing: u32| match typed {
            "" => missing,
            typed => typed.parse().unwrap_or_else(|_| {
                let text = fee_words::NUMBER_WRONG.into();
                errors.push(FieldError { field: field(part), text });
                1
            }),
        };
        let units = number("units", units, 0);
        let copies = number("copies", copies, 1);
        for part in ["rule", "units", "copies"] {
            names.push((format!("counts[{}].{part}", counts.len()), field(part)));
        }
        names.push((format!("counts[{}]", counts.len()), field("units")));
        counts.push(Count { rule, what: posted.get(&field("what")).to_owned(), units, copies });
    }
    names.push(("counts".to_owned(), "count.0.units".to_owned()));
    (counts, names, errors)
}

/// Whether an obligation that the law sets is among what is asked for.
pub(super) fn asks_obligation(posted: &Posted) -> bool {
    let kind = |row: usize| posted.get(&format!("fee.{row}.kind")) == "obligation";
    let named = |row: usize| !posted.get(&format!("fee.{row}.name")).is_empty();
    (0..MAX_ROWS).any(|row| kind(row) && named(row))
}

/// Reads what is asked for.
pub(super) fn read_request(
    desk: &Desk,
    dossier: &Dossier,
    posted: &Posted,
) -> Result<Read, Refusal> {
    let day = local(desk.office().now()).date();
    let schedule = charged(&desk.office().world(), dossier, day);
    let (counts, mut names, mut errors) = counts(posted, &schedule);
    let mut fees = Vec::new();
    for row in 0..MAX_ROWS {
        let field = |part: &str| format!("fee.{row}.{part}");
        let (name, amount) = (posted.get(&field("name")), posted.get(&field("amount")));
        if name.is_empty() && amount.is_empty() {
            continue;
        }
        let digits: String = amount.chars().filter(char::is_ascii_digit).collect();
        let plain = amount.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ' ' | '\u{a0}'));
        let amount = digits.parse().ok().filter(|_| plain);
        if amount.is_none() {
            let text = words::AMOUNT_WRONG.into();
            errors.push(FieldError { field: field("amount"), text });
        }
        for part in ["name", "amount"] {
            names.push((format!("fees[{}].{part}", fees.len()), field(part)));
        }
        let kind = match posted.get(&field("kind")) {
            "obligation" => FeeKind::Obligation,
            _ => FeeKind::Fee,
        };
        fees.push(FeeLine::free(name, amount.unwrap_or(0), kind));
    }
    let place = if schedule.rules.is_empty() { "fee.0.name" } else { "fee.rows" };
    names.push(("fees".to_owned(), place.to_owned()));
    if !errors.is_empty() {
        return Err(Refusal::fields(errors));
    }
    let exemption = posted.some("exemption");
    let exemption_proof = posted.some("exemption_proof");
    let asked = Asked { fees, counts, exemption, exemption_proof };
    Ok(Read { command: Command::RequestPayment(asked), files: Files::default(), names })
}

/// The way of payment with this name.
///
/// # Errors
/// There is none.
pub fn method(id: &str) -> Result<PaymentMethod, Refusal> {
    let known = METHODS.into_iter().find(|(name, _)| *name == id).map(|(_, method)| method);
    known.ok_or_else(|| Refusal::field("method", words::METHOD_MISSING))
}

/// Reads how it was paid.
pub(super) fn read_payment(posted: &Posted) -> Result<Command, Refusal> {
    Ok(Command::RecordPayment(Paying {
        method: method(posted.get("method"))?,
        receipt_number: posted.some("receipt_number"),
        request: number(posted, "request")?,
        amount: None,
    }))
}

/// Reads which payment is taken back.
pub(super) fn read_reversal(posted: &Posted) -> Result<Command, Refusal> {
    let instead = match posted.get("how") {
        "instead" => Some(Instead {
            method: method(posted.get("method"))?,
            receipt_number: posted.some("receipt_number"),
        }),
        _ => None,
    };
    let payment = number(posted, "payment")?;
    Ok(Command::ReversePayment { payment, reason: posted.get("reason").to_owned(), instead })
}

/// Reads which request is no longer asked for, or what became of a transfer.
pub(super) fn read_other(action: Action, posted: &Posted) -> Result<Command, Refusal> {
    let reason = posted.get("reason").to_owned();
    Ok(match action {
        Action::CancelPaymentRequest => {
            Command::CancelPaymentRequest { request: number(posted, "request")?, reason }
        }
        Action::RejectTransfer => Command::RejectTransfer { reason },
        _ => Command::DeclareTransfer { amount: None },
    })
}

fn number(posted: &Posted, field: &str) -> Result<Option<u32>, Refusal> {
    let Some(typed) = posted.some(field) else { return Ok(None) };
    let wrong = |_| Refusal::field(field, fee_words::NUMBER_WRONG);
    typed.parse().map(Some).map_err(wrong)
}
