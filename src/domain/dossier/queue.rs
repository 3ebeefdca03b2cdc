//! The lists of the inbox: in which of them a dossier stands, for whom, and by which instant.

use jiff::Timestamp;

use super::action::Action;
use super::state::{Consultation, Dossier};
use super::status::{Stage, Status};
use crate::domain::ids::AgencyCode;
use crate::domain::process::{Performer, Run};

/// A list of dossiers at an agency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Queue {
    /// Every dossier that concerns the agency, by the instant of its submission.
    All,
    /// Every dossier whose clock runs, by due date.
    Open,
    /// Chờ kiểm tra.
    ToCheck,
    /// Chờ phân công: received, with nobody yet.
    ToAssign,
    /// Đang xử lý, for the whole agency, a unit (`u:code`) or a person (`p:name`).
    Work,
    /// Chờ phê duyệt.
    ToApprove,
    /// Chờ cấp số: approved, and the clerk's.
    ToNumber,
    /// Chờ cấp số và ghi kết quả: approved, with a number or without.
    ToFinish,
    /// Chờ người nộp: a supplement or a payment is awaited.
    Waiting,
    /// Yêu cầu rút chờ xem xét.
    Withdrawals,
    /// Đề nghị sửa thông tin chờ trả lời, at the receiving agency.
    Corrections,
    /// Xin ý kiến, at the agency asked.
    Consultations,
    /// Kết quả cần nhận từ đơn vị.
    ResultsToReceive,
    /// Chờ trả kết quả: it is at the section, or goes out as a file.
    ToDeliver,
    /// Đã kết thúc, by the instant of the end.
    Ended,
    /// Cần thu: money is asked for, not yet paid and not said to be, by the instant of the request.
    ToCollect,
    /// Chờ đối chiếu chuyển khoản: the applicant says to have paid.
    Declared,
    /// Bước sắp đến hạn: a dossier for each open step of its process, by the instant from which the
    /// step is nearly due.
    Steps,
    /// Sổ theo dõi: every dossier that the agency received, by the instant of its reception.
    Register,
}

impl Queue {
    /// Every queue.
    pub const ALL: [Self; 19] = [
        Self::All,
        Self::Open,
        Self::ToCheck,
        Self::ToAssign,
        Self::Work,
        Self::ToApprove,
        Self::ToNumber,
        Self::ToFinish,
        Self::Waiting,
        Self::Withdrawals,
        Self::Corrections,
        Self::Consultations,
        Self::ResultsToReceive,
        Self::ToDeliver,
        Self::Ended,
        Self::ToCollect,
        Self::Declared,
        Self::Register,
        Self::Steps,
    ];

    /// The name in addresses and in the API.
    pub const fn id(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Open => "open",
            Self::ToCheck => "to_check",
            Self::ToAssign => "to_assign",
            Self::Work => "work",
            Self::ToApprove => "to_approve",
            Self::ToNumber => "to_number",
            Self::ToFinish => "to_finish",
            Self::Waiting => "waiting",
            Self::Withdrawals => "withdrawals",
            Self::Corrections => "corrections",
            Self::Consultations => "consultations",
            Self::ResultsToReceive => "results_to_receive",
            Self::ToDeliver => "to_deliver",
            Self::Ended => "ended",
            Self::ToCollect => "to_collect",
            Self::Declared => "declared",
            Self::Register => "register",
            Self::Steps => "steps",
        }
    }

    /// The queue with this name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|queue| queue.id() == id)
    }
}

/// A dossier's place in a queue.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// At this agency.
    pub agency: AgencyCode,
    /// In this list.
    pub queue: Queue,
    /// For everybody (empty), a unit `u:code` or a person `p:name`.
    pub holder: String,
    /// The instant that orders the list.
    pub instant: Timestamp,
}

