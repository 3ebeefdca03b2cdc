//! Before reception an applicant adds papers of their own accord. Files wait with the dossier until
//! they are sent.

use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::acting::{Acting, Over};
use super::files::{file_box, own_papers, prepared, save, take_own};
use super::{Code, fresh_key, require};
use crate::domain::dossier::{Action, Command, Directory};
use crate::domain::ids::AttachmentId;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::office::acting::Files;
use crate::office::supplementing::SupplementDraft;
use crate::office::uploads::Upload;
use crate::office::{Failure, Office};
use crate::web::Site;
use crate::web::components::{Button, Field, Form, Method, button, button_row, error_for, form};
use crate::web::public::incoming;
use crate::web::public::page::settle;
use crate::web::public::personal::reuse;
use crate::web::visitor::{Visitor, see_other};
use crate::web::words::public_acting as words;

/// What files may be added to, with those that are prepared.
struct Place {
    /// The field's name; the draft keeps files under it.
    field: String,
    /// The component, or none for a file of the whole dossier.
    component: Option<String>,
    name: String,
    files: Vec<Upload>,
}

/// The components of the procedure, and a place for what belongs to none.
fn places(acting: &Acting<'_>, draft: &SupplementDraft) -> Result<Vec<Place>, Failure> {
    let (site, dossier) = (acting.site, acting.dossier());
    let world = site.office.world();
    let procedure = world.procedure(&dossier.procedure);
    let asked = procedure.iter().flat_map(|procedure| &procedure.components);
    let mut known: Vec<(Option<String>, String)> =
        asked.map(|one| (Some(one.id.to_string()), one.name.clone())).collect();
    known.push((None, words::OTHER_PAPER.say(acting.visitor.lang).to_owned()));
    let place = |(index, (component, name)): (usize, (Option<String>, String))| {
        let field = format!("item.{index}");
        let files = prepared(site, draft, &field)?;
        Ok(Place { field, component, name, files })
    };
    known.into_iter().enumerate().map(place).collect()
}

/// `GET /tra-cuu/{dossier}/them-giay`.
pub(super) async fn ask(site: web::Data<Site>, visitor: Visitor, code: Code) -> HttpResponse {
    let opened = match require(&site, &visitor, &code) {
        Ok(opened) => opened,
        Err(answer) => return *answer,
    };
    let acting = Acting { site: &site, visitor: &visitor, opened: &opened };
    let result = acting.check(Action::AddPapers).and_then(|()| {
        let draft = site.office.supplement_draft(acting.dossier())?;
        let form = form_of(&acting, &places(&acting, &draft)?, &fresh_key(&site), Over::Nothing)?;
        Ok(acting.page(words::ADD_PAPERS.say(visitor.lang), Over::Nothing, &form))
    });
    settle(&site, &visitor, result)
}

fn form_of(
    acting: &Acting<'_>,
    places: &[Place],
    key: &str,
    over: Over<'_>,
) -> Result<Markup, Failure> {
    let own = own_papers(acting.site, acting.visitor)?;
    let (lang, dossier) = (acting.visitor.lang, acting.dossier());
    let (action, back) = (format!("{}/them-giay", acting.back()), acting.back());
    let csrf = acting.visitor.csrf(acting.site);
    let about =
        Form { action: &action, method: Method::PostFiles, csrf: &csrf, key, ..Form::default() };
    Ok(html! {
        h1 { (words::ADD_PAPERS.say(lang)) }
        p.muted { (dossier.procedure_name) }
        p { (words::ADD_PAPERS_INTRO.say(lang)) }
        (form(lang, &about, &html! {
            input type="hidden" name="version" value=(dossier.version);
            @for place in places {
                (file_box(acting.site, acting.visitor, dossier, Field {
                    name: &place.field,
                    label: &place.name,
                    error: error_for(over.errors(), &place.field, lang),
                    ..Field::default()
                }, &place.files, (&own, &place.name)))
            }
            (button_row(&html! {
                (button(&Button { label: words::ADD_PAPERS_SEND.say(lang), ..Button::default() }))
                a href=(back) { (words::TO_DOSSIER.say(lang)) }
            }))
        }))
    })
}

/// `POST /tra-cuu/{dossier}/them-giay`: saved first, then sent.
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
    let title = words::ADD_PAPERS.say(visitor.lang);
    let result = async {
        let sender = Some(&Office::SUPPLEMENTER);
        let mut posted = incoming::read(&site, &visitor, &request, payload, sender).await?;
        let key = posted.value("_key").to_owned();
        let dossier = acting.dossier();
        if let Err(refusal) = visitor.check_csrf(&site, posted.value("_csrf")) {
            // Not saved: who sent it is not certain.
            let places = places(&acting, &site.office.supplement_draft(dossier)?)?;
            let over = Over::Refused(&refusal);
            return Ok(acting.page(title, over, &form_of(&acting, &places, &key, over)?));
        }
        let saved = save(&site, dossier, &mut posted)?;
        let (draft, errors) = take_own(&site, &visitor, dossier, &posted, saved).await?;
        let places = places(&acting, &draft)?;
        if !errors.is_empty() {
            let refusal = Refusal::fields(errors);
            let over = Over::Refused(&refusal);
            return Ok(acting.page(title, over, &form_of(&acting, &places, &key, over)?));
        }
        if posted.has("_upload") || posted.has("_remove") || posted.has(reuse::BUTTON) {
            return Ok(see_other(&format!("{}/them-giay", acting.back())));
        }
        let files: Vec<(Option<String>, AttachmentId)> = places
            .iter()
            .flat_map(|place| place.files.iter().map(|file| (place.component.clone(), file.id)))
            .collect();
        let command = Command::AddPapers { attachments: Vec::new() };
        let files = (&Office::SUPPLEMENTER, Files(files));
        match acting.send("web papers", &posted, command, files).await {
            Ok(_) => {
                site.office.drop_supplement_draft(dossier)?;
                Ok(see_other(&format!("{}?xong=them-giay", acting.back())))
            }
            Err(Failure::Refused(mut refusal)) => {
                if refusal.kind != RefusalKind::Invalid && acting.check(Action::AddPapers).is_err()
                {
                    return Ok(acting.gone(title, &refusal, &posted));
                }
                for error in &mut refusal.fields {
                    "item.0".clone_into(&mut error.field);
                }
                let over = Over::of(&refusal, &posted);
                Ok(acting.page(title, over, &form_of(&acting, &places, &key, over)?))
            }
            Err(fault) => Err(fault),
        }
    };
    settle(&site, &visitor, result.await)
}
