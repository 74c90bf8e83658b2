"""`kaoji restore IN`: put a backup back into an empty place, verify it, and say what is missing."""

from __future__ import annotations

from pathlib import Path

import click

from kaoji.cli.voice import LANGUAGE_OPTION, hear, remark
from kaoji.core.speech import say

_DIFFERS = 1


@click.command(help=hear("把备份恢复到空的地方，逐条核验，并说明缺什么。"))
@click.argument("file", metavar="IN", type=click.Path(path_type=Path))
@LANGUAGE_OPTION
def command(file: Path) -> None:
    """Put the backup back; exit 1 when what was put back does not agree with its own log."""
    from kaoji.cli.site import bring_up_to_date, set_up

    set_up()
    from django.conf import settings

    from kaoji.platform.backups import UnusableBackup, key_mark, put_back
    from kaoji.platform.home_folder import sealing_key

    try:
        manifest = put_back(file, settings.DATABASES["default"])
    except UnusableBackup as refusal:
        remark(refusal.sentence)
        raise SystemExit(2) from refusal
    except OSError as error:
        remark(
            say("恢复时写不进去（{file}）：{why}", file=error.filename or "—",
                why=error.strerror or str(error))
        )  # fmt: skip
        raise SystemExit(2) from error
    bring_up_to_date()
    click.echo(
        hear(say("已恢复 {day} 的备份：{events} 条办理记录；此后办理的不在里面",
                 day=manifest.made_at, events=manifest.events))
    )  # fmt: skip
    if manifest.sealed_with != key_mark(sealing_key()):
        remark(
            say("这里的 sealing_key 不是备份时的那一个：两步验证的密钥打不开；请放回原来的 sealing_key")
        )  # fmt: skip
    _verify(manifest.last_hash)


def _verify(known_hash: str) -> None:
    from kaoji.subjects.verification.queries.verifying import differences, told

    found, more = told(differences(known_hash or None))
    for sentence in found:
        remark(sentence)
    if found:
        if more:
            remark(say("还有更多不符之处"))
        raise SystemExit(_DIFFERS)
    click.echo(hear(say("逐条核验无误，日志末端与备份时一致")))
