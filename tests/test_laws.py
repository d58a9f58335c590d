"""Laws for other people's functions: a right one is left alone, every mistake is found and told."""

from __future__ import annotations

import pickle
import re
from datetime import UTC, datetime, timedelta
from time import sleep
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings

from hand_written_desk import (
    LINE,
    MISTAKES,
    POLICY,
    ByTheWallClock,
    CountsLunch,
    Desk,
    ForgetsTheLast,
    LooksUpInUtc,
    PutsOff,
)
from support_sla import (
    Clock,
    CounterexampleError,
    NotAModelError,
    NoTargetError,
    SupportSlaError,
    TicketLog,
    UnknownMetricError,
    compute_deadline,
    load_policy,
    track,
)
from support_sla.laws import Between, Moment, check_deadline, check_elapsed, check_status
from support_sla.policy.metrics import METRICS
from ticket_desks import DESKS

AZDIGI = load_policy("azdigi")
FEW = settings(
    max_examples=40,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
"""Some questions, and no time spent on finding the simplest."""
MANY = settings(FEW, max_examples=300)


def counterexample(check: Any, function: Any, *args: Any, **options: Any) -> Any:
    """Return what a law finds."""
    with pytest.raises(CounterexampleError) as caught:
        check(function, *args, **options)
    return caught.value


def raises(asked: object) -> int:
    return 1 // len(repr(asked)[:0])


def nothing(asked: object) -> None:
    assert asked


# --- Deadlines ---


def test_a_right_function_is_left_alone() -> None:
    assert 300 == check_deadline(lambda asked: Desk().due(asked.submitted_at), POLICY, line=LINE)


def test_the_policys_own_answers_keep_the_law_for_every_line_and_metric() -> None:
    promises = [
        (owner, name, metric)
        for owner, name, _ in DESKS[2].lines()
        for metric in METRICS
        if DESKS[2].targets(owner, name, metric)
    ]

    def ours(asked: Any) -> Any:
        try:
            return compute_deadline(DESKS[2], **asked._asdict()).due_at.isoformat()
        except NoTargetError:
            return None

    assert 10 * len(promises) == check_deadline(
        ours, DESKS[2], settings=settings(FEW, max_examples=10)
    )


@pytest.mark.parametrize("desk", MISTAKES)
def test_a_planted_mistake_is_found_within_300_questions(desk: type[Desk]) -> None:
    asked: list[Any] = []

    def ours(question: Any) -> datetime:
        asked.append(question)
        return desk().due(question.submitted_at)

    found = counterexample(check_deadline, ours, POLICY, unit="s")
    right = compute_deadline(POLICY, **found.question._asdict())
    assert desk().due(found.question.submitted_at) == found.answered
    assert (right.due_at, True) == (found.expected, found.answered != right.due_at)
    assert str(found).startswith(f"{right}, but your function says ")
    assert right.explain() in str(found)


@pytest.mark.parametrize(
    ("desk", "shown"),
    [
        (PutsOff, lambda due: due.hour in {5, 12, 21} and not due.minute),
        (LooksUpInUtc, lambda due: due.hour != 0),
        (ByTheWallClock, lambda due: due.weekday() in {6, 0}),
        (CountsLunch, lambda due: due.weekday() < 5),
        (ForgetsTheLast, lambda due: (due.month, due.day) > (12, 25)),
    ],
)
def test_the_counterexample_shows_the_mistake(desk: type[Desk], shown: Any) -> None:
    found = counterexample(check_deadline, lambda a: desk().due(a.submitted_at), POLICY, unit="s")
    assert shown(found.expected)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (nothing, "says that there is none; "),
        (lambda at: 5, "says 5, which is no instant"),
        (lambda at: "soon", "says 'soon'; "),
        (lambda at: datetime(2026, 1, 1), "has no time zone"),
        (lambda at: at - timedelta(days=30), " earlier; "),
        (lambda at: at + timedelta(days=30), " later; "),
        (raises, "raised ZeroDivisionError: "),
    ],
)
def test_a_wrong_answer_of_any_kind_is_told(answer: Any, said: str) -> None:
    found = counterexample(
        check_deadline, lambda asked: answer(asked.submitted_at), POLICY, line=LINE, settings=FEW
    )
    assert said in str(found).splitlines()[0]


