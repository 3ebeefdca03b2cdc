//! A procedure's declared form as a paper: of a dossier, with what was answered, or empty with a code
//! that brings the sheet back to its procedure.

use super::{Deed, Pdf, Source, page_address, sheets, words};
use crate::documents::papers::{
    DeclaredField, DeclaredPaper, DeclaredSection, FieldKind, Follow, Lookup, Ready, Sheet,
    amount_in_words, date_in_words, date_spelled,
};
use crate::domain::calendar::local;
use crate::domain::dossier::{Directory, Form, FormValue};
use crate::domain::form::{
    Declaration, FormVersion, Kind, Question, Section, asked_when, evaluate, said,
};
use crate::domain::ids::{DossierCode, ProcedureCode};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::words::{Lang, Text};
use crate::office::Office;
use crate::store::ledger::Failure;

/// Papers are Vietnamese.
const VI: Lang = Lang::Vi;
/// Most answers to choose from that stand as boxes; more are written on a line.
const MOST_BOXES: usize = 9;
/// Rows of an empty table.
const EMPTY_ROWS: u32 = 5;
/// The way of the codes on declared forms, below the portal's address.
const WAY: &str = "/to-khai/";

/// What the code on a declared form names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormCode {
    /// The form.
    pub version: FormVersion,
    /// The dossier from which it was printed; none on an empty sheet.
    pub dossier: Option<DossierCode>,
}

impl FormCode {
    /// The way below the portal's address.
    pub fn path(&self) -> String {
        let FormVersion { procedure, version } = &self.version;
        match &self.dossier {
            Some(dossier) => format!("{WAY}{procedure}/{version}/{dossier}"),
            None => format!("{WAY}{procedure}/{version}"),
        }
    }

    /// The code in an address, whichever portal's: sheets survive a change of the address.
    pub fn read(text: &str) -> Option<Self> {
        let (_, rest) = text.trim().split_once(WAY)?;
        let mut parts = rest.trim_end_matches('/').split('/');
        let procedure = parts.next().filter(|procedure| is_plain(procedure))?;
        let version = parts.next()?.parse().ok()?;
        let dossier = match parts.next() {
            Some(code) => Some(crate::domain::dossier::parse_dossier_code(code)?),
            None => None,
        };
        let version = FormVersion { procedure: ProcedureCode::new(procedure), version };
        parts.next().is_none().then_some(Self { version, dossier })
    }
}

fn is_plain(code: &str) -> bool {
    (1..=40).contains(&code.len())
        && code.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'))
}

impl Office {
    /// The newest form of a procedure, empty, to be written on by hand. Call it on a blocking pool.
    ///
    /// # Errors
    /// There is no such procedure, or it has no declared form.
    pub fn empty_form(&self, procedure: &ProcedureCode, base: &str) -> Result<Pdf, Failure> {
        let (world, now) = (self.world(), self.now());
        let none = || Refusal::new(RefusalKind::NotFound, crate::office::words::PAPER_NONE);
        let known = world.procedure(procedure).ok_or_else(none)?;
        let form = world.form(procedure, None).ok_or_else(none)?;
        let takers = world.takers(known, self.today());
        let agency =
            takers.first().copied().or_else(|| world.agencies().next()).ok_or_else(none)?;
        let pack = world.pack_for(&agency.code, now);
        let sheet = sheets::sheet(Deed::DeclaredForm, pack, agency, now, self.is_demo);
        let only = if takers.len() == 1 { agency.name.clone() } else { String::new() };
        let paper = DeclaredPaper {
            sheet: of_form(sheet, &form.declaration),
            blank: true,
            to: only,
            named: named(&form.version),
            source: form.declaration.official.source.clone(),
            sections: sections(&form.declaration, None),
            signed_at: words::DATE_BY_HAND.vi.to_owned(),
            signers: signers(&form.declaration, ""),
            follow: follow(&FormCode { version: form.version.clone(), dossier: None }, base),
        };
        let papers = vec![paper.ready()];
        let bytes = self.set(&papers)?;
        Ok(Pdf::of(papers, bytes, format!("to-khai-{procedure}.pdf")))
    }
}

