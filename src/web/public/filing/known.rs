//! What the account already knows, offered at its question with where it is from.

use maud::{Markup, html};

use super::case::Case;
use crate::domain::calendar::local;
use crate::domain::calendar::words::date_short;
use crate::domain::person::Person;
use crate::office::Failure;
use crate::office::drafts::{Answers, KnownPerson};
use crate::web::components::{BannerKind, banner};
use crate::web::words::public_filing as words;

/// The button that takes a known person.
pub(super) const PRESSED: &str = "_known";

/// Says where the applicant's answers are from, until the step was sent.
pub(super) fn source(case: &Case<'_>) -> Result<Markup, Failure> {
    let contact = case.contact.filter(|_| !case.draft.answers.contains_key("seen"));
    let Some(contact) = contact else { return Ok(html! {}) };
    let Some((code, at)) = case.site.office.profile_source(contact)? else { return Ok(html! {}) };
    let day = date_short(local(at).date());
    let slots = [("code", code.as_str()), ("day", day.as_str())];
    Ok(banner(
        case.lang(),
        BannerKind::Note,
        &html! {
            (words::PROFILE_FROM.fill(case.lang(), &slots))
        },
    ))
}

/// The persons whom earlier dossiers name, to take one of them.
pub(super) fn offered(case: &Case<'_>) -> Result<Markup, Failure> {
    let Some(contact) = case.contact else { return Ok(html! {}) };
    let lang = case.lang();
    let known = case.site.office.known_persons(contact)?;
    Ok(html! {
        @if !known.is_empty() {
            fieldset {
                legend { (words::KNOWN_PERSONS.say(lang)) }
                ul.links {
                    @for (place, one) in known.iter().enumerate() {
                        li {
                            button.link type="submit" name=(PRESSED) value=(place) {
                                (one.person.name)
                                @if let Some(day) = one.person.birth_date {
                                    ", " (words::BORN_ON.fill(lang, &[("day", &date_short(day))]))
                                }
                            }
                            br; span.muted { (from(one, lang)) }
                        }
                    }
                }
            }
        }
    })
}

fn from(one: &KnownPerson, lang: crate::domain::words::Lang) -> String {
    let day = date_short(local(one.at).date());
    words::TAKEN_FROM.fill(lang, &[("code", one.from.as_str()), ("day", &day)])
}

/// The answers of the person whose button was pressed.
pub(super) fn taken(case: &Case<'_>, place: &str) -> Result<Option<Answers>, Failure> {
    let (Some(contact), Ok(place)) = (case.contact, place.parse::<usize>()) else {
        return Ok(None);
    };
    let known = case.site.office.known_persons(contact)?.into_iter().nth(place);
    Ok(known.map(|one| answers("owner", &one.person)))
}

fn answers(who: &str, person: &Person) -> Answers {
    let mut answers = Answers::new();
    let mut set = |part: &str, value: String| {
        if !value.is_empty() {
            answers.insert(format!("{who}.{part}"), value);
        }
    };
    set("name", person.name.clone());
    if let Some(day) = person.birth_date {
        set("birth_date.day", day.day().to_string());
        set("birth_date.month", day.month().to_string());
        set("birth_date.year", day.year().to_string());
    }
    set("id_number", person.id_number.clone().unwrap_or_default());
    set("phone", person.phone.clone().unwrap_or_default());
    set("email", person.email.clone().unwrap_or_default());
    set("address", person.address.clone().unwrap_or_default());
    answers
}
