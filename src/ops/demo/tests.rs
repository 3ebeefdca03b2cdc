//! What the demo must hold, on any day that it is made.

use std::collections::HashSet;

use jiff::Timestamp;

use super::{PASSWORD, create};
use crate::domain::catalogue::Level;
use crate::domain::dossier::{Dossier, Queue, Status};
use crate::domain::ids::{AgencyCode, UserName};
use crate::env::Env;
use crate::office::lists::ListQuery;
use crate::office::{Caller, Office, Settings};

/// A demo made at an instant, with numbers in place of chance.
fn demo_at(now: &str) -> (tempfile::TempDir, Office) {
    let now: Timestamp = now.parse().unwrap();
    let counter = std::sync::atomic::AtomicU64::new(1);
    let env = Env::new(
        move || now,
        move |buffer| {
            let number = counter.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            let digest = blake3::hash(&number.to_le_bytes());
            buffer.copy_from_slice(&digest.as_bytes()[..buffer.len()]);
        },
    );
    let folder = tempfile::tempdir().unwrap();
    let office = create(&folder.path().join("demo"), env, &Settings::default()).unwrap();
    (folder, office)
}

fn dossiers(office: &Office, agency: &AgencyCode) -> (Caller, Vec<Dossier>) {
    let world = office.world();
    let accounts = world.accounts();
    let staff = accounts.iter().find(|staff| {
        staff.agency == *agency && staff.is(crate::domain::agency::Role::Receptionist)
    });
    let caller = Caller::Staff((*staff.unwrap()).clone());
    let query = ListQuery { queue: Some(Queue::All), limit: 200, ..ListQuery::default() };
    let list = office.list(&caller, &query).unwrap();
    (caller, list.dossiers)
}

/// A Monday morning, a Saturday, and the last minutes of a working day.
const INSTANTS: [&str; 3] =
    ["2026-11-23T08:05:00+07:00", "2026-11-28T10:00:00+07:00", "2026-11-25T16:55:00+07:00"];

#[test]
fn both_communes_have_every_status_and_every_urgency_on_any_day() {
    for now in INSTANTS {
        let (_folder, office) = demo_at(now);
        let world = office.world();
        let communes = world.agencies().filter(|agency| agency.level == Level::Commune);
        for commune in communes {
            let (caller, dossiers) = dossiers(&office, &commune.code);
            let statuses: HashSet<Status> = dossiers.iter().map(|one| one.status).collect();
            assert_eq!(statuses.len(), Status::ALL.len(), "{now} {}: {statuses:?}", commune.code);
            let counts = office.counts(&caller).unwrap();
            assert!(counts.overdue >= 2, "{now}: {counts:?}");
            // On a rest day nothing is due within the next working day's hours yet.
            assert!(counts.due_soon >= 2 || now == INSTANTS[1], "{now}: {counts:?}");
            assert!(dossiers.iter().any(|one| !one.attachments.is_empty()));
            assert!(dossiers.iter().any(|one| one.attachments.iter().any(|a| a.is_result)));
            assert!(
                dossiers.iter().any(|one| one.consultations.iter().any(|c| c.answer.is_some()))
            );
            assert!(dossiers.iter().any(|one| one.fees.iter().any(|fee| fee.paid.is_some())));
            assert!(dossiers.iter().any(|one| one.receiving_agency != one.competent_agency));
        }
    }
}

#[test]
fn nothing_happened_in_the_future_and_the_clock_runs_on() {
    for now in INSTANTS {
        let (_folder, office) = demo_at(now);
        let now: Timestamp = now.parse().unwrap();
        assert_eq!(office.now(), now);
        for code in ["H40.12", "H40.15", "H40.03"] {
            for dossier in dossiers(&office, &AgencyCode::from(code)).1 {
                assert!(dossier.submitted_at <= now, "{}", dossier.code);
                assert!(dossier.returned_at.is_none_or(|at| at <= now), "{}", dossier.code);
            }
        }
        let last = office.ledger().reader().unwrap().last_commit().unwrap().unwrap();
        assert!(last.at <= now);
    }
}

#[test]
fn an_interrupted_demo_is_begun_anew_and_a_full_folder_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join(super::MAKING)).unwrap();
    std::fs::write(folder.path().join(super::MAKING).join("motcua.redb"), "half").unwrap();
    let env = crate::ops::test_support::env();
    let office = create(folder.path(), env.clone(), &Settings::default()).unwrap();
    assert!(office.is_demo() && !folder.path().join(super::MAKING).exists());
    drop(office);
    let refused = create(folder.path(), env, &Settings::default()).err().unwrap();
    assert!(refused.to_string().contains("not empty"), "{refused}");
}

#[test]
fn every_account_signs_in_with_the_password_that_is_printed() {
    let (_folder, office) = demo_at(INSTANTS[0]);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    for name in ["tiepnhan1", "quantri", "vanthu21"] {
        let signed = runtime.block_on(office.sign_in(name, PASSWORD, "")).unwrap();
        assert_eq!((signed.staff.name, signed.step), (UserName::from(name), None));
    }
}
