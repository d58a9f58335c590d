"""`sla_due_dates`: write into each open ticket when its running promise is due."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from helpdesk.models import Ticket

from sla.logs import log_of
from support_sla import SupportSlaError, TicketStatus, load_policy, track

PROMISES = ("first_response", "next_response", "resolution")


def due_of(status: TicketStatus, promises: list[str]) -> Any:  # noqa: ANN401  as Django takes it
    """Return the due of the first promise that runs, None if none does."""
    for promise in promises:
        current = getattr(status, promise)
        if current is not None and current.stopped_at is None and current.due_at is not None:
            return current.due_at
    return None


class Command(BaseCommand):
    """Fills `Ticket.due_date`; what cannot be read is listed, and its due date left as it is."""

    help = "Write into each open ticket when its running promise is due."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the promises in the order in which they count, and the instant that is asked about."""
        parser.add_argument("--promise", action="append", choices=PROMISES, dest="promises")
        parser.add_argument("--now", help="an ISO 8601 instant with an offset, by default now")
        parser.add_argument(
            "--trust-modified",
            action="store_true",
            help="take a change without a follow-up at the instant at which the ticket was modified",
        )

    def handle(self, *args: object, **options: Any) -> None:  # noqa: ANN401, ARG002  Django's
        """Write the due dates, without touching when a ticket was modified."""
        policy = load_policy(settings.SLA_POLICY)
        now = options["now"] or timezone.now()
        promises = options["promises"] or ["first_response", "resolution"]
        written, failed = 0, 0
        tickets = Ticket.objects.filter(status__in=Ticket.OPEN_STATUSES)
        for ticket in tickets.prefetch_related("followup_set__ticketchange_set"):
            try:
                log = log_of(ticket, trust_modified=options["trust_modified"])
                due = due_of(track(policy, log, now), promises)
            except SupportSlaError as error:
                failed += 1
                self.stderr.write(f"ticket {ticket.id}: {error}")
                continue
            written += Ticket.objects.filter(id=ticket.id).update(due_date=due)
        self.stdout.write(f"{written} due dates written, {failed} tickets not usable")
        if failed:
            raise CommandError("some tickets cannot be read; see above")
