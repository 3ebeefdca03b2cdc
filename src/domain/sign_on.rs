//! Signing in through a central provider: what its claims mean here, as pure rules.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use jiff::civil::Date;

use super::agency::Role;
use super::identity::{self, IdentityNumber};
use super::ids::AgencyCode;

/// Longest value of a claim that is looked at, in characters.
const LONGEST: usize = 200;

/// What a provider says of somebody: values by the name of a claim; one inside another has its path,
/// such as `realm_access.roles`.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Claims(BTreeMap<String, Vec<String>>);

impl fmt::Debug for Claims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Claims(…)")
    }
}

impl Claims {
    /// Adds a value.
    pub fn add(&mut self, name: &str, value: &str) {
        self.0.entry(name.to_owned()).or_default().push(value.to_owned());
    }

    /// The value of a claim, when there is one.
    pub fn one(&self, name: &str) -> Option<&str> {
        let value = self.0.get(name)?.first()?.trim();
        (!value.is_empty() && value.chars().count() <= LONGEST).then_some(value)
    }

    /// Every value of a claim.
    pub fn all(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    /// Takes claims over that are not here yet.
    pub fn complete(&mut self, others: Self) {
        for (name, values) in others.0 {
            self.0.entry(name).or_insert(values);
        }
    }
}

/// What may be known of a person by a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The identity number.
    IdNumber,
    /// The full name.
    Name,
    /// The date of birth.
    BirthDate,
    /// The telephone.
    Phone,
    /// The email address.
    Email,
    /// The organisation for which the person stands.
    Organisation,
}

impl Part {
    /// Every part.
    pub const ALL: [Self; 6] =
        [Self::IdNumber, Self::Name, Self::BirthDate, Self::Phone, Self::Email, Self::Organisation];

    /// The name in settings and forms.
    pub const fn id(self) -> &'static str {
        match self {
            Self::IdNumber => "id_number",
            Self::Name => "name",
            Self::BirthDate => "birth_date",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Organisation => "organisation",
        }
    }

    /// The part with this name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.id() == id)
    }

    /// The claim that OpenID Connect has for it; or empty.
    pub const fn usual_claim(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::BirthDate => "birthdate",
            Self::Phone => "phone_number",
            Self::Email => "email",
            Self::IdNumber | Self::Organisation => "",
        }
    }
}

/// The claims that say something of a person.
pub type ClaimNames = BTreeMap<Part, String>;

/// A birth date as far as it is known: a day, or a year alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Born {
    /// The day.
    On(Date),
    /// The year.
    In(i16),
}

impl Born {
    /// Reads `1985-05-19`, `19850519`, `19/05/1985` or `1985`.
    pub fn read(text: &str) -> Option<Self> {
        let numbers: Vec<&str> = text.split(['-', '/', '.']).collect();
        let day = |year: &str, month: &str, day: &str| {
            let [year, month, day] = [year, month, day].map(|part| part.parse::<i16>().ok());
            let (month, day) = (i8::try_from(month?).ok()?, i8::try_from(day?).ok()?);
            Date::new(year?, month, day).ok().map(Self::On)
        };
        match numbers.as_slice() {
            // OpenID Connect lets the year be left out as 0000.
            [year, ..] if *year == "0000" => None,
            [year, month, last] if year.len() == 4 => day(year, month, last),
            [first, month, year] if year.len() == 4 => day(year, month, first),
            [digits] if digits.len() == 8 && digits.is_ascii() => {
                day(&digits[..4], &digits[4..6], &digits[6..])
            }
            [year] if year.len() == 4 => year.parse().ok().map(Self::In),
            _ => None,
        }
    }
}

/// What a provider says of a person, as far as it can be used.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Stated {
    /// The identity number, when it is one.
    pub id_number: Option<String>,
    /// The full name.
    pub name: Option<String>,
    /// The date of birth.
    pub born: Option<Born>,
    /// The telephone, in its one spelling.
    pub phone: Option<String>,
    /// The email address.
    pub email: Option<String>,
    /// The organisation.
    pub organisation: Option<String>,
}

