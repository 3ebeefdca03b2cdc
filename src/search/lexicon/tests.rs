//! The lists are read as they are meant.

use super::{
    ALIKE, ELSEWHERE, HashSet, Lexicon, NOISE, OwnWord, Syllable, VARIANTS, WORDS, all_words,
    analysis, rows, syllables,
};

fn folded(a: &Syllable, b: &Syllable) -> bool {
    a.folded == b.folded
}

#[test]
fn every_line_of_the_builtin_lists_is_understood() {
    let lines = |text: &str| rows(text).count();
    let lexicon = Lexicon::builtin();
    assert_eq!(lexicon.words.len(), WORDS.into_iter().map(lines).sum::<usize>());
    assert_eq!(lexicon.noise.values().map(Vec::len).sum::<usize>(), lines(NOISE));
    assert_eq!(lexicon.variants.len(), lines(VARIANTS));
    assert_eq!(lexicon.elsewhere.len(), lines(ELSEWHERE));
    assert!(lexicon.elsewhere.iter().all(|one| !one.vi.is_empty() && !one.en.is_empty()));
    for variant in &lexicon.variants {
        assert!((0.5..1.0).contains(&variant.factor));
    }
    for noise in lexicon.noise.values().flatten() {
        assert!((0.0..1.0).contains(&noise.keeps));
    }
}

#[test]
fn no_expression_is_listed_twice() {
    let mut seen = HashSet::new();
    for mut cells in all_words() {
        let said = cells.next().unwrap();
        assert!(seen.insert(said), "{said}");
    }
}

#[test]
fn the_longest_expression_wins() {
    let lexicon =
        Lexicon::parse(&["hộ khẩu\tthường trú\ntách hộ khẩu\ttách hộ\t="], "", "", "", "", &[]);
    let query = syllables("tach ho khau");
    let found = lexicon.understand(&query, &folded);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].places.as_slice(), found[0].misleads), (&[0, 1, 2][..], true));
}

#[test]
fn every_part_that_is_said_otherwise_is_part_of_an_expression() {
    let said: Vec<&str> = all_words().filter_map(|mut cells| cells.next()).collect();
    let parts: HashSet<&str> =
        said.iter().flat_map(|said| said.split('~')).map(str::trim).collect();
    let mut seen = HashSet::new();
    for mut cells in rows(ALIKE) {
        let (part, others) = (cells.next().unwrap(), cells.next().unwrap());
        assert!(parts.contains(part) && seen.insert(part), "{part}");
        for other in others.split(',') {
            assert!(!syllables(other).is_empty() && other.trim() != part, "{part}: {other}");
        }
    }
}

#[test]
fn what_is_alike_stands_for_a_part() {
    let alike = "cccd\tcăn cước, thẻ căn cước\nmất\tthất lạc, rơi!";
    let words = "cccd ~ mất\tcấp lại\nmất bò\ttrình báo\ncccd ~ thất lạc\tbáo thất lạc";
    let lexicon = Lexicon::parse(&[words], alike, "", "", "", &[]);
    let official = |query: &str| {
        let found = lexicon.understand(&syllables(query), &folded);
        found.first().map(|one| analysis::written(&one.official[0][0].exact))
    };
    assert_eq!(official("rơi căn cước").as_deref(), Some("cấp"));
    assert_eq!(official("thất lạc thẻ căn cước").as_deref(), Some("báo"), "an own line is nearer");
    assert_eq!(official("can cuoc roi"), None, "rồi is not rơi");
    assert_eq!(official("thất lạc bò"), None, "it is no part of its own");
}

#[test]
fn an_instance_s_words_are_taken_as_said() {
    let alike = "cccd\tcăn cước";
    let lexicon = Lexicon::parse(&[""], alike, "", "", "", &[own("cccd ~ mất", &["cấp lại"])]);
    assert_eq!(lexicon.understand(&syllables("mất cccd"), &folded).len(), 1);
    assert!(lexicon.understand(&syllables("mất căn cước"), &folded).is_empty());
}

#[test]
fn a_part_counts_inside_a_longer_expression_that_is_the_same() {
    let words = "khai sinh\tđăng ký khai sinh\ngiấy khai sinh\tđăng ký khai sinh\n\
                 khai sinh ~ sai\tcải chính\nđóng cửa\tgiải thể\ntạm đóng cửa\ttạm ngừng\n\
                 tiệm ~ đóng cửa\tchấm dứt";
    let lexicon = Lexicon::parse(&[words], "", "", "", "", &[]);
    let apart = |query: &str| {
        let found = lexicon.understand(&syllables(query), &folded);
        found.iter().any(|one| one.apart)
    };
    assert!(apart("giấy khai sinh bị sai"));
    assert!(apart("tiệm đóng cửa"));
    assert!(!apart("tiệm tạm đóng cửa"));
}

