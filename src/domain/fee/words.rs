//! What fees say.

use super::{FeeRule, Unit};
use crate::domain::words::{Lang, Message};

crate::messages! {
    DOSSIER: "hồ sơ" / "dossier";
    DOSSIERS: "hồ sơ" / "dossiers";
    CASE: "trường hợp" / "case";
    CASES: "trường hợp" / "cases";
    PAGE: "trang" / "page";
    PAGES: "trang" / "pages";
    COPY: "bản" / "copy";
    COPIES: "bản" / "copies";
    PERSON: "người" / "person";
    PERSONS: "người" / "persons";
    CAP: "Tối đa {cap}: trừ {less}" / "At most {cap}: less {less}";
    CAP_EACH: "Tối đa {cap} một bản, {copies}: trừ {less}" / "At most {cap} a copy, {copies}: less {less}";
    EXEMPT: "Miễn ({reason}): trừ {less}" / "Exempt ({reason}): less {less}";
    REDUCED: "Giảm {percent} % ({reason}): trừ {less}" / "{percent} % off ({reason}): less {less}";
    A_UNIT: "{price} một {unit}" / "{price} a {unit}";
    FROM_ON: "từ {unit} {from}: {price}" / "from {unit} {from} on: {price}";
    UP_TO: "tối đa {cap}" / "at most {cap}";
    UP_TO_EACH: "tối đa {cap} một bản" / "at most {cap} a copy";
    PUBLISHED: "Phí, lệ phí" / "Fees and charges";
    UNKNOWN_RULE: "Không có khoản thu “{rule}” đang áp dụng cho cách nộp này." / "No fee “{rule}” is charged for this way of filing.";
    NOTHING_COUNTED: "Nhập số lượng từ 1 trở lên." / "Enter a quantity of at least 1.";
    NO_COPIES: "Nhập số bản từ 1 trở lên." / "Enter at least 1 copy.";
    TOO_LARGE: "Số tiền quá lớn: tối đa {max}." / "The amount is too large: at most {max}.";
    UNKNOWN_EXEMPTION: "Không có trường hợp miễn, giảm “{exemption}” đang áp dụng." / "No exemption “{exemption}” is in force.";
    EXEMPTS_NOTHING: "Trường hợp miễn, giảm này không áp dụng cho khoản nào phải nộp." / "This exemption takes nothing off what is to be paid.";
    CLOSED_ALREADY: "Ngày {day} đã chốt sổ, không thay đổi được." / "The day {day} is closed and cannot be changed.";
    CLOSE_AHEAD: "Ngày {day} chưa đến." / "The day {day} lies ahead.";
    CLOSE_EARLIER: "Chốt ngày {day} trước." / "Close the day {day} first.";
    CLOSE_NOTHING: "Ngày {day} không có khoản thu nào để chốt." / "Nothing was taken on {day}.";
    ID_WRONG: "Mã gồm 1 đến 40 chữ thường không dấu, chữ số hoặc dấu gạch dưới." / "The id has 1 to 40 small letters, digits or underscores.";
    ID_TWICE: "Mã “{id}” được dùng hai lần." / "The id “{id}” is used twice.";
    NAME_MISSING: "Nhập tên khoản thu." / "Enter the fee's name.";
    REASON_MISSING: "Nhập lý do miễn, giảm." / "Enter the reason of the exemption.";
    SOURCE_MISSING: "Nhập căn cứ pháp lý." / "Enter the legal source.";
    TOO_LONG: "Quá dài: tối đa {max} ký tự." / "Too long: at most {max} characters.";
    TIERS_MISSING: "Nhập ít nhất một mức thu." / "Enter at least one price.";
    TIERS_FIRST: "Mức thu đầu tiên bắt đầu từ 1." / "The first price starts from 1.";
    TIERS_ORDER: "Mức sau phải bắt đầu sau mức trước." / "Each price starts after the one before.";
    PRICE_WRONG: "Mức thu tối đa {max}." / "A price is at most {max}.";
    CAP_WRONG: "Mức tối đa phải lớn hơn 0 và không quá {max}." / "The cap must be over 0 and at most {max}.";
    DATES_WRONG: "Ngày hết hiệu lực phải từ ngày có hiệu lực trở đi." / "The last day cannot lie before the first.";
    COUNTED_ONCE: "Khoản thu một lần cho cả hồ sơ không đếm theo câu trả lời." / "What is charged once a dossier is not counted by answers.";
    COUNTED_WRONG: "“{name}” không phải là tên câu trả lời." / "“{name}” is no name of an answer.";
    PERCENT_WRONG: "Mức giảm từ 1 đến 100 %." / "The reduction is 1 to 100 %.";
    EXEMPTS_UNKNOWN: "Không có khoản thu mang mã “{rule}”." / "There is no fee with the id “{rule}”.";
    TOO_MANY: "Quá nhiều: tối đa {max}." / "Too many: at most {max}.";
}

