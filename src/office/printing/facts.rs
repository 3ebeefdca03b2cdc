//! Facts of a dossier in the words of its papers.

use jiff::Timestamp;

use super::words;
use crate::documents::papers::{ComponentLine, FileLine};
use crate::domain::agency::Agency;
use crate::domain::calendar::words::date_short;
use crate::domain::catalogue::{Channel, DurationUnit, Procedure};
use crate::domain::deadline::Duration;
use crate::domain::dossier::{Dossier, Fee, FeeKind, Paper};
pub(super) use crate::domain::fee::grouped as amount;
use crate::domain::words::Lang;

/// Longest fee in the catalogue's own words that fits on a line of A5.
const FEE_LINE: usize = 60;

/// The papers as they were at an instant, with the files that had come by then.
pub(super) fn components(papers: &[Paper], dossier: &Dossier, at: Timestamp) -> Vec<ComponentLine> {
    let line = |paper: &Paper| {
        let of_paper = dossier.attachments.iter().filter(|file| {
            file.component.as_ref() == Some(&paper.component) && file.added_at <= at
        });
        let files: Vec<FileLine> = of_paper
            .map(|file| FileLine {
                name: file.name.clone(),
                size: size(file.size),
                sha256: file.sha256,
            })
            .collect();
        let with_leader = dossier.led_by.is_some() && paper.originals + paper.copies == 0;
        let is_paper = paper.originals + paper.copies > 0 && (paper.on_paper || files.is_empty());
        let form = match (is_paper, files.is_empty()) {
            (false, true) if with_leader => words::WITH_LEADER,
            (true, false) => words::PAPER_AND_FILE,
            (false, false) => words::FILE,
            (_, true) => words::ON_PAPER,
        };
        ComponentLine {
            name: paper.name.clone(),
            originals: paper.originals,
            copies: paper.copies,
            form: match paper.evidence.form.filter(|_| !with_leader) {
                Some(form) => form.name().vi.to_owned(),
                None => form.vi.to_owned(),
            },
            files,
        }
    };
    papers.iter().map(line).collect()
}

/// `1,2 MB`, `340 KB`.
fn size(bytes: u64) -> String {
    if bytes < 1_000_000 {
        let kilobytes = bytes.div_ceil(1_000).to_string();
        return words::KILOBYTES.fill(Lang::Vi, &[("n", &kilobytes)]);
    }
    let tenths = bytes / 100_000;
    let megabytes = format!("{},{}", tenths / 10, tenths % 10);
    words::MEGABYTES.fill(Lang::Vi, &[("n", &megabytes)])
}

/// `03 ngày làm việc`: a digit cannot be added to two.
pub(super) fn duration(duration: Duration) -> String {
    let message = match duration.unit {
        DurationUnit::SameDay => words::SAME_DAY,
        DurationUnit::WorkingHour => words::WORKING_HOURS,
        DurationUnit::Hour => words::HOURS,
        DurationUnit::WorkingDay => words::WORKING_DAYS,
        DurationUnit::Day => words::DAYS,
        DurationUnit::Month => words::MONTHS,
    };
    message.fill(Lang::Vi, &[("n", &format!("{:02}", duration.amount))])
}

/// Where and how the result will be handed over.
pub(super) fn hand_over(dossier: &Dossier, agency: &Agency) -> String {
    match dossier.return_channel {
        Channel::Counter => {
            let section = Some(&agency.one_stop).filter(|s| !s.is_empty()).unwrap_or(&agency.name);
            words::AT_COUNTER.fill(Lang::Vi, &[("section", section)])
        }
        Channel::Online => words::ONLINE.vi.to_owned(),
        Channel::Post => match dossier.submitter.address.as_deref() {
            Some(address) => words::BY_POST.fill(Lang::Vi, &[("address", address)]),
            None => words::BY_POST_BARE.vi.to_owned(),
        },
    }
}

/// A way out in a few words.
pub(super) const fn way(channel: Channel) -> &'static str {
    match channel {
        Channel::Counter => words::COUNTER.vi,
        Channel::Online => words::ONLINE.vi,
        Channel::Post => words::BY_POST_BARE.vi,
    }
}

/// The fee in words: what was asked of this dossier, else what the catalogue says.
pub(super) fn fee(dossier: &Dossier, procedure: Option<&Procedure>) -> String {
    let asked = |fee: &&Fee| fee.line.kind == FeeKind::Fee && fee.cancelled.is_none();
    let fees: Vec<_> = dossier.fees.iter().filter(asked).collect();
    if !fees.is_empty() {
        let total = amount(fees.iter().map(|fee| fee.line.amount).sum());
        let paid = fees.iter().filter(|fee| !fee.is_open()).map(|fee| fee.line.amount).sum();
        let message = match fees.iter().filter(|fee| fee.is_open()).count() {
            0 => words::PAID,
            open if open == fees.len() => words::UNPAID,
            _ => words::PARTLY_PAID,
        };
        return message.fill(Lang::Vi, &[("amount", &total), ("paid", &amount(paid))]);
    }
    match procedure {
        Some(procedure) => published_fee(procedure, dossier.channel),
        None => words::FREE.vi.to_owned(),
    }
}

/// The fee that the catalogue publishes, in words.
pub(super) fn published_fee(procedure: &Procedure, channel: Channel) -> String {
    let way = procedure.way(channel);
    match way.map(|way| (way.fee_vnd, way.fee_text.trim())) {
        None | Some((Some(0), _) | (None, "")) => words::FREE.vi.to_owned(),
        Some((Some(fee), _)) => words::AMOUNT.fill(Lang::Vi, &[("amount", &amount(fee))]),
        Some((None, text)) if text.chars().count() <= FEE_LINE => text.to_owned(),
        Some(_) => words::AS_PUBLISHED.vi.to_owned(),
    }
}

/// The result's name, number and date.
pub(super) fn result(dossier: &Dossier) -> Option<String> {
    let outcome = dossier.outcome.as_ref()?;
    let name = match outcome.favourable {
        true => outcome.name.as_str(),
        false => words::REFUSAL_NOTICE.vi,
    };
    let date = dossier.number.as_ref().map(|(_, date)| date_short(*date));
    Some(match (dossier.result_number(), date) {
        (Some(number), Some(date)) => words::RESULT_DATED
            .fill(Lang::Vi, &[("name", name), ("number", number), ("date", &date)]),
        (Some(number), None) => {
            words::RESULT_NUMBERED.fill(Lang::Vi, &[("name", name), ("number", number)])
        }
        _ => name.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::{amount, duration, size};
    use crate::domain::catalogue::DurationUnit;
    use crate::domain::deadline::Duration;

    #[test]
    fn numbers_are_written_as_on_official_papers() {
        assert_eq!(amount(0), "0");
        assert_eq!(amount(8_000), "8.000");
        assert_eq!(amount(1_250_000), "1.250.000");
        assert_eq!(size(1_260_000), "1,2 MB");
        assert_eq!(size(339_500), "340 KB");
        assert_eq!(duration(Duration::new(3, DurationUnit::WorkingDay)), "03 ngày làm việc");
        assert_eq!(duration(Duration::new(0, DurationUnit::SameDay)), "Trong ngày làm việc");
    }
}
