//! The rule packs in words with their sources, so that an official can check the software against
//! the law.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maud::{Markup, html};

use super::facts::duration_in_words;
use super::page::{Page, answer};
use crate::domain::calendar::local;
use crate::domain::calendar::words::{date_short, time_short};
use crate::domain::deadline::PausePolicy;
use crate::domain::ids::AgencyCode;
use crate::domain::refusal::rule_words;
use crate::domain::retention::Retention;
use crate::domain::rules::{FieldDuration, PaperForm, RulePack};
use crate::domain::words::{Lang, Message};
use crate::web::Site;
use crate::web::components::{Icon, SummaryRow, Tone, summary_list, tag};
use crate::web::visitor::Visitor;
use crate::web::words::rules as words;

/// `GET /quy-tac`.
pub(super) async fn show(site: web::Data<Site>, visitor: Visitor) -> HttpResponse {
    let lang = visitor.lang;
    let (world, now) = (site.office.world(), site.office.now());
    let mut ids: Vec<&str> = Vec::new();
    for pack in world.packs() {
        if !ids.contains(&pack.pack.as_str()) {
            ids.push(&pack.pack);
        }
    }
    let main = html! {
        h1 { (words::RULES_TITLE.say(lang)) }
        p { (words::RULES_INTRO.say(lang)) }
        @for id in ids {
            @let versions: Vec<&RulePack> =
                world.packs().iter().filter(|pack| pack.pack == id).collect();
            @let agencies: Vec<&str> = world
                .agencies()
                .filter(|agency| world.pack_for(&agency.code, now).pack == id)
                .map(|agency| agency.name.as_str())
                .collect();
            (rule_pack(&versions, &agencies, local(now).date(), lang))
        }
    };
    let page = Page { title: words::RULES_TITLE.say(lang), indexed: true, ..Page::default() };
    answer(&site, &visitor, StatusCode::OK, &page, &main)
}

/// A pack: its versions, oldest first, and the agencies that work under it today.
fn rule_pack(
    versions: &[&RulePack],
    agencies: &[&str],
    today: jiff::civil::Date,
    lang: Lang,
) -> Markup {
    let (Some(first), Some(last)) = (versions.first(), versions.last()) else { return html! {} };
    let in_force = |pack: &&&RulePack| {
        pack.valid_from <= today && pack.valid_to.is_none_or(|end| today <= end)
    };
    let now = versions.iter().find(in_force);
    let shown = now.unwrap_or(last);
    let from = date_short(first.valid_from);
    let valid = match last.valid_to {
        Some(to) => words::RULES_FROM_TO.fill(lang, &[("from", &from), ("to", &date_short(to))]),
        None => words::RULES_FROM.fill(lang, &[("day", &from)]),
    };
    let (tone, state) = match now {
        Some(_) if !agencies.is_empty() => (Tone::Ok, words::RULES_NOW),
        Some(_) => (Tone::Plain, words::RULES_FROM_NOBODY),
        None if today < first.valid_from => (Tone::Plain, words::RULES_COMING),
        None => (Tone::Plain, words::RULES_OLDER),
    };
    let figures = if now.is_some() { words::RULES_FIGURES } else { words::RULES_FIGURES_THEN };
    html! {
        section {
            h2 { (shown.name.say(lang)) " " (tag(tone, Icon::Stamp, state.say(lang))) }
            p.muted { (valid) }
            @if !agencies.is_empty() {
                p { (words::RULES_AT.fill(lang, &[("agencies", &agencies.join("; "))])) }
            }
            (amendments(last, lang))
            h3 { (figures.say(lang)) }
            (figures_of(shown, lang))
            h3 { (words::RULES_SOURCES.say(lang)) }
            ul { @for source in &shown.sources { li { (rule_words(source, lang)) } } }
            h3 { (words::RULE_PAPERS.say(lang)) }
            ul { @for paper in &shown.papers { li { (form(paper, lang)) } } }
        }
    }
}

fn amendments(pack: &RulePack, lang: Lang) -> Markup {
    html! {
        @if !pack.amendments.is_empty() {
            h3 { (words::RULES_STEPS.say(lang)) }
            ol {
                @for step in &pack.amendments {
                    li {
                        strong { (words::RULES_STEP.fill(lang, &[
                            ("name", step.name.say(lang)), ("day", &date_short(step.valid_from)),
                        ])) }
                        @if !step.about.say(lang).is_empty() { br; (step.about.say(lang)) }
                    }
                }
            }
        }
    }
}

fn form(paper: &PaperForm, lang: Lang) -> String {
    let message = match paper.number.as_str() {
        "" => words::RULE_OTHER_PAPER,
        _ => words::RULE_PAPER,
    };
    let size = match paper.size.strip_suffix(" landscape") {
        Some(size) => words::LYING.fill(lang, &[("size", size)]),
        None => paper.size.clone(),
    };
    let values = [
        ("number", paper.number.as_str()),
        ("title", paper.title.as_str()),
        ("size", size.as_str()),
    ];
    message.fill(lang, &values)
}

