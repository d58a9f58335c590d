"""What a desk promises, as plain data: read, checked as a whole, never computed.

Nothing here knows an instant; the rooms above work out what a policy answers.
"""

from support_sla.policy.policy import (
    Channel,
    CountedIn,
    Crossing,
    Department,
    Hours,
    Policy,
    Requires,
    Target,
    Texts,
    text_in,
)

__all__ = [
    "Channel",
    "CountedIn",
    "Crossing",
    "Department",
    "Hours",
    "Policy",
    "Requires",
    "Target",
    "Texts",
    "text_in",
]
