"""The home folder: is it there, is it private, are the keys in it, is there room?"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kaoji.core.speech import Sentence, say
from kaoji.platform.backups import engine_of
from kaoji.platform.health.line import Line, broken, doubtful, fine
from kaoji.platform.home_folder import home

_FOLDER, _KEYS, _DISK = say("数据文件夹"), say("密钥"), say("磁盘")
_VARIABLES = {"secret_key": "KAOJI_SECRET_KEY", "sealing_key": "KAOJI_SEALING_KEY"}
_MEGABYTE = 1_000_000
# SQLite needs room for its journal and for a backup beside it; below this nothing can be saved soon.
_FULL, _SCARCE = 300 * _MEGABYTE, 2_000 * _MEGABYTE


def look_at_folder(database: Mapping[str, Any]) -> Iterator[Line]:
    """Folder, keys, and the room that is left."""
    folder = home()
    yield _place(folder)
    for name, variable in _VARIABLES.items():
        yield _key(folder / name, variable)
    yield _room(folder, database)


def _place(folder: Path) -> Line:
    told = say("{home}", home=folder)
    if not folder.is_dir():
        return broken(
            "folder.place", _FOLDER, say("没有 {home}", home=folder),
            say("运行 kaoji serve 会建立它；或把 KAOJI_HOME 指到原来的文件夹"),
        )  # fmt: skip
    if not os.access(folder, os.W_OK | os.X_OK):
        return broken(
            "folder.place", _FOLDER, say("{home} 不能写", home=folder),
            say("把它的属主改为运行 kaoji 的用户：chown -R"),
        )  # fmt: skip
    if _others_may(folder):
        return doubtful(
            "folder.place", _FOLDER, say("{home} 别的用户也能打开", home=folder),
            say("运行：chmod 700 {home}", home=folder),
        )  # fmt: skip
    return fine("folder.place", _FOLDER, told)


def _key(file: Path, variable: str) -> Line:
    name = f"folder.{file.name}"
    if os.environ.get(variable):
        return fine(
            name, _KEYS, say("{key} 由 {variable} 给出", key=file.name, variable=variable)
        )
    if not file.is_file() or not file.stat().st_size:
        return broken(
            name, _KEYS, say("没有 {key}", key=file.name),
            say("若用过两步验证，请放回原来的 sealing_key；新装的请运行一次 kaoji serve"),
        )  # fmt: skip
    if _others_may(file):
        return broken(
            name, _KEYS, say("{key} 别的用户也能读", key=file.name),
            say("运行：chmod 600 {file}；若已外泄请更换", file=file),
        )  # fmt: skip
    return fine(name, _KEYS, say("{key} 只有属主能读", key=file.name))


def _room(folder: Path, database: Mapping[str, Any]) -> Line:
    free, size = free_bytes(folder), size_of(database)
    told = say(
        "剩余 {free} MB，数据库 {size} MB", free=free // _MEGABYTE, size=size // _MEGABYTE
    )
    cure: Sentence = say("请腾出空间，或把 KAOJI_HOME 移到更大的磁盘")
    if free < _FULL:
        return broken("folder.room", _DISK, told, cure)
    if free < max(_SCARCE, 2 * size):
        return doubtful("folder.room", _DISK, told, cure)
    return fine("folder.room", _DISK, told)


def free_bytes(folder: Path | None = None) -> int:
    """What is left where the folder is, or would be made; where the home folder is without one."""
    wanted = folder or home()
    there = next(part for part in (wanted, *wanted.parents) if part.exists())
    return shutil.disk_usage(there).free


def size_of(database: Mapping[str, Any]) -> int:
    """What SQLite's database takes in the home folder, in bytes; 0 where PostgreSQL keeps it."""
    if engine_of(database) != "sqlite":
        return 0
    files = (Path(f"{database['NAME']}{end}") for end in ("", "-wal"))
    return sum(file.stat().st_size for file in files if file.is_file())


def _others_may(path: Path) -> bool:
    return bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))
