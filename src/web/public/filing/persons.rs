//! Step 1: who files, for whom, where.

use jiff::civil::Date;
use maud::{Markup, html};
use unicode_normalization::UnicodeNormalization;

use super::SIGN_IN;
use super::case::{Case, at};
use super::places::places;
use super::step::is_for_another;
use crate::domain::calendar::local;
use crate::domain::calendar::words::no_such_day;
use crate::domain::dossier::MAX_TEXT;
use crate::domain::identity::{self, IdentityNumber};
use crate::domain::person::{Mandate, MandateKind, Person};
use crate::domain::refusal::FieldError;
use crate::domain::words::{Lang, Text};
use crate::office::drafts::Answers;
use crate::web::components::{
    AddressField, AddressParts, BannerKind, Choice, DateParts, ELSEWHERE, Field, Width,
    address_fields, banner, date_boxes, field_id, identity_number, phone_field, radios, text_area,
    text_field,
};
use crate::web::words::{components as component_words, public_filing as words};

/// Longest name, in characters.
const MAX_NAME: usize = 200;
/// Nobody who was born before this year files a dossier.
const OLDEST: i16 = 1880;

/// The questions of the first page; `knows_place` when the agency was chosen on the pages before.
pub(super) fn who(case: &Case<'_>, knows_place: bool) -> Markup {
    let lang = case.lang();
    let chosen = case.value("who");
    let choices = [
        ("self", words::FOR_MYSELF, ""),
        ("mandate", words::BY_MANDATE, ""),
        ("law", words::BY_LAW, words::BY_LAW_HINT.say(lang)),
    ]
    .map(|(value, label, hint)| Choice {
        value,
        label: label.say(lang),
        hint,
        chosen: chosen == value,
        below: None,
    });
    html! {
        (radios(lang, &Field {
            name: "who",
            label: words::WHO_FILES_AS.say(lang),
            error: case.error("who"),
            ..Field::default()
        }, &choices))
        (places(case, knows_place))
    }
}

/// What is wrong on the first page.
pub(super) fn check_who(case: &Case<'_>) -> Vec<FieldError> {
    let mut errors = Vec::new();
    if !matches!(case.value("who"), "self" | "mandate" | "law") {
        errors.push(at("who", words::WHO_MISSING));
    }
    let takers = case.world.own_takers(&case.procedure, case.today());
    if !takers.iter().any(|agency| agency.code.as_str() == case.value("place")) {
        errors.push(at("place", words::PLACE_MISSING));
    }
    errors
}

/// The questions about a person; `who` is `applicant` or `owner`.
pub(super) fn person(case: &Case<'_>, who: &str) -> Markup {
    let own = who == "applicant";
    let lang = case.lang();
    html! {
        @if let Some(warning) = warning(&case.draft.answers, who) {
            (banner(lang, BannerKind::Note, &html! {
                a href={ "#" (field_id(&format!("{who}.id_number"))) } { (warning.say(lang)) }
            }))
        }
        @if !own && !owner_words(case).is_empty() {
            p { (words::OWNER_IS.fill(lang, &[("owner", owner_words(case))])) }
        }
        @if own && case.contact.is_none() {
            p {
                (words::HAS_ACCOUNT.say(lang)) " "
                button.link type="submit" name=(SIGN_IN) value="1" {
                    (words::SIGN_IN_FOR_KNOWN.say(lang))
                }
            }
        }
        (name_and_birth(case, who, own))
        (number(case, who, own))
        (reachable(case, who, own))
        @if !own { (mandate(case)) }
    }
}

/// Whose matter it is, as the form of the procedure calls them; or empty.
fn owner_words<'c>(case: &'c Case<'_>) -> &'c str {
    super::declared::form_of(case).map_or("", |form| form.declaration.owner.say(case.lang()))
}

/// Whether an answer still is the account's: the visitor has not been here yet.
fn is_prefilled(case: &Case<'_>, name: &str, own: bool) -> bool {
    let is_unseen = own && !case.draft.answers.contains_key("seen");
    // On a device where nobody is signed in nothing came from an account.
    is_unseen && case.contact.is_some() && !case.value(name).is_empty()
}

