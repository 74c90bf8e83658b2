"""The review sheet (绩效目标审核表): what a reviewer is asked, and what the rules found there.

The head is that of the form; the opinions stay blank for the reviewer. Beside each question
stand the findings of the rules that bear on it, so that nothing has to be looked up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from kaoji.core.finding import Outcome
from kaoji.documents.checking import check_reading
from kaoji.documents.reading import FormReading
from kaoji.documents.render.cells import SheetCell
from kaoji.documents.render.sheet import Sheet, year_line
from kaoji.rules.engine import RuleFinding
from kaoji.standards.reviews import ReviewPoint, ReviewTemplate

_WIDTHS = (11, 15, 40, 40, 12, 12)
_GRADES = "□优　□良　□中　□差"


@dataclass(frozen=True)
class FilledReview:
    """What a reviewer filled in: by point a remark and points, the grade, the sum, who and when."""

    answers: Mapping[str, tuple[str, str]]
    grade: str
    score: Decimal | None
    remark: str
    reviewer: str
    day: date


def review_sheet(
    reading: FormReading, template: ReviewTemplate, filled: FilledReview | None = None
) -> Sheet:
    """Lay out the review of one form, blank for a reviewer to fill in, or as it was filled in."""
    findings = [
        item for item in check_reading(reading).findings if item.outcome is Outcome.FOUND
    ]
    head = list(_head(reading))
    rows = (*head, *_questions(template, findings, filled), *_foot(template, filled))
    return Sheet(
        reading.form.project_name or "",
        template.title,
        year_line(reading.form.year),
        _WIDTHS,
        landscape=True,
        rows=rows,
        repeated=len(head),
    )


def _head(reading: FormReading) -> Iterator[tuple[SheetCell, ...]]:
    form = reading.form
    money = form.funds.annual_total or form.funds.total
    yield (_caption("项目名称"), SheetCell(form.project_name or "", "project_name", 5))
    yield (
        _caption("主管部门"),
        SheetCell(form.department or "", "department", 2),
        _caption("实施单位"),
        SheetCell(form.implementing_unit or "", "implementing_unit", 2),
    )
    yield (
        _caption("项目类别"),
        SheetCell(form.project_category or "", "project_category", 2),
        _caption("申请金额（元）"),
        SheetCell(money.written("元") if money else "", "funds.annual_total", 2, role="amount"),
    )


def _questions(
    template: ReviewTemplate, findings: Sequence[RuleFinding], filled: FilledReview | None
) -> Iterator[tuple[SheetCell, ...]]:
    last = ("分值", "得分") if template.scored else ("审核意见",)
    yield (
        *map(_caption, ("审核内容", "审核要点", "要点说明", "规则提示")),
        *(_caption(name, 2 // len(last)) for name in last),
    )
    for head, group in groupby(template.points, lambda point: point.head):
        points = list(group)
        for number, point in enumerate(points):
            label = SheetCell(head, None, rowspan=len(points), role="label")
            yield (
                *([label] if number == 0 else []),
                *_answer(point, template, findings, filled),
            )


def _answer(
    point: ReviewPoint,
    template: ReviewTemplate,
    findings: Sequence[RuleFinding],
    filled: FilledReview | None,
) -> Iterator[SheetCell]:
    remark, score = filled.answers.get(point.name, ("", "")) if filled else ("", "")
    yield _caption(point.name)
    yield SheetCell(point.question, role="text")
    said = [
        *_remarks(point, findings),
        *([f"审核意见：{remark}"] if template.scored and remark else []),
    ]
    yield SheetCell("\n".join(said), role="text")
    if template.scored:
        yield SheetCell(f"{point.weight}", role="label")
        yield SheetCell(score, role="label")
    else:
        yield SheetCell(remark, colspan=2)


def _remarks(point: ReviewPoint, findings: Sequence[RuleFinding]) -> Iterator[str]:
    """What the rules found that bears on the question: a line for each rule."""
    relevant = [item for item in findings if point.is_helped_by(item.rule.id)]
    for rule, group in groupby(relevant, lambda item: item.rule):
        found = list(group)
        if len(found) == 1:
            yield f"{rule.id} {found[0].message}"
        else:
            yield f"{rule.id} {rule.title}：{len(found)} 处"


def _foot(
    template: ReviewTemplate, filled: FilledReview | None
) -> Iterator[tuple[SheetCell, ...]]:
    label = "总分与等级" if template.scored else "综合评定等级"
    grades = _GRADES.replace(f"□{filled.grade}", f"☑{filled.grade}") if filled else _GRADES
    if filled and filled.score is not None:
        grades = f"{filled.score.normalize():f} 分　{grades}"
    yield (_caption(label), SheetCell(grades, colspan=5, role="label"))
    yield (
        _caption("总体意见"),
        SheetCell(filled.remark if filled else "\n\n", colspan=5, role="text"),
    )
    yield (
        _caption("审核人"),
        SheetCell(filled.reviewer if filled else "", colspan=2),
        _caption("日期"),
        SheetCell(filled.day.isoformat() if filled else "", colspan=2),
    )


def _caption(text: str, span: int = 1) -> SheetCell:
    return SheetCell(text, None, span, role="caption")
