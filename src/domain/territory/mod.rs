//! Provinces and communes, as they are since 1 July 2025 and as they were before; addresses in them.
//!
//! An address is kept as one line, as papers print it; its parts are read from the line by
//! [`Territory::recognise`], which also knows the older names with a district.

#[cfg(test)]
mod laws;
mod reading;
mod spelling;
mod table;

pub use reading::{Found, Recognised};
pub use table::{Former, Territory, territory};

/// A province or city of the first level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Province {
    /// Its national code, two digits.
    pub code: &'static str,
    /// Its name with its kind, such as `Tỉnh Ninh Bình`.
    pub name: &'static str,
}

/// A commune, ward or special zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Commune {
    /// Its national code, five digits.
    pub code: &'static str,
    /// Its name with its kind, such as `Phường Nam Định`.
    pub name: &'static str,
    /// Its province, by its place among the provinces.
    province: u8,
}

/// An address in its parts; each may be empty.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Address {
    /// The province's name.
    pub province: String,
    /// The commune's name.
    pub commune: String,
    /// What lies below: house, street, hamlet.
    pub detail: String,
}

impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Address(…)")
    }
}

impl Address {
    /// In one line, from the smallest to the largest, as addresses are written.
    pub fn line(&self) -> String {
        let parts = [&self.detail, &self.commune, &self.province].map(|part| part.trim());
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }

    /// The parts of a line as far as they are certain: what is not recognised is detail, and of a
    /// commune that was split nobody knows which part is meant.
    pub fn read(line: &str) -> Self {
        let table = territory();
        let read = table.recognise(line);
        let in_commune = |commune: &Commune, detail| Self {
            province: table.province_of(commune).name.to_owned(),
            commune: commune.name.to_owned(),
            detail,
        };
        match read.found {
            Found::Now(commune) => in_commune(commune, read.detail),
            Found::Former { now, .. } => match now.as_slice() {
                [only] => in_commune(only, read.detail),
                several => Self {
                    province: table.common_province(several).unwrap_or_default().to_owned(),
                    commune: String::new(),
                    detail: read.detail,
                },
            },
            Found::Province(province) => Self {
                province: province.name.to_owned(),
                commune: String::new(),
                detail: read.detail,
            },
            Found::Nothing => Self { detail: read.detail, ..Self::default() },
        }
    }
}
