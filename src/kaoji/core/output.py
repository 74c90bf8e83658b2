"""Write a file whole or not at all, and never anything but the file that was named.

A regular file is replaced in one step by a finished one that has its mode and its owner. A link is
followed, a device or a pipe written through; a file with other names (hard links), or in a folder
that may not be written, is filled in place once its content stands.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

_USUAL = 0o666


@contextmanager
def written_whole(path: Path) -> Iterator[IO[bytes]]:
    """A stream whose content becomes that of *path* when the block ends well. Raises OSError."""
    try:
        known: os.stat_result | None = path.stat()
    except FileNotFoundError:
        known = None
    # What is no regular file is opened by the name it was given: a pipe behind /dev/stdout has no other.
    is_file = known is None or stat.S_ISREG(known.st_mode)
    target = Path(os.path.realpath(path)) if is_file else path
    if known is not None and stat.S_ISDIR(known.st_mode):
        raise IsADirectoryError(str(path))
    if known is not None and not os.access(target, os.W_OK):
        raise PermissionError(str(path))
    if known is not None and not stat.S_ISREG(known.st_mode):
        with target.open("wb") as stream:
            yield stream
    elif known is not None and (known.st_nlink > 1 or not os.access(target.parent, os.W_OK)):
        with tempfile.TemporaryFile() as spool:
            yield spool
            spool.seek(0)
            with target.open("wb") as stream:
                shutil.copyfileobj(spool, stream)
    else:
        with _in_its_place(target, known) as stream:
            yield stream


@contextmanager
def _in_its_place(target: Path, known: os.stat_result | None) -> Iterator[IO[bytes]]:
    """A file beside the target that takes its place in one step."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".kaoji-")
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fchmod(stream.fileno(), stat.S_IMODE(known.st_mode) if known else _usual_mode())
            if known is not None:
                with suppress(PermissionError):  # another's file stays readable as it was
                    os.fchown(stream.fileno(), known.st_uid, known.st_gid)
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _usual_mode() -> int:
    umask = os.umask(0)
    os.umask(umask)
    return _USUAL & ~umask
