"""Hypothesis strategies for the public models, so that others can test against whole policies.

By default they generate everything the models accept: closed days, night shifts, hours up to
midnight, every kind of special day, zones with gaps and repeated hours. Needs the extra
`strategies`.
"""

from support_sla.testing.policies.calendars import holiday_calendars
from support_sla.testing.policies.policies import FEATURES, ZONES, policies
from support_sla.testing.policies.schedules import schedules
from support_sla.testing.registration import register_types
from support_sla.testing.requests.durations import durations
from support_sla.testing.requests.lines import lines
from support_sla.testing.requests.submissions import Question, questions, submissions
from support_sla.testing.requests.ticket_logs import EVENT_KINDS, ticket_logs

__all__ = [
    "EVENT_KINDS",
    "FEATURES",
    "ZONES",
    "Question",
    "durations",
    "holiday_calendars",
    "lines",
    "policies",
    "questions",
    "schedules",
    "submissions",
    "ticket_logs",
]

register_types()  # where the package is not installed, nobody else has done so
