"""The explanation for a customer: one paragraph that names every skipped day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support_sla.explain.language import on_one_line
from support_sla.explain.sentences import Teller
from support_sla.values.instants import EPOCH

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from support_sla.explain.account import Account
    from support_sla.explain.language import Language


def short_form(deadline: Account, language: Language) -> str:
    """Return one paragraph for the customer: the answer, the promise, and what was not counted."""
    return " ".join(_Short.of(deadline, language).sentences())


class _Short(Teller):
    """What is said to a customer."""

    __slots__ = ()

    def sentences(self) -> Iterator[str]:
        """Yield the sentences of the short form."""
        deadline, moment = self.deadline, self.language.moment
        names = {
            "department": self.department(),
            "channel": self.channel(),
            "submitted": moment(deadline.submitted_at),
            "due": moment(deadline.due_at),
        }
        if deadline.earliest_at is None:
            yield self.say("short", "due", **names)
        else:
            yield self.say("short", "window", **names, earliest=moment(deadline.earliest_at))
        yield self._promise()
        yield from self._why_short()
        skipped = self._skipped()
        if skipped:
            yield self.say("short", "skipped", list=self.language.listed(skipped))
        yield from (self.step(step) for step in self.steps if not step.duration)
        yield self.say("short", "zone", zone=deadline.policy.timezone)

    def _promise(self) -> str:
        """Return what is promised, and from when it is counted if not from the submission."""
        deadline, target, later = self.deadline, self.deadline.target, self.later_request()
        if not target.within and later is None:
            return self.say("short", "at_once")
        starts, within = later or deadline.starts_at, self.language.amount(target.within)
        if starts - EPOCH == deadline.submitted_at - EPOCH:
            return self.say("short", target.counted_in, within=within)
        said = self.language.moment(starts)
        return self.say("short", f"{target.counted_in}_from", within=within, starts=said)

    def _why_short(self) -> Iterator[str]:
        choice = self.choice
        if self.is_crossed():
            later = self.later_request()
            if later is None:
                yield self.say("short", "overlap")
            else:
                yield self.say("short", "in_order", later=self.language.moment(later))
        elif choice.because:
            reasons = self.language.listed([*self.because(choice.because, choice.date)])
            yield self.say("short", "because", reasons=reasons)
        elif choice.passed_over:
            yield self.say("short", "otherwise")

    def _skipped(self) -> list[str]:
        """Return what is not counted: nights and breaks once, each day by its date and names."""
        shut: dict[str, None] = {}
        days: dict[tuple[dt.date, str], dict[str, None]] = {}
        for step in self.steps:
            for reason in step.reasons if not step.counted else ():
                if reason.kind in {"night", "break"}:
                    shut[reason.kind] = None
                elif reason.date is not None and len(step.reasons) == 1:
                    days.setdefault((reason.date, reason.kind), {})
                elif reason.day is not None:
                    found = days.setdefault((reason.day.date, reason.kind), {})
                    found[on_one_line(reason.day.name)] = None
        said = [self.say("skipped", kind) for kind in shut]
        for (date, kind), names in days.items():
            text = {"date": self.language.date(date), "names": ", ".join(names)}
            said.append(self.say("skipped", kind, **text))
        return said