def test_what_the_function_raised_is_the_cause() -> None:
    found = counterexample(check_deadline, raises, POLICY, settings=FEW)
    assert isinstance(found.__cause__, ZeroDivisionError)
    assert found.__cause__ is found.answered


def test_a_line_that_promises_nothing_to_some_has_none_as_its_answer() -> None:
    line = {
        "hours": {"schedule": "always"},
        "resolution": [{"when": {"days": ["Su"]}, "within": "1h", "counted_in": "calendar_time"}],
    }
    made = load_policy(
        {
            "name": "on Sundays",
            "timezone": "UTC",
            "schedules": {"always": "24/7"},
            "departments": {"desk": {"channels": {"ticket": line}}},
        }
    )

    def ours(asked: Any) -> Any:
        at = asked.submitted_at.astimezone(UTC)
        return at + timedelta(hours=1) if at.weekday() == 6 else None

    assert 40 == check_deadline(ours, made, settings=FEW)
    found = counterexample(check_deadline, lambda asked: asked.submitted_at, made, unit="s")
    assert found.expected is None or found.expected.weekday() in {6, 0}
    always = counterexample(
        check_deadline, lambda asked: ours(asked) or asked.submitted_at, made, unit="s"
    )
    assert re.match("desk/ticket sent .* has no deadline, but your function says ", str(always))


def test_questions_whose_answer_lies_past_the_covered_years_are_not_asked() -> None:
    data = POLICY.model_dump()
    rule = {"within": "3000h", "counted_in": "business_time"}
    data["departments"]["support"]["channels"]["ticket"]["first_response"] = [rule]
    made = load_policy(data)

    def ours(asked: Any) -> Any:
        return compute_deadline(made, **asked._asdict()).due_at

    assert 0 < check_deadline(ours, made, first_year=2027, settings=FEW) < 40


def test_the_last_line_can_be_pasted_to_ask_again() -> None:
    found = counterexample(check_deadline, nothing, POLICY, settings=FEW)
    call = str(found).splitlines()[-1].removeprefix("To ask again: ")
    again = eval(call, {"compute_deadline": compute_deadline, "policy": POLICY})  # noqa: S307
    assert found.expected == again.due_at


def test_a_function_that_answers_now_so_now_otherwise_is_told() -> None:
    turns = iter(range(10**6))

    def ours(asked: Any) -> Any:
        wrong = next(turns) == 2
        return None if wrong else Desk().due(asked.submitted_at)

    found = counterexample(check_deadline, ours, POLICY, line=LINE, settings=FEW)
    assert "(not always: asked again, it answered otherwise); here" in str(found)


def test_the_error_is_of_the_family_an_assertion_and_can_be_sent_on() -> None:
    found = counterexample(check_deadline, nothing, POLICY, settings=FEW)
    again = pickle.loads(pickle.dumps(found))
    assert (True, True) == (isinstance(found, SupportSlaError), isinstance(found, AssertionError))
    assert (str(found), found.question) == (str(again), vars(again)["question"])


def test_more_questions_find_what_few_do_not() -> None:
    def ours(asked: Any) -> Any:
        due = Desk().due(asked.submitted_at)
        return None if due.astimezone(UTC).day == 29 else due

    one = settings(FEW, max_examples=1)
    assert 1 == check_deadline(ours, POLICY, settings=one)
    assert counterexample(check_deadline, ours, POLICY).answered is None


# --- Elapsed time ---


def test_a_right_count_of_open_time_is_left_alone() -> None:
    def ours(asked: Between) -> timedelta:
        return Desk().elapsed(asked.start, asked.end)

    assert 40 == check_elapsed(ours, POLICY, line=LINE, settings=FEW)


