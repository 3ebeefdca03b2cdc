//! Signing in through a central provider, for citizens, staff and administrators.

use crate::domain::sign_on::Part;
use crate::domain::words::Message;

crate::messages! {
    SIGN_ON_BY: "Đăng nhập bằng {provider}" / "Sign in with {provider}";
    OR_CODE: "Hoặc nhận mã qua điện thoại, email" / "Or get a code by telephone or email";
    OR_PASSWORD: "Hoặc dùng mật khẩu" / "Or use the password";
    TRYING_OUT: "Đang thử, chưa an toàn" / "Being tried out, not safe";

    FAILED: "Chưa đăng nhập được" / "Not signed in";
    TRY_AGAIN: "Về trang đăng nhập" / "To the sign-in page";

    FIRST_TIME: "Lần đầu đăng nhập bằng {provider}" / "First time here with {provider}";
    SAID: "{provider} xác nhận" / "{provider} confirms";
    NOTHING_SAID: "{provider} không cho biết họ tên, số định danh." / "{provider} tells neither name nor identity number.";
    HAVE_ONE: "Đã từng nộp hồ sơ ở đây bằng số điện thoại hoặc email" / "Already filed here with a telephone or email";
    HAVE_ONE_WHY: "Nhập mã gửi đến số hoặc email đó một lần. Từ lần sau đăng nhập bằng {provider} là thấy hồ sơ và giấy tờ cũ." / "Enter the code that is sent there, once. From then on signing in with {provider} opens the earlier dossiers and papers.";
    HAVE_NONE: "Chưa từng nộp ở đây" / "Never filed here";
    HAVE_NONE_WHY: "Tài khoản mới chỉ mở bằng {provider}." / "The new account opens with {provider} only.";
    GO_ON: "Tiếp tục với tài khoản mới" / "Go on with a new account";
    JOINS: "Nhập đúng mã là nối tài khoản này với {name} ở {provider}." / "The right code links this account with {name} of {provider}.";
    SOMEBODY: "người vừa đăng nhập" / "whoever has just signed in";

    TITLE_OWN: "Đăng nhập một lần" / "Central sign-on";
    LINKED_SINCE: "{provider}: đã nối từ {when}" / "{provider}: linked since {when}";
    LINK: "Nối với {provider}" / "Link with {provider}";
    LINK_WHY: "Nối rồi thì đăng nhập được bằng hệ thống đó." / "Once linked, that sign-on opens the account too.";
    UNLINK: "Bỏ nối với {provider}" / "Unlink from {provider}";
    ONLY_BY: "Tài khoản này chỉ mở bằng {provider}." / "This account opens with {provider} only.";
    LINK_TITLE: "Nối tài khoản với {provider}" / "Link the account with {provider}";
    LINK_ASK: "{name} ở {provider} sẽ đăng nhập được vào tài khoản {account}. Chỉ nối nếu đó là chính mình." / "{name} of {provider} will be able to sign in to the account {account}. Link only if that is oneself.";
    LINK_DO: "Nối" / "Link";
    LINKED: "Đã nối." / "Linked.";
    UNLINKED: "Đã bỏ nối." / "Unlinked.";
    CONFIRMED_BY: "{provider} xác nhận lúc {when}" / "Confirmed by {provider} at {when}";
    CONFIRMED_HINT: "Những mục này tự điền vào hồ sơ và được cập nhật mỗi lần đăng nhập." / "These fill the next filing in, and follow the sign-on each time.";

    SIGNED_OUT: "Đã đăng xuất" / "Signed out";
    SIGNED_OUT_HERE: "Phiên làm việc ở đây đã kết thúc." / "The session here has ended.";
    STILL_THERE: "Vẫn còn đăng nhập ở {provider}. Dùng máy chung thì nên đăng xuất cả ở đó." / "The session at {provider} goes on. On a shared computer it is better to end that too.";
    SIGN_OUT_THERE: "Đăng xuất ở {provider}" / "Sign out of {provider}";
    TO_HOME: "Về trang chủ" / "To the home page";
    TO_DESK: "Về trang đăng nhập của cán bộ" / "To the staff's sign-in page";
    DELETE_AGAIN: "Đăng nhập lại bằng {provider} ngay trước khi xóa." / "Sign in again with {provider} right before the deletion.";

    TITLE: "Đăng nhập một lần" / "Central sign-on";
    ABOUT: "Người dân, cán bộ đăng nhập bằng tài khoản đã có ở một hệ thống OpenID Connect, như VNeID hoặc cổng của tỉnh. Không cài thì mọi cách đăng nhập khác vẫn như cũ." / "Citizens and staff sign in with an account of an OpenID Connect provider, such as VNeID or the province's. Without one every other way stays as it is.";
    NONE: "Chưa cài hệ thống nào." / "None is set.";
    ADD: "Thêm hệ thống" / "Add a provider";
    NAME: "Tên" / "Name";
    FOR: "Dành cho" / "For";
    CITIZENS: "Người dân" / "Citizens";
    STAFF: "Cán bộ" / "Staff";
    EDIT: "Sửa" / "Change";
    SAVED: "Đã ghi." / "Saved.";
    REMOVED: "Đã bỏ hệ thống này." / "The provider is removed.";

    REGISTER: "Khai báo ở hệ thống đó" / "To be registered there";
    REGISTER_WHY: "Chép hai địa chỉ này vào phần khai báo ứng dụng của hệ thống đăng nhập." / "Copy both addresses into the client's registration at the provider.";
    REDIRECT: "Địa chỉ quay về (redirect URI)" / "Redirect URI";
    LOGOUT: "Địa chỉ sau đăng xuất (post logout redirect URI)" / "Post logout redirect URI";

    ID: "Mã ngắn" / "Short id";
    ID_HINT: "Nằm trong địa chỉ, không đổi được về sau; ví dụ vneid, tinh" / "Stands in addresses and cannot be changed later; such as vneid";
    NAME_VI: "Tên trên nút" / "Name on the button";
    NAME_VI_HINT: "Đứng sau chữ “Đăng nhập bằng”, ví dụ VNeID" / "Comes after “Sign in with”, such as VNeID";
    NAME_EN: "Tên tiếng Anh" / "Name in English";
    NAME_EN_HINT: "Bỏ trống nếu giống tên trên" / "Empty when it is the same";
    ISSUER: "Địa chỉ hệ thống (issuer)" / "Issuer";
    ISSUER_HINT: "Chép nguyên văn, ví dụ https://sso.tinh.gov.vn/realms/canbo" / "To the letter, such as https://sso.example.gov.vn/realms/staff";
    CLIENT: "Mã ứng dụng (client ID)" / "Client ID";
    SECRET: "Mã bí mật (client secret)" / "Client secret";
    SECRET_HINT: "Bỏ trống thì giữ mã đã ghi. Mã được niêm phong, không hiện lại." / "Empty keeps the one that is stored. It is sealed and never shown again.";
    SECRET_NONE: "Ứng dụng không có mã bí mật" / "The client has no secret";
    SCOPES: "Phạm vi xin (scope)" / "Scopes";
    SCOPES_HINT: "Cách nhau bằng dấu cách; openid luôn có sẵn" / "Separated by spaces; openid is always asked for";
    FACTS: "Thông tin của người đăng nhập" / "What is known of the person";
    FACTS_HINT: "Tên trường (claim) ở hệ thống đó; trường nằm trong trường khác viết như cha.con. Bỏ trống thì không lấy." / "The claim's name; one inside another is written parent.child. Empty takes nothing.";
    ID_NUMBER: "Số định danh" / "Identity number";
    FULL_NAME: "Họ tên" / "Full name";
    BIRTH_DATE: "Ngày sinh" / "Birth date";
    PHONE: "Điện thoại" / "Telephone";
    EMAIL: "Email" / "Email";
    ORGANISATION: "Tổ chức" / "Organisation";
    OF_STAFF: "Tài khoản và vai trò của cán bộ" / "Accounts and roles of staff";
    MATCH: "Trường mang tên tài khoản" / "Claim with the account's name";
    MATCH_HINT: "Bỏ trống: cán bộ tự nối tài khoản sau khi đăng nhập bằng mật khẩu (nên chọn). Chỉ ghi trường mà cơ quan cấp, người dùng không tự đổi được, ví dụ preferred_username." / "Empty: staff link their accounts themselves after signing in by password (recommended). Name only a claim that the organisation assigns and people cannot change themselves, such as preferred_username.";
    ROLES_CLAIM: "Trường chứa vai trò" / "Claim with the roles";
    ROLES_CLAIM_HINT: "Bỏ trống: vai trò do quản trị ở đây đặt. Ghi trường thì mỗi lần đăng nhập vai trò theo các dòng dưới. Ví dụ realm_access.roles, groups" / "Empty: roles are set here. With a claim they follow the lines below at every sign-in. Such as realm_access.roles, groups";
    RULES: "Vai trò theo giá trị" / "Roles by value";
    RULES_HINT: "Mỗi dòng: giá trị | vai trò | mã cơ quan. Ví dụ: motcua-tiepnhan | Tiếp nhận hồ sơ | H40.12" / "Each line: value | role | code of the agency. Such as: motcua-desk | Receptionist | H40.12";
    SECOND: "Giá trị cho biết đã xác thực hai lớp" / "Values that tell of a second factor";
    SECOND_HINT: "Giá trị của acr hoặc amr, cách nhau bằng dấu cách, ví dụ mfa otp. Không có giá trị này thì ở đây vẫn hỏi mã xác thực." / "Values of acr or amr, separated by spaces, such as mfa otp. Without one of them the second factor of this system is asked for.";
    LOCAL: "Chế độ thử: cho phép http:// ở chính máy này" / "Trying out: allow http:// on this very machine";
    LOCAL_HINT: "Không bao giờ dùng với người dân thật" / "Never with real people";
    LOCAL_WARNING: "Hệ thống {provider} đang ở chế độ thử: không có TLS. Tắt trước khi mở cho người dân, cán bộ." / "{provider} is being tried out without TLS. Turn that off before anybody uses it.";
    SAVE: "Ghi" / "Save";
    CHOICE_CITIZENS: "Người dân, tổ chức nộp hồ sơ" / "Citizens and organisations who file";
    CHOICE_STAFF: "Cán bộ, công chức ở bàn làm việc" / "Staff at the desk";

    TRY: "Kiểm tra kết nối" / "Try the connection";
    TRY_ABOUT: "Hỏi hệ thống xem địa chỉ, chứng thư, khóa ký và đồng hồ có dùng được không. Không đăng nhập ai." / "Asks the provider whether address, certificate, keys and clock will do. Nobody is signed in.";
    TRIED_OK: "Kết nối được; hệ thống dùng được để đăng nhập." / "It can be reached and used.";
    TRIED_BAD: "Chưa dùng được" / "Not usable yet";
    TRIED_REMARKS: "Kết nối được, nhưng cần xem lại:" / "It can be reached, but:";
    NO_PKCE: "Hệ thống không nói có nhận PKCE S256. Nên hỏi bên vận hành bật lên." / "It does not say that it takes PKCE S256. Ask whoever runs it to turn it on.";
    NO_SIGNATURE: "Hệ thống không ký bằng khóa công khai (RS256, ES256…), nên không xác thực được trả lời." / "It does not sign with public keys (RS256, ES256…), so its answers cannot be proved.";
    NO_KEYS: "Hệ thống chưa công bố khóa ký nào." / "It shows no keys.";
    CLOCK_OFF: "Đồng hồ ở đó lệch {n} giây so với máy này; quá 60 giây là không đăng nhập được. Chỉnh giờ theo máy chủ thời gian." / "Its clock differs by {n} seconds from this machine's; beyond 60 nobody can sign in. Set both by a time server.";
    UNKNOWN_SCOPE: "Hệ thống không nêu phạm vi {scope}." / "It does not name the scope {scope}.";
    SIGN_OUT: "Đăng xuất chung" / "Sign-out there";
    ENDS: "Có" / "Possible";
    ENDS_NOT: "Không: đăng xuất ở đây thì phiên ở đó vẫn còn" / "Not possible: the session there goes on after signing out here";
    KEYS: "Số khóa ký" / "Keys";

    REMOVE: "Bỏ hệ thống này" / "Remove the provider";
    REMOVE_TITLE: "Bỏ {provider}" / "Remove {provider}";
    REMOVE_ABOUT: "Không ai đăng nhập được bằng hệ thống này nữa. Tài khoản và hồ sơ không mất; tài khoản chỉ mở bằng hệ thống này sẽ không vào được cho đến khi cài lại đúng địa chỉ cũ." / "Nobody can sign in through it any more. Accounts and dossiers stay; accounts that open with it only cannot be opened until it is set again with the same address.";
    RULE_PARTS: "Dòng {n} cần ba phần cách nhau bằng dấu |: giá trị | vai trò | mã cơ quan." / "Line {n} needs three parts between |: value | role | code of the agency.";
    RULE_ROLE: "Dòng {n}: không có vai trò “{said}”." / "Line {n}: there is no role “{said}”.";
}

/// What a part of a person is called.
pub const fn part(part: Part) -> Message {
    match part {
        Part::IdNumber => ID_NUMBER,
        Part::Name => FULL_NAME,
        Part::BirthDate => BIRTH_DATE,
        Part::Phone => PHONE,
        Part::Email => EMAIL,
        Part::Organisation => ORGANISATION,
    }
}