#[test]
fn parts_may_stand_apart_in_any_order() {
    let lexicon = Lexicon::parse(&["cccd ~ mất\tcấp lại"], "", "", "", "", &[]);
    for query in ["mất thẻ cccd", "cccd của tôi bị mất"] {
        assert_eq!(lexicon.understand(&syllables(query), &folded).len(), 1, "{query}");
    }
    assert!(lexicon.understand(&syllables("cccd"), &folded).is_empty());
}

#[test]
fn whom_a_matter_is_for_is_marked() {
    let lexicon =
        Lexicon::parse(&["hộ nghèo\tcông nhận\t\tbeside\nhọc phí\tmiễn"], "", "", "", "", &[]);
    let query = syllables("hộ nghèo xin giảm học phí");
    let found = lexicon.understand(&query, &folded);
    let beside: Vec<bool> = found.iter().map(|one| one.is_beside).collect();
    assert_eq!(beside, [true, false]);
}

#[test]
fn deeds_are_marked() {
    let lexicon = Lexicon::parse(&[""], "", "", "cấp lại\t0.9\tmất\t+\nlưu động\t0.8", "", &[]);
    assert_eq!(lexicon.deeds(), 0b01);
    assert_ne!(Lexicon::builtin().deeds(), 0);
}

#[test]
fn what_something_takes_is_not_lost() {
    let lexicon = Lexicon::parse(&["sổ đỏ ~ mất\tcấp lại"], "", "mất bao lâu\t0.1", "", "", &[]);
    let understood = |query| lexicon.understand(&syllables(query), &folded).len();
    assert_eq!(understood("làm sổ đỏ mất bao lâu"), 0);
    assert_eq!(understood("mất sổ đỏ làm lại mất bao lâu"), 1);
    assert_eq!(understood("làm lại mất bao lâu, sổ đỏ bị mất"), 1);
}

#[test]
fn noise_counts_only_beside_content() {
    let lexicon = Lexicon::parse(&[""], "", "tôi\t0.1\nở đâu\t0.2", "", "", &[]);
    assert_eq!(lexicon.keeps(&syllables("tôi khai ở đâu"), &folded), [0.1, 1.0, 0.2, 0.2]);
    assert_eq!(lexicon.keeps(&syllables("ở đâu"), &folded), [1.0, 1.0]);
}

#[test]
fn special_cases_rank_lower_until_asked_for() {
    let lexicon =
        Lexicon::parse(&[""], "", "", "lưu động\t0.5\ttại nhà\nđăng ký lại\t0.8", "", &[]);
    let name = lexicon.variants_of(&syllables("Đăng ký lại khai tử lưu động"));
    assert_eq!(name, 0b11);
    assert_eq!(lexicon.penalty(name), 0.4);
    assert_eq!(
        lexicon.penalty(name & !lexicon.variants_asked(&syllables("tai nha"), &folded)),
        0.8
    );
    assert_eq!(lexicon.penalty(0), 1.0);
}

fn own(said: &str, official: &[&str]) -> OwnWord {
    let official = official.iter().map(|name| (*name).to_owned()).collect();
    OwnWord { said: said.to_owned(), official, misleads: false }
}

#[test]
fn an_instance_adds_replaces_and_removes() {
    let shipped = "cưới\tkết hôn\nđám ma\tkhai tử";
    let words = [own("ăn hỏi", &["kết hôn"]), own("Cưới", &["đám cưới"]), own("đám ma", &[])];
    let lexicon = Lexicon::parse(&[shipped], "", "", "", "", &words);
    let official = |query: &str| {
        let query = syllables(query);
        let found = lexicon.understand(&query, &folded);
        found.first().map(|u| u.official[0].iter().map(|s| s.folded.clone()).collect::<Vec<_>>())
    };
    assert_eq!(official("an hoi").unwrap(), ["ket", "hon"]);
    assert_eq!(official("cuoi").unwrap(), ["dam", "cuoi"]);
    assert_eq!(official("dam ma"), None);
    assert_eq!(Lexicon::shipped("Hộ  khẩu").unwrap().official, ["thường trú"]);
    assert_eq!(Lexicon::shipped("chưa ai nói"), None);
}

#[test]
fn what_others_settle_is_told_unless_it_may_be_settled_here() {
    let list = "ly hôn\tnước ngoài\tthuận tình ly hôn\tTòa án\tThe court\tTòa án | The court";
    let lexicon = Lexicon::parse(&[""], "", "", "", list, &[]);
    let nothing = |_: &[Syllable]| false;
    let told = |query: &str, named: &dyn Fn(&[Syllable]) -> bool| {
        lexicon.elsewhere(&syllables(query), &folded, named).map(|one| one.vi.clone())
    };
    assert_eq!(told("xin ly hon", &nothing).as_deref(), Some("Tòa án"));
    assert_eq!(told("ly hôn ở nước ngoài", &nothing), None);
    assert_eq!(told("xin ly hon", &|phrase| phrase.len() == 4), None);
    assert_eq!(told("kết hôn", &nothing), None);
}