@pytest.mark.parametrize("desk", [LooksUpInUtc, ByTheWallClock, CountsLunch, ForgetsTheLast])
def test_a_wrong_count_of_open_time_is_found(desk: type[Desk]) -> None:
    def ours(asked: Between) -> timedelta:
        return desk().elapsed(asked.start, asked.end)

    how = settings(FEW, max_examples=3000)
    found = counterexample(check_elapsed, ours, POLICY, line=LINE, unit="s", settings=how)
    asked = found.question
    right = Clock.of(POLICY, department="support").between(asked.start, asked.end)
    assert (right, ours(asked)) == (found.expected, found.answered)
    assert str(found).startswith("support/ticket is open for ")
    assert re.search(r"but your function says \S+, \S+ (more|less); here is why:\n", str(found))


def test_every_line_is_asked_for_elapsed_time_unless_one_is_named() -> None:
    lines: set[tuple[str, str]] = set()

    def ours(asked: Between) -> timedelta:
        lines.add((asked.department, asked.channel))
        clock = Clock.of(AZDIGI, department=asked.department, channel=asked.channel)
        return clock.between(asked.start, asked.end)

    assert 300 == check_elapsed(ours, AZDIGI, settings=MANY)
    assert {(owner, name) for owner, name, _ in AZDIGI.lines()} == lines


class OtherTimedelta(timedelta):
    """An amount as another package makes them."""


class OtherText(str):
    """A text as an enum's member is one."""

    __slots__ = ()


def test_amounts_and_texts_of_a_subclass_are_as_good_as_plain_ones() -> None:
    def spent(asked: Between) -> timedelta:
        right = Clock.of(POLICY, department="support").between(asked.start, asked.end)
        return OtherTimedelta(right.days, right.seconds, right.microseconds)

    def told(asked: Moment) -> Any:
        right = ours(asked)
        return right and {**right, "state": OtherText(right["state"])}

    assert 40 == check_elapsed(spent, POLICY, line=LINE, settings=FEW)
    assert 40 == check_status(told, DESKS[0], settings=FEW)


def test_an_amount_with_nanoseconds_is_told() -> None:
    class Fine(timedelta):
        nanoseconds = 3

    found = counterexample(check_elapsed, lambda asked: Fine(1), POLICY, line=LINE, settings=FEW)
    assert "which has digits below the microsecond" in str(found)


class Sullen:
    def __repr__(self) -> str:
        raise RuntimeError


class SullenError(Exception):
    def __str__(self) -> str:
        raise RuntimeError


def fails(error: Exception) -> Any:
    raise error


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (lambda: datetime.min.replace(tzinfo=UTC), "says 0001-01-01 00:00:00+00:00; here"),
        (Sullen, "says a Sullen that cannot show itself, which is no instant; here"),
        (
            lambda: fails(SullenError()),
            "raised SullenError: a SullenError that cannot show itself;",
        ),
        (lambda: fails(ValueError("a\nb\n c")), "raised ValueError: a b c; here"),
        (lambda: fails(ValueError("y" * 10**6)), "raised ValueError: yyyyyyy"),
        (lambda: True, "says True, which is no instant; here"),
    ],
)
def test_whatever_is_said_the_first_line_is_short_and_whole(answer: Any, said: str) -> None:
    found = counterexample(check_deadline, lambda asked: answer(), POLICY, settings=FEW)
    first = str(found).splitlines()[0]
    assert said in first
    assert 600 > len(first)


def test_what_a_function_does_to_its_question_changes_no_report() -> None:
    def theirs(asked: Any) -> None:
        if asked.attributes is not None:
            asked.attributes.clear()

    def is_with_a_plan(asked: Any) -> Any:
        right = compute_deadline(DESKS[1], **asked._asdict()).due_at
        theirs(asked)
        return None if asked.attributes == {} else right

    found = counterexample(
        check_deadline, is_with_a_plan, DESKS[1], line=("desk", "ticket"), metric="first_response"
    )
    assert found.question.attributes
    assert f"attributes={found.question.attributes!r}" in str(found)


