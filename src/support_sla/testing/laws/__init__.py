"""Laws for other people's code: give one your function and a policy, and it looks for a counterexample."""
