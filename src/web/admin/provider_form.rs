//! The form of a provider of central sign-on.

use actix_web::HttpRequest;
use maud::{Markup, html};

use super::providers::{HERE, NEW};
use crate::domain::agency::Role;
use crate::domain::ids::AgencyCode;
use crate::domain::refusal::{FieldError, Refusal};
use crate::domain::sign_on::{ClaimNames, Part, RoleRule};
use crate::domain::words::{Lang, Message, Text, fold};
use crate::office::sign_on::{Provider, words as office_words};
use crate::web::components::{
    Button, Choice, Field, Form, SummaryRow, Width, button, checkbox, checkboxes, error_for,
    error_summary, form, password_field, summary_list, text_area, text_field,
};
use crate::web::desk::access::Desk;
use crate::web::desk::posted::Posted;
use crate::web::signing_on;
use crate::web::words::{roles, sign_on as words};

/// The form as it was filled.
pub(super) struct Filled {
    /// Its fields.
    pub sent: Posted,
    /// What is wrong with them.
    pub refusal: Option<Refusal>,
}

impl Filled {
    /// As a provider fills it, or as a new one begins; the secret stays out.
    pub fn of(known: Option<&Provider>) -> Self {
        let mut sent = Posted::default();
        let new = Provider {
            citizens: true,
            scopes: vec!["profile".to_owned()],
            claims: Part::ALL.map(|part| (part, part.usual_claim().to_owned())).into(),
            ..Provider::default()
        };
        let provider = known.unwrap_or(&new);
        let [vi, en] = &provider.names;
        for (name, value) in [
            ("id", &provider.id),
            ("name_vi", vi),
            ("name_en", en),
            ("issuer", &provider.issuer),
            ("client", &provider.client),
            ("match", &provider.match_claim),
            ("roles_claim", &provider.roles_claim),
        ] {
            sent.set(name, value.as_str());
        }
        sent.set("scopes", provider.scopes.join(" "));
        sent.set("second", provider.second_factor.join(" "));
        for (part, claim) in &provider.claims {
            sent.set(part.id(), claim.as_str());
        }
        for (name, yes) in [("citizens", provider.citizens), ("staff", provider.staff)] {
            if yes {
                sent.add("for", name);
            }
        }
        if provider.is_local {
            sent.set("local", "1");
        }
        let rules = provider.rules.iter().map(|rule| {
            format!("{} | {} | {}", rule.value, roles::name(rule.role).say(Lang::Vi), rule.agency)
        });
        sent.set("rules", rules.collect::<Vec<_>>().join("\n"));
        Self { sent, refusal: None }
    }

    fn field<'a>(
        &'a self,
        lang: Lang,
        name: &'a str,
        (label, hint): (Message, &'a str),
    ) -> Field<'a> {
        let errors = self.refusal.as_ref().map_or(&[][..], |refusal| &refusal.fields);
        Field {
            name,
            label: label.say(lang),
            hint,
            value: self.sent.get(name),
            error: error_for(errors, name, lang),
            autocomplete: "off",
            max_length: Some(300),
            ..Field::default()
        }
    }
}

/// What is to be registered at the provider.
pub(super) fn addresses(desk: &Desk, request: &HttpRequest, known: Option<&Provider>) -> Markup {
    let (lang, site) = (desk.lang(), &desk.site);
    let Some(provider) = known else { return html! {} };
    let back = signing_on::redirect(site, request, &provider.id);
    let out = signing_on::after_sign_out(site, request);
    html! {
        section {
            h2 { (words::REGISTER.say(lang)) }
            p { (words::REGISTER_WHY.say(lang)) }
            (summary_list(lang, &[
                SummaryRow::text(words::REDIRECT.say(lang), &back),
                SummaryRow::text(words::LOGOUT.say(lang), &out),
            ]))
        }
    }
}

/// The form.
pub(super) fn form_of(desk: &Desk, known: Option<&Provider>, filled: &Filled) -> Markup {
    let (lang, csrf, key) = (desk.lang(), desk.csrf(), desk.new_key());
    let action = format!("{HERE}/{}", known.map_or(NEW, |provider| &provider.id));
    let body = html! {
        @if known.is_none() {
            (text_field(lang, &Field {
                width: Width::Medium, ..filled.field(lang, "id", (words::ID, words::ID_HINT.say(lang)))
            }))
        }
        (client(lang, known, filled))
        (person(lang, filled))
        (staff(lang, filled))
        (checkbox(lang, &filled.field(lang, "local", (words::LOCAL, words::LOCAL_HINT.say(lang))),
            "1", filled.sent.has("local")))
        (button(&Button { label: words::SAVE.say(lang), ..Button::default() }))
    };
    html! {
        @if let Some(refusal) = &filled.refusal { (error_summary(lang, refusal)) }
        (form(lang, &Form { action: &action, csrf: &csrf, key: &key, ..Form::default() }, &body))
    }
}

