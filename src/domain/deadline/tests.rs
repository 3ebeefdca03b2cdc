//! A case for every sentence of domain section 5.

use jiff::civil::{Weekday, time};
use jiff::{Timestamp, civil::DateTime};

use super::words::ALL;
use super::{
    Amount, DeadlineError, DeadlineState, Duration, Outcome, Pause, PausePolicy, Remaining, Rules,
    due, outcome, remaining, remaining_ended, state, transfer_by, working_hours_from,
};
use crate::domain::calendar::{Calendar, Session, instant, local};
use crate::domain::catalogue::DurationUnit::WorkingHour;
use crate::domain::catalogue::DurationUnit::{self, Day, Hour, Month, SameDay, WorkingDay};
use crate::domain::words::Lang;

/// "2026-11-23T15:30" in Vietnam.
fn t(text: &str) -> Timestamp {
    instant(text.parse::<DateTime>().expect("a date and time")).expect("in range")
}

fn calendar() -> Calendar {
    let mut table = Calendar::office_hours().timetable().clone();
    table.extra[Weekday::Saturday] = vec![Session::new(time(7, 30, 0, 0), time(11, 30, 0, 0))];
    table.extra[Weekday::Thursday] = vec![Session::new(time(17, 0, 0, 0), time(19, 0, 0, 0))];
    Calendar::new(table).expect("a calendar")
}

fn pause(from: &str, to: &str) -> Pause {
    Pause { from: t(from), to: Some(t(to)) }
}

fn due_with(
    received: &str,
    amount: u32,
    unit: DurationUnit,
    pauses: &[Pause],
    policy: PausePolicy,
) -> String {
    let duration = Duration::new(amount, unit);
    due(&calendar(), t(received), duration, pauses, policy, &Rules::default())
        .expect("a deadline")
        .due_at
        .map_or("paused".to_owned(), |at| local(at).strftime("%Y-%m-%dT%H:%M").to_string())
}

fn plain(received: &str, amount: u32, unit: DurationUnit) -> String {
    due_with(received, amount, unit, &[], PausePolicy::Resume)
}

fn resumed(received: &str, amount: u32, unit: DurationUnit, pauses: &[Pause]) -> String {
    due_with(received, amount, unit, pauses, PausePolicy::Resume)
}

#[test]
fn working_days_are_counted_from_the_day_after_the_receipt_day() {
    // Tuesday 24 November 2026 is a holiday.
    assert_eq!(plain("2026-11-23T15:30", 1, WorkingDay), "2026-11-25T17:00");
    assert_eq!(plain("2026-11-23T15:30", 3, WorkingDay), "2026-11-27T17:00");
    assert_eq!(plain("2026-11-23T16:59", 4, WorkingDay), "2026-11-30T17:00");
    assert_eq!(plain("2026-11-23T17:00", 1, WorkingDay), "2026-11-26T17:00");
    assert_eq!(plain("2026-11-23T05:00", 1, WorkingDay), "2026-11-25T17:00");
    assert_eq!(plain("2026-11-29T09:00", 1, WorkingDay), "2026-12-01T17:00");
}

#[test]
fn a_made_up_saturday_counts_and_its_monday_does_not() {
    assert_eq!(plain("2026-08-21T09:00", 1, WorkingDay), "2026-08-22T17:00");
    assert_eq!(plain("2026-08-28T09:00", 1, WorkingDay), "2026-09-03T17:00");
}

#[test]
fn an_extra_session_takes_dossiers_and_is_no_working_day() {
    assert_eq!(plain("2026-11-28T09:00", 1, WorkingDay), "2026-11-30T17:00");
    assert_eq!(plain("2026-11-28T11:30", 1, WorkingDay), "2026-12-01T17:00");
    assert_eq!(plain("2026-11-26T18:00", 1, WorkingDay), "2026-11-27T17:00");
    assert_eq!(plain("2026-11-25T09:00", 1, WorkingDay), "2026-11-26T17:00");
    assert_eq!(plain("2026-11-28T09:00", 2, WorkingHour), "2026-11-30T09:30");
}

#[test]
fn days_are_added_and_moved_to_a_working_day() {
    assert_eq!(plain("2026-11-23T09:00", 2, Day), "2026-11-25T17:00");
    assert_eq!(plain("2026-11-23T09:00", 1, Day), "2026-11-25T17:00");
    assert_eq!(plain("2026-11-23T09:00", 5, Day), "2026-11-30T17:00");
}

