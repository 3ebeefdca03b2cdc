//! Dossiers are found, and the index holds no person.

use super::{
    Checkpoint, Cursor, DossierChange, DossierCode, DossierDoc, DossierId, DossierIndex,
    DossierPage, DossierQuery, FORMAT, Facet, Filters, Path, Person, SearchKey, Timestamp,
};

fn key() -> SearchKey {
    SearchKey::new([3; 32])
}

fn checkpoint(commit: u64) -> Checkpoint {
    Checkpoint { store_id: [1; 16], commit, chain_hash: [2; 32] }
}

fn person(name: &str, id_number: &str, phone: &str, address: &str) -> Person {
    Person {
        name: name.to_owned(),
        id_number: Some(id_number.to_owned()),
        phone: Some(phone.to_owned()),
        address: Some(address.to_owned()),
        ..Person::default()
    }
}

/// So many hours after the first second of 2026.
fn at(hours: i64) -> Timestamp {
    Timestamp::from_second(1_767_225_600 + hours * 3_600).unwrap()
}

fn dossier(n: u8, agency: &str, persons: Vec<Person>) -> DossierDoc {
    let mut id = [0; 16];
    (id[5], id[15]) = (n, n);
    DossierDoc {
        id: DossierId(id),
        agencies: vec![agency.into()],
        code: DossierCode::new(format!("H40.12-261123-{n:04}")),
        other_codes: vec![format!("G22.99-251101-9{n:03}")],
        procedure: "1.001193".into(),
        field: "Hộ tịch".to_owned(),
        status: 2,
        channel: "counter",
        holder: None,
        day: 20_000,
        received_at: Some(at(i64::from(n))),
        due_at: None,
        persons,
    }
}

fn dossiers() -> Vec<DossierDoc> {
    vec![
        dossier(
            1,
            "H40.12",
            vec![person("Nguyễn Thị Hường", "040185001234", "0912345678", "Thôn Đông, xã Lạc Đạo")],
        ),
        dossier(
            2,
            "H40.12",
            vec![person("Hường Văn Nguyễn", "040185005678", "+84986754321", "Thôn Đoài")],
        ),
        dossier(
            3,
            "H40.12",
            vec![person("Trần Quốc Toản", "001099004321", "0903111222", "Tổ 5, phường Hường Sơn")],
        ),
        dossier(
            4,
            "H40.13",
            vec![person("Nguyễn Thị Hường", "040185009999", "0977000111", "Xóm Mới")],
        ),
    ]
}

fn put(dossiers: Vec<DossierDoc>) -> Vec<DossierChange> {
    dossiers.into_iter().map(|d| DossierChange::Put(Box::new(d))).collect()
}

fn index() -> DossierIndex {
    let index = DossierIndex::in_memory(key()).unwrap();
    index.apply(&put(dossiers()), checkpoint(4)).unwrap();
    index
}

fn found(index: &DossierIndex, text: &str) -> Vec<u8> {
    let agencies = ["H40.12".into()];
    let query = DossierQuery { text, agencies: &agencies, limit: 10, ..DossierQuery::default() };
    index.search(&query).unwrap().ids.iter().map(|id| id.0[15]).collect()
}

#[test]
fn names_are_found_with_and_without_diacritics() {
    let index = index();
    for text in ["Nguyễn Thị Hường", "nguyen thi huong", "thị hường", "NGUYEN THI", "nguyen thi hu"]
    {
        assert_eq!(found(&index, text), [1], "{text}");
    }
    assert_eq!(found(&index, "toan"), [3]);
    assert_eq!(found(&index, "khong co"), [0; 0]);
}

#[test]
fn words_in_a_row_win_over_words_anywhere() {
    let index = index();
    assert_eq!(found(&index, "huong van"), [2]);
    assert_eq!(
        found(&index, "nguyen huong"),
        [2, 1],
        "no one has this run: any order, newest first"
    );
    assert_eq!(found(&index, "huong"), [2, 1], "names before addresses");
    assert_eq!(found(&index, "lac dao"), [1]);
    assert_eq!(found(&index, "tổ 5, phường Hường Sơn"), [3], "a short number of an address");
    assert_eq!(found(&index, "tổ 6 hường sơn"), [0_u8; 0]);
    assert_eq!(found(&index, "toan huong son"), [3]);
}

