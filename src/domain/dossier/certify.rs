//! `certify`: papers get their numbers in the books and are handed back, all in one visit.

use super::certification::{
    Certification, CertificationOrder, CertifiedLine, CertifiedPaper, book_number, groups,
};
use super::decide::{Context, check_length};
use super::event::Event;
use super::money::{FeeKind, FeeLine};
use super::state::{Delivery, Dossier, Holder, Settlement, Taker};
use super::status::Status;
use super::words;
use crate::domain::agency::Role;
use crate::domain::calendar::local;
use crate::domain::catalogue::Channel;
use crate::domain::refusal::{FieldError, Refusal, RefusalKind};
use crate::domain::rules::RulePack;
use crate::domain::words::{Lang, Text};

/// Most papers of a visit.
pub const MAX_CERTIFIED: usize = 50;
/// Most pages of a paper, and most copies.
const MAX_COUNT: u32 = 5_000;
/// Longest name of a paper.
const MAX_NAME: usize = 300;

/// Refuses a dossier of a procedure that stands in no book.
pub(super) fn check_kind(dossier: &Dossier, rules: &RulePack) -> Result<(), Refusal> {
    match rules.certification_kind(&dossier.procedure) {
        Some(_) => Ok(()),
        None => Err(Refusal::new(RefusalKind::Impossible, words::NOT_A_CERTIFICATION)
            .by_rule(rules.source("certification"))),
    }
}

/// Writes down what is to be certified later, and what it costs.
///
/// # Errors
/// A paper is wrong, by its row.
pub fn ask_certification(
    order: &CertificationOrder,
    ctx: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let (lines, signer) = checked(order, ctx)?;
    let mut events = vec![Event::CertificationAsked { lines, signer }];
    events.extend(fees(order, ctx.rules));
    Ok(events)
}

/// How many numbers a certification takes, by the signs of their books.
///
/// # Errors
/// A paper is wrong, by its row; or nothing was asked for.
pub fn certification_books(
    dossier: &Dossier,
    order: Option<&CertificationOrder>,
    ctx: &Context<'_>,
) -> Result<Vec<String>, Refusal> {
    let (lines, _) = wanted(dossier, order, ctx)?;
    let mut books = Vec::new();
    for (line, group) in lines.iter().zip(groups(&lines, ctx.rules)) {
        if group == books.len() {
            books.push(line.book.clone());
        }
    }
    Ok(books)
}

pub(super) fn decide(
    dossier: &Dossier,
    order: Option<&CertificationOrder>,
    numbers: &[u32],
    ctx: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    check_kind(dossier, ctx.rules)?;
    if dossier.unpaid() > 0 {
        return Err(unpaid(dossier.unpaid()));
    }
    let (mut lines, signer) = wanted(dossier, order, ctx)?;
    let groups = groups(&lines, ctx.rules);
    for (line, group) in lines.iter_mut().zip(groups) {
        let number = numbers.get(group).copied();
        line.number =
            Some(number.ok_or_else(|| Refusal::new(RefusalKind::Invalid, words::NO_NUMBER))?);
    }
    let mut events = Vec::new();
    if dossier.status == Status::Received {
        events.push(Event::Assigned { to: at_desk(ctx) });
    }
    if let Some(order) = order {
        events.extend(fees(order, ctx.rules));
        let owed: u64 = lines.iter().map(|line| line.fee).sum();
        if owed > 0 && order.payment.is_none() {
            return Err(unpaid(owed));
        }
    }
    let on = local(ctx.now).date();
    let outcome = outcome(&lines, on.year(), ctx.rules);
    events.push(Event::Certified { lines, signer, on });
    events.push(Event::Finished { outcome, attachments: Vec::new() });
    events.push(Event::Delivered(Delivery {
        received_by: Some(dossier.submitter.name.clone()),
        taker: (dossier.submitter == dossier.owner).then_some(Taker::Owner),
        ..Delivery::by(Channel::Counter)
    }));
    Ok(events)
}

fn unpaid(amount: u64) -> Refusal {
    Refusal::new(RefusalKind::Invalid, words::UNPAID.text(&[("amount", &amount.to_string())]))
}

/// Who certifies it has it at the desk.
fn at_desk(ctx: &Context<'_>) -> Holder {
    let staff = ctx.actor.staff();
    Holder {
        unit: staff.and_then(|staff| staff.unit.clone()),
        user: staff.map(|staff| staff.name.clone()),
    }
}

/// The lines to certify: those of the order, else those that were asked for before.
fn wanted(
    dossier: &Dossier,
    order: Option<&CertificationOrder>,
    ctx: &Context<'_>,
) -> Result<(Vec<CertifiedLine>, String), Refusal> {
    match (order, &dossier.certification) {
        (Some(order), _) => checked(order, ctx),
        (None, Some(Certification { lines, signer, on: None })) => {
            Ok((lines.clone(), signer.clone()))
        }
        (None, _) => Err(Refusal::field("papers", words::NOTHING_TO_CERTIFY)),
    }
}

