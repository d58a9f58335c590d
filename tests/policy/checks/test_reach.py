"""Which rules of a line can match, held against trying every kind of request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import HOUR
from support_sla.policy.checks.reach import Reach, reachable
from support_sla.policy.when import When

PRIORITIES = ("low", "high")
PLANS = ("gold", "silver")
WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
CALENDARS = ("tet", "own")
NOON, EVENING = 12 * HOUR, 18 * HOUR


def when(**condition: Any) -> When:
    return When.model_validate(condition)


def gold(*plans: str, **condition: Any) -> When:
    return when(attributes={"plan": plans or ("gold",)}, **condition)


def taken(*whens: When | None, **changes: Any) -> list[bool]:
    """Return, for each rule in its turn, whether some request reaches it."""
    reach = Reach(PRIORITIES, whens, {"plan": PLANS, "region": ("eu", "us")}, **changes)
    return [reach.takes(asked) for asked in whens]


class Request(NamedTuple):
    """One kind of request: all that a rule can ask for."""

    days: frozenset[str]
    priority: str | None
    plan: str | None
    second: int
    is_open: bool

    def meets(self, asked: When | None) -> bool:
        if asked is None:
            return True
        return (
            (asked.days is None or bool(self.days & {*asked.days}))
            and (asked.priority is None or self.priority in asked.priority)
            and all(self.plan in plans for plans in asked.attributes.values())
            and (asked.open is None or asked.open is self.is_open)
            and (asked.time is None or any(a <= self.second < b for a, b in asked.time))
        )


def requests(*, always_open: bool = False) -> Iterator[Request]:
    """Yield every kind of request there is; of each time of the date one that begins it."""
    dates = [
        frozenset({weekday, *closed})
        for weekday in WEEKDAYS
        for closed in ((), *((name,) for name in CALENDARS), CALENDARS)
    ]
    opens = (True,) if always_open else (True, False)
    for each in product(dates, (None, *PRIORITIES), (None, *PLANS), (0, NOON, EVENING), opens):
        yield Request(*each)


EVERY = {always_open: [*requests(always_open=always_open)] for always_open in (True, False)}


def counted(whens: Sequence[When | None], *, always_open: bool) -> list[bool]:
    """Return what `taken` returns, by trying every request on every rule."""
    firsts = {
        next((at for at, asked in enumerate(whens) if each.meets(asked)), None)
        for each in EVERY[always_open]
    }
    return [at in firsts for at in range(len(whens))]


def some(names: Sequence[str], most: int = 3) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(names), min_size=1, max_size=most, unique=True)


def conditions() -> st.SearchStrategy[When | None]:
    keys: dict[str, st.SearchStrategy[Any]] = {
        "days": some((*WEEKDAYS, *CALENDARS), 9),
        "priority": some(PRIORITIES, 2),
        "attributes": st.fixed_dictionaries({"plan": some(PLANS, 2)}),
        "open": st.booleans(),
        "time": st.sampled_from(
            ["00:00-12:00", "12:00-18:00", "12:00-24:00", "00:00-12:00,18:00-24:00", "00:00-24:00"]
        ),
    }
    asked = st.fixed_dictionaries({}, optional=keys).filter(bool).map(When.model_validate)
    return st.none() | asked


@given(st.lists(conditions(), min_size=1, max_size=6), st.booleans())
def test_a_rule_is_reached_if_some_request_meets_it_and_none_before_it(
    whens: list[When | None], always_open: bool
) -> None:
    assert counted(whens, always_open=always_open) == taken(*whens, always_open=always_open)


@given(st.lists(conditions(), min_size=2, max_size=6), st.booleans())
def test_a_rule_that_hides_another_is_met_by_all_that_the_other_could_match(
    whens: list[When | None], always_open: bool
) -> None:
    reach = Reach(PRIORITIES, whens, {"plan": PLANS}, always_open=always_open)
    for at, asked in enumerate(whens):
        reach.takes(asked)
        before = reach.hides(at)
        if before is not None:
            assert before < at
            every = EVERY[always_open]
            assert all(each.meets(whens[before]) for each in every if each.meets(asked))


@pytest.mark.parametrize(
    ("whens", "expected"),
    [
        pytest.param([gold(), gold("silver"), None], [True] * 3, id="no plan is left"),
        pytest.param([gold(), gold(), None], [True, False, True], id="the same plan"),
        pytest.param([gold("gold", "silver"), gold()], [True, False], id="fewer plans"),
        pytest.param([gold(), gold("gold", "silver")], [True, True], id="more plans"),
        pytest.param(
            [gold(), gold("silver"), gold("gold", "silver")], [True, True, False], id="a union"
        ),
        pytest.param(
            [gold(), when(attributes={"region": ["eu"]})], [True, True], id="another attribute"
        ),
        pytest.param(
            [gold(), when(attributes={"plan": ["gold"], "region": ["eu"]})],
            [True, False],
            id="one attribute, then with another",
        ),
        pytest.param(
            [gold(priority=["low"]), gold(priority=["high"]), gold()],
            [True] * 3,
            id="a plan with every priority leaves the plan without one",
        ),
        pytest.param(
            [gold(), gold(priority=["low"])], [True, False], id="a plan, then with a priority"
        ),
        pytest.param([when(open=True), when(open=False), None], [True, True, False], id="open"),
        pytest.param([when(open=False), when(open=False)], [True, False], id="closed twice"),
        pytest.param([when(open=True), when(open=False, days=["Mo"]), None], [True] * 3, id="Mo"),
        pytest.param(
            [when(open=True), when(open=True, priority=["new"])],
            [True, False],
            id="a priority that is not declared, after the open line",
        ),
        pytest.param(
            [when(priority=["new"]), when(open=True, priority=["new"])],
            [True, False],
            id="a priority that is not declared, then with the open line",
        ),
        pytest.param(
            [gold("new"), gold("new")], [True, False], id="a value that is not declared, twice"
        ),
        pytest.param(
            [gold(), gold("silver"), when(attributes={"plan": ["new"]})],
            [True] * 3,
            id="a value that is not declared",
        ),
        pytest.param(
            [when(time="00:00-12:00"), when(time="12:00-24:00"), None],
            [True, True, False],
            id="the whole date in two",
        ),
        pytest.param(
            [when(time="00:00-12:00"), when(time="12:00-23:59:59"), None],
            [True] * 3,
            id="all but a second of the date",
        ),
        pytest.param(
            [when(time="08:00-17:00"), when(time="08:00-17:00")], [True, False], id="twice"
        ),
        pytest.param(
            [when(time="08:00-17:00"), when(time="07:59-17:00")], [True, True], id="longer"
        ),
        pytest.param(
            [when(time="08:00-17:00"), when(time="09:00-16:00")], [True, False], id="shorter"
        ),
        pytest.param(
            [when(time="00:00-24:00"), when(days=["tet"])], [True, False], id="all of every date"
        ),
        pytest.param(
            [when(time="12:00-24:00", open=True), when(time="12:00-24:00", open=False), None],
            [True] * 3,
            id="the morning is left",
        ),
        pytest.param(
            [when(days=["tet"], open=False), when(days=["tet"]), when(days=["tet"], open=True)],
            [True, True, False],
            id="a calendar",
        ),
    ],
)
def test_what_a_rule_takes_is_what_it_asks_for(
    whens: list[When | None], expected: list[bool]
) -> None:
    assert expected == taken(*whens)


def test_a_line_that_never_closes_is_not_asked_about_while_it_is_closed() -> None:
    closed, opened = when(open=False), when(open=True)
    assert [False, True] == taken(closed, None, always_open=True)
    assert [True, False] == taken(opened, None, always_open=True)
    assert [False, True, False] == taken(closed, opened, None, always_open=True)


def test_the_first_of_two_rules_that_hide_another_is_named() -> None:
    whens = [when(days=["Mo"]), gold("gold", "silver"), gold(), gold(days=["Mo"])]
    reach = Reach(PRIORITIES, whens, {"plan": PLANS})
    assert [True, True, False, False] == [reach.takes(asked) for asked in whens]
    assert [None, None, 1, 0] == [reach.hides(at) for at in range(4)]


def test_no_rule_alone_is_named_if_two_hide_another_together() -> None:
    whens = [when(open=True), when(open=False), None]
    reach = Reach(PRIORITIES, whens)
    assert [True, True, False] == [reach.takes(asked) for asked in whens]
    assert reach.hides(2) is None


def test_with_too_many_kinds_only_a_rule_without_them_hides_another() -> None:
    # 2**18 kinds and as many again: what a rule takes of them is no longer kept.
    values = [str(value) for value in range(2**17)]
    many = when(attributes={"plan": values[:1]})
    whens = [many, many, when(days=["Mo"]), gold(*values[:1], days=["Mo"]), None, many]
    reach = Reach((), whens, {"plan": values})
    assert [True, True, True, False, True, False] == [reach.takes(asked) for asked in whens]


def test_the_reachable_conditions_are_those_that_some_request_reaches() -> None:
    opened, closed = {"open": True}, {"open": False}
    plan = {"attributes": {"plan": ["gold"]}}
    assert [opened, closed] == reachable([opened, closed, plan, None], PRIORITIES)
    assert [opened] == reachable([closed, opened, plan, None], PRIORITIES, always_open=True)
    assert [plan, opened, None] == reachable(
        [plan, plan, opened, None], PRIORITIES, {"plan": PLANS}
    )
