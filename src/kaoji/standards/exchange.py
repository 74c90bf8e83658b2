"""Which tables the integrated budget platform (预算管理一体化) exchanges, column by column, and what of ours fills them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from kaoji.standards.files import read_yaml
from kaoji.standards.validity import Validity, in_force

SEEN, UNVERIFIED = "seen", "unverified"


@dataclass(frozen=True)
class Column:
    """One column of theirs. Filled from the value *source* of ours, or empty for the reason *why*.

    A *code* is text though it looks like a number; *most* is how many signs the column holds.
    """

    name: str
    title: str
    status: str
    source: str = ""
    why: str = ""
    is_code: bool = False
    most: int | None = None


@dataclass(frozen=True)
class Table:
    """One of their tables; *rows* says what of ours makes a row."""

    name: str
    title: str
    rows: str
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Code:
    """What they call a thing of ours; *status* tells whether anybody saw it or it is inferred."""

    code: str
    status: str


@dataclass(frozen=True)
class Exchange:
    """All tables as they hold on a day, where that is known from, and what is left out and why."""

    id: str
    source: str
    tables: tuple[Table, ...]
    codes: Mapping[str, Mapping[str, Code]]
    left_out: tuple[tuple[str, str], ...]


def exchange_in_force(*, on: date, region: str | None = None) -> Exchange | None:
    """The tables that hold on that day; None before the first."""
    return in_force(_dated(), on=on, region=region)


@cache
def _dated() -> tuple[tuple[Validity, Exchange], ...]:
    return tuple(
        (Validity.from_data(data), _exchange(data)) for data in read_yaml("exchange.yaml")
    )


def _exchange(data: dict[str, Any]) -> Exchange:
    codes = {
        name: {str(item["ours"]): Code(item["code"], item["status"]) for item in items}
        for name, items in data["codes"].items()
    }
    tables = tuple(
        Table(item["name"], item["title"], item["rows"], tuple(_columns(item["columns"], data)))
        for item in data["tables"]
    )
    left_out = tuple((item["name"], item["why"]) for item in data["left_out"])
    return Exchange(data["id"], data["source"], tables, codes, left_out)


def _columns(items: list[Any], data: dict[str, Any]) -> Iterator[Column]:
    """A bare word stands for a group of columns that several tables share."""
    for item in items:
        if isinstance(item, str):
            yield from _columns(data[item], data)
        else:
            yield Column(
                item["name"],
                item["title"],
                item.get("status", SEEN),
                item.get("from", ""),
                item.get("why", ""),
                item.get("as") == "code",
                item.get("most"),
            )