fn checked(
    order: &CertificationOrder,
    ctx: &Context<'_>,
) -> Result<(Vec<CertifiedLine>, String), Refusal> {
    let mut errors = Vec::new();
    if order.papers.is_empty() {
        errors.push(error("papers", words::NOTHING_TO_CERTIFY.into()));
    }
    if order.papers.len() > MAX_CERTIFIED {
        let max = MAX_CERTIFIED.to_string();
        errors.push(error("papers", words::TOO_MANY.text(&[("max", &max)])));
    }
    let rows = order.papers.iter().take(MAX_CERTIFIED).enumerate();
    let lines: Vec<CertifiedLine> =
        rows.filter_map(|(row, paper)| line(row, paper, ctx.rules, &mut errors)).collect();
    let agency = ctx.actor.staff().map(|staff| &staff.agency);
    let signer = ctx.directory.staff(&order.signer).filter(|signer| {
        signer.enabled && signer.is(Role::Approver) && Some(&signer.agency) == agency
    });
    let signer = signer.map(|signer| signer.full_name.clone());
    if signer.is_none() {
        errors.push(error("signer", words::SIGNER_WRONG.into()));
    }
    match (signer, errors.is_empty()) {
        (Some(signer), true) => Ok((lines, signer)),
        _ => Err(Refusal::fields(errors)),
    }
}

fn line(
    row: usize,
    paper: &CertifiedPaper,
    rules: &RulePack,
    errors: &mut Vec<FieldError>,
) -> Option<CertifiedLine> {
    let at = |name: &str| format!("papers[{row}].{name}");
    let name = paper.name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        errors.push(error(&at("name"), words::PAPER_NAME_MISSING.into()));
    } else if check_length("name", &name).is_err() || name.chars().count() > MAX_NAME {
        let max = MAX_NAME.to_string();
        errors.push(error(&at("name"), words::TOO_LONG.text(&[("max", &max)])));
    }
    let max = MAX_COUNT.to_string();
    for (field, count) in [("pages", paper.pages), ("copies", paper.copies)] {
        if !(1..=MAX_COUNT).contains(&count) {
            errors.push(error(&at(field), words::COUNT_WRONG.text(&[("max", &max)])));
        }
    }
    let Some(kind) = rules.certification_kind(&paper.procedure) else {
        errors.push(error(&at("procedure"), words::NOT_A_CERTIFICATION.into()));
        return None;
    };
    Some(CertifiedLine {
        procedure: paper.procedure.clone(),
        book: kind.book.clone(),
        name,
        pages: paper.pages,
        copies: paper.copies,
        fee: paper.fee,
        number: None,
    })
}

fn error(field: &str, text: Text) -> FieldError {
    FieldError { field: field.to_owned(), text }
}

/// The fee lines of an order, and how they were paid.
fn fees(order: &CertificationOrder, rules: &RulePack) -> Vec<Event> {
    let fee = |paper: &CertifiedPaper| {
        let kind = rules.certification_kind(&paper.procedure);
        let kind = kind.map(|kind| kind.name.vi.clone()).unwrap_or_default();
        let (pages, copies) = (paper.pages.to_string(), paper.copies.to_string());
        let name = words::FEE_OF_PAPER.fill(
            Lang::Vi,
            &[("kind", &kind), ("name", &paper.name), ("pages", &pages), ("copies", &copies)],
        );
        FeeLine { basis: paper.basis.clone(), ..FeeLine::free(name, paper.fee, FeeKind::Fee) }
    };
    let mut lines: Vec<FeeLine> = order.papers.iter().map(fee).collect();
    lines.retain(FeeLine::says_something);
    if lines.is_empty() {
        return Vec::new();
    }
    let owed: u64 = lines.iter().map(|line| line.amount).sum();
    let mut events = vec![Event::PaymentRequested { fees: lines }];
    if let Some((method, receipt_number)) = order.payment.as_ref().filter(|_| owed > 0) {
        let receipt_number = receipt_number.clone().filter(|number| !number.trim().is_empty());
        let (method, due_at, request) = (*method, None, None);
        events.push(Event::PaymentRecorded { method, receipt_number, due_at, request });
    }
    events
}

fn outcome(lines: &[CertifiedLine], year: i16, rules: &RulePack) -> Settlement {
    let mut names: Vec<&str> = Vec::new();
    let mut numbers: Vec<String> = Vec::new();
    for line in lines {
        let name = rules.certification_kind(&line.procedure).map(|kind| kind.name.vi.as_str());
        names.extend(name.filter(|name| !names.contains(name)));
        let number = book_number(line.number.unwrap_or_default(), year, &line.book);
        if !numbers.contains(&number) {
            numbers.push(number);
        }
    }
    Settlement {
        favourable: true,
        name: names.join("; "),
        number: Some(numbers.join("; ")),
        reason: None,
        collect_reason: None,
        at_section: true,
    }
}

