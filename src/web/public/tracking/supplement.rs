//! An applicant adds what was asked for. What is typed and uploaded is kept with the dossier until it
//! is sent.

use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::acting::{Acting, Over};
use super::files::{file_box, own_papers, prepared, save, take_own};
use super::present::paper_name;
use super::{Code, fresh_key, require};
use crate::domain::calendar::words::date_long;
use crate::domain::dossier::{Command, Dossier, Status};
use crate::domain::ids::{AttachmentId, ComponentId};
use crate::domain::refusal::{FieldError, Refusal, RefusalKind};
use crate::domain::words::Lang;
use crate::office::acting::Files;
use crate::office::personal::Papers;
use crate::office::supplementing::SupplementDraft;
use crate::office::uploads::Upload;
use crate::office::{Failure, Office};
use crate::web::Site;
use crate::web::components::{
    Button, Choice, Field, Form, Method, button, button_row, error_for, form, radios, text_area,
};
use crate::web::public::incoming::{self, Posted};
use crate::web::public::page::settle;
use crate::web::public::personal::reuse;
use crate::web::visitor::{Visitor, see_other};
use crate::web::words::{public_filing as filing_words, public_tracking as words};

/// How one missing thing is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// With files; the first choice for a paper.
    File,
    /// On paper, at the counter.
    Counter,
    /// Not at all, with the reason.
    HasNot,
    /// In words, perhaps with files: what is missing is no paper of the procedure.
    Words,
}

/// What is prepared for one missing thing.
struct Item {
    component: Option<String>,
    name: String,
    reason: String,
    way: Way,
    text: String,
    files: Vec<Upload>,
}

/// The missing things with what is prepared for them so far.
fn items(site: &Site, dossier: &Dossier, draft: &SupplementDraft) -> Result<Vec<Item>, Failure> {
    let world = site.office.world();
    let asked = dossier.supplement.iter().flat_map(|supplement| &supplement.items);
    let is_promised = dossier.supplement.as_ref().is_some_and(|asked| asked.is_promised);
    let mut items = Vec::new();
    for (index, item) in asked.enumerate() {
        let field = format!("item.{index}");
        let typed = |part: &str| {
            let text = draft.answers.get(&format!("{field}.{part}")).map(|text| text.trim());
            text.unwrap_or_default().to_owned()
        };
        let way = match (&item.component, typed("mode").as_str()) {
            (None, _) => Way::Words,
            (Some(_), "counter") => Way::Counter,
            (Some(_), "none") => Way::HasNot,
            (Some(_), "") if is_promised => Way::Counter,
            (Some(_), _) => Way::File,
        };
        let files = prepared(site, draft, &field)?;
        items.push(Item {
            component: item.component.as_ref().map(ToString::to_string),
            name: item
                .component
                .as_ref()
                .and_then(|component| paper_name(&world, dossier, component))
                .unwrap_or_default(),
            reason: item.reason.clone(),
            way,
            text: typed(if way == Way::Words { "text" } else { "why" }),
            files,
        });
    }
    Ok(items)
}

impl Item {
    /// What it is called: the paper, or what the office asks to be said.
    fn name(&self) -> &str {
        if self.name.is_empty() { &self.reason } else { &self.name }
    }

    /// The answer in words, as the office reads it.
    fn words(&self) -> Option<String> {
        let line = match self.way {
            Way::File => return None,
            Way::Words if self.text.is_empty() => return None,
            Way::Words => format!("{}: {}", self.name(), self.text),
            Way::Counter => words::ANSWER_COUNTER.fill(Lang::Vi, &[("paper", self.name())]),
            Way::HasNot => {
                words::ANSWER_NONE.fill(Lang::Vi, &[("paper", self.name()), ("why", &self.text)])
            }
        };
        Some(line)
    }

    /// Whether its files are sent.
    fn takes_files(&self) -> bool {
        matches!(self.way, Way::File | Way::Words)
    }
}

fn check(items: &[Item]) -> Vec<FieldError> {
    let mut errors = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let mut refuse = |part: &str, message: crate::domain::words::Message| {
            let text = message.text(&[("paper", item.name())]);
            errors.push(FieldError { field: format!("item.{index}{part}"), text });
        };
        match item.way {
            Way::File if item.files.is_empty() => refuse("", words::ITEM_EMPTY),
            Way::Words if item.text.is_empty() && item.files.is_empty() => {
                refuse(".text", words::ANSWER_MISSING);
            }
            Way::HasNot if item.text.is_empty() => refuse(".why", words::HAVE_NOT_WHY_MISSING),
            Way::File | Way::Words | Way::HasNot | Way::Counter => {}
        }
    }
    errors
}

/// The page in the hands of its visitor.
struct Asked<'a> {
    acting: Acting<'a>,
    key: &'a str,
    own: &'a Papers,
}

