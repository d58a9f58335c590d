"""Special dates: where they come from, the years they are known for, how they change a week.

Nothing here knows a zone's clock changes, a department or a target.
"""

from support_sla.calendars.calendar import HolidayCalendar
from support_sla.calendars.special_day import Move, SpecialDay

__all__ = ["HolidayCalendar", "Move", "SpecialDay"]
