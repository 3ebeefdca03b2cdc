//! What stands in the counter's form: the procedure found, the card read, the papers ticked.

use std::collections::BTreeSet;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use super::drafted::{NOTE, SEEN_AT};
use super::form::{Declared, VERSION};
use super::giving_back::GivenBack;
use crate::domain::agency::Agency;
use crate::domain::calendar::words::date_short;
use crate::domain::catalogue::{Channel, Component, Procedure};
use crate::domain::dossier::Directory;
use crate::domain::dossier::linking::settles;
use crate::domain::identity::{self, card};
use crate::domain::ids::ProcedureCode;
use crate::domain::person::{Mandate, MandateKind, Person};
use crate::domain::refusal::{FieldError, Refusal};
use crate::domain::territory::territory;
use crate::domain::words::{Message, Text};
use crate::office::Failure;
use crate::office::filing::{FiledPaper, Filing};
use crate::office::finding::{Hit, Query};
use crate::office::printing::FormCode;
use crate::office::world::{LinkChoice, World};
use crate::web::asking;
use crate::web::components::AddressParts;
use crate::web::desk::access::Desk;
use crate::web::desk::dates;
use crate::web::desk::posted::Posted;
use crate::web::desk::reading::{channel, checked_papers};
use crate::web::words::desk_counter as words;

/// Procedures offered for a search.
const MOST_HITS: usize = 7;

/// The button that goes on in another procedure with what was answered.
pub(super) const CARRY: &str = "_sang";

/// The form as it stands.
pub struct Counter {
    /// What was sent, with what a card or a search filled in.
    pub sent: Posted,
    /// The chosen procedure.
    pub procedure: Option<Arc<Procedure>>,
    /// What the search found.
    pub hits: Vec<Hit>,
    /// The name on the card that was just read.
    pub card_read: Option<String>,
    /// Why a card was not read.
    pub card_wrong: Option<Message>,
    /// The answers of the declared form.
    pub declared: Declared,
    /// Whether a citizen's draft has what stands in the form.
    pub(super) given_back: GivenBack,
}

impl Counter {
    /// Reads the form, the search and the cards in it.
    pub fn of(desk: &Desk, mut sent: Posted) -> Self {
        let to = sent.some(CARRY);
        if let Some(to) = &to {
            move_on(&mut sent, to);
        }
        let (card_read, card_wrong) = read_cards(&mut sent);
        let (procedure, hits) = find(desk, &mut sent);
        let (declared, given_back) = (Declared::default(), GivenBack::Nothing);
        let mut counter =
            Self { sent, procedure, hits, card_read, card_wrong, declared, given_back };
        counter.declared = Declared::of(&counter.sent, counter.is_same_procedure());
        let world = desk.office().world();
        if let Some(form) = counter.declared_form(&world) {
            if to.is_some() {
                counter.declared.typed.retain(|name, _| asking::asks(&form.declaration, name));
            }
            counter.declared.rearrange(form, &counter.sent);
        }
        counter.follow(desk);
        counter
    }

    /// Whether somebody files for another person.
    pub fn is_for_another(&self) -> bool {
        matches!(self.sent.get("who"), "authorised" | "legal")
    }

    /// The way in: online only when the desk helped at the national portal.
    pub fn channel(&self) -> Channel {
        channel(self.sent.get("channel")).unwrap_or(Channel::Counter)
    }

    /// Whether the desk helped to file it online.
    pub fn is_assisted(&self) -> bool {
        self.channel() == Channel::Online
    }

