"""How many examples Hypothesis draws for a law: a few every day, more in a check, many at night."""

from __future__ import annotations

import gc
import os

from hypothesis import HealthCheck, settings

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]

settings.register_profile(
    "everyday", derandomize=True, deadline=None, max_examples=20, suppress_health_check=SLOW
)
settings.register_profile("thorough", settings.get_profile("everyday"), max_examples=100)
settings.register_profile(
    "prove", deadline=None, max_examples=300, print_blob=True, suppress_health_check=SLOW
)
settings.register_profile(
    "nightly", deadline=None, max_examples=5000, print_blob=True, suppress_health_check=SLOW
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "everyday"))

# Thousands of tests and their policies live to the end of a run: looking through them for garbage at
# every 700 new objects, as Python does by itself, takes a sixth of its time and finds next to none.
gc.set_threshold(50_000, 20, 20)
