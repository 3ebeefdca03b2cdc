//! The two languages of every sentence that a person reads.
//!
//! A message is written once, Vietnamese first, English beside it, with the `messages!` macro; the
//! compiler refuses a message that lacks one of them, and a test compares their `{slots}`.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A language of the pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Tiếng Việt, the official language.
    #[default]
    Vi,
    /// English.
    En,
}

impl Lang {
    /// The BCP 47 tag, for `lang` attributes.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }

    /// The other language.
    pub const fn other(self) -> Self {
        match self {
            Self::Vi => Self::En,
            Self::En => Self::Vi,
        }
    }

    /// The language of a tag such as `en`, if it is one of ours.
    pub fn from_tag(tag: &str) -> Option<Self> {
        match tag {
            "vi" => Some(Self::Vi),
            "en" => Some(Self::En),
            _ => None,
        }
    }
}

/// A fixed sentence in both languages. `{name}` marks a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Message {
    /// The Vietnamese words.
    pub vi: &'static str,
    /// The English words.
    pub en: &'static str,
}

impl Message {
    /// The words in `lang`, slots unfilled.
    pub const fn say(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Vi => self.vi,
            Lang::En => self.en,
        }
    }

    /// The words in `lang` with each `{name}` replaced by its value.
    pub fn fill(self, lang: Lang, values: &[(&str, &str)]) -> String {
        fill(self.say(lang), values)
    }

    /// Both languages, filled with the same values.
    pub fn text(self, values: &[(&str, &str)]) -> Text {
        Text { vi: fill(self.vi, values), en: fill(self.en, values) }
    }

    /// Both languages, each slot filled with the words of a message in the same language.
    pub fn text_with(self, values: &[(&str, Self)]) -> Text {
        let fill = |lang| {
            let said: Vec<_> = values.iter().map(|(slot, m)| (*slot, m.say(lang))).collect();
            self.fill(lang, &said)
        };
        Text { vi: fill(Lang::Vi), en: fill(Lang::En) }
    }

    /// Both languages, each slot filled with words in the same language.
    pub fn text_of(self, values: &[(&str, &Text)]) -> Text {
        let fill = |lang| {
            let said: Vec<_> = values.iter().map(|(slot, text)| (*slot, text.say(lang))).collect();
            self.fill(lang, &said)
        };
        Text { vi: fill(Lang::Vi), en: fill(Lang::En) }
    }
}

fn fill(pattern: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(pattern.len() + 16);
    let mut rest = pattern;
    while let Some(open) = rest.find('{') {
        let Some(close) = rest[open..].find('}') else { break };
        let name = &rest[open + 1..open + close];
        out.push_str(&rest[..open]);
        match values.iter().find(|(slot, _)| *slot == name) {
            Some((_, value)) => out.push_str(value),
            None => out.push_str(&rest[open..=open + close]),
        }
        rest = &rest[open + close + 1..];
    }
    out.push_str(rest);
    out
}

/// A finished sentence in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// The Vietnamese words.
    pub vi: String,
    /// The English words.
    pub en: String,
}

impl Text {
    /// The words in `lang`.
    pub fn say(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }
}

impl From<Message> for Text {
    fn from(message: Message) -> Self {
        Self { vi: message.vi.to_owned(), en: message.en.to_owned() }
    }
}

/// A key that puts names in the order of the Vietnamese alphabet: a ă â b c d đ e ê …; tones, case
/// and blanks aside.
pub fn alphabetical(name: &str) -> String {
    let mut key = String::with_capacity(name.len() * 2);
    for letter in name.nfc().flat_map(char::to_lowercase) {
        let mut parts = std::iter::once(letter).nfd();
        let Some(base) = parts.next() else { continue };
        let (base, is_dd) = if base == 'đ' { ('d', true) } else { (base, false) };
        // Breve, circumflex and horn make other letters; the five tones do not.
        let mark = parts.find(|mark| matches!(mark, '\u{302}' | '\u{306}' | '\u{31b}'));
        key.push(base);
        key.push(match mark {
            _ if is_dd => '1',
            Some('\u{306}') => '1',
            Some('\u{302}') => '2',
            Some(_) => '3',
            None => '0',
        });
    }
    key
}

/// For comparing words whatever their accents, case and punctuation.
pub fn fold(text: &str) -> String {
    let bare = text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    let bare: String = bare.map(|c| if c == 'đ' { 'd' } else { c }).collect();
    let words = bare.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// How much two words must have in common to be taken for each other, of 1.
const SIMILAR: f64 = 0.5;

/// The three known words that look most like one that is not known.
pub fn nearest<'a>(typed: &str, known: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let typed = fold(typed);
    let mut scored: Vec<(f64, &str)> =
        known.map(|word| (strsim::sorensen_dice(&typed, &fold(word)), word)).collect();
    scored.retain(|(score, _)| *score >= SIMILAR);
    scored.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    scored.into_iter().take(3).map(|(_, word)| word).collect()
}

/// Declares messages as constants, and `ALL` for the test that checks them:
/// `messages! { SEND: "Gửi hồ sơ" / "Send the dossier"; }`.
#[macro_export]
macro_rules! messages {
    ($($(#[$doc:meta])* $name:ident : $vi:literal / $en:literal ;)*) => {
        $(
            $(#[$doc])*
            #[doc = $en]
            pub const $name: $crate::domain::words::Message =
                $crate::domain::words::Message { vi: $vi, en: $en };
        )*
        #[allow(dead_code, reason = "read by tests only")]
        /// Every message of this file with its name, for the completeness test.
        pub const ALL: &[(&str, $crate::domain::words::Message)] = &[$((stringify!($name), $name)),*];
    };
}

#[cfg(test)]
mod tests {
    use super::{Lang, Message, alphabetical};

    #[test]
    fn names_stand_in_the_order_of_the_alphabet() {
        let mut names =
            ["Tư pháp", "Đất đai", "Ẩm thực", "Đăng ký", "Dân tộc", "Ăn uống", "An ninh"];
        names.sort_by_cached_key(|name| alphabetical(name));
        let order = ["An ninh", "Ăn uống", "Ẩm thực", "Dân tộc", "Đăng ký", "Đất đai", "Tư pháp"];
        assert_eq!(names, order);
    }

    #[test]
    fn slots_are_filled_by_name_and_unknown_ones_stay() {
        let message = Message { vi: "{a} và {b}", en: "{b} and {a} {c}" };
        let values = [("a", "1"), ("b", "{a}")];
        assert_eq!(message.fill(Lang::Vi, &values), "1 và {a}");
        assert_eq!(message.fill(Lang::En, &values), "{a} and 1 {c}");
    }

    #[test]
    fn a_message_inside_a_message_keeps_its_language() {
        let outer = Message { vi: "Không thể “{what}”.", en: "Cannot “{what}”." };
        let text = outer.text_with(&[("what", Message { vi: "Trả kết quả", en: "Deliver" })]);
        assert_eq!(text.vi, "Không thể “Trả kết quả”.");
        assert_eq!(text.en, "Cannot “Deliver”.");
    }
}