/// Every place at which a dossier stands in the queues; a function of its state alone.
pub fn entries(dossier: &Dossier) -> Vec<Entry> {
    let mut out = Vec::with_capacity(6);
    let mut push = |agency: &AgencyCode, queue, holder: String, instant| {
        let entry = Entry { agency: agency.clone(), queue, holder, instant };
        if !out.contains(&entry) {
            out.push(entry);
        }
    };
    let (receiving, competent) = (&dossier.receiving_agency, &dossier.competent_agency);
    for agency in dossier.agencies() {
        push(agency, Queue::All, String::new(), dossier.submitted_at);
    }
    for (queue, since) in beside_the_status(dossier) {
        push(receiving, queue, String::new(), since);
    }
    for (queue, since) in of_money(dossier) {
        for agency in [receiving, competent] {
            push(agency, queue, String::new(), since);
        }
    }
    let due = dossier.clock.due_at.unwrap_or(dossier.submitted_at);
    for agency in dossier.clock.due_at.iter().flat_map(|_| [receiving, competent]) {
        push(agency, Queue::Open, String::new(), due);
    }
    near_steps(dossier).for_each(|warn| push(competent, Queue::Steps, String::new(), warn));
    match dossier.status {
        Status::Registered => push(receiving, Queue::ToCheck, String::new(), due),
        Status::Received => {
            for agency in [receiving, competent] {
                push(agency, Queue::ToAssign, String::new(), due);
            }
        }
        Status::Processing => {
            for holder in holders(dossier) {
                push(competent, Queue::Work, holder, due);
            }
            for queue in next(dossier.stage) {
                push(competent, *queue, String::new(), due);
            }
            for (asked, holder) in questions(dossier) {
                push(&asked.agency, Queue::Consultations, holder, asked.due_at);
            }
        }
        Status::SupplementRequired | Status::PaymentRequired => {
            for agency in [receiving, competent] {
                push(agency, Queue::Waiting, String::new(), paused_since(dossier));
            }
        }
        Status::WithdrawalRequested => {
            push(competent, Queue::Withdrawals, String::new(), paused_since(dossier));
        }
        Status::Finished => {
            let ended = dossier.ended_at.unwrap_or(dossier.submitted_at);
            let queue = match dossier.can_be_handed_over() {
                true => Queue::ToDeliver,
                false => Queue::ResultsToReceive,
            };
            push(receiving, queue, String::new(), ended);
        }
        Status::NotReceived | Status::Stopped | Status::ResultReturned => {
            let ended = dossier.returned_at.or(dossier.ended_at).unwrap_or(dossier.submitted_at);
            push(receiving, Queue::Ended, String::new(), ended);
        }
    }
    out
}

/// Whose turn it is inside Processing. A result may be recorded without a number.
const fn next(stage: Stage) -> &'static [Queue] {
    match stage {
        Stage::Work => &[],
        Stage::AwaitingApproval => &[Queue::ToApprove],
        Stage::Approved => &[Queue::ToNumber, Queue::ToFinish],
        Stage::Numbered => &[Queue::ToFinish],
    }
}

/// From when its open steps are nearly due.
fn near_steps(dossier: &Dossier) -> impl Iterator<Item = Timestamp> {
    let open = dossier.run.iter().flat_map(Run::open);
    open.filter_map(|(_, passage)| passage.warn_at)
}

/// The lists of the receiving agency in which a dossier stands whatever its status is.
fn beside_the_status(dossier: &Dossier) -> impl Iterator<Item = (Queue, Timestamp)> {
    let registered = dossier.received_at.map(|received| (Queue::Register, received));
    let asked = dossier.correction.as_ref().map(|asked| (Queue::Corrections, asked.at));
    registered.into_iter().chain(asked)
}

/// For whom a dossier is work: the whole agency, the unit and the person that hold it, and the units
/// that have a step of it to do.
fn holders(dossier: &Dossier) -> impl Iterator<Item = String> {
    let of_steps =
        dossier.run.iter().flat_map(Run::completable).filter_map(|step| match &step.by {
            Performer::Unit(unit) => Some(unit),
            Performer::Role(_) => None,
        });
    let units = dossier.holder.unit.iter().chain(of_steps).map(|unit| format!("u:{unit}"));
    let user = dossier.holder.user.as_ref().map(|user| format!("p:{user}"));
    std::iter::once(String::new()).chain(units).chain(user)
}

/// Questions without an answer, for the agency that is asked, and for its unit.
fn questions(dossier: &Dossier) -> impl Iterator<Item = (&Consultation, String)> {
    let open = dossier.consultations.iter().filter(|asked| asked.answer.is_none());
    open.flat_map(|asked| {
        let unit = asked.unit.as_ref().map(|unit| format!("u:{unit}"));
        let holders = std::iter::once(String::new()).chain(unit);
        holders.map(move |holder| (asked, holder))
    })
}

/// The cashier's lists, in one of which a dossier stands while something is to be paid and can be,
/// with since when.
fn of_money(dossier: &Dossier) -> impl Iterator<Item = (Queue, Timestamp)> {
    let payable = Action::RecordPayment.from().contains(&dossier.status);
    let asked = dossier.open_fees().next().filter(|_| payable);
    let declared = asked.and(dossier.declared.as_ref());
    // What is said to be on its way is looked for in the account first.
    let asked = asked.filter(|_| declared.is_none()).map(|fee| (Queue::ToCollect, fee.asked_at));
    asked.into_iter().chain(declared.map(|declared| (Queue::Declared, declared.at)))
}

fn paused_since(dossier: &Dossier) -> Timestamp {
    dossier.clock.pauses.last().map_or(dossier.submitted_at, |pause| pause.from)
}