    /// Agencies that could decide the chosen procedure, the likely one first; none to choose from
    /// when there is only one.
    pub fn settlers<'w>(&self, desk: &Desk, world: &'w World) -> Vec<&'w Agency> {
        let Some(procedure) = &self.procedure else { return Vec::new() };
        let own = &desk.staff.agency;
        let likely = world.competent(own, procedure);
        let mut settlers: Vec<&Agency> =
            world.agencies().filter(|a| settles(a, procedure) && world.is_open(&a.code)).collect();
        settlers.sort_by_key(|agency| agency.code != likely);
        if settlers.len() > 1 { settlers } else { Vec::new() }
    }

    /// The procedures that follow and leave their agency to the filing, with the agencies for each.
    pub fn choices<'w>(&self, desk: &Desk, world: &'w World) -> Vec<LinkChoice<'w>> {
        let Some(procedure) = &self.procedure else { return Vec::new() };
        let own = &desk.staff.agency;
        world.link_choices(&procedure.code, own, desk.office().today())
    }

    /// The way out.
    pub fn return_channel(&self) -> Channel {
        channel(self.sent.get("return_channel")).unwrap_or(Channel::Counter)
    }

    /// The provinces whose communes the page suggests for the persons' addresses: the office's own, and those
    /// that were chosen.
    pub(super) fn suggested(&self, own: &str) -> BTreeSet<String> {
        let chosen = ["applicant.address", "owner.address"]
            .map(|name| address_of(&self.sent, name).now.province);
        let all = chosen.into_iter().chain([own.to_owned()]);
        all.filter(|province| territory().province(province).is_some()).collect()
    }

    /// What is to be filed.
    ///
    /// # Errors
    /// Something that must be there is not, or is no date or number.
    pub fn filing(&self, desk: &Desk) -> Result<Filing, Refusal> {
        let (filing, mut errors) = self.read(desk);
        if errors.is_empty() {
            return Ok(filing);
        }
        // Everything that is wrong is said at once, what only the rules know included.
        let looked = desk.office().preview_filing(desk.caller(), filing);
        if let Err(Failure::Refused(refusal)) = looked {
            for error in self.at_form(refusal).fields {
                if !errors.iter().any(|known| known.field == error.field) {
                    errors.push(error);
                }
            }
        }
        Err(Refusal::fields(errors))
    }

    fn read(&self, desk: &Desk) -> (Filing, Vec<FieldError>) {
        let mut errors = self.sent.refused.clone();
        let mut refuse = |field: &str, text: Text| {
            errors.push(FieldError { field: field.to_owned(), text });
        };
        if self.procedure.is_none() {
            refuse("q", words::PROCEDURE_MISSING.into());
        }
        let mut person = |who: &str| {
            let typed = self.sent.get(&format!("{who}.birth_date"));
            let birth_date = dates::date(typed);
            if birth_date.is_none() && !typed.is_empty() {
                let why = dates::no_date(typed, words::BIRTH_NOT_REAL);
                refuse(&format!("{who}.birth_date"), why);
            }
            person_of(&self.sent, who, birth_date)
        };
        let applicant = person("applicant");
        let owner = self.is_for_another().then(|| person("owner"));
        let papers = match self.papers(desk) {
            Ok(papers) => papers,
            Err(refusal) => {
                errors.extend(refusal.fields);
                Vec::new()
            }
        };
        errors.extend(self.wrong_answers(desk, &desk.office().world()));
        (self.filing_of(desk, applicant, owner, papers), errors)
    }

    /// What can be looked at before it is complete: the due date needs only the procedure, the fee and the
    /// papers what was answered so far.
    pub fn filing_to_look(&self, desk: &Desk) -> Option<Filing> {
        let procedure = self.procedure.as_ref()?;
        let all = procedure.components.iter().map(|component| FiledPaper {
            component: component.id.to_string(),
            originals: component.originals,
            copies: component.copies,
            on_paper: true,
            uploads: Vec::new(),
            evidence: Default::default(),
        });
        let somebody = || Person { name: words::SOMEBODY.vi.to_owned(), ..Person::default() };
        let owner = self.is_for_another().then(somebody);
        let mut filing = self.filing_of(desk, somebody(), owner, all.collect());
        // A wrong answer takes neither the date nor what the others cost.
        for wrong in self.wrong_answers(desk, &desk.office().world()) {
            let path = wrong.field.strip_prefix("form.").unwrap_or(&wrong.field);
            filing.form.remove(path.split(['.', '[']).next().unwrap_or(path));
        }
        if let Some(mandate) = &mut filing.mandate {
            mandate.paper.get_or_insert_with(|| words::SOMEBODY.vi.to_owned());
        }
        Some(filing)
    }

    fn filing_of(
        &self,
        desk: &Desk,
        applicant: Person,
        owner: Option<Person>,
        papers: Vec<FiledPaper>,
    ) -> Filing {
        let kind = match self.sent.get("who") {
            "legal" => MandateKind::LegalRepresentative,
            _ => MandateKind::Authorised,
        };
        let mandate =
            owner.is_some().then(|| Mandate { kind, paper: self.sent.some("mandate_paper") });
        let code = self.procedure.as_ref().map(|p| p.code.to_string()).unwrap_or_default();
        let (form, form_version) = self.declared_answers(&desk.office().world());
        Filing {
            procedure: code,
            agency: Some(desk.staff.agency.to_string()),
            channel: self.channel(),
            return_channel: self.return_channel(),
            owner,
            applicant,
            mandate,
            form,
            papers,
            external_codes: self.external_codes(),
            competent: self.sent.some("competent").filter(|_| self.is_same_procedure()),
            linked: self.linked(),
            is_assisted: self.is_assisted(),
            form_version,
        }
    }

    /// Whether what was chosen for a procedure was chosen for this one.
    pub(super) fn is_same_procedure(&self) -> bool {
        let code = self.procedure.as_ref().map_or("", |procedure| procedure.code.as_str());
        self.sent.get("papers_of") == code
    }

    fn external_codes(&self) -> Vec<String> {
        let code = self.sent.some("national_code").filter(|_| self.is_assisted());
        code.map(|code| code.to_uppercase()).into_iter().collect()
    }

    fn linked(&self) -> Vec<(String, String)> {
        let procedures = self.sent.all("linked").filter(|_| self.is_same_procedure());
        let chosen = procedures
            .filter_map(|code| Some((code.to_owned(), self.sent.some(&format!("linked.{code}"))?)));
        chosen.collect()
    }

    fn papers(&self, desk: &Desk) -> Result<Vec<FiledPaper>, Refusal> {
        let checked = checked_papers(&self.sent)?;
        let mut papers: Vec<FiledPaper> = checked
            .into_iter()
            .map(|paper| FiledPaper {
                uploads: self.uploads(desk, &paper.component),
                component: paper.component,
                originals: paper.originals,
                copies: paper.copies,
                on_paper: true,
                evidence: paper.evidence,
            })
            .collect();
        // A scan alone brings its paper along.
        let components = self.procedure.iter().flat_map(|procedure| &procedure.components);
        let mut uncompared = Vec::new();
        for component in components {
            let known = papers.iter().any(|paper| paper.component == component.id.as_str());
            let uploads = self.uploads(desk, component.id.as_str());
            if self.is_uncompared(component, uploads.len()) {
                uncompared.push(FieldError {
                    field: format!("paper.{}", component.id),
                    text: words::COMPARE_FIRST.into(),
                });
            }
            if !known && !uploads.is_empty() {
                papers.push(FiledPaper {
                    component: component.id.to_string(),
                    originals: 0,
                    copies: 0,
                    on_paper: false,
                    uploads,
                    evidence: Default::default(),
                });
            }
        }
        if !uncompared.is_empty() {
            return Err(Refusal::fields(uncompared));
        }
        Ok(papers)
    }

    /// Whether the receptionist has ticked a paper of this procedure.
    pub(super) fn is_ticked(&self, component: &str) -> bool {
        self.is_same_procedure() && self.sent.all("paper").any(|ticked| ticked == component)
    }

    /// Whether a paper is there only as files of a citizen's draft, while its original is to be looked at
    /// where somebody stands at the counter with it.
    pub(super) fn is_uncompared(&self, component: &Component, files: usize) -> bool {
        files > 0
            && (component.originals > 0 || component.name.contains("đối chiếu"))
            && self.sent.has(NOTE)
            && !self.is_assisted()
            && !self.is_ticked(component.id.as_str())
    }

    fn uploads(&self, desk: &Desk, component: &str) -> Vec<crate::domain::ids::AttachmentId> {
        let files = self.sent.uploads(desk, &format!("f.{component}"));
        files.into_iter().map(|file| file.id).collect()
    }

    /// A refusal at the fields of this form.
    pub fn at_form(&self, mut refusal: Refusal) -> Refusal {
        for error in &mut refusal.fields {
            if error.field == "procedure" {
                "q".clone_into(&mut error.field);
            } else if error.field == "mandate.paper" {
                "mandate_paper".clone_into(&mut error.field);
            } else if error.field.starts_with("external_codes") {
                "national_code".clone_into(&mut error.field);
            } else if error.field == "competent_agency" {
                "competent".clone_into(&mut error.field);
            } else if let Some(id) = error.field.strip_prefix("components.") {
                error.field = format!("paper.{id}");
            } else if let Some(date) = dated_row(&self.sent, &error.field) {
                error.field = date;
            }
        }
        refusal
    }
}

