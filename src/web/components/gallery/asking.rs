//! Components that ask something.

use maud::{Markup, html};

use super::part;
use crate::domain::refusal::{FieldError, Refusal};
use crate::domain::words::{Lang, Text};
use crate::web::components::{
    AddressField, AddressParts, Button, Choice, Confirm, DateParts, Field, Form, Method, Repeat,
    SearchBox, Upload, UploadedFile, Width, address_fields, back_link, button, button_link,
    button_row, checkbox, checkboxes, confirm, date_boxes, date_field, error_summary, form,
    handed_fields, identity_number, money_field, one_time_code, password_field, phone_field,
    radios, repeat_group, search_box, select, suggestions, text_area, text_field, upload,
};

const SAMPLE: Form<'static> = Form {
    downloads: false,
    action: "/quan-tri/thanh-phan",
    method: Method::PostFiles,
    csrf: "token",
    key: "key",
    draft: "",
    ask_before_leaving: false,
    id: "",
    label: "",
};

pub(super) fn asking(lang: Lang) -> Markup {
    html! {
        (part("Tìm", &search_box(lang, &SearchBox {
            hint: "Gõ như nói hằng ngày, không dấu cũng được. Ví dụ: khai sinh cho con, sang tên sổ đỏ",
            key: "F2",
            ..SearchBox::default()
        })))
        (part("Biểu mẫu", &html! {
            (back_link(lang, "#"))
            (refused(lang))
            (form(lang, &SAMPLE, &html! {
                (words(lang))
                (person(lang))
                (choices(lang))
                (files(lang))
                (button_row(&html! {
                    (button(&Button { label: "Tiếp tục", ..Button::default() }))
                    (button(&Button { label: "Lưu nháp", secondary: true, name: "viec", value: "luu", ..Button::default() }))
                    (button_link("#", &Button { label: "Nộp hồ sơ", ..Button::default() }))
                    a href="#" { "Để sau" }
                }))
            }))
        }))
        (part("Hỏi lại", &asks(lang)))
    }
}

fn refused(lang: Lang) -> Markup {
    let error = |field: &str, vi: &str| FieldError {
        field: field.to_owned(),
        text: Text { vi: vi.to_owned(), en: vi.to_owned() },
    };
    let refusal = Refusal::fields(vec![
        error("owner.name", "Nhập họ, chữ đệm và tên"),
        error("owner.birth_date", "Ngày sinh phải là ngày có thật"),
        error("owner.id_number", "Số định danh phải có 12 chữ số; ở đây có 11"),
    ]);
    error_summary(lang, &refusal.by_rule("Nghị định 61/2018/NĐ-CP, Điều 17"))
}

fn words(lang: Lang) -> Markup {
    html! {
        (suggestions("goi-y", &["Kinh", "Tày", "Ê Đê"]))
        (text_field(lang, &Field {
            name: "dan_toc",
            label: "Dân tộc",
            value: "Kinh",
            list: "goi-y",
            width: Width::Medium,
            ..Field::default()
        }))
        (text_field(lang, &Field {
            name: "owner.name",
            label: "Họ, chữ đệm và tên",
            hint: "Như trên thẻ căn cước",
            error: "Nhập họ, chữ đệm và tên",
            autocomplete: "name",
            ..Field::default()
        }))
        (text_field(lang, &Field {
            name: "owner.email",
            label: "Thư điện tử",
            kind: "email",
            value: "\"ễ\"<ộ>@example.org",
            prefilled: true,
            optional: true,
            autocomplete: "email",
            ..Field::default()
        }))
        (text_area(lang, &Field {
            name: "reason",
            label: "Lý do (người nộp sẽ đọc)",
            value: "Bản vẽ chưa có chữ ký.\nẢnh trang 2 bị lóa.",
            ..Field::default()
        }, 3))
        (password_field(lang, &Field {
            name: "password",
            label: "Mật khẩu",
            autocomplete: "current-password",
            ..Field::default()
        }))
        (one_time_code(lang, &Field {
            name: "otp",
            label: "Nhập mã 6 số gửi đến 091•••678",
            hint: "Dùng trong 5 phút",
            ..Field::default()
        }))
    }
}

