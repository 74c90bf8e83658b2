"""What was on SQLite is on PostgreSQL, row by row; nothing is moved into a place that holds something."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from cli.running import kaoji
from kaoji.samples import SONGJIANG_2023

POSTGRESQL = os.environ.get("KAOJI_DATABASE_URL", "")
needs_postgresql = pytest.mark.skipif(not POSTGRESQL, reason="there is no PostgreSQL here")


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home on SQLite with the demo's people and forms."""
    home = tmp_path_factory.mktemp("lived") / "demo"
    made = kaoji(
        "demo", "--no-serve", "--home", str(home), KAOJI_DATABASE_URL="", KAOJI_JOBS="at-once"
    )
    assert made.returncode == 0, made.stderr.decode()
    return home


@pytest.fixture
def empty() -> str:
    """The address of an empty database."""
    import psycopg

    address, _, _name = POSTGRESQL.rpartition("/")
    name = f"moved_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"  # workers run side by side
    with psycopg.connect(POSTGRESQL, autocommit=True) as held:
        held.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        held.execute(f"CREATE DATABASE {name}")
    return f"{address}/{name}"


def moved(home: Path, address: str):
    return kaoji("move", "--to", address, KAOJI_HOME=str(home), KAOJI_DATABASE_URL="")


@needs_postgresql
def test_every_row_arrives_and_is_verified_there(lived: Path, empty: str):
    import psycopg

    done = moved(lived, empty)

    assert done.returncode == 0, done.stderr.decode()
    assert "逐行比对一致" in done.stdout.decode()
    assert "在那边逐条核验无误" in done.stdout.decode()
    with sqlite3.connect(lived / "kaoji.sqlite3") as here, psycopg.connect(empty) as there:
        for table in (
            "events_event",
            "declarations_indicatorrow",
            "auth_user",
            "auth_permission",
        ):
            count = f"SELECT count(*) FROM {table}"  # noqa: S608 - our own names
            assert here.execute(count).fetchone() == there.execute(count).fetchone(), table
        head = "SELECT sequence, hash FROM events_loghead"
        assert here.execute(head).fetchone() == there.execute(head).fetchone()
        text = "SELECT content FROM files_document ORDER BY id LIMIT 1"
        assert here.execute(text).fetchone()[0] == SONGJIANG_2023.read_bytes()
        assert bytes(there.execute(text).fetchone()[0]) == SONGJIANG_2023.read_bytes()

    again = moved(lived, empty)
    assert again.returncode == 2
    assert "目标数据库不是空的" in again.stderr.decode()

    named = {
        "DJANGO_SUPERUSER_PASSWORD": "walk-through-0",
        "DJANGO_SUPERUSER_USERNAME": "root2",
    }
    new = kaoji("manage", "createsuperuser", "--noinput", "--email", "a@example.org",
                KAOJI_HOME=str(lived), KAOJI_DATABASE_URL=empty, **named)  # fmt: skip
    assert new.returncode == 0, (
        new.stderr.decode()
    )  # its numbers go on after those that came along


@needs_postgresql
def test_a_row_that_was_changed_past_the_actions_is_told_after_the_move(
    lived: Path, empty: str, tmp_path: Path
):
    forged = tmp_path / "forged"
    forged.mkdir()
    for path in lived.iterdir():
        (forged / path.name).write_bytes(path.read_bytes())
    with sqlite3.connect(forged / "kaoji.sqlite3") as held:
        held.execute("UPDATE auth_user SET is_active = 0 WHERE username = 'tianbao'")

    done = moved(forged, empty)

    assert done.returncode == 1
    assert "逐行比对一致" in done.stdout.decode()
    assert "auth_user" in done.stderr.decode() or "accounts" in done.stderr.decode()


@needs_postgresql
def test_somebody_elses_database_is_left_alone(lived: Path, empty: str):
    import psycopg

    with psycopg.connect(empty, autocommit=True) as held:
        held.execute("CREATE TABLE salaries (id int)")

    done = moved(lived, empty)

    assert done.returncode == 2
    assert "salaries" in done.stderr.decode()


def test_only_postgresql_is_moved_to(tmp_path: Path):
    home = {"KAOJI_HOME": str(tmp_path), "KAOJI_DATABASE_URL": ""}
    assert kaoji("manage", "migrate", "-v", "0", **home).returncode == 0

    done = kaoji("move", "--to", "mysql://a:geheim@b/c", **home)

    assert done.returncode == 2
    assert "mysql" in done.stderr.decode()
    assert "geheim" not in done.stderr.decode()


@pytest.fixture
def half_a_sign(lived: Path, tmp_path: Path) -> Path:
    """A home in which a notice holds half an emoji, as SQLite keeps it and PostgreSQL does not."""
    home = tmp_path / "half"
    home.mkdir()
    for path in lived.iterdir():
        if path.is_file():
            (home / path.name).write_bytes(path.read_bytes())
    with sqlite3.connect(home / "kaoji.sqlite3") as held:
        held.execute(
            "INSERT INTO notices_notice (person_id, sentence, topic, made_at)"
            " SELECT min(id), ?, '', '2026-11-28 08:00:00' FROM auth_user",
            ['{"say": "补\\ud83d材料", "with": {}}'],
        )
    return home


@needs_postgresql
def test_what_postgresql_cannot_hold_is_found_before_anything_is_moved(
    half_a_sign: Path, empty: str
):
    import psycopg

    done = moved(half_a_sign, empty)

    told = done.stderr.decode()
    assert done.returncode == 2, told
    assert "notices_notice" in told
    assert "sentence 里有 PostgreSQL 存不下的字符（U+D83D）" in told
    assert "Traceback" not in told
    with psycopg.connect(empty) as there:
        tables = "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"
        assert there.execute(tables).fetchone() == (0,)


def test_rows_are_moved_out_of_sqlite_only(tmp_path: Path):
    """Nobody is called: what is asked for cannot be."""
    done = kaoji("move", "--to", "postgresql://a:b@127.0.0.1:9/c", KAOJI_HOME=str(tmp_path),
                 KAOJI_DATABASE_URL="postgresql://a:b@127.0.0.1:9/d")  # fmt: skip

    assert done.returncode == 2
    assert "现在用的已经是 PostgreSQL" in done.stderr.decode()
    assert "kaoji backup" in done.stderr.decode()
