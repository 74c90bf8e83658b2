"""A department's report as an office writes it: headed sections, sentences with figures, tables; as Word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from kaoji.core.department_report import (
    MONITORING,
    REPORT_NAMES,
    DepartmentReport,
    Deviation,
    ReportedProject,
    rate_of,
)
from kaoji.documents.render.paper import Paper, Section, Table, render_paper
from kaoji.scoring.lights import LIGHT_NAMES, Light
from kaoji.standards.deviations import deviation_words

_WAN = Decimal(10_000)
_STATES = {"missing": "未报送", "filed": "待审核", "accepted": "认可", "returned": "退回"}
_GRADES = ("优", "良", "中", "差")


def title_of(report: DepartmentReport) -> str:
    """The head of the paper."""
    period = report.title if report.kind == MONITORING else ""
    return f"{report.place}{report.year}年{period}项目支出{REPORT_NAMES[report.kind]}"


def sections_of(report: DepartmentReport) -> list[Section]:
    """What the paper says, in the order in which offices report."""
    made = _monitoring(report) if report.kind == MONITORING else _self_evaluation(report)
    return [*made, _annex(report)]


def render_department_report(report: DepartmentReport, *, day: str = "") -> bytes:
    """The paper as .docx; *day* stands under the department's name at the end."""
    *text, annex = sections_of(report)
    # The office on a line of its own, so that no title breaks before its last sign.
    title = (report.place, title_of(report).removeprefix(report.place))
    signed = tuple(line for line in (report.place, day) if line)
    return render_paper(Paper(title, text, signed, (annex,)))


def _monitoring(report: DepartmentReport) -> Iterator[Section]:
    filed = report.filed
    lights = Counter(item.light for item in filed if item.light)
    accepted = sum(item.state == "accepted" for item in filed)
    yield Section(
        "一、绩效监控工作组织实施情况",
        (
            f"本次监控截至{_day(report)}，应监控项目{len(report.projects)}个，已报送监控表{len(filed)}个，"
            f"其中主管部门已认可{accepted}个。{_absent(report)}",
            *_said(report, "organised"),
        ),
    )
    yield Section(
        "二、预算执行进度和绩效目标运行情况",
        (
            f"（一）预算执行进度。{_money(filed)}",
            f"（二）绩效目标运行。{_list_of_lights(lights)}",
        ),
        (_by_unit(filed),),
    )
    yield Section(
        "三、存在的问题及原因",
        (
            *_deviations(filed, "未发现偏离绩效目标的指标。"),
            *_by_cause(report),
            *_said(report, "problems"),
        ),
        _causes_by_unit(report),
    )
    advised = [f"{item.name}：{item.advice}" for item in filed if item.advice]
    yield Section(
        "四、下一步改进措施和工作建议",
        (
            *_said(report, "measures"),
            *([f"对具体项目的处理建议：{'；'.join(advised)}。"] if advised else []),
        ),
    )


def _self_evaluation(report: DepartmentReport) -> Iterator[Section]:
    filed = report.filed
    rechecked = sum(item.is_rechecked for item in filed)
    whole = len(report.projects)
    share = f"，自评覆盖率{_percent(Decimal(len(filed)) / whole * 100)}" if whole else ""
    yield Section(
        "一、绩效自评工作组织开展情况",
        (
            f"{report.year}年度应开展绩效自评的项目{whole}个，已报送自评{len(filed)}个{share}；"
            f"其中经复核{rechecked}个。{_absent(report)}",
            *_said(report, "organised"),
        ),
    )
    yield Section("二、综合评价结论", (_conclusion(filed),), (_by_unit(filed),))
    yield Section(
        "三、绩效目标实现情况分析",
        (
            f"（一）预算执行情况。{_money(filed)}",
            f"（二）绩效指标完成情况。{_by_class(filed)}",
        ),
    )
    yield Section(
        "四、偏离绩效目标的原因和下一步改进措施",
        (*_deviations(filed, "各项目均完成了绩效目标。"), *_said(report, "measures")),
    )
    public = sum(item.is_public for item in filed)
    yield Section(
        "五、绩效自评结果拟应用和公开情况",
        (f"已公开绩效目标及自评结果的项目{public}个。", *_said(report, "use")),
    )


