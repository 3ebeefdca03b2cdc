//! Agencies in administration.

crate::messages! {
    ADD: "Thêm cơ quan" / "Add an agency";
    EDIT: "Sửa" / "Change";
    CODE: "Mã cơ quan" / "Code";
    CODE_HINT: "Theo danh mục mã định danh điện tử, ví dụ H40.12; không đổi được về sau." / "As in the national list of identifiers, such as H40.12; it stays for good.";
    CODE_TAKEN: "Đã có cơ quan mang mã này." / "There is an agency with this code.";
    NAME: "Tên cơ quan" / "Name";
    NAME_HINT: "Như in trên giấy tờ." / "As papers print it.";
    NAME_MISSING: "Nhập tên cơ quan." / "Enter the agency's name.";
    SUPERIOR: "Cơ quan chủ quản" / "The body above it";
    SUPERIOR_HINT: "In phía trên tên cơ quan." / "Printed above the name.";
    PLACE: "Địa danh" / "Place";
    PLACE_HINT: "In trước ngày tháng, ví dụ Ba Đình." / "Printed before the date, such as Ba Đình.";
    LEVEL: "Cấp" / "Level";
    SECTION: "Bộ phận một cửa" / "One-stop section";
    ADDRESS: "Địa chỉ" / "Address";
    PHONE: "Điện thoại" / "Telephone";
    UNITS: "Đơn vị, bộ phận chuyên môn" / "Units";
    UNIT_OF: "Tên đơn vị ({code})" / "Name of the unit ({code})";
    MORE_UNITS: "Thêm đơn vị" / "More units";
    UNITS_HINT: "Mỗi dòng một đơn vị." / "One unit a line.";
    UNITS_WRONG: "Cơ quan có từ 1 đến {max} đơn vị." / "An agency has 1 to {max} units.";
    SAVE: "Lưu" / "Save";
    BACK: "Về danh sách cơ quan" / "Back to the agencies";
}