impl fmt::Debug for Stated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Stated(…)")
    }
}

impl Stated {
    /// Reads it from claims. What is no number, name or address of its kind is left out.
    pub fn read(names: &ClaimNames, claims: &Claims) -> Self {
        let said = |part: Part| {
            let name = names.get(&part).map_or("", String::as_str);
            claims.one(name).filter(|_| !name.is_empty())
        };
        let digits = said(Part::IdNumber).map(|number| number.replace(char::is_whitespace, ""));
        Self {
            id_number: digits.filter(|digits| IdentityNumber::parse(digits).is_ok()),
            name: said(Part::Name).filter(|name| identity::name(name).is_ok()).map(str::to_owned),
            born: said(Part::BirthDate).and_then(Born::read),
            phone: said(Part::Phone).and_then(|phone| identity::phone(phone).ok()),
            email: said(Part::Email).and_then(|email| identity::email(email).ok()),
            organisation: said(Part::Organisation).map(str::to_owned),
        }
    }
}

/// A value of the claim about roles, and what it makes of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleRule {
    /// The value.
    pub value: String,
    /// The role.
    pub role: Role,
    /// The agency at which it is had.
    pub agency: AgencyCode,
}

/// Why claims give no account its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misplaced {
    /// No value has a rule.
    Nowhere,
    /// Roles of several agencies, none of them the account's.
    Several,
}

/// The agency and the roles that claims give an account which is at `own` now. Of several agencies the
/// account's own one counts, since it works at one.
///
/// # Errors
/// No rule fits, or several agencies do.
pub fn placed(
    rules: &[RoleRule],
    values: &[String],
    own: &AgencyCode,
) -> Result<(AgencyCode, Vec<Role>), Misplaced> {
    let fit = rules.iter().filter(|rule| values.contains(&rule.value));
    let mut agencies: BTreeMap<&AgencyCode, BTreeSet<Role>> = BTreeMap::new();
    for rule in fit {
        agencies.entry(&rule.agency).or_default().insert(rule.role);
    }
    let only = || (agencies.len() == 1).then(|| agencies.first_key_value()).flatten();
    match agencies.get_key_value(own).or_else(only) {
        Some((agency, roles)) => Ok(((*agency).clone(), roles.iter().copied().collect())),
        None if agencies.is_empty() => Err(Misplaced::Nowhere),
        None => Err(Misplaced::Several),
    }
}

/// Whether a provider says that a second factor was shown: by the class of the sign-in (`acr`) or by
/// one of its means (`amr`).
pub fn shows_second_factor(wanted: &[String], claims: &Claims) -> bool {
    ["acr", "amr"].iter().any(|name| claims.all(name).iter().any(|said| wanted.contains(said)))
}

/// Whether an address may be a provider's: `https`, without user, query and fragment; or, for trying
/// things out, `http` on this very machine.
pub fn is_issuer(address: &str, is_local: bool) -> bool {
    let plain = |rest: &str| {
        let host = rest.split('/').next().unwrap_or_default();
        !host.is_empty()
            && rest.len() <= 300
            && rest.chars().all(|c| c.is_ascii_graphic() && !"@?#\"'<>\\".contains(c))
    };
    match address.strip_prefix("https://") {
        Some(rest) => plain(rest),
        None => is_local && is_loopback(address) && plain(&address[7..]),
    }
}