def _said(report: DepartmentReport, name: str) -> list[str]:
    return [line.strip() for line in report.words.get(name, "").splitlines() if line.strip()]


def _absent(report: DepartmentReport) -> str:
    missing = [item for item in report.projects if not item.is_filed]
    if not missing:
        return ""
    names = "、".join(f"{item.name}（{_STATES[item.state]}）" for item in missing)
    return f"尚未完成报送的项目{len(missing)}个：{names}。"


def _money(filed: Sequence[ReportedProject]) -> str:
    """Budget, execution, rate; and which projects are far behind the others."""
    rate = rate_of(filed)
    if rate is None:
        return "已报送的项目没有可以计算执行率的预算。"
    budget = sum((item.budget or Decimal(0) for item in filed), Decimal(0))
    spent = sum((item.executed or Decimal(0) for item in filed), Decimal(0))
    over = [
        item
        for item in filed
        if item.budget is not None and (item.executed or Decimal(0)) > item.budget
    ]
    told = (
        f"已报送项目年度预算合计{_wan(budget)}万元，实际支出{_wan(spent)}万元，"
        f"预算执行率{_percent(rate)}。"
    )
    if over:
        told += f"支出超过预算的项目：{'、'.join(item.name for item in over)}。"
    return told


def _list_of_lights(lights: Counter[str]) -> str:
    told = [f"{name}{lights[light]}个" for light, name in LIGHT_NAMES.items() if lights[light]]
    return f"按项目计，{'，'.join(told)}。" if told else "尚无可以判断进度的项目。"


def _conclusion(filed: Sequence[ReportedProject]) -> str:
    scored = [item for item in filed if item.score is not None]
    if not scored:
        return "尚无已计分的自评。"
    mean = sum((item.score or Decimal(0) for item in scored), Decimal(0)) / len(scored)
    grades = Counter(item.grade for item in scored)
    told = "，".join(
        f"“{grade}”{grades[grade]}个，占{_percent(Decimal(grades[grade]) / len(scored) * 100)}"
        for grade in _GRADES
        if grades[grade]
    )
    return f"已计分的项目{len(scored)}个，平均得分{_two(mean)}分；等级分布：{told}。"


def _by_class(filed: Sequence[ReportedProject]) -> str:
    met, whole = Counter[str](), Counter[str]()
    for item in filed:
        for name, reached, count in item.met:
            met[name] += reached
            whole[name] += count
    if not whole:
        return "没有可以核对的指标。"
    told = "；".join(
        f"{name}{count}项，完成{met[name]}项" for name, count in whole.items() if count
    )
    return f"共设指标{whole.total()}项，完成{met.total()}项。其中{told}。"


def _deviations(filed: Sequence[ReportedProject], otherwise: str) -> list[str]:
    told = []
    for item in filed:
        for number, one in enumerate(item.deviations):
            head = f"{item.name}（{item.unit}）" if number == 0 else "同项目"
            told.append(
                f"{head}“{one.indicator}”目标{one.target}，实际{one.reached or '无'}：{_why(one)}。"
            )
    return told or [otherwise]


def _why(one: Deviation) -> str:
    """Causes, reason, likelihood and remedy in a row."""
    reason = one.reason.rstrip("。") or ("" if one.causes else "未说明原因")
    parts = ("、".join(one.causes), reason)
    likely = f"完成目标的可能性：{one.likelihood}" if one.likelihood else ""
    remedy = f"措施：{one.remedy.rstrip('。')}" if one.remedy else ""
    return "；".join(part for part in (*parts, likely, remedy) if part)


