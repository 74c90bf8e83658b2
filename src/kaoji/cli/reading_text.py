"""Readings as people read them in a terminal: text, or the notation with doubts as remarks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from kaoji.cli.voice import COLON, hear, remark
from kaoji.core import notation
from kaoji.core.declaration import Declaration
from kaoji.core.field_names import name_of
from kaoji.core.speech import Sentence, say
from kaoji.documents.reading import FormReading, Reading


def remark_problems(reading: Reading) -> None:
    """Say on stderr what could not be read, and where."""
    for problem in reading.problems:
        place = say("第 {line} 行：", line=problem.origin.line) if problem.origin.line else ""
        remark(f"{reading.source.name}{COLON}{hear(place)}{hear(problem.reason)}")


def as_notation(readings: Iterable[Reading]) -> str:
    """All forms in the notation, doubts as remarks above each."""
    forms = (form for reading in readings for form in reading.forms)
    return "\n---\n\n".join(_noted(form) for form in forms)


def _noted(reading: FormReading) -> str:
    doubts = "".join(
        f"# {hear('待核对')} {hear(name_of(doubt.field, reading.form))}{COLON}{hear(doubt.reason)}\n"
        for doubt in reading.doubts
    )
    return doubts + notation.write(reading.form)


def as_text(readings: Iterable[Reading]) -> str:
    """All forms with goals, indicators, doubts and repairs, and a line that counts them."""
    return "\n".join(line for reading in readings for line in _lines(reading))


def _lines(reading: Reading) -> Iterator[str]:
    for number, form in enumerate(reading.forms, start=1):
        yield click.style(_heading(number, form.form), bold=True)
        yield from _goal_lines(form.form)
        yield from _table_lines(form)
        yield from _mark_lines(
            hear("待核对"), _named(form, ((d.field, d.reason) for d in form.doubts)), "yellow"
        )
        yield from _mark_lines(
            hear("修补"), _named(form, ((r.field, r.what) for r in form.repairs)), "cyan"
        )
        yield ""
    yield hear(
        say(
            "{file}：{forms} 份表，{indicators} 项指标，{doubts} 处存疑，{repairs} 处修补，{problems} 处未能读取",
            file=reading.source.name,
            forms=len(reading.forms),
            indicators=sum(len(form.form.indicators) for form in reading.forms),
            doubts=sum(len(form.doubts) for form in reading.forms),
            repairs=sum(len(form.repairs) for form in reading.forms),
            problems=len(reading.problems),
        )
    )


def _heading(number: int, form: Declaration) -> str:
    money = (
        hear(say("{amount} 元", amount=form.funds.annual_total.written()))
        if form.funds.annual_total
        else "—"
    )
    parts = (form.project_name, form.project_category, form.implementing_unit, form.year, money)
    return f"{number}. " + " · ".join(str(part) for part in parts if part)


def _goal_lines(form: Declaration) -> Iterator[str]:
    goals = ((hear("总目标"), form.overall_goal), (hear("年度目标"), form.annual_goal))
    for caption, text in goals:
        shown = (text or "—").replace("\n", " ")
        yield f"   {caption}{COLON}{shown if len(shown) <= 60 else shown[:60] + '…'}"


def _table_lines(reading: FormReading) -> Iterator[str]:
    for row in reading.form.indicators:
        mark = " ?" if reading.doubts_about(row.position) else "  "
        yield f"  {mark} {row.level1 or '—'} / {row.level2 or '—'} / {row.name}{COLON}{row.target.text or '—'}"


def _named(
    reading: FormReading, marks: Iterable[tuple[str, Sentence]]
) -> Iterator[tuple[str, str]]:
    """Each mark under the name that the form has for its field."""
    for field, told in marks:
        yield hear(name_of(field, reading.form)), hear(told)


def _mark_lines(label: str, marks: Iterable[tuple[str, str]], colour: str) -> Iterator[str]:
    for field, text in marks:
        yield click.style(f"   {label} {field}{COLON}{text}", fg=colour)
