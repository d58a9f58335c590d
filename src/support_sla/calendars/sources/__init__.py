"""Where special days come from, one file per source. No source knows a calendar.

A source is what `calendars/combined.py` calls a `Source`: it gives the days of a year, on request.
"""
