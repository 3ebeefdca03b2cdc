//! Disposal of dossiers whose period is over: an official approves the list, their keys are destroyed,
//! and the keyring goes under a new wrapping key, so that no copy made before opens them either.

use std::collections::HashSet;
use std::sync::PoisonError;

use data_encoding::HEXLOWER;

use super::printing::MAX_PAPERS;
use super::{Caller, Failure, Office, no_dossier, words};
use crate::domain::agency::{Role, Staff};
use crate::domain::calendar::local;
use crate::domain::dossier::{Attachment, Dossier, FileKey, Queue};
use crate::domain::ids::{AttachmentId, DossierCode, DossierId};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::retention::free_on;
use crate::store::disposals::Remains;
pub use crate::store::disposals::{Disposal, Disposed, KeptFile};
use crate::store::engine::{Direction, Fault, FaultKind};

/// Ended dossiers that one list looks at.
const MOST_READ: usize = 5_000;
/// Rows read at once.
const CHUNK: usize = 200;
/// Longest ground.
const MAX_GROUND: usize = 500;

/// A dossier whose period is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// Its code.
    pub code: DossierCode,
    /// Its procedure's name.
    pub procedure_name: String,
    /// How it ended.
    pub status: crate::domain::dossier::Status,
    /// The day on which it ended.
    pub ended: jiff::civil::Date,
    /// The years that it was kept for.
    pub years: u32,
    /// The legal source.
    pub source: String,
}

/// Who approves a disposal: the head of the agency, or an administrator of it.
fn approver(caller: &Caller) -> Result<&Staff, Refusal> {
    let may = |staff: &&Staff| staff.is(Role::Head) || staff.is(Role::Admin);
    let refusal = || Refusal::new(RefusalKind::Forbidden, words::ROLE_MAY_NOT);
    caller.staff().filter(may).ok_or_else(refusal)
}

impl Office {
    /// Dossiers that the caller's agency received and whose period is over, the oldest first.
    ///
    /// # Errors
    /// The caller may not approve disposals, or the store fails.
    pub fn due_for_disposal(&self, caller: &Caller, limit: usize) -> Result<Vec<Due>, Failure> {
        let staff = approver(caller)?;
        let (reader, world) = (self.ledger.reader()?, self.world());
        let now = self.now();
        let today = local(now).date();
        let (mut due, mut read, mut after) = (Vec::new(), 0, None);
        loop {
            let forward = Direction::Forward;
            let page =
                reader.queue(&staff.agency, Queue::Ended, "", forward, after.as_ref(), CHUNK)?;
            for (id, place) in page.ids {
                (read, after) = (read + 1, Some(place));
                let Some(stored) = reader.dossier(id)? else { continue };
                let dossier = stored.dossier;
                let rules = world.rules_of(&dossier, now);
                if free_on(&dossier, rules).is_some_and(|day| day <= today) {
                    due.extend(told(&dossier, rules));
                }
                if due.len() == limit {
                    return Ok(due);
                }
            }
            if page.next.is_none() || read >= MOST_READ {
                return Ok(due);
            }
        }
    }

