//! What the demo's communes certified this morning.

use jiff::{SignedDuration, Timestamp};

use super::cast::Cast;
use super::clock::DemoClock;
use crate::domain::agency::Role;
use crate::domain::catalogue::Level;
use crate::domain::dossier::PaymentMethod;
use crate::office::certifying::{PaperAsked, Visit};
use crate::office::{Caller, Failure, Office};

/// A paper: procedure, name, pages, copies.
type Paper = (&'static str, &'static str, u32, u32);

/// What each visitor brought.
const VISITS: [&[Paper]; 5] = [
    &[
        ("2.000815", "Bằng tốt nghiệp trung học phổ thông", 1, 5),
        ("2.000815", "Học bạ trung học phổ thông", 12, 2),
        ("2.000884", "Sơ yếu lý lịch", 2, 2),
    ],
    &[("2.000815", "Giấy khai sinh", 1, 3)],
    &[("2.001035", "Hợp đồng tặng cho quyền sử dụng đất", 4, 5)],
    &[
        ("2.000815", "Giấy chứng nhận quyền sử dụng đất", 4, 2),
        ("2.000815", "Giấy chứng nhận đăng ký kết hôn", 1, 2),
    ],
    &[("2.000884", "Giấy ủy quyền nhận lương hưu", 1, 1)],
];

/// Certifies the visits, the last ones just now.
pub(super) async fn fill(
    office: &Office,
    cast: &Cast<'_>,
    clock: &DemoClock,
    now: Timestamp,
) -> Result<(), Failure> {
    for commune in cast.agencies(Level::Commune) {
        let desk = |role| cast.staff(role, &commune.code, "");
        let (Some(receptionist), Some(approver)) = (desk(Role::Receptionist), desk(Role::Approver))
        else {
            continue;
        };
        let caller = Caller::Staff(receptionist.clone());
        for (turn, papers) in VISITS.iter().enumerate() {
            let left = SignedDuration::from_secs(30 * (VISITS.len() - turn) as i64);
            clock.set(now.saturating_sub(left).unwrap_or(now));
            let asked = |(procedure, name, pages, copies): &Paper| PaperAsked {
                procedure: (*procedure).to_owned(),
                name: (*name).to_owned(),
                pages: *pages,
                copies: *copies,
            };
            let visit = Visit {
                applicant: cast.person(turn * 5 + 3),
                papers: papers.iter().map(asked).collect(),
                signer: approver.name.clone(),
                exemption: None,
                method: PaymentMethod::Cash,
                receipt_number: Some(format!("CT/26E {:07}", 310 + turn)),
                later: false,
            };
            office.certify(&caller, visit, None).await?;
        }
    }
    clock.set(now);
    Ok(())
}