#[test]
fn months_keep_the_day_or_take_the_last_one() {
    assert_eq!(plain("2026-11-23T09:00", 1, Month), "2026-12-23T17:00");
    assert_eq!(plain("2027-01-29T09:00", 1, Month), "2027-03-01T17:00");
    assert_eq!(plain("2024-01-31T09:00", 1, Month), "2024-02-29T17:00");
    assert_eq!(plain("2026-03-31T09:00", 3, Month), "2026-06-30T17:00");
}

#[test]
fn working_hours_are_office_minutes_and_end_where_a_session_ends() {
    assert_eq!(plain("2026-11-25T09:30", 2, WorkingHour), "2026-11-25T11:30");
    assert_eq!(plain("2026-11-25T10:00", 2, WorkingHour), "2026-11-25T14:00");
    assert_eq!(plain("2026-11-25T15:00", 2, WorkingHour), "2026-11-25T17:00");
    assert_eq!(plain("2026-11-23T16:00", 8, WorkingHour), "2026-11-25T16:30");
    assert_eq!(plain("2026-11-27T18:00", 1, WorkingHour), "2026-11-30T08:30");
    assert_eq!(plain("2026-11-25T12:00", 1, WorkingHour), "2026-11-25T14:30");
}

#[test]
fn hours_are_the_clocks() {
    assert_eq!(plain("2026-11-27T18:10", 48, Hour), "2026-11-29T18:10");
}

#[test]
fn the_same_day_has_a_cutoff() {
    assert_eq!(plain("2026-11-23T14:59", 0, SameDay), "2026-11-23T17:00");
    assert_eq!(plain("2026-11-23T15:00", 1, SameDay), "2026-11-25T17:00");
    assert_eq!(plain("2026-11-26T09:00", 1, SameDay), "2026-11-26T19:00", "extra included");
    assert_eq!(plain("2026-11-25T15:00", 1, SameDay), "2026-11-26T17:00", "extra not included");
    assert_eq!(plain("2026-11-28T09:00", 1, SameDay), "2026-11-28T11:30");
    assert_eq!(plain("2026-11-27T20:00", 1, SameDay), "2026-11-30T17:00");
}

#[test]
fn pauses_move_by_the_counted_days_in_them() {
    let one = [pause("2026-12-01T09:00", "2026-12-03T09:00")];
    assert_eq!(resumed("2026-11-30T09:00", 3, WorkingDay, &one), "2026-12-07T17:00");
    assert_eq!(resumed("2026-11-30T09:00", 3, Day, &one), "2026-12-07T17:00");
    assert_eq!(resumed("2026-11-30T09:00", 1, Month, &one), "2027-01-04T17:00");
    let within_a_day = [pause("2026-12-01T09:00", "2026-12-01T16:00")];
    assert_eq!(resumed("2026-11-30T09:00", 3, WorkingDay, &within_a_day), "2026-12-03T17:00");
    let into_the_night = [pause("2026-12-01T09:00", "2026-12-01T17:00")];
    assert_eq!(resumed("2026-11-30T09:00", 3, WorkingDay, &into_the_night), "2026-12-04T17:00");
    let weekend = [pause("2026-12-04T18:00", "2026-12-05T08:00")];
    assert_eq!(resumed("2026-12-03T09:00", 2, WorkingDay, &weekend), "2026-12-07T17:00");
    assert_eq!(resumed("2026-12-03T09:00", 4, Day, &weekend), "2026-12-08T17:00");
}

#[test]
fn no_day_is_lost_twice() {
    let overlapping = [
        pause("2026-12-02T10:00", "2026-12-04T09:00"),
        pause("2026-12-01T09:00", "2026-12-03T09:00"),
    ];
    assert_eq!(resumed("2026-11-30T09:00", 3, WorkingDay, &overlapping), "2026-12-08T17:00");
    let touching = [
        pause("2026-12-01T09:00", "2026-12-01T18:00"),
        pause("2026-12-01T19:00", "2026-12-02T09:00"),
    ];
    assert_eq!(resumed("2026-11-30T09:00", 1, WorkingDay, &touching), "2026-12-02T17:00");
}

