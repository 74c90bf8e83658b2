"""Ask another process to parse a document; when it takes too long or dies, start a new one."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any

import kaoji
from kaoji.core.speech import Sentence, restored, say
from kaoji.documents.guarded.convert import converted
from kaoji.documents.manuscript import Source
from kaoji.documents.read.kinds import CONVERTED, MEDIA_TYPES, Kind, kind_of
from kaoji.documents.read.recogniser import WITHOUT_SCANNER
from kaoji.documents.read.refusals import DocumentTooLarge, UnreadableDocument
from kaoji.documents.read.text import MAX_BYTES
from kaoji.documents.reading import FormReading, Reading
from kaoji.documents.reading_json import form_from_data, reading_from_data
from kaoji.documents.rows_json import Rows, rows_from_data

# A scan of many pages is slow and its recogniser large; everything else stays far below.
MOST_SECONDS = 120
MOST_SECONDS_FOR_SCANS = 1_200
_MOST_MEGABYTES = 512
_MOST_MEGABYTES_FOR_SCANS = 2_000
_MAY_BE_SCANS = {Kind.PDF, Kind.PICTURE}


class TooSlow(UnreadableDocument):
    """The document was not read within the time allowed."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            say("读取超过 {seconds} 秒，已放弃；请只保留申报表部分", seconds=seconds)
        )


class Died(UnreadableDocument):
    """The process that parsed the document died over it."""

    def __init__(self) -> None:
        super().__init__(say("文件使读取程序出错，不予读取；请重新另存后再试"))


class Unfit(UnreadableDocument):
    """What was read from the document is no value that a form can hold."""

    def __init__(self, error: Exception) -> None:
        detail = f"{type(error).__name__}: {str(error)[:200]}"
        super().__init__(say("文件中有申报表容纳不下的值，不予读取（{detail}）", detail=detail))


class GuardedReader:
    """A process that reads documents, one after another; a context manager."""

    def __init__(self, *, seconds: float | None = None) -> None:
        self._seconds = seconds
        self._scans = False
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> GuardedReader:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process; a later request starts another."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()

    def read(self, content: bytes, *, name: str) -> Reading:
        """Read a document of any kind that is known. Raises UnreadableDocument."""
        source, content = _readable(content, name)
        forms: list[FormReading] = []
        unfit: list[Exception] = []

        def take(part: Any) -> None:
            try:
                forms.append(form_from_data(part))
            except Exception as error:  # what was read does not fit what is kept
                unfit.append(error)

        answer = self._ask("reading", content, take=take, name=name)
        if unfit:
            raise Unfit(unfit[0]) from unfit[0]
        reading = replace(reading_from_data(answer), forms=tuple(forms))
        return replace(reading, source=source) if source else reading

    def explain(self, content: bytes, *, name: str) -> list[Sentence]:
        """Why the rows of a document's tables are read as they are. Raises UnreadableDocument."""
        _, content = _readable(content, name)
        return [restored(item) for item in self._ask("explanation", content, name=name)]

    def rows(self, content: bytes, *, name: str) -> Rows:
        """The rows of a document, as they stand in it."""
        _, content = _readable(content, name)
        return rows_from_data(self._ask("rows", content, name=name))

    def picture(self, content: bytes, page: int) -> bytes:
        """A page of a PDF, or a picture, as PNG."""
        return base64.b64decode(self._ask("picture", content, page=page))

    def _ask(
        self,
        task: str,
        content: bytes,
        *,
        take: Callable[[Any], None] = lambda part: None,
        **more: Any,
    ) -> Any:
        """The answer of the process; *take* is called with each further part of it."""
        process = self._running()
        assert process.stdin  # noqa: S101 - opened with pipes
        assert process.stdout  # noqa: S101
        seconds = self._seconds or _seconds_for(content)
        timer = threading.Timer(seconds, process.kill)
        timer.start()
        try:
            request = {"task": task, "size": len(content), **more}
            process.stdin.write(json.dumps(request).encode() + b"\n" + content)
            process.stdin.flush()
            line = process.stdout.readline()
            reply = json.loads(line) if line else {}
            for _ in range(reply.get("parts", 0)):
                line = process.stdout.readline()
                if line:
                    take(json.loads(line))
        except BrokenPipeError:
            line = b""
        finally:
            late = not timer.is_alive()
            timer.cancel()
        if not line:
            self.close()
            raise TooSlow(seconds) if late else Died
        if reply.get("needs") == "scanner":
            # Only for this document: the next one is read small again.
            self.close()
            self._scans = True
            try:
                return self._ask(task, content, take=take, **more)
            finally:
                self.close()
                self._scans = False
        if "refusal" in reply:
            raise UnreadableDocument(restored(reply["refusal"]))
        return reply["answer"]

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            home = str(Path(kaoji.__file__).parents[1])
            paths = os.pathsep.join(filter(None, [home, os.environ.get("PYTHONPATH")]))
            most = _MOST_MEGABYTES_FOR_SCANS if self._scans else _MOST_MEGABYTES
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                [sys.executable, "-m", "kaoji.documents.guarded.worker", str(most)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={
                    "PYTHONPATH": paths,
                    "PATH": os.environ.get("PATH", ""),
                    "LC_ALL": "C.UTF-8",
                    WITHOUT_SCANNER: "" if self._scans else "1",
                },
            )
        return self._process


def _seconds_for(content: bytes) -> float:
    return MOST_SECONDS_FOR_SCANS if kind_of(content) in _MAY_BE_SCANS else MOST_SECONDS


def _readable(content: bytes, name: str) -> tuple[Source | None, bytes]:
    """The content in a format that we read, and its true source when it was converted."""
    if len(content) > MAX_BYTES:
        raise DocumentTooLarge(len(content), MAX_BYTES)
    kind = kind_of(content)
    if kind not in CONVERTED:
        return None, content
    source = Source(name, hashlib.sha256(content).hexdigest(), MEDIA_TYPES[kind])
    return source, converted(content, kind)


def rows_guarded(content: bytes, *, name: str) -> Rows:
    """The rows of a document as they stand in it, read as `read_guarded` reads."""
    with GuardedReader() as reader:
        return reader.rows(content, name=name)


def read_guarded(content: bytes, *, name: str) -> Reading:
    """Read one document in another process; the smallest text costs a process start as well."""
    with GuardedReader() as reader:
        return reader.read(content, name=name)
