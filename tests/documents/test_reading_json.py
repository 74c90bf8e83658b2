"""The contract `reading/1`: keys, types, blanks, and reading back."""

from __future__ import annotations

import json

from kaoji.core.speech import kept
from kaoji.documents.reader import read_document
from kaoji.documents.reading import Reading
from kaoji.documents.reading_json import reading_as_data, reading_from_data

FORM_KEYS = {
    "kind", "layout", "year", "project_name", "project_category", "project_nature",
    "department", "implementing_unit", "start_date", "end_date", "funds", "goal_period_start",
    "goal_period_end", "overall_goal", "annual_goal", "indicators", "doubts", "repairs", "extra",
}  # fmt: skip
INDICATOR_KEYS = {
    "level1", "level2", "level3", "target_raw", "op", "value", "value_high", "unit", "kind",
    "weight", "doubts", "origin",
}  # fmt: skip


def test_the_first_form_is_the_one_in_the_contract(songjiang: Reading):
    data = reading_as_data(songjiang)

    assert data["kaoji"] == "reading/1"
    assert data["source"]["media_type"] == "text/plain"
    form = data["forms"][0]
    assert form.keys() >= FORM_KEYS
    assert form["funds"] == {
        "total": "150000.00", "fiscal": None, "other": "150000.00", "annual_total": "150000.00",
        "annual_fiscal": None, "annual_carryover": None, "annual_other": "150000.00",
    }  # fmt: skip
    first = form["indicators"][0]
    assert first.keys() >= INDICATOR_KEYS
    assert {key: first[key] for key in ("op", "value", "value_high", "unit", "kind")} == {
        "op": "=", "value": "5", "value_high": None, "unit": "个", "kind": "quantitative",
    }  # fmt: skip
    assert first["origin"]["line"] == 18


def test_kinds_operators_and_blanks_are_those_of_the_contract(songjiang: Reading):
    for form in reading_as_data(songjiang)["forms"]:
        for row in form["indicators"]:
            assert row["kind"] in {"quantitative", "qualitative"}
            assert row["op"] in {">=", "<=", "=", ">", "<", "range", None}
            assert row["value"] is None or isinstance(row["value"], str)


def test_a_doubt_stands_at_the_form_and_at_its_row(songjiang: Reading):
    form = reading_as_data(songjiang)["forms"][1]

    fields = [doubt["field"] for doubt in form["doubts"]]
    assert "indicators[5].level2" in fields
    assert form["indicators"][5]["doubts"][0]["origin"]["line"] == 44
    assert form["indicators"][0]["doubts"] == []


def test_json_is_read_back_to_the_same_forms(songjiang: Reading):
    text = json.dumps(reading_as_data(songjiang), ensure_ascii=False)

    again = read_document(text.encode(), name="x.json")

    assert [item.form for item in again.forms] == [item.form for item in songjiang.forms]
    assert reading_as_data(again)["forms"] == reading_as_data(songjiang)["forms"]
    assert again.source.media_type == "application/json"


def test_the_stored_form_keeps_sentences_apart_from_their_values(songjiang: Reading):
    stored = json.loads(json.dumps(reading_as_data(songjiang, kept)))

    assert reading_from_data(stored) == songjiang
