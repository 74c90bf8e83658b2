"""What fields are called on the form."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kaoji.core.paths import FieldPath

_CAPTIONS = {
    "project_name": gettext_noop("项目名称"),
    "project_category": gettext_noop("项目类别"),
    "project_nature": gettext_noop("项目性质"),
    "department": gettext_noop("主管部门"),
    "implementing_unit": gettext_noop("实施单位"),
    "year": gettext_noop("年度"),
    "start_date": gettext_noop("计划开始日期"),
    "end_date": gettext_noop("计划完成日期"),
    "funds.total": gettext_noop("项目资金总额"),
    "funds.fiscal": gettext_noop("财政资金"),
    "funds.other": gettext_noop("其他资金"),
    "funds.annual_total": gettext_noop("年度资金申请总额"),
    "funds.annual_fiscal": gettext_noop("当年财政拨款"),
    "funds.annual_carryover": gettext_noop("上年结转资金"),
    "funds.annual_other": gettext_noop("年度其他资金"),
    "goal_period": gettext_noop("目标年限"),
    "overall_goal": gettext_noop("总目标"),
    "annual_goal": gettext_noop("年度总目标"),
    "form": gettext_noop("整份表"),
    "indicators": gettext_noop("绩效指标"),
    "level1": gettext_noop("一级指标"),
    "level2": gettext_noop("二级指标"),
    "level3": gettext_noop("三级指标"),
    "target_raw": gettext_noop("指标目标值"),
    "weight": gettext_noop("分值"),
    "actual_raw": gettext_noop("实际完成值"),
    "forecast_raw": gettext_noop("预计完成值"),
    "score": gettext_noop("得分"),
    "reason": gettext_noop("偏差原因和改进措施"),
    "likelihood": gettext_noop("完成可能性"),
    "goal_done": gettext_noop("目标实际完成情况"),
    "total_score": gettext_noop("总分"),
    "as_of": gettext_noop("截止月份"),
    "budget.total": gettext_noop("年度资金总额"),
    "budget.fiscal": gettext_noop("当年财政拨款"),
    "budget.carryover": gettext_noop("上年结转资金"),
    "budget.other": gettext_noop("其他资金"),
    "initial": gettext_noop("年初预算数"),
    "adjusted": gettext_noop("全年预算数"),
    "executed": gettext_noop("全年执行数"),
    "forecast": gettext_noop("预计执行数"),
    "rate": gettext_noop("执行率"),
    "points": gettext_noop("分值"),
}


def caption_of(path: str) -> str:
    """`indicators[3].level2` → 第 4 行 二级指标; an unknown path stands for itself."""
    if path in _CAPTIONS:
        return _(_CAPTIONS[path])
    line, _dot, part = path.rpartition(".")
    if line in _CAPTIONS and part in _CAPTIONS:
        return f"{_(_CAPTIONS[line])} {_(_CAPTIONS[part])}"
    try:
        field = FieldPath.parse(path)
    except ValueError:
        return path
    if field.row is None or field.name not in _CAPTIONS:
        return path
    row = _("第 {number} 行").format(number=field.row + 1)
    return f"{row} {_(_CAPTIONS[field.name])}"
