"""`kaoji ledger verify`: the proof of benefits, recounted offline level by level."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from kaoji.audit.ledger.difference import LEVEL_NAMES, Level
from kaoji.audit.ledger.log import hashes_in
from kaoji.audit.ledger.tables import UnreadableExport
from kaoji.audit.ledger.verify import Verdict, verify_export
from kaoji.cli.files import COULD_NOT_READ
from kaoji.cli.options import FORMAT_OPTION
from kaoji.cli.voice import LANGUAGE_OPTION, hear, remark
from kaoji.core.speech import say

DIFFERS = 1


@click.group(help=hear("发放账：不需要数据库和网络，就能把一个批次从头算一遍。"))
def command() -> None:
    """Ledger."""


@command.command(
    "verify",
    help=hear("核验发放证明 EXPORT.zip：V1 记录与日志一致，V2 合计与审批，V3 每一笔金额。"),
)
@click.argument("package", metavar="EXPORT.zip", type=click.Path(path_type=Path))
@click.option(
    "--log",
    type=click.Path(path_type=Path),
    help=hear("整本日志（export_log 的行，或审计包）：证明里的事件必须在其中"),
)
@FORMAT_OPTION
@LANGUAGE_OPTION
def verify(package: Path, log: Path | None, form: str) -> None:
    """Exit 0 when everything holds, 1 with differences, 2 when it is no export."""
    try:
        hashes = hashes_in(log) if log else None
        with package.open("rb") as file:
            verdict = verify_export(file, log=hashes)
    except OSError as missing:
        remark(
            say("读不到 {file}：{why}", file=missing.filename, why=missing.strerror or missing)
        )
        raise SystemExit(COULD_NOT_READ) from missing
    except UnreadableExport as refusal:
        remark(refusal.sentence)
        raise SystemExit(COULD_NOT_READ) from refusal
    if form == "json":
        click.echo(json.dumps(_as_data(verdict), ensure_ascii=False, indent=1))
    else:
        _tell(verdict)
    if verdict.differences:
        raise SystemExit(DIFFERS)


def _tell(verdict: Verdict) -> None:
    click.echo(
        hear(
            say(
                "{office} {programme} {months}：重算 {items} 笔，{events} 条事件作证",
                office=verdict.office,
                programme=verdict.programme,
                months="、".join(verdict.months),
                items=verdict.items,
                events=verdict.events,
            )
        )
    )
    for level in Level:
        found = [each for each in verdict.differences if each.level is level]
        name = say(LEVEL_NAMES[level])
        click.echo(
            hear(
                say("{level} {name}：差异 {count} 处", level=level, name=name, count=len(found))
            )
        )
        for difference in found:
            click.echo(f"  {hear(difference.sentence)}")
    for sentence in verdict.remarks:
        remark(sentence)


def _as_data(verdict: Verdict) -> dict[str, Any]:
    return {
        "kaoji": "ledger-verdict/1",
        "office": verdict.office,
        "programme": verdict.programme,
        "months": verdict.months,
        "items": verdict.items,
        "events": verdict.events,
        "holds": not verdict.differences,
        "differences": [
            {"level": each.level, "says": hear(each.sentence)} for each in verdict.differences
        ],
        "remarks": [hear(sentence) for sentence in verdict.remarks],
    }
