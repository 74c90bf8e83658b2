"""A database that was migrated once and is copied after that: migrations take longer than most tests.

The copy holds as long as no file of any migration, nor Django, changes. Only SQLite's is copied.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import tempfile
from pathlib import Path

import pytest


def _copy_of(cache: pytest.Cache) -> Path:
    import django
    from django.apps import apps

    known = hashlib.sha256(django.__version__.encode())
    for config in apps.get_app_configs():
        for path in sorted((Path(config.path) / "migrations").glob("*.py")):
            known.update(path.read_bytes())
    known.update((Path(__file__).parents[2] / "src/kaoji/platform/append_only.py").read_bytes())
    return cache.mkdir("migrated") / f"{known.hexdigest()[:32]}.sqlite3"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest,
    django_db_modify_db_settings_parallel_suffix: None,  # each worker has a database
) -> Path | None:
    """Where the copy is; tables are made without migrations when there is one."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    if "sqlite" not in database["ENGINE"]:
        return None
    copy = _copy_of(request.config.cache)
    database["TEST"]["MIGRATE"] = not copy.exists()
    return copy


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None,
    django_db_modify_db_settings: Path | None,
    django_db_blocker: object,
) -> None:
    """Every test's database, copied or else kept to be copied."""
    copy = django_db_modify_db_settings
    if copy is not None:
        with django_db_blocker.unblock():
            from django.db import connection

            connection.ensure_connection()
            if copy.exists():
                with sqlite3.connect(copy) as kept:
                    kept.backup(connection.connection)
            else:
                _keep(connection.connection, copy)


def _keep(database: sqlite3.Connection, copy: Path) -> None:
    handle, path = tempfile.mkstemp(dir=copy.parent)
    os.close(handle)
    with sqlite3.connect(path) as kept:
        database.backup(kept)
    kept.close()
    Path(path).replace(copy)
