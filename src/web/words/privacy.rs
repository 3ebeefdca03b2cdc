//! Words about personal data: notices, consents, rights.

crate::messages! {
    NOTE: "Dữ liệu cá nhân được dùng thế nào" / "How personal data are used here";
    WHAT_FOR: "Để làm gì" / "What for";
    GROUND: "Căn cứ" / "Legal ground";
    KEPT: "Giữ bao lâu" / "How long it is kept";
    SEEN_BY: "Ai được xem" / "Who sees it";
    RIGHTS_SHORT: "Ông/Bà có quyền biết, xem, sửa, nhận bản sao, hạn chế, phản đối, rút lại sự đồng ý, yêu cầu xóa và khiếu nại." / "You have the right to know, see, correct, get a copy, restrict, object, take consent back, ask for erasure and complain.";
    RIGHTS_MORE: "Quyền về dữ liệu cá nhân" / "Rights over personal data";
    REMEMBERED_SINCE: "Thông tin người nộp được ghi nhớ theo sự đồng ý ngày {day}." / "The applicant's details are remembered as you agreed on {day}.";
    SEE_OR_WITHDRAW: "Xem hoặc rút lại" / "See or take back";

    PAGE: "Quyền về dữ liệu cá nhân" / "Rights over personal data";
    PAGE_INTRO: "Cổng này xử lý dữ liệu cá nhân theo Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15 và Nghị định 356/2025/NĐ-CP. Trang này nói dữ liệu nào được dùng làm gì, và Ông/Bà yêu cầu được gì." / "This portal handles personal data under the Law on Personal Data Protection 91/2025/QH15 and Decree 356/2025/ND-CP. This page says which data are used for what, and what you can ask for.";
    PLACES: "Dữ liệu được hỏi ở đâu, để làm gì" / "Where data are asked for, and what for";
    AT_FILING: "Khi nộp hồ sơ trực tuyến" / "When you file online";
    AT_COUNTER: "Khi nộp tại quầy" / "When you file at the counter";
    AT_SIGN_IN: "Khi đăng nhập" / "When you sign in";
    AT_PROFILE: "Thông tin của tôi" / "About me";
    AT_PAPERS: "Giấy tờ của tôi" / "My papers";
    AT_REQUEST: "Khi yêu cầu về dữ liệu" / "When you make a request about data";
    CONSENTS_ASKED: "Việc cần Ông/Bà đồng ý" / "What needs your consent";
    CONSENTS_ASKED_ABOUT: "Chỉ những việc sau, mỗi việc hỏi riêng, không ô nào được đánh dấu sẵn. Không đồng ý thì hồ sơ vẫn được giải quyết như nhau. Cổng không gửi tin nào ngoài tin về hồ sơ của Ông/Bà, và không dùng dữ liệu để quảng cáo." / "These alone, each asked for itself in a box that is not ticked. Without your consent dossiers are settled all the same. The portal sends no message but those about your dossiers, and uses no data for advertising.";
    YOUR_RIGHTS: "Ông/Bà làm được gì" / "What you can do";
    RIGHT_ACCOUNT: "Trong tài khoản: xem, sửa, xóa thông tin đã lưu; xem và rút lại sự đồng ý; xem ai đã xem hồ sơ; xóa tài khoản." / "In your account: see, change and delete what is saved; see consents and take them back; see who has looked at a dossier; delete the account.";
    RIGHT_COMPLAIN: "Không đồng ý với cách trả lời thì khiếu nại với người đứng đầu cơ quan, hoặc báo cơ quan chuyên trách bảo vệ dữ liệu cá nhân của Bộ Công an (A05)." / "If you do not agree with an answer, complain to the head of the agency, or tell the Ministry of Public Security's body for personal data protection (A05).";
    SENSITIVE: "Ảnh căn cước và dữ liệu nhạy cảm" / "Pictures of identity cards, and sensitive data";
    SENSITIVE_ABOUT: "Tệp được mã hóa từng tệp; thông tin cá nhân của hồ sơ được mã hóa bằng khóa riêng của hồ sơ. Chỉ người có việc với hồ sơ mở được, và mỗi lần mở đều được ghi. Danh sách không hiện đủ số định danh, số điện thoại." / "Each file is encrypted for itself, and the persons of a dossier under a key of the dossier. Only those who work on it can open it, and each look is noted. Lists do not show whole identity and telephone numbers.";
    VERSION: "Bản {n}, từ {day}" / "Version {n}, from {day}";

    CONSENTS: "Sự đồng ý của tôi" / "My consents";
    CONSENTS_ABOUT: "Những việc Ông/Bà đã đồng ý ngoài việc giải quyết hồ sơ. Rút lại có hiệu lực ngay." / "What you have agreed to beyond the handling of dossiers. Taking it back has effect at once.";
    AGREED_SINCE: "Đã đồng ý lúc {when}, {way} (bản {n})" / "Agreed at {when}, {way} (version {n})";
    NOT_AGREED: "Không đồng ý" / "Not agreed";
    WITHDRAW: "Rút lại" / "Take back";
    WITHDRAWN: "Đã rút lại sự đồng ý; dữ liệu giữ theo sự đồng ý đó đã bị xóa." / "The consent is taken back, and what was kept by it is deleted.";
    WITHDRAW_PAPERS: "Rút lại sự đồng ý giữ giấy tờ" / "Take back the consent to keep papers";
    WITHDRAW_PAPERS_ABOUT: "{n} giấy tờ đã giữ bị xóa ngay và không lấy lại được. Hồ sơ đã nộp vẫn giữ bản của mình." / "{n} kept papers are deleted at once and cannot be brought back. Dossiers that were filed keep their own copies.";
    RESTRICTED_SINCE: "Theo yêu cầu của Ông/Bà, từ {when} thông tin đã lưu không được dùng để điền sẵn." / "As you asked, what is saved is not used to fill forms in since {when}.";
    RELEASE: "Bỏ hạn chế" / "End the restriction";
    RELEASED: "Đã bỏ hạn chế." / "The restriction has ended.";
    RECORD: "Nhật ký" / "Record";
    RECORD_ABOUT: "Mỗi lần đồng ý, rút lại, yêu cầu đều được ghi, kèm bản câu chữ lúc đó; không sửa được mà không bị phát hiện." / "Each consent, withdrawal and request is noted with the words of that time; nothing of it can be altered unseen.";
    NO_RECORD: "Chưa có gì." / "Nothing yet.";
    WORDS_OF: "Câu chữ của bản {n}" / "The words of version {n}";
    IN_FILING: "khi nộp hồ sơ" / "when filing";
    IN_ACCOUNT: "trong tài khoản" / "in the account";
    WITH_PAPERS: "khi giữ giấy tờ" / "when keeping papers";
    OVER_COUNTER: "tại quầy" / "at the counter";
    BY_OFFICE: "do cơ quan" / "by the office";
    DID_AGREE: "Đồng ý: {what}, bản {n}" / "Agreed: {what}, version {n}";
    DID_WITHDRAW: "Rút lại: {what}" / "Took back: {what}";
    DID_EXPORT: "Nhận bản sao dữ liệu" / "Took a copy of the data";
    DID_ASK: "Gửi yêu cầu {request}" / "Made the request {request}";
    DID_TELL: "Cơ quan trả lời cách giải quyết yêu cầu {request}" / "The agency said how the request {request} goes on";
    DID_EXTEND: "Cơ quan kéo dài hạn của yêu cầu {request}" / "The agency extended the request {request}";
    DID_GRANT: "Yêu cầu {request} được chấp nhận" / "The request {request} was granted";
    DID_REFUSE: "Yêu cầu {request} bị từ chối" / "The request {request} was refused";
    DID_TAKE_BACK: "Rút yêu cầu {request}" / "Took the request {request} back";
    DID_RESTRICT: "Hạn chế dùng thông tin đã lưu" / "Use of what is saved was restricted";
    DID_RELEASE: "Bỏ hạn chế" / "The restriction ended";
    DID_ERASE: "Xóa tài khoản" / "The account was deleted";
    DID_CLOSE: "Đóng yêu cầu {request} cùng tài khoản" / "The request {request} was closed with the account";

    COPY: "Bản sao dữ liệu của tôi" / "A copy of my data";
    COPY_ABOUT: "Một tệp ZIP gồm mọi dữ liệu mà tài khoản này xem được trên cổng: thông tin đã lưu, sự đồng ý, phiên đăng nhập, ủy quyền, bản nháp, hồ sơ cùng diễn biến, ai đã xem, tin đã gửi, giấy tờ và các tệp. Có một trang tóm tắt để đọc, và JSON để máy đọc." / "One ZIP file with all data that this account can see on the portal: saved details, consents, sign-ins, mandates, drafts, dossiers with what happened, who has looked, letters, papers and files. With a page to read, and JSON for programs.";
    COPY_PROOF: "Tệp này chứa tất cả, nên một mã được gửi đến {contact} trước khi tải." / "The file holds everything, so a code is sent to {contact} first.";
    COPY_CARE: "Cất tệp ở nơi an toàn; không tải về máy dùng chung." / "Keep the file in a safe place; do not download it on a shared computer.";
    COPY_TAKE: "Tải bản sao" / "Download the copy";
    COPY_LEAVE: "Quay lại tài khoản" / "Back to the account";
    COPY_OVERVIEW: "Tóm tắt dữ liệu cá nhân" / "Overview of personal data";
    COPY_MADE: "Lập lúc {when} cho {contact}" / "Made at {when} for {contact}";
    COPY_INSIDE: "Trong tệp này" / "In this file";
    COPY_INSIDE_DATA: "du-lieu.json: thông tin đã lưu, sự đồng ý, phiên, ủy quyền, bản nháp, giấy tờ, yêu cầu" / "du-lieu.json: saved details, consents, sign-ins, mandates, drafts, papers, requests";
    COPY_INSIDE_DOSSIERS: "ho-so/…: mỗi hồ sơ một thư mục, có ho-so.json (như API tra cứu), thu.json, ai-da-xem.json và các tệp" / "ho-so/…: a folder for each dossier, with ho-so.json (as the tracking API), thu.json, ai-da-xem.json and its files";
    COPY_INSIDE_PAPERS: "giay-to/…: các tệp giấy tờ đã giữ; ban-nhap/…: các tệp của bản nháp" / "giay-to/…: files of kept papers; ban-nhap/…: files of drafts";
    COPY_DOSSIERS: "Hồ sơ" / "Dossiers";
    COPY_PAPERS: "Giấy tờ đã giữ" / "Kept papers";
    COPY_NONE: "Không có." / "None.";

    TEXTS: "Dữ liệu cá nhân" / "Personal data";
    TEXTS_ABOUT: "Câu chữ thông báo và xin đồng ý đang dùng và đã dùng. Câu chữ đã hiện cho người dân không sửa: bản mới có số mới và ngày bắt đầu." / "The words of notices and consents, those in use and those before. Words that people have seen are not changed: new ones are a new version with its first day.";
    TEXTS_NOTICES: "Thông báo" / "Notices";
    TEXTS_CONSENTS: "Xin đồng ý" / "Consents";
}
