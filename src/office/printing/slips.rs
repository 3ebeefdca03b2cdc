//! Slips of the counter, and the label of the envelope in which a result goes out.

use super::facts::{self, amount};
use super::notices::said;
use super::{Source, owner, person, words};
use crate::documents::papers::{
    Deed, Envelope, FeeLine, Follow, Lookup, Post, Slip, TransferLines, amount_in_words,
};
use crate::domain::calendar::words::date_short;
use crate::domain::dossier::{Event, Fee, PaymentMethod, Taker};
use crate::domain::words::Lang;

impl Source<'_> {
    pub(super) fn counter_slip(&self) -> Slip {
        let dossier = self.dossier;
        let asked = || dossier.fees.iter().filter(|fee| fee.cancelled.is_none());
        let total: u64 = asked().map(|fee| fee.line.amount).sum();
        let receipt_number = dossier
            .fees
            .iter()
            .rev()
            .find_map(|fee| fee.paid.as_ref().and_then(|paid| paid.receipt_number.clone()));
        let is_done = self.deed.of_event(&self.event);
        Slip {
            deed: self.deed,
            sheet: self.sheet(),
            person: owner(dossier),
            submitter: person(&dossier.submitter),
            procedure: dossier.procedure_name.clone(),
            received: dossier.received_at.map(said),
            result: facts::result(dossier),
            taker: self.taker(),
            mandate: dossier.delivery.as_ref().and_then(|d| d.mandate_paper.clone()),
            at: is_done.then(|| said(self.header.at)),
            way: Some(self.way_and_right()),
            items: self.items(),
            fees: asked().map(fee_line).collect(),
            total: Some(amount(total)),
            total_in_words: Some(amount_in_words(total)),
            receipt_number,
            transfer: self.transfer(),
            // Who printed a blank slip is not who will serve.
            officer: if is_done { self.officer() } else { String::new() },
            follow: Follow::default(),
        }
    }

    /// How what is unpaid can be transferred, on the slip of the fees.
    fn transfer(&self) -> Option<TransferLines> {
        let transfer =
            self.world.transfer_of(self.dossier).filter(|_| self.deed == Deed::FeeSlip)?;
        let lines = TransferLines {
            bank: transfer.bank,
            account: transfer.account,
            holder: transfer.holder,
            amount: amount(transfer.amount),
            content: transfer.content,
            code: String::new(),
        };
        lines.with_code(&transfer.qr)
    }

    fn taker(&self) -> Option<String> {
        match (&self.event, self.deed) {
            (Event::Delivered(delivery), Deed::ResultSlip) => delivery.received_by.clone(),
            (Event::PapersReturned { received_by, .. }, Deed::ReturnSlip) => {
                Some(received_by.clone())
            }
            (_, Deed::ProxySlip | Deed::LostReceipt) => {
                let delivery = self.dossier.delivery.as_ref();
                delivery.and_then(|delivery| delivery.received_by.clone())
            }
            _ => None,
        }
    }

    fn way(&self) -> crate::domain::catalogue::Channel {
        let delivery = self.dossier.delivery.as_ref();
        delivery.map_or(self.dossier.return_channel, |delivery| delivery.channel)
    }

    /// The way out, by what paper somebody took the result for the owner, and a lost receipt.
    fn way_and_right(&self) -> String {
        let mut said = vec![facts::way(self.way()).to_owned()];
        if let Event::Delivered(delivery) = &self.event {
            let by_law = delivery.taker == Some(Taker::Representative);
            said.extend(by_law.then(|| words::TAKEN_BY_LAW.vi.to_owned()));
            let paper = delivery.mandate_paper.as_ref();
            said.extend(paper.map(|p| words::TAKEN_BY.fill(Lang::Vi, &[("paper", p)])));
            said.extend(delivery.receipt_lost.then(|| words::RECEIPT_LOST.vi.to_owned()));
        }
        said.join("; ")
    }

    /// The papers handed back: those of the event, else every original that was handed in.
    fn items(&self) -> Vec<String> {
        match (&self.event, self.deed) {
            (Event::PapersReturned { items, .. }, _) => items.clone(),
            (_, Deed::ReturnSlip) => {
                let handed_in = self.dossier.components.iter().filter(|paper| paper.originals > 0);
                handed_in.map(|paper| paper.name.clone()).collect()
            }
            _ => Vec::new(),
        }
    }

    pub(super) fn envelope(&self) -> Envelope {
        let to = &self.dossier.submitter;
        // The label lies open: its code opens no dossier.
        let qr = self.dossier.code.to_string();
        let lookup = Lookup { qr, address: String::new(), secret: None };
        Envelope {
            sheet: self.sheet(),
            sender: Post {
                name: self.section(),
                address: self.agency.address.clone(),
                phone: self.agency.phone.clone(),
            },
            recipient: Post {
                name: to.name.clone(),
                address: to.address.clone().unwrap_or_default(),
                phone: to.phone.clone().unwrap_or_default(),
            },
            content: words::ENVELOPE_CONTENT.vi.to_owned(),
            follow: Follow { lookup: Some(lookup), anchor: None },
        }
    }
}

fn fee_line(fee: &Fee) -> FeeLine {
    let state = match &fee.paid {
        None if fee.line.amount == 0 => words::FEE_EXEMPT.vi.to_owned(),
        None => words::FEE_OPEN.vi.to_owned(),
        Some(paid) => {
            let how = match paid.method {
                PaymentMethod::Cash => words::CASH,
                PaymentMethod::Card => words::CARD,
                PaymentMethod::Transfer => words::TRANSFER,
                PaymentMethod::Platform => words::PLATFORM,
            };
            let day = date_short(crate::domain::calendar::local(paid.at).date());
            words::FEE_PAID.fill(Lang::Vi, &[("date", &day), ("how", how.vi)])
        }
    };
    let steps = fee.line.basis.iter().flat_map(|basis| &basis.steps);
    FeeLine {
        name: fee.line.name.clone(),
        amount: amount(fee.line.amount),
        state,
        why: steps.map(|step| step.say(Lang::Vi)).collect(),
    }
}
