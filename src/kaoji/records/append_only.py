"""Let the database itself refuse to change or delete rows: triggers, for use in migrations."""

from __future__ import annotations

from typing import Any

from django.db import migrations

_REFUSE = """CREATE FUNCTION records_refuse() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$ LANGUAGE plpgsql"""


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


def _run(editor: Any, statements: list[str]) -> None:
    for statement in statements:
        editor.execute(statement, params=None)