/// The box of a paper's date, of which a refusal says `components[0].issued_on`.
fn dated_row(sent: &Posted, field: &str) -> Option<String> {
    let row = field.strip_prefix("components[")?.strip_suffix("].issued_on")?;
    let id = sent.all("paper").nth(row.parse().ok()?)?;
    Some(format!("n.{id}"))
}

/// Another procedure is meant: persons and answers stay; papers, files and the form's version were those
/// of the first, and a citizen's draft stays as it is.
fn move_on(sent: &mut Posted, to: &str) {
    let files: Vec<String> = sent.file_fields();
    for name in files {
        sent.unset(&format!("{name}.kept"));
    }
    for name in ["q", "q_before", "paper", NOTE, SEEN_AT, VERSION, "competent", "linked"] {
        sent.unset(name);
    }
    sent.set("procedure", to);
    sent.set("papers_of", to);
}

/// A person as typed or read from a card.
pub fn person_of(sent: &Posted, who: &str, birth_date: Option<jiff::civil::Date>) -> Person {
    let text = |field: &str| sent.some(&format!("{who}.{field}"));
    let get = |name: &str| sent.has(name).then(|| sent.get(name));
    let no_blanks = |text: String| text.split_whitespace().collect::<String>();
    Person {
        name: text("name").map(|name| name.nfc().collect()).unwrap_or_default(),
        id_number: text("id_number").map(no_blanks),
        birth_date,
        phone: text("phone").map(|phone| identity::phone(&phone).unwrap_or(phone)),
        email: text("email"),
        address: Some(AddressParts::line_of(&format!("{who}.address"), get))
            .filter(|line| !line.is_empty())
            .map(|line| line.nfc().collect()),
    }
}

