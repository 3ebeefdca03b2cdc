//! What a password must be, after NIST SP 800-63B-4 section 3.1.1: long enough, and not one of those
//! that are tried first. There are no rules on kinds of characters, and none ends with time.

use std::collections::HashSet;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use super::words::{Message, Text, fold};

/// Shortest password, in characters.
pub const SHORTEST: usize = 8;
/// Shortest password that somebody chooses who signs in with nothing else.
pub const SHORTEST_ALONE: usize = 15;
/// Longest password; hashing more would only serve attackers.
pub const LONGEST: usize = 128;
/// So many characters around a common word or a known name still make no password.
const AROUND: usize = 6;

crate::messages! {
    SHORT: "Mật khẩu cần ít nhất {n} ký tự." / "The password needs at least {n} characters.";
    SHORT_ALONE: "Mật khẩu cần ít nhất {n} ký tự, hoặc từ {least} ký tự nếu đã cài mã xác thực. Nên ghép vài từ dễ nhớ." / "The password needs at least {n} characters, or {least} once a second factor is set up. A few words in a row are easy to remember.";
    LONG: "Mật khẩu tối đa {n} ký tự." / "The password may have at most {n} characters.";
    COMMON: "Mật khẩu này thuộc loại nhiều người dùng nên kẻ xấu thử trước tiên. Chọn mật khẩu khác." / "This password is one that many people use, so it is tried first. Choose another one.";
    EASY: "Mật khẩu lặp lại hoặc đi theo thứ tự, rất dễ đoán. Chọn mật khẩu khác." / "The password repeats itself or goes in order, which is easy to guess. Choose another one.";
    KNOWN: "Mật khẩu chứa tên tài khoản, họ tên hoặc tên cơ quan, rất dễ đoán. Chọn mật khẩu khác." / "The password is made of the name of the account, the person or the office, which is easy to guess. Choose another one.";
}

/// Passwords and words of passwords that many people use, folded, one a line in order.
static COMMON_WORDS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| include_str!("../../assets/passwords/common.txt").lines().collect());

/// The one spelling in which a password is hashed: keyboards write the same letters in several ways.
pub fn spelled(password: &str) -> String {
    password.nfkc().collect()
}

/// Refuses a password that is too short, too long, or among the first that are tried. `least` is the
/// shortest; `known` has the names that everybody knows of the account.
///
/// # Errors
/// What is wrong, for its field.
pub fn check(password: &str, least: usize, known: &[&str]) -> Result<(), Text> {
    let password = spelled(password);
    let length = password.chars().count();
    if length < least {
        let (n, shortest) = (least.to_string(), SHORTEST.to_string());
        let message: Message = if least > SHORTEST { SHORT_ALONE } else { SHORT };
        return Err(message.text(&[("n", &n), ("least", &shortest)]));
    }
    if length > LONGEST {
        return Err(LONG.text(&[("n", &LONGEST.to_string())]));
    }
    let lower: Vec<char> = bare(&password);
    if is_common(&lower) {
        return Err(COMMON.into());
    }
    if goes_in_order(&lower) {
        return Err(EASY.into());
    }
    if is_known(&lower, known) {
        return Err(KNOWN.into());
    }
    Ok(())
}

/// Lower case without accents, everything else as it is.
fn bare(password: &str) -> Vec<char> {
    let plain = |c: char| {
        let folded = fold(c.encode_utf8(&mut [0; 4]));
        folded.chars().next().unwrap_or(c)
    };
    password.chars().map(plain).collect()
}

fn is_listed(word: &[char]) -> bool {
    COMMON_WORDS.contains(word.iter().collect::<String>().as_str())
}

/// Listed, or a listed word with a few characters around it, or one several times.
fn is_common(password: &[char]) -> bool {
    let letters = |c: &char| c.is_alphabetic();
    let from = password.iter().position(letters);
    let to = password.iter().rposition(letters);
    let core = from.zip(to).map_or(&password[..0], |(from, to)| &password[from..=to]);
    let around = password.len() - core.len();
    let unit = repeated(password);
    is_listed(password)
        || (around <= AROUND && is_listed(core))
        || (unit.len() < password.len() && (unit.len() < SHORTEST || is_listed(unit)))
}

/// The shortest beginning of which the whole is a repetition; the whole when it repeats nothing.
fn repeated(password: &[char]) -> &[char] {
    let length = password.len();
    let fits = |unit: &usize| {
        length.is_multiple_of(*unit)
            && password.chunks(*unit).all(|part| part == &password[..*unit])
    };
    let unit = (1..length).find(fits).unwrap_or(length);
    &password[..unit]
}

