"""Functions of an instant as arrays, and the one look-up that answers a column from them.

Nothing here knows a policy, a frame or a file: integers in, integers out.
"""
