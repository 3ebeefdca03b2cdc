//! The search index: it holds every dossier up to its checkpoint, once, and no other.

use std::collections::HashSet;

use super::{CHUNK, Progress, Report};
use crate::domain::ids::DossierId;
use crate::office::Office;
use crate::search::procedures::Examined;
use crate::store::event_log::sha256;
use crate::store::ledger::Failure;
use crate::store::reader::{Head, Reader};
use crate::store::tables::{DOSSIERS, KEYRING};

/// How often a look at an index that is being written is repeated.
const TRIES: usize = 10;

const REINDEX: &str = "run `motcua reindex`";

/// A set of ids, whatever its order, in a few bytes.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Sum {
    count: u64,
    sum: u128,
}

impl Sum {
    fn add(&mut self, id: DossierId) {
        let mut half = [0; 16];
        half.copy_from_slice(&sha256(&id.0)[..16]);
        self.count += 1;
        self.sum = self.sum.wrapping_add(u128::from_be_bytes(half));
    }
}

pub(super) fn check(
    office: &Office,
    report: &mut Report,
    progress: Progress<'_>,
) -> Result<(), Failure> {
    let Some((checkpoint, indexed)) = quiet_look(office)? else {
        report.remark("index: it was being written all the time and was not compared".to_owned());
        return Ok(());
    };
    let reader = office.ledger().reader()?;
    if !office.index_is_of(&reader)? {
        report.problem(format!("index: it belongs to another history of the store; {REINDEX}"));
        return Ok(());
    }
    let last = reader.last_commit()?.map_or(0, |row| row.commit);
    if checkpoint < last {
        let behind = last - checkpoint;
        report.remark(format!("index: it has {behind} commits to read yet"));
    }
    if !intact(office)? {
        report.problem(format!("index: its files were altered; {REINDEX}"));
        return Ok(());
    }
    let expected = expected(&reader, checkpoint, last, report.dossiers, progress)?;
    if expected != indexed {
        name_differences(office, &reader, checkpoint, report)?;
    }
    Ok(())
}

/// The catalogue's index, and what was found of either when the folder was opened.
pub(super) fn check_catalogue(office: &Office, report: &mut Report) -> Result<(), Failure> {
    for name in office.mended_indexes() {
        report.problem(format!(
            "index: the files of {name} were altered; they were made anew when the folder was opened"
        ));
    }
    let mut found = office.examine_catalogue_index()?;
    for _ in 1..TRIES {
        if matches!(found, Some(Examined::Fits)) {
            break;
        }
        found = office.examine_catalogue_index()?;
    }
    match found {
        Some(Examined::Fits) => {}
        Some(Examined::Damaged | Examined::Other) => {
            report.problem(format!("index: the files of index/procedures were altered; {REINDEX}"));
        }
        Some(Examined::Differs) => report.problem(format!(
            "index: index/procedures holds other procedures than the catalogue; {REINDEX}"
        )),
        None => report.remark(
            "index: the catalogue changed all the time, and index/procedures was not compared"
                .to_owned(),
        ),
    }
    Ok(())
}

/// Whether its files have the checksums that they were written with. A look fails while files are put
/// together, so it is repeated.
fn intact(office: &Office) -> Result<bool, Failure> {
    let mut last = office.index_is_intact();
    for _ in 1..TRIES {
        if last.is_ok() {
            break;
        }
        last = office.index_is_intact();
    }
    last
}

/// The index between two of its commits.
fn quiet_look(office: &Office) -> Result<Option<(u64, Sum)>, Failure> {
    for _ in 0..TRIES {
        let before = office.indexed_commit()?;
        let mut sum = Sum::default();
        office.for_each_indexed(|id| sum.add(id))?;
        if office.indexed_commit()? == before {
            return Ok(Some((before, sum)));
        }
    }
    Ok(None)
}

/// The dossiers that were there at the checkpoint.
fn expected(
    reader: &Reader,
    checkpoint: u64,
    last: u64,
    total: u64,
    progress: Progress<'_>,
) -> Result<Sum, Failure> {
    let (mut sum, mut seen) = (Sum::default(), 0);
    let mut after: Option<Vec<u8>> = None;
    loop {
        let rows = reader.scan(DOSSIERS, &[], after.as_deref(), CHUNK)?;
        let Some((end, _)) = rows.last() else { return Ok(sum) };
        after = Some(end.clone());
        for (_, value) in &rows {
            seen += 1;
            let Ok((head, _)) = Head::split(value) else { continue };
            let was_there = checkpoint == last || was_there(&head, checkpoint);
            if was_there && is_kept(reader, &head)? {
                sum.add(head.id);
            }
        }
        progress("index", seen, total);
    }
}

/// Whether it was not disposed of.
fn is_kept(reader: &Reader, head: &Head) -> Result<bool, Failure> {
    Ok(reader.get(KEYRING, &head.id.0)?.is_some())
}

fn was_there(head: &Head, checkpoint: u64) -> bool {
    head.refs.0.first().is_some_and(|first| first.place.commit <= checkpoint)
}

fn name_differences(
    office: &Office,
    reader: &Reader,
    checkpoint: u64,
    report: &mut Report,
) -> Result<(), Failure> {
    let mut ids = HashSet::new();
    let mut twice = Vec::new();
    office.for_each_indexed(|id| {
        if !ids.insert(id) {
            twice.push(id);
        }
    })?;
    for id in twice {
        report.problem(format!("index: it holds the dossier {id} twice; {REINDEX}"));
    }
    let mut after: Option<Vec<u8>> = None;
    loop {
        let rows = reader.scan(DOSSIERS, &[], after.as_deref(), CHUNK)?;
        let Some((end, _)) = rows.last() else { break };
        after = Some(end.clone());
        for (_, value) in &rows {
            let Ok((head, _)) = Head::split(value) else { continue };
            if !is_kept(reader, &head)? {
                continue;
            }
            if !ids.remove(&head.id) && was_there(&head, checkpoint) {
                report.problem(format!("index: it lacks the dossier {}; {REINDEX}", head.code));
            }
        }
    }
    for id in ids {
        report.problem(format!("index: it holds {id}, which is no dossier; {REINDEX}"));
    }
    Ok(())
}
