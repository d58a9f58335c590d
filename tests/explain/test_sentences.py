"""The explanation in words: whole texts as they are read, and every sentence that may stand in one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given

from builders import calendar_data, day_data, policy, rule_data, when
from questions import AZDIGI, NEW_YORK, ask, deadlines, line, relaxed
from support_sla import Deadline, HolidayCalendar, compute_deadline, languages
from support_sla.explain.language import language_of
from support_sla.explain.skipped import skipped as skipped_days

DASH = "\N{EN DASH}"
TET = ask(AZDIGI, "2026-02-14T16:30", department="billing")
SUNDAY = ask(AZDIGI, "2026-02-15T22:10", department="technical")
SHARED = ask(relaxed("in_order"), "2026-03-01T22:00")
LATEST = ask(relaxed("overlap"), "2026-02-28T22:00")
URGENT = ask(
    line(
        when("Su", "known", priority=("high",), name="both"),
        when(priority=("high", "low"), name="one", within="1h30m", earliest="15m"),
        rule_data(name="default"),
        priorities=["low", "high"],
        version="2026-03",
        known=[],
    ),
    "2026-03-02T16:30",
    priority="high",
)
CLOSED = ask(
    line(rule_data(within="2h"), known=[day_data("2026-03-08", name="Women's Day")]),
    "2026-03-07T12:00",
)
AT_ONCE = ask(line(rule_data(within="0m")), "2026-03-01T12:00")
SOURCE = str(AZDIGI.calendars["public_holidays"].sources[0])


def short(made: Any, text: str, **names: Any) -> str:
    return ask(made, text, **names).explain()


def long(made: Any, text: str, **names: Any) -> str:
    return ask(made, text, **names).explain(long=True)


# --- Whole texts: for the customer ---

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


# --- Whole texts: for a dispute ---

LONG = {
    "Tet": (
        TET,
        f"""\
The request to billing/ticket was submitted on Saturday 14 February 2026 at 16:30 and must be answered by Saturday 21 February 2026 at 08:30, that instant included.
The policy is 'AZDIGI customer support', which names no version.
All times are those of the time zone Asia/Ho_Chi_Minh.
Rule 'next_business_hour' is the only rule of the line and has no condition.
Rule 'next_business_hour' promises an answer within 1 hour of business time, which is counted from Saturday 14 February 2026 at 16:30 and only while the line is open.
From the submission to the due instant:
- From Saturday 14 February 2026 at 16:30 to Saturday 14 February 2026 at 17:00 time is counted (30 minutes): the line is open.
- From Saturday 14 February 2026 at 17:00 to Sunday 15 February 2026 at 00:00 no time is counted: it is outside the line's opening hours.
- From Sunday 15 February 2026 at 00:00 to Monday 16 February 2026 at 00:00 no time is counted: the line does not open on a Sunday.
- From Monday 16 February 2026 at 00:00 to Tuesday 17 February 2026 at 00:00 no time is counted: the line is closed all day for Giao thừa Tết Nguyên Đán (public_holidays, {SOURCE}).
- From Tuesday 17 February 2026 at 00:00 to Wednesday 18 February 2026 at 00:00 no time is counted: the line is closed all day for Tết Nguyên Đán (public_holidays, {SOURCE}).
- From Wednesday 18 February 2026 at 00:00 to Thursday 19 February 2026 at 00:00 no time is counted: the line is closed all day for Mùng hai Tết Nguyên Đán (public_holidays, {SOURCE}).
- From Thursday 19 February 2026 at 00:00 to Friday 20 February 2026 at 00:00 no time is counted: the line is closed all day for Mùng ba Tết Nguyên Đán (public_holidays, {SOURCE}).
- From Friday 20 February 2026 at 00:00 to Saturday 21 February 2026 at 00:00 no time is counted: the line is closed all day for Mùng bốn Tết Nguyên Đán (public_holidays, {SOURCE}).
- From Saturday 21 February 2026 at 00:00 to Saturday 21 February 2026 at 08:00 no time is counted: it is outside the line's opening hours.
- From Saturday 21 February 2026 at 08:00 to Saturday 21 February 2026 at 08:30 time is counted (30 minutes): the line is open.
The counted stretches add up to 1 hour, which is what was promised: 30 minutes + 30 minutes.""",
        f"""\
