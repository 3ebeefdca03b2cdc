//! Agencies, their units, and the people at the desk.

use super::catalogue::Level;
use super::ids::{AgencyCode, UnitCode, UserName};
use super::territory::Address;

/// An agency (cơ quan, đơn vị).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agency {
    /// Its code.
    pub code: AgencyCode,
    /// Its full name, as papers print it.
    pub name: String,
    /// The body above it, as papers print it over the name; or empty.
    pub superior: String,
    /// The place that its papers are dated from, such as `Ba Đình`.
    pub place: String,
    /// Its level.
    pub level: Level,
    /// The name of its one-stop section.
    pub one_stop: String,
    /// Where people go.
    pub address: String,
    /// Whom people call.
    pub phone: String,
    /// Its units.
    pub units: Vec<Unit>,
}

impl Agency {
    /// The province in which it lies, as its address says, else a name of it; empty when none does.
    pub fn province(&self) -> String {
        let said = [&self.address, &self.superior, &self.name].map(|line| Address::read(line));
        let mut said = said.into_iter().map(|address| address.province);
        said.find(|province| !province.is_empty()).unwrap_or_default()
    }

    /// The unit with this code.
    pub fn unit(&self, code: &UnitCode) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.code == *code)
    }
}

/// A unit of an agency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Its code, unique in the agency.
    pub code: UnitCode,
    /// Its name.
    pub name: String,
}

/// What an account may do at its agency (domain section 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Tiếp nhận hồ sơ.
    Receptionist,
    /// Điều phối.
    Coordinator,
    /// Thụ lý.
    Processor,
    /// Phê duyệt.
    Approver,
    /// Văn thư.
    Clerk,
    /// Thu phí, lệ phí.
    Cashier,
    /// Giám đốc, Phó Giám đốc Trung tâm.
    Head,
    /// Quản trị.
    Admin,
    /// Kiểm tra.
    Auditor,
    /// A program.
    Integration,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 10] = [
        Self::Receptionist,
        Self::Coordinator,
        Self::Processor,
        Self::Approver,
        Self::Clerk,
        Self::Cashier,
        Self::Head,
        Self::Admin,
        Self::Auditor,
        Self::Integration,
    ];

    /// The name in commands, API and store.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Receptionist => "receptionist",
            Self::Coordinator => "coordinator",
            Self::Processor => "processor",
            Self::Approver => "approver",
            Self::Clerk => "clerk",
            Self::Cashier => "cashier",
            Self::Head => "head",
            Self::Admin => "admin",
            Self::Auditor => "auditor",
            Self::Integration => "integration",
        }
    }

    /// The role with this name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.id() == id)
    }
}

/// A desk account, without its secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staff {
    /// Sign-in name.
    pub name: UserName,
    /// The person's name.
    pub full_name: String,
    /// Roles at the agency.
    pub roles: Vec<Role>,
    /// The agency.
    pub agency: AgencyCode,
    /// The unit, if any.
    pub unit: Option<UnitCode>,
    /// Whether the account may sign in.
    pub enabled: bool,
    /// The account in whose place it works now (làm thay), with that one's roles and unit.
    pub stands_in_for: Option<UserName>,
}

impl Staff {
    /// Whose desk work it does: its own, or that of who is away.
    pub fn desk(&self) -> &UserName {
        self.stands_in_for.as_ref().unwrap_or(&self.name)
    }

    /// Whether the account has this role.
    pub fn is(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }
}
