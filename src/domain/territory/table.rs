//! The tables of provinces and communes. They lie in the executable as text; what is read from them
//! borrows it, and is read when an address is first asked for.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;
use std::sync::LazyLock;

use super::spelling::{Kind, bare, read};
use super::{Commune, Found, Province, Recognised};

const PROVINCES: &str = include_str!("../../../assets/places/provinces.csv");
const COMMUNES: &str = include_str!("../../../assets/places/communes.csv");
const BEFORE: &str = include_str!("../../../assets/places/before-2025.csv");

static TERRITORY: LazyLock<Territory> =
    LazyLock::new(|| Territory::read(PROVINCES, COMMUNES, BEFORE));

/// Provinces and communes of Vietnam.
pub fn territory() -> &'static Territory {
    &TERRITORY
}

/// Provinces and communes, of today and from before 1 July 2025.
#[derive(Debug)]
pub struct Territory {
    provinces: Vec<Province>,
    /// Where the communes of each province lie.
    of_province: Vec<Range<usize>>,
    communes: Vec<Commune>,
    pub(super) named_provinces: Vec<NamedProvince>,
    pub(super) districts: Vec<District>,
    pub(super) formers: Vec<FormerRow>,
    /// What former communes are now, one after the other.
    now: Vec<u16>,
    /// Every commune by the hash of its bare name, the former ones after those of today.
    names: Vec<(u64, u16)>,
}

/// The province that an address names.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Where {
    /// What it is now, by its place among the provinces; none when none was named.
    pub now: Option<usize>,
    /// Its name of before 1 July 2025; empty when no province had it.
    pub before: &'static str,
}

/// A province of today or before by its name without marks and kind.
#[derive(Debug)]
pub(super) struct NamedProvince {
    pub bare: String,
    pub kind: Option<Kind>,
    pub place: Where,
}

/// A district of before, or a province of before without one.
#[derive(Debug)]
pub(super) struct District {
    /// Its name with its kind; empty where there was none.
    pub name: &'static str,
    /// Its name without marks and kind.
    pub bare: String,
    /// Its province's name of then.
    pub province: &'static str,
}

#[derive(Debug)]
pub(super) struct FormerRow {
    pub name: &'static str,
    pub district: u16,
    first: u16,
    count: u8,
}

/// A commune as it was before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Former {
    /// Its name with its kind.
    pub name: &'static str,
    /// Its district; empty for an island district without communes.
    pub district: &'static str,
    /// Its province.
    pub province: &'static str,
}

impl Former {
    /// In one line.
    pub fn line(&self) -> String {
        let parts = [self.name, self.district, self.province].into_iter();
        parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }
}

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    Now(usize),
    Former(usize),
}

impl Territory {
    /// Reads the tables; a row that is none is left out, which a test would notice.
    fn read(provinces: &'static str, communes: &'static str, before: &'static str) -> Self {
        let mut table = Self {
            provinces: rows(provinces).map(|[code, name]| Province { code, name }).collect(),
            of_province: Vec::new(),
            communes: Vec::new(),
            named_provinces: Vec::new(),
            districts: Vec::new(),
            formers: Vec::new(),
            now: Vec::new(),
            names: Vec::new(),
        };
        table.read_communes(communes);
        table.read_before(before);
        table.read_names();
        table.read_provinces();
        table
    }

    fn read_communes(&mut self, text: &'static str) {
        self.of_province = vec![0..0; self.provinces.len()];
        let mut province = 0;
        for [code, number, name] in rows(text) {
            if let Some(found) = self.provinces.iter().position(|one| one.code == code) {
                province = found;
                self.of_province[found] = self.communes.len()..self.communes.len();
            }
            self.communes.push(Commune { code: number, name, province: small(province) });
            if let Some(range) = self.of_province.get_mut(province) {
                range.end = self.communes.len();
            }
        }
    }

    fn read_before(&mut self, text: &'static str) {
        let mut codes: Vec<(&str, u16)> =
            self.communes.iter().zip(0..).map(|(commune, place)| (commune.code, place)).collect();
        codes.sort_unstable();
        let place = |code: &str| codes.binary_search_by_key(&code, |row| row.0).ok();
        let mut province = "";
        for [of, district, name, now] in rows(text) {
            if !of.is_empty() {
                province = of;
            }
            if !of.is_empty() || !district.is_empty() {
                let name = if district == "-" { "" } else { district };
                let words = read(name);
                let (_, words) = Kind::split(&words);
                self.districts.push(District { name, bare: bare(words), province });
            }
            let first = self.now.len();
            self.now.extend(now.split(' ').filter_map(|code| Some(codes[place(code)?].1)));
            self.formers.push(FormerRow {
                name,
                district: small(self.districts.len().saturating_sub(1)),
                first: small(first),
                count: small(self.now.len() - first),
            });
        }
    }

