//! The counter's page.

use actix_web::{HttpResponse, http::StatusCode};
use maud::{Markup, html};

use super::drafted::{self, carried};
use super::form as declared;
use super::scanned::came;
use super::state::{Counter, address_of};
use super::{Looked, papers, preview};
use crate::domain::agency::Agency;
use crate::domain::calendar::local;
use crate::domain::calendar::words::{date_long, date_short};
use crate::domain::catalogue::Channel;
use crate::domain::dossier::{Directory, Dossier};
use crate::domain::identity::IdentityNumber;
use crate::domain::refusal::{FieldError, Refusal};
use crate::office::world::LinkChoice;
use crate::web::components::{
    AddressField, BannerKind, Button, Choice, Field, Form, Method, Width, address_fields, banner,
    button, commune_suggestions, date_field, error_for, error_summary, form, implicit_submit,
    province_suggestions, radios, select, text_field,
};
use crate::web::desk::access::{Desk, Sheet};
use crate::web::desk::{dates, linked, say};
use crate::web::words::desk as desk_words;
use crate::web::words::desk_flows as flow_words;
use crate::web::words::{desk_counter as words, linking};

/// The parts of the page read these.
struct Page<'a> {
    desk: &'a Desk,
    counter: &'a Counter,
    errors: &'a [FieldError],
    /// Whether a filing was refused: then the keyboard stands at what is wrong.
    is_refused: bool,
}

/// Where the hands go on after a refresh of the form.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    /// The box that finds a procedure.
    Procedure,
    /// The box for the card.
    Card,
    /// The box for the owner's card.
    OwnerCard,
    /// The first paper.
    Papers,
}

/// The form, with the preview of the receipt beside it.
pub fn form_page(
    desk: &Desk,
    counter: &Counter,
    (looked, wrong): (&Looked, &[FieldError]),
    refusal: Option<&Refusal>,
    status: StatusCode,
) -> HttpResponse {
    let lang = desk.lang();
    let errors: &[FieldError] = refusal.map_or(wrong, |refusal| &refusal.fields);
    let page = Page { desk, counter, errors, is_refused: refusal.is_some() };
    let (csrf, key) = (desk.csrf(), desk.new_key());
    let title = words::TITLE.say(lang);
    let body = html! {
        // First in the form: what Enter and the scanner press.
        (implicit_submit(words::UPDATE.say(lang), "_lam", "cap-nhat"))
        // The form stands first, on a phone and for the keyboard.
        div.columns.side-right {
            div.content {
                div data-follow="ban-nhap" data-live="" { (carried(desk, counter)) }
                (province_suggestions())
                @for province in counter.suggested(&desk.province()) {
                    (commune_suggestions(&province))
                }
                (page.procedure())
                (page.persons())
                (declared::section(desk, counter, errors))
                (papers::section(desk, counter, (looked, errors), page.comes_next(Next::Papers)))
                (page.ways())
            }
            div.side { (preview::side(desk, counter, looked)) }
        }
    };
    let main = html! {
        @if let Some(refusal) = refusal { (error_summary(lang, &counter.named(desk, refusal))) }
        h1 { (title) }
        (closed(desk))
        p {
            a href="/mot-cua/tiep-nhan/to-khai" { (words::FORM_SCAN.say(lang)) }
            " · " a href=(drafted::HERE) { (words::DRAFT_OPEN.say(lang)) }
        }
        (came(desk, counter))
        (form(lang, &Form {
            action: "/mot-cua/tiep-nhan",
            method: Method::PostFiles,
            csrf: &csrf,
            key: &key,
            ask_before_leaving: true,
            id: "quay",
            ..Form::default()
        }, &body))
    };
    let sheet = Sheet { title, refused: refusal.is_some(), ..Sheet::default() };
    desk.page(status, &sheet, &main)
}

/// On a day off: from which day the time of what is taken in now counts.
fn closed(desk: &Desk) -> Markup {
    let lang = desk.lang();
    let world = desk.office().world();
    let calendar = world.calendar(&desk.staff.agency);
    let today = local(desk.office().now()).date();
    let is_open = calendar.last_session_ends(today).is_some();
    let next = calendar.next_working_day(today).map(date_short).filter(|_| !is_open);
    html! {
        @if let Some(day) = next {
            (banner(lang, BannerKind::Note, &html! {
                (words::CLOSED_TODAY.fill(lang, &[("day", &day)]))
            }))
        }
    }
}

