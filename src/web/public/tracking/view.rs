//! The page of a dossier: its status for everybody, the whole for its applicant.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use maud::{Markup, html};

use super::linked;
use super::present::View;
use super::secret_field;
use super::story;
use super::supplement::local_draft;
use crate::domain::calendar::local;
use crate::domain::calendar::words::{capitalised, date_long, instant_short};
use crate::domain::dossier::{Action, Attachment, Directory, Dossier, FormValue, Status};
use crate::domain::person::{MandateKind, Person};
use crate::domain::words::{Lang, Message};
use crate::office::printing::Deed;
use crate::office::tracking::{PublicStatus, Tracked, TrackedPart};
use crate::web::Site;
use crate::web::components::{
    BannerKind, Button, Crumb, Form, SummaryRow, TimeLineEntry, banner, button, button_link,
    calculation, fee_steps, form, key_facts, lead_side_right, panel, qr_code, size_words,
    status_tag, summary_list, time_line,
};
use crate::web::process::simply;
use crate::web::public::page::{Page, answer, money};
use crate::web::restating::form_of;
use crate::web::stated;
use crate::web::visitor::Visitor;
use crate::web::words::proof as proof_words;
use crate::web::words::{
    fees as fee_words, notices as notice_words, process as process_words,
    public_acting as acting_words, public_tracking as words, shell as shell_words,
};

