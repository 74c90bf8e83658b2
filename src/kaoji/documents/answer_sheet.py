"""A spreadsheet of questionnaires that came back on paper: one a row, a column for each question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kaoji.core.speech import Sentence, say
from kaoji.documents.entry_sheet import Refused, SheetColumn, day_in, read_entries
from kaoji.documents.manuscript import Row
from kaoji.measuring.questionnaire import Unfit, answers_in

_ON = SheetColumn("on", ("日期", "作答日期", "填写日期"), needed=True)
_CODE = SheetColumn("code", ("答题码", "编码"))
_NUMBER = SheetColumn("number", ("序号", "编号", "卷号"))


@dataclass(frozen=True)
class AnswerLine:
    """One questionnaire: its line, its day, the code on it where there is one, what was answered."""

    line: int
    on: date
    code: str
    answers: Mapping[str, str]


def columns_of(questions: Sequence[Mapping[str, Any]]) -> tuple[SheetColumn, ...]:
    """The columns of such a sheet; a question stands under its number or its text."""
    asked = (
        SheetColumn(item["id"], (f"{item['id']} {item['text']}", item["id"], item["text"]))
        for item in questions
    )
    return (_ON, _CODE, *asked)


def read_answers(
    rows: Iterable[Row], questions: Sequence[Mapping[str, Any]], main: str
) -> tuple[list[AnswerLine], list[Sentence]]:
    """The questionnaires, and what of the sheet cannot be taken."""
    entries = read_entries(rows, (*columns_of(questions), _NUMBER), has_sums=False)
    lines, refusals = [], list(entries.refusals)
    unknown = [text for text in entries.captions if text not in entries.columns.values()]
    if unknown and entries.columns:
        # What is answered cannot be put right later: no column is left out in silence.
        told = say("不知道这些列是哪道题：{names}；请写题号，如 q2", names="、".join(unknown))
        refusals.append(told)
    for number, texts in entries.lines:
        try:
            answers = answers_in(questions, main, texts)
            on = day_in(texts["on"])
        except (Refused, Unfit) as refusal:
            refusals.append(say("第 {line} 行：{why}", line=number, why=refusal.sentence))
        else:
            lines.append(AnswerLine(number, on, texts.get("code", "").upper(), answers))
    return lines, refusals
