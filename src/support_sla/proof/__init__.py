"""The policy read a second time, slowly, to prove what the engine answers.

Nothing here may use the engine: no timeline, no answer table, no opening hours of the calendars.
"""
