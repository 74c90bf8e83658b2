"""What the fields of a form are called, for every sentence that points at one.

>>> str(name_of("funds.annual_total"))
'年度资金申请总额'
>>> str(name_of("indicators[3].level2"))
'第 4 项指标的二级指标'
>>> str(name_of("indicators[3]"))
'第 4 项指标'
>>> str(name_of("budget.total.executed"))
'年度资金总额的全年执行数'
"""

from __future__ import annotations

import re

from kaoji.core.declaration import Declaration
from kaoji.core.indicator import Indicator
from kaoji.core.paths import FieldPath
from kaoji.core.speech import Sentence, say

_ROW = re.compile(r"(?P<table>(?:overall_)?indicators)\[(?P<row>\d+)\]")
FIELD_NAMES = {
    "layout": "版式",
    "project_name": "项目名称",
    "project_category": "项目类别",
    "project_nature": "项目性质",
    "department": "主管部门",
    "implementing_unit": "实施单位",
    "year": "年度",
    "start_date": "计划开始日期",
    "end_date": "计划完成日期",
    "funds": "项目资金",
    "funds.total": "项目资金总额",
    "funds.fiscal": "财政资金",
    "funds.other": "其他资金",
    "funds.annual_total": "年度资金申请总额",
    "funds.annual_fiscal": "当年财政拨款",
    "funds.annual_carryover": "上年结转资金",
    "funds.annual_other": "年度其他资金",
    "goal_period": "目标年限",
    "overall_goal": "总目标",
    "annual_goal": "年度总目标",
    "form": "整份表",
    "indicators": "绩效指标",
    "overall_indicators": "总目标指标",
    "level1": "一级指标",
    "level2": "二级指标",
    "level3": "三级指标",
    "target_raw": "指标目标值",
    "weight": "分值",
    # What follows an approval: self-evaluations and monitoring.
    "actual_raw": "实际完成值",
    "forecast_raw": "预计完成值",
    "score": "得分",
    "reason": "偏差原因和改进措施",
    "likelihood": "完成可能性",
    "causes": "偏差原因",
    "remedy": "备注（拟采取的措施）",
    "goal_done": "目标实际完成情况",
    "total_score": "总分",
    "as_of": "截止月份",
    "budget.total": "年度资金总额",
    "budget.fiscal": "当年财政拨款",
    "budget.carryover": "上年结转资金",
    "budget.other": "其他资金",
    "initial": "年初预算数",
    "adjusted": "全年预算数",
    "executed": "全年执行数",
    "forecast": "预计执行数",
    "rate": "执行率",
    "points": "分值",
}


def name_of(path: str, form: Declaration | None = None) -> Sentence:
    """The field as its form calls it; a row by its number, and by its name where *form* is given."""
    if path in FIELD_NAMES:
        return Sentence(FIELD_NAMES[path])
    line, _dot, part = path.rpartition(".")
    if line in FIELD_NAMES and part in FIELD_NAMES:
        return say(
            "{line}的{part}", line=Sentence(FIELD_NAMES[line]), part=Sentence(FIELD_NAMES[part])
        )
    whole_row = _ROW.fullmatch(path)
    if whole_row:
        number = int(whole_row["row"])
        row = _row(form, FieldPath("level3", None, number, whole_row["table"]))
        name = row.level3 if row else None
        if name:
            return say("第 {number} 项“{name}”", number=number + 1, name=name)
        return say("第 {number} 项指标", number=number + 1)
    try:
        field = FieldPath.parse(path)
    except ValueError:
        return say("表内其他内容")
    column = FIELD_NAMES.get(field.name)
    if field.row is None or column is None:
        return say("表内其他内容")
    row = _row(form, field)
    if row is None or not row.level3:
        return say(
            "第 {number} 项指标的{column}", number=field.row + 1, column=Sentence(column)
        )
    return say(
        "第 {number} 项“{name}”的{column}",
        number=field.row + 1,
        name=row.level3,
        column=Sentence(column),
    )


def _row(form: Declaration | None, field: FieldPath) -> Indicator | None:
    rows: tuple[Indicator, ...] = getattr(form, field.table) if form else ()
    return rows[field.row] if field.row is not None and field.row < len(rows) else None
