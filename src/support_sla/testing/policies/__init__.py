"""Strategies for what a desk promises: schedules, calendars, rules and whole policies."""
