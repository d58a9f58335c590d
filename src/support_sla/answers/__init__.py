"""What a line answers to every submission: `promise` defines it, `table` holds it precomputed.

Nothing here puts an answer into words for a customer.
"""
