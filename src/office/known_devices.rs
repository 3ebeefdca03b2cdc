//! Browsers in which an account was signed in. Wrong passwords from there are counted apart, so that
//! strangers who guess at a name lock it for themselves, and not for whoever works with it.

use data_encoding::HEXLOWER;
use jiff::{SignedDuration, Timestamp};
use subtle::ConstantTimeEq;

use super::Office;
use super::settings::{self, AccountRow};
use crate::store::ledger::Failure;

/// How long a browser is known after the last sign-in there.
pub const KNOWN: SignedDuration = SignedDuration::from_hours(24 * 90);

impl Office {
    /// What a browser keeps once an account is signed in there: `second.random.digest`. A new password
    /// makes it worthless.
    ///
    /// # Errors
    /// The store cannot be read, or the account is gone.
    pub fn device_token(&self, name: &str) -> Result<Option<String>, Failure> {
        let row = settings::read::<AccountRow>(&self.ledger.reader()?, name)?;
        Ok(row.map(|row| {
            let random: [u8; 16] = self.env.bytes();
            let issued = format!("{}.{}", self.env.now().as_second(), HEXLOWER.encode(&random));
            let digest = HEXLOWER.encode(&self.device_digest(&row, &issued));
            format!("{issued}.{digest}")
        }))
    }

    /// Under which name tries are counted: that of the account, or of the account in a browser that it
    /// knows.
    pub(super) fn counted_as(&self, row: Option<&AccountRow>, name: &str, token: &str) -> String {
        let known = row.filter(|row| self.is_known(row, token));
        let random = token.split('.').nth(1).filter(|_| known.is_some());
        random.map_or_else(|| name.to_owned(), |random| format!("{name} {random}"))
    }

    fn is_known(&self, row: &AccountRow, token: &str) -> bool {
        let Some((issued, digest)) = token.rsplit_once('.') else { return false };
        let since = issued.split('.').next().and_then(|second| second.parse().ok());
        let since = since.and_then(|second| Timestamp::from_second(second).ok());
        let is_fresh = since.is_some_and(|since| self.env.now().duration_since(since) <= KNOWN);
        let digest = HEXLOWER.decode(digest.as_bytes()).unwrap_or_default();
        is_fresh && bool::from(digest.ct_eq(&self.device_digest(row, issued)))
    }

    fn device_digest(&self, row: &AccountRow, issued: &str) -> [u8; 32] {
        let password = row.password.as_deref().unwrap_or_default();
        self.row_name("device", &format!("{}\0{password}\0{issued}", row.name))
    }
}