def _by_cause(report: DepartmentReport) -> Iterator[str]:
    """How many indicators deviate for which cause, and how likely their targets are."""
    ones = [one for item in report.filed for one in item.deviations]
    counts = Counter(cause for one in ones for cause in one.causes)
    if not counts:
        return
    told = "，".join(
        f"{cause}{counts[cause]}项（{_percent(Decimal(counts[cause]) / len(ones) * 100)}）"
        for cause in _in_order(counts, deviation_words(on=report.until).causes)
    )
    unticked = sum(not one.causes for one in ones)
    rest = f"，没有勾选原因的{unticked}项" if unticked else ""
    likely = Counter(one.likelihood for one in ones if one.likelihood)
    words = _in_order(likely, deviation_words(on=report.until).likelihoods)
    chances = "，".join(f"{word}{likely[word]}项" for word in words)
    yield (
        f"说明了偏差的指标共{len(ones)}项，按原因计（一项指标可有几类原因）：{told}{rest}。"
        + (f"完成目标的可能性：{chances}。" if chances else "")
    )


def _in_order(counts: Counter[str], official: Sequence[str]) -> list[str]:
    """What was counted, in the order of the form; other words behind, as they came."""
    return [
        *(word for word in official if counts[word]),
        *(word for word in counts if word not in official),
    ]


def _causes_by_unit(report: DepartmentReport) -> tuple[Table, ...]:
    """For each unit how many of its indicators deviate for each cause; no table without a cause."""
    units: dict[str, Counter[str]] = {}
    for item in report.filed:
        for one in item.deviations:
            units.setdefault(item.unit, Counter()).update(one.causes)
    total = sum(units.values(), Counter[str]())
    if not total:
        return ()
    causes = _in_order(total, deviation_words(on=report.until).causes)
    rows = [(unit, counts) for unit, counts in units.items() if counts]
    if len(rows) > 1:
        rows.append(("合计", total))
    return (
        Table(
            "各单位偏差原因（指标项数）",
            ("单位", *causes),
            (32, *(14,) * len(causes)),
            tuple((unit, *(str(counts[cause]) for cause in causes)) for unit, counts in rows),
        ),
    )


def _by_unit(filed: Sequence[ReportedProject]) -> Table:
    units: dict[str, list[ReportedProject]] = {}
    for item in filed:
        units.setdefault(item.unit, []).append(item)
    rows = [_sum_row(unit, items) for unit, items in units.items()]
    if len(units) > 1:
        rows.append(_sum_row("合计", filed))
    return Table(
        "各单位预算执行情况",
        ("单位", "项目数", "年度预算（万元）", "实际支出（万元）", "执行率"),
        (32, 12, 22, 22, 14),
        tuple(rows),
    )


def _sum_row(name: str, items: Sequence[ReportedProject]) -> tuple[str, ...]:
    rate = rate_of(items)
    return (
        name,
        str(len(items)),
        _wan(sum((item.budget or Decimal(0) for item in items), Decimal(0))),
        _wan(sum((item.executed or Decimal(0) for item in items), Decimal(0))),
        _percent(rate) if rate is not None else "—",
    )


def _annex(report: DepartmentReport) -> Section:
    """Project by project."""
    own = ("灯", "审核") if report.kind == MONITORING else ("得分", "等级")
    rows = tuple(
        (
            str(number),
            item.unit,
            item.name,
            _wan(item.budget) if item.budget is not None else "—",
            _wan(item.executed) if item.executed is not None else "—",
            *_own(report, item),
        )
        for number, item in enumerate(report.projects, start=1)
    )
    headings = ("序号", "单位", "项目", "年度预算（万元）", "实际支出（万元）", *own)
    name = "监控" if report.kind == MONITORING else "自评"
    table = Table("", headings, (8, 26, 34, 19, 19, 12, 11), rows)
    return Section(f"附件：项目{name}情况一览表", (), (table,))


def _own(report: DepartmentReport, item: ReportedProject) -> tuple[str, str]:
    if report.kind == MONITORING:
        return LIGHT_NAMES[Light(item.light)] if item.light else "—", _STATES[item.state]
    if item.score is None:
        return _STATES[item.state], "—"
    return _two(item.score), item.grade


def _day(report: DepartmentReport) -> str:
    return f"{report.until.year}年{report.until.month}月{report.until.day}日"


def _wan(amount: Decimal) -> str:
    return f"{_two(amount / _WAN)}"


def _percent(value: Decimal) -> str:
    return f"{_two(value)}%"


def _two(value: Decimal) -> str:
    return f"{value.quantize(Decimal('0.01'), ROUND_HALF_UP):,f}"
