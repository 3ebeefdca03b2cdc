//! Reminders that the clock brings. Each reminder has a line in the due dates of an agency; what lies
//! between the line's last place and its present one is read, once, and the new place is written in
//! the commit of the reminders.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::making::Maker;
use crate::domain::dossier::Directory;
use crate::domain::ids::{AgencyCode, DossierId};
use crate::domain::notice::{Reminder, remind};
use crate::domain::words::Lang;
use crate::office::settings::{self as rows, Row};
use crate::office::{Failure, Office};
use crate::store::reader::Reader;

/// Dossiers of one commit.
const CHUNK: usize = 200;

/// Where the lines of an agency's reminders are.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(in crate::office) struct LinesRow {
    agency: String,
    lines: BTreeMap<String, Timestamp>,
}

impl LinesRow {
    /// Where a line is.
    pub(super) fn line(&self, id: &str) -> Option<Timestamp> {
        self.lines.get(id).copied()
    }

    /// The row of an agency with a line moved.
    pub(super) fn with_line(mut self, agency: &AgencyCode, id: &str, to: Timestamp) -> Self {
        self.agency = agency.to_string();
        self.lines.insert(id.to_owned(), to);
        self
    }
}

impl Row for LinesRow {
    const KIND: &'static str = "reminders";
    fn key(&self) -> &str {
        &self.agency
    }
}

impl Office {
    /// Reminds the desk of what has come near its date since the last time. The answer is how many
    /// letters were written.
    ///
    /// # Errors
    /// The store fails; what was not reminded of is the next time.
    pub fn remind(&self) -> Result<usize, Failure> {
        let (world, now) = (self.world(), self.env.now());
        let mut written = 0;
        let agencies: Vec<AgencyCode> = world.agencies().map(|a| a.code.clone()).collect();
        for agency in agencies {
            for reminder in Reminder::ALL {
                while let Some(count) = self.remind_some(&agency, reminder, now)? {
                    written += count;
                }
            }
        }
        Ok(written)
    }

    /// One commit's worth of one reminder; nothing when its line has not moved.
    fn remind_some(
        &self,
        agency: &AgencyCode,
        reminder: Reminder,
        now: Timestamp,
    ) -> Result<Option<usize>, Failure> {
        let world = self.world();
        let line = reminder.line(now, world.calendar(agency), world.pack_for(agency, now));
        let reader = self.ledger.reader()?;
        let row = rows::read::<LinesRow>(&reader, agency.as_str())?;
        let last = row.and_then(|row| row.line(reminder.id()));
        // An instance that is new to reminders does not begin with everything that is old.
        let from = last.unwrap_or(now.min(line));
        if last.is_some() && from >= line {
            return Ok(None);
        }
        let (ids, reached) = between(&reader, agency, reminder, from, line)?;
        drop(reader);
        // Without anything to say the old line is as good, and the disk is left alone.
        if ids.is_empty() && last.is_some() {
            return Ok(None);
        }
        let address = self.public_address().unwrap_or_default();
        let maker = Maker { world, address, is_demo: self.is_demo };
        let named = agency.clone();
        let done = self.ledger.run_blocking(move |txn| {
            let mut written = 0;
            for id in ids {
                let Some(stored) = txn.dossier(id)? else { continue };
                let dossier = stored.dossier;
                // Another agency's to remind of.
                if dossier.competent_agency != named {
                    continue;
                }
                // What has moved since it was read is not among them.
                let passed = |at: &Timestamp| (from..reached).contains(at);
                for about in reminder.instants(&dossier).into_iter().filter(passed) {
                    let rules = maker.directory().rules(&dossier.rule_pack);
                    let directory = maker.directory();
                    let told = remind(reminder, &dossier, about, rules, now, directory, Lang::Vi);
                    for (kind, told, facts) in told {
                        let about = Some(about);
                        for letter in maker.letters_to(&dossier, kind, &told, &facts, about, now) {
                            written += usize::from(txn.post_reminder(&dossier, letter)?);
                        }
                    }
                }
            }
            let row = rows::get::<LinesRow>(txn, named.as_str())?.unwrap_or_default();
            rows::put(txn, &row.with_line(&named, reminder.id(), reached))?;
            Ok(written)
        })?;
        Ok(Some(done.value))
    }
}

/// Dossiers whose instants lie from one to before another, at most a chunk, and up to where they go.
fn between(
    reader: &Reader,
    agency: &AgencyCode,
    reminder: Reminder,
    from: Timestamp,
    to: Timestamp,
) -> Result<(Vec<DossierId>, Timestamp), Failure> {
    let queue = reminder.queue();
    let cursor = Reader::cursor_at(agency, queue, "", from);
    let direction = crate::store::engine::Direction::Forward;
    let page = reader.queue(agency, queue, "", direction, Some(&cursor), CHUNK)?;
    let is_whole = page.next.is_none();
    let (mut ids, mut last) = (Vec::new(), from);
    for (id, at) in page.ids {
        let Some(due) = at.instant() else { continue };
        if due >= to {
            return Ok((ids, to));
        }
        last = due;
        ids.push(id);
    }
    // A line stops behind the last one read: those of the same instant come again, and are known.
    let reached = if is_whole { to } else { last.max(from + jiff::SignedDuration::from_micros(1)) };
    Ok((ids, reached))
}
