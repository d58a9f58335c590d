"""Why an answer is what it is: steps, reasons, and the sentences that tell them in a language.

Nothing here decides an answer.
"""
