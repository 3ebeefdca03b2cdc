//! What is made without a dossier: posters with a code that opens the portal or a procedure, and
//! the queue's tickets.

use jiff::civil::Date;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::{Deed, Pdf, facts, page_address, sheets, words};
use crate::documents::papers::{Follow, Lookup, PaperSize, Poster, QueueTicket, Sheet};
use crate::domain::agency::Agency;
use crate::domain::calendar::words::instant_short;
use crate::domain::catalogue::{Channel, Procedure};
use crate::domain::deadline::Duration;
use crate::domain::dossier::{Directory, published};
use crate::domain::ids::{AgencyCode, ProcedureCode};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::ticket::{Ticket, told};
use crate::domain::words::Lang;
use crate::domain::{offer, validity};
use crate::office::world::World;
use crate::office::{Office, no_dossier};
use crate::store::ledger::Failure;

/// Most posters of one file.
const MOST_POSTERS: usize = 300;

/// What a poster is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PosterOf {
    /// The portal.
    Home,
    /// A field's procedures.
    Field(String),
    /// A procedure.
    Procedure(ProcedureCode),
}

impl Office {
    /// Posters of an agency, a sheet each, in one file. Call it on a blocking pool.
    ///
    /// # Errors
    /// There is no such agency, procedure or field; or none was named.
    pub fn posters(
        &self,
        agency: &AgencyCode,
        of: &[PosterOf],
        size: PaperSize,
        base: &str,
    ) -> Result<Pdf, Failure> {
        let (world, now, today) = (self.world(), self.now(), self.today());
        let agency = world.agency(agency).ok_or_else(no_dossier)?;
        let pack = world.pack_for(&agency.code, now);
        let sheet = sheets::sheet(Deed::Poster, pack, agency, now, self.is_demo);
        let sheet = Sheet { paper: size, ..sheet };
        if of.is_empty() || of.len() > MOST_POSTERS {
            let most = MOST_POSTERS.to_string();
            let text = crate::office::words::POSTERS_WRONG.text(&[("max", &most)]);
            return Err(Refusal::field("thu_tuc", text).into());
        }
        let papers: Result<Vec<_>, Failure> = of
            .iter()
            .map(|of| Ok(poster(&world, (agency, &sheet, today), of, base)?.ready()))
            .collect();
        let papers = papers?;
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

fn poster(
    world: &World,
    (agency, sheet, today): (&Agency, &Sheet, Date),
    of: &PosterOf,
    base: &str,
) -> Result<Poster, Failure> {
    let unknown = || Refusal::new(RefusalKind::NotFound, crate::office::words::PROCEDURE_UNKNOWN);
    let (path, heading, about, facts) = match of {
        PosterOf::Home => {
            let heading = words::POSTER_TRACK.vi.to_owned();
            ("/".to_owned(), heading, words::POSTER_TRACK_ABOUT, Vec::new())
        }
        PosterOf::Field(field) => {
            if !world.fields().contains(field.as_str()) {
                return Err(unknown().into());
            }
            let asked = utf8_percent_encode(field, NON_ALPHANUMERIC);
            let path = format!("/thu-tuc?linh_vuc={asked}");
            (path, field.clone(), words::POSTER_FIELD_ABOUT, Vec::new())
        }
        PosterOf::Procedure(code) => {
            let known = world.procedure(code).ok_or_else(unknown)?;
            let path = format!("/thu-tuc/{code}");
            (path, known.name.clone(), words::POSTER_ABOUT, about_procedure(known))
        }
    };
    let qr = page_address(base, &path);
    let address = qr.split_once("://").map_or(qr.as_str(), |(_, rest)| rest);
    // An address with a query is for the code alone: nobody types it.
    let address = address.split('?').next().unwrap_or_default();
    let address = address.trim_end_matches('/').to_owned();
    // What the agency says of this procedure, where it says something.
    let own = match of {
        PosterOf::Procedure(code) => world.offer(&agency.code, code).cloned(),
        PosterOf::Home | PosterOf::Field(_) => None,
    };
    let own = own.unwrap_or_default();
    let phone_of = if own.phone.is_empty() { &agency.phone } else { &own.phone };
    let phone = words::POSTER_PHONE.fill(Lang::Vi, &[("phone", phone_of)]);
    let hours = own.hours_said(Lang::Vi).join("; ");
    let is_usual = hours.is_empty();
    let hours = words::GUIDE_HOURS.fill(Lang::Vi, &[("hours", &hours)]);
    let contact = [
        (sheets::section(agency), false),
        (agency.address.clone(), agency.address.is_empty()),
        (phone, phone_of.is_empty()),
        (hours, is_usual),
    ];
    let notice = match of {
        PosterOf::Procedure(code) => validity::said(code, today, world)
            .or_else(|| offer::said(&agency.code, code, today, world)),
        PosterOf::Home | PosterOf::Field(_) => None,
    };
    Ok(Poster {
        sheet: sheet.clone(),
        heading,
        notice: notice.map(|text| text.vi).unwrap_or_default(),
        about: about.vi.to_owned(),
        facts,
        office: contact.into_iter().filter(|(_, none)| !none).map(|(l, _)| l).collect(),
        follow: Follow { lookup: Some(Lookup { qr, address, secret: None }), anchor: None },
    })
}

fn about_procedure(procedure: &Procedure) -> Vec<(String, String)> {
    let duration: Option<Duration> = published(procedure, Channel::Counter);
    let fee = facts::published_fee(procedure, Channel::Counter);
    let duration = duration.map(|d| (words::POSTER_DURATION.vi.to_owned(), facts::duration(d)));
    duration.into_iter().chain([(words::POSTER_FEE.vi.to_owned(), fee)]).collect()
}
