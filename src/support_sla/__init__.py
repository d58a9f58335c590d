"""Response deadlines of support requests: when one must be answered, and why then.

`load_policy` reads what a desk promises, `compute_deadline` answers for one request, and `Clock`
is for everyone who needs business-time arithmetic alone.
"""

import sys

from support_sla.answers.table.table import AnswerTable
from support_sla.calendars.calendar import HolidayCalendar
from support_sla.calendars.sources.ics.filter import FeedFilter
from support_sla.calendars.sources.lunar_festivals import Festival
from support_sla.calendars.sources.recurring import Recurring
from support_sla.calendars.special_day import Move, SpecialDay
from support_sla.clock.clock import Clock
from support_sla.clock.timeline import Timeline
from support_sla.deadline import Deadline, compute_deadline
from support_sla.errors import (
    AmountError,
    ColumnError,
    CounterexampleError,
    Finding,
    InstantError,
    InstantOutOfRangeError,
    LogError,
    NaiveInstantError,
    NeverOpensError,
    NotAModelError,
    NotAnInstantError,
    NoTargetError,
    PolicyError,
    ShareError,
    SupportSlaError,
    UnitError,
    UnknownAttributeError,
    UnknownChannelError,
    UnknownDepartmentError,
    UnknownLanguageError,
    UnknownMetricError,
    UnknownPriorityError,
    UnknownRuleError,
    UnknownStatusError,
    YearsNotCoveredError,
    ZoneError,
)
from support_sla.explain.choice import Choice, PassedOver, Reading
from support_sla.explain.language import languages
from support_sla.explain.steps import Reason, Step
from support_sla.policy.hours import Hours
from support_sla.policy.labels import Accepted, Labels
from support_sla.policy.load import load_policy, shipped_policies
from support_sla.policy.policy import Channel, Department, Policy, Requires
from support_sla.policy.schedule import Schedule
from support_sla.policy.season import Season
from support_sla.policy.target import Target
from support_sla.policy.warn_at import WarnAt
from support_sla.policy.when import When
from support_sla.review.compare import Submission, compare, compare_submissions
from support_sla.review.comparison import Comparison, Difference
from support_sla.review.finding import LintFinding
from support_sla.review.lint import lint
from support_sla.tickets.contact import contact_options
from support_sla.tickets.contact_options import ContactOption, ContactOptions
from support_sla.tickets.differences import StatusDifference, compare_statuses
from support_sla.tickets.history import PolicyHistory
from support_sla.tickets.latest_submission import latest_submission
from support_sla.tickets.log.event import Event
from support_sla.tickets.log.log import TicketLog
from support_sla.tickets.rounds.round import Round
from support_sla.tickets.rounds.round_parts import RoundWarning, Stretch
from support_sla.tickets.status import TicketStatus
from support_sla.tickets.track import track
from support_sla.values.amounts.business_days import BusinessDays

__version__ = "0.1.0"

__all__ = [
    "Accepted",
    "AmountError",
    "AnswerTable",
    "BusinessDays",
    "Channel",
    "Choice",
    "Clock",
    "ColumnError",
    "Comparison",
    "ContactOption",
    "ContactOptions",
    "CounterexampleError",
    "Deadline",
    "Department",
    "Difference",
    "Event",
    "FeedFilter",
    "Festival",
    "Finding",
    "HolidayCalendar",
    "Hours",
    "InstantError",
    "InstantOutOfRangeError",
    "Labels",
    "LintFinding",
    "LogError",
    "Move",
    "NaiveInstantError",
    "NeverOpensError",
    "NoTargetError",
    "NotAModelError",
    "NotAnInstantError",
    "PassedOver",
    "Policy",
    "PolicyError",
    "PolicyHistory",
    "Reading",
    "Reason",
    "Recurring",
    "Requires",
    "Round",
    "RoundWarning",
    "Schedule",
    "Season",
    "ShareError",
    "SpecialDay",
    "StatusDifference",
    "Step",
    "Stretch",
    "Submission",
    "SupportSlaError",
    "Target",
    "TicketLog",
    "TicketStatus",
    "Timeline",
    "UnitError",
    "UnknownAttributeError",
    "UnknownChannelError",
    "UnknownDepartmentError",
    "UnknownLanguageError",
    "UnknownMetricError",
    "UnknownPriorityError",
    "UnknownRuleError",
    "UnknownStatusError",
    "WarnAt",
    "When",
    "YearsNotCoveredError",
    "ZoneError",
    "compare",
    "compare_statuses",
    "compare_submissions",
    "compute_deadline",
    "contact_options",
    "languages",
    "latest_submission",
    "lint",
    "load_policy",
    "shipped_policies",
    "track",
]


def __dir__() -> list[str]:
    """Return the public names; the rooms behind them are still there when they are imported."""
    return list(__all__)


# Else its entry point does so, later. (Tests load it first; the other order has processes of its own.)
if hasattr(sys.modules.get("hypothesis"), "strategies"):  # pragma: no branch
    from support_sla.testing.registration import register_types

    register_types()
