"""What a desk promises, as plain data: read, checked as a whole, never computed.

Nothing here knows an instant; what a policy answers is worked out in the rooms above.
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
