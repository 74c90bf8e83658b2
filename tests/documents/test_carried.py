"""Texts from mails, messengers and Markdown: quotes, pictures, struck-out text and numbers of an outline."""

from __future__ import annotations

import pytest

from kaoji.documents.read.carried import uncarried
from kaoji.documents.reader import read_document
from kaoji.documents.reading import Reading

TABLE = """项目支出绩效目标表（2024年度）
项目名称 | 农村公路养护 | 主管部门 | 甲县交通运输局
年度资金总额（万元） | 120
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 养护里程 | ≥120公里
产出指标 | 质量指标 | 验收合格率 | >95%
满意度指标 | 服务对象满意度指标 | 群众满意度 | >90%
"""
ROWS = [("养护里程", "≥120公里"), ("验收合格率", ">95%"), ("群众满意度", ">90%")]


def read(text: str) -> Reading:
    return read_document(text.encode(), name="a.txt")


def rows_of(reading: Reading) -> list[tuple[str | None, str]]:
    [form] = reading.forms
    return [(row.level3, row.target.text) for row in form.form.indicators]


def told(reading: Reading) -> list[str]:
    return [problem.reason.template for problem in reading.problems]


def test_a_quoted_table_is_the_table():
    quoted = read("".join(f"> {line}\n" for line in TABLE.splitlines()))

    assert rows_of(quoted) == ROWS
    assert quoted.forms[0].form == read(TABLE).forms[0].form
    assert told(quoted) == ["各行开头的引用符号“>”没有读取"]


def test_a_quoted_line_is_no_comparison():
    quoted = read("".join(f"> {cell}\n" for cell in TABLE.replace(" | ", "\n").replace(">9", "9").splitlines()))  # fmt: skip

    assert rows_of(quoted) == [("养护里程", "≥120公里"), ("验收合格率", "95%"), ("群众满意度", "90%")]  # fmt: skip


def test_signs_before_a_few_lines_compare():
    text = "验收合格率\n>95%\n群众满意度\n>90%\n好评率\n>80%\n"

    assert uncarried(text) == (text, ())


def test_pictures_before_the_lines_of_a_message_are_left_out_and_told():
    message = read(
        "📋 项目支出绩效目标表（2024年度）\n✅项目名称：农村公路养护\n✅主管部门：甲县交通运输局\n💰年度资金总额：120万元\n"
        "👇产出指标\n🔹数量指标：养护里程≥120公里\n1️⃣质量指标：验收合格率≥95%\n👇满意度指标\n🔹服务对象满意度指标：群众满意度≥90%\n"
    )

    assert message.forms[0].form.project_name == "农村公路养护"
    assert rows_of(message) == [("养护里程", "≥120公里"), ("验收合格率", "≥95%"), ("群众满意度", "≥90%")]  # fmt: skip
    assert "行首的表情符号没有读取" in told(message)


@pytest.mark.parametrize("text", ["☑新增 □延续", "■是 □否", "√", "★救助人数", "1 个", "8公里"])
def test_boxes_ticks_and_numbers_before_a_line_stay(text):
    assert uncarried(text)[0] == text


def test_what_is_struck_out_is_not_read():
    changed = TABLE.replace("产出指标 | 质量", "~~产出指标 | 时效指标 | 完成及时率 | 100%~~\n产出指标 | 质量").replace(">90%", "~~≥80%~~>90%")  # fmt: skip

    assert rows_of(read(changed)) == ROWS
    assert told(read(changed)) == ["划掉的文字没有读取：{texts}"]
    assert uncarried("培训5~~10人，走访3~~8户")[0] == "培训5~~10人，走访3~~8户"


def test_the_numbers_of_an_outline_are_no_values():
    outline = read(
        "项目支出绩效目标表（2024年度）\n项目名称：农村公路养护\n主管部门：甲县交通运输局\n1 产出指标\n1.1 数量指标\n1.1.1 养护里程 ≥120公里\n"
        "1.1.2 养护桥梁 15座\n1.2 质量指标\n1.2.1 验收合格率 ≥95%\n2 满意度指标\n2.1 服务对象满意度指标\n2.1.1 群众满意度 ≥90%\n"
    )

    assert rows_of(outline) == [("养护里程", "≥120公里"), ("养护桥梁", "15座"), ("验收合格率", "≥95%"), ("群众满意度", "≥90%")]  # fmt: skip


def test_a_decimal_on_its_own_line_is_a_value_in_an_outline_too():
    text = "1.1.1 甲\n1.1.2 乙\n1.1.3 丙\n1.5 公里\n8 座\n"

    assert uncarried(text)[0].splitlines()[3:] == ["1.5 公里", "8 座"]