/// `GET /tra-cuu/{dossier}/bo-sung`.
pub(super) async fn ask(site: web::Data<Site>, visitor: Visitor, code: Code) -> HttpResponse {
    let opened = match require(&site, &visitor, &code) {
        Ok(opened) => opened,
        Err(answer) => return *answer,
    };
    let acting = Acting { site: &site, visitor: &visitor, opened: &opened };
    let dossier = acting.dossier();
    let key = fresh_key(&site);
    let result = is_asked(dossier).and_then(|()| {
        let own = own_papers(&site, &visitor)?;
        let asked = Asked { acting, key: &key, own: &own };
        let items = items(&site, dossier, &site.office.supplement_draft(dossier)?)?;
        Ok(asked.page(&items, Over::Nothing))
    });
    settle(&site, &visitor, result)
}

fn is_asked(dossier: &Dossier) -> Result<(), Failure> {
    if dossier.status == Status::SupplementRequired {
        return Ok(());
    }
    Err(Refusal::new(RefusalKind::Impossible, words::NOT_NOW).into())
}

impl Asked<'_> {
    fn page(&self, items: &[Item], over: Over<'_>) -> HttpResponse {
        let Acting { site, visitor, .. } = self.acting;
        let dossier = self.acting.dossier();
        let lang = visitor.lang;
        let csrf = visitor.csrf(site);
        let action = format!("/tra-cuu/{}/bo-sung", dossier.code);
        let local = local_draft(dossier);
        let about = Form {
            action: &action,
            method: Method::PostFiles,
            csrf: &csrf,
            key: self.key,
            draft: &local,
            ..Form::default()
        };
        let main = html! {
            h1 { (words::SUPPLEMENT_TITLE.say(lang)) }
            p.muted { (dossier.procedure_name) }
            p { strong { (until(dossier, lang)) } }
            p { (words::SUPPLEMENT_INTRO.say(lang)) }
            (form(lang, &about, &html! {
                input type="hidden" name="version" value=(dossier.version);
                @for (index, item) in items.iter().enumerate() {
                    (self.item_fields(index, item, over.errors()))
                }
                (button_row(&html! {
                    (button(&Button { label: words::SUPPLEMENT_SEND.say(lang), ..Button::default() }))
                    (button(&Button {
                        label: filing_words::LATER.say(lang),
                        name: "_later",
                        value: "1",
                        secondary: true,
                        ..Button::default()
                    }))
                }))
            }))
        };
        self.acting.page(words::SUPPLEMENT_TITLE.say(lang), over, &main)
    }

    fn item_fields(&self, index: usize, item: &Item, errors: &[FieldError]) -> Markup {
        let lang = self.acting.visitor.lang;
        let field = format!("item.{index}");
        let (mode, why) = (format!("{field}.mode"), format!("{field}.why"));
        let files = self.item_files(&field, item, error_for(errors, &field, lang));
        if item.way == Way::Words {
            return self.words_fields(&field, item, errors, &files);
        }
        let reason = Field {
            name: &why,
            label: words::HAVE_NOT_WHY.say(lang),
            error: error_for(errors, &why, lang),
            value: if item.way == Way::HasNot { &item.text } else { "" },
            max_length: Some(1_000),
            ..Field::default()
        };
        let choices = [
            (Way::File, "file", filing_words::BY_FILE, Some(files)),
            (Way::Counter, "counter", words::TO_COUNTER, None),
            (Way::HasNot, "none", words::HAVE_NOT, Some(text_area(lang, &reason, 2))),
        ]
        .map(|(way, value, label, below)| Choice {
            value,
            label: label.say(lang),
            hint: if way == Way::Counter { words::TO_COUNTER_HINT.say(lang) } else { "" },
            chosen: item.way == way,
            below,
        });
        let question = Field {
            name: &mode,
            label: item.name(),
            hint: &item.reason,
            error: error_for(errors, &mode, lang),
            ..Field::default()
        };
        radios(lang, &question, &choices)
    }

    /// What is no paper is answered in words, with files when that helps.
    fn words_fields(
        &self,
        field: &str,
        item: &Item,
        errors: &[FieldError],
        files: &Markup,
    ) -> Markup {
        let lang = self.acting.visitor.lang;
        let text = format!("{field}.text");
        let question = Field {
            name: &text,
            label: words::ANSWER.say(lang),
            error: error_for(errors, &text, lang),
            value: &item.text,
            max_length: Some(1_000),
            ..Field::default()
        };
        html! {
            fieldset.field {
                legend { (item.reason) }
                (text_area(lang, &question, 3))
                (files)
            }
        }
    }

    fn item_files(&self, field: &str, item: &Item, error: &str) -> Markup {
        let lang = self.acting.visitor.lang;
        let label =
            if item.way == Way::Words { words::ANSWER_FILES } else { filing_words::FILES_OF };
        let field = Field {
            name: field,
            label: label.say(lang),
            error,
            optional: item.way == Way::Words,
            ..Field::default()
        };
        let Acting { site, visitor, .. } = self.acting;
        let own = (self.own, item.name());
        file_box(site, visitor, self.acting.dossier(), field, &item.files, own)
    }
}

