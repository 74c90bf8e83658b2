"""The home folder: database, secret keys. Made on first use, never on import.

`KAOJI_HOME` names it; else it is `kaoji` in the user's data folder.
"""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EACCES
from pathlib import Path

from kaoji.core.speech import Sentence, say

_PRIVATE_FILE, _PRIVATE_FOLDER = 0o600, 0o700


class UnusableHome(OSError):
    """The home folder cannot be made or written."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        super().__init__(str(sentence))


def home() -> Path:
    """Where this installation keeps its database and its secret key."""
    data_folder = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(os.environ.get("KAOJI_HOME") or Path(data_folder) / "kaoji")


def secret_key() -> str:
    """The secret key: from KAOJI_SECRET_KEY, else from the home folder; empty before setup."""
    return _secret("KAOJI_SECRET_KEY", "secret_key")


def sealing_key() -> str:
    """The key that seals what must not be read from the database alone: KAOJI_SEALING_KEY, else in the home folder."""
    return _secret("KAOJI_SEALING_KEY", "sealing_key")


def _secret(variable: str, name: str) -> str:
    given = os.environ.get(variable)
    if given:
        return given
    file = home() / name
    return file.read_text("ascii").strip() if file.is_file() else ""


def prepare_home() -> Path:
    """Make the home folder and its keys when they are missing; return the folder. Raises UnusableHome."""
    folder = home()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=_PRIVATE_FOLDER)
        with _alone_in(folder):
            for name in ("secret_key", "sealing_key"):
                _make_secret(folder / name)
            if not os.environ.get("KAOJI_DATABASE_URL"):
                _make_database(folder / "kaoji.sqlite3")
    except FileExistsError as error:
        raise UnusableHome(say("KAOJI_HOME {home} 是文件，不是文件夹", home=folder)) from error
    except NotADirectoryError as error:
        raise UnusableHome(say("KAOJI_HOME {home} 不在文件夹里", home=folder)) from error
    except OSError as error:
        raise UnusableHome(
            say(
                "不能使用数据文件夹 {home}（{why}）；请检查权限和磁盘，或用 KAOJI_HOME 指定别处",
                home=folder,
                why=error.strerror or str(error),
            )
        ) from error
    return folder


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Site and worker may start at once in a new home: the second finds the keys of the first."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _make_database(file: Path) -> None:
    """SQLite would make it readable for everybody."""
    file.touch(mode=_PRIVATE_FILE)
    if not os.access(file, os.W_OK):
        raise PermissionError(EACCES, os.strerror(EACCES))


def _make_secret(file: Path) -> None:
    if file.exists() and file.stat().st_size:
        return
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _PRIVATE_FILE)
    with os.fdopen(handle, "w") as stream:
        stream.write(secrets.token_urlsafe(50))