    /// Disposes of dossiers whose period is over. Takes seconds, more with a large store: call it on a
    /// blocking pool. What was interrupted is finished when the folder is opened again.
    ///
    /// # Errors
    /// The caller may not, there is no ground, a dossier is not due, or the store fails.
    pub fn dispose(
        &self,
        caller: &Caller,
        codes: &[DossierCode],
        ground: &str,
    ) -> Result<Disposal, Failure> {
        let staff = approver(caller)?;
        let ground = ground.trim();
        if ground.is_empty() || ground.chars().count() > MAX_GROUND {
            let text = words::GROUND_MISSING.text(&[("max", &MAX_GROUND.to_string())]);
            return Err(Refusal::field("ground", text).into());
        }
        if codes.is_empty() || codes.len() > MAX_PAPERS {
            return Err(Refusal::field("ma", words::DISPOSE_NONE).into());
        }
        let _alone = self.keyring_work.lock().unwrap_or_else(PoisonError::into_inner);
        self.follow_log(&mut |_, _| {})?;
        let disposal = self.planned_disposal(staff, codes, ground)?;
        // From here on a new key exists, and whoever opens the folder next goes on.
        self.begin_keyring()?;
        let reader = self.ledger.reader()?;
        let ids: HashSet<DossierId> = disposal.dossiers.iter().map(|known| known.id).collect();
        let remains = Remains::of(&reader, &ids)?;
        let number = reader.disposals(u64::MAX, 1)?.first().map_or(0, |(last, _)| *last) + 1;
        drop(reader);
        let record = disposal.clone();
        let gone = self.ledger.run_blocking(move |txn| {
            let mut gone = Vec::new();
            for known in &record.dossiers {
                gone.extend(txn.dispose(known, remains.get(&known.id))?);
            }
            txn.record_disposal(number, &record)?;
            Ok(gone)
        })?;
        self.finish_keyring()?;
        let ids: Vec<DossierId> = ids.into_iter().collect();
        self.clear_away(&ids, &gone.value)?;
        Ok(disposal)
    }

    /// What is to be disposed of, with every reason against it.
    fn planned_disposal(
        &self,
        staff: &Staff,
        codes: &[DossierCode],
        ground: &str,
    ) -> Result<Disposal, Failure> {
        let (reader, world) = (self.ledger.reader()?, self.world());
        let now = self.now();
        let today = local(now).date();
        let mut dossiers = Vec::with_capacity(codes.len());
        let mut seen = HashSet::new();
        for code in codes {
            let id = reader.find(code)?.ok_or_else(no_dossier)?;
            let stored = reader.dossier(id)?.ok_or_else(no_dossier)?;
            let dossier = &stored.dossier;
            if dossier.receiving_agency != staff.agency {
                return Err(no_dossier().into());
            }
            let rules = world.rules_of(dossier, now);
            if free_on(dossier, rules).is_none_or(|day| day > today) {
                let text = words::NOT_DUE.text(&[("code", code.as_str())]);
                return Err(Refusal::new(RefusalKind::Impossible, text).into());
            }
            if seen.insert(id) {
                let source = rules.retention(dossier).map(|row| row.source.clone());
                dossiers.push(self.remembered(dossier, source.unwrap_or_default()));
            }
        }
        Ok(Disposal {
            at: self.now(),
            agency: staff.agency.to_string(),
            account: staff.name.to_string(),
            name: staff.full_name.clone(),
            ground: ground.to_owned(),
            dossiers,
        })
    }

    /// Finishes what a disposal left undone, and disposes anew of what a restored store brought back.
    pub(super) fn finish_disposals(&self) -> Result<(), Failure> {
        let reader = self.ledger.reader()?;
        let mut left: Vec<Disposed> = Vec::new();
        for (_, disposal) in reader.disposals(u64::MAX, usize::MAX)? {
            for known in disposal.dossiers {
                if !reader.is_bare(known.id)? {
                    left.push(known);
                }
            }
        }
        if left.is_empty() {
            return Ok(());
        }
        let ids: HashSet<DossierId> = left.iter().map(|known| known.id).collect();
        let remains = Remains::of(&reader, &ids)?;
        drop(reader);
        let gone = self.ledger.run_blocking(move |txn| {
            let mut gone = Vec::new();
            for known in &left {
                gone.extend(txn.dispose(known, remains.get(&known.id))?);
            }
            Ok(gone)
        })?;
        self.clear_away(&ids.into_iter().collect::<Vec<_>>(), &gone.value)
    }

    /// Takes files and index entries away, after the commit that made them nobody's.
    fn clear_away(&self, ids: &[DossierId], blobs: &[AttachmentId]) -> Result<(), Failure> {
        let failed = |error: &dyn std::fmt::Display| {
            Fault::new(FaultKind::Storage, "disposing of files", error.to_string())
        };
        super::relaxed::note_stale(&self.folder)?;
        for id in blobs {
            self.blobs.remove(*id).map_err(|fault| failed(&fault))?;
        }
        if let Some(checkpoint) = self.dossiers.checkpoint().map_err(Failure::from)? {
            self.dossiers.remove(ids, checkpoint).map_err(Failure::from)?;
        }
        Ok(())
    }

