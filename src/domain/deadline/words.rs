//! What deadlines say.

use jiff::SignedDuration;

use super::{DeadlineError, Reception};
use crate::domain::calendar::words::instant_short;
use crate::domain::catalogue::DurationUnit;
use crate::domain::words::{Lang, Message, Text};
use crate::messages;

messages! {
    RECEIVED: "Tiếp nhận lúc {at}." / "Received at {at}.";
    FILED: "Gửi hồ sơ lúc {at}." / "Filed at {at}.";
    CHECKED_ANEW: "Bổ sung giấy tờ lúc {at}; thời gian kiểm tra tính lại từ đầu."
        / "Supplemented at {at}; the time of the check is counted anew.";
    RESTARTED: "Thời hạn tính lại từ đầu, từ khi hết tạm dừng lúc {at}."
        / "Counted anew from the end of the last pause, at {at}.";
    DAY_IN_TIME: "Ngày tiếp nhận là {day}, không tính vào thời hạn."
        / "The receipt day is {day}; it is not counted.";
    DAY_EXTRA: "Ngày tiếp nhận là {day} (buổi làm thêm), không tính vào thời hạn."
        / "The receipt day is {day} (an extra session); it is not counted.";
    DAY_AFTER_HOURS: "Đã hết giờ làm việc, nên ngày tiếp nhận là {day}, không tính vào thời hạn."
        / "After office hours, so the receipt day is {day}; it is not counted.";
    DAY_OFF: "Không phải ngày làm việc, nên ngày tiếp nhận là {day}, không tính vào thời hạn."
        / "Not on a working day, so the receipt day is {day}; it is not counted.";
    SAME_DAY: "Thời hạn: trong ngày, vì tiếp nhận trước {cutoff} {day}."
        / "Duration: the same day, as received before {cutoff} on {day}.";
    SAME_DAY_LATE: "Thời hạn: trong ngày; tiếp nhận từ {cutoff} trở đi nên trả vào ngày làm việc tiếp theo."
        / "Duration: the same day; received from {cutoff} on, so the next working day.";
    DURATION_IS: "Thời hạn: {amount}." / "Duration: {amount}.";
    ADDED: "Thời hạn: {from} cộng {amount} là {to}." / "Duration: {from} plus {amount} is {to}.";
    PAUSED_DAYS: "Tạm dừng từ {from} đến {to}: cộng {days}, thành {total}."
        / "Paused from {from} to {to}: plus {days}, which makes {total}.";
    REACHED: "Cộng tất cả {days}: {to}." / "Plus {days} in all: {to}.";
    NOT_RUNNING: "Tạm dừng từ {from} đến {to}: không tính giờ."
        / "Paused from {from} to {to}: no time counted.";
    COUNTED: "{dates}: {days}, cộng dồn {total}." / "{dates}: {days}, {total} in all.";
    COUNTED_WEEKS: "{dates}: {days} (không tính {rest} nghỉ hằng tuần), cộng dồn {total}."
        / "{dates}: {days} (without {rest} of weekly rest), {total} in all.";
    COUNTED_MADE_UP: "{dates}: làm bù, tính {days}, cộng dồn {total}."
        / "{dates}: a day made up, {days}, {total} in all.";
    REST_WEEKLY: "{dates}: nghỉ hằng tuần, không tính." / "{dates}: weekly rest, not counted.";
    REST_HOLIDAY: "{dates}: ngày nghỉ, không tính." / "{dates}: closed, not counted.";
    REST_NAMED: "{dates}: ngày nghỉ ({name}), không tính."
        / "{dates}: holiday ({name}), not counted.";
    MOVED: "Chuyển sang ngày làm việc tiếp theo: {day}." / "Moved to the next working day: {day}.";
    OFFICE_TIME: "{stretch}: {time} làm việc, cộng dồn {total}."
        / "{stretch}: {time} of office time, {total} in all.";
    OFFICE_TIME_WEEKS: "{stretch}: {time} làm việc (không tính {rest} nghỉ hằng tuần), cộng dồn {total}."
        / "{stretch}: {time} of office time (without {rest} of weekly rest), {total} in all.";
    CLOCK_TIME: "{stretch}: {time}, cộng dồn {total}." / "{stretch}: {time}, {total} in all.";
    OPEN: "Tạm dừng từ {from}, chưa có hạn trả: {remaining}."
        / "Paused since {from}, no due date for now: {remaining}.";
    EXTENDED: "Đã có văn bản xin lỗi và hẹn lại: {at}."
        / "Put off with a written apology: {at}.";
    DUE: "Hẹn trả: {at}." / "Due: {at}.";
    ANSWER_DUE: "Trả lời: {at}." / "The answer is due: {at}.";
    FROM_TO: "từ {from} đến {to}" / "from {from} to {to}";
    WITHIN_DAY: "{day} từ {from} đến {to}" / "{day} from {from} to {to}";

    LEFT: "còn {amount}" / "{amount} left";
    TODAY: "hôm nay, trước {time}" / "today, before {time}";
    OVERDUE: "quá hạn {amount}" / "overdue by {amount}";
    PAUSED: "tạm dừng, còn {amount}" / "paused, {amount} left";
    PAUSED_LAST_WORKING_DAY: "tạm dừng, còn dưới 1 ngày làm việc"
        / "paused, less than 1 working day left";
    PAUSED_LAST_DAY: "tạm dừng, còn dưới 1 ngày" / "paused, less than 1 day left";
    PAUSED_OVERDUE: "tạm dừng, đã quá hạn {amount}" / "paused, overdue by {amount}";
    EARLY: "xong sớm {amount}" / "done {amount} early";
    MET: "đúng hạn" / "on time";
    LATE: "trễ {amount}" / "{amount} late";

    ZERO_DURATION: "Thời hạn phải lớn hơn 0." / "The duration must be more than 0.";
    BACKWARDS_PAUSE: "Lần tạm dừng từ {from} kết thúc trước khi bắt đầu ({to})."
        / "The pause from {from} ends before it begins ({to}).";
    TOO_FAR: "Không tính được ngày hẹn trả: thời hạn quá dài, hoặc lịch không còn ngày làm việc."
        / "No due date can be computed: the duration is too long, or the calendar has no working days left.";

    WORKING_DAY_ONE: "{n} ngày làm việc" / "{n} working day";
    WORKING_DAY_MANY: "{n} ngày làm việc" / "{n} working days";
    DAY_ONE: "{n} ngày" / "{n} day";
    DAY_MANY: "{n} ngày" / "{n} days";
    MONTH_ONE: "{n} tháng" / "{n} month";
    MONTH_MANY: "{n} tháng" / "{n} months";
    WORKING_HOUR_ONE: "{n} giờ làm việc" / "{n} working hour";
    WORKING_HOUR_MANY: "{n} giờ làm việc" / "{n} working hours";
    CLOCK_HOUR_ONE: "{n} giờ, tính liên tục" / "{n} hour of the clock";
    CLOCK_HOUR_MANY: "{n} giờ, tính liên tục" / "{n} hours of the clock";
    HOUR_ONE: "{n} giờ" / "{n} hour";
    HOUR_MANY: "{n} giờ" / "{n} hours";
    MINUTE_ONE: "{n} phút" / "{n} minute";
    MINUTE_MANY: "{n} phút" / "{n} minutes";
    SECOND_ONE: "{n} giây" / "{n} second";
    SECOND_MANY: "{n} giây" / "{n} seconds";
    OF_OFFICE_TIME: "{time} làm việc" / "{time} of office time";
}

