//! The fast path of certification: one visit, many papers; numbers, fees, delivery in one commit.

use jiff::Timestamp;

use super::repeat::{self, Answer, Once};
use super::{Caller, Office, filing, no_dossier, words};
use crate::domain::agency::{Role, Staff};
use crate::domain::calendar::local;
use crate::domain::catalogue::{Channel, Procedure};
use crate::domain::dossier::{
    Basis, CertificationOrder, CertifiedPaper, Command, Context, Directory, Dossier, PaymentMethod,
    Request, Submission, SubmittedPaper, ask_certification, certification_books, decide,
    lookup_secret, submit,
};
use crate::domain::fee::{Asked, Assessment, Count, Exemption, Schedule, Unit};
use crate::domain::ids::{AgencyCode, ProcedureCode, UserName};
use crate::domain::person::Person;
use crate::domain::refusal::{FieldError, Refusal, RefusalKind};
use crate::domain::rules::{CertificationKind, RulePack};
use crate::office::world::World;
use crate::store::ledger::Failure;
use crate::store::txn::Txn;

/// A paper as the desk enters it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PaperAsked {
    /// The procedure's code.
    pub procedure: String,
    /// What the paper is called.
    pub name: String,
    /// Pages of the original.
    pub pages: u32,
    /// Copies.
    pub copies: u32,
}

impl From<PaperAsked> for CertifiedPaper {
    /// Its fee is set by [`Office::price`].
    fn from(asked: PaperAsked) -> Self {
        let PaperAsked { procedure, name, pages, copies } = asked;
        let procedure = ProcedureCode::new(procedure.trim());
        Self { procedure, name, pages, copies, fee: 0, basis: None }
    }
}

/// A visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// Who asks.
    pub applicant: Person,
    /// For what.
    pub papers: Vec<PaperAsked>,
    /// Who signs.
    pub signer: UserName,
    /// The exemption that was granted, by its id.
    pub exemption: Option<String>,
    /// How the fee is paid.
    pub method: PaymentMethod,
    /// Serial and number of the official receipt.
    pub receipt_number: Option<String>,
    /// Certified and handed over on the next working day.
    pub later: bool,
}

/// What a paper costs, and why; or what is wrong with its row.
pub type Quote = Result<Assessment, Refusal>;

impl Office {
    /// The kinds of certification that an agency does: those of its rule pack that its catalogue
    /// has and that it settles itself.
    pub fn certification_kinds(&self, agency: &AgencyCode) -> Vec<CertificationKind> {
        let world = self.world();
        let kinds = &world.pack_for(agency, self.now()).certification;
        let own = |kind: &&CertificationKind| {
            let procedure = world.procedure(&kind.procedure);
            procedure.is_some_and(|procedure| world.competent(agency, procedure) == *agency)
        };
        kinds.iter().filter(own).cloned().collect()
    }

    /// The exemptions that may be granted today for these procedures, each once.
    pub fn certification_exemptions(
        &self,
        agency: &AgencyCode,
        procedures: &[ProcedureCode],
    ) -> Vec<Exemption> {
        let (world, day) = (self.world(), local(self.now()).date());
        let mut found: Vec<Exemption> = Vec::new();
        for procedure in procedures {
            let (schedule, _) = world.fees_with_origin(agency, procedure);
            for exemption in schedule.exemptions_on(day) {
                if found.iter().all(|known| known.id != exemption.id) {
                    found.push(exemption.clone());
                }
            }
        }
        found
    }

    /// What each paper of a visit costs.
    pub fn certification_quotes(
        &self,
        agency: &AgencyCode,
        papers: &[PaperAsked],
        exemption: Option<&str>,
    ) -> Vec<Quote> {
        let (world, now) = (self.world(), self.now());
        let rules = world.pack_for(agency, now);
        papers.iter().map(|paper| quote(&world, rules, agency, paper, exemption, now)).collect()
    }

    /// Whether certification may wait for the next working day: after the hour until which same-day
    /// matters are settled the same day.
    pub fn certification_may_wait(&self, agency: &AgencyCode) -> bool {
        let now = self.now();
        local(now).time() >= self.world().pack_for(agency, now).reception.same_day_cutoff
    }

