"""A file as text, and on which line of it each key is written. Nothing here knows what a policy is."""