/// Whether an address is `http` on this very machine.
pub fn is_loopback(address: &str) -> bool {
    let Some(rest) = address.strip_prefix("http://") else { return false };
    let host = rest.split('/').next().unwrap_or_default();
    ["127.0.0.1", "localhost", "[::1]"].iter().any(|name| {
        let port = |rest: &str| {
            let port = rest.strip_prefix(':').map(str::parse::<u16>);
            rest.is_empty() || port.is_some_and(|port| port.is_ok_and(|port| port > 0))
        };
        host.strip_prefix(name).is_some_and(port)
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{
        Born, ClaimNames, Claims, Misplaced, Part, RoleRule, Stated, is_issuer, placed,
        shows_second_factor,
    };
    use crate::domain::agency::Role;
    use crate::domain::ids::AgencyCode;

    fn claims(values: &[(&str, &str)]) -> Claims {
        let mut claims = Claims::default();
        for (name, value) in values {
            claims.add(name, value);
        }
        claims
    }

    #[test]
    fn a_birth_date_is_read_in_the_ways_providers_write_it() {
        let day = Some(Born::On(date(1985, 5, 19)));
        for text in ["1985-05-19", "19850519", "19/05/1985"] {
            assert_eq!(Born::read(text), day, "{text}");
        }
        assert_eq!(Born::read("1985"), Some(Born::In(1985)));
        for none in ["0000-05-19", "1985-13-01", "19/5", "", "x"] {
            assert_eq!(Born::read(none), None, "{none}");
        }
    }

    #[test]
    fn what_is_no_number_of_its_kind_is_left_out() {
        let names: ClaimNames = Part::ALL.map(|part| (part, part.id().to_owned())).into();
        let said = [
            ("id_number", "0361859"),
            ("name", " Lê Thị Bưởi "),
            ("phone", "+84912345678"),
            ("email", "no address"),
        ];
        let stated = Stated::read(&names, &claims(&said));
        assert_eq!(stated.id_number, None);
        assert_eq!(stated.name.as_deref(), Some("Lê Thị Bưởi"));
        assert_eq!(stated.phone.as_deref(), Some("0912345678"));
        assert_eq!(stated.email, None);
        assert_eq!(Stated::read(&ClaimNames::new(), &claims(&said)), Stated::default());
    }

    #[test]
    fn roles_come_from_rules_at_one_agency() {
        let (here, there) = (AgencyCode::from("H40.12"), AgencyCode::from("H40.21"));
        let rule = |value: &str, role, agency: &AgencyCode| RoleRule {
            value: value.to_owned(),
            role,
            agency: agency.clone(),
        };
        let rules = [
            rule("tn", Role::Receptionist, &here),
            rule("tl", Role::Processor, &here),
            rule("tn2", Role::Receptionist, &there),
        ];
        let values = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
        let place = |all: &[&str], own: &AgencyCode| placed(&rules, &values(all), own);
        assert_eq!(
            place(&["tl", "tn", "x"], &there),
            Ok((here.clone(), vec![Role::Receptionist, Role::Processor]))
        );
        assert_eq!(place(&["tn", "tn2"], &there), Ok((there.clone(), vec![Role::Receptionist])));
        assert_eq!(place(&["tn", "tn2"], &"H40.99".into()), Err(Misplaced::Several));
        assert_eq!(place(&["x"], &here), Err(Misplaced::Nowhere));
    }

    #[test]
    fn a_second_factor_is_shown_by_class_or_means() {
        let wanted = ["mfa".to_owned(), "otp".to_owned()];
        assert!(shows_second_factor(&wanted, &claims(&[("amr", "pwd"), ("amr", "otp")])));
        assert!(shows_second_factor(&wanted, &claims(&[("acr", "mfa")])));
        assert!(!shows_second_factor(&wanted, &claims(&[("acr", "1"), ("amr", "pwd")])));
        assert!(!shows_second_factor(&[], &claims(&[("acr", "")])));
    }

    #[test]
    fn a_provider_is_reached_safely_or_on_this_machine() {
        for wrong in ["http://localhost9", "http://127.0.0.1:", "http://127.0.0.1:99999"] {
            assert!(!is_issuer(wrong, true), "{wrong}");
        }
        assert!(is_issuer("https://sso.example.vn/realms/tinh", false));
        assert!(is_issuer("http://127.0.0.1:9000", true) && is_issuer("http://localhost/a", true));
        for bad in [
            "http://127.0.0.1:9000",
            "https://",
            "https://a@b",
            "https://b?x",
            "https://b#x",
            "ftp://b",
            "",
        ] {
            assert!(!is_issuer(bad, false), "{bad}");
        }
        for bad in ["http://sso.example.vn", "http://127.0.0.1.example.vn", "http://localhost:x"] {
            assert!(!is_issuer(bad, true), "{bad}");
        }
    }
}
