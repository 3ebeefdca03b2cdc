//! From what an action's form sent to the command.

use jiff::Timestamp;

use super::access::Desk;
use super::assignees::assignee;
use super::money;
use super::posted::Posted;
use super::results;
use super::{certifying, dates};
use crate::domain::catalogue::Channel;
use crate::domain::dossier::{
    Action, CheckedPaper, Command, Directory, Dossier, Evidence, FormValue, MissingItem, PaperForm,
};
use crate::domain::form::Declaration;
use crate::domain::ids::{AgencyCode, AttachmentId, ProcedureCode, StepId, UnitCode};
use crate::domain::refusal::{FieldError, Refusal};
use crate::office::acting::Files;
use crate::office::finding::{Hit, Query};
use crate::web::asking::SHOWN;
use crate::web::components::AddressParts;
use crate::web::restating::{Restating, at_questions, form_of};
use crate::web::stated::{Stated, correctable};
use crate::web::words::desk_actions as words;

/// Rows of free lines that a form may have.
pub const MAX_ROWS: usize = 20;

/// A command with its files, and the names that the form gave to what the command calls otherwise.
pub struct Read {
    /// The command.
    pub command: Command,
    /// Its files.
    pub files: Files,
    /// From the command's field names to the form's.
    pub names: Vec<(String, String)>,
}

impl Read {
    fn plain(command: Command) -> Self {
        Self { command, files: Files::default(), names: Vec::new() }
    }

    /// The same refusal at the fields of the form.
    pub fn at_form(&self, mut refusal: Refusal) -> Refusal {
        at_questions(&mut refusal.fields);
        for error in &mut refusal.fields {
            let known = self.names.iter().find(|(theirs, _)| *theirs == error.field);
            if let Some((_, ours)) = known {
                error.field.clone_from(ours);
            }
        }
        refusal
    }
}

/// Reads the form of an action.
///
/// # Errors
/// A refusal at the form's fields.
pub fn read(
    desk: &Desk,
    dossier: &Dossier,
    action: Action,
    posted: &Posted,
) -> Result<Read, Refusal> {
    if !posted.refused.is_empty() {
        return Err(Refusal::fields(posted.refused.clone()));
    }
    let reason = || posted.get("reason").to_owned();
    let (to, unit) = assignee(posted.get("to"));
    let command = match action {
        Action::Accept => return accept(desk, dossier, posted),
        Action::RequestSupplement => return request_supplement(desk, dossier, posted),
        Action::Supplement => return Ok(supplement(desk, posted)),
        Action::Finish => return Ok(results::read_finish(desk, posted)),
        Action::SubmitForApproval => return Ok(results::read_draft(desk, posted)),
        Action::RequestPayment => return money::read_request(desk, dossier, posted),
        Action::Refuse => Command::Refuse { reason: reason() },
        Action::Transfer => {
            Command::Transfer { agency: AgencyCode::new(posted.get("agency")), reason: reason() }
        }
        Action::ChangeProcedure => {
            Command::ChangeProcedure { procedure: right_procedure(desk, posted)?, reason: reason() }
        }
        Action::Assign => Command::Assign { to, unit },
        Action::Forward => Command::Forward { to, unit },
        Action::Consult => return consult(desk, dossier, posted),
        Action::AnswerConsultation => return Ok(answer(desk, posted)),
        Action::Approve => Command::Approve,
        Action::ReturnForRework => Command::ReturnForRework { reason: reason() },
        Action::IssueNumber => Command::IssueNumber {
            number: posted.get("number").to_owned(),
            date: dates::date(posted.get("date"))
                .ok_or_else(|| Refusal::field("date", words::DATE_NOT_REAL))?,
        },
        Action::CompleteStep => {
            Command::CompleteStep { step: posted.some("step").map(StepId::new) }
        }
        Action::RecordPayment => money::read_payment(posted)?,
        Action::ReversePayment => money::read_reversal(posted)?,
        Action::CancelPaymentRequest | Action::DeclareTransfer | Action::RejectTransfer => {
            money::read_other(action, posted)?
        }
        Action::Extend => {
            Command::Extend { due_at: due_needed(desk, dossier, posted)?, reason: reason() }
        }
        Action::RequestWithdrawal => Command::RequestWithdrawal { reason: reason() },
        Action::ApproveWithdrawal => Command::ApproveWithdrawal,
        Action::RejectWithdrawal => Command::RejectWithdrawal { reason: reason() },
        Action::Stop => {
            Command::Stop { reason: reason(), decision_number: posted.some("decision_number") }
        }
        Action::ReceiveResult => Command::ReceiveResult,
        Action::Deliver => results::read_delivery(posted),
        Action::Certify => certifying::read(desk, dossier, posted)?,
        Action::ReturnPapers => return_papers(posted),
        Action::Correct | Action::CorrectResult | Action::RequestCorrection => {
            return Ok(correction(desk, action, dossier, posted));
        }
        Action::RejectCorrection => Command::RejectCorrection { reason: reason() },
        // An applicant's alone; the desk adds files by a form of its own.
        Action::AddPapers => Command::AddPapers { attachments: Vec::new() },
        Action::Void => Command::Void { reason: reason() },
        Action::Note => Command::Note,
    };
    Ok(Read::plain(command))
}

