"""Strategies and laws for other people's property tests. Needs Hypothesis.

Nothing in the other rooms imports it; `support_sla.strategies` and `support_sla.laws` make it public.
"""
