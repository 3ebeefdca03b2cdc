//! Words of signing in, the account and filing.

crate::messages! {
    SIGN_IN: "Đăng nhập" / "Sign in";
    SIGN_IN_WHY: "Ông/Bà nhận mã xác thực qua điện thoại hoặc email, không cần mật khẩu." / "You get a code by telephone or email; no password is needed.";
    SESSION_OVER: "Hết phiên. Nhập mã xác thực để làm tiếp; nội dung vẫn còn." / "The session has ended. Enter a code to go on; what was typed is kept.";
    CHOOSE_FILES_AGAIN: "Tệp chưa tải xong thì chọn lại sau khi đăng nhập." / "Choose files that were not uploaded yet again after signing in.";
    CONTACT: "Số điện thoại hoặc email" / "Telephone number or email";
    CONTACT_HINT: "Ví dụ 0912 345 678" / "For example 0912 345 678";
    SEND_CODE: "Gửi mã" / "Send the code";
    CODE_TITLE: "Nhập mã xác thực" / "Enter the code";
    CODE_SENT: "Nhập mã 6 số gửi đến {contact}" / "Enter the 6 digits sent to {contact}";
    CODE_HINT: "Dùng trong 5 phút" / "Good for 5 minutes";
    CODE_MISSING: "Nhập mã 6 số" / "Enter the 6 digits";
    CODE_AGAIN: "Gửi lại mã" / "Send another code";
    CODE_DEMO: "Bản dùng thử không gửi tin. Mã là {code}" / "The demo sends no message. The code is {code}";
    CONFIRM_CODE: "Xác nhận" / "Confirm";
    OTHER_CONTACT: "Dùng số hoặc email khác" / "Use another number or email";
    SIGNED_IN: "Đang dùng {contact}" / "Signed in as {contact}";
    SIGN_OUT: "Đăng xuất" / "Sign out";

    ACCOUNT: "Tài khoản" / "Account";
    TO_DO: "Việc cần làm" / "To do";
    IN_PROGRESS: "Đang giải quyết" / "In progress";
    DRAFTS: "Bản nháp" / "Drafts";
    ENDED: "Đã xong" / "Done";
    NO_DOSSIERS: "Chưa có hồ sơ nào." / "No dossier yet.";
    FIND_TO_FILE: "Tìm thủ tục để nộp" / "Find a procedure to file";
    DRAFT_OF: "Lưu lúc {time}" / "Saved at {time}";
    DOSSIER: "Mã hồ sơ" / "Dossier";
    PROCEDURE: "Thủ tục" / "Procedure";
    DROP: "Bỏ bản nháp" / "Discard";

    DRAFT_FOUND: "Bản nháp {time}" / "Draft of {time}";
    DRAFT_FOUND_TEXT: "Ông/Bà đã bắt đầu nộp hồ sơ này. Nội dung đã nhập và tệp đã tải lên vẫn còn." / "You have begun to file this. What was typed and uploaded is still there.";
    GO_ON: "Làm tiếp" / "Go on";
    START_AGAIN: "Bắt đầu lại" / "Start again";
    DRAFT_GONE: "Bản nháp này không còn. Nộp lại từ đầu." / "This draft is gone. Begin again.";
    SAVED_AT: "Đã lưu nháp lúc {time}" / "Draft saved at {time}";
    LATER: "Để sau" / "Later";
    CONTINUE: "Tiếp tục" / "Continue";

    STEP_WHO: "Người nộp" / "Applicant";
    STEP_FORM: "Tờ khai" / "Form";
    STEP_PAPERS: "Giấy tờ" / "Papers";
    STEP_RETURN: "Nhận kết quả" / "Result";
    STEP_SEND: "Kiểm tra và gửi" / "Check and send";

    WHO_FILES: "Ai nộp hồ sơ?" / "Who are you?";
    FOR_MYSELF: "Tôi nộp cho chính mình" / "I file for myself";
    BY_MANDATE: "Tôi nộp thay, có ủy quyền" / "I file for somebody, with a mandate";
    BY_LAW: "Tôi là cha, mẹ, người giám hộ hoặc đại diện pháp luật" / "I am a parent, guardian or legal representative";
    BY_LAW_HINT: "Nộp cho con chưa đủ 18 tuổi, người được giám hộ, hoặc cho tổ chức" / "For a child under 18, a ward, or an organisation";
    WHO_MISSING: "Chọn ai nộp hồ sơ" / "Choose who files";
    PLACE: "Nơi nộp" / "Where to file";
    PLACE_MISSING: "Chọn nơi nộp" / "Choose where to file";
    APPLICANT: "Người nộp" / "Applicant";
    OWNER: "Chủ hồ sơ" / "Owner of the dossier";
    FULL_NAME: "Họ, chữ đệm và tên" / "Full name";
    FULL_NAME_HINT: "Như trên thẻ căn cước" / "As on the identity card";
    OWNER_NAME: "Họ tên chủ hồ sơ hoặc tên tổ chức" / "Full name of the owner, or name of the organisation";
    NAME_MISSING: "Nhập họ, chữ đệm và tên" / "Enter the full name";
    OWNER_NAME_MISSING: "Nhập họ tên chủ hồ sơ hoặc tên tổ chức" / "Enter the owner's name";
    BIRTH_DATE: "Ngày sinh" / "Date of birth";
    DATE_REAL: "Ngày sinh phải là ngày có thật" / "The date of birth must be a real date";
    DATE_PAST: "Ngày sinh phải trước hôm nay" / "The date of birth must be before today";
    ID_HINT: "12 chữ số, in trên thẻ căn cước; không có thì nhập số hộ chiếu" / "12 digits, printed on the identity card; without one, the passport's number";
    OWNER_ID: "Số định danh cá nhân, hộ chiếu hoặc mã số thuế" / "Identification number, passport or tax code";
    ID_MISSING: "Nhập số định danh cá nhân hoặc số hộ chiếu" / "Enter the identification or passport number";
    ID_LENGTH: "Số định danh phải có 12 chữ số; ở đây có {n}" / "The identification number must have 12 digits; this one has {n}";
    ID_WRONG: "Số định danh phải có 12 chữ số; hoặc nhập số hộ chiếu, mã số thuế" / "The identification number has 12 digits; or enter a passport or tax number";
    ID_YEAR: "Số này cho biết năm sinh {year}, khác ngày sinh đã nhập. Nếu đúng, cứ tiếp tục." / "This number tells the year of birth {year}, unlike the date entered. If it is right, continue.";
    PHONE: "Số điện thoại" / "Telephone number";
    PHONE_WRONG: "Số điện thoại chưa đúng, ví dụ 0912 345 678" / "The telephone number is not right; an example is 0912 345 678";
    PHONE_OR_EMAIL: "Nhập số điện thoại hoặc email để cơ quan báo tin" / "Enter a telephone number or an email, so that the office can tell you";
    EMAIL: "Email" / "Email";
    EMAIL_WRONG: "Email chưa đúng, ví dụ ten@example.org" / "The email is not right; an example is name@example.org";
    ADDRESS: "Nơi cư trú hoặc địa chỉ liên hệ" / "Home or contact address";
    ADDRESS_HINT: "Số nhà, đường, thôn, tổ dân phố; xã, phường; tỉnh, thành phố" / "House number, street, hamlet; commune or ward; province or city";
    ADDRESS_MISSING: "Nhập nơi cư trú hoặc địa chỉ liên hệ" / "Enter the address";
    MANDATE_PAPER: "Giấy ủy quyền" / "Mandate";
    MANDATE_HINT: "Số, ngày, nơi chứng thực; ví dụ số 12, ngày 20/11/2026, UBND xã Hải Hậu" / "Number, date, where it was certified";
    MANDATE_MISSING: "Nhập số, ngày của giấy ủy quyền" / "Enter number and date of the mandate";
    RELATION: "Giấy tờ chứng minh quan hệ hoặc tư cách đại diện" / "The paper that shows the relation";
    TOO_LONG: "Nội dung dài quá {max} ký tự" / "The text is longer than {max} characters";

    REQUEST: "Nội dung đề nghị" / "What you ask for";
    REQUEST_HINT: "Nói rõ việc cần giải quyết, cho ai; số bản cần cấp, nếu có." / "Say what is to be done, for whom, and how many copies you need.";
    REQUEST_MISSING: "Nhập nội dung đề nghị" / "Enter what you ask for";

    PAPERS_INTRO: "Chụp ảnh từng trang hoặc chọn tệp. Giấy nào chưa chụp được thì mang đến quầy." / "Take a picture of each page or choose a file. What cannot be pictured is brought to the counter.";
    HOW_THIS_PAPER: "Cách nộp" / "How to hand it in";
    BY_FILE: "Tải lên" / "Upload";
    ON_PAPER: "Nộp bản giấy tại quầy" / "On paper at the counter";
    ON_PAPER_HINT: "Hồ sơ được kiểm tra sau khi Ông/Bà mang giấy này đến." / "The dossier is checked after you have brought this paper.";
    NOT_NEEDED: "Không phải nộp" / "Not needed";
    NOT_NEEDED_HINT: "Không thuộc trường hợp này, hoặc cơ quan đã có." / "Not this case, or the office already has it.";
    PAPER_UNDECIDED: "Chọn cách nộp “{paper}”" / "Choose how to hand in “{paper}”";
    PAPER_EMPTY: "Tải lên “{paper}”, hoặc chọn nộp bản giấy tại quầy" / "Upload “{paper}”, or choose to bring it on paper";
    FILES_OF: "Tệp của giấy này" / "Files of this paper";
    FILE_GONE: "Một tệp đã tải lên không còn. Tải lên lại." / "A file that was uploaded is gone. Upload it again.";
    TOO_MANY_FILES: "Tối đa {n} tệp cho một hồ sơ" / "At most {n} files for a dossier";
    NOT_A_FILE: "Chưa nhận được tệp. Chọn lại tệp rồi bấm Tải lên." / "No file came. Choose it again and press Upload.";
    ASK_SIGN_IN: "Hết phiên. Bấm Tiếp tục để nhập mã xác thực; nội dung vẫn còn." / "The session has ended. Press Continue to enter a code; what was typed is kept.";

    RETURN_HOW: "Ông/Bà nhận kết quả ở đâu?" / "How do you want the result?";
    RETURN_MISSING: "Chọn cách nhận kết quả" / "Choose how to get the result";
    RETURN_ONLINE_HINT: "Bản điện tử ở trang tra cứu hồ sơ" / "The electronic copy, on the dossier's page";
    RETURN_COUNTER_HINT: "Mang theo thẻ căn cước" / "Bring your identity card";
    RETURN_POST_HINT: "Gửi đến địa chỉ đã khai; người nhận trả cước" / "To the address given; the receiver pays the postage";

    BEFORE_SENDING: "Còn thiếu trước khi gửi" / "Missing before sending";
    NOTHING_MISSING: "Đủ để gửi." / "Ready to send.";
    CHECK_ID: "Số định danh" / "Identification number";
    PLEDGE: "Tôi cam đoan nội dung khai là đúng và chịu trách nhiệm trước pháp luật." / "I declare that what I state is true, and answer for it before the law.";
    PLEDGE_MISSING: "Đánh dấu lời cam đoan" / "Tick the declaration";
    SEND: "Gửi hồ sơ" / "Send";
    FILES_COUNT: "{n} tệp" / "{n} files";
    FILES_ONE: "1 tệp" / "1 file";
    LEFT_OUT: "Không phải nộp" / "Not needed";

    SENT: "Đã gửi hồ sơ" / "The dossier is sent";
    YOUR_CODE: "Mã hồ sơ" / "Dossier code";
    YOUR_SECRET: "Mã tra cứu" / "Lookup secret";
    KEEP_SECRET: "Giữ kín, in hoặc chụp lại. Ai có mã này xem được hồ sơ." / "Keep it to yourself; print it or take a picture. Whoever has it can see the dossier.";
    QR_TITLE: "Mã QR mở trang tra cứu hồ sơ {code}" / "QR code that opens the page of dossier {code}";
    ANSWER_BY: "Trả lời" / "Answer";
    ANSWER_WHO: "{section}: {when}." / "{section}: {when}.";
    WHAT_WAS_SENT: "Đã gửi" / "What was sent";
    DIGEST: "Mã kiểm tra (SHA-256)" / "Digest (SHA-256)";
    DIGEST_HELP: "Mã kiểm tra cho biết tệp cơ quan giữ đúng là tệp Ông/Bà đã gửi." / "The digest shows that the office keeps exactly the file that you sent.";
    PRINT_SLIP: "In phiếu (PDF)" / "Print the slip (PDF)";
    FOLLOW: "Theo dõi hồ sơ" / "Follow the dossier";
    BRING_THESE: "Mang bản giấy đến quầy:" / "Bring these on paper:";
    SLIP_TITLE: "Phiếu xác nhận đã gửi hồ sơ trực tuyến" / "Confirmation of an online submission";
    SLIP_SUBTITLE: "Không thay Giấy tiếp nhận hồ sơ và hẹn trả kết quả" / "Not the receipt of the dossier";
    FORM_FILE: "Tệp điện tử" / "File";
    FORM_PAPER: "Bản giấy, nộp tại quầy" / "Paper, at the counter";
}
