//! Ethnic groups and nationalities: what they usually are, and their official spelling.

use super::Kind;
use crate::domain::words::fold;

/// The ethnic groups of the country, in the order of the official list.
pub const ETHNIC_GROUPS: [&str; 54] = [
    "Kinh",
    "Tày",
    "Thái",
    "Hoa",
    "Khmer",
    "Mường",
    "Nùng",
    "Mông",
    "Dao",
    "Gia Rai",
    "Ngái",
    "Ê Đê",
    "Ba Na",
    "Xơ Đăng",
    "Sán Chay",
    "Cơ Ho",
    "Chăm",
    "Sán Dìu",
    "Hrê",
    "Mnông",
    "Ra Glai",
    "Xtiêng",
    "Bru - Vân Kiều",
    "Thổ",
    "Giáy",
    "Cơ Tu",
    "Giẻ Triêng",
    "Mạ",
    "Khơ Mú",
    "Co",
    "Tà Ôi",
    "Chơ Ro",
    "Kháng",
    "Xinh Mun",
    "Hà Nhì",
    "Chu Ru",
    "Lào",
    "La Chí",
    "La Ha",
    "Phù Lá",
    "La Hủ",
    "Lự",
    "Lô Lô",
    "Chứt",
    "Mảng",
    "Pà Thẻn",
    "Cơ Lao",
    "Cống",
    "Bố Y",
    "Si La",
    "Pu Péo",
    "Brâu",
    "Ơ Đu",
    "Rơ Măm",
];
/// The nationality of most.
const OWN: &str = "Việt Nam";

impl Kind {
    /// What most people answer: the question begins with it. Empty where nothing is usual.
    pub const fn usual(&self) -> &'static str {
        match self {
            Self::Ethnicity => ETHNIC_GROUPS[0],
            Self::Nationality => OWN,
            _ => "",
        }
    }
}

/// An ethnic group or a nationality as the official list spells it; as typed, where that has none.
pub(super) fn spelled(kind: &Kind, typed: &str) -> String {
    let known: &[&str] = match kind {
        Kind::Ethnicity => &ETHNIC_GROUPS,
        Kind::Nationality => &[OWN],
        _ => &[],
    };
    let typed = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    // Two groups may differ by their marks alone: those as typed come first.
    let exact = known.iter().find(|name| name.to_lowercase() == typed.to_lowercase());
    let found = exact.or_else(|| known.iter().find(|name| fold(name) == fold(&typed)));
    found.map_or(typed, |name| (*name).to_owned())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{ETHNIC_GROUPS, Kind, spelled};

    #[test]
    fn groups_are_spelled_as_the_list_has_them_and_others_stay() {
        assert_eq!(ETHNIC_GROUPS.iter().collect::<BTreeSet<_>>().len(), 54);
        for (typed, kept) in [
            ("kinh", "Kinh"),
            ("  Ê  đê ", "Ê Đê"),
            ("MUONG", "Mường"),
            ("Lự", "Lự"),
            ("Pháp", "Pháp"),
        ] {
            assert_eq!(spelled(&Kind::Ethnicity, typed), kept);
        }
        assert_eq!(spelled(&Kind::Nationality, "viet nam"), "Việt Nam");
        assert_eq!(spelled(&Kind::Nationality, "Lào"), "Lào");
    }
}
