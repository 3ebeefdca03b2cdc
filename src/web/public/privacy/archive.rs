//! The copy of one's own data: a ZIP with JSON, a page to read, and files, written as it leaves. It has
//! what the account's own pages show, and nothing beyond.

use std::io::{self, Write};

use maud::{DOCTYPE, html};
use serde_json::{Value, json};
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

use crate::domain::agency::Role;
use crate::domain::calendar::words::{date_short, instant_short};
use crate::domain::calendar::{local, written};
use crate::domain::dossier::Dossier;
use crate::domain::look::Relation;
use crate::domain::personal::PersonalPaper;
use crate::domain::privacy::{Entry, Request};
use crate::domain::words::Lang;
use crate::office::drafts::Draft;
use crate::office::looks::Shown;
use crate::office::sessions::{Listed, Whose};
use crate::office::tracking::Proof;
use crate::office::{Failure, Office};
use crate::web::api::{DocumentState, TrackingDetails};
use crate::web::outgoing::Leaving;
use crate::web::words::privacy as words;

/// Looks of a dossier, as many as its page shows.
const LOOKS: usize = 200;
/// The name of the layout; it changes when the JSON does.
const LAYOUT: &str = "motcua-du-lieu-1";

fn failed(failure: &Failure) -> io::Error {
    io::Error::other(failure.to_string())
}

/// A copy on its way.
struct Archive<'a, W: Write> {
    office: &'a Office,
    contact: &'a str,
    lang: Lang,
    zip: ZipWriter<StreamWriter<W>>,
}

/// Writes the copy of a contact's data; `this` is the session that asks.
///
/// # Errors
/// A store or file cannot be read, or nobody reads on.
pub(super) fn write<W: Write>(
    office: &Office,
    (contact, this): (&str, &str),
    lang: Lang,
    out: &mut W,
) -> io::Result<()> {
    let mut archive = Archive { office, contact, lang, zip: ZipWriter::new_stream(out) };
    let ids = office.account(contact).map_err(|failure| failed(&failure))?.dossiers;
    let papers = office.personal_papers(contact).map_err(|failure| failed(&failure))?.kept;
    let drafts = office.drafts(&office.keeper_of(contact)).map_err(|failure| failed(&failure))?;
    let dossiers = office.applicants_dossiers(&ids).map_err(|failure| failed(&failure))?;
    archive.overview(&dossiers, &papers)?;
    let data = archive.data(this, &papers, &drafts).map_err(|failure| failed(&failure))?;
    archive.json("du-lieu.json", &data)?;
    for dossier in &dossiers {
        archive.dossier(dossier)?;
    }
    for paper in &papers {
        for file in &paper.files {
            archive.file(&format!("giay-to/{}", paper.id), file)?;
        }
    }
    for draft in &drafts {
        for (_, id) in &draft.files {
            let upload = office.upload(*id, &draft.caller()).map_err(|failure| failed(&failure))?;
            if let Some(upload) = upload {
                archive.file(&format!("ban-nhap/{}", draft.id), &upload)?;
            }
        }
    }
    archive.zip.finish()?;
    Ok(())
}

