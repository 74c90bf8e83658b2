"""The report of an ex-ante evaluation (事前绩效评估报告) as Word."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from kaoji.core.ex_ante import ASPECT_NAMES, CONCLUSION_NAMES, JUDGEMENT_NAMES, ExAnte
from kaoji.documents.render.paper import Paper, Section, Table, render_paper

_NUMBERS = "一二三四五"


def render_ex_ante(told: ExAnte, *, day: str = "", verdict: str = "") -> bytes:
    """The paper as .docx; *verdict* is what finance says to it, where it has looked."""
    signed = tuple(line for line in (told.place, day) if line)
    return render_paper(
        Paper((told.project, "事前绩效评估报告"), _sections(told, verdict), signed)
    )


def _sections(told: ExAnte, verdict: str) -> list[Section]:
    wan = (told.amount / 10_000).quantize(Decimal("0.01"), ROUND_HALF_UP)
    aspects = [
        f"（{number}）{ASPECT_NAMES[name]}：{JUDGEMENT_NAMES[item.judgement]}。{item.text}"
        for number, (name, item) in zip(_NUMBERS, told.arguments.items(), strict=True)
    ]
    table = Table(
        "评估结论一览",
        ("评估内容", "结论"),
        (40, 30),
        tuple(
            (ASPECT_NAMES[name], JUDGEMENT_NAMES[item.judgement])
            for name, item in told.arguments.items()
        ),
    )
    sections = [
        Section(
            "一、评估对象",
            (
                f"项目名称：{told.project}。申报单位：{told.place}。"
                f"{told.year}年度申请资金{wan:,f}万元。",
                *_lines(told.about),
            ),
        ),
        Section("二、评估方式和方法", tuple(_lines(told.method))),
        Section(
            "三、评估内容与结论",
            (*aspects, f"总体结论：{CONCLUSION_NAMES[told.conclusion]}。"),
            (table,),
        ),
        Section("四、相关建议", tuple(_lines(told.advice)) or ("无。",)),
    ]
    return [*sections, Section("五、财政部门审核意见", (verdict,))] if verdict else sections


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
