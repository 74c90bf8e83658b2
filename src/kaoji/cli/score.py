"""`kaoji score`: the score of a self-evaluation, step by step."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal

import click

from kaoji.cli.files import COULD_NOT_READ, readings_of, write_out
from kaoji.cli.options import FORMAT_OPTION, REGION_OPTION, YEAR_OPTION
from kaoji.cli.voice import COLON, COMMA, LANGUAGE_OPTION, hear, remark
from kaoji.core.speech import say
from kaoji.documents.scored_forms import ScoredForm, score_readings, scored_as_data
from kaoji.scoring.explained_score import Score
from kaoji.scoring.scorecard import Scorecard

_CENT = Decimal("0.01")


@click.command(help=hear("读取自评表 FILE（- 为标准输入），按当年当地的公式计分，逐步列出。"))
@click.argument("file", metavar="FILE")
@FORMAT_OPTION
@YEAR_OPTION
@REGION_OPTION
@click.option("-o", "--output", metavar="OUT", help=hear("写到文件"))
@LANGUAGE_OPTION
def command(
    file: str, form: str, year: int | None, region: str | None, output: str | None
) -> None:
    """Score every self-evaluation of a file; exit 2 when it holds none."""
    [(_, reading)] = readings_of([file])
    if reading is None:
        raise SystemExit(COULD_NOT_READ)
    scored = list(score_readings(reading.forms, year=year, region=region))
    if not scored:
        remark(say("{file}：没有可以计分的自评表", file=file))
        raise SystemExit(COULD_NOT_READ)
    if form == "json":
        text = json.dumps(scored_as_data(scored, hear), ensure_ascii=False, indent=1)
    else:
        text = "\n".join(_as_text(scored))
    write_out(text, output)


def _as_text(scored: list[ScoredForm]) -> Iterator[str]:
    for number, one in enumerate(scored, start=1):
        item, policy, card = one.reading, one.policy, one.card
        name = item.form.project_name or item.form.department or hear("（没有项目名称）")
        yield click.style(f"{number}. {name}", bold=True)
        yield f"   {hear(say('计分办法：{source}', source=policy.source))}"
        for row in card.rows:
            yield from _score_lines(row.indicator.name, row.score, row.stated)
        line = item.outcome.budget.get("total") if item.outcome else None
        yield from _score_lines(
            hear("预算执行率"), card.execution, line.score if line else None
        )
        yield from _total_lines(card)
        yield ""


def _score_lines(name: str, score: Score | None, stated: Decimal | None) -> Iterator[str]:
    if score is None:
        yield f"   {name}{COLON}{hear('没有分值或完成值，未计分')}"
        return
    earned = "—" if score.earned is None else f"{score.earned:f}"
    yield f"   {name}{COLON}{earned} / {score.points:f}"
    inputs = COMMA.join(f"{hear(item.name)} {item.value}" for item in score.inputs)
    if score.formula:
        yield click.style(f"        {score.formula.id} {score.formula.symbols}", dim=True)
    yield click.style(f"        {inputs}", dim=True)
    for step in score.steps:
        yield f"        {hear(step)}"
    if score.earned is not None and stated is not None and abs(stated - score.earned) >= _CENT:
        differs = say(
            "自评写 {stated} 分，相差 {by}",
            stated=f"{stated:f}",
            by=f"{stated - score.earned:f}",
        )
        yield click.style(f"        {hear(differs)}", fg="yellow")


def _total_lines(card: Scorecard) -> Iterator[str]:
    if card.total is None:
        yield f"   {hear('总分未定')}"
        yield from (f"        {hear(question)}" for question in card.open_questions)
    else:
        if card.cap:
            yield f"        {hear(card.cap.step)}"
        total = say("总分 {total}，等级 {grade}", total=f"{card.total:f}", grade=card.grade)
        yield click.style(f"   {hear(total)}", bold=True)
    if card.stated_total is not None and card.total not in {None, card.stated_total}:
        stated = say("自评表上的总分是 {stated}", stated=f"{card.stated_total:f}")
        yield click.style(f"        {hear(stated)}", fg="yellow")
