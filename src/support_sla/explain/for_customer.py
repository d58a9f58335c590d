"""The explanation for a customer: one paragraph that names every skipped day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support_sla.clock.wall_clock import WallClock
from support_sla.explain.days import day_runs
from support_sla.explain.sentences import Teller
from support_sla.explain.skipped import skipped
from support_sla.explain.steps import Reason, Step
from support_sla.values.amounts.business_days import BusinessDays
from support_sla.values.dates import FIRST_YEAR, LAST_YEAR
from support_sla.values.instants import EPOCH, from_micros, to_micros
from support_sla.values.units import MICROSECOND

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support_sla.explain.account import Account
    from support_sla.explain.language import Language
    from support_sla.explain.sentences import View


def short_form(deadline: Account, language: Language, view: View) -> str:
    """Return one paragraph for the customer: the answer, the promise, and what was not counted."""
    return " ".join(_Short.of(deadline, language, view).sentences())


class _Short(Teller):
    """What is said to a customer."""

    __slots__ = ()

    def sentences(self) -> Iterator[str]:
        """Yield the sentences of the short form."""
        yield self._answer()
        yield self._promise()
        yield from self._why_short()
        if self.deadline.target.is_in_days:
            runs = [self.day_run(run) for run in day_runs(self.steps)]
            if runs:
                yield self.say("days", "way", list="; ".join(runs))
            yield from map(self.step, self._changes())
            yield self.say("short", "zone", zone=self.zone())
            return
        listed = self.language.listed(self._skipped())
        if listed and self.abroad is None:
            yield self.say("short", "skipped", list=listed)
        elif listed:
            yield self.say("short", "skipped_at_desk", list=listed, desk=self.desk)
        yield from map(self.step, self._changes())
        yield self.say("short", "zone", zone=self.zone())

    def _answer(self) -> str:
        """Return by when an answer is promised; that it is to come, or was, only if `now` says so."""
        deadline, now = self.deadline, self.view.now
        names = {
            "department": self.department(),
            "channel": self.channel(),
            "submitted": self.moment(deadline.submitted_at),
            "due": self.moment(deadline.due_at),
        }
        tense = "" if now is None else "_past" if self.is_past else "_ahead"
        if deadline.earliest_at is None:
            return self.say("short", f"due{tense}", **names)
        earliest = self.moment(deadline.earliest_at)
        return self.say("short", f"window{tense}", **names, earliest=earliest)

    def _promise(self) -> str:
        """Return what is promised, and from when it is counted if not from the submission."""
        deadline, target, later = self.deadline, self.deadline.target, self.later_request()
        if isinstance(target.within, BusinessDays):
            return self.in_days(target)
        if not target.within and later is None:
            return self.say("short", "at_once")
        starts, within = later or deadline.starts_at, self.language.amount(target.within)
        said: str = target.counted_in
        if target.hours is not None:
            said = "own_time" if self.closes(target.hours) else "calendar_time"
        if starts - EPOCH == deadline.submitted_at - EPOCH:
            return self.say("short", said, within=within)
        return self.say("short", f"{said}_from", within=within, starts=self.moment(starts))

    def _why_short(self) -> Iterator[str]:
        choice = self.choice
        if self.is_crossed():
            later = self.later_request()
            if later is None:
                yield self.say("short", "overlap")
            else:
                yield self.say("short", "in_order", later=self.moment(later))
        elif choice.because:
            reasons = self.language.listed([*self.because(choice.because, choice.date)])
            about_request = {"priority", "attribute"}
            by_date = any(reason.kind not in about_request for reason in choice.because)
            if self.abroad is not None and by_date:
                yield self.say("short", "because_at_desk", reasons=reasons, desk=self.desk)
            else:
                yield self.say("short", "because", reasons=reasons)
        elif choice.passed_over:
            yield self.say("short", "otherwise")

    def _skipped(self) -> list[str]:
        """Return what is not counted: nights and breaks once, the days by dates and names."""
        found = skipped(self.steps, self.day_name)
        own = self.deadline.target.hours is not None
        shut = [self.say("skipped", f"own_{kind}" if own else kind) for kind in found.shut]
        return [*shut, *map(self.skipped_run, found.runs)]

    def _changes(self) -> list[Step]:
        """Return the steps of no time at which the reader's clock changes on the way."""
        if self.abroad is None:
            return [step for step in self.steps if not step.duration]
        at, due = self.deadline.submitted_at, self.deadline.due_at
        years = (instant.astimezone(self.abroad).year for instant in (at, due))
        wall = WallClock.of(self.abroad, *(min(max(year, FIRST_YEAR), LAST_YEAR) for year in years))
        found = []
        for run in range(wall.run(to_micros(at)) + 1, wall.run(to_micros(due) - 1) + 1):
            change = (wall.offsets[run] - wall.offsets[run - 1]) * MICROSECOND
            kind = Reason("clock_forward" if change > 0 * change else "clock_back", change=change)
            instant = from_micros(wall.starts[run], self.abroad)
            found.append(Step(instant, instant, counted=False, reasons=(kind,)))
        return found
