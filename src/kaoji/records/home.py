"""The home folder: database, secret key. Made on first use, never on import.

`KAOJI_HOME` names it; else it is `kaoji` in the user's data folder.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def home() -> Path:
    """Where this installation keeps its database and its secret key."""
    data_folder = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(os.environ.get("KAOJI_HOME") or Path(data_folder) / "kaoji")


def secret_key() -> str:
    """The secret key: from KAOJI_SECRET_KEY, else from the home folder; empty before setup."""
    given = os.environ.get("KAOJI_SECRET_KEY")
    if given:
        return given
    file = home() / "secret_key"
    return file.read_text("ascii").strip() if file.is_file() else ""


def prepare_home() -> Path:
    """Make the home folder and its secret key when they are missing; return the folder."""
    folder = home()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = folder / "secret_key"
    if not key.exists():
        key.touch(mode=0o600)
        key.write_text(secrets.token_urlsafe(50), "ascii")
    return folder