    /// Takes a visit in: the dossier with everything that happens to it, in one commit. Sent twice
    /// under the same [`Once`], it is done once.
    ///
    /// # Errors
    /// A refusal that names every row and field to repair, or a fault; no number was used then.
    pub async fn certify(
        &self,
        caller: &Caller,
        visit: Visit,
        once: Option<Once>,
    ) -> Result<Dossier, Failure> {
        if let Some(answer) = self.answered(once.as_ref())? {
            return self.as_answered(answer);
        }
        let staff = receptionist(caller)?.clone();
        if visit.later && !self.certification_may_wait(&staff.agency) {
            return Err(self.too_early(&staff.agency).into());
        }
        let (submission, order) = self.prepared(&staff, visit.clone())?;
        let (world, actor, later) = (self.world(), caller.actor(), visit.later);
        let done = self.ledger.run(move |txn| {
            if let Some(answer) = repeat::recall(txn, once.as_ref())? {
                return Ok(answer);
            }
            let now = txn.now();
            let rules = world.pack_for(&staff.agency, now);
            let ctx = Context { now, actor: &actor, rules, directory: world.as_ref() };
            let dossier = taken_in(txn, &submission, &order, &ctx)?;
            let stored = txn.dossier(dossier.id)?.ok_or_else(no_dossier)?;
            let events = match later {
                true => ask_certification(&order, &ctx)?,
                false => {
                    let numbers = draw_numbers(txn, &dossier, Some(&order), &ctx)?;
                    let command = Command::Certify { order: Some(order.clone()), numbers };
                    let version = dossier.version;
                    decide(&dossier, &Request { version, command, note: None }, &ctx)?
                }
            };
            let dossier = txn.append(stored, &events, &actor.label())?;
            let answer = Answer {
                dossier: dossier.id,
                version: dossier.version,
                status: dossier.status,
                due_at: dossier.clock.due_at,
            };
            repeat::remember(txn, once.as_ref(), answer);
            Ok(answer)
        });
        let dossier = self.as_answered(done.await?.value)?;
        self.note_at_ticket(caller, &dossier.code);
        Ok(dossier)
    }

    fn too_early(&self, agency: &AgencyCode) -> Refusal {
        let world = self.world();
        let rules = world.pack_for(agency, self.now());
        let hour = rules.reception.same_day_cutoff.strftime("%H:%M").to_string();
        Refusal::field("later", words::CERTIFY_NOW.text(&[("hour", &hour)]))
            .by_rule(rules.source("certification"))
    }

    /// The submission and the order of a visit, with what each paper costs.
    fn prepared(
        &self,
        staff: &Staff,
        visit: Visit,
    ) -> Result<(Submission, CertificationOrder), Refusal> {
        let world = self.world();
        let mut order = CertificationOrder {
            papers: visit.papers.into_iter().map(CertifiedPaper::from).collect(),
            signer: visit.signer,
            exemption: visit.exemption,
            payment: Some((visit.method, visit.receipt_number)),
        };
        self.price(&staff.agency, &mut order)?;
        let first = order.papers.first().map(|paper| paper.procedure.clone());
        let first = first.unwrap_or_else(|| ProcedureCode::new(""));
        let procedure = world.procedure(&first);
        let submission = submission(staff, procedure, first.clone(), visit.applicant);
        Ok((submission, order))
    }

    /// Sets what each paper of an order costs, and how that was computed; what a sender says about
    /// it does not count.
    ///
    /// # Errors
    /// A row cannot be assessed, or the exemption is not one of its papers; everything at once.
    pub(super) fn price(
        &self,
        agency: &AgencyCode,
        order: &mut CertificationOrder,
    ) -> Result<(), Refusal> {
        let asked = order.papers.iter().map(|paper| PaperAsked {
            procedure: paper.procedure.to_string(),
            name: paper.name.clone(),
            pages: paper.pages,
            copies: paper.copies,
        });
        let asked: Vec<PaperAsked> = asked.collect();
        let exemption = order.exemption.as_deref().filter(|id| !id.is_empty());
        let mut errors = Vec::new();
        let quotes = self.certification_quotes(agency, &asked, exemption);
        for (paper, quote) in order.papers.iter_mut().zip(quotes) {
            match quote {
                Ok(quote) => (paper.fee, paper.basis) = (quote.total, Basis::of_all(&quote.items)),
                Err(refusal) => errors.extend(refusal.fields),
            }
        }
        let codes: Vec<ProcedureCode> = order.papers.iter().map(|p| p.procedure.clone()).collect();
        let known = self.certification_exemptions(agency, &codes);
        if exemption.is_some_and(|id| known.iter().all(|known| known.id != id)) {
            let text = words::NOT_EXEMPT.into();
            errors.push(FieldError { field: "exemption".to_owned(), text });
        }
        if errors.is_empty() { Ok(()) } else { Err(Refusal::fields(errors)) }
    }
}

