//! Which paper a dossier has, and which event it certifies.

use super::{Deed, words};
use crate::domain::catalogue::Channel;
use crate::domain::dossier::{Dossier, Event, Holder, Status, Taker};
use crate::domain::words::Message;

/// Whether the deciding agency writes a paper of the section, as it does when it refuses a dossier
/// that was received.
pub(super) const fn is_agency_s(deed: Deed, event: &Event) -> bool {
    matches!((deed, event), (Deed::ReceptionRefusal, Event::Finished { .. }))
}

impl Deed {
    /// What people call it.
    pub const fn name(self) -> Message {
        match self {
            Self::Receipt => words::RECEIPT,
            Self::SubmissionSlip => words::SLIP,
            Self::SupplementRequest => words::SUPPLEMENT,
            Self::ReceptionRefusal => words::REFUSAL,
            Self::Apology => words::APOLOGY,
            Self::StopNotice => words::STOP_NOTICE,
            Self::ControlSheet => words::CONTROL_SHEET,
            Self::Register => words::REGISTER,
            Self::HandOver => words::HAND_OVER,
            Self::ResultHandOver => words::RESULT_HAND_OVER,
            Self::ResultSlip => words::RESULT_SLIP,
            Self::ProxySlip => words::PROXY_SLIP,
            Self::LostReceipt => words::LOST_RECEIPT,
            Self::ReturnSlip => words::RETURN_SLIP,
            Self::FeeSlip => words::FEE_SLIP,
            Self::CashClosing => words::CASH_CLOSING,
            Self::Envelope => words::ENVELOPE,
            Self::Poster => words::POSTER,
            Self::QueueTicket => words::QUEUE_TICKET,
            Self::Attestation => words::ATTESTATION,
            Self::CertificationBook => words::CERTIFICATION_BOOK,
            Self::DeclaredForm => words::DECLARED_FORM,
            Self::Guide => words::GUIDE,
            Self::Checkpoint => words::CHECKPOINT,
        }
    }

    /// Whether a dossier in this state has the paper.
    pub fn is_of(self, dossier: &Dossier) -> bool {
        let (status, is_received) = (dossier.status, dossier.received_at.is_some());
        match self {
            Self::Receipt | Self::ControlSheet => is_received,
            Self::SubmissionSlip => dossier.channel == Channel::Online,
            Self::SupplementRequest => dossier.supplements_asked != (0, 0),
            Self::ReceptionRefusal => {
                let refused = dossier.outcome.as_ref().is_some_and(|outcome| !outcome.favourable);
                status == Status::NotReceived || refused
            }
            Self::Apology => dossier.extensions > 0,
            Self::StopNotice => status == Status::Stopped && !dossier.voided,
            Self::HandOver => is_received && dossier.holder != Holder::default(),
            Self::ResultHandOver => dossier.outcome.is_some(),
            Self::ResultSlip => matches!(status, Status::Finished | Status::ResultReturned),
            // Signed before the result is handed over; afterwards only by whoever had to.
            Self::ProxySlip => match &dossier.delivery {
                None => status == Status::Finished,
                Some(delivery) => delivery.taker == Some(Taker::Mandated),
            },
            Self::LostReceipt => match &dossier.delivery {
                None => status == Status::Finished,
                Some(delivery) => delivery.receipt_lost,
            },
            Self::ReturnSlip => {
                matches!(status, Status::NotReceived | Status::Stopped | Status::ResultReturned)
            }
            Self::FeeSlip => !dossier.fees.is_empty(),
            Self::DeclaredForm => dossier.form_version.is_some(),
            Self::Envelope => dossier.return_channel == Channel::Post && dossier.outcome.is_some(),
            Self::Attestation => {
                dossier.certification.as_ref().is_some_and(|asked| asked.on.is_some())
            }
            Self::Register
            | Self::CashClosing
            | Self::Poster
            | Self::Guide
            | Self::Checkpoint
            | Self::QueueTicket
            | Self::CertificationBook => false,
        }
    }

    /// The papers that a dossier in this state has.
    pub fn all_of(dossier: &Dossier) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|deed| deed.is_of(dossier))
    }

    /// Whether the applicant gets it.
    pub const fn is_for_applicant(self) -> bool {
        matches!(
            self,
            Self::Receipt
                | Self::SubmissionSlip
                | Self::SupplementRequest
                | Self::ReceptionRefusal
                | Self::Apology
                | Self::StopNotice
                | Self::FeeSlip
                | Self::DeclaredForm
        )
    }

    /// Whether the deciding agency issues it, and not the section.
    pub(super) const fn is_of_agency(self) -> bool {
        matches!(self, Self::Apology | Self::StopNotice | Self::ControlSheet)
    }

    /// Whether it certifies an event; else it says how the dossier stands when it is printed.
    pub const fn needs_event(self) -> bool {
        matches!(
            self,
            Self::Receipt
                | Self::SubmissionSlip
                | Self::SupplementRequest
                | Self::ReceptionRefusal
                | Self::Apology
                | Self::StopNotice
        )
    }

    pub(super) fn of_event(self, event: &Event) -> bool {
        match self {
            Self::Receipt => matches!(event, Event::Received(_)),
            Self::SubmissionSlip => matches!(event, Event::Submitted(_)),
            Self::SupplementRequest => matches!(event, Event::SupplementRequested { .. }),
            Self::ReceptionRefusal => match event {
                Event::Finished { outcome, .. } => !outcome.favourable,
                other => matches!(other, Event::Refused { .. }),
            },
            Self::Apology => matches!(event, Event::Extended { .. }),
            Self::StopNotice => matches!(
                event,
                Event::Stopped { .. }
                    | Event::WithdrawalApproved
                    | Event::WithdrawalRequested { .. }
            ),
            Self::ResultSlip => matches!(event, Event::Delivered(_)),
            Self::ReturnSlip => matches!(event, Event::PapersReturned { .. }),
            Self::FeeSlip => matches!(event, Event::PaymentRecorded { .. }),
            Self::Attestation => matches!(event, Event::Certified { .. }),
            _ => false,
        }
    }
}