#[cfg(test)]
mod tests {
    use super::{ask_certification, certification_books};
    use crate::domain::agency::Role;
    use crate::domain::dossier::fixture::{
        CERTIFIED, CONTRACT, Case, DEPARTMENT, certify, invalid, order, plain, rules, staff, stop,
    };
    use crate::domain::dossier::{
        CertificationOrder, CertifiedPaper, Command, Context, PaymentMethod, Status,
    };
    use crate::domain::refusal::RefusalKind;
    use crate::domain::rules::RulePack;

    fn desk() -> crate::domain::dossier::Actor {
        staff(Role::Receptionist, DEPARTMENT)
    }

    fn with(order: CertificationOrder, numbers: &[u32]) -> Command {
        Command::Certify { order: Some(order), numbers: numbers.to_vec() }
    }

    #[test]
    fn a_visit_ends_with_numbers_fees_and_delivery_in_one_go() {
        let case = Case::counter();
        let case = case.after(desk(), with(order(&[(CERTIFIED, 5), (CONTRACT, 2)]), &[41, 7]));
        let dossier = case.dossier;
        assert_eq!(dossier.status, Status::ResultReturned);
        let certification = dossier.certification.unwrap();
        let numbers: Vec<_> = certification.lines.iter().map(|line| line.number).collect();
        assert_eq!(numbers, [Some(41), Some(7)]);
        assert_eq!(certification.lines[1].book, "SCT/HĐ,GD");
        assert!(certification.on.is_some() && dossier.fees.iter().all(|fee| fee.paid.is_some()));
        assert_eq!(dossier.fees.len(), 2);
        let outcome = dossier.outcome.unwrap();
        let number = outcome.number.unwrap();
        assert!(number.contains("41, quyển số 01/2026-SCT/BS"), "{number}");
    }

    #[test]
    fn what_is_asked_for_later_keeps_its_papers_until_it_is_certified() {
        let mut case = Case::counter();
        let rules = rules();
        let actor = desk();
        let ctx = Context { now: case.now, actor: &actor, rules: &rules, directory: case.world };
        let asked = order(&[(CERTIFIED, 3)]);
        for event in ask_certification(&asked, &ctx).unwrap() {
            case.dossier.apply(case.now, &event);
        }
        assert_eq!(case.dossier.status, Status::Received);
        let books = certification_books(&case.dossier, None, &ctx).unwrap();
        assert_eq!(books, ["SCT/BS"]);
        let numbers = vec![1];
        let case = case.after(desk(), Command::Certify { order: None, numbers });
        assert_eq!(case.dossier.status, Status::ResultReturned);
        let again = case.refused(desk(), certify());
        assert_eq!(again.0, RefusalKind::Impossible);
    }

    #[test]
    fn each_wrong_row_is_named() {
        let mut wrong = order(&[(CERTIFIED, 1), (CONTRACT, 1)]);
        wrong.papers[0].name = " ".to_owned();
        wrong.papers[1] = CertifiedPaper { pages: 0, copies: 9_999, ..wrong.papers[1].clone() };
        wrong.signer = "nobody".into();
        let refused = Case::counter().refused(desk(), with(wrong, &[1, 2]));
        assert_eq!(refused, invalid("papers[0].name papers[1].pages papers[1].copies signer"));
        let nothing = order(&[]);
        assert_eq!(Case::counter().refused(desk(), with(nothing, &[])), invalid("papers"));
        let later = Command::Certify { order: None, numbers: vec![1] };
        assert_eq!(Case::counter().refused(desk(), later), invalid("papers"));
    }

    #[test]
    fn what_is_unpaid_comes_first_and_other_procedures_stand_in_no_book() {
        let unpaid = CertificationOrder { payment: None, ..order(&[(CERTIFIED, 2)]) };
        let refused = Case::counter().refused(desk(), with(unpaid, &[1]));
        assert_eq!(refused, plain(RefusalKind::Invalid));
        let free = CertificationOrder { payment: None, ..order(&[(CERTIFIED, 0)]) };
        let case = Case::counter().after(desk(), with(free, &[1]));
        assert!(case.dossier.fees.is_empty());
        let card = CertificationOrder {
            payment: Some((PaymentMethod::Card, Some("AA 12".to_owned()))),
            ..order(&[(CERTIFIED, 2)])
        };
        let case = Case::counter().after(desk(), with(card, &[1]));
        let paid = case.dossier.fees[0].paid.clone().unwrap();
        assert_eq!(paid.receipt_number.as_deref(), Some("AA 12"));

        let bare = RulePack { certification: Vec::new(), ..rules() };
        let refusal = super::check_kind(&Case::counter().dossier, &bare).unwrap_err();
        assert_eq!(refusal.kind, RefusalKind::Impossible);
        assert!(refusal.rule.is_some());
        let ended = Case::counter().after(staff(Role::Approver, DEPARTMENT), stop());
        assert_eq!(ended.refused(desk(), certify()).0, RefusalKind::Impossible);
    }
}
