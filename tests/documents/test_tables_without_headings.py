"""Many tables of one document, none with a heading: what the first was read by suits the others, or it does not."""

from __future__ import annotations

import pytest

from kaoji.documents.reader import read_document
from kaoji.documents.recognise import headless

PLAIN = """项目支出绩效目标表
项目名称 第{n}号水渠修复
主管部门 江岸市水利局
年度目标 修复水渠，保障灌溉。
产出指标 数量指标 修复水渠长度 ≥{n}2公里
质量指标 工程验收合格率 ≥95%
时效指标 完工及时率 ≥100%
效益指标 社会效益指标 受益农户数量 ≥40户
满意度指标 服务对象满意度指标 受益农户满意度 ≥95%
"""
SCORED = """项目支出绩效自评表
项目名称 第{n}号泵站改造
主管部门 江岸市水利局
年度目标 改造泵站，保障灌溉。
产出指标 数量指标 改造泵站数量 ≥{n}座 {n}座 20 20
质量指标 工程验收合格率 ≥95% 98% 10 10
时效指标 完工及时率 ≥100% 100% 10 10
效益指标 社会效益指标 受益农户数量 ≥40户 45户 20 20
满意度指标 服务对象满意度指标 受益农户满意度 ≥95% 97% 10 10
"""


@pytest.fixture
def searches(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many pieces each search for columns looked at."""
    found: list[int] = []
    search = headless._columns

    def heard(tried):
        found.append(len(tried))
        return search(tried)

    monkeypatch.setattr(headless, "_columns", heard)
    return found


@pytest.mark.parametrize("separator", [" ", "\t", " | "])
def test_tables_alike_are_searched_once(separator: str, searches: list[int]):
    text = "\n".join(PLAIN.format(n=n) for n in range(1, 9)).replace(" ", separator)

    forms = read_document(text.encode(), name="a.txt").forms

    assert [len(form.form.indicators) for form in forms] == [5] * 8
    assert len(searches) == 1


def test_a_table_unlike_the_one_above_has_its_own_columns(searches: list[int]):
    text = PLAIN.format(n=1) + "\n" + SCORED.format(n=2) + "\n" + PLAIN.format(n=3)

    first, second, third = read_document(text.encode(), name="a.txt").forms

    assert len(searches) == 3
    assert first.form.indicators[0].target.text == "≥12公里"
    assert [row.target.text for row in second.form.indicators] == [
        "≥2座",
        "≥95%",
        "≥100%",
        "≥40户",
        "≥95%",
    ]
    assert third.form.indicators[0].target.text == "≥32公里"
