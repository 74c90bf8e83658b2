"""Do the guards that the migrations set still stand in this database, and do they still refuse?

`guards.json` has every trigger of SQLite by name with the hash of its text, written by
`scripts/guards.py`. PostgreSQL's triggers follow from these names; they stand on their own table, have no
condition (but those of fixed columns) and call a function whose text is looked into. Who owns a database can drop a guard, change a row and set the guard again: what was changed is
told by the log, not here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from kaoji.core.canonical import digest
from kaoji.core.speech import Sentence, say
from kaoji.platform.append_only import REFUSES

GUARDS = Path(__file__).with_name("guards.json")
# What one trigger of SQLite is called on PostgreSQL, where one guards several verbs.
_ON_POSTGRESQL = {
    "_no_UPDATE": "_append_only",
    "_no_REPLACE": "_no_truncate",
    "_fixed": "_fixed",
}


def guards_in(connection: Any) -> dict[str, str]:
    """By name the hash of every trigger in an SQLite database; on PostgreSQL those that refuse, without a hash."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            return {
                name: digest(" ".join(sql.split()).encode()) for name, sql in cursor.fetchall()
            }
        cursor.execute(
            """SELECT tgname FROM pg_trigger
            JOIN pg_proc ON pg_proc.oid = tgfoid JOIN pg_class ON pg_class.oid = tgrelid
            WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') AND btrim(prosrc, E' \\n') = %s
            AND starts_with(tgname, relname) AND (tgqual IS NULL OR tgname LIKE '%%fixed')""",
            [REFUSES],
        )
        return {name.lower(): "" for (name,) in cursor.fetchall()}


def written(guards: Mapping[str, str]) -> str:
    """The file, one guard a line."""
    return json.dumps(guards, indent=0, sort_keys=True) + "\n"


def missing_guards(connection: Any) -> Iterator[Sentence]:
    """Every guard that is gone, or no longer what the migrations set."""
    standing, wanted = guards_in(connection), known_guards()
    if connection.vendor != "sqlite":
        for name in sorted(set(_names_on_postgresql(wanted)) - standing.keys()):
            yield say("数据库里的保护 {name} 被拿掉、停用或改空了", name=name)
        return
    for name, kept in sorted(wanted.items()):
        if name not in standing:
            yield say("数据库里的保护 {name} 被拿掉了", name=name)
        elif standing[name] != kept:
            yield say("数据库里的保护 {name} 被改过", name=name)


@cache
def known_guards() -> dict[str, str]:
    """The guards as the migrations set them."""
    return dict(json.loads(GUARDS.read_text("utf-8")))


def _names_on_postgresql(wanted: Mapping[str, str]) -> Iterator[str]:
    for name in wanted:
        for end, other in _ON_POSTGRESQL.items():
            if name.endswith(end):
                yield f"{name.removesuffix(end)}{other}".lower()
        table = name.removesuffix("_no_DELETE")
        if table != name and f"{table}_fixed" in wanted:
            yield f"{table}_kept".lower()