fn person(lang: Lang) -> Markup {
    html! {
        (date_boxes(lang, &Field {
            name: "owner.birth_date",
            label: "Ngày sinh",
            error: "Ngày sinh phải là ngày có thật",
            ..Field::default()
        }, &DateParts { day: "31", month: "02", year: "1990", own_birthday: true, year_only: true }))
        (date_field(lang, &Field { name: "issued", label: "Ngày cấp", value: "27/11/2026", ..Field::default() }))
        (identity_number(lang, &Field {
            name: "owner.id_number",
            value: "07909000012",
            error: "Số định danh phải có 12 chữ số; ở đây có 11",
            ..Field::default()
        }))
        (identity_number(lang, &Field {
            name: "submitter.id_number",
            value: "079091000123",
            warning: "Số này cho biết năm sinh 1991, khác ngày sinh đã nhập. Nếu đúng, cứ tiếp tục.",
            ..Field::default()
        }))
        (phone_field(lang, &Field { name: "phone", ..Field::default() }, Some(("no_phone", false))))
        (money_field(lang, &Field { name: "price", label: "Giá chuyển nhượng", value: "2.000.000", ..Field::default() }))
        (address_fields(lang, &AddressField {
            field: Field { name: "home", label: "Nơi cư trú", ..Field::default() },
            parts: Some(&AddressParts::of_line(
                "Thôn 3, xã Tân Hội, huyện Đan Phượng, thành phố Hà Nội",
            )),
            first: "Tỉnh Ninh Bình",
            own: true,
            ..AddressField::default()
        }))
        (address_fields(lang, &AddressField {
            field: Field { name: "work", label: "Nơi làm việc", optional: true, ..Field::default() },
            parts: Some(&AddressParts::of_line("Số 9, P. Cống Vị, Q. Ba Đình, TP. Hà Nội")),
            ..AddressField::default()
        }))
    }
}

fn choices(lang: Lang) -> Markup {
    let passport = text_field(
        lang,
        &Field { name: "mandate_no", label: "Số văn bản ủy quyền", ..Field::default() },
    );
    html! {
        (radios(lang, &Field { name: "who", label: "Ai nộp hồ sơ?", ..Field::default() }, &[
            Choice { value: "self", label: "Tôi nộp cho chính mình", chosen: true, ..Choice::default() },
            Choice { value: "mandate", label: "Tôi nộp thay, có ủy quyền", below: Some(passport), ..Choice::default() },
            Choice {
                value: "law",
                label: "Tôi là cha, mẹ, người giám hộ hoặc đại diện pháp luật",
                hint: "Nộp cho con chưa đủ 18 tuổi, người được giám hộ, hoặc cho tổ chức",
                ..Choice::default()
            },
        ]))
        (checkboxes(lang, &Field { name: "bring", label: "Giấy tờ cần có", error: "Chọn ít nhất một giấy tờ", ..Field::default() }, &[
            Choice { value: "tp1", label: "Giấy chứng sinh (bản chính)", ..Choice::default() },
            Choice { value: "tp2", label: "Văn bản của người làm chứng xác nhận về việc sinh, nếu không có Giấy chứng sinh", ..Choice::default() },
        ]))
        (select(lang, &Field { name: "field", label: "Lĩnh vực", optional: true, ..Field::default() }, &[
            Choice { value: "ht", label: "Hộ tịch", ..Choice::default() },
            Choice { value: "dd", label: "Đất đai", ..Choice::default() },
        ]))
        (checkbox(lang, &Field {
            name: "pledge",
            label: "Tôi cam đoan nội dung khai là đúng và chịu trách nhiệm trước pháp luật.",
            ..Field::default()
        }, "1", false))
    }
}

fn files(lang: Lang) -> Markup {
    let child = |index: usize| {
        let name = format!("child.{index}.name");
        text_field(lang, &Field { name: &name, label: "Họ, chữ đệm và tên", ..Field::default() })
    };
    let file = |id: &str, name: &str, pages| UploadedFile {
        id: id.to_owned(),
        name: name.to_owned(),
        size: 1_258_292,
        pages,
        view: "#".to_owned(),
    };
    html! {
        (upload(lang, &Upload {
            field: Field { name: "paper.tp1", label: "Giấy chứng sinh", ..Field::default() },
            most: 20 << 20,
            files: &[
                file("1", "giay-chung-sinh-trang-1.jpg", None),
                file("2", "Quét_0001_Ủy ban nhân dân xã_rất_dài_không_có_dấu_cách_nào_cả.pdf", Some(14)),
            ],
            url: "/nop-ho-so/tai-len",
            is_quiet: false,
        }))
        (upload(lang, &Upload {
            field: Field {
                name: "paper.tp2",
                label: "Sơ đồ thửa đất",
                error: "sodo.pdf nặng 34 MB, tối đa 20 MB. Chụp lại nhỏ hơn hoặc tách ra.",
                optional: true,
                ..Field::default()
            },
            most: 20 << 20,
            ..Upload::default()
        }))
        (handed_fields(lang, "", &[]))
        (repeat_group(lang, &Repeat { name: "child", what: "người con", rows: &[child(0), child(1)], max: 5, fresh: None }))
    }
}

fn asks(lang: Lang) -> Markup {
    let reason = text_area(
        lang,
        &Field {
            name: "stop_reason", label: "Lý do (người nộp sẽ đọc)", ..Field::default()
        },
        3,
    );
    confirm(
        lang,
        &Confirm {
            title: "Dừng giải quyết hồ sơ H40.12-261123-0001",
            consequences: html! { p { "Người nộp được báo ngay. Việc này không hoàn tác được." } },
            label: "Dừng giải quyết",
            danger: true,
            back: "#",
            form: Form { method: Method::Post, ..SAMPLE },
            fields: reason,
        },
    )
}
