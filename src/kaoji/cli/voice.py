"""In which language the command line speaks, and where: results to stdout, remarks to stderr."""

from __future__ import annotations

import os
import sys

import click

from kaoji.core.speech import Sentence
from kaoji.standards.languages import LANGUAGES, language_of, mark, speaker


def _language_asked_for(arguments: list[str]) -> str:
    """`--lang` decides before click reads the arguments, because help is spoken too."""
    for place, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
        if argument == "--lang" and place + 1 < len(arguments):
            return arguments[place + 1]
    return language_of(os.environ)


LANGUAGE = _language_asked_for(sys.argv[1:])
hear = speaker(LANGUAGE)

COLON, COMMA, OPENING, CLOSING = (mark(sign, LANGUAGE) for sign in "：，（）")

LANGUAGE_OPTION = click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    expose_value=False,
    is_eager=True,
    help=hear("输出语言；默认随系统"),
)


def remark(sentence: Sentence | str) -> None:
    """Say something about the work itself, on stderr."""
    click.echo(hear(sentence), err=True)
