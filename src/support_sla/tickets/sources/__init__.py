"""Readers that make a `TicketLog` of another product's ticket data, one file a product.

Each says what it reads, what it cannot know and what it drops; nothing here knows a policy.
"""

from support_sla.tickets.sources.django_helpdesk import from_helpdesk_ticket
from support_sla.tickets.sources.jira import from_jira_issue
from support_sla.tickets.sources.rows import from_rows
from support_sla.tickets.sources.whmcs import from_whmcs_ticket
from support_sla.tickets.sources.zendesk import from_zendesk_audits

__all__ = [
    "from_helpdesk_ticket",
    "from_jira_issue",
    "from_rows",
    "from_whmcs_ticket",
    "from_zendesk_audits",
]
