//! Certification (chứng thực): the papers of a visit, and their numbers in the yearly books.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::money::{Basis, PaymentMethod};
use crate::domain::ids::{ProcedureCode, UserName};
use crate::domain::rules::RulePack;

/// A paper that somebody wants certified, as it is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertifiedPaper {
    /// The procedure: copies, signatures, contracts.
    pub procedure: ProcedureCode,
    /// What the paper is called.
    pub name: String,
    /// Pages of the original.
    pub pages: u32,
    /// Copies that are certified.
    pub copies: u32,
    /// Its fee, in đồng.
    pub fee: u64,
    /// How the fee was computed, with the exemption that was granted; none before it was.
    pub basis: Option<Basis>,
}

/// What is asked for in one visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificationOrder {
    /// The papers.
    pub papers: Vec<CertifiedPaper>,
    /// Who signs: an account with the right to.
    pub signer: UserName,
    /// The exemption of the fee rules that is granted, by its id.
    pub exemption: Option<String>,
    /// How the fee is paid, when it is paid now; with serial and number of the official receipt.
    pub payment: Option<(PaymentMethod, Option<String>)>,
}

/// A paper with its book, and with its number once it was certified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertifiedLine {
    /// The procedure.
    pub procedure: ProcedureCode,
    /// The book's sign, such as `SCT/BS`.
    pub book: String,
    /// What the paper is called.
    pub name: String,
    /// Pages of the original.
    pub pages: u32,
    /// Copies.
    pub copies: u32,
    /// Its fee, in đồng.
    pub fee: u64,
    /// Its number in the year's book.
    pub number: Option<u32>,
}

/// The certification of a dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certification {
    /// The papers.
    pub lines: Vec<CertifiedLine>,
    /// Who signs, by full name.
    pub signer: String,
    /// When it was certified; none while it is only asked for.
    pub on: Option<Date>,
}

/// How many numbers each line takes, and which: lines of the same book that are one kind of paper
/// share one (Circular 01/2020/TT-BTP art. 2); acts have one each.
pub(super) fn groups(lines: &[CertifiedLine], rules: &RulePack) -> Vec<usize> {
    let mut known: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut count = 0;
    let mut fresh = || {
        count += 1;
        count - 1
    };
    let group = |line: &CertifiedLine| {
        let kind = rules.certification_kind(&line.procedure);
        if kind.is_none_or(|kind| !kind.per_paper) {
            return fresh();
        }
        let key = (line.book.clone(), same_paper(&line.name));
        *known.entry(key).or_insert_with(&mut fresh)
    };
    lines.iter().map(group).collect()
}

/// A paper's name but for capitals and blanks.
fn same_paper(name: &str) -> String {
    name.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A number as it stands on a stamp, such as `1234, quyển số 01/2026-SCT/BS`.
pub fn book_number(number: u32, year: i16, book: &str) -> String {
    format!("{number:02}, quyển số 01/{year}-{book}")
}

#[cfg(test)]
mod tests {
    use super::{CertifiedLine, book_number, groups};
    use crate::domain::dossier::fixture::{CERTIFIED, CONTRACT, rules};

    fn line(procedure: &str, book: &str, name: &str) -> CertifiedLine {
        CertifiedLine {
            procedure: procedure.into(),
            book: book.to_owned(),
            name: name.to_owned(),
            pages: 1,
            copies: 1,
            fee: 0,
            number: None,
        }
    }

    #[test]
    fn one_number_a_kind_of_paper_and_one_an_act() {
        let lines = [
            line(CERTIFIED, "SCT/BS", "Bằng tốt nghiệp"),
            line(CERTIFIED, "SCT/BS", "Giấy khai sinh"),
            line(CERTIFIED, "SCT/BS", " bằng  TỐT nghiệp"),
            line(CONTRACT, "SCT/HĐ,GD", "Hợp đồng"),
            line(CONTRACT, "SCT/HĐ,GD", "Hợp đồng"),
        ];
        assert_eq!(groups(&lines, &rules()), [0, 1, 0, 2, 3]);
        assert_eq!(book_number(7, 2026, "SCT/BS"), "07, quyển số 01/2026-SCT/BS");
    }
}
