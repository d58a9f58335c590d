"""What the reader makes of tickets that helpdesk itself wrote, and what the command fills in."""

import contextlib
import datetime as dt
import logging
from collections.abc import Iterator
from io import StringIO
from typing import Any
from unittest import mock

from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.test import TestCase
from django.urls import reverse
from django.utils.translation import override
from helpdesk.email import extract_email_metadata
from helpdesk.forms import PublicTicketForm, TicketForm
from helpdesk.models import CustomField, Queue, Ticket
from helpdesk.update_ticket import update_ticket

from sla.logs import log_of
from support_sla import LogError

MAIL = (
    "From: ann@example.org\nTo: web@example.org\nSubject: {}\nMessage-ID: <{}@example.org>\n\n{}\n"
)


def utc(text: str) -> dt.datetime:
    """Return an instant of September 2026, given as '7 09:00'; the 7th is a Monday."""
    day, time = text.split()
    return dt.datetime.fromisoformat(f"2026-09-{int(day):02}T{time}+00:00")


@contextlib.contextmanager
def clock(text: str) -> Iterator[None]:
    """Let helpdesk believe that it is some instant, which advances as it is asked."""
    ticks = (utc(text) + dt.timedelta(milliseconds=n) for n in range(1000))
    with (
        mock.patch("django.utils.timezone.now", lambda: next(ticks)),
        mock.patch("helpdesk.views.staff.now", lambda: next(ticks)),
    ):
        yield


class Helpdesk(TestCase):
    """A helpdesk with two queues and an agent."""

    def setUp(self) -> None:
        """Open the desk."""
        logging.disable(logging.CRITICAL)
        self.addCleanup(logging.disable, logging.NOTSET)
        self.web = Queue.objects.create(title="Website", slug="web", allow_public_submission=True)
        self.it = Queue.objects.create(title="Workplace", slug="it")
        self.agent = get_user_model().objects.create_superuser("bob", "bob@example.org", "secret")
        self.client.force_login(self.agent)

    def submit(self, at: str = "7 09:00", **changes: Any) -> Ticket:
        """Return a ticket that a customer submits on the public page."""
        data = {"queue": self.web.id, "title": "Down", "body": "It is down", "priority": 3}
        form = PublicTicketForm(data={**data, "submitter_email": "ann@example.org", **changes})
        assert form.is_valid(), form.errors
        with clock(at):
            return form.save(user=None)

    def update(self, ticket: Ticket, at: str, user: Any = None, **changes: Any) -> None:
        """Let the desk update a ticket as its page does."""
        with clock(at):
            update_ticket(user or self.agent, ticket, **changes)

    def mail(self, at: str, subject: str, text: str) -> None:
        """Receive a mail of the customer."""
        with clock(at):
            message = MAIL.format(subject, at.replace(" ", ".").replace(":", "."), text)
            extract_email_metadata(message, self.web, logging.getLogger())

    def events(self, ticket: Ticket, **options: bool) -> list[tuple[Any, ...]]:
        """Return the events of a ticket, as '7 09:00', kind and what it says."""
        ticket.refresh_from_db()
        found = []
        for event in log_of(ticket, **options).events:
            told = {**event.to_dict(), "at": f"{event.at:%-d %H:%M}"}
            found.append(tuple(told.values()))
        return found

    def due_dates(self, *arguments: str) -> list[str | None]:
        """Return the due dates that the command fills in, of all tickets in order."""
        call_command("sla_due_dates", *arguments, stdout=StringIO(), stderr=StringIO())
        dues = Ticket.objects.order_by("id").values_list("due_date", flat=True)
        return [None if due is None else f"{due:%-d %H:%M}" for due in dues]


