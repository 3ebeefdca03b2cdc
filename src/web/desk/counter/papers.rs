//! The papers at the counter: those that the case needs, to be ticked as they are looked at; what it does
//! not need stays one key away, with why.

use maud::{Markup, html};

use super::Looked;
use super::state::Counter;
use crate::domain::catalogue::Component;
use crate::domain::checklist::{Verdict, is_of_mandate};
use crate::domain::refusal::FieldError;
use crate::web::components::error_for;
use crate::web::desk::access::Desk;
use crate::web::desk::file_field::upload_among;
use crate::web::desk::papers::{CheckRow, check_row};
use crate::web::desk::reading;
use crate::web::words::desk_actions as action_words;
use crate::web::words::desk_counter as words;

/// The field that names a paper which the citizen's draft promises on paper.
pub(super) const PROMISED: &str = "se_mang";

/// A paper of the chosen procedure, as it stands.
pub(super) struct Standing<'a> {
    /// The paper.
    pub component: &'a Component,
    /// What the answers say of it.
    pub verdict: &'a Verdict,
    /// Whether it was ticked, or has files; a mandate is named beside the persons, too.
    pub is_there: bool,
    /// Whether its file came with a citizen's draft and nobody has compared the original yet.
    pub is_uncompared: bool,
    files: usize,
}

impl Standing<'_> {
    /// Whether the case cannot go without it.
    pub(super) fn is_required(&self) -> bool {
        *self.verdict == Verdict::Required
    }

    /// Whether it stands among those to tick: what is not needed and was handed in all the same does.
    fn is_asked(&self) -> bool {
        match self.verdict {
            Verdict::Required | Verdict::IfAny | Verdict::Open => true,
            Verdict::NotNeeded(_) | Verdict::Remark => self.is_there || self.is_uncompared,
        }
    }
}

/// The papers of the chosen procedure.
pub(super) fn standing<'a>(
    desk: &Desk,
    counter: &'a Counter,
    looked: &'a Looked,
) -> Vec<Standing<'a>> {
    let components = counter.procedure.iter().flat_map(|procedure| &procedure.components);
    let sent = &counter.sent;
    let one = |(place, component): (usize, &'a Component)| {
        let id = component.id.as_str();
        let files = sent.uploads(desk, &format!("f.{id}")).len();
        let is_ticked = counter.is_ticked(id);
        let is_uncompared = counter.is_uncompared(component, files);
        let is_named = counter.is_for_another()
            && is_of_mandate(component)
            && !sent.get("mandate_paper").is_empty();
        let unknown = if component.mandatory { &Verdict::Required } else { &Verdict::IfAny };
        Standing {
            component,
            verdict: looked.papers.get(place).unwrap_or(unknown),
            is_there: is_ticked || (files > 0 && !is_uncompared) || is_named,
            is_uncompared,
            files,
        }
    };
    components.enumerate().map(one).collect()
}

/// The section of the page; `starts` when the keyboard stands at the first paper.
pub(super) fn section(
    desk: &Desk,
    counter: &Counter,
    (looked, errors): (&Looked, &[FieldError]),
    starts: bool,
) -> Markup {
    let lang = desk.lang();
    let all = standing(desk, counter, looked);
    let (asked, spared): (Vec<_>, Vec<_>) = all.iter().partition(|one| one.is_asked());
    let first = asked.iter().chain(&spared).find(|one| *one.verdict != Verdict::Remark);
    let first = first.map_or("", |one| one.component.id.as_str());
    let rows = Rows { desk, counter, errors, first };
    html! {
        section aria-labelledby="buoc-3" data-follow="giay-to" {
            h2 id="buoc-3" { (words::STEP_PAPERS.say(lang)) }
            @match &counter.procedure {
                None => p.muted { (words::PAPERS_LATER.say(lang)) },
                Some(procedure) if procedure.components.is_empty() => {
                    p.muted { (words::NO_PAPERS.say(lang)) }
                }
                Some(_) => {
                    @for id in counter.sent.all(PROMISED) {
                        input type="hidden" name=(PROMISED) value=(id);
                    }
                    @for (place, one) in asked.into_iter().enumerate() {
                        (rows.row(one, starts && place == 0))
                    }
                    @if !spared.is_empty() { (rows.spared(&spared)) }
                }
            }
        }
    }
}