fn name_and_birth(case: &Case<'_>, who: &str, own: bool) -> Markup {
    let lang = case.lang();
    let (full, birth) = (format!("{who}.name"), format!("{who}.birth_date"));
    let part = |part: &str| case.value(&format!("{birth}.{part}"));
    let owner = owner_words(case);
    let label = match (own, owner.is_empty()) {
        (true, _) => words::FULL_NAME.say(lang).to_owned(),
        (false, true) => words::OWNER_NAME.say(lang).to_owned(),
        (false, false) => words::OWNER_NAMED.fill(lang, &[("owner", owner)]),
    };
    html! {
        (text_field(lang, &Field {
            name: &full,
            label: &label,
            hint: if own { words::FULL_NAME_HINT.say(lang) } else { "" },
            error: case.error(&full),
            value: case.value(&full),
            autocomplete: if own { "name" } else { "off" },
            max_length: Some(200),
            prefilled: is_prefilled(case, &full, own),
            ..Field::default()
        }))
        (date_boxes(lang, &Field {
            name: &birth,
            label: words::BIRTH_DATE.say(lang),
            error: case.error(&birth),
            optional: !own,
            ..Field::default()
        }, &DateParts {
            day: part("day"),
            month: part("month"),
            year: part("year"),
            own_birthday: own,
            year_only: true,
        }))
    }
}

/// Whether the applicant gives the number of a passport in place of a card's.
fn by_passport(case: &Case<'_>) -> bool {
    case.value("applicant.id_kind") == "passport"
}

fn number(case: &Case<'_>, who: &str, own: bool) -> Markup {
    let lang = case.lang();
    let id = format!("{who}.id_number");
    let passport = own && by_passport(case);
    let warning = warning(&case.draft.answers, who).map(|text| text.say(lang).to_owned());
    let (label, hint) = match (own, passport) {
        (true, true) => (words::PASSPORT.say(lang), words::PASSPORT_HINT.say(lang)),
        (true, false) => ("", ""),
        // A child has no card; what is said to adults would only puzzle.
        (false, _) if case.value("who") == "law" => {
            (words::OWNER_ID.say(lang), words::OWNER_ID_BY_LAW_HINT.say(lang))
        }
        (false, _) => (words::OWNER_ID.say(lang), words::OWNER_ID_HINT.say(lang)),
    };
    let field = Field {
        name: &id,
        label,
        hint,
        error: case.error(&id),
        warning: warning.as_deref().unwrap_or_default(),
        value: case.value(&id),
        optional: !own,
        width: Width::Medium,
        max_length: Some(20),
        prefilled: is_prefilled(case, &id, own),
        ..Field::default()
    };
    html! {
        @if passport { (text_field(lang, &Field { autocomplete: "off", ..field })) }
        @else { (identity_number(lang, &field)) }
        @if own { (other_kind(lang, passport)) }
    }
}

/// The way from the card's number to the passport's and back.
fn other_kind(lang: Lang, passport: bool) -> Markup {
    let (kind, other, label) = match passport {
        true => ("passport", "card", words::USE_CARD),
        false => ("card", "passport", component_words::USE_PASSPORT),
    };
    html! {
        input type="hidden" name="applicant.id_kind" value=(kind);
        p.switch { button.link type="submit" name="_id_kind" value=(other) { (label.say(lang)) } }
    }
}

/// Where a person is reached.
fn reachable(case: &Case<'_>, who: &str, own: bool) -> Markup {
    let lang = case.lang();
    let name = |part: &str| format!("{who}.{part}");
    let (phone, email, address) = (name("phone"), name("email"), name("address"));
    let none = name("no_phone");
    let field = |name, is_optional, token| Field {
        name,
        error: case.error(name),
        value: case.value(name),
        optional: is_optional,
        autocomplete: if own { token } else { "off" },
        prefilled: is_prefilled(case, name, own),
        ..Field::default()
    };
    html! {
        (phone_field(
            lang,
            &field(&phone, !own, "tel"),
            own.then_some((none.as_str(), !case.value(&none).is_empty())),
        ))
        (text_field(lang, &Field {
            label: words::EMAIL.say(lang),
            kind: "email",
            max_length: Some(254),
            ..field(&email, true, "email")
        }))
        (address_fields(lang, &AddressField {
            field: Field { label: words::ADDRESS.say(lang), ..field(&address, !own, "") },
            parts: Some(&address_of(&case.draft.answers, who)),
            first: &case.province(),
            is_likely: own,
            elsewhere: true,
            own,
            errors: &case.errors,
            ..AddressField::default()
        }))
    }
}

/// A person's address as it was typed, or in one line as drafts had it before.
fn address_of(answers: &Answers, who: &str) -> AddressParts {
    AddressParts::typed(&format!("{who}.address"), |name| answers.get(name).map(String::as_str))
}