fn correction(desk: &Desk, action: Action, dossier: &Dossier, posted: &Posted) -> Read {
    let world = desk.office().world();
    let form = form_of(&world, dossier);
    let (mut changes, reason) = (changes(dossier, form, posted), posted.get("reason").to_owned());
    if let Some(form) = form.filter(|_| posted.has(SHOWN)) {
        let said = Restating::of(desk.office(), form, dossier, posted.carried(), false);
        changes.extend(said.changes(dossier));
    }
    Read::plain(match action {
        Action::CorrectResult => Command::CorrectResult { changes, reason },
        Action::RequestCorrection => Command::RequestCorrection { changes, reason },
        _ => Command::Correct { changes, reason },
    })
}

/// The way in or out with this name.
pub fn channel(id: &str) -> Option<Channel> {
    match id {
        "counter" => Some(Channel::Counter),
        "online" => Some(Channel::Online),
        "post" => Some(Channel::Post),
        _ => None,
    }
}

/// Procedures that a search for the right one offers.
const MOST_HITS: usize = 7;

/// What a search finds; the procedure alone, when its code was typed.
pub fn procedures_found(desk: &Desk, typed: &str) -> Vec<Hit> {
    if typed.is_empty() {
        return Vec::new();
    }
    let query = Query { text: typed, limit: MOST_HITS, ..Query::default() };
    let found = desk.office().procedure_index().search(&query);
    let mut hits = found.map(|found| found.hits).unwrap_or_default();
    if hits.iter().any(|hit| hit.code.as_str() == typed) {
        hits.retain(|hit| hit.code.as_str() == typed);
    }
    hits
}

/// The procedure that was typed by its code, or chosen from what was found.
pub fn right_procedure(desk: &Desk, posted: &Posted) -> Result<ProcedureCode, Refusal> {
    let typed = posted.get("procedure");
    let code = ProcedureCode::new(typed);
    if typed.is_empty() || desk.office().world().procedure(&code).is_some() {
        return Ok(code);
    }
    let hits = procedures_found(desk, typed);
    let chosen = hits.into_iter().find(|hit| hit.code.as_str() == posted.get("procedure.hit"));
    let missing = || Refusal::field("procedure", words::PROCEDURE_CHOOSE);
    chosen.map(|hit| hit.code).ok_or_else(missing)
}

fn count(posted: &Posted, field: &str, refuse: &mut Vec<FieldError>) -> u32 {
    match posted.get(field) {
        "" => 0,
        typed => typed.parse().ok().filter(|n| *n <= 99).unwrap_or_else(|| {
            let text = words::COUNT_WRONG.into();
            refuse.push(FieldError { field: field.to_owned(), text });
            0
        }),
    }
}

