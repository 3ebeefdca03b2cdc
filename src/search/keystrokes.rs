//! Keystrokes that never became letters, because the input method was off: Telex (`ddawng kys`) and
//! VNI (`d9a8ng ky1`). Pure functions on one run of letters and digits.

use unicode_normalization::UnicodeNormalization;

/// What changes a letter beside a tone: circumflex, horn, breve, as combining marks.
const SHAPES: [char; 3] = ['\u{302}', '\u{31b}', '\u{306}'];
const CIRCUMFLEX: char = SHAPES[0];
const HORN: char = SHAPES[1];
const BREVE: char = SHAPES[2];

/// The tones, by their keys in Telex and in VNI: acute, grave, hook above, tilde, dot below.
const TONES: [(char, char, char); 5] = [
    ('s', '1', '\u{301}'),
    ('f', '2', '\u{300}'),
    ('r', '3', '\u{309}'),
    ('x', '4', '\u{303}'),
    ('j', '5', '\u{323}'),
];

/// The syllable that was meant, spelt with its diacritics: `ddawng` is `đăng`, `ca61p` is `cấp`.
/// `None` when the keys of neither method make one.
///
/// ```
/// use motcua::search::keystrokes::decoded;
/// assert_eq!(decoded("ddawng").as_deref(), Some("đăng"));
/// assert_eq!(decoded("d9u7o7ng2").as_deref(), Some("đường"));
/// assert_eq!(decoded("khai"), None);
/// ```
pub fn decoded(run: &str) -> Option<String> {
    let mut keys = Keys::default();
    let vni = run.chars().any(|c| c.is_ascii_digit());
    for c in run.chars() {
        if vni { keys.vni(c)? } else { keys.telex(c)? }
    }
    keys.spelt()
}

/// Puts the tone where it is written: on the letter with a mark of its own, else on the vowel before
/// a final consonant, else on the first of two and the middle one of three.
pub fn with_tone(letters: &str, tone: char) -> String {
    let letters: Vec<char> = letters.nfc().collect();
    let vowels = main_vowels(&letters);
    let marked = vowels.iter().rev().find(|i| !letters[**i].is_ascii());
    let closed = vowels.last().is_some_and(|last| last + 1 < letters.len());
    let at = match (marked, vowels.as_slice()) {
        (Some(at), _) => Some(*at),
        (None, []) => None,
        (None, [.., last]) if closed => Some(*last),
        (None, [_, middle, _, ..]) => Some(*middle),
        (None, [first, ..]) => Some(*first),
    };
    let mut spelt = String::new();
    for (i, letter) in letters.iter().enumerate() {
        spelt.push(*letter);
        if Some(i) == at {
            spelt.push(tone);
        }
    }
    spelt.nfc().collect()
}

/// Places of the vowels that may carry the tone; the u of qu and the i of gi belong to the onset.
fn main_vowels(letters: &[char]) -> Vec<usize> {
    let vowels: Vec<usize> = (0..letters.len()).filter(|i| is_vowel(letters[*i])).collect();
    let glides = matches!(letters, ['q', 'u', ..] | ['g', 'i', ..]);
    if glides && vowels.len() > 1 { vowels[1..].to_vec() } else { vowels }
}

