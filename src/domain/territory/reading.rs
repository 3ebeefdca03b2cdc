//! An address read from its end: province, district, commune, and what lies below.

use unicode_normalization::UnicodeNormalization;

use super::spelling::{Kind, Opens, Word, bare, is_exact, is_number, read};
use super::table::{FormerRow, Named, Territory, Where};
use super::{Commune, Former, Province};

/// Most words of a name.
const MAX_NAME: usize = 6;
/// Most words of which the end is looked at.
const MAX_WORDS: usize = 80;
/// Provinces by other names than the lists have.
const ALIASES: [(&str, &str); 7] = [
    ("hcm", "ho chi minh"),
    ("sai gon", "ho chi minh"),
    ("hn", "ha noi"),
    ("thua thien hue", "hue"),
    ("dac lac", "dak lak"),
    ("daklak", "dak lak"),
    ("vung tau ba ria", "ba ria vung tau"),
];

/// What an address was found to name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found<'a> {
    /// A commune of today.
    Now(&'a Commune),
    /// A commune of before.
    Former {
        /// Which; several when the spelling leaves it open.
        formers: Vec<Former>,
        /// What it is now, the main part first; several when it was split.
        now: Vec<&'a Commune>,
    },
    /// A province alone.
    Province(&'a Province),
    /// Nothing that is known.
    Nothing,
}

/// An address that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recognised<'a> {
    /// What lies below what was found, as it was written.
    pub detail: String,
    /// What was found.
    pub found: Found<'a>,
}

/// A name at the end of the words that were not read yet.
struct Ending<'a> {
    /// Its words, without the kind.
    words: &'a [Word],
    /// The kind before it.
    kind: Option<Kind>,
    /// Where it begins, the kind included.
    begins: usize,
    /// Whether the marks say something: somewhere in the text there are some.
    is_marked: bool,
}

impl Territory {
    /// What an address names, and what lies below.
    pub fn recognise(&self, text: &str) -> Recognised<'_> {
        let text: String = text.trim().nfc().collect();
        let mut words = read(&text);
        while words.last().is_some_and(|last| last.bare == "nam")
            && words.iter().rev().nth(1).is_some_and(|word| word.bare == "viet")
            && words.len() > 2
            && words[words.len() - 2].opens == Opens::Part
        {
            words.truncate(words.len() - 2);
        }
        let skipped = words.len().saturating_sub(MAX_WORDS);
        let (found, begins) = self.find(&words[skipped..]);
        let end = words.get(skipped + begins).map_or(text.len(), |word| word.at.start);
        let is_mark = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '-' | '–' | '(' | '|');
        let detail = match found {
            Found::Nothing => text,
            _ => text[..end].trim_end_matches(is_mark).to_owned(),
        };
        Recognised { detail, found }
    }

    /// What the words name, and at which word it begins.
    fn find(&self, words: &[Word]) -> (Found<'_>, usize) {
        let provinces = self.provinces_at_end(words);
        // The longest name that leads to a commune is meant: “Thành phố Hải Dương” may be a district.
        for (place, begins) in &provinces {
            let left = &words[..*begins];
            let ways =
                [Self::named_now, Self::in_district, Self::perhaps_now, Self::without_district];
            if let Some(found) = ways.iter().find_map(|way| way(self, left, *place)) {
                return found;
            }
        }
        if let Some(found) = self.in_district(words, Where::default()) {
            return found;
        }
        let is_set_apart = |begins: usize| {
            words[begins].opens == Opens::Part || Kind::split(&words[begins..]).0.is_some()
        };
        let alone = provinces.iter().find(|(_, begins)| is_set_apart(*begins));
        match alone.and_then(|(place, begins)| Some((self.provinces().get(place.now?)?, *begins))) {
            Some((province, begins)) => (Found::Province(province), begins),
            None => (Found::Nothing, words.len()),
        }
    }

    fn provinces_at_end(&self, words: &[Word]) -> Vec<(Where, usize)> {
        let fits = |kind| matches!(kind, None | Some(Kind::Province | Kind::City));
        let read = endings(words).filter(|ending| fits(ending.kind)).filter_map(|ending| {
            let said = bare(ending.words);
            let alias = ALIASES.iter().find(|(alias, _)| *alias == said);
            let said = alias.map_or(said.as_str(), |(_, name)| name);
            let known = self.named_provinces.iter().find(|known| {
                known.bare == said && (ending.kind.is_none() || known.kind == ending.kind)
            });
            known.map(|known| (known.place, ending.begins))
        });
        read.collect()
    }

    /// A commune of today that is named with its kind, in the province.
    fn named_now(&self, words: &[Word], place: Where) -> Option<(Found<'_>, usize)> {
        self.commune_of_today(words, place, true)
    }

    /// A commune of today, whatever it is called.
    fn perhaps_now(&self, words: &[Word], place: Where) -> Option<(Found<'_>, usize)> {
        self.commune_of_today(words, place, false)
    }

    fn commune_of_today(
        &self,
        words: &[Word],
        place: Where,
        with_kind: bool,
    ) -> Option<(Found<'_>, usize)> {
        endings(words).find_map(|ending| {
            let is_named = |name: &str| {
                let words = read(name);
                let (kind, _) = Kind::split(&words);
                if with_kind {
                    kind == ending.kind
                } else {
                    ending.kind.is_none_or(Kind::is_commune)
                }
            };
            let found = self.named(&bare(ending.words)).filter_map(|named| match named {
                Named::Now(place) => self.communes().get(place),
                Named::Former(_) => None,
            });
            let found: Vec<&Commune> = found
                .filter(|commune| self.is_in(commune, place) && is_named(commune.name))
                .collect();
            let found = closest(found, &ending, |commune| commune.name);
            match found.as_slice() {
                [] => None,
                [only] => Some((Found::Now(only), ending.begins)),
                // Two names that differ in their marks alone: which, is for the person to say.
                _ => Some((Found::Former { formers: Vec::new(), now: found }, ending.begins)),
            }
        })
    }

    fn is_in(&self, commune: &Commune, place: Where) -> bool {
        place.now.is_some_and(|now| self.provinces().get(now) == Some(self.province_of(commune)))
    }

    /// A commune of before with its district.
    fn in_district(&self, words: &[Word], place: Where) -> Option<(Found<'_>, usize)> {
        endings(words).filter(|ending| ending.kind.is_none_or(Kind::is_district)).find_map(|at| {
            let said = bare(at.words);
            self.commune_of_before(&words[..at.begins], place, &|former| {
                let district = &self.districts[usize::from(former.district)];
                !district.name.is_empty() && district.bare == said
            })
        })
    }

    /// A commune of before in a province, when the district was left out.
    fn without_district(&self, words: &[Word], place: Where) -> Option<(Found<'_>, usize)> {
        self.commune_of_before(words, place, &|_| true)
    }

    fn commune_of_before(
        &self,
        words: &[Word],
        place: Where,
        fits: &dyn Fn(&FormerRow) -> bool,
    ) -> Option<(Found<'_>, usize)> {
        let kinds = |kind: Option<Kind>| kind.is_none_or(|k| k.is_commune() || k == Kind::District);
        endings(words).filter(|ending| kinds(ending.kind)).find_map(|ending| {
            let found = self.named(&bare(ending.words)).filter_map(|named| match named {
                Named::Former(place) => self.formers.get(place),
                Named::Now(_) => None,
            });
            let found: Vec<_> = found.filter(|former| fits(former)).collect();
            let found = self.of_province(found, place);
            let found = closest(found, &ending, |former| former.name);
            if found.is_empty() {
                return None;
            }
            let mut now: Vec<&Commune> = Vec::new();
            for commune in found.iter().flat_map(|former| self.now_of(former)) {
                if !now.contains(&commune) {
                    now.push(commune);
                }
            }
            let formers = found.iter().map(|former| self.former(former)).collect();
            Some((Found::Former { formers, now }, ending.begins))
        })
    }

    /// Those of the province as it was; else those that lie in it now, since people mix the names.
    fn of_province<'a>(&self, found: Vec<&'a FormerRow>, place: Where) -> Vec<&'a FormerRow> {
        if place.now.is_none() && place.before.is_empty() {
            return found;
        }
        let was: Vec<_> = found
            .iter()
            .copied()
            .filter(|former| self.former(former).province == place.before)
            .collect();
        if !was.is_empty() {
            return was;
        }
        let lies =
            |former: &&FormerRow| self.now_of(former).any(|commune| self.is_in(commune, place));
        found.into_iter().filter(lies).collect()
    }
}