Yêu cầu đến billing/ticket được gửi lúc 16:30 thứ Bảy, ngày 14/02/2026 và phải được phản hồi chậm nhất lúc 08:30 thứ Bảy, ngày 21/02/2026, tính cả thời điểm đó.
Chính sách áp dụng là 'AZDIGI customer support', không ghi phiên bản.
Mọi thời điểm được ghi theo múi giờ Asia/Ho_Chi_Minh.
Quy tắc 'next_business_hour' là quy tắc duy nhất của kênh và không có điều kiện.
Quy tắc 'next_business_hour' cam kết phản hồi trong vòng 1 giờ làm việc, tính từ 16:30 thứ Bảy, ngày 14/02/2026 và chỉ tính khi kênh hỗ trợ hoạt động.
Từ lúc gửi yêu cầu đến thời hạn:
- Từ 16:30 thứ Bảy, ngày 14/02/2026 đến 17:00 thứ Bảy, ngày 14/02/2026 có tính thời gian (30 phút): kênh hỗ trợ đang hoạt động.
- Từ 17:00 thứ Bảy, ngày 14/02/2026 đến 00:00 Chủ nhật, ngày 15/02/2026 không tính thời gian: ngoài giờ làm việc của kênh hỗ trợ.
- Từ 00:00 Chủ nhật, ngày 15/02/2026 đến 00:00 thứ Hai, ngày 16/02/2026 không tính thời gian: kênh hỗ trợ không làm việc vào Chủ nhật.
- Từ 00:00 thứ Hai, ngày 16/02/2026 đến 00:00 thứ Ba, ngày 17/02/2026 không tính thời gian: kênh hỗ trợ nghỉ cả ngày vì Giao thừa Tết Nguyên Đán (public_holidays, {SOURCE}).
- Từ 00:00 thứ Ba, ngày 17/02/2026 đến 00:00 thứ Tư, ngày 18/02/2026 không tính thời gian: kênh hỗ trợ nghỉ cả ngày vì Tết Nguyên Đán (public_holidays, {SOURCE}).
- Từ 00:00 thứ Tư, ngày 18/02/2026 đến 00:00 thứ Năm, ngày 19/02/2026 không tính thời gian: kênh hỗ trợ nghỉ cả ngày vì Mùng hai Tết Nguyên Đán (public_holidays, {SOURCE}).
- Từ 00:00 thứ Năm, ngày 19/02/2026 đến 00:00 thứ Sáu, ngày 20/02/2026 không tính thời gian: kênh hỗ trợ nghỉ cả ngày vì Mùng ba Tết Nguyên Đán (public_holidays, {SOURCE}).
- Từ 00:00 thứ Sáu, ngày 20/02/2026 đến 00:00 thứ Bảy, ngày 21/02/2026 không tính thời gian: kênh hỗ trợ nghỉ cả ngày vì Mùng bốn Tết Nguyên Đán (public_holidays, {SOURCE}).
- Từ 00:00 thứ Bảy, ngày 21/02/2026 đến 08:00 thứ Bảy, ngày 21/02/2026 không tính thời gian: ngoài giờ làm việc của kênh hỗ trợ.
- Từ 08:00 thứ Bảy, ngày 21/02/2026 đến 08:30 thứ Bảy, ngày 21/02/2026 có tính thời gian (30 phút): kênh hỗ trợ đang hoạt động.
Tổng thời gian được tính là 1 giờ, đúng bằng cam kết: 30 phút + 30 phút.""",
    ),
    "a priority": (
        URGENT,
        """\
The request to desk/ticket was submitted on Monday 2 March 2026 at 16:30 and must be answered by Tuesday 3 March 2026 at 09:00, that instant included.
No answer is promised before Monday 2 March 2026 at 16:45.
The request's priority is 'high'.
The policy is 'a desk', version '2026-03'.
All times are those of the time zone Asia/Ho_Chi_Minh.
Rule 'one' matched the submission, because the request's priority is 'high'.
Rule 'both' comes before it and was passed over, because 2 March 2026 is none of its days (Sunday, 'known').
Rule 'one' promises an answer within 1 hour 30 minutes of business time, which is counted from Monday 2 March 2026 at 16:30 and only while the line is open.
From the submission to the due instant:
- From Monday 2 March 2026 at 16:30 to Monday 2 March 2026 at 17:00 time is counted (30 minutes): the line is open.
- From Monday 2 March 2026 at 17:00 to Tuesday 3 March 2026 at 08:00 no time is counted: it is outside the line's opening hours.
- From Tuesday 3 March 2026 at 08:00 to Tuesday 3 March 2026 at 09:00 time is counted (1 hour): the line is open.
The counted stretches add up to 1 hour 30 minutes, which is what was promised: 30 minutes + 1 hour.
The policy's reading of crossings is 'submission': the rule of the submission's date decides.
With the reading 'overlap' (the latest due instant among the rules of the days on which time is counted) the answer would be the same.
With the reading 'in_order' (no request is due later than one of its kind sent after it) the answer would be the same.""",
        """\
Yêu cầu đến desk/ticket được gửi lúc 16:30 thứ Hai, ngày 02/03/2026 và phải được phản hồi chậm nhất lúc 09:00 thứ Ba, ngày 03/03/2026, tính cả thời điểm đó.
Không cam kết phản hồi trước 16:45 thứ Hai, ngày 02/03/2026.
Mức ưu tiên của yêu cầu là 'high'.
Chính sách áp dụng là 'a desk', phiên bản '2026-03'.
Mọi thời điểm được ghi theo múi giờ Asia/Ho_Chi_Minh.
Quy tắc 'one' được áp dụng cho yêu cầu, vì mức ưu tiên của yêu cầu là 'high'.
Quy tắc 'both' đứng trước nhưng bị bỏ qua, vì ngày 02/03/2026 không thuộc các ngày của quy tắc (Chủ nhật, 'known').
Quy tắc 'one' cam kết phản hồi trong vòng 1 giờ 30 phút làm việc, tính từ 16:30 thứ Hai, ngày 02/03/2026 và chỉ tính khi kênh hỗ trợ hoạt động.
Từ lúc gửi yêu cầu đến thời hạn:
- Từ 16:30 thứ Hai, ngày 02/03/2026 đến 17:00 thứ Hai, ngày 02/03/2026 có tính thời gian (30 phút): kênh hỗ trợ đang hoạt động.
- Từ 17:00 thứ Hai, ngày 02/03/2026 đến 08:00 thứ Ba, ngày 03/03/2026 không tính thời gian: ngoài giờ làm việc của kênh hỗ trợ.
- Từ 08:00 thứ Ba, ngày 03/03/2026 đến 09:00 thứ Ba, ngày 03/03/2026 có tính thời gian (1 giờ): kênh hỗ trợ đang hoạt động.
Tổng thời gian được tính là 1 giờ 30 phút, đúng bằng cam kết: 30 phút + 1 giờ.
Khi thời gian kéo sang ngày khác, chính sách được hiểu theo cách 'submission': quy tắc của ngày gửi quyết định.
Theo cách hiểu 'overlap' (thời hạn muộn nhất trong các quy tắc của những ngày có thời gian được tính), kết quả không đổi.
Theo cách hiểu 'in_order' (không yêu cầu nào có thời hạn muộn hơn yêu cầu cùng loại gửi sau nó), kết quả không đổi.""",
    ),
    "in order": (
        SHARED,
        """\
