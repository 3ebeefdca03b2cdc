//! The process of procedures that have none: what the law's actions alone make of a dossier.

use std::sync::LazyLock;

use super::{EndsWith, Performer, Process, Step, words};
use crate::domain::agency::Role;
use crate::domain::ids::ProcedureCode;
use crate::domain::words::{Lang, Message};

static USUAL: LazyLock<Process> = LazyLock::new(|| {
    let step = |id: &str, name: Message, role, ends_with| Step {
        id: id.into(),
        name: name.vi.to_owned(),
        by: Performer::Role(role),
        hours: 0,
        does: String::new(),
        document: String::new(),
        consults: None,
        parallel: false,
        skip_when: None,
        ends_with,
    };
    let steps = vec![
        step("b1", words::USUAL_ASSIGN, Role::Receptionist, EndsWith::Assign),
        step("b2", words::USUAL_WORK, Role::Processor, EndsWith::Submit),
        step("b3", words::USUAL_APPROVE, Role::Approver, EndsWith::Approve),
        step("b4", words::USUAL_FINISH, Role::Processor, EndsWith::Finish),
    ];
    Process { procedure: ProcedureCode::from(""), agency: None, version: 0, steps }
});

/// The usual process: four steps, each ended by an action of the law. Its hours are shared out of each
/// dossier's own duration.
pub fn usual() -> &'static Process {
    &USUAL
}

/// The name of a step: the usual process speaks both languages, an agency's own is as it was written.
pub fn step_name(process: &Process, place: usize, lang: Lang) -> &str {
    const NAMES: [Message; 4] =
        [words::USUAL_ASSIGN, words::USUAL_WORK, words::USUAL_APPROVE, words::USUAL_FINISH];
    match (process.version, NAMES.get(place)) {
        (0, Some(name)) => name.say(lang),
        _ => process.steps.get(place).map_or("", |step| step.name.as_str()),
    }
}
