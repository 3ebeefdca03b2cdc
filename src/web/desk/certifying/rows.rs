//! The rows of papers to certify: one form for the fast path and for a dossier that was taken in.

use maud::{Markup, html};

use crate::domain::agency::Role;
use crate::domain::dossier::{
    Certification, CertificationOrder, CertifiedPaper, Command, Directory, Dossier, PaymentMethod,
};
use crate::domain::ids::{ProcedureCode, UserName};
use crate::domain::refusal::{FieldError, Refusal};
use crate::domain::rules::CertificationKind;
use crate::office::certifying::{PaperAsked, Quote};
use crate::web::components::{Choice, Field, Width, error_for, radios, select, text_field};
use crate::web::desk::access::Desk;
use crate::web::desk::posted::Posted;
use crate::web::desk::{money, say};
use crate::web::words::certifying as words;

/// Most rows that are read.
const MOST: usize = crate::domain::dossier::MAX_CERTIFIED;

/// How fees are paid at the counter.
const METHODS: [(&str, PaymentMethod); 3] = [
    ("cash", PaymentMethod::Cash),
    ("card", PaymentMethod::Card),
    ("transfer", PaymentMethod::Transfer),
];

/// The name of a field of a row, as refusals name it.
pub fn name(row: usize, field: &str) -> String {
    format!("papers[{row}].{field}")
}

/// The rows that were filled in, and the procedure chosen in the last one.
pub fn read(sent: &Posted) -> (Vec<PaperAsked>, String) {
    let mut rows = Vec::new();
    let mut last = String::new();
    for row in (0..=MOST).take_while(|row| sent.has(&name(*row, "name"))) {
        let number = |field: &str| {
            let typed = sent.get(&name(row, field));
            if typed.is_empty() { 1 } else { typed.parse().unwrap_or(0) }
        };
        let paper = PaperAsked {
            procedure: sent.get(&name(row, "procedure")).to_owned(),
            name: sent.get(&name(row, "name")).to_owned(),
            pages: number("pages"),
            copies: number("copies"),
        };
        last.clone_from(&paper.procedure);
        if !paper.name.is_empty() {
            rows.push(paper);
        }
    }
    (rows, last)
}

/// What the rows are drawn from.
pub struct Rows<'a> {
    /// Who asks.
    pub desk: &'a Desk,
    /// The kinds that the agency does.
    pub kinds: &'a [CertificationKind],
    /// The rows.
    pub papers: &'a [PaperAsked],
    /// The kind of an empty row.
    pub likely: &'a str,
    /// What each costs.
    pub quotes: &'a [Quote],
    /// What was wrong.
    pub errors: &'a [FieldError],
    /// Whether the keyboard stands in the empty row.
    pub autofocus: bool,
}

