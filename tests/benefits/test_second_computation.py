"""Python and SQL, written from the notice apart, agree to the fen on random people with borders."""

from __future__ import annotations

import sqlite3
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from kaoji.benefits.facts import Dossier, Fact
from kaoji.benefits.months import Month, first_day, month
from kaoji.benefits.programmes.catalogue import programmes
from kaoji.benefits.run import Run, differences

FIRST, LAST = month(2023, 1), month(2024, 3)
TODAY = date(2024, 3, 31)

# From 沪府发〔2016〕24号, in SQL: months are year × 12 + month − 1; 0 is “never”.
OLD_AGE = """
SELECT m, CASE WHEN (m - birth) / 12 >= 100 THEN 60000 WHEN (m - birth) / 12 >= 90 THEN 35000
               WHEN (m - birth) / 12 >= 80 THEN 18000 WHEN (m - birth) / 12 >= 70 THEN 15000
               ELSE 7500 END
FROM month CROSS JOIN person
WHERE m - birth >= 65 * 12 AND (ended = 0 OR m <= ended) ORDER BY m"""
NURSING = """
SELECT m, CASE grade WHEN 1 THEN 30000 ELSE 15000 END FROM month CROSS JOIN person
WHERE (grade <= 2 OR (grade = 3 AND kind IN ('intellectual', 'mental')))
  AND (ended = 0 OR m <= ended) ORDER BY m"""
LIVING = """
SELECT m, CASE status WHEN 'near_dibao' THEN 29000 ELSE 41000 END FROM month CROSS JOIN person
WHERE status IN ('dibao', 'near_dibao', 'severe_unemployed')
  AND (ended = 0 OR m <= ended) ORDER BY m"""

borders = st.sampled_from(
    [date(1944, 2, 29), date(1960, 2, 29), date(1924, 2, 29), date(1958, 12, 31), date(1959, 1, 1),
     date(1924, 1, 1), date(1923, 12, 31), date(1953, 7, 1), date(1953, 6, 30)]
)  # fmt: skip
births = borders | st.dates(date(1915, 1, 1), date(1962, 1, 1))
ends = st.none() | st.dates(date(2022, 12, 1), date(2024, 3, 1)) | st.just(date(2024, 2, 29))
KINDS = ["sight", "hearing", "speech", "physical", "intellectual", "mental", "multiple"]
STATUS = ["dibao", "near_dibao", "severe_unemployed", "ordinary"]


@settings(max_examples=80)
@given(
    births, ends, st.sampled_from(["death", "left_city"]), st.integers(1, 4),
    st.sampled_from(KINDS), st.sampled_from(STATUS),
)  # fmt: skip
def test_i9_both_ways_agree(birth, end, way, grade, kind, status):
    always = date(2000, 1, 1)
    facts = [
        Fact(1, "birth", birth, birth),
        Fact(2, "grant", "given", first_day(FIRST)),
        Fact(3, "disability_grade", grade, always),
        Fact(4, "disability_kind", kind, always),
        Fact(5, "household_status", status, always),
    ]
    if end is not None:
        facts.append(Fact(6, way, end, end))
    dossier, database = Dossier("甲", tuple(facts)), sqlite3.connect(":memory:")
    database.execute(
        "CREATE TABLE person(birth INT, ended INT, grade INT, kind TEXT, status TEXT)"
    )
    database.execute("CREATE TABLE month(m INT)")
    index = birth.year * 12 + birth.month - 1
    # Who left and was granted afterwards came back: the departure ends nothing. A death does.
    over = end is not None and (way == "death" or end >= first_day(FIRST))
    ended = end.year * 12 + end.month - 1 if end and over else 0
    database.execute(
        "INSERT INTO person VALUES (?,?,?,?,?)", (index, ended, grade, kind, status)
    )
    database.executemany("INSERT INTO month VALUES (?)", [(m,) for m in range(FIRST, LAST + 1)])

    for name, statement in [
        ("old_age_allowance", OLD_AGE),
        ("disability_nursing", NURSING),
        ("disability_living", LIVING),
    ]:
        found = differences(programmes()[name], dossier, {}, Run(Month(LAST), TODAY)).items
        assert [(i.month, i.fen) for i in found if i.month >= FIRST] == database.execute(
            statement
        ).fetchall(), name
    database.close()
