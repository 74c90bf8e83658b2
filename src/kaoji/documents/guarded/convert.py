"""Old Office formats are turned into new ones by LibreOffice, where it is installed.

It runs without a window, with a profile of its own that is thrown away, without a way to
the network, and is killed when it takes too long.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from kaoji.core.speech import say
from kaoji.documents.read.kinds import CONVERTED, Kind
from kaoji.documents.read.refusals import UnreadableDocument

_MOST_SECONDS = 90
_PROGRAMS = ("soffice", "libreoffice")
# A proxy that does not exist: linked pictures and templates are not fetched.
_NOWHERE = "http://127.0.0.1:9"


def converted(content: bytes, kind: Kind) -> bytes:
    """The document as .docx or .xlsx. Raises UnreadableDocument."""
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise UnreadableDocument(
            say(
                "读取 .{kind} 文件需要 LibreOffice；请安装 libreoffice-writer 和 libreoffice-calc，或另存为 .{better}",
                kind=kind,
                better=CONVERTED[kind],
            )
        )
    with tempfile.TemporaryDirectory(prefix="kaoji-") as folder:
        source = Path(folder, f"document.{kind}")
        source.write_bytes(content)
        _run(program, Path(folder), source, CONVERTED[kind])
        result = source.with_suffix(f".{CONVERTED[kind]}")
        if not result.is_file():
            raise UnreadableDocument(say("LibreOffice 打不开这份文件；请重新另存后再试"))
        return result.read_bytes()


def _run(program: str, folder: Path, source: Path, kind: Kind) -> None:
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
        "http_proxy": _NOWHERE,
        "https_proxy": _NOWHERE,
    }
    process = subprocess.Popen(  # noqa: S603 - found on the path, no shell
        [
            program,
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--norestore",
            "--convert-to",
            kind,
            "--outdir",
            str(folder),
            str(source),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    )
    try:
        process.wait(_MOST_SECONDS)
    except subprocess.TimeoutExpired as late:
        raise UnreadableDocument(
            say("LibreOffice 转换超过 {seconds} 秒，已放弃", seconds=_MOST_SECONDS)
        ) from late
    finally:
        # LibreOffice starts a second process; both go.
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
