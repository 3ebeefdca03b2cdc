//! Who may use which address, in one table (`table.rs`).
//!
//! What takes a visitor, an account of the desk or a sender of the API asks here first, with the pattern that the
//! router has matched: an address that the table does not name answers nobody. What an address is *about* (whose
//! dossier, draft or paper) is decided by the use case behind it; the table says by which relation.

mod table;

use std::collections::HashMap;
use std::sync::LazyLock;

use actix_web::HttpRequest;

use crate::domain::agency::Role;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::words::Message;
use crate::office::Caller;
use crate::web::words::{api as api_words, desk as desk_words, rights as words};

/// A part of the program's addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    /// For the public.
    Public,
    /// The desk.
    Desk,
    /// Administration.
    Administration,
    /// The API.
    Api,
}

/// Who may use an address at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Everybody, without signing in.
    Everybody,
    /// A citizen who proved a telephone number or an email address; others are led to do so.
    Contact,
    /// Whoever showed who they are: an account, a program, a citizen.
    Known,
    /// Every account of the desk.
    Desk,
    /// Accounts or programs with one of these roles.
    Roles(&'static [Role]),
}

/// By which relation the use case lets a caller see what the address is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Nothing of one person or agency.
    Nothing,
    /// The dossier whose secret or contact was proved.
    ProvedDossier,
    /// A draft of one's own: of the contact, of the browser, or opened by number and code.
    OwnDraft,
    /// One's own account.
    OwnAccount,
    /// Papers of one's own.
    OwnPaper,
    /// A file that one has sent oneself.
    OwnFile,
    /// A dossier that one's agency receives, settles or was asked about; for citizens, one's own.
    AgencyDossier,
    /// What one's own agency keeps.
    OwnAgency,
}

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Right {
    /// The methods, between spaces.
    pub methods: &'static str,
    /// The address as the router knows it.
    pub path: &'static str,
    /// Who may use it at all.
    pub who: Who,
    /// What the use case asks beyond that.
    pub whose: Whose,
}

impl Area {
    /// Its name.
    pub const fn name(self) -> Message {
        match self {
            Self::Public => words::PUBLIC,
            Self::Desk => words::DESK,
            Self::Administration => words::ADMINISTRATION,
            Self::Api => words::API,
        }
    }
}

impl Whose {
    /// Its words.
    pub const fn name(self) -> Message {
        match self {
            Self::Nothing => words::NOTHING,
            Self::ProvedDossier => words::PROVED_DOSSIER,
            Self::OwnDraft => words::OWN_DRAFT,
            Self::OwnAccount => words::OWN_ACCOUNT,
            Self::OwnPaper => words::OWN_PAPER,
            Self::OwnFile => words::OWN_FILE,
            Self::AgencyDossier => words::AGENCY_DOSSIER,
            Self::OwnAgency => words::OWN_AGENCY,
        }
    }
}

impl Who {
    /// Whether somebody belongs to them; [`Who::Contact`] is for pages to lead to.
    ///
    /// # Errors
    /// Nobody has signed in, or with another role.
    fn admits(self, caller: &Caller) -> Result<(), Refusal> {
        let unknown = || Refusal::new(RefusalKind::Unauthenticated, api_words::SIGN_IN_FIRST);
        let other = || Refusal::new(RefusalKind::Forbidden, api_words::ROLE_MAY_NOT);
        match (self, caller) {
            (Self::Everybody | Self::Contact, _) => Ok(()),
            (_, Caller::Anybody) => Err(unknown()),
            (Self::Known, _) | (Self::Desk, Caller::Staff(_)) => Ok(()),
            (Self::Desk, _) => Err(other()),
            (Self::Roles(roles), caller) => {
                roles.iter().any(|role| caller.is(*role)).then_some(()).ok_or_else(other)
            }
        }
    }
}

/// The rows by address.
static BY_PATH: LazyLock<HashMap<&'static str, Vec<&'static Right>>> = LazyLock::new(|| {
    let mut rows: HashMap<&'static str, Vec<&'static Right>> = HashMap::new();
    for right in table::TABLE.iter().flat_map(|(_, rights)| *rights) {
        rows.entry(right.path).or_default().push(right);
    }
    rows
});

/// The whole table, by area.
pub fn table() -> impl Iterator<Item = (Area, &'static [Right])> {
    table::TABLE.into_iter()
}

/// The row of an address and a method.
pub fn find(path: &str, method: &str) -> Option<&'static Right> {
    let rows = BY_PATH.get(path)?;
    rows.iter().find(|right| right.methods.split(' ').any(|known| known == method)).copied()
}

/// Whether a caller may open a page, so that links lead nobody to a refusal.
pub fn opens(path: &str, caller: &Caller) -> bool {
    find(path, "GET").is_some_and(|right| right.who.admits(caller).is_ok())
}

/// The row of a request, once it is routed; none for what is no address of ours, since the page that
/// says so is for everybody.
///
/// # Errors
/// The table does not name the address: it answers nobody.
fn row_of(request: &HttpRequest) -> Result<Option<&'static Right>, Refusal> {
    let Some(path) = request.match_pattern() else { return Ok(None) };
    let method = request.method();
    let found = find(&path, method.as_str());
    if found.is_none() {
        tracing::error!(path, %method, "the table of rights does not name this address");
    }
    found.map(Some).ok_or_else(|| Refusal::new(RefusalKind::NotFound, desk_words::NOT_FOUND))
}

/// Whether the table names the address of a request, or it is none of ours.
pub fn is_listed(request: &HttpRequest) -> bool {
    row_of(request).is_ok()
}

/// Whether a caller may use the address of a request, once it is routed.
///
/// # Errors
/// The table does not name the address (then nobody may), or not for this caller.
pub fn check(request: &HttpRequest, caller: &Caller) -> Result<(), Refusal> {
    row_of(request)?.map_or(Ok(()), |right| right.who.admits(caller))
}

#[cfg(test)]
mod tests;
