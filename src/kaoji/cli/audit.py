"""`kaoji audit verify`: an audit export, recomputed offline; every difference is printed."""

from __future__ import annotations

from pathlib import Path

import click

from kaoji.audit.verify import UnreadablePackage, verify_package
from kaoji.cli.files import COULD_NOT_READ
from kaoji.cli.voice import LANGUAGE_OPTION, hear, remark
from kaoji.core.speech import say


@click.group(help=hear("审计包：不需要数据库和网络就能核验。"))
def command() -> None:
    """Audit."""


@command.command("verify", help=hear("核验审计包 EXPORT.zip：散列、事件链、每一个得分。"))
@click.argument("package", metavar="EXPORT.zip", type=click.Path(path_type=Path))
@click.option("--last-hash", help=hear("以前记下的散列：它必须还在事件链里"))
@LANGUAGE_OPTION
def verify(package: Path, last_hash: str | None) -> None:
    """Exit 0 when everything holds, 1 with differences, 2 when it is no export.

    *last_hash* is one that was kept from an earlier export: without it nobody can tell a log
    that was cut at its end.
    """
    try:
        with package.open("rb") as file:
            verdict = verify_package(file, known_hash=last_hash)
    except (OSError, UnreadablePackage) as refusal:
        sentence = getattr(refusal, "sentence", None) or say("{why}", why=str(refusal))
        remark(sentence)
        raise SystemExit(COULD_NOT_READ) from refusal
    click.echo(
        hear(
            say(
                "{files} 个文件、{revisions} 个版本、{events} 条事件；重算 {scores} 个得分、{actuals} 个由证据得出的完成值",
                files=verdict.files,
                revisions=verdict.revisions,
                events=verdict.events,
                scores=verdict.scores,
                actuals=verdict.actuals,
            )
        )
    )
    click.echo(hear(say("最后的散列 {hash}", hash=verdict.last_hash)))
    for difference in verdict.differences:
        click.echo(hear(difference))
    click.echo(hear(say("差异 {count} 处", count=len(verdict.differences))))
    if verdict.differences:
        raise SystemExit(1)
