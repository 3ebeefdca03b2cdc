//! Checking a paper that somebody holds: against the keys of this instance, then against its log.

use super::checkpoints::Finding;
use super::{Office, words};
use crate::documents::seal::{self, Checked, PublicKey, Statement, Verdict};
use crate::domain::ids::{AgencyCode, DossierCode};
use crate::store::ledger::Failure;
use crate::store::reader::Reader;

impl Office {
    /// Checks a PDF or a text with a signed statement. What is genuine must also stand in the log
    /// as it says. Takes a millisecond a paper: call it on a blocking pool.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn check_paper(&self, bytes: &[u8]) -> Result<Checked, Failure> {
        let keys: Vec<PublicKey> = self.paper_keys().iter().map(|key| key.public).collect();
        let mut checked = seal::check(bytes, &keys);
        if checked.verdict != Verdict::Genuine {
            return Ok(checked);
        }
        let reader = self.ledger.reader()?;
        let mut all_stand = true;
        for paper in &checked.papers {
            all_stand &= stands(&reader, &paper.statement)?;
        }
        match all_stand {
            true if checked.papers.is_empty() => {}
            true => checked.find(Verdict::Genuine, words::PAPER_IN_LOG),
            false => checked.find(Verdict::NotInLog, words::PAPER_NOT_IN_LOG),
        }
        for signed in checked.checkpoints.clone() {
            let finding = self.compare_checkpoint(&reader, &signed)?;
            let verdict = match finding {
                Finding::Holds => Verdict::Genuine,
                _ => Verdict::NotInLog,
            };
            checked.find(verdict, finding.text(&signed));
        }
        Ok(checked)
    }
}

/// Whether the log has an event at the place that a statement names. A dossier's events may lie in
/// the logs of several agencies; a list names its agency's own log.
fn stands(reader: &Reader, statement: &Statement) -> Result<bool, Failure> {
    let fits = |agency: &AgencyCode, sequence: u64| -> Result<bool, Failure> {
        let logged = reader.logged(agency, sequence)?;
        Ok(logged.is_some_and(|logged| logged.hash.starts_with(&statement.chain)))
    };
    let Some(code) = &statement.code else {
        return match statement.sequence {
            0 => Ok(true),
            sequence => fits(&statement.agency, sequence),
        };
    };
    let Some(stored) = dossier(reader, code)? else { return Ok(false) };
    for place in stored.refs.iter().filter(|place| place.sequence == statement.sequence) {
        if fits(&place.agency, place.sequence)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn dossier(
    reader: &Reader,
    code: &DossierCode,
) -> Result<Option<crate::store::reader::Stored>, Failure> {
    match reader.find(code)? {
        Some(id) => reader.dossier(id),
        None => Ok(None),
    }
}
