"""What a line answers to every submission: the promise is the meaning, the table the same precomputed.

Nothing here puts an answer into words for a customer.
"""
