//! Who may use which address.

crate::messages! {
    TITLE: "Phân quyền" / "Rights";
    ABOUT: "Ai được dùng địa chỉ nào của hệ thống. Địa chỉ không có trong bảng thì không ai dùng được. Việc trên từng hồ sơ còn theo bảng thao tác ở dưới và theo quan hệ của cơ quan với hồ sơ." / "Who may use which address of the system. An address that is not in the table serves nobody. What may be done to a dossier also depends on the table of actions below and on what the agency has to do with the dossier.";
    METHOD: "Phương thức" / "Method";
    PATH: "Địa chỉ" / "Address";
    WHO: "Ai được dùng" / "Who may use it";
    WHOSE: "Chỉ thấy" / "Sees only";

    PUBLIC: "Trang cho người dân" / "Public pages";
    DESK: "Một cửa" / "The desk";
    ADMINISTRATION: "Quản trị" / "Administration";
    API: "API" / "API";

    EVERYBODY: "Mọi người" / "Everybody";
    CONTACT: "Người dân đã đăng nhập" / "Citizens who signed in";
    KNOWN: "Người dân đã xác thực, tài khoản một cửa, chương trình" / "Proved citizens, desk accounts, programs";
    EVERY_ACCOUNT: "Mọi tài khoản một cửa" / "Every desk account";

    NOTHING: "–" / "–";
    PROVED_DOSSIER: "hồ sơ đã mở bằng mã tra cứu hoặc của người nộp đã xác thực" / "the dossier opened by its secret, or filed by the proved contact";
    OWN_DRAFT: "bản nháp của mình" / "one's own draft";
    OWN_ACCOUNT: "tài khoản của mình" / "one's own account";
    OWN_PAPER: "giấy tờ của mình" / "one's own papers";
    OWN_FILE: "tệp mình đã gửi" / "files sent by oneself";
    AGENCY_DOSSIER: "hồ sơ mà cơ quan mình tiếp nhận, giải quyết hoặc được lấy ý kiến; người dân: hồ sơ của mình" / "dossiers that one's agency receives, settles or was asked about; citizens: their own";
    OWN_AGENCY: "của cơ quan mình" / "of one's own agency";

    ACTIONS: "Thao tác trên hồ sơ" / "Actions on a dossier";
    ACTION: "Thao tác" / "Action";
    STATUSES: "Ở trạng thái" / "In the statuses";
    MAY: "Ai được làm" / "Who may";
    APPLICANT: "Người nộp, với mã tra cứu hoặc tài khoản của mình" / "The applicant, with the secret or an account of theirs";
    SYSTEM: "Hệ thống" / "The system itself";
    STEP_DOER: "Người được giao bước đang làm" / "Whoever does the open step";
    ANY_DESK: "Mọi tài khoản của cơ quan liên quan" / "Every account of an agency concerned";
    RECEIVING: "{role}, ở nơi tiếp nhận" / "{role}, where it was received";
    COMPETENT: "{role}, ở cơ quan có thẩm quyền" / "{role}, at the competent agency";
    EITHER: "{role}, ở một trong hai cơ quan" / "{role}, at either of them";
    CONSULTED: "{role}, ở cơ quan được lấy ý kiến" / "{role}, at the consulted agency";
}
