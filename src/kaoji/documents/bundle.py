"""A ZIP archive of documents: its members one by one, named safely, unpacked within limits."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from kaoji.core.speech import Sentence, say
from kaoji.documents.read.kinds import Kind, kind_of
from kaoji.documents.read.refusals import DocumentTooLarge, UnreadableDocument
from kaoji.documents.read.text import MAX_BYTES

_DEEPEST = 2
_IS_UTF8 = 0x800
_IS_LOCKED = 0x1
_JUNK_FOLDERS = ("__MACOSX",)
_JUNK_BEGINNINGS = (".", "~$", "Thumbs.db")


@dataclass(frozen=True)
class Member:
    """A file inside an archive: its path there, and its bytes or why they cannot be had."""

    path: str
    content: bytes | None = None
    refusal: Sentence | None = None


def is_bundle(content: bytes) -> bool:
    """Is it an archive of documents, and no document itself?"""
    return content.startswith(b"PK\x03\x04") and kind_of(content) is Kind.ZIP


def members(content: bytes, *, depth: int = 1) -> Iterator[Member]:
    """Every file in an archive, those of archives inside it included.

    Raises UnreadableDocument when the archive cannot be opened; a member that cannot be
    had is a Member with a refusal, and the others still come.
    """
    kind_of(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for entry in archive.infolist():
            path = _safe_path(entry)
            if path is None or entry.is_dir():
                continue
            yield from _opened(_unpacked(archive, entry, path), depth)


def _opened(member: Member, depth: int) -> Iterator[Member]:
    """The member, or, when it is an archive itself, what is inside."""
    try:
        inner = member.content is not None and is_bundle(member.content)
        if not inner or member.content is None:
            yield member
        elif depth >= _DEEPEST:
            too_deep = say("压缩文件套了 {depth} 层以上，不再打开", depth=_DEEPEST)
            yield Member(member.path, refusal=too_deep)
        else:
            for item in members(member.content, depth=depth + 1):
                yield Member(f"{member.path}/{item.path}", item.content, item.refusal)
    except UnreadableDocument as refusal:
        yield Member(member.path, refusal=refusal.sentence)


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: str) -> Member:
    if entry.flag_bits & _IS_LOCKED:
        return Member(path, refusal=say("压缩文件有密码保护；请解压后再试"))
    try:
        with archive.open(entry) as file:
            content = file.read(MAX_BYTES + 1)
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError):
        return Member(path, refusal=say("压缩文件中的这一份已损坏"))
    except Exception:  # each method of compression has errors of its own
        return Member(path, refusal=say("压缩文件中的这一份已损坏"))
    if len(content) > MAX_BYTES:
        return Member(path, refusal=DocumentTooLarge(len(content), MAX_BYTES).sentence)
    return Member(path, content)


def _safe_path(entry: zipfile.ZipInfo) -> str | None:
    """The member's path without ways out of the archive; None for what no person put there."""
    parts = [
        part
        for part in _name_of(entry).replace("\\", "/").split("/")
        if part not in {"", ".", ".."} and ":" not in part
    ]
    if not parts or parts[0] in _JUNK_FOLDERS or parts[-1].startswith(_JUNK_BEGINNINGS):
        return None
    return "/".join(parts)


def _name_of(entry: zipfile.ZipInfo) -> str:
    """Chinese Windows writes names in GBK without saying so; Python then reads them as CP437."""
    if entry.flag_bits & _IS_UTF8:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return entry.filename
