//! The account to which money is transferred, and what a payer needs for a transfer.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::words;
use crate::documents::vietqr;
use crate::domain::dossier::{Directory, Dossier};
use crate::domain::ids::AgencyCode;
use crate::domain::refusal::{FieldError, Refusal, RefusalKind};
use crate::office::settings::{self, Row};
use crate::office::world::World;
use crate::office::{Failure, Office, words as office_words};
use crate::store::reader::Reader;

/// A bank that takes transfers by VietQR.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bank {
    /// Its six digits at NAPAS.
    pub bin: &'static str,
    /// Its short name.
    pub name: &'static str,
}

macro_rules! banks {
    ($($bin:literal $name:literal;)*) => {
        /// Banks with their numbers at NAPAS, by name.
        pub const BANKS: &[Bank] = &[$(Bank { bin: $bin, name: $name },)*];
    };
}

banks! {
    "970425" "ABBANK";
    "970416" "ACB";
    "970405" "Agribank";
    "970409" "Bac A Bank";
    "970438" "BaoViet Bank";
    "970418" "BIDV";
    "970446" "Co-opBank";
    "970431" "Eximbank";
    "970437" "HDBank";
    "970434" "Indovina Bank";
    "970452" "KienlongBank";
    "970449" "LPBank";
    "970422" "MB";
    "970426" "MSB";
    "970428" "Nam A Bank";
    "970419" "NCB";
    "970448" "OCB";
    "970430" "PGBank";
    "970412" "PVcomBank";
    "970403" "Sacombank";
    "970400" "Saigonbank";
    "970429" "SCB";
    "970440" "SeABank";
    "970443" "SHB";
    "970424" "Shinhan Bank";
    "970407" "Techcombank";
    "970423" "TPBank";
    "970441" "VIB";
    "970427" "VietABank";
    "970433" "VietBank";
    "970436" "Vietcombank";
    "970415" "VietinBank";
    "970432" "VPBank";
    "970421" "VRB";
    "970457" "Woori Bank";
}

/// The bank with this number.
pub fn bank(bin: &str) -> Option<Bank> {
    BANKS.iter().copied().find(|bank| bank.bin == bin)
}

/// An agency's account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BankAccount {
    /// The bank, by its six digits at NAPAS.
    pub bin: String,
    /// The account's number.
    pub account: String,
    /// Whose it is, as the bank writes it.
    pub holder: String,
}

/// The account of an agency, as stored.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct BankRow {
    agency: String,
    bin: String,
    account: String,
    holder: String,
}

impl Row for BankRow {
    const KIND: &'static str = "bank";
    fn key(&self) -> &str {
        &self.agency
    }
}

pub(super) fn read(reader: &Reader) -> Result<HashMap<AgencyCode, BankAccount>, Failure> {
    let rows = settings::all::<BankRow>(reader)?.into_iter();
    Ok(rows
        .map(|row| {
            let BankRow { agency, bin, account, holder } = row;
            (AgencyCode::new(agency), BankAccount { bin, account, holder })
        })
        .collect())
}

/// What a payer needs for a transfer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transfer {
    /// The bank's name.
    pub bank: String,
    /// The account.
    pub account: String,
    /// Whose it is.
    pub holder: String,
    /// Whole đồng.
    pub amount: u64,
    /// What is to be written with it: the dossier's code.
    pub content: String,
    /// The text of the VietQR code.
    pub qr: String,
}

impl World {
    /// The account of an agency.
    pub fn bank_account(&self, agency: &AgencyCode) -> Option<&BankAccount> {
        self.fees.banks.get(agency)
    }

    /// How what is unpaid for a dossier can be transferred: to the account of the agency that
    /// settles it, else of the one that took it in; none while nothing is to be paid.
    pub fn transfer_of(&self, dossier: &Dossier) -> Option<Transfer> {
        let amount = Some(dossier.unpaid()).filter(|amount| *amount > 0)?;
        let account = [&dossier.competent_agency, &dossier.receiving_agency]
            .into_iter()
            .find_map(|agency| self.bank_account(agency))?;
        let qr = vietqr::text(&vietqr::Transfer {
            bin: &account.bin,
            account: &account.account,
            amount: Some(amount),
            purpose: dossier.code.as_str(),
        });
        Some(Transfer {
            bank: bank(&account.bin).map_or(account.bin.as_str(), |bank| bank.name).to_owned(),
            account: account.account.clone(),
            holder: account.holder.clone(),
            amount,
            content: vietqr::passed_on(dossier.code.as_str()),
            qr: qr.ok()?,
        })
    }
}

impl Office {
    /// Sets the account of an agency; none removes it.
    ///
    /// # Errors
    /// There is no such agency, or the account cannot be one: the fields are named.
    pub fn set_bank_account(
        &self,
        agency: &AgencyCode,
        account: Option<BankAccount>,
    ) -> Result<(), Failure> {
        if self.world().agency(agency).is_none() {
            let text = office_words::AGENCY_UNKNOWN.text(&[("code", agency.as_str())]);
            return Err(Refusal::new(RefusalKind::NotFound, text).into());
        }
        let row = account.map(|account| checked(agency, &account)).transpose()?;
        let agency = agency.as_str().to_owned();
        self.ledger.run_blocking(move |txn| {
            match &row {
                Some(row) => settings::put(txn, row)?,
                None => settings::delete::<BankRow>(txn, &agency),
            }
            Ok(())
        })?;
        self.refresh_world()
    }
}

fn checked(agency: &AgencyCode, account: &BankAccount) -> Result<BankRow, Refusal> {
    let number: String = account.account.chars().filter(|c| !c.is_whitespace()).collect();
    let holder = account.holder.trim();
    let mut errors = Vec::new();
    let mut add = |field: &str, text: crate::domain::words::Message| {
        errors.push(FieldError { field: field.to_owned(), text: text.into() });
    };
    let tried = vietqr::text(&vietqr::Transfer {
        bin: account.bin.trim(),
        account: &number,
        amount: None,
        purpose: "",
    });
    match tried {
        Ok(_) => {}
        Err(vietqr::VietQrFault::Bank) => add("bin", words::BANK_WRONG),
        Err(vietqr::VietQrFault::Account) => add("account", words::ACCOUNT_WRONG),
    }
    if holder.is_empty() || holder.chars().count() > 100 {
        add("holder", words::HOLDER_WRONG);
    }
    if !errors.is_empty() {
        return Err(Refusal::fields(errors));
    }
    Ok(BankRow {
        agency: agency.as_str().to_owned(),
        bin: account.bin.trim().to_owned(),
        account: number,
        holder: holder.to_owned(),
    })
}
