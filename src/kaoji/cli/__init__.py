"""The command line: read, check, render, fix, score, benefit, audit, ledger, demo, serve, work, doctor, backup, restore, move, completion, manage. Commands load when called."""

from __future__ import annotations

from importlib import import_module

import click

from kaoji import __version__
from kaoji.cli.voice import LANGUAGE_OPTION, hear
from kaoji.core.speech import say

_COMMANDS = {
    "read": "读取文件，得到申报表数据",
    "check": "读取并按规则检查申报表",
    "render": "把申报表写成官方版式的文件",
    "fix": "改正可以放心改的写法，列出其余的改法",
    "score": "给自评表计分，逐步列出",
    "benefit": "演算待遇算例：逐月应发多少、怎样算得",
    "audit": "核验审计包",
    "ledger": "核验发放证明",
    "demo": "建立演示库并启动网站",
    "serve": "启动网站",
    "work": "处理排队的作业",
    "doctor": "检查安装：哪里不对、怎样改",
    "backup": "备份数据库",
    "restore": "把备份恢复到空的地方并核验",
    "move": "把全部数据搬进空的 PostgreSQL 并核验",
    "completion": "输出命令补全脚本",
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


def _tell_version(context: click.Context, *, asked: bool) -> None:
    """The version, how many rules there are, and the day of the newest document on which one rests."""
    if not asked:
        return
    from kaoji.rules.catalogue import CATALOGUE
    from kaoji.standards.citations import documents

    known = documents()
    cited = {citation.document_id for rule in CATALOGUE for citation in rule.basis}
    days = [day for name in cited if (day := known[name].date) is not None]
    click.echo(f"kaoji {__version__}")
    click.echo(
        hear(
            say("规则 {count} 条，所依文件最新的是 {day}", count=len(CATALOGUE), day=max(days))
        )
    )
    context.exit()


@click.command(
    cls=_LazyCommands,
    help=hear("考绩：读取、检查、公开财政项目支出绩效目标申报表。"),
    epilog=hear("例：kaoji check 申报表.txt"),
)
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=lambda context, _, asked: _tell_version(context, asked=asked),
    help=hear("版本，和规则所依文件的最新日期"),
)
@LANGUAGE_OPTION
def main() -> None:
    """Enter here."""
