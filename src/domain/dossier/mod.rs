//! The dossier (hồ sơ): commands and state in, events or a refusal out.
//!
//! [`decide`] is the rule, [`Dossier::apply`] the only way in which a dossier changes. There is one
//! file per command; [`Action`] is the table of who may do what in which status.

mod accept;
mod action;
mod actor;
mod add_papers;
mod answer_consultation;
mod answers;
mod apply;
mod approve;
mod assign;
mod attach;
mod cancel_payment_request;
mod certification;
mod certify;
mod change_procedure;
mod clock;
mod command;
mod complete_step;
mod consult;
mod correct;
mod correction;
mod decide;
mod deliver;
mod digitise;
mod echoes;
mod event;
mod evidence;
mod extend;
mod finish;
#[cfg(test)]
mod fixture;
mod issue_number;
#[cfg(test)]
mod laws;
mod link;
pub mod linking;
#[cfg(test)]
mod matrix;
mod money;
mod number;
mod persons;
mod queue;
mod receive_result;
mod record_payment;
mod refuse;
mod request_correction;
mod request_payment;
mod request_supplement;
mod request_withdrawal;
mod return_for_rework;
mod return_papers;
mod reverse_payment;
mod rights;
mod stages;
mod state;
mod status;
mod steps;
mod stop;
mod submit;
mod submit_for_approval;
mod supplement;
mod take_over;
mod transfer;
mod transfers;
mod void;
mod withdrawal;
pub mod words;

pub use action::{Action, Who};
pub use actor::{Actor, Directory, Intake, Side};
pub use attach::attach;
pub use certification::{
    Certification, CertificationOrder, CertifiedLine, CertifiedPaper, book_number,
};
pub use certify::{MAX_CERTIFIED, ask_certification, certification_books};
pub use clock::{answer_duration, clock_agency, explain, follow_calendar, published, transfer_due};
pub use command::{Asking, CheckedPaper, Command, MissingItem, Paying, Request};
pub use complete_step::completable;
pub use decide::{Context, MAX_TEXT, check_possible, decide};
pub use digitise::digitise;
pub use event::{Change, Event, Receipt, Submitted};
pub use evidence::{Evidence, PaperForm};
pub use link::{Choices, Leader, Link, open, plan, void_with};
pub use money::{
    Basis, Declared, Fee, FeeKind, FeeLine, Instead, Payment, PaymentMethod, Reversal, Taking,
};
pub use number::{
    CodeFormat, find_dossier_code, lookup_secret, parse_dossier_code, parse_secret, parts_of,
};
pub use queue::{Entry, Queue, entries};
pub use rights::seen_events;
pub use state::{
    Attachment, Clock, Consultation, CorrectionRequest, Delivery, Dossier, Draft, FileKey, Form,
    FormValue, Holder, Paper, ResultForm, Settlement, Supplement, SupplementItem, Taker,
};
pub use status::{Stage, Status};
pub use steps::{follow_steps, run_of};
pub use stop::has_lapsed;
pub use submit::{MAX_PARTS, Names, Submission, SubmittedPaper, check_way, papers_asked, submit};
pub use take_over::{holds, take_over};
