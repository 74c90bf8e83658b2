"""Damaged copies of the sample: what is read wrong is doubted, what is not read is reported."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from documents.damage import KINDS, Damage, cut_off, damaged_copy
from documents.expected import expected_forms
from kaoji.core.declaration import Declaration
from kaoji.core.declaration_json import as_data
from kaoji.documents.reader import read_document
from kaoji.documents.reading import FormReading, Reading

SEEDS = range(12)
EXPECTED = {form.project_name: form for form in expected_forms()}


def test_there_are_at_least_two_hundred_of_them():
    assert len(KINDS) * len(SEEDS) >= 200


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_no_error_is_silent(kind: Damage, seed: int):
    reading = read_document(damaged_copy(kind, seed), name="damaged.txt")

    if kind is cut_off:
        assert list(silent_errors(_without_admitted_end(reading), whole=False)) == []
    else:
        assert list(silent_errors(reading, whole=True)) == []


def _without_admitted_end(reading: Reading) -> Reading:
    """A file cut off says of its last form that the table is missing or incomplete.

    Within the rows of the very last class nobody can tell a cut from an end.
    """
    last = reading.forms[-1]
    reached = any(row.level1 == "满意度指标" for row in last.form.indicators)
    assert reached or any(doubt.field == "indicators" for doubt in last.doubts)
    return replace(reading, forms=reading.forms[:-1])


def silent_errors(reading: Reading, *, whole: bool) -> Iterator[str]:
    """Everything that differs from the document and that the reading does not admit."""
    read = {item.form.project_name: item for item in reading.forms}
    for name, expected in EXPECTED.items():
        if name in read:
            yield from _silent_in_form(expected, read[name], _problem_lines(reading, name))
        elif whole:
            yield f"{name} is missing"


def _problem_lines(reading: Reading, name: str) -> bool:
    """Does a problem lie within the lines of this form?"""
    names = [item.form.project_name for item in reading.forms]
    here = names.index(name)
    first = _first_line(reading.forms[here])
    after = _first_line(reading.forms[here + 1]) if here + 1 < len(names) else 10**9
    lines = [problem.origin.line or 0 for problem in reading.problems]
    return any(first - 3 <= line < after for line in lines)


def _first_line(item: FormReading) -> int:
    return min(place.line or 0 for place in item.places.values())


def _silent_in_form(expected: Declaration, item: FormReading, problems: bool) -> Iterator[str]:
    doubted = {doubt.field for doubt in item.doubts}
    want, have = as_data(expected), as_data(item.form)
    for field in (
        "year",
        "department",
        "implementing_unit",
        "project_category",
        "start_date",
        "end_date",
        "overall_goal",
        "annual_goal",
    ):
        if want[field] != have[field] and not (
            field in doubted or _goal_doubted(field, doubted)
        ):
            yield f"{expected.project_name}: {field} {want[field]!r} read as {have[field]!r}"
    for field, amount in want["funds"].items():
        if amount != have["funds"][field] and f"funds.{field}" not in doubted:
            yield f"{expected.project_name}: funds.{field} {amount} read as {have['funds'][field]}"
    yield from _silent_in_rows(expected, item, problems)


def _goal_doubted(field: str, doubted: set[str]) -> bool:
    """A doubt about either goal is a doubt about which text belongs to which."""
    return field.endswith("_goal") and bool(doubted & {"overall_goal", "annual_goal"})


def _silent_in_rows(expected: Declaration, item: FormReading, problems: bool) -> Iterator[str]:
    fields = {doubt.field for doubt in item.doubts}
    about_rows = any(field.endswith((".level3", ".target_raw")) for field in fields)
    admitted = problems or about_rows or "indicators" in fields
    have = {(row.level3, row.target.text): row for row in item.form.indicators}
    for row in expected.indicators:
        found = have.get((row.level3, row.target.text))
        if found is None and not admitted:
            yield f"{expected.project_name}: {row.name} is missing"
        elif found and (found.level1, found.level2) != (row.level1, row.level2):
            if item.doubts_about(found.position):
                continue
            yield f"{expected.project_name}: {row.name} {row.level2} read as {found.level2}"
    known = {(row.level3, row.target.text) for row in expected.indicators}
    for row in item.form.indicators:
        if (row.level3, row.target.text) not in known and not (
            admitted or item.doubts_about(row.position)
        ):
            yield f"{expected.project_name}: {row.name} was invented"
