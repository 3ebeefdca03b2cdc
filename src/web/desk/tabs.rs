//! The parts of a dossier's page.

use maud::{Markup, html};

use super::access::Desk;
use super::dossier::Seen;
use super::{happened, letters, papers, say};
use crate::domain::calendar::local;
use crate::domain::calendar::words::{date_long, date_short, instant_short};
use crate::domain::dossier::{
    Attachment, Consultation, Directory, Dossier, Event, Fee, FormValue, run_of,
};
use crate::domain::person::{MandateKind, Person};
use crate::domain::words::{Lang, Message};
use crate::web::components::{
    Column, DataTable, Row, SummaryRow, data_table, fee_steps, summary_list,
};
use crate::web::declared;
use crate::web::process::{of_run, present, title_of};
use crate::web::stated::{is_birth_year, question};
use crate::web::words::process as process_words;
use crate::web::words::{desk as words, fees as fee_words, linking, notices as notice_words};

/// A part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// Persons, facts and answers.
    #[default]
    Form,
    /// Components and files.
    Papers,
    /// Events.
    History,
    /// Where it stands in its process.
    Process,
    /// Fee lines.
    Fees,
    /// What was said of it, to whom.
    Notices,
    /// Notes and consultations.
    Internal,
}

impl Tab {
    /// Every part.
    pub const ALL: [Self; 7] = [
        Self::Form,
        Self::Papers,
        Self::Process,
        Self::History,
        Self::Fees,
        Self::Notices,
        Self::Internal,
    ];

    /// The name in the address.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Form => "to-khai",
            Self::Papers => "giay-to",
            Self::History => "dien-bien",
            Self::Process => "quy-trinh",
            Self::Fees => "phi",
            Self::Notices => "thong-bao",
            Self::Internal => "noi-bo",
        }
    }

    /// The part with this name, else the first.
    pub fn from_id(id: &str) -> Self {
        Self::ALL.into_iter().find(|tab| tab.id() == id).unwrap_or_default()
    }

    /// Its words.
    pub const fn name(self) -> Message {
        match self {
            Self::Form => words::TAB_FORM,
            Self::Papers => words::TAB_PAPERS,
            Self::History => words::TAB_HISTORY,
            Self::Process => process_words::TAB,
            Self::Fees => words::TAB_FEES,
            Self::Notices => notice_words::TITLE,
            Self::Internal => words::TAB_INTERNAL,
        }
    }

    /// How many things it holds, when that is worth saying.
    pub fn count(self, dossier: &Dossier) -> Option<u64> {
        let count = match self {
            Self::Form | Self::Process | Self::Notices | Self::Internal => return None,
            Self::Papers => dossier.components.len(),
            Self::History => return Some(dossier.version),
            Self::Fees => dossier.fees.len(),
        };
        u64::try_from(count).ok()
    }
}

/// The content of a part.
pub fn part(desk: &Desk, seen: &Seen, tab: Tab) -> Markup {
    match tab {
        Tab::Form => facts(desk, &seen.dossier),
        Tab::Papers => papers::list(desk, seen),
        Tab::History => happened::time_line(desk, seen),
        Tab::Process => process(desk, seen),
        Tab::Fees => fees(desk, &seen.dossier),
        Tab::Notices => letters::part(desk, seen),
        Tab::Internal => internal(desk, seen),
    }
}

/// The drawing of its process with where it stands, and how late each step is or was.
fn process(desk: &Desk, seen: &Seen) -> Markup {
    let (lang, world) = (desk.lang(), desk.office().world());
    let history = seen.history.iter().map(|event| (event.link.at, &event.event));
    let Some(run) = run_of(&seen.dossier, history, &*world) else {
        return html! { p.muted { (process_words::NOT_BEGUN.say(lang)) } };
    };
    let by = |version: u64| {
        let event = seen.history.iter().find(|event| event.link.version == version);
        event.map(|event| say::actor(lang, &world, &event.link.actor)).unwrap_or_default()
    };
    let step = present(lang, &run).map(|(n, all, step)| {
        let values = [("n", n.to_string()), ("all", all.to_string()), ("step", step)];
        process_words::STEP_OF.fill(lang, &values.each_ref().map(|(n, v)| (*n, v.as_str())))
    });
    html! {
        h2 { (title_of(lang, &run.process)) }
        p { strong {
            (step.unwrap_or_else(|| process_words::ALL_DONE.say(lang).to_owned()))
        } }
        (of_run(lang, &world, (&seen.dossier, &run), desk.office().now(), &by))
    }
}

