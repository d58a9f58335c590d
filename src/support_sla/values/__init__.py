"""Small values that every room shares. Nothing here knows a policy, a calendar or a clock."""
