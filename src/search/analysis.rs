//! Vietnamese text as syllables. Pure functions; the same ones serve indexing and querying.
//!
//! A syllable has two forms. The *exact* form keeps its letters and carries the tone at its end,
//! so that hoà and hòa are one word wherever the typist put the mark. The *folded* form is bare
//! ASCII. In both, a final y after a consonant is i: kí and ký, lí and lý are one word.
//!
//! Indexes get the forms joined by spaces and use the plain whitespace tokenizer, so that no
//! tokenizer has to be registered after each open.

use unicode_normalization::UnicodeNormalization;

/// Letters of a longer run are cut off: no Vietnamese syllable and no code is that long.
const LONGEST: usize = 40;

/// One run of letters or digits of a text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Syllable {
    /// As typed: lower case, NFC.
    pub typed: String,
    /// With diacritics, the tone at the end.
    pub exact: String,
    /// Without diacritics.
    pub folded: String,
}

impl Syllable {
    /// Whether it carries any diacritic (đ counts).
    pub fn accented(&self) -> bool {
        self.exact != self.folded
    }

    /// Reads one run of letters and digits, in any Unicode normal form.
    fn read(run: &str) -> Self {
        let typed: String = run.nfc().collect();
        let mut exact = String::with_capacity(run.len() + 2);
        let mut folded = String::with_capacity(run.len());
        let mut tone = None;
        for c in run.nfd() {
            match c {
                // Grave, acute, tilde, hook above, dot below.
                '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' => tone = Some(c),
                'đ' => {
                    exact.push(c);
                    folded.push('d');
                }
                // Circumflex, breve, horn: they belong to the letter.
                c if is_mark(c) => exact.push(c),
                c => {
                    exact.push(c);
                    folded.push(c);
                }
            }
        }
        let mut exact: String = exact.nfc().collect();
        if ends_in_consonant_y(&folded) {
            folded = folded_syllable(&folded);
            exact.pop();
            exact.push('i');
        }
        exact.extend(tone);
        Self { typed, exact, folded }
    }
}

fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// A folded run as a syllable of its own: `ky` is `ki`.
pub fn folded_syllable(run: &str) -> String {
    let mut folded = run.to_owned();
    if ends_in_consonant_y(run) {
        folded.pop();
        folded.push('i');
    }
    folded
}

