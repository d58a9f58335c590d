"""Hours as instants: a zone's wall clock, the timeline of open time, and `Clock`.

Nothing here knows a target or a rule.
"""

from support_sla.clock.clock import Clock

__all__ = ["Clock"]