/// What everybody may know: the status and no more.
pub(super) fn status_only(
    site: &Site,
    visitor: &Visitor,
    public: &PublicStatus,
    reply: &dyn Fn(&Page<'_>, &Markup) -> HttpResponse,
) -> HttpResponse {
    let lang = visitor.lang;
    let csrf = visitor.csrf(site);
    let title = words::DOSSIER_OF.fill(lang, &[("code", public.code.as_str())]);
    let main = html! {
        h1 { (title) }
        p { (status_tag(lang, public.status.code())) }
        p { (words::STATUS_ONLY.say(lang)) }
        (form(lang, &Form { action: "/tra-cuu", csrf: &csrf, ..Form::default() }, &html! {
            input type="hidden" name="code" value=(public.code);
            (secret_field(visitor, "", "", false))
            (button(&Button { label: words::SEE.say(lang), ..Button::default() }))
        }))
        p { a href={ "/dang-nhap?tiep=/tra-cuu/" (public.code) } { (words::LOST.say(lang)) } }
    };
    let above = [Crumb { href: "/tra-cuu", label: shell_words::TRACK.say(lang) }];
    reply(&Page { title: &title, above: &above, ..Page::default() }, &main)
}

/// Everything that the applicant may see.
pub(super) fn full(
    site: &Site,
    visitor: &Visitor,
    tracked: &Tracked,
    just_done: &str,
    base: &str,
) -> HttpResponse {
    let lang = visitor.lang;
    let world = site.office.world();
    let dossier = &tracked.dossier;
    let history_ = &tracked.history;
    let view =
        View { dossier, history: history_, world: world.as_ref(), now: site.office.now(), lang };
    let title = words::DOSSIER_OF.fill(lang, &[("code", dossier.code.as_str())]);
    let content = html! {
        (linked::parts(&view, &tracked.parts))
        (history(&view, &tracked.parts))
        (letters(site, &view))
        (result(&view))
        (papers(&view))
        (fees(&view))
        (persons(&view))
    };
    let main = html! {
        (done(&view, just_done))
        h1 { (title) }
        p.muted { (dossier.procedure_name) }
        (linked::leader(&view))
        (linked::waiting(&view, &tracked.parts))
        (lead_side_right(&present(&view), &side(&view, base), &content))
    };
    let above = [Crumb { href: "/tra-cuu", label: shell_words::TRACK.say(lang) }];
    let sent = if just_done == "bo-sung" { local_draft(dossier) } else { String::new() };
    let page =
        Page { title: &title, above: &above, wide: true, draft_done: &sent, ..Page::default() };
    answer(site, visitor, StatusCode::OK, &page, &main)
}

/// What was said of the dossier, newest first.
fn letters(site: &Site, view: &View<'_>) -> Markup {
    let lang = view.lang;
    let letters = site.office.letters_to_applicant(view.dossier).unwrap_or_else(|failure| {
        tracing::error!(%failure, "the letters of a dossier cannot be read");
        Vec::new()
    });
    html! {
        @if !letters.is_empty() {
            section {
                h2 { (notice_words::TITLE.say(lang)) }
                @for posted in &letters {
                    details {
                        summary { (instant_short(posted.created_at)) " – " (posted.letter.subject) }
                        p.as-typed { (posted.letter.long) }
                    }
                }
            }
        }
    }
}

fn done(view: &View<'_>, just_done: &str) -> Markup {
    let (dossier, lang) = (view.dossier, view.lang);
    let when = |at| date_long(at, lang);
    let sentence = match (just_done, dossier.clock.due_at) {
        ("bo-sung", Some(due)) if dossier.is_before_reception() => words::SUPPLEMENTED_ANSWER
            .fill(lang, &[("section", &view.section()), ("when", &when(due))]),
        ("bo-sung", Some(due)) => words::SUPPLEMENTED_DUE.fill(lang, &[("when", &when(due))]),
        ("hen-mang", _) => words::PROMISED_NOTED.say(lang).to_owned(),
        ("bo-sung", None) => words::SUPPLEMENTED.say(lang).to_owned(),
        ("de-sau", _) => words::SUPPLEMENT_KEPT.say(lang).to_owned(),
        ("da-sua", _) => acting_words::CORRECTED_NOW.say(lang).to_owned(),
        ("sua", _) => acting_words::CORRECTION_SENT.say(lang).to_owned(),
        ("them-giay", _) => acting_words::PAPERS_SENT.say(lang).to_owned(),
        ("rut", _) if dossier.status == Status::Stopped => {
            words::WITHDRAWN_NOW.say(lang).to_owned()
        }
        ("rut", _) => words::WITHDRAWN.say(lang).to_owned(),
        _ => return html! {},
    };
    banner(lang, BannerKind::Done, &html! { (sentence) })
}

/// The status, one sentence, and who, until when, what to do.
fn present(view: &View<'_>) -> Markup {
    let (dossier, lang) = (view.dossier, view.lang);
    let until = view.until();
    html! {
        p { (status_tag(lang, dossier.status.code())) }
        p.lead { (view.sentence()) }
        @if dossier.status == Status::SupplementRequired {
            @if let Some(supplement) = &dossier.supplement {
                ul { @for item in &supplement.items { li.as-typed { (story::asked(view, item)) } } }
            }
        }
        (facts(view, &until))
        @if let Some(asked) = &dossier.correction {
            (banner(lang, BannerKind::Note, &html! {
                p { (acting_words::CORRECTION_WAITS.say(lang)) }
                ul { @for line in stated::changed(&asked.changes, form_of(view.world, dossier), lang) { li.as-typed { (line) } } }
            }))
        }
        (why(view))
        (steps(view))
    }
}

/// Who, until when, what to do; of an ended dossier only when it ended, and what to do.
fn facts(view: &View<'_>, until: &[String]) -> Markup {
    let lang = view.lang;
    let mut rows = Vec::new();
    let who = view.who();
    let when = if who.is_some() { words::UNTIL } else { words::ENDED };
    rows.extend(who.map(|who| (words::WHO.say(lang), html! { (who) })));
    rows.push((
        when.say(lang),
        html! {
            @for (index, line) in until.iter().enumerate() {
                @if index > 0 { br; }
                (capitalised(line))
            }
        },
    ));
    rows.push((words::YOU.say(lang), view.you()));
    key_facts(&rows)
}

fn why(view: &View<'_>) -> Markup {
    let lang = view.lang;
    let lines = match (view.dossier.status.is_ended(), view.deadline()) {
        (false, Some(deadline)) => deadline.why,
        _ => Vec::new(),
    };
    let set_by_office = view.dossier.supplement.as_ref().is_some_and(|s| s.due_at.is_some());
    html! {
        @if !lines.is_empty() || set_by_office {
            details id="vi-sao" {
                summary { (words::WHY_THIS_DATE.say(lang)) }
                @if set_by_office { p { (words::SET_BY_OFFICE.say(lang)) } }
                @if set_by_office && !lines.is_empty() { p { (words::LEFT_OF_IT.say(lang)) } }
                @if !lines.is_empty() { ol { @for line in &lines { li { (line.say(lang)) } } } }
                @if let Some(extended) = view.dossier.clock.extended_to {
                    p {
                        (words::LATE_NEW_DATE.fill(lang, &[("when", &date_long(extended, lang))]))
                    }
                }
            }
        }
    }
}

/// The steps of its process while it is under way.
fn steps(view: &View<'_>) -> Markup {
    let under_way = matches!(view.dossier.status, Status::Received | Status::Processing);
    let run = under_way.then(|| view.run()).flatten();
    html! {
        @if let Some(run) = run {
            details {
                summary { (process_words::STEPS.say(view.lang)) }
                (simply(view.lang, &run))
            }
        }
    }
}

fn history(view: &View<'_>, parts: &[TrackedPart]) -> Markup {
    let lines = story::combined(view, parts);
    let entries: Vec<TimeLineEntry<'_>> = lines
        .iter()
        .map(|line| TimeLineEntry {
            when: &line.when,
            datetime: &line.datetime,
            what: &line.what,
            by: &line.by,
            note: &line.note,
            expected: line.expected,
        })
        .collect();
    html! {
        section {
            h2 { (words::TIME_LINE.say(view.lang)) }
            (time_line(view.lang, &entries))
        }
    }
}

fn file(dossier: &Dossier, file: &Attachment) -> Markup {
    html! {
        a href={ "/tra-cuu/" (dossier.code) "/tep/" (file.id) } { (file.name) }
        " " span.muted { (size_words(file.size)) }
    }
}

fn result(view: &View<'_>) -> Markup {
    let (dossier, lang) = (view.dossier, view.lang);
    let Some(outcome) = &dossier.outcome else { return html! {} };
    html! {
        section {
            h2 { (words::RESULT.say(lang)) }
            p {
                strong { (outcome.name) }
                @if let Some(number) = &outcome.number {
                    br; (words::NUMBER_IS.fill(lang, &[("number", number)]))
                }
            }
            @if let Some(reason) = &outcome.reason { p.as-typed { (reason) } }
            ul.plain {
                @for result in dossier.attachments.iter().filter(|f| f.is_result) {
                    li { (file(dossier, result)) }
                }
            }
        }
    }
}

fn papers(view: &View<'_>) -> Markup {
    let (dossier, lang) = (view.dossier, view.lang);
    let of = |component| {
        dossier
            .attachments
            .iter()
            .filter(move |f| f.component.as_ref() == Some(component) && !f.is_result)
    };
    let listed = |f: &&Attachment| {
        !f.is_result && f.component.as_ref().is_none_or(|c| dossier.paper(c).is_none())
    };
    let others: Vec<&Attachment> = dossier.attachments.iter().filter(listed).collect();
    let rows: Vec<SummaryRow<'_>> = dossier
        .components
        .iter()
        .map(|paper| SummaryRow {
            label: &paper.name,
            value: Some(html! {
                ul.plain {
                    @for one in of(&paper.component) { li { (file(dossier, one)) } }
                    @if paper.checked { li.muted { (words::CHECKED.say(lang)) } }
                    @else if paper.on_paper { li.muted { (words::PROMISED.say(lang)) } }
                    @else if of(&paper.component).next().is_none() {
                        li.muted { (words::NOT_SENT.say(lang)) }
                    }
                }
            }),
            change: "",
        })
        .collect();
    html! {
        @if !rows.is_empty() || !others.is_empty() {
            section {
                h2 { (words::PAPERS.say(lang)) }
                (summary_list(lang, &rows))
                @if !others.is_empty() {
                    h3 { (words::OTHER_FILES.say(lang)) }
                    ul { @for one in &others { li { (file(dossier, one)) } } }
                }
            }
        }
    }
}

fn fees(view: &View<'_>) -> Markup {
    let (dossier, lang) = (view.dossier, view.lang);
    let rows: Vec<SummaryRow<'_>> = dossier
        .fees
        .iter()
        .map(|fee| SummaryRow {
            label: &fee.line.name,
            value: Some(html! {
                (money(fee.line.amount)) ", "
                @match (&fee.paid, &fee.cancelled) {
                    (Some(paid), _) => (words::PAID.fill(lang, &[("day", &story::day(paid.at))])),
                    (None, Some(reason)) => (fee_words::CANCELLED.fill(lang, &[("reason", reason)])),
                    (None, None) if fee.line.amount == 0 => (fee_words::EXEMPTED.say(lang)),
                    (None, None) => (words::UNPAID.say(lang)),
                }
                @if let Some(basis) = &fee.line.basis {
                    details {
                        summary { (fee_words::HOW_COMPUTED.say(lang)) }
                        (fee_steps(lang, &basis.steps))
                        p.muted { (basis.source) }
                    }
                }
            }),
            change: "",
        })
        .collect();
    let schedule = view.world.fees(&dossier.competent_agency, &dossier.procedure);
    let day = local(view.now).date();
    let expected = schedule.expected(&dossier.form, dossier.channel, day);
    let later: Vec<_> = schedule.counted_later(dossier.channel, day).collect();
    let is_open = !dossier.status.is_ended();
    html! {
        @if !rows.is_empty() {
            section {
                h2 { (words::FEES.say(lang)) }
                (summary_list(lang, &rows))
                (summary_list(lang, &sums(dossier, lang)))
            }
        } @else if is_open && !(expected.items.is_empty() && later.is_empty()) {
            section {
                h2 { (words::FEES.say(lang)) }
                @if !expected.items.is_empty() { (calculation(lang, &expected)) }
                @if !later.is_empty() {
                    ul {
                        @for rule in later {
                            li { (rule.name) ": " (crate::domain::fee::words::rule(rule, lang)) }
                        }
                    }
                }
                p.muted { (words::PAY_WHEN_ASKED.say(lang)) }
            }
        }
    }
}

/// What is asked for, paid and left, all lines together.
fn sums(dossier: &Dossier, lang: Lang) -> Vec<SummaryRow<'static>> {
    let row = |label: Message, amount: u64| SummaryRow {
        label: label.say(lang),
        value: Some(html! { strong { (money(amount)) } }),
        change: "",
    };
    vec![
        row(words::SUM_ASKED, dossier.asked_for()),
        row(words::SUM_PAID, dossier.paid()),
        row(words::SUM_LEFT, dossier.unpaid()),
    ]
}

