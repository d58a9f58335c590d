"""How a ticket stands, in words: the block that it prints, and why each promise stands so.

Nothing here counts time; it says what `rounds` found.
"""
