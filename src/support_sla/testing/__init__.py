"""Strategies and laws for other people's property tests. Needs Hypothesis.

Nothing in the other rooms imports it; `support_sla.strategies` and `support_sla.laws` make it public.
"""

try:
    import hypothesis as _hypothesis  # noqa: F401
except ModuleNotFoundError as error:
    message = "strategies and laws need Hypothesis; install it with: "
    message += "python -m pip install 'support-sla[strategies]'"
    raise ModuleNotFoundError(message) from error
