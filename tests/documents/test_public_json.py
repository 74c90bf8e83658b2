"""A reading in JSON from somebody else is believed in nothing that cannot be checked."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from kaoji.core.canonical import digest
from kaoji.documents.read.refusals import UnreadableDocument
from kaoji.documents.reader import read_document
from kaoji.documents.reading import Reading
from kaoji.documents.reading_json import reading_as_data


def with_change(reading: Reading, path: list[str | int], value: Any) -> bytes:
    data = copy.deepcopy(reading_as_data(reading))
    place: Any = data
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return json.dumps(data, ensure_ascii=False).encode()


DOUBT = ["forms", 1, "doubts", 0]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ([*DOUBT, "reason"], {"say": "{x.__class__}", "with": {"x": "y"}}),
        ([*DOUBT, "field"], "<script>"),
        ([*DOUBT, "field"], "indicators[99].level2"),
        ([*DOUBT, "origin"], {"line": "44"}),
        (["forms", 0, "layout"], "zz"),
        (["forms", 0, "year"], "abc"),
        (["forms", 0, "year"], 20233),
        (["forms", 0, "funds", "total"], "1e999999"),
        (["forms", 0, "funds", "total"], 5),
        (["forms", 0, "project_name"], ["甲"]),
        (["forms", 0, "start_date"], "2023-02-30"),
        (["forms", 0, "indicators", 0, "target_raw"], 5),
        (["forms", 0, "indicators", 0, "weight"], "much"),
        (["problems"], [{"reason": 5}]),
    ],
)
def test_what_does_not_fit_is_refused(songjiang: Reading, path: list[str | int], value: Any):
    with pytest.raises(UnreadableDocument, match="JSON"):
        read_document(with_change(songjiang, path, value), name="x.json")


def test_braces_in_a_sentence_stay_braces(songjiang: Reading):
    content = with_change(songjiang, [*DOUBT, "reason"], "{x.__class__} 与 {0:>99}")

    reading = read_document(content, name="x.json")

    assert str(reading.forms[1].doubts[0].reason) == "{x.__class__} 与 {0:>99}"


def test_the_source_is_the_file_itself(songjiang: Reading):
    content = with_change(songjiang, ["source", "sha256"], "f" * 64)

    source = read_document(content, name="x.json").source

    assert source.sha256 == digest(content)
    assert source.name == "x.json"
