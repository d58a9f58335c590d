"""Whole explanations for a dispute, word by word, as text and as Markdown."""

from __future__ import annotations

import pytest

from builders import calendar_data, day_data, policy, rule_data, when
from explained import AT_ONCE, CLOSED, DASH, SHARED, TET, URGENT
from questions import AZDIGI, NEW_YORK, ask, line
from support_sla import Deadline, languages

SOURCE = str(AZDIGI.calendars["public_holidays"].sources[0])


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
The policy's reading of crossings is 'submission': the rule that holds at the submission decides.
With the reading 'overlap' (the latest due instant among the rules that hold while time is counted) the answer would be the same.
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
Khi thời gian kéo sang ngày khác, chính sách được hiểu theo cách 'submission': quy tắc có hiệu lực lúc gửi quyết định.
Theo cách hiểu 'overlap' (thời hạn muộn nhất trong các quy tắc có hiệu lực khi thời gian được tính), kết quả không đổi.
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
With the reading 'submission' (the rule that holds at the submission decides) the request would be due on Monday 2 March 2026 at 10:00, by rule 'relaxed'.
With the reading 'overlap' (the latest due instant among the rules that hold while time is counted) the request would be due on Monday 2 March 2026 at 10:00, by rule 'relaxed'.""",
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
Theo cách hiểu 'submission' (quy tắc có hiệu lực lúc gửi quyết định), thời hạn của yêu cầu sẽ là 10:00 thứ Hai, ngày 02/03/2026, theo quy tắc 'relaxed'.
Theo cách hiểu 'overlap' (thời hạn muộn nhất trong các quy tắc có hiệu lực khi thời gian được tính), thời hạn của yêu cầu sẽ là 10:00 thứ Hai, ngày 02/03/2026, theo quy tắc 'relaxed'.""",
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