    fn read_names(&mut self) {
        let now = self.communes.iter().map(|commune| commune.name);
        let former = self.formers.iter().map(|former| former.name);
        let hash = |(place, name): (u16, &str)| {
            let words = read(name);
            (hash_of(&bare(Kind::split(&words).1)), place)
        };
        self.names = (0..).zip(now.chain(former)).map(hash).collect();
        self.names.sort_unstable();
    }

    fn read_provinces(&mut self) {
        let named = |name: &str, place| {
            let words = read(name);
            let (kind, words) = Kind::split(&words);
            NamedProvince { bare: bare(words), kind, place }
        };
        let now = self.provinces.iter().enumerate();
        self.named_provinces = now
            .map(|(place, one)| named(one.name, Where { now: Some(place), before: "" }))
            .collect();
        let mut before = "";
        for row in &self.formers {
            let province = self.former(row).province;
            if province == before {
                continue;
            }
            before = province;
            let now = self.now_of(row).next().map(|commune| usize::from(commune.province));
            let one = named(province, Where { now, before });
            match self.named_provinces.iter_mut().find(|known| known.bare == one.bare) {
                Some(known) => known.place.before = before,
                None => self.named_provinces.push(one),
            }
        }
    }

    /// Every commune of today or before whose name is this one, without marks and kind.
    pub(super) fn named<'a>(&'a self, bare: &str) -> impl Iterator<Item = Named> + use<'a> {
        let hash = hash_of(bare);
        let from = self.names.partition_point(|row| row.0 < hash);
        let count = self.communes.len();
        self.names[from..].iter().take_while(move |row| row.0 == hash).map(move |(_, place)| {
            match usize::from(*place).checked_sub(count) {
                Some(former) => Named::Former(former),
                None => Named::Now(usize::from(*place)),
            }
        })
    }

    /// Provinces, the cities first.
    pub fn provinces(&self) -> &[Province] {
        &self.provinces
    }

    /// The province of this name.
    pub fn province(&self, name: &str) -> Option<&Province> {
        self.provinces.iter().find(|province| province.name == name)
    }

    /// The province that is written so, with or without its kind and marks: “ha noi”, “TP. Huế”.
    pub fn province_called(&self, written: &str) -> Option<&Province> {
        let read = || match self.recognise(written) {
            Recognised { found: Found::Province(province), detail } if detail.is_empty() => {
                Some(province)
            }
            _ => None,
        };
        self.province(written.trim()).or_else(read)
    }

    /// The communes of the province of this name, by the alphabet; none when there is no such province.
    pub fn communes_of(&self, province: &str) -> &[Commune] {
        let place = self.provinces.iter().position(|one| one.name == province);
        let range = place.and_then(|place| self.of_province.get(place).cloned());
        range.and_then(|range| self.communes.get(range)).unwrap_or_default()
    }

    /// Every commune.
    pub fn communes(&self) -> &[Commune] {
        &self.communes
    }

    /// The commune of this code.
    pub fn commune(&self, code: &str) -> Option<&Commune> {
        self.communes.iter().find(|commune| commune.code == code)
    }

    /// The province of a commune.
    pub fn province_of(&self, commune: &Commune) -> &Province {
        &self.provinces[usize::from(commune.province)]
    }

    /// The province in which all of these lie.
    pub fn common_province(&self, communes: &[&Commune]) -> Option<&'static str> {
        let (first, rest) = communes.split_first()?;
        let is_common = rest.iter().all(|commune| commune.province == first.province);
        is_common.then(|| self.province_of(first).name)
    }

    /// Every commune of before, with what it is now, the main part first.
    pub fn formers(&self) -> impl Iterator<Item = (Former, Vec<&Commune>)> {
        self.formers.iter().map(|row| (self.former(row), self.now_of(row).collect()))
    }

    pub(super) fn former(&self, row: &FormerRow) -> Former {
        let district = &self.districts[usize::from(row.district)];
        Former { name: row.name, district: district.name, province: district.province }
    }

    pub(super) fn now_of(&self, row: &FormerRow) -> impl Iterator<Item = &Commune> {
        let (first, count) = (usize::from(row.first), usize::from(row.count));
        self.now[first..first + count].iter().map(|place| &self.communes[usize::from(*place)])
    }
}

/// The rows of a table of `N` columns below its heading. No cell has a comma or a quotation mark.
fn rows<const N: usize>(text: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    text.lines().skip(1).filter_map(|line| {
        let cells: Vec<&str> = line.split(',').collect();
        cells.try_into().ok()
    })
}

/// A place in a table that is known to be small.
fn small<T: TryFrom<usize> + Default>(place: usize) -> T {
    T::try_from(place).unwrap_or_default()
}

fn hash_of(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
