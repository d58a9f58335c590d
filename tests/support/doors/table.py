"""All doors there are, in one table."""

from __future__ import annotations

from doors.files import FILE_DOORS
from doors.texts import TEXT_DOORS
from doors.tickets import TICKET_DOORS

DOORS = (*TEXT_DOORS, *FILE_DOORS, *TICKET_DOORS)
