"""The kinds of target, one file each: when counting starts, when it is due, what ticks meanwhile.

Each kind states it twice: for one submission, and for all of them as the pieces of a function.
A new kind also needs its name in `policy/target.py` and its words in `explain/languages`.
"""
