//! A procedure as one file: what the catalogue says of it, its form, its process, its fees, when which
//! papers are asked for, and the words of letters that were changed here. Read back, everything is compared and checked before anything is
//! written.

mod wire;
pub mod words;

use std::collections::BTreeSet;

pub use wire::Bundle;

use super::catalogue;
use super::checklists::checked;
use super::fees::wire::ScheduleWire;
use super::forms::lost::check_lost;
use super::forms::trying::{check_counted, tried};
use super::forms::wire::DeclarationRow;
use super::forms::{self, Draft as FormDraft, Lost, Tests};
use super::importing::Import;
use super::processes::{self, Draft as ProcessDraft, Whose, wire as process_wire};
use super::{Failure, Office};
use crate::domain::calendar::local;
use crate::domain::catalogue::Procedure;
use crate::domain::dossier::Directory;
use crate::domain::fee::Schedule;
use crate::domain::form::{Declaration, check as check_form};
use crate::domain::ids::ProcedureCode;
use crate::domain::notice::{Kind, Template, check_template};
use crate::domain::process::{Ground, Process, Step, check};
use crate::domain::refusal::{FieldError, Refusal, RefusalKind};

/// A part of a file, which is taken over or left as it is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// What the catalogue says.
    Catalogue,
    /// The declared form.
    Form,
    /// The process of every agency.
    Process,
    /// The fees.
    Fees,
    /// When which papers are asked for.
    Papers,
    /// The words of letters, which are those of every procedure.
    Letters,
}

impl Part {
    /// All parts, in the order in which they are written.
    pub const ALL: [Self; 6] =
        [Self::Catalogue, Self::Form, Self::Process, Self::Fees, Self::Papers, Self::Letters];

    /// Its name in forms.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Catalogue => "catalogue",
            Self::Form => "form",
            Self::Process => "process",
            Self::Fees => "fees",
            Self::Papers => "papers",
            Self::Letters => "letters",
        }
    }
}

/// What a file says, beside what is here.
#[derive(Clone, Debug)]
pub struct Compared {
    /// The procedure.
    pub procedure: ProcedureCode,
    /// Its name in the file.
    pub name: String,
    /// What the catalogue would have to change.
    pub catalogue: catalogue::Report,
    /// The form here, and the one in the file when it is another.
    pub form: Option<(Option<Declaration>, Declaration)>,
    /// The process here, and the steps of the file when they are others.
    pub process: Option<(Option<Process>, Vec<Step>)>,
    /// The fees here, and those of the file when they are others.
    pub fees: Option<(Schedule, Schedule)>,
    /// The lines for papers here, and those of the file when they say something else.
    pub papers: Option<(String, String)>,
    /// Letters whose words are others.
    pub templates: Vec<Kind>,
    /// What drafts answer and the form of the file asks no longer.
    pub lost: Vec<Lost>,
}

/// How a file is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The parts that stay as they are here.
    pub left: BTreeSet<Part>,
    /// Whether it is known that drafts answer questions that go.
    pub drafts_known: bool,
    /// Why; or empty.
    pub note: String,
}

impl Compared {
    /// The parts that would change.
    pub fn parts(&self) -> impl Iterator<Item = Part> {
        Part::ALL.into_iter().filter(|part| match part {
            Part::Catalogue => self.is_new() || !self.catalogue.changed.is_empty(),
            Part::Form => self.form.is_some(),
            Part::Process => self.process.is_some(),
            Part::Fees => self.fees.is_some(),
            Part::Papers => self.papers.is_some(),
            Part::Letters => !self.templates.is_empty(),
        })
    }

    /// Whether the catalogue lacks the procedure.
    pub fn is_new(&self) -> bool {
        !self.catalogue.new.is_empty()
    }
}

