"""Somebody with the database changes one column after another, past the actions. Run as a program
with a home that a whole year was lived in; prints each column whose change the verifier did not name.

Each round changes one column in one row of every table, looks at what the verifier says, and takes
the changes back.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from kaoji.cli.site import set_up

_MOST_TRIES = 100


def main() -> None:
    """Forge."""
    set_up()
    from django.db import transaction

    from kaoji.platform.events.of_rooms import audited
    from kaoji.subjects.verification.queries.verifying import differences
    from support.forging import unguarded

    columns = {name: _columns_of(told) for name, told in audited().items()}
    lived = {name: told for name, told in audited().items() if _last_row(told) is not None}
    print("tables", len(lived), "columns", sum(len(columns[name]) for name in lived))
    for number in range(max(map(len, columns.values()))):
        with transaction.atomic():
            changed = {}
            for name, told in lived.items():
                if number < len(columns[name]):
                    unguarded(told.model._meta.db_table)
                    changed[name] = (
                        columns[name][number],
                        _change(told, columns[name][number]),
                    )
            said = " ".join(str(sentence) for sentence in differences())
            for name, (field, key) in changed.items():
                if f"{name} 第 {key} 行" not in said:
                    print("not noticed:", name, field.name)
            transaction.set_rollback(True)


def _columns_of(told: Any) -> list[Any]:
    return [
        field
        for field in told.model._meta.concrete_fields
        if field.name not in told.unsaid and not field.primary_key
    ]


def _last_row(told: Any) -> Any:
    return told.model._default_manager.filter(told.only).order_by("pk").last()


def _change(told: Any, field: Any) -> int:
    """Set another value in the last row, by plain SQL; gives its key. One that is taken is passed over."""
    from django.db import IntegrityError, connection, transaction

    row = _last_row(told)
    value = getattr(row, field.attname)
    table, key = told.model._meta.db_table, told.model._meta.pk.column
    for _ in range(_MOST_TRIES):
        value = _other(value, field)
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                for pragma in ("defer_foreign_keys", "ignore_check_constraints"):
                    cursor.execute(f"PRAGMA {pragma} = ON")
                cursor.execute(
                    f'UPDATE {table} SET "{field.column}" = %s WHERE "{key}" = %s',  # noqa: S608
                    [field.get_db_prep_save(value, connection), row.pk],
                )
        except IntegrityError:
            continue
        return int(row.pk)
    raise AssertionError(f"every value of {table}.{field.column} is taken")


def _other(value: Any, field: Any) -> Any:
    """A value that is not this one, of the column's kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, datetime | date):
        return value - timedelta(days=1)
    if isinstance(value, int | Decimal):
        return value + 1
    if isinstance(value, str):
        return f"{value[:-1]}改"
    if isinstance(value, dict | list):
        return {"改": 1}
    return {
        "DateField": date(2001, 1, 1), "DateTimeField": datetime(2001, 1, 1, tzinfo=UTC),
        "CharField": "改", "TextField": "改", "JSONField": {"改": 1}, "BooleanField": True,
    }.get(field.get_internal_type(), 1)  # fmt: skip


if __name__ == "__main__":
    main()
