"""Any document that we know how to read becomes a Reading: the one door for all three faces."""

from __future__ import annotations

import codecs
import hashlib
import re

from kaoji.core import notation
from kaoji.core.outcome_notation import parse_with_outcome
from kaoji.core.speech import Sentence, say
from kaoji.documents.manuscript import Source
from kaoji.documents.public_json import read_public_json
from kaoji.documents.read import read_manuscript
from kaoji.documents.read.refusals import UnreadableDocument
from kaoji.documents.reading import FormReading, Reading
from kaoji.documents.recognise import explain, recognise


def read_document(content: bytes, *, name: str) -> Reading:
    """Read a document, a reading in JSON or forms in the notation.

    Raises UnreadableDocument, whose sentence says what was found and what would help. A
    document without any form is a Reading without forms and with a problem.
    """
    if content.removeprefix(codecs.BOM_UTF8).lstrip()[:1] == b"{":
        return read_public_json(content, name=name)
    if _begins_as_notation(content):
        return _from_notation(content, name)
    return recognise(read_manuscript(content, name=name))


def explain_document(content: bytes, *, name: str) -> list[Sentence]:
    """Why the rows of its tables are read as they are; nothing for what is no table.

    Raises UnreadableDocument.
    """
    if content.lstrip()[:1] == b"{" or _begins_as_notation(content):
        return []
    return explain(read_manuscript(content, name=name))


def _begins_as_notation(content: bytes) -> bool:
    for line in content[:4096].decode("utf-8-sig", errors="ignore").split("\n"):
        bare = line.strip()
        if bare and not bare.startswith("#"):
            caption, colon, _ = bare.partition(":")
            return bool(colon) and caption in notation.CAPTIONS and "\t" not in line
    return False


def _from_notation(content: bytes, name: str) -> Reading:
    source = Source(name, hashlib.sha256(content).hexdigest(), "text/x-kaoji-notation")
    try:
        forms = [
            _form_and_outcome(text)
            for text in _SEPARATOR.split(content.decode("utf-8-sig"))
            if _has_content(text)
        ]
    except notation.UnreadableNotation as error:
        raise UnreadableDocument(error.sentence) from error
    except UnicodeDecodeError as error:
        raise UnreadableDocument(say("记法文本必须是 UTF-8")) from error
    return Reading(source, tuple(forms))


_SEPARATOR = re.compile(r"^[^\S\n]*-{3,}[^\S\n]*$", re.MULTILINE)


def _has_content(text: str) -> bool:
    return any(line.strip() and not line.strip().startswith("#") for line in text.split("\n"))


def _form_and_outcome(text: str) -> FormReading:
    form, outcome = parse_with_outcome(text)
    return FormReading(form, kind=outcome.kind if outcome else "declaration", outcome=outcome)
