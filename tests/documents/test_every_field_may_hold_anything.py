"""What reading accepts, checking, printing and storing accept: every field of the contract, mutated."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from kaoji.core.speech import kept
from kaoji.core.written_form import canonical
from kaoji.documents.checking import check_reading
from kaoji.documents.read.refusals import UnreadableDocument
from kaoji.documents.reader import read_document
from kaoji.documents.reading import Reading
from kaoji.documents.reading_json import reading_as_data, reading_from_data
from kaoji.documents.render.docx import render_docx
from kaoji.documents.render.html import render_html
from kaoji.documents.render.sheet import UnableToWrite
from kaoji.documents.render.xlsx import render_xlsx
from kaoji.rules.patience import MOST_SECONDS

Path = tuple[str | int, ...]

SELF_EVALUATION = """项目: 农村道路养护
年度: 2023
实施单位: 某局
年初预算: 250,000.00 元
全年预算: 250,000.00 元
全年执行: 215,457.60 元
执行分值: 10
执行得分: 8.62
产出指标 / 数量指标 / 养护里程 (20分): ≥ 35 公里 → 36 公里 (20分)
总分: 98.62
"""
VALUES: tuple[Any, ...] = (
    None, "", " ", "甲", "甲" * 60_000, "9" * 12_000, "一" * 12_000, "2203", 2203, 20233, 0, -1, 10**30,
    "2203-01-01", "0001-01-01", "9999-12-31", "2023-02-30", "1e999999", "NaN", "-0", "Infinity",
    "1_000", "１２３", "0.000000001", "99999999999999999999.99", "12,34", "\x00", "a\x00b", "\ud800",
    "\ufffe", "<p>", "{x}", "{0.__class__}", "%s", "=1+1", "\r\n", "\t", "=" * 5_000, [], {}, True, 1.5,
)  # fmt: skip


def contents() -> Iterator[bytes]:
    """A declaration with everything, a self-evaluation and a monitoring report."""
    from kaoji.samples import SONGJIANG_2023

    whole = read_document(SONGJIANG_2023.read_bytes(), name="sample")
    some = Reading(whole.source, whole.forms[1:2])
    yield json.dumps(reading_as_data(some), ensure_ascii=False).encode()
    for text in (SELF_EVALUATION, SELF_EVALUATION.replace("总分: 98.62", "截至: 2023-07")):
        yield json.dumps(
            reading_as_data(read_document(text.encode(), name="x")), ensure_ascii=False
        ).encode()


def leaves(data: Any, path: Path = ()) -> Iterator[Path]:
    """Every field once: of a list the first two entries stand for all."""
    if isinstance(data, dict):
        for name, value in data.items():
            yield from leaves(value, (*path, name))
    elif isinstance(data, list):
        for place, value in enumerate(data[:2]):
            yield from leaves(value, (*path, place))
    if path:
        yield path


def mutated(data: Any, path: Path, value: Any) -> bytes:
    changed = copy.deepcopy(data)
    place = changed
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return json.dumps(changed, ensure_ascii=True).encode()


def accepted(step: int) -> Iterator[tuple[Path, Any, Reading]]:
    """Mutated readings that are not refused in words: each field with every *step*th value, in turn."""
    for content in contents():
        data = json.loads(content)
        for turn, path in enumerate(leaves(data)):
            for value in VALUES[turn % step :: step]:
                with suppress(UnreadableDocument):
                    yield path, value, read_document(mutated(data, path, value), name="x.json")


def test_what_is_read_is_kept_and_read_again_as_it_was():
    count = 0
    for path, value, reading in accepted(2):
        data = reading_as_data(reading, kept)
        json.dumps(data, ensure_ascii=False).encode()
        again = reading_from_data(json.loads(json.dumps(data)))
        assert [item.form for item in again.forms] == [item.form for item in reading.forms], (
            path, value,
        )  # fmt: skip
        for item in reading.forms:
            canonical(item.form)
        count += 1
    assert count > 400


@pytest.mark.parametrize("write", [render_docx, render_xlsx, render_html])
def test_what_is_read_can_be_printed_or_is_refused_in_words(write):
    for path, value, reading in accepted(17):
        if len(str(value)) > 1_000 and "target_raw" not in path:
            continue  # long texts are tried where they stand in narrow columns
        with suppress(UnableToWrite):
            write(list(reading.forms))


def test_what_is_read_is_checked_by_every_rule():
    for path, value, reading in accepted(5):
        for item in reading.forms:
            report = check_reading(item)
            failed = [f for f in report.findings if "出错" in f.message.template]
            assert not failed, (path, value, failed)
            late = [f for f in report.findings if "用时超过" in f.message.template]
            assert not late, (path, str(value)[:20], MOST_SECONDS)
