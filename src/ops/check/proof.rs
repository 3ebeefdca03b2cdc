//! What proves the rest: the checkpoints of every log, and the chains of looks and of consents.

use std::collections::HashMap;

use super::{CHUNK, RESTORE, Report};
use crate::documents::seal::{SignedCheckpoint, checkpoints_in};
use crate::domain::ids::AgencyCode;
use crate::domain::look::Look;
use crate::domain::privacy::Entry;
use crate::office::Office;
use crate::office::checkpoints::Finding;
use crate::store::chained::{Chain, Linked};
use crate::store::codec::wire::{Reader as Bytes, Wire};
use crate::store::engine::Table;
use crate::store::event_log::Hash;
use crate::store::ledger::Failure;
use crate::store::reader::Reader;
use crate::store::tables::{CHECKPOINTS, Key, LOOKS_BY, LOOKS_OF, PRIVACY_OF};
use crate::store::{looks, privacy};

/// Every checkpoint that is kept: signed here, chained, and the log as it says.
pub(super) fn check_checkpoints(
    office: &Office,
    reader: &Reader,
    report: &mut Report,
) -> Result<(), Failure> {
    let mut before: HashMap<AgencyCode, (u64, Hash)> = HashMap::new();
    super::views::each_row(reader, CHECKPOINTS, |key, value| {
        let mut input = Bytes::new(key);
        let agency = AgencyCode::take(&mut input);
        let number = input.array().map(u64::from_be_bytes);
        let (Ok(agency), Ok(number)) = (agency, number) else {
            report.problem(format!("checkpoints: a row with a malformed key; {RESTORE}"));
            return Ok(());
        };
        let (last, digest) = before.get(&agency).copied().unwrap_or_default();
        if number != last + 1 {
            let next = last + 1;
            report.problem(format!("checkpoints of {agency}: number {next} is missing; {RESTORE}"));
        }
        let place = format!("checkpoint {number} of {agency}");
        let Ok(signed) = SignedCheckpoint::from_bytes(value) else {
            report.problem(format!("{place}: it is damaged; {RESTORE}"));
            before.insert(agency, (number, [0; 32]));
            return Ok(());
        };
        before.insert(agency.clone(), (number, signed.digest()));
        if (&signed.said.agency, signed.said.number) != (&agency, number) {
            report.problem(format!("{place}: it says that it is another one; {RESTORE}"));
        } else if number == last + 1 && signed.said.previous != digest {
            report.problem(format!("{place}: it does not follow the one before it; {RESTORE}"));
        }
        match office.compare_checkpoint(reader, &signed)? {
            Finding::Holds => {}
            finding => report.problem(format!("{place}: {}", finding.text(&signed).en)),
        }
        Ok(())
    })
}

/// The chain of looks, and the two lists beside it.
pub(super) fn check_looks(reader: &Reader, report: &mut Report) -> Result<(), Failure> {
    let listed_in = |look: &Look, number| {
        let of = Key::new().dossier(look.dossier).number(number);
        let by = Key::new().text(&look.account).number(number);
        vec![(LOOKS_OF, of), (LOOKS_BY, by)]
    };
    let count = check_chain(reader, looks::CHAIN, ("look", "looks"), &listed_in, report)?;
    for (list, listed) in reader.looks_listed()? {
        if listed != count {
            report.problem(format!("looks: the list {list} has {listed} of {count}; {RESTORE}"));
        }
    }
    report.looks = count;
    Ok(())
}

/// The chain of what people agreed to and asked for, and the list beside it.
pub(super) fn check_privacy(reader: &Reader, report: &mut Report) -> Result<(), Failure> {
    let listed_in =
        |entry: &Entry, number| vec![(PRIVACY_OF, Key::new().fixed(&entry.person).number(number))];
    let words = ("line of the record of data", "record of data");
    let count = check_chain(reader, privacy::CHAIN, words, &listed_in, report)?;
    let listed = reader.len(PRIVACY_OF)?;
    if listed != count {
        let what = words.1;
        report.problem(format!("{what}: the list by person has {listed} of {count}; {RESTORE}"));
    }
    Ok(())
}

/// The rows of other tables that list a record of a chain.
type ListedIn<'a, T> = &'a dyn Fn(&T, u64) -> Vec<(Table, Key)>;

/// Every record of a chain: there, hashed with the one before it, and listed. The answer is how many.
fn check_chain<T: Wire>(
    reader: &Reader,
    chain: Chain,
    (one, all): (&str, &str),
    listed_in: ListedIn<'_, T>,
    report: &mut Report,
) -> Result<u64, Failure> {
    let (mut before, mut count): (Hash, u64) = ([0; 32], 0);
    let mut after: Option<Vec<u8>> = None;
    loop {
        let rows = reader.scan(chain.rows, &[], after.as_deref(), CHUNK)?;
        let Some((last, _)) = rows.last() else { break };
        after = Some(last.clone());
        for (key, value) in &rows {
            count += 1;
            let Ok((linked, hash)) = Linked::<T>::of_row(key, value, &before) else {
                report.problem(format!("{one} {count}: it is damaged; {RESTORE}"));
                continue;
            };
            if linked.number != count {
                report.problem(format!("{all}: number {count} is missing; {RESTORE}"));
                count = linked.number;
            } else if linked.hash != hash {
                report.problem(format!(
                    "{one} {count}: the chain is broken, it or a hash was altered; {RESTORE}"
                ));
            }
            before = linked.hash;
            for (table, key) in listed_in(&linked.record, linked.number) {
                if reader.get(table, key.bytes())?.is_none() {
                    let number = linked.number;
                    report.problem(format!("{one} {number}: a list does not have it; {RESTORE}"));
                }
            }
        }
    }
    let end = reader.chain_end(chain)?;
    if (end.count, end.hash) != (count, before) {
        let said = end.count;
        report.problem(format!("{all}: they end at {count}, not at {said} as noted; {RESTORE}"));
    }
    Ok(count)
}

/// Compares with a checkpoint that somebody kept: what fits is told too.
pub(super) fn compare(
    office: &Office,
    reader: &Reader,
    text: &str,
    report: &mut Report,
) -> Result<(), Failure> {
    let found = checkpoints_in(text.as_bytes());
    if found.is_empty() {
        report.problem(format!(
            "“{text}” is no checkpoint; name the file of one, or write AGENCY/SEQUENCE/HASH"
        ));
    }
    for signed in found {
        let finding = office.compare_checkpoint(reader, &signed)?;
        let sentence = finding.text(&signed).en;
        match finding {
            Finding::Holds => report.remark(sentence),
            _ => report.problem(sentence),
        }
    }
    Ok(())
}