/// Keeps an address that was sent in its parts as the one line, too.
pub(super) fn settle_address(answers: &mut Answers, who: &str) {
    let name = format!("{who}.address");
    let line = AddressParts::line_of(&name, |name| answers.get(name).map(String::as_str));
    if line.is_empty() {
        answers.remove(&name)
    } else {
        answers.insert(name, line)
    };
}

/// What is wrong with an address: it needs a commune, unless it lies elsewhere or came in one line.
fn check_address(case: &Case<'_>, who: &str) -> Vec<FieldError> {
    let parts = address_of(&case.draft.answers, who);
    let name = format!("{who}.address");
    let sent = |part: &str| case.draft.answers.get(&format!("{name}.{part}"));
    let refuse = |part: &str, text| vec![at(&format!("{name}.{part}"), text)];
    let Some(commune) = sent("commune") else {
        let is_missing = who == "applicant" && parts.line().is_empty();
        return if is_missing { vec![at(&name, words::ADDRESS_MISSING)] } else { Vec::new() };
    };
    let is_mapped = commune.trim() != parts.now.commune && !parts.now.commune.is_empty();
    match parts.now.province.as_str() {
        _ if is_mapped => refuse("commune", component_words::ADDRESS_LOOK),
        ELSEWHERE if parts.now.detail.is_empty() => refuse("detail", words::ADDRESS_MISSING),
        ELSEWHERE => Vec::new(),
        _ if parts.is_empty() && who != "applicant" => Vec::new(),
        "" => refuse("province", component_words::PROVINCE_MISSING),
        _ if parts.now.commune.is_empty() => refuse("commune", component_words::COMMUNE_MISSING),
        _ => Vec::new(),
    }
}

fn mandate(case: &Case<'_>) -> Markup {
    let lang = case.lang();
    let by_mandate = case.value("who") == "mandate";
    text_field(
        lang,
        &Field {
            name: "mandate.paper",
            label: (if by_mandate { words::MANDATE_PAPER } else { words::RELATION }).say(lang),
            hint: if by_mandate { words::MANDATE_HINT.say(lang) } else { "" },
            error: case.error("mandate.paper"),
            value: case.value("mandate.paper"),
            optional: !by_mandate,
            max_length: Some(300),
            width: Width::Full,
            ..Field::default()
        },
    )
}

/// What is wrong with a person's answers.
pub(super) fn check_person(case: &Case<'_>, who: &str) -> Vec<FieldError> {
    let own = who == "applicant";
    let mut errors = Vec::new();
    let name = |part: &str| format!("{who}.{part}");
    let value = |part: &str| case.value(&name(part)).trim().to_owned();
    let mut refuse = |part: &str, text: Text| errors.push(at(&name(part), text));
    let full = value("name");
    if full.is_empty() {
        let missing = if own { words::NAME_MISSING } else { words::OWNER_NAME_MISSING };
        refuse("name", missing.into());
    } else if full.chars().count() > MAX_NAME {
        refuse("name", words::TOO_LONG.text(&[("max", &MAX_NAME.to_string())]));
    } else if let Err(wrong) = identity::name(&full) {
        refuse("name", wrong.into());
    }
    let today = local(case.site.office.now()).date();
    match birth_date(&case.draft.answers, who) {
        Born::Wrong => refuse("birth_date", no_date(&case.draft.answers, who)),
        Born::On(day) if day.year() < OLDEST => refuse("birth_date", words::TOO_OLD.into()),
        Born::In(year) if year < OLDEST => refuse("birth_date", words::TOO_OLD.into()),
        Born::On(day) if day > today => refuse("birth_date", words::DATE_PAST.into()),
        Born::In(year) if year > today.year() => refuse("birth_date", words::DATE_PAST.into()),
        Born::Unsaid if own => refuse("birth_date", words::BIRTH_MISSING.into()),
        Born::On(_) | Born::In(_) | Born::Unsaid => {}
    }
    let id = value("id_number");
    match (id.is_empty(), own) {
        (true, true) if by_passport(case) => refuse("id_number", words::PASSPORT_MISSING.into()),
        (true, true) => refuse("id_number", words::ID_MISSING.into()),
        (true, false) => {}
        (false, _) => {
            let wrong = match own && by_passport(case) {
                true => (!is_passport(&compact(&id))).then(|| words::PASSPORT_WRONG.into()),
                false => wrong_id(&id),
            };
            if let Some(text) = wrong {
                refuse("id_number", text);
            }
        }
    }
    let (phone, email) = (value("phone"), value("email"));
    if !phone.is_empty() && identity::phone(&phone).is_err() {
        refuse("phone", words::PHONE_WRONG.into());
    }
    if !email.is_empty() && identity::email(&email).is_err() {
        refuse("email", words::EMAIL_WRONG.into());
    }
    let has_none = !value("no_phone").is_empty();
    if own && phone.is_empty() && email.is_empty() && !has_none {
        refuse("phone", words::PHONE_OR_EMAIL.into());
    }
    errors.extend(check_address(case, who));
    if !own && case.value("who") == "mandate" && case.value("mandate.paper").trim().is_empty() {
        errors.push(at("mandate.paper", words::MANDATE_MISSING));
    }
    errors
}

