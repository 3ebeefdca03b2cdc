//! One's own account at the desk: the parts of a sign-in, password, second factor, devices.

crate::messages! {
    TITLE: "Tài khoản của tôi" / "My account";
    ABOUT: "Họ tên, vai trò, đơn vị do người quản trị ghi." / "Name, roles and unit are kept by the administrator.";

    CODE_TITLE: "Nhập mã xác thực" / "Enter the code";
    CODE: "Mã 6 số trên ứng dụng, hoặc một mã dự phòng" / "The 6 digits of the app, or a recovery code";
    CODE_HINT: "Mã của ứng dụng đổi sau mỗi 30 giây" / "The app's code changes every 30 seconds";
    CODE_LOST: "Mất điện thoại và hết mã dự phòng: nhờ người quản trị đặt lại mã xác thực." / "If the telephone and the recovery codes are lost, an administrator resets the second factor.";
    CONTINUE: "Tiếp tục" / "Continue";
    START_AGAIN: "Đăng nhập bằng tài khoản khác" / "Sign in with another account";

    PASSWORD_TITLE: "Đổi mật khẩu" / "Change the password";
    PASSWORD_GIVEN: "Mật khẩu hiện tại do người khác đặt. Chọn mật khẩu của riêng mình để vào hệ thống." / "Somebody else set the present password. Choose one of your own to go on.";
    PASSWORD_RULES: "Dài là đủ: ghép vài từ dễ nhớ, có dấu cách và dấu tiếng Việt cũng được. Không bắt buộc chữ hoa, số, ký hiệu, và không phải đổi định kỳ. Mật khẩu nhiều người dùng hoặc chứa tên tài khoản, họ tên, tên cơ quan thì không được." / "Length is enough: a few words in a row, with spaces and any letters. No capitals, digits or signs are demanded, and it never has to be changed for its age. What many people use, and names of the account, the person or the office, are not taken.";
    PASSWORD_ENDS: "Đổi xong, mọi thiết bị khác bị đăng xuất." / "Every other device is signed out afterwards.";
    PRESENT: "Mật khẩu hiện tại" / "Present password";
    NEW: "Mật khẩu mới" / "New password";
    NEW_HINT: "Từ {n} đến {max} ký tự" / "From {n} to {max} characters";
    AGAIN: "Nhập lại mật khẩu mới" / "The new password again";
    AGAIN_DIFFERS: "Hai lần nhập chưa giống nhau." / "The two differ.";
    PASSWORD_CHANGED: "Đã đổi mật khẩu. Các thiết bị khác đã đăng xuất." / "The password is changed. Other devices are signed out.";

    SECOND: "Mã xác thực" / "Second factor";
    SECOND_ON: "Đã cài từ {when}; còn {n} mã dự phòng" / "Set up since {when}; {n} recovery codes are left";
    SECOND_OFF: "Chưa cài" / "Not set up";
    SECOND_SET: "Cài mã xác thực" / "Set up the second factor";
    SECOND_CHANGE: "Đổi sang điện thoại khác" / "Move to another telephone";
    SECOND_DROP: "Bỏ mã xác thực" / "Take the second factor away";
    SECOND_DROPPED: "Đã bỏ mã xác thực." / "The second factor is taken away.";
    SECOND_DROP_ABOUT: "Từ nay chỉ cần mật khẩu để đăng nhập; mật khẩu sau này phải dài từ {n} ký tự." / "From now on the password alone signs in; later passwords need at least {n} characters.";
    SECOND_WHY: "Có mã này, người biết mật khẩu cũng không vào được nếu không cầm điện thoại." / "With it, who knows the password cannot get in without the telephone.";
    SECOND_MUST: "Vai trò của tài khoản bắt buộc có mã xác thực. Cài xong mới vào được hệ thống." / "A role of the account demands a second factor. It has to be set up before anything else.";
    STEP_APP: "Cài một ứng dụng tạo mã trên điện thoại, như Google Authenticator, Microsoft Authenticator hoặc Aegis. Ứng dụng không cần mạng." / "Install an authenticator app on the telephone, such as Google Authenticator, Microsoft Authenticator or Aegis. It needs no network.";
    STEP_SCAN: "Trong ứng dụng, quét mã QR này." / "In the app, scan this QR code.";
    STEP_TYPE: "Không quét được thì nhập khóa này, loại “theo thời gian”:" / "If that is not possible, type this key, of the kind “time based”:";
    STEP_CODE: "Nhập mã 6 số mà ứng dụng đang hiện." / "Enter the 6 digits that the app shows.";
    QR: "Mã QR để cài ứng dụng tạo mã" / "QR code for the authenticator app";
    FIRST_CODE: "Mã 6 số trên ứng dụng" / "The 6 digits of the app";
    OLD_CODE: "Mã của ứng dụng cũ, hoặc một mã dự phòng" / "A code of the old app, or a recovery code";
    RECOVERY: "Mã dự phòng" / "Recovery codes";
    RECOVERY_NEW: "Tạo mã dự phòng mới" / "New recovery codes";
    RECOVERY_NEW_ABOUT: "Các mã dự phòng cũ mất hiệu lực ngay." / "The old recovery codes are void at once.";
    RECOVERY_ONCE: "Các mã này chỉ hiện một lần. In hoặc chép ra giấy và cất nơi an toàn, không để trên máy này." / "These codes are shown this once. Print or copy them and keep them safe, away from this computer.";
    RECOVERY_USE: "Mất điện thoại thì nhập một mã thay cho mã của ứng dụng. Mỗi mã dùng một lần." / "Without the telephone, one of them stands for the app's code. Each is good once.";
    RECOVERY_OF: "Tài khoản {name}, tạo lúc {when}" / "Account {name}, made at {when}";
    RECOVERY_KEPT: "Đã cất mã, tiếp tục" / "They are safe, continue";

    DEVICES: "Thiết bị đang đăng nhập" / "Devices signed in";
    DEVICE: "Thiết bị" / "Device";
    DEVICE_UNKNOWN: "Thiết bị khác" / "Another device";
    DEVICE_THIS: "thiết bị này" / "this device";
    SINCE: "Từ" / "Since";
    LAST_SEEN: "Dùng lần cuối" / "Last used";
    ACTION: "Việc" / "Action";
    END: "Đăng xuất" / "Sign out";
    END_OTHERS: "Đăng xuất mọi thiết bị khác" / "Sign out every other device";
    ENDED: "Đã đăng xuất." / "Signed out.";
    NOT_YOURS: "Thấy thiết bị lạ thì đăng xuất thiết bị đó ngay; ai đăng nhập bằng mật khẩu thì đổi mật khẩu." / "If a device is not yours, sign it out at once; whoever signs in with a password changes it.";

    RULES_TITLE: "Đăng nhập" / "Sign-in";
    RULES_ABOUT: "Vai trò được chọn phải có mã xác thực. Tài khoản chưa có sẽ được dẫn đi cài ở lần đăng nhập sau, trước khi làm được việc khác." / "Accounts with a chosen role need a second factor. Who has none is led to set it up at the next sign-in, before anything else.";
    RULES_ROLES: "Vai trò bắt buộc có mã xác thực" / "Roles that demand a second factor";
    RULES_LACKING: "Chưa cài: {n} tài khoản của các vai trò này" / "Not set up yet: {n} accounts of these roles";
    RULES_TOKENS: "Mã truy cập API của tài khoản không hỏi mã xác thực." / "API tokens of accounts are not asked for it.";
    RESET_SECOND: "Đặt lại mã xác thực" / "Reset the second factor";
    RESET_SECOND_TITLE: "Đặt lại mã xác thực của {name}" / "Reset the second factor of {name}";
    RESET_SECOND_ABOUT: "Gặp trực tiếp người giữ tài khoản trước khi đặt lại. Ứng dụng và mã dự phòng cũ mất hiệu lực, mọi phiên đang mở kết thúc." / "Meet the account's owner in person first. The old app and recovery codes are void, and the account's sessions end.";
    HAS_SECOND: "có" / "yes";
    HAS_NO_SECOND: "chưa" / "no";
    MUST_CHANGE_HINT: "Người dùng phải chọn mật khẩu của riêng mình ở lần đăng nhập đầu" / "The person has to choose their own at the first sign-in";
}
