//! Absences, and who stands in.

crate::messages! {
    ABSENCES: "Nghỉ và người làm thay" / "Absences and substitutes";
    ABSENCES_OF: "Nghỉ và người làm thay: {name}" / "Absences and substitutes: {name}";
    ABOUT: "Trong những ngày nghỉ, người làm thay thấy và xử lý được hồ sơ của người nghỉ, với đúng vai trò của người nghỉ. Sổ ghi rõ ai làm, thay cho ai." / "On these days the substitute sees and does the desk work of who is away, with exactly that one's roles. The log says who did it, and in whose place.";
    NONE: "Chưa ghi ngày nghỉ nào." / "No absence is declared.";
    DECLARE: "Ghi ngày nghỉ" / "Declare an absence";
    FROM: "Nghỉ từ ngày" / "Away from";
    TO: "Đến hết ngày" / "Until the end of";
    SUBSTITUTE: "Người làm thay" / "Who stands in";
    LINE: "{from} đến {to}: {name} làm thay" / "{from} to {to}: {name} stands in";
    TAKE_BACK: "Bỏ" / "Take back";
    STAND_IN: "Làm thay người đang nghỉ" / "Stand in for who is away";
    STAND_IN_ABOUT: "Khi làm thay, các danh sách và việc làm được là của người nghỉ, không phải của mình." / "While standing in, lists and actions are those of who is away, not one's own.";
    AWAY_UNTIL: "{name}, nghỉ đến hết {to}" / "{name}, away until the end of {to}";
    BEGIN: "Làm thay" / "Stand in";
    STOP: "Thôi làm thay" / "Stop standing in";
    IN_PLACE: "{name}, làm thay {away}" / "{name}, in place of {away}";
}