def far_ahead() -> Any:
    """Return a desk whose answers lie past the year that it knows."""
    data = POLICY.model_dump()
    data["calendars"]["holidays"]["years"] = [2026, 2026]
    line = data["departments"]["support"]["channels"]["ticket"]
    line["first_response"] = [{"within": "9000h", "counted_in": "business_time"}]
    del data["departments"]["support"]["channels"]["chat"]
    return load_policy(data)


def test_a_law_that_could_compare_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="no question could be compared: every answer lies past"):
        check_deadline(nothing, far_ahead(), settings=FEW)


def test_tickets_whose_due_lies_past_the_covered_years_are_not_compared() -> None:
    assert 0 < check_status(nothing, far_ahead(), settings=FEW) < 40  # those that agents opened


def test_a_function_that_is_slow_at_first_is_no_counterexample() -> None:
    turns = iter(range(10**6))

    def slow(asked: Any) -> datetime:
        if not next(turns):
            sleep(0.25)
        return Desk().due(asked.submitted_at)

    plain = settings(max_examples=20, phases=[Phase.generate], derandomize=True)
    assert 20 == check_deadline(slow, POLICY, settings=plain)


@pytest.mark.parametrize(
    ("check", "options", "said"),
    [
        (
            check_deadline,
            {"line": "ticket"},
            "line 'ticket' is no line; write \\(department, channel",
        ),
        (
            check_elapsed,
            {"line": "ticket"},
            "line 'ticket' is no line; write \\(department, channel",
        ),
        (
            check_status,
            {"line": "ticket"},
            "line 'ticket' is no line; write \\(department, channel",
        ),
        (
            check_deadline,
            {"metric": "resolution"},
            "promises no resolution, .* promises first_response",
        ),
        (
            check_status,
            {"metric": "resolution"},
            "promises no resolution, .* promises first_response",
        ),
        (check_deadline, {"line": ("support", "chat")}, "line support/chat promises no answer"),
        (check_deadline, {"first_year": 2027, "last_year": 2026}, "hold no year; swap them"),
        (
            check_elapsed,
            {"first_year": 2028},
            "not all covered by all calendars; ask for some of 2025",
        ),
        (check_status, {"kinds": ["repled"]}, "not all kinds of events; there are replied, "),
        (check_status, {"kinds": "replied"}, "not all kinds of events; there are replied, "),
        (check_status, {"unit": "ns"}, "use 's', 'ms' or 'us'"),
    ],
)
def test_a_law_that_could_ask_nothing_is_refused(check: Any, options: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        check(nothing, POLICY, settings=FEW, **options)


@pytest.mark.parametrize("check", [check_deadline, check_elapsed, check_status])
@pytest.mark.parametrize("given", ["azdigi", {"name": "a desk"}, nothing])
def test_what_is_no_loaded_policy_is_refused(check: Any, given: Any) -> None:
    with pytest.raises(NotAModelError, match="load it first with load_policy"):
        check(nothing, given)


@pytest.mark.parametrize("check", [check_deadline, check_status])
def test_a_metric_that_there_is_not_is_refused(check: Any) -> None:
    with pytest.raises(UnknownMetricError, match="first_response"):
        check(nothing, POLICY, metric="first")


def test_the_end_is_never_before_the_start_and_may_be_equal_to_it() -> None:
    spans: list[timedelta] = []

    def ours(asked: Between) -> timedelta:
        spans.append(asked.end.astimezone(UTC) - asked.start.astimezone(UTC))
        return Clock.of(POLICY, department="support").between(asked.start, asked.end)

    check_elapsed(ours, POLICY, line=LINE, settings=FEW)
    assert timedelta(0) == min(spans)


def test_the_open_periods_explain_an_elapsed_time() -> None:
    found = counterexample(check_elapsed, nothing, POLICY, line=LINE, settings=FEW)
    assert "It is never open between them." in str(found)
    wrong = counterexample(
        check_elapsed,
        lambda asked: Desk().elapsed(asked.start, asked.end) % timedelta(hours=100),
        POLICY,
        line=LINE,
        unit="s",
    )
    assert "It is open:\n" in str(wrong)
    assert re.search(r"\n\.\.\. \d+ more \.\.\.\n", str(wrong))


# --- Status ---

KNOWN = ("due_at", "elapsed", "remaining", "state", "breached_at", "paused", "is_stopped")


def ours(asked: Moment) -> dict[str, Any] | None:
    first = track(DESKS[0], asked.log, asked.now).first_response
    return None if first is None else {name: getattr(first, name) for name in KNOWN}


def test_a_right_status_is_left_alone() -> None:
    assert 40 == check_status(ours, DESKS[0], settings=FEW)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("due_at", lambda right: right and right + timedelta(seconds=1)),
        ("elapsed", lambda right: right + timedelta(seconds=1)),
        ("state", lambda right: "running"),
        ("paused", lambda right: not right),
        ("breached_at", lambda right: None),
        ("is_stopped", lambda right: False),
    ],
)
def test_a_wrong_figure_of_a_status_is_found_and_named(name: str, wrong: Any) -> None:
    def theirs(asked: Moment) -> dict[str, Any] | None:
        right = ours(asked)
        return right and {**right, name: wrong(right[name])}

    found = counterexample(check_status, theirs, DESKS[0], settings=MANY)
    first = track(DESKS[0], found.question.log, found.question.now).first_response
    assert getattr(first, name) == found.expected
    assert f": {name} of first_response is " in str(found).splitlines()[0]


