//! A new instance: one agency with its usual units, and the account of its administrator.

use std::fs;
use std::path::Path;

use crate::domain::agency::{Agency, Role, Unit};
use crate::domain::catalogue::Level;
use crate::domain::ids::{AgencyCode, UnitCode};
use crate::env::Env;
use crate::office::accounts::{GivenPassword, NewAccount};
use crate::office::{Failure, Office, OpenError, Settings};

/// What a new instance begins with.
#[derive(Clone, Debug)]
pub struct Founding {
    /// The agency's code, such as `H40.12`.
    pub agency_code: String,
    /// Its full name.
    pub agency_name: String,
    /// Its level.
    pub level: Level,
    /// The administrator's account.
    pub admin: String,
    /// The account's password.
    pub password: String,
}

/// Why there is no new instance.
#[derive(Debug, thiserror::Error)]
pub enum NotFounded {
    /// The folder.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// A name, code or password is refused, or the store fails.
    #[error(transparent)]
    Store(#[from] Failure),
}

/// The units of a commune (the names that papers print).
const COMMUNE_UNITS: &[(&str, &str)] = &[
    ("mot-cua", "Trung tâm Phục vụ hành chính công"),
    ("tu-phap-ho-tich", "Tư pháp - Hộ tịch"),
    ("dia-chinh-xay-dung", "Địa chính - Xây dựng"),
    ("van-hoa-xa-hoi", "Văn hóa - Xã hội"),
    ("kinh-te", "Kinh tế"),
    ("van-phong", "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân"),
    ("cong-an", "Công an"),
];

/// The units that every other agency has.
const OFFICE_UNITS: &[(&str, &str)] =
    &[("mot-cua", "Bộ phận Tiếp nhận và Trả kết quả"), ("van-phong", "Văn phòng")];

/// Makes a folder with everything that serving needs. What was begun is taken away again when it
/// fails.
///
/// # Errors
/// The folder is not empty or in use, or what it shall begin with is refused.
pub fn found(
    root: &Path,
    env: Env,
    settings: &Settings,
    founding: Founding,
) -> Result<Office, NotFounded> {
    let was_there = root.exists();
    let office = Office::create_with(root, env, settings, false)?;
    match furnish(&office, founding) {
        Ok(()) => Ok(office),
        Err(failure) => {
            drop(office);
            clear(root, was_there);
            if let Some(key) = &settings.instance_key {
                // It was made with the folder, and opens nothing.
                let _ = fs::remove_file(key);
            }
            Err(failure.into())
        }
    }
}

fn furnish(office: &Office, founding: Founding) -> Result<(), Failure> {
    let code = AgencyCode::new(founding.agency_code.trim().to_uppercase());
    let units = match founding.level {
        Level::Commune => COMMUNE_UNITS,
        _ => OFFICE_UNITS,
    };
    let unit =
        |(code, name): &(&str, &str)| Unit { code: UnitCode::new(*code), name: (*name).to_owned() };
    let name = founding.agency_name.trim();
    office.put_agency(&Agency {
        code: code.clone(),
        name: name.to_owned(),
        superior: String::new(),
        place: place(name).to_owned(),
        level: founding.level,
        one_stop: units[0].1.to_owned(),
        address: String::new(),
        phone: String::new(),
        units: units.iter().map(unit).collect(),
    })?;
    let admin = NewAccount {
        name: founding.admin,
        full_name: String::new(),
        roles: vec![Role::Admin],
        agency: code,
        unit: None,
    };
    office.add_account(admin, Some(GivenPassword::kept(&founding.password)))
}

/// The place in the name of a commune, from which its papers are dated.
fn place(name: &str) -> &str {
    ["phường ", "xã ", "đặc khu ", "tỉnh ", "thành phố "]
        .iter()
        .find_map(|kind| name.rsplit_once(kind))
        .map_or("", |(_, place)| place.trim())
}

/// Removes what was made. What cannot be removed is told by the next attempt.
fn clear(root: &Path, keep_folder: bool) {
    if !keep_folder {
        let _ = fs::remove_dir_all(root);
        return;
    }
    for entry in fs::read_dir(root).into_iter().flatten().flatten() {
        let path = entry.path();
        let _ = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
    }
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn papers_are_dated_from_the_place_in_the_name() {
        assert_eq!(place("Ủy ban nhân dân phường Nam Định"), "Nam Định");
        assert_eq!(place("UBND xã Hải Hậu"), "Hải Hậu");
        assert_eq!(place("Sở Tư pháp tỉnh Ninh Bình"), "Ninh Bình");
        assert_eq!(place("Trung tâm thử nghiệm"), "");
    }
}