class ReaderTests(Helpdesk):
    """The events that are read of what helpdesk writes."""

    def test_a_form_and_the_follow_up_that_repeats_it_are_one_submission(self) -> None:
        """The follow-up is a few milliseconds later."""
        events = self.events(self.submit())
        assert events == [("7 09:00", "submitted", "customer", "3", "open")]

    def test_a_ticket_that_the_desk_opens_is_submitted_by_the_desk(self) -> None:
        """Its opening message has a user who is staff."""
        data = {"queue": self.web.id, "title": "Call", "body": "Ann called", "priority": 2}
        form = TicketForm(data=data, queue_choices=[(self.web.id, "Website")])
        assert form.is_valid(), form.errors
        with clock("7 09:00"):
            ticket = form.save(user=self.agent)
        events = self.events(ticket)
        assert events == [("7 09:00", "submitted", "agent", "2", "open")]

    def test_a_mail_and_the_follow_up_just_before_it_are_one_submission(self) -> None:
        """A mail is kept with the instant at which its reading began."""
        self.mail("7 09:00", "Down", "It is down")
        events = self.events(Ticket.objects.get())
        assert events == [("7 09:00", "submitted", "customer", "3", "open")]

    def test_a_public_comment_of_the_desk_is_its_reply_and_a_private_one_a_note(self) -> None:
        """Notes are kept, but answer nobody."""
        ticket = self.submit()
        self.update(ticket, "7 10:00", comment="Who knows?", public=False)
        self.update(ticket, "7 11:00", comment="We look", public=True)
        replies = [("7 10:00", "replied", "agent", False), ("7 11:00", "replied", "agent")]
        assert self.events(ticket)[1:] == replies

    def test_putting_on_hold_is_a_pause_and_no_reply(self) -> None:
        """It is a public follow-up of the desk without a comment."""
        ticket = self.submit()
        for at, page in (("7 10:00", "hold"), ("7 11:00", "unhold")):
            with clock(at):
                self.client.get(reverse(f"helpdesk:{page}", args=[ticket.id]))
        held = [("7 10:00", "paused", "on_hold"), ("7 11:00", "resumed", "on_hold")]
        assert self.events(ticket)[1:] == held

    def test_a_hold_is_found_in_each_language_of_the_site(self) -> None:
        """The label of the field is that of the agent's page."""
        ticket = self.submit()
        with clock("7 10:00"):
            headers = {"accept-language": "de"}
            with override("de"):
                self.client.get(reverse("helpdesk:hold", args=[ticket.id]), headers=headers)
        assert self.events(ticket)[1:] == [("7 10:00", "paused", "on_hold")]

    def test_a_priority_counts_from_its_change_and_the_first_is_the_old_value(self) -> None:
        """The ticket itself has the one of today."""
        ticket = self.submit()
        self.update(ticket, "7 10:00", priority=1)
        events = self.events(ticket)
        assert events[0][3] == "3"
        assert events[1:] == [("7 10:00", "priority", "1")]

    def test_a_change_of_queue_moves_the_ticket(self) -> None:
        """The change has the ids of the queues."""
        ticket = self.submit()
        self.update(ticket, "7 10:00", queue=self.it.id)
        assert self.events(ticket)[1:] == [("7 10:00", "moved", "workplace", "ticket")]

    def test_a_mail_reopens_what_was_closed(self) -> None:
        """The mail is the customer's message, and its follow-up has the new status."""
        ticket = self.submit()
        comment = {"comment": "Fixed", "public": True}
        self.update(ticket, "7 10:00", new_status=Ticket.CLOSED_STATUS, **comment)
        self.mail("7 12:00", f"[{ticket.ticket}] Down", "Not fixed")
        expected = [
            ("7 10:00", "replied", "agent"),
            ("7 10:00", "closed", "closed"),
            ("7 12:00", "replied", "customer"),
            ("7 12:00", "reopened", "reopened"),
        ]
        assert self.events(ticket)[1:] == expected

    def test_an_escalation_is_automatic(self) -> None:
        """It is a public comment without a user, which changes the priority."""
        ticket = self.submit()
        self.web.escalate_days = 1
        self.web.save()
        with clock("10 09:00"):
            call_command("escalate_tickets", stdout=StringIO())
        ticket.followup_set.filter(user=None).exclude(comment="It is down").update(
            date=utc("10 09:00")
        )
        expected = [("10 09:00", "replied", "agent", True), ("10 09:00", "priority", "2")]
        assert self.events(ticket)[1:] == expected

    def test_a_status_without_a_follow_up_is_refused_unless_modified_is_trusted(self) -> None:
        """The board changes the status of a ticket and nothing else."""
        ticket = self.submit()
        with clock("7 12:00"):
            ticket.status = Ticket.RESOLVED_STATUS
            ticket.save()
        with self.assertRaisesRegex(LogError, "trust_modified=True"):
            self.events(ticket)
        events = self.events(ticket, trust_modified=True)
        assert events[1:] == [("7 12:00", "resolved", "resolved")]

    def test_custom_fields_have_no_clock(self) -> None:
        """Their changes are labelled with their names."""
        CustomField.objects.create(name="paid", label="Paid", data_type="boolean", required=False)
        ticket = self.submit()
        self.update(ticket, "7 10:00", comment="Paid", public=True)
        ticket.followup_set.last().ticketchange_set.create(
            field="paid", old_value="False", new_value="True"
        )
        assert self.events(ticket)[1:] == [("7 10:00", "replied", "agent")]


class CommandTests(Helpdesk):
    """The due dates that `sla_due_dates` fills in; the desk is open from 9 to 17 in Berlin."""

    def test_the_first_response_is_due_until_it_is_given_and_then_the_resolution(self) -> None:
        """Both are counted from the opening on Monday at nine: 4 hours, and two days of 8."""
        ticket = self.submit("7 06:59")
        assert self.due_dates("--now", "2026-09-07T08:00:00Z") == ["7 11:00"]
        self.update(ticket, "7 08:00", comment="We look", public=True)
        assert self.due_dates("--now", "2026-09-07T08:00:01Z") == ["8 15:00"]

    def test_a_hold_moves_the_resolution_by_its_open_hours(self) -> None:
        """It is held from before the opening of a day to before the next one."""
        ticket = self.submit("7 06:59")
        for at, page in (("8 06:59", "hold"), ("9 06:59", "unhold")):
            with clock(at):
                self.client.get(reverse(f"helpdesk:{page}", args=[ticket.id]))
        due = self.due_dates("--promise", "resolution", "--now", "2026-09-09T08:00:00Z")
        assert due == ["9 15:00"]

    def test_a_due_date_leaves_when_the_ticket_was_modified(self) -> None:
        """Else the next run would take it for a change."""
        ticket = self.submit()
        self.due_dates("--now", "2026-09-07T09:30:00Z")
        ticket.refresh_from_db()
        assert f"{ticket.modified:%-d %H:%M}" == "7 09:00"

    def test_a_ticket_that_cannot_be_read_is_told_and_keeps_its_due_date(self) -> None:
        """The others are filled in."""
        ticket = self.submit("7 07:00")
        ticket.on_hold = True
        ticket.save()
        self.submit("7 07:00")
        complaint = StringIO()
        with self.assertRaises(CommandError):
            call_command(
                "sla_due_dates", now="2026-09-07T08:00:00Z", stdout=StringIO(), stderr=complaint
            )
        assert f"ticket {ticket.id}: on_hold='True'" in complaint.getvalue()
        dues = Ticket.objects.order_by("id").values_list("due_date", flat=True)
        assert [bool(due) for due in dues] == [False, True]
