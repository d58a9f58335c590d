"""Hypothesis strategies for the public models, so that others can test against whole policies.

By default they generate everything the models accept: closed days, night shifts, hours up to
midnight, every kind of special day, zones with gaps and repeated hours. Needs the extra
`strategies`.
"""

from support_sla.testing.calendars import holiday_calendars
from support_sla.testing.policies import ZONES, policies
from support_sla.testing.rules import FEATURES
from support_sla.testing.schedules import schedules
from support_sla.testing.submissions import submissions
from support_sla.testing.ticket_logs import EVENT_KINDS, ticket_logs

__all__ = [
    "EVENT_KINDS",
    "FEATURES",
    "ZONES",
    "holiday_calendars",
    "policies",
    "schedules",
    "submissions",
    "ticket_logs",
]
