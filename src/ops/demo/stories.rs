//! What happens to the demo's dossiers: each ends somewhere, and took a way to get there.

use crate::domain::agency::Role;
use crate::domain::catalogue::Channel;

/// Where a story ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    Registered,
    NotReceived,
    SupplementBeforeReception,
    Received,
    Assigned,
    Consulting,
    ConsultationAnswered,
    AwaitingApproval,
    Approved,
    Numbered,
    SupplementRequired,
    Supplemented,
    PaymentRequired,
    WithdrawalRequested,
    CorrectionAsked,
    Withdrawn,
    Stopped,
    Finished,
    ResultAtSection,
    FinishedRefusing,
    Delivered,
    DeliveredRefusal,
    /// A land dossier that waits for two opinions at once; one has come.
    SideBySide,
    /// A land dossier that went through its whole process, one step left out.
    Through,
}

impl Ending {
    /// Whether it is a land dossier that goes through its process step by step.
    pub const fn follows_process(self) -> bool {
        matches!(self, Self::SideBySide | Self::Through)
    }
}

/// How its clock stands today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clock {
    /// Time is left.
    OnTime,
    /// Due on the next working day.
    DueSoon,
    /// The date has passed.
    Overdue,
    /// It ended so many working days ago.
    Past(u32),
}

/// What somebody does in a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    File,
    Accept,
    Refuse,
    AskSupplement(Role),
    Supplement,
    Assign,
    Consult,
    AnswerConsultation,
    /// The step that no other action ends is done.
    CompleteStep,
    /// The unit at this place of [`ASKED`] is asked.
    Ask(usize),
    /// It answers.
    Opine(usize),
    RequestFee,
    RecordFee,
    RequestObligation,
    Submit,
    Approve,
    Number,
    RequestWithdrawal,
    AskCorrection,
    ApproveWithdrawal,
    Stop,
    Finish {
        favourable: bool,
    },
    ReceiveResult,
    Deliver,
}

/// A story: where it ends, how late it is, how it came in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Story {
    pub ending: Ending,
    pub clock: Clock,
    pub channel: Channel,
}

/// Whom the process of the land dossiers asks, in the order in which the demo does.
pub(super) const ASKED: [&str; 2] = ["tu-phap-ho-tich", "kinh-te"];

const fn story(ending: Ending, clock: Clock, channel: Channel) -> Story {
    Story { ending, clock, channel }
}

use Channel::{Counter, Online};
use Clock::{DueSoon, OnTime, Overdue, Past};

/// The stories of a commune, whose first receptionist sees them all.
pub(super) const COMMUNE: &[Story] = &[
    story(Ending::Delivered, Past(12), Counter),
    story(Ending::Delivered, Past(9), Online),
    story(Ending::Delivered, Past(6), Counter),
    story(Ending::Delivered, Past(3), Counter),
    story(Ending::DeliveredRefusal, Past(5), Counter),
    story(Ending::Stopped, Past(8), Counter),
    story(Ending::Withdrawn, Past(4), Counter),
    story(Ending::NotReceived, Past(3), Online),
    story(Ending::Finished, Past(1), Counter),
    story(Ending::ResultAtSection, Past(1), Counter),
    story(Ending::ResultAtSection, Past(2), Online),
    story(Ending::FinishedRefusing, Past(1), Counter),
    story(Ending::Assigned, Overdue, Counter),
    story(Ending::Consulting, Overdue, Counter),
    story(Ending::Received, Overdue, Counter),
    story(Ending::AwaitingApproval, DueSoon, Counter),
    story(Ending::Assigned, DueSoon, Online),
    story(Ending::Numbered, DueSoon, Counter),
    story(Ending::SupplementRequired, OnTime, Counter),
    story(Ending::SupplementBeforeReception, OnTime, Online),
    story(Ending::PaymentRequired, OnTime, Counter),
    story(Ending::WithdrawalRequested, OnTime, Counter),
    story(Ending::SideBySide, OnTime, Counter),
    story(Ending::Through, Past(2), Counter),
    story(Ending::Consulting, OnTime, Counter),
    story(Ending::ConsultationAnswered, OnTime, Counter),
    story(Ending::Supplemented, OnTime, Online),
    story(Ending::Approved, OnTime, Counter),
    story(Ending::AwaitingApproval, OnTime, Online),
    story(Ending::Assigned, OnTime, Counter),
    story(Ending::CorrectionAsked, OnTime, Counter),
    story(Ending::Received, OnTime, Counter),
    story(Ending::Received, OnTime, Online),
    story(Ending::Registered, OnTime, Online),
    story(Ending::Registered, OnTime, Online),
    story(Ending::Registered, OnTime, Online),
];