impl<W: Write> Archive<'_, W> {
    fn begin(&mut self, name: &str) -> io::Result<()> {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        Ok(self.zip.start_file(name, options)?)
    }

    fn json(&mut self, name: &str, value: &impl serde::Serialize) -> io::Result<()> {
        self.begin(name)?;
        Ok(serde_json::to_writer_pretty(&mut self.zip, value)?)
    }

    /// A file under its own name, which the id keeps apart from others of the same name.
    fn file<'f>(&mut self, folder: &str, file: impl Into<Leaving<'f>>) -> io::Result<()> {
        let Leaving { id, name, key, .. } = file.into();
        let mut blob = self.office.read_blob(id, key).map_err(|failure| failed(&failure))?;
        let id = id.to_string();
        let short = id.get(..8).unwrap_or(&id);
        let name = name.replace(['/', '\\'], "_");
        self.begin(&format!("{folder}/{short}-{name}"))?;
        io::copy(&mut blob, &mut self.zip).map(|_| ())
    }

    /// The page to read.
    fn overview(&mut self, dossiers: &[Dossier], papers: &[PersonalPaper]) -> io::Result<()> {
        let lang = self.lang;
        let when = instant_short(self.office.now());
        let page = html! {
            (DOCTYPE)
            html lang=(lang.tag()) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (words::COPY_OVERVIEW.say(lang)) }
                }
                body {
                    h1 { (words::COPY_OVERVIEW.say(lang)) }
                    p { (words::COPY_MADE.fill(lang, &[("when", &when), ("contact", self.contact)])) }
                    h2 { (words::COPY_INSIDE.say(lang)) }
                    ul {
                        li { (words::COPY_INSIDE_DATA.say(lang)) }
                        li { (words::COPY_INSIDE_DOSSIERS.say(lang)) }
                        li { (words::COPY_INSIDE_PAPERS.say(lang)) }
                    }
                    h2 { (words::COPY_DOSSIERS.say(lang)) }
                    @if dossiers.is_empty() { p { (words::COPY_NONE.say(lang)) } }
                    ul {
                        @for dossier in dossiers {
                            li {
                                (dossier.code) " – " (dossier.procedure_name) " – "
                                (date_short(local(dossier.submitted_at).date())) " – "
                                (dossier.status.say(lang)) " – " (dossier.owner.name)
                            }
                        }
                    }
                    h2 { (words::COPY_PAPERS.say(lang)) }
                    @if papers.is_empty() { p { (words::COPY_NONE.say(lang)) } }
                    ul { @for paper in papers { li { (paper.origin.name) } } }
                }
            }
        };
        self.begin("tong-quan.html")?;
        self.zip.write_all(page.into_string().as_bytes())
    }

    /// Everything but dossiers and files.
    fn data(
        &self,
        this: &str,
        papers: &[PersonalPaper],
        drafts: &[Draft],
    ) -> Result<Value, Failure> {
        let (office, contact) = (self.office, self.contact);
        let record = office.privacy_record(contact)?;
        let sessions = office.sessions_of(Whose::Contact(contact), this)?;
        let requests = office.data_requests_of(contact)?;
        let mandates = papers.iter().filter_map(|paper| {
            let represents = paper.represents.as_ref()?;
            let name = &represents.owner.name;
            Some(json!({ "paper": paper.id.to_string(), "for": name, "field": represents.field }))
        });
        Ok(json!({
            "layout": LAYOUT,
            "made_at": written(office.now()),
            "contact": contact,
            "details": office.account(contact)?.profile,
            "record": record.iter().map(line).collect::<Vec<_>>(),
            "sessions": sessions.iter().map(session).collect::<Vec<_>>(),
            "mandates": mandates.collect::<Vec<_>>(),
            "papers": papers.iter().map(DocumentState::from).collect::<Vec<_>>(),
            "drafts": drafts.iter().map(draft).collect::<Vec<_>>(),
            "requests": requests.iter().map(request).collect::<Vec<_>>(),
        }))
    }

    fn dossier(&mut self, dossier: &Dossier) -> io::Result<()> {
        let (office, lang) = (self.office, self.lang);
        let opened = Proof::Opened(vec![dossier.id]);
        let tracked = office.track(&dossier.code, &opened).map_err(|failure| failed(&failure))?;
        let folder = format!("ho-so/{}", dossier.code);
        let details = TrackingDetails::of(&tracked, &office.world(), office.now(), lang);
        self.json(&format!("{folder}/ho-so.json"), &details)?;
        let letters =
            office.letters_to_applicant(&tracked.dossier).map_err(|failure| failed(&failure))?;
        let letters: Vec<Value> = letters
            .iter()
            .map(|posted| {
                let letter = &posted.letter;
                json!({
                    "at": written(posted.created_at), "subject": letter.subject, "text": letter.long,
                })
            })
            .collect();
        self.json(&format!("{folder}/thu.json"), &letters)?;
        let looks = office.looks_at(dossier.id, LOOKS).map_err(|failure| failed(&failure))?;
        let looks: Vec<Value> = looks.iter().map(look).collect();
        self.json(&format!("{folder}/ai-da-xem.json"), &looks)?;
        for file in &tracked.dossier.attachments {
            self.file(&folder, file)?;
        }
        Ok(())
    }
}

fn line(entry: &Entry) -> Value {
    json!({
        "at": written(entry.at),
        "what": format!("{:?}", entry.act).to_lowercase(),
        "purpose": entry.purpose.map(crate::domain::privacy::Purpose::id),
        "version": entry.version,
        "words_sha256": data_encoding::HEXLOWER.encode(&entry.text),
        "way": entry.way.id(),
        "request": entry.request,
    })
}

fn session(listed: &Listed) -> Value {
    json!({
        "device": listed.device,
        "began_at": written(listed.began_at),
        "used_at": written(listed.used_at),
    })
}

fn draft(draft: &Draft) -> Value {
    json!({
        "id": draft.id,
        "procedure": draft.procedure,
        "began_at": written(draft.began_at),
        "saved_at": written(draft.saved_at),
        "answers": draft.answers,
    })
}

fn request(request: &Request) -> Value {
    let course = request.details.course.iter().map(|passage| {
        json!({
            "at": written(passage.at),
            "what": format!("{:?}", passage.deed).to_lowercase(),
            "text": passage.text,
            "ground": passage.ground,
        })
    });
    json!({
        "number": request.number,
        "agency": request.agency.as_str(),
        "kind": request.kind.id(),
        "received_at": written(request.received_at),
        "due_at": written(request.due_at),
        "text": request.details.text,
        "dossier": request.details.dossier.as_ref().map(ToString::to_string),
        "course": course.collect::<Vec<_>>(),
    })
}

/// A look as its page shows it: of an auditor the function alone.
fn look(shown: &Shown) -> Value {
    let look = &shown.look;
    let is_program = look.relation == Relation::Program;
    let is_named = look.roles.iter().filter_map(|id| Role::from_id(id)).any(Role::is_desk);
    json!({
        "at": written(look.at),
        "what": look.part.id(),
        "agency": (!is_program).then_some(&shown.agency),
        "roles": look.roles,
        "name": (is_named && !is_program).then_some(&shown.name),
    })
}