#[test]
fn numbers_are_found_by_their_ends() {
    let index = index();
    for (text, expected) in [
        ("0912345678", 1),
        ("0912 345 678", 1),
        ("+84 912 345 678", 1),
        ("5678 huong thi", 1),
        ("678 nguyen thi huong", 1),
        ("0986754321", 2),
        ("4321 toan", 3),
        ("001099", 3),
        ("111222", 3),
    ] {
        assert_eq!(found(&index, text), [expected], "{text}");
    }
    assert_eq!(found(&index, "4321"), [3, 2], "an identity number and a phone end so");
}

#[test]
fn codes_are_found_whole_and_in_parts() {
    let index = index();
    for text in [
        "H40.12-261123-0002",
        "h40122611230002",
        "0002",
        "261123-0002",
        "G22.99-251101-9002",
        "9002",
    ] {
        assert_eq!(found(&index, text), [2], "{text}");
    }
}

#[test]
fn rights_are_part_of_the_query() {
    let index = index();
    let both = ["H40.12".into(), "H40.13".into()];
    let query = |agencies| DossierQuery {
        text: "nguyen thi huong",
        agencies,
        limit: 10,
        ..DossierQuery::default()
    };
    assert_eq!(index.search(&query(&both)).unwrap().ids.len(), 2);
    assert_eq!(index.search(&query(&both[1..])).unwrap().ids[0].0[15], 4);
    assert!(index.search(&query(&[])).unwrap().ids.is_empty());
    assert!(found(&index, "0977000111").is_empty(), "another agency's dossier stays unseen");
    assert!(found(&index, "H40.12-261123-0004").is_empty());
}

/// Ten dossiers of one person: statuses 2 and 4 by turns, every fifth of another procedure and field,
/// the first three online; half of them with an officer and due.
fn various() -> DossierIndex {
    let index = DossierIndex::in_memory(key()).unwrap();
    let many = (1..=10).map(|n| {
        let person = person("Lê Văn An", "040185001234", "0912345678", "");
        let mut one = dossier(n, "H40.12", vec![person]);
        one.status = if n % 2 == 0 { 2 } else { 4 };
        if n % 5 == 0 {
            one.procedure = "1.004194".into();
            "Cư trú".clone_into(&mut one.field);
        }
        one.channel = if n <= 3 { "online" } else { "counter" };
        if n > 5 {
            one.holder = Some("thuly1".into());
            one.due_at = Some(at(100 + i64::from(n)));
        }
        one
    });
    let one_by_one = many.map(|one| put(vec![one]));
    for (commit, change) in (1..).zip(one_by_one) {
        index.apply(&change, checkpoint(commit)).unwrap();
    }
    index
}

fn narrowed(index: &DossierIndex, text: &str, filters: Filters<'_>) -> DossierPage {
    let agencies = ["H40.12".into()];
    let query = DossierQuery { text, agencies: &agencies, filters, limit: 10, after: None };
    index.search(&query).unwrap()
}

fn of(page: &DossierPage, facet: Facet) -> Vec<(&str, u64)> {
    page.tally[&facet].iter().map(|(value, count)| (value.as_str(), *count)).collect()
}

#[test]
fn what_is_found_is_counted_by_facet() {
    let page = narrowed(&various(), "le van an", Filters::default());
    assert_eq!(page.total, 10);
    assert_eq!(of(&page, Facet::Status), [("2", 5), ("4", 5)]);
    assert_eq!(of(&page, Facet::Field), [("Cư trú", 2), ("Hộ tịch", 8)]);
    assert_eq!(of(&page, Facet::Procedure), [("1.001193", 8), ("1.004194", 2)]);
    assert_eq!(of(&page, Facet::Channel), [("counter", 7), ("online", 3)]);
}

#[test]
fn a_facet_is_counted_under_the_other_filters() {
    let index = various();
    let mut filters = Filters::default();
    filters.facets[Facet::Status as usize] = Some("4");
    filters.facets[Facet::Channel as usize] = Some("online");
    let page = narrowed(&index, "an", filters);
    let found: Vec<u8> = page.ids.iter().map(|id| id.0[15]).collect();
    assert_eq!((page.total, found), (2, vec![3, 1]));
    assert_eq!(of(&page, Facet::Status), [("2", 1), ("4", 2)], "of those online");
    assert_eq!(of(&page, Facet::Channel), [("counter", 3), ("online", 2)], "of those in status 4");
    assert_eq!(of(&page, Facet::Field), [("Hộ tịch", 2)], "under both");
}

