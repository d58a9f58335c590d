"""The kinds of target, one file each: when counting starts, when an amount has passed, what ticks.

Each kind states it twice: for one submission, and for all of them as the pieces of a function.
A new kind also needs its name in `CountedIn` (policy) and its words in `explain/languages`.
"""
