//! What was typed, shown again on the page that asks before an action is done.

use maud::{Markup, html};

use super::access::Desk;
use super::posted::Posted;
use super::say;
use crate::domain::calendar::words::date_long;
use crate::domain::dossier::{Action, Dossier, Settlement};
use crate::domain::form::{read_again, written_apart};
use crate::domain::ids::AgencyCode;
use crate::domain::words::Text;
use crate::web::components::{SummaryRow, summary_list};
use crate::web::restating::form_of;
use crate::web::stated::{Stated, correctable};
use crate::web::words::desk as desk_words;
use crate::web::words::desk_actions as words;

/// Question and answer.
type Line = (Text, String);

/// Every answer of the form that the dossier after it, or the form, still tells.
pub fn list(
    desk: &Desk,
    before: &Dossier,
    after: &Dossier,
    action: Action,
    sent: &Posted,
) -> Markup {
    let lang = desk.lang();
    let mut lines = of_action(desk, before, after, action, sent);
    let inside = matches!(action, Action::CorrectResult | Action::Void);
    let label = if inside { words::REASON_INSIDE } else { words::REASON };
    lines.push((label.into(), sent.get("reason").to_owned()));
    lines.push((words::NOTE.into(), sent.get("note").to_owned()));
    let rows: Vec<SummaryRow<'_>> = lines
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(label, value)| SummaryRow {
            label: label.say(lang),
            value: Some(html! { span.as-typed { (value) } }),
            change: "",
        })
        .collect();
    html! { @if !rows.is_empty() { (summary_list(lang, &rows)) } }
}

fn of_action(
    desk: &Desk,
    before: &Dossier,
    after: &Dossier,
    action: Action,
    sent: &Posted,
) -> Vec<Line> {
    let (lang, world) = (desk.lang(), desk.office().world());
    match action {
        Action::RequestSupplement => {
            let due = after.supplement.as_ref().and_then(|supplement| supplement.due_at);
            vec![(
                words::SUPPLEMENT_UNTIL.into(),
                due.map(|at| date_long(at, lang)).unwrap_or_default(),
            )]
        }
        Action::Stop => {
            vec![(words::DECISION_NUMBER.into(), sent.get("decision_number").to_owned())]
        }
        Action::Transfer => {
            let agency = AgencyCode::new(sent.get("agency"));
            vec![(words::AGENCY.into(), say::agency_name(&world, &agency))]
        }
        Action::ChangeProcedure => {
            vec![(
                words::RIGHT_PROCEDURE.into(),
                format!("{} ({})", after.procedure_name, after.procedure),
            )]
        }
        Action::Finish => match &after.outcome {
            Some(outcome) => settled(desk, before, after, outcome),
            None => Vec::new(),
        },
        Action::CorrectResult => corrected(desk, before, after),
        _ => Vec::new(),
    }
}

/// What is put right, what comes of it included: each field with both values.
fn corrected(desk: &Desk, before: &Dossier, after: &Dossier) -> Vec<Line> {
    let (lang, world) = (desk.lang(), desk.office().world());
    let form = form_of(&world, before);
    let now = correctable(after, form);
    let boxes =
        correctable(before, form).into_iter().filter_map(|Stated { path, label, value }| {
            let new = now.iter().find(|one| one.path == path)?;
            (new.value != value).then(|| (label, format!("{value} → {}", new.value)))
        });
    let answers = form.into_iter().flat_map(|form| form.questions()).filter_map(|question| {
        let (old, new) = (before.form.get(&question.key), after.form.get(&question.key));
        let (was, is) = written_apart(question, old, new);
        let line = [was, is].map(|text| read_again(lang, question, &text)).join(" → ");
        (old != new).then(|| (question.label.clone(), line))
    });
    boxes.chain(answers).collect()
}

fn settled(desk: &Desk, before: &Dossier, after: &Dossier, outcome: &Settlement) -> Vec<Line> {
    let lang = desk.lang();
    let kind = if outcome.favourable { words::GRANTED } else { words::DENIED };
    let old = before.attachments.len();
    let files: Vec<&str> =
        after.attachments.iter().skip(old).map(|file| file.name.as_str()).collect();
    let form = match (files.is_empty(), outcome.favourable) {
        (true, true) => words::RESULT_PAPER.say(lang).to_owned(),
        _ => files.join("\n"),
    };
    vec![
        (words::FAVOURABLE.into(), kind.say(lang).to_owned()),
        (words::RESULT_NAME.into(), outcome.name.clone()),
        (words::RESULT_NUMBER.into(), outcome.number.clone().unwrap_or_default()),
        (words::RESULT_FORM.into(), form),
        (words::COLLECT_REASON.into(), outcome.collect_reason.clone().unwrap_or_default()),
        (
            desk_words::RETURN_CHANNEL.into(),
            say::channel(after.return_channel).say(lang).to_owned(),
        ),
    ]
}
