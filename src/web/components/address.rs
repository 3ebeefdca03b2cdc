//! An address: province, commune, and what lies below, asked the same way everywhere. Older names are
//! mapped to those of today, and the page says how.

use maud::{Markup, html};

use super::choice::{Choice, select};
use super::field::{Field, error_for, label_words, remarks, suggestions, text_field};
use crate::domain::form::PLACE_PARTS;
use crate::domain::refusal::FieldError;
use crate::domain::territory::{Address, Commune, Former, Found, Recognised, territory};
use crate::domain::words::Lang;
use crate::web::words::components as words;

/// The province of an address that lies in none.
pub const ELSEWHERE: &str = "-";
/// The list of provinces on a page.
const PROVINCES: &str = "tinh";
/// The field beside the parts that keeps an address as it was written before it was mapped.
const WAS: &str = "was";

/// An address as it stands in a form: `{name}.province`, `.commune`, `.detail`, and `.was`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AddressParts {
    /// The parts, as chosen and typed.
    pub now: Address,
    /// The line of before that they come from; or empty.
    pub was: String,
}

impl AddressParts {
    /// The parts of one line.
    pub fn of_line(line: &str) -> Self {
        let found = territory().recognise(line).found;
        let was = matches!(found, Found::Former { .. }).then(|| line.trim().to_owned());
        Self { now: Address::read(line), was: was.unwrap_or_default() }
    }

    /// The parts as they were sent, or those of the line under the plain name; `get` gives the value
    /// of a field that was sent.
    pub fn typed<'a>(name: &str, get: impl Fn(&str) -> Option<&'a str>) -> Self {
        let part = |part: &str| get(&format!("{name}.{part}")).map(|text| text.trim().to_owned());
        let [province, commune, detail] = PLACE_PARTS.map(part);
        if province.is_none() && commune.is_none() && detail.is_none() {
            return get(name).map(Self::of_line).unwrap_or_default();
        }
        let province = province.unwrap_or_default();
        let now = Address {
            province: match territory().province_called(&province) {
                Some(known) => known.name.to_owned(),
                None => province,
            },
            commune: commune.unwrap_or_default(),
            detail: detail.unwrap_or_default(),
        };
        Self { now, was: part(WAS).unwrap_or_default() }.settled()
    }

    /// The line of an address that was sent: of its parts, or as it was sent in one line.
    pub fn line_of<'a>(name: &str, get: impl Fn(&str) -> Option<&'a str>) -> String {
        let is_in_parts = Self::names(name).iter().any(|name| get(name).is_some());
        match is_in_parts {
            true => Self::typed(name, get).line(),
            false => get(name).unwrap_or_default().trim().to_owned(),
        }
    }

    /// The names of its fields below `name`.
    pub fn names(name: &str) -> [String; 4] {
        let [province, commune, detail] = PLACE_PARTS;
        [province, commune, detail, WAS].map(|part| format!("{name}.{part}"))
    }

    /// Whether nothing was said of a place.
    pub fn is_empty(&self) -> bool {
        self.now.commune.is_empty() && self.now.detail.is_empty()
    }

    /// In one line; the older one, as long as it is open what it is today.
    pub fn line(&self) -> String {
        if self.now.commune.is_empty() && !self.was.is_empty() {
            return self.was.clone();
        }
        if self.is_empty() {
            return String::new();
        }
        let province = if self.now.province == ELSEWHERE { "" } else { &self.now.province };
        Address { province: province.to_owned(), ..self.now.clone() }.line()
    }

    /// The line that takes the place of another; none when what was sent says the same.
    pub fn instead_of<'a>(
        line: &str,
        name: &str,
        get: impl Fn(&str) -> Option<&'a str>,
    ) -> Option<String> {
        let typed = Self::typed(name, get);
        let is_same = typed.now == Self::of_line(line).now || typed.line() == line.trim();
        (!is_same).then(|| typed.line())
    }

    /// With a commune that was typed freely or lies in another province put right, as far as that
    /// is certain; what is not stays in the detail.
    fn settled(mut self) -> Self {
        let table = territory();
        let Address { province, commune, detail } = &self.now;
        let listed = |communes: &[Commune]| communes.iter().any(|one| one.name == *commune);
        if !commune.is_empty() && !listed(table.communes_of(province)) {
            let typed = format!("{commune}, {province}");
            let read = Self::of_line(typed.trim_end_matches([',', ' ']));
            if read.now.commune.is_empty() {
                // A commune of another province was left over from the list before.
                let is_left_over = listed(table.communes());
                if !is_left_over {
                    let kept = [detail.as_str(), commune].map(str::trim).into_iter();
                    let kept: Vec<&str> = kept.filter(|part| !part.is_empty()).collect();
                    self.now.detail = kept.join(", ");
                }
                self.now.commune.clear();
            } else {
                let detail = std::mem::take(&mut self.now.detail);
                self = Self { now: Address { detail, ..read.now }, was: read.was };
            }
        } else if commune.is_empty() && self.was.is_empty() {
            let read = Self::of_line(detail);
            if !read.now.commune.is_empty() || !read.was.is_empty() {
                self = read;
            }
        }
        self
    }
}

