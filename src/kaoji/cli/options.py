"""Options that several commands share."""

from __future__ import annotations

import click

from kaoji.cli.voice import hear
from kaoji.standards.taxonomies import known_regions

FORMAT_OPTION = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help=hear("输出格式"),
)
YEAR_OPTION = click.option(
    "--year", type=click.IntRange(1994, 2100), help=hear("按这一年的规定；默认按表上年度")
)
REGION_OPTION = click.option(
    "--region",
    type=click.Choice(sorted(known_regions())),
    help=hear("按这一地区的规定，例如 shanghai；默认按版式"),
)