struct Rows<'a> {
    desk: &'a Desk,
    counter: &'a Counter,
    errors: &'a [FieldError],
    /// The paper that stands first.
    first: &'a str,
}

impl Rows<'_> {
    /// The papers that the case does not need, each with why: whoever brings one all the same is not sent
    /// home with it.
    fn spared(&self, spared: &[&Standing<'_>]) -> Markup {
        let lang = self.desk.lang();
        let n = spared.len().to_string();
        html! {
            details {
                summary { (words::SPARED.fill(lang, &[("n", &n)])) }
                @for one in spared {
                    @match one.verdict {
                        Verdict::Remark => p.hint { (one.component.name) },
                        _ => (self.row(one, false)),
                    }
                }
            }
        }
    }

    fn row(&self, one: &Standing<'_>, starts: bool) -> Markup {
        let lang = self.desk.lang();
        let (sent, component) = (&self.counter.sent, one.component);
        let id = component.id.as_str();
        let (originals, copies) = (format!("o.{id}"), format!("c.{id}"));
        let likely = [component.originals.to_string(), component.copies.to_string()];
        // Numbers typed for another procedure do not belong to this one's papers.
        let same = self.counter.is_same_procedure();
        let value = |name: &str, likely: &str| match same && sent.has(name) {
            true => sent.get(name).to_owned(),
            false => likely.to_owned(),
        };
        let (field, missing) = (format!("f.{id}"), format!("paper.{id}"));
        let (day, date) = (format!("n.{id}"), if same { sent.get(&format!("n.{id}")) } else { "" });
        let evidence = if same { reading::evidence(sent, id) } else { Default::default() };
        html! {
            (check_row(lang, &CheckRow {
                id,
                name: &component.name,
                about: &self.about(one),
                ticked: same && sent.all("paper").any(|ticked| ticked == id),
                originals: &value(&originals, &likely[0]),
                copies: &value(&copies, &likely[1]),
                error: [originals.as_str(), &missing]
                    .iter()
                    .map(|name| error_for(self.errors, name, lang))
                    .find(|error| !error.is_empty())
                    .unwrap_or_default(),
                evidence,
                date,
                date_error: error_for(self.errors, &day, lang),
                autofocus: starts,
            }))
            details.scan open[one.files > 0] {
                summary { (words::SCAN.say(lang)) span.hidden { ": " (component.name) } }
                @let named = (field.as_str(), words::SCAN_FILES.say(lang));
                (upload_among(self.desk, sent, self.errors, named, self.first == id))
            }
        }
    }

    /// Whether a paper is needed, and what is there of it already.
    fn about(&self, one: &Standing<'_>) -> String {
        let lang = self.desk.lang();
        let needed = match one.verdict {
            Verdict::Required => action_words::NEEDED.say(lang).to_owned(),
            Verdict::IfAny | Verdict::Open | Verdict::Remark => {
                action_words::NOT_NEEDED.say(lang).to_owned()
            }
            Verdict::NotNeeded(why) => words::SPARED_WHY.fill(lang, &[("why", why.say(lang))]),
        };
        let promised = self.counter.sent.all(PROMISED).any(|id| id == one.component.id.as_str());
        let came = match one.files {
            0 if promised => action_words::PROMISED_ON_PAPER.say(lang).to_owned(),
            0 => return needed,
            files if one.is_uncompared => {
                words::HAS_FILES_UNCOMPARED.fill(lang, &[("n", &files.to_string())])
            }
            files => words::HAS_FILES.fill(lang, &[("n", &files.to_string())]),
        };
        action_words::PAPER_ABOUT.fill(lang, &[("needed", &needed), ("came", &came)])
    }
}
