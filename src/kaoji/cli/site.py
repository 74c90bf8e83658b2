"""Set Django up for the commands that need it; what goes wrong there is told in a sentence."""

from __future__ import annotations

import os
import socket
import sqlite3
from typing import NoReturn

from kaoji.cli.voice import remark
from kaoji.core.speech import Sentence, say
from kaoji.platform.home_folder import UnusableHome, prepare_home

_REFUSED = 2
# PostgreSQL's number for what a role may not do.
_INSUFFICIENT_PRIVILEGE = "42501"


def set_up() -> None:
    """Prepare the home folder and load the settings. Call before importing any model."""
    try:
        prepare_home()
    except UnusableHome as unusable:
        _stop(unusable.sentence)
    load_settings()


def load_settings() -> None:
    """Load the settings and touch nothing else: the home folder stays as it is, or is not."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kaoji.config.settings")
    try:
        import django
    except ModuleNotFoundError:
        _stop(say("网站需要安装 kaoji[web]；例如：pip install 'kaoji[web]'"))
    from kaoji.core.wrong_setting import WrongSetting

    try:
        django.setup()
    except WrongSetting as wrong:
        _stop(wrong.sentence)
    except ModuleNotFoundError as missing:
        _stop(
            say("缺少 {module}；请安装 kaoji[web]（用 PostgreSQL 时还要 kaoji[postgres]）",
                module=missing.name or "")
        )  # fmt: skip


def require_web_server() -> None:
    """Stop with a sentence where what serves the pages is not installed."""
    try:
        import waitress  # noqa: F401 - whether it is there
    except ModuleNotFoundError:
        _stop(say("网站需要安装 kaoji[web]；例如：pip install 'kaoji[web]'"))


def require_own_database() -> None:
    """Stop with a sentence where the database is another program's, or of a later kaoji."""
    from django.apps import apps
    from django.db import DatabaseError, connection
    from django.db.migrations.loader import MigrationLoader

    try:
        tables = connection.introspection.table_names()
        loader = MigrationLoader(connection)
    except (DatabaseError, sqlite3.Error, OSError) as error:
        _stop(about_database(error, connection.vendor))
    if tables and "django_migrations" not in tables:
        _stop(
            say(
                "数据库里有别的程序的表（{tables}），不是考绩的数据库；请换一个",
                tables="、".join(sorted(tables)[:3]),
            )
        )
    ours = {
        config.label for config in apps.get_app_configs() if config.name.startswith("kaoji.")
    }
    unknown = set(loader.applied_migrations) - set(loader.disk_migrations)
    if any(app == "records" for app, _ in unknown):
        _stop(
            say(
                "数据库是表还没有按事项分开时的 kaoji 建的，不能接着用；请用一个新的 KAOJI_HOME 或"
                "新的数据库，再重新导入表格"
            )
        )
    later = sorted(f"{app}.{name}" for app, name in unknown if app in ours)
    if later:
        _stop(
            say("数据库是更新版本的 kaoji 建的（{later}）；请升级程序", later="、".join(later))
        )


def require_migrated() -> None:
    """Stop with a sentence where tables are missing: who does jobs would die of it again and again."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    require_own_database()
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        _stop(
            say("数据库还有 {count} 步升级没有做；请先运行 kaoji manage migrate（先 kaoji backup）",
                count=len(waiting))
        )  # fmt: skip


def bring_up_to_date() -> None:
    """Migrate the database; a database that cannot be used is told in a sentence."""
    from django.core.management import call_command
    from django.db import DatabaseError, connection

    require_own_database()
    try:
        call_command("migrate", verbosity=0)
    except (DatabaseError, sqlite3.Error, OSError) as error:
        _stop(about_database(error, connection.vendor))


def about_database(error: Exception, vendor: str) -> Sentence:
    """Why the database cannot be used, and what would help."""
    detail = " ".join(str(error).split())[:300]
    if vendor == "sqlite":
        from django.conf import settings

        file = settings.DATABASES["default"]["NAME"]
        if "not a database" in detail or "malformed" in detail:
            return say(
                "{file} 已损坏或不是考绩的数据库；请用备份恢复，或把它移走后重新启动", file=file
            )
        if "full" in detail:
            return say("磁盘已满，写不进 {file}；请腾出空间", file=file)
        if "readonly" in detail or "unable to open" in detail:
            return say("没有权限写 {file}；请检查文件夹和文件的属主", file=file)
        if "already exists" in detail or "no such" in detail:
            return say(
                "{file} 不是考绩的数据库（{detail}）；请移走后重新启动",
                file=file,
                detail=detail,
            )
        return say("数据库 {file} 不能使用：{detail}", file=file, detail=detail)
    if _is_not_permitted(error):
        return say(
            "数据库不许这个用户这样做（{detail}）；升级请用库的属主运行 kaoji manage migrate，"
            "并把表的权限给网站的用户（见 docs/guide/administering.md 的 PostgreSQL 一节）",
            detail=detail,
        )
    return say("连不上数据库：{detail}；请检查 KAOJI_DATABASE_URL 和数据库服务", detail=detail)


def _is_not_permitted(error: BaseException | None) -> bool:
    """Does it, or what it came from, say so by PostgreSQL's own number, in whatever language its words are?"""
    while error is not None:
        if getattr(error, "sqlstate", None) == _INSUFFICIENT_PRIVILEGE:
            return True
        error = error.__cause__ or error.__context__
    return False


def require_port(host: str, port: int) -> None:
    """Stop with a sentence where something else listens already."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        _stop(
            say(
                "不能在 {host}:{port} 上监听：{why}；请用 --port 另选端口",
                host=host,
                port=port,
                why=error.strerror or str(error),
            )
        )


def _stop(sentence: Sentence) -> NoReturn:
    remark(sentence)
    raise SystemExit(_REFUSED)
