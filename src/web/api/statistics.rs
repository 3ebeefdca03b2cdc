//! Public figures, from counters that are kept: no dossier is looked at.

use std::collections::BTreeMap;

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use super::asking::Asking;
use super::params::Params;
use super::problem::Outcome;
use crate::domain::calendar::local;
use crate::domain::dossier::Directory;
use crate::domain::refusal::Refusal;
use crate::office::Failure;
use crate::web::Site;
use crate::web::incoming::off_thread;
use crate::web::limits::Asked;
use crate::web::words::api as words;

/// Longest period, in days.
const MAX_DAYS: i32 = 3_660;

/// Public figures of a period.
#[derive(Serialize, ToSchema)]
pub struct StatisticsPage {
    /// First day.
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    /// Last day.
    #[schema(value_type = String, format = Date)]
    pub to: Date,
    /// What the figures are counted by: `field`, `month` or `agency`.
    pub by: &'static str,
    /// The figures.
    pub items: Vec<StatisticsItem>,
    /// Always null: there is one page.
    pub next_cursor: Option<String>,
}

/// A figure.
#[derive(Serialize, ToSchema)]
pub struct StatisticsItem {
    /// The field's name, the month as `2026-11`, or the agency's code.
    pub key: String,
    /// Dossiers that were filed, without those that were voided as written by mistake.
    pub submitted: u64,
}

#[derive(Clone, Copy, PartialEq)]
enum By {
    Field,
    Month,
    Agency,
}

/// Counts dossiers that were filed, by field, by month or by agency
#[utoipa::path(
    tag = "statistics",
    security(()),
    params(
        ("from" = Option<String>, Query, format = Date, description = "First day; 1 January of the last day's year by default", example = "2026-01-01"),
        ("to" = Option<String>, Query, format = Date, description = "Last day; today by default"),
        ("by" = Option<String>, Query, description = "`month` (by default), `field` or `agency`"),
    ),
    responses((status = 200, description = "The figures", body = StatisticsPage)),
)]
#[get("/statistics")]
pub async fn show_statistics(request: HttpRequest, asking: Asking, site: Data<Site>) -> Outcome {
    asking.limit(&site, Asked::Reading)?;
    let mut params = Params::of(&request);
    let read_date = |text: &str| text.parse::<Date>().ok();
    let to = params.read("to", words::A_DATE, read_date);
    let to = to.unwrap_or_else(|| local(site.office.now()).date());
    let from = params.read("from", words::A_DATE, read_date);
    let from = from.unwrap_or_else(|| to.first_of_year());
    let by = [("field", By::Field), ("month", By::Month), ("agency", By::Agency)];
    let by = params.choice("by", &by);
    params.finish()?;
    let days = to.since(from).map_or(-1, |span| span.get_days());
    if !(0..=MAX_DAYS).contains(&days) {
        return Err(Refusal::field("from", words::RANGE_WRONG).into());
    }
    let by = by.unwrap_or(By::Month);
    let items = off_thread(move || count(&site, from, to, by)).await?;
    let by = match by {
        By::Field => "field",
        By::Month => "month",
        By::Agency => "agency",
    };
    Ok(HttpResponse::Ok().json(StatisticsPage { from, to, by, items, next_cursor: None }))
}

fn count(site: &Site, from: Date, to: Date, by: By) -> Result<Vec<StatisticsItem>, Failure> {
    let mut figures: BTreeMap<String, u64> = BTreeMap::new();
    let world = site.office.world();
    for agency in world.agencies() {
        if by == By::Agency {
            figures.insert(agency.code.to_string(), 0);
        }
        for filed in site.office.handed_in(&agency.code, from, to)? {
            let key = match by {
                By::Agency => agency.code.to_string(),
                By::Month => format!("{:04}-{:02}", filed.day.year(), filed.day.month()),
                // A procedure that left the catalogue stands for itself.
                By::Field => world
                    .procedure(&filed.procedure)
                    .map_or_else(|| filed.procedure.to_string(), |known| known.field.clone()),
            };
            *figures.entry(key).or_default() += filed.number;
        }
    }
    let item = |(key, submitted)| StatisticsItem { key, submitted };
    Ok(figures.into_iter().map(item).collect())
}
