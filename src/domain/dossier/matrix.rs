//! Every status × action × actor against the table of domain section 3, written down here once more.

use std::sync::LazyLock;

use super::fixture::{
    ASKED, Case, DEPARTMENT, STRANGER, WARD, WORLD, World, assign, missing, receptionist, rules,
    staff,
};
use super::{
    Action, Actor, Dossier, Event, FeeKind, FeeLine, PaymentMethod, Stage, Status, check_possible,
};
use crate::domain::agency::Role;
use crate::domain::catalogue::Channel;
use crate::domain::process::fixture::{land, step};
use crate::domain::process::{EndsWith, Process};
use crate::domain::refusal::RefusalKind;

/// The table: action, transitions by national codes, who. `=` is the same status, `o` the status
/// that the dossier came from; `5*` is a supplement before reception. Sides: `r` receiving, `c`
/// competent, `e` either of them, `a` asked for its opinion.
#[rustfmt::skip]
pub(super) const TABLE: [(&str, &str, &str); 38] = [
    ("accept",              "1>2",                              "receptionist:r"),
    ("refuse",              "1>3 5*>3",                         "receptionist:r"),
    ("request_supplement",  "1>5* 2>5 4>5",                     "receptionist:r processor:c"),
    ("supplement",          "5>o 5*>o",                         "applicant receptionist:r"),
    ("add_papers",          "1>=",                              "applicant"),
    ("transfer",            "1>= 2>=",                          "receptionist:r"),
    ("change_procedure",    "1>= 2>=",                          "receptionist:r"),
    ("assign",              "2>4 4>4",                          "receptionist:r coordinator:e processor:c"),
    ("forward",             "2>4 4>4",                          "receptionist:r coordinator:e processor:c"),
    ("consult",             "4>4",                              "processor:c"),
    ("answer_consultation", "4>4",                              "processor:a"),
    ("submit_for_approval", "4>4",                              "processor:c"),
    ("approve",             "4>4",                              "approver:c"),
    ("return_for_rework",   "4>4",                              "approver:c"),
    ("issue_number",        "4>4",                              "clerk:c"),
    ("complete_step",       "2>= 4>=",                          "processor:c head:c step"),
    ("request_payment",     "1>= 2>= 4>= 9>= 2>6 4>6",          "processor:c cashier:e"),
    ("record_payment",      "1>= 2>= 4>= 9>= 6>= 6>o",          "processor:c cashier:e"),
    ("reverse_payment",     "1>= 2>= 3>= 4>= 6>= 8>= 9>= 10>= 2>6 4>6", "cashier:e"),
    ("cancel_payment_request", "1>= 2>= 4>= 6>= 9>= 6>o",       "processor:c cashier:e"),
    ("declare_transfer",    "1>= 2>= 4>= 6>= 9>=",              "applicant"),
    ("reject_transfer",     "1>= 2>= 4>= 6>= 9>=",              "cashier:e"),
    ("extend",              "2>= 4>=",                          "approver:c"),
    ("request_withdrawal",  "1>8 2>7 4>7 5>7 5*>7 6>7",         "applicant receptionist:r"),
    ("approve_withdrawal",  "7>8",                              "processor:c"),
    ("reject_withdrawal",   "7>o",                              "processor:c"),
    ("stop",                "2>8 4>8 5>8 5*>8 6>8",             "approver:c system"),
    ("finish",              "4>9",                              "processor:c"),
    ("receive_result",      "9>9",                              "receptionist:r"),
    ("deliver",             "9>10",                             "receptionist:r system"),
    ("certify",             "2>10 4>10",                        "receptionist:c"),
    ("return_papers",       "3>= 8>= 10>=",                     "receptionist:r"),
    ("correct",             "1>= 2>= 4>= 5>= 5*>= 6>= 7>=",     "receptionist:r"),
    ("request_correction",  "1>= 2>= 4>= 5>= 5*>= 6>= 7>=",     "applicant"),
    ("reject_correction",   "2>= 4>= 5>= 6>= 7>=",              "receptionist:r"),
    ("correct_result",      "9>= 10>=",                         "receptionist:r"),
    ("void",                "1>8 2>8",                          "head:e"),
    ("note",                "1>= 2>= 3>= 4>= 5>= 5*>= 6>= 7>= 8>= 9>= 10>=", "desk"),
];

/// What an action needs, by the stages: work, awaiting approval, approved, numbered. A step can be
/// completed while one is open that no other action ends; [`dossiers`] has one, in stage work.
const STAGES: [(&str, [bool; 4]); 5] = [
    ("submit_for_approval", [true, false, false, false]),
    ("approve", [false, true, false, false]),
    ("return_for_rework", [false, true, true, true]),
    ("issue_number", [false, false, true, true]),
    ("finish", [false, false, true, true]),
];

/// Who does the open step of [`in_process`].
const DOER: (Role, &str) = (Role::Clerk, DEPARTMENT);

/// The status as the table writes it.
pub(super) fn code(dossier: &Dossier) -> String {
    let early = dossier.status == Status::SupplementRequired && dossier.received_at.is_none();
    format!("{}{}", dossier.status.code(), if early { "*" } else { "" })
}

/// The row of an action.
pub(super) fn row(action: Action) -> (&'static str, &'static str) {
    let row = TABLE.iter().find(|row| row.0 == action.id());
    let (_, transitions, who) = row.unwrap_or_else(|| panic!("{} has no row", action.id()));
    (transitions, who)
}