/// The papers that were ticked, with their numbers.
pub fn checked_papers(posted: &Posted) -> Result<Vec<CheckedPaper>, Refusal> {
    let mut errors = Vec::new();
    for id in posted.all("paper") {
        let field = format!("n.{id}");
        let typed = posted.get(&field);
        if !typed.is_empty() && dates::date(typed).is_none() {
            let text = dates::no_date(typed, words::DATE_NOT_REAL);
            errors.push(FieldError { field, text });
        }
    }
    let checked = posted.all("paper").map(|id| CheckedPaper {
        component: id.to_owned(),
        originals: count(posted, &format!("o.{id}"), &mut errors),
        copies: count(posted, &format!("c.{id}"), &mut errors),
        evidence: evidence(posted, id),
    });
    let checked = checked.collect();
    if errors.is_empty() { Ok(checked) } else { Err(Refusal::fields(errors)) }
}

/// What was written down of a paper; a date that is none is named.
pub fn evidence(posted: &Posted, id: &str) -> Evidence {
    Evidence {
        form: PaperForm::from_id(posted.get(&format!("h.{id}"))),
        number: posted.some(&format!("s.{id}")),
        issued_on: dates::date(posted.get(&format!("n.{id}"))),
        issuer: posted.some(&format!("i.{id}")),
    }
}

fn accept(desk: &Desk, dossier: &Dossier, posted: &Posted) -> Result<Read, Refusal> {
    let components = checked_papers(posted)?;
    if components.is_empty() && !asked_papers(desk, dossier).is_empty() {
        return Err(Refusal::field("paper", words::PAPERS_UNCHECKED));
    }
    let names = asked_papers(desk, dossier)
        .into_iter()
        .map(|(id, _)| (format!("components.{id}"), format!("paper.{id}")));
    let dates = components.iter().enumerate().map(|(row, paper)| {
        (format!("components[{row}].issued_on"), format!("n.{}", paper.component))
    });
    let names = names.chain(dates).collect();
    Ok(Read { command: Command::Accept { components }, files: Files::default(), names })
}

fn request_supplement(desk: &Desk, dossier: &Dossier, posted: &Posted) -> Result<Read, Refusal> {
    let mut items = Vec::new();
    let mut names = Vec::new();
    let ticked: Vec<&str> = posted.all("item").collect();
    for (id, _) in asked_papers(desk, dossier) {
        let field = format!("reason.{id}");
        let reason = posted.get(&field).to_owned();
        // A reason alone means the paper too: nobody writes one for nothing.
        if ticked.contains(&id.as_str()) || !reason.is_empty() {
            names.push((format!("items[{}].reason", items.len()), field));
            items.push(MissingItem { component: Some(id), reason });
        }
    }
    for row in 0..MAX_ROWS {
        let field = format!("other.{row}");
        let reason = posted.get(&field).to_owned();
        if !reason.is_empty() {
            names.push((format!("items[{}].reason", items.len()), field));
            items.push(MissingItem { component: None, reason });
        }
    }
    names.push(("items".to_owned(), "item".to_owned()));
    let due_at = due_asked(desk, dossier, posted)?;
    let command = Command::RequestSupplement { items, due_at };
    Ok(Read { command, files: Files::default(), names })
}

/// The papers that can be asked for: those of the procedure, and those handed in beside them.
pub fn asked_papers(desk: &Desk, dossier: &Dossier) -> Vec<(String, String)> {
    let world = desk.office().world();
    let mut papers: Vec<(String, String)> = world
        .procedure(&dossier.procedure)
        .map(|procedure| {
            let named = procedure.components.iter();
            named.map(|c| (c.id.to_string(), c.name.clone())).collect()
        })
        .unwrap_or_default();
    for paper in &dossier.components {
        if !papers.iter().any(|(id, _)| *id == paper.component.as_str()) {
            papers.push((paper.component.to_string(), paper.name.clone()));
        }
    }
    papers
}

fn due_asked(
    desk: &Desk,
    dossier: &Dossier,
    posted: &Posted,
) -> Result<Option<Timestamp>, Refusal> {
    let typed = posted.get("due_at");
    if typed.is_empty() {
        return Ok(None);
    }
    let world = desk.office().world();
    let calendar = world.calendar(&dossier.competent_agency);
    let wrong = || Refusal::field("due_at", words::DUE_NOT_REAL);
    let date = dates::date(typed).ok_or_else(wrong)?;
    dates::closing(calendar, date).ok_or_else(wrong).map(Some)
}

