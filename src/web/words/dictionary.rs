//! The dictionary of the search: everyday words, and what people asked.

crate::messages! {
    TITLE: "Từ ngữ tìm kiếm" / "Search words";
    ABOUT: "Người dân tìm thủ tục bằng lời nói hằng ngày. Ghi ở đây người dân nói thế nào và tên chính thức là gì; xem trước những câu hỏi đổi kết quả rồi mới lưu. Hệ thống đã có sẵn {n} cách nói." / "People search for procedures in everyday words. Write here what they say and what the official name is; look at the queries that change before you save. {n} expressions come with the system.";
    SAID: "Người dân nói" / "What people say";
    SAID_HINT: "Có dấu. Dấu ~ giữa hai phần có thể đứng xa nhau, ví dụ: thẻ xe ~ mất" / "With diacritics. A ~ stands between parts that may be apart, such as: thẻ xe ~ mất";
    OFFICIAL: "Tên chính thức" / "Official names";
    OFFICIAL_HINT: "Mỗi dòng một tên, như trong tên thủ tục. Để trống thì bỏ cách nói có sẵn." / "One name a line, as in procedure names. Left empty, an expression that comes with the system is put out of use.";
    MISLEADS: "Chữ trong lời nói dễ lẫn với thủ tục khác; chỉ tìm theo tên chính thức" / "The words as said point to other procedures; search by the official names only";
    TRY: "Xem câu hỏi nào đổi" / "See which queries change";
    SAVE: "Lưu từ này" / "Save";
    DROP: "Bỏ" / "Take back";
    EDIT: "Sửa" / "Change";
    ADD: "Thêm cách nói" / "Add an expression";
    SAVED: "Đã lưu. Tìm kiếm dùng ngay từ này." / "Saved. The search uses it from now on.";
    DROPPED: "Đã bỏ từ này." / "Taken back.";
    NOW_SHIPPED: "Hệ thống đang hiểu “{said}” là: {official}" / "The system now reads “{said}” as: {official}";

    FINDS: "Khi lưu, “{said}” tìm ra:" / "Once saved, “{said}” finds:";
    FINDS_NOTHING: "Khi lưu, “{said}” vẫn chưa tìm ra thủ tục nào." / "Once saved, “{said}” still finds no procedure.";
    CHANGES: "{n} câu hỏi đổi kết quả đầu" / "{n} queries change their first results";
    TRIED: "Đã xem {known} câu đã biết: cách nói có sẵn và của cơ quan, câu người dân đã hỏi, tên thủ tục. Trong đó {tried} câu có chữ gần với cách nói này và được hỏi thử trước và sau." / "{known} known queries were looked at: expressions that come with the system and of this office, what people asked, and names of procedures. {tried} of them share words with this expression and were asked before and after.";
    NO_CHANGES: "Không câu hỏi nào đổi kết quả đầu." / "No query changes its first results.";
    CHANGES_MORE: "và {n} câu nữa" / "and {n} more";
    QUERY: "Câu hỏi" / "Query";
    BEFORE: "Đang tìm ra" / "Finds now";
    AFTER: "Sẽ tìm ra" / "Will find";
    NOTHING: "chưa có" / "nothing";

    MISSED: "Câu hỏi chưa có kết quả" / "Queries without a result";
    MISSED_ABOUT: "Đếm từ trang tìm thủ tục, giữ 180 ngày kể từ lần hỏi cuối. Chỉ hiện câu mà ít nhất hai người đã hỏi. Câu dài, có tên người, số điện thoại, số giấy tờ hoặc email không được lưu." / "Counted on the search page and kept for 180 days after they were asked last. Shown once two people have asked the same. Long ones, and those with names of persons, telephone numbers, numbers of papers or addresses, are not kept.";
    NO_MISSED: "Chưa có câu hỏi nào không có kết quả." / "No query has been without a result.";
    MOST_ASKED: "Câu hỏi nhiều nhất" / "Most frequent queries";
    NO_ASKED: "Chưa có lượt tìm kiếm nào." / "There were no searches yet.";
    TIMES: "Số lần" / "Times";
    LAST: "Lần cuối" / "Last";
    FINDS_FIRST: "Nay tìm ra" / "Finds now";

    OWN: "Từ của cơ quan" / "Words of this office";
    NO_OWN: "Cơ quan chưa thêm từ nào." / "The office has not added any.";
    HISTORY: "Các lần sửa" / "Changes";
    CHANGE: "Nội dung" / "Change";
    SET_TO: "“{said}” là {official}" / "“{said}” is {official}";
    OUT_OF_USE: "“{said}” không dùng nữa" / "“{said}” is out of use";
    TAKEN_BACK: "Bỏ “{said}”" / "“{said}” taken back";
    WHO: "Người sửa" / "By";
    WHEN: "Lúc" / "When";
}
