//! The stored twins of the domain's types: one line a type, in the order of the bytes.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::wire::{Damaged, Reader, Wire, put_record, record, tagged};
use crate::domain::catalogue::{Channel, DurationUnit};
use crate::domain::deadline::{Duration, Pause, PausePolicy};
use crate::domain::dossier::linking::{Carried, Opens, Source};
use crate::domain::dossier::{
    Attachment, Basis, Certification, CertifiedLine, Change, Clock, Consultation,
    CorrectionRequest, Declared, Delivery, Dossier, Draft, Evidence, Fee, FeeKind, FeeLine,
    FileKey, Form, FormValue, Holder, Instead, Leader, Link, Paper, PaperForm, Payment,
    PaymentMethod, Receipt, Reversal, Settlement, Stage, Status, Submitted, Supplement,
    SupplementItem, Taker, Taking,
};
use crate::domain::fee::takings::{CashBook, DayBook, Entry, MethodSum};
use crate::domain::fee::{Step, Unit};
use crate::domain::form::FormVersion;
use crate::domain::ids::{
    AgencyCode, AttachmentId, ComponentId, DossierCode, DossierId, PersonalPaperId, ProcedureCode,
    StepId, UnitCode, UserName,
};
use crate::domain::notice::{self, DeliveryState};
use crate::domain::person::{Mandate, MandateKind, Person};
use crate::domain::personal::{Origin, OriginKind, PersonalPaper, Represents};
use crate::domain::ticket::{Service, Ticket, TicketNumber, TicketState};

macro_rules! text_ids {
    ($($id:ty),*) => {$(
        impl Wire for $id {
            fn put(&self, out: &mut Vec<u8>) {
                let text = self.as_str();
                (text.len() as u64).put(out);
                out.extend_from_slice(text.as_bytes());
            }

            fn take(input: &mut Reader<'_>) -> Result<Self, Damaged> {
                String::take(input).map(Self::new)
            }
        }
    )*};
}

text_ids!(AgencyCode, UnitCode, ProcedureCode, ComponentId, StepId, UserName, DossierCode, FileKey);

macro_rules! byte_ids {
    ($($id:ty),*) => {$(
        impl Wire for $id {
            fn put(&self, out: &mut Vec<u8>) {
                self.0.put(out);
            }

            fn take(input: &mut Reader<'_>) -> Result<Self, Damaged> {
                input.array().map(Self)
            }
        }
    )*};
}

byte_ids!(DossierId, AttachmentId, PersonalPaperId);

tagged! {
    Status {
        1 = Registered, 2 = Received, 3 = NotReceived, 4 = Processing, 5 = SupplementRequired,
        6 = PaymentRequired, 7 = WithdrawalRequested, 8 = Stopped, 9 = Finished,
        10 = ResultReturned,
    }
    Stage { 0 = Work, 1 = AwaitingApproval, 2 = Approved, 3 = Numbered }
    Channel { 0 = Counter, 1 = Online, 2 = Post }
    DurationUnit {
        0 = SameDay, 1 = WorkingHour, 2 = Hour, 3 = WorkingDay, 4 = Day, 5 = Month,
    }
    PausePolicy { 0 = Resume, 1 = Restart }
    MandateKind { 0 = Authorised, 1 = LegalRepresentative }
    FeeKind { 0 = Fee, 1 = Obligation }
    Taker { 0 = Owner, 1 = Mandated, 2 = Representative }
    Unit { 0 = Dossier, 1 = Case, 2 = Page, 3 = Copy, 4 = Person }
    Opens { 0 = WithSubmission, 1 = AtReception, 2 = AfterResult }
    PaymentMethod { 0 = Cash, 1 = Card, 2 = Transfer, 3 = Platform }
    notice::Channel { 0 = Web, 1 = Email, 2 = Sms, 3 = Zalo, 4 = Other }
    PaperForm {
        0 = Original, 1 = CertifiedCopy, 2 = Shown, 3 = VneId, 4 = Store, 5 = Database,
    }
    DeliveryState { 0 = Waiting, 1 = Dead, 2 = Sent, 3 = Withheld }
    OriginKind { 0 = Result, 1 = Compared, 2 = HandedIn, 3 = Added }
    TicketState { 0 = Waiting, 1 = Called, 2 = Served, 3 = Absent }
}

