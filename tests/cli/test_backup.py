"""A backup is put back, and tells what is missing; nothing is ever written over."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import zipfile
from pathlib import Path

import pytest

from cli.running import kaoji

POSTGRESQL = os.environ.get("KAOJI_DATABASE_URL", "")
on_sqlite = pytest.mark.skipif(bool(POSTGRESQL), reason="the database here is PostgreSQL")
NEW = {"DJANGO_SUPERUSER_PASSWORD": "walk-through-0", "DJANGO_SUPERUSER_USERNAME": "root"}


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one account, which is one event."""
    home = tmp_path_factory.mktemp("lived")
    made = kaoji("manage", "migrate", "-v", "0", KAOJI_HOME=str(home))
    assert made.returncode == 0, made.stderr.decode()
    asked = ("manage", "createsuperuser", "--noinput", "--email", "a@example.org")
    done = kaoji(*asked, KAOJI_HOME=str(home), **NEW)
    assert done.returncode == 0, done.stderr.decode()
    return home


@pytest.fixture(scope="module")
def pack(lived: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("kept") / "today.zip"
    done = kaoji("backup", str(out), KAOJI_HOME=str(lived))
    assert done.returncode == 0, done.stderr.decode()
    assert "1 条办理记录" in done.stdout.decode()
    assert "密钥不在里面" in done.stdout.decode()
    return out


def with_keys_of(lived: Path, home: Path) -> Path:
    home.mkdir()
    for name in ("secret_key", "sealing_key"):
        shutil.copy(lived / name, home / name)
    return home


@on_sqlite
def test_what_was_backed_up_is_restored_and_verified(lived: Path, pack: Path, tmp_path: Path):
    home = with_keys_of(lived, tmp_path / "new")

    done = kaoji("restore", str(pack), KAOJI_HOME=str(home))

    assert done.returncode == 0, done.stderr.decode()
    assert "1 条办理记录" in done.stdout.decode()
    assert "逐条核验无误" in done.stdout.decode()
    assert done.stderr.decode() == ""
    with sqlite3.connect(home / "kaoji.sqlite3") as held:
        assert held.execute("SELECT username FROM auth_user").fetchall() == [("root",)]
    assert (home / "kaoji.sqlite3").stat().st_mode & 0o077 == 0


@on_sqlite
def test_a_home_without_the_old_sealing_key_is_told(pack: Path, tmp_path: Path):
    done = kaoji(
        "restore", str(pack), KAOJI_HOME=str(tmp_path / "other"), KAOJI_SEALING_KEY="another"
    )

    assert done.returncode == 0
    assert "sealing_key 不是备份时的那一个" in done.stderr.decode()


@on_sqlite
def test_nothing_is_written_over(lived: Path, pack: Path):
    before = (lived / "kaoji.sqlite3").read_bytes()

    restored = kaoji("restore", str(pack), KAOJI_HOME=str(lived))
    again = kaoji("backup", str(pack), KAOJI_HOME=str(lived))

    assert restored.returncode == again.returncode == 2
    assert "这里已经有数据" in restored.stderr.decode()
    assert "已经存在" in again.stderr.decode()
    assert (lived / "kaoji.sqlite3").read_bytes() == before


@on_sqlite
def test_a_backup_that_was_changed_is_refused(pack: Path, tmp_path: Path):
    forged = tmp_path / "forged.zip"
    with zipfile.ZipFile(pack) as held, zipfile.ZipFile(forged, "w") as changed:
        changed.writestr("manifest.json", held.read("manifest.json"))
        changed.writestr("database.sqlite3", held.read("database.sqlite3") + b"x")
    home = tmp_path / "empty"

    done = kaoji("restore", str(forged), KAOJI_HOME=str(home))

    assert done.returncode == 2
    assert "与清单不符" in done.stderr.decode()
    assert (home / "kaoji.sqlite3").stat().st_size == 0


@on_sqlite
def test_something_else_is_no_backup(tmp_path: Path):
    other = tmp_path / "a.zip"
    other.write_bytes(b"no zip")

    told = kaoji("restore", str(other), KAOJI_HOME=str(tmp_path / "h"))
    missing = kaoji("restore", str(tmp_path / "none.zip"), KAOJI_HOME=str(tmp_path / "h"))

    assert "不是 kaoji backup 写的备份" in told.stderr.decode()
    assert "没有文件" in missing.stderr.decode()


@on_sqlite
def test_the_keys_are_not_in_it(lived: Path, pack: Path):
    key = (lived / "sealing_key").read_bytes()
    with zipfile.ZipFile(pack) as held:
        assert sorted(held.namelist()) == ["database.sqlite3", "manifest.json"]
        assert all(key not in held.read(name) for name in held.namelist())


@pytest.mark.skipif(not POSTGRESQL, reason="there is no PostgreSQL here")
def test_a_dump_of_postgresql_is_restored_into_an_empty_database(tmp_path: Path):
    import psycopg

    address, _, _name = POSTGRESQL.rpartition("/")
    with psycopg.connect(POSTGRESQL, autocommit=True) as held:
        for name in ("drill_one", "drill_two"):
            held.execute(f"DROP DATABASE IF EXISTS {name}")
            held.execute(f"CREATE DATABASE {name}")
    one = {"KAOJI_DATABASE_URL": f"{address}/drill_one", "KAOJI_HOME": str(tmp_path / "h")}
    two = {**one, "KAOJI_DATABASE_URL": f"{address}/drill_two"}
    pack = str(tmp_path / "pack.zip")
    assert kaoji("manage", "migrate", "-v", "0", **one).returncode == 0
    asked = ("manage", "createsuperuser", "--noinput", "--email", "a@example.org")
    assert kaoji(*asked, **one, **NEW).returncode == 0

    written = kaoji("backup", pack, **one)
    refused = kaoji("restore", pack, **one)
    restored = kaoji("restore", pack, **two)

    assert written.returncode == 0, written.stderr.decode()
    assert "这里已经有数据" in refused.stderr.decode()
    assert restored.returncode == 0, restored.stderr.decode()
    assert "逐条核验无误" in restored.stdout.decode()


@pytest.mark.skipif(not POSTGRESQL, reason="there is no PostgreSQL here")
def test_a_dump_is_restored_where_the_roles_of_the_old_server_are_not(tmp_path: Path):
    """The site's role had rights there; on the machine of the drill nobody has made it."""
    import psycopg

    address, _, _name = POSTGRESQL.rpartition("/")
    role = f"site_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    one = {"KAOJI_DATABASE_URL": f"{address}/{role}_1", "KAOJI_HOME": str(tmp_path / "h")}
    two = {**one, "KAOJI_DATABASE_URL": f"{address}/{role}_2"}
    with psycopg.connect(POSTGRESQL, autocommit=True) as held:
        for name in (f"{role}_1", f"{role}_2"):
            held.execute(f"DROP DATABASE IF EXISTS {name}")
            held.execute(f"CREATE DATABASE {name}")
        held.execute(f"DROP ROLE IF EXISTS {role}")
        held.execute(f"CREATE ROLE {role}")
    assert kaoji("manage", "migrate", "-v", "0", **one).returncode == 0
    with psycopg.connect(f"{address}/{role}_1", autocommit=True) as held:
        held.execute(f"GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA public TO {role}")
    pack = str(tmp_path / "pack.zip")
    assert kaoji("backup", pack, **one).returncode == 0
    with psycopg.connect(f"{address}/{role}_1", autocommit=True) as held:
        held.execute(f"DROP OWNED BY {role}")
        held.execute(f"DROP ROLE {role}")

    restored = kaoji("restore", pack, **two)

    assert restored.returncode == 0, restored.stderr.decode()
    assert "逐条核验无误" in restored.stdout.decode()


def test_a_password_may_come_from_where_postgresqls_own_tools_look(tmp_path: Path):
    """A composition gives it beside the address, in which its signs would have to be encoded."""
    from kaoji.platform.backups import _run
    from kaoji.platform.databases import database

    said = tmp_path / "said"
    for url, password in (
        ("postgresql://kaoji@db/kaoji", "p@ss/#?"),
        ("postgresql://kaoji:own@db/kaoji", "own"),
    ):
        with pytest.MonkeyPatch.context() as given:
            given.setenv("PGPASSWORD", "p@ss/#?")
            _run(["sh", "-c", f'printf %s "$PGPASSWORD" > {said}'], database(url))
        assert said.read_text() == password


def test_a_server_that_is_not_there_is_told_in_a_sentence(tmp_path: Path, pack: Path):
    nowhere = {"KAOJI_DATABASE_URL": "postgresql://a:geheim@127.0.0.1:9/b"}
    with zipfile.ZipFile(tmp_path / "pack.zip", "w") as made:
        manifest = zipfile.ZipFile(pack).read("manifest.json")
        made.writestr("manifest.json", manifest.replace(b'"sqlite"', b'"postgresql"'))

    done = kaoji(
        "restore", str(tmp_path / "pack.zip"), KAOJI_HOME=str(tmp_path / "h"), **nowhere
    )

    assert done.returncode == 2
    assert "连不上数据库" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
    assert "geheim" not in done.stderr.decode()


@on_sqlite
def test_in_a_folder_backups_are_named_by_their_moment_and_only_the_newest_stay(
    lived: Path, tmp_path: Path
):
    for name in ("kaoji-20260101T000000Z.zip", "kaoji-20260102T000000Z.zip", "kaoji-mine.zip"):
        (tmp_path / name).write_bytes(b"older")

    done = kaoji("backup", str(tmp_path), "--keep", "2", KAOJI_HOME=str(lived))

    assert done.returncode == 0, done.stderr.decode()
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names[0] == "kaoji-20260102T000000Z.zip"
    assert names[2] == "kaoji-mine.zip"
    assert zipfile.is_zipfile(tmp_path / names[1])
    assert len(names) == 3
    assert kaoji("doctor", "--json", KAOJI_HOME=str(lived)).stdout.count(b'"work.backup"') == 1


@on_sqlite
def test_what_is_kept_belongs_to_a_folder(lived: Path, tmp_path: Path):
    done = kaoji("backup", str(tmp_path / "a.zip"), "--keep", "2", KAOJI_HOME=str(lived))

    assert done.returncode == 2
    assert "不是文件夹" in done.stderr.decode()
    assert not (tmp_path / "a.zip").exists()


def told_of_backups(home: Path) -> dict[str, str]:
    lines = json.loads(kaoji("doctor", "--json", KAOJI_HOME=str(home)).stdout)["lines"]
    return next(line for line in lines if line["name"] == "work.backup")


def test_a_backup_that_failed_is_told_until_one_succeeds(lived: Path, tmp_path: Path):
    """The disk of the backups is not there: the timer's own words nobody reads."""
    gone = tmp_path / "mounted-elsewhere"
    for arguments in ((str(gone), "--keep", "14"), (str(gone / "a.zip"),)):
        assert (
            kaoji(
                "backup", str(tmp_path / f"{len(arguments)}.zip"), KAOJI_HOME=str(lived)
            ).returncode
            == 0
        )
        assert told_of_backups(lived)["condition"] == "ok"

        failed = kaoji("backup", *arguments, KAOJI_HOME=str(lived))

        assert failed.returncode == 2
        assert "Traceback" not in failed.stderr.decode()
        told = told_of_backups(lived)
        assert told["condition"] == "fail"
        assert "没有办成" in told["message"]
        assert "kaoji backup" in told["cure"]


def test_a_name_that_is_taken_says_nothing_about_backups(lived: Path, tmp_path: Path):
    out = str(tmp_path / "a.zip")
    assert kaoji("backup", out, KAOJI_HOME=str(lived)).returncode == 0

    assert kaoji("backup", out, KAOJI_HOME=str(lived)).returncode == 2

    assert told_of_backups(lived)["condition"] == "ok"