fn client(lang: Lang, known: Option<&Provider>, filled: &Filled) -> Markup {
    let line = |name, label, hint: Message| filled.field(lang, name, (label, hint.say(lang)));
    let whom = [("citizens", words::CHOICE_CITIZENS), ("staff", words::CHOICE_STAFF)].map(
        |(value, label)| Choice {
            value,
            label: label.say(lang),
            chosen: filled.sent.all("for").any(|one| one == value),
            ..Choice::default()
        },
    );
    let has_secret = known.is_some_and(|provider| !provider.secret.is_empty());
    html! {
        (text_field(lang, &Field {
            width: Width::Medium, ..line("name_vi", words::NAME_VI, words::NAME_VI_HINT)
        }))
        (text_field(lang, &Field {
            width: Width::Medium, ..line("name_en", words::NAME_EN, words::NAME_EN_HINT)
        }))
        (checkboxes(lang, &filled.field(lang, "for", (words::FOR, "")), &whom))
        (text_field(lang, &line("issuer", words::ISSUER, words::ISSUER_HINT)))
        (text_field(lang, &filled.field(lang, "client", (words::CLIENT, ""))))
        (password_field(lang, &Field {
            autocomplete: "new-password",
            hint: if has_secret { words::SECRET_HINT.say(lang) } else { "" },
            ..filled.field(lang, "secret", (words::SECRET, ""))
        }))
        @if has_secret {
            (checkbox(lang, &filled.field(lang, "no_secret", (words::SECRET_NONE, "")), "1",
                filled.sent.has("no_secret")))
        }
        (text_field(lang, &line("scopes", words::SCOPES, words::SCOPES_HINT)))
    }
}

fn person(lang: Lang, filled: &Filled) -> Markup {
    html! {
        fieldset {
            legend { (words::FACTS.say(lang)) }
            p.hint { (words::FACTS_HINT.say(lang)) }
            @for part in Part::ALL {
                (text_field(lang, &Field {
                    width: Width::Medium, ..filled.field(lang, part.id(), (words::part(part), ""))
                }))
            }
        }
    }
}

fn staff(lang: Lang, filled: &Filled) -> Markup {
    let line = |name, label, hint: Message| Field {
        width: Width::Medium,
        ..filled.field(lang, name, (label, hint.say(lang)))
    };
    html! {
        fieldset {
            legend { (words::OF_STAFF.say(lang)) }
            (text_field(lang, &line("match", words::MATCH, words::MATCH_HINT)))
            (text_field(lang, &line("roles_claim", words::ROLES_CLAIM, words::ROLES_CLAIM_HINT)))
            (text_area(lang, &Field {
                max_length: Some(10_000),
                ..filled.field(lang, "rules", (words::RULES, words::RULES_HINT.say(lang)))
            }, 4))
            (text_field(lang, &line("second", words::SECOND, words::SECOND_HINT)))
        }
    }
}

/// The provider that a form asks for; a secret that was left empty stays as it is.
///
/// # Errors
/// Lines that cannot be read.
pub(super) fn read(
    desk: &Desk,
    known: Option<&Provider>,
    sent: &Posted,
) -> Result<Provider, Refusal> {
    let id = known.map_or(sent.get("id"), |provider| &provider.id).to_owned();
    if known.is_none() && id == NEW {
        return Err(Refusal::field("id", office_words::ID_TAKEN));
    }
    let words_of =
        |name: &str| sent.get(name).split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let claims = Part::ALL.map(|part| (part, sent.get(part.id()).to_owned())).into_iter();
    let claims: ClaimNames = claims.filter(|(_, claim)| !claim.is_empty()).collect();
    // Another host never gets the secret that was given for this one.
    let same = known.filter(|provider| provider.issuer == sent.get("issuer"));
    let old = same.map_or("", |provider| &provider.secret);
    let secret = match sent.get("secret") {
        _ if sent.has("no_secret") => String::new(),
        "" => old.to_owned(),
        new => desk.office().seal_provider_secret(new),
    };
    Ok(Provider {
        id,
        names: ["name_vi", "name_en"].map(|name| sent.get(name).to_owned()),
        issuer: sent.get("issuer").to_owned(),
        client: sent.get("client").to_owned(),
        secret,
        citizens: sent.all("for").any(|one| one == "citizens"),
        staff: sent.all("for").any(|one| one == "staff"),
        scopes: words_of("scopes").into_iter().filter(|scope| scope != "openid").collect(),
        claims,
        roles_claim: sent.get("roles_claim").to_owned(),
        rules: rules(sent.get("rules"))?,
        match_claim: sent.get("match").to_owned(),
        second_factor: words_of("second"),
        is_local: sent.has("local"),
    })
}

/// The rules that lines of text say.
fn rules(text: &str) -> Result<Vec<RoleRule>, Refusal> {
    let (mut rules, mut errors) = (Vec::new(), Vec::new());
    for (place, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match rule(line, place + 1) {
            Ok(rule) => rules.push(rule),
            Err(text) => errors.push(FieldError { field: "rules".to_owned(), text }),
        }
    }
    if errors.is_empty() { Ok(rules) } else { Err(Refusal::fields(errors)) }
}

fn rule(line: &str, number: usize) -> Result<RoleRule, Text> {
    let number = number.to_string();
    let parts: Vec<&str> = line.split('|').map(str::trim).collect();
    let [value, role, agency] = parts.as_slice() else {
        return Err(words::RULE_PARTS.text(&[("n", &number)]));
    };
    if value.is_empty() || agency.is_empty() {
        return Err(words::RULE_PARTS.text(&[("n", &number)]));
    }
    let called = fold(role);
    let is_called = |one: &Role| {
        let name = roles::name(*one);
        one.id() == *role || [name.vi, name.en].iter().any(|name| fold(name) == called)
    };
    let found = Role::ALL.into_iter().find(is_called);
    let role = found.ok_or_else(|| words::RULE_ROLE.text(&[("n", &number), ("said", role)]))?;
    let agency = AgencyCode::new(agency.to_uppercase());
    Ok(RoleRule { value: (*value).to_owned(), role, agency })
}