impl Rows<'_> {
    /// The rows and an empty one.
    pub fn draw(&self) -> Markup {
        let lang = self.desk.lang();
        html! {
            p.hint { (words::ROWS_HINT.say(lang)) }
            @for (row, paper) in self.papers.iter().enumerate() {
                (self.row(row, paper, self.quotes.get(row)))
            }
            @if self.papers.len() < MOST {
                (self.row(self.papers.len(), &PaperAsked {
                    procedure: self.likely.to_owned(), pages: 1, copies: 1, ..PaperAsked::default()
                }, None))
            }
        }
    }

    fn row(&self, row: usize, paper: &PaperAsked, quote: Option<&Quote>) -> Markup {
        let lang = self.desk.lang();
        let fields = ["procedure", "name", "pages", "copies"].map(|field| name(row, field));
        let [kind, title, pages, copies] = &fields;
        let field = |name, label: crate::domain::words::Message| Field {
            name,
            label: label.say(lang),
            error: error_for(self.errors, name, lang),
            autocomplete: "off",
            ..Field::default()
        };
        let choices: Vec<Choice<'_>> = self
            .kinds
            .iter()
            .map(|known| Choice {
                value: known.procedure.as_str(),
                label: known.name.say(lang),
                chosen: known.procedure.as_str() == paper.procedure,
                ..Choice::default()
            })
            .collect();
        let number = |value: u32| if value == 0 { String::new() } else { value.to_string() };
        let (page_count, copy_count) = (number(paper.pages), number(paper.copies));
        let count = |name, label, value| Field {
            value,
            inputmode: "numeric",
            width: Width::Short,
            max_length: Some(4),
            ..field(name, label)
        };
        html! {
            fieldset.cert-row {
                legend.hidden {
                    (words::ROW.fill(lang, &[("n", &(row + 1).to_string())]))
                }
                (select(lang, &field(kind, words::KIND), &choices))
                (text_field(lang, &Field {
                    value: &paper.name,
                    max_length: Some(300),
                    autofocus: self.autofocus && row == self.papers.len(),
                    ..field(title, words::NAME)
                }))
                (text_field(lang, &count(pages, words::PAGES, &page_count)))
                (text_field(lang, &count(copies, words::COPIES, &copy_count)))
                @if let Some(Ok(quote)) = quote {
                    div.cert-fee {
                        strong { (amount(self.desk, quote.total)) }
                        details {
                            summary { (words::HOW.say(lang)) }
                            @for item in &quote.items {
                                p { (item.name) }
                                ul.plain { @for line in item.lines(lang) { li { (line) } } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// An amount in đồng.
pub fn amount(desk: &Desk, dong: u64) -> String {
    words::FEE_AMOUNT.fill(desk.lang(), &[("amount", &say::money(dong))])
}

/// Who may sign, and how the fee is paid.
pub fn signing(desk: &Desk, sent: &Posted, errors: &[FieldError]) -> Markup {
    let lang = desk.lang();
    let world = desk.office().world();
    let signers = world.accounts().into_iter().filter(|account| {
        account.enabled && account.agency == desk.staff.agency && account.is(Role::Approver)
    });
    let last = desk.office().last_signer(&desk.staff).ok().flatten();
    let typed = sent.get("signer");
    let signers: Vec<Choice<'_>> = signers
        .map(|account| Choice {
            value: account.name.as_str(),
            label: &account.full_name,
            // Who signed last signs on.
            chosen: match typed {
                "" => last.as_ref() == Some(&account.full_name),
                typed => account.name.as_str() == typed,
            },
            ..Choice::default()
        })
        .collect();
    let method = if sent.has("method") { sent.get("method") } else { "cash" };
    let ways = METHODS.map(|(value, way)| Choice {
        value,
        label: say::method(way).say(lang),
        chosen: value == method,
        ..Choice::default()
    });
    html! {
        (select(lang, &Field {
            name: "signer",
            label: words::SIGNER.say(lang),
            error: error_for(errors, "signer", lang),
            ..Field::default()
        }, &signers))
        (radios(lang, &Field {
            name: "method",
            label: words::METHOD.say(lang),
            error: error_for(errors, "method", lang),
            ..Field::default()
        }, &ways))
        (text_field(lang, &Field {
            name: "receipt_number",
            label: words::RECEIPT_NUMBER.say(lang),
            value: sent.get("receipt_number"),
            error: error_for(errors, "receipt_number", lang),
            optional: true,
            width: Width::Medium,
            autocomplete: "off",
            max_length: Some(100),
            ..Field::default()
        }))
    }
}

/// The exemptions of the kinds that are asked for; nothing when there are none.
pub fn exemptions(
    desk: &Desk,
    papers: &[PaperAsked],
    sent: &Posted,
    errors: &[FieldError],
) -> Markup {
    let lang = desk.lang();
    let codes: Vec<ProcedureCode> =
        papers.iter().map(|paper| ProcedureCode::new(&paper.procedure)).collect();
    let known = desk.office().certification_exemptions(&desk.staff.agency, &codes);
    let chosen = sent.get("exemption");
    let choices: Vec<Choice<'_>> = known
        .iter()
        .map(|exemption| Choice {
            value: &exemption.id,
            label: &exemption.name,
            chosen: exemption.id == chosen,
            ..Choice::default()
        })
        .collect();
    html! {
        @if !choices.is_empty() {
            (select(lang, &Field {
                name: "exemption",
                label: words::EXEMPTION.say(lang),
                optional: true,
                error: error_for(errors, "exemption", lang),
                ..Field::default()
            }, &choices))
        }
    }
}

/// The fields of the action on a dossier: what was asked for, or the rows.
pub fn fields(desk: &Desk, dossier: &Dossier, sent: &Posted, errors: &[FieldError]) -> Markup {
    let lang = desk.lang();
    if let Some(Certification { lines, signer, on: None }) = &dossier.certification {
        return html! {
            h2 { (words::ASKED_BEFORE.say(lang)) }
            ul { @for line in lines { li { (say::certified(lang, line, None)) } } }
            p { (words::SIGNED_BY.say(lang)) ": " strong { (signer) } }
        };
    }
    let agency = &dossier.competent_agency;
    let (papers, last) = read(sent);
    let likely = if last.is_empty() { dossier.procedure.to_string() } else { last };
    let quotes =
        desk.office().certification_quotes(agency, &papers, sent.some("exemption").as_deref());
    html! {
        (Rows {
            desk,
            kinds: &desk.office().certification_kinds(agency),
            papers: &papers,
            likely: &likely,
            quotes: &quotes,
            errors,
            autofocus: false,
        }.draw())
        (exemptions(desk, &papers, sent, errors))
        (signing(desk, sent, errors))
    }
}

/// The command of the action's form.
///
/// # Errors
/// The way of payment is unknown.
pub fn command(desk: &Desk, dossier: &Dossier, sent: &Posted) -> Result<Command, Refusal> {
    let asked = dossier.certification.as_ref().is_some_and(|asked| asked.on.is_none());
    if asked {
        return Ok(Command::Certify { order: None, numbers: Vec::new() });
    }
    let (papers, _) = read(sent);
    let known = desk.office().world().staff(&UserName::new(sent.get("signer"))).is_some();
    let signer = if known { sent.get("signer") } else { "" };
    let order = CertificationOrder {
        papers: papers.into_iter().map(CertifiedPaper::from).collect(),
        signer: UserName::new(signer),
        exemption: sent.some("exemption"),
        payment: Some((money::method(sent.get("method"))?, sent.some("receipt_number"))),
    };
    Ok(Command::Certify { order: Some(order), numbers: Vec::new() })
}
