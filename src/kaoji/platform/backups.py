"""A backup: one file with the database as it was at a moment, and what is known of it.

It is a ZIP: `manifest.json` and the database, of SQLite a copy that its own backup makes while the site
works, of PostgreSQL a dump of one snapshot. The keys are never in it: who has both reads what is sealed.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kaoji import __version__
from kaoji.core.speech import Sentence, say
from kaoji.platform.home_folder import sealing_key

if TYPE_CHECKING:
    import psycopg

_MANIFEST, _FORMAT = "manifest.json", "kaoji-backup/1"
_NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
_CHUNK = 1 << 20
_PRIVATE = 0o600


class UnusableBackup(Exception):
    """The backup cannot be made, read or put back; the sentence says why and what would help."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        super().__init__(str(sentence))


class NothingOverwritten(UnusableBackup):
    """There is a file of that name; what it holds stays, and whether backups succeed says nothing about it."""


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself. *sealed_with* tells the sealing key apart without giving it away."""

    engine: str
    made_at: str
    events: int
    last_hash: str
    sha256: str
    sealed_with: str
    kaoji: str = __version__
    format: str = _FORMAT


def back_up(database: Mapping[str, Any], out: Path) -> Manifest:
    """Write the backup of the database with these settings to *out*, which must not exist. Raises UnusableBackup."""
    if out.exists():
        raise NothingOverwritten(
            say("{file} 已经存在；备份不覆盖任何文件，请换个名字", file=out)
        )
    engine = engine_of(database)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".kaoji-backup-") as folder:
        copy = Path(folder) / _NAMES[engine]
        events, last_hash = (
            _copy_sqlite(database, copy) if engine == "sqlite" else _dump(database, copy)
        )
        manifest = Manifest(
            engine,
            datetime.now(UTC).isoformat(timespec="seconds"),
            events,
            last_hash,
            _sha256(copy),
            key_mark(sealing_key()),
        )
        packed = Path(folder) / "packed.zip"
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as pack:
            pack.writestr(_MANIFEST, json.dumps(asdict(manifest), indent=1))
            pack.write(copy, copy.name)
        packed.chmod(_PRIVATE)
        packed.replace(out)
    return manifest


def read_manifest(file: Path) -> Manifest:
    """What a backup says of itself. Raises UnusableBackup where it is none, or of a later kaoji."""
    try:
        with zipfile.ZipFile(file) as pack:
            said = json.loads(pack.read(_MANIFEST))
    except FileNotFoundError as error:
        raise UnusableBackup(say("没有文件 {file}", file=file)) from error
    except (OSError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise UnusableBackup(
            say("{file} 不是 kaoji backup 写的备份，或已损坏", file=file)
        ) from error
    if said.get("format") != _FORMAT:
        raise UnusableBackup(
            say("{file} 是别的版本的备份（{format}）；请用那个版本的 kaoji 恢复", file=file,
                format=said.get("format") or "—")
        )  # fmt: skip
    return Manifest(**said)


def put_back(file: Path, database: Mapping[str, Any]) -> Manifest:
    """Put the database of a backup where these settings say; there must be none yet. Raises UnusableBackup."""
    manifest = read_manifest(file)
    engine = engine_of(database)
    if manifest.engine != engine:
        raise UnusableBackup(
            say("这是 {theirs} 的备份，这里设置的是 {ours}；请把 KAOJI_DATABASE_URL 设成同一种数据库",
                theirs=manifest.engine, ours=engine)
        )  # fmt: skip
    if not is_empty(database):
        raise UnusableBackup(
            say("这里已经有数据；恢复只写进空的地方，请另设 KAOJI_HOME，或用新的数据库")
        )
    # Beside the database of SQLite, so that it is put in place at one stroke.
    beside = Path(database["NAME"]).parent if engine == "sqlite" else None
    with tempfile.TemporaryDirectory(dir=beside, prefix=".kaoji-restore-") as folder:
        copy = Path(folder) / _NAMES[engine]
        with zipfile.ZipFile(file) as pack, copy.open("wb") as out:
            try:
                with pack.open(copy.name) as held:
                    shutil.copyfileobj(held, out, _CHUNK)
            except (KeyError, zipfile.BadZipFile) as error:
                raise UnusableBackup(say("{file} 已损坏", file=file)) from error
        if _sha256(copy) != manifest.sha256:
            raise UnusableBackup(say("{file} 里的数据库与清单不符，已损坏或被改过", file=file))
        if engine == "sqlite":
            copy.chmod(_PRIVATE)
            copy.replace(database["NAME"])
        else:
            _run(
                [
                    "pg_restore",
                    # Roles of the other server may not be here; who owns and who may, is set up anew.
                    "--no-owner",
                    "--no-privileges",
                    "--single-transaction",
                    "--dbname",
                    _address(database),
                    str(copy),
                ],
                database,
            )
    return manifest


def engine_of(database: Mapping[str, Any]) -> str:
    """`sqlite` or `postgresql`."""
    return "sqlite" if "sqlite" in database["ENGINE"] else "postgresql"


def is_empty(database: Mapping[str, Any]) -> bool:
    """Are there no tables where the database is to stand?"""
    if engine_of(database) == "sqlite":
        file = Path(database["NAME"])
        if not file.exists() or file.stat().st_size == 0:
            return True
        with sqlite3.connect(file) as connection:
            found = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        return not found[0]
    query = "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"
    with _connected(database) as held:
        row = held.execute(query).fetchone()
    return row is not None and not row[0]


def key_mark(key: str) -> str:
    """A mark by which one tells whether a key is the same, and which tells nothing else of it."""
    return hashlib.sha256(b"kaoji-backup" + key.encode()).hexdigest()[:12] if key else ""


_HEAD = "SELECT sequence, hash FROM events_loghead WHERE id = 1"


def _copy_sqlite(database: Mapping[str, Any], copy: Path) -> tuple[int, str]:
    try:
        with sqlite3.connect(database["NAME"]) as source, sqlite3.connect(copy) as target:
            source.backup(target)
        with sqlite3.connect(copy) as held:
            held.execute("PRAGMA journal_mode=DELETE")
            row = held.execute(_HEAD).fetchone()
    except sqlite3.Error as error:
        raise UnusableBackup(
            say("数据库 {file} 不能使用：{detail}", file=database["NAME"], detail=str(error))
        ) from error
    return (row[0], row[1]) if row else (0, "")


def _dump(database: Mapping[str, Any], copy: Path) -> tuple[int, str]:
    """A dump and the head of the log out of one snapshot, while others write."""
    import psycopg

    with _connected(database) as held:
        held.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        snapshot = held.execute("SELECT pg_export_snapshot()").fetchone()
        row = held.execute(_HEAD).fetchone()
        named = snapshot[0] if snapshot else ""
        _run(["pg_dump", "--format=custom", f"--snapshot={named}", f"--file={copy}",
              f"--dbname={_address(database)}"], database)  # fmt: skip
    return (row[0], row[1]) if row else (0, "")


@contextmanager
def _connected(database: Mapping[str, Any]) -> Iterator[psycopg.Connection]:
    """A connection to PostgreSQL; what it refuses is told in a sentence. Raises UnusableBackup."""
    import psycopg

    try:
        held = psycopg.connect(_address(database), password=database.get("PASSWORD") or None)
    except psycopg.Error as error:
        detail = _in_a_line(error)
        raise UnusableBackup(
            say("连不上数据库：{detail}；请检查 KAOJI_DATABASE_URL 和数据库服务", detail=detail)
        ) from error
    try:
        with held:
            yield held
    except psycopg.Error as error:
        detail = _in_a_line(error)
        raise UnusableBackup(
            say(
                "数据库不让这样做：{detail}；请用表的属主，并核对数据库里是 kaoji 的表",
                detail=detail,
            )
        ) from error


def _in_a_line(error: Exception) -> str:
    return " ".join(str(error).split())[:300]


def _address(database: Mapping[str, Any]) -> str:
    """The database for PostgreSQL's own tools, without the password: that goes by the environment."""
    parts = {
        "host": database.get("HOST"), "port": database.get("PORT"), "user": database.get("USER"),
        "dbname": database.get("NAME"), **database.get("OPTIONS", {}),
    }  # fmt: skip
    return " ".join(f"{name}={_quoted(str(value))}" for name, value in parts.items() if value)


def _quoted(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _run(command: list[str], database: Mapping[str, Any]) -> None:
    password = database.get("PASSWORD")
    environment = {**os.environ, **({"PGPASSWORD": str(password)} if password else {})}
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, env=environment)  # noqa: S603 - our own words
    except FileNotFoundError as error:
        raise UnusableBackup(
            say("没有 {program}；请安装 PostgreSQL 客户端（Debian：apt-get install postgresql-client）",
                program=command[0])
        ) from error  # fmt: skip
    except subprocess.CalledProcessError as error:
        detail = " ".join((error.stderr or "").split())[-300:]
        raise UnusableBackup(
            say("{program} 没有办成：{detail}", program=command[0], detail=detail)
        ) from error


def _sha256(file: Path) -> str:
    found = hashlib.sha256()
    with file.open("rb") as held:
        while chunk := held.read(_CHUNK):
            found.update(chunk)
    return found.hexdigest()
