"""Columns of numpy and Arrow, read as whole numbers and written back as the kind that they were.

Nothing here computes an answer; only `arrow.py` needs pyarrow.
"""
