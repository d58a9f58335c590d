"""Frames and files: tables whose columns are known by names, and get the answers as further columns.

What is asked of each row is read in one place, `named.py`; only `frames.py` knows narwhals.
"""
