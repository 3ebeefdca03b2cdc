//! What is said of signing in through a provider.

crate::messages! {
    NOT_REACHED: "Hệ thống đăng nhập một lần chưa trả lời được. Thử lại sau ít phút, hoặc đăng nhập cách khác." / "The central sign-on does not answer at present. Try again in some minutes, or sign in another way.";
    NOT_TRUSTED: "Trả lời của hệ thống đăng nhập một lần không xác thực được, nên chưa đăng nhập. Thử lại; nếu vẫn vậy, báo cho quản trị hệ thống." / "The answer of the central sign-on could not be proved, so nobody was signed in. Try again; if it stays so, tell the administrator.";
    CODE_REFUSED: "Lượt đăng nhập này đã hết hạn hoặc đã dùng. Đăng nhập lại từ đầu." / "This sign-in is over or was used already. Begin it again.";
    TOO_OLD: "Lượt đăng nhập này đã quá 10 phút hoặc đã dùng. Đăng nhập lại từ đầu." / "This sign-in is older than 10 minutes, or was used already. Begin it again.";
    NOT_BEGUN_HERE: "Lượt đăng nhập này không bắt đầu từ trình duyệt này. Đăng nhập lại từ đầu." / "This sign-in was not begun in this browser. Begin it again.";
    BUSY: "Quá nhiều người đang đăng nhập qua hệ thống này. Thử lại sau ít phút." / "Too many people sign in through this provider at present. Try again in some minutes.";
    PROVIDER_UNKNOWN: "Không có hệ thống đăng nhập này." / "There is no such sign-on.";
    NOT_FOR_CITIZENS: "Hệ thống đăng nhập này không dành cho người dân." / "This sign-on is not for citizens.";
    NOT_FOR_STAFF: "Hệ thống đăng nhập này không dành cho cán bộ." / "This sign-on is not for staff.";
    DENIED: "Việc đăng nhập đã bị hủy ở {provider}." / "The sign-in was cancelled at {provider}.";
    PROVIDER_REFUSED: "{provider} chưa cho đăng nhập lúc này. Thử lại sau ít phút, hoặc đăng nhập cách khác." / "{provider} does not let anybody sign in at present. Try again in some minutes, or sign in another way.";

    STAFF_UNKNOWN: "Chưa có tài khoản cán bộ nào nối với người này ở {provider}. Đăng nhập bằng mật khẩu rồi nối trong trang Tài khoản của tôi, hoặc nhờ quản trị hệ thống." / "No staff account is linked with this person of {provider}. Sign in with the password and link it on the page of one's own account, or ask the administrator.";
    STAFF_SHUT: "Tài khoản cán bộ này đã khóa." / "This staff account is shut.";
    STAFF_TAKEN: "Tài khoản {name} đã nối với một người khác ở {provider}. Nhờ quản trị hệ thống xem lại." / "The account {name} is linked with another person of {provider}. Ask the administrator.";
    NOWHERE: "{provider} không cho biết vai trò nào dùng được ở đây. Nhờ quản trị hệ thống xem lại." / "{provider} tells no role that counts here. Ask the administrator.";
    SEVERAL: "{provider} cho biết vai trò ở nhiều cơ quan, không rõ làm việc ở cơ quan nào. Nhờ quản trị hệ thống xem lại." / "{provider} tells roles of several agencies, and not at which the work is. Ask the administrator.";

    LINKED_ELSEWHERE: "Người này ở {provider} đã nối với một tài khoản khác ở đây. Đăng nhập bằng {provider} vào tài khoản đó để bỏ nối hoặc xóa tài khoản, rồi nối lại." / "This person of {provider} is linked with another account here. Sign in to that one through {provider} to unlink or delete it, then link again.";
    LINKED_ANOTHER: "Tài khoản này đã nối với một người khác ở {provider}. Bỏ nối trước rồi nối lại." / "This account is linked with another person of {provider}. Unlink that first.";
    JOINING_OVER: "Lượt nối tài khoản đã hết hạn. Đăng nhập lại từ đầu." / "This linking is over. Sign in again.";
    NOT_LINKED: "Tài khoản không có mối nối này." / "The account has no such link.";
    ONLY_WAY: "Đây là cách đăng nhập duy nhất của tài khoản, nên chưa bỏ được. Có thể xóa cả tài khoản." / "This is the only way into the account, so it cannot be removed. The whole account can be deleted.";
    SIGN_ON_AGAIN: "Để xóa tài khoản, cần đăng nhập lại bằng {provider} ngay trước đó." / "To delete the account, sign in again through {provider} right before.";

    ID_WRONG: "Mã chỉ gồm chữ thường không dấu, số và gạch ngang, từ 2 đến 30 ký tự." / "The id has lower-case letters, digits and hyphens only, 2 to 30 of them.";
    ID_TAKEN: "Mã này đã dùng." / "This id is taken.";
    NAME_WRONG: "Nhập tên trên nút, tối đa 60 ký tự." / "Enter the name on the button, at most 60 characters.";
    ISSUER_WRONG: "Nhập địa chỉ bắt đầu bằng https://, không có dấu ? và #." / "Enter an address that begins with https://, without ? and #.";
    ISSUER_LOCAL: "Chế độ thử chỉ cho http:// ở chính máy này, như http://127.0.0.1:9000." / "Trying out allows http:// on this very machine only, such as http://127.0.0.1:9000.";
    ISSUER_TAKEN: "Đã có một hệ thống đăng nhập khác với địa chỉ này." / "Another sign-on has this address.";
    CLIENT_WRONG: "Nhập mã ứng dụng (client ID) mà hệ thống đăng nhập đã cấp, tối đa 200 ký tự." / "Enter the client ID that the sign-on has given, at most 200 characters.";
    FOR_NOBODY: "Chọn người dân, cán bộ hoặc cả hai." / "Choose citizens, staff or both.";
    TOO_LONG: "Tối đa {n} ký tự." / "At most {n} characters.";
    RULE_AGENCY: "không có cơ quan mang mã “{said}”" / "there is no agency with the code “{said}”";
    RULES_NO_CLAIM: "Nhập tên trường chứa vai trò để dùng các dòng vai trò." / "Enter the claim with the roles, which the lines of roles look at.";
    CLAIM_NO_RULES: "Nhập ít nhất một dòng vai trò, hoặc bỏ trống trường chứa vai trò." / "Enter at least one line of roles, or leave the claim with the roles empty.";

    HOST_NOT_FOUND: "Không tìm thấy máy chủ mang tên trong địa chỉ. Kiểm tra lại địa chỉ, hoặc DNS của máy chủ này." / "The host that the address names is not found. Check the address, or this server's DNS.";
    NO_CONNECTION: "Không kết nối được: máy chủ không trả lời ở địa chỉ và cổng này. Kiểm tra địa chỉ và tường lửa." / "No connection: nothing answers at this address and port. Check the address and the firewall.";
    TLS_WRONG: "Chứng thư TLS của máy chủ không được tin: hết hạn, sai tên, hoặc do nơi lạ cấp. Chứng thư của cơ quan cấp thì cài vào kho chứng thư của hệ điều hành." / "The server's TLS certificate is not trusted: it is over, of another name, or of an unknown issuer. An authority of one's own goes into the operating system's store.";
    TOO_SLOW: "Máy chủ không trả lời kịp." / "The server did not answer in time.";
    STATUS: "Máy chủ trả lời mã HTTP {n} thay vì thông tin của hệ thống đăng nhập. Địa chỉ có thể thiếu một phần, như /realms/TEN." / "The server answered HTTP {n} in place of the sign-on's description. The address may lack a part, such as /realms/NAME.";
    UNREADABLE: "Trả lời của máy chủ không phải thông tin của một hệ thống OpenID Connect." / "The server's answer is no description of OpenID Connect.";
    UNSAFE: "Hệ thống này nêu một địa chỉ không có https://, nên không dùng được." / "It names an address without https://, so it cannot be used.";
    OTHER_ISSUER: "Hệ thống này tự xưng là {name}, khác với địa chỉ đã nhập. Chép đúng nguyên văn, kể cả dấu / ở cuối." / "It calls itself {name}, which differs from the address. Copy it to the letter, a / at the end included.";
    CLIENT_REFUSED: "Hệ thống không nhận mã ứng dụng hoặc mã bí mật." / "The sign-on does not take the client ID or its secret.";
}
