"""Typed: somebody entered the value, with a file that shows it.

The rows are the entries themselves; the one of the latest day counts, the last entered of that day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kaoji.core.speech import Sentence, say
from kaoji.measuring.answer import Answer, Question, Row, Unanswerable, Way


def _answer(question: Question, rows: Iterable[Row]) -> Answer:
    entered = [
        row for row in rows if row.on <= question.as_of and row.says.get("measure") is None
    ]
    if not entered:
        raise Unanswerable(say("还没有填完成值"))
    last = max(entered, key=lambda row: (row.on, row.id))
    step = say("{day} 填报“{value}”", day=last.on, value=last.says["value"])
    shown = bool(last.says.get("evidence"))
    warnings = () if shown else (say("没有附证据文件"),)
    return Answer(str(last.says["value"]), (last,), (step,), warnings)


def _refuse(parameters: Mapping[str, Any]) -> Sentence | None:
    return None


TYPED = Way("typed", "填报", ("actuals",), (), _answer, _refuse)
