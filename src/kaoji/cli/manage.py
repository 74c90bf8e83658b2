"""`kaoji manage …`: Django's own management commands."""

from __future__ import annotations

import click

from kaoji.cli.voice import hear, remark


@click.command(
    help=hear("Django 管理命令，例如 kaoji manage createsuperuser。"),
    context_settings={"ignore_unknown_options": True, "help_option_names": []},
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> None:
    """Hand the arguments to Django."""
    from kaoji.cli.site import about_database, set_up

    set_up()
    from django.core.management import execute_from_command_line
    from django.db import OperationalError, connection

    try:
        execute_from_command_line(["kaoji manage", *arguments])
    except OperationalError as error:
        remark(about_database(error, connection.vendor))
        raise SystemExit(2) from error
