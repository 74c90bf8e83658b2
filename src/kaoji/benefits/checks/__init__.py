"""The checks (清查) of a run, one a file: each says what may be wrong, why it matters, and whether it waits.

Who waits must not be the poor. *Hold* is allowed only for a death, another person, a double
payment, no account, a move out of the city and an amount that a second reckoning does not confirm;
everything else, and above all the office's own duties, only *warns*.
"""
