"""`kaoji manage …`: Django's own management commands."""

from __future__ import annotations

import click

from kaoji.cli.voice import hear


@click.command(
    help=hear("Django 管理命令，例如 kaoji manage createsuperuser。"),
    context_settings={"ignore_unknown_options": True, "help_option_names": []},
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> None:
    """Hand the arguments to Django."""
    from kaoji.cli.site import set_up

    set_up()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["kaoji manage", *arguments])
