"""Benefits without a site: the law as data, what is known of people, and what a run owes.

    law (dated) + facts (as known) → what each month should be
    − what was granted             → items: due, arrears, reductions

Pure values and functions: no framework, no database, no file format, no clock. Money is
whole fen (分) everywhere; a month is a number, so that months can be counted.
"""
