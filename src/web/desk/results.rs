//! The forms about a decision: what is proposed, what was approved, the result, and who takes it.

use maud::{Markup, html};

use super::access::Desk;
use super::fields::Asking;
use super::posted::Posted;
use super::reading::{Read, channel};
use super::{papers, say};
use crate::domain::catalogue::Channel;
use crate::domain::dossier::{Command, Delivery, Directory, Dossier, Draft, ResultForm, Taker};
use crate::office::acting::Files;
use crate::web::components::{Choice, Field, Width, checkbox, radios, text_area, text_field};
use crate::web::words::desk as desk_words;
use crate::web::words::desk_actions as words;

/// What was laid before the approver last: its words and its files.
pub fn last_draft(desk: &Desk, dossier: &Dossier) -> Markup {
    let lang = desk.lang();
    html! {
        @match dossier.drafts.last() {
            Some(draft) => {
                h2 { (words::DRAFT.say(lang)) }
                (draft_of(desk, dossier, draft))
            },
            None => p.muted { (words::NO_DRAFT.say(lang)) },
        }
    }
}

/// A draft's words and files.
pub fn draft_of(desk: &Desk, dossier: &Dossier, draft: &Draft) -> Markup {
    html! {
        @if let Some(text) = &draft.text { p.as-typed { (text) } }
        (papers::links(desk, dossier, draft.files.iter()))
    }
}

impl Asking<'_> {
    /// What the processor proposes.
    pub(super) fn draft(&self) -> Markup {
        let lang = self.desk.lang();
        html! {
            (text_area(lang, &Field {
                optional: true,
                max_length: Some(4_000),
                hint: words::DRAFT_HINT.say(lang),
                ..self.field("draft.text", words::DRAFT.say(lang))
            }, 4))
            (self.files("draft.uploads", words::DRAFT_FILES.say(lang), ""))
        }
    }

    /// How the dossier was settled, and what comes of it.
    pub(super) fn finish(&self) -> Markup {
        let (lang, world) = (self.desk.lang(), self.desk.office().world());
        let results = world.procedure(&self.dossier.procedure).map(|p| p.results.as_slice());
        let likely = results.and_then(|results| results.first()).map_or("", |r| r.name.as_str());
        let issued = self.dossier.number.as_ref().map_or("", |(number, _)| number.as_str());
        let denied = self.posted.get("favourable") == "no";
        html! {
            (radios(lang, &self.field("favourable", words::FAVOURABLE.say(lang)), &[
                Choice {
                    value: "yes",
                    label: words::GRANTED.say(lang),
                    chosen: !denied,
                    ..Choice::default()
                },
                Choice {
                    value: "no",
                    label: words::DENIED.say(lang),
                    chosen: denied,
                    below: Some(self.reason()),
                    ..Choice::default()
                },
            ]))
            (text_field(lang, &Field {
                value: self.or("result.name", likely),
                max_length: Some(500),
                ..self.field("result.name", words::RESULT_NAME.say(lang))
            }))
            (text_field(lang, &Field {
                value: self.or("result.number", issued),
                optional: true,
                width: Width::Medium,
                max_length: Some(100),
                ..self.field("result.number", words::RESULT_NUMBER.say(lang))
            }))
            (self.result_form())
            (self.files("result.uploads", words::RESULT_FILES.say(lang), ""))
        }
    }

    fn result_form(&self) -> Markup {
        let lang = self.desk.lang();
        let wants_file = self.dossier.return_channel == Channel::Online;
        let likely = if wants_file { "file" } else { "paper" };
        let chosen = self.or("result.form", likely);
        let why = wants_file.then(|| {
            text_area(
                lang,
                &Field {
                    hint: words::COLLECT_HINT.say(lang),
                    max_length: Some(4_000),
                    ..self.field("result.collect_reason", words::COLLECT_REASON.say(lang))
                },
                2,
            )
        });
        html! {
            @if wants_file { p { (words::WANTED_ONLINE.say(lang)) } }
            (radios(lang, &self.field("result.form", words::RESULT_FORM.say(lang)), &[
                Choice {
                    value: "file",
                    label: words::RESULT_FILE.say(lang),
                    chosen: chosen == "file",
                    ..Choice::default()
                },
                Choice {
                    value: "paper",
                    label: words::RESULT_PAPER.say(lang),
                    hint: words::RESULT_PAPER_HINT.say(lang),
                    chosen: chosen == "paper",
                    below: why,
                },
            ]))
        }
    }

    /// Who takes the result, by what right, and whether the receipt is lost.
    pub(super) fn deliver(&self) -> Markup {
        let lang = self.desk.lang();
        let dossier = self.dossier;
        let has_file = dossier.result_files().next().is_some();
        let wanted = match dossier.return_channel {
            Channel::Post => "post",
            Channel::Online if has_file => "online",
            Channel::Counter | Channel::Online => "counter",
        };
        let chosen = self.or("channel", wanted);
        let ways =
            [("counter", Channel::Counter), ("post", Channel::Post), ("online", Channel::Online)];
        let ways: Vec<Choice<'_>> = ways
            .into_iter()
            .filter(|(_, way)| *way != Channel::Online || has_file)
            .map(|(value, way)| Choice {
                value,
                label: say::channel(way).say(lang),
                chosen: chosen == value,
                below: match way {
                    Channel::Counter => Some(self.taker()),
                    Channel::Post => Some(self.tracking()),
                    Channel::Online => None,
                },
                ..Choice::default()
            })
            .collect();
        html! {
            @if dossier.unpaid() > 0 {
                p.warning { (desk_words::WHY_UNPAID.fill(lang, &[
                    ("amount", &say::money(dossier.unpaid())),
                ])) }
            }
            (radios(lang, &self.field("channel", words::CHANNEL.say(lang)), &ways))
        }
    }

    /// The number of the postal item, as its label says: scanners read it.
    fn tracking(&self) -> Markup {
        text_field(
            self.desk.lang(),
            &Field {
                optional: true,
                width: Width::Medium,
                hint: words::TRACKING_HINT.say(self.desk.lang()),
                max_length: Some(60),
                autocomplete: "off",
                ..self.field("tracking_number", words::TRACKING.say(self.desk.lang()))
            },
        )
    }

    fn taker(&self) -> Markup {
        let lang = self.desk.lang();
        let dossier = self.dossier;
        let by_law = dossier.has_legal_representative();
        let mandate = dossier.mandate.as_ref().filter(|_| !by_law);
        let likely = match (by_law, mandate) {
            (true, _) => "representative",
            (false, Some(_)) => "mandate",
            (false, None) => "owner",
        };
        let takes = self.or("takes", likely);
        let known = if mandate.is_some() { dossier.submitter.name.as_str() } else { "" };
        let paper = mandate.and_then(|mandate| mandate.paper.as_deref()).unwrap_or_default();
        let by_mandate = html! {
            (text_field(lang, &Field {
                value: self.or("received_by", known),
                max_length: Some(200),
                autocomplete: "off",
                ..self.field("received_by", words::RECEIVED_BY.say(lang))
            }))
            (text_field(lang, &Field {
                value: self.or("mandate_paper", paper),
                hint: words::MANDATE_PAPER_HINT.say(lang),
                max_length: Some(300),
                autocomplete: "off",
                ..self.field("mandate_paper", words::MANDATE_PAPER.say(lang))
            }))
        };
        let lost = self.posted.has("receipt_lost");
        let plain = |value, label, hint| Choice {
            value,
            label,
            hint,
            chosen: takes == value,
            ..Choice::default()
        };
        let mut choices =
            vec![plain("owner", words::TAKES_OWNER.say(lang), dossier.owner.name.as_str())];
        if by_law {
            let label = words::TAKES_SUBMITTER.say(lang);
            choices.push(plain("representative", label, &dossier.submitter.name));
        }
        choices.push(Choice {
            below: Some(by_mandate),
            ..plain("mandate", words::TAKES_MANDATE.say(lang), "")
        });
        html! {
            (radios(lang, &self.field("takes", words::WHO_TAKES.say(lang)), &choices))
            (checkbox(lang, &self.field("receipt_lost", words::TAKES_LOST.say(lang)), "1", lost))
        }
    }
}