fn compact(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-')).collect()
}

fn wrong_id(typed: &str) -> Option<Text> {
    let id = compact(typed);
    let digits = id.bytes().all(|byte| byte.is_ascii_digit());
    if digits {
        let known =
            IdentityNumber::parse(&id).is_ok() || identity::tax_code(&id).is_ok() || id.len() == 9;
        return (!known).then(|| match id.len() {
            12 => words::ID_WRONG.into(),
            n => words::ID_LENGTH.text(&[("n", &n.to_string())]),
        });
    }
    (!is_passport(&id)).then(|| words::ID_WRONG.into())
}

/// A passport's number: letters and digits; of digits alone there are those of nine.
fn is_passport(id: &str) -> bool {
    let has_letter = id.bytes().any(|byte| byte.is_ascii_alphabetic());
    (6..=15).contains(&id.len())
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && (has_letter || id.len() == 9)
}

/// A birth date as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Born {
    /// Nothing typed.
    Unsaid,
    /// The whole date.
    On(Date),
    /// The year alone.
    In(i16),
    /// No date.
    Wrong,
}

pub(super) fn birth_date(answers: &Answers, who: &str) -> Born {
    let part = |part: &str| {
        answers.get(&format!("{who}.birth_date.{part}")).map_or("", |text| text.trim())
    };
    let (day, month, year) = (part("day"), part("month"), part("year"));
    if day.is_empty() && month.is_empty() && year.is_empty() {
        return Born::Unsaid;
    }
    let Some(year) = year.parse::<i16>().ok().filter(|year| (1000..=2200).contains(year)) else {
        return Born::Wrong;
    };
    if day.is_empty() && month.is_empty() {
        return Born::In(year);
    }
    let parsed = day.parse().ok().zip(month.parse().ok());
    let found = parsed.and_then(|(day, month)| Date::new(year, month, day).ok());
    found.map_or(Born::Wrong, Born::On)
}

/// Why what was typed for a date of birth is none.
pub(in crate::web::public) fn no_date(answers: &Answers, who: &str) -> Text {
    let part =
        |part: &str| answers.get(&format!("{who}.birth_date.{part}")).map_or("", String::as_str);
    let why = no_such_day(part("day"), part("month"), part("year"));
    why.unwrap_or_else(|| words::DATE_REAL.into())
}

/// A remark that does not refuse: the number tells another year of birth.
pub(super) fn warning(answers: &Answers, who: &str) -> Option<Text> {
    let number = IdentityNumber::parse(answers.get(&format!("{who}.id_number"))?).ok()?;
    let year = match birth_date(answers, who) {
        Born::On(day) => day.year(),
        Born::In(year) => year,
        Born::Unsaid | Born::Wrong => return None,
    };
    let told = number.birth_year();
    (told != year).then(|| words::ID_YEAR.text(&[("year", &told.to_string())]))
}

/// Whether the remark on a person's number is to be read before going on: once for each pair of
/// number and year. The answer that notes it, with its value.
pub(super) fn unread_warning(answers: &Answers, who: &str) -> Option<(String, String)> {
    let text = warning(answers, who)?;
    let part = |part: &str| answers.get(&format!("{who}.{part}")).map_or("", String::as_str);
    let seen = format!("{} {}", compact(part("id_number")), part("birth_date.year").trim());
    let name = format!("warned.{who}");
    (answers.get(&name) != Some(&seen) && !text.vi.is_empty()).then_some((name, seen))
}

