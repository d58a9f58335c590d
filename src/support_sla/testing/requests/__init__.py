"""Strategies for what is asked of a policy: lines, instants, whole questions, logs of tickets."""
