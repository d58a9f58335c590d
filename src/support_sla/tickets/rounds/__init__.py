"""The clocks of a ticket: what starts and stops them, and how much of each has been counted.

Integers inside, microseconds since 1970 UTC. Nothing here is put into words.
"""
