//! Components that show something.

use jiff::civil::{Date, Weekday};
use maud::{Markup, html};

use super::part;
use crate::domain::words::Lang;
use crate::office::fees::Transfer;
use crate::web::components::{
    Action, ActionPanel, BannerKind, BulkAction, Button, ChannelFacts, Chip, Column, DataTable,
    DayMark, Deadline, EmptyState, ErrorPage, Flow, FlowState, FlowStep, Group, Icon, ListedLink,
    Pages, ProcedureCard, RefusedAction, Row, Sort, Step, SummaryRow, Tab, TimeLineEntry, Urgency,
    YearDay, action_panel, banner, bulk_bar, button_link, card_list, data_table, deadline_pill,
    duration_and_fees, empty_state, error_page, filter_chips, flow, flow_tag, icon, key_facts,
    link_list, pagination, panel, procedure_card, qr_code, sections, side_right, status_tag, steps,
    summary_list, tabs, time_line, transfer_code, year_view,
};

const LONG_NAME: &str = "Công Tằng Tôn Nữ Nguyễn Thị Huyền Diễm Ễnh Ộp";
const LONG_PROCEDURE: &str = "Đăng ký đất đai, cấp Giấy chứng nhận quyền sử dụng đất, quyền sở hữu \
    tài sản gắn liền với đất lần đầu đối với cá nhân, cộng đồng dân cư, hộ gia đình đang sử dụng \
    đất";

fn sample_transfer() -> Transfer {
    Transfer {
        bank: "Agribank".to_owned(),
        account: "1500201234567".to_owned(),
        holder: "UBND PHUONG HOA HUNG".to_owned(),
        amount: 1_250_000,
        content: "H40.12-261123-0001".to_owned(),
        qr: "00020101021138570010A0000007270127000697040301130011012345678".to_owned(),
    }
}

pub(super) fn showing(lang: Lang) -> Markup {
    html! {
        (part("Tình trạng", &html! {
            ul.links { @for code in 1..=10 { li { (status_tag(lang, code)) } } }
        }))
        (part("Hạn", &deadlines(lang)))
        (part("Biểu tượng", &html! { p { @for drawing in Icon::ALL { (icon(drawing)) " " } } }))
        (part("Thông báo", &banners(lang)))
        (part("Hai cột", &tracking(lang)))
        (part("Bước và thẻ", &ways(lang)))
        (part("Danh sách tóm tắt", &summary(lang)))
        (part("Thủ tục", &procedures(lang)))
        (part("Bảng", &table(lang)))
        (part("Lịch năm", &year_view(lang, 2026, &year_day)))
        (part("Quy trình", &process(lang)))
        (part("Việc làm được ngay", &actions(lang)))
        (part("Trang lỗi", &error_page(lang, &ErrorPage {
            title: "Không tìm thấy trang",
            advice: html! { p { "Xem lại địa chỉ, hoặc " a href="/thu-tuc" { "tìm thủ tục" } "." } },
            reference: "7F3A-90C2",
        })))
    }
}

fn year_day(date: Date) -> YearDay {
    let mark = match (date.month(), date.day()) {
        (2, 16..=20) | (11, 24) => Some(DayMark::Off),
        (1, 10) => Some(DayMark::MadeUp),
        _ => (date.weekday() == Weekday::Saturday).then_some(DayMark::Extra),
    };
    let is_rest = matches!(date.weekday(), Weekday::Sunday) || mark == Some(DayMark::Off);
    YearDay { mark, is_rest, name: String::new() }
}

fn deadlines(lang: Lang) -> Markup {
    let all = [
        ("còn 2 ngày làm việc", Urgency::Calm),
        ("hôm nay, trước 17:00", Urgency::Soon),
        ("quá hạn 3 giờ", Urgency::Late),
        ("tạm dừng, còn 3 ngày làm việc", Urgency::Paused),
        ("xong sớm 1 ngày", Urgency::InTime),
        ("trễ 2 ngày làm việc", Urgency::Late),
    ];
    html! {
        ul.links {
            @for (words, urgency) in all {
                li {
                    (deadline_pill(lang, &Deadline {
                        words,
                        urgency,
                        datetime: "2026-11-26T17:00:00+07:00",
                        why: "#vi-sao",
                    }))
                }
            }
        }
    }
}

fn banners(lang: Lang) -> Markup {
    html! {
        (banner(lang, BannerKind::Done, &html! {
            "Đã tiếp nhận " span.code { "H40.12-261123-0001" } ". Hồ sơ tiếp theo: "
            a href="#" { "H40.12-261123-0002" } "."
        }))
        (banner(lang, BannerKind::Note, &html! {
            "Cơ quan nghỉ thứ Sáu 01/01/2027. Làm việc lại thứ Hai 04/01/2027."
        }))
        (banner(lang, BannerKind::Refused, &html! {
            "Chưa phê duyệt được: hồ sơ đã chuyển cho đơn vị khác lúc 16:28."
        }))
        (empty_state(lang, &EmptyState {
            words: "Chưa có hồ sơ nào.",
            href: "/thu-tuc",
            way: "Tìm thủ tục để nộp",
        }))
    }
}