#[test]
fn the_receipt_day_and_what_lies_before_cannot_be_lost() {
    let before = [pause("2026-11-26T09:00", "2026-11-30T08:00")];
    assert_eq!(resumed("2026-11-30T09:00", 1, WorkingDay, &before), "2026-12-01T17:00");
    let night = [pause("2026-11-27T19:00", "2026-11-29T08:00")];
    assert_eq!(resumed("2026-11-27T18:00", 1, WorkingDay, &night), "2026-12-01T17:00");
}

#[test]
fn hours_do_not_run_in_a_pause() {
    let noon = [pause("2026-11-25T10:30", "2026-11-25T14:30")];
    assert_eq!(resumed("2026-11-25T10:00", 2, WorkingHour, &noon), "2026-11-25T16:00");
    assert_eq!(resumed("2026-11-25T10:00", 2, Hour, &noon), "2026-11-25T16:00");
    let evening = [pause("2026-11-25T17:00", "2026-11-26T07:30")];
    assert_eq!(resumed("2026-11-25T16:00", 2, WorkingHour, &evening), "2026-11-26T08:30");
    let around = [pause("2026-11-25T08:00", "2026-11-25T13:45")];
    assert_eq!(resumed("2026-11-25T10:00", 1, WorkingHour, &around), "2026-11-25T14:45");
}

#[test]
fn a_same_day_matter_moves_by_working_days() {
    let pauses = [pause("2026-11-25T10:00", "2026-11-26T09:00")];
    assert_eq!(resumed("2026-11-25T09:00", 1, SameDay, &pauses), "2026-11-26T17:00");
    let short = [pause("2026-11-26T10:00", "2026-11-26T11:00")];
    assert_eq!(resumed("2026-11-26T09:00", 1, SameDay, &short), "2026-11-26T19:00");
}

#[test]
fn restart_computes_anew_from_the_end_of_the_last_pause() {
    let pauses = [
        pause("2026-12-01T09:00", "2026-12-03T18:00"),
        pause("2026-11-25T09:00", "2026-11-26T09:00"),
    ];
    let of =
        |amount, unit| due_with("2026-11-23T09:00", amount, unit, &pauses, PausePolicy::Restart);
    // Thursday 3 December has an extra session until 19:00.
    assert_eq!(of(1, WorkingDay), "2026-12-04T17:00");
    assert_eq!(of(1, WorkingHour), "2026-12-04T08:30");
    let before = [pause("2026-11-20T09:00", "2026-11-21T09:00")];
    assert_eq!(
        due_with("2026-11-23T09:00", 1, WorkingDay, &before, PausePolicy::Restart),
        "2026-11-25T17:00"
    );
}

#[test]
fn while_paused_there_is_only_what_remains() {
    let of = |amount, unit, from: &str, policy| {
        let open = [Pause { from: t(from), to: None }];
        let duration = Duration::new(amount, unit);
        let deadline =
            due(&calendar(), t("2026-11-30T09:00"), duration, &open, policy, &Rules::default())
                .expect("a deadline");
        assert_eq!(deadline.due_at, None);
        deadline.remaining.expect("while paused").say(Lang::Vi)
    };
    let resume = PausePolicy::Resume;
    assert_eq!(of(5, WorkingDay, "2026-12-02T10:00", resume), "tạm dừng, còn 3 ngày làm việc");
    assert_eq!(of(2, WorkingDay, "2026-12-02T10:00", resume), "tạm dừng, còn dưới 1 ngày làm việc");
    assert_eq!(
        of(1, WorkingDay, "2026-12-02T10:00", resume),
        "tạm dừng, đã quá hạn 1 ngày làm việc"
    );
    assert_eq!(of(5, Day, "2026-12-02T10:00", resume), "tạm dừng, còn 3 ngày");
    assert_eq!(
        of(8, WorkingHour, "2026-11-30T10:30", resume),
        "tạm dừng, còn 6 giờ 30 phút làm việc"
    );
    assert_eq!(of(24, Hour, "2026-11-30T10:00", resume), "tạm dừng, còn 23 giờ");
    let restart = PausePolicy::Restart;
    assert_eq!(of(5, WorkingDay, "2026-12-02T10:00", restart), "tạm dừng, còn 5 ngày làm việc");
}

