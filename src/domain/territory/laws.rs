//! Laws of the tables and of reading addresses.

use proptest::prelude::*;

use super::{Address, Commune, Former, Found, territory};
use crate::domain::words::fold;

/// The codes that a text is found to name, the main part first.
fn codes(text: &str) -> Vec<&'static str> {
    let now: Vec<&Commune> = match territory().recognise(text).found {
        Found::Now(commune) => vec![commune],
        Found::Former { now, .. } => now,
        Found::Province(_) | Found::Nothing => Vec::new(),
    };
    now.into_iter().map(|commune| commune.code).collect()
}

fn detail(text: &str) -> String {
    territory().recognise(text).detail
}

#[test]
fn the_tables_are_whole() {
    let table = territory();
    assert_eq!(table.provinces().len(), 34);
    assert_eq!(table.communes().len(), 3_321);
    assert_eq!(table.formers().count(), 10_040);
    let listed: usize =
        table.provinces().iter().map(|province| table.communes_of(province.name).len()).sum();
    assert_eq!(listed, 3_321, "every commune lies in a province");
    assert!(table.formers().all(|(_, now)| !now.is_empty()), "every older one is known");
    let main: usize = table.formers().map(|(_, now)| now.len()).sum();
    assert_eq!(main, 10_602);
    for commune in table.communes() {
        assert_eq!(table.commune(commune.code), Some(commune));
    }
}

#[test]
fn every_commune_of_today_is_read_from_its_own_line() {
    let table = territory();
    for commune in table.communes() {
        let address = Address {
            province: table.province_of(commune).name.to_owned(),
            commune: commune.name.to_owned(),
            detail: "Số 5, thôn 3".to_owned(),
        };
        assert_eq!(Address::read(&address.line()), address, "{}", address.line());
    }
}

#[test]
fn every_older_commune_is_mapped_as_the_table_says() {
    for (former, now) in territory().formers() {
        let read = territory().recognise(&format!("Thôn 3, {}", former.line()));
        let Found::Former { formers, now: found } = read.found else {
            panic!("{} is {:?}", former.line(), read.found)
        };
        assert_eq!((formers, found), (vec![former], now), "{}", former.line());
        assert_eq!(read.detail, "Thôn 3");
    }
}

#[test]
fn addresses_are_read_as_people_write_them() {
    let now = |text: &str, detail_is: &str, commune: &str| {
        let address = Address::read(text);
        assert_eq!(
            (address.detail.as_str(), address.commune.as_str()),
            (detail_is, commune),
            "{text}"
        );
    };
    let former = |text: &str, name: &str| match territory().recognise(text).found {
        Found::Former { formers, .. } => {
            assert_eq!(formers.iter().map(Former::line).collect::<Vec<_>>(), [name], "{text}");
        }
        other => panic!("{text}: {other:?}"),
    };
    former(
        "thon 3 xa tan hoi huyen dan phuong ha noi",
        "Xã Tân Hội, Huyện Đan Phượng, Thành phố Hà Nội",
    );
    let tan_lap = "Xã Tân Lập, Huyện Đan Phượng, Thành phố Hà Nội";
    for text in [
        "thôn 3, xã Tân Lập, huyện Đan Phượng, thành phố Hà Nội",
        "thon 3 xa tan lap huyen dan phuong thanh pho ha noi",
        "Thôn 3, Tân Lập, Đan Phượng, Hà Nội",
        "Thôn 3 - X. Tân Lập - H. Đan Phượng - TP. Hà Nội",
        "THÔN 3, X.TÂN LẬP, H.ĐAN PHƯỢNG, TP.HÀ NỘI, VIỆT NAM",
        "thôn 3, xã Tân Lập, huyện Đan Phượng",
    ] {
        former(text, tan_lap);
        assert!(
            detail(text).to_lowercase().trim_end_matches(',').ends_with('3'),
            "{}",
            detail(text)
        );
    }
    former("12 Lê Lợi, P.Bến Nghé, Q1, TPHCM", "Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh");
    former("12 Lê Lợi P Bến Nghé Q.1 tp hcm", "Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh");
    former("Tổ 5, P.04, Quận 3, Hồ Chí Minh", "Phường 4, Quận 3, Thành phố Hồ Chí Minh");
    former("TT Cờ Đỏ, huyện Cờ Đỏ, Cần Thơ", "Thị trấn Cờ Đỏ, Huyện Cờ Đỏ, Thành phố Cần Thơ");
    // A district of before in a province of today.
    former(
        "xã Trực Hùng, huyện Trực Ninh, tỉnh Ninh Bình",
        "Xã Trực Hùng, Huyện Trực Ninh, Tỉnh Nam Định",
    );
    now("Số 1, phường Nam Định, tỉnh Ninh Bình", "Số 1", "Phường Nam Định");
    now("số 1 phuong nam dinh tinh ninh binh", "số 1", "Phường Nam Định");
    now("Số 5, tổ 2, Phường Hoàn Kiếm, Hà Nội", "Số 5, tổ 2", "Phường Hoàn Kiếm");
    now("Phường Hoà Lư, Tỉnh Ninh Bình", "", "Phường Hoa Lư");
}