/// A name in one spelling: composed letters, single blanks.
pub(super) fn spelled(name: &str) -> String {
    let composed: String = name.nfc().collect();
    composed.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The person of the answers.
pub(super) fn person_of(answers: &Answers, who: &str) -> Person {
    let value = |part: &str| {
        let text = answers.get(&format!("{who}.{part}")).map_or("", |text| text.trim());
        (!text.is_empty()).then(|| text.to_owned())
    };
    let birth_date = match birth_date(answers, who) {
        Born::On(day) => Some(day),
        Born::Unsaid | Born::In(_) | Born::Wrong => None,
    };
    Person {
        name: spelled(&value("name").unwrap_or_default()),
        id_number: value("id_number").map(|id| compact(&id)),
        birth_date,
        phone: value("phone").map(|phone| identity::phone(&phone).unwrap_or(phone)),
        email: value("email").map(|email| identity::email(&email).unwrap_or(email)),
        address: value("address").map(|text| one_line(&text)),
    }
}

fn one_line(text: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(", ")
}

/// The right by which the applicant files for another.
pub(super) fn mandate_of(answers: &Answers) -> Option<Mandate> {
    let kind = match answers.get("who").map(String::as_str) {
        Some("mandate") => MandateKind::Authorised,
        Some("law") => MandateKind::LegalRepresentative,
        _ => return None,
    };
    let paper = answers.get("mandate.paper").map(|text| text.trim().to_owned());
    Some(Mandate { kind, paper: paper.filter(|text| !text.is_empty()) })
}

/// The owner, when that is another.
pub(super) fn owner_of(answers: &Answers) -> Option<Person> {
    is_for_another(answers).then(|| person_of(answers, "owner"))
}

/// The question of step 2, until procedures have forms of their own.
pub(super) fn request(case: &Case<'_>) -> Markup {
    let lang = case.lang();
    text_area(
        lang,
        &Field {
            name: "form.noi_dung",
            label: words::REQUEST.say(lang),
            hint: words::REQUEST_HINT.say(lang),
            error: case.error("form.noi_dung"),
            value: case.value("form.noi_dung"),
            ..Field::default()
        },
        6,
    )
}

/// What is wrong with the answer of step 2.
pub(super) fn check_request(case: &Case<'_>) -> Vec<FieldError> {
    let text = case.value("form.noi_dung").trim();
    if text.is_empty() {
        return vec![at("form.noi_dung", words::REQUEST_MISSING)];
    }
    if text.chars().count() > MAX_TEXT {
        let max = MAX_TEXT.to_string();
        return vec![at("form.noi_dung", words::TOO_LONG.text(&[("max", &max)]))];
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::{Born, birth_date, person_of, warning, wrong_id};
    use crate::office::drafts::Answers;

    fn answers(pairs: &[(&str, &str)]) -> Answers {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn a_birth_date_may_be_a_year_alone_but_never_a_day_that_was_not() {
        let born = |day, month, year| {
            birth_date(
                &answers(&[
                    ("a.birth_date.day", day),
                    ("a.birth_date.month", month),
                    ("a.birth_date.year", year),
                ]),
                "a",
            )
        };
        assert_eq!(born("", "", ""), Born::Unsaid);
        assert_eq!(born("", "", "1950"), Born::In(1950));
        assert_eq!(born("29", "2", "2000"), Born::On(jiff::civil::date(2000, 2, 29)));
        for (day, month, year) in
            [("29", "2", "1999"), ("1", "", "1999"), ("x", "1", "1999"), ("1", "1", "99")]
        {
            assert_eq!(born(day, month, year), Born::Wrong, "{day}/{month}/{year}");
        }
    }

    #[test]
    fn numbers_that_people_really_have_are_taken() {
        for good in ["036185990001", "036 185 990 001", "B1234567", "123456789", "0100109106"] {
            assert!(wrong_id(good).is_none(), "{good}");
        }
        for wrong in ["03618599000", "12", "0361859900012", "số 1"] {
            assert!(wrong_id(wrong).is_some(), "{wrong}");
        }
    }

    #[test]
    fn another_year_of_birth_only_warns() {
        let typed = answers(&[("a.id_number", "036185990001"), ("a.birth_date.year", "1986")]);
        assert!(warning(&typed, "a").is_some_and(|text| text.vi.contains("1985")));
        let typed = answers(&[("a.id_number", "036185990001"), ("a.birth_date.year", "1985")]);
        assert!(warning(&typed, "a").is_none());
    }

    #[test]
    fn a_person_is_kept_in_one_spelling() {
        let typed = answers(&[
            ("a.name", " Nguyê\u{303}n  Thị Ánh "),
            ("a.phone", "+84 912 345 678"),
            ("a.id_number", "036 185 990 001"),
            ("a.address", "Số 1\nphường Nam Định"),
        ]);
        let person = person_of(&typed, "a");
        assert_eq!(person.name, "Nguyễn Thị Ánh");
        assert_eq!(person.phone.as_deref(), Some("0912345678"));
        assert_eq!(person.id_number.as_deref(), Some("036185990001"));
        assert_eq!(person.address.as_deref(), Some("Số 1, phường Nam Định"));
        assert_eq!(person.email, None);
    }
}