#[test]
fn what_cannot_be_computed_says_so() {
    let of = |amount, pauses: &[Pause]| {
        let duration = Duration::new(amount, WorkingDay);
        let policy = PausePolicy::Resume;
        due(&calendar(), t("2026-11-23T09:00"), duration, pauses, policy, &Rules::default())
    };
    assert_eq!(of(0, &[]), Err(DeadlineError::ZeroDuration));
    assert_eq!(of(u32::MAX, &[]), Err(DeadlineError::TooFar));
    let backwards = pause("2026-11-25T09:00", "2026-11-24T09:00");
    assert_eq!(of(1, &[backwards]), Err(DeadlineError::BackwardsPause(backwards)));
    assert_eq!(of(1, &[pause("2026-11-25T09:00", "9000-01-01T00:00")]), Err(DeadlineError::TooFar));
    for unit in [Day, Month, Hour, WorkingHour] {
        let duration = Duration::new(u32::MAX, unit);
        for at in [Timestamp::MIN, Timestamp::MAX, t("2026-11-23T09:00")] {
            let result =
                due(&calendar(), at, duration, &[], PausePolicy::Resume, &Rules::default());
            assert_eq!(result, Err(DeadlineError::TooFar), "{unit:?}");
        }
    }
}

fn why(received: &str, amount: u32, unit: DurationUnit, pauses: &[Pause]) -> Vec<String> {
    let duration = Duration::new(amount, unit);
    let policy = PausePolicy::Resume;
    let deadline = due(&calendar(), t(received), duration, pauses, policy, &Rules::default());
    deadline.expect("a deadline").why.iter().map(|line| line.say(Lang::Vi)).collect()
}

#[test]
fn the_lines_read_as_the_calculation() {
    assert_eq!(
        why("2026-11-23T17:30", 3, WorkingDay, &[pause("2026-11-26T09:00", "2026-11-27T09:00")]),
        [
            "Tiếp nhận lúc 17:30, 23/11/2026.",
            "Đã hết giờ làm việc, nên ngày tiếp nhận là thứ Tư 25/11/2026, không tính vào thời hạn.",
            "Thời hạn: 3 ngày làm việc.",
            "Tạm dừng từ 09:00, 26/11/2026 đến 09:00, 27/11/2026: cộng 1 ngày làm việc, thành 4 ngày làm việc.",
            "Thứ Năm 26/11/2026, thứ Sáu 27/11/2026: 2 ngày làm việc, cộng dồn 2.",
            "Thứ Bảy 28/11/2026, Chủ nhật 29/11/2026: nghỉ hằng tuần, không tính.",
            "Thứ Hai 30/11/2026, thứ Ba 01/12/2026: 2 ngày làm việc, cộng dồn 4.",
            "Hẹn trả: thứ Ba 01/12/2026, trước 17:00.",
        ]
    );
    assert_eq!(
        why("2026-01-31T09:00", 16, Day, &[]),
        [
            "Tiếp nhận lúc 09:00, 31/01/2026.",
            "Ngày tiếp nhận là thứ Bảy 31/01/2026 (buổi làm thêm), không tính vào thời hạn.",
            "Thời hạn: 31/01/2026 cộng 16 ngày là thứ Hai 16/02/2026.",
            "Từ thứ Hai 16/02/2026 đến thứ Sáu 20/02/2026: ngày nghỉ (Tết Nguyên đán), không tính.",
            "Thứ Bảy 21/02/2026, Chủ nhật 22/02/2026: nghỉ hằng tuần, không tính.",
            "Chuyển sang ngày làm việc tiếp theo: thứ Hai 23/02/2026.",
            "Hẹn trả: thứ Hai 23/02/2026, trước 17:00.",
        ]
    );
    assert_eq!(
        why("2026-11-23T15:30", 8, WorkingHour, &[])[1..],
        [
            "Thời hạn: 8 giờ làm việc.",
            "Thứ Hai 23/11/2026 từ 15:30 đến 17:00: 1 giờ 30 phút làm việc, cộng dồn 1 giờ 30 phút.",
            "Thứ Ba 24/11/2026: ngày nghỉ (Ngày Văn hóa Việt Nam), không tính.",
            "Thứ Tư 25/11/2026 từ 07:30 đến 16:00: 6 giờ 30 phút làm việc, cộng dồn 8 giờ.",
            "Hẹn trả: thứ Tư 25/11/2026, trước 16:00.",
        ]
    );
}

