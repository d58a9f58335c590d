"""Whole explanations for the customer, word by word."""

from __future__ import annotations

import pytest

from explained import AT_ONCE, CLOSED, DASH, LATEST, SHARED, SUNDAY, TET, URGENT
from support_sla import Deadline

SHORT = {
    "Tet": (
        TET,
        f"Your request to Sales and billing {DASH} Ticket, sent on Saturday 14 February 2026 at 16:30, is promised an answer by Saturday 21 February 2026 at 08:30 at the latest. We promise an answer within 1 hour, counted only in our opening hours. Not counted on the way: time outside opening hours, Sunday 15 February 2026, Monday 16 February 2026 (Giao thừa Tết Nguyên Đán), Tuesday 17 February 2026 (Tết Nguyên Đán), Wednesday 18 February 2026 (Mùng hai Tết Nguyên Đán), Thursday 19 February 2026 (Mùng ba Tết Nguyên Đán) and Friday 20 February 2026 (Mùng bốn Tết Nguyên Đán). All times are those of the time zone Asia/Ho_Chi_Minh.",
        f"Yêu cầu của quý khách đến Phòng Kinh doanh - Thanh toán {DASH} Ticket (Yêu cầu hỗ trợ), gửi lúc 16:30 thứ Bảy, ngày 14/02/2026, được cam kết phản hồi chậm nhất lúc 08:30 thứ Bảy, ngày 21/02/2026. Chúng tôi cam kết phản hồi trong vòng 1 giờ làm việc. Thời gian không tính gồm: thời gian ngoài giờ làm việc; Chủ nhật, ngày 15/02/2026; thứ Hai, ngày 16/02/2026 (Giao thừa Tết Nguyên Đán); thứ Ba, ngày 17/02/2026 (Tết Nguyên Đán); thứ Tư, ngày 18/02/2026 (Mùng hai Tết Nguyên Đán); thứ Năm, ngày 19/02/2026 (Mùng ba Tết Nguyên Đán) và thứ Sáu, ngày 20/02/2026 (Mùng bốn Tết Nguyên Đán). Mọi thời điểm được ghi theo múi giờ Asia/Ho_Chi_Minh.",
    ),
    "a Sunday": (
        SUNDAY,
        f"Your request to Technical {DASH} Ticket, sent on Sunday 15 February 2026 at 22:10, is promised an answer by Monday 16 February 2026 at 10:10 at the latest; no answer is promised before Sunday 15 February 2026 at 22:40. We promise an answer within 12 hours, counted around the clock. This promise holds because 15 February 2026 is a Sunday. All times are those of the time zone Asia/Ho_Chi_Minh.",
        f"Yêu cầu của quý khách đến Phòng kỹ thuật {DASH} Ticket (Yêu cầu hỗ trợ), gửi lúc 22:10 Chủ nhật, ngày 15/02/2026, được cam kết phản hồi chậm nhất lúc 10:10 thứ Hai, ngày 16/02/2026; chúng tôi không cam kết phản hồi trước 22:40 Chủ nhật, ngày 15/02/2026. Chúng tôi cam kết phản hồi trong vòng 12 giờ, tính liên tục cả ngày lẫn đêm. Cam kết này được áp dụng vì ngày 15/02/2026 là Chủ nhật. Mọi thời điểm được ghi theo múi giờ Asia/Ho_Chi_Minh.",
    ),
    "a priority": (
        URGENT,
        f"Your request to desk {DASH} ticket, sent on Monday 2 March 2026 at 16:30, is promised an answer by Tuesday 3 March 2026 at 09:00 at the latest; no answer is promised before Monday 2 March 2026 at 16:45. We promise an answer within 1 hour 30 minutes, counted only in our opening hours. This promise holds because the request's priority is 'high'. Not counted on the way: time outside opening hours. All times are those of the time zone Asia/Ho_Chi_Minh.",
        f"Yêu cầu của quý khách đến desk {DASH} ticket, gửi lúc 16:30 thứ Hai, ngày 02/03/2026, được cam kết phản hồi chậm nhất lúc 09:00 thứ Ba, ngày 03/03/2026; chúng tôi không cam kết phản hồi trước 16:45 thứ Hai, ngày 02/03/2026. Chúng tôi cam kết phản hồi trong vòng 1 giờ 30 phút làm việc. Cam kết này được áp dụng vì mức ưu tiên của yêu cầu là 'high'. Thời gian không tính gồm: thời gian ngoài giờ làm việc. Mọi thời điểm được ghi theo múi giờ Asia/Ho_Chi_Minh.",
    ),
    "overlap": (
        LATEST,
        f"Your request to desk {DASH} ticket, sent on Saturday 28 February 2026 at 22:00, is promised an answer by Sunday 1 March 2026 at 10:00 at the latest. We promise an answer within 12 hours, counted around the clock. The promise is that of the days on which time is counted; where theirs differ, the one that ends latest holds. All times are those of the time zone Asia/Ho_Chi_Minh.",
        f"Yêu cầu của quý khách đến desk {DASH} ticket, gửi lúc 22:00 thứ Bảy, ngày 28/02/2026, được cam kết phản hồi chậm nhất lúc 10:00 Chủ nhật, ngày 01/03/2026. Chúng tôi cam kết phản hồi trong vòng 12 giờ, tính liên tục cả ngày lẫn đêm. Cam kết được lấy theo những ngày có thời gian được tính; nếu các ngày đó có cam kết khác nhau thì áp dụng thời hạn muộn nhất. Mọi thời điểm được ghi theo múi giờ Asia/Ho_Chi_Minh.",
    ),
    "in order": (
        SHARED,
        f"Your request to desk {DASH} ticket, sent on Sunday 1 March 2026 at 22:00, is promised an answer by Monday 2 March 2026 at 03:00 at the latest. We promise an answer within 3 hours, counted around the clock from Monday 2 March 2026 at 00:00 on. A request sent on Monday 2 March 2026 at 00:00 is promised an answer by the same time, and yours, sent earlier, is promised one no later than that. All times are those of the time zone Asia/Ho_Chi_Minh.",
        f"Yêu cầu của quý khách đến desk {DASH} ticket, gửi lúc 22:00 Chủ nhật, ngày 01/03/2026, được cam kết phản hồi chậm nhất lúc 03:00 thứ Hai, ngày 02/03/2026. Chúng tôi cam kết phản hồi trong vòng 3 giờ, tính liên tục cả ngày lẫn đêm từ 00:00 thứ Hai, ngày 02/03/2026. Yêu cầu gửi lúc 00:00 thứ Hai, ngày 02/03/2026 cũng có thời hạn phản hồi này, nên yêu cầu của quý khách, vốn được gửi sớm hơn, không có thời hạn muộn hơn. Mọi thời điểm được ghi theo múi giờ Asia/Ho_Chi_Minh.",
    ),
    "a weekend with a holiday": (
        CLOSED,
        f"Your request to desk {DASH} ticket, sent on Saturday 7 March 2026 at 12:00, is promised an answer by Monday 9 March 2026 at 10:00 at the latest. We promise an answer within 2 hours, counted from Monday 9 March 2026 at 08:00 on and only in our opening hours. Not counted on the way: time outside opening hours, Saturday 7 March 2026 and Sunday 8 March 2026 (Women's Day). All times are those of the time zone Asia/Ho_Chi_Minh.",
        f"Yêu cầu của quý khách đến desk {DASH} ticket, gửi lúc 12:00 thứ Bảy, ngày 07/03/2026, được cam kết phản hồi chậm nhất lúc 10:00 thứ Hai, ngày 09/03/2026. Chúng tôi cam kết phản hồi trong vòng 2 giờ làm việc, tính từ 08:00 thứ Hai, ngày 09/03/2026. Thời gian không tính gồm: thời gian ngoài giờ làm việc; thứ Bảy, ngày 07/03/2026 và Chủ nhật, ngày 08/03/2026 (Women's Day). Mọi thời điểm được ghi theo múi giờ Asia/Ho_Chi_Minh.",
    ),
    "at once": (
        AT_ONCE,
        f"Your request to desk {DASH} ticket, sent on Sunday 1 March 2026 at 12:00, is promised an answer by Sunday 1 March 2026 at 12:00 at the latest. We promise an answer at once. All times are those of the time zone Asia/Ho_Chi_Minh.",
        f"Yêu cầu của quý khách đến desk {DASH} ticket, gửi lúc 12:00 Chủ nhật, ngày 01/03/2026, được cam kết phản hồi chậm nhất lúc 12:00 Chủ nhật, ngày 01/03/2026. Chúng tôi cam kết phản hồi ngay. Mọi thời điểm được ghi theo múi giờ Asia/Ho_Chi_Minh.",
    ),
}


@pytest.mark.parametrize(("deadline", "en", "vi"), SHORT.values(), ids=SHORT.keys())
def test_the_short_form_reads_as_written_here(deadline: Deadline, en: str, vi: str) -> None:
    assert (en, vi) == (deadline.explain(), deadline.explain("vi"))
    assert en == deadline.explain("en", long=False)