fn tracking(lang: Lang) -> Markup {
    let side = panel(
        "",
        &html! {
            (key_facts(&[
                ("Ai đang giữ", html! { "Phòng Kinh tế, Hạ tầng và Đô thị" }),
                ("Đến khi nào", html! { "thứ Năm 26/11/2026, trước 17:00" }),
                ("Ông/Bà cần làm", html! { "Giữ giấy tiếp nhận." }),
            ]))
            (button_link("#", &Button { label: "Bổ sung giấy tờ", ..Button::default() }))
            (transfer_code(lang, &sample_transfer()))
            @if let Some(code) = qr_code("Mã QR của hồ sơ", "https://example.org/tra-cuu/H40.12-261123-0001") {
                p { (code) span.code { "H40.12-261123-0001" } }
            }
        },
    );
    let content = html! {
        p { (status_tag(lang, 4)) }
        p { "Phòng Kinh tế, Hạ tầng và Đô thị đang giải quyết, bước 2/4: thẩm tra." }
        h3 { "Diễn biến" }
        (time_line(lang, &[
            TimeLineEntry {
                when: "thứ Năm 26/11/2026, trước 17:00",
                what: "Trả kết quả",
                by: "Bộ phận Một cửa",
                expected: true,
                ..TimeLineEntry::default()
            },
            TimeLineEntry {
                when: "09:12, 24/11/2026",
                datetime: "2026-11-24T09:12:00+07:00",
                what: "Yêu cầu bổ sung giấy tờ",
                by: "Phòng Kinh tế, Hạ tầng và Đô thị",
                note: "Bản vẽ tách thửa chưa có chữ ký của chủ sử dụng đất liền kề.\n\
                    Ảnh chụp trang 2 bị lóa.",
                ..TimeLineEntry::default()
            },
            TimeLineEntry {
                when: "16:30, 23/11/2026",
                what: "Được tiếp nhận",
                by: "Bộ phận Một cửa",
                ..TimeLineEntry::default()
            },
        ]))
    };
    side_right(&side, &content)
}

fn ways(lang: Lang) -> Markup {
    html! {
        (steps(lang, 3, &[
            Step { label: "Người nộp", href: "#1" },
            Step { label: "Tờ khai", href: "#2" },
            Step { label: "Giấy tờ", href: "" },
            Step { label: "Nhận kết quả", href: "" },
            Step { label: "Kiểm tra và gửi", href: "" },
        ]))
        (tabs("Nội dung hồ sơ", &[
            Tab { href: "#to-khai", label: "Tờ khai", count: None, current: true },
            Tab { href: "#giay-to", label: "Giấy tờ", count: Some(3), current: false },
            Tab { href: "#dien-bien", label: "Diễn biến", count: Some(12), current: false },
            Tab { href: "#phi", label: "Phí", count: None, current: false },
            Tab { href: "#noi-bo", label: "Nội bộ", count: None, current: false },
        ]))
        (sections("Quản trị", &[
            Group { label: "Thủ tục, tờ khai", pages: vec![
                Tab { href: "#danh-muc", label: "Danh mục", count: None, current: false },
                Tab { href: "#mau", label: "Tờ khai", count: None, current: true },
            ] },
            Group { label: "Hệ thống", pages: vec![
                Tab { href: "#suc-khoe", label: "Tình trạng", count: None, current: false },
            ] },
        ]))
        (link_list(true, &[
            ListedLink { href: "#", label: "Hộ tịch", count: Some(38) },
            ListedLink { href: "#", label: "Bảo trợ xã hội", count: Some(21) },
            ListedLink { href: "#", label: "Đất đai", count: Some(44) },
            ListedLink { href: "#", label: "Thành lập và hoạt động của hợp tác xã", count: Some(9) },
        ]))
        (pagination(lang, &Pages { newer: "#", older: "#", ..Pages::default() }))
        (pagination(lang, &Pages { newer: "", older: "#", partial: true, ..Pages::default() }))
    }
}

fn summary(lang: Lang) -> Markup {
    html! {
        (summary_list(lang, &[
            SummaryRow { change: "#", ..SummaryRow::text("Họ, chữ đệm và tên", LONG_NAME) },
            SummaryRow { change: "#", ..SummaryRow::text("Số định danh cá nhân (CCCD)", "079•••••123") },
            SummaryRow { change: "#", ..SummaryRow::text("Nơi cư trú", "Thôn Đông Hòa, xã Mỹ Đức, thành phố Hà Nội") },
            SummaryRow { change: "#", ..SummaryRow::text("Thư điện tử", "") },
        ]))
        (duration_and_fees(lang, &[
            ChannelFacts { channel: "Trực tuyến", duration: "3 ngày làm việc", fee: "Miễn phí", tiers: "" },
            ChannelFacts {
                channel: "Tại quầy",
                duration: "3 ngày làm việc",
                fee: "8.000\u{a0}đồng mỗi bản",
                tiers: "Từ trang thứ 3 trở lên: 1.000\u{a0}đồng mỗi trang.",
            },
        ]))
    }
}

