"""评价结果反馈书: what an evaluation came to, told to whom was evaluated, with what is to be put right and until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kaoji.documents.render.evaluation import PointLine, by_head
from kaoji.documents.render.paper import Paper, Section, Table, render_paper

_TITLE = "绩效评价结果反馈书"


@dataclass(frozen=True)
class FeedbackLetter:
    """Who tells whom, under which number and on which day; the points by head, the demand and its last day."""

    reference: str
    sender: str
    addressee: str
    project: str
    year: str
    evaluator: str
    points: Sequence[PointLine]
    total: Decimal
    grade: str
    findings: str
    advice: str
    demand: str
    due_on: date
    day: date


def render_feedback(letter: FeedbackLetter) -> bytes:
    """The letter as .docx, with a sheet behind it on which the unit answers."""
    return render_paper(
        Paper(
            title=(_TITLE,),
            sections=list(_parts(letter)),
            signed=(letter.sender, _written(letter.day)),
            annexes=[_answer(letter)],
            reference=letter.reference,
            addressee=letter.addressee,
        )
    )


def _parts(letter: FeedbackLetter) -> Sequence[Section]:
    return [
        Section(
            "",
            (
                f"{letter.year}年度你单位“{letter.project}”的绩效评价（{letter.evaluator}）已经完成，"
                "现将评价结果反馈如下。",
            ),
        ),
        Section(
            "一、评价结论",
            (f"综合得分 {letter.total:.2f} 分，等级“{letter.grade}”。各部分得分见下表。",),
            (_scores(letter.points),),
        ),
        Section("二、存在问题", _lines(letter.findings)),
        Section("三、有关建议", _lines(letter.advice)),
        Section(
            "四、整改要求",
            (
                *_lines(letter.demand),
                f"请于{_written(letter.due_on)}以前完成整改，并书面报送整改情况；对评价结论有异议的，"
                "请在同一期限内连同依据一并提出。",
                "评价结果作为改进管理、安排以后年度预算的依据。",
            ),
        ),
    ]


def _scores(points: Sequence[PointLine]) -> Table:
    rows = [
        (head, f"{worth:.2f}", f"{score:.2f}", f"{score / worth:.2%}")
        for head, worth, score in by_head(points)
    ]
    return Table(
        "各部分得分", ("一级指标", "分值", "得分", "得分率"), (4, 2, 2, 2), tuple(rows)
    )


def _answer(letter: FeedbackLetter) -> Section:
    """What the unit fills in, signs and sends back."""
    return Section(
        "附：整改情况反馈表",
        (f"项目：{letter.project}　反馈书编号：{letter.reference}",),
        (
            Table(
                "",
                ("问题", "整改措施和结果", "完成时间", "责任人"),
                (4, 4, 2, 2),
                tuple((line, "", "", "") for line in _lines(letter.findings)),
            ),
        ),
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _written(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