#[test]
fn officers_and_days_narrow() {
    let index = various();
    let found = |filters| -> Vec<u8> {
        narrowed(&index, "", filters).ids.iter().map(|id| id.0[15]).collect()
    };
    let none = Filters::default();
    assert_eq!(found(Filters { holder: Some("thuly1"), ..none }), [10, 9, 8, 7, 6]);
    assert_eq!(found(Filters { holder: Some("thuly2"), ..none }), [0_u8; 0]);
    let received = Filters { received_from: Some(at(2)), received_to: Some(at(4)), ..none };
    assert_eq!(found(received), [3, 2], "from the first instant on, to before the last");
    assert_eq!(found(Filters { due_before: Some(at(108)), ..none }), [7, 6], "no date, not due");
    assert_eq!(found(Filters { due_from: Some(at(109)), ..none }), [10, 9]);
}

#[test]
fn a_filter_does_not_loosen_the_words() {
    let mut other = dossiers();
    other[1].status = 9;
    let index = DossierIndex::in_memory(key()).unwrap();
    index.apply(&put(other), checkpoint(1)).unwrap();
    let mut filters = Filters::default();
    filters.facets[Facet::Status as usize] = Some("9");
    let page = narrowed(&index, "nguyen thi huong", filters);
    assert_eq!((page.total, page.ids.len()), (0, 0), "not the one whose name has the words apart");
    assert_eq!(of(&page, Facet::Status), [("2", 1)]);
}

#[test]
fn a_cursor_survives_its_bytes() {
    let cursor = Cursor { attempt: 2, place: (1, u64::MAX, 3) };
    assert_eq!(Cursor::from_bytes(&cursor.to_bytes()), Some(cursor));
    for wrong in [&[][..], &[1], &[0; 24], &[0; 26]] {
        assert_eq!(Cursor::from_bytes(wrong), None);
    }
}

#[test]
fn pages_go_from_new_to_old_without_gaps() {
    let index = DossierIndex::in_memory(key()).unwrap();
    let many = (1..=25).map(|n| {
        let mut one =
            dossier(n, "H40.12", vec![person("Lê Văn An", "040185001234", "0912345678", "")]);
        one.day = 20_000 + i32::from(n % 5);
        one
    });
    index.apply(&put(many.collect()), checkpoint(1)).unwrap();
    for text in ["", "le van an", "an le"] {
        let agencies = ["H40.12".into()];
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let query = DossierQuery {
                text,
                agencies: &agencies,
                limit: 4,
                after,
                ..DossierQuery::default()
            };
            let page = index.search(&query).unwrap();
            seen.extend(page.ids.iter().map(|id| id.0[15]));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        let mut expected: Vec<u8> = (1..=25).collect();
        expected.sort_by_key(|n| std::cmp::Reverse((n % 5, *n)));
        assert_eq!(seen, expected, "{text}");
    }
}

#[test]
fn a_changed_dossier_is_found_by_its_new_self_only() {
    let index = index();
    let mut changed = dossiers().remove(0);
    changed.persons[0].name = "Phạm Thị Hòa".to_owned();
    index.apply(&put(vec![changed]), checkpoint(5)).unwrap();
    assert_eq!(found(&index, "pham thi hoa"), [1]);
    assert!(found(&index, "nguyen thi").is_empty());
    assert_eq!(index.len(), 4);
}

fn bytes_of(folder: &Path) -> Vec<Vec<u8>> {
    let files = std::fs::read_dir(folder).unwrap();
    files.map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect()
}

fn holds(folder: &Path, needle: &[u8]) -> bool {
    bytes_of(folder).iter().any(|bytes| bytes.windows(needle.len()).any(|w| w == needle))
}

/// All terms of the index's text fields.
fn terms(index: &DossierIndex) -> Vec<String> {
    let mut terms = Vec::new();
    let layout = &index.layout;
    for segment in index.reader.searcher().segment_readers() {
        for field in [layout.id, layout.code, layout.agency].into_iter().chain(layout.facets) {
            let inverted = segment.inverted_index(field).unwrap();
            let mut stream = inverted.terms().stream().unwrap();
            while let Some((term, _)) = stream.next() {
                terms.push(String::from_utf8(term.to_owned()).unwrap());
            }
        }
    }
    terms
}

/// Long enough that no random file name holds them by chance.
const SECRETS: [&str; 14] = [
    "Nguyễn",
    "nguyễn",
    "nguyen",
    "Hường",
    "hường",
    "huong",
    "Toản",
    "doai",
    "thon dong",
    "lac dao",
    "040185001234",
    "0912345678",
    "12345678",
    "986754321",
];