fn receptionist(caller: &Caller) -> Result<&Staff, Refusal> {
    let staff = caller.staff().filter(|staff| staff.is(Role::Receptionist));
    staff.ok_or_else(|| Refusal::new(RefusalKind::Forbidden, words::ROLE_MAY_NOT))
}

/// The papers that such a procedure demands lie on the counter.
fn submission(
    staff: &Staff,
    procedure: Option<&Procedure>,
    code: ProcedureCode,
    applicant: Person,
) -> Submission {
    let components = procedure.iter().flat_map(|procedure| &procedure.components);
    let papers =
        components.filter(|component| component.mandatory).map(|component| SubmittedPaper {
            component: component.id.to_string(),
            originals: component.originals,
            copies: component.copies,
            on_paper: true,
            attachments: Vec::new(),
            evidence: Default::default(),
        });
    Submission {
        procedure: code,
        receiving_agency: staff.agency.clone(),
        competent_agency: staff.agency.clone(),
        channel: Channel::Counter,
        return_channel: Channel::Counter,
        owner: None,
        applicant,
        mandate: None,
        form: Default::default(),
        papers: papers.collect(),
        external_codes: Vec::new(),
        linked: Vec::new(),
        is_assisted: false,
        form_version: None,
    }
}

/// Files the dossier of a visit; everything that is wrong is named at once.
fn taken_in(
    txn: &mut Txn<'_>,
    submission: &Submission,
    order: &CertificationOrder,
    ctx: &Context<'_>,
) -> Result<Dossier, Failure> {
    let new = txn.new_key(filing::new_id(ctx.now, txn.env().bytes()));
    let secret = lookup_secret(txn.env().bytes());
    let names = filing::new_names(txn, new.id, &submission.receiving_agency, ctx.rules, secret)?;
    let mut wrong = ask_certification(order, ctx).err();
    let submitted = match (submit(submission, names, ctx), &mut wrong) {
        (Ok(events), None) => events,
        (Ok(_), Some(_)) => Vec::new(),
        (Err(refusal), None) => return Err(refusal.into()),
        (Err(refusal), Some(wrong)) => {
            // The procedure is named by the rows.
            let fields = refusal.fields.into_iter().filter(|error| error.field != "procedure");
            wrong.fields.splice(0..0, fields);
            Vec::new()
        }
    };
    if let Some(wrong) = wrong {
        return Err(wrong.into());
    }
    txn.create(new, &submitted, &ctx.actor.label())
}

/// Draws the numbers of a certification from the books of the year.
pub(super) fn draw_numbers(
    txn: &mut Txn<'_>,
    dossier: &Dossier,
    order: Option<&CertificationOrder>,
    ctx: &Context<'_>,
) -> Result<Vec<u32>, Failure> {
    let year = local(ctx.now).year();
    let books = certification_books(dossier, order, ctx)?;
    books.iter().map(|book| txn.next_in_book(&dossier.competent_agency, book, year)).collect()
}

/// What a paper costs.
fn quote(
    world: &World,
    rules: &RulePack,
    agency: &AgencyCode,
    paper: &PaperAsked,
    exemption: Option<&str>,
    now: Timestamp,
) -> Quote {
    let code = ProcedureCode::new(paper.procedure.trim());
    let (schedule, _) = world.fees_with_origin(agency, &code);
    let day = local(now).date();
    let per_paper = rules.certification_kind(&code).is_some_and(|kind| kind.per_paper);
    let counts = counts(&schedule, paper, per_paper, now);
    let exemption =
        exemption.filter(|id| schedule.exemptions_on(day).any(|known| known.id == **id));
    // What is empty is named by its own field.
    if paper.pages == 0 || paper.copies == 0 {
        return Ok(Assessment::default());
    }
    schedule.assess(&Asked { channel: Channel::Counter, day, counts: &counts, exemption })
}

/// What is counted of a paper by the rules of its schedule.
fn counts(schedule: &Schedule, paper: &PaperAsked, per_paper: bool, now: Timestamp) -> Vec<Count> {
    let day = local(now).date();
    let rules = schedule.rules_for(Channel::Counter, day);
    let counted = rules.filter_map(|rule| {
        let units = match rule.unit {
            Unit::Dossier => return None,
            Unit::Page => paper.pages,
            // Each signed paper is a case; an act is one, however many copies it has.
            Unit::Case if per_paper => paper.copies,
            Unit::Case | Unit::Person => 1,
            Unit::Copy => paper.copies,
        };
        Some(Count { rule: rule.id.clone(), what: paper.name.clone(), units, copies: paper.copies })
    });
    counted.collect()
}
