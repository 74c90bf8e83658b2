"""`kaoji doctor`: what is wrong with this installation, and what would help."""

from __future__ import annotations

import json

import click

from kaoji.cli.voice import COLON, LANGUAGE, LANGUAGE_OPTION, hear
from kaoji.core.speech import Sentence

_FAILS = 1


@click.command(
    help=hear(
        "检查安装：数据文件夹、密钥、数据库、磁盘、作业、备份、邮件、设置；不改任何东西。"
    )
)
@click.option("--json", "as_data", is_flag=True, help=hear("输出 JSON（doctor/1）"))
@click.option("--no-mail", is_flag=True, help=hear("不连接邮件服务器"))
@LANGUAGE_OPTION
def command(as_data: bool, no_mail: bool) -> None:
    """Print a line for each thing; exit 0 when nothing is broken, 1 when something is, 2 for wrong settings."""
    from kaoji.cli.site import load_settings

    load_settings()
    from django.utils import timezone

    from kaoji.platform.health.examination import examine
    from kaoji.platform.health.line import Condition, as_json, worst

    lines = examine(timezone.now(), ask_mail=not no_mail)
    if as_data:
        told = as_json(lines, LANGUAGE)
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        for line in lines:
            _print(line.condition.value, line.title, line.told, line.cure)
    if worst(lines) is Condition.FAIL:
        raise SystemExit(_FAILS)


_MARKS = {"ok": ("✓", "green"), "warn": ("!", "yellow"), "fail": ("✗", "red")}


def _print(condition: str, title: Sentence, told: Sentence, cure: Sentence | None) -> None:
    mark, colour = _MARKS[condition]
    click.echo(f"{click.style(mark, fg=colour)} {hear(title)}{COLON}{hear(told)}")
    if cure is not None:
        click.echo(f"    → {hear(cure)}")