fn due_needed(desk: &Desk, dossier: &Dossier, posted: &Posted) -> Result<Timestamp, Refusal> {
    due_asked(desk, dossier, posted)?.ok_or_else(|| Refusal::field("due_at", words::DUE_MISSING))
}

fn supplement(desk: &Desk, posted: &Posted) -> Read {
    let mut files = Vec::new();
    for field in posted.file_fields() {
        let component = field.strip_prefix("u.").filter(|id| !id.is_empty()).map(str::to_owned);
        let uploads = posted.uploads(desk, &field);
        files.extend(uploads.into_iter().map(|upload| (component.clone(), upload.id)));
    }
    let text = posted.some("text");
    let command = Command::Supplement { attachments: Vec::new(), text, promised: Vec::new() };
    Read { command, files: Files(files), names: Vec::new() }
}

fn answer(desk: &Desk, posted: &Posted) -> Read {
    let uploads = posted.uploads(desk, "answer.uploads");
    let files = uploads.into_iter().map(|upload| (None, upload.id)).collect();
    let command = Command::AnswerConsultation {
        number: posted.get("number").parse().unwrap_or(0),
        answer: posted.get("answer").to_owned(),
        attachments: Vec::new(),
    };
    let names = vec![("consultation".to_owned(), "number".to_owned())];
    Read { command, files: Files(files), names }
}

fn consult(desk: &Desk, dossier: &Dossier, posted: &Posted) -> Result<Read, Refusal> {
    let (agency, unit) = match posted.get("whom").split_once(':') {
        Some(("a", code)) => (Some(AgencyCode::from(code)), None),
        Some(("u", code)) => (None, Some(UnitCode::from(code))),
        _ => (None, None),
    };
    if agency.is_none() && unit.is_none() {
        return Err(Refusal::field("whom", words::WHOM_MISSING));
    }
    let due_at = due_needed(desk, dossier, posted)?;
    let shares: Vec<AttachmentId> = posted.all("shares").filter_map(|id| id.parse().ok()).collect();
    let places = (0..shares.len()).map(|at| (format!("attachments[{at}]"), "shares".to_owned()));
    let mut names: Vec<(String, String)> = places.collect();
    // The form has one list for agencies and units.
    names.extend(["agency", "unit"].map(|name| (name.to_owned(), "whom".to_owned())));
    let question = posted.get("question").to_owned();
    let command = Command::Consult { agency, unit, question, due_at, shares };
    Ok(Read { command, files: Files::default(), names })
}

fn return_papers(posted: &Posted) -> Command {
    let ticked = posted.all("items").map(str::to_owned);
    let other = posted.some("other");
    Command::ReturnPapers {
        items: ticked.chain(other).collect(),
        received_by: posted.get("received_by").to_owned(),
    }
}

/// The fields that differ from what stands in the dossier.
fn changes(
    dossier: &Dossier,
    form: Option<&Declaration>,
    posted: &Posted,
) -> Vec<(String, FormValue)> {
    let standing = correctable(dossier, form);
    let changed = standing.into_iter().filter_map(|Stated { path, value: old, .. }| {
        let typed = corrected(posted, &path, &old)?;
        let new = match path.ends_with("birth_date") {
            // What is no date goes on as typed, so that the refusal names it.
            true => dates::date(&typed).map_or(typed, |date| date.to_string()),
            false => typed,
        };
        Some((path, FormValue::Text(new)))
    });
    changed.collect()
}

/// What was typed in place of what stands in a field; none when it is the same.
fn corrected(posted: &Posted, path: &str, old: &str) -> Option<String> {
    let field = format!("changes.{path}");
    let get = |name: &str| posted.has(name).then(|| posted.get(name));
    if AddressParts::names(&field).iter().any(|name| posted.has(name)) {
        return AddressParts::instead_of(old, &field, get);
    }
    get(&field).filter(|typed| *typed != old).map(str::to_owned)
}
