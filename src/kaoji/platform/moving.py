"""Everything from one database into another that is empty: row by row, compared on both sides before it counts.

    read a table in the order of its keys → write it → read it again → the same count and the same digest

All tables are one transaction of the target: whatever differs leaves it as empty as it was. Who reads the source
holds its turn to write meanwhile, so that nothing is added behind what was read. How many rows are held at once is
measured by the longest of their table: files of many megabytes go one by one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from itertools import islice
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import DatabaseError, connections, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models.functions import Length

from kaoji.core.speech import Sentence, say
from kaoji.platform.events.event_log import GENESIS
from kaoji.platform.events.models import LogHead
from kaoji.platform.health.work import workers
from kaoji.platform.unmovable_signs import unmovable_signs

# What is held in memory at once: rows, and bytes of the columns that have no limit.
MOST_ROWS, MOST_BYTES = 500, 16_000_000
_OF_ANY_LENGTH = (models.BinaryField, models.JSONField, models.TextField)
# Made by migrating itself, and made again as the source has them.
_MADE_BY_MIGRATING = {"django_content_type", "auth_permission"}


class UnableToMove(Exception):
    """It cannot be moved, or what arrived is not what was sent; the sentence says why."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        super().__init__(str(sentence))


@dataclass(frozen=True)
class Moved:
    """What arrived: tables, rows, and where the log ends."""

    tables: int
    rows: int
    last_hash: str


def require_sqlite(source: str) -> None:
    """Rows are moved out of SQLite only; PostgreSQL has tools of its own. Raises UnableToMove."""
    if connections[source].vendor != "sqlite":
        raise UnableToMove(
            say(
                "现在用的已经是 PostgreSQL（KAOJI_DATABASE_URL）；kaoji move 只从 KAOJI_HOME 里的 SQLite 搬出，"
                "请去掉 KAOJI_DATABASE_URL 再运行；两个 PostgreSQL 之间请用 kaoji backup 和 kaoji restore"
            )
        )


def require_ready(source: str, target: str, *, now: datetime) -> None:
    """Nobody works on the source, it is of this version, the target holds nothing and can hold all. Raises UnableToMove."""
    require_sqlite(source)
    executor = MigrationExecutor(connections[source])
    if not executor.loader.applied_migrations:
        raise UnableToMove(
            say("{file} 里没有考绩的数据，没有什么可搬；请检查 KAOJI_HOME",
                file=connections[source].settings_dict["NAME"])
        )  # fmt: skip
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise UnableToMove(
            say("原来的数据库还没有升级到这个版本；请先运行 kaoji manage migrate")
        )
    if workers(now):
        raise UnableToMove(
            say("作业进程还在运行；请先停掉网站和作业进程，免得搬走之后又有人写")
        )
    filled = _filled(target)
    if filled:
        raise UnableToMove(say("目标数据库不是空的（{table}）；只搬进空的数据库", table=filled))
    for found in unmovable_signs(_tables(), source):
        raise UnableToMove(
            say(
                "表 {table} 第 {key} 行的 {column} 里有 PostgreSQL 存不下的字符（{sign}），什么也没有搬；"
                "请在网站上改掉它再搬，已写进办理记录而改不了的，请继续用 SQLite",
                table=found.table, key=found.key, column=found.column, sign=found.sign,
            )
        )  # fmt: skip


def move(source: str, target: str) -> Moved:
    """Copy every row of every table, compare, and only then keep it. Raises UnableToMove."""
    rows = 0
    with transaction.atomic(using=source), transaction.atomic(using=target):
        tables = list(_tables())
        for model in reversed(tables):
            if model._meta.db_table in _MADE_BY_MIGRATING:
                model._base_manager.using(target).all().delete()
        for model in tables:
            at_once = rows_at_once(model, source)
            sent = _copy(model, source, target, at_once=at_once)
            if _digest(model, target, at_once=at_once) != sent:
                raise UnableToMove(
                    say(
                        "表 {table} 到了那边与原来的不同；什么也没有搬",
                        table=model._meta.db_table,
                    )
                )
            rows += sent[0]
        _continue_numbering(tables, target)
    return Moved(len(tables), rows, head_of(target))


def head_of(alias: str) -> str:
    """The last hash of the log in a database."""
    head = LogHead.objects.using(alias).filter(pk=1).first()
    return head.hash if head else GENESIS


def _tables() -> Iterator[type[models.Model]]:
    """Every table, those that others point to and those that only pair two others."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            yield model


def _filled(alias: str) -> str | None:
    """A table of the database that holds something, ours or another's; None where there is none."""
    connection = connections[alias]
    ours = {model._meta.db_table: model for model in _tables()}
    for table in sorted(connection.introspection.table_names()):
        if table in _MADE_BY_MIGRATING or table == "django_migrations":
            continue
        if table not in ours or ours[table]._base_manager.using(alias).exists():
            return table
    return None


def rows_at_once(model: type[models.Model], source: str) -> int:
    """How many rows of a table are held in memory at once: as many as the longest of them allows.

    Asked of SQLite, which knows how long a value is without reading it.
    """
    lengths = [
        length
        for field in model._meta.local_concrete_fields
        if isinstance(field, _OF_ANY_LENGTH)
        for length in model._base_manager.using(source)
        .aggregate(longest=models.Max(Length(field.name)))
        .values()
    ]
    longest: int = sum(filter(None, lengths))
    return max(1, min(MOST_ROWS, MOST_BYTES // max(1, longest)))


def _copy(
    model: type[models.Model], source: str, target: str, *, at_once: int
) -> tuple[int, str]:
    """Write the rows of a table to the target; their count and digest as they were read."""
    count, known = 0, hashlib.sha256()
    rows = model._base_manager.using(source).order_by("pk").iterator(chunk_size=at_once)
    while batch := list(islice(rows, at_once)):
        for row in batch:
            known.update(_written(row))
        try:
            # As it is loaded from a fixture: no field fills itself in with the present moment.
            model._base_manager.using(target)._insert(  # type: ignore[attr-defined]
                batch, fields=model._meta.local_concrete_fields, using=target, raw=True
            )
        except (DatabaseError, ValueError) as error:
            raise UnableToMove(
                say("表 {table} 的行写不进去：{why}；什么也没有搬", table=model._meta.db_table,
                    why=" ".join(str(error).split())[:200])
            ) from error  # fmt: skip
        count += len(batch)
    return count, known.hexdigest()


def _digest(model: type[models.Model], alias: str, *, at_once: int) -> tuple[int, str]:
    count, known = 0, hashlib.sha256()
    for row in model._base_manager.using(alias).order_by("pk").iterator(chunk_size=at_once):
        known.update(_written(row))
        count += 1
    return count, known.hexdigest()


def _written(row: models.Model) -> bytes:
    """A row as the same bytes, whichever database it was read from."""
    values = [_plain(field, row) for field in row._meta.local_concrete_fields]
    text = json.dumps(values, sort_keys=True, ensure_ascii=False, default=str)
    return text.encode(errors="surrogatepass") + b"\n"


def _plain(field: models.Field[Any, Any], row: models.Model) -> Any:
    value = getattr(row, field.attname)
    if isinstance(value, bytes | memoryview):
        return hashlib.sha256(value).hexdigest()
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, Decimal):
        return f"{value:.{getattr(field, 'decimal_places', 2)}f}"
    return value


def _continue_numbering(tables: list[type[models.Model]], alias: str) -> None:
    """The next new row gets a number after those that came along."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables):
            cursor.execute(statement)
