"""What the rows of columns ask and what answers them: lines of policies, tables, clocks.

Between the columns, which are only read and written, and the look-ups, which know only integers.
"""
