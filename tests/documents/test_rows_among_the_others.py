"""A row is doubted for how it stands among the others of its table; the end of a name below its row is read."""

from __future__ import annotations

from kaoji.documents.reader import read_document
from kaoji.documents.reading import FormReading

HEAD = "项目支出绩效目标表\n(2023年度)\n项目名称 河道清淤\n主管部门 水务局 实施单位 河道所\n"
HEADING = "一级指标 二级指标 三级指标 指标值\n"


def read(text: str) -> FormReading:
    [form] = read_document(text.encode(), name="copy.txt").forms
    return form


def cell_by_cell(text: str) -> str:
    """Each cell on a line of its own, as copying a table often leaves it."""
    return "\n".join(text.split()) + "\n"


def rows(form: FormReading) -> list[tuple[str | None, str | None]]:
    return [(row.level3, row.target.text or None) for row in form.form.indicators]


def doubted(form: FormReading, place: int) -> set[str]:
    start = f"indicators[{place}]."
    return {
        item.field.removeprefix(start) for item in form.doubts if item.field.startswith(start)
    }


def test_the_end_of_a_name_below_its_row_belongs_to_it_and_is_shown_to_a_person():
    form = read(
        HEAD
        + HEADING
        + "产出指标 数量指标 清淤河道条数 12条\n"
        + "沿线居民点垃圾 ≥90%\n集中清运率\n"
        + "质量指标 清淤验收合格率 100%\n时效指标 清淤完成及时率 ≥95%\n"
        + "满意度指标 服务对象满意度指标 居民满意度 ≥90%\n"
    )

    assert rows(form)[1] == ("沿线居民点垃圾集中清运率", "≥90%")
    assert "level3" in doubted(form, 1)
    assert [name for name, _ in rows(form)].count("集中清运率") == 0


def test_a_line_that_ends_whole_takes_nothing_from_the_line_below():
    form = read(
        HEAD
        + HEADING
        + "产出指标 数量指标 清淤河道条数 12条\n清淤长度 35公里\n清运车辆数 6辆\n清运淤泥量 9吨\n"
        + "质量指标 清淤验收合格率 100%\n"
    )

    assert [name for name, _ in rows(form)][:2] == ["清淤河道条数", "清淤长度"]
    assert not doubted(form, 0)


def test_a_target_put_together_from_two_lines_is_doubted():
    heading = "一级指标 | 二级指标 | 三级指标 | 指标值 | 二级指标 | 三级指标 | 指标值 |\n"
    form = read(
        HEAD
        + heading
        + "产出指标 | 数量指标 | 清淤条数 | ≥12条 | 数量指标 | 清淤条数 | ≥12条 |\n"
        + "时效指标 | 检测及时率 | ≤7工作日 | 时效指标 | 检测及时率 | ≤7工作日 |\n开展质 |\n"
    )

    assert rows(form)[1][0] == "检测及时率"
    assert "target_raw" in doubted(form, 1)


def test_a_long_number_where_the_others_have_signs_and_units_is_doubted():
    form = read(
        HEAD
        + HEADING
        + "产出指标 数量指标 清淤河道条数 ≥12条\n清淤长度 ≥35公里\n清运车辆 ≥6辆\n"
        + "质量指标 验收合格率 ≥98%\n执法办案费 1000000\n满意度指标 服务对象满意度指标 居民满意度 ≥90%\n"
    )
    [place] = [n for n, (name, _) in enumerate(rows(form)) if name == "执法办案费"]

    assert {"level3", "target_raw"} <= doubted(form, place)


def test_the_same_name_again_with_another_target_is_doubted():
    form = read(
        HEAD + HEADING + "产出指标 数量指标 清淤河道条数 ≥12条\n清淤河道条数 0\n"
        "质量指标 验收合格率 ≥98%\n"
    )

    assert "level3" in doubted(form, 1)
    assert "level3" not in doubted(form, 0)


def test_a_name_that_breaks_off_at_a_comma_is_doubted():
    form = read(
        cell_by_cell(
            HEAD + HEADING + "产出指标 数量指标 清淤河道条数 12条 效益指标 生态效益指标"
        )
        + "提高沿岸森林覆盖率,\n促进生物多样性保护\n"
    )
    place = next(n for n, (name, _) in enumerate(rows(form)) if (name or "").startswith("提高"))

    assert "level3" in doubted(form, place)


def test_of_two_groups_copied_cell_by_cell_a_blank_one_leaves_name_and_target_together():
    form = read(
        cell_by_cell(
            "项目支出绩效目标表 (2023年度) 项目名称 文化馆设备 主管部门 文旅局 实施单位 文化馆\n"
            "一级指标 二级指标(长期) 三级指标(长期) 指标值(长期)\n"
            "二级指标(年度) 三级指标(年度) 指标值(年度)\n"
            "产出指标 数量指标 数量指标 首批设备采购数量 12台\n"
            "产出指标 成本指标 成本指标 设备采购成本 参照政府采购价格控制\n"
        )
    )

    assert rows(form)[1] == ("设备采购成本", "参照政府采购价格控制")
    assert form.form.indicators[1].level1 == "产出指标"
    assert form.form.indicators[1].level2 == "成本指标"
    assert "level3" in doubted(form, 1)


def test_parts_of_money_that_are_more_than_their_sum_are_doubted():
    form = read(
        HEAD
        + "资金情况(万元) 年度资金总额 60 其中:财政拨款 60 其他资金 10\n"
        + HEADING
        + "产出指标 数量指标 清淤河道条数 ≥12条\n"
    )

    assert {"funds.annual_total", "funds.annual_other"} <= {item.field for item in form.doubts}


def test_targets_of_half_a_year_stand_beside_those_of_the_year():
    form = read(
        cell_by_cell(HEAD + "一级指标 二级指标 三级指标")
        + "半年(程) 指标值\n全年(程) 指标值\n"
        + cell_by_cell(
            "决策 项目立项 立项程序规范性 基本规范 规范\n产出 数量指标 清淤河道条数 6条 12条"
        )
    )

    assert rows(form) == [("立项程序规范性", "规范"), ("清淤河道条数", "12条")]
    assert (form.form.indicators[0].level1, form.form.indicators[0].level2) == (
        "决策",
        "项目立项",
    )
