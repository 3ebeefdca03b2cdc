//! The papers that persons keep: each opens under its person's key, its files are booked to the
//! person and as they were written, and the sums of a person fit.

use super::views::each_row;
use super::{RESTORE, Report};
use crate::documents::blobs::BlobStore;
use crate::store::ledger::Failure;
use crate::store::persons::PersonId;
use crate::store::reader::Reader;
use crate::store::tables::{BLOBS, DATA_REQUESTS, DATA_REQUESTS_OF, Key, PERSON_PAPERS, PERSONS};

/// Every request about data opens under its key.
pub(super) fn check_requests(reader: &Reader, report: &mut Report) -> Result<(), Failure> {
    let mut count = 0_u64;
    each_row(reader, DATA_REQUESTS, |key, _| {
        count += 1;
        let number = key.try_into().map(u64::from_be_bytes).unwrap_or_default();
        let place = format!("request {number} about data");
        match reader.data_request(number) {
            Ok(Some(request)) => {
                let of = Key::new().fixed(&request.person).number(number);
                if reader.get(DATA_REQUESTS_OF, of.bytes())?.is_none() {
                    report
                        .problem(format!("{place}: its person's list does not have it; {RESTORE}"));
                }
            }
            Ok(None) => report.problem(format!("{place}: its key is malformed; {RESTORE}")),
            Err(failure) => report.problem(format!("{place}: {failure}; {RESTORE}")),
        }
        Ok(())
    })?;
    let listed = reader.len(DATA_REQUESTS_OF)?;
    if listed != count {
        report.problem(format!("requests about data: {listed} of {count} are listed; {RESTORE}"));
    }
    Ok(())
}

/// What persons account for in other tables.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Kept {
    pub blobs: u64,
    papers: u64,
}

pub(super) fn check(
    files: Option<&BlobStore>,
    reader: &Reader,
    report: &mut Report,
) -> Result<Kept, Failure> {
    let mut kept = Kept::default();
    each_row(reader, PERSONS, |key, value| {
        // A person is named by nothing but a digest: its beginning tells rows apart.
        let name: String = key.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
        let place = format!("papers of person {name}…");
        match reader.person(key, value) {
            Ok((id, holdings, papers)) => {
                kept.papers += papers.len() as u64;
                let bytes: u64 = papers.iter().map(|paper| paper.size()).sum();
                if (holdings.papers, holdings.bytes) != (papers.len() as u64, bytes) {
                    report.problem(format!("{place}: their sums are wrong; {RESTORE}"));
                }
                for file in papers.iter().flat_map(|paper| &paper.files) {
                    kept.blobs += 1;
                    report.blobs += 1;
                    check_file(files, reader, report, &place, id, file)?;
                }
            }
            Err(failure) => report.problem(format!("{place}: {failure}; {RESTORE}")),
        }
        Ok(())
    })?;
    let rows = reader.len(PERSON_PAPERS)?;
    if rows != kept.papers {
        report.problem(format!(
            "papers of persons: {rows} rows, of which {} are a person's; {RESTORE}",
            kept.papers
        ));
    }
    Ok(kept)
}

fn check_file(
    files: Option<&BlobStore>,
    reader: &Reader,
    report: &mut Report,
    place: &str,
    person: PersonId,
    file: &crate::domain::dossier::Attachment,
) -> Result<(), Failure> {
    let id = file.id;
    if reader.get(BLOBS, &id.0)?.as_deref() != Some(person.0.as_slice()) {
        report.problem(format!("{place}: the file {id} is not booked to them; {RESTORE}"));
    }
    if let Some(Err(fault)) = files.map(|files| files.verify(id, &file.cipher_sha256)) {
        report.problem(format!("{place}: {fault}; put the file back from a backup"));
    }
    Ok(())
}
