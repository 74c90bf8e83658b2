"""`kaoji completion SHELL`: what a shell needs to complete our commands and options.

kaoji completion bash >> ~/.bashrc
"""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from kaoji.cli.voice import LANGUAGE_OPTION, hear

_SHELLS = ("bash", "zsh", "fish")
_PROGRAM, _VARIABLE = "kaoji", "_KAOJI_COMPLETE"


@click.command(help=hear("输出命令补全脚本，例：kaoji completion bash >> ~/.bashrc"))
@click.argument("shell", type=click.Choice(_SHELLS))
@LANGUAGE_OPTION
def command(shell: str) -> None:
    """Print the script; it asks `kaoji` itself what may follow."""
    from kaoji.cli import main

    made = get_completion_class(shell)
    if made is None:
        raise click.UsageError(shell)
    click.echo(made(main, {}, _PROGRAM, _VARIABLE).source())