The request to desk/ticket was submitted on Sunday 1 March 2026 at 22:00 and must be answered by Monday 2 March 2026 at 03:00, that instant included.
The policy is 'a desk', which names no version.
All times are those of the time zone Asia/Ho_Chi_Minh.
Rule 'relaxed' matched the submission, because 1 March 2026 is a Sunday.
Under the policy's reading of crossings, 'in_order', it is rule 'usual' that gives the answer.
Rule 'usual' promises an answer within 3 hours of calendar time, which is counted from Monday 2 March 2026 at 00:00 without a pause.
From the submission to the due instant:
- From Sunday 1 March 2026 at 22:00 to Monday 2 March 2026 at 00:00 no time is counted: a request sent later is due at the same instant, and this one is due no later.
- From Monday 2 March 2026 at 00:00 to Monday 2 March 2026 at 03:00 time is counted (3 hours): calendar time runs without a pause.
The counted stretches add up to 3 hours, which is what was promised: 3 hours.
The policy's reading of crossings is 'in_order': no request is due later than one of its kind sent after it.
With the reading 'submission' (the rule of the submission's date decides) the request would be due on Monday 2 March 2026 at 10:00, by rule 'relaxed'.
With the reading 'overlap' (the latest due instant among the rules of the days on which time is counted) the request would be due on Monday 2 March 2026 at 10:00, by rule 'relaxed'.""",
        """\
Yêu cầu đến desk/ticket được gửi lúc 22:00 Chủ nhật, ngày 01/03/2026 và phải được phản hồi chậm nhất lúc 03:00 thứ Hai, ngày 02/03/2026, tính cả thời điểm đó.
Chính sách áp dụng là 'a desk', không ghi phiên bản.
Mọi thời điểm được ghi theo múi giờ Asia/Ho_Chi_Minh.
Quy tắc 'relaxed' được áp dụng cho yêu cầu, vì ngày 01/03/2026 là Chủ nhật.
Theo cách hiểu 'in_order' của chính sách, thời hạn do quy tắc 'usual' quyết định.
Quy tắc 'usual' cam kết phản hồi trong vòng 3 giờ, tính liên tục từ 00:00 thứ Hai, ngày 02/03/2026.
Từ lúc gửi yêu cầu đến thời hạn:
- Từ 22:00 Chủ nhật, ngày 01/03/2026 đến 00:00 thứ Hai, ngày 02/03/2026 không tính thời gian: một yêu cầu gửi sau có cùng thời hạn, nên yêu cầu này không thể có thời hạn muộn hơn.
- Từ 00:00 thứ Hai, ngày 02/03/2026 đến 03:00 thứ Hai, ngày 02/03/2026 có tính thời gian (3 giờ): thời gian được tính liên tục.
Tổng thời gian được tính là 3 giờ, đúng bằng cam kết: 3 giờ.
Khi thời gian kéo sang ngày khác, chính sách được hiểu theo cách 'in_order': không yêu cầu nào có thời hạn muộn hơn yêu cầu cùng loại gửi sau nó.
Theo cách hiểu 'submission' (quy tắc của ngày gửi quyết định), thời hạn của yêu cầu sẽ là 10:00 thứ Hai, ngày 02/03/2026, theo quy tắc 'relaxed'.
Theo cách hiểu 'overlap' (thời hạn muộn nhất trong các quy tắc của những ngày có thời gian được tính), thời hạn của yêu cầu sẽ là 10:00 thứ Hai, ngày 02/03/2026, theo quy tắc 'relaxed'.""",
    ),
    "at once": (
        AT_ONCE,
        """\
The request to desk/ticket was submitted on Sunday 1 March 2026 at 12:00 and must be answered by Sunday 1 March 2026 at 12:00, that instant included.
The policy is 'a desk', which names no version.
All times are those of the time zone Asia/Ho_Chi_Minh.
Rule 'default' is the only rule of the line and has no condition.
Rule 'default' promises an answer at once, so no time is counted.""",
        """\
Yêu cầu đến desk/ticket được gửi lúc 12:00 Chủ nhật, ngày 01/03/2026 và phải được phản hồi chậm nhất lúc 12:00 Chủ nhật, ngày 01/03/2026, tính cả thời điểm đó.
Chính sách áp dụng là 'a desk', không ghi phiên bản.
Mọi thời điểm được ghi theo múi giờ Asia/Ho_Chi_Minh.
Quy tắc 'default' là quy tắc duy nhất của kênh và không có điều kiện.
Quy tắc 'default' cam kết phản hồi ngay, nên không có khoảng thời gian nào được tính.""",
    ),
}


@pytest.mark.parametrize(("deadline", "en", "vi"), LONG.values(), ids=LONG.keys())
def test_the_long_form_reads_as_written_here(deadline: Deadline, en: str, vi: str) -> None:
    assert en == deadline.explain(long=True)
    assert vi == deadline.explain("vi", long=True)


# --- Markdown ---


def test_markdown_is_a_heading_the_sentences_and_a_table_of_the_steps() -> None:
    assert rf"""## Deadline of a request to desk {DASH} ticket

The request to desk/ticket was submitted on Saturday 7 March 2026 at 12:00 and must be answered by Monday 9 March 2026 at 10:00, that instant included. The policy is 'a desk', which names no version. All times are those of the time zone Asia/Ho\_Chi\_Minh.

Rule 'default' is the only rule of the line and has no condition. Rule 'default' promises an answer within 2 hours of business time, which is counted from Monday 9 March 2026 at 08:00 and only while the line is open. From the submission to the due instant:

| From | To | Counted | Not counted | Why |
|---|---|---|---|---|
| Saturday 7 March 2026 at 12:00 | Sunday 8 March 2026 at 00:00 |  | 12 hours | the line does not open on a Saturday |
| Sunday 8 March 2026 at 00:00 | Monday 9 March 2026 at 00:00 |  | 24 hours | the line does not open on a Sunday and the line is closed all day for Women's Day (known) |
| Monday 9 March 2026 at 00:00 | Monday 9 March 2026 at 08:00 |  | 8 hours | it is outside the line's opening hours |
| Monday 9 March 2026 at 08:00 | Monday 9 March 2026 at 10:00 | 2 hours |  | the line is open |

The counted stretches add up to 2 hours, which is what was promised: 2 hours.
""" == CLOSED.to_markdown()


def test_markdown_is_in_the_language_that_was_asked_for() -> None:
    said = CLOSED.to_markdown("vi").splitlines()
    assert f"## Thời hạn phản hồi yêu cầu gửi đến desk {DASH} ticket" == said[0]
    assert "| Từ | Đến | Được tính | Không tính | Lý do |" == said[6]
    assert (
        "| 08:00 thứ Hai, ngày 09/03/2026 | 10:00 thứ Hai, ngày 09/03/2026 | 2 giờ |  | "
        "kênh hỗ trợ đang hoạt động |"
    ) == said[11]


def test_markdown_without_steps_has_no_table() -> None:
    said = AT_ONCE.to_markdown()
    assert "|" not in said
    assert "Rule 'default' promises an answer at once, so no time is counted." in said


def test_a_clock_change_is_a_row_of_no_time() -> None:
    made = line(rule_data(within="2h"), hours="24/7", timezone=NEW_YORK)
    assert (
        "| Sunday 8 March 2026 at 03:00 | Sunday 8 March 2026 at 03:00 |  | 0 minutes | the clocks "
        "go forward by 1 hour and skip the times between |"
    ) in ask(made, "2026-03-08T01:00-05:00").to_markdown().splitlines()


def test_characters_that_markdown_reads_are_escaped_in_every_name() -> None:
    special = r"a|b *c* _d_ `e` [f](g) <h> #i ~j~ {k} \l &amp;"
    made = policy(
        name=special,
        version=special,
        timezone="Asia/Ho_Chi_Minh",
        priorities=[special],
        calendars={special: calendar_data(day_data("2026-03-02", name=special, source=special))},
        departments={
            special: {
                "channels": {
                    special: {
                        "hours": {"schedule": "office", "observes": [special]},
                        "first_response": [
                            when(special, priority=(special,), name=special),
                            rule_data(),
                        ],
                    }
                }
            }
        },
    )
    deadline = ask(made, "2026-03-02T12:00", department=special, channel=special, priority=special)
    escaped = (
        r"a\|b \*c\* \_d\_ \`e\` \[f\](g) \<h\> \#i \~j\~ \{k\} \\l \&amp;"  # each by a backslash
    )
    for code in languages():
        said = deadline.to_markdown(code)
        assert special not in said
        assert said.count(escaped) >= 10
        plain = deadline.explain(code, long=True)
        assert plain.count(special) == said.count(escaped) - 2  # the title has two more
        rows = [row for row in said.splitlines() if row.startswith("|")]
        assert {6} == {row.replace(r"\|", "").count("|") for row in rows}


@pytest.mark.parametrize("code", languages())
def test_names_of_several_lines_are_said_on_one(code: str) -> None:
    made = policy(
        name="a\ndesk",
        version="1\n2",
        calendars={
            "of\tours": calendar_data(
                day_data("2026-03-02", name="Move\n# House", closed="08:00-12:00", source="a\r\nb")
            )
        },
        departments={
            "de\nsk": {
                "label": {"en": "The\ndesk"},
                "channels": {
                    "t\nk": {
                        "hours": {"schedule": "office", "observes": ["of\tours"]},
                        "first_response": [when("of\tours", name="one\ntwo"), rule_data()],
                    }
                },
            }
        },
    )
    for text in ("2026-03-02T08:00", "2026-03-03T08:00"):
        deadline = ask(made, text, department="de\nsk", channel="t\nk")
        assert 1 == len(deadline.explain(code).splitlines())
        assert "\t" not in deadline.explain(code, long=True)
        said = deadline.explain(code, long=True).splitlines()
        assert len(ask(made, text, department="de\nsk", channel="t\nk").steps) == len(
            [each for each in said if each.startswith("- ")]
        )
        assert "de sk/t k" in said[0]
        assert "# House" not in [row[:7] for row in deadline.to_markdown(code).splitlines()]


def test_braces_in_names_are_said_as_they_are() -> None:
    made = line(name="{desk} {0} {due}", known=[day_data("2026-03-03", name="{name}")])
    deadline = ask(made, "2026-03-02T16:30")
    assert "(known)" in deadline.explain(long=True)
    assert "The policy is '{desk} {0} {due}', which" in deadline.explain(long=True)
    assert "Tuesday 3 March 2026 ({name})" in deadline.explain()


# --- What the answer is, and by which policy ---


def test_a_target_without_earliest_names_none() -> None:
    assert "no answer is promised before" not in short(policy(), "2026-03-02T09:00")
    assert "No answer is promised before" not in long(policy(), "2026-03-02T09:00")


def test_counting_from_the_next_opening_is_said_where_it_waits() -> None:
    waiting = short(policy(), "2026-03-01T12:00")  # a Sunday; Mo-Fr 08:00-17:00
    assert "within 1 hour, counted from Monday 2 March 2026 at 08:00 on and only in our" in waiting
    for text in ("2026-03-02T08:00", "2026-03-02T08:00:00.000001"):
        assert "within 1 hour, counted only in our opening hours." in short(policy(), text)
    early = "within 1 hour, counted from Monday 2 March 2026 at 08:00 on"
    assert early in short(policy(), "2026-03-02T07:59:59.999999")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2026-03-02T09:00", "Monday 2 March 2026 at 09:00"),
        ("2026-03-02T09:00:05", "Monday 2 March 2026 at 09:00:05"),
        ("2026-03-02T09:00:00.000001", "Monday 2 March 2026 at 09:00:00.000001"),
        ("2026-12-31T09:00", "Thursday 31 December 2026 at 09:00"),
    ],
)
def test_instants_are_written_as_finely_as_they_are(text: str, shown: str) -> None:
    assert f"sent on {shown}, is promised" in short(policy(), text)
    assert f"submitted on {shown} and must be answered" in long(policy(), text)


@pytest.mark.parametrize("zone", ["Asia/Ho_Chi_Minh", NEW_YORK, "Pacific/Apia"])
def test_the_zone_of_all_times_is_said(zone: str) -> None:
    said = f"All times are those of the time zone {zone}."
    assert said in short(policy(timezone=zone), "2026-03-02T09:00")
    assert said in long(policy(timezone=zone), "2026-03-02T09:00").splitlines()


@pytest.mark.parametrize(
    ("version", "said"),
    [
        (None, "The policy is 'a desk', which names no version."),
        ("2026-03", "The policy is 'a desk', version '2026-03'."),
    ],
)
def test_the_policy_is_named_with_its_version_where_it_has_one(
    version: str | None, said: str
) -> None:
    changes = {} if version is None else {"version": version}
    assert said in long(policy(**changes), "2026-03-02T09:00").splitlines()


def test_labels_are_said_in_the_language_asked_else_in_the_first_there_is() -> None:
    label = {"fr": "Aide", "vi": "Trợ giúp"}
    channel = {"hours": {"schedule": "office"}, "first_response": [rule_data()]}
    made = policy(departments={"desk": {"label": label, "channels": {"ticket": channel}}})
    deadline = ask(made, "2026-03-02T09:00")
    assert f"to Aide {DASH} ticket, sent" in deadline.explain("en")
    assert f"đến Trợ giúp {DASH} ticket, gửi" in deadline.explain("vi")
    assert "desk/ticket" in deadline.explain(long=True)


def test_the_day_is_the_policys_and_not_the_callers() -> None:
    # Sunday 20:00 in New York is Monday 08:00 in Vietnam.
    deadline = ask(relaxed(), "2026-03-01T20:00-05:00")
    assert "sent on Monday 2 March 2026 at 08:00" in deadline.explain()
    assert "Rule 'usual' matched" in deadline.explain(long=True)


def test_two_instants_of_a_repeated_hour_are_told_apart() -> None:
    # In New York 1 November 2026 01:30 comes at 05:30 UTC and again at 06:30 UTC.
    made = line(rule_data(within="3h", counted_in="calendar_time"), timezone=NEW_YORK)
    for at, offset in (("05:30", "-04:00"), ("06:30", "-05:00")):
        deadline = compute_deadline(made, f"2026-11-01T{at}+00:00", department="desk")
        sent = f"Sunday 1 November 2026 at 01:30 (UTC{offset})"
        assert f"sent on {sent}, is promised" in deadline.explain()
        assert f"submitted on {sent} and" in deadline.explain(long=True)


# --- Which rule, and why ---


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (2, "Monday"),
        (3, "Tuesday"),
        (4, "Wednesday"),
        (5, "Thursday"),
        (6, "Friday"),
        (7, "Saturday"),
        (8, "Sunday"),
    ],
)
def test_a_rule_of_a_weekday_says_which(day: int, name: str) -> None:
    made, text = relaxed("submission", name[:2]), f"2026-03-{day:02d}T12:00"
    assert f"This promise holds because {day} March 2026 is a {name}." in short(made, text)
    assert (
        f"Rule 'relaxed' matched the submission, because {day} March 2026 is a {name}."
    ) in long(made, text).splitlines()


@pytest.mark.parametrize(
    ("text", "customer", "dispute"),
    [
        ("2026-03-03T12:00", "3 March 2026 is Founders' Day.", "is Founders' Day (known)."),
        (
            "2026-03-04T09:00",
            "4 March 2026 is closed in part for Stocktaking.",
            "is closed in part for Stocktaking (known, staff letter).",
        ),
    ],
)
def test_a_rule_of_a_calendar_names_the_day_and_in_a_dispute_where_it_stands(
    text: str, customer: str, dispute: str
) -> None:
    days = [
        day_data("2026-03-03", name="Founders' Day"),
        day_data("2026-03-04", name="Stocktaking", closed="12:00-14:00", source="staff letter"),
    ]
    made = relaxed("submission", "Su", "known", known=days)
    assert f"because {customer}" in short(made, text)
    assert dispute in long(made, text)


def test_a_day_copied_from_a_country_names_its_source_in_a_dispute() -> None:
    vietnam = HolidayCalendar(country="VN", language="en_US")
    made = relaxed("submission", "vietnam", calendars={"vietnam": vietnam})
    assert "because 2 September 2026 is National Day." in short(made, "2026-09-02T12:00")
    assert f"is National Day (vietnam, {vietnam.sources[0]})." in long(made, "2026-09-02T12:00")


def test_every_reason_for_a_date_is_said() -> None:
    days = [day_data("2026-03-08", name="Women's Day")]
    made = relaxed("submission", "Su", "known", known=days)
    assert "because 8 March 2026 is a Sunday and Women's Day." in short(made, "2026-03-08T12:00")
    assert "is a Sunday and Women's Day (known)." in long(made, "2026-03-08T12:00")


def test_a_holiday_that_two_sources_know_is_said_once() -> None:
    twice = {"union": [{"country": "VN"}, {"country": "VN"}]}
    made = relaxed("submission", "both", calendars={"both": twice})
    assert "because 2 September 2026 is Quốc khánh." in short(made, "2026-09-02T12:00")
    closed = line(calendars={"both": twice})
    assert 1 == long(closed, "2026-09-02T12:00").count("for Quốc khánh (both, ")
    named = {name: {"country": "VN"} for name in ("one", "two")}
    assert "Wednesday 2 September 2026 (Quốc khánh)." in short(
        line(calendars=named), "2026-09-02T12:00"
    )
    assert "Quốc khánh (one, " in long(line(calendars=named), "2026-09-02T12:00")
    assert "Quốc khánh (two, " in long(line(calendars=named), "2026-09-02T12:00")


def test_a_day_with_hours_of_its_own_is_no_reason() -> None:
    days = [day_data("2026-03-03", open="08:00-12:00")]
    made = relaxed("submission", "known", known=days)
    assert "Rule 'usual' matched" in long(made, "2026-03-03T12:00")
    assert "because" not in short(made, "2026-03-03T12:00")


@pytest.mark.parametrize(
    ("text", "priority", "matched"),
    [
        (
            "2026-03-01T12:00",
            "high",
            (
                "Rule 'both' matched the submission, because 1 March 2026 is a Sunday and the "
                "request's priority is 'high'."
            ),
        ),
        (
            "2026-03-01T12:00",
            "low",
            "Rule 'one' matched the submission, because the request's priority is 'low'.",
        ),
        (
            "2026-03-01T12:00",
            None,
            (
                "Rule 'default' matched the submission: it has no condition, and no rule before it "
                "matched."
            ),
        ),
    ],
)
def test_a_rule_for_a_priority_says_the_priority(
    text: str, priority: str | None, matched: str
) -> None:
    made = line(
        when("Su", priority=("high",), name="both"),
        when(priority=("high", "low"), name="one"),
        rule_data(name="default"),
        priorities=["low", "high"],
    )
    assert matched in long(made, text, priority=priority).splitlines()


@pytest.mark.parametrize(
    ("text", "priority", "failed"),
    [
        ("2026-03-02T12:00", "high", "2 March 2026 is none of its days (Sunday, 'known')"),
        ("2026-03-01T12:00", "low", "the request has none of its priorities ('high', 'top')"),
        ("2026-03-01T12:00", None, "the request has none of its priorities ('high', 'top')"),
        (
            "2026-03-02T12:00",
            "low",
            (
                "2 March 2026 is none of its days (Sunday, 'known') and the request has none of its "
                "priorities ('high', 'top')"
            ),
        ),
    ],
)
def test_a_rule_that_was_passed_over_says_why(text: str, priority: str | None, failed: str) -> None:
    made = line(
        when("Su", "known", priority=("high", "top"), name="both"),
        rule_data(),
        priorities=["low", "high", "top"],
        known=[],
    )
    said = f"Rule 'both' comes before it and was passed over, because {failed}."
    assert said in long(made, text, priority=priority).splitlines()


def test_rules_that_come_later_are_not_spoken_of() -> None:
    assert "'usual'" not in long(relaxed(), "2026-03-01T12:00").partition("crossings")[0]


def test_a_default_rule_is_the_usual_promise() -> None:
    said = "This is our usual promise; no special one applies to your request."
    assert said in short(relaxed(), "2026-03-02T12:00")


def test_an_only_rule_says_that_it_is_and_to_the_customer_nothing() -> None:
    said = "Rule 'default' is the only rule of the line and has no condition."
    assert said in long(policy(), "2026-03-02T12:00").splitlines()
    assert "usual promise" not in short(policy(), "2026-03-02T12:00")


def test_an_only_rule_with_a_condition_says_the_condition() -> None:
    made = line(when("Mo", name="mondays"))
    assert "because 2 March 2026 is a Monday." in short(made, "2026-03-02T12:00")
    assert "Rule 'mondays' matched" in long(made, "2026-03-02T12:00")


def test_an_amount_is_said_in_words() -> None:
    made = line(rule_data(within=timedelta(hours=1, minutes=30)))
    assert "within 1 hour 30 minutes, counted" in short(made, "2026-03-02T09:00")
    assert "within 1 hour 30 minutes of business time" in long(made, "2026-03-02T09:00")


def test_the_first_day_of_a_calendars_years_is_explained_without_looking_before_them() -> None:
    made = relaxed("submission", "known", known=[day_data("2026-01-01", name="New Year")])
    assert "1 January 2026 is New Year (known)" in long(made, "2026-01-01T00:00")


# --- Crossings ---


def test_an_overlap_that_took_another_rule_says_which_and_what_was_passed_over() -> None:
    said = LATEST.explain(long=True).splitlines()
    assert [
        "Rule 'usual' matched the submission: it has no condition, and no rule before it matched.",
        (
            "Rule 'relaxed' comes before it and was passed over, because 28 February 2026 is none of "
            "its days (Sunday)."
        ),
        (
            "Under the policy's reading of crossings, 'overlap', it is rule 'relaxed' that gives the "
            "answer."
        ),
        (
            "Rule 'relaxed' promises an answer within 12 hours of calendar time, which is counted "
            "from Saturday 28 February 2026 at 22:00 without a pause."
        ),
    ] == said[3:7]


def test_an_overlap_of_a_closed_day_says_nothing_that_is_not_so() -> None:
    # A Sunday on which no time is counted: the answer is Monday's alone, and earlier.
    made = line(
        when("Su", within="4h", name="sunday"),
        rule_data(within="2h", name="usual"),
        crossing="overlap",
    )
    said = short(made, "2026-03-01T12:00")
    assert "is promised an answer by Monday 2 March 2026 at 10:00" in said
    assert "The promise is that of the days on which time is counted" in said


@pytest.mark.parametrize("crossing", ["submission", "overlap", "in_order"])
def test_a_crossing_that_changed_nothing_is_spoken_of_in_a_dispute_only(crossing: str) -> None:
    deadline = ask(relaxed(crossing), "2026-02-26T12:00")
    assert "no special one applies to your request. All times" in deadline.explain()
    assert "it is rule" not in deadline.explain(long=True)
    same = [each for each in deadline.explain(long=True).splitlines() if "be the same." in each]
    assert 2 == len(same)


def test_a_reading_that_gives_another_answer_says_which_and_by_which_rule() -> None:
    deadline = ask(relaxed(), "2026-03-01T22:00")
    assert (
        "With the reading 'in_order' (no request is due later than one of its kind sent after it) the request "
        "would be due on Monday 2 March 2026 at 03:00, by rule 'usual'."
    ) == deadline.explain(long=True).splitlines()[-1]


def test_a_reading_past_the_years_known_says_so() -> None:
    made = line(
        when("Th", name="long", within="168h", counted_in="calendar_time"),
        rule_data(name="usual", within="1h", counted_in="calendar_time"),
        known=[day_data("2026-05-05")],
    )
    assert (
        "With the reading 'overlap' (the latest due instant among the rules of the days on which "
        "time is counted) the answer would lie past the years known."
    ) in long(made, "2026-12-30T23:30").splitlines()


def test_the_same_instant_by_another_rule_is_another_answer() -> None:
    # Sunday is closed, so that its own rule and, by overlap, Monday's count the same two hours.
    made = line(when("Su", within="2h", name="sunday"), rule_data(within="2h", name="usual"))
    said = long(made, "2026-03-01T12:00")
    assert "would be due on Monday 2 March 2026 at 10:00, by rule 'usual'." in said
    assert 1 == said.count("the answer would be the same.")


def test_the_same_rule_at_another_instant_is_another_answer() -> None:
    # Sunday is closed: Monday's three hours are counted from its midnight, or by overlap at once.
    made = line(
        when("Su", within="4h", name="sunday"),
        rule_data(within="3h", counted_in="calendar_time", name="usual"),
        crossing="in_order",
    )
    deadline = ask(made, "2026-03-01T12:00")
    assert ("02 03:00", "usual") == (f"{deadline.due_at:%d %H:%M}", deadline.target.name)
    assert "would be due on Sunday 1 March 2026 at 15:00, by rule 'usual'." in deadline.explain(
        long=True
    )


def test_a_later_request_is_named_by_when_it_was_sent_also_over_a_change_of_clocks() -> None:
    # The clocks go forward on the Sunday itself, inside the wait for Monday's first request.
    made = line(
        when("Su", within="30h", counted_in="calendar_time"),
        rule_data(within="1h", counted_in="calendar_time"),
        hours="24/7",
        crossing="in_order",
        timezone=NEW_YORK,
    )
    said = short(made, "2026-03-08T01:00-05:00")
    assert "A request sent on Monday 9 March 2026 at 00:00 is promised" in said
    assert "around the clock from Monday 9 March 2026 at 00:00 on." in said
    assert "counted from Monday 9 March 2026 at 00:00" in long(made, "2026-03-08T01:00-05:00")


def test_a_later_request_in_business_time_says_from_when_it_is_counted() -> None:
    made = line(
        when("Sa", within="20h", name="saturday"),
        rule_data(within="2h", name="usual"),
        hours="Mo,Sa 08:00-17:00",
        crossing="in_order",
    )
    said = short(made, "2026-03-07T10:00")
    assert (
        "within 2 hours, counted from Sunday 8 March 2026 at 00:00 on and only in our opening "
        "hours. A request sent on Sunday 8 March 2026 at 00:00 is promised"
    ) in said


def test_a_later_request_that_is_answered_at_once_is_not_told_as_this_ones_promise() -> None:
    made = line(
        when("Su", within="12h", counted_in="calendar_time"),
        rule_data(within="0m", counted_in="calendar_time"),
        hours="24/7",
        crossing="in_order",
    )
    said = short(made, "2026-03-01T22:00")
    assert "at once" not in said
    assert "within 0 minutes, counted around the clock from Monday 2 March 2026 at 00:00" in said


# --- What was not counted ---


def skipped(deadline: Deadline) -> str:
    """Return what the short form lists as not counted."""
    return deadline.explain().partition("Not counted on the way: ")[2].partition(". ")[0]


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ([], "time outside opening hours"),
        ([day_data("2026-03-03", name="Fair")], "{night} and Tuesday 3 March 2026 (Fair)"),
        (
            [day_data("2026-03-03", name="Move", closed="08:00-16:00")],
            "{night} and the closure on Tuesday 3 March 2026 (Move)",
        ),
        (
            [day_data("2026-03-03", name="Sale", open="20:00-21:00")],
            "{night} and time outside the special hours of Tuesday 3 March 2026 (Sale)",
        ),
        (
            [day_data("2026-03-03", name="Fair"), day_data("2026-03-04", name="Outing")],
            "{night}, Tuesday 3 March 2026 (Fair) and Wednesday 4 March 2026 (Outing)",
        ),
    ],
)
def test_what_is_not_counted_is_listed_by_its_date_and_name(
    days: list[dict[str, Any]], said: str
) -> None:
    deadline = ask(line(rule_data(within="1h30m"), known=days), "2026-03-02T16:00")
    assert said.format(night="time outside opening hours") == skipped(deadline)


def test_a_break_is_listed_once_for_all() -> None:
    made = line(rule_data(within="10h"), hours="Mo-Fr 08:00-12:00,13:00-17:00")
    deadline = ask(made, "2026-03-02T11:00")
    assert "breaks between opening hours and time outside opening hours" == skipped(deadline)


def test_a_date_that_two_calendars_close_is_listed_once_with_both_names() -> None:
    calendars = {
        name: calendar_data(day_data("2026-03-03", name=name.title())) for name in ("fair", "move")
    }
    deadline = ask(line(calendars=calendars), "2026-03-03T12:00")
    assert "Tuesday 3 March 2026 (Fair, Move)" in skipped(deadline)


def test_a_date_closed_in_two_parts_is_listed_once() -> None:
    days = [day_data("2026-03-02", name="Move", closed="09:00-10:00,11:00-12:00")]
    deadline = ask(line(rule_data(within="4h"), known=days), "2026-03-02T08:00")
    assert "the closure on Monday 2 March 2026 (Move)" == skipped(deadline)


def test_nothing_is_listed_where_everything_was_counted() -> None:
    assert "" == skipped(ask(line(), "2026-03-02T09:00"))
    assert "" == skipped(SUNDAY)


def test_a_clock_change_is_a_sentence_of_its_own() -> None:
    made = line(rule_data(within="2h"), hours="Mo-Su 09:00-17:00", timezone=NEW_YORK)
    deadline = ask(made, "2026-03-07T16:00-05:00")
    assert "time outside opening hours" == skipped(deadline)
    change = (
        "On the way the clocks go forward by 1 hour and skip the times between; they then show "
        "Sunday 8 March 2026 at 03:00."
    )
    assert f"hours. {change} All times" in deadline.explain()
    assert f"- {change}" in deadline.explain(long=True).splitlines()


def test_clocks_that_go_back_are_told_with_the_second_reading() -> None:
    made = line(rule_data(within="2h"), hours="24/7", timezone=NEW_YORK)
    assert (
        "On the way the clocks go back by 1 hour and repeat the times between; they then show "
        "Sunday 1 November 2026 at 01:00 (UTC-05:00)."
    ) in short(made, "2026-11-01T00:30-04:00")


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (
            [day_data("2026-03-03", name="Move", closed="08:00-10:00")],
            (
                "- From Tuesday 3 March 2026 at 08:00 to Tuesday 3 March 2026 at 10:00 no time is "
                "counted: the line is closed for Move (known)."
            ),
        ),
        (
            [day_data("2026-03-03", name="Sale", open="20:00-21:00", source="staff letter")],
            (
                "- From Tuesday 3 March 2026 at 20:00 to Tuesday 3 March 2026 at 20:30 time is counted "
                "(30 minutes): the line is open in the special hours of Sale (known, staff letter)."
            ),
        ),
        (
            [day_data("2026-03-03", name="Sale", open="20:00-21:00")],
            (
                "- From Tuesday 3 March 2026 at 00:00 to Tuesday 3 March 2026 at 20:00 no time is "
                "counted: it is outside the special hours of Sale (known)."
            ),
        ),
    ],
)
def test_each_step_of_a_dispute_is_a_sentence(days: list[dict[str, Any]], said: str) -> None:
    assert said in long(line(known=days), "2026-03-02T16:30").splitlines()


def test_a_lunch_break_is_a_sentence_of_a_dispute() -> None:
    made = line(hours="Mo-Fr 08:00-12:00,13:00-17:00")
    assert (
        "- From Monday 2 March 2026 at 12:00 to Monday 2 March 2026 at 13:00 no time is counted: "
        "the line has a break between its opening hours."
    ) in long(made, "2026-03-02T11:30").splitlines()


# --- Every policy ---


@given(deadlines())
def test_every_deadline_is_explained_in_every_language_and_form(deadline: Deadline) -> None:
    """No blank is left open, each step has its sentence, and the instants of the answer stand there."""
    assert deadline.to_json().startswith("{")
    asked = [deadline.submitted_at, deadline.due_at, deadline.earliest_at]
    for code in languages():
        instants = [language_of(code).moment(at) for at in asked if at is not None]
        for said in (
            deadline.explain(code),
            deadline.explain(code, long=True),
            deadline.to_markdown(code),
        ):
            assert not {"{", "}"} & set(said)
            assert "None" not in said
            assert "  " not in said.replace(" |  | ", " | ")
            assert ".." not in said
            assert [] == [instant for instant in instants if instant not in said]
        assert 1 == len(deadline.explain(code).splitlines())
        steps = [
            each for each in deadline.explain(code, long=True).splitlines() if each[:2] == "- "
        ]
        assert len(deadline.steps) == len(steps)
        rows = [each for each in deadline.to_markdown(code).splitlines() if each[:1] == "|"]
        assert (len(steps) + 2 if steps else 0) == len(rows)


@given(deadlines())
def test_every_day_that_was_skipped_is_named_to_the_customer(deadline: Deadline) -> None:
    """Each date without hours and each special day on the way, by its name and date or its run."""
    runs = skipped_days(deadline.steps).runs
    for code in languages():
        said, language = deadline.explain(code), language_of(code)
        for run in runs:
            dates = language.date(run.first), language.span(run.first, run.last)
            assert dates[run.first != run.last and run.kind != "weekday"] in said
        for reason in (why for step in deadline.steps if not step.counted for why in step.reasons):
            day = reason.day.date if reason.day else reason.date
            assert day is None or any(run.first <= day <= run.last for run in runs)
            assert reason.day is None or reason.day.name in said
