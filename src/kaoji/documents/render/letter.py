"""The 批复 as a PDF: a letter with the list of approved projects, their forms behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kaoji.documents.reading import FormReading
from kaoji.documents.render.pdf import render_pdf

_SHOWN_OF_A_HASH = 16


@dataclass(frozen=True)
class ApprovedLine:
    """One approved form: money in 元, what it replaces where it is an adjustment, its hash."""

    reading: FormReading
    unit: str
    annual_total: Decimal | None
    replaced_total: Decimal | None
    reason: str
    sha256: str


@dataclass(frozen=True)
class Letter:
    """Who approves what for whom, under which number and on which day.

    *log_head* is the head of the event log when the letter was written: it leaves the house on paper.
    """

    reference: str
    sender: str
    addressee: str
    day: date
    lines: Sequence[ApprovedLine]
    log_head: str = ""


def render_letter(letter: Letter) -> bytes:
    """The letter and its annexes."""
    years = sorted({line.reading.form.year for line in letter.lines if line.reading.form.year})
    adjusted = any(line.reason for line in letter.lines)
    columns = ["序号", "单位", "项目", "年度资金（元）"]
    columns += ["调整前（元）", "调整理由"] if adjusted else []
    cover = {
        "title": f"关于批复{_years(years)}财政项目支出绩效目标的通知",
        "reference": letter.reference,
        "addressee": letter.addressee,
        "sender": letter.sender,
        "day": f"{letter.day.year}年{letter.day.month}月{letter.day.day}日",
        "text": (
            f"经审核，现批复你单位（含所属单位）下列 {len(letter.lines)} 个项目的绩效目标，"
            "绩效目标申报表附后。绩效目标一经批复，一般不予调整；执行中因特殊原因确需调整的，"
            "应当按照绩效目标管理程序，随预算调整一并报批。"
        ),
        "annex": f"附件：财政项目支出绩效目标申报表 {len(letter.lines)} 份",
        "foot": _foot(letter),
        "columns": columns,
        "rows": [
            _row(number, line, adjusted=adjusted)
            for number, line in enumerate(letter.lines, start=1)
        ],
    }
    return render_pdf([line.reading for line in letter.lines], cover=cover)


def _foot(letter: Letter) -> str:
    """What lets a stranger verify the letter: the head of the log, and the hash of each form."""
    hashes = "  ".join(
        f"{number}. {line.sha256[:_SHOWN_OF_A_HASH]}"
        for number, line in enumerate(letter.lines, start=1)
    )
    head = f"发文时事件日志末端 {letter.log_head}。" if letter.log_head else ""
    return f"供核验：{head}各表内容散列 {hashes}"


def _row(number: int, line: ApprovedLine, *, adjusted: bool) -> list[str]:
    row = [
        str(number),
        line.unit,
        line.reading.form.project_name or "—",
        _yuan(line.annual_total),
    ]
    return [*row, _yuan(line.replaced_total), line.reason or "—"] if adjusted else row


def _years(years: list[int]) -> str:
    return "、".join(map(str, years)) + "年度" if years else ""


def _yuan(amount: Decimal | None) -> str:
    return "—" if amount is None else f"{amount:,.2f}"