    /// Disposals that concern the caller's agency, the last one first.
    ///
    /// # Errors
    /// The caller may not see them, or the store fails.
    pub fn disposals(
        &self,
        caller: &Caller,
        limit: usize,
    ) -> Result<Vec<(u64, Disposal)>, Failure> {
        let may = |staff: &&Staff| {
            [Role::Head, Role::Admin, Role::Auditor].iter().any(|role| staff.is(*role))
        };
        let refusal = || Refusal::new(RefusalKind::Forbidden, words::ROLE_MAY_NOT);
        let staff = caller.staff().filter(may).ok_or_else(refusal)?;
        let all = self.ledger.reader()?.disposals(u64::MAX, limit)?;
        let own = |disposal: &Disposal| disposal.agency == staff.agency.as_str();
        Ok(all.into_iter().filter(|(_, disposal)| own(disposal)).collect())
    }

    /// A result that was kept of a dossier that was disposed of.
    ///
    /// # Errors
    /// The caller may not see it, or there is none.
    pub fn kept_result(
        &self,
        caller: &Caller,
        code: &DossierCode,
        file: AttachmentId,
    ) -> Result<(KeptFile, Option<FileKey>), Failure> {
        let known = self.disposals(caller, usize::MAX)?;
        let files = known.iter().flat_map(|(_, disposal)| &disposal.dossiers);
        let mut files = files.filter(|known| known.code == *code).flat_map(|known| &known.files);
        let found = files.find(|known| known.id == file).cloned();
        let none = || Refusal::new(RefusalKind::NotFound, words::ATTACHMENT_NONE);
        let kept = found.ok_or_else(none)?;
        let sealed = kept.key.as_ref().and_then(|key| HEXLOWER.decode(key.as_bytes()).ok());
        let key = sealed.and_then(|sealed| self.open_row(&kept.id.0, &sealed));
        Ok((kept, key))
    }

    /// What stays known of a dossier: nothing of a person. Its results stay with what opens them.
    fn remembered(&self, dossier: &Dossier, source: String) -> Disposed {
        let reversed = dossier.takings.iter().filter(|taking| taking.reversed.is_some()).count();
        let results = dossier.attachments.iter().filter(|file| file.is_result);
        let sealed = |file: &Attachment| {
            file.key.as_ref().map(|key| HEXLOWER.encode(&self.seal_row(&file.id.0, key)))
        };
        Disposed {
            id: dossier.id,
            code: dossier.code.clone(),
            procedure: dossier.procedure.to_string(),
            status: dossier.status,
            submitted_at: dossier.submitted_at,
            ended_at: dossier.returned_at.or(dossier.ended_at).unwrap_or(dossier.submitted_at),
            voided: dossier.voided,
            entries: (dossier.takings.len() + reversed) as u64,
            number: dossier.outcome.as_ref().and_then(|o| o.number.clone()).unwrap_or_default(),
            favourable: dossier.outcome.as_ref().map(|outcome| outcome.favourable),
            files: results
                .map(|file| KeptFile {
                    id: file.id,
                    media_type: file.media_type.clone(),
                    size: file.size,
                    cipher_sha256: file.cipher_sha256,
                    key: sealed(file),
                })
                .collect(),
            source,
        }
    }
}

fn told(dossier: &Dossier, rules: &crate::domain::rules::RulePack) -> Option<Due> {
    let retention = rules.retention(dossier)?;
    let ended = dossier.returned_at.or(dossier.ended_at)?;
    Some(Due {
        code: dossier.code.clone(),
        procedure_name: dossier.procedure_name.clone(),
        status: dossier.status,
        ended: local(ended).date(),
        years: retention.years?,
        source: retention.source.clone(),
    })
}
