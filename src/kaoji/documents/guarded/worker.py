"""The process that parses: one request a line on stdin, one answer a line on stdout.

    python -m kaoji.documents.guarded.worker MEGABYTES

A request is JSON with `task`, `name` and `size`, followed by that many bytes. An answer is
JSON with `answer`, or with `refusal` and the sentence that says why.
"""

from __future__ import annotations

import base64
import json
import os
import resource
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, BinaryIO

from kaoji.core.speech import kept, say
from kaoji.documents.read import read_manuscript
from kaoji.documents.read.recogniser import NeedsScanner
from kaoji.documents.read.refusals import UnreadableDocument
from kaoji.documents.reader import explain_document, read_document
from kaoji.documents.reading_json import form_as_data, reading_as_data
from kaoji.documents.rows_json import rows_as_data


def _reading(content: bytes, request: dict[str, Any]) -> Any:
    """The reading without its forms, and these one after another: ten thousand are never held twice."""
    reading = read_document(content, name=request["name"])
    head = reading_as_data(replace(reading, forms=()), kept)
    return Streamed(
        head, (form_as_data(form, kept) for form in reading.forms), len(reading.forms)
    )


@dataclass(frozen=True)
class Streamed:
    """An answer that is followed by *count* lines, one for each of its parts."""

    head: Any
    parts: Iterator[Any]
    count: int


def _explanation(content: bytes, request: dict[str, Any]) -> Any:
    return [kept(sentence) for sentence in explain_document(content, name=request["name"])]


def _rows(content: bytes, request: dict[str, Any]) -> Any:
    return rows_as_data(read_manuscript(content, name=request["name"]))


def _picture(content: bytes, request: dict[str, Any]) -> Any:
    from kaoji.documents.read.picture import page_as_png

    return base64.b64encode(page_as_png(content, request["page"])).decode("ascii")


_TASKS: dict[str, Callable[[bytes, dict[str, Any]], Any]] = {
    "reading": _reading,
    "explanation": _explanation,
    "rows": _rows,
    "picture": _picture,
}


def answer(request: dict[str, Any], content: bytes) -> dict[str, Any]:
    """Do one task; whatever goes wrong becomes a refusal in one sentence."""
    try:
        return {"answer": _TASKS[request["task"]](content, request)}
    except NeedsScanner:
        return {"needs": "scanner"}
    except UnreadableDocument as refusal:
        sentence = refusal.sentence
    except MemoryError:
        sentence = say("文件展开后占用的内存超过上限，不予读取")
    except RecursionError:
        sentence = say("文件嵌套过深，不予读取")
    except Exception as error:  # no file may stop the reading of the next
        sentence = say("文件有错误，无法读取（{detail}）", detail=type(error).__name__)
    return {"refusal": kept(sentence)}


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer until the stream of requests ends."""
    while line := requests.readline():
        request = json.loads(line)
        reply = answer(request, requests.read(request["size"]))
        told = reply.get("answer")
        if isinstance(told, Streamed):
            reply = {"answer": told.head, "parts": told.count}
        answers.write(json.dumps(reply).encode() + b"\n")
        answers.writelines(
            json.dumps(part).encode() + b"\n"
            for part in (told.parts if isinstance(told, Streamed) else ())
        )
        answers.flush()


def main() -> None:
    """Take the limits, keep stdout for answers alone, and serve."""
    most = int(sys.argv[1]) * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    # Whatever a library prints goes to stderr, never among the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
