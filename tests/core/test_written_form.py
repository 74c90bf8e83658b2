"""A form as it is kept: written once, read for good, the same hash under every parser."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given

from core.strategies import declarations
from kaoji.core import notation
from kaoji.core.declaration import Declaration
from kaoji.core.target import Kind, Target
from kaoji.core.written_form import UnknownSchema, as_written, canonical, form_of

# Kept on 2026-11-28 as form/1, typed by hand; later versions must read it and hash it the same.
KEPT = Path(__file__).parent / "kept-form-1.json"
SHA256 = "f5561806cea0fa5c998b636f9c4167d411201936858a7f397e92b638c096868c"
FORM = """项目: 农村公路养护
版式: shanghai-2023
年度: 2023
实施单位: 区公路署
开始: 2023-01-01
年度资金: 15 万元
当年财政拨款: 150,000 元
目标期: 2023年-2023年
年度目标: 养护公路 35 公里。
产出指标 / 数量指标 / 养护里程 (20分): ≥35公里
产出指标 / 质量指标 / 验收合格率: 较高
满意度指标 / 服务对象满意度指标 / 村民满意度:
"""


def test_a_form_kept_today_is_read_and_hashed_the_same_for_good():
    content = KEPT.read_bytes().rstrip(b"\n")

    form = form_of(json.loads(content))

    assert form == notation.parse(FORM)
    assert canonical(form) == content
    assert hashlib.sha256(content).hexdigest() == SHA256


def test_a_better_parser_changes_no_hash(monkeypatch):
    before = canonical(notation.parse(FORM))

    other = classmethod(lambda cls, text: Target(text or "", Kind.QUALITATIVE))
    monkeypatch.setattr(Target, "parse", other)
    form = form_of(json.loads(before))

    assert form.indicators[0].target.value is None
    assert canonical(form) == before


@given(declarations)
def test_every_form_comes_back_as_it_was(form: Declaration):
    assert form_of(json.loads(canonical(form))) == form


def test_what_is_blank_is_left_out():
    assert as_written(Declaration(project_name="养护")) == {
        "schema": "form/1",
        "project_name": "养护",
    }


@pytest.mark.parametrize("schema", ["form/2", None, 1])
def test_a_form_of_another_schema_is_refused_in_words(schema):
    with pytest.raises(UnknownSchema, match="请升级 kaoji"):
        form_of({"schema": schema, "project_name": "养护"})
