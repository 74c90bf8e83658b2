"""`kaoji benefit`: play worked examples of a benefit, month by month, with steps and sources."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from kaoji.benefits.entitlement import Step
from kaoji.benefits.example_reading import ExampleReader
from kaoji.benefits.examples import Example, UnreadableExample, blocks_in
from kaoji.benefits.fen import written_fen
from kaoji.benefits.kinds import kinds
from kaoji.benefits.law import Dated, Status
from kaoji.benefits.law_reading import UnusableLaw
from kaoji.benefits.months import written_month
from kaoji.benefits.playing import PlayedBatch, PlayedItem, Player
from kaoji.benefits.programmes.catalogue import programmes
from kaoji.benefits.run import ITEM_NAMES
from kaoji.cli.files import COULD_NOT_READ, write_out
from kaoji.cli.voice import LANGUAGE_OPTION, hear, remark
from kaoji.core.speech import Sentence, say

DIFFERS = 1

STATUS_NAMES = {
    Status.SEEN: "已见原文",
    Status.UNVERIFIED: "未核实",
    Status.CHOSEN: "本系统的约定",
}


@click.command(
    help=hear("演算 FILE（- 为标准输入）里的待遇算例：逐月应发多少、怎样算得、依据何在。")
)
@click.argument("file", metavar="FILE")
@click.option("-o", "--output", metavar="OUT", help=hear("写到文件"))
@LANGUAGE_OPTION
def command(file: str, output: str | None) -> None:
    """Play every block of a file; exit 1 when something differs, 2 when it cannot be read."""
    try:
        examples = _read(file)
        played = [(example, list(Player(example).play())) for example in examples]
    except (UnreadableExample, UnusableLaw) as fault:
        remark(fault.sentence)
        raise SystemExit(COULD_NOT_READ) from fault
    if not played:
        remark(say("{file}：没有算例；请把算例写在 ```benefit 与 ``` 之间", file=file))
        raise SystemExit(COULD_NOT_READ)
    lines = [line for example, batches in played for line in _told(example, batches)]
    write_out("\n".join(lines), output)
    if any(batch.misses for _example, batches in played for batch in batches):
        raise SystemExit(DIFFERS)


def _read(file: str) -> list[Example]:
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as unreadable:
        remark(say("读不到 {file}；请检查文件名，并存为 UTF-8 文本", file=file))
        raise SystemExit(COULD_NOT_READ) from unreadable
    return [
        ExampleReader(programmes(), first_line=line).read(block)
        for line, block in blocks_in(text)
    ]


def _told(example: Example, batches: list[PlayedBatch]) -> Iterator[str]:
    yield click.style(hear(example.programme.law.said), bold=True)
    for played in batches:
        heading = say(
            "批次 {month}（已知于 {day}）",
            month=written_month(played.batch.period),
            day=played.batch.known_at,
        )
        yield f"  {hear(heading)}"
        for item in played.items:
            yield from _item_lines(item)
        if not played.items:
            yield f"    {hear('没有差额')}"
        for question in played.questions:
            asked = say(
                "待核：{who} {month} {what}",
                who=question.beneficiary,
                month=written_month(question.month),
                what=question.sentence,
            )
            yield click.style(f"    {hear(asked)}", fg="yellow")
        for miss in played.misses:
            yield click.style(f"    {hear(miss)}", fg="red")
    yield ""


def _item_lines(played: PlayedItem) -> Iterator[str]:
    item = played.item
    sign = "+" if item.fen > 0 else ""
    kind = hear(ITEM_NAMES[item.kind])
    month = written_month(item.month)
    yield f"    {item.beneficiary} {month}  {sign}{written_fen(item.fen)} {kind}"
    for step in played.reading.entitlement.steps:
        yield click.style(f"        {hear(_explained(step))}", dim=True)
    for sentence in _settled(played):
        yield f"        {hear(sentence)}"


def _explained(step: Step) -> Sentence:
    if step.basis is None:
        return step.sentence
    return say(
        "{step}（{since} 起，{source}，{status}）",
        step=step.sentence,
        since=written_month(step.basis.since),
        source=_source(step.basis),
        status=say(STATUS_NAMES[step.basis.status]),
    )


def _source(basis: Dated[object]) -> str:
    return f"{basis.source} {basis.issued}" if basis.issued else basis.source


def _settled(played: PlayedItem) -> Iterator[Sentence]:
    settled, arrear = played.settlement, played.arrear
    if settled is not None and settled.cancelled:
        yield say("未到账 {amount} 元，撤销", amount=written_fen(settled.cancelled))
    for other in settled.switched if settled else ():
        title = kinds()["excluded_by"].written(other.programme)
        yield say("抵{other}应发 {amount} 元", other=title, amount=written_fen(other.fen))
    if settled is not None and settled.claimed:
        yield say("已到账 {amount} 元，立项追缴", amount=written_fen(settled.claimed))
    if arrear is not None and arrear.reversed:
        yield say("冲回追缴 {amount} 元", amount=written_fen(arrear.reversed))