fn facts(desk: &Desk, dossier: &Dossier) -> Markup {
    let lang = desk.lang();
    let same = dossier.owner == dossier.submitter;
    html! {
        h2 { (words::OWNER.say(lang)) }
        @if same { p.muted { (words::OWNER_IS_SUBMITTER.say(lang)) } }
        (person(lang, &dossier.owner, birth_year(dossier, if same { OF_SUBMITTER } else { OF_OWNER })))
        @if !same {
            h2 { (words::SUBMITTER.say(lang)) }
            (person(lang, &dossier.submitter, birth_year(dossier, OF_SUBMITTER)))
            @if let Some(mandate) = &dossier.mandate {
                (summary_list(lang, &[
                    SummaryRow::text(words::MANDATE.say(lang), match mandate.kind {
                        MandateKind::Authorised => words::AUTHORISED,
                        MandateKind::LegalRepresentative => words::LEGAL,
                    }.say(lang)),
                    SummaryRow::text(
                        words::MANDATE_PAPER.say(lang),
                        mandate.paper.as_deref().unwrap_or_default(),
                    ),
                ]))
            }
        }
        h2 { (words::ANSWERS.say(lang)) }
        @if dossier.form.is_empty() { p.muted { (words::NO_ANSWERS.say(lang)) } }
        @else { (stated_answers(desk, dossier)) }
        h2 { (words::DOSSIER_FACTS.say(lang)) }
        (about(desk, dossier))
    }
}

/// The answers that hold the year of birth.
const OF_SUBMITTER: &str = "nam_sinh_nguoi_nop";
const OF_OWNER: &str = "nam_sinh_chu_ho_so";

fn birth_year<'a>(dossier: &'a Dossier, name: &str) -> &'a str {
    match dossier.form.get(name) {
        Some(FormValue::Text(year) | FormValue::Number(year)) => year,
        _ => "",
    }
}

fn person(lang: Lang, person: &Person, year: &str) -> Markup {
    let birth = person.birth_date.map_or_else(|| year.to_owned(), date_short);
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    summary_list(
        lang,
        &[
            SummaryRow::text(words::NAME.say(lang), &person.name),
            SummaryRow::text(words::ID_NUMBER.say(lang), &text(&person.id_number)),
            SummaryRow::text(words::BIRTH_DATE.say(lang), &birth),
            SummaryRow::text(words::PHONE.say(lang), &text(&person.phone)),
            SummaryRow::text(words::EMAIL.say(lang), &text(&person.email)),
            SummaryRow::text(words::ADDRESS.say(lang), &text(&person.address)),
        ],
    )
}

/// The answers as the form asked for them, then what it did not ask for.
fn stated_answers(desk: &Desk, dossier: &Dossier) -> Markup {
    let (lang, world) = (desk.lang(), desk.office().world());
    let version = dossier.form_version.as_ref();
    let form = version.and_then(|version| world.form_of(version)).map(|form| &form.declaration);
    let is_asked = |name: &str| form.is_some_and(|form| form.question(name).is_some());
    let rest = dossier.form.iter().filter(|(name, _)| !is_birth_year(name) && !is_asked(name));
    html! {
        @if let Some(form) = form { (declared::answers(lang, form, &dossier.form)) }
        (answers(lang, rest))
    }
}

fn answers<'a>(lang: Lang, form: impl Iterator<Item = (&'a String, &'a FormValue)>) -> Markup {
    html! {
        dl.summary {
            @for (name, value) in form {
                div { dt { (question(name).say(lang)) } dd { (answer(lang, value)) } }
            }
        }
    }
}

