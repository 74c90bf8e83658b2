"""What somebody does who has the database: the guards dropped, rows changed by plain SQL."""

from __future__ import annotations

from django.db import connection


def unguarded(*tables: str) -> None:
    """Drop every trigger of these tables, as their owner can."""
    with connection.cursor() as cursor:
        for table in tables:
            if connection.vendor == "sqlite":
                cursor.execute(
                    "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
                    [table],
                )
                for (name,) in cursor.fetchall():
                    cursor.execute(f"DROP TRIGGER {name}")
            else:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")


def forged(table: str, column: str, value: object, key: int) -> None:
    """Set a column of one row past the actions."""
    unguarded(table)
    with connection.cursor() as cursor:
        cursor.execute(f'UPDATE {table} SET "{column}" = %s WHERE id = %s', [value, key])  # noqa: S608
