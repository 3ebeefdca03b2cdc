//! The money of a dossier: what is asked, what came in, what was taken back.

use jiff::Timestamp;

use super::state::Dossier;
use super::status::Status;
use crate::domain::fee::{Item, Step};

/// What a fee line is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeeKind {
    /// Phí, lệ phí: never pauses.
    Fee,
    /// Nghĩa vụ tài chính: a statutory obligation that pauses.
    Obligation,
}

/// How money came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PaymentMethod {
    /// Tiền mặt.
    Cash,
    /// Thẻ.
    Card,
    /// Chuyển khoản.
    Transfer,
    /// Nền tảng thanh toán quốc gia.
    Platform,
}

impl PaymentMethod {
    /// Every method, in the order of lists and closings.
    pub const ALL: [Self; 4] = [Self::Cash, Self::Card, Self::Transfer, Self::Platform];
}

/// A fee line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeeLine {
    /// What for.
    pub name: String,
    /// Whole đồng.
    pub amount: u64,
    /// Its kind.
    pub kind: FeeKind,
    /// The rule that it was computed by; none for a line that somebody wrote.
    pub basis: Option<Basis>,
}

/// How a fee line was computed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basis {
    /// The rule, by its id.
    pub rule: String,
    /// The legal source.
    pub source: String,
    /// The calculation; its lines add up to the amount.
    pub steps: Vec<Step>,
}

impl Basis {
    /// The calculation of several fees as one; none without a fee.
    pub fn of_all(items: &[Item]) -> Option<Self> {
        let texts = |text: fn(&Item) -> &str| {
            let mut texts: Vec<&str> = items.iter().map(text).collect();
            texts.dedup();
            texts.join("; ")
        };
        let steps = items.iter().flat_map(|item| item.steps.clone()).collect();
        let basis =
            Self { rule: texts(|item| &item.rule), source: texts(|item| &item.source), steps };
        (!items.is_empty()).then_some(basis)
    }
}

impl FeeLine {
    /// A line that somebody wrote.
    pub fn free(name: impl Into<String>, amount: u64, kind: FeeKind) -> Self {
        Self { name: name.into(), amount, kind, basis: None }
    }

    /// Whether something is asked for, or would be but for an exemption.
    pub(super) fn says_something(&self) -> bool {
        let mut steps = self.basis.iter().flat_map(|basis| &basis.steps);
        self.amount > 0 || steps.any(|step| matches!(step, Step::Exempt { .. }))
    }
}

impl From<Item> for FeeLine {
    fn from(item: Item) -> Self {
        let basis = Basis { rule: item.rule, source: item.source, steps: item.steps };
        Self { name: item.name, amount: item.amount, kind: item.kind, basis: Some(basis) }
    }
}

/// A fee line and its payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fee {
    /// What is asked.
    pub line: FeeLine,
    /// How it was paid, once it was.
    pub paid: Option<Payment>,
    /// The request that it belongs to; they count from 1 within the dossier.
    pub request: u32,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// Why it is no longer asked for.
    pub cancelled: Option<String>,
}

impl Fee {
    /// Whether it is still to be paid.
    pub const fn is_open(&self) -> bool {
        self.paid.is_none() && self.cancelled.is_none() && self.line.amount > 0
    }
}

/// A payment of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// How.
    pub method: PaymentMethod,
    /// Serial and number of the official receipt.
    pub receipt_number: Option<String>,
    /// When it was recorded.
    pub at: Timestamp,
    /// The taking that it is part of.
    pub taking: u32,
}

/// Money that came in at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taking {
    /// Counts from 1 within the dossier.
    pub number: u32,
    /// Whole đồng.
    pub amount: u64,
    /// How.
    pub method: PaymentMethod,
    /// Serial and number of the official receipt.
    pub receipt_number: Option<String>,
    /// When it was recorded.
    pub at: Timestamp,
    /// How it was taken back.
    pub reversed: Option<Reversal>,
}

/// Why a taking does not count any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reversal {
    /// Why.
    pub reason: String,
    /// When.
    pub at: Timestamp,
    /// The taking that stands in its place, when it was only recorded wrongly.
    pub instead: Option<u32>,
}

/// How a payment is recorded anew in the place of a wrong record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instead {
    /// How it was paid in truth.
    pub method: PaymentMethod,
    /// Serial and number of the official receipt.
    pub receipt_number: Option<String>,
}

/// A transfer of which the applicant tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declared {
    /// How much.
    pub amount: u64,
    /// When it was told.
    pub at: Timestamp,
}

impl Dossier {
    /// Everything that is asked for and was not taken back, paid or not.
    pub fn asked_for(&self) -> u64 {
        let standing = self.fees.iter().filter(|fee| fee.cancelled.is_none());
        standing.fold(0, |sum, fee| sum.saturating_add(fee.line.amount))
    }

    /// What was paid of it.
    pub fn paid(&self) -> u64 {
        self.asked_for().saturating_sub(self.unpaid())
    }

    /// Money asked for and not yet paid, in đồng.
    pub fn unpaid(&self) -> u64 {
        self.open_fees().fold(0, |sum, fee| sum.saturating_add(fee.line.amount))
    }