record! {
    Person { name, id_number, birth_date, phone, email, address }
    Mandate { kind, paper }
    Duration { amount, unit }
    Pause { from, to }
    Clock { since, duration, pauses, policy, extended_to, due_at, ended_due_at }
    Holder { unit, user }
    Evidence { form, number, issued_on, issuer }
    Paper {
        component, name, originals, copies, on_paper, checked;
        evidence = Evidence::default()
    }
    Origin { kind, name, number, issued_on, issuer, dossier }
    Attachment {
        id, component, name, media_type, size, sha256, cipher_sha256, is_result, added_at;
        origin = None, key = None
    }
    Represents { owner, kind, field }
    PersonalPaper { id, origin, expires_on, files, kept_at; represents = None }
    SupplementItem { component, reason }
    Supplement { items, due_at; is_promised = false }
    Basis { rule, source, steps }
    FeeLine { name, amount, kind; basis = None }
    Payment { method, receipt_number, at; taking = 0 }
    Fee { line, paid; request = 1, asked_at = Timestamp::UNIX_EPOCH, cancelled = None }
    Instead { method, receipt_number }
    Reversal { reason, at, instead }
    Taking { number, amount, method, receipt_number, at, reversed }
    Declared { amount, at }
    Entry { day, at, dossier, code, taking, method, amount, receipt_number, is_reversal }
    MethodSum { method, takings, taken, reversals, reversed }
    DayBook { sums, closed_at }
    CashBook { last_closed, open }
    Consultation {
        number, agency, unit, question, due_at, answer;
        shares = Vec::new(), files = Vec::new()
    }
    Carried { from, to }
    Link { number, procedure, procedure_name, agency, opens, papers, answers, dossier }
    Leader { id, code, procedure_name, agency }
    Settlement { favourable, name, number, reason, collect_reason, at_section }
    Draft { text, files }
    Delivery { channel, received_by, taker, mandate_paper, receipt_lost; tracking_number = None }
    Change { field, old, new; answer = None }
    CorrectionRequest { changes, reason, at }
    TicketNumber { service, number }
    Ticket {
        number, taken_at, state, counter, called_at, calls, by, ended_at, dossiers, key
    }
    Receipt { components, duration, policy, due_at, rule_pack }
    Submitted {
        id, code, external_codes, lookup_secret, procedure, procedure_name, field,
        receiving_agency, competent_agency, channel, return_channel, owner, submitter, mandate,
        form, components, attachments, rule_pack, answer_due_at;
        led_by = None, is_assisted = false, form_version = None
    }
    Dossier {
        id, code, external_codes, lookup_secret, version, status, stage, before_pause,
        before_withdrawal, procedure, procedure_name, field, receiving_agency, competent_agency,
        past_agencies, channel, return_channel, owner, submitter, mandate, form, components,
        attachments, rule_pack, holder, clock, submitted_at, received_at, ended_at, returned_at,
        supplement, supplements_asked, fees, consultations, number, drafts, outcome, reason, voided, extensions,
        delivery;
        run = None, certification = None, confirmed_files = Vec::new(), taken_over = None,
        correction = None, links = Vec::new(), led_by = None, is_assisted = false,
        takings = Vec::new(), declared = None, form_version = None
    }
    FormVersion { procedure, version }
    CertifiedLine { procedure, book, name, pages, copies, fee, number }
    Certification { lines, signer, on }
}

/// The place of its letter, in a byte.
impl Wire for Service {
    fn put(&self, out: &mut Vec<u8>) {
        out.push(self.index());
    }

    fn take(input: &mut Reader<'_>) -> Result<Self, Damaged> {
        let [index] = input.array()?;
        Self::from_index(index).ok_or(Damaged("service"))
    }
}

impl Wire for notice::Kind {
    fn put(&self, out: &mut Vec<u8>) {
        out.push(self.tag());
    }

    fn take(input: &mut Reader<'_>) -> Result<Self, Damaged> {
        let [tag] = input.array()?;
        Self::from_tag(tag).ok_or(Damaged("kind of notice"))
    }
}