fn in_who(who: &str, actor: &Actor, has_step: bool) -> bool {
    who.split(' ').any(|who| match (who.split_once(':'), actor) {
        (None, Actor::Staff(staff)) if who == "step" => {
            has_step && staff.is(DOER.0) && staff.agency.as_str() == DOER.1
        }
        (None, Actor::Applicant) => who == "applicant",
        (None, Actor::System) => who == "system",
        (None, Actor::Staff(_)) => who == "desk",
        (Some((role, side)), Actor::Staff(staff)) => {
            let agencies: &[&str] = match side {
                "r" => &[WARD],
                "c" => &[DEPARTMENT],
                "e" => &[WARD, DEPARTMENT],
                _ => &[ASKED],
            };
            staff.roles[0].id() == role && agencies.contains(&staff.agency.as_str())
        }
        _ => false,
    })
}

fn expected(dossier: &Dossier, action: Action, actor: &Actor) -> Option<RefusalKind> {
    let (transitions, who) = row(action);
    if let Actor::Staff(staff) = actor {
        let works = !matches!(staff.roles[0], Role::Admin | Role::Integration);
        if staff.agency.as_str() == STRANGER || !works {
            return Some(RefusalKind::NotFound);
        }
        if staff.roles[0] == Role::Auditor {
            return Some(RefusalKind::Forbidden);
        }
    }
    let has_step = dossier.run.is_some();
    if !in_who(who, actor, has_step) {
        return Some(RefusalKind::Forbidden);
    }
    let from = code(dossier);
    let listed = transitions.split(' ').any(|t| t.split_once('>').is_some_and(|t| t.0 == from));
    let staged = STAGES.iter().find(|row| row.0 == action.id());
    let in_stage = staged.is_none_or(|(_, stages)| stages[dossier.stage as usize]);
    // A transfer is declared once, and looked for when it is declared.
    let in_turn = match action {
        Action::DeclareTransfer => dossier.declared.is_none(),
        Action::RejectTransfer => dossier.declared.is_some(),
        _ => true,
    };
    let in_stage = in_stage && (action != Action::CompleteStep || has_step);
    (!listed || !in_stage || !in_turn).then_some(RefusalKind::Impossible)
}

/// A dossier in every status, twice where the table tells them apart, and in every stage; each with
/// a fee that was paid and an open one, asked about, and asked to be corrected; every other one with a
/// declared transfer.
fn dossiers() -> Vec<Dossier> {
    let mut cases: Vec<_> = Status::ALL.into_iter().map(Case::in_status).collect();
    cases.push(Case::online().after(receptionist(), missing()));
    cases.push(Case::submitted_for_approval());
    cases.push(Case::approved());
    let mut numbered = Case::approved();
    numbered.dossier.stage = Stage::Numbered;
    cases.push(numbered);
    cases.extend(in_process());
    let fees = vec![FeeLine::free("Lệ phí", 1, FeeKind::Fee)];
    let open = [
        Event::PaymentRequested { fees },
        Event::Consulted {
            agency: ASKED.into(),
            unit: None,
            question: "?".to_owned(),
            due_at: cases[0].now,
            shares: Vec::new(),
        },
        Event::CorrectionRequested { changes: Vec::new(), reason: "?".to_owned() },
    ];
    cases
        .into_iter()
        .enumerate()
        .map(|(position, mut case)| {
            let paid = Event::PaymentRecorded {
                method: PaymentMethod::Cash,
                receipt_number: None,
                due_at: None,
                request: Some(case.dossier.fees.len() as u32 + 1),
            };
            let declared = Event::TransferDeclared { amount: 1 };
            let declared = position.is_multiple_of(2).then_some(&declared);
            let events = [&open[0], &paid].into_iter().chain(&open).chain(declared);
            events.for_each(|event| case.dossier.apply(case.now, event));
            case.dossier
        })
        .collect()
}

/// Received and given on, in a process whose only step is the clerk's.
fn in_process() -> [Case<'static>; 2] {
    static WITH_STEP: LazyLock<World> = LazyLock::new(|| {
        let steps = vec![step("a", DOER.0, 8, EndsWith::Complete)];
        World::new(rules()).with_process(Process { steps, ..land() })
    });
    let received = || Case::filed(&WITH_STEP, Channel::Counter);
    [received(), received().after(receptionist(), assign())]
}

fn actors() -> Vec<Actor> {
    let mut actors = vec![Actor::Applicant, Actor::System, Actor::Program("p".to_owned())];
    for agency in [WARD, DEPARTMENT, ASKED, STRANGER] {
        actors.extend(Role::ALL.into_iter().map(|role| staff(role, agency)));
    }
    actors
}

#[test]
fn every_cell_of_the_table_is_as_written() {
    assert_eq!(TABLE.len(), Action::ALL.len());
    let mut wrong = Vec::new();
    for dossier in dossiers() {
        for action in Action::ALL {
            for actor in actors() {
                let may = check_possible(&dossier, *action, &actor, &WORLD.rules);
                let (found, wanted) =
                    (may.err().map(|r| r.kind), expected(&dossier, *action, &actor));
                if found != wanted {
                    let (id, who) = (action.id(), actor.label());
                    wrong.push(format!(
                        "{} {:?} {id} {who}: {found:?}, not {wanted:?}",
                        code(&dossier),
                        dossier.stage
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
