//! VietQR: the text of a QR code for a bank transfer, an EMVCo merchant-presented code with the
//! account information of NAPAS.
//!
//! A field is a two-digit tag, a two-digit length and its value; templates hold fields. The last one
//! is a CRC-16 (the polynomial and start value of EMVCo, CRC-16/IBM-3740) over everything before its
//! value.

use crc::{CRC_16_IBM_3740, Crc};

const CHECKSUM: Crc<u16> = Crc::<u16>::new(&CRC_16_IBM_3740);
/// NAPAS.
const GUID: &str = "A000000727";
/// A transfer to an account.
const TO_ACCOUNT: &str = "QRIBFTTA";
/// Đồng, as ISO 4217 numbers currencies.
const DONG: &str = "704";
/// Longest purpose that EMVCo allows.
pub const MAX_PURPOSE: usize = 25;
/// Longest account.
pub const MAX_ACCOUNT: usize = 19;

/// A transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transfer<'a> {
    /// The bank, by its six digits at NAPAS.
    pub bin: &'a str,
    /// The account.
    pub account: &'a str,
    /// Whole đồng; the payer types it when none is given.
    pub amount: Option<u64>,
    /// What the payer's bank passes on; what a bank may not pass on is left out.
    pub purpose: &'a str,
}

/// Why there is no code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VietQrFault {
    /// The bank is not six digits.
    #[error("the bank is not six digits")]
    Bank,
    /// The account is empty, too long, or has other than letters and digits.
    #[error("the account is not 1 to 19 letters and digits")]
    Account,
}

/// The text of the code.
///
/// # Errors
/// The bank or the account cannot be one.
pub fn text(transfer: &Transfer<'_>) -> Result<String, VietQrFault> {
    if transfer.bin.len() != 6 || !transfer.bin.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(VietQrFault::Bank);
    }
    let plain = transfer.account.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !(1..=MAX_ACCOUNT).contains(&transfer.account.len()) || !plain {
        return Err(VietQrFault::Account);
    }
    let account = field("00", transfer.bin) + &field("01", transfer.account);
    let merchant = field("00", GUID) + &field("01", &account) + &field("02", TO_ACCOUNT);
    let purpose = passed_on(transfer.purpose);
    // Such a code is for one payment when it says how much.
    let mut code =
        field("00", "01") + &field("01", if transfer.amount.is_some() { "12" } else { "11" });
    code += &field("38", &merchant);
    code += &field("53", DONG);
    if let Some(amount) = transfer.amount {
        code += &field("54", &amount.to_string());
    }
    code += &field("58", "VN");
    if !purpose.is_empty() {
        code += &field("62", &field("08", &purpose));
    }
    code += "6304";
    let sum = CHECKSUM.checksum(code.as_bytes());
    Ok(format!("{code}{sum:04X}"))
}

/// A purpose as banks pass it on: ASCII letters, digits, blanks, dots and dashes, up to
/// [`MAX_PURPOSE`].
pub fn passed_on(purpose: &str) -> String {
    let kept = |letter: &char| letter.is_ascii_alphanumeric() || matches!(letter, ' ' | '-' | '.');
    purpose.chars().filter(kept).take(MAX_PURPOSE).collect()
}

/// A field; values here are never over 99 bytes: the longest is the template of the account.
fn field(tag: &str, value: &str) -> String {
    format!("{tag}{:02}{value}", value.len())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::{CHECKSUM, Transfer, VietQrFault, passed_on, text};

    /// The fields of a text, as a bank's application reads them.
    fn fields(mut text: &str) -> BTreeMap<&str, &str> {
        let mut found = BTreeMap::new();
        while !text.is_empty() {
            let (tag, rest) = text.split_at(2);
            let (length, rest) = rest.split_at(2);
            let (value, rest) = rest.split_at(length.parse().expect("a length"));
            assert!(found.insert(tag, value).is_none(), "{tag} twice");
            text = rest;
        }
        found
    }

    #[test]
    fn the_checksum_is_the_one_of_emvco() {
        assert_eq!(CHECKSUM.checksum(b"123456789"), 0x29B1);
    }

    /// Examples of the format as NAPAS published it: a code without an amount, and one with an
    /// amount and a purpose (there beside a bill number, which we do not have).
    #[test]
    fn the_published_examples_come_out() {
        let still = Transfer { bin: "970403", account: "0011012345678", amount: None, purpose: "" };
        assert_eq!(
            text(&still).unwrap(),
            "00020101021138570010A00000072701270006970403011300110123456780208QRIBFTTA5303704\
             5802VN63049E6F"
        );
        let published = "00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA\
                         530370454061800005802VN62340107NPS68690819thanh toan don hang63042E2E";
        let (before, sum) = published.split_at(published.len() - 4);
        assert_eq!(format!("{:04X}", CHECKSUM.checksum(before.as_bytes())), sum);
        let amount = Some(180_000);
        let ours = Transfer { amount, purpose: "thanh toan don hang", ..still };
        let (ours, theirs) = (text(&ours).unwrap(), fields(published));
        let ours = fields(&ours);
        for tag in ["00", "01", "38", "53", "54", "58"] {
            assert_eq!(ours[tag], theirs[tag], "{tag}");
        }
        assert_eq!(fields(ours["62"])["08"], fields(theirs["62"])["08"]);
    }

    #[test]
    fn what_is_no_account_gives_no_code() {
        let of = |bin, account| text(&Transfer { bin, account, amount: None, purpose: "" });
        assert_eq!(of("97040", "1"), Err(VietQrFault::Bank));
        assert_eq!(of("97040x", "1"), Err(VietQrFault::Bank));
        assert_eq!(of("970403", ""), Err(VietQrFault::Account));
        assert_eq!(of("970403", "1 2"), Err(VietQrFault::Account));
        assert_eq!(of("970403", &"1".repeat(20)), Err(VietQrFault::Account));
    }

    proptest! {
        #[test]
        fn every_code_reads_back(
            account in "[0-9A-Z]{1,19}", amount in prop::option::of(any::<u64>()), purpose in ".{0,60}",
        ) {
            let transfer = Transfer { bin: "970436", account: &account, amount, purpose: &purpose };
            let text = text(&transfer).unwrap();
            let read = fields(&text);
            let merchant = fields(read["38"]);
            prop_assert_eq!(fields(merchant["01"])["01"], account);
            let said = amount.map(|amount| amount.to_string());
            prop_assert_eq!(read.get("54").copied(), said.as_deref());
            let kept = read.get("62").map(|data| fields(data)["08"]).unwrap_or_default();
            prop_assert_eq!(kept, passed_on(&purpose));
            let sum = CHECKSUM.checksum(&text.as_bytes()[..text.len() - 4]);
            prop_assert_eq!(read["63"], format!("{sum:04X}"));
        }
    }
}