/// A question for an address.
#[derive(Clone, Copy, Debug, Default)]
pub struct AddressField<'a> {
    /// The name, label, hint and so on, as of any field; its value is not used.
    pub field: Field<'a>,
    /// What stands in it.
    pub parts: Option<&'a AddressParts>,
    /// The province that stands first; or empty.
    pub first: &'a str,
    /// Whether that province is chosen as long as nothing else is.
    pub is_likely: bool,
    /// Whether it may lie outside the provinces.
    pub elsewhere: bool,
    /// Whether province and commune are typed, and suggested by [`province_suggestions`] and
    /// [`commune_suggestions`] that stand once on the page: where many addresses would each repeat the lists.
    pub is_typed: bool,
    /// Whether it is the person's own: then the browser may fill it.
    pub own: bool,
    /// What is wrong, by the names of the fields.
    pub errors: &'a [FieldError],
}

/// An address: province, commune, and what lies below. Choosing another province sends `_reload`,
/// which shows its communes and keeps all that was typed; a script does it at once.
pub fn address_fields(lang: Lang, asked: &AddressField<'_>) -> Markup {
    let nothing = AddressParts::default();
    let parts = asked.parts.unwrap_or(&nothing);
    let field = &asked.field;
    let names = AddressParts::names(field.name);
    let province = asked.province();
    let former = Mapped::of(parts);
    let token = |token: &'static str| if asked.own { token } else { "off" };
    let part = |place: usize, label: crate::domain::words::Message| Field {
        label: label.say(lang),
        error: error_for(asked.errors, &names[place], lang),
        optional: field.optional,
        autocomplete: "off",
        ..Field::default()
    };
    let list = list_id(province);
    let commune = Field {
        name: &names[1],
        value: &parts.now.commune,
        warning: &former.as_ref().map(|former| former.say(lang)).unwrap_or_default(),
        autocomplete: token("address-level2"),
        ..part(1, words::COMMUNE)
    };
    html! {
        fieldset.address id=(field.id()) class=[(!field.error.is_empty()).then_some("field-refused")]
            aria-describedby=[field.described_by()] data-communes="/xa-phuong" {
            legend { (label_words(lang, &Field { optional: false, ..*field })) }
            (remarks(lang, field))
            @let chosen = Field {
                name: &names[0],
                value: province,
                autocomplete: token("address-level1"),
                ..part(0, words::PROVINCE)
            };
            @if asked.is_typed {
                (text_field(lang, &Field { list: PROVINCES, max_length: Some(100), ..chosen }))
                (text_field(lang, &Field { list: &list, max_length: Some(100), ..commune }))
            } @else {
                (select(lang, &chosen, &provinces(lang, asked)))
                button.button.button-secondary type="submit" name="_reload" value=(field.name) {
                    (words::SHOW_COMMUNES.say(lang))
                    span.hidden { ": " (field.label) }
                }
                (select(lang, &commune, &communes(province, former.as_ref())))
            }
            (text_field(lang, &Field {
                name: &names[2],
                value: &parts.now.detail,
                autocomplete: token("street-address"),
                max_length: Some(300),
                optional: true,
                ..part(2, words::STREET)
            }))
            @if !parts.was.is_empty() {
                input type="hidden" name=(names[3]) value=(parts.was);
            }
        }
    }
}

impl AddressField<'_> {
    /// The province whose communes it offers; empty when none is chosen.
    pub fn province(&self) -> &str {
        match self.parts.map_or("", |parts| parts.now.province.as_str()) {
            "" if self.is_likely && self.parts.is_none_or(AddressParts::is_empty) => self.first,
            chosen => chosen,
        }
    }
}

/// The provinces, to be suggested by every typed address on a page.
pub fn province_suggestions() -> Markup {
    let names: Vec<&str> = territory().provinces().iter().map(|province| province.name).collect();
    suggestions(PROVINCES, &names)
}

/// The communes of a province, to be suggested by every typed address on a page.
pub fn commune_suggestions(province: &str) -> Markup {
    let names: Vec<&str> =
        territory().communes_of(province).iter().map(|commune| commune.name).collect();
    suggestions(&list_id(province), &names)
}

/// The name of the list of a province's communes.
fn list_id(province: &str) -> String {
    let place = territory().provinces().iter().position(|known| known.name == province);
    place.map(|place| format!("xa-{place}")).unwrap_or_default()
}

/// The provinces, the likely one first.
fn provinces<'a>(lang: Lang, asked: &AddressField<'_>) -> Vec<Choice<'a>> {
    let named = |name| Choice { value: name, label: name, ..Choice::default() };
    let mut all: Vec<Choice<'_>> =
        territory().provinces().iter().map(|province| named(province.name)).collect();
    all.sort_by_key(|choice| choice.value != asked.first);
    if asked.elsewhere {
        let label = words::ELSEWHERE.say(lang);
        all.push(Choice { value: ELSEWHERE, label, ..Choice::default() });
    }
    all
}

