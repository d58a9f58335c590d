"""Laws that test your own code against a policy: they find and shrink what it answers wrongly.

Needs the extra `strategies`.
"""

from support_sla.errors import CounterexampleError
from support_sla.testing.laws.deadline import check_deadline
from support_sla.testing.laws.elapsed import Between, check_elapsed
from support_sla.testing.laws.status import Moment, check_status
from support_sla.testing.requests.submissions import Question

__all__ = [
    "Between",
    "CounterexampleError",
    "Moment",
    "Question",
    "check_deadline",
    "check_elapsed",
    "check_status",
]
