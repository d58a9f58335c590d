"""Strategies (and, later, laws) for other people's property tests. Needs Hypothesis.

Nothing in the other rooms imports it; `support_sla.strategies` makes it public.
"""
