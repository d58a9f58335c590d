"""The ways to reach a desk in words: what is said of a line at each moment of its day and ticket."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from builders import calendar_data, channel_data, day_data, policy
from support_sla import Policy, UnknownLanguageError, contact_options, load_policy

AZDIGI = load_policy("azdigi")
SENT = datetime.fromisoformat("2026-02-14T10:00:00+07:00")  # a Saturday; then Sunday and Tết


def said(now: str, line: Policy = AZDIGI, language: str = "en", **changes: Any) -> list[str]:
    """Return what is said of a ticket sent on Saturday at 10:00, a paragraph each."""
    asked: dict[str, Any] = {"department": "technical", "submitted_at": SENT, **changes}
    found = contact_options(line, now=f"2026-{now}+07:00", **asked)
    return found.explain(language).splitlines()


def of_phone(now: str, **changes: Any) -> str:
    """Return what is said of the hotline before its advice."""
    (phone,) = [each for each in said(now, **changes) if each.startswith("Sales and billing – Ph")]
    return phone.partition(" First send")[0]


def test_there_is_a_paragraph_for_each_line_and_one_for_the_department_s_advice() -> None:
    found = said("02-14T14:00:00")
    assert [
        "Technical – Ticket is open.",
        "Technical – Live chat is open until Sunday 15 February 2026 at 00:00.",
        "Sales and billing – Phone is open until Saturday 14 February 2026 at 17:00.",
        "Technical problems are not solved by phone, because they need time to study: send a ticket.",
    ] == [f"{paragraph.partition('. ')[0].rstrip('.')}." for paragraph in found]


def test_a_department_without_advice_ends_with_its_last_line() -> None:
    assert "Sales and billing – Phone" in said("02-14T14:00:00", department="billing")[-1]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (
            "02-14T14:59:59.999999",
            (
                "is open until Saturday 14 February 2026 at 17:00. It may be used for this request from "
                "Saturday 14 February 2026 at 15:00, if the request is still unanswered then."
            ),
        ),
        (
            "02-14T15:00:00",
            (
                "is open until Saturday 14 February 2026 at 17:00. It may be used for this request, "
                "which has been unanswered for at least 5 hours."
            ),
        ),
        (
            "02-14T17:00:00",
            (
                "is closed and opens on Saturday 21 February 2026 at 09:00. It may be used for this "
                "request from Saturday 21 February 2026 at 09:00, if the request is still unanswered "
                "then."
            ),
        ),
    ],
)
def test_the_hotline_is_told_before_at_and_after_the_wait(now: str, expected: str) -> None:
    assert f"Sales and billing – Phone {expected}" == of_phone(now)


def test_without_a_ticket_the_hotline_asks_for_one() -> None:
    expected = "It may be used once a request has been unanswered for 5 hours."
    assert of_phone("02-14T14:00:00", submitted_at=None).endswith(expected)


def test_a_ticket_sent_by_chat_does_not_open_the_hotline() -> None:
    expected = "It may be used once a request has been unanswered for 5 hours."
    assert of_phone("02-14T16:00:00", channel="chat").endswith(expected)


def test_an_answered_ticket_does_not_open_the_hotline() -> None:
    expected = "It is not for this request, which has been answered."
    assert of_phone("02-14T16:00:00", answered_at=SENT).endswith(expected)


def desk(**changes: Any) -> Policy:
    """Return a desk whose phone has a precondition, with calendars that know 2026 alone."""
    phone = channel_data(
        hours={"schedule": "office", "observes": ["known"]},
        requires={"channel": "ticket", "unanswered_for": "5h", **changes},
    )
    return policy(
        departments={
            "desk": {"channels": {"ticket": channel_data(), "phone": phone}},
            "shop": {"channels": {"ticket": channel_data()}},
        },
        calendars={"known": calendar_data(day_data("2026-06-01"))},
        timezone="Asia/Ho_Chi_Minh",
    )


def test_a_line_that_serves_others_alone_says_so_to_its_own_department() -> None:
    found = said("02-16T10:00:00", desk(departments=["shop"]), department="desk")
    assert found[-1].endswith("It is not for requests to this department.")


def test_a_line_without_labels_is_called_by_its_names() -> None:
    assert said("02-16T10:00:00", desk(), department="desk")[0].startswith("desk – ticket is open")


def test_a_line_whose_next_opening_is_not_known_says_so() -> None:
    sent = datetime.fromisoformat("2026-12-31T16:00:00+07:00")
    found = said("12-31T18:00:00", desk(), department="desk", submitted_at=sent)
    assert (
        "desk – phone is closed and opens no more in the years known. It may be used for this "
        "request when it is open and the request has been unanswered for at least 5 hours."
    ) == found[-1]


def test_the_same_is_said_in_vietnamese() -> None:
    *_, phone, advice = said("02-14T14:00:00", language="vi")
    assert phone.startswith(
        "Phòng Kinh doanh - Thanh toán – Điện thoại đang trong giờ làm việc, đến 17:00 thứ Bảy, ngày 14/02/2026."
    )
    assert advice.startswith("Vấn đề kỹ thuật không được hỗ trợ trực tiếp qua điện thoại")


def test_a_language_there_is_not_is_refused() -> None:
    with pytest.raises(UnknownLanguageError, match="'fr' is not one of those there are"):
        said("02-14T14:00:00", language="fr")


def test_texts_of_several_lines_are_told_on_one() -> None:
    chat = {
        "hours": {"schedule": "office"},
        "label": {"en": "Live\n chat"},
        "advice": {"en": "a\nb"},
    }
    line = policy(channel=chat, timezone="Asia/Ho_Chi_Minh")
    (told,) = said("02-16T10:00:00", line, department="desk")
    assert told.startswith("desk – Live chat is open until")
    assert told.endswith("a b")