    /// Whether a line of a fee rule was asked for already, and still is.
    pub(super) fn is_asked_for(&self, line: &FeeLine) -> bool {
        let rule = |line: &FeeLine| line.basis.as_ref().map(|basis| basis.rule.clone());
        let standing = self.fees.iter().filter(|fee| fee.cancelled.is_none());
        standing.map(|fee| rule(&fee.line)).any(|asked| asked.is_some() && asked == rule(line))
    }

    /// Lines that are still to be paid.
    pub fn open_fees(&self) -> impl Iterator<Item = &Fee> {
        self.fees.iter().filter(|fee| fee.is_open())
    }

    /// Requests with something to be paid, oldest first.
    pub fn open_requests(&self) -> Vec<u32> {
        let mut requests: Vec<u32> = self.open_fees().map(|fee| fee.request).collect();
        requests.dedup();
        requests
    }

    /// Takings that count, oldest first.
    pub fn standing_takings(&self) -> impl Iterator<Item = &Taking> {
        self.takings.iter().filter(|taking| taking.reversed.is_none())
    }

    /// Whether an obligation is to be paid that holds the dossier up.
    pub fn owes_obligation(&self) -> bool {
        self.open_fees().any(|fee| fee.line.kind == FeeKind::Obligation)
    }

    pub(super) fn ask_for(&mut self, at: Timestamp, lines: &[FeeLine]) {
        let request = self.fees.iter().map(|fee| fee.request).max().unwrap_or(0) + 1;
        self.fees.extend(lines.iter().map(|line| Fee {
            line: line.clone(),
            paid: None,
            request,
            asked_at: at,
            cancelled: None,
        }));
        self.hold_up(at);
    }

    /// An obligation that is owed pauses what runs.
    fn hold_up(&mut self, at: Timestamp) {
        if self.owes_obligation() && matches!(self.status, Status::Received | Status::Processing) {
            self.pause(at, Status::PaymentRequired);
        }
    }

    /// Every open line is paid, or those of one request.
    pub(super) fn take(
        &mut self,
        at: Timestamp,
        request: Option<u32>,
        method: PaymentMethod,
        receipt_number: Option<&String>,
        due_at: Option<Timestamp>,
    ) {
        let number = self.takings.len() as u32 + 1;
        let receipt_number = receipt_number.cloned();
        let payment =
            Payment { method, receipt_number: receipt_number.clone(), at, taking: number };
        let mut amount = 0_u64;
        let asked =
            |fee: &&mut Fee| fee.is_open() && request.is_none_or(|request| fee.request == request);
        for fee in self.fees.iter_mut().filter(asked) {
            amount = amount.saturating_add(fee.line.amount);
            fee.paid = Some(payment.clone());
        }
        self.takings.push(Taking { number, amount, method, receipt_number, at, reversed: None });
        self.declared = None;
        self.go_on(at, due_at);
    }

    /// A pause for an obligation ends when none is owed any more.
    fn go_on(&mut self, at: Timestamp, due_at: Option<Timestamp>) {
        if self.status == Status::PaymentRequired && !self.owes_obligation() {
            self.resume(at, due_at);
        }
    }

    /// A taking counts no more: another stands in its place, or its lines are owed again; those of
    /// an ended dossier are not asked for any more, the money went back.
    pub(super) fn take_back(
        &mut self,
        at: Timestamp,
        number: u32,
        reason: &str,
        instead: Option<&Instead>,
    ) {
        let next = self.takings.len() as u32 + 1;
        let Some(taking) = self.takings.iter_mut().find(|taking| taking.number == number) else {
            return;
        };
        let amount = taking.amount;
        taking.reversed =
            Some(Reversal { reason: reason.to_owned(), at, instead: instead.map(|_| next) });
        let anew = instead.map(|instead| Payment {
            method: instead.method,
            receipt_number: instead.receipt_number.clone(),
            at,
            taking: next,
        });
        let is_over =
            matches!(self.status, Status::NotReceived | Status::Stopped | Status::ResultReturned);
        for fee in self.fees.iter_mut() {
            if fee.paid.as_ref().is_some_and(|paid| paid.taking == number) {
                fee.paid.clone_from(&anew);
                if anew.is_none() && is_over {
                    fee.cancelled = Some(reason.to_owned());
                }
            }
        }
        if let Some(Payment { method, receipt_number, at, taking }) = anew {
            let taking =
                Taking { number: taking, amount, method, receipt_number, at, reversed: None };
            self.takings.push(taking);
        }
        self.hold_up(at);
    }

    /// What a request still asks for is no longer asked for.
    pub(super) fn drop_request(
        &mut self,
        at: Timestamp,
        request: u32,
        reason: &str,
        due_at: Option<Timestamp>,
    ) {
        for fee in self.fees.iter_mut().filter(|fee| fee.request == request && fee.is_open()) {
            fee.cancelled = Some(reason.to_owned());
        }
        if self.unpaid() == 0 {
            self.declared = None;
        }
        self.go_on(at, due_at);
    }
}
