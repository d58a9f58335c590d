"""What happened to a ticket, in order: its events, read and checked.

Nothing here knows a policy; what the events mean under one is worked out in `rounds`.
"""