/// The communes of a province, those first that an older one may be.
fn communes<'a>(province: &str, former: Option<&Mapped>) -> Vec<Choice<'a>> {
    let is_likely = |commune: &Commune| former.is_some_and(|former| former.now.contains(commune));
    let mut all: Vec<&Commune> = territory().communes_of(province).iter().collect();
    all.sort_by_key(|commune| !is_likely(commune));
    let choice = |commune: &Commune| Choice {
        value: commune.name,
        label: commune.name,
        ..Choice::default()
    };
    all.into_iter().map(choice).collect()
}

/// How an older commune stands to those of today.
struct Mapped {
    formers: Vec<Former>,
    now: Vec<Commune>,
    chosen: Option<Commune>,
}

impl Mapped {
    /// Of the line that parts come from; none when they were changed since to something else.
    fn of(parts: &AddressParts) -> Option<Self> {
        let Recognised { found: Found::Former { formers, now }, .. } =
            territory().recognise(&parts.was)
        else {
            return None;
        };
        let chosen = now.iter().find(|commune| {
            commune.name == parts.now.commune
                && territory().province_of(commune).name == parts.now.province
        });
        let chosen = chosen.map(|commune| **commune);
        let is_open = parts.now.commune.is_empty();
        let now: Vec<Commune> = now.into_iter().copied().collect();
        (is_open || chosen.is_some()).then_some(Self { formers, now, chosen })
    }

    fn say(&self, lang: Lang) -> String {
        let line = |commune: &Commune| {
            format!("{}, {}", commune.name, territory().province_of(commune).name)
        };
        let now: Vec<String> = match &self.chosen {
            Some(chosen) => vec![line(chosen)],
            None => self.now.iter().map(line).collect(),
        };
        let now = now.join("; ");
        let was: Vec<String> = self.formers.iter().map(Former::line).collect();
        let was = was.join("; ");
        let values = [("was", was.as_str()), ("now", now.as_str())];
        match (self.chosen.is_some(), was.is_empty()) {
            (true, false) => words::ADDRESS_MAPPED.fill(lang, &values),
            (false, false) => words::ADDRESS_SPLIT.fill(lang, &values),
            (_, true) => words::ADDRESS_OPEN.fill(lang, &values),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{AddressParts, ELSEWHERE};

    fn typed(parts: &[(&str, &str)]) -> AddressParts {
        AddressParts::typed("a", |name| {
            parts.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
        })
    }

    #[test]
    fn a_plain_line_of_before_is_split_and_mapped() {
        let parts = typed(&[("a", "Thôn 3, Tân Hội, Đan Phượng, Hà Nội")]);
        assert_eq!(parts.now.commune, "Xã Ô Diên");
        assert_eq!(parts.line(), "Thôn 3, Xã Ô Diên, Thành phố Hà Nội");
        assert_eq!(parts.was, "Thôn 3, Tân Hội, Đan Phượng, Hà Nội");
    }

    #[test]
    fn what_stays_open_is_kept_as_it_was_written() {
        let line = "Số 9, phường Cống Vị, quận Ba Đình, Hà Nội";
        let parts = typed(&[("a", line)]);
        assert_eq!((parts.now.commune.as_str(), parts.line().as_str()), ("", line));
        let sent = [("a.province", "Thành phố Hà Nội"), ("a.commune", ""), ("a.detail", line)];
        assert_eq!(typed(&sent), parts, "typed whole into the last box");
        assert_eq!(typed(&[("a", "12 Main Street")]).line(), "12 Main Street");
    }

    #[test]
    fn a_commune_of_the_list_before_goes_and_a_typed_one_stays() {
        let sent = |commune| {
            typed(&[("a.province", "Tỉnh Ninh Bình"), ("a.commune", commune), ("a.detail", "Số 1")])
        };
        assert_eq!(sent("Phường Ba Đình").line(), "Số 1, Tỉnh Ninh Bình");
        assert_eq!(sent("phuong nam dinh").line(), "Số 1, Phường Nam Định, Tỉnh Ninh Bình");
        assert_eq!(sent("khu mới").line(), "Số 1, khu mới, Tỉnh Ninh Bình");
    }

    #[test]
    fn a_province_alone_is_no_address_and_one_abroad_is() {
        assert_eq!(typed(&[("a.province", "Tỉnh Ninh Bình")]).line(), "");
        let abroad = [("a.province", ELSEWHERE), ("a.detail", "5 Rue X, Paris")];
        assert_eq!(typed(&abroad).line(), "5 Rue X, Paris");
    }

    #[test]
    fn an_older_address_that_nobody_touched_is_no_change() {
        let line = "Thôn 3, Tân Hội, Đan Phượng, Hà Nội";
        let shown = [
            ("a.province", "Thành phố Hà Nội"),
            ("a.commune", "Xã Ô Diên"),
            ("a.detail", "Thôn 3"),
        ];
        let get = |name: &str| shown.iter().find(|(known, _)| *known == name).map(|(_, v)| *v);
        assert_eq!(AddressParts::instead_of(line, "a", get), None);
        let changed = AddressParts::instead_of("Số 1, Hà Nội", "a", get);
        assert_eq!(changed.as_deref(), Some("Thôn 3, Xã Ô Diên, Thành phố Hà Nội"));
    }
}
