//! A citizen's account: what is known of them, and its deletion.

crate::messages! {
    PROFILE: "Thông tin của tôi" / "About me";
    PROFILE_WHY: "Điền sẵn vào hồ sơ nộp sau; ai tiếp nhận hồ sơ mới thấy. Ghi phần nào cũng được, sửa hoặc xóa lúc nào cũng được." / "Fills the next filing in; only who receives a dossier sees it. Any part will do, and it can be changed or deleted at any time.";
    PROFILE_CHANGE: "Sửa thông tin của tôi" / "Change what is known of me";
    PROFILE_NONE: "Chưa ghi gì." / "Nothing yet.";
    SAVE: "Lưu" / "Save";
    SAVED: "Đã lưu thông tin." / "Saved.";
    FORGET: "Xóa thông tin đã lưu" / "Delete what is saved";
    FORGOTTEN: "Đã xóa thông tin đã lưu." / "What was saved is deleted.";

    DELETE: "Xóa tài khoản" / "Delete the account";
    DELETE_GOES: "Xóa ngay, không lấy lại được" / "Deleted at once, for good";
    DELETE_STAYS: "Còn lại" / "What stays";
    GOES_DRAFTS: "{n} bản nháp và các tệp đã tải lên cho bản nháp" / "{n} drafts and the files uploaded for them";
    GOES_PAPERS: "{n} giấy tờ trong Giấy tờ của tôi" / "{n} papers among My papers";
    GOES_PROFILE: "thông tin đã lưu để điền sẵn" / "what is saved to fill forms in";
    GOES_SESSIONS: "mọi phiên đăng nhập trên mọi thiết bị" / "every sign-in on every device";
    STAYS_DOSSIERS: "{n} hồ sơ đã nộp: cơ quan lưu theo thời hạn luật định. Vẫn tra cứu được bằng mã hồ sơ và mã tra cứu." / "{n} dossiers that were filed: the agency keeps them as long as the law says. They are still tracked by their code and secret.";
    STAYS_BACKUPS: "bản sao lưu của cơ quan, cho đến khi hết hạn giữ" / "the agency's backups, until they expire";
    BROWSER_KEEPS: "Trình duyệt này còn giữ" / "What this browser still keeps";
    BROWSER_TYPED: "Chữ đang gõ mà chưa gửi được giữ ngay trong trình duyệt, nhiều nhất 30 ngày; đăng xuất thì mất. Phần này không có trong bản sao dữ liệu và không bị xóa cùng tài khoản. Trình duyệt tắt JavaScript thì không giữ gì." / "What is typed and not sent is kept in the browser itself, for 30 days at most, and goes when you sign out. It is neither in the copy of your data nor deleted with the account. A browser without JavaScript keeps nothing.";
    BROWSER_CLEAR: "Xóa chữ đang gõ trên trình duyệt này" / "Clear what was typed in this browser";
    BROWSER_CLEARED: "Đã xóa chữ đang gõ trên trình duyệt này." / "What was typed in this browser is cleared.";
    BROWSER_DRAFTS: "Bản nháp làm khi chưa đăng nhập thuộc về trình duyệt, không thuộc tài khoản, nên cũng không có trong bản sao và không bị xóa theo; hết 30 ngày thì tự mất." / "Drafts made without signing in belong to the browser and not to the account: they are not in the copy either, are not deleted with it, and go after 30 days.";
    BROWSER_DRAFTS_SHOW: "Xem bản nháp trên máy này" / "See the drafts on this device";
    DELETE_PROOF: "Để chắc chắn là chủ tài khoản yêu cầu, một mã được gửi đến {contact}." / "A code is sent to {contact}, to be sure that the owner asks for it.";
    DELETE_FOR_GOOD: "Xóa tài khoản vĩnh viễn" / "Delete the account for good";
    DELETED: "Đã xóa tài khoản" / "The account is deleted";
    DELETED_TEXT: "Bản nháp, giấy tờ đã lưu và thông tin điền sẵn không còn trên hệ thống. Đăng nhập lại bằng số điện thoại hoặc email này sẽ bắt đầu một tài khoản trống." / "Drafts, kept papers and saved details are gone. Signing in with this telephone or email again begins an empty account.";
    KEEP_IT: "Không, giữ tài khoản" / "No, keep the account";
}
