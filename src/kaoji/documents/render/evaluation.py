"""The report of an evaluation (绩效评价报告), with a chart, as Word or PDF."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from importlib.resources import files
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from kaoji.documents.render.docx import set_up, without_clock
from kaoji.documents.render.pdf import compiled, fonts

_TEMPLATE = files("kaoji.documents.render").joinpath("evaluation.typ")
_HUNDRED = Decimal(100)


@dataclass(frozen=True)
class PointLine:
    """One point of the frame: its head, worth, combined score, what the experts remarked."""

    head: str
    name: str
    weight: Decimal
    score: Decimal
    remarks: Sequence[str]


@dataclass(frozen=True)
class EvaluationPaper:
    """All that the report says; money in yuan, days as text."""

    title: str
    project: str
    unit: str
    department: str
    year: str
    evaluator: str
    method: str
    budget: str
    executed: str
    goal: str
    points: Sequence[PointLine]
    total: Decimal
    grade: str
    self_score: str
    findings: str
    advice: str
    day: str

    @property
    def shares(self) -> list[tuple[str, Decimal]]:
        """By head what part of its points was reached, in percent."""
        return [(name, score / worth * _HUNDRED) for name, worth, score in by_head(self.points)]


def by_head(points: Sequence[PointLine]) -> list[tuple[str, Decimal, Decimal]]:
    """Of each head, in its order, what its points are worth together and what was reached."""
    heads: dict[str, list[PointLine]] = {}
    for point in points:
        heads.setdefault(point.head, []).append(point)
    nothing = Decimal(0)
    return [
        (
            name,
            sum((item.weight for item in items), nothing),
            sum((item.score for item in items), nothing),
        )
        for name, items in heads.items()
    ]


def render_evaluation(paper: EvaluationPaper, form: str) -> bytes:
    """The report as `docx` or `pdf`."""
    return _pdf(paper) if form == "pdf" else _docx(paper)


def _pdf(paper: EvaluationPaper) -> bytes:
    return compiled(_TEMPLATE.read_bytes(), _inputs(paper, "report"))


def _chart(paper: EvaluationPaper) -> bytes:
    return compiled(_TEMPLATE.read_bytes(), _inputs(paper, "chart"), form="png", ppi=200)


def _inputs(paper: EvaluationPaper, part: str) -> dict[str, str]:
    told: dict[str, Any] = asdict(paper)
    told["shares"] = [[name, f"{share:.1f}"] for name, share in paper.shares]
    told["fonts"], told["part"] = fonts(), part
    return {"data": json.dumps(told, ensure_ascii=False, default=str)}


def _docx(paper: EvaluationPaper) -> bytes:
    document = docx.Document()
    set_up(document, title=paper.title)
    title = document.add_paragraph(paper.title)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.runs[0].font.size, title.runs[0].bold = Pt(18), True
    _heading(document, "一、项目基本情况")
    _table(document, _facts(paper))
    _heading(document, "二、绩效目标")
    document.add_paragraph(paper.goal)
    _heading(document, "三、评价结论")
    document.add_paragraph(
        f"综合得分 {paper.total:.2f} 分，等级“{paper.grade}”。{paper.self_score}"
    )
    document.add_picture(io.BytesIO(_chart(paper)), width=Mm(150))
    document.add_paragraph(
        "各部分得分率：" + "，".join(f"{name} {share:.1f}%" for name, share in paper.shares)
    )
    _heading(document, "四、评分明细")
    rows = [["一级指标", "评价指标", "分值", "得分", "评分说明"]]
    rows += [
        [item.head, item.name, f"{item.weight:f}", f"{item.score:.2f}", "；".join(item.remarks)]
        for item in paper.points
    ]
    _table(document, [*rows, ["合计", "", "100", f"{paper.total:.2f}", ""]])
    _heading(document, "五、存在问题")
    document.add_paragraph(paper.findings)
    _heading(document, "六、有关建议")
    document.add_paragraph(paper.advice)
    document.add_paragraph(
        f"{paper.evaluator}　{paper.day}"
    ).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    buffer = io.BytesIO()
    document.save(buffer)
    return without_clock(buffer.getvalue())


def _facts(paper: EvaluationPaper) -> list[list[str]]:
    return [
        ["项目名称", paper.project],
        ["主管部门", paper.department],
        ["实施单位", paper.unit],
        ["评价年度", paper.year],
        ["全年预算（元）", paper.budget],
        ["全年执行（元）", paper.executed],
        ["评价方法", paper.method],
    ]


def _heading(document: Any, text: str) -> None:
    paragraph = document.add_paragraph(text)
    paragraph.runs[0].bold = True
    paragraph.paragraph_format.space_before = Pt(10)


def _table(document: Any, rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    table.style = "Table Grid"
    for line, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(line.cells, texts, strict=True):
            cell.text = text
