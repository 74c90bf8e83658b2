"""What we write keeps to the schemas that we publish, and the schemas would notice a breach."""

from __future__ import annotations

import copy
import json
from decimal import Decimal
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

import kaoji
from kaoji.documents.contracts import schemas
from kaoji.samples import SONGJIANG_2023

jsonschema = pytest.importorskip("jsonschema")

EVALUATION = """\
项目: 甲
年度: 2022
全年预算: 100 元
全年执行: 90 元
执行分值: 10
产出指标 / 数量指标 / 场次 (90分): ≥2场 → 1场 (60分)
"""
FILES = Path(__file__).parent / "files"


def closed(schema: Any) -> Any:
    """The schema as strict as it can be read: nothing is said that does not stand in it.

    What is published stays open, for later versions; what this one says must all be told there.
    """
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    inside = {name: closed(part) for name, part in schema.items()}
    names_its_parts = schema.get("type") == "object" and "properties" in schema
    return {"additionalProperties": False, **inside} if names_its_parts else inside


def faults(told: dict[str, Any]) -> list[str]:
    validator = jsonschema.Draft202012Validator(closed(schemas()[told["kaoji"]]))
    return [
        f"{list(fault.path)}: {fault.message[:120]}" for fault in validator.iter_errors(told)
    ]


def written(told: dict[str, Any]) -> dict[str, Any]:
    """As it is in a file."""
    again: dict[str, Any] = json.loads(json.dumps(told))
    return again


@pytest.mark.parametrize("name", ["reading/1", "check/1", "score/1"])
def test_a_schema_is_one_and_comes_along_in_the_package(name: str):
    jsonschema.Draft202012Validator.check_schema(schemas()[name])

    file = resources.files("kaoji").joinpath(f"documents/schemas/{name.replace('/', '-')}.json")
    assert json.loads(file.read_text("utf-8")) == schemas()[name]


def test_the_sample_keeps_to_the_contracts():
    reading = kaoji.read(SONGJIANG_2023)

    assert faults(written(reading.to_dict())) == []
    assert faults(written(kaoji.check(reading).to_dict())) == []


def test_a_self_evaluation_keeps_to_the_contracts():
    assert faults(written(kaoji.read(EVALUATION.encode()).to_dict())) == []
    assert faults(written(kaoji.score(EVALUATION.encode()).to_dict())) == []


def test_a_total_that_a_region_caps_keeps_to_the_contract():
    """Two fifths of the money were spent: the region counts no more than 59 points."""
    little_spent = EVALUATION.replace("全年执行: 90", "全年执行: 40").replace("→ 1场", "→ 2场")

    told = kaoji.score(little_spent.encode(), year=2023, region="province-caps").to_dict()

    form = told["forms"][0]
    cap = {name: form["cap"][name] for name in ("share", "below", "most")}
    assert cap == {"share": "40.00", "below": "50", "most": "59"}
    assert Decimal(form["total"]) == 59
    assert faults(written(told)) == []


def test_what_no_contract_names_is_noticed():
    told = kaoji.score(EVALUATION.encode()).to_dict()
    told["forms"][0]["policy"]["author"] = "财政局"

    [fault] = faults(told)
    assert "author" in fault


KINDS = sorted(path for path in (FILES / "kinds").iterdir() if path.suffix in {".txt", ".html"})


@pytest.mark.parametrize("path", KINDS, ids=lambda path: path.stem)
def test_documents_of_every_kind_keep_to_the_contract(path: Path):
    assert faults(written(kaoji.read(path).to_dict())) == []


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda form: form["funds"].update(annual_total=150000), "annual_total"),
        (lambda form: form.pop("project_name"), "forms"),
        (lambda form: form["indicators"][0].update(op="≥"), "op"),
        (lambda form: form["indicators"][0].update(kind=None), "kind"),
        (lambda form: form.update(start_date="1 January"), "start_date"),
    ],
)
def test_a_breach_is_noticed(change: Any, place: str):
    told = copy.deepcopy(kaoji.read(SONGJIANG_2023).to_dict())
    change(told["forms"][0])

    [fault] = faults(told)
    assert place in fault