impl Source<'_> {
    /// The form that the dossier was filed with.
    pub(super) fn declared_form(&self) -> Option<Ready> {
        let dossier = self.dossier;
        let form = self.world.form_of(dossier.form_version.as_ref()?)?;
        let declaration = &form.declaration;
        let is_answered = declaration.questions().any(|q| answers(&dossier.form, q));
        let submitted = local(dossier.submitted_at);
        let signed_at = match is_answered {
            true => format!("{}, {}", self.agency.place, date_in_words(submitted.date())),
            false => words::DATE_BY_HAND.vi.to_owned(),
        };
        let code = FormCode { version: form.version.clone(), dossier: Some(dossier.code.clone()) };
        let paper = DeclaredPaper {
            sheet: of_form(self.sheet(), declaration),
            blank: !is_answered,
            to: self.agency_name(&dossier.competent_agency),
            named: named(&form.version),
            source: declaration.official.source.clone(),
            sections: sections(declaration, is_answered.then_some(&dossier.form)),
            signed_at,
            signers: signers(declaration, &dossier.submitter.name),
            follow: follow(&code, self.base),
        };
        Some(paper.ready())
    }
}

/// Whether somebody answered a question: a box that is not ticked says nothing by itself.
fn answers(form: &Form, question: &Question) -> bool {
    let said =
        !matches!(form.get(&question.key), None | Some(FormValue::Null | FormValue::Bool(false)));
    said && !matches!(question.kind, Kind::Calculated(_))
}

/// The sheet under the form's own title and number.
fn of_form(sheet: Sheet, declaration: &Declaration) -> Sheet {
    Sheet {
        title: declaration.title.vi.clone(),
        form_number: declaration.form_number.clone(),
        number: None,
        ..sheet
    }
}

fn named(version: &FormVersion) -> String {
    let (procedure, number) = (version.procedure.as_str(), version.version.to_string());
    words::FORM_NAMED.fill(VI, &[("procedure", procedure), ("version", &number)])
}

fn follow(code: &FormCode, base: &str) -> Follow {
    let qr = page_address(base, &code.path());
    Follow { lookup: Some(Lookup { qr, address: String::new(), secret: None }), anchor: None }
}

/// Who signs; whoever filed is known to be the one when only one does.
fn signers(declaration: &Declaration, name: &str) -> Vec<(String, String)> {
    match declaration.signers.as_slice() {
        [] => vec![(words::WHO_DECLARES.vi.to_owned(), name.to_owned())],
        [one] => vec![(one.vi.clone(), name.to_owned())],
        many => many.iter().map(|role| (role.vi.clone(), String::new())).collect(),
    }
}

/// The sections with the answers; without any, with every question.
fn sections(declaration: &Declaration, answers: Option<&Form>) -> Vec<DeclaredSection> {
    // Which questions were asked depends on answers alone, not on the day.
    let found = answers.map(|answers| evaluate(declaration, answers, jiff::civil::Date::MAX));
    let is_asked = |question: &&Question| match &found {
        Some(found) => found.shows(&question.key),
        None => !declaration.is_for_screens(&question.key),
    };
    let section = |section: &Section| {
        let asked = section.questions.iter().filter(is_asked);
        let fields: Vec<DeclaredField> =
            asked.map(|question| field(declaration, question, answers)).collect();
        let is_blank = answers.is_none();
        DeclaredSection {
            title: section.title.vi.clone(),
            help: if is_blank { section.help.vi.clone() } else { String::new() },
            when: when(declaration, &section.only_if, is_blank),
            fields,
        }
    };
    declaration.sections.iter().map(section).filter(|s| !s.fields.is_empty()).collect()
}

fn when(
    declaration: &Declaration,
    conditions: &[crate::domain::process::Condition],
    is_blank: bool,
) -> String {
    let when = asked_when(declaration, conditions, VI).filter(|_| is_blank);
    when.unwrap_or_default()
}