/// A rule in words: the part of the pack that it is from, its source, what it is about and what it
/// says.
struct Rule {
    part: &'static str,
    source: String,
    about: String,
    says: String,
}

fn figures_of(pack: &RulePack, lang: Lang) -> Markup {
    let rules = rules(pack, lang);
    let rows: Vec<SummaryRow<'_>> = rules
        .iter()
        .map(|rule| SummaryRow {
            label: &rule.about,
            value: Some(html! {
                (rule.says)
                @if !rule.source.is_empty() {
                    br; span.muted { (words::RULE_BASIS.fill(lang, &[("source", &rule.source)])) }
                }
                @if pack.to_verify.iter().any(|known| known == rule.part) {
                    br; (tag(Tone::Warn, Icon::Alert, words::TO_VERIFY.say(lang)))
                }
            }),
            change: "",
        })
        .collect();
    summary_list(lang, &rows)
}

fn rules(pack: &RulePack, lang: Lang) -> Vec<Rule> {
    let count = |n: u32| n.to_string();
    let rule = |part, source: &str, about: Message, says: String| Rule {
        part,
        source: if source.is_empty() {
            String::new()
        } else {
            rule_words(&pack.source(source), lang)
        },
        about: about.say(lang).to_owned(),
        says,
    };
    let (reception, supplement, extension) = (&pack.reception, &pack.supplement, &pack.extension);
    let pause = match supplement.policy {
        PausePolicy::Restart => words::RULE_RESTART,
        PausePolicy::Resume => words::RULE_RESUME,
    };
    let time = |at| [("time", time_short(at))];
    let fill = |message: Message, values: &[(&str, String)]| {
        let values: Vec<_> = values.iter().map(|(slot, text)| (*slot, text.as_str())).collect();
        message.fill(lang, &values)
    };
    let answer = fill(words::RULE_ANSWER_IS, &[("n", count(reception.answer_working_hours))]);
    let same_day = fill(words::RULE_SAME_DAY_IS, &time(reception.same_day_cutoff));
    let transfer = fill(words::RULE_TRANSFER_IS, &time(reception.transfer_cutoff));
    let asked = fill(words::RULE_SUPPLEMENT_IS, &[("n", count(supplement.per_phase))]);
    let lapse = match supplement.lapse_days {
        Some(days) => fill(words::RULE_LAPSE_IS, &[("n", count(days))]),
        None => words::RULE_LAPSE_NONE.say(lang).to_owned(),
    };
    let values = [("n", count(extension.limit)), ("days", count(extension.days_before))];
    let extend = fill(words::RULE_EXTEND_IS, &values);
    let soon = fill(words::RULE_SOON_IS, &[("n", count(pack.due_soon_working_days))]);
    let day = [("n", count(pack.hours_per_day))];
    // The pattern is for machines; people see what it makes.
    let example = pack.code_format.code(&AgencyCode::new("H40.12"), pack.valid_from, 1);
    let code = fill(words::CODE_IS, &[("example", example.to_string())]);
    let mut rules = vec![
        rule("reception", "reception", words::RULE_ANSWER, answer),
        rule("reception", "", words::RULE_SAME_DAY, same_day),
        rule("reception", "transfer", words::RULE_TRANSFER, transfer),
        rule("supplement", "supplement_per_phase", words::RULE_SUPPLEMENT, asked),
        rule("supplement", "supplement_lapse", words::RULE_PAUSE, pause.say(lang).to_owned()),
        rule("supplement", "supplement_lapse", words::RULE_LAPSE, lapse),
        rule("extension", "extension", words::RULE_EXTEND, extend),
        rule("due_soon", "", words::RULE_SOON, soon),
        rule("process", "", words::RULE_DAY, fill(words::RULE_DAY_IS, &day)),
        rule("dossier_code", "dossier_code", words::RULE_CODE, code),
    ];
    rules.extend(pack.durations.iter().map(|row| of_field(row, lang)));
    rules.extend(pack.retention.iter().map(|row| kept(row, lang)));
    rules
}

/// For how long dossiers of a kind are kept.
fn kept(row: &Retention, lang: Lang) -> Rule {
    let named = row.procedure.as_ref().map(|code| code.as_str()).or(row.field.as_deref());
    Rule {
        part: "retention",
        source: rule_words(&row.source, lang),
        about: match named {
            Some(kind) => words::RULE_KEPT_OF.fill(lang, &[("kind", kind)]),
            None => words::RULE_KEPT.say(lang).to_owned(),
        },
        says: match row.years {
            Some(years) => words::RULE_KEPT_FOR.fill(lang, &[("n", &years.to_string())]),
            None => words::RULE_KEPT_EVER.say(lang).to_owned(),
        },
    }
}

fn of_field(row: &FieldDuration, lang: Lang) -> Rule {
    Rule {
        part: "durations",
        source: rule_words(&row.source, lang),
        about: words::RULE_DURATION.fill(lang, &[("field", &row.field)]),
        says: duration_in_words(Some(row.duration.amount), row.duration.unit, lang),
    }
}
