"""Let the database itself refuse to change or delete rows: triggers, for use in migrations.

Two kinds. A row of an *append-only* table never changes. Of a *fixed* one some columns never do,
and some only once, from nothing to something. No row of either is replaced under its own key (SQLite's
INSERT OR REPLACE passes by the other guards), and no guarded table is emptied at a stroke (PostgreSQL's
TRUNCATE does). Who owns the database can drop a trigger; the log then tells what was changed, and
`verify_log` that the trigger is gone.

SQLite makes a table anew when a column of it changes, without its triggers: a migration that changes
a column of a guarded table guards it again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db.migrations.operations.base import Operation

REFUSES = "BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END"
# Each app that is guarded brings PostgreSQL's function along: none depends on which came first.
_REFUSE = f"""CREATE OR REPLACE FUNCTION kaoji_refuse() RETURNS trigger AS $$
{REFUSES} $$ LANGUAGE plpgsql"""


class Guard(Operation):
    """A step of a migration that sets guards. Django's RunPython would build every model for it, and take long."""

    reversible = True

    def __init__(self, guard: Callable[[Any], None], unguard: Callable[[Any], None]) -> None:
        self.guard, self.unguard = guard, unguard

    def state_forwards(self, app_label: str, state: Any) -> None:
        """No table has other columns for it."""

    def database_forwards(self, app_label: str, editor: Any, before: Any, after: Any) -> None:
        """Set the guards."""
        self.guard(editor)

    def database_backwards(self, app_label: str, editor: Any, before: Any, after: Any) -> None:
        """Take them away."""
        self.unguard(editor)

    def describe(self) -> str:
        """What `migrate --plan` says."""
        return "Guard rows against changes"


def append_only(*tables: str) -> Guard:
    """The operation that guards every row of these tables for good."""

    def guard(editor: Any) -> None:
        sqlite = editor.connection.vendor == "sqlite"
        for table in tables:
            _run(editor, _no_change_sqlite(table) if sqlite else _no_change_postgresql(table))
            _run(editor, [_no_replacing(editor.connection.vendor, table)])

    def unguard(editor: Any) -> None:
        for table in tables:
            _drop(editor, table, ("UPDATE", "DELETE", "REPLACE"), ("append_only", "truncate"))

    return Guard(guard, unguard)


def fixed(
    table: str,
    *columns: str,
    once: Sequence[str] = (),
    may_go: bool = False,
) -> Guard:
    """The operation that fixes *columns* of a table for good and those of *once* when they hold something.

    Without *may_go* no row is deleted.
    """

    def guard(editor: Any) -> None:
        vendor = editor.connection.vendor
        _run(editor, list(_fixes(vendor, table, columns, once, may_go=may_go)))
        _run(editor, [_no_replacing(vendor, table)])

    def unguard(editor: Any) -> None:
        _drop(editor, table, ("fixed", "DELETE", "REPLACE"), ("fixed", "kept", "truncate"))

    return Guard(guard, unguard)


def lifted(guard: Guard) -> Guard:
    """The operation that lifts a guard, before a table gets another column; the guard is set again after it."""
    return Guard(guard.unguard, guard.guard)


def _no_change_sqlite(table: str) -> list[str]:
    return [
        f"""CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
        BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"""
        for verb in ("UPDATE", "DELETE")
    ]


def _no_change_postgresql(table: str) -> list[str]:
    return [
        _REFUSE,
        f"""CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION kaoji_refuse()""",
    ]


def _fixes(
    vendor: str, table: str, columns: Sequence[str], once: Sequence[str], *, may_go: bool
) -> Iterator[str]:
    differs = "IS NOT" if vendor == "sqlite" else "IS DISTINCT FROM"
    tests = [f"OLD.{column} {differs} NEW.{column}" for column in ("id", *columns)]
    tests += [
        f"(OLD.{column} IS NOT NULL AND OLD.{column} {differs} NEW.{column})" for column in once
    ]
    changed = " OR ".join(tests)
    if vendor == "sqlite":
        yield f"""CREATE TRIGGER {table}_fixed BEFORE UPDATE ON {table} WHEN {changed}
            BEGIN SELECT RAISE(ABORT, '{table}: these columns are fixed'); END"""
        if not may_go:
            yield f"""CREATE TRIGGER {table}_no_DELETE BEFORE DELETE ON {table}
                BEGIN SELECT RAISE(ABORT, '{table} is kept'); END"""
        return
    yield _REFUSE
    yield f"""CREATE TRIGGER {table}_fixed BEFORE UPDATE ON {table} FOR EACH ROW
        WHEN ({changed}) EXECUTE FUNCTION kaoji_refuse()"""
    if not may_go:
        yield f"""CREATE TRIGGER {table}_kept BEFORE DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION kaoji_refuse()"""


def _no_replacing(vendor: str, table: str) -> str:
    if vendor == "sqlite":
        return f"""CREATE TRIGGER {table}_no_REPLACE BEFORE INSERT ON {table}
            WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)
            BEGIN SELECT RAISE(ABORT, '{table}: there is such a row'); END"""  # noqa: S608 - our own names
    return f"""CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION kaoji_refuse()"""


def _drop(
    editor: Any, table: str, of_sqlite: Sequence[str], of_postgresql: Sequence[str]
) -> None:
    if editor.connection.vendor == "sqlite":
        names = (f"{table}_{verb if verb == 'fixed' else f'no_{verb}'}" for verb in of_sqlite)
        _run(editor, [f"DROP TRIGGER IF EXISTS {name}" for name in names])
    else:
        names = (
            f"{table}_{'no_truncate' if kind == 'truncate' else kind}" for kind in of_postgresql
        )
        _run(editor, [f"DROP TRIGGER IF EXISTS {name} ON {table}" for name in names])


def _run(editor: Any, statements: Sequence[str]) -> None:
    for statement in statements:
        editor.execute(statement, params=None)
