"""`kaoji manage …`: Django's own management commands."""

from __future__ import annotations

import click

from kaoji.cli.voice import hear, remark

_WITHOUT_DATABASE = {"help", "version", "check", "makemigrations", "--help", "--version"}


@click.command(
    help=hear("Django 管理命令，例如 kaoji manage createsuperuser。"),
    context_settings={"ignore_unknown_options": True, "help_option_names": []},
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> None:
    """Hand the arguments to Django."""
    from kaoji.cli.site import about_database, require_own_database, set_up

    set_up()
    from django.core.management import execute_from_command_line
    from django.db import DatabaseError, connection

    if arguments and arguments[0] not in _WITHOUT_DATABASE:
        require_own_database()
    try:
        execute_from_command_line(["kaoji manage", *arguments])
    except DatabaseError as error:
        remark(about_database(error, connection.vendor))
        raise SystemExit(2) from error