/// An address as it stands in a form of the desk.
pub fn address_of(sent: &Posted, name: &str) -> AddressParts {
    AddressParts::typed(name, |name| sent.has(name).then(|| sent.get(name)))
}

/// Reads the cards that were scanned into the boxes for them, and empties the boxes.
pub fn read_cards(sent: &mut Posted) -> (Option<String>, Option<Message>) {
    let (mut read, mut wrong) = (None, None);
    for (field, who) in [("card", "applicant"), ("owner_card", "owner")] {
        // A scanner types where the cursor stands: the box for the number takes a card too.
        let boxes = [field.to_owned(), format!("{who}.id_number"), format!("{who}.name")];
        let line =
            boxes.iter().map(|name| (name.clone(), sent.get(name).nfc().collect::<String>())).find(
                |(name, line)| card::looks_like_a_card(line) || (name == field && !line.is_empty()),
            );
        let Some((name, line)) = line else { continue };
        match card::read(&line) {
            Ok(card) => {
                sent.set(&name, "");
                fill(sent, who, &card);
                if card.birth_date.is_none() && !card.birth.is_empty() {
                    wrong = Some(words::CARD_BIRTH);
                }
                read = Some(card.name);
            }
            Err(message) => {
                sent.set(&name, "");
                wrong = Some(message);
            }
        }
    }
    (read, wrong)
}

fn fill(sent: &mut Posted, who: &str, card: &card::Card) {
    sent.set(&format!("{who}.name"), card.name.as_str());
    sent.set(&format!("{who}.id_number"), card.id_number.as_str());
    // What is no day stands in the box to be seen, but zeros for a day that nobody knows.
    let as_written = Some(card.birth.clone()).filter(|birth| !birth.starts_with("0000"));
    let birth = card.birth_date.map(date_short).or(as_written);
    sent.set(&format!("{who}.birth_date"), birth.unwrap_or_default());
    let name = format!("{who}.address");
    for part in AddressParts::names(&name) {
        sent.unset(&part);
    }
    // Older cards have names with a district: the parts are read from the line.
    sent.set(&name, card.address.as_str());
}

/// The chosen procedure, and what a new search found. The best hit is chosen at once, so that the
/// keyboard goes on; the others stay one key away.
fn find(desk: &Desk, sent: &mut Posted) -> (Option<Arc<Procedure>>, Vec<Hit>) {
    let world = desk.office().world();
    let known = |code: &str| world.shared_procedure(&ProcedureCode::new(code));
    let (text, before) = (sent.get("q").to_owned(), sent.get("q_before").to_owned());
    let chosen = known(sent.get("procedure"));
    if text.is_empty() {
        sent.set("q_before", "");
        return (chosen, Vec::new());
    }
    // A scanner types the code of a printed form.
    let form = FormCode::read(&text).filter(|code| code.dossier.is_none());
    let exact = form.and_then(|code| world.shared_procedure(&code.version.procedure));
    let exact = exact.or_else(|| known(&text));
    let query = Query { text: &text, limit: MOST_HITS, ..Query::default() };
    let hits = desk.office().find_procedures(&query).map(|found| found.hits);
    let hits = hits.unwrap_or_default();
    let is_new = text != before;
    sent.set("q_before", text);
    let best = || hits.first().and_then(|hit| world.shared_procedure(&hit.code));
    let procedure = match is_new {
        true => exact.or_else(best),
        false => chosen.or_else(best),
    };
    (procedure, hits)
}