fn is_vowel(c: char) -> bool {
    let base = std::iter::once(c).nfd().next().unwrap_or(c);
    matches!(base, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// A letter with what the keys have made of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Letter {
    base: char,
    shape: Option<char>,
}

/// The keys so far.
#[derive(Debug, Default)]
struct Keys {
    letters: Vec<Letter>,
    tone: Option<char>,
    /// Whether any key was more than a letter.
    worked: bool,
}

impl Keys {
    fn push(&mut self, base: char) {
        self.letters.push(Letter { base, shape: None });
    }

    fn telex(&mut self, c: char) -> Option<()> {
        let has_vowel = self.letters.iter().any(|letter| is_vowel(letter.base));
        if let Some((_, _, tone)) = TONES.iter().find(|(key, ..)| has_vowel && *key == c) {
            return self.tone(*tone);
        }
        match c {
            'a' | 'e' | 'o' if self.shape(&[c], CIRCUMFLEX) => Some(()),
            'd' if self.stroke() => Some(()),
            'w' if self.ends_in_ua() && self.horn() => Some(()),
            'w' if self.shape(&['a'], BREVE) || self.horn() => Some(()),
            'w' | 'z' => None,
            c => {
                self.push(c);
                Some(())
            }
        }
    }

    fn vni(&mut self, c: char) -> Option<()> {
        if let Some((.., tone)) = TONES.iter().find(|(_, key, _)| *key == c) {
            let has_vowel = self.letters.iter().any(|letter| is_vowel(letter.base));
            return if has_vowel { self.tone(*tone) } else { None };
        }
        let done = match c {
            '6' => self.shape(&['a', 'e', 'o'], CIRCUMFLEX),
            '7' => self.horn(),
            '8' => self.shape(&['a'], BREVE),
            '9' => self.stroke(),
            '0' => false,
            c => {
                self.push(c);
                true
            }
        };
        done.then_some(())
    }

    fn tone(&mut self, tone: char) -> Option<()> {
        self.worked = true;
        self.tone.replace(tone).is_none().then_some(())
    }

    /// Marks the last plain letter of these.
    fn shape(&mut self, bases: &[char], shape: char) -> bool {
        let plain = |letter: &&mut Letter| letter.shape.is_none() && bases.contains(&letter.base);
        let Some(letter) = self.letters.iter_mut().rev().find(plain) else { return false };
        letter.shape = Some(shape);
        self.worked = true;
        true
    }

    /// A horn; of u and o beside each other both get it.
    fn horn(&mut self) -> bool {
        let horned = self.shape(&['o', 'u'], HORN);
        let at = self.letters.iter().position(|l| l.base == 'o' && l.shape == Some(HORN));
        if let Some(before) = at.and_then(|at| at.checked_sub(1))
            && self.letters[before] == (Letter { base: 'u', shape: None })
            && self.letters.first().is_none_or(|first| first.base != 'q')
        {
            self.letters[before].shape = Some(HORN);
        }
        // The second key of "uwow" and "u7o7" finds its letter already marked.
        horned || self.letters.iter().any(|letter| letter.shape == Some(HORN))
    }

    /// "chuaw" is chưa, "quaw" is quă.
    fn ends_in_ua(&self) -> bool {
        let bases: Vec<char> = self.letters.iter().map(|letter| letter.base).collect();
        bases.ends_with(&['u', 'a']) && bases.first() != Some(&'q')
    }

    fn stroke(&mut self) -> bool {
        match self.letters.first_mut() {
            Some(first) if first.base == 'd' => {
                first.base = 'đ';
                self.worked = true;
                true
            }
            _ => false,
        }
    }

    fn spelt(&self) -> Option<String> {
        let has_vowel = self.letters.iter().any(|letter| is_vowel(letter.base));
        if !self.worked || !has_vowel {
            return None;
        }
        let letters: String = self
            .letters
            .iter()
            .flat_map(|letter| std::iter::once(letter.base).chain(letter.shape))
            .nfc()
            .collect();
        Some(self.tone.map_or(letters.clone(), |tone| with_tone(&letters, tone)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    use super::{SHAPES, TONES, decoded, with_tone};
    use crate::search::analysis;

    #[test]
    fn both_methods_are_read() {
        for (typed, meant) in [
            ("ddawng", "đăng"),
            ("kys", "ký"),
            ("lafm", "làm"),
            ("giaays", "giấy"),
            ("tamj", "tạm"),
            ("vawngs", "vắng"),
            ("dduowcj", "được"),
            ("dduongwf", "đường"),
            ("thuwowngf", "thường"),
            ("keets", "kết"),
            ("hooj", "hộ"),
            ("uyr", "ủy"),
            ("hoaf", "hòa"),
            ("quyeefn", "quyền"),
            ("chuaw", "chưa"),
            ("ca61p", "cấp"),
            ("d9a8ng", "đăng"),
            ("thu7o7ng2", "thường"),
            ("ky1", "ký"),
        ] {
            assert_eq!(decoded(typed).as_deref(), Some(meant), "{typed}");
        }
    }

    #[test]
    fn what_is_no_keystroke_stays() {
        for typed in ["khai", "sinh", "2025", "xe", "w", "1a", "az", ""] {
            assert_eq!(decoded(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_tone_stands_where_it_is_written() {
        for (letters, spelt) in
            [("hoa", "hóa"), ("thuê", "thuế"), ("quy", "quý"), ("gia", "giá"), ("gi", "gí")]
        {
            assert_eq!(with_tone(letters, '\u{301}'), spelt);
        }
        assert_eq!(with_tone("ngoai", '\u{300}'), "ngoài");
        assert_eq!(with_tone("toan", '\u{300}'), "toàn");
        assert_eq!(with_tone("cccd", '\u{300}'), "cccd");
    }

    /// The keys of a word in Telex, each mark after its letter and the tone at the end.
    fn telex(word: &str) -> String {
        let (mut keys, mut end) = (String::new(), None);
        for c in word.nfd() {
            match c {
                'đ' => keys.push_str("dd"),
                c if c == SHAPES[0] => keys.extend(keys.chars().next_back()),
                c if SHAPES.contains(&c) => keys.push('w'),
                c => match TONES.iter().find(|(.., tone)| *tone == c) {
                    Some((key, ..)) => end = Some(*key),
                    None => keys.push(c),
                },
            }
        }
        keys.extend(end);
        keys
    }

    proptest! {
        #[test]
        fn a_typed_word_is_read_back(
            word in prop::sample::select(vec![
                "đăng", "ký", "khẩu", "thường", "trú", "giấy", "chứng", "nhận", "quyền", "sử", "đất",
                "hộ", "tịch", "người", "nước", "ngoài", "bảo", "hiểm", "y", "tế", "lưu", "động", "xóa",
                "cước", "nghề", "nghiệp", "hòa", "giải", "viên", "thừa", "kế", "ủy",
            ]),
        ) {
            let keys = telex(word);
            let read = decoded(&keys).unwrap_or(keys);
            prop_assert_eq!(analysis::exact(&read), analysis::exact(word));
        }

        #[test]
        fn any_run_is_read_without_harm(run in "[a-z0-9đăâêôơư]{0,12}") {
            if let Some(read) = decoded(&run) {
                prop_assert!(!read.is_empty());
            }
        }
    }
}
