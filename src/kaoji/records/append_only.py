"""Let the database itself refuse to change or delete rows: triggers, for use in migrations.

Three kinds. A row of an *append-only* table never changes. Of a *fixed* one some columns never do,
and some only once, from nothing to something. No row is replaced under its own key (SQLite's INSERT OR
REPLACE passes by the other guards), and no guarded table is emptied at a stroke (PostgreSQL's TRUNCATE
does). Who owns the database can drop a trigger; the log then tells what was changed, and
`verify_log` that the trigger is gone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import migrations

REFUSES = "BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END"
_REFUSE = f"""CREATE FUNCTION records_refuse() RETURNS trigger AS $$
{REFUSES} $$ LANGUAGE plpgsql"""


def append_only(*tables: str, first: bool = False) -> migrations.RunPython:
    """The operation that guards these tables; the *first* one brings PostgreSQL's function along."""

    def guard(apps: Any, editor: Any) -> None:
        _run(editor, _guards(editor.connection.vendor, tables, first=first))

    def unguard(apps: Any, editor: Any) -> None:
        _run(editor, _drops(editor.connection.vendor, tables, last=first))

    return migrations.RunPython(guard, unguard)


def guarded_again(*tables: str) -> migrations.RunPython:
    """The operation after a change of columns: SQLite makes such a table anew, without its guards."""

    def guard(apps: Any, editor: Any) -> None:
        if editor.connection.vendor == "sqlite":
            drops = _drops("sqlite", tables, last=False)
            _run(editor, [drop.replace("TRIGGER", "TRIGGER IF EXISTS") for drop in drops])
            _run(editor, _guards("sqlite", tables, first=False))

    return migrations.RunPython(guard, migrations.RunPython.noop)


def fixed(
    table: str,
    *columns: str,
    once: Sequence[str] = (),
    may_go: bool = False,
) -> migrations.RunPython:
    """The operation that fixes *columns* of a table for good and those of *once* when they hold something.

    Without *may_go* no row is deleted.
    """

    def guard(apps: Any, editor: Any) -> None:
        _run(editor, _fixes(editor.connection.vendor, table, columns, once, may_go=may_go))

    def unguard(apps: Any, editor: Any) -> None:
        if editor.connection.vendor == "sqlite":
            names = [f"{table}_fixed", *(() if may_go else (f"{table}_no_DELETE",))]
            _run(editor, [f"DROP TRIGGER {name}" for name in names])
        else:
            _run(editor, [f"DROP TRIGGER {table}_fixed ON {table}"])

    return migrations.RunPython(guard, unguard)


def not_replaced(*tables: str) -> migrations.RunPython:
    """The operation by which no row takes another's place, and no table is emptied at a stroke."""

    def guard(apps: Any, editor: Any) -> None:
        _run(editor, list(_against_replacing(editor.connection.vendor, tables)))

    def unguard(apps: Any, editor: Any) -> None:
        sqlite = editor.connection.vendor == "sqlite"
        _run(
            editor,
            [
                f"DROP TRIGGER {table}_no_REPLACE"
                if sqlite
                else f"DROP TRIGGER {table}_no_truncate ON {table}"
                for table in tables
            ],
        )

    return migrations.RunPython(guard, unguard)


def _guards(vendor: str, tables: tuple[str, ...], *, first: bool) -> list[str]:
    if vendor == "sqlite":
        return [
            f"""CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
            BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"""
            for table in tables
            for verb in ("UPDATE", "DELETE")
        ]
    triggers = [
        f"""CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION records_refuse()"""
        for table in tables
    ]
    return [_REFUSE, *triggers] if first else triggers


def _drops(vendor: str, tables: tuple[str, ...], *, last: bool) -> list[str]:
    if vendor == "sqlite":
        return [f"DROP TRIGGER {t}_no_{verb}" for t in tables for verb in ("UPDATE", "DELETE")]
    drops = [f"DROP TRIGGER {table}_append_only ON {table}" for table in tables]
    return [*drops, "DROP FUNCTION records_refuse()"] if last else drops


def _fixes(
    vendor: str, table: str, columns: Sequence[str], once: Sequence[str], *, may_go: bool
) -> list[str]:
    differs = "IS NOT" if vendor == "sqlite" else "IS DISTINCT FROM"
    tests = [f"OLD.{column} {differs} NEW.{column}" for column in ("id", *columns)]
    tests += [
        f"(OLD.{column} IS NOT NULL AND OLD.{column} {differs} NEW.{column})" for column in once
    ]
    changed = " OR ".join(tests)
    if vendor == "sqlite":
        made = [
            f"""CREATE TRIGGER {table}_fixed BEFORE UPDATE ON {table} WHEN {changed}
            BEGIN SELECT RAISE(ABORT, '{table}: these columns are fixed'); END"""
        ]
        if not may_go:
            made.append(
                f"""CREATE TRIGGER {table}_no_DELETE BEFORE DELETE ON {table}
                BEGIN SELECT RAISE(ABORT, '{table} is kept'); END"""
            )
        return made
    made = [
        f"""CREATE TRIGGER {table}_fixed BEFORE UPDATE ON {table} FOR EACH ROW
        WHEN ({changed}) EXECUTE FUNCTION records_refuse()"""
    ]
    if not may_go:
        made.append(
            f"""CREATE TRIGGER {table}_kept BEFORE DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION records_refuse()"""
        )
    return made


def _against_replacing(vendor: str, tables: Sequence[str]) -> Iterator[str]:
    for table in tables:
        if vendor == "sqlite":
            yield f"""CREATE TRIGGER {table}_no_REPLACE BEFORE INSERT ON {table}
            WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)
            BEGIN SELECT RAISE(ABORT, '{table}: there is such a row'); END"""  # noqa: S608 - our own names
        else:
            yield f"""CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION records_refuse()"""


def _run(editor: Any, statements: list[str]) -> None:
    for statement in statements:
        editor.execute(statement, params=None)