impl Wire for Step {
    fn put(&self, out: &mut Vec<u8>) {
        out.push(match self {
            Self::Units { .. } => 0,
            Self::Cap { .. } => 1,
            Self::Exempt { .. } => 2,
        });
        put_record(out, |out| match self {
            Self::Units { first, last, unit, copies, price, tiered, adds } => {
                first.put(out);
                last.put(out);
                unit.put(out);
                copies.put(out);
                price.put(out);
                tiered.put(out);
                adds.put(out);
            }
            Self::Cap { cap, copies, adds } => {
                cap.put(out);
                copies.put(out);
                adds.put(out);
            }
            Self::Exempt { name, percent, adds } => {
                name.put(out);
                percent.put(out);
                adds.put(out);
            }
        });
    }

    fn take(input: &mut Reader<'_>) -> Result<Self, Damaged> {
        let [tag] = input.array()?;
        let mut input = input.record()?;
        let input = &mut input;
        Ok(match tag {
            0 => Self::Units {
                first: Wire::take(input)?,
                last: Wire::take(input)?,
                unit: Wire::take(input)?,
                copies: Wire::take(input)?,
                price: Wire::take(input)?,
                tiered: Wire::take(input)?,
                adds: Wire::take(input)?,
            },
            1 => Self::Cap {
                cap: Wire::take(input)?,
                copies: Wire::take(input)?,
                adds: Wire::take(input)?,
            },
            2 => Self::Exempt {
                name: Wire::take(input)?,
                percent: Wire::take(input)?,
                adds: Wire::take(input)?,
            },
            _ => return Err(Damaged("step of a fee")),
        })
    }
}

impl Wire for Source {
    fn put(&self, out: &mut Vec<u8>) {
        self.id().to_owned().put(out);
    }

    fn take(input: &mut Reader<'_>) -> Result<Self, Damaged> {
        String::take(input).map(|id| Self::from_id(&id))
    }
}

/// Deepest nesting of form answers that is read.
const MAX_DEPTH: usize = 16;

impl Wire for Form {
    fn put(&self, out: &mut Vec<u8>) {
        (**self).put(out);
    }

    fn take(input: &mut Reader<'_>) -> Result<Self, Damaged> {
        BTreeMap::take(input).map(Self::from)
    }
}

impl Wire for FormValue {
    fn put(&self, out: &mut Vec<u8>) {
        match self {
            Self::Null => out.push(0),
            Self::Bool(yes) => {
                out.push(1);
                yes.put(out);
            }
            Self::Number(text) => {
                out.push(2);
                text.put(out);
            }
            Self::Text(text) => {
                out.push(3);
                text.put(out);
            }
            Self::List(items) => {
                out.push(4);
                put_record(out, |out| items.put(out));
            }
            Self::Group(fields) => {
                out.push(5);
                put_record(out, |out| fields.put(out));
            }
        }
    }

    fn take(input: &mut Reader<'_>) -> Result<Self, Damaged> {
        take_form_value(input, MAX_DEPTH)
    }
}

fn take_form_value(input: &mut Reader<'_>, depth: usize) -> Result<FormValue, Damaged> {
    let depth = depth.checked_sub(1).ok_or(Damaged("form nested too deep"))?;
    Ok(match input.array()? {
        [0] => FormValue::Null,
        [1] => FormValue::Bool(bool::take(input)?),
        [2] => FormValue::Number(String::take(input)?),
        [3] => FormValue::Text(String::take(input)?),
        [4] => {
            let mut input = input.record()?;
            let count = u64::take(&mut input)?;
            let items = (0..count).map(|_| take_form_value(&mut input, depth));
            FormValue::List(items.collect::<Result<_, _>>()?)
        }
        [5] => {
            let mut input = input.record()?;
            let count = u64::take(&mut input)?;
            let fields = (0..count)
                .map(|_| Ok((String::take(&mut input)?, take_form_value(&mut input, depth)?)));
            FormValue::Group(fields.collect::<Result<_, _>>()?)
        }
        _ => return Err(Damaged("form value")),
    })
}
