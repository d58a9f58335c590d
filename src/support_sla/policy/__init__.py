"""What a desk promises, as plain data: read, checked as a whole, never computed.

Nothing here knows an instant; the package `answers` works out what a policy says of one.
"""

from support_sla.policy.hours import Hours
from support_sla.policy.policy import Channel, Crossing, Department, Policy, Requires
from support_sla.policy.target import CountedIn, Target

__all__ = [
    "Channel",
    "CountedIn",
    "Crossing",
    "Department",
    "Hours",
    "Policy",
    "Requires",
    "Target",
]