impl Office {
    /// A procedure as one file.
    ///
    /// # Errors
    /// There is no such procedure, or the store cannot be read.
    pub fn export_procedure(&self, code: &ProcedureCode) -> Result<Vec<u8>, Failure> {
        let world = self.world();
        let Some(stored) = self.stored_procedure(code)? else {
            let text = super::words::PROCEDURE_UNKNOWN;
            return Err(Refusal::new(RefusalKind::NotFound, text).into());
        };
        let line = world.with_carried(catalogue::export(&[stored], catalogue::Format::Lines)?);
        let process = world.own_process(&common(code));
        let (fees, _) = world.inherited_fees(code);
        let templates = world.notices.templates.iter();
        let bundle = Bundle {
            format: wire::FORMAT.to_owned(),
            version: wire::VERSION,
            procedure: serde_json::from_slice(&line).unwrap_or_default(),
            form: world
                .form_versions(code)
                .first()
                .map(|published| forms::wire::row(&published.form.declaration)),
            process: process.map(|process| process_wire::rows(&process.steps)),
            fees: Some(ScheduleWire::from(&fees)),
            papers: Some(world.checklist_lines(code).lines().map(str::to_owned).collect()),
            templates: templates
                .map(|(kind, template)| wire::template_row(*kind, template))
                .collect(),
        };
        let mut bytes = serde_json::to_vec_pretty(&bundle).unwrap_or_default();
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// Compares a file with what is here, and checks every part of it.
    ///
    /// # Errors
    /// It is no such file, or a part of it cannot be taken over: each place is named.
    pub fn compare_procedure(&self, bytes: &[u8]) -> Result<Compared, Failure> {
        self.compared(&wire::parse(bytes)?, &BTreeSet::new())
    }

    /// Compares a file without the parts that stay as they are here.
    fn compared(&self, bundle: &Bundle, left: &BTreeSet<Part>) -> Result<Compared, Failure> {
        let bundle = bundle.without(left);
        let mut errors = Vec::new();
        let report = match left.contains(&Part::Catalogue) {
            true => catalogue::Report::default(),
            false => self.compared_catalogue(&bundle, &mut errors)?,
        };
        let (procedure, name) = bundle.named();
        let form = bundle.form.as_ref().and_then(|row| below("form", form_of(row), &mut errors));
        let process = bundle.process.as_deref().and_then(|rows| {
            below("process", self.checked_process(&procedure, rows, form.as_ref()), &mut errors)
        });
        let fees = bundle.fees.clone().and_then(|row| below("fees", row.open(), &mut errors));
        let templates = wire::templates(&bundle.templates, &mut errors);
        for (place, (kind, template)) in templates.iter().enumerate() {
            below(&format!("templates[{place}]"), check_template(*kind, template), &mut errors);
        }
        let parts = (form.as_ref(), process.as_ref(), fees.as_ref());
        let known = match left.contains(&Part::Catalogue) {
            true => None,
            false => catalogue_procedure(&bundle),
        };
        let known = known.or_else(|| self.world().procedure(&procedure).cloned());
        if known.is_none() && errors.is_empty() {
            return Err(Refusal::field("procedure", words::CATALOGUE_FIRST).into());
        }
        let papers =
            known.and_then(|known| self.check_together((&bundle, &known), parts, &mut errors));
        if !errors.is_empty() {
            return Err(Refusal::fields(errors).into());
        }
        let world = self.world();
        let old_form = world.form_versions(&procedure).first().map(|p| p.form.declaration.clone());
        let old_process = world.own_process(&common(&procedure)).cloned();
        let (old_fees, _) = world.inherited_fees(&procedure);
        let form = form.filter(|form| old_form.as_ref() != Some(form));
        let process =
            process.filter(|steps| old_process.as_ref().is_none_or(|old| old.steps != *steps));
        let fees = fees.filter(|fees| *fees != old_fees);
        let lost = match &form {
            Some(form) => self.answers_lost(&procedure, form)?,
            None => Vec::new(),
        };
        Ok(Compared {
            lost,
            catalogue: report,
            form: form.map(|form| (old_form, form)),
            process: process.map(|steps| (old_process, steps)),
            fees: fees.map(|fees| (old_fees, fees)),
            papers,
            templates: templates
                .into_iter()
                .filter(|(kind, template)| world.notices.template(*kind) != *template)
                .map(|(kind, _)| kind)
                .collect(),
            procedure,
            name,
        })
    }

    /// Writes what a file says and is not here yet, but the parts that are left. Everything was checked
    /// together before the first part is written.
    ///
    /// # Errors
    /// As [`Office::compare_procedure`], or drafts answer questions that go and that was not known;
    /// nothing has changed then. Or a part is refused when it is
    /// written; what stands before it in the file is written then.
    pub fn import_procedure(
        &self,
        bytes: &[u8],
        wanted: &Wanted,
        by: &str,
    ) -> Result<ProcedureCode, Failure> {
        let bundle = wire::parse(bytes)?;
        let compared = self.compared(&bundle, &wanted.left)?;
        check_lost(&compared.lost, wanted.drafts_known)?;
        let code = compared.procedure.clone();
        if !wanted.left.contains(&Part::Catalogue) {
            let files = [catalogue_file(&bundle)];
            self.import_catalogue(&files, Import { is_strict: true, ..Import::default() })?;
        }
        if let Some((_, form)) = &compared.form {
            let draft = FormDraft {
                procedure: code.clone(),
                declaration: forms::wire::row(form),
                seen: None,
                note: wanted.note.clone(),
                working: None,
                tests: Tests::Tried,
            };
            self.publish_form(&draft, by)?;
        }
        if let Some((_, steps)) = &compared.process {
            let steps = process_wire::rows(steps);
            let whose = common(&code);
            let draft = ProcessDraft { whose, steps, seen: None, tests: Tests::Tried };
            self.publish_process(&draft, by)?;
        }
        if compared.fees.is_some() {
            self.set_fees(None, &code, bundle.fees.clone(), (Tests::Tried, by))?;
        }
        if let Some((_, lines)) = &compared.papers {
            self.set_checklist(&code, Some(lines), (Tests::Tried, by))?;
        }
        for (kind, template) in wire::templates(&bundle.templates, &mut Vec::new()) {
            if compared.templates.contains(&kind) {
                self.set_template(kind, Some(template))?;
            }
        }
        Ok(code)
    }

    fn compared_catalogue(
        &self,
        bundle: &Bundle,
        errors: &mut Vec<FieldError>,
    ) -> Result<catalogue::Report, Failure> {
        let how = Import { is_dry_run: true, ..Import::default() };
        let imported = match self.import_catalogue(&[catalogue_file(bundle)], how) {
            Ok(imported) => imported,
            Err(Failure::Refused(refusal)) => {
                errors.push(FieldError { field: "procedure".to_owned(), text: refusal.text });
                return Ok(catalogue::Report::default());
            }
            Err(fault) => return Err(fault),
        };
        let report = imported.reports.into_iter().next().unwrap_or_default();
        // What is left open matters only where something would be written.
        let is_same = report.new.is_empty() && report.changed.is_empty();
        let open = report.remarks.iter().filter(|_| !is_same);
        for rejected in report.rejected.iter().chain(open) {
            errors
                .push(FieldError { field: "procedure".to_owned(), text: rejected.reason.clone() });
        }
        Ok(report)
    }

    /// Refuses parts of a file that do not fit each other, or what stays here: answers that a process,
    /// fees or the conditions of papers look at, and test cases, tried with everything as it would be.
    /// The lines for papers here and in the file, when they say something else.
    fn check_together(
        &self,
        (bundle, known): (&Bundle, &Procedure),
        (form, process, fees): (Option<&Declaration>, Option<&Vec<Step>>, Option<&Schedule>),
        errors: &mut Vec<FieldError>,
    ) -> Option<(String, String)> {
        let world = self.world();
        let code = known.code.clone();
        let form = form.or_else(|| world.form(&code, None).map(|form| &form.declaration));
        let lines = bundle.papers.as_ref().map(|lines| lines.join("\n"));
        let papers = lines.and_then(|lines| {
            let rules = below("papers", checked(&lines, known, form), errors)?;
            Some((lines, rules))
        });
        let other = papers.as_ref().filter(|(_, rules)| *rules != world.checklist_of(known, form));
        let other = other.map(|(lines, _)| (world.checklist_lines(&code), lines.clone()));
        let Some(declaration) = form else { return other };
        let mut around = world.around_of(known, local(self.now()).date());
        around.steps = process.cloned().or(around.steps);
        around.fees = fees.cloned().unwrap_or(around.fees);
        match papers {
            Some((_, rules)) => around.rules = rules,
            None => {
                below("form", world.check_asked(&code, declaration), errors);
            }
        }
        let staying = world.processes_of(&code);
        let staying = staying.filter(|own| own.agency.is_some() || process.is_none());
        below("form", self.check_used(&code, declaration, staying), errors);
        if let Some(fees) = fees {
            below("fees", check_counted(fees, declaration), errors);
        }
        below("form", tried(declaration, &around), errors);
        other
    }

    /// Steps that can be a process of a procedure, which need not be here yet.
    fn checked_process(
        &self,
        procedure: &ProcedureCode,
        rows: &[process_wire::StepRow],
        form: Option<&Declaration>,
    ) -> Result<Vec<Step>, Refusal> {
        let world = self.world();
        let steps = process_wire::steps(rows)?;
        let competent = world.deciders(procedure);
        let here = world.form(procedure, None).map(|form| &form.declaration);
        let names = form.or(here).map(Declaration::names);
        let ground = Ground {
            competent: &competent,
            agency: &|code| world.agency(code),
            is_open: &|code| world.is_open(code),
            hours: world.published_hours(&common(procedure), self.now()),
            fields: names.as_ref(),
        };
        check(&steps, &ground)?;
        Ok(steps)
    }
}

/// The process of every agency.
fn common(procedure: &ProcedureCode) -> processes::Whose {
    Whose { procedure: procedure.clone(), agency: None }
}

/// What the catalogue says, as a file of its own.
fn catalogue_file(bundle: &Bundle) -> (String, Vec<u8>) {
    ("procedure.jsonl".to_owned(), bundle.procedure.to_string().into_bytes())
}

/// The procedure that a file speaks of, as the catalogue would have it.
fn catalogue_procedure(bundle: &Bundle) -> Option<Procedure> {
    let (name, bytes) = catalogue_file(bundle);
    let rows = catalogue::parse(&name, &bytes).ok()?.rows;
    rows.into_iter().find_map(|row| match row.facts {
        catalogue::Facts::Line(line) => Some(line.procedure),
        catalogue::Facts::List(_) => None,
    })
}

/// A form that can be one, whosever it is.
fn form_of(row: &DeclarationRow) -> Result<Declaration, Refusal> {
    let declaration = forms::wire::declaration(row)?;
    check_form(&declaration)?;
    Ok(declaration)
}

/// A part of the file; what is wrong with it is named below the part's name.
fn below<T>(part: &str, read: Result<T, Refusal>, errors: &mut Vec<FieldError>) -> Option<T> {
    let refusal = match read {
        Ok(read) => return Some(read),
        Err(refusal) => refusal,
    };
    if refusal.fields.is_empty() {
        errors.push(FieldError { field: part.to_owned(), text: refusal.text });
    }
    let named = refusal.fields.into_iter();
    errors.extend(named.map(|e| FieldError { field: format!("{part}.{}", e.field), text: e.text }));
    None
}

/// The words of a letter in a file.
type Words = (Kind, Template);
