"""A ledger export: how it is laid down in a ZIP, and how it is read again.

manifest.json            version, office, programme, which runs are proved, SHA-256 of every other file
schema.json              what each column is called
law.json                 the law of the programme: every value with since, source and status
people.csv …             what runs reckoned, asked, paid and were answered (tables.py)
benefit_runs.jsonl …     rows that events vouch for one by one
events.jsonl             the events that vouch for all of it, each with its own hash
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import IO, Any, TypeVar
from zipfile import ZipFile

from kaoji.audit.ledger.tables import (
    HERE,
    TABLES,
    TITLES,
    VERSION,
    VOUCHED,
    AnswerRow,
    DecisionRow,
    DoubtRow,
    FactRow,
    ItemRow,
    LeftOutRow,
    Listed,
    Person,
    PlaceRow,
    RequestRow,
    SealedRow,
    TryRow,
    UnreadableExport,
    csv_of,
    rows_of,
)
from kaoji.audit.sealed_zip import (
    FLAWS,
    MANIFEST,
    MOST_BYTES,
    faults_of_files,
    json_lines,
    laid_down,
    pretty,
    rows_in,
)
from kaoji.core.speech import Sentence, say

_LINES = ("events", *VOUCHED)
Told = Mapping[str, Any]
OfRun = TypeVar("OfRun", ItemRow, RequestRow)


def write_export(
    target: IO[bytes],
    *,
    told: Mapping[str, Any],
    law: Any,
    tables: Mapping[str, Iterable[tuple[Any, ...]]],
    lines: Mapping[str, Iterable[Told]],
) -> None:
    """Write the ZIP, piece by piece. *told* is what the manifest says beside the hashes. Equal input, equal bytes."""
    with laid_down(target, {"kaoji": VERSION, **told}) as put:
        put("schema.json", [pretty(_schema())])
        put("law.json", [pretty(law)])
        for name in TABLES:
            put(f"{name}.csv", csv_of(name, tables[name]))
        for name in _LINES:
            put(f"{name}.jsonl", json_lines(lines[name]))


def _schema() -> Any:
    return {
        name: [{"name": field, "title": TITLES[field]} for field in made._fields]
        for name, made in TABLES.items()
    }


@dataclass
class Export:
    """What an export holds, each row as a value; *faults* are files that are not what the manifest says."""

    manifest: Told
    law: Any
    events: list[Told]
    vouched: Mapping[str, list[Told]]
    people: list[Person]
    facts: list[FactRow]
    listed: list[Listed]
    sealed_rows: list[SealedRow]
    items: list[ItemRow]
    left_out: list[LeftOutRow]
    doubts: list[DoubtRow]
    decisions: list[DecisionRow]
    requests: list[RequestRow]
    tries: list[TryRow]
    answers: list[AnswerRow]
    places: list[PlaceRow]
    faults: list[Sentence]
    replayed: Any = field(default=None, repr=False, compare=False)
    """What replaying its money came to (replay.py), kept for all checks."""

    @cached_property
    def runs(self) -> dict[int, Told]:
        """Every approved run of the programme, in the order of approval."""
        rows = sorted(self.vouched["benefit_runs"], key=lambda run: moment(run["approved_at"]))
        return {int(run["id"]): run for run in rows}

    @cached_property
    def proved(self) -> list[Told]:
        """The runs that the export was made for."""
        return [run for key, run in self.runs.items() if key in self.manifest["runs"]]

    @cached_property
    def lists(self) -> dict[int, Told]:
        """Every list that brought something of it."""
        return {int(row["id"]): row for row in self.vouched["benefit_lists"]}

    @cached_property
    def files(self) -> dict[int, Told]:
        """Every file for the bank."""
        return {int(row["id"]): row for row in self.vouched["benefit_files"]}

    @cached_property
    def refused(self) -> dict[int, Told]:
        """By file of those that the bank refused whole."""
        return {int(row["file"]): row for row in self.vouched["benefit_refusals"]}

    @cached_property
    def returns(self) -> dict[int, Told]:
        """Every file that came back."""
        return {int(row["id"]): row for row in self.vouched["benefit_returns"]}

    @cached_property
    def items_of(self) -> Mapping[int, list[ItemRow]]:
        """By run what it found."""
        return _by_run(self.items)

    @cached_property
    def checked(self) -> list[Told]:
        """The runs that are proved, and those that sent their failed payments again."""
        keys = {run["id"] for run in self.proved}
        return [r for r in self.runs.values() if r["id"] in keys or r["resends"] in keys]

    @cached_property
    def requests_of(self) -> Mapping[int, list[RequestRow]]:
        """By run what it asked to pay, whoever was stopped since."""
        return _by_run(self.requests)

    @cached_property
    def tries_of(self) -> Mapping[int, list[TryRow]]:
        """By run the lines of its files for the bank."""
        found: defaultdict[int, list[TryRow]] = defaultdict(list)
        for row in self.tries:
            found[int(self.files[row.file]["run"])].append(row)
        return found

    @cached_property
    def lines_of(self) -> Mapping[str, list[AnswerRow]]:
        """By reference what the bank said."""
        found: defaultdict[str, list[AnswerRow]] = defaultdict(list)
        for row in self.answers:
            found[row.reference].append(row)
        return found

    @cached_property
    def not_granted(self) -> set[tuple[int, int, int]]:
        """What was left out: run, person, month."""
        return {(row.run, row.person, row.month) for row in self.left_out}

    @cached_property
    def stopped(self) -> dict[tuple[int, int], datetime]:
        """By run and person when it was decided to stop them."""
        found: dict[tuple[int, int], datetime] = {}
        for row in self.decisions:
            counts = row.computation == self.runs[row.run]["computation"]
            if counts and row.settlement == "stop" and row.person is not None:
                at, key = moment(row.made_at), (row.run, row.person)
                found[key] = max(at, found.get(key, at))
        return found

    def asked_of(self, run: Told) -> list[RequestRow]:
        """What a run asks to pay; who was stopped in a resending is no longer asked for."""
        rows = self.requests_of[run["id"]]
        if run["resends"] is None:
            return rows
        return [row for row in rows if (row.run, row.person) not in self.stopped]

    def granted_before(self, run: Told) -> Iterator[ItemRow]:
        """What runs approved earlier granted, in their order."""
        for key, earlier in self.runs.items():
            if moment(earlier["approved_at"]) < moment(run["approved_at"]):
                for item in self.items_of[key]:
                    if (key, item.person, item.month) not in self.not_granted:
                        yield item

    def heard_at(self, fact: FactRow) -> datetime:
        """Since when a fact is known: since its list was received."""
        return moment(self.lists[fact.list]["made_at"])


def _by_run(rows: Iterable[OfRun]) -> Mapping[int, list[OfRun]]:
    found: defaultdict[int, list[OfRun]] = defaultdict(list)
    for row in rows:
        found[row.run].append(row)
    return found


def moment(text: str) -> datetime:
    """A moment as rows tell it."""
    return datetime.fromisoformat(text)


def day_of(at: datetime) -> date:
    """The day of a moment, where the office is."""
    return at.astimezone(HERE).date()


def read_export(source: IO[bytes]) -> Export:
    """Read it. Raises UnreadableExport for what is no ledger export."""
    try:
        with ZipFile(source) as archive:
            return _read(archive)
    except UnreadableExport:
        raise
    except FLAWS as flaw:
        raise UnreadableExport(say("读不懂这个发放账导出：{why}", why=str(flaw))) from flaw


def _read(archive: ZipFile) -> Export:
    if sum(item.file_size for item in archive.infolist()) > MOST_BYTES:
        raise UnreadableExport(say("导出解开后超过 {most} 字节", most=MOST_BYTES))
    names = archive.namelist()
    if len(names) != len(set(names)):
        raise UnreadableExport(say("导出里有重名的文件"))
    if MANIFEST not in names:
        raise UnreadableExport(say("没有 {name}，不是发放账导出", name=MANIFEST))
    manifest = json.loads(archive.read(MANIFEST))
    if manifest.get("kaoji") != VERSION:
        raise UnreadableExport(say("不是 {version} 的发放账导出", version=VERSION))
    lines: dict[str, list[Told]] = {
        name: [*rows_in(archive, f"{name}.jsonl")] for name in _LINES
    }
    tables = {name: rows_of(name, archive.read(f"{name}.csv")) for name in TABLES}
    return Export(
        manifest=manifest,
        law=json.loads(archive.read("law.json")),
        events=lines.pop("events"),
        vouched=lines,
        faults=list(faults_of_files(archive, manifest["files"])),
        **tables,
    )