/// The sentence of a receipt day.
pub(super) const fn receipt_day(reception: Reception) -> Message {
    match reception {
        Reception::InTime => DAY_IN_TIME,
        Reception::ExtraSession => DAY_EXTRA,
        Reception::AfterHours => DAY_AFTER_HOURS,
        Reception::DayOff => DAY_OFF,
    }
}

/// A unit: its words with 1, and with other numbers.
pub(super) type Unit = (Message, Message);

pub(super) const WORKING_DAYS: Unit = (WORKING_DAY_ONE, WORKING_DAY_MANY);
pub(super) const DAYS: Unit = (DAY_ONE, DAY_MANY);
pub(super) const MONTHS: Unit = (MONTH_ONE, MONTH_MANY);
pub(super) const WORKING_HOURS: Unit = (WORKING_HOUR_ONE, WORKING_HOUR_MANY);
pub(super) const CLOCK_HOURS: Unit = (CLOCK_HOUR_ONE, CLOCK_HOUR_MANY);
pub(super) const HOURS: Unit = (HOUR_ONE, HOUR_MANY);
pub(super) const MINUTES: Unit = (MINUTE_ONE, MINUTE_MANY);
const SECONDS: Unit = (SECOND_ONE, SECOND_MANY);

/// The unit that is added to D0.
pub(super) const fn calendar_unit(unit: DurationUnit) -> Unit {
    match unit {
        DurationUnit::Month => MONTHS,
        _ => DAYS,
    }
}

/// The unit by which pauses move a deadline.
pub(super) const fn moved_by(unit: DurationUnit) -> Unit {
    match unit {
        DurationUnit::Day | DurationUnit::Month => DAYS,
        _ => WORKING_DAYS,
    }
}

/// "1 working day", "3 working days".
pub(super) fn count(unit: Unit, n: u32, lang: Lang) -> String {
    let message = if n == 1 { unit.0 } else { unit.1 };
    message.fill(lang, &[("n", &n.to_string())])
}

/// "1 giờ 30 phút", "29 phút 15 giây"; what is zero is left out.
pub(super) fn time(time: SignedDuration, lang: Lang) -> String {
    let seconds = u64::try_from(time.as_secs()).unwrap_or(0);
    let part = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
    let parts = [
        (HOURS, part(seconds / 3_600)),
        (MINUTES, part(seconds / 60 % 60)),
        (SECONDS, part(seconds % 60)),
    ];
    let said: Vec<String> =
        parts.iter().filter(|(_, n)| *n > 0).map(|(unit, n)| count(*unit, *n, lang)).collect();
    if said.is_empty() { count(MINUTES, 0, lang) } else { said.join(" ") }
}

/// The sentence of a deadline that cannot be computed.
pub(super) fn deadline_error(error: &DeadlineError) -> Text {
    match error {
        DeadlineError::ZeroDuration => ZERO_DURATION.into(),
        DeadlineError::BackwardsPause(pause) => {
            let to = pause.to.map(instant_short).unwrap_or_default();
            BACKWARDS_PAUSE.text(&[("from", &instant_short(pause.from)), ("to", &to)])
        }
        DeadlineError::TooFar => TOO_FAR.into(),
    }
}