/// The names that the words may end with, the longest first. A name begins after a comma or its kind;
/// anywhere, where there are neither.
fn endings(words: &[Word]) -> impl Iterator<Item = Ending<'_>> {
    let is_apart = words.iter().skip(1).any(|word| word.opens == Opens::Part);
    let is_marked = words.iter().any(|word| word.exact != word.bare);
    let longest = MAX_NAME.min(words.len());
    (1..=longest).rev().flat_map(move |length| {
        let start = words.len() - length;
        let name = &words[start..];
        let is_whole = name.iter().skip(1).all(|word| word.opens != Opens::Part);
        let before = Kind::before(words, start).filter(|_| is_whole);
        let with_kind = before.map(|(kind, begins)| (Some(kind), begins));
        // In “dan phuong ha noi” the word before the name is the end of another.
        let may_stand_alone = name[0].opens != Opens::Nothing || !is_apart;
        let is_number = name.iter().all(|word| is_number(&word.bare));
        let alone = (is_whole && may_stand_alone && !is_number).then_some((None, start));
        let both = with_kind.into_iter().chain(alone);
        both.map(move |(kind, begins)| Ending { words: name, kind, begins, is_marked })
    })
}

/// Of those with the same bare name, the ones of the same kind, and of those the ones with the same
/// marks; where none fits so closely, all.
fn closest<T: Copy>(
    found: Vec<T>,
    ending: &Ending<'_>,
    name: impl Fn(T) -> &'static str,
) -> Vec<T> {
    let narrowed = |found: Vec<T>, fits: &dyn Fn(&[Word]) -> bool| {
        let closer: Vec<T> = found.iter().copied().filter(|one| fits(&read(name(*one)))).collect();
        if closer.is_empty() { found } else { closer }
    };
    let found = narrowed(found, &|words| Kind::split(words).0 == ending.kind);
    match ending.is_marked {
        true => narrowed(found, &|words| is_exact(Kind::split(words).1, ending.words)),
        false => found,
    }
}