#[test]
fn long_calculations_stay_short() {
    let year = why("2026-01-05T09:00", 240, WorkingDay, &[]);
    assert!(year.len() < 30, "{} lines", year.len());
    assert!(year.iter().any(|line| line.contains("Giỗ Tổ Hùng Vương, nghỉ bù")), "{year:#?}");
    assert!(why("2026-01-05T09:00", 1800, WorkingHour, &[]).len() < 30);
}

#[test]
fn an_open_dossier_has_a_state_and_a_pill() {
    let calendar = calendar();
    let due_at = t("2026-11-27T17:00");
    let at = |now| {
        let words = remaining(&calendar, due_at, t(now)).say(Lang::Vi);
        (state(&calendar, Some(due_at), t(now), 1), words)
    };
    use DeadlineState::{DueSoon, OnTime, Overdue};
    assert_eq!(at("2026-11-25T09:00"), (OnTime, "còn 2 ngày làm việc".into()));
    assert_eq!(at("2026-11-26T17:00"), (OnTime, "còn 1 ngày làm việc".into()));
    assert_eq!(at("2026-11-26T17:01"), (DueSoon, "còn 1 ngày làm việc".into()));
    assert_eq!(at("2026-11-27T17:00"), (DueSoon, "hôm nay, trước 17:00".into()));
    assert_eq!(at("2026-11-27T17:20"), (Overdue, "quá hạn 20 phút".into()));
    assert_eq!(at("2026-11-27T20:00"), (Overdue, "quá hạn 3 giờ".into()));
    assert_eq!(at("2026-11-29T20:00"), (Overdue, "quá hạn 2 ngày".into()));
    assert_eq!(at("2026-12-01T08:00"), (Overdue, "quá hạn 2 ngày làm việc".into()));
    assert_eq!(state(&calendar, None, due_at, 1), DeadlineState::Paused);
}

#[test]
fn an_ended_dossier_was_early_on_time_or_late() {
    let calendar = calendar();
    let due_at = t("2026-11-27T17:00");
    let at = |ended| {
        let words = remaining_ended(&calendar, due_at, t(ended)).say(Lang::Vi);
        (outcome(due_at, t(ended)), words)
    };
    assert_eq!(at("2026-11-26T23:59"), (Outcome::Early, "xong sớm 1 ngày".into()));
    assert_eq!(at("2026-11-27T07:30"), (Outcome::OnTime, "đúng hạn".into()));
    assert_eq!(at("2026-11-27T17:00"), (Outcome::OnTime, "đúng hạn".into()));
    assert_eq!(at("2026-11-27T18:00"), (Outcome::Late, "trễ 1 giờ".into()));
    assert_eq!(at("2026-12-01T08:00"), (Outcome::Late, "trễ 2 ngày làm việc".into()));
    let late = Remaining::Late(Amount::WorkingDays(1));
    assert_eq!(late.say(Lang::En), "1 working day late");
}

#[test]
fn papers_are_transferred_the_same_day_or_the_next_working_morning() {
    let by = |received| transfer_by(&calendar(), t(received), &Rules::default());
    assert_eq!(by("2026-11-23T14:59"), Ok(t("2026-11-23T17:00")));
    assert_eq!(by("2026-11-23T15:00"), Ok(t("2026-11-25T07:30")));
    assert_eq!(by("2026-11-29T16:00"), Ok(t("2026-11-30T17:00")));
}

#[test]
fn the_reception_clock_runs_eight_working_hours() {
    let end = working_hours_from(&calendar(), t("2026-11-23T16:30"), 8);
    assert_eq!(end, Ok(t("2026-11-25T17:00")));
}

#[test]
fn both_languages_have_the_same_slots() {
    let slots = |text: &str| {
        let mut found: Vec<String> = text
            .split('{')
            .skip(1)
            .filter_map(|part| part.split('}').next().map(str::to_owned))
            .collect();
        found.sort();
        found
    };
    for (name, message) in ALL {
        assert_eq!(slots(message.vi), slots(message.en), "{name}");
    }
}
