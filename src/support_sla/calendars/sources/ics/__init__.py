"""iCalendar feeds as special days: read exactly, with a note of what was written otherwise, or refused.

Only `feed.py`, `values.py` and `zones.py` need icalendar. Nothing here knows a calendar or a policy.
"""
