"""What is asked about one ticket, beside its deadline.

Nothing here reads or changes what a policy answers to a submission.
"""