fn answer(lang: Lang, value: &FormValue) -> Markup {
    html! {
        @match value {
            FormValue::Null => span.muted { "–" },
            FormValue::Bool(yes) => (if *yes { words::YES } else { words::NO }.say(lang)),
            FormValue::Number(text) | FormValue::Text(text) => span.as-typed { (text) },
            FormValue::List(values) => ul { @for value in values { li { (answer(lang, value)) } } },
            FormValue::Group(group) => (answers(lang, group.iter())),
        }
    }
}

/// The way in, and whether the desk helped.
fn channel(lang: Lang, dossier: &Dossier) -> String {
    let channel = say::channel(dossier.channel).say(lang);
    match dossier.is_assisted {
        true => format!("{channel}, {}", linking::WAS_ASSISTED.say(lang)),
        false => channel.to_owned(),
    }
}

fn about(desk: &Desk, dossier: &Dossier) -> Markup {
    let (lang, world) = (desk.lang(), desk.office().world());
    let at = |instant: Option<jiff::Timestamp>| instant.map(instant_short).unwrap_or_default();
    let number = dossier.number.as_ref().map(|(n, date)| format!("{n}, {}", date_short(*date)));
    let outcome = dossier.outcome.as_ref().map(|outcome| {
        let kind = if outcome.favourable { words::GRANTED } else { words::DENIED };
        let more = if outcome.name.is_empty() { &outcome.reason } else { &None };
        let name = more.clone().unwrap_or_else(|| outcome.name.clone());
        format!("{}: {name}", kind.say(lang))
    });
    let delivered = dossier.delivery.as_ref().map(|delivery| {
        let how = say::channel(delivery.channel).say(lang);
        let mut parts = say::taken(lang, delivery);
        parts.push(how.to_owned());
        parts.join("; ")
    });
    let rows: Vec<(Message, String)> = vec![
        (words::FILED, at(Some(dossier.submitted_at))),
        (words::RECEIVED, at(dossier.received_at)),
        (words::CHANNEL, channel(lang, dossier)),
        (words::RETURN_CHANNEL, say::channel(dossier.return_channel).say(lang).to_owned()),
        (words::RECEIVING, say::agency_name(&world, &dossier.receiving_agency)),
        (words::COMPETENT, say::agency_name(&world, &dossier.competent_agency)),
        (words::HOLDER, say::holder(lang, &world, dossier)),
        (words::NUMBER, number.unwrap_or_default()),
        (words::RESULT, outcome.unwrap_or_default()),
        (words::REASON, dossier.reason.clone().unwrap_or_default()),
        (words::DELIVERED_TO, delivered.unwrap_or_default()),
        (words::RULES, world.rules(&dossier.rule_pack).name.say(lang).to_owned()),
        (words::EXTERNAL, dossier.external_codes.join(", ")),
    ];
    let rows: Vec<SummaryRow<'_>> = rows
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(label, value)| SummaryRow::text(label.say(lang), value))
        .collect();
    summary_list(lang, &rows)
}

fn fees(desk: &Desk, dossier: &Dossier) -> Markup {
    let lang = desk.lang();
    let schedule = desk.office().world().fees(&dossier.competent_agency, &dossier.procedure);
    let day = local(desk.office().now()).date();
    let charged: Vec<String> = schedule
        .rules_for(dossier.channel, day)
        .map(|rule| format!("{}: {}", rule.name, crate::domain::fee::words::rule(rule, lang)))
        .collect();
    html! {
        @if !charged.is_empty() {
            p.as-typed { (words::FEE_PUBLISHED.fill(lang, &[("fee", &charged.join("\n"))])) }
        }
        @if dossier.fees.is_empty() { p.muted { (words::NO_FEES.say(lang)) } }
        @else { (fee_table(lang, dossier)) }
        @if !dossier.takings.is_empty() {
            h2 { (fee_words::TAKINGS.say(lang)) }
            ul {
                @for taking in &dossier.takings {
                    li {
                        (say::taking(lang, taking))
                        @if let Some(reversal) = &taking.reversed {
                            " – " (fee_words::REVERSED.fill(lang, &[
                                ("when", &instant_short(reversal.at)), ("reason", &reversal.reason),
                            ]))
                        }
                    }
                }
            }
        }
    }
}

