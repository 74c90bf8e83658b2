"""指标名称 that holds 数量指标, beside a 指标描述 that tells what is measured: the rows decide what the columns are."""

from __future__ import annotations

import pytest

from kaoji.documents.reader import read_document
from kaoji.documents.reading import FormReading

HEAD = "项目支出绩效目标表（2024年度）\n项目名称 | 公园养护\n实施单位 | 园林所\n"
ROWS = [
    ("产出指标", "数量指标", "绿地的养护和维护", "375万平方米"),
    ("产出指标", "质量指标", "达到绿化全覆盖", "100%"),
    ("效益指标", "社会效益指标", "满足市民休憩的需求", "是"),
    ("满意度指标", "服务对象满意度指标", "市民对绿化养护的满意率", "≥95%"),
]


def read(text: str, name: str = "a.txt") -> FormReading:
    [form] = read_document(text.encode(), name=name).forms
    return form


def rows_of(form: FormReading) -> list[tuple[str | None, str | None, str | None, str]]:
    return [
        (row.level1, row.level2, row.level3, row.target.text) for row in form.form.indicators
    ]


def doubted(form: FormReading) -> set[str]:
    return {doubt.field for doubt in form.doubts if doubt.field.startswith("indicators[")}


LABELS_KEPT = "指标类型 | 指标名称 | 指标值 | 指标描述\n" + "".join(
    f"{one} | {two} | {target} | {name}\n" for one, two, name, target in ROWS
)
LABELS_DROPPED = """一级指标 | 指标名称 | 指标值 | 指标描述
产出指标 | 数量指标 | 375万平方米 | 绿地的养护和维护
质量指标 | 100% | 达到绿化全覆盖
效益指标 | 社会效益指标 | 是 | 满足市民休憩的需求
满意度指标 | 服务对象满意度指标 | ≥95% | 市民对绿化养护的满意率
"""
DESCRIBED_FIRST = "指标类型 | 指标名称 | 指标解释 | 目标值\n" + "".join(
    f"{one} | {two} | {name} | {target}\n" for one, two, name, target in ROWS
)


@pytest.mark.parametrize("table", [LABELS_KEPT, LABELS_DROPPED, DESCRIBED_FIRST])
def test_the_description_is_the_name_where_the_name_is_a_class(table):
    form = read(HEAD + table)

    assert rows_of(form) == ROWS
    assert not doubted(form)


def test_in_a_real_table_too():
    body = "".join(
        f"<tr><td>{one}</td><td>{two}</td><td>{target}</td><td>{name}</td></tr>"
        for one, two, name, target in ROWS
    )
    form = read(
        "<table><tr><td colspan=4>项目支出绩效目标表（2024年度）</td></tr><tr><td>项目名称</td><td colspan=3>公园养护</td></tr>"
        f"<tr><td>指标</td><td>指标名称</td><td>目标值</td><td>指标内容</td></tr>{body}</table>",
        "a.html",
    )

    assert rows_of(form) == ROWS
    assert not doubted(form)


def test_a_description_beside_a_real_name_explains_it():
    form = read(
        HEAD
        + """一级指标 | 二级指标 | 指标名称 | 指标值 | 指标描述
产出指标 | 数量指标 | 养护面积 | 375万平方米 | 反映绿地的养护
质量指标 | 成活率 | 100% | 反映绿化的质量
满意度指标 | 服务对象满意度指标 | 市民满意度 | ≥95% | 反映市民的满意程度
"""
    )

    assert [row[2] for row in rows_of(form)] == ["养护面积", "成活率", "市民满意度"]


def test_a_name_under_a_wide_caption_of_classes_stays_one():
    form = read(
        HEAD
        + """一级指标 | 指标名称 | 指标值 | 指标描述
产出指标 | 数量指标 | 养护面积 | 375万平方米 | 反映绿地的养护
产出指标 | 质量指标 | 成活率 | 100% | 反映绿化的质量
满意度指标 | 服务对象满意度指标 | 市民满意度 | ≥95% | 反映市民的满意程度
"""
    )

    assert [row[2] for row in rows_of(form)] == ["养护面积", "成活率", "市民满意度"]


def test_where_some_rows_have_a_name_and_some_only_a_class_everything_is_doubted():
    form = read(
        HEAD
        + """指标类型 | 指标名称 | 指标值 | 指标描述
产出指标 | 数量指标 | 375万平方米 | 绿地的养护和维护
产出指标 | 质量指标 | 苗木成活率 | 100% | 反映绿化的质量
满意度指标 | 服务对象满意度指标 | ≥95% | 市民对绿化养护的满意率
"""
    )

    assert {f"indicators[{n}].level3" for n in range(len(form.form.indicators))} <= doubted(
        form
    )


def test_boxes_below_the_table_are_no_target():
    form = read(HEAD + LABELS_KEPT + "最近年度绩效评价情况 | 优秀□ 良好□ 合格□ 不合格□\n")

    assert rows_of(form) == ROWS


def test_a_row_that_inherits_an_unknown_class_is_doubted_as_the_row_that_prints_it():
    form = read(
        HEAD
        + """一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 绿化指标 | 养护面积 | 375万平方米
 | | 补植面积 | 2万平方米
满意度指标 | 服务对象满意度指标 | 市民满意度 | ≥95%
"""
    )

    assert {"indicators[0].level2", "indicators[1].level2"} <= doubted(form)