/// `1.250.000`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    out
}

/// `1.250.000 đồng`, held together.
pub fn dong(amount: u64) -> String {
    format!("{}\u{a0}đồng", grouped(amount))
}

/// The unit's name, for one and for several.
pub const fn unit(unit: Unit) -> (Message, Message) {
    match unit {
        Unit::Dossier => (DOSSIER, DOSSIERS),
        Unit::Case => (CASE, CASES),
        Unit::Page => (PAGE, PAGES),
        Unit::Copy => (COPY, COPIES),
        Unit::Person => (PERSON, PERSONS),
    }
}

/// `7 trang`.
pub(super) fn count(counted: Unit, number: u64, lang: Lang) -> String {
    let (one, many) = unit(counted);
    let name = if number == 1 { one } else { many };
    format!("{} {}", grouped(number), name.say(lang))
}

/// `Trang 3–7`.
pub(super) fn range(counted: Unit, first: u32, last: u32, lang: Lang) -> String {
    let (one, many) = unit(counted);
    let name = if first == last { one } else { many }.say(lang);
    let mut letters = name.chars();
    let initial = letters.next().map(char::to_uppercase);
    let name: String = initial.into_iter().flatten().chain(letters).collect();
    match first == last {
        true => format!("{name} {}", grouped(first.into())),
        false => format!("{name} {}–{}", grouped(first.into()), grouped(last.into())),
    }
}

/// A rule's prices: `trang 1–2: 2.000 đồng; từ trang 3: 1.000 đồng; tối đa 200.000 đồng một bản`.
pub fn rule(rule: &FeeRule, lang: Lang) -> String {
    let name = unit(rule.unit).0.say(lang);
    let mut parts: Vec<String> = Vec::with_capacity(rule.tiers.len() + 1);
    for (position, tier) in rule.tiers.iter().enumerate() {
        let price = dong(tier.price);
        parts.push(match rule.tiers.get(position + 1) {
            Some(next) => {
                let said = range(rule.unit, tier.from, next.from.saturating_sub(1), lang);
                format!("{}: {price}", said.to_lowercase())
            }
            None if position == 0 => A_UNIT.fill(lang, &[("price", &price), ("unit", name)]),
            None => {
                let from = grouped(tier.from.into());
                FROM_ON.fill(lang, &[("unit", name), ("from", &from), ("price", &price)])
            }
        });
    }
    parts.extend(rule.cap.map(|cap| {
        let message = if rule.per_copy { UP_TO_EACH } else { UP_TO };
        message.fill(lang, &[("cap", &dong(cap))])
    }));
    parts.join("; ")
}

#[cfg(test)]
mod tests {
    use super::{dong, grouped};

    #[test]
    fn amounts_read_as_people_write_them() {
        assert_eq!(
            (grouped(0), grouped(999), grouped(20_000)),
            ("0".into(), "999".into(), "20.000".into())
        );
        assert_eq!(dong(1_250_000), "1.250.000\u{a0}đồng");
    }
}