fn field(declaration: &Declaration, question: &Question, answers: Option<&Form>) -> DeclaredField {
    let value = answers.and_then(|answers| answers.get(&question.key));
    let text = |text: &Text| match answers {
        None => text.vi.clone(),
        Some(_) => String::new(),
    };
    DeclaredField {
        label: question.label.vi.clone(),
        help: text(&question.help),
        when: when(declaration, &question.only_if, answers.is_none()),
        value: value.and_then(|value| said(VI, question, value)).unwrap_or_default(),
        in_words: declaration.official.is_spelled(&question.key),
        spelled: value.map(spelled).unwrap_or_default(),
        kind: kind(question, value, answers.is_none()),
    }
}

/// A day or an amount in words of numbers.
fn spelled(value: &FormValue) -> String {
    match value {
        FormValue::Text(text) => text.parse().map(date_spelled).unwrap_or_default(),
        FormValue::Number(text) => text.parse().map(amount_in_words).unwrap_or_default(),
        _ => String::new(),
    }
}

fn kind(question: &Question, value: Option<&FormValue>, is_blank: bool) -> FieldKind {
    match &question.kind {
        Kind::Text { lines } if *lines > 1 => FieldKind::Lines { lines: *lines },
        Kind::Number { .. }
        | Kind::Money
        | Kind::Phone
        | Kind::TaxCode
        | Kind::Ethnicity
        | Kind::Nationality => FieldKind::Short,
        Kind::Calculated(_) => FieldKind::Short,
        Kind::Date(_) => FieldKind::Date,
        Kind::IdNumber => FieldKind::Digits,
        Kind::Place => FieldKind::Place,
        Kind::Tick => FieldKind::Tick { ticked: value == Some(&FormValue::Bool(true)) },
        Kind::Choice(options) if options.len() <= MOST_BOXES => {
            let is_chosen = |option: &str| matches!(value, Some(FormValue::Text(v)) if v == option);
            let boxes = options.iter().map(|o| (o.label.vi.clone(), is_chosen(&o.value)));
            FieldKind::Choice { options: boxes.collect() }
        }
        Kind::Table { columns, min, max } => FieldKind::Table {
            columns: columns.iter().map(|column| column.label.vi.clone()).collect(),
            rows: match value {
                Some(FormValue::List(rows)) => rows.iter().map(|row| cells(columns, row)).collect(),
                _ => {
                    // Nobody goes on writing below what was declared on a screen.
                    let least = if is_blank { EMPTY_ROWS } else { 1 };
                    let count = (*min).max(least).min(*max);
                    (0..count).map(|_| vec![String::new(); columns.len()]).collect()
                }
            },
        },
        // Where there is something to explain, there is something longer to write.
        Kind::Text { .. } if question.help.vi.is_empty() => FieldKind::Short,
        Kind::Text { .. } | Kind::Name | Kind::Email | Kind::Choice(_) => FieldKind::Line,
    }
}

fn cells(columns: &[Question], row: &FormValue) -> Vec<String> {
    let cell = |column: &Question| match row {
        FormValue::Group(cells) => {
            cells.get(&column.key).and_then(|value| said(VI, column, value)).unwrap_or_default()
        }
        _ => String::new(),
    };
    columns.iter().map(cell).collect()
}

#[cfg(test)]
mod tests {
    use super::FormCode;

    #[test]
    fn a_code_is_read_from_any_portal_s_address() {
        for path in ["/to-khai/1.001193/2", "/to-khai/1.001193/2/H40.12-261123-0001"] {
            let code = FormCode::read(&format!("https://mot-cua.example.vn{path}")).unwrap();
            assert_eq!(code.path(), path);
            assert_eq!(code.version.version, 2);
        }
        for wrong in [
            "https://mot-cua.example.vn/thu-tuc/1.001193",
            "/to-khai/1.001193",
            "/to-khai/1.001193/hai",
            "/to-khai/1.001193/2/x",
            "/to-khai/1.001193/2/H40.12-261123-0001/more",
            "/to-khai/<b>/2",
        ] {
            assert_eq!(FormCode::read(wrong), None, "{wrong}");
        }
    }
}
