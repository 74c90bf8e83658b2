"""Documents in and out, an hourglass: bytes → Manuscript → form → bytes.

`read/` knows formats and not forms, `recognise/` knows forms and not formats; the Manuscript
between them remembers where every cell came from.
"""
