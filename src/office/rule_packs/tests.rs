//! Packs as files: what ships, what is refused and where.

use std::fs;

use jiff::civil::date;

use super::{load, parse, shipped};
use crate::documents::deed::Deed;
use crate::domain::deadline::PausePolicy;

const SHIPPED: &str = include_str!("../../../assets/rules/decree-118-2025.toml");

#[test]
fn the_shipped_packs_are_whole() {
    let packs = shipped().unwrap();
    assert_eq!(packs[0].id, "decree-118-2025");
    for pack in &packs {
        assert!(pack.paper("receipt").is_some_and(|paper| paper.number == "01"));
        for rule in [
            "supplement_per_phase",
            "supplement_lapse",
            "extension",
            "reception",
            "statuses",
            "transfer",
        ] {
            assert!(pack.rule_sources.iter().any(|(name, _)| name == rule), "{rule}");
        }
        // A stop notice too, though it is a form of the newer circular only.
        for deed in Deed::ALL {
            assert!(pack.paper(deed.id()).is_some(), "{}: {}", pack.id, deed.id());
        }
    }
}

#[test]
fn amendments_follow_one_another_by_date() {
    let packs = shipped().unwrap();
    let newer: Vec<_> = packs.iter().filter(|pack| pack.pack == "decree-118-2025").collect();
    let ids: Vec<&str> = newer.iter().map(|pack| pack.id.as_str()).collect();
    assert_eq!(ids, ["decree-118-2025", "decree-118-2025+367-2025", "decree-118-2025+309-2026"]);
    let ranges: Vec<_> = newer.iter().map(|pack| (pack.valid_from, pack.valid_to)).collect();
    assert_eq!(
        ranges,
        [
            (date(2025, 7, 1), Some(date(2025, 12, 30))),
            (date(2025, 12, 31), Some(date(2026, 8, 4))),
            (date(2026, 8, 5), None),
        ]
    );
    assert_eq!(newer[2].amendments.len(), 2);
    assert!(newer[2].sources.iter().any(|source| source.contains("309/2026")));
    assert!(!newer[0].sources.iter().any(|source| source.contains("367/2025")));
}

#[test]
fn a_step_changes_what_it_names_and_nothing_else() {
    let text = format!(
        "{SHIPPED}\n[[amendments]]\nid = \"x\"\nname = {{ vi = \"X\", en = \"X\" }}\n\
         sources = [\"X\"]\nvalid_from = \"2027-01-01\"\n[amendments.supplement]\n\
         per_phase = 2\npolicy = \"resume\"\n[[amendments.papers]]\ndeed = \"receipt\"\n\
         number = \"09\"\ntitle = \"Giấy khác\"\nsize = \"A4\"\n"
    );
    let packs = parse("x", &text).unwrap();
    let [.., before, after] = packs.as_slice() else { panic!("two at least") };
    assert_eq!((after.supplement.per_phase, after.supplement.policy), (2, PausePolicy::Resume));
    assert_eq!(after.paper("receipt").unwrap().number, "09");
    assert_eq!((&after.reception, &after.extension), (&before.reception, &before.extension));
    assert_eq!(after.papers.len(), before.papers.len());
    assert_eq!(before.valid_to, Some(date(2026, 12, 31)));
}

#[test]
fn what_is_wrong_is_refused_with_its_line() {
    let line = |needle: &str| {
        let at = SHIPPED.lines().position(|line| line.starts_with(needle));
        at.expect("a line of the pack") + 1
    };
    for (right, wrong, at, why) in [
        ("per_phase = 1", "per_phase = 99", line("per_phase"), "between 0 and 20"),
        ("limit = 1", "limits = 1", line("limit"), "unknown field"),
        ("size = \"A5\"", "size = \"B5\"", line("size"), "a size is"),
        ("policy = \"restart\"", "policy = \"stop\"", line("policy"), "unknown variant"),
        ("\"15:00\"", "\"25:00\"", line("same_day_cutoff"), ""),
        ("deed = \"receipt\"", "deed = \"recipe\"", line("deed"), "no paper is called recipe"),
        (
            "valid_from = \"2025-12-31\"",
            "valid_from = \"2025-01-31\"",
            line("id = \"367"),
            "order of dates",
        ),
    ] {
        let fault = parse("x.toml", &SHIPPED.replacen(right, wrong, 1)).unwrap_err().to_string();
        assert!(fault.contains(&format!("x.toml, line {at},")), "{right}: {fault}");
        assert!(fault.contains(why), "{fault}");
    }
}

#[test]
fn packs_of_the_folder_come_after_the_shipped_ones() {
    let folder = tempfile::tempdir().unwrap();
    let own = SHIPPED.replace("id = \"decree-118-2025\"", "id = \"thi-diem\"");
    fs::write(folder.path().join("thi-diem.toml"), &own).unwrap();
    fs::write(folder.path().join("readme.txt"), "no pack").unwrap();
    let packs = load(folder.path()).unwrap();
    assert_eq!(packs.last().unwrap().pack, "thi-diem");
    assert_eq!(packs[0].pack, "decree-118-2025");
    fs::write(folder.path().join("again.toml"), &own).unwrap();
    let fault = load(folder.path()).unwrap_err().to_string();
    assert!(fault.contains("thi-diem.toml, line") && fault.contains("another pack"), "{fault}");
    assert_eq!(load(&folder.path().join("none")).unwrap().len(), shipped().unwrap().len());
}