/// Mostly the same characters, or each after the one before in the alphabet, the digits or on the
/// keyboard.
fn goes_in_order(password: &[char]) -> bool {
    const ROWS: [&str; 6] = [
        "qwertyuiop",
        "asdfghjkl",
        "zxcvbnm",
        "1234567890",
        "abcdefghijklmnopqrstuvwxyz",
        "1qaz2wsx3edc4rfv",
    ];
    let distinct: HashSet<&char> = password.iter().collect();
    let follows = |pair: &&[char]| {
        let (a, b) = (pair[0], pair[1]);
        a == b
            || ROWS.iter().any(|row| {
                let row: Vec<char> = row.chars().collect();
                row.windows(2).any(|two| two == [a, b] || two == [b, a])
            })
    };
    let in_order = password.windows(2).filter(follows).count();
    distinct.len() < 5 || in_order * 4 >= (password.len() - 1) * 3
}

/// Whether little is left without the names.
fn is_known(password: &[char], names: &[&str]) -> bool {
    let whole: String = password.iter().filter(|c| c.is_alphanumeric()).collect();
    let mut parts: Vec<String> = Vec::new();
    for name in names {
        let folded = fold(name);
        parts.push(folded.replace(' ', ""));
        parts.extend(folded.split(' ').map(str::to_owned));
    }
    parts.retain(|part| part.chars().count() >= 4);
    parts.sort_by_key(|part| std::cmp::Reverse(part.len()));
    let rest = parts.iter().fold(whole.clone(), |rest, part| rest.replace(part.as_str(), ""));
    rest != whole && rest.chars().count() < AROUND
}

#[cfg(test)]
mod tests {
    use super::{COMMON_WORDS, LONGEST, SHORTEST, SHORTEST_ALONE, check, spelled};

    const NAMES: [&str; 4] = ["dieuphoi1", "Trần Thu Hà", "UBND phường Nam Định", "motcua"];

    fn refused(password: &str) -> Option<String> {
        check(password, SHORTEST, &NAMES).err().map(|text| text.en)
    }

    #[test]
    fn what_is_tried_first_is_refused_and_the_reason_is_told() {
        for (password, why) in [
            ("ngan", "at least 8"),
            ("12345678", "many people"),
            ("Password123!", "many people"),
            ("MậtKhẩu2026", "many people"),
            ("anhyeuem", "many people"),
            ("matkhaumatkhau", "many people"),
            ("abababababab", "many people"),
            ("aaaaabaaaaabbb", "goes in order"),
            ("zyxwvutsrqponm", "goes in order"),
            ("asdfghjklpoiuytre", "goes in order"),
            ("dieuphoi1-2026", "name of the account"),
            ("TranThuHa@1990", "name of the account"),
            ("motcua.2026", "many people"),
            (&"x7".repeat(LONGEST), "at most 128"),
        ] {
            let said = refused(password).unwrap_or_else(|| panic!("{password} is taken"));
            assert!(said.contains(why), "{password}: {said}");
        }
    }

    #[test]
    fn words_in_a_row_are_taken_whatever_their_letters() {
        for password in [
            "dem-trang-tren-song-huong",
            "mot-mat-khau-dai",
            "con trâu ăn cỏ bờ đê",
            "đèn lồng giấy đỏ",
            "kx7Qm2vz",
            "nam dinh mua nay nhieu gio",
        ] {
            assert_eq!(refused(password), None, "{password}");
        }
    }

    #[test]
    fn who_has_nothing_else_needs_a_longer_one() {
        let said = check("kx7Qm2vz", SHORTEST_ALONE, &NAMES).unwrap_err();
        assert!(said.vi.contains("15") && said.vi.contains("từ 8"), "{}", said.vi);
        assert!(check("con meo tren mai", SHORTEST_ALONE, &NAMES).is_ok());
    }

    #[test]
    fn one_password_has_one_spelling() {
        assert_eq!(spelled("tie\u{302}\u{301}p"), spelled("tiếp"));
    }

    #[test]
    fn the_list_is_in_order_and_folded() {
        let text = include_str!("../../assets/passwords/common.txt");
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines.is_sorted() && lines.len() == COMMON_WORDS.len() && lines.len() > 10_000);
        assert!(lines.iter().all(|line| line.is_ascii() && line.len() >= 4));
    }
}
