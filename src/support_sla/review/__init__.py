"""What is asked about a whole policy: `lint` finds its traps, `compare` what a new version changes.

Nothing here changes an answer; a check is a function that yields findings.
"""
