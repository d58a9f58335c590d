"""What a table is asked: rows by place, answers by instant, dumps; each at its bounds and by its name."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from builders import policy, rule_data
from support_sla import AnswerTable, InstantOutOfRangeError, NotAnInstantError, UnitError
from support_sla.answers.question import Question
from support_sla.answers.reigns import BEYOND
from support_sla.answers.table.table import answer_table

MADE = policy(rule_data(), timezone="UTC")
TABLE = AnswerTable.of(MADE, department="desk", first_year=2026, last_year=2026, unit="s")
YEARS = "is outside the years 2026 to 2026 that can be served"


@pytest.mark.parametrize("place", [-1, 0, 1, 521, 522, 523])
def test_a_row_is_asked_by_its_place_from_zero(place: int) -> None:
    if 0 <= place < len(TABLE) == 523:
        assert TABLE.row(place) == list(TABLE.rows())[place]
    else:
        with pytest.raises(InstantOutOfRangeError, match=f"^place={place} is none of 523 rows"):
            TABLE.row(place)


@pytest.mark.parametrize("value", [1.5, True, None, "1"])
def test_what_is_no_whole_number_is_refused_by_its_name(value: Any) -> None:
    said = re.escape(f"={value!r} is of type")
    with pytest.raises(NotAnInstantError, match=f"^place{said}"):
        TABLE.row(value)
    with pytest.raises(NotAnInstantError, match=f"^at{said}"):
        TABLE.answer(value)


@pytest.mark.parametrize("off", [-1, 0, 1])
def test_an_answer_is_asked_for_from_the_start_to_before_the_end(off: int) -> None:
    for bound, is_in in ((TABLE.start, off >= 0), (TABLE.end, off < 0)):
        if is_in:
            assert TABLE.answer(bound + off) is not None
        else:
            with pytest.raises(InstantOutOfRangeError, match=f"^instant={bound + off} {YEARS}"):
                TABLE.answer(bound + off)


def test_a_page_outside_the_years_says_which_they_are() -> None:
    with pytest.raises(InstantOutOfRangeError, match=f"^span=.* {YEARS}"):
        TABLE.describe("2027-01-01T00:00:00Z")


def test_a_page_names_its_attributes_one_after_another() -> None:
    condition = {"attributes": {"plan": ["gold"], "region": ["eu"]}}
    made = policy(
        rule_data(when=condition, within="2h"),
        rule_data(),
        timezone="UTC",
        attributes=condition["attributes"],
    )
    gold = AnswerTable.of(
        made,
        department="desk",
        attributes={"plan": "gold", "region": "eu"},
        first_year=2026,
        last_year=2026,
    )
    line, reading, *_ = gold.describe("2026-12-31T00:00:00Z").splitlines()
    assert line.startswith("desk/ticket, plan 'gold', region 'eu', submissions from")
    assert reading.endswith("a day's rule is judged as crossing = 'submission'.")


def test_a_dump_is_plain_data_as_json_gives_it_back() -> None:
    dump = TABLE.to_dict()
    assert json.loads(json.dumps(dump)) == dump


@pytest.mark.parametrize("data", [[], "x", None, {}, {"format": "support_sla.answer_table/0"}])
def test_what_is_no_dump_is_refused_with_the_format_of_one(data: Any) -> None:
    with pytest.raises(UnitError, match="whose format is 'support_sla.answer_table/1'$"):
        AnswerTable.from_dict(data)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("gold", "attributes = 'gold', which is no table of texts"),
        ({"plan": 5}, "attributes = {'plan': 5}, which are no texts"),
    ],
)
def test_attributes_of_a_dump_that_are_no_texts_are_told(given: Any, said: str) -> None:
    with pytest.raises(UnitError, match=re.escape(said)):
        AnswerTable.from_dict({**TABLE.to_dict(), "attributes": given})


@pytest.mark.parametrize("years", [63, 64, 65])
def test_a_table_of_many_years_answers_as_that_of_one_of_them(years: int) -> None:
    made = policy({"within": "1h", "counted_in": "calendar_time"}, timezone="UTC")
    asked: dict[str, Any] = {"department": "desk", "unit": "s"}
    many = AnswerTable.of(made, first_year=2026, last_year=2026 + years, **asked)
    one = AnswerTable.of(made, first_year=2080, last_year=2080, **asked)
    assert many.answer(one.start) == one.answer(one.start)


@pytest.mark.parametrize(("reach", "known"), [(0, False), (1, False), (3, True), (None, True)])
def test_answers_years_ahead_are_looked_for_as_far_as_is_asked(
    reach: int | None, *, known: bool
) -> None:
    # A hundred weeks of 45 hours and some: what is sent in 2026 is due in 2028 and in 2029.
    made = policy(rule_data(within="5400h"), timezone="UTC")
    question = Question.of(made, "desk", "ticket", None, {}, "first_response")
    found = answer_table(question, 2026, 2026, "s", reach=reach)
    assert (found.rules[-1] != BEYOND) is known