/// A person as shown to whoever may hold the paper: the number's middle is left out.
fn person(person: &Person) -> Markup {
    let number = person.id_number.as_deref().map(hidden_number);
    html! {
        (person.name)
        @if let Some(number) = number { br; span.muted { (number) } }
        @if let Some(address) = &person.address { br; span.muted { (address) } }
    }
}

/// "079•••••123".
fn hidden_number(number: &str) -> String {
    let letters: Vec<char> = number.chars().collect();
    if letters.len() < 8 {
        return "•••".to_owned();
    }
    let head: String = letters[..3].iter().collect();
    let tail: String = letters[letters.len() - 3..].iter().collect();
    format!("{head}•••••{tail}")
}

fn persons(view: &View<'_>) -> Markup {
    let (dossier, lang) = (view.dossier, view.lang);
    let mut rows = vec![SummaryRow {
        label: words::APPLICANT.say(lang),
        value: Some(person(&dossier.submitter)),
        change: "",
    }];
    if dossier.owner != dossier.submitter {
        rows.push(SummaryRow {
            label: words::OWNER.say(lang),
            value: Some(person(&dossier.owner)),
            change: "",
        });
    }
    if let Some(mandate) = &dossier.mandate {
        let kind = match mandate.kind {
            MandateKind::Authorised => words::BY_MANDATE,
            MandateKind::LegalRepresentative => words::BY_LAW,
        };
        rows.push(SummaryRow {
            label: words::CAPACITY.say(lang),
            value: Some(html! {
                (kind.say(lang))
                @if let Some(paper) = &mandate.paper { br; span.muted { (paper) } }
            }),
            change: "",
        });
    }
    if let Some(FormValue::Text(request)) = dossier.form.get("noi_dung") {
        rows.push(SummaryRow {
            label: words::REQUEST.say(lang),
            value: Some(html! { span.as-typed { (request) } }),
            change: "",
        });
    }
    html! {
        section { h2 { (words::PERSONS.say(lang)) } (summary_list(lang, &rows)) }
    }
}