impl<'a> Page<'a> {
    fn field(&self, name: &'a str, label: &'a str) -> Field<'a> {
        Field {
            name,
            label,
            value: self.counter.sent.get(name),
            error: error_for(self.errors, name, self.desk.lang()),
            autocomplete: "off",
            ..Field::default()
        }
    }

    /// Whether the keyboard stands here: at what is still missing, without a reach for the mouse.
    fn comes_next(&self, place: Next) -> bool {
        let counter = self.counter;
        let owner_missing = counter.is_for_another() && counter.sent.get("owner.name").is_empty();
        let next = if counter.procedure.is_none() {
            Next::Procedure
        } else if counter.card_read.is_none() {
            Next::Card
        } else if owner_missing {
            Next::OwnerCard
        } else {
            Next::Papers
        };
        // Who types the form goes on in it.
        let is_in_form = ["_form", "_update", "_add", "_drop"].iter().any(|b| counter.sent.has(b));
        !self.is_refused && !is_in_form && next == place
    }

    fn procedure(&self) -> Markup {
        let lang = self.desk.lang();
        let chosen = self.counter.procedure.as_ref();
        let choices: Vec<Choice<'_>> = self
            .counter
            .hits
            .iter()
            .map(|hit| Choice {
                value: hit.code.as_str(),
                label: &hit.name,
                hint: hit.code.as_str(),
                chosen: chosen.is_some_and(|procedure| procedure.code == hit.code),
                ..Choice::default()
            })
            .collect();
        let listed = chosen.is_some_and(|p| choices.iter().any(|c| c.value == p.code.as_str()));
        html! {
            section aria-labelledby="buoc-1" {
                h2 id="buoc-1" { (words::STEP_PROCEDURE.say(lang)) }
                (text_field(lang, &Field {
                    hint: words::FIND_HINT.say(lang),
                    key: "F2",
                    autofocus: self.comes_next(Next::Procedure),
                    max_length: Some(200),
                    ..self.field("q", words::FIND_PROCEDURE.say(lang))
                }))
                input type="hidden" name="q_before" value=(self.counter.sent.get("q_before"));
                @if let Some(procedure) = chosen {
                    p.chosen-one { strong { (procedure.name) } " " span.code { (procedure.code) } }
                    @let (office, code) = (self.desk.office(), &procedure.code);
                    @let here = office.check_in_force(code).and_then(|()| office.check_taken(&self.desk.staff.agency, code));
                    @if let Err(no) = here { (banner(lang, BannerKind::Note, &html! { (no.say(lang)) })) }
                    @if !listed {
                        input type="hidden" name="procedure" value=(procedure.code);
                    }
                }
                @if choices.len() > 1 {
                    details {
                        summary { (words::OTHER_PROCEDURES.say(lang)) }
                        (radios(lang, &Field {
                            name: "procedure",
                            label: words::WHICH_PROCEDURE.say(lang),
                            ..Field::default()
                        }, &choices))
                        (button(&Button {
                            label: words::TAKE_PROCEDURE.say(lang),
                            name: "_lam",
                            value: "cap-nhat",
                            secondary: true,
                            ..Button::default()
                        }))
                    }
                } @else if listed {
                    @for choice in &choices {
                        input type="hidden" name="procedure" value=(choice.value);
                    }
                } @else if chosen.is_none() && !self.counter.sent.get("q").is_empty() {
                    p.warning { (words::NO_PROCEDURE.say(lang)) }
                }
            }
        }
    }

    fn persons(&self) -> Markup {
        let lang = self.desk.lang();
        let who = self.counter.sent.get("who");
        let choice = |value: &'static str, label: crate::domain::words::Message| Choice {
            value,
            label: label.say(lang),
            chosen: who == value || (who.is_empty() && value == "self"),
            ..Choice::default()
        };
        html! {
            section aria-labelledby="buoc-2" {
                h2 id="buoc-2" { (words::STEP_PERSON.say(lang)) }
                @if let Some(name) = &self.counter.card_read {
                    (banner(lang, BannerKind::Done, &html! {
                        (words::CARD_READ.fill(lang, &[("name", name)]))
                    }))
                }
                (text_field(lang, &Field {
                    error: self.counter.card_wrong.map_or("", |message| message.say(lang)),
                    hint: words::CARD_HINT.say(lang),
                    key: "F4",
                    autofocus: self.comes_next(Next::Card),
                    value: "",
                    ..self.field("card", words::SCAN_CARD.say(lang))
                }))
                (self.person("applicant", [
                    "applicant.name",
                    "applicant.id_number",
                    "applicant.birth_date",
                    "applicant.phone",
                    "applicant.email",
                    "applicant.address",
                ]))
                // Whose matter it is decides about the fields below, as answers of the form do.
                div data-follow="chu-ho-so" {
                    (radios(lang, &Field {
                        name: "who", label: words::WHO.say(lang), ..Field::default()
                    }, &[
                        choice("self", words::WHO_SELF),
                        choice("authorised", desk_words::AUTHORISED),
                        choice("legal", desk_words::LEGAL),
                    ]))
                    (button(&Button {
                        label: words::WHO_UPDATE.say(lang),
                        name: "_update",
                        value: "who",
                        secondary: true,
                        autofocus: self.counter.sent.get("_update") == "who",
                        ..Button::default()
                    }))
                    @if self.counter.is_for_another() { (self.owner()) }
                }
            }
        }
    }

    fn owner(&self) -> Markup {
        let (lang, world) = (self.desk.lang(), self.desk.office().world());
        let form = self.counter.declared_form(&world);
        let called = form.map_or("", |form| form.declaration.owner.say(lang));
        html! {
            fieldset {
                legend {
                    (desk_words::OWNER.say(lang))
                    @if !called.is_empty() { ": " (called) }
                }
                (text_field(lang, &Field {
                    hint: words::CARD_HINT.say(lang),
                    value: "",
                    autofocus: self.comes_next(Next::OwnerCard),
                    ..self.field("owner_card", words::SCAN_OWNER_CARD.say(lang))
                }))
                (self.person("owner", [
                    "owner.name",
                    "owner.id_number",
                    "owner.birth_date",
                    "owner.phone",
                    "owner.email",
                    "owner.address",
                ]))
                (text_field(lang, &Field {
                    optional: true,
                    max_length: Some(300),
                    ..self.field("mandate_paper", words::MANDATE_PAPER.say(lang))
                }))
            }
        }
    }

    fn person(&self, who: &str, names: [&'a str; 6]) -> Markup {
        let lang = self.desk.lang();
        let warning = self.warning(who);
        let [name, id_number, birth_date, phone, email, address] = names;
        html! {
            div.pairs {
                (text_field(lang, &Field {
                    max_length: Some(200), ..self.field(name, desk_words::NAME.say(lang))
                }))
                (text_field(lang, &Field {
                    optional: true,
                    width: Width::Medium,
                    warning: &warning,
                    // Longer than a number: a scanner may type a whole card into it.
                    max_length: Some(500),
                    ..self.field(id_number, desk_words::ID_NUMBER.say(lang))
                }))
                (date_field(lang, &Field {
                    optional: true, ..self.field(birth_date, desk_words::BIRTH_DATE.say(lang))
                }))
                (text_field(lang, &Field {
                    optional: true,
                    kind: "tel",
                    width: Width::Medium,
                    max_length: Some(20),
                    ..self.field(phone, desk_words::PHONE.say(lang))
                }))
                (text_field(lang, &Field {
                    optional: true,
                    kind: "email",
                    max_length: Some(200),
                    ..self.field(email, desk_words::EMAIL.say(lang))
                }))
            }
            (address_fields(lang, &AddressField {
                field: Field { optional: true, ..self.field(address, desk_words::ADDRESS.say(lang)) },
                parts: Some(&address_of(&self.counter.sent, address)),
                first: &self.desk.province(),
                is_likely: true,
                is_typed: true,
                errors: self.errors,
                ..AddressField::default()
            }))
        }
    }

    /// What does not fit together on a person's papers: never a reason to refuse.
    fn warning(&self, who: &str) -> String {
        let sent = &self.counter.sent;
        let number = IdentityNumber::parse(sent.get(&format!("{who}.id_number")));
        let birth = dates::date(sent.get(&format!("{who}.birth_date")));
        let said = number.map(|number| number.warnings(birth, None)).unwrap_or_default();
        let said: Vec<&str> = said.iter().map(|text| text.say(self.desk.lang())).collect();
        said.join(" ")
    }

    fn ways(&self) -> Markup {
        let lang = self.desk.lang();
        let way = |value: &'static str, way: Channel, chosen: bool| Choice {
            value,
            label: say::channel(way).say(lang),
            chosen,
            ..Choice::default()
        };
        let (into, out) = (self.counter.channel(), self.counter.return_channel());
        html! {
            section aria-labelledby="buoc-4" {
                h2 id="buoc-4" { (words::STEP_WAYS.say(lang)) }
                (radios(lang, &Field {
                    name: "channel", label: desk_words::CHANNEL.say(lang), ..Field::default()
                }, &[
                    way("counter", Channel::Counter, into == Channel::Counter),
                    way("post", Channel::Post, into == Channel::Post),
                    Choice {
                        value: "online",
                        label: linking::ASSISTED.say(lang),
                        chosen: into == Channel::Online,
                        below: Some(self.national_code()),
                        ..Choice::default()
                    },
                ]))
                (self.agencies())
                (radios(lang, &Field {
                    name: "return_channel",
                    label: desk_words::RETURN_CHANNEL.say(lang),
                    ..Field::default()
                }, &[
                    way("counter", Channel::Counter, out == Channel::Counter),
                    way("online", Channel::Online, out == Channel::Online),
                    way("post", Channel::Post, out == Channel::Post),
                ]))
            }
        }
    }

    /// The number of a dossier that the desk helped to file.
    fn national_code(&self) -> Markup {
        let lang = self.desk.lang();
        let field = Field {
            hint: linking::NATIONAL_CODE_HINT.say(lang),
            max_length: Some(60),
            ..self.field("national_code", linking::NATIONAL_CODE.say(lang))
        };
        text_field(lang, &field)
    }

    /// Who decides, and who decides what follows, where that can be chosen.
    fn agencies(&self) -> Markup {
        let (lang, world) = (self.desk.lang(), self.desk.office().world());
        let settlers = self.counter.settlers(self.desk, &world);
        let choices: Vec<Choice<'_>> =
            settlers.iter().map(|agency| agency_choice(agency)).collect();
        let likely = settlers.first().map_or("", |agency| agency.code.as_str());
        let typed = self.counter.sent.get("competent");
        let value = if typed.is_empty() { likely } else { typed };
        html! {
            @if !choices.is_empty() {
                (select(lang, &Field {
                    hint: linking::COMPETENT_HINT.say(lang),
                    value,
                    ..self.field("competent", linking::COMPETENT_CHOICE.say(lang))
                }, &choices))
            }
            @for choice in self.counter.choices(self.desk, &world) { (self.follower(&choice)) }
        }
    }

    fn follower(&self, choice: &LinkChoice<'_>) -> Markup {
        let lang = self.desk.lang();
        let name = format!("linked.{}", choice.procedure.code);
        let agencies: Vec<Choice<'_>> = choice.agencies.iter().map(|a| agency_choice(a)).collect();
        let likely = choice.agencies.first().map_or("", |agency| agency.code.as_str());
        let typed = self.counter.sent.get(&name);
        html! {
            input type="hidden" name="linked" value=(choice.procedure.code);
            (select(lang, &Field {
                name: &name,
                label: &linking::CHOOSE_AGENCY
                    .fill(lang, &[("procedure", &choice.procedure.name)]),
                hint: linking::CHOOSE_AGENCY_HINT.say(lang),
                value: if typed.is_empty() { likely } else { typed },
                ..Field::default()
            }, &agencies))
        }
    }
}

