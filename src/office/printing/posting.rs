//! What is made without a dossier: posters with a code that opens the portal or a procedure, and
//! the queue's tickets.

use super::{Deed, Pdf, facts, page_address, sheets, words};
use crate::documents::papers::{Follow, Lookup, Poster, QueueTicket};
use crate::domain::agency::Agency;
use crate::domain::calendar::words::instant_short;
use crate::domain::catalogue::{Channel, Procedure};
use crate::domain::deadline::Duration;
use crate::domain::dossier::{Directory, published};
use crate::domain::ids::{AgencyCode, ProcedureCode};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::ticket::{Ticket, told};
use crate::domain::words::Lang;
use crate::office::{Office, no_dossier};
use crate::store::ledger::Failure;

impl Office {
    /// A poster of an agency: of a procedure, or of the portal when none is named. Call it on a
    /// blocking pool.
    ///
    /// # Errors
    /// There is no such agency or procedure.
    pub fn poster(
        &self,
        agency: &AgencyCode,
        procedure: Option<&str>,
        base: &str,
    ) -> Result<Pdf, Failure> {
        let (world, now) = (self.world(), self.now());
        let agency = world.agency(agency).ok_or_else(no_dossier)?;
        let procedure = match procedure {
            None => None,
            Some(code) => {
                let known = world.procedure(&ProcedureCode::new(code.trim()));
                Some(known.ok_or_else(|| {
                    Refusal::new(RefusalKind::NotFound, crate::office::words::PROCEDURE_UNKNOWN)
                })?)
            }
        };
        let path = procedure.map_or_else(|| "/".to_owned(), |p| format!("/thu-tuc/{}", p.code));
        let qr = page_address(base, &path);
        let address = qr.split_once("://").map_or(qr.as_str(), |(_, rest)| rest);
        let address = address.trim_end_matches('/').to_owned();
        let pack = world.pack_for(&agency.code, now);
        let about = match procedure {
            Some(_) => words::POSTER_ABOUT,
            None => words::POSTER_TRACK_ABOUT,
        };
        let phone = words::POSTER_PHONE.fill(Lang::Vi, &[("phone", &agency.phone)]);
        let contact = [
            (sheets::section(agency), false),
            (agency.address.clone(), agency.address.is_empty()),
            (phone, agency.phone.is_empty()),
        ];
        let poster = Poster {
            sheet: sheets::sheet(Deed::Poster, pack, agency, now, self.is_demo),
            heading: procedure.map_or(words::POSTER_TRACK.vi.to_owned(), |p| p.name.clone()),
            about: about.vi.to_owned(),
            facts: procedure.map(about_procedure).unwrap_or_default(),
            office: contact.into_iter().filter(|(_, none)| !none).map(|(l, _)| l).collect(),
            follow: Follow { lookup: Some(Lookup { qr, address, secret: None }), anchor: None },
        };
        let papers = vec![poster.ready()];
        let bytes = self.set(&papers)?;
        Ok(Pdf::of(papers, bytes, "niem-yet.pdf".to_owned()))
    }

    /// A ticket of the queue, for a printer with a roll of 80 mm; `ahead` wait before it.
    ///
    /// # Errors
    /// The paper cannot be set.
    pub fn ticket_paper(
        &self,
        agency: &Agency,
        ticket: &Ticket,
        ahead: usize,
    ) -> Result<Pdf, Failure> {
        let (world, now) = (self.world(), self.now());
        let pack = world.pack_for(&agency.code, now);
        let offers = told(&world.queue_services(&agency.code), std::slice::from_ref(ticket));
        let offer = offers.into_iter().find(|offer| offer.service == ticket.number.service);
        let paper = QueueTicket {
            sheet: sheets::sheet(Deed::QueueTicket, pack, agency, now, self.is_demo),
            ticket: ticket.number.to_string(),
            service: offer.map(|offer| offer.name.vi).unwrap_or_default(),
            at: instant_short(ticket.taken_at),
            ahead: match ahead {
                0 => words::TICKET_NEXT.vi.to_owned(),
                n => words::TICKET_AHEAD.fill(Lang::Vi, &[("n", &n.to_string())]),
            },
        };
        let papers = vec![paper.ready()];
        let bytes = self.set(&papers)?;
        Ok(Pdf::of(papers, bytes, format!("so-{}.pdf", ticket.number)))
    }
}

fn about_procedure(procedure: &Procedure) -> Vec<(String, String)> {
    let duration: Option<Duration> = published(procedure, Channel::Counter);
    let fee = facts::published_fee(procedure, Channel::Counter);
    let duration = duration.map(|d| (words::POSTER_DURATION.vi.to_owned(), facts::duration(d)));
    duration.into_iter().chain([(words::POSTER_FEE.vi.to_owned(), fee)]).collect()
}
