//! Reminders of questions to other agencies: to those who were asked before the answer is due, and to
//! both sides once it is late. Each has a line in the list of questions of the agency asked, as
//! [`super::reminding`] has in due dates.

use jiff::Timestamp;

use super::making::Maker;
use super::reminding::LinesRow;
use crate::domain::deadline::due_soon_until;
use crate::domain::dossier::{Consultation, Directory, Dossier, Queue, Status};
use crate::domain::ids::{AgencyCode, DossierId};
use crate::domain::notice::{Kind, asked};
use crate::domain::words::Lang;
use crate::office::settings as rows;
use crate::office::world::World;
use crate::office::{Failure, Office};
use crate::store::engine::Direction;
use crate::store::reader::Reader;

/// Questions of one commit.
const CHUNK: usize = 200;
/// What is reminded of.
const KINDS: [Kind; 2] = [Kind::ConsultationDue, Kind::ConsultationLate];

/// The instant up to which answers are reminded of at `now`.
fn line(kind: Kind, world: &World, agency: &AgencyCode, now: Timestamp) -> Timestamp {
    match kind {
        Kind::ConsultationLate => now,
        _ => {
            let days = world.pack_for(agency, now).due_soon_working_days;
            due_soon_until(world.calendar(agency), now, days)
        }
    }
}

impl Office {
    /// Reminds of questions whose answers are due soon or late since the last time. The answer is how
    /// many letters were written.
    ///
    /// # Errors
    /// The store fails; what was not reminded of is the next time.
    pub fn remind_of_questions(&self) -> Result<usize, Failure> {
        let (world, now) = (self.world(), self.env.now());
        let mut written = 0;
        for agency in world.agencies().map(|agency| agency.code.clone()) {
            for kind in KINDS {
                let to = line(kind, &world, &agency, now);
                while let Some(count) = self.remind_some_questions(&agency, kind, to, now)? {
                    written += count;
                }
            }
        }
        Ok(written)
    }

    /// One commit's worth; nothing when the line has not moved.
    fn remind_some_questions(
        &self,
        agency: &AgencyCode,
        kind: Kind,
        to: Timestamp,
        now: Timestamp,
    ) -> Result<Option<usize>, Failure> {
        let reader = self.ledger.reader()?;
        let row = rows::read::<LinesRow>(&reader, agency.as_str())?;
        let last = row.and_then(|row| row.line(kind.id()));
        // An instance that is new to reminders does not begin with everything that is old.
        let from = last.unwrap_or(now.min(to));
        if last.is_some() && from >= to {
            return Ok(None);
        }
        let (ids, reached) = asked_between(&reader, agency, from, to)?;
        drop(reader);
        // Without anything to say the old line is as good, and the disk is left alone.
        if ids.is_empty() && last.is_some() {
            return Ok(None);
        }
        let address = self.public_address().unwrap_or_default();
        let maker = Maker { world: self.world(), address, is_demo: self.is_demo };
        let named = agency.clone();
        let done = self.ledger.run_blocking(move |txn| {
            let mut written = 0;
            for id in ids {
                let Some(stored) = txn.dossier(id)? else { continue };
                let dossier = stored.dossier;
                for waiting in waiting_of(&dossier, &named, from, reached) {
                    let told = asked(kind, &dossier, waiting, maker.directory(), Lang::Vi);
                    for (kind, told, facts) in told {
                        let about = Some(waiting.due_at);
                        for letter in maker.letters_to(&dossier, kind, &told, &facts, about, now) {
                            written += usize::from(txn.post_reminder(&dossier, letter)?);
                        }
                    }
                }
            }
            let row = rows::get::<LinesRow>(txn, named.as_str())?.unwrap_or_default();
            rows::put(txn, &row.with_line(&named, kind.id(), reached))?;
            Ok(written)
        })?;
        Ok(Some(done.value))
    }
}

/// The questions of a dossier to an agency that are due between two instants and still open.
fn waiting_of<'a>(
    dossier: &'a Dossier,
    agency: &'a AgencyCode,
    from: Timestamp,
    to: Timestamp,
) -> impl Iterator<Item = &'a Consultation> {
    let is_open = dossier.status == Status::Processing;
    dossier.consultations.iter().filter(move |asked| {
        let is_due = asked.due_at >= from && asked.due_at < to;
        is_open && asked.agency == *agency && asked.answer.is_none() && is_due
    })
}

/// Dossiers with questions due from one instant to before another, at most a chunk, and up to where
/// they go.
fn asked_between(
    reader: &Reader,
    agency: &AgencyCode,
    from: Timestamp,
    to: Timestamp,
) -> Result<(Vec<DossierId>, Timestamp), Failure> {
    let queue = Queue::Consultations;
    let cursor = Reader::cursor_at(agency, queue, "", from);
    let end = Reader::cursor_at(agency, queue, "", to);
    let page = reader.queue(agency, queue, "", Direction::Forward, Some(&cursor), CHUNK)?;
    let is_whole = page.next.is_none();
    let all = page.ids.len();
    let mut due: Vec<DossierId> =
        page.ids.into_iter().filter(|(_, place)| place.0 < end.0).map(|(id, _)| id).collect();
    if is_whole || due.len() < all {
        due.dedup();
        return Ok((due, to));
    }
    // The line stops behind the last one that was read.
    let mut last = from;
    for id in &due {
        let Some(stored) = reader.dossier(*id)? else { continue };
        let own = waiting_of(&stored.dossier, agency, from, to).map(|asked| asked.due_at);
        last = own.fold(last, Timestamp::max);
    }
    due.dedup();
    Ok((due, last.max(from + jiff::SignedDuration::from_micros(1))))
}
