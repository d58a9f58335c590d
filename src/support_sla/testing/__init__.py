"""Strategies and laws for other people's property tests. Needs Hypothesis.

Nothing in the other rooms imports it; `support_sla.strategies` and `support_sla.laws` make it public.
"""

try:
    import hypothesis as _hypothesis  # noqa: F401
except ModuleNotFoundError as _missing:  # pragma: no cover  a test has a process without it
    raise ModuleNotFoundError(
        "strategies and laws need Hypothesis; install it with: "
        "python -m pip install 'support-sla[strategies]'"
    ) from _missing