/// A lone final y after a consonant, or after qu.
fn ends_in_consonant_y(folded: &str) -> bool {
    let Some(head) = folded.strip_suffix('y') else { return false };
    head.ends_with("qu") || head.ends_with(|c: char| c.is_ascii_alphabetic() && !is_vowel(c))
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// The syllables of a text, in order.
///
/// ```
/// use motcua::search::analysis::syllables;
/// let forms: Vec<_> = syllables("Uỷ quyền, HOÀ giải").into_iter().map(|s| s.folded).collect();
/// assert_eq!(forms, ["uy", "quyen", "hoa", "giai"]);
/// assert_eq!(syllables("hoà"), [syllables("hòa")[0].clone()].map(|mut s| { s.typed = "hoà".into(); s }));
/// ```
pub fn syllables(text: &str) -> Vec<Syllable> {
    let lower: String =
        text.nfc().flat_map(char::to_lowercase).map(|c| if c == 'ð' { 'đ' } else { c }).collect();
    lower
        .split(|c: char| !c.is_alphanumeric() && !is_mark(c))
        .filter(|run| !run.is_empty())
        .map(|run| match run.char_indices().nth(LONGEST) {
            Some((end, _)) => Syllable::read(&run[..end]),
            None => Syllable::read(run),
        })
        .filter(|syllable| !syllable.folded.is_empty())
        .collect()
}

/// The text without diacritics, syllables joined by spaces.
pub fn folded(text: &str) -> String {
    join(&syllables(text), |s| &s.folded)
}

/// The text with canonical diacritics, syllables joined by spaces.
pub fn exact(text: &str) -> String {
    join(&syllables(text), |s| &s.exact)
}

/// One form of the syllables, joined by spaces, ready for an index.
pub fn join<'a>(syllables: &'a [Syllable], form: impl Fn(&'a Syllable) -> &'a str) -> String {
    syllables.iter().map(form).collect::<Vec<_>>().join(" ")
}

/// The neighbours of a text in one form, joined by spaces: Vietnamese words are mostly two
/// syllables, so a pair says far more than its two halves.
pub fn join_pairs<'a>(syllables: &'a [Syllable], form: impl Fn(&'a Syllable) -> &'a str) -> String {
    let pairs: Vec<_> = syllables.windows(2).map(|w| pair(form(&w[0]), form(&w[1]))).collect();
    pairs.join(" ")
}

/// The term of two neighbouring syllables.
pub fn pair(first: &str, second: &str) -> String {
    format!("{first}_{second}")
}

/// What Telex or VNI keystrokes that never became letters stand for, folded:
/// `ddang` is `dang`, `tamj` is `tam`, `ca61p` is `cap`. `None` if nothing looks left over.
pub fn without_keystrokes(folded: &str) -> Option<String> {
    let mut letters: Vec<char> = folded.chars().collect();
    if letters.iter().any(|c| c.is_ascii_digit()) {
        if letters.iter().all(|c| c.is_ascii_digit()) {
            return None;
        }
        letters.retain(|c| !c.is_ascii_digit());
    } else if letters.len() > 2 && letters.last().is_some_and(|c| "sfrxj".contains(*c)) {
        letters.pop();
    }
    let mut plain = String::with_capacity(letters.len());
    for (i, c) in letters.iter().enumerate() {
        let doubled = i > 0 && letters[i - 1] == *c && matches!(c, 'a' | 'e' | 'o' | 'd');
        if !doubled && *c != 'w' {
            plain.push(*c);
        }
    }
    (plain != folded && !plain.is_empty()).then_some(plain)
}

/// Letters that many people write for each other, made one: s and x, ch and tr, d, gi and r,
/// l and n, final n and ng, c and t.
pub fn sound(folded: &str) -> String {
    const HEADS: [(&str, &str); 12] = [
        ("ngh", "ng"),
        ("tr", "ch"),
        ("gh", "g"),
        ("gi", "d"),
        ("qu", "q"),
        ("x", "s"),
        ("r", "d"),
        ("v", "d"),
        ("n", "l"),
        ("k", "c"),
        ("y", "i"),
        ("c", "c"),
    ];
    let keeps = folded.starts_with("ng") || folded.starts_with("nh") || folded.starts_with("kh");
    let head = HEADS.iter().find(|(from, _)| {
        folded.starts_with(from)
            && !(keeps && from.len() == 1)
            && !(folded.starts_with("ch") && *from == "c")
    });
    let mut sound = match head {
        // A bare "gi" keeps its vowel.
        Some(("gi", _)) if folded.len() == 2 || !folded[2..].starts_with(is_vowel) => {
            format!("di{}", &folded[2..])
        }
        Some((from, to)) => format!("{to}{}", &folded[from.len()..]),
        None => folded.to_owned(),
    };
    if sound.ends_with("ng") && sound.len() > 3 {
        sound.pop();
    } else if sound.ends_with('t') && sound.len() > 1 {
        sound.pop();
        sound.push('c');
    }
    sound
}

/// Whether one typing error makes one from the other: a letter more, less or wrong, or two
/// neighbours swapped. Both are ASCII mostly; others compare by bytes, which is only stricter.
pub fn one_typo_apart(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let (short, long) = (short.as_bytes(), long.as_bytes());
    if long.len() - short.len() > 1 {
        return false;
    }
    let head = short.iter().zip(long).take_while(|(x, y)| x == y).count();
    let (short_rest, long_rest) = (&short[head..], &long[head..]);
    if short.len() < long.len() {
        return short_rest == &long_rest[1..];
    }
    match (short_rest, long_rest) {
        ([], []) => true,
        ([_, s @ ..], [_, l @ ..]) if s == l => true,
        ([s0, s1, s @ ..], [l0, l1, l @ ..]) => s0 == l1 && s1 == l0 && s == l,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use unicode_normalization::UnicodeNormalization;

    use super::{Syllable, folded, one_typo_apart, sound, syllables, without_keystrokes};

    fn one(text: &str) -> Syllable {
        let mut found = syllables(text);
        assert_eq!(found.len(), 1, "{text}");
        found.remove(0)
    }

    #[test]
    fn tone_marks_may_sit_on_either_vowel() {
        for (old, new) in [("hoà", "hòa"), ("uỷ", "ủy"), ("thuý", "thúy"), ("xoá", "xóa")]
        {
            assert_eq!(one(old).exact, one(new).exact);
            assert_eq!(one(old).folded, one(new).folded);
        }
        assert_ne!(one("hoà").exact, one("hoá").exact);
    }

    #[test]
    fn final_i_and_y_are_one_after_a_consonant() {
        for (i, y) in [("kí", "ký"), ("lí", "lý"), ("tỉ", "tỷ"), ("quí", "quý"), ("sĩ", "sỹ")]
        {
            assert_eq!(one(i).exact, one(y).exact);
            assert_eq!(one(i).folded, one(y).folded);
        }
        assert_ne!(one("tai").folded, one("tay").folded);
        assert_ne!(one("thúi").folded, one("thúy").folded);
        assert_eq!(one("y").folded, "y");
    }

    #[test]
    fn folding_keeps_letters_only() {
        assert_eq!(
            folded("Đăng ký THƯỜNG TRÚ, nơi ở; số 1.004222"),
            "dang ki thuong tru noi o so 1 004222"
        );
        assert!(one("đ").accented());
        assert!(!one("cho").accented());
        assert_eq!(folded("  …—  "), "");
    }

    #[test]
    fn decomposed_input_is_the_same_text() {
        let nfd: String = "Nguyễn Thị Hường đăng ký".nfd().collect();
        assert_eq!(syllables(&nfd), syllables("Nguyễn Thị Hường đăng ký"));
        assert_eq!(folded(&nfd), "nguyen thi huong dang ki");
    }

    #[test]
    fn keystrokes_are_seen_through() {
        for (typed, meant) in [
            ("ddang", "dang"),
            ("tamj", "tam"),
            ("vawngs", "vang"),
            ("ho65", "ho"),
            ("giaays", "giay"),
        ] {
            assert_eq!(without_keystrokes(typed).as_deref(), Some(meant));
        }
        assert_eq!(without_keystrokes("khai"), None);
        assert_eq!(without_keystrokes("2025"), None);
    }

    #[test]
    fn sounds_join_common_confusions() {
        for (a, b) in [
            ("sinh", "xinh"),
            ("trich", "chich"),
            ("giam", "dam"),
            ("lop", "nop"),
            ("quan", "quang"),
        ] {
            assert_eq!(sound(a), sound(b), "{a} {b}");
        }
        assert_ne!(sound("ho"), sound("khau"));
        assert_eq!(sound("gi"), sound("di"));
        assert_ne!(sound("nhan"), sound("lhan"));
    }

    #[test]
    fn one_typo() {
        for (a, b) in
            [("khai", "kha"), ("khai", "khaai"), ("khai", "kahi"), ("khai", "kham"), ("a", "a")]
        {
            assert!(one_typo_apart(a, b) && one_typo_apart(b, a), "{a} {b}");
        }
        for (a, b) in [("khai", "kh"), ("khai", "sinh"), ("khai", "ihak")] {
            assert!(!one_typo_apart(a, b), "{a} {b}");
        }
    }

    proptest! {
        #[test]
        fn any_text_in_any_form_reads_alike(text in "\\PC{0,60}") {
            let composed: String = text.nfc().collect();
            let decomposed: String = text.nfd().collect();
            prop_assert_eq!(syllables(&composed), syllables(&decomposed));
        }

        #[test]
        fn folding_twice_changes_nothing(text in "[a-zđăâêôơưáàảãạ ]{0,60}") {
            let once = folded(&text);
            prop_assert_eq!(folded(&once), once);
        }

        #[test]
        fn helpers_never_panic(text in "\\PC{0,20}") {
            for syllable in syllables(&text) {
                let _ = (without_keystrokes(&syllable.folded), one_typo_apart(&syllable.folded, "khai"));
                if syllable.folded.is_ascii() {
                    let _ = sound(&syllable.folded);
                }
            }
        }
    }
}
