"""The command line: read, check, render, fix, score, benefit, audit, demo, serve, work, doctor, backup, restore, move, manage. Commands load when called."""

from __future__ import annotations

from importlib import import_module

import click

from kaoji import __version__
from kaoji.cli.voice import LANGUAGE_OPTION, hear

_COMMANDS = {
    "read": "读取文件，得到申报表数据",
    "check": "读取并按规则检查申报表",
    "render": "把申报表写成官方版式的文件",
    "fix": "改正可以放心改的写法，列出其余的改法",
    "score": "给自评表计分，逐步列出",
    "benefit": "演算待遇算例：逐月应发多少、怎样算得",
    "audit": "核验审计包",
    "demo": "建立演示库并启动网站",
    "serve": "启动网站",
    "work": "处理排队的作业",
    "doctor": "检查安装：哪里不对、怎样改",
    "backup": "备份数据库",
    "restore": "把备份恢复到空的地方并核验",
    "move": "把全部数据搬进空的 PostgreSQL 并核验",
    "manage": "Django 管理命令",
}


class _LazyCommands(click.Group):
    """Knows its commands by name; imports one only when somebody calls it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(f"kaoji.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(hear("命令")):
            formatter.write_dl([(name, hear(text)) for name, text in _COMMANDS.items()])


@click.command(
    cls=_LazyCommands,
    help=hear("考绩：读取、检查、公开财政项目支出绩效目标申报表。"),
    epilog=hear("例：kaoji check 申报表.txt"),
)
@click.version_option(__version__, prog_name="kaoji")
@LANGUAGE_OPTION
def main() -> None:
    """Enter here."""
