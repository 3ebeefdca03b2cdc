//! What holds for every request, whatever is done about it.

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::{Just, Strategy, any, prop_oneof, proptest};

use super::{
    Command, Context, Deed, Details, Ground, Period, Periods, Request, RequestKind, State, dates,
};
use crate::domain::calendar::Calendar;
use crate::domain::catalogue::DurationUnit;
use crate::domain::deadline::Duration;
use crate::domain::ids::AgencyCode;
use crate::domain::privacy::Way;
use crate::domain::words::Text;

fn periods() -> Periods {
    let days = |amount| Duration::new(amount, DurationUnit::Day);
    let row = |kinds: &[RequestKind], alone, with, extension| Period {
        kinds: kinds.to_vec(),
        alone: days(alone),
        with_processor: with,
        extension,
        source: String::new(),
    };
    let first = [RequestKind::Withdraw, RequestKind::Restrict, RequestKind::Object];
    let second = [RequestKind::Access, RequestKind::Copy, RequestKind::Rectify];
    Periods {
        answer: Duration::new(2, DurationUnit::WorkingDay),
        answer_source: String::new(),
        rows: vec![
            row(&first, 15, Some(days(20)), Some(15)),
            row(&second, 10, None, None),
            row(&[RequestKind::Erase], 20, None, None),
        ],
        grounds: vec![Ground {
            id: "archive".to_owned(),
            kinds: vec![RequestKind::Erase],
            name: Text::default(),
            source: String::new(),
        }],
        sources: Vec::new(),
        to_verify: Vec::new(),
    }
}

fn kinds() -> impl Strategy<Value = RequestKind> {
    (0..RequestKind::ALL.len()).prop_map(|place| RequestKind::ALL[place])
}

fn instants() -> impl Strategy<Value = Timestamp> {
    let first = 1_767_200_400_i64;
    let at = |second| Timestamp::from_second(second).expect("an instant");
    (first..first + 4 * 366 * 86_400).prop_map(at)
}

fn request(kind: RequestKind, received_at: Timestamp) -> Request {
    let calendar = Calendar::office_hours();
    let (answer_by, due_at) =
        dates(&periods(), &calendar, kind, (false, false), received_at).expect("a period");
    Request {
        number: 1,
        agency: AgencyCode::new("H40.12".to_owned()),
        kind,
        way: Way::Account,
        person: [0; 32],
        received_at,
        with_processor: false,
        state: State::Received,
        answer_by,
        due_at,
        is_extended: false,
        details: Details::default(),
    }
}

fn commands() -> impl Strategy<Value = Command> {
    let text = || prop_oneof![Just(String::new()), Just("vì lý do".to_owned())];
    let ground = prop_oneof![Just("archive".to_owned()), Just("no".to_owned())];
    prop_oneof![
        text().prop_map(Command::Tell),
        text().prop_map(Command::Extend),
        text().prop_map(Command::Grant),
        text().prop_map(Command::Carry),
        (ground, text()).prop_map(|(ground, text)| Command::Refuse { ground, text }),
        Just(Command::TakeBack),
        Just(Command::Close),
    ]
}

proptest! {
    #[test]
    fn dates_lie_in_order_on_working_days(
        kind in kinds(), received in instants(), with_processor in any::<bool>(),
    ) {
        let calendar = Calendar::office_hours();
        let of = |flags| dates(&periods(), &calendar, kind, flags, received).expect("a period");
        let (answer_by, due_at) = of((with_processor, false));
        let longer = of((with_processor, true));
        assert!(received < answer_by && answer_by <= due_at);
        assert!(longer.0 >= answer_by);
        assert!(longer.1 >= due_at);
        assert!(of((true, false)).1 >= of((false, false)).1);
        for date in [answer_by, due_at, longer.1] {
            assert!(calendar.is_working_day(crate::domain::calendar::local(date).date()));
        }
    }

    #[test]
    fn whatever_is_done_it_ends_once_and_is_extended_once(
        kind in kinds(),
        received in instants(),
        steps in proptest::collection::vec((commands(), 0..40_i64), 0..12),
    ) {
        let (periods, calendar) = (periods(), Calendar::office_hours());
        let mut request = request(kind, received);
        let mut now = received;
        for (command, days) in steps {
            now += SignedDuration::from_hours(24 * days);
            let context = Context { periods: &periods, calendar: &calendar, now, by: "x" };
            let before = request.clone();
            match request.decide(&command, &context) {
                Err(_) => assert_eq!(request, before, "a refusal changes nothing"),
                Ok(next) => {
                    assert!(!before.state.is_ended(), "what has ended stays");
                    assert_eq!(next.details.course.len(), before.details.course.len() + 1);
                    assert!(next.due_at >= before.due_at);
                    if next.state == State::Refused {
                        assert_eq!(kind, RequestKind::Erase, "only on a ground of the law");
                    }
                    request = next;
                }
            }
        }
        let count = |deed| request.details.course.iter().filter(|one| one.deed == deed).count();
        assert!(count(Deed::Extended) <= 1 && count(Deed::Told) <= 1 && count(Deed::Done) <= 1);
        assert_eq!(request.is_extended, count(Deed::Extended) == 1);
        assert_eq!(request.next_date().is_none(), request.state.is_ended());
    }
}
