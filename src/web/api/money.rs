//! The money of a dossier, and counts, as JSON.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::names::{FeeKindName, MethodName};
use crate::domain::calendar::written;
use crate::domain::dossier::{Declared, Fee, Taking};
use crate::domain::fee::{Count, Step};
use crate::domain::words::Lang;
use crate::office::fees::Transfer;

/// How many units of a fee rule are asked for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CountBody {
    /// The rule's id.
    #[schema(example = "copy")]
    pub rule: String,
    /// Of what, when one rule is charged for several things: the document's name.
    #[serde(default)]
    pub what: String,
    /// Units, such as pages of the original.
    #[schema(minimum = 1)]
    pub units: u32,
    /// Copies, where they count; 1 when absent.
    #[serde(default = "one")]
    #[schema(minimum = 1)]
    pub copies: u32,
}

const fn one() -> u32 {
    1
}

impl From<CountBody> for Count {
    fn from(body: CountBody) -> Self {
        Self { rule: body.rule, what: body.what, units: body.units, copies: body.copies }
    }
}

/// A fee line.
#[derive(Serialize, ToSchema)]
pub struct FeeState {
    /// What for.
    pub name: String,
    /// Whole VND.
    pub amount: u64,
    /// Its kind.
    pub kind: FeeKindName,
    /// The payment request that it belongs to; they count from 1.
    pub request: u32,
    /// The legal source, when it was computed by a fee rule.
    pub source: Option<String>,
    /// The calculation in Vietnamese, when it was computed by a fee rule: the lines add up.
    pub why: Vec<String>,
    /// How it was paid, once it was.
    pub paid: Option<PaidState>,
    /// Why it is no longer asked for.
    pub cancelled: Option<String>,
}

/// A payment.
#[derive(Serialize, ToSchema)]
pub struct PaidState {
    /// How.
    pub method: MethodName,
    /// Serial and number of the official receipt.
    pub receipt_number: Option<String>,
    /// When it was recorded.
    #[schema(format = DateTime)]
    pub at: String,
    /// The payment among `payments`.
    pub payment: u32,
}

impl From<&Fee> for FeeState {
    fn from(fee: &Fee) -> Self {
        let basis = fee.line.basis.as_ref();
        let steps = basis.map(|basis| basis.steps.iter()).into_iter().flatten();
        Self {
            name: fee.line.name.clone(),
            amount: fee.line.amount,
            kind: fee.line.kind.into(),
            request: fee.request,
            source: basis.map(|basis| basis.source.clone()),
            why: steps.map(|step: &Step| step.say(Lang::Vi)).collect(),
            paid: fee.paid.as_ref().map(|paid| PaidState {
                method: paid.method.into(),
                receipt_number: paid.receipt_number.clone(),
                at: written(paid.at),
                payment: paid.taking,
            }),
            cancelled: fee.cancelled.clone(),
        }
    }
}

/// Money that came in at once.
#[derive(Serialize, ToSchema)]
pub struct PaymentState {
    /// Counts from 1 within the dossier.
    pub payment: u32,
    /// Whole VND.
    pub amount: u64,
    /// How.
    pub method: MethodName,
    /// Serial and number of the official receipt.
    pub receipt_number: Option<String>,
    /// When it was recorded.
    #[schema(format = DateTime)]
    pub at: String,
    /// How it was reversed.
    pub reversed: Option<ReversedState>,
}

/// A reversal.
#[derive(Serialize, ToSchema)]
pub struct ReversedState {
    /// Why.
    pub reason: String,
    /// When.
    #[schema(format = DateTime)]
    pub at: String,
    /// The payment in its place, when it was only recorded wrongly.
    pub instead: Option<u32>,
}

impl From<&Taking> for PaymentState {
    fn from(taking: &Taking) -> Self {
        Self {
            payment: taking.number,
            amount: taking.amount,
            method: taking.method.into(),
            receipt_number: taking.receipt_number.clone(),
            at: written(taking.at),
            reversed: taking.reversed.as_ref().map(|reversal| ReversedState {
                reason: reversal.reason.clone(),
                at: written(reversal.at),
                instead: reversal.instead,
            }),
        }
    }
}

/// A transfer that the applicant declared and the cashier has not confirmed.
#[derive(Serialize, ToSchema)]
pub struct DeclaredState {
    /// Whole VND.
    pub amount: u64,
    /// When it was declared.
    #[schema(format = DateTime)]
    pub at: String,
}

impl From<&Declared> for DeclaredState {
    fn from(declared: &Declared) -> Self {
        Self { amount: declared.amount, at: written(declared.at) }
    }
}

/// How what is unpaid can be transferred.
#[derive(Serialize, ToSchema)]
pub struct TransferState {
    /// The bank.
    pub bank: String,
    /// The account.
    pub account: String,
    /// Whose it is.
    pub holder: String,
    /// Whole VND.
    pub amount: u64,
    /// What is to be written with it.
    pub content: String,
    /// The text of the VietQR code (EMVCo, NAPAS).
    pub vietqr: String,
}

impl From<Transfer> for TransferState {
    fn from(transfer: Transfer) -> Self {
        Self {
            bank: transfer.bank,
            account: transfer.account,
            holder: transfer.holder,
            amount: transfer.amount,
            content: transfer.content,
            vietqr: transfer.qr,
        }
    }
}
