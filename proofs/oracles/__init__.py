"""Second ways to count, which share no code with the library."""