/// The stories of a department.
pub(super) const DEPARTMENT: &[Story] = &[
    story(Ending::Delivered, Past(7), Counter),
    story(Ending::ResultAtSection, Past(1), Counter),
    story(Ending::Assigned, Overdue, Counter),
    story(Ending::AwaitingApproval, DueSoon, Counter),
    story(Ending::SupplementRequired, OnTime, Counter),
    story(Ending::Assigned, OnTime, Online),
    story(Ending::Received, OnTime, Counter),
    story(Ending::Registered, OnTime, Online),
];

/// Dossiers that a commune takes in for the department.
pub(super) const PASSED_ON: &[Story] = &[
    story(Ending::Delivered, Past(4), Counter),
    story(Ending::Assigned, OnTime, Counter),
    story(Ending::Received, OnTime, Counter),
];

impl Story {
    /// Its deeds, in order.
    pub(super) fn deeds(self) -> Vec<Deed> {
        let mut deeds = vec![Deed::File];
        match self.ending {
            Ending::Registered => return deeds,
            Ending::NotReceived => {
                deeds.push(Deed::Refuse);
                return deeds;
            }
            Ending::SupplementBeforeReception => {
                deeds.push(Deed::AskSupplement(Role::Receptionist));
                return deeds;
            }
            _ => {}
        }
        if self.channel == Online {
            deeds.push(Deed::Accept);
        }
        if self.ending != Ending::Received {
            deeds.push(Deed::Assign);
            deeds.extend(work(self.ending));
        }
        deeds
    }
}

/// What happens after a dossier has gone to its unit.
fn work(ending: Ending) -> Vec<Deed> {
    let settled = [Deed::Submit, Deed::Approve, Deed::Number, Deed::Finish { favourable: true }];
    let refused = [Deed::Submit, Deed::Approve, Deed::Number, Deed::Finish { favourable: false }];
    let paid = [Deed::RequestFee, Deed::RecordFee];
    let handed_over = [Deed::ReceiveResult, Deed::Deliver];
    match ending {
        Ending::SideBySide => {
            vec![Deed::CompleteStep, Deed::Ask(0), Deed::Ask(1), Deed::Opine(1)]
        }
        Ending::Through => {
            let asked = [Deed::Ask(0), Deed::Ask(1), Deed::Opine(1), Deed::Opine(0)];
            [&[Deed::CompleteStep][..], &asked[..], &settled[..]].concat()
        }
        Ending::Consulting => vec![Deed::Consult],
        Ending::ConsultationAnswered => vec![Deed::Consult, Deed::AnswerConsultation],
        Ending::AwaitingApproval => settled[..1].to_vec(),
        Ending::Approved => settled[..2].to_vec(),
        Ending::Numbered => settled[..3].to_vec(),
        Ending::SupplementRequired => vec![Deed::AskSupplement(Role::Processor)],
        Ending::Supplemented => vec![Deed::AskSupplement(Role::Processor), Deed::Supplement],
        Ending::PaymentRequired => vec![Deed::RequestObligation],
        Ending::WithdrawalRequested => vec![Deed::RequestWithdrawal],
        Ending::CorrectionAsked => vec![Deed::AskCorrection],
        Ending::Withdrawn => vec![Deed::RequestWithdrawal, Deed::ApproveWithdrawal],
        Ending::Stopped => vec![Deed::Stop],
        Ending::Finished => settled.to_vec(),
        Ending::FinishedRefusing => refused.to_vec(),
        Ending::ResultAtSection => [&paid[..], &settled[..], &handed_over[..1]].concat(),
        Ending::Delivered => [&paid[..], &settled[..], &handed_over[..]].concat(),
        Ending::DeliveredRefusal => [&refused[..], &handed_over[..]].concat(),
        _ => Vec::new(),
    }
}
