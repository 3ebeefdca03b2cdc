//! Vietnamese text as syllables. Pure functions; the same ones serve indexing and querying.
//!
//! A syllable has two forms. The *exact* form keeps its letters and carries the tone at its end,
//! so that hoà and hòa are one word wherever the typist put the mark. The *folded* form is bare
//! ASCII. In both, a final y after a consonant is i: kí and ký, lí and lý are one word.
//!
//! Indexes get the forms joined by spaces and use the plain whitespace tokenizer, so that no
//! tokenizer has to be registered after each open.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::keystrokes;

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
                c if is_tone(c) => tone = Some(c),
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

/// Grave, acute, tilde, hook above, dot below.
fn is_tone(c: char) -> bool {
    matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}')
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

/// The syllables of a text with where they stand in it, in bytes.
pub fn pieces(text: &str) -> impl Iterator<Item = (Range<usize>, Syllable)> + '_ {
    let is_inside = |c: char| c.is_alphanumeric() || is_mark(c);
    let mut rest = 0;
    std::iter::from_fn(move || {
        loop {
            let start = rest + text[rest..].find(is_inside)?;
            let length = text[start..].find(|c| !is_inside(c)).unwrap_or(text.len() - start);
            rest = start + length;
            if let Some(syllable) = syllables(&text[start..rest]).pop() {
                return Some((start..rest, syllable));
            }
        }
    })
}

/// An exact form as people write it: the tone on its vowel, and ký, lý, quý with their y.
pub fn written(exact: &str) -> String {
    let mut letters = exact.to_owned();
    let tone = letters.chars().next_back().filter(|c| is_tone(*c));
    if tone.is_some() {
        letters.pop();
    }
    if matches!(letters.as_str(), "ki" | "li" | "qui") {
        letters.pop();
        letters.push('y');
    }
    tone.map_or(letters.clone(), |tone| keystrokes::with_tone(&letters, tone))
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

    use super::{Syllable, folded, one_typo_apart, pieces, sound, syllables, written};

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
    fn forms_are_written_as_people_write() {
        for word in ["hòa", "thường", "ký", "quý", "giấy", "xóa", "lý", "đất", "cha"] {
            assert_eq!(written(&one(word).exact), word);
        }
    }

    #[test]
    fn pieces_lie_in_the_text_as_it_is() {
        let text = "Đăng ký KHAI SINH (lần 2)";
        let found: Vec<_> = pieces(text).map(|(range, s)| (&text[range], s.folded)).collect();
        assert_eq!(found[0], ("Đăng", "dang".to_owned()));
        assert_eq!(found.last(), Some(&("2", "2".to_owned())));
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
                let _ = (written(&syllable.exact), one_typo_apart(&syllable.folded, "khai"));
                if syllable.folded.is_ascii() {
                    let _ = sound(&syllable.folded);
                }
            }
        }
    }
}
