//! What the import says to people.

crate::messages! {
    PERIL_SHORTER: "Rút ngắn thời hạn" / "Shorter deadline";
    PERIL_LONGER: "Kéo dài thời hạn" / "Longer deadline";
    PERIL_FEE: "Đổi phí, lệ phí" / "Other fee";
    PERIL_PAPER: "Thêm giấy tờ bắt buộc" / "Another paper required";
    PERIL_PAPER_GONE: "Bớt giấy tờ bắt buộc" / "A required paper less";
    PERIL_WAY: "Bỏ một cách nộp" / "A way to file less";
    CASE_OF: "{procedure}: {why}" / "{procedure}: {why}";
    IN_FORCE_CHANGED: "Hiệu lực: {old} → {new}" / "In force: {old} → {new}";
    IN_FORCE_SAID: "từ {from}, hết {ends}, thay thế bằng {successors}" / "from {from}, ends {ends}, replaced by {successors}";
    OFFER_CHANGED: "Nơi tiếp nhận “{agency}”: tình trạng, giờ hoặc hướng dẫn" / "Where it is taken, “{agency}”: state, hours or guidance";
    AGENCY_NOT_HERE: "Ở đây không có cơ quan “{agency}”: bỏ qua điều cơ quan đó nói." / "There is no agency “{agency}” here: what it says is left out.";
    STATE_UNKNOWN: "Chỉ nhận open, not_open hoặc stopped." / "Takes open, not_open or stopped.";
    IN_FORCE_CIRCLE: "Các thủ tục thay thế lẫn nhau thành vòng tròn." / "Procedures take each other's place in a circle.";
    SUCCESSOR_UNKNOWN: "Không có thủ tục mang mã {procedure}." / "There is no procedure with the code {procedure}.";
    AT_PLACE: "Ở “{place}”: {why}" / "At “{place}”: {why}";
    EMPTY_FILE: "Tệp không có nội dung. Chọn tệp khác rồi nhập lại."
        / "The file is empty. Choose another one and import again.";
    UNKNOWN_KIND: "Không nhận ra loại tệp “{file}”. Danh mục là tệp .xlsx xuất từ Cơ sở dữ liệu quốc gia về thủ tục hành chính, hoặc tệp .jsonl mỗi dòng một thủ tục."
        / "The kind of “{file}” is unknown. A catalogue is an .xlsx list as the national procedure database exports it, or a .jsonl file with one procedure a line.";
    TOO_LARGE: "Tệp quá lớn, tối đa {limit} MB sau khi giải nén."
        / "The file is too large: at most {limit} MB once unpacked.";
    NOT_A_WORKBOOK: "Tệp bảng tính bị hỏng hoặc không đầy đủ. Tải lại tệp từ nơi cung cấp rồi nhập lại."
        / "The spreadsheet is damaged or incomplete. Get it again from its source and import again.";
    PASSWORD: "Tệp bảng tính có mật khẩu. Bỏ mật khẩu, lưu lại rồi nhập."
        / "The spreadsheet is protected by a password. Remove it, save and import again.";
    OLD_EXCEL: "Tệp bảng tính theo định dạng cũ (.xls). Lưu lại thành .xlsx rồi nhập."
        / "The spreadsheet has the old .xls format. Save it as .xlsx and import again.";
    NO_HEADER: "Không tìm thấy dòng tiêu đề. Bảng cần có các cột “Mã số” và “Tên”."
        / "No header row was found. The table needs the columns “Mã số” and “Tên”.";
    NOT_UTF8_FILE: "Tệp không theo bảng mã UTF-8. Lưu lại theo UTF-8 rồi nhập."
        / "The file is not in UTF-8. Save it as UTF-8 and import again.";
    NOT_UTF8: "Dòng có ký tự không đúng bảng mã UTF-8."
        / "The line has bytes that are not UTF-8.";
    NOT_JSON: "Dòng không phải JSON hợp lệ, sai từ ký tự thứ {column}."
        / "The line is not valid JSON, from character {column} on.";
    NOT_AN_OBJECT: "Dòng không phải một đối tượng JSON {…}."
        / "The line is not a JSON object {…}.";
    NO_CODE: "Thiếu mã số thủ tục." / "The procedure's code is missing.";
    BAD_CODE: "Mã số “{code}” chưa đúng: có ít nhất một chữ số, chỉ gồm chữ, số, dấu chấm và dấu gạch ngang, tối đa 60 ký tự."
        / "The code “{code}” is wrong: it needs a digit, and has only letters, digits, dots and hyphens, at most 60.";
    NO_NAME: "Thủ tục {code} thiếu tên." / "Procedure {code} has no name.";
    NOT_A_TEXT: "Thủ tục {code}: trường “{field}” không đúng kiểu dữ liệu, cần là văn bản."
        / "Procedure {code}: the field “{field}” has the wrong type; it must be a text.";
    NOT_A_LIST: "Thủ tục {code}: trường “{field}” không đúng kiểu dữ liệu, cần là danh sách […]."
        / "Procedure {code}: the field “{field}” has the wrong type; it must be a list […].";
    NOT_TEXTS: "Thủ tục {code}: trường “{field}” không đúng kiểu dữ liệu, cần là danh sách văn bản."
        / "Procedure {code}: the field “{field}” has the wrong type; it must be a list of texts.";
    NOT_OBJECTS: "Thủ tục {code}: trường “{field}” không đúng kiểu dữ liệu, cần là danh sách đối tượng."
        / "Procedure {code}: the field “{field}” has the wrong type; it must be a list of objects.";
    NOT_A_NUMBER: "Thủ tục {code}: trường “{field}” không đúng kiểu dữ liệu, cần là số nguyên."
        / "Procedure {code}: the field “{field}” has the wrong type; it must be a whole number.";
    NOT_A_TRUTH: "Thủ tục {code}: trường “{field}” không đúng kiểu dữ liệu, cần là true hoặc false."
        / "Procedure {code}: the field “{field}” has the wrong type; it must be true or false.";
    DURATION_TOO_LONG: "Thủ tục {code}: trường “duration” là {value}, quá lớn (tối đa {limit})."
        / "Procedure {code}: the field “duration” is {value}, which is too long (at most {limit}).";
    CONTRADICTION: "Mã số {code} đã có ở dòng {row} với nội dung khác; dòng này không được nhập."
        / "Code {code} stands in row {row} with other contents; this row was left out.";
    ON_SHEET: "Trang tính “{sheet}”: {reason}" / "Sheet “{sheet}”: {reason}";
    REMARK_VALUE: "Thủ tục {code}: không hiểu giá trị “{value}” của “{field}”, để trống để cơ quan bổ sung."
        / "Procedure {code}: the value “{value}” of “{field}” is not understood; it is left open for the agency to fill in.";
    REMARK_COUNT: "Thủ tục {code}: số bản {value} của một giấy tờ là bất thường, ghi nhận là 1."
        / "Procedure {code}: a paper asks for {value} pieces, which cannot be meant; taken as 1.";
    REMARK_COMPONENT: "Thủ tục {code}: bỏ qua một giấy tờ không có tên."
        / "Procedure {code}: a paper without a name was skipped.";
    REMARK_LIST_OTHER: "Mã số {code}: danh sách ghi thủ tục khác hẳn, “{new}” ({new_field}); giữ “{old}” ({old_field}) theo tệp JSON đã nhập. Kiểm tra lại mã số với nơi công bố."
        / "Code {code}: the list has quite another procedure, “{new}” ({new_field}); “{old}” ({old_field}) from the JSON line was kept. Check the code with whoever published it.";
    REMARK_NOW_OTHER: "Mã số {code}: tên và lĩnh vực thay đổi hoàn toàn, trước là “{old}” ({old_field}), nay ghi nhận “{new}” ({new_field}). Kiểm tra lại mã số với nơi công bố."
        / "Code {code}: name and field have changed wholly, from “{old}” ({old_field}) to “{new}” ({new_field}), which was taken. Check the code with whoever published it.";
    REMARK_NO_COLUMN: "Bảng không có cột “{column}”: thủ tục đã có giữ nội dung cũ, thủ tục mới để trống."
        / "The table has no column “{column}”: procedures that are known keep theirs, new ones have none.";
    ON_FILE: "Tệp “{file}”: {reason}" / "File “{file}”: {reason}";
    UNKNOWN_EXPORT: "Không xuất được ra “{file}”. Đặt tên tệp kết thúc bằng .jsonl hoặc .xlsx."
        / "Cannot export to “{file}”. Give the file a name that ends with .jsonl or .xlsx.";
    EXPORT_FAILED: "Không ghi được bảng tính: {cause}. Xuất ra tệp .jsonl thay thế."
        / "The spreadsheet could not be written: {cause}. Export to a .jsonl file instead.";
    FACT_NAME: "Tên" / "Name";
    FACT_DECISION: "Quyết định công bố" / "Decision";
    FACT_KIND: "Loại" / "Kind";
    FACT_FIELD: "Lĩnh vực" / "Field";
    FACT_ISSUER: "Cơ quan ban hành" / "Issuing body";
    FACT_AGENCY: "Cơ quan thực hiện" / "Settling agency";
    FACT_COORDINATING: "Cơ quan phối hợp" / "Agencies that take part";
    FACT_STEPS: "Trình tự thực hiện" / "Steps";
    FACT_REQUIREMENTS: "Yêu cầu, điều kiện" / "Conditions";
    FACT_LEVELS: "Cấp thực hiện" / "Level";
    FACT_SUBJECTS: "Đối tượng thực hiện" / "Who may apply";
    FACT_BASIS: "Căn cứ pháp lý" / "Legal basis";
    FACT_RESULTS: "Kết quả" / "Results";
    FACT_COMPONENTS: "Thành phần hồ sơ" / "Papers";
    FACT_OF_WAY: "Nộp {channel}, {fact}" / "Filed {channel}, {fact}";
    FACT_DURATION: "thời hạn" / "duration";
    FACT_FEE: "phí, lệ phí" / "fee";
    FACT_FEE_WORDS: "mô tả phí, lệ phí" / "words of the fee";
    FACT_OTHER: "Thông tin khác “{field}” thay đổi" / "Other fact “{field}” changes";
    FACT_CHANGED: "{fact}: {old} → {new}" / "{fact}: {old} → {new}";
    NOTHING: "(trống)" / "(empty)";
    ITEM_NEW: "{fact}: thêm “{item}”" / "{fact}: “{item}” comes in";
    ITEM_GONE: "{fact}: bỏ “{item}”" / "{fact}: “{item}” goes";
    ITEMS_MOVED: "{fact}: đổi thứ tự" / "{fact}: another order";
    PAPER_NEW: "Thêm giấy tờ “{paper}”" / "New paper “{paper}”";
    PAPER_GONE: "Bỏ giấy tờ “{paper}”" / "Paper “{paper}” goes";
    PAPER_RENAMED: "Giấy tờ “{old}” đổi tên thành “{new}”" / "Paper “{old}” is now called “{new}”";
    PAPER_COUNTS: "Giấy tờ “{paper}”: {old_originals} bản chính, {old_copies} bản sao → {originals} bản chính, {copies} bản sao" / "Paper “{paper}”: originals {old_originals} → {originals}, copies {old_copies} → {copies}";
    PAPER_DEMANDED: "Giấy tờ “{paper}” trở thành bắt buộc" / "Paper “{paper}” becomes mandatory";
    PAPER_OPTIONAL: "Giấy tờ “{paper}” không còn bắt buộc" / "Paper “{paper}” is no longer mandatory";
    PAPER_MOVED: "Giấy tờ “{paper}” chuyển sang trường hợp “{case}”" / "Paper “{paper}” now belongs to the case “{case}”";
    WAY_NEW: "Thêm cách nộp {channel}" / "New way to file: {channel}";
    WAY_GONE: "Bỏ cách nộp {channel}" / "No longer filed: {channel}";
    WAY_CASES: "Các trường hợp nộp {channel} thay đổi" / "The cases of filing {channel} change";
    COUNTER: "trực tiếp" / "at the counter";
    ONLINE: "trực tuyến" / "online";
    POST: "qua bưu chính" / "by post";
    SAME_DAY: "trong ngày" / "the same day";
    WORKING_HOURS: "{n} giờ làm việc" / "{n} working hours";
    HOURS: "{n} giờ" / "{n} hours";
    WORKING_DAYS: "{n} ngày làm việc" / "{n} working days";
    DAYS: "{n} ngày" / "{n} days";
    MONTHS: "{n} tháng" / "{n} months";
    OWN_DURATION: "Cơ quan đang tự đặt thời hạn {duration}; ghi tệp này thì thời hạn theo danh mục." / "The office set the duration {duration} itself; with this file the catalogue's holds.";
    OWN_FEES: "Cơ quan đang có mức phí, lệ phí riêng: giữ nguyên, không theo tệp. Kiểm tra lại." / "The office has fee rules of its own: they stay as they are. Look at them.";
    OWN_INTAKE: "Cơ quan đang đặt nơi nộp trực tuyến riêng, mà tệp bỏ cách nộp trực tuyến." / "The office set where it is filed online, and the file takes that way away.";
    LINK_PAPER: "Hồ sơ liên thông “{procedure}” đang dùng giấy tờ bị bỏ “{paper}”." / "The linked procedure “{procedure}” uses the paper “{paper}” that goes.";
    HAS_FORM_DECLARATION: "Thủ tục có tờ khai điện tử in thay cho giấy tờ bị bỏ “{paper}”." / "The electronic form prints the paper “{paper}” that goes.";
    LIST_TITLE: "DANH SÁCH THỦ TỤC HÀNH CHÍNH" / "LIST OF ADMINISTRATIVE PROCEDURES";
}
