//! The demo's money: accounts for transfers, fees with exemptions, and books that were closed.

use jiff::civil::Date;

use super::DemoError;
use crate::domain::calendar::local;
use crate::domain::ids::ProcedureCode;
use crate::office::fees::BankAccount;
use crate::office::fees::wire::{ExemptionWire, RuleWire, ScheduleWire, TierWire};
use crate::office::forms::Tests;
use crate::office::{Caller, Failure, Office};

/// A procedure whose fee the province sets.
const BY_PROVINCE: &str = "2.000528";
/// The demo's bank: its accounts are invented.
const BANK: &str = "970405";

/// Sets accounts and fees.
pub(super) fn furnish(office: &Office) -> Result<(), Failure> {
    for (position, agency) in office.world().agencies().enumerate() {
        let account = BankAccount {
            bin: BANK.to_owned(),
            account: format!("99990000{position:04}"),
            holder: "TAI KHOAN DUNG THU".to_owned(),
        };
        office.set_bank_account(&agency.code, Some(account))?;
    }
    let code = ProcedureCode::new(BY_PROVINCE);
    if office.world().shared_procedure(&code).is_some() {
        office.set_fees(None, &code, Some(by_province()), (Tests::Hold, "quantri"))?;
    }
    Ok(())
}

fn by_province() -> ScheduleWire {
    const LAW: &str = "Luật Phí và lệ phí số 97/2015/QH13, Điều 10";
    let exemption = |id: &str, name: &str, percent| ExemptionWire {
        id: id.to_owned(),
        name: name.to_owned(),
        percent,
        rules: Vec::new(),
        valid_from: None,
        valid_to: None,
        source: LAW.to_owned(),
    };
    let rule = RuleWire {
        id: "birth_foreign".to_owned(),
        name: "Lệ phí đăng ký khai sinh có yếu tố nước ngoài".to_owned(),
        kind: "fee".to_owned(),
        channels: Vec::new(),
        unit: "dossier".to_owned(),
        per_copy: false,
        tiers: vec![TierWire { from: 1, price: 75_000 }],
        cap: None,
        valid_from: None,
        valid_to: None,
        source: "Nghị quyết của Hội đồng nhân dân tỉnh (dùng thử)".to_owned(),
        counted: None,
    };
    ScheduleWire {
        rules: vec![rule],
        exemptions: vec![
            exemption("poor_household", "Người thuộc hộ nghèo", 100),
            exemption("disabled", "Người khuyết tật", 100),
        ],
    }
}

/// Closes the days before today in every book.
pub(super) async fn close_books(office: &Office) -> Result<(), DemoError> {
    let today = local(office.now()).date();
    let world = office.world();
    for staff in world.accounts() {
        let open: Vec<Date> = {
            let reader = office.ledger().reader()?;
            reader.cash_book(staff.name.as_str())?.open
        };
        let caller = Caller::Staff(staff.clone());
        for day in open.into_iter().filter(|day| *day < today) {
            office.close_day(&caller, day).await.map_err(DemoError::Story)?;
        }
    }
    Ok(())
}