fn agency_choice<'a>(agency: &'a Agency) -> Choice<'a> {
    Choice { value: agency.code.as_str(), label: &agency.name, ..Choice::default() }
}

/// After a reception: the code, the paper to print, and the next person.
pub fn done(desk: &Desk, dossier: &Dossier) -> HttpResponse {
    let lang = desk.lang();
    let code = dossier.code.as_str();
    let title = words::DONE.fill(lang, &[("code", code)]);
    let due = dossier.clock.due_at.map(|due| date_long(due, lang));
    let main = html! {
        h1 { (title) }
        (banner(lang, BannerKind::Done, &html! {
            (dossier.procedure_name) ". " (desk_words::OWNER.say(lang)) ": " (dossier.owner.name)
            @if let Some(due) = &due { br; (words::DUE.say(lang)) ": " strong { (due) } }
        }))
        (linked::part(desk, dossier))
        div.buttons {
            a.button href="/mot-cua/tiep-nhan" data-key="F9" aria-keyshortcuts="F9" autofocus {
                (words::NEXT_PERSON.say(lang)) " " kbd aria-hidden="true" { "F9" }
            }
            a.button.button-secondary href={ "/mot-cua/ho-so/" (code) "/in/receipt" }
                target="_blank" rel="noopener" data-key="F8" aria-keyshortcuts="F8" {
                (words::PRINT_RECEIPT.say(lang)) " " kbd aria-hidden="true" { "F8" }
            }
            a href={ "/mot-cua/ho-so/" (code) "/so-hoa" } { (flow_words::DIGITISE.say(lang)) }
            a href={ "/mot-cua/ho-so/" (code) } { (desk_words::OPEN_DOSSIER.say(lang)) }
        }
    };
    desk.ok(&Sheet { title: &title, narrow: true, ..Sheet::default() }, &main)
}
