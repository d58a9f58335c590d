"""What Hypothesis calls when it is imported, in every program of an environment that has support_sla.

So it is apart from the package and imports nothing of it: whoever does not use both pays nothing.
"""

from __future__ import annotations

import sys
from contextlib import suppress


def register() -> None:
    """Register the strategies of `support_sla`, if that is loaded; else it does so when it is."""
    if hasattr(sys.modules.get("support_sla"), "__all__"):
        with suppress(Exception):  # a program that only imports Hypothesis must not fail for us
            from support_sla.testing.registration import register_types  # noqa: PLC0415  it needs Hypothesis

            register_types()
