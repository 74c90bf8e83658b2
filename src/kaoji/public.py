"""kaoji as a library: `kaoji.read`, `read_many`, `check`, `render`, `score`. Nothing else of the package is public.

    import kaoji

    reading = kaoji.read("申报表.docx")
    for form in reading.forms:
        print(form.form.project_name, len(form.doubts))
    print(kaoji.check(reading).to_dict()["summary"])

To import it costs nothing; what reads, checks and writes is loaded by the first call. Neither Django nor a
database is needed. The JSON of `.to_dict()` are the contracts `reading/1`, `check/1` and `score/1`
(their schemas lie in documents/schemas/).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kaoji.documents.guarded.process import GuardedReader
    from kaoji.documents.reading import FormReading, Reading
    from kaoji.rules.engine import Report
    from kaoji.scoring.scorecard import Scorecard
    from kaoji.standards.scoring import ScoringPolicy

    Source = str | os.PathLike[str] | bytes | Reading


@dataclass(frozen=True)
class FileRead:
    """What became of one of many files: its *reading*, or the *refusal*, a sentence that says why there is none."""

    path: Path
    reading: Reading | None = None
    refusal: str | None = None


@dataclass(frozen=True)
class Checked:
    """Forms and, beside each, what the rules found."""

    forms: tuple[FormReading, ...]
    reports: tuple[Report, ...]

    @property
    def errors(self) -> int:
        """How many errors were found in all forms together."""
        from kaoji.core.finding import Severity

        return sum(report.count(Severity.ERROR) for report in self.reports)

    def to_dict(self, language: str = "zh") -> dict[str, Any]:
        """The contract `check/1`, its sentences in Chinese or (`en`) English."""
        import json

        from kaoji.rules.check_json import Tally, check_as_json
        from kaoji.standards.languages import speaker

        tally = Tally()
        for report in self.reports:
            tally.add(report)
        pairs = zip(self.forms, self.reports, strict=True)
        told = ((item.form.project_name, report, item.place_of) for item, report in pairs)
        found: dict[str, Any] = json.loads(
            "".join(check_as_json(told, tally, speaker(language)))
        )
        return found

    def to_frame(self, library: str | None = None) -> Any:
        """A row for each finding, as a DataFrame; see `Reading.to_frame`. Raises FramesNotInstalled."""
        from kaoji.documents.frames import frame_of

        names = ("rule", "outcome", "severity", "field", "message", "suggestion")
        rows = [
            {
                "form": number,
                "project_name": form["project_name"],
                **{name: finding[name] for name in names},
            }
            for number, form in enumerate(self.to_dict()["forms"], start=1)
            for finding in form["findings"]
        ]
        return frame_of(rows, library)


@dataclass(frozen=True)
class Scored:
    """Self-evaluations and their scores, each with the policy by which it was reckoned."""

    forms: tuple[FormReading, ...]
    cards: tuple[Scorecard, ...]
    policies: tuple[ScoringPolicy, ...]

    def to_dict(self, language: str = "zh") -> dict[str, Any]:
        """The contract `score/1`, its sentences in Chinese or (`en`) English."""
        from kaoji.documents.scored_forms import ScoredForm, scored_as_data
        from kaoji.standards.languages import speaker

        rows = zip(self.forms, self.cards, self.policies, strict=True)
        return scored_as_data((ScoredForm(*row) for row in rows), speaker(language))

    def to_frame(self, library: str | None = None) -> Any:
        """A row for each indicator with points and score, as a DataFrame. Raises FramesNotInstalled."""
        from kaoji.documents.frames import frame_of

        names = ("name", "points", "earned", "stated", "formula")
        rows = [
            {
                "form": number,
                "project_name": form["project_name"],
                **{name: indicator.get(name) for name in names},
            }
            for number, form in enumerate(self.to_dict()["forms"], start=1)
            for indicator in form["indicators"]
        ]
        return frame_of(rows, library)


def read(source: Source, *, name: str | None = None) -> Reading:
    """Read a document: the path of a file, or its bytes, which *name* may give a name.

    What is no plain text is parsed in another process, with limits of memory and time. Raises
    UnreadableDocument, whose sentence says what was found and what would help, and OSError for a file that
    cannot be opened. A document without a form is a Reading without forms and with a problem.
    """
    from kaoji.documents.guarded.process import GuardedReader

    with GuardedReader() as reader:
        return _read(source, name, reader)


def read_many(sources: Iterable[str | os.PathLike[str]]) -> Iterator[FileRead]:
    """Read many files, one after another, in their order; one that cannot be read stops nothing.

    They share one process beside this one. Whoever has more processors calls it in several processes.
    """
    from kaoji.documents.guarded.process import GuardedReader
    from kaoji.documents.read.refusals import UnreadableDocument

    with GuardedReader() as reader:
        for source in sources:
            path = Path(source)
            try:
                yield FileRead(path, _read(path, None, reader))
            except UnreadableDocument as refusal:
                yield FileRead(path, refusal=str(refusal.sentence))
            except OSError as error:
                yield FileRead(path, refusal=error.strerror or str(error))


def check(
    source: Source,
    *,
    previous: Source | None = None,
    approved: Source | None = None,
    year: int | None = None,
    region: str | None = None,
) -> Checked:
    """Run the rules of the form's own year and region, or of those given, over each form.

    *previous* are last year's forms, *approved* those that reports answer to. Raises as `read` does.
    """
    from kaoji.documents.checking import check_readings

    forms = _reading_of(source).forms
    reports = check_readings(
        forms,
        earlier=_reading_of(previous).forms if previous is not None else (),
        approved=_reading_of(approved).forms if approved is not None else (),
        year=year,
        region=region,
    )
    return Checked(tuple(forms), tuple(reports))


def render(
    source: Source, to: str, *, review: str | None = None, language: str = "zh"
) -> bytes:
    """Write the forms in their official layout: `docx`, `xlsx`, `pdf`, `html`, `json` or `notation`.

    *review* writes their review sheets instead: `general` or `key`. Text is UTF-8. Raises as `read` does,
    ValueError for another format, UnableToWrite, and ModuleNotFoundError where kaoji[office] is not installed.
    """
    from kaoji.documents.render.formats import FORMATS, document
    from kaoji.standards.languages import speaker

    if to not in FORMATS:
        raise ValueError(f"{to!r}: {', '.join(FORMATS)}")
    written = document(_reading_of(source), to, speak=speaker(language), review=review)
    return written if isinstance(written, bytes) else written.encode()


def score(source: Source, *, year: int | None = None, region: str | None = None) -> Scored:
    """Score every self-evaluation, step by step, by the policy of its year and region or of those given.

    Other forms, and years without a policy, are left out. Raises as `read` does.
    """
    from kaoji.documents.scored_forms import score_readings

    found = list(score_readings(_reading_of(source).forms, year=year, region=region))
    return Scored(
        tuple(item.reading for item in found),
        tuple(item.card for item in found),
        tuple(item.policy for item in found),
    )


def _reading_of(source: Source) -> Reading:
    from kaoji.documents.reading import Reading

    return source if isinstance(source, Reading) else read(source)


def _read(source: Source, name: str | None, reader: GuardedReader) -> Reading:
    """Plain text is read here: who calls a library spends their own machine's time."""
    from kaoji.documents.read.kinds import Kind, kind_of
    from kaoji.documents.read.refusals import DocumentTooLarge
    from kaoji.documents.read.text import MAX_BYTES
    from kaoji.documents.reader import read_document
    from kaoji.documents.reading import Reading

    if isinstance(source, Reading):
        return source
    if isinstance(source, bytes):
        content, called = source, name or "bytes"
    else:
        path = Path(source)
        if path.stat().st_size > MAX_BYTES:
            raise DocumentTooLarge(path.stat().st_size, MAX_BYTES)
        content, called = path.read_bytes(), name or path.name
    if len(content) > MAX_BYTES:
        raise DocumentTooLarge(len(content), MAX_BYTES)
    if kind_of(content) is Kind.TEXT:
        return read_document(content, name=called)
    return reader.read(content, name=called)
