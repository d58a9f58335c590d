"""Response deadlines of support requests: when one must be answered, and why then.

`load_policy` reads what a desk promises, `compute_deadline` answers for one request, and `Clock`
serves everyone who needs business-time arithmetic alone.
"""

from support_sla.answers import AnswerTable
from support_sla.calendars import HolidayCalendar, Move
from support_sla.choice import Choice, PassedOver, Reading
from support_sla.clock import Clock
from support_sla.compare import Submission, compare, compare_submissions
from support_sla.conditions import When
from support_sla.contact import ContactOption, ContactOptions, contact_options
from support_sla.deadline import Deadline, compute_deadline
from support_sla.differences import Comparison, Difference
from support_sla.errors import (
    AmountError,
    Finding,
    InstantError,
    InstantOutOfRangeError,
    NaiveInstantError,
    NeverOpensError,
    NotAModelError,
    NotAnInstantError,
    NoTargetError,
    PolicyError,
    SupportSlaError,
    UnitError,
    UnknownChannelError,
    UnknownDepartmentError,
    UnknownLanguageError,
    UnknownPriorityError,
    YearsNotCoveredError,
    ZoneError,
)
from support_sla.festivals import Festival
from support_sla.lint import LintFinding, lint
from support_sla.loading import load_policy, shipped_policies
from support_sla.policy import Channel, Department, Hours, Policy, Requires, Target
from support_sla.recurring import Recurring
from support_sla.schedule import Schedule
from support_sla.special_day import SpecialDay
from support_sla.steps import Reason, Step
from support_sla.timeline import Timeline
from support_sla.words import languages

__version__ = "0.1.0"

__all__ = [
    "AmountError",
    "AnswerTable",
    "Channel",
    "Choice",
    "Clock",
    "Comparison",
    "ContactOption",
    "ContactOptions",
    "Deadline",
    "Department",
    "Difference",
    "Festival",
    "Finding",
    "HolidayCalendar",
    "Hours",
    "InstantError",
    "InstantOutOfRangeError",
    "LintFinding",
    "Move",
    "NaiveInstantError",
    "NeverOpensError",
    "NoTargetError",
    "NotAModelError",
    "NotAnInstantError",
    "PassedOver",
    "Policy",
    "PolicyError",
    "Reading",
    "Reason",
    "Recurring",
    "Requires",
    "Schedule",
    "SpecialDay",
    "Step",
    "Submission",
    "SupportSlaError",
    "Target",
    "Timeline",
    "UnitError",
    "UnknownChannelError",
    "UnknownDepartmentError",
    "UnknownLanguageError",
    "UnknownPriorityError",
    "When",
    "YearsNotCoveredError",
    "ZoneError",
    "compare",
    "compare_submissions",
    "compute_deadline",
    "contact_options",
    "languages",
    "lint",
    "load_policy",
    "shipped_policies",
]
