"""The database: can it be reached, is it of this version, do its guards stand, how does the log end?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.apps import apps
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.timezone import localtime

from kaoji.core.speech import Sentence, say
from kaoji.platform.events.guards import missing_guards
from kaoji.platform.events.models import LogHead
from kaoji.platform.health.line import Line, broken, doubtful, fine
from kaoji.platform.jobs.routines import VERIFY, last_of

_DATABASE, _TABLES, _RIGHTS, _GUARDS, _LOG = (
    say("数据库"),
    say("数据表"),
    say("数据库权限"),
    say("防改保护"),
    say("办理记录"),
)
REACHED = "database.reached"
# The timer verifies once a day; a day may be missed.
_VERIFIED_WITHIN = timedelta(days=3)


def look_at_database(now: datetime) -> Iterator[Line]:
    """The database itself, and, where it is of this version, what it must hold."""
    try:
        yield _version()
        executor = MigrationExecutor(connection)
        tables = _migrations(executor)
        yield tables
        if tables.condition == "ok":
            if connection.vendor == "postgresql":
                rights = _rights()
                yield rights
                if rights.condition != "ok":
                    return  # what may not be read tells nothing
            yield _guards()
            yield _log(now)
    except (DatabaseError, OSError) as error:
        why = " ".join(str(error).split())[:200]
        yield broken(
            REACHED, _DATABASE, say("不能使用：{why}", why=why),
            say("检查 KAOJI_DATABASE_URL、数据库服务、数据文件夹的权限；损坏时用 kaoji restore 恢复备份"),
        )  # fmt: skip


def _version() -> Line:
    sqlite = connection.vendor == "sqlite"
    if sqlite and not connection.is_in_memory_db():  # type: ignore[attr-defined]
        Path(connection.settings_dict["NAME"]).stat()  # to open what is not there would make it
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if sqlite else "SHOW server_version")
        version = cursor.fetchone()[0]
    product = "SQLite" if sqlite else "PostgreSQL"
    return fine(
        REACHED, _DATABASE, say("{product} {version}", product=product, version=version)
    )


def _migrations(executor: MigrationExecutor) -> Line:
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    ours = {config.label for config in apps.get_app_configs()}
    later = sorted(
        f"{app}.{name}"
        for app, name in set(executor.loader.applied_migrations)
        - set(executor.loader.disk_migrations)
        if app in ours
    )
    if later:
        return broken(
            "database.migrated", _TABLES,
            say("是更新版本的 kaoji 建的（{later}）", later="、".join(later[:3])),
            say("请升级程序，或恢复升级前的备份"),
        )  # fmt: skip
    if waiting:
        return broken(
            "database.migrated", _TABLES, say("还有 {count} 步升级没有做", count=len(waiting)),
            say("运行：kaoji manage migrate（先 kaoji backup）"),
        )  # fmt: skip
    return fine("database.migrated", _TABLES, say("与这个版本相符"))


# What the role that we are may not even read or add to; to change rows some tables need not be open.
_WITHOUT_RIGHT = """
SELECT class.relname FROM pg_class AS class JOIN pg_namespace AS space ON space.oid = class.relnamespace
WHERE space.nspname = current_schema() AND (
    class.relkind = 'r' AND NOT (
        has_table_privilege(class.oid, 'SELECT') AND has_table_privilege(class.oid, 'INSERT'))
    OR class.relkind = 'S' AND NOT has_sequence_privilege(class.oid, 'USAGE'))
ORDER BY 1
"""


def _rights() -> Line:
    """The owner made a table in an upgrade, and nobody gave it to the site: seen here before somebody meets it."""
    with connection.cursor() as cursor:
        cursor.execute(_WITHOUT_RIGHT)
        names = [row[0] for row in cursor.fetchall()]
    if names:
        return broken(
            "database.rights", _RIGHTS,
            say("用不了 {first}（共 {count} 处）", first=names[0], count=len(names)),
            say("由库的属主执行 GRANT 和 ALTER DEFAULT PRIVILEGES（见 docs/guide/administering.md 的 PostgreSQL 一节）"),
        )  # fmt: skip
    return fine("database.rights", _RIGHTS, say("各表都能用"))


def _guards() -> Line:
    missing = list(missing_guards(connection))
    if missing:
        return broken(
            "database.guards", _GUARDS,
            say("{first}（共 {count} 处）", first=missing[0], count=len(missing)),
            say("有人动过数据库；请运行 kaoji manage verify_log，并与备份比较"),
        )  # fmt: skip
    return fine("database.guards", _GUARDS, say("都在"))


def _log(now: datetime) -> Line:
    head = LogHead.objects.filter(pk=1).first()
    told: Sentence = say(
        "共 {count} 条，末条校验值 {hash}",
        count=head.sequence if head else 0,
        hash=head.hash[:12] if head else "—",
    )
    run = last_of(VERIFY)
    cure = say("运行 kaoji manage verify_log，并用定时器每天运行")
    if run is None:
        return doubtful("log.verified", _LOG, say("{log}；还没有核验过", log=told), cure)
    day = f"{localtime(run.at):%Y-%m-%d %H:%M}"
    if not run.well:
        return broken(
            "log.verified", _LOG, say("{log}；{day} 核验有出入", log=told, day=day),
            say("运行 kaoji manage verify_log 看是哪里；与备份和以前的末条校验值比较"),
        )  # fmt: skip
    told = say("{log}；{day} 核验无误", log=told, day=day)
    if now - run.at > _VERIFIED_WITHIN:
        return doubtful("log.verified", _LOG, told, cure)
    return fine("log.verified", _LOG, told)