#[test]
fn the_files_hold_no_person() {
    let folder = tempfile::tempdir().unwrap();
    let index = DossierIndex::open(folder.path(), key()).unwrap();
    index.apply(&put(dossiers()), checkpoint(4)).unwrap();
    index.rest().unwrap();
    assert!(holds(folder.path(), FORMAT.as_bytes()), "the test reads the right files");
    for secret in SECRETS {
        assert!(!holds(folder.path(), secret.as_bytes()), "{secret}");
    }
}

#[test]
fn the_terms_hold_codes_but_no_person() {
    // Term dictionaries are compressed: what the files don't show, the terms might.
    let terms = terms(&index());
    assert!(terms.iter().any(|t| t == "H40122611230001"));
    for secret in SECRETS {
        assert!(!terms.iter().any(|t| t.to_lowercase().contains(secret)), "{secret}");
    }
    let stored =
        index().reader.searcher().doc::<tantivy::TantivyDocument>(tantivy::DocAddress::new(0, 0));
    assert_eq!(stored.unwrap().field_values().count(), 0, "nothing is stored");
}

#[test]
fn disposal_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let index = DossierIndex::open(folder.path(), key()).unwrap();
    index.apply(&put(dossiers()), checkpoint(4)).unwrap();
    let files = |ext: &str| -> std::collections::BTreeSet<_> {
        let files = std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().path());
        files.filter(|path| path.extension().is_some_and(|e| e == ext)).collect()
    };
    let before = files("term");
    index.remove(&[dossiers()[0].id], checkpoint(5)).unwrap();
    assert!(before.is_disjoint(&files("term")), "the old files are gone");
    assert!(files("del").is_empty(), "no dossier is only marked as deleted");
    assert!(!terms(&index).iter().any(|t| t == "H40122611230001"));
    assert!(terms(&index).iter().any(|t| t == "H40122611230002"));
    assert!(found(&index, "nguyen thi huong").is_empty());
    assert_eq!(index.checkpoint().unwrap(), Some(checkpoint(5)));
    index.apply(&put(dossiers()), checkpoint(6)).unwrap();
    assert_eq!(index.len(), 4, "the index goes on after a disposal");
}

#[test]
fn the_checkpoint_survives_merges_and_a_reopening() {
    let folder = tempfile::tempdir().unwrap();
    let index = DossierIndex::open(folder.path(), key()).unwrap();
    assert_eq!(index.checkpoint().unwrap(), None);
    for (commit, one) in (1..).zip(dossiers().into_iter().cycle().take(20)) {
        index.apply(&put(vec![one]), checkpoint(commit)).unwrap();
    }
    index.rest().unwrap();
    assert_eq!(index.checkpoint().unwrap(), Some(checkpoint(20)));
    drop(index);
    let index = DossierIndex::open(folder.path(), key()).unwrap();
    assert_eq!(index.checkpoint().unwrap(), Some(checkpoint(20)));
    assert_eq!(found(&index, "toan"), [3]);
    assert!(index.intact().unwrap());
    index.apply(&[], checkpoint(21)).unwrap();
    assert_eq!(index.checkpoint().unwrap(), Some(checkpoint(21)));
}

#[test]
fn a_foreign_or_damaged_index_is_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    let fill = |key| {
        let index = DossierIndex::open(folder.path(), key).unwrap();
        assert_eq!((index.checkpoint().unwrap(), index.len()), (None, 0));
        index.apply(&put(dossiers()), checkpoint(4)).unwrap();
    };
    fill(key());
    fill(SearchKey::new([9; 32]));
    std::fs::write(folder.path().join("meta.json"), b"{").unwrap();
    fill(SearchKey::new([9; 32]));
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|ext| ext == "idx" || ext == "term" || ext == "fast") {
            std::fs::remove_file(path).unwrap();
        }
    }
    fill(SearchKey::new([9; 32]));
}

#[test]
fn clearing_forgets_the_checkpoint_too() {
    let index = index();
    index.clear().unwrap();
    assert_eq!((index.checkpoint().unwrap(), index.len()), (None, 0));
    index.apply(&put(dossiers()), checkpoint(1)).unwrap();
    assert_eq!(index.len(), 4);
}

#[test]
fn every_id_is_listed_once() {
    let index = index();
    index.apply(&put(dossiers()), checkpoint(5)).unwrap();
    let mut ids = Vec::new();
    index.for_each_id(|id| ids.push(id.0[15])).unwrap();
    ids.sort_unstable();
    assert_eq!(ids, [1, 2, 3, 4]);
}
