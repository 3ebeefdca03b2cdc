//! Requests that are sent again, in any order and at the same time, are done once.

use motcua::domain::agency::Role;
use motcua::domain::catalogue::Channel;
use motcua::office::filing::{FiledPaper, Filing};
use motcua::office::repeat::Once;
use motcua::office::{Caller, Office};
use motcua::ops::{check, demo, demo_data};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::workshop::Turning;

fn filing(office: &Office, name: &str) -> (Caller, Filing) {
    let world = office.world();
    let desk = world.accounts().into_iter().find(|staff| staff.is(Role::Receptionist)).unwrap();
    let procedure = world
        .procedures()
        .find(|procedure| {
            world.takers(procedure, office.today()).iter().any(|taker| taker.code == desk.agency)
        })
        .unwrap();
    let paper = |component: String| FiledPaper {
        component,
        originals: 1,
        copies: 0,
        on_paper: true,
        uploads: Vec::new(),
        evidence: Default::default(),
    };
    let mut applicant = demo_data::load().unwrap().people[0].person.clone();
    applicant.name = name.to_owned();
    let filing = Filing {
        procedure: procedure.code.to_string(),
        agency: None,
        channel: Channel::Counter,
        return_channel: Channel::Counter,
        owner: None,
        applicant,
        mandate: None,
        form: Default::default(),
        papers: procedure.components.iter().map(|c| paper(c.id.to_string())).collect(),
        external_codes: Vec::new(),
        competent: None,
        linked: Vec::new(),
        is_assisted: false,
        form_version: None,
    };
    (Caller::Staff(desk.clone()), filing)
}

#[test]
fn the_same_key_files_once_and_another_body_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let office = Office::create(folder.path(), Turning::new().env(), true).unwrap();
    demo::furnish(&office, &demo_data::load().unwrap(), None).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let filed = std::cell::Cell::new(0);
    let config =
        ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() };
    let mut runner = proptest::test_runner::TestRunner::new(config);
    let rounds = (any::<u64>(), vec(0_u8..4, 1..12));
    runner
        .run(&rounds, |(round, keys)| {
            let (caller, filing) = filing(&office, &format!("Vòng {round}"));
            let once = |key: u8, body: &[u8]| {
                Once::new(&caller.scope(), "dossiers", &format!("{round}-{key}"), body)
            };
            let sent = keys
                .iter()
                .map(|key| office.file(&caller, filing.clone(), Some(once(*key, b"one"))));
            let answers = runtime.block_on(futures_util::future::join_all(sent));
            let mut codes = std::collections::BTreeMap::new();
            for (key, answer) in keys.iter().zip(answers) {
                let code = answer.unwrap().code;
                let first = codes.entry(*key).or_insert_with(|| code.clone());
                prop_assert_eq!(&code, first);
            }
            filed.set(filed.get() + codes.len() as u64);
            let other = office.file(&caller, filing, Some(once(keys[0], b"two")));
            prop_assert!(runtime.block_on(other).is_err());
            Ok(())
        })
        .unwrap();
    let report = check::run(&office, &mut |_, _, _| {}).unwrap();
    assert_eq!((report.problems, report.dossiers), (Vec::new(), filed.get()));
}