def test_a_promise_that_is_forgotten_or_made_up_is_found() -> None:
    forgotten = counterexample(check_status, nothing, DESKS[0], settings=FEW)
    assert "but your function says that there is none; here is why:" in str(forgotten)
    made_up = counterexample(
        check_status, lambda asked: ours(asked) or {"state": "running"}, DESKS[0], settings=MANY
    )
    assert (
        ": no first_response is promised, but your function says {'state': 'running'}; here"
        in str(made_up)
    )


def test_a_status_function_that_raises_is_found() -> None:
    found = counterexample(check_status, raises, DESKS[0], settings=FEW)
    assert "raised ZeroDivisionError" in str(found)


def test_a_status_is_asked_again_by_the_last_line() -> None:
    found = counterexample(check_status, nothing, DESKS[0], settings=FEW)
    call = str(found).splitlines()[-1].removeprefix("To ask again: ")
    names = {"track": track, "TicketLog": TicketLog, "policy": DESKS[0]}
    again = eval(call, names)  # noqa: S307
    assert found.expected == again.first_response.due_at


@pytest.mark.parametrize("answer", [5, ["due_at"], {"deadline": 1}, {"due_at": None, 3: 4}])
def test_an_answer_that_names_nothing_of_a_round_is_told(answer: Any) -> None:
    found = counterexample(check_status, lambda asked: answer, POLICY, line=LINE, settings=FEW)
    assert "which is neither None nor a mapping of any of 'state', 'started_at', " in str(found)


def test_tickets_may_be_narrowed_by_line_events_and_metric() -> None:
    kinds: set[str] = set()

    def theirs(asked: Moment) -> dict[str, Any] | None:
        kinds.update(event.kind for event in asked.log.events)
        assert 3 >= len(asked.log.events)
        found = track(DESKS[0], asked.log, asked.now).resolution
        return None if found is None else {"due_at": found.due_at, "amount": found.amount}

    options: dict[str, Any] = {"line": ("desk", "ticket"), "kinds": ["replied", "resolved"]}
    check = check_status(
        theirs, DESKS[0], metric="resolution", max_events=2, settings=FEW, **options
    )
    assert 40 == check
    assert {"submitted", "replied", "resolved"} == kinds