#[test]
fn what_is_not_known_stays_as_it_was_written() {
    for text in ["", "12 Main Street, Springfield", "Nhà bà Ba, cạnh chợ", "Đường Hà Nội 12", ",,,"]
    {
        let read = territory().recognise(text);
        assert_eq!((read.found, read.detail.as_str()), (Found::Nothing, text), "{text}");
    }
    let read = Address::read("Ngõ 5, đường Láng, Hà Nội");
    assert_eq!((read.province.as_str(), read.commune.as_str()), ("Thành phố Hà Nội", ""));
    assert_eq!(read.detail, "Ngõ 5, đường Láng");
}

#[test]
fn of_a_commune_that_was_split_no_part_is_guessed() {
    let read = Address::read("Số 9, phường Cống Vị, quận Ba Đình, Hà Nội");
    assert_eq!((read.province.as_str(), read.commune.as_str()), ("Thành phố Hà Nội", ""));
    assert_eq!(codes("phường Cống Vị, quận Ba Đình, Hà Nội"), ["00008", "00025"]);
}

const ABBREVIATED: [(&str, &str); 8] = [
    ("Thành phố ", "TP. "),
    ("Thị trấn ", "TT. "),
    ("Thị xã ", "TX. "),
    ("Huyện ", "H."),
    ("Quận ", "Q."),
    ("Phường ", "P."),
    ("Xã ", "X."),
    ("Tỉnh ", ""),
];

/// How an address may be written.
#[derive(Clone, Copy, Debug)]
struct Hand {
    is_bare: bool,
    is_loud: bool,
    abbreviates: bool,
    commas: bool,
}

impl Hand {
    fn writes(self, line: &str) -> String {
        let part = |part: &str| {
            let short = ABBREVIATED
                .iter()
                .filter(|_| self.abbreviates)
                .find_map(|(long, short)| part.strip_prefix(long).map(|rest| (*short, rest)));
            let (kind, name) = short.unwrap_or(("", part));
            match self.is_bare {
                true => format!("{kind}{}", fold(&name.replace(['\'', '’'], ""))),
                false => format!("{kind}{name}"),
            }
        };
        let mut text = line.split(", ").map(part).collect::<Vec<_>>().join(", ");
        if self.is_loud {
            text = text.to_uppercase();
        }
        // Without commas and with no kinds left, nobody could tell where a name ends.
        if self.commas || self.abbreviates { text } else { text.replace(", ", " ") }
    }
}

fn hands() -> impl Strategy<Value = Hand> {
    any::<[bool; 4]>().prop_map(|[is_bare, is_loud, abbreviates, commas]| Hand {
        is_bare,
        is_loud,
        abbreviates,
        commas,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, ..ProptestConfig::default() })]

    #[test]
    fn an_older_commune_is_found_however_it_is_written(at in 0usize..10_040, hand in hands()) {
        let (former, now) = territory().formers().nth(at).unwrap();
        let text = hand.writes(&format!("Tổ 7, {}", former.line()));
        let Found::Former { formers, now: found } = territory().recognise(&text).found else {
            // An island district is today's special zone of the same name.
            prop_assert!(former.district.is_empty(), "{}", text);
            return Ok(());
        };
        prop_assert!(formers.contains(&former), "{}: {:?}", text, formers);
        // Without marks two names may be the same: then both are offered.
        let alike = formers.iter().all(|other| fold(&other.line()) == fold(&former.line()));
        prop_assert!(alike, "{}: {:?}", text, formers);
        prop_assert!(now.iter().all(|commune| found.contains(commune)), "{}", text);
        if formers.len() == 1 {
            prop_assert_eq!(found, now, "{}", text);
        }
    }

    #[test]
    fn no_text_makes_it_panic_and_nothing_is_lost(text in "\\PC{0,60}") {
        let read = territory().recognise(&text);
        if read.found == Found::Nothing {
            let same = |text: &str| fold(text);
            prop_assert_eq!(same(&read.detail), same(&text));
        }
    }
}
