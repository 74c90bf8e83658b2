"""What goes wrong at the first contact is told in one sentence, whatever command meets it."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from cli.running import SAMPLE, kaoji

POSTGRESQL = os.environ.get("KAOJI_DATABASE_URL", "")
COMMANDS = (("manage", "verify_log"), ("work", "--until-empty"), ("serve", "--port", "8939"))


def told(home: Path, *command: str, **more: str) -> str:
    """The one sentence that a command ends with, on SQLite unless *more* names another; it shows no traceback."""
    where = {"KAOJI_DATABASE_URL": "", **more}
    done = kaoji(*command, KAOJI_HOME=str(home), LC_ALL="C.UTF-8", **where)
    said = done.stderr.decode()
    assert done.returncode == 2, said
    assert "Traceback" not in said
    return said.strip().splitlines()[-1]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_damaged_database_is_told(tmp_path: Path, command: tuple[str, ...]):
    (tmp_path / "kaoji.sqlite3").write_bytes(bytes(range(256)) * 40)

    assert "已损坏或不是考绩的数据库" in told(tmp_path, *command)


@pytest.mark.parametrize("command", COMMANDS)
def test_the_database_of_another_program_is_left_alone(
    tmp_path: Path, command: tuple[str, ...]
):
    file = tmp_path / "kaoji.sqlite3"
    with sqlite3.connect(file) as other:
        other.execute("CREATE TABLE accounts (id)")
    other.close()

    assert "别的程序的表（accounts）" in told(tmp_path, *command)
    with sqlite3.connect(file) as other:
        tables = other.execute("SELECT name FROM sqlite_master").fetchall()
    other.close()
    assert tables == [("accounts",)]


def test_the_database_of_a_later_version_is_left_alone(tmp_path: Path):
    on_sqlite = {"KAOJI_HOME": str(tmp_path), "KAOJI_DATABASE_URL": ""}
    assert kaoji("manage", "migrate", "-v", "0", **on_sqlite).returncode == 0
    with sqlite3.connect(tmp_path / "kaoji.sqlite3") as later:
        later.execute(
            "INSERT INTO django_migrations (app, name, applied)"
            " VALUES ('declarations', '9999_of_tomorrow', '2030-01-01')"
        )
    later.close()

    assert "更新版本的 kaoji 建的（declarations.9999_of_tomorrow）" in told(
        tmp_path, *COMMANDS[0]
    )


@pytest.mark.parametrize("command", [("work",), ("work", "--until-empty")])
def test_nobody_works_on_a_database_whose_tables_are_not_made(
    tmp_path: Path, command: tuple[str, ...]
):
    """Each process would die at its first word, and another be begun, for ever."""
    assert "步升级没有做；请先运行 kaoji manage migrate" in told(
        tmp_path, *command, KAOJI_DATABASE_URL=""
    )


@pytest.mark.skipif(not POSTGRESQL, reason="there is no PostgreSQL here")
def test_a_role_that_may_not_migrate_is_told_who_may(tmp_path: Path):
    import psycopg

    role = f"visitor_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    with psycopg.connect(POSTGRESQL, autocommit=True) as held:
        for kind in ("DATABASE", "ROLE"):
            held.execute(f"DROP {kind} IF EXISTS {role}")
        held.execute(f"CREATE ROLE {role} LOGIN")
        held.execute(f"CREATE DATABASE {role}")
        server = f"{held.info.host}:{held.info.port}"
    with psycopg.connect(f"postgresql://kaoji@{server}/{role}", autocommit=True) as held:
        held.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")

    for command in (("manage", "migrate"), ("serve", "--port", "8939")):
        said = told(
            tmp_path, *command, KAOJI_DATABASE_URL=f"postgresql://{role}@{server}/{role}"
        )
        assert "请用库的属主运行 kaoji manage migrate" in said


def test_a_demo_says_why_it_cannot_be_made(tmp_path: Path):
    file = tmp_path / "a"
    file.write_text("mine")
    demo = ("demo", "--no-serve", "--home")

    assert "不是文件夹" in told(tmp_path, *demo, str(file))
    weak = told(tmp_path, *demo, str(tmp_path / "b"), "--password", "1")
    assert "密码太短" in weak
    assert file.read_text() == "mine"
    assert not (tmp_path / "b").exists()


def test_a_wrong_setting_is_named(tmp_path: Path):
    roles = told(tmp_path, "manage", "check", KAOJI_SECOND_FACTOR_ROLES="nosuch")

    assert roles.startswith("KAOJI_SECOND_FACTOR_ROLES：“nosuch”应为 filer")


def test_what_is_written_to_the_standard_output_goes_through_a_pipe():
    done = kaoji("render", SAMPLE, "--to", "docx", "-o", "/dev/stdout")

    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout[:2] == b"PK"


def test_processes_that_die_as_soon_as_they_begin_are_not_begun_for_ever():
    dying = "from kaoji.cli.processes import keep_running; keep_running(2, lambda: 1 / 0)"

    done = subprocess.run(
        [sys.executable, "-c", dying], capture_output=True, timeout=300, check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip

    assert done.returncode == 1
    assert "一开始就意外结束，已停止" in done.stderr.decode()
    assert done.stderr.decode().count("已另起一个") < 10


def test_a_database_from_before_the_subjects_is_told_what_to_do(tmp_path: Path):
    on_sqlite = {"KAOJI_HOME": str(tmp_path), "KAOJI_DATABASE_URL": ""}
    assert kaoji("manage", "migrate", "-v", "0", **on_sqlite).returncode == 0
    with sqlite3.connect(tmp_path / "kaoji.sqlite3") as earlier:
        earlier.execute(
            "INSERT INTO django_migrations (app, name, applied)"
            " VALUES ('records', '0025_many_forms_are_saved_aside', '2026-11-01')"
        )
    earlier.close()

    assert "请用一个新的 KAOJI_HOME" in told(tmp_path, *COMMANDS[0])
