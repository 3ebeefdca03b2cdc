//! The stored twin of [`Event`]: a tag, then the fields of that kind as a record. Fields that came
//! later stand after `;` with the value that older bytes stand for.

use super::wire::{Damaged, Reader, Wire, put_record};
use crate::domain::dossier::Event;

macro_rules! events {
    ($(
        $tag:literal = $variant:ident
            $({ $($field:ident),+ $(; $($late:ident = $default:expr),+)? })? $(($inner:ident))?;
    )*) => {
        /// The tag of an event's kind in headers and sealed parts; never reused.
        pub fn tag(event: &Event) -> u8 {
            match event {
                $(events!(@pattern $variant $({ $($field),+ })? $(($inner))?) => $tag,)*
            }
        }

        /// The variant that a tag stands for; none for tags of later versions.
        pub fn variant(tag: u8) -> Option<&'static str> {
            match tag { $($tag => Some(stringify!($variant)),)* _ => None }
        }

        impl Wire for Event {
            fn put(&self, out: &mut Vec<u8>) {
                out.push(tag(self));
                put_record(out, |out| {
                    let _ = &out;
                    match self {
                        $(events!(
                            @bind $variant $({ $($field),+ $(, $($late),+)? })? $(($inner))?
                        ) => {
                            $($($field.put(out);)+ $($($late.put(out);)+)?)?
                            $($inner.put(out);)?
                        })*
                    }
                });
            }

            fn take(input: &mut Reader<'_>) -> Result<Self, Damaged> {
                let [tag] = input.array()?;
                let mut input = input.record()?;
                let _ = &mut input;
                Ok(match tag {
                    $($tag => events!(
                        @build input $variant
                            $({ $($field),+ $(; $($late = $default),+)? })? $(($inner))?
                    ),)*
                    _ => return Err(Damaged("kind of event")),
                })
            }
        }
    };
    (@pattern $variant:ident { $($field:ident),+ }) => { Event::$variant { .. } };
    (@pattern $variant:ident ($inner:ident)) => { Event::$variant(_) };
    (@pattern $variant:ident) => { Event::$variant };
    (@bind $variant:ident { $($field:ident),+ }) => { Event::$variant { $($field),+ } };
    (@bind $variant:ident ($inner:ident)) => { Event::$variant($inner) };
    (@bind $variant:ident) => { Event::$variant };
    (@build $input:ident $variant:ident {
        $($field:ident),+ $(; $($late:ident = $default:expr),+)?
    }) => {
        Event::$variant {
            $($field: Wire::take(&mut $input)?,)+
            $($($late: if $input.is_empty() { $default } else { Wire::take(&mut $input)? },)+)?
        }
    };
    (@build $input:ident $variant:ident ($inner:ident)) => {
        Event::$variant(Wire::take(&mut $input)?)
    };
    (@build $input:ident $variant:ident) => { Event::$variant };
}

events! {
    1 = Submitted(submitted);
    2 = Received(receipt);
    3 = Refused { reason };
    4 = SupplementRequested { items, due_at };
    5 = Supplemented { attachments, text, due_at };
    59 = SupplementPromised { attachments, text, components };
    6 = Transferred { agency, reason, due_at };
    7 = ProcedureChanged { procedure, procedure_name, field, reason, duration, due_at };
    8 = Assigned { to };
    9 = Forwarded { to };
    10 = Consulted { agency, unit, question, due_at; shares = Vec::new() };
    11 = ConsultationAnswered { number, answer; attachments = Vec::new() };
    12 = SubmittedForApproval { draft, attachments };
    13 = Approved;
    14 = ReturnedForRework { reason };
    15 = NumberIssued { number, date };
    16 = PaymentRequested { fees };
    17 = PaymentRecorded { method, receipt_number, due_at; request = None };
    18 = Extended { due_at, reason };
    19 = WithdrawalRequested { reason };
    20 = WithdrawalApproved;
    21 = WithdrawalRejected { reason, due_at };
    22 = Stopped { reason, decision_number };
    23 = Finished { outcome, attachments };
    24 = ResultReceived;
    25 = Delivered(delivery);
    26 = PapersReturned { items, received_by };
    27 = Corrected { changes, reason };
    28 = ResultCorrected { changes, reason };
    29 = Voided { reason };
    30 = Noted { text };
    31 = AttachmentAdded { attachment };
    32 = DueDateMoved { due_at, reason };
    33 = ProcessBegun { process };
    34 = StepCompleted { step };
    35 = StepsDue { due };
    38 = PaymentReversed { number, reason, instead };
    39 = PaymentRequestCancelled { request, reason, due_at };
    40 = TransferDeclared { amount };
    41 = TransferRejected { reason };
    43 = LinksPlanned { links };
    44 = LinkOpened { number, dossier, code };
    50 = CertificationAsked { lines, signer };
    51 = Certified { lines, signer, on };
    52 = FilesConfirmed { files, by };
    53 = TakenOver { by };
    55 = CorrectionRequested { changes, reason };
    56 = CorrectionRejected { reason };
    57 = PapersAdded { papers, attachments };
}