/// The name under which a browser keeps what is typed.
pub(super) fn local_draft(dossier: &Dossier) -> String {
    format!(
        "bo-sung/{}/{}",
        dossier.code,
        dossier.supplements_asked.0 + dossier.supplements_asked.1
    )
}

fn until(dossier: &Dossier, lang: Lang) -> String {
    match dossier.supplement.as_ref().and_then(|supplement| supplement.due_at) {
        Some(at) => words::SUPPLEMENT_BY.fill(lang, &[("when", &date_long(at, lang))]),
        None => words::SUPPLEMENT_NO_DATE.say(lang).to_owned(),
    }
}

/// `POST /tra-cuu/{dossier}/bo-sung`: saved first, then checked.
pub(super) async fn send(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
    code: Code,
) -> HttpResponse {
    let opened = match require(&site, &visitor, &code) {
        Ok(opened) => opened,
        Err(answer) => return *answer,
    };
    let acting = Acting { site: &site, visitor: &visitor, opened: &opened };
    let dossier = acting.dossier();
    let result = async {
        let sender = Some(&Office::SUPPLEMENTER);
        let mut posted = incoming::read(&site, &visitor, &request, payload, sender).await?;
        let key = posted.value("_key").to_owned();
        let own = own_papers(&site, &visitor)?;
        let asked = Asked { acting, key: &key, own: &own };
        if let Err(refusal) = visitor.check_csrf(&site, posted.value("_csrf")) {
            // Shown as typed and not saved: who sent it is not certain.
            let typed = SupplementDraft { answers: posted.answers(), files: Vec::new() };
            let items = items(&site, dossier, &typed)?;
            return Ok(asked.page(&items, Over::Refused(&refusal)));
        }
        if dossier.status != Status::SupplementRequired {
            return late(&acting, &posted).await;
        }
        let saved = save(&site, dossier, &mut posted)?;
        let (draft, mut errors) = take_own(&site, &visitor, dossier, &posted, saved).await?;
        let items = items(&site, dossier, &draft)?;
        let here = format!("/tra-cuu/{}", dossier.code);
        if errors.is_empty() && posted.has("_later") {
            return Ok(see_other(&format!("{here}?xong=de-sau")));
        }
        let stays = ["_upload", "_remove", reuse::BUTTON].iter().any(|name| posted.has(name));
        if errors.is_empty() && stays {
            return Ok(see_other(&format!("{here}/bo-sung")));
        }
        if errors.is_empty() {
            errors = check(&items);
        }
        if !errors.is_empty() {
            let refusal = Refusal::fields(errors);
            return Ok(asked.page(&items, Over::Refused(&refusal)));
        }
        match send_items(&acting, &items, &posted).await {
            Err(Failure::Refused(refusal)) => {
                let refusal = at_first(refusal);
                Ok(asked.page(&items, Over::of(&refusal, &posted)))
            }
            sent => sent,
        }
    };
    settle(&site, &visitor, result.await)
}

/// Nothing is asked for any more. Sent twice, the second answer is the first one's; otherwise it is
/// told what happened meanwhile.
async fn late(acting: &Acting<'_>, posted: &Posted) -> Result<HttpResponse, Failure> {
    match send_items(acting, &[], posted).await {
        Err(Failure::Refused(refusal)) => {
            let title = words::SUPPLEMENT_TITLE.say(acting.visitor.lang);
            Ok(acting.gone(title, &refusal, posted))
        }
        sent => sent,
    }
}

/// A refusal of the whole belongs to the first question of the page.
fn at_first(refusal: Refusal) -> Refusal {
    let fields = refusal.fields.iter().map(|error| error.text.clone());
    let mut texts: Vec<_> = fields.collect();
    if texts.is_empty() {
        texts.push(refusal.text.clone());
    }
    let fields = texts.into_iter().map(|text| FieldError { field: "item.0.mode".to_owned(), text });
    Refusal { fields: fields.collect(), ..refusal }
}

async fn send_items(
    acting: &Acting<'_>,
    items: &[Item],
    posted: &Posted,
) -> Result<HttpResponse, Failure> {
    let said: Vec<String> = items.iter().filter_map(Item::words).collect();
    let files: Vec<(Option<String>, AttachmentId)> = items
        .iter()
        .filter(|item| item.takes_files())
        .flat_map(|item| item.files.iter().map(|file| (item.component.clone(), file.id)))
        .collect();
    let text = (!said.is_empty()).then(|| said.join("\n"));
    let promised: Vec<ComponentId> = items
        .iter()
        .filter(|item| item.way == Way::Counter)
        .filter_map(|item| Some(ComponentId::from(item.component.as_deref()?)))
        .collect();
    let done = if promised.is_empty() { "bo-sung" } else { "hen-mang" };
    let command = Command::Supplement { attachments: Vec::new(), text, promised };
    let files = (&Office::SUPPLEMENTER, Files(files));
    acting.send("web supplement", posted, command, files).await?;
    acting.site.office.drop_supplement_draft(acting.dossier())?;
    Ok(see_other(&format!("{}?xong={done}", acting.back())))
}
