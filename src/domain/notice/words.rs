//! What people are told, unless an office says it in other words. Names in braces are the fields of
//! [`super::Field`], the same in both languages.

crate::messages! {
    GREETING: "Kính gửi Ông/Bà," / "Dear Sir or Madam,";
    NO_DATE: "theo quy định" / "as the law says";
    NO_REASON: "xem trong hồ sơ" / "see the dossier";
    PORTAL: "trang tra cứu của cơ quan" / "the tracking page of the agency";
    MONEY: "{amount}\u{a0}đồng" / "{amount} dong";
    AT_SECTION: "tại {section}, trong giờ làm việc" / "at {section}, in office hours";
    SECTION: "Bộ phận Một cửa" / "the one-stop section";
    ONLINE: "trực tuyến, trên trang tra cứu" / "online, on the tracking page";
    BY_POST: "qua dịch vụ bưu chính" / "by post";

    KIND_SUBMITTED: "Đã gửi hồ sơ" / "Dossier sent in";
    SUBMITTED_SUBJECT: "Đã nhận hồ sơ {mã hồ sơ}" / "Dossier {mã hồ sơ} has arrived";
    SUBMITTED_LONG: "{cơ quan} đã nhận được hồ sơ {mã hồ sơ}: {thủ tục}. Bộ phận Một cửa kiểm tra và trả lời: {hạn}.\n\nTheo dõi hồ sơ: {liên kết}" / "{cơ quan} has got the dossier {mã hồ sơ}: {thủ tục}. The one-stop section answers: {hạn}.\n\nFollow it: {liên kết}";
    SUBMITTED_SHORT: "Đã nhận hồ sơ {mã hồ sơ}. Trả lời: {hạn}." / "Dossier {mã hồ sơ} has arrived. Answer: {hạn}.";

    KIND_RECEIVED: "Đã tiếp nhận" / "Received";
    RECEIVED_SUBJECT: "Hồ sơ {mã hồ sơ} đã được tiếp nhận" / "Dossier {mã hồ sơ} was received";
    RECEIVED_LONG: "{cơ quan} đã tiếp nhận hồ sơ {mã hồ sơ}: {thủ tục}. Hẹn trả kết quả: {hạn}. Đề nghị Ông/Bà giữ giấy tiếp nhận.\n\nTheo dõi hồ sơ: {liên kết}" / "{cơ quan} has received the dossier {mã hồ sơ}: {thủ tục}. The result is due: {hạn}. Please keep the receipt.\n\nFollow it: {liên kết}";
    RECEIVED_SHORT: "Hồ sơ {mã hồ sơ} đã được tiếp nhận. Hẹn trả: {hạn}." / "Dossier {mã hồ sơ} was received. Due: {hạn}.";

    KIND_REFUSED: "Không tiếp nhận" / "Not received";
    REFUSED_SUBJECT: "Hồ sơ {mã hồ sơ} không được tiếp nhận" / "Dossier {mã hồ sơ} was not received";
    REFUSED_LONG: "{cơ quan} không tiếp nhận hồ sơ {mã hồ sơ}: {thủ tục}. Lý do: {lý do}. Ông/Bà có thể khắc phục rồi nộp lại, hoặc gửi phản ánh.\n\nXem hồ sơ: {liên kết}" / "{cơ quan} has not received the dossier {mã hồ sơ}: {thủ tục}. Reason: {lý do}. You may repair it and file again, or complain.\n\nSee it: {liên kết}";
    REFUSED_SHORT: "Hồ sơ {mã hồ sơ} không được tiếp nhận. Lý do: {lý do}" / "Dossier {mã hồ sơ} was not received. Reason: {lý do}";

    KIND_SUPPLEMENT: "Yêu cầu bổ sung" / "Supplement asked for";
    SUPPLEMENT_SUBJECT: "Hồ sơ {mã hồ sơ} cần bổ sung" / "Dossier {mã hồ sơ} needs more papers";
    SUPPLEMENT_LONG: "Hồ sơ {mã hồ sơ}: {thủ tục} cần bổ sung:\n{giấy tờ}\n\nHạn bổ sung: {hạn}. Thời hạn giải quyết tạm dừng cho đến khi nhận đủ.\n\nBổ sung tại: {liên kết}" / "The dossier {mã hồ sơ}: {thủ tục} needs:\n{giấy tờ}\n\nUntil: {hạn}. The clock stands still until everything is there.\n\nAdd them at: {liên kết}";
    SUPPLEMENT_SHORT: "Hồ sơ {mã hồ sơ} cần bổ sung, hạn: {hạn}. Gồm: {giấy tờ}" / "Dossier {mã hồ sơ} needs papers until {hạn}: {giấy tờ}";

    KIND_PAYMENT: "Yêu cầu nộp tiền" / "Payment asked for";
    PAYMENT_SUBJECT: "Hồ sơ {mã hồ sơ}: cần nộp {số tiền}" / "Dossier {mã hồ sơ}: {số tiền} to pay";
    PAYMENT_LONG: "Hồ sơ {mã hồ sơ}: {thủ tục} cần nộp {số tiền}, gồm:\n{giấy tờ}\n\nCách nộp: {liên kết}" / "For the dossier {mã hồ sơ}: {thủ tục} there are {số tiền} to pay:\n{giấy tờ}\n\nHow to pay: {liên kết}";
    PAYMENT_SHORT: "Hồ sơ {mã hồ sơ} cần nộp {số tiền}." / "Dossier {mã hồ sơ}: {số tiền} to pay.";

    KIND_TRANSFER: "Chưa thấy tiền chuyển khoản" / "Transfer not found";
    TRANSFER_SUBJECT: "Hồ sơ {mã hồ sơ}: chưa thấy {số tiền} chuyển khoản" / "Dossier {mã hồ sơ}: {số tiền} have not arrived";
    TRANSFER_LONG: "{cơ quan} chưa thấy {số tiền} Ông/Bà báo đã chuyển khoản cho hồ sơ {mã hồ sơ}: {thủ tục}. Cán bộ thu phí ghi: {lý do}. Nếu đã bị trừ tiền, mang chứng từ của ngân hàng đến quầy hoặc gọi cơ quan; đừng chuyển lần hai.\n\nXem hồ sơ: {liên kết}" / "{cơ quan} has not found the {số tiền} that you declared as transferred for the dossier {mã hồ sơ}: {thủ tục}. The cashier says: {lý do}. If money was taken from you, bring the bank's record to the counter or call; do not transfer twice.\n\nSee it: {liên kết}";
    TRANSFER_SHORT: "Hồ sơ {mã hồ sơ}: chưa thấy {số tiền} chuyển khoản. Lý do: {lý do}" / "Dossier {mã hồ sơ}: {số tiền} have not arrived. Reason: {lý do}";

    KIND_STOPPED: "Dừng giải quyết" / "Stopped";
    STOPPED_SUBJECT: "Hồ sơ {mã hồ sơ} đã dừng giải quyết" / "Dossier {mã hồ sơ} was stopped";
    STOPPED_LONG: "{cơ quan} dừng giải quyết hồ sơ {mã hồ sơ}: {thủ tục}. Lý do: {lý do}. Ông/Bà nhận lại giấy tờ tại quầy và có thể nộp hồ sơ mới.\n\nXem hồ sơ: {liên kết}" / "{cơ quan} has stopped the dossier {mã hồ sơ}: {thủ tục}. Reason: {lý do}. Take your papers back at the counter; you may file a new dossier.\n\nSee it: {liên kết}";
    STOPPED_SHORT: "Hồ sơ {mã hồ sơ} đã dừng giải quyết. Lý do: {lý do}" / "Dossier {mã hồ sơ} was stopped. Reason: {lý do}";

    KIND_APOLOGY: "Xin lỗi và hẹn lại" / "Apology and new date";
    APOLOGY_SUBJECT: "Xin lỗi và hẹn lại hồ sơ {mã hồ sơ}" / "Apology and new date for dossier {mã hồ sơ}";
    APOLOGY_LONG: "{cơ quan} xin lỗi Ông/Bà vì chưa giải quyết xong hồ sơ {mã hồ sơ}: {thủ tục}. Lý do: {lý do}. Hẹn lại: {hạn}.\n\nXem hồ sơ: {liên kết}" / "{cơ quan} apologises: the dossier {mã hồ sơ}: {thủ tục} is not settled yet. Reason: {lý do}. New date: {hạn}.\n\nSee it: {liên kết}";
    APOLOGY_SHORT: "Cơ quan xin lỗi: hồ sơ {mã hồ sơ} hẹn lại {hạn}. Lý do: {lý do}" / "We apologise: dossier {mã hồ sơ} is now due {hạn}. Reason: {lý do}";

    KIND_DATE_MOVED: "Đổi ngày hẹn trả" / "Due date moved";
    DATE_MOVED_SUBJECT: "Hồ sơ {mã hồ sơ} đổi ngày hẹn trả" / "Dossier {mã hồ sơ} has another due date";
    DATE_MOVED_LONG: "Ngày hẹn trả hồ sơ {mã hồ sơ}: {thủ tục} nay là: {hạn}. Lý do: {lý do}.\n\nXem hồ sơ: {liên kết}" / "The dossier {mã hồ sơ}: {thủ tục} is now due: {hạn}. Reason: {lý do}.\n\nSee it: {liên kết}";
    DATE_MOVED_SHORT: "Hồ sơ {mã hồ sơ} đổi ngày hẹn trả: {hạn}." / "Dossier {mã hồ sơ} is now due: {hạn}.";

    KIND_TRANSFERRED: "Chuyển cơ quan có thẩm quyền" / "Transferred";
    TRANSFERRED_SUBJECT: "Hồ sơ {mã hồ sơ} được chuyển đến {cơ quan}" / "Dossier {mã hồ sơ} went to {cơ quan}";
    TRANSFERRED_LONG: "Hồ sơ {mã hồ sơ}: {thủ tục} được chuyển đến {cơ quan}, là cơ quan có thẩm quyền. Lý do: {lý do}. Ông/Bà chưa cần làm gì.\n\nTheo dõi hồ sơ: {liên kết}" / "The dossier {mã hồ sơ}: {thủ tục} went to {cơ quan}, which is competent. Reason: {lý do}. There is nothing for you to do.\n\nFollow it: {liên kết}";
    TRANSFERRED_SHORT: "Hồ sơ {mã hồ sơ} được chuyển đến {cơ quan}." / "Dossier {mã hồ sơ} went to {cơ quan}.";

    KIND_WITHDRAWN: "Đồng ý cho rút" / "Withdrawal approved";
    WITHDRAWN_SUBJECT: "Hồ sơ {mã hồ sơ} đã được rút" / "Dossier {mã hồ sơ} was withdrawn";
    WITHDRAWN_LONG: "{cơ quan} đồng ý cho rút hồ sơ {mã hồ sơ}: {thủ tục}. Ông/Bà nhận lại giấy tờ tại quầy.\n\nXem hồ sơ: {liên kết}" / "{cơ quan} gives the dossier {mã hồ sơ}: {thủ tục} back. Take your papers at the counter.\n\nSee it: {liên kết}";
    WITHDRAWN_SHORT: "Hồ sơ {mã hồ sơ} đã được rút. Ông/Bà nhận lại giấy tờ tại quầy." / "Dossier {mã hồ sơ} was withdrawn. Take your papers at the counter.";

    KIND_KEPT: "Không đồng ý cho rút" / "Withdrawal rejected";
    KEPT_SUBJECT: "Hồ sơ {mã hồ sơ} chưa được rút" / "Dossier {mã hồ sơ} was not withdrawn";
    KEPT_LONG: "{cơ quan} không đồng ý cho rút hồ sơ {mã hồ sơ}: {thủ tục}. Lý do: {lý do}. Hồ sơ tiếp tục được giải quyết, hẹn trả: {hạn}.\n\nXem hồ sơ: {liên kết}" / "{cơ quan} does not give the dossier {mã hồ sơ}: {thủ tục} back. Reason: {lý do}. It goes on and is due: {hạn}.\n\nSee it: {liên kết}";
    KEPT_SHORT: "Hồ sơ {mã hồ sơ} chưa được rút. Lý do: {lý do}" / "Dossier {mã hồ sơ} was not withdrawn. Reason: {lý do}";

    KIND_RESULT: "Có kết quả" / "Result ready";
    RESULT_SUBJECT: "Hồ sơ {mã hồ sơ} đã có kết quả" / "Dossier {mã hồ sơ} has a result";
    RESULT_LONG: "Hồ sơ {mã hồ sơ}: {thủ tục} đã có kết quả. Nhận kết quả: {nơi nhận}. Khi đến quầy, Ông/Bà mang theo giấy tiếp nhận và thẻ căn cước.\n\nXem kết quả: {liên kết}" / "The dossier {mã hồ sơ}: {thủ tục} has a result. Collect it: {nơi nhận}. At the counter bring the receipt and the identity card.\n\nSee the result: {liên kết}";
    RESULT_SHORT: "Hồ sơ {mã hồ sơ} đã có kết quả. Nhận: {nơi nhận}." / "Dossier {mã hồ sơ} has a result. Collect it: {nơi nhận}.";

    KIND_DENIED: "Có văn bản từ chối" / "Reasoned refusal";
    DENIED_SUBJECT: "Hồ sơ {mã hồ sơ} có văn bản từ chối giải quyết" / "Dossier {mã hồ sơ} has a reasoned refusal";
    DENIED_LONG: "{cơ quan} có văn bản từ chối giải quyết hồ sơ {mã hồ sơ}: {thủ tục}. Lý do: {lý do}. Nhận văn bản: {nơi nhận}.\n\nXem hồ sơ: {liên kết}" / "{cơ quan} has refused the dossier {mã hồ sơ}: {thủ tục}. Reason: {lý do}. Collect the notice: {nơi nhận}.\n\nSee it: {liên kết}";
    DENIED_SHORT: "Hồ sơ {mã hồ sơ} có văn bản từ chối giải quyết. Nhận: {nơi nhận}." / "Dossier {mã hồ sơ} has a reasoned refusal. Collect it: {nơi nhận}.";

    KIND_DELIVERED: "Đã trả kết quả" / "Result handed over";
    DELIVERED_SUBJECT: "Đã trả kết quả hồ sơ {mã hồ sơ}" / "The result of dossier {mã hồ sơ} was handed over";
    DELIVERED_LONG: "Kết quả hồ sơ {mã hồ sơ}: {thủ tục} đã được trả. Ông/Bà có thể đánh giá việc phục vụ của {cơ quan}.\n\nXem hồ sơ: {liên kết}" / "The result of the dossier {mã hồ sơ}: {thủ tục} was handed over. You may rate the service of {cơ quan}.\n\nSee it: {liên kết}";
    DELIVERED_SHORT: "Đã trả kết quả hồ sơ {mã hồ sơ}. Mời Ông/Bà đánh giá phục vụ: {liên kết}" / "The result of dossier {mã hồ sơ} was handed over. Rate the service: {liên kết}";

    KIND_CORRECTED: "Đã sửa thông tin" / "Corrected";
    CORRECTED_SUBJECT: "Đã sửa thông tin hồ sơ {mã hồ sơ}" / "Dossier {mã hồ sơ} was corrected";
    CORRECTED_LONG: "{cơ quan} đã sửa thông tin trong hồ sơ {mã hồ sơ}: {thủ tục}. Lý do: {lý do}.\n\nXem nội dung cũ và mới: {liên kết}" / "{cơ quan} has corrected the dossier {mã hồ sơ}: {thủ tục}. Reason: {lý do}.\n\nSee the old and the new values: {liên kết}";
    CORRECTED_SHORT: "Đã sửa thông tin hồ sơ {mã hồ sơ}. Lý do: {lý do}" / "Dossier {mã hồ sơ} was corrected. Reason: {lý do}";

    KIND_NOT_CORRECTED: "Không đồng ý sửa thông tin" / "Not corrected";
    NOT_CORRECTED_SUBJECT: "Hồ sơ {mã hồ sơ}: thông tin được giữ nguyên" / "Dossier {mã hồ sơ} was not corrected";
    NOT_CORRECTED_LONG: "{cơ quan} không sửa thông tin theo đề nghị trong hồ sơ {mã hồ sơ}: {thủ tục}. Lý do: {lý do}.\n\nXem hồ sơ: {liên kết}" / "{cơ quan} has not made the correction in the dossier {mã hồ sơ}: {thủ tục}. Reason: {lý do}.\n\nSee it: {liên kết}";
    NOT_CORRECTED_SHORT: "Hồ sơ {mã hồ sơ}: thông tin được giữ nguyên. Lý do: {lý do}" / "Dossier {mã hồ sơ} was not corrected. Reason: {lý do}";

    KIND_ASSIGNED: "Phân công cho cán bộ" / "Assigned to you";
    ASSIGNED_SUBJECT: "Được giao hồ sơ {mã hồ sơ}" / "Dossier {mã hồ sơ} was given to you";
    ASSIGNED_LONG: "Hồ sơ {mã hồ sơ}: {thủ tục} vừa được giao. Hạn giải quyết: {hạn}.\n\n{liên kết}" / "The dossier {mã hồ sơ}: {thủ tục} was given to you. Due: {hạn}.\n\n{liên kết}";
    ASSIGNED_SHORT: "Được giao hồ sơ {mã hồ sơ}, hạn: {hạn}." / "Dossier {mã hồ sơ} was given to you, due: {hạn}.";

    KIND_CONSULTED: "Lấy ý kiến phối hợp" / "Consultation";
    CONSULTED_SUBJECT: "Cần cho ý kiến hồ sơ {mã hồ sơ}" / "Asked about dossier {mã hồ sơ}";
    CONSULTED_LONG: "Hồ sơ {mã hồ sơ}: {thủ tục} cần ý kiến: {lý do}. Hạn trả lời: {hạn}.\n\n{liên kết}" / "The dossier {mã hồ sơ}: {thủ tục} needs an opinion: {lý do}. Answer: {hạn}.\n\n{liên kết}";
    CONSULTED_SHORT: "Cần cho ý kiến hồ sơ {mã hồ sơ}, hạn: {hạn}." / "Asked about dossier {mã hồ sơ}, answer: {hạn}.";

    KIND_ASKED_DUE: "Sắp đến hạn trả lời ý kiến" / "An answer is due soon";
    ASKED_DUE_SUBJECT: "Sắp đến hạn cho ý kiến hồ sơ {mã hồ sơ}" / "Your opinion on dossier {mã hồ sơ} is due soon";
    ASKED_DUE_LONG: "Hồ sơ {mã hồ sơ}: {thủ tục} chờ ý kiến: {lý do}. Hạn trả lời: {hạn}.\n\n{liên kết}" / "The dossier {mã hồ sơ}: {thủ tục} waits for an opinion: {lý do}. Answer: {hạn}.\n\n{liên kết}";
    ASKED_DUE_SHORT: "Hồ sơ {mã hồ sơ} chờ ý kiến, hạn: {hạn}." / "Dossier {mã hồ sơ} waits for an opinion, until {hạn}.";

    KIND_ASKED_LATE: "Quá hạn trả lời ý kiến" / "An answer is late";
    ASKED_LATE_SUBJECT: "Quá hạn cho ý kiến hồ sơ {mã hồ sơ}" / "The opinion on dossier {mã hồ sơ} is late";
    ASKED_LATE_LONG: "Hồ sơ {mã hồ sơ}: {thủ tục} chưa có ý kiến trả lời, hạn: {hạn}. Nội dung hỏi: {lý do}. Thời hạn giải quyết hồ sơ không dừng.\n\n{liên kết}" / "The dossier {mã hồ sơ}: {thủ tục} has no answer yet, due: {hạn}. The question: {lý do}. The dossier's own deadline goes on.\n\n{liên kết}";
    ASKED_LATE_SHORT: "Hồ sơ {mã hồ sơ} quá hạn cho ý kiến: {hạn}." / "Dossier {mã hồ sơ}: the opinion was due {hạn}.";

    KIND_ANSWERED: "Đã có ý kiến trả lời" / "The answer is there";
    ANSWERED_SUBJECT: "Đã có ý kiến về hồ sơ {mã hồ sơ}" / "The opinion on dossier {mã hồ sơ} has come";
    ANSWERED_LONG: "Hồ sơ {mã hồ sơ}: {thủ tục} đã có ý kiến trả lời: {lý do}\n\n{liên kết}" / "The dossier {mã hồ sơ}: {thủ tục} has got its answer: {lý do}\n\n{liên kết}";
    ANSWERED_SHORT: "Đã có ý kiến về hồ sơ {mã hồ sơ}." / "The opinion on dossier {mã hồ sơ} has come.";

    KIND_DUE_SOON: "Sắp đến hạn" / "Due soon";
    DUE_SOON_SUBJECT: "Hồ sơ {mã hồ sơ} sắp đến hạn" / "Dossier {mã hồ sơ} is due soon";
    DUE_SOON_LONG: "Hồ sơ {mã hồ sơ}: {thủ tục} sắp đến hạn: {hạn}.\n\n{liên kết}" / "The dossier {mã hồ sơ}: {thủ tục} is due soon: {hạn}.\n\n{liên kết}";
    DUE_SOON_SHORT: "Hồ sơ {mã hồ sơ} sắp đến hạn: {hạn}." / "Dossier {mã hồ sơ} is due soon: {hạn}.";

    KIND_OVERDUE: "Quá hạn" / "Overdue";
    OVERDUE_SUBJECT: "Hồ sơ {mã hồ sơ} đã quá hạn" / "Dossier {mã hồ sơ} is overdue";
    OVERDUE_LONG: "Hồ sơ {mã hồ sơ}: {thủ tục} đã quá hạn: {hạn}.\n\n{liên kết}" / "The dossier {mã hồ sơ}: {thủ tục} is overdue: {hạn}.\n\n{liên kết}";
    OVERDUE_SHORT: "Hồ sơ {mã hồ sơ} đã quá hạn: {hạn}." / "Dossier {mã hồ sơ} is overdue: {hạn}.";

    KIND_PROPOSED: "Đề xuất xin lỗi, hẹn lại" / "Apology proposed";
    PROPOSED_SUBJECT: "Hồ sơ {mã hồ sơ} có thể trễ hạn: cân nhắc xin lỗi, hẹn lại" / "Dossier {mã hồ sơ} may be late: consider an apology";
    PROPOSED_LONG: "Hồ sơ {mã hồ sơ}: {thủ tục} chưa xong, hạn: {hạn}. Văn bản xin lỗi và hẹn lại chỉ gửi được đến hết ngày {ngày}.\n\n{liên kết}" / "The dossier {mã hồ sơ}: {thủ tục} is not settled, due: {hạn}. The apology with a new date can be sent until the end of {ngày}.\n\n{liên kết}";
    PROPOSED_SHORT: "Hồ sơ {mã hồ sơ} có thể trễ hạn. Xin lỗi, hẹn lại được đến hết {ngày}." / "Dossier {mã hồ sơ} may be late. Apology until the end of {ngày}.";

    KIND_STEP: "Bước sắp đến hạn" / "A step nearly due";
    STEP_SUBJECT: "Hồ sơ {mã hồ sơ}: sắp đến hạn bước {bước}" / "Dossier {mã hồ sơ}: the step {bước} is nearly due";
    STEP_LONG: "Hồ sơ {mã hồ sơ}: {thủ tục}. Bước {bước} sắp đến hạn: {hạn}.\n\n{liên kết}" / "The dossier {mã hồ sơ}: {thủ tục}. The step {bước} is nearly due: {hạn}.\n\n{liên kết}";
    STEP_SHORT: "Hồ sơ {mã hồ sơ}: bước {bước} sắp đến hạn: {hạn}." / "Dossier {mã hồ sơ}: the step {bước} is nearly due: {hạn}.";

    SAMPLE_STEP: "thẩm tra hồ sơ" / "examination";
    SAMPLE_CODE: "H40.12-261123-0001" / "H40.12-261123-0001";
    SAMPLE_PROCEDURE: "Thủ tục đăng ký khai sinh" / "Registration of a birth";
    SAMPLE_AGENCY: "UBND phường Bến Thử" / "The people's committee of Bến Thử";
    SAMPLE_DUE: "thứ Năm 26/11/2026, trước 17:00" / "Thursday 26/11/2026, before 17:00";
    SAMPLE_REASON: "giấy tờ chưa có chữ ký" / "a paper is not signed";
    SAMPLE_ITEMS: "– Giấy chứng sinh: bản chụp bị mờ" / "– Birth notice: the copy cannot be read";
    SAMPLE_AMOUNT: "20.000\u{a0}đồng" / "20.000 dong";
    SAMPLE_PLACE: "tại Bộ phận Một cửa, trong giờ làm việc" / "at the one-stop section, in office hours";
    SAMPLE_DAY: "25/11/2026" / "25/11/2026";
    SAMPLE_LINK: "https://motcua.example.gov.vn/tra-cuu/H40.12-261123-0001" / "https://motcua.example.gov.vn/tra-cuu/H40.12-261123-0001";

    FIELD_UNKNOWN: "Không có trường {name} (dòng {line}, ký tự {column})" / "There is no field {name} (line {line}, character {column})";
    FIELD_OPEN: "Thiếu dấu đóng ngoặc của trường (dòng {line}, ký tự {column})" / "The field's brace is not closed (line {line}, character {column})";
    FIELD_MISSING: "Thiếu trường {name}" / "The field {name} is missing";
    TEMPLATE_EMPTY: "Nhập nội dung" / "Enter the text";
    TEMPLATE_LONG: "Nội dung dài quá {most} ký tự" / "The text is longer than {most} characters";
}