fn procedures(_lang: Lang) -> Markup {
    let name = "Đăng ký khai sinh";
    let marked = name.find("khai").unwrap_or_default()..name.len();
    card_list(
        true,
        &[
            procedure_card(&ProcedureCard {
                href: "#",
                name,
                code: "1.001193",
                facts: &["Hộ tịch", "1 ngày làm việc", "Miễn phí", "Nộp trực tuyến được"],
                marks: std::slice::from_ref(&marked),
            }),
            procedure_card(&ProcedureCard {
                href: "#",
                name: LONG_PROCEDURE,
                code: "1.012753",
                facts: &["Đất đai", "20 ngày làm việc", "Theo Nghị quyết của Hội đồng nhân dân"],
                marks: &[],
            }),
        ],
    )
}

fn table(lang: Lang) -> Markup {
    let row = |code: &str, procedure: &str, who: &str, urgency, words, why: &str| Row {
        cells: vec![
            html! { a.code href="#" { (code) } },
            html! { (procedure) },
            html! { (who) },
            deadline_pill(lang, &Deadline { words, urgency, ..Deadline::default() }),
            html! { (why) },
            html! { "20.000" },
        ],
        code: code.to_owned(),
        ticked: urgency == Urgency::Late,
    };
    let rows = [
        row(
            "H40.12-261123-0001",
            "Đăng ký khai sinh",
            LONG_NAME,
            Urgency::Late,
            "quá hạn 3 giờ",
            "quá hạn bước thẩm tra",
        ),
        row(
            "H40.12-261123-0002",
            LONG_PROCEDURE,
            "Y Bia",
            Urgency::Soon,
            "hôm nay, trước 17:00",
            "đã bổ sung",
        ),
        row(
            "H40.12-261123-0003",
            "Xác nhận tình trạng hôn nhân",
            "Hợp tác xã <Rau \"sạch\"> & O'Neil",
            Urgency::Calm,
            "còn 2 ngày làm việc",
            "",
        ),
    ];
    let columns = [
        Column { sort: Some(("?xep=ma", Sort::None)), ..Column::new("Mã hồ sơ") },
        Column::new("Thủ tục"),
        Column::new("Người nộp"),
        Column { sort: Some(("?xep=-han", Sort::Ascending)), ..Column::new("Hạn") },
        Column::new("Vì sao"),
        Column::number("Phí (đồng)"),
    ];
    html! {
        (filter_chips(lang, &[
            Chip { label: "Hộ tịch", without: "#" },
            Chip { label: "Nộp trực tuyến được", without: "#" },
        ]))
        (data_table(lang, &DataTable {
            caption: "Hồ sơ của tôi",
            caption_hidden: false,
            columns: &columns,
            rows: &rows,
            select: "ma",
        }))
        (bulk_bar(lang, &[
            BulkAction { label: "Phê duyệt", value: "approve", ..BulkAction::default() },
            BulkAction { label: "In", value: "print", new_tab: true, ..BulkAction::default() },
        ]))
    }
}

fn process(lang: Lang) -> Markup {
    let step = |name: &str, remark: &str, parallel, state| FlowStep {
        name: name.to_owned(),
        who: "Địa chính - Xây dựng".to_owned(),
        hours: "16 giờ".to_owned(),
        remark: remark.to_owned(),
        parallel,
        state,
        cells: vec![flow_tag(state, if remark.is_empty() { "chưa đến" } else { remark })],
        ..FlowStep::default()
    };
    let steps = [
        step("Tiếp nhận, chuyển hồ sơ", "đúng hạn", false, FlowState::Done),
        step("Thẩm tra hồ sơ, đối chiếu bản đồ địa chính", "trễ 3 giờ", false, FlowState::Late),
        step("Lấy ý kiến về quy hoạch", "đang thực hiện", false, FlowState::Open),
        step("Lấy ý kiến về nhân thân", "sắp đến hạn", true, FlowState::Urgent),
        step("Xác định nghĩa vụ tài chính", "bỏ qua", false, FlowState::Skipped),
        step("Phê duyệt", "", false, FlowState::Waiting),
    ];
    flow(lang, &Flow { title: "Quy trình bản 2", steps: &steps, columns: &["Tình trạng"] })
}

fn actions(lang: Lang) -> Markup {
    action_panel(
        lang,
        &ActionPanel {
            main: Some(button_link(
                "#",
                &Button { label: "Tiếp nhận", key: "F9", ..Button::default() },
            )),
            others: &[
                Action { label: "Yêu cầu bổ sung", href: "#", key: "", asks: true },
                Action {
                    label: "Chuyển cơ quan có thẩm quyền", href: "#", key: "", asks: true
                },
                Action { label: "In giấy tiếp nhận (A5)", href: "#", key: "F8", asks: false },
            ],
            refused: &[RefusedAction {
                label: "Xin lỗi và hẹn lại",
                reason: "mỗi hồ sơ chỉ được hẹn lại một lần",
                basis: "Nghị định 61/2018/NĐ-CP, Điều 19",
            }],
        },
    )
}
