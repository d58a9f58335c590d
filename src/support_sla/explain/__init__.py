"""Why an answer is what it is: steps, reasons, and the sentences that say them in a language.

Nothing here decides an answer.
"""
