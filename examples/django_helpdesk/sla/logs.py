"""What the reader of tickets needs to know of this site: its queues, and its words for fields."""

from django.conf import settings
from django.utils.translation import gettext, override
from helpdesk.models import CustomField, Queue, Ticket

from support_sla import TicketLog
from support_sla.tickets.sources import from_helpdesk_ticket

FIELDS = {
    "On Hold": "on_hold",
    "Priority": "priority",
    "Queue": "queue",
    "Title": None,
    "Status": None,
    "Owner": None,
    "Due on": None,
}
"""What helpdesk calls the fields whose changes it keeps, and what each is for the reader."""


def labels() -> dict[str, str | None]:
    """Return each field in each language of the site: helpdesk keeps the word of whoever changed it."""
    found: dict[str, str | None] = dict.fromkeys(CustomField.objects.values_list("name", flat=True))
    for language, _ in settings.LANGUAGES:
        with override(language):
            found |= {gettext(name): field for name, field in FIELDS.items()}
    return found


def departments() -> dict[int, str]:
    """Return the department of the policy for each queue, by its id."""
    slugs = Queue.objects.filter(slug__in=settings.SLA_DEPARTMENTS).values_list("id", "slug")
    return {number: settings.SLA_DEPARTMENTS[slug] for number, slug in slugs}


def log_of(ticket: Ticket, *, trust_modified: bool = False) -> TicketLog:
    """Return what happened to a ticket."""
    return from_helpdesk_ticket(
        ticket, department=departments(), labels=labels(), trust_modified=trust_modified
    )
