//! Names as people write them: with or without diacritics, tones on either vowel, kinds in full,
//! abbreviated or left out.

use std::ops::Range;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

/// What the word before a name says that it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Province,
    City,
    District,
    UrbanDistrict,
    Town,
    Township,
    Ward,
    Commune,
    Zone,
}

/// The words of each kind, and its abbreviations.
const KINDS: [(Kind, &[&str]); 9] = [
    (Kind::City, &["thành phố", "tp"]),
    (Kind::Town, &["thị xã", "tx"]),
    (Kind::Township, &["thị trấn", "tt"]),
    (Kind::Zone, &["đặc khu", "đk"]),
    (Kind::Province, &["tỉnh", "t"]),
    (Kind::District, &["huyện", "h"]),
    (Kind::UrbanDistrict, &["quận", "q"]),
    (Kind::Ward, &["phường", "p", "f"]),
    (Kind::Commune, &["xã", "x"]),
];

/// The same, read once.
static NAMED: LazyLock<Vec<(Kind, Vec<Word>)>> = LazyLock::new(|| {
    let read = |(kind, names): &(Kind, &[&str])| {
        let kind = *kind;
        names.iter().map(move |name| (kind, read(name))).collect::<Vec<_>>()
    };
    KINDS.iter().flat_map(read).collect()
});

/// Abbreviations of kinds that a number or a name follows without a blank.
const GLUED: [&str; 5] = ["tp", "tt", "q", "p", "f"];

impl Kind {
    /// Whether something below a district can be called so.
    pub fn is_commune(self) -> bool {
        matches!(self, Self::Ward | Self::Commune | Self::Township | Self::Zone)
    }

    /// Whether something between province and commune can be called so.
    pub fn is_district(self) -> bool {
        matches!(self, Self::District | Self::UrbanDistrict | Self::Town | Self::City)
    }

    /// The kind that stands before the word at `start`, and at which word it begins.
    pub fn before(words: &[Word], start: usize) -> Option<(Self, usize)> {
        let (first, rest) = (words.get(start)?, &words[..start]);
        if first.opens == Opens::Part {
            return None;
        }
        let found = NAMED.iter().find(|(_, name)| is_written(rest, name));
        found.map(|(kind, name)| (*kind, start - name.len()))
    }

    /// A name of the table without its kind.
    pub fn split(words: &[Word]) -> (Option<Self>, &[Word]) {
        let longest = (1..=2.min(words.len().saturating_sub(1))).rev();
        let mut found = longest.filter_map(|count| {
            let (kind, begins) = Self::before(words, count)?;
            (begins == 0).then_some((Some(kind), &words[count..]))
        });
        found.next().unwrap_or((None, words))
    }
}

/// Whether the last of these words are the name of a kind: with its diacritics, or with none.
fn is_written(words: &[Word], wanted: &[Word]) -> bool {
    let Some(at) = words.len().checked_sub(wanted.len()) else { return false };
    let given = &words[at..];
    given.iter().zip(wanted).all(|(given, wanted)| {
        given.bare == wanted.bare && (given.exact == wanted.exact || given.exact == given.bare)
    }) && given.iter().skip(1).all(|word| word.opens != Opens::Part)
}

/// What stands before a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opens {
    /// A blank, or a sign within a name.
    Nothing,
    /// A dash between blanks: there a name may begin, or go on.
    Perhaps,
    /// A comma or the like, or the beginning: there a name ends.
    Part,
}

/// A word of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Small letters without marks; numbers without leading zeros.
    pub bare: String,
    /// Small letters with their marks, the tone last, so that `Hòa` and `Hoà` are the same.
    pub exact: String,
    /// Where it stands in the text.
    pub at: Range<usize>,
    /// What stands before it.
    pub opens: Opens,
}

/// The words of a text in NFC.
pub(super) fn read(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let (mut begun, mut opens) = (None, Opens::Part);
    for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
        if letter.is_alphanumeric() || is_apostrophe(letter) && begun.is_some() {
            begun.get_or_insert(at);
            continue;
        }
        if let Some(begin) = begun.take() {
            push(&mut words, text, begin..at, opens);
            opens = Opens::Nothing;
        }
        opens = match letter {
            ',' | ';' | '\n' | '(' | ')' | '|' => Opens::Part,
            '-' | '–' if opens == Opens::Nothing && is_apart(text, at) => Opens::Perhaps,
            _ => opens,
        };
    }
    words
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '’' | '‘' | '`' | '´')
}

/// Whether a dash stands between blanks.
fn is_apart(text: &str, at: usize) -> bool {
    text[..at].ends_with(' ') && text[at..].chars().nth(1) == Some(' ')
}

/// Adds a word, of which an abbreviated kind before a number is one of its own: `P12`, `TPHCM`.
fn push(words: &mut Vec<Word>, text: &str, at: Range<usize>, opens: Opens) {
    let (bare, exact) = spelled(&text[at.clone()]);
    let glued = GLUED.iter().find(|kind| {
        let rest = bare.strip_prefix(**kind);
        rest.is_some_and(|rest| is_number(rest) || **kind == "tp" && rest == "hcm")
    });
    match glued {
        Some(kind) => {
            let middle = at.start + kind.len();
            let (bare, exact) = spelled(&text[middle..at.end]);
            let kind = (*kind).to_owned();
            words.push(Word { bare: kind.clone(), exact: kind, at: at.start..middle, opens });
            words.push(Word { bare, exact, at: middle..at.end, opens: Opens::Nothing });
        }
        None => words.push(Word { bare, exact, at, opens }),
    }
}

pub(super) fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A word without its marks, and with the tone at its end.
fn spelled(word: &str) -> (String, String) {
    let (mut bare, mut exact, mut tones) = (String::new(), String::new(), String::new());
    for letter in word.nfd().flat_map(char::to_lowercase) {
        match letter {
            // Grave, acute, tilde, hook above, dot below.
            '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' => tones.push(letter),
            // Breve, circumflex, horn.
            '\u{302}' | '\u{306}' | '\u{31b}' => exact.push(letter),
            'đ' => {
                bare.push('d');
                exact.push('đ');
            }
            _ if is_apostrophe(letter) => {}
            _ => {
                bare.push(letter);
                exact.push(letter);
            }
        }
    }
    if is_number(&bare) {
        let number = bare.trim_start_matches('0');
        let number = if number.is_empty() { "0" } else { number }.to_owned();
        return (number.clone(), number);
    }
    exact.push_str(&tones);
    (bare, exact)
}

/// The words joined, without their marks.
pub(super) fn bare(words: &[Word]) -> String {
    words.iter().map(|word| word.bare.as_str()).collect::<Vec<_>>().join(" ")
}

/// Whether two rows of words are spelled alike with all marks.
pub(super) fn is_exact(a: &[Word], b: &[Word]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.exact == b.exact)
}