/// The box: what to do, papers to print, the QR code.
fn side(view: &View<'_>, base: &str) -> Markup {
    let (dossier, lang) = (view.dossier, view.lang);
    let code = &dossier.code;
    let link = format!("{base}/tra-cuu/{code}?ma={}", dossier.lookup_secret);
    let qr = words::QR_TITLE.fill(lang, &[("code", code.as_str())]);
    let prints: Vec<(String, &str)> = Deed::ALL
        .into_iter()
        .filter(|deed| deed.is_for_applicant() && deed.is_of(dossier))
        .map(|deed| (format!("/tra-cuu/{code}/giay/{}.pdf", deed.id()), deed.name().say(lang)))
        .collect();
    let own = [
        (Action::AddPapers, "them-giay", acting_words::ADD_PAPERS),
        (Action::RequestCorrection, "sua", acting_words::CORRECT),
        (Action::RequestWithdrawal, "rut", words::WITHDRAW),
    ];
    let own: Vec<_> = own.iter().filter(|(action, ..)| action.fits(dossier)).collect();
    panel(
        "",
        &html! {
            @if dossier.status == Status::SupplementRequired {
                (button_link(&format!("/tra-cuu/{code}/bo-sung"), &Button {
                    label: words::DO_SUPPLEMENT.say(lang), ..Button::default()
                }))
            }
            @if !own.is_empty() {
                nav aria-labelledby="viec-lam" {
                    h2 id="viec-lam" { (acting_words::OWN_ACTIONS.say(lang)) }
                    ul.links {
                        @for (_, path, name) in own {
                            li { a href={ "/tra-cuu/" (code) "/" (path) } { (name.say(lang)) } }
                        }
                    }
                }
            }
            @if !prints.is_empty() {
                nav aria-labelledby="giay-in" {
                    h2 id="giay-in" { (words::PRINTS.say(lang)) }
                    ul.links { @for (href, name) in &prints { li { a href=(href) { (name) " (PDF)" } } } }
                }
            }
            p { a href={ "/tra-cuu/" (code) "/ai-da-xem" } { (proof_words::SEEN_TITLE.say(lang)) } }
            @if let Some(drawing) = qr_code(&qr, &link) { (drawing) p.code { (code) } }
        },
    )
}

#[cfg(test)]
mod tests {
    use super::hidden_number;

    #[test]
    fn an_identity_number_keeps_its_middle_to_itself() {
        assert_eq!(hidden_number("079091000123"), "079•••••123");
        assert_eq!(hidden_number("123"), "•••");
    }
}
