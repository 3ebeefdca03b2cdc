//! What is typed at the counter into a citizen's draft goes back into it with every look at the form, so
//! that nothing is lost when it is left without a reception.

use super::drafted::{NOTE, SEEN_AT, seen_at};
use super::form;
use super::state::Counter;
use crate::domain::ids::AttachmentId;
use crate::office::Failure;
use crate::office::drafts::{Answers, Draft};
use crate::web::components::AddressParts;
use crate::web::desk::access::Desk;
use crate::web::desk::dates;
use crate::web::desk::posted::Posted;

/// How the writing back ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum GivenBack {
    /// The form comes from no draft, or that is gone or sent.
    Nothing,
    /// The draft has what the form has.
    Written,
    /// The citizen has changed the draft meanwhile: it is left as it is.
    ChangedThere,
}

/// Writes what the form has into the draft that it came from.
///
/// # Errors
/// The relaxed store fails.
pub(super) fn give_back(desk: &Desk, counter: &mut Counter) -> Result<GivenBack, Failure> {
    let Some(note) = counter.sent.some(NOTE) else { return Ok(GivenBack::Nothing) };
    let Some(draft) = desk.office().draft_of_note(&note)?.filter(|draft| draft.sent.is_none())
    else {
        return Ok(GivenBack::Nothing);
    };
    if counter.sent.get(SEEN_AT) != seen_at(&draft) {
        return Ok(GivenBack::ChangedThere);
    }
    let files = scanned(desk, &counter.sent, &draft);
    let known: Vec<AttachmentId> = files.iter().map(|(_, file)| *file).collect();
    let sent = &counter.sent;
    let changed = desk.office().change_at_desk(&desk.staff, &note, &known, |draft| {
        write(&mut draft.answers, sent, draft.procedure == sent.get("procedure"));
        for (component, file) in &files {
            draft.add_file(component, *file);
        }
    })?;
    if let Some(draft) = changed {
        counter.sent.set(SEEN_AT, seen_at(&draft));
    }
    Ok(GivenBack::Written)
}

/// Files of the form that the draft does not have yet.
fn scanned(desk: &Desk, sent: &Posted, draft: &Draft) -> Vec<(String, AttachmentId)> {
    let components = sent.file_fields();
    let components = components.iter().filter_map(|name| name.strip_prefix("f."));
    let files = components.flat_map(|component| {
        let uploads = sent.uploads(desk, &format!("f.{component}")).into_iter();
        uploads.map(move |upload| (component.to_owned(), upload.id))
    });
    files.filter(|(_, file)| draft.files.iter().all(|(_, known)| known != file)).collect()
}

/// The form's fields under the names of the draft's answers.
fn write(answers: &mut Answers, sent: &Posted, is_same_procedure: bool) {
    let mut set = |name: &str, value: &str| {
        answers.insert(name.to_owned(), value.to_owned());
    };
    match sent.get("who") {
        "authorised" => set("who", "mandate"),
        "legal" => set("who", "law"),
        "self" => set("who", "self"),
        _ => {}
    }
    for (name, own) in [
        ("mandate.paper", "mandate_paper"),
        ("return", "return_channel"),
        ("competent", "competent"),
    ] {
        if sent.has(own) && !sent.get(own).is_empty() {
            set(name, sent.get(own));
        }
    }
    for who in ["applicant", "owner"] {
        let birth = format!("{who}.birth_date");
        for (name, value) in sent.carried().filter(|(name, _)| *name != birth) {
            if name.strip_prefix(who).is_some_and(|rest| rest.starts_with('.')) {
                set(name, value.trim());
            }
        }
        if let Some(day) = dates::date(sent.get(&birth)) {
            set(&format!("{birth}.day"), &day.day().to_string());
            set(&format!("{birth}.month"), &day.month().to_string());
            set(&format!("{birth}.year"), &day.year().to_string());
        }
        let address = format!("{who}.address");
        let line = AddressParts::line_of(&address, |name| sent.has(name).then(|| sent.get(name)));
        if !line.is_empty() {
            set(&address, &line);
        }
    }
    if is_same_procedure && sent.has(form::OPEN) {
        let typed = sent.carried().filter(|(name, _)| form::is_answer(name));
        let typed: Vec<(String, String)> =
            typed.map(|(name, value)| (name.to_owned(), value.trim().to_owned())).collect();
        answers.retain(|name, _| !form::is_answer(name));
        answers.extend(typed);
    }
}
