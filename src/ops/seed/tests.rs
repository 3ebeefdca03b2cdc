//! Seeded dossiers are whole, spread over statuses, and pass the check.

use std::collections::BTreeMap;

use super::{SeedOptions, run};
use crate::domain::dossier::Status;
use crate::domain::ids::DossierId;
use crate::office::Office;
use crate::ops::test_support::{env, furnished};
use crate::ops::{check, demo, demo_data};
use crate::store::codec::wire::Wire;
use crate::store::tables::DOSSIERS;

fn statuses(office: &Office) -> BTreeMap<Status, usize> {
    let reader = office.ledger().reader().unwrap();
    let mut statuses = BTreeMap::new();
    for (key, _) in reader.scan(DOSSIERS, &[], None, usize::MAX).unwrap() {
        let dossier = reader.dossier(DossierId::from_bytes(&key).unwrap()).unwrap().unwrap();
        assert_eq!(dossier.dossier.form.len(), 25);
        assert!(dossier.dossier.components.len() == 3);
        if dossier.dossier.status == Status::ResultReturned {
            assert!(dossier.refs.len() >= 8, "{}", dossier.dossier.code);
        }
        *statuses.entry(dossier.dossier.status).or_default() += 1;
    }
    statuses
}

#[test]
fn stories_end_in_every_status_and_pass_the_check() {
    let folder = tempfile::tempdir().unwrap();
    let office = furnished(folder.path());
    let mut told = 0;
    let options = SeedOptions { dossiers: 1_500, seed: 7 };
    let seeded = run(&office, options, &mut |_, done, _| told = done).unwrap();
    assert_eq!((seeded.dossiers, told), (1_500, 1_500));
    let statuses = statuses(&office);
    let ended = [Status::ResultReturned, Status::NotReceived, Status::Stopped, Status::Finished];
    let ended: usize = ended.iter().filter_map(|status| statuses.get(status)).sum();
    assert!(ended > 900, "{statuses:?}");
    for open in [Status::Registered, Status::Received, Status::Processing] {
        assert!(statuses.get(&open).is_some_and(|count| *count >= 5), "{statuses:?}");
    }
    office.follow_log(&mut |_, _| {}).unwrap();
    let report = check::run(&office, &mut |_, _, _| {}).unwrap();
    assert_eq!(report.problems, Vec::<String>::new());
    assert_eq!((report.dossiers, report.events), (1_500, seeded.events));
    assert_eq!(report.remarks, Vec::<String>::new());
}

#[test]
fn the_same_seed_tells_the_same_stories_and_more_may_follow() {
    let make = |seed| {
        let folder = tempfile::tempdir().unwrap();
        let office = furnished(folder.path());
        run(&office, SeedOptions { dossiers: 120, seed }, &mut |_, _, _| {}).unwrap();
        (statuses(&office), office, folder)
    };
    let (one, office, _folder) = make(1);
    assert_eq!(one, make(1).0);
    assert_ne!(one, make(2).0);
    run(&office, SeedOptions { dossiers: 30, seed: 1 }, &mut |_, _, _| {}).unwrap();
    let report = check::run(&office, &mut |_, _, _| {}).unwrap();
    assert_eq!((report.problems, report.dossiers), (Vec::new(), 150));
}

#[test]
fn an_instance_without_a_catalogue_is_told_so() {
    let folder = tempfile::tempdir().unwrap();
    let office = Office::create(folder.path(), env(), true).unwrap();
    let options = SeedOptions { dossiers: 1, seed: 1 };
    let refused = run(&office, options, &mut |_, _, _| {}).unwrap_err();
    assert!(refused.to_string().contains("catalogue"), "{refused}");
    demo::furnish(&office, &demo_data::load().unwrap(), None).unwrap();
    assert_eq!(run(&office, options, &mut |_, _, _| {}).unwrap().dossiers, 1);
}