/// Reads what the processor proposes.
pub fn read_draft(desk: &Desk, posted: &Posted) -> Read {
    let command =
        Command::SubmitForApproval { draft: posted.some("draft.text"), attachments: Vec::new() };
    Read { command, files: files(desk, posted, "draft.uploads"), names: Vec::new() }
}

/// Reads how a dossier was settled.
pub fn read_finish(desk: &Desk, posted: &Posted) -> Read {
    let favourable = posted.get("favourable") != "no";
    let form = match posted.get("result.form") {
        "file" => Some(ResultForm::File),
        "paper" => Some(ResultForm::Paper),
        _ => None,
    };
    let command = Command::Finish {
        favourable,
        name: posted.get("result.name").to_owned(),
        number: posted.some("result.number"),
        reason: posted.some("reason").filter(|_| !favourable),
        form,
        collect_reason: posted.some("result.collect_reason"),
        attachments: Vec::new(),
    };
    Read { command, files: files(desk, posted, "result.uploads"), names: Vec::new() }
}

fn files(desk: &Desk, posted: &Posted, field: &str) -> Files {
    Files(posted.uploads(desk, field).into_iter().map(|upload| (None, upload.id)).collect())
}

/// Reads who takes a result.
pub fn read_delivery(posted: &Posted) -> Command {
    let way = channel(posted.get("channel")).unwrap_or(Channel::Counter);
    if way != Channel::Counter {
        let tracking_number = posted.some("tracking_number");
        return Command::Deliver(Delivery { tracking_number, ..Delivery::by(way) });
    }
    let by_mandate = posted.get("takes") == "mandate";
    Command::Deliver(Delivery {
        channel: way,
        received_by: posted.some("received_by").filter(|_| by_mandate),
        taker: Some(match posted.get("takes") {
            "mandate" => Taker::Mandated,
            "representative" => Taker::Representative,
            _ => Taker::Owner,
        }),
        mandate_paper: posted.some("mandate_paper").filter(|_| by_mandate),
        receipt_lost: posted.has("receipt_lost"),
        tracking_number: None,
    })
}
