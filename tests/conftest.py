"""Two Hypothesis profiles: a fixed one for every run, a long one for nights."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]

settings.register_profile(
    "fixed", derandomize=True, deadline=None, max_examples=60, suppress_health_check=SLOW
)
settings.register_profile(
    "nightly", deadline=None, max_examples=5000, print_blob=True, suppress_health_check=SLOW
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))