fn fee_table(lang: Lang, dossier: &Dossier) -> Markup {
    let columns = [
        Column::new(words::FEE_NAME.say(lang)),
        Column::new(words::FEE_KIND.say(lang)),
        Column::number(words::FEE_AMOUNT.say(lang)),
        Column::new(words::FEE_STATE.say(lang)),
    ];
    let row = |fee: &Fee| {
        Row::new(vec![
            html! {
                (fee.line.name)
                @if let Some(basis) = &fee.line.basis {
                    details {
                        summary { (fee_words::HOW_COMPUTED.say(lang)) }
                        (fee_steps(lang, &basis.steps))
                        p.muted { (basis.source) }
                    }
                }
            },
            html! { (say::fee_kind(fee.line.kind).say(lang)) },
            html! { (say::money(fee.line.amount)) },
            html! { (say::paid(lang, fee)) },
        ])
    };
    let rows: Vec<Row> = dossier.fees.iter().map(row).collect();
    data_table(
        lang,
        &DataTable {
            caption: words::TAB_FEES.say(lang),
            caption_hidden: true,
            columns: &columns,
            rows: &rows,
            select: "",
        },
    )
}

/// The files that went with a question.
fn shared<'a>(
    dossier: &'a Dossier,
    asked: &'a Consultation,
) -> impl Iterator<Item = &'a Attachment> {
    dossier.attachments.iter().filter(|file| asked.shares.contains(&file.id))
}

fn internal(desk: &Desk, seen: &Seen) -> Markup {
    let (lang, world) = (desk.lang(), desk.office().world());
    let now = desk.office().now();
    let notes: Vec<_> = seen
        .history
        .iter()
        .rev()
        .filter_map(|recorded| match &recorded.event {
            Event::Noted { text } => Some((recorded, text)),
            _ => None,
        })
        .collect();
    html! {
        h2 { (words::NOTES.say(lang)) }
        @if notes.is_empty() { p.muted { (words::NO_NOTES.say(lang)) } }
        @for (recorded, text) in notes {
            p.as-typed { (text) }
            p.muted {
                (instant_short(recorded.link.at)) " · " (say::actor(lang, &world, &recorded.link.actor))
            }
        }
        @if !seen.dossier.consultations.is_empty() {
            h2 { (words::CONSULTATIONS.say(lang)) }
            @for asked in &seen.dossier.consultations {
                @let who = match &asked.unit {
                    Some(unit) => say::unit_name(&world, &asked.agency, unit),
                    None => say::agency_name(&world, &asked.agency),
                };
                p {
                    // Between agencies both are named: each of them reads the same page.
                    @let from = say::agency_name(&world, &seen.dossier.competent_agency);
                    @let between = asked.agency != seen.dossier.competent_agency;
                    @let question =
                        if between { words::QUESTION_FROM } else { words::QUESTION_TO };
                    strong { (question.fill(lang, &[
                        ("who", &who), ("date", &date_long(asked.due_at, lang)), ("from", &from),
                    ])) }
                    @if asked.is_late(now) { " " span.error { (words::LATE.say(lang)) } }
                }
                p.as-typed { (asked.question) }
                (papers::links(desk, &seen.dossier, shared(&seen.dossier, asked)))
                @match &asked.answer {
                    Some((answer, at)) => {
                        p.muted { (words::ANSWERED_AT.fill(lang, &[("when", &instant_short(*at))])) }
                        p.as-typed { (answer) }
                        (papers::links(desk, &seen.dossier, asked.files.iter()))
                    },
                    None => p.muted { (words::NO_ANSWER.say(lang)) },
                }
            }
        }
    }
}
