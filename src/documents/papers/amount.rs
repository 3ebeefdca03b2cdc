//! Amounts of money and dates as official papers write them out.

use jiff::civil::Date;

const DIGITS: [&str; 10] = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];
const THOUSANDS: [&str; 3] = ["", "nghìn", "triệu"];

/// `Một trăm hai mươi nghìn đồng`.
pub fn amount_in_words(dong: u64) -> String {
    sentence(&format!("{} đồng", number(dong)))
}

/// `Ngày ba tháng mười một năm hai nghìn không trăm hai mươi lăm`; the fourth month is `tư`.
pub fn date_spelled(date: Date) -> String {
    let part = |part: i8| number(u64::from(part.unsigned_abs()));
    let month = if date.month() == 4 { "tư".to_owned() } else { part(date.month()) };
    let year = number(u64::from(date.year().unsigned_abs()));
    sentence(&format!("ngày {} tháng {month} năm {year}", part(date.day())))
}

fn number(number: u64) -> String {
    let words = if number == 0 { vec![DIGITS[0]] } else { billions(number) };
    words.join(" ")
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn billions(number: u64) -> Vec<&'static str> {
    const BILLION: u64 = 1_000_000_000;
    let (high, low) = (number / BILLION, number % BILLION);
    let mut words = if high > 0 { billions(high) } else { Vec::new() };
    if high > 0 {
        words.push("tỷ");
    }
    for (position, name) in THOUSANDS.iter().enumerate().rev() {
        let group = low / 1_000_u64.pow(position as u32) % 1_000;
        if group == 0 {
            continue;
        }
        // After a higher group the hundreds are said even when there are none.
        words.extend(hundreds(group as usize, !words.is_empty()));
        if !name.is_empty() {
            words.push(name);
        }
    }
    words
}

fn hundreds(group: usize, is_inner: bool) -> Vec<&'static str> {
    let (hundred, ten, one) = (group / 100, group / 10 % 10, group % 10);
    let mut words = Vec::new();
    if hundred > 0 || is_inner {
        words.extend([DIGITS[hundred], "trăm"]);
    }
    match ten {
        0 if one > 0 && !words.is_empty() => words.push("linh"),
        0 => {}
        1 => words.push("mười"),
        _ => words.extend([DIGITS[ten], "mươi"]),
    }
    match (ten, one) {
        (_, 0) => {}
        (2.., 1) => words.push("mốt"),
        (1.., 5) => words.push("lăm"),
        _ => words.push(DIGITS[one]),
    }
    words
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{amount_in_words, date_spelled};

    #[test]
    fn dates_are_spelled_as_people_say_them() {
        let spelled = |y, m, d| date_spelled(date(y, m, d));
        assert_eq!(
            spelled(1985, 4, 21),
            "Ngày hai mươi mốt tháng tư năm một nghìn chín trăm tám mươi lăm"
        );
        let long = "Ngày ba tháng mười một năm hai nghìn không trăm hai mươi lăm";
        assert_eq!(spelled(2025, 11, 3), long);
    }

    #[test]
    fn amounts_are_said_as_people_say_them() {
        for (dong, said) in [
            (0, "Không đồng"),
            (5, "Năm đồng"),
            (15, "Mười lăm đồng"),
            (21, "Hai mươi mốt đồng"),
            (105, "Một trăm linh năm đồng"),
            (8_000, "Tám nghìn đồng"),
            (1_250_000, "Một triệu hai trăm năm mươi nghìn đồng"),
            (2_000_005, "Hai triệu không trăm linh năm đồng"),
            (3_000_000_000, "Ba tỷ đồng"),
            (1_000_000_000_001, "Một nghìn tỷ không trăm linh một đồng"),
        ] {
            assert_eq!(amount_in_words(dong), said);
        }
        assert!(amount_in_words(u64::MAX).ends_with(" đồng"));
    }
}
